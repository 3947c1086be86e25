/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen base */
/* test_choice.c - what is told of what was heard and what the whole looks like. */
#include "listen/choice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define OPTIONS 3

/* As voices/en/words.yaml had them when these windows were found. */
static const struct threshold thresholds[INTENT_COUNT] = {
	[INTENT_STOP] = { 0.05, 0.05 },
	[INTENT_PAIN] = { 0.2, 0.2 },
	[INTENT_LIGHTER] = { 0.25, 0.25 },
	[INTENT_GUARDING] = { 0.35, 0.35 },
	[INTENT_FIRMER] = { 0.7, 0.4 },
	[INTENT_RATING] = { 0.4, 0.12 },
	[INTENT_PAUSE] = { 0.35, 0.2 },
	[INTENT_NEXT] = { 0.35, 0.2 },
	[INTENT_LOUDER] = { 0.35, 0.2 },
	[INTENT_YES] = { 0.25, 0.1 },
	[INTENT_NO] = { 0.15, 0.08 },
	[INTENT_NOT_SURE] = { 0.35, 0.2 },
};

/* What the grammar heard first (INTENT_NONE: nothing), then what the whole looks like. */
struct line {
	const char *what;
	struct {
		enum intent intent;
		double confidence;
	} heard, like, next;
	enum intent told; /* INTENT_NONE: nothing is */
	enum choice_grade grade;
};

static void check(const struct line *line)
{
	const struct choice_option all[OPTIONS] = {
		{ line->heard.intent, line->heard.confidence, false },
		{ line->like.intent, line->like.confidence, true },
		{ line->next.intent, line->next.confidence, true },
	};
	struct choice_option options[OPTIONS];
	size_t count = 0;
	for (size_t i = 0; i < OPTIONS; i++) {
		if (all[i].intent != INTENT_NONE) {
			options[count++] = all[i];
		}
	}
	const struct choice choice = choice_make(thresholds, options, count);
	const enum intent told = choice.grade == CHOICE_NOTHING ? INTENT_NONE
								: options[choice.index].intent;
	if (told != line->told || choice.grade != line->grade) {
		print_error("%s: told %s, grade %d\n", line->what, intent_name(told), choice.grade);
	}
	assert_int_equal(told, line->told);
	assert_int_equal(choice.grade, line->grade);
}

#define CHECK(lines)                                                      \
	for (size_t i = 0; i < sizeof(lines) / sizeof((lines)[0]); i++) { \
		check(&(lines)[i]);                                       \
	}

static void one_meaning_is_told_by_its_thresholds(void **state)
{
	(void)state;
	static const struct line lines[] = {
		{ "nothing at all", { INTENT_PAUSE, 0.19 }, { 0 }, { 0 }, INTENT_NONE,
				CHOICE_NOTHING },
		{ "at doubt", { INTENT_PAUSE, 0.2 }, { 0 }, { 0 }, INTENT_PAUSE, CHOICE_DOUBT },
		{ "below accept", { INTENT_PAUSE, 0.349 }, { 0 }, { 0 }, INTENT_PAUSE,
				CHOICE_DOUBT },
		{ "at accept", { INTENT_PAUSE, 0.35 }, { 0 }, { 0 }, INTENT_PAUSE, CHOICE_SURE },
		{ "a yes", { INTENT_YES, 0.25 }, { 0 }, { 0 }, INTENT_YES, CHOICE_SURE },
		{ "no doubt about a stop", { INTENT_STOP, 0.05 }, { 0 }, { 0 }, INTENT_STOP,
				CHOICE_SURE },
		{ "none", { INTENT_STOP, 0.049 }, { 0 }, { 0 }, INTENT_NONE, CHOICE_NOTHING },
	};
	CHECK(lines)
}

