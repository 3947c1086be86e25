/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * journal.h - what happened, kept in an SQLite database in a folder of this machine and nowhere
 * else: every session from event to event, and what a later session must know of the earlier ones.
 *
 * Two threads, once it is open: one that writes rows (the loop) and one that runs journal_work()
 * (a worker). The first never waits: rows go through a ring, and the disk belongs to the worker.
 * A row is safe, and counted as such, when the transaction that holds it was committed and synced:
 * neither `kill -9` nor pulling the plug loses it. When the disk is full or somebody holds the
 * database, rows wait and are tried again; when the ring is full too they are lost, which is
 * counted, logged once and written into the session.
 *
 * Times are microseconds of session time, but for .begun: seconds since 1970 in UTC, from whoever
 * calls. Nothing in here reads a clock.
 */
#ifndef EASE_JOURNAL_H
#define EASE_JOURNAL_H

#include "ease/clock.h"
#include "ease/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define JOURNAL_FILE "journal.db"
#define JOURNAL_VERSION 4
#define JOURNAL_NAME_MAX 64
#define JOURNAL_WORD_MAX 24
#define JOURNAL_TEXT_MAX 1024
#define JOURNAL_NONE INT32_MIN /* no such number */
#define JOURNAL_PAST_MAX 96    /* sessions that a past holds */
/* Answers of one session: a long one asks about flags, comfort and pressure again and again, and a
 * flag that comes last must not be lost. */
#define JOURNAL_ANSWERS_MAX 96
#define JOURNAL_UNITS_MAX 24

enum journal_row_kind {
	JOURNAL_BEGIN, /* of a session: .begun .utc_offset .touch .screened .partner .name .text:
			  its title */
	JOURNAL_EVENT, /* something that happened in it, or after it until the next begins: .event
			  and what belongs to that */
	JOURNAL_END,   /* .why: the reason */
};

/* Plain memory: it is copied. Texts are cut to their fields; "" is none. */
struct journal_row {
	enum journal_row_kind kind;
	bool lazy;     /* may wait for the next row that may not: a tone, what was said */
	bool touch;    /* BEGIN: hands or tools on a body */
	bool screened; /* BEGIN: without the questions that come before a session */
	bool partner;  /* BEGIN: one person on another, who is the one that was asked */
	usec_t at;     /* session time */
	int64_t begun;
	int32_t utc_offset;           /* seconds east of Greenwich */
	int32_t value;                /* JOURNAL_NONE where there is none */
	int32_t target;               /* the same */
	double confidence;            /* negative: none */
	char event[JOURNAL_WORD_MAX]; /* "say" "heard" "step" "pressure" "answer" "stopped" ... */
	char name[JOURNAL_NAME_MAX];  /* of the step, tone, intent */
	char unit[JOURNAL_NAME_MAX];
	char side[JOURNAL_WORD_MAX];
	char why[JOURNAL_WORD_MAX];
	char key[JOURNAL_WORD_MAX]; /* "answer": what it is kept as; "step": its area */
	char text[JOURNAL_TEXT_MAX];
};

/* A row of that kind with nothing in it. */
struct journal_row journal_row(enum journal_row_kind kind);

/* Sets a text of size bytes, cut where it must be; NULL is none. */
void journal_text(char *out, size_t size, const char *text);

/* What was answered to a question of the script. */
struct journal_answer {
	char key[JOURNAL_WORD_MAX];  /* what the script keeps it as: "worse", "before"; or "" */
	char name[JOURNAL_NAME_MAX]; /* the question */
	char word[JOURNAL_WORD_MAX]; /* "yes" "no" "not_sure" "rating" "none": silence */
	char outcome[JOURNAL_WORD_MAX];
	int32_t value; /* a rating, or JOURNAL_NONE */
};

/* A unit that touched. */
struct journal_unit {
	char name[JOURNAL_NAME_MAX];
	char side[JOURNAL_WORD_MAX];
	char area[JOURNAL_WORD_MAX];
	int32_t target; /* at its end */
	int32_t rating; /* the last in it, or JOURNAL_NONE */
};

