/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coach.h - every word that the coach can say. */
#ifndef EASE_LOAD_COACH_H
#define EASE_LOAD_COACH_H

#include "ease/safeword.h"

/* The words of the voice's phrases and of all sessions: each once, in lower case, sorted. */
EASE_NODISCARD enum status coach_words(struct arena *arena, const struct safeword_world *world,
		const char *const **out, size_t *count, struct diag *diag);

#endif
