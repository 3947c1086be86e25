/* SPDX-License-Identifier: GPL-3.0-or-later */
/* score.h - how sure a hearing is: evidence in, confidence from 0 to 1 out. Pure. */
#ifndef EASE_LISTEN_SCORE_H
#define EASE_LISTEN_SCORE_H

/* What speaks for and against a hearing; log-likelihoods are per frame. */
enum feature {
	FEATURE_PHONES,   /* whole segment: grammar against free phones */
	FEATURE_SUM,      /* the same, not per frame but in all, in hundreds */
	FEATURE_WORST,    /* worst word: grammar against free phones in its own frames */
	FEATURE_RIVAL,    /* against the best other meaning or decoy, over the words' frames */
	FEATURE_LENGTH,   /* frames a phone of the words */
	FEATURE_SOUNDS,   /* how many phones the words have */
	FEATURE_COVERAGE, /* part of the segment's speech that the words fill, 0 to 1 */
	FEATURE_SEGMENT,  /* seconds of speech in the segment */
	FEATURE_GAP,      /* seconds of silence before it, at most 1 */
	FEATURE_SNR,      /* decibels */
	FEATURE_WORDS,    /* number of words */
	FEATURE_PRIOR,    /* likelihood before anything was heard, as a power of ten */
	FEATURE_ASKED,    /* 1: it answers what was asked */
	FEATURE_LIKE,     /* share of the word in what the whole is like, a logarithm */
	FEATURE_LEAD,     /* of that share before the next word's */
	FEATURE_OTHER,    /* ... of words that are not waited for */
	FEATURE_AGAINST,  /* log-odds of what the grammar heard instead */
	FEATURE_ECHO,     /* decibels that the echo canceller took from the words */
	FEATURE_COUNT,
};

/* How a meaning came up; the same evidence weighs differently. */
enum guess {
	GUESS_HEARD,   /* the grammar heard it */
	GUESS_KNOWN,   /* ... and it is one of the words whose likeness is known */
	GUESS_LIKENED, /* the whole looks like it, but the grammar heard something else */
	GUESS_COUNT,
};

/* "phones" ...; for tables. */
const char *feature_name(enum feature feature);

double score_confidence(enum guess guess, const double features[FEATURE_COUNT]);

/* The logarithm of the odds of a confidence, within what still makes a difference. */
double score_odds(double confidence);

#endif
