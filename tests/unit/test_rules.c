/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_rules.c - the guide's figures, written down a second time, and what must hold for all. */
#include "ease/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct figure {
	enum technique technique;
	struct range stroke_ms;
	struct range count;
	struct range seconds;
};

static const struct figure figures[] = {
	{ TECHNIQUE_EFFLEURAGE_WARM_UP, { 5000, 10000 }, { 4, 6 }, { 0, 0 } },
	{ TECHNIQUE_EFFLEURAGE, { 5000, 10000 }, { 6, 8 }, { 0, 0 } },
	{ TECHNIQUE_EFFLEURAGE_FINISH, { 5000, 10000 }, { 0, 0 }, { 60, 120 } },
	{ TECHNIQUE_PETRISSAGE, { 0, 0 }, { 0, 0 }, { 10, 20 } },
	{ TECHNIQUE_KNEADING, { 0, 0 }, { 0, 0 }, { 30, 60 } },
	{ TECHNIQUE_TRIGGER_POINT, { 0, 0 }, { 0, 0 }, { 20, 60 } },
	{ TECHNIQUE_FRICTION, { 0, 0 }, { 0, 0 }, { 10, 20 } },
	{ TECHNIQUE_PARTNER_STRETCH, { 0, 0 }, { 0, 0 }, { 10, 15 } },
	{ TECHNIQUE_CIRCLES, { 2000, 6000 }, { 0, 0 }, { 60, 120 } },
	{ TECHNIQUE_PALM_GLIDE, { 3300, 5000 }, { 3, 5 }, { 0, 0 } },
	{ TECHNIQUE_EFFLEURAGE_AFTER, { 3300, 10000 }, { 3, 3 }, { 0, 0 } },
	{ TECHNIQUE_SELF_TRIGGER_POINT, { 0, 0 }, { 0, 0 }, { 20, 30 } },
	{ TECHNIQUE_BALL, { 0, 0 }, { 0, 0 }, { 20, 40 } },
	{ TECHNIQUE_KNEE_TO_CHEST, { 0, 0 }, { 0, 0 }, { 20, 30 } },
	{ TECHNIQUE_TRUNK_ROTATION, { 0, 0 }, { 0, 0 }, { 10, 15 } },
	{ TECHNIQUE_HAMSTRING, { 0, 0 }, { 0, 0 }, { 20, 30 } },
	{ TECHNIQUE_PELVIC_TILT, { 0, 0 }, { 0, 0 }, { 10, 15 } },
	{ TECHNIQUE_HEAT_BEFORE, { 0, 0 }, { 0, 0 }, { 300, 600 } },
	{ TECHNIQUE_HEAT_AFTER, { 0, 0 }, { 0, 0 }, { 600, 900 } },
};

static void equal(struct range range, struct range expected)
{
	assert_int_equal(range.min, expected.min);
	assert_int_equal(range.max, expected.max);
}

static void has_the_figures_of_the_guide(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
		const struct rule *rule = rule_of(figures[i].technique);
		equal(rule->stroke_ms, figures[i].stroke_ms);
		equal(rule->count, figures[i].count);
		equal(rule->seconds, figures[i].seconds);
	}
	equal(rule_of(TECHNIQUE_PETRISSAGE)->repeats, (struct range){ 2, 3 });
	equal(rule_of(TECHNIQUE_BREATH)->stroke_ms, (struct range){ 4000, 7000 });
}

static void keeps_every_band_below_the_cap(void **state)
{
	(void)state;
	for (int i = 0; i < TECHNIQUE_COUNT; i++) {
		const struct rule *rule = rule_of((enum technique)i);
		assert_int_equal(rule->touch, rule->pressure.max > 0);
		assert_true(rule->pressure.max <= PRESSURE_CAP);
		assert_true(!rule->touch || rule->pressure.min == PRESSURE_MIN);
		assert_true(!rule->deep || rule->touch);
		assert_false(rule->deep && rule->warms);
	}
}

static void names_each_technique_once(void **state)
{
	(void)state;
	for (int i = 0; i < TECHNIQUE_COUNT; i++) {
		const struct rule *rule = rule_of((enum technique)i);
		assert_int_equal(technique_from_name(rule->name), i);
		assert_int_equal(rule->row[0], 'S');
	}
	assert_int_equal(technique_from_name("karate"), TECHNIQUE_COUNT);
	assert_int_equal(technique_from_name(""), TECHNIQUE_COUNT);
}

/* S68, S139: whatever may be firmer than moderate is deep, and so comes on warm muscle only. */
static void broad_strokes_are_lighter_than_thumbs(void **state)
{
	static const enum technique broad[] = { TECHNIQUE_EFFLEURAGE_WARM_UP, TECHNIQUE_EFFLEURAGE,
		TECHNIQUE_EFFLEURAGE_FINISH, TECHNIQUE_EFFLEURAGE_AFTER, TECHNIQUE_CIRCLES,
		TECHNIQUE_PALM_GLIDE };
	const int32_t moderate = rule_of(TECHNIQUE_EFFLEURAGE_WARM_UP)->pressure.max;

	(void)state;
	assert_int_equal(moderate, 4);
	for (size_t i = 0; i < sizeof(broad) / sizeof(broad[0]); i++) {
		assert_false(rule_of(broad[i])->deep);
		assert_true(rule_of(broad[i])->pressure.max <= moderate);
	}
	for (size_t i = 0; i < TECHNIQUE_COUNT; i++) {
		const struct rule *rule = rule_of((enum technique)i);
		assert_true(rule->deep || rule->pressure.max <= moderate);
	}
	assert_true(rule_of(TECHNIQUE_KNEADING)->pressure.max > moderate);
}

/* S54, S100, S101: these, and nothing else works besides hands; S55: what is hard goes no deeper
 * than moderate, apart from the soft ball. */
static void tools_are_a_closed_list(void **state)
{
	static const enum technique of[TOOL_COUNT] = { [TOOL_BALL] = TECHNIQUE_BALL,
		[TOOL_ROLLER] = TECHNIQUE_ROLLER,
		[TOOL_STICK] = TECHNIQUE_STICK,
		[TOOL_GUN] = TECHNIQUE_GUN };
	(void)state;
	for (int i = 0; i < TECHNIQUE_COUNT; i++) {
		const struct rule *rule = rule_of((enum technique)i);
		assert_in_range(rule->tool, TOOL_NONE, TOOL_COUNT - 1);
		if (rule->tool == TOOL_WARMTH) {
			assert_true(i == TECHNIQUE_HEAT_BEFORE || i == TECHNIQUE_HEAT_AFTER);
		} else if (rule->tool != TOOL_NONE) {
			assert_int_equal(of[rule->tool], i);
			assert_true(rule->deep && rule->seconds.max <= 40);
			assert_true(rule->tool == TOOL_BALL || rule->pressure.max <= 4);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_the_figures_of_the_guide),
		cmocka_unit_test(keeps_every_band_below_the_cap),
		cmocka_unit_test(broad_strokes_are_lighter_than_thumbs),
		cmocka_unit_test(names_each_technique_once),
		cmocka_unit_test(tools_are_a_closed_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
