/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sql.h - SQLite, as much of it as the journal needs. Only sql.c knows the library.
 *
 * A connection and its queries belong to one thread at a time. STATUS_BACKEND is what SQLite
 * refuses; sql_reason() tells why. STATUS_NOT_FOUND from sql_step(): a constraint does not hold.
 */
#ifndef EASE_JOURNAL_SQL_H
#define EASE_JOURNAL_SQL_H

#include "ease/status.h"

#include <stdbool.h>
#include <stdint.h>

struct sql;
struct sql_query;

/* The file must exist. STATUS_BAD_DATA: it is no SQLite database. *out is the caller's also after a
 * refusal, for sql_reason(), but for STATUS_NO_MEM: then it is as it was. Nothing is written yet;
 * what waits in the write-ahead log stays there until sql_close(). */
EASE_NODISCARD enum status sql_open(const char *path, struct sql **out);
/* With everything: the write-ahead log goes into the file. NULL does nothing. */
void sql_close(struct sql *sql);
/* Leaves the file as it is. NULL does nothing. */
void sql_abandon(struct sql *sql);

bool sql_is_read_only(const struct sql *sql);
/* Why the last call was refused; valid until the next. */
const char *sql_reason(const struct sql *sql);

/* One or more statements without results. */
EASE_NODISCARD enum status sql_run(struct sql *sql, const char *text);
/* The first column of the first row. */
EASE_NODISCARD enum status sql_number(struct sql *sql, const char *text, int64_t *out);
int64_t sql_last_id(const struct sql *sql);

EASE_NODISCARD enum status sql_prepare(struct sql *sql, const char *text, struct sql_query **out);
void sql_finish(struct sql_query *query);

/* Parameters count from 1. Texts are borrowed until the next sql_reset(); "" is NULL. */
void sql_bind_number(struct sql_query *query, int at, int64_t value);
void sql_bind_real(struct sql_query *query, int at, double value);
void sql_bind_text(struct sql_query *query, int at, const char *text);
void sql_bind_null(struct sql_query *query, int at);

/* *row: whether there is one more. */
EASE_NODISCARD enum status sql_step(struct sql_query *query, bool *row);
/* Runs a query without results, and makes it ready for the next use. */
EASE_NODISCARD enum status sql_do(struct sql_query *query);
void sql_reset(struct sql_query *query);

/* Columns count from 0. */
bool sql_is_null(struct sql_query *query, int at);
int64_t sql_get_number(struct sql_query *query, int at);
double sql_get_real(struct sql_query *query, int at);
/* Cut to size. */
void sql_get_text(struct sql_query *query, int at, char *out, int size);

#endif
