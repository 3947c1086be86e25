/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_verbosity.c - how much is said of units; what keeps safe is always said. */
#include "core_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct cue cues[] = { { 50, "Half-way." } };

static struct unit unit = {
	.name = "unit",
	.title = "title",
	.pace = { .kind = PACE_HOLD },
	.seconds = { 10, 60 },
	.say_long = "Long.",
	.say_short = "Short.",
	.cues = cues,
	.cue_count = 1,
};

static const struct step steps[] = {
	{ .kind = STEP_UNIT, .name = "one", .unit = &unit, .ms = 10000 },
	{ .kind = STEP_UNIT, .name = "again", .unit = &unit, .ms = 10000, .short_form = true },
};

static const struct script script = {
	.name = "t", .title = "t", .kind = SESSION_RELAXATION, .steps = steps, .step_count = 2
};

static struct core_case desk;

static size_t said(const char *text)
{
	size_t count = 0;
	for (size_t i = 0; i < desk.logged; i++) {
		count += desk.log[i].kind == ACTION_SAY && strcmp(desk.log[i].text, text) == 0;
	}
	return count;
}

static void run(enum technique technique, enum verbosity verbosity)
{
	const struct engine_options options = { .microphone = true, .verbosity = verbosity };
	unit.technique = technique;
	case_init(&desk, &script, &options);
	case_start(&desk);
	case_pass(&desk, 60000);
	assert_int_equal(desk.engine.mode, ENGINE_OVER);
}

static void says_all_that_is_written(void **state)
{
	(void)state;
	run(TECHNIQUE_REST, VERBOSITY_FULL);
	assert_int_equal(said("Long."), 1);
	assert_int_equal(said("Short."), 1);
	assert_int_equal(said("Half-way."), 2);
}

static void says_it_shortly(void **state)
{
	(void)state;
	run(TECHNIQUE_REST, VERBOSITY_SHORT);
	assert_int_equal(said("Long."), 0);
	assert_int_equal(said("Short."), 2);
	assert_int_equal(said("Half-way."), 2);
}

static void names_what_is_known(void **state)
{
	(void)state;
	run(TECHNIQUE_REST, VERBOSITY_TONES);
	assert_int_equal(said("Short."), 1);
	assert_int_equal(said("title"), 1);
	assert_int_equal(said("Half-way."), 1);
}

/* S114: "switch to the right side" tells it; otherwise it is told with the name. */
static void names_the_side_as_well(void **state)
{
	static const struct step sided[] = {
		{ .kind = STEP_UNIT, .name = "one", .unit = &unit, .ms = 10000 },
		{ .kind = STEP_UNIT,
				.name = "left",
				.unit = &unit,
				.side = SIDE_LEFT,
				.ms = 10000,
				.short_form = true },
		{ .kind = STEP_UNIT,
				.name = "right",
				.unit = &unit,
				.side = SIDE_RIGHT,
				.ms = 10000,
				.short_form = true },
	};
	static const struct script both = { .name = "t",
		.title = "t",
		.kind = SESSION_RELAXATION,
		.steps = sided,
		.step_count = 3 };
	const struct engine_options options = { .microphone = true, .verbosity = VERBOSITY_TONES };

	(void)state;
	unit.technique = TECHNIQUE_REST;
	case_init(&desk, &both, &options);
	case_start(&desk);
	case_pass(&desk, 90000);
	assert_int_equal(said(phrase_key(PHRASE_RECAP_SIDE)), 1);
	assert_int_equal(said(phrase_key(PHRASE_SWITCH_SIDES)), 1);
	assert_int_equal(said("title"), 1);
}

/* "Breathe slowly", "beside the spine" and "stop if" stand in those texts. */
static void keeps_the_words_of_stretches_and_deep_work(void **state)
{
	(void)state;
	run(TECHNIQUE_HAMSTRING, VERBOSITY_TONES);
	assert_int_equal(said("Short."), 2);
	assert_int_equal(said("title"), 0);
	assert_int_equal(said("Half-way."), 2);
	for (int i = 0; i < TECHNIQUE_COUNT; i++) {
		const struct rule *rule = rule_of((enum technique)i);
		unit.technique = (enum technique)i;
		assert_int_equal(flow_is_terse(&desk.engine, &steps[1]),
				!rule->deep && !rule->stretch);
	}
}

/* "Say less", "say more", "only tones": from here on, and said back. */
static void can_be_wished(void **state)
{
	(void)state;
	static const struct {
		enum verbosity now;
		enum words_wish wish;
		enum verbosity then;
		enum phrase told;
	} wishes[] = {
		{ VERBOSITY_FULL, WORDS_LESS, VERBOSITY_SHORT, PHRASE_WORDS_SHORT },
		{ VERBOSITY_SHORT, WORDS_LESS, VERBOSITY_TONES, PHRASE_WORDS_TONES },
		{ VERBOSITY_TONES, WORDS_LESS, VERBOSITY_TONES, PHRASE_WORDS_TONES },
		{ VERBOSITY_TONES, WORDS_MORE, VERBOSITY_SHORT, PHRASE_WORDS_SHORT },
		{ VERBOSITY_SHORT, WORDS_MORE, VERBOSITY_FULL, PHRASE_WORDS_FULL },
		{ VERBOSITY_FULL, WORDS_TONES, VERBOSITY_TONES, PHRASE_WORDS_TONES },
	};
	unit.technique = TECHNIQUE_REST;
	for (size_t i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++) {
		const struct engine_options options = { .microphone = true,
			.verbosity = wishes[i].now };
		struct engine_view view;
		case_init(&desk, &script, &options);
		case_start(&desk);
		case_pass(&desk, 500);
		case_hear(&desk, INTENT_WORDS, (int32_t)wishes[i].wish);
		assert_int_equal(case_said(&desk, 0, wishes[i].told), 1);
		engine_look(&desk.engine, &view);
		assert_int_equal(view.verbosity, wishes[i].then);
		case_pass(&desk, 60000);
		assert_int_equal(said("title"), wishes[i].then == VERBOSITY_TONES);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_all_that_is_written),
		cmocka_unit_test(says_it_shortly),
		cmocka_unit_test(can_be_wished),
		cmocka_unit_test(names_what_is_known),
		cmocka_unit_test(names_the_side_as_well),
		cmocka_unit_test(keeps_the_words_of_stretches_and_deep_work),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
