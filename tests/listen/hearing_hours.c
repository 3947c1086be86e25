/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hearing_hours SECONDS [echo] - the ears over a long stream, faster than real time: a room in
 * which flite says something now and then, in changing contexts; with "echo" the loudspeaker
 * sounds, too. Prints a line for each sixteenth: seconds, heap in use, resident memory (bytes),
 * segments. Ends with 1 where memory grew after the first half.
 */
#include "ease/arena.h"
#include "ease/ears.h"
#include "heard.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOOP_SECONDS 20
#define LOOP_FRAMES (LOOP_SECONDS * EARS_RATE / EARS_FRAME)
#define DELAY 50 /* frames from the loudspeaker to the microphone */
#define PARTS 16
/* More than this is growth: allocators settle, but not to the byte. */
#define HEAP_SLACK 65536
#define RESIDENT_SLACK 2097152

struct memory {
	size_t heap;
	size_t resident;
};

struct stream {
	struct ears *ears;
	struct take near;
	struct take far;
	size_t contexts;
	bool echo;
	int64_t frame; /* the next */
	int64_t segments;
	struct memory most; /* of either, in the present part */
};

static void measure(struct memory *most)
{
	const size_t heap = mallinfo2().uordblks;
	unsigned long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");
	if (file != NULL) {
		if (fscanf(file, "%*u %lu", &pages) != 1) {
			pages = 0;
		}
		(void)fclose(file); /* it was only read */
	}
	const size_t resident = (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
	most->heap = heap > most->heap ? heap : most->heap;
	most->resident = resident > most->resident ? resident : most->resident;
}

static bool fill(struct stream *stream)
{
	static const struct {
		const char *text;
		double at;
	} said[] = {
		{ "stop", 2.0 },
		{ "seven", 7.0 },
		{ "it was a dark and stormy night", 11.0 },
		{ "lighter please", 16.0 },
	};
	bool fine = true;
	stream->near = take_room(LOOP_SECONDS, EARS_RATE);
	stream->far = take_room(LOOP_SECONDS, EARS_RATE);
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		fine = take_say(&stream->near, said[i].text, said[i].at, 1.0) > 0.0 && fine;
	}
	fine = take_say(&stream->far, "let your breath become slow, and feel the floor", 4.0, 1.0) >
			       0.0 &&
	       fine;
	if (stream->echo) {
		take_add(&stream->near, stream->far.samples,
				stream->far.count - (size_t)DELAY * EARS_FRAME,
				(size_t)DELAY * EARS_FRAME, 0.3);
	}
	return fine;
}

static void listen(struct stream *stream, int64_t frames)
{
	struct hearing heard[4];
	for (const int64_t end = stream->frame + frames; stream->frame < end; stream->frame++) {
		const int64_t i = stream->frame;
		const size_t at = (size_t)(i % LOOP_FRAMES) * EARS_FRAME;
		if (at == 0) {
			measure(&stream->most);
			ears_context(stream->ears,
					(uint8_t)((size_t)(i / LOOP_FRAMES) % stream->contexts));
		}
		const int count = ears_process(stream->ears, stream->near.samples + at,
				stream->echo ? stream->far.samples + at : NULL, heard, 4);
		for (int j = 0; j < count; j++) {
			stream->segments += heard[j].kind != HEARING_ONSET;
		}
	}
}

/* Whether memory stayed what it was. */
static bool run(struct stream *stream, double seconds)
{
	const int64_t frames = (int64_t)(seconds * EARS_RATE / EARS_FRAME / PARTS);
	struct memory early = { .heap = 0 };
	printf("seconds\theap\tresident\tsegments\n");
	for (int part = 0; part < PARTS; part++) {
		if (part >= PARTS / 2) {
			early = part == PARTS / 2 ? stream->most : early;
			stream->most = (struct memory){ .heap = 0 };
		}
		listen(stream, frames);
		measure(&stream->most);
		printf("%.0f\t%zu\t%zu\t%lld\n", seconds * (part + 1) / PARTS, stream->most.heap,
				stream->most.resident, (long long)stream->segments);
		fflush(stdout);
	}
	/* A sanitizer's allocator tells nothing, and keeps what is freed. */
	return early.heap == 0 ||
	       (stream->most.heap <= early.heap + HEAP_SLACK &&
			       stream->most.resident <= early.resident + RESIDENT_SLACK);
}

static int hear(const struct vocabulary *vocabulary, double seconds, bool echo)
{
	const struct ears_config config = { .vocabulary = vocabulary, .echo = echo };
	struct stream stream = { .contexts = vocabulary->context_count, .echo = echo };
	struct diag diag = { .line = 0 };
	int result = 1;
	if (!fill(&stream)) {
		fprintf(stderr, "flite does not speak\n");
	} else if (ears_create(&config, &stream.ears, &diag) != STATUS_OK) {
		fprintf(stderr, "%s\n", diag.message);
	} else if (!run(&stream, seconds)) {
		fprintf(stderr, "memory grew\n");
	} else {
		result = 0;
	}
	ears_destroy(stream.ears);
	free(stream.near.samples);
	free(stream.far.samples);
	return result;
}

int main(int argc, char **argv)
{
	char *rest = NULL;
	const double seconds = argc > 1 ? strtod(argv[1], &rest) : 0.0;
	if (argc < 2 || *rest != '\0' || !(seconds > 0.0)) {
		fprintf(stderr, "usage: hearing_hours SECONDS [echo]\n");
		return 2;
	}
	struct arena *arena = arena_create();
	const struct vocabulary *vocabulary = arena != NULL ? heard_vocabulary(arena) : NULL;
	int result = 1;
	if (vocabulary != NULL) {
		result = hear(vocabulary, seconds, argc > 2 && strcmp(argv[2], "echo") == 0);
	}
	arena_destroy(arena);
	return result;
}
