/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_engine.c - an engine is a value; time only goes on; what is over is over. */
#include "core_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct unit unit = { .name = "u",
	.title = "u",
	.technique = TECHNIQUE_CIRCLES,
	.pace = { .kind = PACE_STROKES, .stroke_ms = { 2000, 6000 }, .stroke_default_ms = 4000 },
	.seconds = { 60, 120 },
	.pressure = { 1, 3 },
	.rated = true,
	.say_long = "Go." };

static const struct step steps[] = {
	{ .kind = STEP_SAY, .name = "hello", .say = "Hello.", .rest_ms = 1000 },
	{ .kind = STEP_UNIT, .name = "u", .unit = &unit, .ms = 60000 },
};

static const struct script script = {
	.name = "t", .title = "t", .kind = SESSION_TOUCH, .steps = steps, .step_count = 2
};

static const struct engine_options options = { .microphone = true };

static struct core_case desk;
static struct core_case twin;

static void names_everything(void **state)
{
	(void)state;
	for (int i = 0; i < WHY_COUNT; i++) {
		assert_true(strlen(why_name((enum why)i)) > 0);
	}
	for (int i = 0; i < EVENT_KIND_COUNT; i++) {
		assert_true(strlen(event_kind_name((enum event_kind)i)) > 0);
	}
	for (int i = 0; i < ACTION_KIND_COUNT; i++) {
		assert_true(strlen(action_kind_name((enum action_kind)i)) > 0);
	}
	assert_string_equal(end_reason_name(END_MEDICAL), "medical");
	assert_string_equal(end_reason_name(END_REASON_COUNT), "none");
	assert_string_equal(why_name(WHY_COUNT), "none");
	assert_string_equal(event_kind_name(EVENT_KIND_COUNT), "none");
	assert_string_equal(action_kind_name(ACTION_KIND_COUNT), "none");
}

static void waits_for_its_start(void **state)
{
	(void)state;
	struct engine_view view;
	case_init(&desk, &script, &options);
	assert_true(engine_deadline(&desk.engine) == FRAMES_NEVER);
	for (int intent = 0; intent < INTENT_COUNT; intent++) {
		case_hear(&desk, (enum intent)intent, 5);
	}
	case_feed(&desk, (struct event){ .kind = EVENT_TICK });
	case_feed(&desk, (struct event){ .kind = EVENT_SAID, .utterance = 1 });
	assert_int_equal(desk.logged, 0);
	engine_look(&desk.engine, &view);
	assert_int_equal(view.mode, ENGINE_IDLE);
	assert_null(view.step);
}

static void shows_where_it_is(void **state)
{
	(void)state;
	struct engine_view view;
	frames_t left = FRAMES_NEVER;
	case_init(&desk, &script, &options);
	case_start(&desk);
	assert_true(case_pace(&desk));
	for (int i = 0; i < 50; i++) {
		case_pass(&desk, 1000);
		engine_look(&desk.engine, &view);
		assert_int_equal(view.mode, ENGINE_RUNNING);
		assert_ptr_equal(view.step, &steps[1]);
		assert_true(view.target >= 1 && view.target <= 3);
		assert_int_equal(view.ceiling, 3);
		assert_true(view.left <= left && view.left >= 0);
		left = view.left;
	}
	case_hear(&desk, INTENT_PAUSE, -1);
	engine_look(&desk.engine, &view);
	assert_int_equal(view.mode, ENGINE_PAUSED);
	assert_int_equal(view.target, 0);
}

static void is_a_value(void **state)
{
	(void)state;
	case_init(&desk, &script, &options);
	case_start(&desk);
	case_pass(&desk, 12345);
	twin = desk;
	case_pass(&desk, 30000);
	case_hear(&desk, INTENT_LIGHTER, -1);
	case_pass(&desk, 200000);
	case_pass(&twin, 30000);
	case_hear(&twin, INTENT_LIGHTER, -1);
	case_pass(&twin, 200000);
	assert_int_equal(desk.logged, twin.logged);
	for (size_t i = 0; i < desk.logged; i++) {
		assert_int_equal(desk.log[i].kind, twin.log[i].kind);
		assert_int_equal(desk.log[i].at, twin.log[i].at);
		assert_ptr_equal(desk.log[i].text, twin.log[i].text);
	}
	assert_int_equal(desk.engine.mode, ENGINE_OVER);
}

static void is_over_when_it_is_over(void **state)
{
	(void)state;
	case_init(&desk, &script, &options);
	case_start(&desk);
	case_pass(&desk, 300000);
	assert_int_equal(desk.log[desk.logged - 1].kind, ACTION_END);
	const size_t from = desk.logged;
	for (int kind = 0; kind < EVENT_KIND_COUNT; kind++) {
		case_feed(&desk, (struct event){ .kind = (enum event_kind)kind,
						 .intent = INTENT_CONTINUE });
	}
	assert_int_equal(desk.logged, from);
	assert_true(engine_deadline(&desk.engine) == FRAMES_NEVER);
}

