/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mean.h - the cepstral mean of a segment: what microphone, room and voice add to every sound, to
 * be taken away before recognition. The largest single gain of all that was tried. Pure.
 */
#ifndef EASE_LISTEN_MEAN_H
#define EASE_LISTEN_MEAN_H

#include "sphinx.h"

#include <stddef.h>

struct mean {
	double prior[SPHINX_CEPSTRA]; /* what is known before a segment is heard */
	double last[SPHINX_CEPSTRA];  /* of the segment's own loud frames */
	size_t loud;                  /* how many these were */
};

void mean_init(struct mean *mean);

/* Takes the mean away from count cepstra. It is made of the prior and of the loud frames from first
 * to before last. */
void mean_remove(struct mean *mean, sphinx_cepstrum_t *cepstra, size_t count, size_t first,
		size_t last);

/* What is known of a voice from before; what lies further from the mean of all speakers than any
 * voice does is drawn towards it. */
void mean_expect(struct mean *mean, const double prior[SPHINX_CEPSTRA]);

/* The segment last removed was speech for sure: the prior follows it a little, and no further than
 * voices lie apart. */
void mean_learn(struct mean *mean);

#endif
