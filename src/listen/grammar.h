/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * grammar.h - the phrases that can be heard at one time as a graph of words, and the vocabulary's
 * dictionary as the recogniser reads it. Pure.
 */
#ifndef EASE_LISTEN_GRAMMAR_H
#define EASE_LISTEN_GRAMMAR_H

#include "ease/status.h"
#include "ease/voice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRAMMAR_START 0
#define GRAMMAR_END 1

struct grammar_arc {
	int32_t from;
	int32_t to;
	const char *word; /* borrowed from the grammar */
	double weight;    /* a likelihood before anything is heard, up to 1 */
};

struct grammar {
	struct grammar_arc *arcs;
	size_t arc_count;
	size_t arc_room;
	int32_t state_count;
	char **words; /* every word once */
	size_t word_count;
	size_t word_room;
};

/* Starts an empty grammar; grammar_finish() frees what the others allocate. */
void grammar_init(struct grammar *grammar);
void grammar_finish(struct grammar *grammar);

/* Adds a phrase: words with blanks between. Phrases share the arcs of a common beginning; the
 * weight stands on the last. */
EASE_NODISCARD enum status grammar_add(struct grammar *grammar, const char *phrase, double weight);

/*
 * Adds the phrases of a context and, as decoys, every word of the dictionary that means nothing
 * there by itself: what sounds more like a decoy than like a phrase was no phrase. With without >=
 * 0 all that phrase number without may be mistaken for: no phrase that means the same, and decoys
 * on a par with phrases.
 */
EASE_NODISCARD enum status grammar_build(struct grammar *grammar,
		const struct vocabulary *vocabulary, size_t context, int32_t without);

/* How likely a phrase is in a context before anything is heard, up to 1. */
double grammar_prior(size_t context, const struct heard_phrase *phrase);

/* Whether intent answers what was asked. */
bool grammar_asked(size_t context, enum intent intent);

/* The phrase of a context that reads text, an index into the vocabulary's phrases; -1: none. */
int32_t grammar_phrase(const struct vocabulary *vocabulary, size_t context, const char *text);

/* Whether two phrases mean the same. */
bool grammar_same(const struct heard_phrase *a, const struct heard_phrase *b);

/*
 * The dictionary in the format of PocketSphinx, to be freed with free(). STATUS_BAD_DATA with diag
 * for a phrase with a word that the dictionary lacks.
 */
EASE_NODISCARD enum status grammar_dictionary(
		const struct vocabulary *vocabulary, char **out, struct diag *diag);

#endif
