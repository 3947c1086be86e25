/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grammar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * How likely things are before anything is heard. Acoustic likelihoods are of frames that depend on
 * one another and so far too sure of themselves: priors must be as extreme to count. "Stop" and the
 * answer to a question come first. Measured on single words by people, before any rejection: worth
 * 4 points of yes and no, 3 of digits, 10 of stop.
 */
#define ONE_MORE_WORD 1e-9 /* a phrase, for each word beyond the first */
#define COMMAND 1e-3
#define NO_ANSWER 1e-10 /* what does not answer the question that was asked */
#define PAIN 1e-8
#define PAIN_ASKED 1e-6  /* where few other things are said */
#define BARE_NUMBER 1e-6 /* a rating during touch */
#define DECOY 1e-20      /* only what is hopeless falls here: the rival weighs the rest */
#define DECOY_ASKED 1e-25

void grammar_init(struct grammar *grammar)
{
	memset(grammar, 0, sizeof *grammar);
	grammar->state_count = 2;
}

void grammar_finish(struct grammar *grammar)
{
	for (size_t i = 0; i < grammar->word_count; i++) {
		free(grammar->words[i]);
	}
	free(grammar->words);
	free(grammar->arcs);
	grammar_init(grammar);
}

/* More room for an array of elements of size bytes, or NULL. */
static void *grow(void *array, size_t *room, size_t size)
{
	const size_t more = *room == 0 ? 64 : *room * 2;
	void *grown = realloc(array, more * size);
	if (grown != NULL) {
		*room = more;
	}
	return grown;
}

static const char *keep_word(struct grammar *grammar, const char *text, size_t length)
{
	for (size_t i = 0; i < grammar->word_count; i++) {
		if (strncmp(grammar->words[i], text, length) == 0 &&
				grammar->words[i][length] == '\0') {
			return grammar->words[i];
		}
	}
	if (grammar->word_count == grammar->word_room) {
		char **words = grow(grammar->words, &grammar->word_room, sizeof *words);
		if (words == NULL) {
			return NULL;
		}
		grammar->words = words;
	}
	char *word = strndup(text, length);
	if (word != NULL) {
		grammar->words[grammar->word_count++] = word;
	}
	return word;
}

/* The state behind word from state, where an arc leads on; -1 where there is none. */
static int32_t follow(const struct grammar *grammar, int32_t state, const char *word)
{
	for (size_t i = 0; i < grammar->arc_count; i++) {
		const struct grammar_arc *arc = &grammar->arcs[i];
		if (arc->from == state && arc->to != GRAMMAR_END && arc->word == word) {
			return arc->to;
		}
	}
	return -1;
}

static enum status add_arc(
		struct grammar *grammar, int32_t from, int32_t to, const char *word, double weight)
{
	if (grammar->arc_count == grammar->arc_room) {
		struct grammar_arc *arcs = grow(grammar->arcs, &grammar->arc_room, sizeof *arcs);
		if (arcs == NULL) {
			return STATUS_NO_MEM;
		}
		grammar->arcs = arcs;
	}
	grammar->arcs[grammar->arc_count++] = (struct grammar_arc){ from, to, word, weight };
	return STATUS_OK;
}

enum status grammar_add(struct grammar *grammar, const char *phrase, double weight)
{
	int32_t state = GRAMMAR_START;
	for (;;) {
		phrase += strspn(phrase, " ");
		const size_t length = strcspn(phrase, " ");
		if (length == 0) {
			return STATUS_BAD_ARG;
		}
		const char *word = keep_word(grammar, phrase, length);
		if (word == NULL) {
			return STATUS_NO_MEM;
		}
		phrase += length;
		phrase += strspn(phrase, " ");
		if (*phrase == '\0') {
			return add_arc(grammar, state, GRAMMAR_END, word, weight);
		}
		int32_t next = follow(grammar, state, word);
		if (next < 0) {
			next = grammar->state_count++;
			const enum status status = add_arc(grammar, state, next, word, 1.0);
			if (status != STATUS_OK) {
				return status;
			}
		}
		state = next;
	}
}

/* Signs of pain are no rivals: that something is wrong is what must not be missed. */
bool grammar_same(const struct heard_phrase *a, const struct heard_phrase *b)
{
	return a->intent == b->intent && (a->value == b->value || a->intent == INTENT_PAIN);
}

int32_t grammar_phrase(const struct vocabulary *vocabulary, size_t context, const char *text)
{
	const struct heard_context *heard = &vocabulary->contexts[context];
	for (size_t i = 0; i < heard->phrase_count; i++) {
		if (strcmp(vocabulary->phrases[heard->phrases[i]].text, text) == 0) {
			return heard->phrases[i];
		}
	}
	return -1;
}

/* Whether a phrase of the context is one word that can be said like phonemes ("two", "too"). */
static bool sounds_like_a_phrase(
		const struct vocabulary *vocabulary, size_t context, const char *phonemes)
{
	for (size_t i = 0; i < vocabulary->dictionary_count; i++) {
		const struct pronunciation *entry = &vocabulary->dictionary[i];
		if (strcmp(entry->phonemes, phonemes) == 0 &&
				grammar_phrase(vocabulary, context, entry->word) >= 0) {
			return true;
		}
	}
	return false;
}

