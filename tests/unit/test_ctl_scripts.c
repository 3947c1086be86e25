/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: ctl load base */
/* test_ctl_scripts.c - "easectl sessions", "check" and "play" as an author sees them. */
#include "easectl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRIPTS EASE_SOURCE_DIR "/scripts"
#define VOICES EASE_SOURCE_DIR "/voices"
#define GOOD SCRIPTS "/slow-breath.yaml"

struct fixture {
	char folder[32];
	char bad[64];
	struct easectl ctl;
};

static int prepare(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	if (fixture == NULL) {
		return -1;
	}
	*state = fixture;
	snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/ease-scripts-XXXXXX");
	if (mkdtemp(fixture->folder) == NULL) {
		return -1;
	}
	snprintf(fixture->bad, sizeof(fixture->bad), "%s/bad.yaml", fixture->folder);
	FILE *bad = fopen(fixture->bad, "we");
	if (bad == NULL) {
		return -1;
	}
	fputs("session: bad\nbogus: 1\n", bad);
	return fclose(bad);
}

static int clean(void **state)
{
	struct fixture *fixture = *state;
	unlink(fixture->bad);
	rmdir(fixture->folder);
	easectl_forget(&fixture->ctl);
	free(fixture);
	return 0;
}

/* Runs easectl with the words, of which the last is NULL. */
static int run(struct fixture *fixture, char **words)
{
	int count = 0;
	while (words[count] != NULL) {
		count++;
	}
	return easectl_run(&fixture->ctl, count, words);
}

static char program[] = "easectl";
static char scripts[] = "--scripts=" SCRIPTS;
static char voices[] = "--voices=" VOICES;
static char nowhere[] = "--voices=/nowhere";
static char sessions[] = "sessions";
static char check[] = "check";
static char good[] = GOOD;

static void lists_the_sessions(void **state)
{
	struct fixture *fixture = *state;
	char *words[] = { program, scripts, sessions, NULL };
	assert_int_equal(run(fixture, words), ENDING_DONE);
	assert_non_null(strstr(fixture->ctl.out, "lower-back-hands  "));
	assert_non_null(strstr(fixture->ctl.out, "\nslow-breath       "));
}

static void passes_a_good_file(void **state)
{
	struct fixture *fixture = *state;
	char *words[] = { program, scripts, voices, check, good, NULL };
	assert_int_equal(run(fixture, words), ENDING_DONE);
	assert_string_equal(fixture->ctl.out, GOOD ": ok\n");
	assert_string_equal(fixture->ctl.err, "");
}

static void puts_the_place_of_an_error_first(void **state)
{
	struct fixture *fixture = *state;
	char *words[] = { program, scripts, voices, check, fixture->bad, good, NULL };
	char place[96];
	snprintf(place, sizeof(place), "%s:2:1: unknown key \"bogus\"", fixture->bad);
	assert_int_equal(run(fixture, words), ENDING_BAD_INPUT);
	assert_int_equal(strncmp(fixture->ctl.err, place, strlen(place)), 0);
	assert_string_equal(fixture->ctl.out, GOOD ": ok\n");
}

static void goes_on_without_a_voice(void **state)
{
	struct fixture *fixture = *state;
	char *words[] = { program, scripts, nowhere, check, good, NULL };
	assert_int_equal(run(fixture, words), ENDING_BAD_INPUT);
	assert_non_null(strstr(fixture->ctl.err, "/nowhere"));
	assert_string_equal(fixture->ctl.out, GOOD ": ok\n");
}

static void says_which_folder_has_no_sessions(void **state)
{
	struct fixture *fixture = *state;
	char missing[] = "--scripts=/nowhere";
	char *words[] = { program, missing, sessions, NULL };
	assert_int_equal(run(fixture, words), ENDING_BAD_INPUT);
	assert_non_null(strstr(fixture->ctl.err, "easectl: /nowhere"));
}

static void plays_a_session(void **state)
{
	struct fixture *fixture = *state;
	char play[] = "play";
	char *words[] = { program, scripts, voices, play, good, NULL };
	assert_int_equal(run(fixture, words), ENDING_DONE);
	assert_int_equal(strncmp(fixture->ctl.out, "slow-breath: slow breath\n", 25), 0);
	assert_non_null(strstr(fixture->ctl.out, "\n  0:00  Coach  Welcome. "));
	assert_non_null(strstr(fixture->ctl.out, "Say yes if this is loud enough.\n"
						 "               * yes: (next)\n"
						 "               * no, or silence: (louder)\n"));
	assert_non_null(strstr(fixture->ctl.out, "  You    yes\n"));
	assert_non_null(strstr(fixture->ctl.out, "-- slow-breath, 30 times --\n"));
	assert_non_null(strstr(fixture->ctl.out, "Get up slowly. Goodbye.\n"));
	assert_non_null(strstr(fixture->ctl.out, " end: finished\n\nNot said this time:\n"));
	assert_non_null(strstr(fixture->ctl.out, "\nslow-breath, short\n"));
}

static void plays_no_bad_session(void **state)
{
	struct fixture *fixture = *state;
	char play[] = "play";
	char none[] = "none";
	char *bad[] = { program, scripts, voices, play, fixture->bad, NULL };
	char *missing[] = { program, scripts, voices, play, none, NULL };
	assert_int_equal(run(fixture, bad), ENDING_BAD_INPUT);
	assert_non_null(strstr(fixture->ctl.err, ":2:1: unknown key \"bogus\""));
	assert_string_equal(fixture->ctl.out, "");
	assert_int_equal(run(fixture, missing), ENDING_BAD_INPUT);
	assert_non_null(strstr(fixture->ctl.err, "unknown session \"none\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lists_the_sessions, prepare, clean),
		cmocka_unit_test_setup_teardown(passes_a_good_file, prepare, clean),
		cmocka_unit_test_setup_teardown(puts_the_place_of_an_error_first, prepare, clean),
		cmocka_unit_test_setup_teardown(goes_on_without_a_voice, prepare, clean),
		cmocka_unit_test_setup_teardown(says_which_folder_has_no_sessions, prepare, clean),
		cmocka_unit_test_setup_teardown(plays_a_session, prepare, clean),
		cmocka_unit_test_setup_teardown(plays_no_bad_session, prepare, clean),
	};
	return cmocka_run_group_tests_name("ctl scripts", tests, NULL, NULL);
}