static void ignores_reports_it_did_not_ask_for(void **state)
{
	(void)state;
	case_init(&desk, &script, &options);
	case_start(&desk);
	const size_t from = desk.logged;
	case_feed(&desk, (struct event){ .kind = EVENT_SAID, .utterance = 0 });
	case_feed(&desk, (struct event){ .kind = EVENT_SAID, .utterance = 2 });
	case_feed(&desk, (struct event){ .kind = EVENT_SAID, .utterance = UINT32_MAX });
	assert_int_equal(desk.logged, from);
	case_hear(&desk, INTENT_REPEAT, -1);
	const size_t hushed = desk.logged;
	case_feed(&desk, (struct event){ .kind = EVENT_SAID, .utterance = 1, .cut = true });
	assert_int_equal(desk.logged, hushed);
}

/* Time that seems to run backwards is taken as standing still. */
static void never_goes_back(void **state)
{
	(void)state;
	case_init(&desk, &script, &options);
	case_start(&desk);
	case_pass(&desk, 10000);
	const frames_t now = desk.engine.now;
	desk.now = 5;
	case_hear(&desk, INTENT_LIGHTER, -1);
	assert_int_equal(desk.engine.now, now);
}

static void ignores_numbers_that_are_none(void **state)
{
	(void)state;
	static const int32_t bad[] = { -1, 11, 1000, INT32_MIN, INT32_MAX };
	case_init(&desk, &script, &options);
	case_start(&desk);
	assert_true(case_pace(&desk));
	const size_t from = desk.logged;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		case_hear(&desk, INTENT_RATING, bad[i]);
	}
	assert_int_equal(desk.logged, from);
}

static int32_t volume_after(int32_t volume_db, enum intent intent)
{
	const struct engine_options loud = { .microphone = true, .volume_db = volume_db };
	case_init(&desk, &script, &loud);
	case_start(&desk);
	case_hear(&desk, intent, -1);
	return desk.engine.volume_db;
}

/* A session may begin quieter than "quieter" goes: then that is no way to be louder. */
static void changes_loudness_within_its_range(void **state)
{
	(void)state;
	assert_int_equal(volume_after(0, INTENT_LOUDER), 3);
	assert_int_equal(volume_after(5, INTENT_LOUDER), 6);
	assert_int_equal(case_said(&desk, 0, PHRASE_LOUDER), 1);
	assert_int_equal(volume_after(6, INTENT_LOUDER), 6);
	assert_int_equal(case_said(&desk, 0, PHRASE_LOUDEST), 1);
	assert_int_equal(volume_after(-11, INTENT_QUIETER), -12);
	assert_int_equal(volume_after(-12, INTENT_QUIETER), -12);
	assert_int_equal(case_said(&desk, 0, PHRASE_QUIETEST), 1);
	assert_int_equal(volume_after(-20, INTENT_QUIETER), -20);
	assert_int_equal(case_said(&desk, 0, PHRASE_QUIETEST), 1);
	assert_int_equal(volume_after(-20, INTENT_LOUDER), -12);
}

/* Where all is stopped the same holds, without words of its own. */
static void changes_loudness_when_stopped(void **state)
{
	(void)state;
	assert_int_equal(volume_after(-20, INTENT_STOP), -20);
	case_hear(&desk, INTENT_QUIETER, -1);
	assert_int_equal(desk.engine.volume_db, -20);
	case_hear(&desk, INTENT_LOUDER, -1);
	assert_int_equal(desk.engine.volume_db, -12);
}

/* A voice half as fast as estimated is waited for. */
static void waits_for_a_slow_voice(void **state)
{
	(void)state;
	static const struct step slow[] = {
		{ .kind = STEP_SAY,
				.name = "slow",
				.say = "One two three four five six seven eight nine ten eleven "
				       "twelve thirteen fourteen fifteen sixteen seventeen "
				       "eighteen nineteen twenty and now once more from one two "
				       "three four five six seven eight nine ten eleven twelve "
				       "thirteen fourteen fifteen sixteen seventeen eighteen.",
				.rest_ms = 600000 },
	};
	const struct script long_script = { .name = "s",
		.title = "s",
		.kind = SESSION_RELAXATION,
		.steps = slow,
		.step_count = 1 };
	case_init(&desk, &long_script, &options);
	case_start(&desk);
	const frames_t estimate = frames_from_ms(text_duration_ms(slow[0].say));
	assert_true(estimate > frames_from_ms(SAID_GRACE_MS));
	assert_true(engine_deadline(&desk.engine) >= 2 * estimate + frames_from_ms(SAID_GRACE_MS));
}

static void ends_an_empty_session(void **state)
{
	(void)state;
	const struct script empty = { .name = "e", .title = "e", .kind = SESSION_TOUCH };
	case_init(&desk, &empty, &options);
	case_start(&desk);
	assert_int_equal(desk.engine.mode, ENGINE_OVER);
	assert_int_equal(desk.log[0].kind, ACTION_END);
	assert_int_equal(desk.log[0].reason, END_FINISHED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_everything),
		cmocka_unit_test(waits_for_its_start),
		cmocka_unit_test(shows_where_it_is),
		cmocka_unit_test(is_a_value),
		cmocka_unit_test(is_over_when_it_is_over),
		cmocka_unit_test(ignores_reports_it_did_not_ask_for),
		cmocka_unit_test(never_goes_back),
		cmocka_unit_test(ignores_numbers_that_are_none),
		cmocka_unit_test(changes_loudness_within_its_range),
		cmocka_unit_test(changes_loudness_when_stopped),
		cmocka_unit_test(waits_for_a_slow_voice),
		cmocka_unit_test(ends_an_empty_session),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
