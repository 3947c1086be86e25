/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_status.c - every status has its phrase; a diag says where and never overflows. */
#include "ease/status.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void every_status_has_its_own_phrase(void **state)
{
	(void)state;
	for (int i = 0; i < STATUS_COUNT; i++) {
		const char *phrase = status_string((enum status)i);
		assert_non_null(phrase);
		assert_string_not_equal(phrase, "unknown");
		for (int j = 0; j < i; j++) {
			assert_string_not_equal(phrase, status_string((enum status)j));
		}
	}
	assert_string_equal(status_string(STATUS_COUNT), "unknown");
	assert_string_equal(status_string((enum status) - 1), "unknown");
}

static void check(const char *path, int line, int column, const char *wanted)
{
	struct diag diag;
	char out[64];
	diag_set(&diag, path, line, column, "%s %d", "bad", 7);
	diag_string(&diag, out, sizeof(out));
	assert_string_equal(out, wanted);
}

static void leaves_out_what_is_not_known(void **state)
{
	(void)state;
	check("a.yaml", 3, 9, "a.yaml:3:9: bad 7");
	check("a.yaml", 3, 0, "a.yaml:3: bad 7");
	check("a.yaml", 0, 9, "a.yaml: bad 7");
	check("", 3, 9, "bad 7");
	check(NULL, 3, 9, "bad 7");
}

static void cuts_what_is_too_long(void **state)
{
	(void)state;
	struct diag diag;
	char text[1000];
	char out[2000];
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	diag_set(&diag, text, 1, 2, "%s", text);
	assert_int_equal(strlen(diag.path), sizeof(diag.path) - 1);
	assert_int_equal(strlen(diag.message), sizeof(diag.message) - 1);
	diag_string(&diag, out, 10);
	assert_string_equal(out, "xxxxxxxxx");
	diag_string(&diag, out, sizeof(out));
	assert_int_equal(strlen(out), 255 + 6 + 255);
}

static void accepts_nobody_who_listens(void **state)
{
	(void)state;
	diag_set(NULL, "a", 1, 1, "%s", "x");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_status_has_its_own_phrase),
		cmocka_unit_test(leaves_out_what_is_not_known),
		cmocka_unit_test(cuts_what_is_too_long),
		cmocka_unit_test(accepts_nobody_who_listens),
	};
	return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
