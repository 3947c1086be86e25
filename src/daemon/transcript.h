/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * transcript.h - the conversation for a person, as it happens: who said what, when, what it
 * changed, where the pressure target stands, and how far the session is.
 *
 * On a terminal the progress line is rewritten in place; elsewhere it comes once a minute.
 */
#ifndef EASE_DAEMON_TRANSCRIPT_H
#define EASE_DAEMON_TRANSCRIPT_H

#include "note.h"

#include "ease/engine.h"

#include <stdbool.h>
#include <stdio.h>

struct transcript {
	FILE *to;
	bool terminal;     /* rewrite in place */
	bool shown;        /* a progress line stands on the terminal */
	int64_t next_at_s; /* when the next one is due, in session seconds */
};

/* to is borrowed. */
void transcript_init(struct transcript *transcript, FILE *to, bool terminal);

void transcript_note(struct transcript *transcript, const struct note *note);

/* Call often: it writes when a line is due. */
void transcript_progress(
		struct transcript *transcript, frames_t at, const struct engine_view *view);

#endif