/* A session as later ones see it. */
struct journal_session {
	int64_t id;
	int64_t begun;
	int32_t utc_offset;
	char name[JOURNAL_NAME_MAX];
	char title[JOURNAL_NAME_MAX];
	bool touch;
	bool screened;
	bool partner;
	char reason[JOURNAL_WORD_MAX];     /* how it ended; "": it was cut off, or it runs */
	usec_t length;                     /* up to the last event that is known */
	int32_t level;                     /* the last pressure target, or JOURNAL_NONE */
	int32_t rating;                    /* the last pressure rating, or JOURNAL_NONE */
	int32_t volume_db;                 /* as the person wished it, or JOURNAL_NONE */
	int32_t minutes;                   /* the same */
	int32_t verbosity;                 /* the same */
	char stopped[JOURNAL_WORD_MAX];    /* why it was last stopped, or "" */
	char stopped_in[JOURNAL_NAME_MAX]; /* the step */
	bool pain;    /* it hurt, and nobody said that it is harmless; not only of one cut off */
	int32_t lost; /* rows that found no room */
	size_t answer_count;
	struct journal_answer answers[JOURNAL_ANSWERS_MAX];
	size_t unit_count; /* 0: nobody was touched */
	struct journal_unit units[JOURNAL_UNITS_MAX];
};

/* The newest sessions, oldest first. */
struct journal_past {
	int64_t total; /* sessions that are kept, in here or not */
	size_t count;
	struct journal_session sessions[JOURNAL_PAST_MAX];
};

/* The coach's side. */

struct journal;

/*
 * Opens folder/journal.db; both are made where they are missing, for nobody else to read. A
 * database of an older version is brought up to date. May wait for the disk: before the loop runs.
 *
 * STATUS_BAD_DATA with diag: of a newer version, or no journal at all; the file was not touched.
 * STATUS_BACKEND with diag: cannot be written (read-only, full, held by somebody, damaged).
 */
EASE_NODISCARD enum status journal_open(
		const char *folder, struct journal **out, struct diag *diag);

/* Writes what waits, as long as the disk takes it, and closes. No worker may run any more. NULL
 * does nothing. */
void journal_close(struct journal *journal);

/* Functions of the thread that writes rows. */

/* Never waits. STATUS_NO_SPACE: the row is lost. */
EASE_NODISCARD enum status journal_put(struct journal *journal, const struct journal_row *row);

/* The past as it was when the last session ended: the sessions that later ones must know of, which
 * are those with touch, and others with a flag, with pain or with a wish; once more after somebody
 * changed the database. Never NULL; borrowed until the next call. Look often: what nobody takes is
 * handed on later. */
const struct journal_past *journal_look(struct journal *journal);

/* Rows that are safe, of those that journal_put() took, in their order. Any thread. */
uint64_t journal_safe(const struct journal *journal);

/* The worker's function; see ease/worker.h. arg is the journal. */
void journal_work(void *arg);

/* For who reads what is kept, while the coach runs or not; the caller's thread waits for the disk.
 * STATUS_NOT_FOUND: nothing is kept there. The other statuses as for journal_open(). */

/* The newest sessions of all kinds. *out is the caller's; free it with journal_past_free(). */
EASE_NODISCARD enum status journal_read(
		const char *folder, struct journal_past **out, struct diag *diag);
void journal_past_free(struct journal_past *past);

/* Gets every row, in order; number counts sessions, which .id of journal_session also is. False:
 * no more are wanted. */
typedef bool journal_fn(void *arg, int64_t number, const struct journal_row *row);

EASE_NODISCARD enum status journal_export(
		const char *folder, journal_fn *take, void *arg, struct diag *diag);

/* Deletes every session, also from the pages of the file; *sessions is how many there were. */
EASE_NODISCARD enum status journal_forget(const char *folder, int64_t *sessions, struct diag *diag);

#endif
