/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ears_watch.h - for measuring and training: see every segment and verdict, also those that become
 * nothing. */
#ifndef EASE_LISTEN_EARS_WATCH_H
#define EASE_LISTEN_EARS_WATCH_H

#include "recogniser.h"

#include "ease/ears.h"

typedef void ears_watch_fn(void *arg, const struct segment *segment, const struct verdict *verdict);

/* Calls watch for every segment from now on. */
void ears_watch(struct ears *ears, ears_watch_fn *watch, void *arg);

#endif
