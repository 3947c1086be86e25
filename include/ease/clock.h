/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clock.h - units of time. Session time is frames played by the output stream at EASE_RATE, from
 * frame 0; nothing below daemon/loop.c reads a clock, apart from the callback's monotonic stamp.
 */
#ifndef EASE_CLOCK_H
#define EASE_CLOCK_H

#include <stdint.h>

typedef int64_t frames_t; /* frames at EASE_RATE since the session began, or a length in frames */
typedef int64_t usec_t;   /* microseconds of CLOCK_MONOTONIC, or a length in microseconds */

#define EASE_RATE 48000 /* frames a second of both streams */
#define EASE_PERIOD 480 /* frames of one callback: 10 ms */
#define EARS_RATE 16000 /* samples a second that the recogniser takes */
#define FRAMES_NEVER INT64_MAX

/* 48 frames a millisecond: exact in both directions at whole milliseconds. */
static inline frames_t frames_from_ms(int64_t ms)
{
	return ms * (EASE_RATE / 1000);
}

static inline int64_t ms_from_frames(frames_t frames)
{
	return frames / (EASE_RATE / 1000);
}

static inline double seconds_from_frames(frames_t frames)
{
	return (double)frames / EASE_RATE;
}

#endif
