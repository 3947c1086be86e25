/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * canceller.h - the echo canceller that finds out by itself how late the echo comes.
 *
 * The loudspeaker's signal is held back by the bulk delay, so that the canceller's tail serves the
 * room. When the delay turns out to be another, the last seconds are gone through again with it, a
 * little at every frame: the canceller knows the room soon, instead of learning it while the coach
 * hears itself. One thread.
 */
#ifndef EASE_CANCELLER_H
#define EASE_CANCELLER_H

#include "ease/status.h"

#include <stdbool.h>
#include <stdint.h>

#define CANCELLER_FRAME 160 /* samples a call, at EARS_RATE: 10 ms */
#define CANCELLER_SOON 32   /* samples */

struct canceller;

EASE_NODISCARD enum status canceller_create(struct canceller **out);
void canceller_destroy(struct canceller *canceller);

/* Takes the loudspeaker (far) out of the microphone (near); out may not overlap. full: the
 * microphone was at full scale, before any filter. True when the echo turned out to come at another
 * time than was thought. */
bool canceller_process(struct canceller *canceller, const int16_t near[CANCELLER_FRAME],
		const int16_t far[CANCELLER_FRAME], bool full, int16_t out[CANCELLER_FRAME]);

/*
 * What is left of the echo in the last frame, as far as it can be told, and what is left in all:
 * mean squares after pre-emphasis. Where the second is no more than the first, nobody speaks but
 * the loudspeaker.
 */
double canceller_echo(const struct canceller *canceller);
double canceller_rest(const struct canceller *canceller);

/* Whether the loudspeaker has been heard for long enough that its echo is known, and no other delay
 * of it is being learnt. */
bool canceller_knows(const struct canceller *canceller);

/* Samples by which the echo is late; DELAY_UNKNOWN of delay.h. What comes before CANCELLER_SOON
 * cannot be taken away: the loudspeaker's samples must be given earlier. */
int32_t canceller_delay(const struct canceller *canceller);

/* As delay.h has them. */
uint32_t canceller_looks(const struct canceller *canceller);
double canceller_exact_delay(const struct canceller *canceller);

/* Forgets the room: after a jump in either stream. */
void canceller_reset(struct canceller *canceller);

#endif
