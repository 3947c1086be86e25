/* SPDX-License-Identifier: GPL-3.0-or-later */
/* loop.h - the loop with a sound card: waits for time, words, signals, the socket and Enter. The
 * only file that reads a clock. */
#ifndef EASE_DAEMON_LOOP_H
#define EASE_DAEMON_LOOP_H

#include "app.h"

/* Until the session is over, or, without --session, until a signal. */
enum exit_code loop_run(struct app *app);

#endif
