/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * person.h - what is known of the person who is coached: read before the first session, kept after
 * every one. Main thread only.
 */
#ifndef EASE_DAEMON_PERSON_H
#define EASE_DAEMON_PERSON_H

#include "app.h"

/* Reads what is kept and makes app->vocabulary of the voice's. Offline nothing is kept unless
 * --data names a folder, so that the same words in give the same out. */
EASE_NODISCARD enum status person_load(struct app *app, struct diag *diag);

/* Takes what the listener has learnt. */
void person_take(struct app *app);

/* Writes it down, if there is anything new. What somebody else has written since stays. */
void person_keep(struct app *app);

#endif
