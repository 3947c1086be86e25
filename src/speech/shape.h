/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shape.h - makes a synthesised sentence comfortable: no rumble below 80 Hz, 3 dB less edge above
 * 6 kHz, the voice's gain, and no peak above the ceiling. Pure; works in place on whole sentences.
 */
#ifndef EASE_SPEECH_SHAPE_H
#define EASE_SPEECH_SHAPE_H

#include <stddef.h>
#include <stdint.h>

struct biquad {
	double b[3];
	double a[2]; /* a0 is 1 */
	double z[2];
};

struct shape {
	struct biquad high_pass;
	struct biquad shelf;
	double gain;
	size_t block; /* samples over which gain moves */
};

/* rate in Hz, at least 16000. */
void shape_init(struct shape *shape, uint32_t rate, double gain_db);

/* Begins with silence behind it: each sentence is shaped as if it were the first. */
void shape_sentence(struct shape *shape, int16_t *samples, size_t count);

#endif
