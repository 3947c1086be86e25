/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * offline.h - a sound card in virtual time: the callbacks driven from a loop. The microphone hears
 * faint room noise, a recording from frame 0 on, whatever is injected, and an echo of the
 * loudspeaker; the loudspeaker goes to a WAV. Main thread only; the same input gives the same
 * bytes.
 *
 * A room counts with the energy of its response as 1, from its strongest sample on: gain and delay
 * mean the same with and without it.
 */
#ifndef EASE_OFFLINE_H
#define EASE_OFFLINE_H

#include "ease/callback.h"
#include "ease/status.h"

struct offline;

struct offline_config {
	const char *out_path;  /* the loudspeaker's WAV; NULL: nowhere */
	const char *in_path;   /* the microphone's recording; NULL: none */
	bool microphone;       /* false: capture never runs, as with no microphone at all */
	bool echo;             /* the microphone hears the loudspeaker */
	double echo_gain_db;   /* -60 to 20 */
	int32_t echo_delay_ms; /* 0 to 500 */
	const char *echo_room; /* a recorded impulse response that the echo passes; NULL: none */
	double noise_dbfs;     /* room noise; -69 is a quiet room */
};

EASE_NODISCARD enum status offline_create(const struct offline_config *config, struct link *link,
		struct offline **out, struct diag *diag);

/* Runs both callbacks once: EASE_PERIOD frames. STATUS_BACKEND when the WAV cannot be written. */
EASE_NODISCARD enum status offline_step(struct offline *offline);

/* Mixes count samples at EASE_RATE into the microphone from frame at on (not before now); they are
 * copied. */
EASE_NODISCARD enum status offline_inject(
		struct offline *offline, const int16_t *samples, size_t count, frames_t at);

EASE_NODISCARD enum status offline_destroy(struct offline *offline, struct diag *diag);

#endif
