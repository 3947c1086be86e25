/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pulse.h - whether a stream lives, by the count of its callbacks. Pure. */
#ifndef EASE_AUDIO_PULSE_H
#define EASE_AUDIO_PULSE_H

#include "ease/clock.h"

#include <stdbool.h>

#define PULSE_BEAT ((usec_t)500000)
#define PULSE_FIRST_BEAT ((usec_t)2000000) /* a stream may take its time to start */

/* All 0 before the first look. */
struct pulse {
	unsigned beat; /* callbacks at the last look */
	usec_t since;  /* when beat changed last */
	bool looked;
	bool alive; /* a callback came after the first look */
};

/* Looks at the count of callbacks so far; false when none has come for too long. */
bool pulse_beats(struct pulse *pulse, unsigned beat, usec_t now);

#endif
