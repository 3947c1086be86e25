/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/near.h"

#include <stdbool.h>
#include <string.h>

#define WORD_MAX 40 /* longer words are not compared */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters must change, come, go, or swap with their neighbour to make to of from. */
static size_t distance(const char *from, const char *to)
{
	const size_t width = strlen(to);
	size_t rows[3][WORD_MAX + 1] = { { 0 } };

	for (size_t j = 0; j <= width; j++) {
		rows[0][j] = j;
	}
	for (size_t i = 1; from[i - 1] != '\0'; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3];
		const size_t *two_above = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= width; j++) {
			const bool swapped = i > 1 && j > 1 && from[i - 1] == to[j - 2] &&
					     from[i - 2] == to[j - 1];
			row[j] = least(above[j - 1] + (from[i - 1] != to[j - 1]),
					least(above[j], row[j - 1]) + 1);
			row[j] = swapped ? least(row[j], two_above[j - 2] + 1) : row[j];
		}
	}
	return rows[strlen(from) % 3][width];
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
