/* SPDX-License-Identifier: GPL-3.0-or-later */
/* heard.h - for tests of the ears: the real vocabulary, and a room in which flite speaks. */
#ifndef EASE_TESTS_HEARD_H
#define EASE_TESTS_HEARD_H

#include "ease/arena.h"
#include "ease/clock.h"
#include "ease/loader.h"
#include "ease/person.h"
#include "ease/resample.h"
#include "ease/voice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A microphone's recording at some rate, and where it has been filled to. */
struct take {
	int16_t *samples;
	size_t count;
	uint32_t rate;
};

static inline const struct vocabulary *heard_vocabulary(struct arena *arena)
{
	const struct voice *voice = NULL;
	struct diag diag = { 0 };
	if (voice_load(arena, EASE_SOURCE_DIR "/voices", "calm-warm", &voice, &diag) != STATUS_OK) {
		return NULL;
	}
	return &voice->vocabulary;
}

/* Seconds of faint room noise; freed with free(take.samples). */
static inline struct take take_room(double seconds, uint32_t rate)
{
	struct take take = { .count = (size_t)(seconds * rate), .rate = rate };
	uint32_t seed = 20250101;
	take.samples = calloc(take.count, sizeof *take.samples);
	for (size_t i = 0; take.samples != NULL && i < take.count; i++) {
		double sum = 0.0;
		for (int j = 0; j < 6; j++) {
			seed = seed * 1664525u + 1013904223u;
			sum += seed / 4294967296.0 - 0.5;
		}
		take.samples[i] = (int16_t)lrint(16.0 * sum); /* -69 dBFS */
	}
	return take;
}

static inline void take_add(
		struct take *take, const int16_t *samples, size_t count, size_t at, double gain)
{
	for (size_t i = 0; i < count && at + i < take->count; i++) {
		const double sum = take->samples[at + i] + gain * samples[i];
		take->samples[at + i] = (int16_t)lrint(fmax(fmin(sum, 32767.0), -32768.0));
	}
}

/* Flite says text at seconds, about -20 dBFS with gain 1. Returns where it ends; negative: it could
 * not. */
static inline double take_say(struct take *take, const char *text, double at, double gain)
{
	int16_t *said = NULL;
	size_t count = 0;
	uint32_t rate = 0;
	struct resample *resample = NULL;
	if (person_say(text, &said, &count, &rate) != STATUS_OK ||
			resample_create(rate, take->rate, 5, &resample) != STATUS_OK) {
		free(said);
		return -1.0;
	}
	size_t room = (size_t)((double)count * take->rate / rate) + take->rate;
	int16_t *out = calloc(room, sizeof *out);
	size_t made = room;
	if (out != NULL) {
		resample_run(resample, said, &count, out, &made);
		made += resample_flush(resample, out + made, room - made);
		take_add(take, out, made, (size_t)(at * take->rate), gain);
	}
	resample_destroy(resample);
	free(said);
	free(out);
	return at + (double)made / take->rate;
}

#endif
