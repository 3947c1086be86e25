/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * synth.h - eSpeak NG, alone: one sentence in, samples and word positions out.
 *
 * The library's state is global and not thread-safe: one struct synth at a time, used by one
 * thread at a time. What it says next depends in its last bits on all that it said before, so who
 * wants the same samples again must ask for the same sentences in the same order.
 */
#ifndef EASE_SPEECH_SYNTH_H
#define EASE_SPEECH_SYNTH_H

#include "ease/status.h"
#include "ease/voice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct synth;

/* Called in the midst of synth_run(); false ends it at once. */
struct synth_sink {
	void *arg;
	bool (*samples)(void *arg, const int16_t *samples, size_t count);
	/* first: the word's first character in the text; sample: counted from its start. */
	bool (*word)(void *arg, size_t first, size_t sample);
};

/* voice is only read here. STATUS_BAD_DATA or STATUS_BACKEND with the reason in diag. */
EASE_NODISCARD enum status synth_create(
		const struct voice_speech *voice, struct synth **out, struct diag *diag);
void synth_destroy(struct synth *synth);

/* Samples a second. */
uint32_t synth_rate(const struct synth *synth);

/* Says one sentence; "[[" opens phonemes. STATUS_OK also when the sink ended it. */
EASE_NODISCARD enum status synth_run(
		struct synth *synth, const char *sentence, const struct synth_sink *sink);

#endif
