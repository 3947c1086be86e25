/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unit.h - scripts/units/NAME.yaml to struct unit; source->status tells. */
#ifndef EASE_LOAD_UNIT_H
#define EASE_LOAD_UNIT_H

#include "ease/script.h"
#include "load/tree.h"

/* Reads the file at path, whose unit must be called name. */
void unit_read(struct source *source, const char *path, const char *name, struct unit *out);

/* One round of a unit's pace: a stroke with its return, or a breath, in milliseconds. */
int32_t unit_round_ms(const struct unit *unit);

#endif
