/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pulse.h"

bool pulse_beats(struct pulse *pulse, unsigned beat, usec_t now)
{
	if (!pulse->looked || beat != pulse->beat) {
		pulse->alive = pulse->looked;
		pulse->looked = true;
		pulse->beat = beat;
		pulse->since = now;
	}
	return now - pulse->since < (pulse->alive ? PULSE_BEAT : PULSE_FIRST_BEAT);
}
