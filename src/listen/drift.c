/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drift.h"

#include <math.h>
#include <string.h>

/*
 * What goes away from its place and then, in as much time again, as far again, drifts. All else
 * that goes away was a step: somebody moved the microphone, or another of the room's paths is now
 * the strongest, which in some rooms changes from look to look. After a step the delay is kept
 * where it is now, and nothing was learnt of the clocks.
 *
 * What drifts gives the rate. From then on a loop of second order holds it: the rate follows the
 * error itself and its sum, quickly at first, then so slowly that the noise of single looks does
 * not reach the canceller. Where the rate turns out to be none, the loop is opened again.
 */

#define LOOK_S 0.25     /* from one look to the next */
#define NOISE_S 0.00012 /* how far single looks stray: a loop that is closed follows no more */
#define JUMP_S 0.003    /* no clock goes so far between two looks: the room is another */
#define SETTLE 4        /* looks of which a mark is made */
#define SLUGGISH                                                                                   \
	8               /* looks until what they tell has followed a change: they tell of the last \
			 * two seconds */
#define AGAIN_S 2.0     /* the least time in which as far again is to be gone */
#define LIKE 0.6        /* part of a rate that another one is to be, to be the same */
#define QUICK 0.10      /* radians a second: the loop's speed at first */
#define SLOW 0.04       /* ... and in the end */
#define HALF_LOOKS 40.0 /* in which it comes down */
#define RATE_MAX 0.0005 /* no two cards differ by more */
#define RATE_NONE 3e-6  /* what no canceller minds */
#define STILL 240       /* looks with such a rate until the loop is opened */

void drift_init(struct drift *drift)
{
	memset(drift, 0, sizeof *drift);
}

/* Begins to look for where the delay is. */
static void aim_anew(struct drift *drift)
{
	drift->away = 0;
	drift->aim.looks = 0;
	drift->half.looks = 0;
	drift->full.looks = 0;
}

void drift_jump(struct drift *drift)
{
	aim_anew(drift);
	drift->skip = 0;
	drift->seen = false;
}

static double clamp(double rate)
{
	return fmax(fmin(rate, RATE_MAX), -RATE_MAX);
}

/* Takes a look into a mark; true when that has all of its looks now. */
static bool made(struct drift_mark *mark, double delay, double now)
{
	mark->looks++;
	mark->delay += (delay - mark->delay) / mark->looks;
	mark->at += (now - mark->at) / mark->looks;
	return mark->looks >= SETTLE;
}

static double rate_between(const struct drift_mark *from, const struct drift_mark *to)
{
	return (to->delay - from->delay) / (to->at - from->at);
}

/* Whether the delay went as far again in as much time again: its rate is known then. Where it only
 * goes on, what follows may tell. */
static void judge(struct drift *drift)
{
	const double first = rate_between(&drift->from, &drift->half);
	const double second = rate_between(&drift->half, &drift->full);
	const double rate = drift->rate + rate_between(&drift->from, &drift->full);
	if (second / first > LIKE && second / first < 1.0 / LIKE && fabs(rate) < RATE_MAX) {
		drift->rate = rate;
		drift->held = 1;
		drift->still = 0;
		aim_anew(drift);
		drift->skip = SLUGGISH;
	} else if (fabs(drift->full.delay - drift->half.delay) > NOISE_S) {
		drift->from = drift->half;
		drift->half = drift->full;
		drift->full.looks = 0;
	} else {
		aim_anew(drift);
	}
}

/* The delay is away from its place. */
static void suspect(struct drift *drift, double delay, double now)
{
	if (drift->away < SETTLE) {
		drift->away++;
		return;
	}
	if (drift->half.looks < SETTLE) {
		(void)made(&drift->half, delay, now);
		return;
	}
	const double took = drift->half.at - drift->from.at;
	if (now - drift->half.at >= fmax(took, AGAIN_S) && made(&drift->full, delay, now)) {
		judge(drift);
	}
}

/* The loop's step; returns the rate to be taken until the next look. */
static double hold(struct drift *drift, double error)
{
	const double speed = SLOW + (QUICK - SLOW) * exp2(-(double)drift->held / HALF_LOOKS);
	drift->held++;
	drift->rate = clamp(drift->rate + speed * speed * LOOK_S * error);
	drift->still = fabs(drift->rate) < RATE_NONE ? drift->still + 1 : 0;
	if (drift->still >= STILL) {
		drift->held = 0;
		drift->rate = 0.0;
		return 0.0;
	}
	return clamp(drift->rate + 2.0 * speed * error);
}

/* Whether the delay is elsewhere than at the last look, further than any clock went since then. */
static bool jumps(struct drift *drift, double delay, double now)
{
	const double far = JUMP_S + RATE_MAX * (now - drift->last_at);
	const bool jumped = drift->seen && fabs(delay - drift->last) > far;
	drift->seen = true;
	drift->last = delay;
	drift->last_at = now;
	return jumped;
}

double drift_look(struct drift *drift, double delay, double now)
{
	if (jumps(drift, delay, now)) {
		aim_anew(drift);
	}
	if (drift->skip > 0) {
		drift->skip--;
		return drift_rate(drift);
	}
	if (drift->aim.looks < SETTLE) {
		(void)made(&drift->aim, delay, now);
		drift->from = drift->aim;
		return drift_rate(drift);
	}
	const double error = delay - drift->aim.delay;
	if (fabs(error) > NOISE_S) {
		suspect(drift, delay, now);
		return drift_rate(drift);
	}
	drift->away = 0;
	drift->half.looks = 0;
	drift->full.looks = 0;
	if (drift->held == 0) {
		return 0.0;
	}
	drift->from = (struct drift_mark){ .at = now, .delay = delay };
	return -hold(drift, error);
}

double drift_rate(const struct drift *drift)
{
	return -drift->rate;
}
