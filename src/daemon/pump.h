/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pump.h - the loop without a sound card: one thread, virtual time, the same bytes every time.
 *
 * Time moves by one period only when nobody has anything left to do, so that no result depends on
 * how fast the machine is.
 */
#ifndef EASE_DAEMON_PUMP_H
#define EASE_DAEMON_PUMP_H

#include "app.h"

/* Runs the loaded session to its end. */
enum exit_code pump_run(struct app *app);

#endif
