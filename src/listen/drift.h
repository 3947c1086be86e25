/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * drift.h - by how much the clocks of loudspeaker and microphone differ, from how the echo's delay
 * wanders. A loop: what it tells is applied to the loudspeaker's samples, so that the delay stands
 * still. Pure.
 *
 * Ten or twenty parts in a million are enough to spoil an echo canceller, and two cards differ by
 * up to two hundred.
 */
#ifndef EASE_LISTEN_DRIFT_H
#define EASE_LISTEN_DRIFT_H

#include <stdbool.h>
#include <stdint.h>

struct drift {
	double rate;    /* what the loop has learnt: seconds a second, positive where the echo comes
			 * ever later */
	double aim;     /* the delay that is to be kept, seconds */
	double since;   /* when that was */
	uint32_t looks; /* taken */
	uint32_t away;  /* looks in a row that were too far from it to be noise */
	uint32_t held;  /* looks since the loop was closed; 0: it is open, and the rate 0 */
};

void drift_init(struct drift *drift);

/* A look at the delay, at a time, both in seconds; returns by how much faster than the microphone's
 * the loudspeaker's samples are to be taken from now on. */
double drift_look(struct drift *drift, double delay, double now);

/* The delay jumped, or begins anew: what was learnt of the clocks stays. */
void drift_jump(struct drift *drift);

#endif
