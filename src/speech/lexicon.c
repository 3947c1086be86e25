/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/lexicon.h"

#include <stdbool.h>
#include <string.h>

/* Phonemes stand between [[ and ]]: nothing in them may end that, or be no phoneme at all. */
static bool is_safe(const char *phonemes)
{
	const size_t length = strlen(phonemes);
	if (length == 0 || length >= LEXICON_PHONEMES_MAX) {
		return false;
	}
	for (size_t i = 0; i < length; i++) {
		if (phonemes[i] < '!' || phonemes[i] > '~' || strchr("[]<>", phonemes[i]) != NULL) {
			return false;
		}
	}
	return true;
}

enum status lexicon_check(const struct voice_speech *voice, struct diag *diag)
{
	for (size_t i = 0; i < voice->lexicon_count; i++) {
		const struct pronunciation *entry = &voice->lexicon[i];
		if (!is_safe(entry->phonemes) || strlen(entry->word) >= LEXICON_WORD_MAX) {
			diag_set(diag, NULL, 0, 0,
					"lexicon: \"%s\" has phonemes that cannot be said",
					entry->word);
			return STATUS_BAD_DATA;
		}
	}
	return STATUS_OK;
}

const char *lexicon_find(const struct voice_speech *voice, const char *word)
{
	for (size_t i = 0; i < voice->lexicon_count; i++) {
		if (strcmp(voice->lexicon[i].word, word) == 0) {
			return voice->lexicon[i].phonemes;
		}
	}
	return NULL;
}
