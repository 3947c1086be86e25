/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * property.c - the engine's fuzzer without a fuzzer: pseudo-random people, the same ones each time.
 *
 * property [FIRST COUNT]
 */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LIVES 20000
#define EVENTS_MAX 700

/* libFuzzer gives the name. NOLINTNEXTLINE(readability-identifier-naming) */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char banner[64]; /* for the handler */

static void tell(int signal)
{
	(void)signal;
	(void)!write(STDERR_FILENO, banner, sizeof banner);
	_exit(1);
}

static uint64_t next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

int main(int argc, char **argv)
{
	const uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	const uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : LIVES;
	uint8_t data[1 + 3 * EVENTS_MAX];

	(void)signal(SIGABRT, tell);
	for (uint64_t seed = first; seed < first + count; seed++) {
		uint64_t state = seed * 0x9e3779b97f4a7c15u + 1;
		const size_t size = 1 + 3 * (20 + next(&state) % (EVENTS_MAX - 20));
		for (size_t i = 0; i < size; i++) {
			data[i] = (uint8_t)(next(&state) >> 24);
		}
		(void)snprintf(banner, sizeof banner, "property: seed %llu\n",
				(unsigned long long)seed);
		(void)LLVMFuzzerTestOneInput(data, size);
	}
	(void)printf("property: %llu lives\n", (unsigned long long)count);
	return 0;
}
