/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sphinx.h - PocketSphinx as a function: cepstra and a grammar in, words with frames and scores
 * out.
 *
 * One thread. Everything about a decoding is given with it: the same cepstra under the same grammar
 * always give the same words. What PocketSphinx would answer with exit() is checked before.
 */
#ifndef EASE_LISTEN_SPHINX_H
#define EASE_LISTEN_SPHINX_H

#include "grammar.h"

#include "ease/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SPHINX_CEPSTRA 13
#define SPHINX_FRAME 160 /* samples from one cepstrum to the next */
#define SPHINX_WORDS_MAX 256
#define SPHINX_CEPSTRA_MAX 1000
#define SPHINX_PHONES 42 /* of the model: English's 39, silence and two of noise */

typedef float sphinx_cepstrum_t[SPHINX_CEPSTRA];
typedef float sphinx_phones_t[SPHINX_PHONES];

struct sphinx_word {
	char text[32]; /* without its variant's number */
	int32_t from;  /* first frame */
	int32_t to;    /* last frame */
	int32_t score; /* acoustic log-likelihood of its frames */
	bool filler;   /* silence or noise */
};

struct sphinx_result {
	bool complete; /* the grammar's end was reached */
	int32_t score; /* acoustic, all frames */
	size_t word_count;
	struct sphinx_word words[SPHINX_WORDS_MAX];
};

struct sphinx;

/*
 * dictionary: lines of "word PHONE PHONE ...", second pronunciations as "word(2)". adaptation: path
 * of an MLLR transform of the model's means (tests/listen/adapt.py), NULL for none. STATUS_BACKEND
 * where the model is missing, STATUS_BAD_DATA with the word in diag for one that the model cannot
 * pronounce.
 */
EASE_NODISCARD enum status sphinx_create(const char *dictionary, const char *adaptation,
		struct sphinx **out, struct diag *diag);
void sphinx_destroy(struct sphinx *sphinx);

bool sphinx_knows(const struct sphinx *sphinx, const char *word);

/* Makes, or makes anew, the search of that name. All words must be known. */
EASE_NODISCARD enum status sphinx_set_grammar(
		struct sphinx *sphinx, const char *name, const struct grammar *grammar);

/* Makes the search of that name hear any sequence of phones. */
EASE_NODISCARD enum status sphinx_set_phones(struct sphinx *sphinx, const char *name);

/* Writes at most room cepstra and returns their number. */
size_t sphinx_cepstra(struct sphinx *sphinx, const int16_t *samples, size_t count,
		sphinx_cepstrum_t *out, size_t room);

/* cepstra: their mean already taken away; borrowed until the next sphinx_decode(). At most
 * SPHINX_CEPSTRA_MAX of them. */
EASE_NODISCARD enum status sphinx_decode(struct sphinx *sphinx, const char *name,
		sphinx_cepstrum_t *cepstra, size_t count, struct sphinx_result *out);

/* The same cepstra under another search, for a fraction of the cost: what the sounds of the model
 * score in each frame is not computed anew. */
EASE_NODISCARD enum status sphinx_decode_again(
		struct sphinx *sphinx, const char *name, struct sphinx_result *out);

/*
 * How well each phone of the model, whatever stands beside it, fits each frame of the last
 * sphinx_decode(): log-likelihoods, 0 for what fits best. Returns how many of the frames from from
 * to to (excluded) were written: fewer where there are no more, none where scores are not kept.
 */
size_t sphinx_phones(const struct sphinx *sphinx, size_t from, size_t to, sphinx_phones_t *out);

#endif
