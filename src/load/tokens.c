/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/tokens.h"

#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || c == '\'' || (unsigned char)c >= 0x80;
}

/* Copies text in lower case, with the typographic apostrophe and dashes made plain. */
static void lower(const char *text, char *out, size_t size)
{
	size_t used = 0;

	while (*text != '\0' && used + 1 < size) {
		if (strncmp(text, "\u2019", 3) == 0) {
			out[used++] = '\'';
			text += 3;
		} else if (strncmp(text, "\u2013", 3) == 0 || strncmp(text, "\u2014", 3) == 0) {
			out[used++] = ',';
			text += 3;
		} else {
			const char c = *text++;
			out[used++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
		}
	}
	out[used] = '\0';
}

/* The token that a sign between words makes, or NULL for none. */
static const char *sign(char c)
{
	if (c == '\0') {
		return NULL;
	}
	if (c == '?') {
		return "?";
	}
	if (strchr(".!;:", c) != NULL) {
		return ".";
	}
	return strchr(",()", c) != NULL ? "," : NULL;
}

void tokens_read(struct tokens *tokens, const char *text)
{
	tokens->count = 0;
	lower(text, tokens->bytes, sizeof(tokens->bytes));
	for (char *c = tokens->bytes; *c != '\0' && tokens->count + 2 < TOKENS_MAX;) {
		if (is_letter(*c)) {
			tokens->at[tokens->count++] = c;
			while (is_letter(*c)) {
				c++;
			}
		}
		const char *mark = sign(*c);
		if (mark != NULL) {
			tokens->at[tokens->count++] = mark;
		}
		if (*c != '\0') {
			*c++ = '\0';
		}
	}
	tokens->at[tokens->count++] = ".";
}

bool tokens_is(const struct tokens *tokens, size_t i, const char *word)
{
	return i < tokens->count && strcmp(tokens->at[i], word) == 0;
}

bool tokens_is_comma(const struct tokens *tokens, size_t i)
{
	return tokens_is(tokens, i, ",");
}

bool tokens_is_end(const struct tokens *tokens, size_t i)
{
	return i >= tokens->count || tokens_is(tokens, i, ".") || tokens_is(tokens, i, "?");
}

size_t tokens_sentence(const struct tokens *tokens, size_t i)
{
	while (i > 0 && !tokens_is_end(tokens, i - 1)) {
		i--;
	}
	return i;
}

bool tokens_stand_at(const struct tokens *tokens, size_t i, const struct tokens *pattern)
{
	for (size_t j = 0; j + 1 < pattern->count; j++) { /* without the closing "." */
		if (!tokens_is(tokens, i + j, pattern->at[j])) {
			return false;
		}
	}
	return true;
}

bool word_is_in(const char *word, struct word_list list)
{
	for (size_t i = 0; i < list.count; i++) {
		if (strcmp(word, list.words[i]) == 0) {
			return true;
		}
	}
	return false;
}

bool word_begins_in(const char *word, struct word_list list)
{
	for (size_t i = 0; i < list.count; i++) {
		if (strncmp(word, list.words[i], strlen(list.words[i])) == 0) {
			return true;
		}
	}
	return false;
}

bool word_ends_with(const char *word, const char *end)
{
	const size_t length = strlen(word);
	const size_t tail = strlen(end);

	return length >= tail && strcmp(word + length - tail, end) == 0;
}
