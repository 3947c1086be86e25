/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp audio */
/* test_device_quiet.c - a flood on stderr is held back, counted and over when it is over. */
#include "audio/bounded.h"
#include "audio/quiet.h"

#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SECOND ((usec_t)1000000)
#define LINES 200

static void some_lines_pass_each_second_and_the_rest_is_counted(void **state)
{
	(void)state;
	struct quiet_meter meter = { 0 };
	unsigned dropped = 0;
	for (unsigned i = 0; i < 100; i++) {
		assert_int_equal(quiet_may_pass(&meter, 5 * SECOND + i, &dropped), i < QUIET_LINES);
		assert_int_equal(dropped, 0);
	}
	assert_false(quiet_may_pass(&meter, 6 * SECOND - 1, &dropped));
	assert_true(quiet_may_pass(&meter, 6 * SECOND, &dropped));
	assert_int_equal(dropped, 101 - QUIET_LINES);
	assert_true(quiet_may_pass(&meter, 6 * SECOND, &dropped));
	assert_int_equal(dropped, 0);
}

/* What is written to the descriptor goes to a file; the text of it afterwards. */
static void read_back(int file, char *out, size_t size)
{
	const ssize_t got = pread(file, out, size - 1, 0);
	out[got > 0 ? got : 0] = '\0';
}

static void a_flood_is_held_back_and_nothing_else(void **state)
{
	(void)state;
	char path[] = "/tmp/ease-test-XXXXXX";
	char text[8192];
	const int kept = dup(STDERR_FILENO);
	const int file = mkstemp(path);
	assert_true(kept >= 0 && file >= 0);
	assert_int_equal(unlink(path), 0);
	assert_true(dup2(file, STDERR_FILENO) >= 0);
	FILE *before = stderr;
	struct quiet *quiet = quiet_stderr();
	for (int i = 0; quiet != NULL && i < LINES; i++) {
		fprintf(stderr, "noise %d\n", i);
	}
	/* the log and the sanitizers write to the descriptor */
	const ssize_t direct = write(STDERR_FILENO, "direct\n", 7);
	quiet_restore(quiet);
	fputs("after\n", stderr);
	assert_true(dup2(kept, STDERR_FILENO) >= 0);
	close(kept);
	read_back(file, text, sizeof(text));
	close(file);

	assert_non_null(quiet);
	assert_ptr_equal(stderr, before);
	assert_int_equal(direct, 7);
	assert_non_null(strstr(text, "noise 0\n"));
	assert_null(strstr(text, "noise 199\n"));
	assert_non_null(strstr(text, "lines of the sound system are left out\n"));
	assert_non_null(strstr(text, "direct\n"));
	assert_non_null(strstr(text, "after\n"));
	quiet_restore(NULL);
}

static void wait_for(void *arg)
{
	sem_wait(arg);
	sem_post(arg);
}

static void a_call_that_does_not_return_is_left_alone(void **state)
{
	(void)state;
	/* the thread may use it until the very end */
	static sem_t gate;
	assert_int_equal(sem_init(&gate, 0, 1), 0);
	assert_int_equal(bounded_run(wait_for, &gate, 60), STATUS_OK);
	assert_int_equal(sem_wait(&gate), 0);
	assert_int_equal(bounded_run(wait_for, &gate, 0), STATUS_BACKEND);
	assert_int_equal(sem_post(&gate), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(some_lines_pass_each_second_and_the_rest_is_counted),
		cmocka_unit_test(a_flood_is_held_back_and_nothing_else),
		cmocka_unit_test(a_call_that_does_not_return_is_left_alone),
	};
	return cmocka_run_group_tests_name("device_quiet", tests, NULL, NULL);
}
