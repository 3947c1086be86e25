/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "score.h"

#include <math.h>
#include <stddef.h>

/*
 * Logistic regressions: the sum of the weighed features, each kept between its bounds, is the
 * logarithm of the odds that it was said. There is one for each way in which a meaning comes up.
 * tests/listen/train_score.py fits the weights and writes them to score_table.h, where stands what
 * they were fitted on. The weight of the echo is set by hand: no recording holds one.
 */
struct weight {
	const char *name;
	double low;
	double high;
	double weights[GUESS_COUNT];
};

#include "score_table.h"

#define ODDS_MAX 6.0

_Static_assert(sizeof(weights) / sizeof(weights[0]) == FEATURE_COUNT, "one weight per feature");

const char *feature_name(enum feature feature)
{
	return weights[feature].name;
}

double score_confidence(enum guess guess, const double features[FEATURE_COUNT])
{
	double sum = biases[guess];
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		const struct weight *weight = &weights[i];
		const double value = fmin(fmax(features[i], weight->low), weight->high);
		sum += weight->weights[guess] * value;
	}
	return 1.0 / (1.0 + exp(-sum));
}

double score_odds(double confidence)
{
	const double odds = log(confidence / (1.0 - confidence));
	return fmin(fmax(odds, -ODDS_MAX), ODDS_MAX);
}
