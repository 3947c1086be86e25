/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pair.h - which loudspeaker frames belong to which microphone frames: those that the two callbacks
 * handled at the same time. Two cards start apart and drift; blocks get lost. Pure.
 *
 * Frames of either stream are counted by that stream, at EASE_RATE.
 */
#ifndef EASE_LISTEN_PAIR_H
#define EASE_LISTEN_PAIR_H

#include "ease/callback.h"
#include "ease/clock.h"

#include <stdbool.h>
#include <stdint.h>

#define PAIR_HISTORY 65536 /* loudspeaker frames kept: 1.4 s */

/* Where a stream's frame 0 lies on the clock of the stamps, smoothed. */
struct anchor {
	double at; /* microseconds */
	uint32_t blocks;
};

struct pair {
	struct anchor near;
	struct anchor far;
	frames_t shift;     /* loudspeaker frame = microphone frame + shift */
	uint32_t astray;    /* blocks in a row for which the stamps asked for another shift */
	double slip;        /* and by what the clocks have drifted apart since then */
	double rate;        /* a frame */
	frames_t lead;      /* that the loudspeaker's samples are given earlier than that */
	bool fixed;         /* shift is known */
	frames_t far_end;   /* the frame after the newest that is kept */
	frames_t far_start; /* the oldest that is kept */
	int16_t far_samples[PAIR_HISTORY]; /* frame n stands at n % PAIR_HISTORY */
};

void pair_init(struct pair *pair);

/* Keeps a block of the loudspeaker; what lies between it and the one before was silence. */
void pair_far(struct pair *pair, const struct sound_block *block);

/* Takes note of the next block of the microphone. True when the pairing moved: the echo's path is
 * another. */
bool pair_near(struct pair *pair, const struct sound_block *block);

/* The echo comes before its sound by so many frames: from now on the loudspeaker's samples are
 * given earlier by what is returned, which is less where that would be more than a pairing can be
 * wrong, and 0 where it is that wrong already. */
EASE_NODISCARD frames_t pair_lead(struct pair *pair, frames_t early);

/* Whether all loudspeaker frames for that block have come. */
bool pair_ready(const struct pair *pair, const struct sound_block *near);

/* By how much of a frame a frame the loudspeaker's samples are taken faster than the microphone's
 * from now on: its clock runs faster by so much, or slower where that is negative. */
void pair_drift(struct pair *pair, double rate);

/* The loudspeaker's samples for that block; silence where there are none. Once a block, in their
 * order. */
void pair_take(struct pair *pair, const struct sound_block *near, int16_t out[EASE_PERIOD]);

/* The loudspeaker frame that was played when that microphone frame was captured. */
frames_t pair_output(const struct pair *pair, frames_t near);

#endif
