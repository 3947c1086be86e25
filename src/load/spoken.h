/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spoken.h - reads a text that the coach will say, and refuses what it must not say. */
#ifndef EASE_LOAD_SPOKEN_H
#define EASE_LOAD_SPOKEN_H

#include "ease/script.h"
#include "load/tree.h"

#define SPOKEN_MAX 640 /* bytes of one text; leaves room for its figures in TEXT_MAX */

/* Where a text stands decides which placeholders have a value there. */
enum spoken_place {
	SPOKEN_PHRASE, /* one of the coach's own */
	SPOKEN_STEP,
	SPOKEN_ANSWER, /* behind an answer */
	SPOKEN_TOPIC,  /* an answer of the coach */
	SPOKEN_UNIT,
};

/*
 * In a relaxation texts may name any part of the body, but lead no hand to it. Left out (NULL) it
 * leaves *out as it is.
 */
void spoken_text(struct source *source, const struct node *node, enum spoken_place place,
		enum session_kind kind, const char **out);

#endif
