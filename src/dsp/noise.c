/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/noise.h"

#include <math.h>

/* Three leaky sums of white noise and a rest fall by about 3 dB an octave (Kellet's filter). */
static const double poles[] = { 0.99765, 0.96300, 0.57000 };
static const double weights[] = { 0.0990460, 0.2965164, 1.0526913 };
#define WHITE_WEIGHT 0.1848
#define POLES 3

/* RMS of the filter's output for white noise that is uniform between -1 and 1. */
static double raw_rms(void)
{
	double power = WHITE_WEIGHT * WHITE_WEIGHT;
	for (int i = 0; i < POLES; i++) {
		power += 2.0 * WHITE_WEIGHT * weights[i];
		for (int j = 0; j < POLES; j++) {
			power += weights[i] * weights[j] / (1.0 - poles[i] * poles[j]);
		}
	}
	return sqrt(power / 3.0);
}

void noise_init(struct noise *noise, uint32_t seed, double level_dbfs)
{
	*noise = (struct noise){
		.seed = seed,
		.gain = (float)(32768.0 * pow(10.0, level_dbfs / 20.0) / raw_rms()),
	};
}

static float white(struct noise *noise)
{
	noise->seed = noise->seed * UINT32_C(1664525) + UINT32_C(1013904223);
	return (float)(int32_t)noise->seed * 0x1p-31F;
}

static float next(struct noise *noise)
{
	const float input = white(noise);
	float sum = (float)WHITE_WEIGHT * input;
	for (int i = 0; i < POLES; i++) {
		noise->pole[i] = (float)poles[i] * noise->pole[i] + (float)weights[i] * input;
		sum += noise->pole[i];
	}
	return sum * noise->gain;
}

void noise_add(struct noise *noise, int16_t *mix, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const float sum = (float)mix[i] + next(noise);
		mix[i] = (int16_t)lrintf(fminf(fmaxf(sum, -32768.0F), 32767.0F));
	}
}
