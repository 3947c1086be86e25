/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: control base */
/* test_control_folder.c - in which folder the socket is looked for. */
#include "ease/control.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static int forget(void **state)
{
	(void)state;
	unsetenv("RUNTIME_DIRECTORY");
	unsetenv("XDG_RUNTIME_DIR");
	return 0;
}

static void expect(const char *data, const char *folder)
{
	char got[256];
	assert_int_equal(control_folder(data, got, sizeof(got)), STATUS_OK);
	assert_string_equal(got, folder);
}

static void data_comes_first(void **state)
{
	(void)state;
	setenv("RUNTIME_DIRECTORY", "/run/a", 1);
	expect("/data", "/data");
}

static void then_the_first_runtime_directory(void **state)
{
	(void)state;
	setenv("XDG_RUNTIME_DIR", "/run/user/1", 1);
	setenv("RUNTIME_DIRECTORY", "/run/a", 1);
	expect(NULL, "/run/a");
	setenv("RUNTIME_DIRECTORY", "/run/a:/run/b", 1);
	expect(NULL, "/run/a");
}

static void then_the_users_runtime_folder(void **state)
{
	(void)state;
	setenv("RUNTIME_DIRECTORY", "", 1);
	setenv("XDG_RUNTIME_DIR", "/run/user/1", 1);
	expect(NULL, "/run/user/1/ease");
}

static void then_a_folder_of_the_users_own(void **state)
{
	(void)state;
	char folder[64];
	setenv("XDG_RUNTIME_DIR", "", 1);
	snprintf(folder, sizeof(folder), "/tmp/ease-%u", (unsigned)geteuid());
	expect(NULL, folder);
}

static void says_when_there_is_no_room(void **state)
{
	(void)state;
	char got[5];
	assert_int_equal(control_folder("/data", got, sizeof(got)), STATUS_NO_SPACE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(data_comes_first, forget),
		cmocka_unit_test_setup(then_the_first_runtime_directory, forget),
		cmocka_unit_test_setup(then_the_users_runtime_folder, forget),
		cmocka_unit_test_setup(then_a_folder_of_the_users_own, forget),
		cmocka_unit_test_setup(says_when_there_is_no_room, forget),
	};
	return cmocka_run_group_tests_name("control folder", tests, NULL, NULL);
}
