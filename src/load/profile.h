/* SPDX-License-Identifier: GPL-3.0-or-later */
/* profile.h - reads person.yaml. */
#ifndef EASE_LOAD_PROFILE_H
#define EASE_LOAD_PROFILE_H

#include "ease/profile.h"
#include "load/tree.h"

/* Reads the file at path; source->status tells. */
void profile_read(struct source *source, const char *path, struct profile *out);

#endif
