/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_pressure.c - the truth tables of S131-S148, written down a second time. */
#include "core_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct unit warm = { .name = "warm",
	.title = "warm",
	.technique = TECHNIQUE_CIRCLES,
	.pace = { .kind = PACE_STROKES, .stroke_ms = { 2000, 6000 }, .stroke_default_ms = 4000 },
	.seconds = { 60, 120 },
	.pressure = { 1, 3 },
	.say_long = "Warm." };

static const struct unit work = { .name = "work",
	.title = "work",
	.technique = TECHNIQUE_KNEADING,
	.who = WHO_PARTNER,
	.pace = { .kind = PACE_STROKES, .stroke_ms = { 2000, 6000 }, .stroke_default_ms = 4000 },
	.seconds = { 30, 1200 },
	.pressure = { 1, 7 },
	.say_long = "Work." };

static const struct step steps[] = {
	{ .kind = STEP_UNIT, .name = "warm", .unit = &warm, .ms = 60000 },
	{ .kind = STEP_UNIT, .name = "work", .unit = &work, .side = SIDE_LEFT, .ms = 1200000 },
	{ .kind = STEP_UNIT, .name = "work-2", .unit = &work, .side = SIDE_RIGHT, .ms = 600000 },
	{ .kind = STEP_SAY, .name = "end", .say = "End." },
};

static const struct script script = { .name = "s",
	.title = "s",
	.kind = SESSION_TOUCH,
	.who = WHO_PARTNER,
	.steps = steps,
	.step_count = 4 };

static struct core_case desk;

/* Pacing the second step, after a whole warm-up. */
static void set_up(void)
{
	const struct engine_options options = { .screened = true, .microphone = true };
	case_init(&desk, &script, &options);
	case_start(&desk);
	for (int i = 0; i < 500 && desk.engine.flow.step == 0; i++) {
		assert_true(case_follow(&desk, 0));
	}
	assert_true(case_pace(&desk));
	case_pass(&desk, 2000);
	assert_int_equal(desk.engine.flow.step, 1);
	assert_true(desk.engine.flow.warm);
}

static int32_t level(void)
{
	return desk.engine.pressure.level;
}

static void set_level(int32_t target, int32_t ceiling)
{
	desk.engine.pressure.level = target;
	desk.engine.pressure.target = target;
	desk.engine.pressure.ceiling = ceiling;
}

static void starts_at_two(void **state)
{
	(void)state;
	set_up();
	assert_in_range(level(), 2, 3);
	assert_int_equal(pressure_ceiling(&desk.engine), 5);
}

/* S137, S133, S138: every combination of what firmer depends on. */
static bool may_rise(unsigned flags, int32_t target, int32_t ceiling, int32_t rating)
{
	const bool cold = (flags & 1u) != 0;
	const bool light = (flags & 2u) != 0;
	const bool stopped = (flags & 4u) != 0;
	const bool unrated = (flags & 8u) != 0;
	const bool often = (flags & 16u) != 0;

	return !cold && !light && !stopped && !unrated && !often && target + 1 <= ceiling &&
	       target + 1 <= 7 && rating <= ceiling - 1;
}

static void try_firmer(unsigned flags, int32_t target, int32_t ceiling, int32_t rating)
{
	struct core_case *c = &desk;
	const struct core_case before = desk;
	c->engine.flow.warm = (flags & 1u) == 0;
	c->engine.flow.light = (flags & 2u) != 0;
	c->engine.pressure.stop_cue = (flags & 4u) != 0;
	c->engine.pressure.rated = (flags & 8u) == 0;
	c->engine.pressure.firmer = (flags & 16u) != 0 ? FIRMER_PER_AREA : 0;
	c->engine.pressure.rating = rating;
	set_level(target, ceiling);
	const size_t from = c->logged;
	case_hear(c, INTENT_FIRMER, -1);
	const bool rises = may_rise(flags, target, ceiling, rating);
	assert_int_equal(level(), rises ? target + 1 : target);
	assert_int_equal(case_said(c, from, PHRASE_FIRMER), rises ? 1 : 0);
	assert_int_equal(case_count(c, from, ACTION_SAY), 1); /* and if not, why not */
	desk = before;
}

