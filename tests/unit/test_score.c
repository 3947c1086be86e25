/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen */
/* test_score.c - the confidence goes the way that the evidence points. */
#include "listen/score.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* A word clearly said into a quiet room, as an answer. */
static const double clear[FEATURE_COUNT] = {
	[FEATURE_PHONES] = 3.0,
	[FEATURE_SUM] = 2.0,
	[FEATURE_WORST] = 5.0,
	[FEATURE_RIVAL] = 12.0,
	[FEATURE_LENGTH] = 12.0,
	[FEATURE_SOUNDS] = 4.0,
	[FEATURE_COVERAGE] = 0.95,
	[FEATURE_SEGMENT] = 0.5,
	[FEATURE_GAP] = 1.0,
	[FEATURE_SNR] = 40.0,
	[FEATURE_WORDS] = 1.0,
	[FEATURE_ASKED] = 1.0,
	[FEATURE_LIKE] = -0.02,
	[FEATURE_LEAD] = 4.5,
	[FEATURE_OTHER] = -4.5,
	[FEATURE_AGAINST] = -4.0,
};

static double sure_of(enum guess guess)
{
	return score_confidence(guess, clear);
}

static double with(enum guess guess, enum feature feature, double value)
{
	double features[FEATURE_COUNT];
	memcpy(features, clear, sizeof features);
	features[feature] = value;
	return score_confidence(guess, features);
}

static void is_sure_of_a_clear_word(void **state)
{
	(void)state;
	assert_true(sure_of(GUESS_HEARD) > 0.8);
	assert_true(sure_of(GUESS_KNOWN) > 0.9);
	assert_true(sure_of(GUESS_LIKENED) > 0.1);
	assert_true(sure_of(GUESS_KNOWN) < 1.0);
}

/* "stop" is heard from 0.05 on (voices/en/words.yaml), and nobody asks for it. */
static void obeys_a_stop_that_is_only_likened(void **state)
{
	(void)state;
	const double stop[FEATURE_COUNT] = {
		[FEATURE_COVERAGE] = 1.0,
		[FEATURE_SEGMENT] = 0.5,
		[FEATURE_GAP] = 1.0,
		[FEATURE_SNR] = 30.0,
		[FEATURE_LEAD] = 4.0,
		[FEATURE_OTHER] = -4.0,
		[FEATURE_AGAINST] = -6.0,
		[FEATURE_ECHO] = 1.0,
	};
	assert_true(score_confidence(GUESS_LIKENED, stop) > 0.06);
}

static void is_less_sure_with_evidence_against_it(void **state)
{
	(void)state;
	const double heard = sure_of(GUESS_HEARD);
	assert_true(with(GUESS_HEARD, FEATURE_PHONES, -10.0) < heard);
	assert_true(with(GUESS_HEARD, FEATURE_RIVAL, -5.0) < heard);
	assert_true(with(GUESS_HEARD, FEATURE_COVERAGE, 0.2) < heard);
	const double known = sure_of(GUESS_KNOWN);
	assert_true(with(GUESS_KNOWN, FEATURE_RIVAL, -5.0) < known);
	assert_true(with(GUESS_KNOWN, FEATURE_LIKE, -5.0) < known);
	assert_true(with(GUESS_KNOWN, FEATURE_OTHER, -0.1) < known);
	const double likened = sure_of(GUESS_LIKENED);
	assert_true(with(GUESS_LIKENED, FEATURE_LIKE, -3.0) < likened);
	assert_true(with(GUESS_LIKENED, FEATURE_AGAINST, 4.0) < likened);
}

static void prefers_a_clear_likeness_to_a_poor_hearing(void **state)
{
	(void)state;
	double poor[FEATURE_COUNT];
	memcpy(poor, clear, sizeof poor);
	poor[FEATURE_PHONES] = -15.0;
	poor[FEATURE_RIVAL] = -4.0;
	poor[FEATURE_LIKE] = -5.0;
	poor[FEATURE_LEAD] = -5.0;
	assert_true(score_confidence(GUESS_KNOWN, poor) < sure_of(GUESS_LIKENED));
	assert_true(sure_of(GUESS_LIKENED) < sure_of(GUESS_KNOWN));
}

static void takes_no_echo_of_the_coach_for_a_person(void **state)
{
	(void)state;
	for (int i = 0; i < GUESS_COUNT; i++) {
		const enum guess guess = (enum guess)i;
		/* a person over a softer coach loses nothing */
		assert_float_equal(with(guess, FEATURE_ECHO, 0.5), sure_of(guess), 1e-9);
		assert_true(with(guess, FEATURE_ECHO, 12.0) < 0.2);
	}
}

static void bounds_what_a_feature_can_do(void **state)
{
	(void)state;
	for (int i = 0; i < FEATURE_COUNT * GUESS_COUNT; i++) {
		const enum feature feature = (enum feature)(i % FEATURE_COUNT);
		const enum guess guess = (enum guess)(i / FEATURE_COUNT);
		const double low = with(guess, feature, -1e9);
		const double high = with(guess, feature, 1e9);
		assert_true(low > 1e-9 && low < 1.0 && high > 1e-9 && high < 1.0);
		assert_float_equal(low, with(guess, feature, -1e12), 0.0);
	}
}

static void gives_odds_within_bounds(void **state)
{
	(void)state;
	assert_float_equal(score_odds(0.5), 0.0, 1e-12);
	assert_float_equal(score_odds(0.9), log(9.0), 1e-9);
	assert_float_equal(score_odds(0.0), -6.0, 0.0);
	assert_float_equal(score_odds(1.0), 6.0, 0.0);
}

static void names_every_feature(void **state)
{
	(void)state;
	for (int i = 0; i < FEATURE_COUNT; i++) {
		assert_non_null(feature_name((enum feature)i));
	}
	assert_string_equal(feature_name(FEATURE_RIVAL), "rival");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_sure_of_a_clear_word),
		cmocka_unit_test(obeys_a_stop_that_is_only_likened),
		cmocka_unit_test(is_less_sure_with_evidence_against_it),
		cmocka_unit_test(prefers_a_clear_likeness_to_a_poor_hearing),
		cmocka_unit_test(takes_no_echo_of_the_coach_for_a_person),
		cmocka_unit_test(bounds_what_a_feature_can_do),
		cmocka_unit_test(gives_odds_within_bounds),
		cmocka_unit_test(names_every_feature),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
