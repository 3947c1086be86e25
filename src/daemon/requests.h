/* SPDX-License-Identifier: GPL-3.0-or-later */
/* requests.h - what easectl may ask of a running daemon. */
#ifndef EASE_DAEMON_REQUESTS_H
#define EASE_DAEMON_REQUESTS_H

#include "ease/control.h"

/* A control_fn; arg is the struct app. */
enum status requests_handle(
		void *arg, const struct request *request, struct json *reply, struct diag *diag);

#endif
