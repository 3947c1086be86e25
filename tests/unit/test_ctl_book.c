/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: ctl journal load base */
/* test_ctl_book.c - "easectl history", "export" and "forget", as a person and a program see them.
 */

#include "ease/journal.h"
#include "easectl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WORDS_MAX 6

struct fixture {
	char folder[32];
	char data[48];
	struct easectl ctl;
};

static int prepare(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	if (fixture == NULL) {
		return -1;
	}
	*state = fixture;
	snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/ease-book-XXXXXX");
	if (mkdtemp(fixture->folder) == NULL) {
		return -1;
	}
	snprintf(fixture->data, sizeof(fixture->data), "--data=%s", fixture->folder);
	setenv("EASE_CALENDAR", "2026-11-24T08:00:00+01:00", 1);
	return 0;
}

static int clean(void **state)
{
	struct fixture *fixture = *state;
	char path[96];
	snprintf(path, sizeof(path), "%s/%s", fixture->folder, JOURNAL_FILE);
	unlink(path);
	rmdir(fixture->folder);
	easectl_forget(&fixture->ctl);
	free(fixture);
	return 0;
}

/* Runs easectl with these words and the folder. */
static int run(struct fixture *fixture, const char *verb, const char *option)
{
	char words[WORDS_MAX][64];
	char *argv[WORDS_MAX];
	int count = 0;
	if (fixture == NULL) {
		return -1;
	}
	const char *const given[] = { "easectl", verb, fixture->data, option };
	for (size_t i = 0; i < 4 && given[i] != NULL; i++) {
		snprintf(words[count], sizeof(words[count]), "%s", given[i]);
		argv[count] = words[count];
		count++;
	}
	argv[count] = NULL;
	return easectl_run(&fixture->ctl, count, argv);
}

static void put(struct journal *journal, const struct journal_row *row)
{
	assert_int_equal(journal_put(journal, row), STATUS_OK);
}

static struct journal_row event(const char *what, const char *key, const char *text, int32_t value)
{
	struct journal_row row = journal_row(JOURNAL_EVENT);
	row.at = 1500000;
	row.value = value;
	snprintf(row.event, sizeof(row.event), "%s", what);
	snprintf(row.key, sizeof(row.key), "%s", key);
	snprintf(row.text, sizeof(row.text), "%s", text);
	return row;
}

static void put_session(struct journal *journal, int64_t begun, const char *reason)
{
	struct journal_row row = journal_row(JOURNAL_BEGIN);
	row.begun = begun;
	row.utc_offset = 3600;
	row.touch = true;
	snprintf(row.name, sizeof(row.name), "hands");
	snprintf(row.text, sizeof(row.text), "your back, \"gently\"");
	put(journal, &row);
	row = event("answer", "before", "rating", 4);
	put(journal, &row);
	row = event("step", "", "", JOURNAL_NONE);
	snprintf(row.name, sizeof(row.name), "glide-left");
	snprintf(row.unit, sizeof(row.unit), "glide");
	row.target = 2;
	put(journal, &row);
	row = event("heard", "", "say \"no\", please", JOURNAL_NONE);
	row.confidence = 0.5;
	put(journal, &row);
	row = event("answer", "after", "rating", 7);
	put(journal, &row);
	row = event("answer", "helped", "yes", JOURNAL_NONE);
	put(journal, &row);
	if (reason != NULL) {
		row = journal_row(JOURNAL_END);
		row.at = 61000000;
		snprintf(row.why, sizeof(row.why), "%s", reason);
		put(journal, &row);
	}
}

/* 2026-11-22 and 23, at ten past ten in the evening. */
static void keep_two(const struct fixture *fixture)
{
	struct journal *journal = NULL;
	assert_int_equal(journal_open(fixture->folder, &journal, NULL), STATUS_OK);
	put_session(journal, 1795381800, "finished");
	put_session(journal, 1795468200, NULL);
	journal_close(journal);
}

