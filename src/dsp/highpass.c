/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/highpass.h"

#include "ease/clock.h"

#include <math.h>
#include <string.h>

/*
 * Butterworth of second order, 3 dB down at 90 Hz; the recogniser itself looks at nothing below
 * 130 Hz. By the bilinear transform: k = tan(pi * 90 / 16000).
 */
#define K 0.017673309
#define NORM (1.0 / (1.0 + 1.4142135623730951 * K + K * K))
#define A1 (2.0 * (K * K - 1.0) * NORM)
#define A2 ((1.0 - 1.4142135623730951 * K + K * K) * NORM)

_Static_assert(EARS_RATE == 16000, "K is for this rate");

void highpass_init(struct highpass *filter)
{
	memset(filter, 0, sizeof *filter);
}

void highpass_run(struct highpass *filter, int16_t *samples, size_t count)
{
	if (!filter->primed && count > 0) {
		filter->primed = true;
		filter->in[0] = filter->in[1] = samples[0];
	}
	for (size_t i = 0; i < count; i++) {
		const double x = samples[i];
		const double y = NORM * (x - 2.0 * filter->in[0] + filter->in[1]) -
				 A1 * filter->out[0] - A2 * filter->out[1];
		filter->in[1] = filter->in[0];
		filter->in[0] = x;
		filter->out[1] = filter->out[0];
		filter->out[0] = y;
		samples[i] = (int16_t)lrint(fmax(fmin(y, 32767.0), -32768.0));
	}
}