static void rises_only_where_the_guide_allows(void **state)
{
	(void)state;
	set_up();
	for (unsigned flags = 0; flags < 32; flags++) {
		for (int32_t ceiling = 1; ceiling <= 7; ceiling++) {
			for (int32_t target = 1; target <= ceiling; target++) {
				for (int32_t rating = 0; rating <= 7; rating += 1) {
					try_firmer(flags, target, ceiling, rating);
				}
			}
		}
	}
}

static void says_why_it_does_not_rise(void **state)
{
	(void)state;
	static const enum phrase reasons[] = { PHRASE_FIRMER_NOT_WARM, PHRASE_FIRMER_LIGHT_ONLY,
		PHRASE_FIRMER_AFTER_STOP, PHRASE_FIRMER_RATE_FIRST, PHRASE_FIRMER_ENOUGH };
	set_up();
	for (unsigned bit = 0; bit < 5; bit++) {
		struct engine e = desk.engine;
		e.flow.warm = bit != 0;
		e.flow.light = bit == 1;
		e.pressure.stop_cue = bit == 2;
		e.pressure.rated = bit != 3;
		e.pressure.firmer = bit == 4 ? FIRMER_PER_AREA : 0;
		e.pressure.rating = 1;
		assert_int_equal(pressure_verdict(&e), reasons[bit]);
		e.pressure.target = 0;
		assert_int_equal(pressure_verdict(&e), PHRASE_FIRMER_NOT_HERE);
	}
}

/* S134, S145: every rating at every target under every ceiling. */
static void follows_every_rating(void **state)
{
	(void)state;
	set_up();
	const struct core_case before = desk;
	for (int32_t ceiling = 1; ceiling <= 7; ceiling++) {
		for (int32_t target = 1; target <= ceiling; target++) {
			for (int32_t rating = 0; rating <= 10; rating++) {
				int32_t expected = target;
				desk = before;
				set_level(target, ceiling);
				case_hear(&desk, INTENT_RATING, rating);
				if (rating > ceiling || rating >= 8) {
					expected = target > 2 ? target - 2 : 1;
				}
				assert_int_equal(level(), expected);
				assert_int_equal(desk.engine.mode == ENGINE_STOPPED,
						rating >= 8 || (rating > ceiling && target == 1));
				assert_int_equal(desk.engine.stop.pain, rating >= 8);
			}
		}
	}
}

static void lowers_at_once_and_without_limit(void **state)
{
	(void)state;
	set_up();
	set_level(5, 5);
	for (int32_t expected = 4; expected >= -3; expected--) {
		const size_t from = desk.logged;
		case_hear(&desk, INTENT_LIGHTER, -1);
		assert_int_equal(level(), expected < 1 ? 1 : expected);
		assert_int_equal(case_count(&desk, from, ACTION_HUSH), 0);
		assert_int_equal(case_said(&desk, from,
						 expected < 1 ? PHRASE_LIGHTEST : PHRASE_LIGHTER),
				1);
	}
	assert_int_equal(case_said(&desk, 0, PHRASE_LIGHTER_OPTION), 1);
}

/* S143: within 15 s of every change a rating is asked for. */
static void asks_again_after_each_change(void **state)
{
	(void)state;
	static const enum intent changes[] = { INTENT_LIGHTER, INTENT_GUARDING, INTENT_FIRMER };
	for (size_t i = 0; i < 3; i++) {
		set_up();
		set_level(3, 5);
		case_hear(&desk, INTENT_RATING, 1);
		const size_t from = desk.logged;
		case_hear(&desk, changes[i], -1);
		assert_int_equal(case_count(&desk, from, ACTION_PRESSURE), 1);
		case_pass(&desk, RERATE_WITHIN_MS);
		assert_int_equal(case_said(&desk, from, PHRASE_RATING_ASK), 1);
	}
}

static void softens_the_tones_with_the_target(void **state)
{
	(void)state;
	double last = -7.0;
	for (int32_t target = 1; target <= 7; target++) {
		set_up();
		set_level(target < 7 ? target + 1 : 7, 7);
		case_hear(&desk, INTENT_LIGHTER, -1);
		const double gain = desk.engine.pressure.soften_db;
		assert_true(gain >= last && gain >= -6.0 && gain <= 0.0);
		last = gain;
	}
}

