/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * convolver.h - what a room makes of a sound: a stream through a long impulse response, period by
 * period, without delay. One thread.
 */
#ifndef EASE_CONVOLVER_H
#define EASE_CONVOLVER_H

#include "ease/clock.h"
#include "ease/status.h"

#include <stddef.h>
#include <stdint.h>

#define CONVOLVER_TAPS_MAX ((size_t)2 * EASE_RATE)

struct convolver;

/* taps: count samples at EASE_RATE, 1 to CONVOLVER_TAPS_MAX; they are copied. */
EASE_NODISCARD enum status convolver_create(
		const float *taps, size_t count, struct convolver **out);
void convolver_destroy(struct convolver *convolver);

/* EASE_PERIOD samples each. */
void convolver_process(
		struct convolver *convolver, const int16_t in[EASE_PERIOD], float out[EASE_PERIOD]);

#endif
