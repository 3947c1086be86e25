/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: journal base */
/* test_journal.c - what is put is kept, in every version, and nothing else is touched. */
#include "ease/journal.h"
#include "ease/worker.h"
#include "journal/store.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define BEGUN 1763800000
#define WAIT_MAX_MS 20000

struct place {
	char folder[64];
	char path[96];
};

static int enter(void **state)
{
	struct place *place = calloc(1, sizeof(*place));
	assert_non_null(place);
	snprintf(place->folder, sizeof(place->folder), "/tmp/ease-journal-XXXXXX");
	assert_non_null(mkdtemp(place->folder));
	snprintf(place->path, sizeof(place->path), "%s/%s", place->folder, JOURNAL_FILE);
	*state = place;
	return 0;
}

static int leave(void **state)
{
	struct place *place = *state;
	char path[512];
	DIR *folder = opendir(place->folder);
	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		snprintf(path, sizeof(path), "%s/%s", place->folder, entry->d_name);
		unlink(path);
	}
	closedir(folder);
	rmdir(place->folder);
	free(place);
	return 0;
}

static struct journal_row begin(const char *name, int64_t begun)
{
	struct journal_row row = journal_row(JOURNAL_BEGIN);
	row.begun = begun;
	row.utc_offset = 3600;
	row.touch = true;
	snprintf(row.name, sizeof(row.name), "%s", name);
	snprintf(row.text, sizeof(row.text), "title of %s", name);
	return row;
}

static struct journal_row event(const char *what, const char *name, usec_t at)
{
	struct journal_row row = journal_row(JOURNAL_EVENT);
	row.at = at;
	snprintf(row.event, sizeof(row.event), "%s", what);
	snprintf(row.name, sizeof(row.name), "%s", name);
	return row;
}

static struct journal_row end(const char *reason, usec_t at)
{
	struct journal_row row = journal_row(JOURNAL_END);
	row.at = at;
	snprintf(row.why, sizeof(row.why), "%s", reason);
	return row;
}

static void put(struct journal *journal, struct journal_row row)
{
	assert_int_equal(journal_put(journal, &row), STATUS_OK);
}

static struct journal *open_journal(const struct place *place)
{
	struct journal *journal = NULL;
	struct diag diag = { .line = 0 };
	if (journal_open(place->folder, &journal, &diag) != STATUS_OK) {
		fail_msg("%s", diag.message);
	}
	return journal;
}

static void put_session(struct journal *journal)
{
	struct journal_row row;
	put(journal, begin("hands", BEGUN));
	row = event("answer", "comfort-before", 1000);
	snprintf(row.key, sizeof(row.key), "before");
	snprintf(row.text, sizeof(row.text), "rating");
	snprintf(row.why, sizeof(row.why), "next");
	row.value = 4;
	put(journal, row);
	row = event("step", "glide-left", 2000);
	snprintf(row.unit, sizeof(row.unit), "glide");
	snprintf(row.side, sizeof(row.side), "left");
	row.target = 2;
	put(journal, row);
	row = event("rating", "", 3000);
	row.value = 6;
	put(journal, row);
	row = event("pressure", "", 3000);
	row.value = 2;
	row.target = 1;
	snprintf(row.why, sizeof(row.why), "rating");
	put(journal, row);
	row = event("volume", "", 3500);
	row.value = -3;
	put(journal, row);
	row = event("stopped", "glide-left", 4000);
	snprintf(row.why, sizeof(row.why), "stop");
	put(journal, row);
	row = event("heard", "yes", 4500);
	row.confidence = 0.5;
	put(journal, row);
	put(journal, end("stopped", 5000));
}

static void check_session(const struct journal_session *session)
{
	assert_string_equal(session->name, "hands");
	assert_string_equal(session->title, "title of hands");
	assert_int_equal(session->begun, BEGUN);
	assert_int_equal(session->utc_offset, 3600);
	assert_true(session->touch);
	assert_string_equal(session->reason, "stopped");
	assert_int_equal(session->length, 5000);
	assert_int_equal(session->level, 1);
	assert_int_equal(session->rating, 6);
	assert_int_equal(session->volume_db, -3);
	assert_string_equal(session->stopped, "stop");
	assert_string_equal(session->stopped_in, "glide-left");
	assert_int_equal(session->answer_count, 1);
	assert_string_equal(session->answers[0].key, "before");
	assert_int_equal(session->answers[0].value, 4);
	assert_int_equal(session->unit_count, 1);
	assert_string_equal(session->units[0].name, "glide");
	assert_string_equal(session->units[0].side, "left");
	assert_int_equal(session->units[0].target, 1);
	assert_int_equal(session->units[0].rating, 6);
}