/* S147: over 25 minutes of touch, with a person who answers or does not. */
static void asks_for_comfort_every_two_minutes(void **state)
{
	(void)state;
	set_up();
	set_level(5, 5);
	frames_t touched = 0;
	frames_t longest = 0;
	for (int second = 0; second < 1500 && desk.engine.flow.step < 3; second++) {
		const size_t from = desk.logged;
		const bool touching = desk.engine.pace.running;
		case_pass(&desk, 1000);
		touched += touching ? frames_from_ms(1000) : 0;
		if (case_said(&desk, from, PHRASE_COMFORT_ASK) > 0) {
			longest = touched > longest ? touched : longest;
			touched = 0;
		}
		if (desk.engine.inquiry.kind == INQUIRY_COMFORT) {
			case_hear(&desk, INTENT_YES, -1);
		} else if (desk.engine.inquiry.kind == INQUIRY_RATING && second % 3 == 0) {
			case_hear(&desk, INTENT_LIGHTER,
					-1); /* so that it is asked again and again */
		}
	}
	assert_int_equal(desk.engine.flow.step, 2);
	assert_true(longest > 0);
	assert_true(longest <= frames_from_ms(COMFORT_EVERY_MS));
}

/* S77, S115: a deep area is rated in its first third though its unit does not say so. */
static void rates_every_deep_area(void **state)
{
	(void)state;
	set_up();
	assert_false(desk.engine.script->steps[1].unit->rated);
	const size_t from = desk.logged;
	case_pass(&desk, 20000);
	assert_int_equal(case_said(&desk, from, PHRASE_RATING_ASK), 1);
}

/* S138: twice in one area; the next area begins anew. */
static void counts_rises_by_area(void **state)
{
	(void)state;
	set_up();
	for (int i = 0; i < 3; i++) {
		case_hear(&desk, INTENT_RATING, 1);
		case_hear(&desk, INTENT_FIRMER, -1);
	}
	assert_int_equal(level(), 4);
	assert_int_equal(case_said(&desk, 0, PHRASE_FIRMER_ENOUGH), 1);
	case_hear(&desk, INTENT_NEXT, -1);
	assert_true(case_pace(&desk));
	case_hear(&desk, INTENT_FIRMER, -1);
	assert_int_equal(level(), 4); /* the other area's rating does not count here */
	case_hear(&desk, INTENT_RATING, 1);
	case_hear(&desk, INTENT_FIRMER, -1);
	assert_int_equal(level(), 5);
}

static void limits_the_ceiling(void **state)
{
	(void)state;
	static const int32_t asked[] = { 0, 1, 3, 7, 8, 10 };
	static const int32_t kept[] = { 1, 1, 3, 7, 5, 5 };
	struct turn t = { 0 };
	struct action out[ENGINE_ACTIONS_MAX];
	for (size_t i = 0; i < 6; i++) {
		set_up();
		t = (struct turn){ .engine = &desk.engine, .out = out };
		pressure_limit(&t, asked[i]);
		assert_int_equal(desk.engine.pressure.ceiling, kept[i]);
		assert_true(level() <= kept[i]);
	}
}

static void keeps_the_level_below_each_band(void **state)
{
	(void)state;
	set_up();
	set_level(6, 7);
	assert_int_equal(pressure_at(&desk.engine, &steps[0]), 3);
	assert_int_equal(pressure_at(&desk.engine, &steps[2]), 6);
	case_hear(&desk, INTENT_BACK, -1);
	assert_int_equal(level(), 3);
	case_hear(&desk, INTENT_NEXT, -1);
	assert_int_equal(level(), 3); /* what was lowered does not rise by itself */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_at_two),
		cmocka_unit_test(rises_only_where_the_guide_allows),
		cmocka_unit_test(says_why_it_does_not_rise),
		cmocka_unit_test(follows_every_rating),
		cmocka_unit_test(lowers_at_once_and_without_limit),
		cmocka_unit_test(asks_again_after_each_change),
		cmocka_unit_test(softens_the_tones_with_the_target),
		cmocka_unit_test(asks_for_comfort_every_two_minutes),
		cmocka_unit_test(rates_every_deep_area),
		cmocka_unit_test(counts_rises_by_area),
		cmocka_unit_test(limits_the_ceiling),
		cmocka_unit_test(keeps_the_level_below_each_band),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
