/* SPDX-License-Identifier: GPL-3.0-or-later */
/* own_word.c - a vocabulary with the person's own safe word in it. */
#include "ease/profile.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define TIMES 2 /* "pineapple", "pineapple pineapple" */

static bool is_in_dictionary(
		const struct vocabulary *vocabulary, const char *word, const char *sounds)
{
	for (size_t i = 0; i < vocabulary->dictionary_count; i++) {
		if (strcmp(vocabulary->dictionary[i].word, word) == 0 &&
				strcmp(vocabulary->dictionary[i].phonemes, sounds) == 0) {
			return true;
		}
	}
	return false;
}

/* What the word by itself means already; INTENT_NONE: nothing. */
static enum intent meaning(const struct vocabulary *vocabulary, const char *word)
{
	for (size_t i = 0; i < vocabulary->phrase_count; i++) {
		if (strcmp(vocabulary->phrases[i].text, word) == 0) {
			return vocabulary->phrases[i].intent;
		}
	}
	return INTENT_NONE;
}

static enum status add_pronunciations(
		struct arena *arena, const struct profile *profile, struct vocabulary *vocabulary)
{
	struct pronunciation *dictionary = arena_array(arena,
			vocabulary->dictionary_count + profile->sound_count, sizeof(*dictionary));
	if (dictionary == NULL) {
		return STATUS_NO_MEM;
	}
	size_t count = vocabulary->dictionary_count;
	memcpy(dictionary, vocabulary->dictionary, count * sizeof(*dictionary));
	for (size_t i = 0; i < profile->sound_count; i++) {
		if (!is_in_dictionary(vocabulary, profile->word, profile->sounds[i])) {
			dictionary[count++] =
					(struct pronunciation){ profile->word, profile->sounds[i] };
		}
	}
	vocabulary->dictionary = dictionary;
	vocabulary->dictionary_count = count;
	return STATUS_OK;
}

static enum status add_phrases(
		struct arena *arena, const struct profile *profile, struct vocabulary *vocabulary)
{
	const size_t count = vocabulary->phrase_count;
	struct heard_phrase *phrases = arena_array(arena, count + TIMES, sizeof(*phrases));
	char *twice = arena_alloc(arena, 2 * strlen(profile->word) + 2);
	if (phrases == NULL || twice == NULL) {
		return STATUS_NO_MEM;
	}
	(void)sprintf(twice, "%s %s", profile->word, profile->word);
	memcpy(phrases, vocabulary->phrases, count * sizeof(*phrases));
	phrases[count] = (struct heard_phrase){ profile->word, INTENT_STOP, -1 };
	phrases[count + 1] = (struct heard_phrase){ twice, INTENT_STOP, -1 };
	vocabulary->phrases = phrases;
	vocabulary->phrase_count = count + TIMES;
	return STATUS_OK;
}

static enum status add_to_contexts(struct arena *arena, struct vocabulary *vocabulary)
{
	struct heard_context *contexts =
			arena_array(arena, vocabulary->context_count, sizeof(*contexts));
	if (contexts == NULL) {
		return STATUS_NO_MEM;
	}
	for (size_t i = 0; i < vocabulary->context_count; i++) {
		const struct heard_context *old = &vocabulary->contexts[i];
		uint16_t *chosen = arena_array(arena, old->phrase_count + TIMES, sizeof(*chosen));
		if (chosen == NULL) {
			return STATUS_NO_MEM;
		}
		memcpy(chosen, old->phrases, old->phrase_count * sizeof(*chosen));
		for (size_t j = 0; j < TIMES; j++) {
			chosen[old->phrase_count + j] =
					(uint16_t)(vocabulary->phrase_count - TIMES + j);
		}
		contexts[i] = (struct heard_context){ old->name, chosen,
			old->phrase_count + TIMES };
	}
	vocabulary->contexts = contexts;
	return STATUS_OK;
}

enum status profile_vocabulary(struct arena *arena, const struct profile *profile,
		const struct vocabulary *vocabulary, const struct vocabulary **out,
		struct diag *diag)
{
	const enum intent before = profile->word != NULL ? meaning(vocabulary, profile->word)
							 : INTENT_STOP;
	if (before == INTENT_STOP) {
		*out = vocabulary;
		return STATUS_OK;
	}
	if (before != INTENT_NONE) {
		diag_set(diag, NULL, 0, 0, "\"%s\" is no safe word: it means %s already",
				profile->word, intent_name(before));
		return STATUS_BAD_DATA;
	}
	struct vocabulary *copy = arena_alloc(arena, sizeof(*copy));
	if (copy == NULL) {
		return STATUS_NO_MEM;
	}
	*copy = *vocabulary;
	enum status status = add_pronunciations(arena, profile, copy);
	if (status == STATUS_OK) {
		status = add_phrases(arena, profile, copy);
	}
	if (status == STATUS_OK) {
		status = add_to_contexts(arena, copy);
	}
	if (status == STATUS_OK) {
		*out = copy;
	}
	return status;
}