static void what_is_put_is_kept(void **state)
{
	const struct place *place = *state;
	struct journal_past *past = NULL;
	struct stat stat_of;
	struct journal *journal = open_journal(place);
	assert_int_equal(journal_look(journal)->count, 0);
	put_session(journal);
	assert_int_equal(journal_safe(journal), 0);
	journal_work(journal);
	assert_int_equal(journal_safe(journal), 9);
	/* the next session knows of it without opening anything */
	assert_int_equal(journal_look(journal)->count, 1);
	check_session(&journal_look(journal)->sessions[0]);
	journal_close(journal);

	assert_int_equal(journal_read(place->folder, &past, NULL), STATUS_OK);
	assert_int_equal(past->count, 1);
	check_session(&past->sessions[0]);
	journal_past_free(past);
	assert_int_equal(stat(place->path, &stat_of), 0);
	assert_int_equal(stat_of.st_mode & 0777, 0600);
}

static void a_lazy_row_waits_for_another(void **state)
{
	struct journal *journal = open_journal(*state);
	struct journal_row tone = event("tone", "beat", 7);
	tone.lazy = true;
	put(journal, begin("hands", BEGUN));
	journal_work(journal);
	assert_int_equal(journal_safe(journal), 1);
	put(journal, tone);
	journal_work(journal);
	assert_int_equal(journal_safe(journal), 1);
	put(journal, event("step", "next", 9));
	journal_work(journal);
	assert_int_equal(journal_safe(journal), 3);
	put(journal, tone);
	journal_close(journal);
	struct journal_past *past = NULL;
	assert_int_equal(journal_read(((struct place *)*state)->folder, &past, NULL), STATUS_OK);
	/* the session was cut off: what is known of it stays */
	assert_string_equal(past->sessions[0].reason, "");
	assert_int_equal(past->sessions[0].length, 9);
	journal_past_free(past);
}

struct copied {
	size_t rows;
	int64_t last;
	char order[64];
};

static bool take(void *arg, int64_t number, const struct journal_row *row)
{
	struct copied *copied = arg;
	const size_t length = strlen(copied->order);
	copied->rows++;
	copied->last = number;
	switch (row->kind) {
	case JOURNAL_BEGIN:
		copied->order[length] = 'b';
		break;
	case JOURNAL_EVENT:
		copied->order[length] = 'v';
		break;
	case JOURNAL_END:
		copied->order[length] = 'e';
		break;
	}
	return copied->rows < 12;
}

static void everything_is_exported(void **state)
{
	const struct place *place = *state;
	struct copied copied = { .rows = 0 };
	struct journal *journal = open_journal(place);
	put_session(journal);
	put(journal, begin("breath", BEGUN + 86400));
	put(journal, event("step", "one", 1));
	journal_work(journal);
	/* while the coach runs */
	assert_int_equal(journal_export(place->folder, take, &copied, NULL), STATUS_OK);
	assert_string_equal(copied.order, "bvvvvvvvebv");
	assert_int_equal(copied.last, 2);
	journal_close(journal);
}

static bool contains(const char *path, const char *word)
{
	char command[256];
	snprintf(command, sizeof(command), "grep -qa '%s' %s* 2>/dev/null", word, path);
	return system(command) == 0; /* NOLINT(cert-env33-c): a test */
}

static void what_is_forgotten_is_gone(void **state)
{
	const struct place *place = *state;
	int64_t sessions = 0;
	struct journal *journal = open_journal(place);
	put_session(journal);
	put(journal, begin("secret-session", BEGUN + 60));
	journal_work(journal);
	assert_true(contains(place->path, "secret-session"));
	assert_int_equal(journal_forget(place->folder, &sessions, NULL), STATUS_OK);
	assert_int_equal(sessions, 2);
	/* the session that runs meanwhile goes on and is forgotten too */
	put(journal, event("step", "later", 5));
	put(journal, end("finished", 6));
	journal_work(journal);
	assert_int_equal(journal_safe(journal), 12);
	assert_int_equal(journal_look(journal)->count, 0);
	put(journal, begin("a-new-one", BEGUN + 120));
	journal_work(journal);
	journal_close(journal);
	assert_false(contains(place->path, "secret-session"));
	assert_false(contains(place->path, "glide-left"));
	struct journal_past *past = NULL;
	assert_int_equal(journal_read(place->folder, &past, NULL), STATUS_OK);
	assert_int_equal(past->count, 1);
	journal_past_free(past);
}

