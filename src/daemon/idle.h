/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * idle.h - between sessions: "start ..." by voice, read back and confirmed with yes. Pure: what was
 * heard in, what to do out.
 */
#ifndef EASE_DAEMON_IDLE_H
#define EASE_DAEMON_IDLE_H

#include "ease/clock.h"
#include "ease/ears.h"
#include "ease/loader.h"
#include "ease/voice.h"

#include <stddef.h>

enum idle_do {
	IDLE_NOTHING,
	IDLE_INVITE, /* say PHRASE_IDLE */
	IDLE_ASK,    /* say PHRASE_START_CONFIRM with the title of idle_session() */
	IDLE_ANSWER, /* say the answer to idle_topic() */
	IDLE_LENGTH, /* the next session is to be of idle_wish(), an enum length_wish or minutes */
	IDLE_WORDS,  /* as many words are to be said as idle_wish(), an enum words_wish */
	IDLE_START,  /* start idle_session() */
	IDLE_LISTEN, /* nothing came of it: say nothing, hear CONTEXT_IDLE again */
};

/* Fields are private to idle.c. */
struct idle {
	const struct vocabulary *vocabulary;
	const struct session_entry *sessions;
	size_t session_count;
	const char *fallback; /* the session of a "start" without a name; may be NULL */
	const struct session_entry *asked; /* waiting for a yes; NULL: for a start */
	frames_t until;
	int32_t topic; /* asked about last */
	int32_t wish;  /* the last one */
};

/* All is borrowed. */
void idle_init(struct idle *idle, const struct vocabulary *vocabulary,
		const struct session_entry *sessions, size_t count, const char *fallback);

/* The session of a "start" without a name from now on; borrowed. */
void idle_prefer(struct idle *idle, const char *fallback);

/* Forgets a question that was not answered. */
void idle_reset(struct idle *idle);

enum idle_do idle_hearing(struct idle *idle, const struct hearing *hearing, frames_t now);
enum idle_do idle_tick(struct idle *idle, frames_t now);

/* What was asked for last; NULL before. */
const struct session_entry *idle_session(const struct idle *idle);

/* What was asked about last: an index into the answers of the voice. */
size_t idle_topic(const struct idle *idle);

int32_t idle_wish(const struct idle *idle);

/* The context to listen in. */
enum context idle_context(const struct idle *idle);

#endif
