/* SPDX-License-Identifier: GPL-3.0-or-later */
/* place.h - where the shipped data is: a program in its build tree uses the source tree, an
 * installed one the share folder. */
#ifndef EASE_PLACE_H
#define EASE_PLACE_H

#include "ease/status.h"

#include <stddef.h>

/* Writes the folder of what ("scripts", "voices") to out. STATUS_NO_SPACE when size is too small.
 */
EASE_NODISCARD enum status place_find(const char *what, char *out, size_t size);

#endif
