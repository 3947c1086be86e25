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

/* A pressure rating, which is a number said while a unit with touch runs. */
void record_rating(frames_t at, int32_t value, struct journal_row *out);
/* Whether it hurts, and nobody said yet that it is harmless. */
void record_pain(frames_t at, bool pain, struct journal_row *out);

/* What somebody wished for this session and the next ones. */
enum record_wish {
	RECORD_VOLUME, /* in dB */
	RECORD_LENGTH, /* in minutes */
	RECORD_WORDS,  /* an enum verbosity */
};

void record_wish(frames_t at, enum record_wish wish, int32_t value, struct journal_row *out);

#endif
