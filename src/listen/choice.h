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
	enum choice_grade grade;
};

/*
 * Chooses among count options, one at least, each with the threshold of its intent:
 * - "stop" and pain that were heard for sure stand before everything; then "stop" that is only
 *   likened, for a false one costs one "continue"; then what else was heard for sure, unless it
 *   pushes (intent_pushes()); the confidence decides among the rest;
 * - what is below its doubt is never told instead of what is not;
 * - what pushes is at most a doubt where it is only likened (a number: where something else was
 *   heard), and where what does not push is sure enough as well, and half as likely: in doubt
 *   about consent, no.
 */
struct choice choice_make(const struct threshold thresholds[INTENT_COUNT],
		const struct choice_option *options, size_t count);

#endif
