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

/* Writes the folder of what is kept of a person to out: data where it is not NULL, else
 * $STATE_DIRECTORY, $XDG_DATA_HOME/ease, or ~/.local/share/ease. STATUS_NOT_FOUND without a home,
 * STATUS_NO_SPACE when size is too small. */
EASE_NODISCARD enum status place_data(const char *data, char *out, size_t size);

#endif
