/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_hold.c - one spot: found, held, offered a little more, and left to rest (S80-S86), by one's
 * own hand, by a partner's, and with the ball. */
#include "core_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HOLD_MS 30000
#define SHORT_HOLD_MS 20000
#define STEPS 3

static struct core_case desk;
static struct unit hold;
static struct unit between;
static struct step steps[STEPS];
static struct script script;

static const enum technique spots[] = { TECHNIQUE_SELF_TRIGGER_POINT, TECHNIQUE_TRIGGER_POINT,
	TECHNIQUE_BALL };

/* A hold, a rest of that length, and a hold of the same place. */
static void lay_out(enum technique technique, int32_t rest_ms)
{
	const bool partner = rule_of(technique)->who == WHO_PARTNER;
	hold = (struct unit){
		.name = "hold",
		.title = "hold",
		.technique = technique,
		.pace = { .kind = PACE_HOLD },
		.seconds = rule_of(technique)->seconds,
		.pressure = { 1, 5 },
		.rated = true,
		.say_long = "Say found it.",
	};
	between = (struct unit){ .name = "between",
		.title = "between",
		.technique = TECHNIQUE_REST,
		.say_long = "Rest." };
	steps[0] = (struct step){
		.kind = STEP_UNIT, .name = "first", .unit = &hold, .side = SIDE_LEFT, .ms = HOLD_MS
	};
	steps[1] = (struct step){
		.kind = STEP_UNIT, .name = "between", .unit = &between, .ms = rest_ms
	};
	steps[2] = steps[0];
	steps[2].name = "second";
	script = (struct script){ .name = "s",
		.title = "s",
		.kind = SESSION_TOUCH,
		.who = partner ? WHO_PARTNER : WHO_SELF,
		.steps = steps,
		.step_count = STEPS };
}

static void begin(void)
{
	const struct engine_options options = { .screened = true, .microphone = true };
	case_init(&desk, &script, &options);
	desk.engine.flow.warm = true;
	case_start(&desk);
}

static void until_seeking(void)
{
	while (desk.engine.flow.phase != FLOW_SEEKING) {
		assert_true(case_follow(&desk, 0));
	}
}

static const struct action *tone_since(size_t from, enum tone_kind kind)
{
	for (size_t i = from; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_TONE && desk.log[i].tone == kind) {
			return &desk.log[i];
		}
	}
	return NULL;
}

/* The words for one's own hands, or for a giver's. */
static enum phrase form(enum phrase own, enum phrase giver)
{
	return script.who == WHO_PARTNER ? giver : own;
}

static void found_starts_the_hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
		lay_out(spots[i], 1000);
		begin();
		until_seeking();
		case_pass(&desk, 12000);
		assert_null(tone_since(0, TONE_HOLD));
		case_hear(&desk, INTENT_FOUND, -1);
		assert_int_equal(case_said(&desk, 0,
						 form(PHRASE_HOLD_FOUND, PHRASE_HOLD_FOUND_GIVER)),
				1);
		assert_true(case_pace(&desk));
		const struct action *tone = tone_since(0, TONE_HOLD);
		assert_non_null(tone);
		assert_int_equal(tone->length, frames_from_ms(HOLD_MS));
		assert_true(tone->at >= desk.now);
	}
}

static void half_a_minute_starts_it_too(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
		lay_out(spots[i], 1000);
		begin();
		until_seeking();
		case_pass(&desk, FIND_SPOT_MS - 1);
		assert_int_equal(desk.engine.flow.phase, FLOW_SEEKING);
		case_pass(&desk, 2);
		assert_int_equal(
				case_said(&desk, 0,
						form(PHRASE_HOLD_ANYWAY, PHRASE_HOLD_ANYWAY_GIVER)),
				1);
		assert_true(case_pace(&desk));
	}
}

/* S84, S140: no beat is heard that could be tapped or jabbed to. */
static void a_hold_is_one_slow_tone(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
		lay_out(spots[i], 1000);
		begin();
		until_seeking();
		case_hear(&desk, INTENT_FOUND, -1);
		case_pass(&desk, HOLD_MS + 5000);
		assert_non_null(tone_since(0, TONE_HOLD));
		assert_non_null(tone_since(0, TONE_END));
		assert_null(tone_since(0, TONE_BEAT));
		assert_null(tone_since(0, TONE_START));
		assert_null(tone_since(0, TONE_TURN));
	}
}

static void easing_ends_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
		lay_out(spots[i], 1000);
		begin();
		until_seeking();
		case_hear(&desk, INTENT_FOUND, -1);
		case_pass(&desk, 5000);
		const size_t from = desk.logged;
		case_hear(&desk, INTENT_EASING, -1);
		const struct action *end = tone_since(from, TONE_END);
		assert_non_null(end);
		assert_true(end->at <= desk.now + frames_from_ms(1000));
		assert_int_equal(case_count(&desk, from, ACTION_TONES_OFF), 1);
		assert_null(tone_since(from, TONE_HOLD));
	}
}

