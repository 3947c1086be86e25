/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pair.h"

#include <math.h>
#include <string.h>

/*
 * Single stamps jitter by tens of milliseconds, because callbacks come in bunches: each stream's
 * anchor is an average over some seconds, quick at first. The shift follows the anchors only when
 * they have disagreed with it by some blocks for a while, since every move spoils what the echo
 * canceller has learnt; it finds smaller changes by itself.
 */

#define SMOOTHING 500 /* blocks */
#define SETTLE 20     /* blocks of both streams before the shift is fixed */
#define PATIENCE 200  /* blocks astray before it moves */
#define ASTRAY ((frames_t)4 * EASE_PERIOD)
#define LEAD_MAX ((frames_t)10 * EASE_PERIOD)
#define BEYOND 3 /* frames after a block that are looked at between samples */

void pair_init(struct pair *pair)
{
	memset(pair, 0, sizeof *pair);
}

static double frame_usec(frames_t frames)
{
	return (double)frames * 1e6 / EASE_RATE;
}

static void drop_anchor(struct anchor *anchor, const struct sound_block *block)
{
	const double at = (double)block->stamp - frame_usec(block->at);
	anchor->blocks += anchor->blocks < SMOOTHING;
	anchor->at += (at - anchor->at) / anchor->blocks;
}

/* samples: NULL for silence. */
static void put(struct pair *pair, frames_t from, const int16_t *samples, frames_t count)
{
	for (frames_t i = 0; i < count; i++) {
		int16_t *kept = &pair->far_samples[(from + i) % PAIR_HISTORY];
		*kept = 0;
		if (samples != NULL) {
			*kept = samples[i];
		}
	}
}

void pair_far(struct pair *pair, const struct sound_block *block)
{
	drop_anchor(&pair->far, block);
	if (pair->far.blocks == 1 || block->at < pair->far_end ||
			block->at - pair->far_end > PAIR_HISTORY - EASE_PERIOD) {
		pair->far_start = block->at;
		pair->far_end = block->at;
	}
	put(pair, pair->far_end, NULL, block->at - pair->far_end);
	put(pair, block->at, block->samples, EASE_PERIOD);
	pair->far_end = block->at + EASE_PERIOD;
	if (pair->far_end - pair->far_start > PAIR_HISTORY) {
		pair->far_start = pair->far_end - PAIR_HISTORY;
	}
}

static frames_t pair_shift(const struct pair *pair)
{
	return pair->shift + (frames_t)floor(pair->slip);
}

void pair_drift(struct pair *pair, double rate)
{
	pair->rate = rate;
}

bool pair_near(struct pair *pair, const struct sound_block *block)
{
	drop_anchor(&pair->near, block);
	if (pair->far.blocks == 0) {
		return false;
	}
	const frames_t wanted = llround((pair->near.at - pair->far.at) * EASE_RATE / 1e6);
	if (!pair->fixed) {
		pair->shift = wanted;
		pair->fixed = pair->near.blocks >= SETTLE && pair->far.blocks >= SETTLE;
		return false;
	}
	const frames_t shift = pair_shift(pair);
	const frames_t off = wanted > shift ? wanted - shift : shift - wanted;
	pair->astray = off > ASTRAY ? pair->astray + 1 : 0;
	if (pair->astray <= PATIENCE) {
		return false;
	}
	pair->shift = wanted;
	pair->slip = 0.0;
	pair->lead = 0;
	pair->astray = 0;
	return true;
}

frames_t pair_lead(struct pair *pair, frames_t early)
{
	const frames_t left = LEAD_MAX - pair->lead;
	const frames_t granted = early < left ? early : left;
	pair->lead += granted;
	return granted;
}

bool pair_ready(const struct pair *pair, const struct sound_block *near)
{
	const frames_t beyond = pair->rate != 0.0 || pair->slip != 0.0 ? BEYOND : 0;
	return near->at + pair_shift(pair) + pair->lead + EASE_PERIOD + beyond <= pair->far_end;
}

static double far_sample(const struct pair *pair, frames_t frame)
{
	const bool kept = frame >= pair->far_start && frame < pair->far_end;
	return kept ? (double)pair->far_samples[frame % PAIR_HISTORY] : 0.0;
}

/* A cubic through the four samples around; speech has little above a sixth of the rate. */
static double between(const struct pair *pair, frames_t frame, double part)
{
	const double a = far_sample(pair, frame - 1);
	const double b = far_sample(pair, frame);
	const double c = far_sample(pair, frame + 1);
	const double d = far_sample(pair, frame + 2);
	const double square = (a + c) / 2.0 - b;
	const double cube = (d - a) / 6.0 + (b - c) / 2.0;
	return b + part * (c - b - square - cube + part * (square + part * cube));
}

void pair_take(struct pair *pair, const struct sound_block *near, int16_t out[EASE_PERIOD])
{
	for (frames_t i = 0; i < EASE_PERIOD; i++) {
		const double whole = floor(pair->slip);
		const frames_t frame = near->at + pair->shift + pair->lead + i + (frames_t)whole;
		const double sample = between(pair, frame, pair->slip - whole);
		out[i] = (int16_t)lrint(fmax(fmin(sample, 32767.0), -32768.0));
		pair->slip += pair->rate;
	}
}

frames_t pair_output(const struct pair *pair, frames_t near)
{
	return near + pair_shift(pair);
}
