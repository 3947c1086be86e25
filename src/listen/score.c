/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "score.h"

#include <math.h>
#include <stddef.h>

/* A feature as the logistic takes it: kept between low and high, (x - middle) / spread, weighed. */
struct weight {
	const char *name;
	double low;
	double high;
	double weight;
};

static const struct weight weights[] = {
	[FEATURE_PHONES] = { "phones", -60.0, 20.0, 0.05 },
	[FEATURE_SUM] = { "sum", -10.0, 10.0, 0.0 },
	[FEATURE_WORST] = { "worst", -60.0, 20.0, 0.03 },
	[FEATURE_RIVAL] = { "rival", -5.0, 30.0, 0.1 },
	[FEATURE_LENGTH] = { "length", 2.0, 25.0, 0.0 },
	[FEATURE_SOUNDS] = { "sounds", 1.0, 20.0, 0.0 },
	[FEATURE_COVERAGE] = { "coverage", 0.0, 1.0, 2.0 },
	[FEATURE_SEGMENT] = { "segment", 0.0, 4.0, -1.0 },
	[FEATURE_GAP] = { "gap", 0.0, 1.0, 0.0 },
	[FEATURE_SNR] = { "snr", 0.0, 60.0, 0.0 },
	[FEATURE_WORDS] = { "words", 1.0, 4.0, 0.0 },
	[FEATURE_ECHO] = { "echo", 1.0, 12.0, -0.6 },
};

static const double bias = 0.0;

_Static_assert(sizeof(weights) / sizeof(weights[0]) == FEATURE_COUNT, "one weight per feature");

const char *feature_name(enum feature feature)
{
	return weights[feature].name;
}

double score_confidence(const double features[FEATURE_COUNT])
{
	double sum = bias;
	for (size_t i = 0; i < FEATURE_COUNT; i++) {
		sum += weights[i].weight * fmin(fmax(features[i], weights[i].low), weights[i].high);
	}
	return 1.0 / (1.0 + exp(-sum));
}
