/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ears.h - the recogniser: 10 ms of microphone in, what was heard out. PocketSphinx behind an echo
 * canceller and an endpointer; the decision which hearing counts is ours.
 *
 * One thread. Times are samples at EARS_RATE since ears_create() or ears_reset().
 */
#ifndef EASE_EARS_H
#define EASE_EARS_H

#include "ease/intent.h"
#include "ease/status.h"
#include "ease/voice.h"

#include <stdbool.h>
#include <stdint.h>

#define EARS_FRAME 160
#define EARS_CEPSTRA 13
#define EARS_WORDS_MAX 1000000 /* counted as learnt from */

struct ears;

/* What is known of a person's voice through their microphone, in their room. Levels as
 * endpointer.h has them. */
struct ears_person {
	int32_t words;             /* it was learnt from so many; 0: nothing is known */
	double mean[EARS_CEPSTRA]; /* of the cepstra of their speech */
	double speech_db;          /* peak of their words */
	double noise_db;           /* the room without them */
};

struct ears_config {
	const struct vocabulary *vocabulary; /* borrowed for the life of the ears */
	bool echo;                           /* far samples will come */
};

enum hearing_kind {
	HEARING_ONSET,  /* somebody began to speak: duck */
	HEARING_OFFSET, /* and ended, and nothing was meant */
	HEARING_WORD,   /* something was meant */
	HEARING_DOUBT,  /* something may have been meant: asked back, or left */
};

struct hearing {
	enum hearing_kind kind;
	enum intent intent;
	int32_t value; /* -1: none */
	int32_t other; /* HEARING_DOUBT of a rating: the second candidate, else -1 */
	char text[64]; /* what was recognised */
	double confidence;
	double speech_db; /* not of an onset: peak of the segment, and the noise floor below it */
	double noise_db;
	int64_t from;    /* the word's first sample */
	int64_t to;      /* its last */
	int64_t decided; /* the stream position at which this was known */
};

/* Builds dictionary and grammars. STATUS_BAD_DATA with diag for a word without pronunciation,
 * STATUS_BACKEND when PocketSphinx or its model is missing. */
EASE_NODISCARD enum status ears_create(
		const struct ears_config *config, struct ears **out, struct diag *diag);
void ears_destroy(struct ears *ears);

/* What can be heard from the next segment on; an index into the vocabulary's contexts. */
void ears_context(struct ears *ears, uint8_t context);

/* Forgets the stream (noise floor, room, segment) and what was learnt of the voice since
 * ears_person_set(); keeps what was loaded. */
void ears_reset(struct ears *ears);

/* Begins with what is known of the person; words 0 is nobody. */
void ears_person_set(struct ears *ears, const struct ears_person *person);
/* What is known now: what was set, and each word heard for sure since. */
void ears_person_get(const struct ears *ears, struct ears_person *out);

/*
 * Takes EARS_FRAME samples of microphone and, with config.echo, of loudspeaker (else NULL). Writes
 * at most room hearings and returns their number; 4 is enough for one frame.
 */
int ears_process(struct ears *ears, const int16_t *near, const int16_t *far, struct hearing *out,
		int room);

/* The stream is over: what is pending is decided now, and another may follow. What was learnt of
 * the voice stays. */
int ears_finish(struct ears *ears, struct hearing *out, int room);

/* By how many samples the loudspeaker's should have been given earlier, since the echo comes before
 * its sound; 0: they need not be. */
int32_t ears_echo_early(const struct ears *ears);
/* They will be, or the pairing of the two streams moved: what is known of the echo is forgotten. */
void ears_echo_moved(struct ears *ears);

/* How late the echo comes, in samples, at the last of so many looks; 0 looks: not known. */
uint32_t ears_echo_delay(const struct ears *ears, double *samples);

/* How loud the room is without a word, as far as the last seconds tell; 0: not yet known. */
double ears_noise(const struct ears *ears);

/* The recogniser cannot do its work: whatever is said, nobody hears it. */
bool ears_failing(const struct ears *ears);

#endif
