/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * endpointer.h - where speech begins and ends in a 16 kHz stream. Frames in, edges out; pure.
 */
#ifndef EASE_ENDPOINTER_H
#define EASE_ENDPOINTER_H

#include <stdbool.h>
#include <stdint.h>

#define ENDPOINTER_FRAME 160 /* samples: 10 ms at EARS_RATE */

enum edge {
	EDGE_NONE,
	EDGE_ONSET,  /* speech began, a little before this frame: endpointer_start() */
	EDGE_OFFSET, /* speech ended, a hangover before this frame: endpointer_end() */
};

struct endpointer_config {
	double onset_db;      /* above the noise floor, to begin */
	double offset_db;     /* above the noise floor, to go on */
	int32_t onset_frames; /* so many frames in favour */
	int32_t hangover;     /* frames of silence that end a segment */
	int32_t longest;      /* frames after which a segment is cut */
};

/* Fields are private to endpointer.c. */
struct endpointer {
	struct endpointer_config config;
	int64_t frame;
	int64_t start;
	int64_t end;
	double floor_db;
	double peak_db;
	double last_db;
	double echo_db;
	double emphasis;
	struct {
		double low_db;
		double high_db;
	} block[2]; /* extremes of the present and the last block of a segment's levels */
	int32_t block_frames;
	int32_t run;
	int32_t silent;
	bool speaking;
	bool primed;
};

extern const struct endpointer_config endpointer_defaults;

void endpointer_init(struct endpointer *endpointer, const struct endpointer_config *config);
enum edge endpointer_process(
		struct endpointer *endpointer, const int16_t samples[ENDPOINTER_FRAME]);

/* The next frame may hold so much of the loudspeaker (decibels as below): nothing but what is well
 * above it is speech. */
void endpointer_echo(struct endpointer *endpointer, double echo_db);

/* Frames since endpointer_init(): of the present or last segment. */
int64_t endpointer_start(const struct endpointer *endpointer);
int64_t endpointer_end(const struct endpointer *endpointer);
/* Decibels (dB re one step of 16 bits, pre-emphasised): the noise floor, and the segment's peak
 * above it. */
double endpointer_floor(const struct endpointer *endpointer);
double endpointer_snr(const struct endpointer *endpointer);

#endif
