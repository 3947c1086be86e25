/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maker.h - makes clips: text to sentences to samples, one sentence a call. Used by one thread at a
 * time; owns eSpeak NG.
 */
#ifndef EASE_SPEECH_MAKER_H
#define EASE_SPEECH_MAKER_H

#include "ease/status.h"
#include "ease/voice.h"
#include "speech/clip.h"

#include <stdbool.h>
#include <stdint.h>

struct maker;

/* voice is borrowed for the life of the maker. Status and diag as speech_create(). */
EASE_NODISCARD enum status maker_create(
		const struct voice_speech *voice, struct maker **out, struct diag *diag);
void maker_destroy(struct maker *maker);

/* Samples a second of all clips. */
uint32_t maker_rate(const struct maker *maker);

/* Begins a clip, which the caller owns. The one begun before is finished or given up. */
EASE_NODISCARD enum status maker_begin(struct maker *maker, const char *text, struct clip **out);

/* Tells whether the sentence in hand is still wanted; asked every 50 ms of speech. */
typedef bool wanted_fn(const void *arg);

/*
 * Synthesises the next sentence of the clip begun last. Not wanted any more, or failing (which is
 * logged), it ends the clip with what it has.
 */
void maker_step(struct maker *maker, struct clip *clip, wanted_fn *wanted, const void *arg);

#endif
