/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.h - whether the steps of a session, taken together, keep the guide's rules. */
#ifndef EASE_LOAD_PLAN_H
#define EASE_LOAD_PLAN_H

#include "load/steps.h"

struct plan {
	enum session_kind kind;
	enum who who;
	bool is_short;           /* at most TOUCH_MIN_S of touch, and no least */
	const struct node *root; /* of the session's file, for what has no better place */
};

/* Names, sides, order and time. */
void plan_check(struct steps *steps, const struct plan *plan);

/* How long a unit's step lasts, its texts aside. */
int32_t plan_step_ms(const struct step *step);

#endif
