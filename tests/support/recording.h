/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recording.h - for tools that let the ears hear recordings, in a context of the vocabulary. */
#ifndef EASE_TESTS_RECORDING_H
#define EASE_TESTS_RECORDING_H

#include "ease/clock.h"
#include "ease/ears.h"
#include "ease/voice.h"
#include "ease/wav.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void recording_heard_fn(void *arg, const struct hearing *heard, int count);

/* Plays a recording to the ears, as it is, to its end. */
static inline bool recording_play(
		struct ears *ears, const char *path, recording_heard_fn *heard, void *arg)
{
	int16_t *samples = NULL;
	size_t count = 0;
	struct diag diag = { .line = 0 };
	struct hearing hearings[4];
	if (wav_read(path, EARS_RATE, &samples, &count, &diag) != STATUS_OK) {
		fprintf(stderr, "%s: %s\n", path, diag.message);
		return false;
	}
	for (size_t at = 0; at + EARS_FRAME <= count; at += EARS_FRAME) {
		heard(arg, hearings, ears_process(ears, samples + at, NULL, hearings, 4));
	}
	heard(arg, hearings, ears_finish(ears, hearings, 4));
	free(samples);
	return true;
}

static inline bool recording_context(
		struct ears *ears, const struct vocabulary *vocabulary, const char *name)
{
	for (size_t i = 0; i < vocabulary->context_count; i++) {
		if (strcmp(vocabulary->contexts[i].name, name) == 0) {
			ears_context(ears, (uint8_t)i);
			return true;
		}
	}
	fprintf(stderr, "no context \"%s\"\n", name);
	return false;
}

#endif
