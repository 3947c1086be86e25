/* SPDX-License-Identifier: GPL-3.0-or-later */
/* names.h - which of the devices of a machine is meant. Pure. */
#ifndef EASE_AUDIO_NAMES_H
#define EASE_AUDIO_NAMES_H

#include "ease/device.h"

enum direction {
	OUTPUT,
	INPUT,
};

/* "loudspeaker" or "microphone" */
const char *direction_word(enum direction direction);

struct device_names {
	const struct device_info *info; /* in PortAudio's order */
	size_t count;
};

/*
 * The index of the device of this direction that part means: the first whose name is part, else the
 * first whose name has part in it, in any case; with NULL the default. STATUS_NOT_FOUND: there is
 * none, and diag->message names those that there are.
 */
EASE_NODISCARD enum status names_choose(const struct device_names *names, enum direction direction,
		const char *part, size_t *out, struct diag *diag);

#endif
