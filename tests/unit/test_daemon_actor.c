/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: daemon */
/* test_daemon_actor.c - a cast's lines are equally loud, whoever speaks them. */
#include "daemon/actor.h"

#include "ease/clock.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT 48000

static double level_of(const int16_t *samples, size_t count)
{
	double sum = 0.0;
	for (size_t i = 0; i < count; i++) {
		sum += (double)samples[i] * samples[i];
	}
	return 10.0 * log10(sum / (double)count / (32768.0 * 32768.0));
}

static void levels_the_active_part_only(void **state)
{
	(void)state;
	static int16_t samples[COUNT];
	for (int i = 0; i < COUNT / 2; i++) {
		samples[i] = (int16_t)lrint(500.0 * sin(i * 0.05));
	}
	actor_level(samples, COUNT, -20.0);
	assert_float_equal(level_of(samples, COUNT / 2), -20.0, 0.1);
	for (int i = COUNT / 2; i < COUNT; i++) {
		assert_int_equal(samples[i], 0);
	}
}

static void leaves_silence_and_snippets_alone(void **state)
{
	(void)state;
	int16_t samples[100] = { 0 };
	actor_level(samples, 100, -20.0);
	actor_level(samples, 0, -20.0);
	assert_int_equal(samples[50], 0);
}

static void speaks_at_the_device_rate(void **state)
{
	(void)state;
	const struct cast_line line = { .say = "stop", .gain_db = -6.0 };
	int16_t *samples = NULL;
	size_t count = 0;
	struct diag diag = { 0 };
	assert_int_equal(actor_render(&line, ".", &samples, &count, &diag), STATUS_OK);
	assert_in_range(count, EASE_RATE / 5, EASE_RATE * 2);
	double loudest = -100.0;
	for (size_t at = 0; at + 2400 <= count; at += 2400) {
		loudest = fmax(loudest, level_of(samples + at, 2400));
	}
	assert_true(loudest > -28.0 && loudest < -18.0);
	free(samples);
}

static void names_a_recording_that_is_not_there(void **state)
{
	(void)state;
	const struct cast_line line = { .wav = "nowhere.wav" };
	int16_t *samples = NULL;
	size_t count = 0;
	struct diag diag = { 0 };
	assert_int_equal(
			actor_render(&line, "/nowhere", &samples, &count, &diag), STATUS_NOT_FOUND);
	assert_string_equal(diag.path, "/nowhere/nowhere.wav");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_the_active_part_only),
		cmocka_unit_test(leaves_silence_and_snippets_alone),
		cmocka_unit_test(speaks_at_the_device_rate),
		cmocka_unit_test(names_a_recording_that_is_not_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
