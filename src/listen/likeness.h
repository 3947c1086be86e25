/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * likeness.h - which of a few words a stretch of speech is like as a whole: a second opinion on the
 * words that matter most and are shortest. Pure.
 */
#ifndef EASE_LISTEN_LIKENESS_H
#define EASE_LISTEN_LIKENESS_H

#include "sphinx.h"

#include <stdbool.h>
#include <stddef.h>

#define LIKENESS_SLICES 5
#define LIKENESS_CLASSES 22
#define LIKENESS_INPUTS (LIKENESS_SLICES * SPHINX_PHONES + 1)

/* The stretch as numbers: for each slice of its time how present each phone is, and its length. */
void likeness_inputs(const sphinx_phones_t *frames, size_t count, double out[LIKENESS_INPUTS]);

/* Writes the share of each class: what of all likelihood is its own. */
void likeness_classify(const double inputs[LIKENESS_INPUTS], double out[LIKENESS_CLASSES]);

/* The word of a class; NULL where it is none that the coach waits for. */
const char *likeness_word(size_t class);

struct likeness {
	double word;  /* logarithm of the word's share */
	double other; /* ... of that of all words that are not waited for */
	double lead;  /* of the word before the next likely one, as a difference of logarithms */
};

/* What the shares say of a word. False where it is not one of those that are known. */
bool likeness_judge(const double shares[LIKENESS_CLASSES], const char *word, struct likeness *out);

#endif
