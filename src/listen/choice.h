/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * choice.h - which of the things that a stretch of speech may have meant is told, and whether for
 * sure: by what each has to reach, and by what a mistake would cost. Pure.
 */
#ifndef EASE_LISTEN_CHOICE_H
#define EASE_LISTEN_CHOICE_H

#include "ease/voice.h"

#include <stdbool.h>
#include <stddef.h>

enum choice_grade {
	CHOICE_NOTHING, /* no option reaches what it has to */
	CHOICE_DOUBT,   /* it may have been meant */
	CHOICE_SURE,
};

struct choice_option {
	enum intent intent;
	double confidence; /* from 0 to 1 */
	bool likened;      /* the whole looks like it, but that is not what the grammar heard */
};

struct choice {
	size_t index; /* of the option that is told; of CHOICE_NOTHING the most likely one */
	size_t rival; /* of the likeliest other one that reaches its doubt; index where none does */
	enum choice_grade grade;
};

/*
 * Chooses among count options, one at least, each with the threshold of its intent:
 * - "stop" and pain that were heard for sure stand before everything; then "stop" that is only
 *   likened, for a false one costs one "continue"; then what asks for less and was heard for sure;
 *   the confidence decides among the rest;
 * - what is below its doubt is never told instead of what is not;
 * - what pushes (intent_pushes()) is at most a doubt where it is only likened (a number: where
 *   something else was heard), and where anything else that may be told is half as likely: of a
 *   yes and a no, or of two numbers, neither is for sure.
 */
struct choice choice_make(const struct threshold thresholds[INTENT_COUNT],
		const struct choice_option *options, size_t count);

#endif
