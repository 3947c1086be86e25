/* SPDX-License-Identifier: GPL-3.0-or-later */
/* store.c - the file and its versions; rows into it. What comes out of it is in recall.c. */
#include "store.h"

#include "ease/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_SIZE 100 /* of an SQLite file; https://sqlite.org/fileformat.html, 1.3 */
#define HEADER_VERSION 60
#define HEADER_APPLICATION 68
#define FOLDER_MODE 0700
#define FILE_MODE 0600 /* SQLite gives its log the same */

const char *const store_migrations[JOURNAL_VERSION] = {
	"CREATE TABLE session ("
	" id INTEGER PRIMARY KEY AUTOINCREMENT,"
	" begun INTEGER NOT NULL,"      /* seconds since 1970, UTC */
	" utc_offset INTEGER NOT NULL," /* seconds */
	" name TEXT NOT NULL,"
	" title TEXT,"
	" touch INTEGER NOT NULL,"
	" length INTEGER," /* microseconds; NULL: it runs, or was cut off */
	" reason TEXT"
	") STRICT;"
	"CREATE TABLE event ("
	" session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,"
	" number INTEGER NOT NULL,"
	" at INTEGER NOT NULL," /* microseconds */
	" event TEXT NOT NULL,"
	" name TEXT,"
	" unit TEXT,"
	" side TEXT,"
	" why TEXT,"
	" key TEXT,"
	" text TEXT,"
	" value INTEGER,"
	" target INTEGER,"
	" confidence REAL,"
	" PRIMARY KEY (session, number)"
	") STRICT, WITHOUT ROWID;",

	"ALTER TABLE session ADD COLUMN screened INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE session ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;",

	"ALTER TABLE session ADD COLUMN partner INTEGER NOT NULL DEFAULT 0;"
	"UPDATE session SET partner = 1 WHERE name = 'partner';",

	/* by then there were two sessions for two */
	"UPDATE session SET partner = 1 WHERE name = 'breath-and-glide';",
};

/* Opening. */

static uint32_t big_endian(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       (uint32_t)bytes[3];
}

static enum status judge(
		const struct store *store, uint32_t application, int64_t version, struct diag *diag)
{
	if (application != STORE_APPLICATION) {
		diag_set(diag, store->path, 0, 0, "is no journal of Ease; it was not touched");
		return STATUS_BAD_DATA;
	}
	if (version > JOURNAL_VERSION) {
		diag_set(diag, store->path, 0, 0,
				"is a journal of version %lld, and this program knows versions up to %d; "
				"it was not touched",
				(long long)version, JOURNAL_VERSION);
		return STATUS_BAD_DATA;
	}
	return STATUS_OK;
}

/* Looks at the header by itself, because SQLite would put its files beside it. What a new database
 * is may still stand in its log. */
static enum status look_at_header(const struct store *store, struct diag *diag)
{
	unsigned char header[HEADER_SIZE];
	const int fd = open(store->path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		diag_set(diag, store->path, 0, 0, "cannot be read: %s", strerror(errno));
		return STATUS_BACKEND;
	}
	const ssize_t got = read(fd, header, sizeof(header));
	close(fd);
	if (got == 0) {
		return STATUS_OK;
	}
	if (got < (ssize_t)sizeof(header) || memcmp(header, "SQLite format 3", 16) != 0) {
		return judge(store, 0, 0, diag);
	}
	const uint32_t application = big_endian(header + HEADER_APPLICATION);
	const uint32_t version = big_endian(header + HEADER_VERSION);
	if (application == 0 && version == 0) {
		return STATUS_OK;
	}
	return judge(store, application, version, diag);
}

static enum status refused(const struct store *store, enum status status, struct diag *diag)
{
	if (status == STATUS_BAD_DATA) {
		return judge(store, 0, 0, diag);
	}
	diag_set(diag, store->path, 0, 0, "cannot be used: %s", sql_reason(store->sql));
	return status;
}

/* What it says of itself, its log included. *version is 0 for one that is new. */
static enum status look_inside(const struct store *store, int64_t *version, struct diag *diag)
{
	int64_t application = 0;
	int64_t tables = 0;
	enum status status = sql_number(store->sql, "PRAGMA application_id", &application);
	if (status == STATUS_OK) {
		status = sql_number(store->sql, "PRAGMA user_version", version);
	}
	if (status == STATUS_OK) {
		status = sql_number(store->sql, "SELECT count(*) FROM sqlite_master", &tables);
	}
	if (status != STATUS_OK) {
		return refused(store, status, diag);
	}
	if (application == 0 && *version == 0 && tables == 0) {
		return STATUS_OK;
	}
	return judge(store, (uint32_t)application, *version, diag);
}

/* FULL, because a coach is switched off by pulling the plug: with NORMAL the last transactions may
 * be missing afterwards, and what was called safe would not be. */
