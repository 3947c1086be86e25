/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * feed.h - a clip as a stream of 48 kHz samples, as far as it is synthesised. One thread.
 *
 * Each sentence is resampled as if it were alone, so that it sounds the same whatever came before.
 */
#ifndef EASE_SPEECH_FEED_H
#define EASE_SPEECH_FEED_H

#include "ease/clock.h"
#include "ease/status.h"
#include "speech/clip.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct resample;

/* Fields are private to feed.c. */
struct feed {
	struct resample *resample;
	const struct clip *clip; /* borrowed until the next feed_start(); NULL: none */
	size_t part;
	size_t taken; /* samples of the part */
	frames_t at;  /* frames given */
};

EASE_NODISCARD enum status feed_init(struct feed *feed, uint32_t rate);
void feed_finish(struct feed *feed);

/* clip is borrowed as long as feed_read() is called. */
void feed_start(struct feed *feed, const struct clip *clip);

/* Writes at most room samples and returns their number: less than room only at the end of what is
 * synthesised. */
size_t feed_read(struct feed *feed, int16_t *out, size_t room);

/* Whether everything was read and nothing more will come. */
bool feed_is_done(const struct feed *feed);

#endif