static void a_likened_stop_is_not_lost(void **state)
{
	(void)state;
	static const struct line lines[] = {
		{ "to what becomes nothing", { INTENT_NEXT, 0.19 }, { INTENT_STOP, 0.07 }, { 0 },
				INTENT_STOP, CHOICE_SURE },
		{ "to a digit that becomes nothing", { INTENT_RATING, 0.1 }, { INTENT_STOP, 0.07 },
				{ 0 }, INTENT_STOP, CHOICE_SURE },
		{ "to what is only asked back", { INTENT_FIRMER, 0.69 }, { INTENT_STOP, 0.09 },
				{ 0 }, INTENT_STOP, CHOICE_SURE },
		{ "to what presses harder", { INTENT_FIRMER, 0.9 }, { INTENT_STOP, 0.05 }, { 0 },
				INTENT_STOP, CHOICE_SURE },
		{ "to less than a stop", { INTENT_LIGHTER, 0.3 }, { INTENT_STOP, 0.06 }, { 0 },
				INTENT_STOP, CHOICE_SURE },
		{ "to a likelier digit", { 0 }, { INTENT_RATING, 0.3 }, { INTENT_STOP, 0.06 },
				INTENT_STOP, CHOICE_SURE },
		{ "to a sure digit", { 0 }, { INTENT_RATING, 0.5 }, { INTENT_STOP, 0.06 },
				INTENT_STOP, CHOICE_SURE },
		{ "unless it is none", { INTENT_NEXT, 0.36 }, { INTENT_STOP, 0.049 }, { 0 },
				INTENT_NEXT, CHOICE_SURE },
		{ "or none beside a digit", { 0 }, { INTENT_RATING, 0.3 }, { INTENT_STOP, 0.049 },
				INTENT_RATING, CHOICE_DOUBT },
	};
	CHECK(lines)
}

static void what_is_wrong_stays(void **state)
{
	(void)state;
	static const struct line lines[] = {
		{ "pain", { INTENT_PAIN, 0.2 }, { INTENT_STOP, 0.9 }, { 0 }, INTENT_PAIN,
				CHOICE_SURE },
		{ "a stop", { INTENT_STOP, 0.05 }, { INTENT_YES, 0.9 }, { 0 }, INTENT_STOP,
				CHOICE_SURE },
		{ "a stop beside a number", { INTENT_STOP, 0.05 }, { INTENT_RATING, 0.9 }, { 0 },
				INTENT_STOP, CHOICE_SURE },
		{ "but not what is no pain", { INTENT_PAIN, 0.19 }, { INTENT_NO, 0.15 }, { 0 },
				INTENT_NO, CHOICE_DOUBT },
	};
	CHECK(lines)
}

static void what_asks_for_less_stays(void **state)
{
	(void)state;
	static const struct line lines[] = {
		{ "not sure", { INTENT_NOT_SURE, 0.35 }, { INTENT_YES, 0.4 }, { 0 },
				INTENT_NOT_SURE, CHOICE_SURE },
		{ "lighter beside yes", { INTENT_LIGHTER, 0.25 }, { INTENT_YES, 0.3 }, { 0 },
				INTENT_LIGHTER, CHOICE_SURE },
		{ "lighter beside a digit", { INTENT_LIGHTER, 0.25 }, { INTENT_RATING, 0.6 }, { 0 },
				INTENT_LIGHTER, CHOICE_SURE },
		{ "guarding", { INTENT_GUARDING, 0.35 }, { INTENT_RATING, 0.6 }, { 0 },
				INTENT_GUARDING, CHOICE_SURE },
		{ "pause", { INTENT_PAUSE, 0.35 }, { INTENT_RATING, 0.6 }, { 0 }, INTENT_PAUSE,
				CHOICE_SURE },
		{ "but not a doubt", { INTENT_LIGHTER, 0.24 }, { INTENT_RATING, 0.3 }, { 0 },
				INTENT_RATING, CHOICE_DOUBT },
		{ "nor what only asks", { INTENT_LOUDER, 0.4 }, { INTENT_RATING, 0.9 }, { 0 },
				INTENT_RATING, CHOICE_DOUBT },
	};
	CHECK(lines)
}

static void what_is_no_doubt_hides_nothing(void **state)
{
	(void)state;
	static const struct line lines[] = {
		{ "a digit", { INTENT_NEXT, 0.19 }, { INTENT_RATING, 0.13 }, { 0 }, INTENT_RATING,
				CHOICE_DOUBT },
		{ "a no", { INTENT_LIGHTER, 0.24 }, { INTENT_NO, 0.16 }, { 0 }, INTENT_NO,
				CHOICE_DOUBT },
		{ "what was heard", { INTENT_NO, 0.08 }, { INTENT_YES, 0.09 }, { 0 }, INTENT_NO,
				CHOICE_DOUBT },
		{ "nothing beside nothing", { INTENT_NEXT, 0.1 }, { INTENT_RATING, 0.11 },
				{ INTENT_STOP, 0.01 }, INTENT_NONE, CHOICE_NOTHING },
	};
	CHECK(lines)
}

