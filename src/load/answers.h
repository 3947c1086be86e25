/* SPDX-License-Identifier: GPL-3.0-or-later */
/* answers.h - what a question takes for an answer, and where each one leads. */
#ifndef EASE_LOAD_ANSWERS_H
#define EASE_LOAD_ANSWERS_H

#include "load/steps.h"

struct answer_nodes {
	const struct node *answers;
	const struct node *unanswered;
	const struct node *screened; /* NULL: asked anyway */
};

/* Fills the answers of step, the last one of steps, whose context is known. */
void answers_read(struct steps *steps, struct step *step, const struct answer_nodes *nodes);

/* Whether the outcome ends the session before it has begun. */
bool answers_refuses(enum outcome outcome);

/* Whether the step can end or limit the session, stores its ceiling or rehearses. */
bool answers_guard(const struct step *step);

/* The answer of step to intent; NULL where it has none. */
const struct answer *answers_find(const struct step *step, enum intent intent);

/* Gives every "go NAME" its step. */
void answers_resolve(struct steps *steps);

#endif
