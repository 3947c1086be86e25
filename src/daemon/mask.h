/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mask.h - what the coach itself said when, so that it does not obey its own voice. Pure; main
 * thread only.
 *
 * Words become known before they leave the loudspeaker, a whole utterance at a time, so that more
 * are kept than are ever spoken at once.
 */
#ifndef EASE_DAEMON_MASK_H
#define EASE_DAEMON_MASK_H

#include "ease/clock.h"
#include "ease/ears.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MASK_WORDS 256
#define MASK_TEXT_MAX 26 /* bytes of a word, with its final NUL: an own word has up to 24 */

struct mask_word {
	uint32_t utterance; /* 0: none */
	bool placed;
	frames_t at; /* counted from its utterance's first; placed: the frame at which it left */
	char text[MASK_TEXT_MAX]; /* in lower case; "7" is "seven" */
};

/* All zero is an empty mask. Fields are private to mask.c. */
struct mask {
	struct mask_word words[MASK_WORDS]; /* the newest takes the place of the oldest */
	size_t next;
	uint32_t begun; /* the utterance that began last, and when */
	frames_t begun_at;
};

/* A word of utterance (not 0), length bytes at text, at frames behind its first. */
void mask_add(struct mask *mask, uint32_t utterance, const char *text, size_t length, frames_t at);
/* The first sample of utterance left at frame at. */
void mask_begin(struct mask *mask, uint32_t utterance, frames_t at);
/* Nothing more of utterance leaves from frame at on. */
void mask_cut(struct mask *mask, uint32_t utterance, frames_t at);

/*
 * Whether the coach itself was saying every word of hearing at the time, give or take the way from
 * the loudspeaker to the microphone. Only for what would push harder or go on: to miss a stop, or
 * "lighter", is worse than to obey one that the coach said.
 */
bool mask_covers(const struct mask *mask, const struct hearing *hearing);

/* The same for any word. */
bool mask_said(const struct mask *mask, const struct hearing *hearing);

#endif
