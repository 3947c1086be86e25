/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/endpointer.h"

#include <math.h>
#include <string.h>

/*
 * Level of 10 ms after pre-emphasis, against a floor that falls quickly and rises slowly. An onset
 * needs several loud frames; a segment ends after a hangover of quiet ones. What is 30 dB below the
 * segment's peak counts as quiet even above the floor: rooms ring. Nobody speaks steadily for long:
 * what does is a louder room, and the floor.
 */

#define EMPHASIS 0.95
#define QUIETEST_DB 30.0 /* below this nothing is speech, however quiet the floor */
#define BELOW_PEAK_DB 30.0
#define LEAD 7 /* frames that an onset reaches back beyond the first loud one's smoothing */

#define FALL 0.3            /* part of the way down, a frame */
#define RISE_SILENT 0.06    /* part of the way up while the level is near the floor */
#define RISE_LOUD 0.02      /* ... while it is above, before the onset is sure */
#define RISE_SPEAKING 0.01  /* ... inside a segment */
#define RISE_MAX_DB 0.10    /* the most it rises in a frame */
#define RISE_SPEECH_DB 0.02 /* ... inside a segment */
#define PEAK_FALL_DB 0.02   /* a frame */
#define BLOCK 40            /* frames; two blocks without much change are steady */
#define STEADY_DB 12.0

const struct endpointer_config endpointer_defaults = {
	.onset_db = 9.0,
	.offset_db = 6.0,
	.onset_frames = 5,
	.hangover = 18,
	.longest = 400,
};

void endpointer_init(struct endpointer *endpointer, const struct endpointer_config *config)
{
	memset(endpointer, 0, sizeof *endpointer);
	endpointer->config = *config;
}

static double level(struct endpointer *endpointer, const int16_t *samples)
{
	double energy = 0.0;
	for (int i = 0; i < ENDPOINTER_FRAME; i++) {
		const double y = samples[i] - EMPHASIS * endpointer->emphasis;
		endpointer->emphasis = samples[i];
		energy += y * y;
	}
	return 10.0 * log10(energy / ENDPOINTER_FRAME + 1.0);
}

static void follow_floor(struct endpointer *endpointer, double db)
{
	const double gap = db - endpointer->floor_db;
	if (gap < 0.0) {
		endpointer->floor_db += FALL * gap;
		return;
	}
	double part = gap < endpointer->config.onset_db ? RISE_SILENT : RISE_LOUD;
	if (endpointer->speaking) {
		part = RISE_SPEAKING;
	}
	const double most = endpointer->speaking ? RISE_SPEECH_DB : RISE_MAX_DB;
	endpointer->floor_db += fmin(part * gap, most);
}

static void begin_block(struct endpointer *endpointer)
{
	endpointer->block[1] = endpointer->block[0];
	endpointer->block[0].low_db = HUGE_VAL;
	endpointer->block[0].high_db = -HUGE_VAL;
	endpointer->block_frames = 0;
}

/* What must be exceeded: the room, or what the loudspeaker leaves in it. */
static double ground(const struct endpointer *endpointer)
{
	return fmax(endpointer->floor_db, endpointer->echo_db);
}

static enum edge look_for_onset(struct endpointer *endpointer, double smooth_db, double db)
{
	const bool loud = smooth_db > ground(endpointer) + endpointer->config.onset_db &&
			  db > QUIETEST_DB;
	if (!loud) {
		endpointer->run -= endpointer->run > 0;
		return EDGE_NONE;
	}
	if (++endpointer->run < endpointer->config.onset_frames) {
		return EDGE_NONE;
	}
	const int64_t start = endpointer->frame - LEAD;
	endpointer->speaking = true;
	endpointer->start = start > endpointer->end ? start : endpointer->end;
	endpointer->silent = 0;
	endpointer->peak_db = smooth_db;
	endpointer->run = 0;
	begin_block(endpointer);
	endpointer->block[1].low_db = -HUGE_VAL;
	return EDGE_ONSET;
}

static void notice_steadiness(struct endpointer *endpointer, double smooth_db)
{
	endpointer->block[0].low_db = fmin(endpointer->block[0].low_db, smooth_db);
	endpointer->block[0].high_db = fmax(endpointer->block[0].high_db, smooth_db);
	if (++endpointer->block_frames < BLOCK) {
		return;
	}
	const double low = fmin(endpointer->block[0].low_db, endpointer->block[1].low_db);
	const double high = fmax(endpointer->block[0].high_db, endpointer->block[1].high_db);
	if (high - low < STEADY_DB) {
		endpointer->floor_db = fmax(endpointer->floor_db, low);
	}
	begin_block(endpointer);
}

static enum edge look_for_offset(struct endpointer *endpointer, double smooth_db)
{
	notice_steadiness(endpointer, smooth_db);
	endpointer->peak_db = fmax(smooth_db, endpointer->peak_db - PEAK_FALL_DB);
	const bool voiced = smooth_db > ground(endpointer) + endpointer->config.offset_db &&
			    smooth_db > endpointer->peak_db - BELOW_PEAK_DB;
	if (!voiced) {
		endpointer->silent++;
	} else {
		/* One loud frame in a pause is a click: it undoes two quiet ones, not all. */
		endpointer->silent = endpointer->silent > 2 ? endpointer->silent - 2 : 0;
	}
	if (endpointer->silent < endpointer->config.hangover &&
			endpointer->frame - endpointer->start < endpointer->config.longest) {
		return EDGE_NONE;
	}
	endpointer->speaking = false;
	endpointer->end = endpointer->frame + 1 - endpointer->silent;
	return EDGE_OFFSET;
}

enum edge endpointer_process(struct endpointer *endpointer, const int16_t samples[ENDPOINTER_FRAME])
{
	const double db = level(endpointer, samples);
	if (!endpointer->primed) {
		endpointer->primed = true;
		endpointer->last_db = db;
		endpointer->floor_db = db;
	}
	const double smooth_db = 0.5 * (db + endpointer->last_db);
	endpointer->last_db = db;
	follow_floor(endpointer, smooth_db);
	const enum edge edge = endpointer->speaking ? look_for_offset(endpointer, smooth_db)
						    : look_for_onset(endpointer, smooth_db, db);
	endpointer->frame++;
	return edge;
}

void endpointer_echo(struct endpointer *endpointer, double echo_db)
{
	endpointer->echo_db = echo_db;
}

int64_t endpointer_start(const struct endpointer *endpointer)
{
	return endpointer->start;
}

int64_t endpointer_end(const struct endpointer *endpointer)
{
	return endpointer->speaking ? endpointer->frame - endpointer->silent : endpointer->end;
}

double endpointer_floor(const struct endpointer *endpointer)
{
	return endpointer->floor_db;
}

double endpointer_snr(const struct endpointer *endpointer)
{
	return endpointer->peak_db - endpointer->floor_db;
}
