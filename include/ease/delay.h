/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * delay.h - how late the microphone hears the loudspeaker: the bulk delay of the echo, found in the
 * sound itself (generalised cross-correlation with phase transform) and followed. One thread.
 *
 * While the loudspeaker is silent, or too little of it comes back, the last answer stands.
 */
#ifndef EASE_DELAY_H
#define EASE_DELAY_H

#include "ease/status.h"

#include <stdbool.h>
#include <stdint.h>

#define DELAY_FRAME 160 /* samples a call, at EARS_RATE: 10 ms */
#define DELAY_MAX 8000  /* samples; the longest that is found: 500 ms */
#define DELAY_MIN                                                                      \
	(-960) /* 60 ms too early: two devices whose clocks were paired a little wrong \
		*/
#define DELAY_UNKNOWN INT32_MIN

struct delay;

EASE_NODISCARD enum status delay_create(struct delay **out);
void delay_destroy(struct delay *delay);

/* Takes the next 10 ms of both. True when the answer changed by more than a few milliseconds. */
bool delay_process(struct delay *delay, const int16_t near[DELAY_FRAME],
		const int16_t far[DELAY_FRAME]);

/* Samples at EARS_RATE from the loudspeaker's sound to its strongest path in the microphone,
 * negative where the microphone has it first; DELAY_UNKNOWN. */
int32_t delay_samples(const struct delay *delay);

/* The looks so far at which the echo was found where it was thought to be, and where the last of
 * them found it, in samples and parts of one: what two clocks drift apart shows here. */
uint32_t delay_looks(const struct delay *delay);
double delay_exact(const struct delay *delay);

/* Forgets the room. */
void delay_reset(struct delay *delay);

#endif
