/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drift.h"

#include <math.h>
#include <string.h>

/*
 * A loop of second order: the rate follows the error itself and its sum. A look tells of the last
 * two seconds, so that the loop cannot be quick; it begins with the rate that was seen, and slows
 * down, so that the noise of single looks does not reach the canceller. Where both streams have one
 * clock the delay never leaves its place, and the loop stays open.
 */

#define LOOK_S 0.25     /* from one look to the next */
#define NOISE_S 0.00012 /* how far single looks stray */
#define JUMP_S 0.003    /* no clock is so far away between two looks: the room is another */
#define SURE 4          /* looks in a row beyond that */
#define SETTLE 4        /* looks of which the aim is made */
#define QUICK 0.10      /* radians a second: the loop's speed at first */
#define SLOW 0.04       /* ... and in the end */
#define HALF_LOOKS 40.0 /* in which it comes down */
#define RATE_MAX 0.001  /* no two cards differ by more */

void drift_init(struct drift *drift)
{
	memset(drift, 0, sizeof *drift);
}

void drift_jump(struct drift *drift)
{
	drift->looks = 0;
	drift->away = 0;
}

static double clamp(double rate)
{
	return fmax(fmin(rate, RATE_MAX), -RATE_MAX);
}

/* Makes the aim of the first looks; true while it does. */
static bool aims(struct drift *drift, double delay, double now)
{
	if (drift->looks >= SETTLE) {
		return false;
	}
	drift->looks++;
	drift->aim += (delay - drift->aim) / drift->looks;
	drift->since += (now - drift->since) / drift->looks;
	return true;
}

/* Whether the delay wanders: then the loop begins with the rate at which it did so far. */
static bool closes(struct drift *drift, double error, double now)
{
	drift->away = fabs(error) > NOISE_S ? drift->away + 1 : 0;
	if (drift->away < SURE) {
		return false;
	}
	drift->rate = clamp(error / fmax(now - drift->since, 1.0));
	return true;
}

double drift_look(struct drift *drift, double delay, double now)
{
	if (aims(drift, delay, now)) {
		return -drift->rate;
	}
	const double error = delay - drift->aim;
	if (fabs(error) > JUMP_S) {
		drift_jump(drift);
		return -drift->rate;
	}
	if (drift->held == 0 && !closes(drift, error, now)) {
		return 0.0;
	}
	const double speed = SLOW + (QUICK - SLOW) * exp2(-(double)drift->held / HALF_LOOKS);
	drift->held++;
	drift->rate = clamp(drift->rate + speed * speed * LOOK_S * error);
	return -clamp(drift->rate + 2.0 * speed * error);
}
