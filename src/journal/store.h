/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store.h - the database file: its versions, rows into it, rows out of it. */
#ifndef EASE_JOURNAL_STORE_H
#define EASE_JOURNAL_STORE_H

#include "sql.h"

#include "ease/journal.h"

#include <limits.h>

#define STORE_APPLICATION 0x45617365 /* "Ease", in the header of the file */

/* The step from version i to i + 1 stands at i. Never changed once it was shipped. */
extern const char *const store_migrations[JOURNAL_VERSION];

/* Fields are private to store.c. */
struct store {
	char path[PATH_MAX];
	struct sql *sql;
	struct sql_query *begin;
	struct sql_query *event;
	struct sql_query *end;
	int64_t session; /* the one that rows belong to; 0: none */
	int64_t number;  /* of its next event */
};

/* make: where there is none, an empty one is made; else STATUS_NOT_FOUND. See journal_open(). */
EASE_NODISCARD enum status store_open(
		struct store *store, const char *folder, bool make, struct diag *diag);
/* Also what was only half opened. */
void store_close(struct store *store);

/* All rows, or none with STATUS_BACKEND. A row of a session that was deleted is passed over. lost
 * is added to what the session has lost. */
EASE_NODISCARD enum status store_write(
		struct store *store, const struct journal_row *rows, size_t count, uint32_t lost);

/* Rises when somebody else wrote to the database. */
EASE_NODISCARD enum status store_changes(struct store *store, int64_t *out);

/* The newest sessions, or the newest of those that later ones must know of. */
EASE_NODISCARD enum status store_past(struct store *store, bool all, struct journal_past *out);
EASE_NODISCARD enum status store_export(struct store *store, journal_fn *take, void *arg);
EASE_NODISCARD enum status store_forget(struct store *store, int64_t *sessions);

#endif
