/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clip.h - one text as it was synthesised, sentence by sentence: samples at the synthesiser's rate
 * and, at 48 kHz, where each sentence and each word stands.
 *
 * A sentence takes exactly clip_frames(samples) frames, and sentence_gap_ms of silence stand
 * between two, so that all positions are known before anything is resampled. Owned by speech.c and
 * used by the speech worker only.
 */
#ifndef EASE_SPEECH_CLIP_H
#define EASE_SPEECH_CLIP_H

#include "ease/clock.h"
#include "ease/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A sentence. */
struct part {
	size_t from; /* its first sample */
	size_t count;
	frames_t at; /* its first frame, counted from the clip's first */
	frames_t length;
};

struct clip_word {
	uint32_t text_at; /* bytes of the text */
	uint32_t text_length;
	frames_t at; /* counted from the clip's first; in an open sentence samples from its start */
};

struct clip {
	char *text;
	uint32_t rate;
	frames_t gap;
	struct part *parts;
	size_t part_count; /* in all */
	size_t part_ready; /* synthesised */
	int16_t *samples;
	size_t sample_count;
	size_t sample_room;
	struct clip_word *words;
	size_t word_count;
	size_t word_ready; /* in sentences that are closed */
	size_t word_room;
};

/* NULL when out of memory. */
struct clip *clip_create(const char *text, size_t parts, uint32_t rate, frames_t gap);
void clip_destroy(struct clip *clip);

/* The frames that count samples take at rate. */
frames_t clip_frames(uint32_t rate, size_t count);

/* Appends to the sentence being synthesised. */
EASE_NODISCARD enum status clip_add_samples(
		struct clip *clip, const int16_t *samples, size_t count);
/* sample counts from the sentence's start. */
EASE_NODISCARD enum status clip_add_word(
		struct clip *clip, uint32_t text_at, uint32_t text_length, size_t sample);

/* Takes away the silence before the first sound of the sentence being synthesised. */
void clip_trim_part(struct clip *clip);

/* The samples of the sentence being synthesised, and how many there are. */
int16_t *clip_open_part(struct clip *clip, size_t *count);

/* Ends the sentence and places the next one. */
void clip_close_part(struct clip *clip);

/* No further sentence will come. */
void clip_end(struct clip *clip);
bool clip_is_ready(const struct clip *clip);

#endif
