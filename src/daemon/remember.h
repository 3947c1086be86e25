/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * remember.h - the journal of a running daemon: what earlier sessions mean for the next one, and
 * what happens now for later ones. Without a journal (no home, a disk that refuses) sessions go on;
 * nothing is remembered then. Main thread only.
 */
#ifndef EASE_DAEMON_REMEMBER_H
#define EASE_DAEMON_REMEMBER_H

#include "app.h"

#include "ease/memory.h"

/* Opens the journal; offline only where --data was given, so that runs are equal. STATUS_BAD_DATA
 * with diag: of another version, or a false $EASE_CALENDAR; all else is logged and OK. */
EASE_NODISCARD enum status remember_open(struct app *app, struct diag *diag);
/* Its thread; STATUS_OK without a journal. */
EASE_NODISCARD enum status remember_start(struct app *app);
/* Keeps what is not kept yet. */
void remember_close(struct app *app);

/* Looks at the past, now, and puts what it means into options. */
void remember_begin(struct app *app, struct engine_options *options);

/* What touches a flag when it is asked about between sessions counts in the next one, besides its
 * own questions (S204); how one lies does, too (S202). It is kept with the session before, so that
 * remember_open() finds it after a restart; before the first one nobody is spared a question. */
void remember_asked(struct app *app, const struct voice_answer *answer);
/* Keeps it with the session that just began, and changes that; it counts for no other one. */
void remember_told(struct app *app);

/* Keeps the note. */
void remember_note(struct app *app, const struct note *note);

/* The session of a start without a name: that of the settings, else the last one that worked.
 * Borrowed until the past is looked at again. */
const char *remember_session(struct app *app);

/* What earlier sessions mean now; *last is the session whose ways worked (S175): units, sides,
 * targets, ratings, answers. NULL: there is none. Borrowed until the next call. */
void remember_look(struct app *app, struct memory *out, const struct journal_session **last);

#endif