static void somebody_elses_change_is_seen(void **state)
{
	const struct place *place = *state;
	int64_t sessions = 0;
	struct journal *journal = open_journal(place);
	put_session(journal);
	journal_work(journal);
	assert_int_equal(journal_look(journal)->count, 1);
	assert_int_equal(journal_forget(place->folder, &sessions, NULL), STATUS_OK);
	for (int i = 0; i < 200; i++) {
		journal_work(journal);
	}
	assert_int_equal(journal_look(journal)->count, 0);
	journal_close(journal);
}

static void nothing_is_kept_where_nothing_is(void **state)
{
	const struct place *place = *state;
	struct journal_past *past = NULL;
	int64_t sessions = 0;
	assert_int_equal(journal_read(place->folder, &past, NULL), STATUS_NOT_FOUND);
	assert_int_equal(journal_forget(place->folder, &sessions, NULL), STATUS_NOT_FOUND);
	assert_int_not_equal(access(place->path, F_OK), 0);
}

/* A database as version made it, with one session. */
static void make_version(const struct place *place, int version)
{
	char text[128];
	struct sql *sql = NULL;
	assert_int_equal(close(open(place->path, O_CREAT | O_RDWR, 0600)), 0);
	assert_int_equal(sql_open(place->path, &sql), STATUS_OK);
	for (int i = 0; i < version; i++) {
		assert_int_equal(sql_run(sql, store_migrations[i]), STATUS_OK);
	}
	assert_int_equal(sql_run(sql, "INSERT INTO session (begun, utc_offset, name, touch, length,"
				      " reason) VALUES (1, 0, 'old', 1, 77, 'finished');"
				      "INSERT INTO event (session, number, at, event, value)"
				      " VALUES (1, 1, 5, 'rating', 3)"),
			STATUS_OK);
	snprintf(text, sizeof(text), "PRAGMA application_id = %d; PRAGMA user_version = %d",
			STORE_APPLICATION, version);
	assert_int_equal(sql_run(sql, text), STATUS_OK);
	sql_close(sql);
}

static void every_older_version_is_brought_up(void **state)
{
	const struct place *place = *state;
	for (int version = 1; version <= JOURNAL_VERSION; version++) {
		unlink(place->path);
		make_version(place, version);
		struct journal *journal = open_journal(place);
		const struct journal_past *past = journal_look(journal);
		assert_int_equal(past->count, 1);
		assert_string_equal(past->sessions[0].name, "old");
		assert_int_equal(past->sessions[0].rating, 3);
		assert_false(past->sessions[0].screened);
		assert_false(past->sessions[0].partner);
		put_session(journal);
		journal_close(journal);

		struct sql *sql = NULL;
		int64_t now = 0;
		assert_int_equal(sql_open(place->path, &sql), STATUS_OK);
		assert_int_equal(sql_number(sql, "PRAGMA user_version", &now), STATUS_OK);
		assert_int_equal(now, JOURNAL_VERSION);
		assert_int_equal(sql_number(sql, "SELECT count(*) FROM session", &now), STATUS_OK);
		assert_int_equal(now, 2);
		sql_close(sql);
	}
}

