/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record.h - notes become rows of the journal: the one file that knows both. Never waits. */
#ifndef EASE_DAEMON_RECORD_H
#define EASE_DAEMON_RECORD_H

#include "note.h"

#include "ease/calendar.h"
#include "ease/journal.h"

/* What a session is, apart from its notes. */
struct record_head {
	struct calendar begun;
	bool touch;
	bool screened;
	bool partner;
};

/* The row of a note; head is looked at for the first one of a session. */
void record_row(const struct note *note, const struct record_head *head, struct journal_row *out);

/* A pressure rating, which is a number said while a unit with touch runs; and the loudness that
 * somebody wished. */
void record_rating(frames_t at, int32_t value, struct journal_row *out);
void record_volume(frames_t at, int32_t volume_db, struct journal_row *out);
/* Whether it hurts, and nobody said yet that it is harmless. */
void record_pain(frames_t at, bool pain, struct journal_row *out);

#endif
