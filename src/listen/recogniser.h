/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recogniser.h - one segment of speech in, what was said and the evidence for it out. One thread.
 */
#ifndef EASE_LISTEN_RECOGNISER_H
#define EASE_LISTEN_RECOGNISER_H

#include "choice.h"
#include "likeness.h"
#include "score.h"
#include "sphinx.h"

#include "ease/status.h"
#include "ease/voice.h"

#include <stddef.h>
#include <stdint.h>

#define SEGMENT_FRAMES_MAX 480 /* of EARS_FRAME samples, margins included */

/* Mean squares of one frame after the echo canceller: as it is, and with what of the loudspeaker
 * may still be in it counted on top. Apart by 1 dB a person was heard, by 10 dB the coach. */
struct power {
	float before;
	float after;
};

/* A stretch of microphone that holds speech; frames count from its first sample. */
struct segment {
	const int16_t *samples;
	const struct power *powers; /* one for each frame */
	size_t frames;
	size_t from; /* first frame of speech */
	size_t to;   /* the frame after its last */
	size_t gap;  /* frames of silence before it */
	double snr_db;
};

/* One meaning that a segment may have, and the evidence for it. */
struct meaning {
	int32_t phrase; /* an index into the vocabulary's phrases; -1: none */
	int32_t from;   /* the words' first frame */
	int32_t to;     /* their last */
	double features[FEATURE_COUNT];
	double confidence;
};

#define LIKENED_MAX 2 /* what the whole is most like, and "stop" */

struct verdict {
	struct meaning meaning;              /* the one that is told */
	enum choice_grade grade;             /* and how it is told, if at all */
	struct meaning heard;                /* what the grammar heard */
	struct meaning likened[LIKENED_MAX]; /* what else the whole looks like */
	size_t likened_count;
	int32_t rival; /* the phrase of the best other meaning; -1: a decoy, or none */
	double inputs[LIKENESS_INPUTS]; /* of the words, or of all speech where there are none */
	size_t shape_count;             /* frames that these come from; 0: they are not known */
	sphinx_cepstrum_t *cepstra;     /* of the segment, their mean taken away; until the next */
	size_t cepstrum_count;
};

struct recogniser;

/* vocabulary is borrowed. STATUS_BAD_DATA with diag for a word that cannot be recognised,
 * STATUS_BACKEND when PocketSphinx or its model is missing. */
EASE_NODISCARD enum status recogniser_create(
		const struct vocabulary *vocabulary, struct recogniser **out, struct diag *diag);
void recogniser_destroy(struct recogniser *recogniser);

/* context: an index into the vocabulary's contexts. */
EASE_NODISCARD enum status recogniser_hear(struct recogniser *recogniser, size_t context,
		const struct segment *segment, struct verdict *out);

/* The last segment was what it was taken for: the voice is known a little better. */
void recogniser_learn(struct recogniser *recogniser);

/* Forgets the voice. */
void recogniser_reset(struct recogniser *recogniser);

/* The cepstral mean that is expected of the voice before it is heard. */
void recogniser_expect(struct recogniser *recogniser, const double mean[SPHINX_CEPSTRA]);
void recogniser_expected(const struct recogniser *recogniser, double out[SPHINX_CEPSTRA]);

#endif