static void history_is_a_table(void **state)
{
	struct fixture *fixture = *state;
	keep_two(fixture);
	assert_int_equal(run(fixture, "history", NULL), 0);
	assert_string_equal(fixture->ctl.out,
			"begun             session              length  ended     before  after  "
			"pressure  helped\n"
			"2026-11-22 22:10  hands                  1:01  finished       4      7  "
			"       2  yes\n"
			"2026-11-23 22:10  hands                  0:01  cut off        4      7  "
			"       2  yes\n");
}

static void history_can_be_spoken(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(run(fixture, "history", "--spoken"), 0);
	assert_string_equal(fixture->ctl.out, "There are no sessions yet.\n");
	keep_two(fixture);
	assert_int_equal(run(fixture, "history", "--spoken"), 0);
	assert_string_equal(fixture->ctl.out,
			"Sessions so far: 2. The last one was your back, \"gently\". It was yesterday. "
			"It was not finished. Your comfort went from 4 to 7. We left the pressure at 2. "
			"You said that it helped.\n");
	setenv("EASE_CALENDAR", "2026-11-28T08:00:00+01:00", 1);
	assert_int_equal(run(fixture, "history", "--spoken"), 0);
	assert_non_null(strstr(fixture->ctl.out, " Days ago: 5. "));
	setenv("EASE_CALENDAR", "2026-11-23T23:59:00+01:00", 1);
	assert_int_equal(run(fixture, "history", "--spoken"), 0);
	assert_non_null(strstr(fixture->ctl.out, " It was today. "));
}

/* More sessions than the table holds are counted all the same. */
static void history_counts_all(void **state)
{
	struct fixture *fixture = *state;
	struct journal *journal = NULL;
	assert_int_equal(journal_open(fixture->folder, &journal, NULL), STATUS_OK);
	for (int i = 0; i < JOURNAL_PAST_MAX + 6; i++) {
		put_session(journal, 1795381800 + i, "finished");
		journal_work(journal);
	}
	journal_close(journal);
	assert_int_equal(run(fixture, "history", "--spoken"), 0);
	assert_non_null(strstr(fixture->ctl.out, "Sessions so far: 102. "));
	assert_int_equal(run(fixture, "history", NULL), 0);
	assert_non_null(strstr(fixture->ctl.out, "these are the newest of 102; "));
}

static void export_is_json_lines(void **state)
{
	struct fixture *fixture = *state;
	keep_two(fixture);
	assert_int_equal(run(fixture, "export", NULL), 0);
	static const char first[] =
			"{\"session\":1,\"event\":\"session\",\"begun\":\"2026-11-22T22:10:00+01:00\","
			"\"name\":\"hands\",\"title\":\"your back, \\\"gently\\\"\",\"touch\":true,"
			"\"screened\":false,\"partner\":false}\n"
			"{\"session\":1,\"t\":1.500000,\"event\":\"answer\",\"value\":4,"
			"\"answer\":\"rating\",\"keeps\":\"before\"}\n"
			"{\"session\":1,\"t\":1.500000,\"event\":\"step\",\"name\":\"glide-left\","
			"\"unit\":\"glide\",\"target\":2}\n"
			"{\"session\":1,\"t\":1.500000,\"event\":\"heard\","
			"\"text\":\"say \\\"no\\\", please\",\"confidence\":0.500}\n";
	assert_memory_equal(fixture->ctl.out, first, sizeof(first) - 1);
	assert_non_null(strstr(fixture->ctl.out,
			"{\"session\":1,\"t\":61.000000,\"event\":\"end\",\"reason\":\"finished\"}\n"));
	assert_non_null(strstr(fixture->ctl.out, "{\"session\":2,\"event\":\"session\""));
}

