/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_inquiry.c - questions over running tones: what counts as an answer, and what silence is. */
#include "core_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct unit unit = { .name = "u",
	.title = "u",
	.technique = TECHNIQUE_CIRCLES,
	.pace = { .kind = PACE_STROKES, .stroke_ms = { 2000, 6000 }, .stroke_default_ms = 4000 },
	.seconds = { 60, 120 },
	.pressure = { 1, 3 },
	.rated = true,
	.say_long = "Go." };

static const struct step steps[] = {
	{ .kind = STEP_UNIT, .name = "u", .unit = &unit, .ms = 60000 },
};

static const struct script script = {
	.name = "t", .title = "t", .kind = SESSION_TOUCH, .steps = steps, .step_count = 1
};

static struct core_case desk;

static void set_up(int64_t ms)
{
	const struct engine_options options = { .microphone = true };
	case_init(&desk, &script, &options);
	case_start(&desk);
	assert_true(case_pace(&desk));
	case_pass(&desk, ms);
	desk.engine.pressure.level = 3;
	desk.engine.pressure.target = 3;
}

static void hear_either(int32_t value, int32_t other)
{
	case_feed(&desk, (struct event){ .kind = EVENT_HEARD,
					 .intent = INTENT_RATING,
					 .value = value,
					 .other = other });
}

/* S144: asked once; then the higher of all candidates, and lighter. */
static void assumes_the_higher_number(void **state)
{
	(void)state;
	for (int32_t a = 0; a <= 7; a++) {
		for (int32_t b = 0; b <= 7; b++) {
			const int32_t higher = a > b ? a : b;
			set_up(3000);
			const size_t from = desk.logged;
			hear_either(a, b);
			assert_int_equal(case_said(&desk, from, PHRASE_RATING_CHECK), 1);
			assert_int_equal(desk.engine.pressure.level, 3);
			hear_either(a, b);
			assert_int_equal(case_said(&desk, from, PHRASE_RATING_CHECK), 1);
			assert_int_equal(desk.engine.pressure.rating, higher);
			assert_int_equal(desk.engine.pressure.level, higher > 3 ? 1 : 2);
		}
	}
}

static void remembers_every_candidate(void **state)
{
	(void)state;
	set_up(3000);
	hear_either(2, 7);
	hear_either(1, 3);
	assert_int_equal(desk.engine.pressure.rating, 7);
	set_up(3000);
	hear_either(7, 2);
	case_hear(&desk, INTENT_NOT_SURE, -1);
	assert_int_equal(desk.engine.pressure.rating, 7);
}

/* A pause cuts the question; it is asked again when the session goes on. */
static void asks_again_after_a_pause(void **state)
{
	(void)state;
	unit.rated = false;
	set_up(3000);
	case_hear(&desk, INTENT_LIGHTER, -1);
	case_pass(&desk, 10000);
	assert_int_equal(desk.engine.inquiry.kind, INQUIRY_RATING);
	case_hear(&desk, INTENT_PAUSE, -1);
	assert_int_equal(desk.engine.inquiry.kind, INQUIRY_NONE);
	case_pass(&desk, 3000);
	const size_t from = desk.logged;
	case_hear(&desk, INTENT_CONTINUE, -1);
	case_pass(&desk, RERATE_WITHIN_MS);
	assert_int_equal(case_said(&desk, from, PHRASE_RATING_ASK), 1);
	unit.rated = true;
}

static void releases_when_the_higher_is_eight(void **state)
{
	(void)state;
	set_up(3000);
	hear_either(2, 10);
	assert_int_equal(desk.engine.mode, ENGINE_RUNNING);
	case_pass(&desk, 9000);
	assert_int_equal(desk.engine.mode, ENGINE_STOPPED);
}

static void takes_a_clear_number_after_all(void **state)
{
	(void)state;
	set_up(3000);
	hear_either(2, 10);
	case_hear(&desk, INTENT_RATING, 2);
	assert_int_equal(desk.engine.pressure.level, 3);
	assert_int_equal(desk.engine.inquiry.kind, INQUIRY_NONE);
}

/* Yes, ready and all that was not asked for do not close a question about a number. */
static void waits_for_a_number(void **state)
{
	(void)state;
	static const enum intent others[] = { INTENT_YES, INTENT_NO, INTENT_READY, INTENT_FOUND,
		INTENT_CONTINUE, INTENT_LOUDER, INTENT_SLOWER, INTENT_HOW_LONG, INTENT_ASK };
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		set_up(17000);
		assert_int_equal(desk.engine.inquiry.kind, INQUIRY_RATING);
		case_hear(&desk, others[i], -1);
		assert_int_equal(desk.engine.inquiry.kind, INQUIRY_RATING);
		assert_int_equal(desk.engine.pressure.level, 3);
	}
}

static void takes_silence_for_too_much(void **state)
{
	(void)state;
	set_up(17000);
	const size_t from = desk.logged;
	case_pass(&desk, 20000);
	assert_int_equal(case_said(&desk, from, PHRASE_RATING_AGAIN), 1);
	assert_int_equal(case_said(&desk, from, PHRASE_RATING_SILENT), 1);
	assert_int_equal(desk.engine.pressure.level, 2);
}

static void takes_not_sure_for_too_much(void **state)
{
	(void)state;
	set_up(17000);
	case_hear(&desk, INTENT_NOT_SURE, -1);
	assert_int_equal(desk.engine.pressure.level, 2);
	assert_int_equal(desk.engine.inquiry.kind, INQUIRY_NONE);
}

/* The tones go on under every question, where they would have been. */
static void moves_no_tone(void **state)
{
	(void)state;
	static struct core_case quiet;
	set_up(3000);
	quiet = desk;
	hear_either(1, 2);
	case_hear(&desk, INTENT_REPEAT, -1);
	case_pass(&desk, 30000);
	case_pass(&quiet, 30000);
	size_t k = 0;
	for (size_t i = 0; i < desk.logged; i++) {
		if (desk.log[i].kind != ACTION_TONE) {
			continue;
		}
		while (quiet.log[k].kind != ACTION_TONE) {
			k++;
		}
		assert_int_equal(desk.log[i].at, quiet.log[k].at);
		assert_int_equal(desk.log[i].tone, quiet.log[k].tone);
		k++;
	}
	assert_int_equal(case_count(&desk, 0, ACTION_TONE), case_count(&quiet, 0, ACTION_TONE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(assumes_the_higher_number),
		cmocka_unit_test(remembers_every_candidate),
		cmocka_unit_test(asks_again_after_a_pause),
		cmocka_unit_test(releases_when_the_higher_is_eight),
		cmocka_unit_test(takes_a_clear_number_after_all),
		cmocka_unit_test(waits_for_a_number),
		cmocka_unit_test(takes_silence_for_too_much),
		cmocka_unit_test(takes_not_sure_for_too_much),
		cmocka_unit_test(moves_no_tone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
