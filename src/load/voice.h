/* SPDX-License-Identifier: GPL-3.0-or-later */
/* voice.h - the single files of a voice; source->status tells. */
#ifndef EASE_LOAD_VOICE_H
#define EASE_LOAD_VOICE_H

#include "ease/voice.h"
#include "load/tree.h"

void voice_read_speech(struct source *source, const char *path, struct voice_speech *out);
void voice_read_lexicon(struct source *source, const char *path, struct voice_speech *out);
void voice_read_phrases(struct source *source, const char *path, const char *const **out);

#endif