/* Version 2 knew of two people by the session's name alone, and version 3 of one such session. */
static void who_was_worked_on_is_brought_up(void **state)
{
	const struct place *place = *state;

	for (int version = 2; version <= 3; version++) {
		struct sql *sql = NULL;
		unlink(place->path);
		make_version(place, version);
		assert_int_equal(sql_open(place->path, &sql), STATUS_OK);
		assert_int_equal(sql_run(sql, "INSERT INTO session (begun, utc_offset, name, touch)"
					      " VALUES (2, 0, 'breath-and-glide', 1)"),
				STATUS_OK);
		assert_int_equal(
				sql_run(sql, version == 2 ? "INSERT INTO session (begun, utc_offset, name,"
							    " touch) VALUES (3, 0, 'partner', 1)"
							  : "INSERT INTO session (begun, utc_offset, name,"
							    " touch, partner) VALUES (3, 0, 'partner', 1,"
							    " 1)"),
				STATUS_OK);
		sql_close(sql);
		struct journal *journal = open_journal(place);
		const struct journal_past *past = journal_look(journal);
		assert_int_equal(past->count, 3);
		assert_false(past->sessions[0].partner);
		assert_true(past->sessions[1].partner);
		assert_true(past->sessions[2].partner);
		struct journal_row row = begin("mine-for-two", BEGUN);
		row.partner = true;
		put(journal, row);
		put(journal, end("finished", 1));
		journal_work(journal);
		assert_true(journal_look(journal)->sessions[3].partner);
		journal_close(journal);
	}
}

struct snapshot {
	char bytes[65536];
	ssize_t size;
	struct timespec changed;
	int files;
};

static struct snapshot look(const struct place *place)
{
	struct snapshot seen = { .files = 0 };
	struct stat stat_of;
	const int fd = open(place->path, O_RDONLY);
	seen.size = read(fd, seen.bytes, sizeof(seen.bytes));
	close(fd);
	assert_int_equal(stat(place->path, &stat_of), 0);
	seen.changed = stat_of.st_mtim;
	DIR *folder = opendir(place->folder);
	while (readdir(folder) != NULL) {
		seen.files++;
	}
	closedir(folder);
	return seen;
}

static void check_untouched(const struct place *place, const char *reason)
{
	struct journal *journal = NULL;
	struct journal_past *past = NULL;
	int64_t sessions = 0;
	struct diag diag = { .line = 0 };
	const struct snapshot before = look(place);
	assert_int_equal(journal_open(place->folder, &journal, &diag), STATUS_BAD_DATA);
	assert_non_null(strstr(diag.message, reason));
	assert_string_equal(diag.path, place->path);
	assert_int_equal(journal_read(place->folder, &past, &diag), STATUS_BAD_DATA);
	assert_int_equal(journal_forget(place->folder, &sessions, &diag), STATUS_BAD_DATA);
	const struct snapshot after = look(place);
	assert_memory_equal(&before, &after, sizeof(before));
}

static void a_newer_version_is_left_alone(void **state)
{
	const struct place *place = *state;
	struct sql *sql = NULL;
	make_version(place, JOURNAL_VERSION);
	assert_int_equal(sql_open(place->path, &sql), STATUS_OK);
	assert_int_equal(sql_run(sql, "PRAGMA user_version = 99; PRAGMA journal_mode = WAL"),
			STATUS_OK);
	sql_close(sql);
	check_untouched(*state, "version 99");
}

/* As after a crash: only the log knows that it is newer. */
static void a_newer_version_in_the_log_is_left_alone(void **state)
{
	const struct place *place = *state;
	struct sql *sql = NULL;
	struct journal *journal = NULL;
	make_version(place, JOURNAL_VERSION);
	assert_int_equal(sql_open(place->path, &sql), STATUS_OK);
	assert_int_equal(sql_run(sql, "PRAGMA journal_mode = WAL; PRAGMA user_version = 99"),
			STATUS_OK);
	sql_abandon(sql);
	const struct snapshot before = look(place);
	assert_int_equal(journal_open(place->folder, &journal, NULL), STATUS_BAD_DATA);
	const struct snapshot after = look(place);
	assert_int_equal(before.size, after.size);
	assert_memory_equal(before.bytes, after.bytes, (size_t)before.size);
	assert_int_equal(before.changed.tv_nsec, after.changed.tv_nsec);
}

static void what_is_no_journal_is_left_alone(void **state)
{
	const struct place *place = *state;
	struct sql *sql = NULL;
	const int fd = open(place->path, O_CREAT | O_RDWR, 0600);
	assert_int_equal(write(fd, "my shopping list\n", 17), 17);
	close(fd);
	check_untouched(place, "no journal");
	unlink(place->path);
	close(open(place->path, O_CREAT | O_RDWR, 0600));
	assert_int_equal(sql_open(place->path, &sql), STATUS_OK);
	assert_int_equal(sql_run(sql, "CREATE TABLE music (title)"), STATUS_OK);
	sql_close(sql);
	struct journal *journal = NULL;
	const struct snapshot before = look(place);
	assert_int_equal(journal_open(place->folder, &journal, NULL), STATUS_BAD_DATA);
	const struct snapshot after = look(place);
	assert_memory_equal(&before, &after, sizeof(before));
}

