/* SPDX-License-Identifier: GPL-3.0-or-later */
/* stage.h - the daemon's real stage: actions go to the adapters, notes to all who want them. */
#ifndef EASE_DAEMON_STAGE_H
#define EASE_DAEMON_STAGE_H

#include "app.h"

/* The functions of struct stage over app, which is borrowed. */
struct stage stage_of(struct app *app);

#endif