static enum status configure(const struct store *store)
{
	return sql_run(store->sql, "PRAGMA journal_mode = WAL;"
				   "PRAGMA synchronous = FULL;"
				   "PRAGMA foreign_keys = ON;"
				   "PRAGMA secure_delete = ON;");
}

static enum status step_up(const struct store *store, int64_t version)
{
	char text[96];
	const enum status status = sql_run(store->sql, store_migrations[version]);
	if (status != STATUS_OK) {
		return status;
	}
	snprintf(text, sizeof(text), "PRAGMA application_id = %d; PRAGMA user_version = %d;",
			STORE_APPLICATION, (int)version + 1);
	return sql_run(store->sql, text);
}

/* A full disk has ended the transaction already, and closing ends it, too. */
static void roll_back(const struct store *store)
{
	const enum status undone = sql_run(store->sql, "ROLLBACK");
	(void)undone;
}

/* All steps in one transaction, so that there is nothing between two versions. */
static enum status migrate(const struct store *store)
{
	int64_t version = 0;
	enum status status = sql_run(store->sql, "BEGIN IMMEDIATE");
	if (status != STATUS_OK) {
		return status;
	}
	/* again, because somebody else may have been faster */
	status = sql_number(store->sql, "PRAGMA user_version", &version);
	while (status == STATUS_OK && version < JOURNAL_VERSION) {
		status = step_up(store, version++);
	}
	if (status == STATUS_OK) {
		return sql_run(store->sql, "COMMIT");
	}
	roll_back(store);
	return status;
}

static enum status prepare(struct store *store)
{
	enum status status = sql_prepare(store->sql,
			"INSERT INTO session (begun, utc_offset, name, title, touch, screened,"
			" partner) VALUES (?, ?, ?, ?, ?, ?, ?)",
			&store->begin);
	if (status == STATUS_OK) {
		status = sql_prepare(store->sql,
				"INSERT INTO event (session, number, at, event, name, unit, side, why,"
				" key, text, value, target, confidence)"
				" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
				&store->event);
	}
	if (status == STATUS_OK) {
		status = sql_prepare(store->sql,
				"UPDATE session SET length = coalesce(?, length),"
				" reason = coalesce(?, reason), lost = lost + ? WHERE id = ?",
				&store->end);
	}
	return status;
}

/* What is told between sessions belongs to the one before, also after a restart. */
static enum status find_last(struct store *store)
{
	const enum status status = sql_number(
			store->sql, "SELECT coalesce(max(id), 0) FROM session", &store->session);
	if (status != STATUS_OK) {
		return status;
	}
	return sql_number(store->sql,
			"SELECT coalesce(max(number), 0) + 1 FROM event"
			" WHERE session = (SELECT max(id) FROM session)",
			&store->number);
}

static enum status make_file(struct store *store, const char *folder, bool make, struct diag *diag)
{
	const int length =
			snprintf(store->path, sizeof(store->path), "%s/%s", folder, JOURNAL_FILE);
	if (length < 0 || (size_t)length >= sizeof(store->path)) {
		diag_set(diag, folder, 0, 0, "the path is too long");
		return STATUS_NO_SPACE;
	}
	if (make && mkdir(folder, FOLDER_MODE) != 0 && errno != EEXIST) {
		diag_set(diag, folder, 0, 0, "cannot be made: %s", strerror(errno));
		return STATUS_BACKEND;
	}
	const int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | (make ? O_CREAT : 0);
	const int fd = open(store->path, flags, FILE_MODE);
	if (fd < 0 && !make && (errno == ENOENT || errno == ENOTDIR)) {
		diag_set(diag, store->path, 0, 0, "there is no journal");
		return STATUS_NOT_FOUND;
	}
	if (fd < 0) {
		diag_set(diag, store->path, 0, 0, "cannot be written: %s", strerror(errno));
		return STATUS_BACKEND;
	}
	close(fd);
	return STATUS_OK;
}

enum status store_open(struct store *store, const char *folder, bool make, struct diag *diag)
{
	int64_t version = 0;
	*store = (struct store){ .sql = NULL };
	enum status status = make_file(store, folder, make, diag);
	if (status == STATUS_OK) {
		status = look_at_header(store, diag);
	}
	if (status != STATUS_OK) {
		return status;
	}
	status = sql_open(store->path, &store->sql);
	status = status != STATUS_OK ? refused(store, status, diag)
				     : look_inside(store, &version, diag);
	if (status != STATUS_OK) {
		sql_abandon(store->sql);
		store->sql = NULL;
		return status;
	}
	if (sql_is_read_only(store->sql)) {
		diag_set(diag, store->path, 0, 0, "cannot be written");
		return STATUS_BACKEND;
	}
	status = configure(store);
	if (status == STATUS_OK) {
		status = migrate(store);
	}
	if (status == STATUS_OK) {
		status = prepare(store);
	}
	if (status == STATUS_OK) {
		status = find_last(store);
	}
	if (status == STATUS_OK && version > 0 && version < JOURNAL_VERSION) {
		log_notice("journal", "%s: version %d is now version %d", store->path, (int)version,
				JOURNAL_VERSION);
	}
	return status == STATUS_OK ? STATUS_OK : refused(store, status, diag);
}

