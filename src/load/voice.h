/* SPDX-License-Identifier: GPL-3.0-or-later */
/* voice.h - the single files of a voice; source->status tells. */
#ifndef EASE_LOAD_VOICE_H
#define EASE_LOAD_VOICE_H

#include "ease/voice.h"
#include "load/tree.h"

#include <stdbool.h>

#define VOICE_NAME_MAX 80
#define VOICE_RATE_MIN 130
#define VOICE_RATE_MAX 220

/* Whether name is a voice's, with its language or without: "en/calm-warm". */
bool voice_is_name(const char *name);

void voice_read_speech(struct source *source, const char *path, struct voice_speech *out);
void voice_read_lexicon(struct source *source, const char *path, struct voice_speech *out);
void voice_read_phrases(struct source *source, const char *path, const char *const **out);

#endif
