/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * device.h - PortAudio: two streams (48 kHz, 16-bit mono, EASE_PERIOD frames, 0.1 s), never one
 * full-duplex stream, because microphone and loudspeaker may be two cards with two clocks.
 *
 * Main thread only. PortAudio's list of devices is fixed when it is initialised, so every open
 * initialises it and every close terminates it. The chatter of ALSA and JACK is silenced, and from
 * open to close PortAudio's own is limited.
 */
#ifndef EASE_DEVICE_H
#define EASE_DEVICE_H

#include "ease/callback.h"
#include "ease/status.h"

#include <stdbool.h>
#include <stddef.h>

struct device;

struct device_config {
	const char *output; /* part of a device's name, in any case; NULL: the default */
	const char *input;  /* the same; NULL: the default */
};

struct device_info {
	char name[128];
	bool input;
	bool output;
	bool default_input;
	bool default_output;
};

/*
 * Opens and starts both streams over link (borrowed until device_close(), and only if this is
 * STATUS_OK). Without any output device STATUS_NOT_FOUND; with an output that cannot be opened, or
 * a sound system that does not answer within 5 s, STATUS_BACKEND; the reason is in diag->message. A
 * missing or failing microphone is no error: device_has_microphone() is then false.
 */
EASE_NODISCARD enum status device_open(const struct device_config *config, struct link *link,
		struct device **out, struct diag *diag);

/* Stops within a second even where PortAudio hangs: STATUS_BACKEND then, and the process should
 * end. */
enum status device_close(struct device *device);

bool device_has_microphone(const struct device *device);

enum device_health {
	DEVICE_OK,
	DEVICE_OUTPUT_LOST, /* finished, or no callback for 0.5 s */
	DEVICE_INPUT_LOST,
};

/* Call at 4 Hz or more, with CLOCK_MONOTONIC. A heartbeat for each stream; output comes first. */
enum device_health device_check(struct device *device, usec_t now);

/* Fills at most room entries and returns how many devices there are. Opens and closes PortAudio;
 * STATUS_BACKEND when the sound system does not answer within 5 s. */
EASE_NODISCARD enum status device_list(struct device_info *out, size_t room, size_t *count);

#endif
