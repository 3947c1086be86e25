/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_text.c - every placeholder, every way in which a template can be wrong. */
#include "ease/memory.h"
#include "ease/phrase.h"
#include "ease/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const phrases[PHRASE_COUNT] = {
	[PHRASE_LEFT] = "left",
	[PHRASE_RIGHT] = "right",
	[PHRASE_TO] = "to",
	[PHRASE_INCHES] = "inches",
	[PHRASE_CENTIMETRES] = "centimetres",
	[PHRASE_FAHRENHEIT] = "degrees F",
	[PHRASE_CELSIUS] = "degrees C",
	[PHRASE_OIL_ALMOND] = "almond",
	[PHRASE_OIL_GRAPESEED] = "grape",
	[PHRASE_OIL_COCONUT] = "coco",
	[PHRASE_OIL] = "oil",
	[PHRASE_OIL_NONE] = "lotion",
	[PHRASE_OR] = "or",
};

static const struct text_args args = {
	.target = 1,
	.ceiling = 22,
	.value = 0,
	.other = 10,
	.minutes = 12,
	.seconds = 300,
	.count = -4,
	.side = SIDE_RIGHT,
	.title = "glides",
	.word = "red",
};

static void fills_in(const char *template, const char *expected)
{
	char out[TEXT_MAX];
	assert_int_equal(text_check(template), STATUS_OK);
	assert_int_equal(text_render(template, &args, phrases, out, sizeof out), STATUS_OK);
	assert_string_equal(out, expected);
}

static void fills_in_every_placeholder(void **state)
{
	(void)state;
	fills_in("{target} {ceiling} {value} {other}", "1 22 0 10");
	fills_in("{minutes} {seconds} {count}", "12 300 -4");
	fills_in("{side}: {title}, {word}.", "right: glides, red.");
	fills_in("", "");
	fills_in("no figure } at all", "no figure } at all");
}

/* S7: what somebody does not bear is not named. */
static void leaves_out_oils_that_are_not_borne(void **state)
{
	(void)state;
	const struct {
		uint32_t facts;
		const char *oils;
	} left[] = {
		{ 0, "almond, grape or coco oil" },
		{ fact_bit(FACT_NO_ALMOND), "grape or coco oil" },
		{ fact_bit(FACT_NO_GRAPESEED), "almond or coco oil" },
		{ fact_bit(FACT_NO_COCONUT), "almond or grape oil" },
		{ fact_bit(FACT_NO_ALMOND) | fact_bit(FACT_NO_COCONUT), "grape oil" },
		{ fact_bit(FACT_NO_ALMOND) | fact_bit(FACT_NO_COCONUT) |
						fact_bit(FACT_NO_GRAPESEED),
				"lotion" },
	};
	for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
		const struct text_args with = { .facts = left[i].facts };
		char out[TEXT_MAX];
		assert_int_equal(text_render("{oils}", &with, phrases, out, sizeof out), STATUS_OK);
		assert_string_equal(out, left[i].oils);
	}
}

/* S228: one source for the loader that refuses, the engine that caps, and what is said. */
static void names_the_figures_of_the_rules(void **state)
{
	(void)state;
	fills_in("{scale}, {least} and {most}", "0 to 10, 0 and 10");
	fills_in("{session_minutes} minutes, {a_day} times", "5 to 15 minutes, 1 to 2 times");
	fills_in("{sore_hours} {sore_days} {worse_hours}", "48 2 24");
	fills_in("{advise_days} {report_weeks} {most_a_day}", "10 2 2");
	fills_in("{heat_before} {heat_after}", "5 to 10 10 to 15");
	fills_in("{hamstring} {palm_glide} {trunk_rotation}", "20 to 30 3 to 5 10 to 15");
	for (int i = 0; i < TECHNIQUE_COUNT; i++) {
		char text[40];
		snprintf(text, sizeof text, "{%s}", rule_of((enum technique)i)->name);
		assert_int_equal(text_check(text), STATUS_OK);
	}
}

/* S227 */
static void says_inches_or_centimetres(void **state)
{
	static const char text[] = "{shift} {inches}, {speed} {inches}, {room} {degrees}, {scale}";
	struct text_args metric = args;
	char out[TEXT_MAX];

	(void)state;
	fills_in(text, "1 to 2 inches, 2 to 3 inches, 70 to 75 degrees F, 0 to 10");
	metric.measure = MEASURE_METRIC;
	assert_int_equal(text_render(text, &metric, phrases, out, sizeof out), STATUS_OK);
	assert_string_equal(out, "2.5 to 5 centimetres, 5.1 to 7.6 centimetres, 21 to 24 degrees "
				 "C, 0 to 10");
}

static void leaves_out_what_is_missing(void **state)
{
	(void)state;
	const struct text_args none = { .side = SIDE_NONE };
	char out[TEXT_MAX];
	assert_int_equal(text_render("[{side}{title}{word}]", &none, phrases, out, sizeof out),
			STATUS_OK);
	assert_string_equal(out, "[]");
}

static void prints_the_largest_numbers(void **state)
{
	(void)state;
	const struct text_args huge = { .target = INT32_MIN, .ceiling = INT32_MAX };
	char out[TEXT_MAX];
	assert_int_equal(text_render("{target} {ceiling}", &huge, phrases, out, sizeof out),
			STATUS_OK);
	assert_string_equal(out, "-2147483648 2147483647");
}

static void refuses_what_it_does_not_know(void **state)
{
	(void)state;
	static const char *const bad[] = { "{targets}", "{targe}", "{}", "{Target}", "{target",
		"a {", "{ target}", "{{target}" };
	char out[TEXT_MAX];
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		strcpy(out, "before");
		assert_int_equal(text_check(bad[i]), STATUS_BAD_DATA);
		assert_int_equal(text_render(bad[i], &args, phrases, out, sizeof out),
				STATUS_BAD_DATA);
		assert_string_equal(out, "");
	}
}

static void needs_room_for_the_end(void **state)
{
	(void)state;
	char out[8];
	for (size_t size = 0; size <= sizeof out; size++) {
		memset(out, 'x', sizeof out);
		const enum status status = text_render("{side}!", &args, phrases, out, size);
		assert_int_equal(status, size >= 7 ? STATUS_OK : STATUS_NO_SPACE);
		if (size > 0) {
			assert_string_equal(out, size >= 7 ? "right!" : "");
		}
		if (size < sizeof out) {
			assert_int_equal(out[size], 'x');
		}
	}
}

static void estimates_a_duration(void **state)
{
	(void)state;
	assert_int_equal(text_duration_ms(""), 0);
	/* 145 words a minute, before any gap between sentences */
	assert_in_range(text_duration_ms("one two  three\nfour five"), 2000, 2200);
	assert_true(text_duration_ms("Stop. Stop.") > text_duration_ms("Stop Stop"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fills_in_every_placeholder),
		cmocka_unit_test(leaves_out_oils_that_are_not_borne),
		cmocka_unit_test(names_the_figures_of_the_rules),
		cmocka_unit_test(says_inches_or_centimetres),
		cmocka_unit_test(leaves_out_what_is_missing),
		cmocka_unit_test(prints_the_largest_numbers),
		cmocka_unit_test(refuses_what_it_does_not_know),
		cmocka_unit_test(needs_room_for_the_end),
		cmocka_unit_test(estimates_a_duration),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
