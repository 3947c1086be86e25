/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * person.h - a cast's voice: flite speaks the user's part, another engine than the coach's own, so
 * that recognition is not tested on the voice it was built beside. Main thread only.
 */
#ifndef EASE_PERSON_H
#define EASE_PERSON_H

#include "ease/status.h"

#include <stddef.h>
#include <stdint.h>

/* Speaks text; *samples (at *rate Hz) is the caller's, to be freed with free(). The same text gives
 * the same samples; rand() is seeded anew by every call. */
EASE_NODISCARD enum status person_say(
		const char *text, int16_t **samples, size_t *count, uint32_t *rate);

#endif
