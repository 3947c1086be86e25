/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: daemon */
/* test_cast.c - who speaks when in an offline session. */
#include "daemon/cast.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define MS(ms) ((frames_t)(ms)*48)

static struct cast_player player;

static void play(const struct cast *cast)
{
	static const struct step steps[] = { { .name = "consent" }, { .name = "skin" } };
	static const struct script script = { .steps = steps, .step_count = 2 };
	assert_int_equal(cast_init(&player, cast, &script), STATUS_OK);
}

static void said(const char *text, const char *step, int64_t ms)
{
	cast_note(&player, &(struct note){ .kind = NOTE_SAID,
					   .at = MS(ms),
					   .text = text,
					   .name = step });
}

static void expect(int64_t before_ms, const char *say, int64_t ms)
{
	frames_t at = 0;
	const struct cast_line *line = cast_due(&player, MS(before_ms), &at);
	assert_non_null(line);
	assert_string_equal(line->say, say);
	assert_int_equal(at, MS(ms));
}

static void expect_silence(int64_t before_ms)
{
	frames_t at = 0;
	assert_null(cast_due(&player, MS(before_ms), &at));
}

static void answers_part_of_a_text_in_any_case(void **state)
{
	(void)state;
	const struct cast_line lines[] = {
		{ .after = "loud ENOUGH", .delay_ms = 600, .say = "yes", .times = 1 },
	};
	play(&(struct cast){ .lines = lines, .line_count = 1 });
	said("Something else.", NULL, 500);
	expect_silence(5000);
	said("Is this loud enough?", NULL, 1000);
	expect_silence(1600);
	expect(1601, "yes", 1600);
	said("Is this loud enough?", NULL, 9000);
	expect_silence(20000);
	cast_finish(&player);
}

static void answers_a_step_by_its_name(void **state)
{
	(void)state;
	const struct cast_line lines[] = { { .after = "consent", .say = "yes", .times = 0 } };
	play(&(struct cast){ .lines = lines, .line_count = 1 });
	said("May we begin?", "consent-2", 1000);
	expect_silence(5000);
	said("May we begin?", "consent", 1000);
	expect(5000, "yes", 1000);
	said("May we begin?", "consent", 2000);
	expect(5000, "yes", 2000);
	cast_finish(&player);
}

static void takes_the_name_of_a_step_for_that_step_only(void **state)
{
	(void)state;
	const struct cast_line lines[] = { { .after = "skin", .say = "no", .times = 0 } };
	play(&(struct cast){ .lines = lines, .line_count = 1 });
	said("Clear skin. Good.", NULL, 1000);
	expect_silence(5000);
	said("Is there a rash?", "skin", 1000);
	expect(5000, "no", 1000);
	cast_finish(&player);
}

static void does_not_answer_what_was_cut(void **state)
{
	(void)state;
	const struct cast_line lines[] = { { .after = "begin", .say = "yes", .times = 1 } };
	play(&(struct cast){ .lines = lines, .line_count = 1 });
	cast_note(&player,
			&(struct note){ .kind = NOTE_SAID, .cut = true, .text = "May we begin?" });
	cast_note(&player, &(struct note){ .kind = NOTE_SAY, .text = "May we begin?" });
	expect_silence(5000);
	cast_finish(&player);
}

static void takes_one_answer_after_the_other(void **state)
{
	(void)state;
	const struct cast_line lines[] = {
		{ .after = "how strong", .delay_ms = 500, .say = "four", .times = 1 },
		{ .after = "how strong", .delay_ms = 900, .say = "seven", .times = 1 },
		{ .after = "how strong", .delay_ms = 500, .say = "three", .times = 0 },
	};
	play(&(struct cast){ .lines = lines, .line_count = 3 });
	said("How strong?", NULL, 1000);
	expect(9000, "four", 1500);
	expect_silence(9000);
	said("How strong?", NULL, 10000);
	expect(19000, "seven", 10900);
	expect_silence(19000);
	said("How strong?", NULL, 20000);
	expect(29000, "three", 20500);
	said("How strong?", NULL, 30000);
	expect(39000, "three", 30500);
	cast_finish(&player);
}

static void says_two_things_after_one_text_when_their_delays_differ(void **state)
{
	(void)state;
	const struct cast_line lines[] = {
		{ .after = "glide", .delay_ms = 2000, .say = "lighter", .times = 1 },
		{ .after = "glide", .delay_ms = 6000, .say = "stop", .times = 1 },
	};
	play(&(struct cast){ .lines = lines, .line_count = 2 });
	said("Now glide.", NULL, 0);
	expect(4000, "lighter", 2000);
	expect_silence(4000);
	expect(7000, "stop", 6000);
	cast_finish(&player);
}

static void speaks_by_the_clock(void **state)
{
	(void)state;
	const struct cast_line lines[] = {
		{ .at_ms = 2000, .say = "stop", .times = 1 },
		{ .at_ms = 1000, .delay_ms = 500, .say = "pause", .times = 1 },
	};
	play(&(struct cast){ .lines = lines, .line_count = 2 });
	expect_silence(1500);
	expect(1510, "pause", 1500);
	expect_silence(1510);
	expect(2010, "stop", 2000);
	expect_silence(90000);
	cast_finish(&player);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_part_of_a_text_in_any_case),
		cmocka_unit_test(answers_a_step_by_its_name),
		cmocka_unit_test(takes_the_name_of_a_step_for_that_step_only),
		cmocka_unit_test(does_not_answer_what_was_cut),
		cmocka_unit_test(takes_one_answer_after_the_other),
		cmocka_unit_test(says_two_things_after_one_text_when_their_delays_differ),
		cmocka_unit_test(speaks_by_the_clock),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
