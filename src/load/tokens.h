/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tokens.h - an English text as words and signs, for the checks of what the coach may say. */
#ifndef EASE_LOAD_TOKENS_H
#define EASE_LOAD_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#define TOKENS_BYTES_MAX 1024
#define TOKENS_MAX 512

/* Words in lower case, ",", and "." or "?" behind each sentence; every other sign is a blank. */
struct tokens {
	char bytes[TOKENS_BYTES_MAX];
	const char *at[TOKENS_MAX];
	size_t count;
};

struct word_list {
	const char *const *words;
	size_t count;
};

#define WORD_LIST(words)                                  \
	{                                                 \
		words, sizeof(words) / sizeof((words)[0]) \
	}

void tokens_read(struct tokens *tokens, const char *text);

/* Whether token i is that word; false behind the last one. */
bool tokens_is(const struct tokens *tokens, size_t i, const char *word);

bool tokens_is_comma(const struct tokens *tokens, size_t i);

/* Whether a sentence ends at i. */
bool tokens_is_end(const struct tokens *tokens, size_t i);

/* The first token of the sentence that i stands in. */
size_t tokens_sentence(const struct tokens *tokens, size_t i);

/* Whether the words of pattern stand at token i and after it. */
bool tokens_stand_at(const struct tokens *tokens, size_t i, const struct tokens *pattern);

bool word_is_in(const char *word, struct word_list list);

/* Whether word begins with one of list. */
bool word_begins_in(const char *word, struct word_list list);

bool word_ends_with(const char *word, const char *end);

#endif
