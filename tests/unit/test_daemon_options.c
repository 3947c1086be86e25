/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: daemon */
/* test_daemon_options.c - the command line of eased: what goes together, what is refused. */
#include "daemon/options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define WORDS_MAX 16

static enum options_verdict parse(struct options *out, const char *const *words)
{
	char storage[WORDS_MAX][64] = { "eased" };
	char *argv[WORDS_MAX + 1] = { storage[0] };
	int argc = 1;
	for (; words[argc - 1] != NULL; argc++) {
		snprintf(storage[argc], sizeof(storage[argc]), "%s", words[argc - 1]);
		argv[argc] = storage[argc];
	}
	return options_parse(argc, argv, out);
}

#define PARSE(out, ...) parse(out, (const char *const[]){ __VA_ARGS__, NULL })

static void waits_for_a_start_without_words(void **state)
{
	(void)state;
	struct options options;
	assert_int_equal(parse(&options, (const char *const[]){ NULL }), OPTIONS_RUN);
	assert_null(options.session);
	assert_null(options.out);
	assert_false(options.screened);
}

static void takes_a_whole_offline_line(void **state)
{
	(void)state;
	struct options options;
	const enum options_verdict verdict = PARSE(&options, "--session", "s", "--out", "o.wav",
			"--in=i.wav", "--echo", "-12.5,80", "--screened", "-vv");
	assert_int_equal(verdict, OPTIONS_RUN);
	assert_true(options.echo);
	assert_float_equal(options.echo_gain_db, -12.5, 0.0);
	assert_int_equal(options.echo_delay_ms, 80);
	assert_null(options.echo_room);
	assert_true(options.screened);
	assert_int_equal(options.verbose, 2);
}

static void refuses_what_does_not_go_together(void **state)
{
	(void)state;
	struct options options;
	assert_int_equal(PARSE(&options, "--out", "o.wav"), OPTIONS_USAGE);
	assert_int_equal(PARSE(&options, "--session", "s", "--in", "i.wav"), OPTIONS_USAGE);
	assert_int_equal(PARSE(&options, "--session", "s", "--cast", "c.yaml"), OPTIONS_USAGE);
	assert_int_equal(PARSE(&options, "--session", "s", "--echo", "0,0"), OPTIONS_USAGE);
	assert_int_equal(PARSE(&options, "--session", "s", "--out", "o.wav", "--input", "x"),
			OPTIONS_USAGE);
	assert_int_equal(PARSE(&options, "--session", "s", "--out", "o.wav", "--in", "i.wav",
					 "--deaf"),
			OPTIONS_USAGE);
	assert_int_equal(PARSE(&options, "--session", "s", "--minutes", "4"), OPTIONS_USAGE);
	assert_int_equal(PARSE(&options, "--session", "s", "--minutes", "16"), OPTIONS_USAGE);
	assert_int_equal(PARSE(&options, "--session", "s", "--minutes", "7"), OPTIONS_RUN);
	assert_int_equal(options.minutes, 7);
	assert_int_equal(PARSE(&options, "lower-back-hands"), OPTIONS_USAGE);
	assert_int_equal(PARSE(&options, "--sesion", "s"), OPTIONS_USAGE);
	assert_int_equal(PARSE(&options, "--session"), OPTIONS_USAGE);
	assert_int_equal(PARSE(&options, "--session", ""), OPTIONS_USAGE);
}

static void refuses_an_echo_that_is_none(void **state)
{
	(void)state;
	static const char *const wrong[] = { "", "-6", "-6,", ",10", "-6,10ms", "x,10", "-61,10",
		"21,10", "nan,10", "-6,-1", "-6,501", "-6,10,", "-6,10 room.wav" };
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct options options;
		assert_int_equal(
				PARSE(&options, "--session", "s", "--out", "o", "--echo", wrong[i]),
				OPTIONS_USAGE);
	}
}

static void takes_the_room_of_an_echo(void **state)
{
	(void)state;
	struct options options;
	assert_int_equal(PARSE(&options, "--session", "s", "--out", "o", "--echo", "-6,10,a,b.wav"),
			OPTIONS_RUN);
	assert_int_equal(options.echo_delay_ms, 10);
	assert_non_null(options.echo_room);
}

static void helps_before_it_complains(void **state)
{
	(void)state;
	struct options options;
	assert_int_equal(PARSE(&options, "--help"), OPTIONS_HELP);
	assert_int_equal(PARSE(&options, "--version"), OPTIONS_VERSION);
	assert_int_equal(PARSE(&options, "--out", "o.wav", "-h"), OPTIONS_HELP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits_for_a_start_without_words),
		cmocka_unit_test(takes_a_whole_offline_line),
		cmocka_unit_test(refuses_what_does_not_go_together),
		cmocka_unit_test(refuses_an_echo_that_is_none),
		cmocka_unit_test(takes_the_room_of_an_echo),
		cmocka_unit_test(helps_before_it_complains),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