void store_close(struct store *store)
{
	sql_finish(store->begin);
	sql_finish(store->event);
	sql_finish(store->end);
	sql_close(store->sql);
	*store = (struct store){ .sql = NULL };
}

/* Writing. */

static enum status write_begin(struct store *store, const struct journal_row *row)
{
	struct sql_query *query = store->begin;
	sql_bind_number(query, 1, row->begun);
	sql_bind_number(query, 2, row->utc_offset);
	sql_bind_text(query, 3, row->name);
	sql_bind_text(query, 4, row->text);
	sql_bind_number(query, 5, row->touch);
	sql_bind_number(query, 6, row->screened);
	sql_bind_number(query, 7, row->partner);
	const enum status status = sql_do(query);
	if (status == STATUS_OK) {
		store->session = sql_last_id(store->sql);
		store->number = 1;
	}
	return status;
}

static void bind_optional(struct sql_query *query, int at, int32_t value)
{
	if (value == JOURNAL_NONE) {
		sql_bind_null(query, at);
	} else {
		sql_bind_number(query, at, value);
	}
}

static enum status write_event(struct store *store, const struct journal_row *row)
{
	struct sql_query *query = store->event;
	sql_bind_number(query, 1, store->session);
	sql_bind_number(query, 2, store->number);
	sql_bind_number(query, 3, row->at);
	sql_bind_text(query, 4, row->event);
	sql_bind_text(query, 5, row->name);
	sql_bind_text(query, 6, row->unit);
	sql_bind_text(query, 7, row->side);
	sql_bind_text(query, 8, row->why);
	sql_bind_text(query, 9, row->key);
	sql_bind_text(query, 10, row->text);
	bind_optional(query, 11, row->value);
	bind_optional(query, 12, row->target);
	if (row->confidence >= 0.0) {
		sql_bind_real(query, 13, row->confidence);
	}
	const enum status status = sql_do(query);
	if (status == STATUS_OK) {
		store->number++;
	}
	return status;
}

/* row NULL: only lost. */
static enum status write_end(struct store *store, const struct journal_row *row, uint32_t lost)
{
	struct sql_query *query = store->end;
	if (row != NULL) {
		sql_bind_number(query, 1, row->at);
		sql_bind_text(query, 2, row->why);
	}
	sql_bind_number(query, 3, lost);
	sql_bind_number(query, 4, store->session);
	return sql_do(query);
}

static enum status write_row(struct store *store, const struct journal_row *row)
{
	if (row->kind == JOURNAL_BEGIN) {
		return write_begin(store, row);
	}
	if (store->session == 0) {
		return STATUS_OK; /* it was deleted while it ran */
	}
	const enum status status = row->kind == JOURNAL_END ? write_end(store, row, 0)
							    : write_event(store, row);
	if (status == STATUS_NOT_FOUND) {
		store->session = 0;
		return STATUS_OK;
	}
	return status;
}

enum status store_write(
		struct store *store, const struct journal_row *rows, size_t count, uint32_t lost)
{
	const int64_t session = store->session;
	const int64_t number = store->number;
	enum status status = sql_run(store->sql, "BEGIN IMMEDIATE");
	if (status != STATUS_OK) {
		return status;
	}
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		status = write_row(store, &rows[i]);
	}
	if (status == STATUS_OK && lost > 0 && store->session != 0) {
		status = write_end(store, NULL, lost);
	}
	if (status == STATUS_OK) {
		status = sql_run(store->sql, "COMMIT");
	}
	if (status == STATUS_OK) {
		return STATUS_OK;
	}
	log_debug("journal", "cannot write: %s", sql_reason(store->sql));
	roll_back(store);
	store->session = session;
	store->number = number;
	return status;
}

enum status store_changes(struct store *store, int64_t *out)
{
	return sql_number(store->sql, "PRAGMA data_version", out);
}

enum status store_forget(struct store *store, int64_t *sessions)
{
	enum status status = sql_run(store->sql, "BEGIN IMMEDIATE");
	if (status == STATUS_OK) {
		status = sql_number(store->sql, "SELECT count(*) FROM session", sessions);
	}
	if (status == STATUS_OK) {
		status = sql_run(store->sql, "DELETE FROM event; DELETE FROM session; COMMIT;");
	}
	if (status != STATUS_OK) {
		roll_back(store);
		return status;
	}
	/* the log still holds what was deleted */
	return sql_run(store->sql, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
}
