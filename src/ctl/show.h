/* SPDX-License-Identifier: GPL-3.0-or-later */
/* show.h - what the daemon says about itself, for people. */
#ifndef EASE_CTL_SHOW_H
#define EASE_CTL_SHOW_H

#include "ease/json.h"

#include <stdio.h>

/* The reply to "status" (ease/control.h) in a few lines; what is missing is left out. */
void show_status(const struct json *reply, FILE *out);

#endif
