/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mean.h"

#include <math.h>
#include <string.h>

/*
 * Loud frames are those whose C0 is near the segment's highest. C0 itself, the level, is taken as
 * it is; the shape is drawn towards the prior, because a word of three sounds is not yet a voice.
 */

#define LOUD_C0 25.0       /* below the highest */
#define PRIOR_FRAMES 30.0  /* the weight of the prior */
#define LEARN_FRAMES 300.0 /* what a segment is weighed against when the prior follows */
#define STEP_MAX 6.0       /* of the prior, for a word; of 113 words 10 % ask for more */
#define AWAY_MAX 50.0      /* from everybody; of 22 people one in ten is further, none than 56 */

/* The mean of many speakers over close and far microphones. */
static const double everybody[SPHINX_CEPSTRA] = { 62.04, 7.49, -1.33, 5.18, -10.85, -5.22, -6.40,
	-4.08, -1.32, 0.13, 2.53, 0.08, 0.23 };

void mean_init(struct mean *mean)
{
	memset(mean, 0, sizeof *mean);
	memcpy(mean->prior, everybody, sizeof everybody);
}

static void measure(struct mean *mean, sphinx_cepstrum_t *cepstra, size_t first, size_t last)
{
	float highest = cepstra[first][0];
	for (size_t i = first; i < last; i++) {
		highest = cepstra[i][0] > highest ? cepstra[i][0] : highest;
	}
	memset(mean->last, 0, sizeof mean->last);
	mean->loud = 0;
	for (size_t i = first; i < last; i++) {
		if ((double)cepstra[i][0] <= (double)highest - LOUD_C0) {
			continue;
		}
		mean->loud++;
		for (int j = 0; j < SPHINX_CEPSTRA; j++) {
			mean->last[j] += (double)cepstra[i][j];
		}
	}
	for (int j = 0; j < SPHINX_CEPSTRA; j++) {
		mean->last[j] /= (double)mean->loud;
	}
}

void mean_remove(struct mean *mean, sphinx_cepstrum_t *cepstra, size_t count, size_t first,
		size_t last)
{
	last = last < count ? last : count;
	if (first >= last) {
		return;
	}
	measure(mean, cepstra, first, last);
	const double loud = (double)mean->loud;
	for (int j = 0; j < SPHINX_CEPSTRA; j++) {
		double taken = mean->last[j];
		if (j > 0) {
			taken = (PRIOR_FRAMES * mean->prior[j] + loud * taken) /
				(PRIOR_FRAMES + loud);
		}
		for (size_t i = 0; i < count; i++) {
			cepstra[i][j] -= (float)taken;
		}
	}
}

/* Moves from the first towards the second by that part of the way, and at most so far. The level
 * does not count: it says how the microphone is set, not who speaks. */
static void follow(double *from, const double *to, double part, double most)
{
	double square = 0.0;
	for (int j = 1; j < SPHINX_CEPSTRA; j++) {
		square += (to[j] - from[j]) * (to[j] - from[j]);
	}
	const double way = part * sqrt(square);
	const double taken = way > most ? part * most / way : part;
	for (int j = 0; j < SPHINX_CEPSTRA; j++) {
		from[j] += taken * (to[j] - from[j]);
	}
}

void mean_expect(struct mean *mean, const double prior[SPHINX_CEPSTRA])
{
	memcpy(mean->prior, everybody, sizeof everybody);
	follow(mean->prior, prior, 1.0, AWAY_MAX);
}

void mean_learn(struct mean *mean)
{
	const double loud = (double)mean->loud;
	double prior[SPHINX_CEPSTRA];
	memcpy(prior, mean->prior, sizeof prior);
	follow(prior, mean->last, loud / (LEARN_FRAMES + loud), STEP_MAX);
	mean_expect(mean, prior);
}