static void what_pushes_is_never_sure_by_its_looks(void **state)
{
	(void)state;
	static const struct line lines[] = {
		{ "yes beside a decoy", { 0 }, { INTENT_YES, 0.3 }, { INTENT_STOP, 0.01 },
				INTENT_YES, CHOICE_DOUBT },
		{ "however likely", { 0 }, { INTENT_YES, 0.95 }, { 0 }, INTENT_YES, CHOICE_DOUBT },
		{ "yes beside a doubtful no", { INTENT_NO, 0.1 }, { INTENT_YES, 0.5 }, { 0 },
				INTENT_YES, CHOICE_DOUBT },
		{ "a number beside nothing is", { 0 }, { INTENT_RATING, 0.4 },
				{ INTENT_STOP, 0.01 }, INTENT_RATING, CHOICE_SURE },
		{ "or beside what becomes nothing", { INTENT_PAUSE, 0.19 }, { INTENT_RATING, 0.4 },
				{ 0 }, INTENT_RATING, CHOICE_SURE },
		{ "but not beside a doubt", { INTENT_PAUSE, 0.2 }, { INTENT_RATING, 0.8 }, { 0 },
				INTENT_RATING, CHOICE_DOUBT },
		{ "yes beside a faint no", { INTENT_YES, 0.28 }, { INTENT_NO, 0.139 }, { 0 },
				INTENT_YES, CHOICE_SURE },
		{ "nor is a no", { 0 }, { INTENT_NO, 0.15 }, { 0 }, INTENT_NO, CHOICE_DOUBT },
		{ "nor instead of a poor yes", { INTENT_YES, 0.1 }, { INTENT_NO, 0.15 }, { 0 },
				INTENT_NO, CHOICE_DOUBT },
	};
	CHECK(lines)
}

/* A yes may agree to something, and a no rule out a sign of something medical. */
static void neither_yes_nor_no_where_both_may_be(void **state)
{
	(void)state;
	static const struct line lines[] = {
		{ "yes that looks like no", { INTENT_YES, 0.4 }, { INTENT_NO, 0.2 }, { 0 },
				INTENT_YES, CHOICE_DOUBT },
		{ "and more so", { INTENT_YES, 0.3 }, { INTENT_NO, 0.31 }, { 0 }, INTENT_NO,
				CHOICE_DOUBT },
		{ "no that looks like yes", { INTENT_NO, 0.4 }, { INTENT_YES, 0.2 }, { 0 },
				INTENT_NO, CHOICE_DOUBT },
		{ "and more so", { INTENT_NO, 0.15 }, { INTENT_YES, 0.9 }, { 0 }, INTENT_YES,
				CHOICE_DOUBT },
		{ "yes that hardly looks like no", { INTENT_YES, 0.4 }, { INTENT_NO, 0.19 }, { 0 },
				INTENT_YES, CHOICE_SURE },
		{ "no that hardly looks like yes", { INTENT_NO, 0.4 }, { INTENT_YES, 0.19 }, { 0 },
				INTENT_NO, CHOICE_SURE },
		{ "yes and a bad number", { INTENT_YES, 0.4 }, { INTENT_RATING, 0.14 }, { 0 },
				INTENT_YES, CHOICE_SURE },
		{ "firmer and a number", { INTENT_FIRMER, 0.7 }, { INTENT_RATING, 0.69 }, { 0 },
				INTENT_FIRMER, CHOICE_DOUBT },
	};
	CHECK(lines)
}

static void of_two_numbers_neither_is_sure(void **state)
{
	(void)state;
	static const struct {
		struct choice_option options[2]; /* heard, likened */
		size_t index, rival;
		enum choice_grade grade;
	} lines[] = {
		{ { { INTENT_RATING, 0.45, false }, { INTENT_RATING, 0.5, true } }, 1, 0,
				CHOICE_DOUBT },
		{ { { INTENT_RATING, 0.55, false }, { INTENT_RATING, 0.5, true } }, 0, 1,
				CHOICE_DOUBT },
		{ { { INTENT_RATING, 0.55, false }, { INTENT_RATING, 0.2, true } }, 0, 1,
				CHOICE_SURE },
		{ { { INTENT_RATING, 0.45, false }, { INTENT_RATING, 0.11, true } }, 0, 0,
				CHOICE_SURE },
	};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const struct choice choice = choice_make(thresholds, lines[i].options, 2);
		assert_int_equal(choice.index, lines[i].index);
		assert_int_equal(choice.rival, lines[i].rival);
		assert_int_equal(choice.grade, lines[i].grade);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_meaning_is_told_by_its_thresholds),
		cmocka_unit_test(a_likened_stop_is_not_lost),
		cmocka_unit_test(what_is_wrong_stays),
		cmocka_unit_test(what_asks_for_less_stays),
		cmocka_unit_test(what_is_no_doubt_hides_nothing),
		cmocka_unit_test(what_pushes_is_never_sure_by_its_looks),
		cmocka_unit_test(neither_yes_nor_no_where_both_may_be),
		cmocka_unit_test(of_two_numbers_neither_is_sure),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
