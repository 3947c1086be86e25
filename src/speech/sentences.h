/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sentences.h - a text as the sentences that eSpeak is given one by one, with the lexicon's
 * phonemes in [[ ]], and a map from each character back to the text. Pure.
 */
#ifndef EASE_SPEECH_SENTENCES_H
#define EASE_SPEECH_SENTENCES_H

#include "ease/status.h"
#include "ease/voice.h"
#include "speech/normalize.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SPOKEN_MAX 16384
#define SENTENCES_MAX 512

/* Where in the text a character came from. */
struct origin {
	uint16_t from; /* its first byte; for phonemes that of their word */
	uint16_t to;   /* behind the last byte of its word */
};

struct sentence {
	size_t at;         /* byte in text; NUL-terminated there */
	size_t first;      /* its first character's index in origins */
	size_t characters; /* eSpeak counts characters, not bytes */
};

struct spoken {
	char text[SPOKEN_MAX];
	size_t length;
	struct origin origins[SPOKEN_MAX]; /* one a character */
	size_t characters;
	struct sentence sentences[SENTENCES_MAX];
	size_t count;
};

/*
 * Sentences without a letter or digit are left out; a text may have none. Where the lexicon's
 * phonemes find no room the word is left to eSpeak's rules. STATUS_NO_SPACE: text is too long.
 */
EASE_NODISCARD enum status sentences_split(
		const struct glyphs *glyphs, const struct voice_speech *voice, struct spoken *out);

#endif
