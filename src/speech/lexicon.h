/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lexicon.h - words that eSpeak's rules get wrong, and how they are said. Pure. */
#ifndef EASE_SPEECH_LEXICON_H
#define EASE_SPEECH_LEXICON_H

#include "ease/status.h"
#include "ease/voice.h"

#include <stddef.h>

#define LEXICON_WORD_MAX 48     /* bytes, with the final NUL */
#define LEXICON_PHONEMES_MAX 80 /* the same */

/* STATUS_BAD_DATA with the entry in diag for phonemes that eSpeak could take as anything else. */
EASE_NODISCARD enum status lexicon_check(const struct voice_speech *voice, struct diag *diag);

/* The phonemes of a word (lower case), or NULL: say it by rule. */
const char *lexicon_find(const struct voice_speech *voice, const char *word);

#endif
