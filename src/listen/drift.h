/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * drift.h - by how much the clocks of loudspeaker and microphone differ, from how the echo's delay
 * wanders. A loop: what it tells is applied to the loudspeaker's samples, so that the delay stands
 * still. Pure.
 *
 * Ten or twenty parts in a million are enough to spoil an echo canceller, and two cards differ by
 * up to two hundred. As harmful is a rate where both have one clock: it is told for what goes on
 * and on, never for a step of the delay.
 */
#ifndef EASE_LISTEN_DRIFT_H
#define EASE_LISTEN_DRIFT_H

#include <stdbool.h>
#include <stdint.h>

/* The mean of some looks, in seconds both. */
struct drift_mark {
	double at;
	double delay;
	uint32_t looks; /* so far */
};

struct drift {
	double rate;            /* what was learnt: seconds a second, positive where the echo comes
				 * ever later */
	struct drift_mark aim;  /* the delay that is to be kept */
	struct drift_mark from; /* where it was when it last was there, or first */
	struct drift_mark half; /* ... after it went away from there */
	struct drift_mark full; /* ... and as much time later */
	uint32_t skip;          /* looks that tell of what was before */
	uint32_t away;          /* looks in a row that found it elsewhere */
	uint32_t held;          /* looks since the loop was closed; 0: it is open, and the rate 0 */
	uint32_t still;         /* ... of which the last so many gave no rate to speak of */
	bool seen;              /* there was a look before: */
	double last;            /* the delay it found */
	double last_at;         /* and when */
};

void drift_init(struct drift *drift);

/* A look at the delay, at a time, both in seconds; returns by how much faster than the microphone's
 * the loudspeaker's samples are to be taken from now on. */
double drift_look(struct drift *drift, double delay, double now);

/* The same while no look comes: what was learnt of the clocks, and nothing else. */
double drift_rate(const struct drift *drift);

/* The delay jumped, or begins anew: what was learnt of the clocks stays. */
void drift_jump(struct drift *drift);

#endif
