/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_place.c - a program in its build tree finds the source tree's data. */
#include "ease/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void finds_the_source_tree(void **state)
{
	(void)state;
	char path[4096];
	assert_int_equal(place_find("voices", path, sizeof(path)), STATUS_OK);
	assert_string_equal(path, EASE_SOURCE_DIR "/voices");
}

static void says_that_there_is_no_room(void **state)
{
	(void)state;
	char path[sizeof(EASE_SOURCE_DIR "/voices")];
	assert_int_equal(place_find("voices", path, sizeof(path)), STATUS_OK);
	assert_int_equal(place_find("voices", path, sizeof(path) - 1), STATUS_NO_SPACE);
	assert_int_equal(place_find("voices", path, 0), STATUS_NO_SPACE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_source_tree),
		cmocka_unit_test(says_that_there_is_no_room),
	};
	return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
