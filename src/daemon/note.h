/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * note.h - something that happened in a session, once and for all who want to know: the event log,
 * the transcript, the cast, and whoever watches over the socket.
 *
 * Notes are made by translate.c in the order in which things happened; at never decreases. All
 * texts are borrowed for the call.
 */
#ifndef EASE_DAEMON_NOTE_H
#define EASE_DAEMON_NOTE_H

#include "ease/clock.h"
#include "ease/engine.h"

enum note_kind {
	NOTE_SESSION,   /* .name, .title, .text: the script's path */
	NOTE_SAY,       /* .utterance's first sample left: .text, .name: the step whose own text it
			   is, or NULL */
	NOTE_SAID,      /* its last sample left, or .cut; .text and .name as before */
	NOTE_TONE,      /* .tone began at .at */
	NOTE_HEARD,     /* .intent, .value, .text, .confidence, .from, .to, .sure */
	NOTE_HUSHED,    /* silent from .at on */
	NOTE_PRESSURE,  /* .before -> .target, .why */
	NOTE_STEP,      /* .name, .unit, .side, .target */
	NOTE_REHEARSED, /* .rehearsal of .text, with .speech_db and .noise_db where it was heard */
	NOTE_ANSWER,  /* the question (or, with INTENT_ASK, the topic) .name got .intent and .value
			 (-1: none), .store, .outcome;  .text:    what was chosen, or NULL */
	NOTE_STOPPED, /* in .name, or NULL; .why; .value: the last rating, or -1 (S162) */
	NOTE_END,     /* .reason */
	NOTE_KIND_COUNT,
};

struct note {
	enum note_kind kind;
	frames_t at; /* session time */
	uint32_t utterance;
	bool cut;
	bool sure; /* HEARD: false: a doubtful word, which the engine may ask back about */
	const char *name;
	const char *title;
	const char *text;
	const char *unit; /* STEP: NULL where the step is no unit */
	enum side side;
	enum area area;
	enum tone_kind tone;
	enum intent intent;
	int32_t value; /* HEARD: -1: none */
	double confidence;
	frames_t from; /* HEARD: the word, in session time */
	frames_t to;
	int32_t before;
	int32_t target; /* 0: no touch */
	enum why why;
	enum store store;
	enum outcome outcome;
	enum end_reason reason;
	struct rehearsal rehearsal;
	double speech_db; /* REHEARSED: how loud the word was, and the room below it */
	double noise_db;
};

/* "left", "right" or NULL. */
static inline const char *side_name(enum side side)
{
	static const char *const names[] = { NULL, "left", "right" };
	return names[side];
}

#endif
