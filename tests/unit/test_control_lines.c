/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: control base */
/* test_control_lines.c - bytes in any portions become the same lines. */
#include "control/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void put(struct lines *lines, const char *bytes, size_t count)
{
	size_t room = 0;
	char *into = lines_room(lines, &room);
	assert_in_range(count, 0, room);
	memcpy(into, bytes, count);
	lines_filled(lines, count);
}

static void expect(struct lines *lines, const char *text)
{
	const char *line = NULL;
	size_t length = 0;
	assert_int_equal(lines_next(lines, &line, &length), LINE_WHOLE);
	assert_int_equal(length, strlen(text));
	assert_memory_equal(line, text, length);
}

static void expect_none(struct lines *lines)
{
	const char *line = NULL;
	size_t length = 0;
	assert_int_equal(lines_next(lines, &line, &length), LINE_NONE);
}

static void a_line_may_come_byte_by_byte(void **state)
{
	(void)state;
	static const char text[] = "hello\nworld\n";
	struct lines lines;
	lines_init(&lines);
	for (size_t i = 0; i < 5; i++) {
		put(&lines, text + i, 1);
		expect_none(&lines);
	}
	put(&lines, text + 5, 1);
	expect(&lines, "hello");
	expect_none(&lines);
}

static void many_lines_may_come_at_once(void **state)
{
	(void)state;
	struct lines lines;
	lines_init(&lines);
	put(&lines, "a\n\nbc\nx", 7);
	expect(&lines, "a");
	expect(&lines, "");
	expect(&lines, "bc");
	expect_none(&lines);
	put(&lines, "e\n", 2);
	expect(&lines, "xe");
	expect_none(&lines);
}

static void fill_up(struct lines *lines)
{
	static char letters[CONTROL_LINE_MAX];
	size_t room = 0;
	memset(letters, 'x', sizeof(letters));
	(void)lines_room(lines, &room);
	put(lines, letters, room);
}

static void the_longest_line_fits(void **state)
{
	(void)state;
	struct lines lines;
	char letters[CONTROL_LINE_MAX];
	const char *line = NULL;
	size_t length = 0;
	lines_init(&lines);
	memset(letters, 'x', sizeof(letters));
	letters[CONTROL_LINE_MAX - 1] = '\n';
	put(&lines, letters, sizeof(letters));
	assert_int_equal(lines_next(&lines, &line, &length), LINE_WHOLE);
	assert_int_equal(length, CONTROL_LINE_MAX - 1);
	expect_none(&lines);
}

static void a_line_that_is_too_long_is_told_once_and_skipped(void **state)
{
	(void)state;
	struct lines lines;
	const char *line = NULL;
	size_t length = 0;
	lines_init(&lines);
	fill_up(&lines);
	assert_int_equal(lines_next(&lines, &line, &length), LINE_TOO_LONG);
	expect_none(&lines);
	fill_up(&lines);
	expect_none(&lines);
	put(&lines, "its end\nnext\n", 13);
	expect(&lines, "next");
	expect_none(&lines);
}

static void the_rest_is_what_has_no_newline(void **state)
{
	(void)state;
	struct lines lines;
	const char *line = NULL;
	size_t length = 0;
	lines_init(&lines);
	assert_false(lines_rest(&lines, &line, &length));
	put(&lines, "a\nbc", 4);
	expect(&lines, "a");
	assert_true(lines_rest(&lines, &line, &length));
	assert_int_equal(length, 2);
	assert_memory_equal(line, "bc", 2);
	assert_false(lines_rest(&lines, &line, &length));
}

static void the_rest_of_a_line_that_was_too_long_is_nothing(void **state)
{
	(void)state;
	struct lines lines;
	const char *line = NULL;
	size_t length = 0;
	lines_init(&lines);
	fill_up(&lines);
	assert_int_equal(lines_next(&lines, &line, &length), LINE_TOO_LONG);
	put(&lines, "tail", 4);
	assert_false(lines_rest(&lines, &line, &length));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_may_come_byte_by_byte),
		cmocka_unit_test(many_lines_may_come_at_once),
		cmocka_unit_test(the_longest_line_fits),
		cmocka_unit_test(a_line_that_is_too_long_is_told_once_and_skipped),
		cmocka_unit_test(the_rest_is_what_has_no_newline),
		cmocka_unit_test(the_rest_of_a_line_that_was_too_long_is_nothing),
	};
	return cmocka_run_group_tests_name("control lines", tests, NULL, NULL);
}
