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
	const frames_t off = wanted > pair->shift ? wanted - pair->shift : pair->shift - wanted;
	pair->astray = off > ASTRAY ? pair->astray + 1 : 0;
	if (pair->astray <= PATIENCE) {
		return false;
	}
	pair->shift = wanted;
	pair->astray = 0;
	return true;
}

bool pair_ready(const struct pair *pair, const struct sound_block *near)
{
	return near->at + pair->shift + EASE_PERIOD <= pair->far_end;
}

void pair_take(const struct pair *pair, const struct sound_block *near, int16_t out[EASE_PERIOD])
{
	memset(out, 0, EASE_PERIOD * sizeof *out);
	for (frames_t i = 0; i < EASE_PERIOD; i++) {
		const frames_t frame = near->at + pair->shift + i;
		const bool kept = frame >= pair->far_start && frame < pair->far_end;
		if (kept) {
			out[i] = pair->far_samples[frame % PAIR_HISTORY];
		}
	}
}

frames_t pair_output(const struct pair *pair, frames_t near)
{
	return near + pair->shift;
}
