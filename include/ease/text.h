/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.h - fills the figures of a session into the coach's sentences. Pure. */
#ifndef EASE_TEXT_H
#define EASE_TEXT_H

#include "ease/script.h"
#include "ease/status.h"

#include <stddef.h>
#include <stdint.h>

#define TEXT_MAX 1024 /* bytes of one utterance, with its final NUL */

/*
 * The values for the placeholders of ease/phrase.h. Any other name in braces is a figure of
 * ease/rules.h, "5" or "5 to 15".
 */
struct text_args {
	int32_t target;
	int32_t ceiling;
	int32_t value;
	int32_t other;
	int32_t minutes;
	int32_t seconds;
	int32_t count;
	enum side side;
	enum area area;
	const char *title; /* NULL, and SIDE_NONE: nothing is written in its place */
	const char *word;
	const char *emergency;
	enum measure measure; /* of the rules' own figures, and of {inches} and {degrees} */
	uint32_t facts;       /* of ease/memory.h: {oils} leaves out what nobody may name */
};

/*
 * Writes template with its {placeholders} replaced to out. phrases gives the words for the sides,
 * for measures and for "to". STATUS_BAD_DATA for an unknown or unclosed placeholder,
 * STATUS_NO_SPACE when size is too small; out is then the empty string.
 */
EASE_NODISCARD enum status text_render(const char *template, const struct text_args *args,
		const char *const *phrases, char *out, size_t size);

/* STATUS_OK if every placeholder of template is known; for loaders. */
EASE_NODISCARD enum status text_check(const char *template);

/* An estimate of how long text takes to say at 145 words a minute, in milliseconds. */
int32_t text_duration_ms(const char *template);

#endif
