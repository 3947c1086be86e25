/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/near.h"

#include <string.h>

#define WORD_MAX 40 /* longer words are not compared */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters must change, come or go to make one word of the other. */
static size_t distance(const char *from, const char *to)
{
	const size_t width = strlen(to);
	size_t row[WORD_MAX + 1];

	for (size_t j = 0; j <= width; j++) {
		row[j] = j;
	}
	for (size_t i = 1; from[i - 1] != '\0'; i++) {
		size_t diagonal = row[0];
		row[0] = i;
		for (size_t j = 1; j <= width; j++) {
			const size_t kept = diagonal + (from[i - 1] != to[j - 1]);
			diagonal = row[j];
			row[j] = least(kept, least(row[j], row[j - 1]) + 1);
		}
	}
	return row[width];
}

const char *near_word(const char *word, const char *const *words, size_t count)
{
	const size_t length = strlen(word);
	const char *best = NULL;
	size_t best_distance = length / 3 + 2;

	if (length > WORD_MAX) {
		return NULL;
	}
	for (size_t i = 0; i < count; i++) {
		if (words[i] == NULL || strlen(words[i]) > WORD_MAX) {
			continue;
		}
		const size_t edits = distance(word, words[i]);
		if (edits < best_distance && edits < strlen(words[i])) {
			best = words[i];
			best_distance = edits;
		}
	}
	return best;
}
