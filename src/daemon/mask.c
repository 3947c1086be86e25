/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mask.h"

#include "ease/rules.h"

#include <string.h>

#define BEFORE_MS 400 /* of a hearing, for a word that began earlier or came late */
#define BEHIND_MS 200 /* for ears that place a hearing too early */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A letter in lower case, a digit or an apostrophe as it is; 0 for a mark. */
static char plain(char c)
{
	const char lower = (char)(c | 0x20);
	if (lower >= 'a' && lower <= 'z') {
		return lower;
	}
	if (is_digit(c) || c == '\'') {
		return c;
	}
	return 0;
}

/* Copies the word in lower case, without the marks around it; false for none, or one too long. */
static bool copy_plain(const char *text, size_t length, char *out)
{
	size_t used = 0;
	for (size_t i = 0; i < length && used < MASK_TEXT_MAX; i++) {
		out[used] = plain(text[i]);
		used += out[used] != '\0';
	}
	if (used == MASK_TEXT_MAX) {
		return false;
	}
	out[used] = '\0';
	return used > 0;
}

/* What ears write out; NULL where that is the same. */
static const char *written_out(const char *word)
{
	static const char *const numbers[] = { "zero", "one", "two", "three", "four", "five", "six",
		"seven", "eight", "nine", "ten" };
	size_t value = 0;
	for (const char *c = word; *c != '\0'; c++) {
		if (!is_digit(*c) || value > 10) {
			return NULL;
		}
		value = value * 10 + (size_t)(*c - '0');
	}
	return value < sizeof(numbers) / sizeof(numbers[0]) ? numbers[value] : NULL;
}

void mask_add(struct mask *mask, uint32_t utterance, const char *text, size_t length, frames_t at)
{
	struct mask_word word = { .utterance = utterance, .at = at };
	if (!copy_plain(text, length, word.text)) {
		return;
	}
	const char *number = written_out(word.text);
	if (number != NULL) {
		strncpy(word.text, number, MASK_TEXT_MAX - 1);
	}
	if (utterance == mask->begun) {
		word.placed = true;
		word.at += mask->begun_at;
	}
	mask->words[mask->next] = word;
	mask->next = (mask->next + 1) % MASK_WORDS;
}

void mask_begin(struct mask *mask, uint32_t utterance, frames_t at)
{
	mask->begun = utterance;
	mask->begun_at = at;
	for (size_t i = 0; i < MASK_WORDS; i++) {
		struct mask_word *word = &mask->words[i];
		if (word->utterance == utterance && !word->placed) {
			word->placed = true;
			word->at += at;
		}
	}
}

void mask_cut(struct mask *mask, uint32_t utterance, frames_t at)
{
	for (size_t i = 0; i < MASK_WORDS; i++) {
		struct mask_word *word = &mask->words[i];
		if (word->utterance == utterance && (!word->placed || word->at >= at)) {
			word->utterance = 0;
		}
	}
}

/* Whether text, length bytes, left between the frames from and to. */
static bool was_said(const struct mask *mask, const char *text, size_t length, frames_t from,
		frames_t to)
{
	for (size_t i = 0; i < MASK_WORDS; i++) {
		const struct mask_word *word = &mask->words[i];
		if (word->utterance != 0 && word->placed && word->at >= from && word->at <= to &&
				strlen(word->text) == length &&
				memcmp(word->text, text, length) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether to act on it wrongly would push harder or go on; to miss the rest would be worse. */
static bool pushes(const struct hearing *hearing)
{
	if (hearing->intent == INTENT_RATING) {
		return hearing->value < PRESSURE_RELEASE && hearing->other < PRESSURE_RELEASE;
	}
	return intent_pushes(hearing->intent);
}

bool mask_covers(const struct mask *mask, const struct hearing *hearing)
{
	return pushes(hearing) && mask_said(mask, hearing);
}

bool mask_said(const struct mask *mask, const struct hearing *hearing)
{
	if (hearing->kind != HEARING_WORD && hearing->kind != HEARING_DOUBT) {
		return false;
	}
	const frames_t from = hearing->from - frames_from_ms(BEFORE_MS);
	const frames_t to = hearing->to + frames_from_ms(BEHIND_MS);
	const char *word = hearing->text + strspn(hearing->text, " ");
	if (*word == '\0') {
		return false;
	}
	while (*word != '\0') {
		const size_t length = strcspn(word, " ");
		if (!was_said(mask, word, length, from, to)) {
			return false;
		}
		word += length;
		word += strspn(word, " ");
	}
	return true;
}
