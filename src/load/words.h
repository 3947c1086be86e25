/* SPDX-License-Identifier: GPL-3.0-or-later */
/* words.h - voices/LANG/words.yaml, what can be heard, to a vocabulary. */
#ifndef EASE_LOAD_WORDS_H
#define EASE_LOAD_WORDS_H

#include "ease/voice.h"
#include "load/tree.h"

/* Reads the file at path; source->status tells. */
void words_read(struct source *source, const char *path, struct vocabulary *out);

#endif