static bool is_decoy(const struct vocabulary *vocabulary, size_t context, size_t index)
{
	const char *word = vocabulary->dictionary[index].word;
	for (size_t i = 0; i < vocabulary->dictionary_count; i++) {
		const struct pronunciation *entry = &vocabulary->dictionary[i];
		if (strcmp(entry->word, word) != 0) {
			continue;
		}
		if (i < index || sounds_like_a_phrase(vocabulary, context, entry->phonemes)) {
			return false;
		}
	}
	return true;
}

bool grammar_asked(size_t context, enum intent intent)
{
	switch (context) {
	case CONTEXT_RATING:
		return intent == INTENT_RATING;
	case CONTEXT_YESNO:
		return intent == INTENT_YES || intent == INTENT_NO || intent == INTENT_NOT_SURE;
	case CONTEXT_IDLE:
		return intent == INTENT_START;
	default:
		return false;
	}
}

static bool is_question(size_t context)
{
	return context == CONTEXT_RATING || context == CONTEXT_YESNO;
}

static double expectation(size_t context, enum intent intent)
{
	if (intent == INTENT_STOP || grammar_asked(context, intent)) {
		return 1.0;
	}
	if (intent == INTENT_PAIN) {
		return is_question(context) ? PAIN_ASKED : PAIN;
	}
	if (is_question(context)) {
		return NO_ANSWER;
	}
	return context == CONTEXT_TOUCH && intent == INTENT_RATING ? BARE_NUMBER : COMMAND;
}

double grammar_prior(size_t context, const struct heard_phrase *phrase)
{
	double weight = expectation(context, phrase->intent);
	for (const char *at = phrase->text; *at != '\0'; at++) {
		weight *= *at == ' ' ? ONE_MORE_WORD : 1.0;
	}
	return weight;
}

static double decoy_prior(size_t context, int32_t without)
{
	if (without >= 0) {
		return 1.0;
	}
	return is_question(context) ? DECOY_ASKED : DECOY;
}

enum status grammar_build(struct grammar *grammar, const struct vocabulary *vocabulary,
		size_t context, int32_t without)
{
	const struct heard_context *heard = &vocabulary->contexts[context];
	enum status status = STATUS_OK;
	for (size_t i = 0; i < heard->phrase_count && status == STATUS_OK; i++) {
		const struct heard_phrase *phrase = &vocabulary->phrases[heard->phrases[i]];
		if (without < 0 || !grammar_same(phrase, &vocabulary->phrases[without])) {
			status = grammar_add(grammar, phrase->text, grammar_prior(context, phrase));
		}
	}
	for (size_t i = 0; i < vocabulary->dictionary_count && status == STATUS_OK; i++) {
		if (is_decoy(vocabulary, context, i)) {
			status = grammar_add(grammar, vocabulary->dictionary[i].word,
					decoy_prior(context, without));
		}
	}
	return status;
}

static bool pronounced(const struct vocabulary *vocabulary, const char *word, size_t length)
{
	for (size_t i = 0; i < vocabulary->dictionary_count; i++) {
		const char *known = vocabulary->dictionary[i].word;
		if (strncmp(known, word, length) == 0 && known[length] == '\0') {
			return true;
		}
	}
	return false;
}

static enum status check_phrase(
		const struct vocabulary *vocabulary, const char *phrase, struct diag *diag)
{
	for (const char *at = phrase; *at != '\0';) {
		const size_t length = strcspn(at, " ");
		if (length == 0 || !pronounced(vocabulary, at, length)) {
			diag_set(diag, "", 0, 0,
					"no pronunciation of \"%.*s\" in the phrase \"%s\"",
					(int)length, at, phrase);
			return STATUS_BAD_DATA;
		}
		at += length;
		at += *at == ' ';
	}
	return STATUS_OK;
}

/* How many entries before this one give the same word. */
static int variant(const struct vocabulary *vocabulary, size_t index)
{
	int count = 0;
	for (size_t i = 0; i < index; i++) {
		count += strcmp(vocabulary->dictionary[i].word,
					 vocabulary->dictionary[index].word) == 0;
	}
	return count;
}

enum status grammar_dictionary(const struct vocabulary *vocabulary, char **out, struct diag *diag)
{
	for (size_t i = 0; i < vocabulary->phrase_count; i++) {
		const enum status status =
				check_phrase(vocabulary, vocabulary->phrases[i].text, diag);
		if (status != STATUS_OK) {
			return status;
		}
	}
	char *text = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&text, &size);
	if (file == NULL) {
		return STATUS_NO_MEM;
	}
	for (size_t i = 0; i < vocabulary->dictionary_count; i++) {
		const struct pronunciation *entry = &vocabulary->dictionary[i];
		const int before = variant(vocabulary, i);
		if (before == 0) {
			fprintf(file, "%s %s\n", entry->word, entry->phonemes);
		} else {
			fprintf(file, "%s(%d) %s\n", entry->word, before + 1, entry->phonemes);
		}
	}
	if (fclose(file) != 0) {
		free(text);
		return STATUS_NO_MEM;
	}
	*out = text;
	return STATUS_OK;
}