static void a_folder_that_cannot_be_is_said(void **state)
{
	const struct place *place = *state;
	struct journal *journal = NULL;
	struct diag diag = { .line = 0 };
	char below[128];
	close(open(place->path, O_CREAT | O_RDWR, 0600));
	snprintf(below, sizeof(below), "%s/deeper", place->path);
	assert_int_equal(journal_open(below, &journal, &diag), STATUS_BACKEND);
	assert_true(diag.message[0] != '\0');
	unlink(place->path);
	assert_int_equal(mkdir(place->path, 0700), 0);
	assert_int_equal(journal_open(place->folder, &journal, &diag), STATUS_BACKEND);
	rmdir(place->path);
}

static void somebody_holds_it(void **state)
{
	const struct place *place = *state;
	struct sql *sql = NULL;
	struct journal *journal = open_journal(place);
	assert_int_equal(sql_open(place->path, &sql), STATUS_OK);
	assert_int_equal(sql_run(sql, "BEGIN IMMEDIATE"), STATUS_OK);
	put_session(journal);
	journal_work(journal);
	assert_int_equal(journal_safe(journal), 0);
	assert_int_equal(sql_run(sql, "ROLLBACK"), STATUS_OK);
	sql_close(sql);
	for (int i = 0; i < 200; i++) {
		journal_work(journal);
	}
	assert_int_equal(journal_safe(journal), 9);
	journal_close(journal);
}

static void somebody_locks_it_whole(void **state)
{
	const struct place *place = *state;
	struct sql *sql = NULL;
	struct journal *journal = NULL;
	struct diag diag = { .line = 0 };
	make_version(place, JOURNAL_VERSION);
	assert_int_equal(sql_open(place->path, &sql), STATUS_OK);
	assert_int_equal(sql_run(sql, "BEGIN EXCLUSIVE"), STATUS_OK);
	assert_int_equal(journal_open(place->folder, &journal, &diag), STATUS_BACKEND);
	assert_non_null(strstr(diag.message, "locked"));
	sql_close(sql);
	journal = open_journal(place);
	assert_int_equal(journal_look(journal)->count, 1);
	journal_close(journal);
}

/* Bytes that are no page: refused by SQLite, but the session can go on. */
static void what_is_damaged_is_said(void **state)
{
	const struct place *place = *state;
	struct journal *journal = open_journal(place);
	struct diag diag = { .line = 0 };
	put_session(journal);
	journal_close(journal);
	const int fd = open(place->path, O_RDWR);
	char junk[8192];
	memset(junk, 'x', sizeof(junk));
	assert_int_equal(pwrite(fd, junk, sizeof(junk), 4096), sizeof(junk));
	close(fd);
	journal = NULL;
	assert_int_equal(journal_open(place->folder, &journal, &diag), STATUS_BACKEND);
	assert_non_null(strstr(diag.message, "malformed"));
}

static void a_full_ring_loses_and_counts(void **state)
{
	const struct place *place = *state;
	struct journal *journal = open_journal(place);
	const struct journal_row row = event("step", "again", 1);
	int taken = 0;
	put(journal, begin("hands", BEGUN));
	while (journal_put(journal, &row) == STATUS_OK) {
		taken++;
	}
	assert_true(taken > 500);
	assert_int_equal(journal_put(journal, &row), STATUS_NO_SPACE);
	journal_work(journal);
	assert_int_equal(journal_safe(journal), taken + 1);
	put(journal, end("finished", 2));
	journal_close(journal);
	struct journal_past *past = NULL;
	assert_int_equal(journal_read(place->folder, &past, NULL), STATUS_OK);
	assert_int_equal(past->sessions[0].lost, 2);
	assert_string_equal(past->sessions[0].reason, "finished");
	journal_past_free(past);
}

