/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * echo.h - linear echo canceller at EARS_RATE (SpeexDSP MDF). No denoise, no residual suppression:
 * both cost more recognition than they give (facts 9.5). One thread.
 */
#ifndef EASE_ECHO_H
#define EASE_ECHO_H

#include "ease/status.h"

#include <stdint.h>

#define ECHO_FRAME 160 /* samples a call: 10 ms */

struct echo;

/* tail_ms: how late the loudspeaker may still be heard, 50-500; 256-400 suits rooms. */
EASE_NODISCARD enum status echo_create(uint32_t tail_ms, struct echo **out);
void echo_destroy(struct echo *echo);

/* Takes the loudspeaker (far) out of the microphone (near); out may not overlap. ECHO_FRAME samples
 * each. */
void echo_cancel(struct echo *echo, const int16_t *near, const int16_t *far, int16_t *out);

/* Forgets the room: after a jump in either stream. */
void echo_reset(struct echo *echo);

#endif
