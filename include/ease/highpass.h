/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * highpass.h - takes out what lies below speech: a sound card's DC offset, breath on the
 * microphone, the rumble of a fan. At EARS_RATE. Pure.
 */
#ifndef EASE_HIGHPASS_H
#define EASE_HIGHPASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Fields are private to highpass.c. */
struct highpass {
	double in[2];  /* the last two samples, newest first */
	double out[2]; /* and what became of them */
	bool primed;
};

void highpass_init(struct highpass *filter);

/* Filters count samples in place. The first sample ever is taken for the offset, so that nothing
 * swings in. */
void highpass_run(struct highpass *filter, int16_t *samples, size_t count);

#endif