/* A full disk: files may grow no further. Rows wait, the ring fills up, nothing crashes. */
static void a_full_disk_is_survived(void **state)
{
	struct journal *journal = open_journal(*state);
	struct rlimit before;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	const struct rlimit full = { .rlim_cur = 1, .rlim_max = before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &full), 0);
	put_session(journal);
	for (int i = 0; i < 300; i++) {
		journal_work(journal);
	}
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(journal_safe(journal), 0);
	for (int i = 0; i < 200; i++) {
		journal_work(journal);
	}
	assert_int_equal(journal_safe(journal), 9);
	check_session(&journal_look(journal)->sessions[0]);
	journal_close(journal);
}

static void the_newest_are_remembered(void **state)
{
	const struct place *place = *state;
	struct journal *journal = open_journal(place);
	for (int i = 0; i < JOURNAL_PAST_MAX + 4; i++) {
		put(journal, begin("hands", BEGUN + i));
		put(journal, end("finished", i));
		journal_work(journal);
		assert_true(journal_look(journal)->count > 0);
	}
	const struct journal_past *past = journal_look(journal);
	assert_int_equal(past->count, JOURNAL_PAST_MAX);
	assert_int_equal(past->sessions[0].begun, BEGUN + 4);
	assert_int_equal(past->sessions[past->count - 1].begun, BEGUN + JOURNAL_PAST_MAX + 3);
	journal_close(journal);
}

/* Nobody is touched by slow breath, however often: what was flagged before it is not forgotten. */
static void what_has_no_weight_pushes_nothing_out(void **state)
{
	const struct place *place = *state;
	struct journal *journal = open_journal(place);
	struct journal_past *past = NULL;
	struct journal_row answer = event("answer", "hear-me", 10);
	struct journal_row breath = begin("slow-breath", BEGUN + 1);
	put_session(journal);
	breath.touch = false;
	snprintf(answer.why, sizeof(answer.why), "louder");
	for (int i = 0; i < JOURNAL_PAST_MAX + 4; i++) {
		put(journal, breath);
		put(journal, answer);
		put(journal, end("finished", i));
		journal_work(journal);
	}
	assert_int_equal(journal_look(journal)->count, 1);
	check_session(&journal_look(journal)->sessions[0]);
	/* but these a later session must know of */
	static const struct {
		const char *event;
		const char *why;
	} known[] = { { "answer", "light" }, { "answer", "urgent" }, { "pain", "" },
		{ "volume", "" }, { "length", "" }, { "words", "" } };
	for (size_t i = 0; i < 6; i++) {
		struct journal_row row = event(known[i].event, "", 10);
		snprintf(row.why, sizeof(row.why), "%s", known[i].why);
		put(journal, breath);
		put(journal, row);
		put(journal, end("finished", 20));
		journal_work(journal);
		assert_int_equal(journal_look(journal)->count, 2 + i);
	}
	assert_int_equal(journal_look(journal)->total, JOURNAL_PAST_MAX + 11);
	journal_close(journal);
	/* people are shown all kinds */
	assert_int_equal(journal_read(place->folder, &past, NULL), STATUS_OK);
	assert_int_equal(past->count, JOURNAL_PAST_MAX);
	assert_int_equal(past->total, JOURNAL_PAST_MAX + 11);
	assert_string_equal(past->sessions[0].name, "slow-breath");
	journal_past_free(past);
}

/* What another process wrote before it was killed: the thread, the ring and the disk are real. */
static void write_until_killed(const struct place *place, _Atomic uint64_t *safe)
{
	struct journal *journal = NULL;
	struct worker *worker = NULL;
	if (journal_open(place->folder, &journal, NULL) != STATUS_OK ||
			worker_create(journal_work, journal, "journal", &worker) != STATUS_OK) {
		_exit(1);
	}
	const struct journal_row first = begin("hands", BEGUN);
	struct journal_row row = event("step", "again", 0);
	(void)!journal_put(journal, &first);
	for (;;) {
		row.at++;
		if (journal_put(journal, &row) == STATUS_OK) {
			worker_wake(worker);
		} else {
			row.at--;
		}
		atomic_store(safe, journal_safe(journal));
		nanosleep(&(struct timespec){ .tv_nsec = 100000 }, NULL);
	}
}

