/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * faults.h - what a watchdog makes of the signs of life: heartbeats in, engine events out. Pure.
 *
 * Call at about 4 Hz. A fault is told once, and its end once.
 */
#ifndef EASE_DAEMON_FAULTS_H
#define EASE_DAEMON_FAULTS_H

#include "ease/clock.h"
#include "ease/engine.h"

#include <stdbool.h>
#include <stdint.h>

struct signs {
	usec_t now;      /* CLOCK_MONOTONIC; offline the frames played, in microseconds */
	frames_t frames; /* played */
	bool output_lost;
	bool input_lost;
	bool ears_ready;
	bool ears_failed;
	uint32_t ears_blocks;  /* of the microphone, taken by the listener */
	uint32_t lost_reports; /* of the output callback: what was played is not known any more */
};

/* Fields are private to faults.c. */
struct faults {
	bool microphone; /* there was one at the start */
	bool started;
	bool speaker_lost;
	bool mic_lost;
	uint32_t blocks;
	uint32_t lost_reports;
	usec_t blocks_at; /* when a block was last taken */
	usec_t back_since;
	usec_t window_at;   /* the present window of the clock's comparison */
	usec_t window_lag;  /* least lag of the frames behind the clock in it */
	usec_t settled_lag; /* the same of the window before */
	int windows;
};

void faults_init(struct faults *faults, bool microphone);

/* The event that these signs mean, or EVENT_KIND_COUNT. */
enum event_kind faults_look(struct faults *faults, const struct signs *signs);

#endif