/* Lives on to the first rating of a hold that was found at once, and says this number. */
static size_t rate(enum technique technique, int32_t value)
{
	lay_out(technique, 1000);
	begin();
	until_seeking();
	case_hear(&desk, INTENT_FOUND, -1);
	while (desk.engine.inquiry.kind != INQUIRY_RATING) {
		assert_true(case_follow(&desk, 0));
	}
	case_pass(&desk, 1500);
	case_hear(&desk, INTENT_RATING, value);
	return desk.logged;
}

static void one_more_is_offered_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
		const bool knot = rule_of(spots[i])->knot;
		const size_t from = rate(spots[i], 3);
		assert_int_equal(case_said(&desk, 0, PHRASE_MORE_OFFER), knot ? 1 : 0);
		if (!knot) {
			continue;
		}
		case_pass(&desk, 1500);
		case_hear(&desk, INTENT_YES, -1);
		assert_int_equal(desk.engine.pressure.level, PRESSURE_START + 1);
		case_hear(&desk, INTENT_RATING, 3);
		assert_int_equal(case_said(&desk, from, PHRASE_MORE_OFFER), 0);
		assert_int_equal(desk.engine.pressure.level, PRESSURE_START + 1);
	}
}

static void only_after_a_rating_that_allows_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
		for (int32_t value = PRESSURE_CEILING_DEFAULT; value <= RATING_MAX; value++) {
			(void)rate(spots[i], value);
			assert_int_equal(case_said(&desk, 0, PHRASE_MORE_OFFER), 0);
		}
	}
	static const enum intent others[] = { INTENT_NO, INTENT_NOT_SURE, INTENT_READY };
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		(void)rate(TECHNIQUE_TRIGGER_POINT, 3);
		case_pass(&desk, 1500);
		case_hear(&desk, others[i], -1);
		case_pass(&desk, 20000);
		assert_true(desk.engine.pressure.level <= PRESSURE_START);
	}
}

/* From the end of the first hold to the first tone of the second. */
static frames_t rest_of(enum technique technique, int32_t rest_ms, enum side side, enum area area)
{
	lay_out(technique, rest_ms);
	steps[2].side = side;
	steps[2].area = area;
	begin();
	until_seeking();
	case_hear(&desk, INTENT_FOUND, -1);
	while (flow_step(&desk.engine) == &steps[0]) {
		assert_true(case_follow(&desk, 0));
	}
	const frames_t over = desk.now;
	const size_t from = desk.logged;
	while (desk.engine.flow.phase != FLOW_SEEKING) {
		if (!case_follow(&desk, 0)) {
			return FRAMES_NEVER;
		}
	}
	case_hear(&desk, INTENT_FOUND, -1);
	assert_true(case_pace(&desk));
	const struct action *tone = tone_since(from, TONE_HOLD);
	assert_non_null(tone);
	return tone->at - over;
}

/* Whose hands are meant is said where two people listen. */
static void a_giver_is_told_that_the_spot_rests(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
		(void)rest_of(spots[i], 90000, SIDE_LEFT, AREA_NONE);
		assert_int_equal(case_said(&desk, 0,
						 form(PHRASE_SPOT_WAITS, PHRASE_SPOT_WAITS_GIVER)),
				1);
		assert_int_equal(case_said(&desk, 0,
						 form(PHRASE_SPOT_WAITS_GIVER, PHRASE_SPOT_WAITS)),
				0);
	}
}

static void pause_and_continue(void)
{
	case_hear(&desk, INTENT_PAUSE, -1);
	case_pass(&desk, 3000);
	case_hear(&desk, INTENT_CONTINUE, -1);
}

static void stop_and_continue(void)
{
	case_hear(&desk, INTENT_STOP, -1);
	case_pass(&desk, 3000);
	case_hear(&desk, INTENT_NO, -1); /* nothing hurts */
	case_pass(&desk, 3000);
	case_hear(&desk, INTENT_CONTINUE, -1);
	case_pass(&desk, 3000);
	case_hear(&desk, INTENT_YES, -1); /* comfortable */
}

static void repeat(void)
{
	case_hear(&desk, INTENT_REPEAT, -1);
}

/* The search is over: who interrupts the words that begin the hold is not sent to search again, and
 * may say once more that it was found. */
