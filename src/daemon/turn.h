/* SPDX-License-Identifier: GPL-3.0-or-later */
/* turn.h - one turn of the crank, the same live and in virtual time. */
#ifndef EASE_DAEMON_TURN_H
#define EASE_DAEMON_TURN_H

#include "app.h"

/* Takes what was reported and heard, speaks the cast's lines that are due, serves deadlines.
 * Returns whether anything was done. */
bool turn(struct app *app);

/* Waits for a start: with a word of how to, or in silence. */
void turn_idle(struct app *app, bool invite);

/* Looks at the signs of life; now is CLOCK_MONOTONIC or, offline, the frames played. At 4 Hz. */
void turn_watch(struct app *app, usec_t now);

/* Whether a session that ran is over, its tail of silence included. */
bool turn_over(const struct app *app);

#endif
