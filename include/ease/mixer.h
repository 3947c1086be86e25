/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mixer.h - speech and tones into one mono stream: levels, ducking, fades, limiter.
 *
 * A value over fixed memory; every function is EASE_RT and belongs to the thread that renders.
 * Levels: speech about -19 LUFS, tones 8-12 dB below it, nothing above -1 dBFS. Every change of
 * level is a ramp, so that no step is steeper than the steepest envelope.
 */
#ifndef EASE_MIXER_H
#define EASE_MIXER_H

#include "ease/clock.h"
#include "ease/status.h"
#include "ease/tone_kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MIXER_TONES_MAX 64 /* scheduled at one time */

struct tone_cue {
	frames_t at;     /* its first sample */
	frames_t length; /* inhale, exhale, hold; the others have their own length */
	enum tone_kind kind;
};

struct ramp {
	float now;
	float target;
	float step;    /* a frame */
	uint32_t left; /* frames until it is at target */
};

struct mixer_voice {
	struct tone_cue cue;
	bool sounding;
};

/* Fields are private to mixer.c. */
struct mixer {
	struct mixer_voice voices[MIXER_TONES_MAX];
	uint32_t voice_count;
	struct ramp volume;    /* everything */
	struct ramp soften;    /* tones, by pressure */
	struct ramp under;     /* tones, while speech plays */
	struct ramp duck;      /* everything, while the person speaks */
	struct ramp fade;      /* everything, on hush */
	struct ramp tone_fade; /* tones, on tones off */
	float limit;           /* the limiter's present gain */
	bool hushing;
	bool tones_off;
};

EASE_RT void mixer_init(struct mixer *mixer);

/* STATUS_NO_SPACE when MIXER_TONES_MAX are waiting, STATUS_BAD_ARG when at is past already (now) or
 * within a fade, or when there is nothing to play. */
EASE_NODISCARD EASE_RT enum status mixer_tone(
		struct mixer *mixer, const struct tone_cue *cue, frames_t now);

/* Fades out within EASE_PERIOD frames and drops every tone; speech must be dropped by the caller
 * once it is no longer mixer_hushing(). New tones may be scheduled at once, to start after the
 * fade. */
EASE_RT void mixer_hush(struct mixer *mixer);
EASE_RT void mixer_tones_off(struct mixer *mixer); /* the same for tones only */
EASE_RT bool mixer_hushing(const struct mixer *mixer);

EASE_RT void mixer_volume(struct mixer *mixer, float gain_db); /* ramp of 200 ms */
EASE_RT void mixer_soften(struct mixer *mixer, float gain_db); /* ramp of 200 ms */
EASE_RT void mixer_duck(struct mixer *mixer, bool on); /* -15 dB within 20 ms, back within 300 ms */

/* The tones that begin within count frames from frame now on, the earliest first; returns how many.
 */
EASE_RT size_t mixer_begins(const struct mixer *mixer, frames_t now, size_t count,
		struct tone_cue began[MIXER_TONES_MAX]);

/* Renders count frames (at most EASE_PERIOD) from frame now on. speech: count samples, or NULL for
 * silence. */
EASE_RT void mixer_render(struct mixer *mixer, frames_t now, const int16_t *speech, int16_t *out,
		size_t count);

#endif