static void kill_once(
		const struct place *place, _Atomic uint64_t *safe, uint64_t wanted, long wait_us)
{
	struct sql *sql = NULL;
	int64_t kept = 0;
	int64_t holes = 0;
	int64_t sound = 0;
	atomic_store(safe, 0);
	const pid_t child = fork();
	if (child == 0) {
		write_until_killed(place, safe);
	}
	/* some are killed before anything is safe */
	for (int i = 0; i < WAIT_MAX_MS && atomic_load(safe) < wanted; i++) {
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	}
	nanosleep(&(struct timespec){ .tv_nsec = wait_us * 1000 }, NULL);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	struct journal *journal = open_journal(place);
	journal_close(journal);
	assert_int_equal(sql_open(place->path, &sql), STATUS_OK);
	assert_int_equal(sql_number(sql,
					 "SELECT count(*) FROM pragma_integrity_check"
					 " WHERE integrity_check = 'ok'",
					 &sound),
			STATUS_OK);
	assert_int_equal(sound, 1);
	assert_int_equal(sql_number(sql,
					 "SELECT (SELECT count(*) FROM session) +"
					 " (SELECT count(*) FROM event)",
					 &kept),
			STATUS_OK);
	/* in their order, none left out */
	assert_int_equal(sql_number(sql, "SELECT count(*) FROM event WHERE at <> number", &holes),
			STATUS_OK);
	assert_int_equal(holes, 0);
	assert_true((uint64_t)kept >= atomic_load(safe));
	assert_int_equal(sql_run(sql, "DELETE FROM event; DELETE FROM session"), STATUS_OK);
	sql_close(sql);
}

static void killed_it_loses_nothing_safe(void **state)
{
	const char *wanted = getenv("EASE_KILLS");
	const long kills = wanted != NULL ? strtol(wanted, NULL, 10) : 12;
	unsigned seed = (unsigned)getpid();
	void *memory = mmap(NULL, sizeof(_Atomic uint64_t), PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	uint64_t most = 0;
	assert_ptr_not_equal(memory, MAP_FAILED);
	_Atomic uint64_t *safe = memory;
	for (long i = 0; i < kills; i++) {
		kill_once(*state, safe, (uint64_t)rand_r(&seed) % 200, (long)rand_r(&seed) % 5000);
		most = atomic_load(safe) > most ? atomic_load(safe) : most;
	}
	print_message("%ld kills, up to %llu events safe\n", kills, (unsigned long long)most);
	assert_true(most > 0);
	munmap(memory, sizeof(*safe));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_put_is_kept, enter, leave),
		cmocka_unit_test_setup_teardown(a_lazy_row_waits_for_another, enter, leave),
		cmocka_unit_test_setup_teardown(everything_is_exported, enter, leave),
		cmocka_unit_test_setup_teardown(what_is_forgotten_is_gone, enter, leave),
		cmocka_unit_test_setup_teardown(somebody_elses_change_is_seen, enter, leave),
		cmocka_unit_test_setup_teardown(nothing_is_kept_where_nothing_is, enter, leave),
		cmocka_unit_test_setup_teardown(every_older_version_is_brought_up, enter, leave),
		cmocka_unit_test_setup_teardown(who_was_worked_on_is_brought_up, enter, leave),
		cmocka_unit_test_setup_teardown(a_newer_version_is_left_alone, enter, leave),
		cmocka_unit_test_setup_teardown(
				a_newer_version_in_the_log_is_left_alone, enter, leave),
		cmocka_unit_test_setup_teardown(what_is_no_journal_is_left_alone, enter, leave),
		cmocka_unit_test_setup_teardown(a_folder_that_cannot_be_is_said, enter, leave),
		cmocka_unit_test_setup_teardown(somebody_holds_it, enter, leave),
		cmocka_unit_test_setup_teardown(somebody_locks_it_whole, enter, leave),
		cmocka_unit_test_setup_teardown(what_is_damaged_is_said, enter, leave),
		cmocka_unit_test_setup_teardown(a_full_ring_loses_and_counts, enter, leave),
		cmocka_unit_test_setup_teardown(a_full_disk_is_survived, enter, leave),
		cmocka_unit_test_setup_teardown(the_newest_are_remembered, enter, leave),
		cmocka_unit_test_setup_teardown(
				what_has_no_weight_pushes_nothing_out, enter, leave),
		cmocka_unit_test_setup_teardown(killed_it_loses_nothing_safe, enter, leave),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
