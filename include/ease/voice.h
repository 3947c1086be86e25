/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * voice.h - one language as data: how the coach speaks and what it can hear. Plain words that
 * load fills from voices/, speech and listen read, and nobody changes.
 *
 * Everything is borrowed from the arena of the loader that made it.
 */
#ifndef EASE_VOICE_H
#define EASE_VOICE_H

#include "ease/intent.h"

#include <stddef.h>
#include <stdint.h>

/* How a word is said instead of what eSpeak's rules make of it. */
struct pronunciation {
	const char *word;     /* lower case, letters and apostrophes */
	const char *phonemes; /* lexicon: eSpeak phoneme mnemonics; dictionary: ARPAbet, space
				 separated */
};

struct voice_speech {
	const char *name;       /* "calm-warm" */
	const char *voice_path; /* the eSpeak voice file, absolute or relative to the working folder
				 */
	int32_t rate_wpm;       /* words a minute, 80-260 */
	int32_t pitch_range;    /* espeakRANGE, 0-100 */
	int32_t sentence_gap_ms; /* silence put between two sentences of one utterance */
	double gain_db;          /* towards -19 LUFS, before the limiter */
	const struct pronunciation *lexicon;
	size_t lexicon_count;
};

/* One way of saying one thing. */
struct heard_phrase {
	const char *text; /* "go lighter": lower case words that all stand in the dictionary */
	enum intent intent;
	int32_t value; /* rating 0-10, sign, index of a topic, session or choice; -1: there is none
			*/
};

/* What can be heard at one time: one grammar. */
struct heard_context {
	const char *name;        /* "touch" */
	const uint16_t *phrases; /* indexes into vocabulary.phrases */
	size_t phrase_count;
};

/* The contexts that every voice defines, in this order; scripts may use further ones by name. */
enum context {
	CONTEXT_TOUCH,  /* all that is heard during touch */
	CONTEXT_RATING, /* a number was asked for */
	CONTEXT_YESNO,  /* a question was asked */
	CONTEXT_IDLE,   /* waiting for "start" */
	CONTEXT_PAUSED, /* paused or stopped */
	CONTEXT_FIXED_COUNT,
};

/* How sure a hearing must be, as confidence from 0 to 1. */
struct threshold {
	double accept; /* at or above: it was said, unless choice.h of listen holds it back */
	double doubt;  /* at or above, but below accept: ask back where that makes sense, else
			  nothing */
};

struct vocabulary {
	const struct heard_phrase *phrases;
	size_t phrase_count;
	const struct heard_context *contexts; /* the first CONTEXT_FIXED_COUNT are the fixed ones */
	size_t context_count;
	const struct pronunciation *dictionary; /* one word may stand more than once */
	size_t dictionary_count;
	struct threshold thresholds[INTENT_COUNT];
	const char *const *sessions; /* what the value of INTENT_START indexes: names of sessions */
	size_t session_count;
	const char *const *topics; /* what the value of INTENT_ASK indexes */
	size_t topic_count;
	const char *const *choices; /* what the value of INTENT_CHOICE indexes: "left" */
	size_t choice_count;
	const char *adaptation; /* path of an MLLR transform of the acoustic model; NULL: none */
};

/* What is said when a topic is asked about. */
struct voice_answer {
	const char *topic;
	const char *say; /* NULL: it has no answer */
	int32_t outcome; /* enum outcome of ease/script.h: what it means for a running session */
	uint32_t facts;  /* of ease/memory.h, which hold from then on */
};

struct voice {
	struct voice_speech speech;
	struct vocabulary vocabulary;
	const char *const *phrases; /* the coach's own sentences by enum phrase of ease/phrase.h */
	size_t phrase_count;
	const struct voice_answer *answers; /* by topic, as many as there are topics */
};

#endif
