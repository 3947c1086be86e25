/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_place.c - a program in its build tree finds the source tree's data. */
#include "ease/place.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
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

static void the_persons_folder_is_named_or_their_own(void **state)
{
	(void)state;
	char path[64];
	setenv("STATE_DIRECTORY", "/var/lib/ease:/var/lib/other", 1);
	setenv("XDG_DATA_HOME", "/home/a/data", 1);
	setenv("HOME", "/home/a", 1);
	assert_int_equal(place_data("here", path, sizeof(path)), STATUS_OK);
	assert_string_equal(path, "here");
	assert_int_equal(place_data(NULL, path, sizeof(path)), STATUS_OK);
	assert_string_equal(path, "/var/lib/ease");
	unsetenv("STATE_DIRECTORY");
	assert_int_equal(place_data(NULL, path, sizeof(path)), STATUS_OK);
	assert_string_equal(path, "/home/a/data/ease");
	setenv("XDG_DATA_HOME", "", 1);
	assert_int_equal(place_data(NULL, path, sizeof(path)), STATUS_OK);
	assert_string_equal(path, "/home/a/.local/share/ease");
	assert_int_equal(place_data(NULL, path, 8), STATUS_NO_SPACE);
	unsetenv("HOME");
	assert_int_equal(place_data(NULL, path, sizeof(path)), STATUS_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_source_tree),
		cmocka_unit_test(says_that_there_is_no_room),
		cmocka_unit_test(the_persons_folder_is_named_or_their_own),
	};
	return cmocka_run_group_tests_name("place", tests, NULL, NULL);
}
