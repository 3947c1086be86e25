/* SPDX-License-Identifier: GPL-3.0-or-later */
/* noise.h - faint room noise for the offline microphone: pink-like, the same for the same seed. */
#ifndef EASE_NOISE_H
#define EASE_NOISE_H

#include <stddef.h>
#include <stdint.h>

struct noise {
	uint32_t seed;
	float pole[3];
	float gain;
};

/* level_dbfs: RMS of the noise re full scale; -69 is a quiet room. */
void noise_init(struct noise *noise, uint32_t seed, double level_dbfs);

/* Adds count samples to mix, saturating. */
void noise_add(struct noise *noise, int16_t *mix, size_t count);

#endif