static void a_spot_that_was_found_is_not_looked_for_again(void **state)
{
	static void (*const ways[])(void) = { pause_and_continue, stop_and_continue, repeat };

	(void)state;
	for (size_t i = 0; i < 3 * sizeof spots / sizeof spots[0]; i++) {
		lay_out(spots[i / 3], 1000);
		steps[0].ms = SHORT_HOLD_MS;
		begin();
		until_seeking();
		case_pass(&desk, 5000);
		case_hear(&desk, INTENT_FOUND, -1);
		case_pass(&desk, 400);
		const size_t from = desk.logged;
		ways[i % 3]();
		assert_int_equal(desk.engine.flow.phase, FLOW_SAYING);
		assert_int_equal(
				case_said(&desk, from,
						form(PHRASE_HOLD_ANYWAY, PHRASE_HOLD_ANYWAY_GIVER)),
				1);
		for (size_t k = from; k < desk.logged; k++) {
			assert_true(desk.log[k].kind != ACTION_SAY ||
					desk.log[k].text != hold.say_long);
		}
		assert_true(case_pace(&desk));
		case_pass(&desk, 5000);
		const size_t held = desk.logged;
		case_hear(&desk, INTENT_FOUND, -1);
		const struct action *tone = tone_since(held, TONE_HOLD);
		assert_non_null(tone);
		assert_true(tone->length > frames_from_ms(SHORT_HOLD_MS - 5000));
	}
}

/* S161: somebody presses, so they are told first to let go. */
static void a_hold_that_breaks_off_is_let_go(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
		lay_out(spots[i], 1000);
		begin();
		until_seeking();
		case_hear(&desk, INTENT_FOUND, -1);
		assert_true(case_pace(&desk));
		desk.engine.flow.voice_db = 50;
		for (int k = 0; k < 10; k++) {
			case_pass(&desk, 1000);
			case_feed(&desk, (struct event){ .kind = EVENT_NOISE, .noise_db = 45 });
		}
		assert_int_equal(case_said(&desk, 0,
						 form(PHRASE_DEEP_BROKEN_OFF,
								 PHRASE_DEEP_BROKEN_OFF_GIVER)),
				1);
	}
}

static void a_spot_rests_for_two_minutes(void **state)
{
	(void)state;
	const frames_t least = frames_from_ms(HOLD_AGAIN_AFTER_MS);
	for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
		for (int32_t rest_ms = 65000; rest_ms < 180000; rest_ms += 5000) {
			const frames_t rest = rest_of(spots[i], rest_ms, SIDE_LEFT, AREA_NONE);
			assert_true(rest >= least);
			assert_true(rest <=
					frames_from_ms(10000) +
							(least > frames_from_ms(rest_ms)
											? least
											: frames_from_ms(rest_ms)));
		}
	}
}

/* Nobody waits in silence for longer than a minute. */
static void what_would_take_long_is_left_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
		assert_int_equal(rest_of(spots[i], 20000, SIDE_LEFT, AREA_NONE), FRAMES_NEVER);
		assert_int_equal(case_said(&desk, 0, PHRASE_SPOT_TOO_SOON), 1);
		assert_int_equal(desk.engine.mode, ENGINE_OVER);
	}
}

static void another_place_need_not_wait(void **state)
{
	(void)state;
	const frames_t soon = frames_from_ms(20000);
	assert_true(rest_of(TECHNIQUE_TRIGGER_POINT, 2000, SIDE_RIGHT, AREA_NONE) < soon);
	assert_true(rest_of(TECHNIQUE_TRIGGER_POINT, 2000, SIDE_LEFT, AREA_HIP) < soon);
}

static void nothing_is_held_a_third_time(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spots / sizeof spots[0]; i++) {
		lay_out(spots[i], 1000);
		begin();
		until_seeking();
		desk.engine.flow.spots[SIDE_LEFT * AREA_COUNT].holds = HOLDS_PER_SPOT - 1;
		case_hear(&desk, INTENT_FOUND, -1);
		case_pass(&desk, 60000);
		assert_int_equal(case_said(&desk, 0, PHRASE_SKIPPED), 1);
		assert_int_equal(desk.engine.mode, ENGINE_OVER);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(found_starts_the_hold),
		cmocka_unit_test(half_a_minute_starts_it_too),
		cmocka_unit_test(a_hold_is_one_slow_tone),
		cmocka_unit_test(easing_ends_it),
		cmocka_unit_test(one_more_is_offered_once),
		cmocka_unit_test(only_after_a_rating_that_allows_it),
		cmocka_unit_test(a_giver_is_told_that_the_spot_rests),
		cmocka_unit_test(a_spot_that_was_found_is_not_looked_for_again),
		cmocka_unit_test(a_hold_that_breaks_off_is_let_go),
		cmocka_unit_test(a_spot_rests_for_two_minutes),
		cmocka_unit_test(what_would_take_long_is_left_out),
		cmocka_unit_test(another_place_need_not_wait),
		cmocka_unit_test(nothing_is_held_a_third_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
