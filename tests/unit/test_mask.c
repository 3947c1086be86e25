/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: daemon */
/* test_mask.c - the coach's own words are not obeyed, and nobody else's are lost. */
#include "daemon/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define BEGIN (20 * EASE_RATE)

static struct mask mask;

static int empty(void **state)
{
	(void)state;
	memset(&mask, 0, sizeof(mask));
	return 0;
}

static void add(uint32_t utterance, const char *text, int ms)
{
	mask_add(&mask, utterance, text, strlen(text), frames_from_ms(ms));
}

/* Whether text, heard from..to milliseconds behind BEGIN, is the coach's. */
static bool covers(enum intent intent, const char *text, int from, int to)
{
	struct hearing hearing = {
		.kind = HEARING_WORD,
		.intent = intent,
		.from = BEGIN + frames_from_ms(from),
		.to = BEGIN + frames_from_ms(to),
	};
	snprintf(hearing.text, sizeof(hearing.text), "%s", text);
	return mask_covers(&mask, &hearing);
}

static void its_own_words_are_covered(void **state)
{
	(void)state;
	add(3, "Go", 0);
	add(3, "firmer", 300);
	assert_false(covers(INTENT_FIRMER, "firmer", 350, 700));
	mask_begin(&mask, 3, BEGIN);
	assert_true(covers(INTENT_FIRMER, "firmer", 350, 700));
	assert_true(covers(INTENT_FIRMER, "go firmer", 60, 700));
	assert_false(covers(INTENT_FIRMER, "firmer please", 350, 900));
	assert_false(covers(INTENT_CONTINUE, "continue", 350, 700));
}

static void words_that_become_known_late_are_covered(void **state)
{
	(void)state;
	add(3, "Go", 0);
	mask_begin(&mask, 3, BEGIN);
	add(3, "firmer", 300);
	add(4, "faster", 300);
	assert_true(covers(INTENT_FIRMER, "firmer", 350, 700));
	assert_false(covers(INTENT_FASTER, "faster", 350, 700));
}

static void at_another_time_it_is_somebody_else(void **state)
{
	(void)state;
	add(1, "firmer", 1000);
	mask_begin(&mask, 1, BEGIN);
	assert_true(covers(INTENT_FIRMER, "firmer", 1400, 1700));
	assert_false(covers(INTENT_FIRMER, "firmer", 1401, 1700));
	assert_true(covers(INTENT_FIRMER, "firmer", 500, 800));
	assert_false(covers(INTENT_FIRMER, "firmer", 500, 799));
}

static void what_makes_safe_is_never_covered(void **state)
{
	(void)state;
	struct hearing number = { .kind = HEARING_WORD,
		.intent = INTENT_RATING,
		.value = 7,
		.other = -1,
		.text = "eight",
		.from = BEGIN,
		.to = BEGIN + EASE_RATE };
	add(1, "stop", 0);
	add(1, "ouch", 0);
	add(1, "lighter", 0);
	add(1, "eight", 0);
	mask_begin(&mask, 1, BEGIN);
	assert_false(covers(INTENT_STOP, "stop", 0, 300));
	assert_false(covers(INTENT_PAIN, "ouch", 0, 300));
	assert_false(covers(INTENT_PAUSE, "stop", 0, 300));
	assert_false(covers(INTENT_LIGHTER, "lighter", 0, 300));
	assert_true(mask_covers(&mask, &number));
	number.other = 8;
	assert_false(mask_covers(&mask, &number));
	number.other = -1;
	number.value = 8;
	assert_false(mask_covers(&mask, &number));
}

static void only_what_was_meant_is_covered(void **state)
{
	(void)state;
	struct hearing hearing = { .kind = HEARING_DOUBT, .intent = INTENT_YES, .from = BEGIN };
	hearing.to = BEGIN + EASE_RATE;
	add(1, "yes", 0);
	mask_begin(&mask, 1, BEGIN);
	assert_false(mask_covers(&mask, &hearing));
	snprintf(hearing.text, sizeof(hearing.text), " yes ");
	assert_true(mask_covers(&mask, &hearing));
	hearing.kind = HEARING_OFFSET;
	assert_false(mask_covers(&mask, &hearing));
}

static void words_are_told_as_they_are_heard(void **state)
{
	(void)state;
	add(1, "\"Yes,", 0);
	add(1, "7", 0);
	add(1, "10", 0);
	add(1, "11", 0);
	add(1, "don\342\200\231t", 0);
	add(1, "I'm", 0);
	add(1, "...", 0);
	add(1, "a-word-that-is-much-too-long-for-anybody", 0);
	mask_begin(&mask, 1, BEGIN);
	assert_true(covers(INTENT_YES, "yes", 0, 300));
	assert_true(covers(INTENT_RATING, "seven", 0, 300));
	assert_true(covers(INTENT_RATING, "ten", 0, 300));
	assert_true(covers(INTENT_RATING, "11", 0, 300));
	assert_true(covers(INTENT_YES, "i'm", 0, 300));
	assert_false(covers(INTENT_YES, "aword", 0, 300));
}

static void what_was_cut_was_never_said(void **state)
{
	(void)state;
	add(1, "firmer", 0);
	add(1, "faster", 200);
	add(2, "next", 0);
	mask_begin(&mask, 1, BEGIN);
	mask_cut(&mask, 1, BEGIN + frames_from_ms(150));
	mask_cut(&mask, 2, BEGIN + frames_from_ms(150));
	mask_begin(&mask, 2, BEGIN);
	assert_true(covers(INTENT_FIRMER, "firmer", 0, 300));
	assert_false(covers(INTENT_FASTER, "faster", 200, 500));
	assert_false(covers(INTENT_NEXT, "next", 0, 300));
}

static void the_oldest_word_makes_room(void **state)
{
	(void)state;
	add(1, "firmer", 0);
	mask_begin(&mask, 1, BEGIN);
	for (int i = 0; i < MASK_WORDS - 1; i++) {
		add(1, "and", 0);
	}
	assert_true(covers(INTENT_FIRMER, "firmer", 0, 300));
	add(1, "faster", 0);
	assert_false(covers(INTENT_FIRMER, "firmer", 0, 300));
	assert_true(covers(INTENT_FASTER, "faster", 0, 300));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(its_own_words_are_covered, empty),
		cmocka_unit_test_setup(words_that_become_known_late_are_covered, empty),
		cmocka_unit_test_setup(at_another_time_it_is_somebody_else, empty),
		cmocka_unit_test_setup(what_makes_safe_is_never_covered, empty),
		cmocka_unit_test_setup(only_what_was_meant_is_covered, empty),
		cmocka_unit_test_setup(words_are_told_as_they_are_heard, empty),
		cmocka_unit_test_setup(what_was_cut_was_never_said, empty),
		cmocka_unit_test_setup(the_oldest_word_makes_room, empty),
	};
	return cmocka_run_group_tests_name("mask", tests, NULL, NULL);
}