static void export_is_csv(void **state)
{
	struct fixture *fixture = *state;
	keep_two(fixture);
	assert_int_equal(run(fixture, "export", "--csv"), 0);
	static const char first[] =
			"session,begun,t,event,name,unit,side,text,keeps,why,value,target,confidence\n"
			"1,2026-11-22T22:10:00+01:00,0.000000,session,hands,,,\"your back, "
			"\"\"gently\"\"\",,,,,\n"
			"1,,1.500000,answer,,,,rating,before,,4,,\n"
			"1,,1.500000,step,glide-left,glide,,,,,,2,\n"
			"1,,1.500000,heard,,,,\"say \"\"no\"\", please\",,,,,0.500\n";
	assert_memory_equal(fixture->ctl.out, first, sizeof(first) - 1);
}

/* The person at the keyboard types this. */
static void type(const char *text)
{
	char path[] = "/tmp/ease-typed-XXXXXX";
	const int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
	assert_non_null(freopen(path, "re", stdin));
	unlink(path);
}

static void forgetting_asks_first(void **state)
{
	struct fixture *fixture = *state;
	static const char *const refusals[] = { "", "no\n", "y\n", "yes please\n" };
	keep_two(fixture);
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		type(refusals[i]);
		assert_int_equal(run(fixture, "forget", NULL), 1);
		assert_non_null(strstr(fixture->ctl.err, "Type yes: "));
		assert_non_null(strstr(fixture->ctl.err, "nothing is forgotten"));
	}
	assert_int_equal(run(fixture, "history", NULL), 0);
	assert_non_null(strstr(fixture->ctl.out, "hands"));
	type("yes\n");
	assert_int_equal(run(fixture, "forget", NULL), 0);
	assert_string_equal(fixture->ctl.out, "forgotten: 2 sessions\n");
	assert_int_equal(run(fixture, "history", NULL), 0);
	assert_null(strstr(fixture->ctl.out, "hands"));
}

static void forgetting_need_not_ask(void **state)
{
	struct fixture *fixture = *state;
	keep_two(fixture);
	type("");
	assert_int_equal(run(fixture, "forget", "--yes"), 0);
	assert_string_equal(fixture->ctl.out, "forgotten: 2 sessions\n");
	assert_string_equal(fixture->ctl.err, "");
}

static void says_that_there_is_nothing(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(run(fixture, "history", NULL), 1);
	assert_non_null(strstr(fixture->ctl.err, "there is no journal"));
	assert_int_equal(run(fixture, "export", NULL), 1);
	assert_int_equal(run(fixture, "forget", "--yes"), 1);
	assert_int_equal(run(fixture, "history", "--csv"), 2);
}

static void another_version_is_bad_input(void **state)
{
	struct fixture *fixture = *state;
	char path[96];
	snprintf(path, sizeof(path), "%s/%s", fixture->folder, JOURNAL_FILE);
	FILE *file = fopen(path, "we");
	fputs("no database\n", file);
	fclose(file);
	assert_int_equal(run(fixture, "history", NULL), 2);
	assert_int_equal(run(fixture, "export", NULL), 2);
	assert_int_equal(run(fixture, "forget", "--yes"), 2);
	assert_non_null(strstr(fixture->ctl.err, "not touched"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(history_is_a_table, prepare, clean),
		cmocka_unit_test_setup_teardown(history_can_be_spoken, prepare, clean),
		cmocka_unit_test_setup_teardown(history_counts_all, prepare, clean),
		cmocka_unit_test_setup_teardown(export_is_json_lines, prepare, clean),
		cmocka_unit_test_setup_teardown(export_is_csv, prepare, clean),
		cmocka_unit_test_setup_teardown(forgetting_asks_first, prepare, clean),
		cmocka_unit_test_setup_teardown(forgetting_need_not_ask, prepare, clean),
		cmocka_unit_test_setup_teardown(says_that_there_is_nothing, prepare, clean),
		cmocka_unit_test_setup_teardown(another_version_is_bad_input, prepare, clean),
	};
	return cmocka_run_group_tests_name("book", tests, NULL, NULL);
}
