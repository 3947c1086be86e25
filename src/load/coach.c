/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/coach.h"

#include "ease/loader.h"

#include <stdlib.h>
#include <string.h>

#define WORDS_MAX 100000 /* before each stands once */

struct words {
	struct arena *arena;
	const char **word;
	size_t count;
	enum status status;
};

/* Of a letter or an apostrophe. */
static char lower(char c)
{
	return (char)(c | 0x20);
}

static bool is_letter(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || c == '\'';
}

static void add(struct words *words, const char *text, size_t length)
{
	char *word = arena_array(words->arena, length + 1, 1);

	if (word == NULL || words->count == WORDS_MAX) {
		words->status = word == NULL ? STATUS_NO_MEM : STATUS_NO_SPACE;
		return;
	}
	for (size_t i = 0; i < length; i++) {
		word[i] = lower(text[i]);
	}
	words->word[words->count++] = word;
}

/* What stands between braces is a figure. */
static void add_text(struct words *words, const char *text)
{
	while (text != NULL && *text != '\0' && words->status == STATUS_OK) {
		size_t length = 0;
		if (*text == '{') {
			text += strcspn(text, "}");
			continue;
		}
		while (is_letter(text[length])) {
			length++;
		}
		if (length > 0) {
			add(words, text, length);
		}
		text += length > 0 ? length : 1;
	}
}

static void add_step(struct words *words, const struct step *step)
{
	add_text(words, step->say);
	for (size_t i = 0; i < step->answer_count; i++) {
		add_text(words, step->answers[i].say);
	}
	if (step->unit == NULL) {
		return;
	}
	add_text(words, step->unit->say_long);
	add_text(words, step->unit->say_short);
	add_text(words, step->unit->say_away);
	for (size_t i = 0; i < step->unit->cue_count; i++) {
		add_text(words, step->unit->cues[i].say);
	}
}

static int order(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void keep_each_once(struct words *words)
{
	size_t kept = 0;

	qsort(words->word, words->count, sizeof(*words->word), order);
	for (size_t i = 0; i < words->count; i++) {
		if (kept == 0 || strcmp(words->word[kept - 1], words->word[i]) != 0) {
			words->word[kept++] = words->word[i];
		}
	}
	words->count = kept;
}

static void add_session(struct words *words, const struct safeword_world *world, const char *name,
		struct diag *diag)
{
	const struct script *script = NULL;

	words->status = script_load(words->arena, world->scripts, name, &world->voice->vocabulary,
			&script, diag);
	for (size_t i = 0; words->status == STATUS_OK && i < script->step_count; i++) {
		add_step(words, &script->steps[i]);
	}
}

enum status coach_words(struct arena *arena, const struct safeword_world *world,
		const char *const **out, size_t *count, struct diag *diag)
{
	struct words words = { .arena = arena };
	const struct session_entry *sessions = NULL;
	size_t session_count = 0;

	words.word = arena_array(arena, WORDS_MAX, sizeof(*words.word));
	words.status = words.word == NULL ? STATUS_NO_MEM
					  : script_list(arena, world->scripts, &sessions,
							    &session_count, diag);
	for (size_t i = 0; words.status == STATUS_OK && i < session_count; i++) {
		add_session(&words, world, sessions[i].name, diag);
	}
	for (size_t i = 0; words.status == STATUS_OK && i < world->voice->phrase_count; i++) {
		add_text(&words, world->voice->phrases[i]);
	}
	if (words.status != STATUS_OK) {
		return words.status;
	}
	keep_each_once(&words);
	*out = words.word;
	*count = words.count;
	return STATUS_OK;
}
