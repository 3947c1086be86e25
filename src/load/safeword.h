/* SPDX-License-Identifier: GPL-3.0-or-later */
/* safeword.h - reads voices/LANG/safe-words.yaml. */
#ifndef EASE_LOAD_SAFEWORD_H
#define EASE_LOAD_SAFEWORD_H

#include "ease/safeword.h"
#include "load/tree.h"

/* Reads the file at path; source->status tells. */
void safeword_read(struct source *source, const char *path, const char *const **out, size_t *count);

#endif
