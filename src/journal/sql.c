/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sql.h"

#include <sqlite3.h>

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#define BUSY_MS 1000 /* somebody who reads history is done sooner */

struct sql {
	sqlite3 *base;
};

/* struct sql_query is a sqlite3_stmt by a name that shows no library. */
static sqlite3_stmt *stmt_of(struct sql_query *query)
{
	return (sqlite3_stmt *)query;
}

static enum status status_of(int code)
{
	switch (code & 0xff) { /* the rest is detail */
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return STATUS_OK;
	case SQLITE_NOTADB:
		return STATUS_BAD_DATA;
	case SQLITE_CONSTRAINT:
		return STATUS_NOT_FOUND;
	case SQLITE_NOMEM:
		return STATUS_NO_MEM;
	default:
		return STATUS_BACKEND;
	}
}

enum status sql_open(const char *path, struct sql **out)
{
	struct sql *sql = calloc(1, sizeof(*sql));
	if (sql == NULL) {
		return STATUS_NO_MEM;
	}
	*out = sql; /* also for its reason */
	int code = sqlite3_open_v2(
			path, &sql->base, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (code == SQLITE_OK) {
		sqlite3_busy_timeout(sql->base, BUSY_MS);
		code = sqlite3_exec(
				sql->base, "SELECT count(*) FROM sqlite_master", NULL, NULL, NULL);
	}
	return status_of(code);
}

void sql_close(struct sql *sql)
{
	if (sql != NULL) {
		sqlite3_close_v2(sql->base);
		free(sql);
	}
}

void sql_abandon(struct sql *sql)
{
	if (sql != NULL) {
		sqlite3_db_config(sql->base, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	}
	sql_close(sql);
}

bool sql_is_read_only(const struct sql *sql)
{
	return sqlite3_db_readonly(sql->base, "main") != 0;
}

const char *sql_reason(const struct sql *sql)
{
	return sql != NULL ? sqlite3_errmsg(sql->base) : status_string(STATUS_NO_MEM);
}

enum status sql_run(struct sql *sql, const char *text)
{
	return status_of(sqlite3_exec(sql->base, text, NULL, NULL, NULL));
}

enum status sql_number(struct sql *sql, const char *text, int64_t *out)
{
	struct sql_query *query = NULL;
	bool row = false;
	enum status status = sql_prepare(sql, text, &query);
	if (status == STATUS_OK) {
		status = sql_step(query, &row);
	}
	*out = row ? sql_get_number(query, 0) : 0;
	sql_finish(query);
	return status;
}

int64_t sql_last_id(const struct sql *sql)
{
	return sqlite3_last_insert_rowid(sql->base);
}

enum status sql_prepare(struct sql *sql, const char *text, struct sql_query **out)
{
	sqlite3_stmt *stmt = NULL;
	const int code = sqlite3_prepare_v3(
			sql->base, text, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
	*out = (struct sql_query *)stmt;
	return status_of(code);
}

void sql_finish(struct sql_query *query)
{
	sqlite3_finalize(stmt_of(query));
}

/* Binding fails only where we are wrong, or without memory: then the step does. */

void sql_bind_number(struct sql_query *query, int at, int64_t value)
{
	(void)sqlite3_bind_int64(stmt_of(query), at, value);
}

void sql_bind_real(struct sql_query *query, int at, double value)
{
	(void)sqlite3_bind_double(stmt_of(query), at, value);
}

void sql_bind_text(struct sql_query *query, int at, const char *text)
{
	if (text[0] == '\0') {
		sql_bind_null(query, at);
	} else {
		(void)sqlite3_bind_text(stmt_of(query), at, text, -1, SQLITE_STATIC);
	}
}

void sql_bind_null(struct sql_query *query, int at)
{
	(void)sqlite3_bind_null(stmt_of(query), at);
}

enum status sql_step(struct sql_query *query, bool *row)
{
	const int code = sqlite3_step(stmt_of(query));
	*row = code == SQLITE_ROW;
	return status_of(code);
}

enum status sql_do(struct sql_query *query)
{
	bool row = false;
	const enum status status = sql_step(query, &row);
	sql_reset(query);
	return status;
}

void sql_reset(struct sql_query *query)
{
	/* repeats what the step has returned */
	(void)sqlite3_reset(stmt_of(query));
	(void)sqlite3_clear_bindings(stmt_of(query));
}

bool sql_is_null(struct sql_query *query, int at)
{
	return sqlite3_column_type(stmt_of(query), at) == SQLITE_NULL;
}

int64_t sql_get_number(struct sql_query *query, int at)
{
	return sqlite3_column_int64(stmt_of(query), at);
}

double sql_get_real(struct sql_query *query, int at)
{
	return sqlite3_column_double(stmt_of(query), at);
}

void sql_get_text(struct sql_query *query, int at, char *out, int size)
{
	const unsigned char *text = sqlite3_column_text(stmt_of(query), at);
	snprintf(out, (size_t)size, "%s", text != NULL ? (const char *)text : "");
}
