/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen */
/* test_score.c - the confidence goes the way that the evidence points. */
#include "listen/score.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* A word clearly said into a quiet room. */
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
};

static double with(enum feature feature, double value)
{
	double features[FEATURE_COUNT];
	memcpy(features, clear, sizeof features);
	features[feature] = value;
	return score_confidence(features);
}

static void is_sure_of_a_clear_word(void **state)
{
	(void)state;
	assert_true(score_confidence(clear) > 0.9);
	assert_true(score_confidence(clear) < 1.0);
}

static void is_less_sure_with_evidence_against_it(void **state)
{
	(void)state;
	const double sure = score_confidence(clear);
	assert_true(with(FEATURE_PHONES, -10.0) < sure);
	assert_true(with(FEATURE_RIVAL, -5.0) < sure);
	assert_true(with(FEATURE_COVERAGE, 0.2) < sure);
	assert_true(with(FEATURE_SEGMENT, 2.5) < sure);
	assert_true(with(FEATURE_GAP, 0.1) < sure);
	assert_true(with(FEATURE_ECHO, 9.0) < sure);
}

static void takes_no_echo_of_the_coach_for_a_person(void **state)
{
	(void)state;
	/* a person over a softer coach loses nothing */
	assert_float_equal(with(FEATURE_ECHO, 0.5), score_confidence(clear), 1e-9);
	assert_true(with(FEATURE_ECHO, 12.0) < 0.1);
}

static void bounds_what_a_feature_can_do(void **state)
{
	(void)state;
	for (int i = 0; i < FEATURE_COUNT; i++) {
		const double low = with((enum feature)i, -1e9);
		const double high = with((enum feature)i, 1e9);
		assert_true(low > 1e-9 && low < 1.0 && high > 1e-9 && high < 1.0);
		assert_float_equal(low, with((enum feature)i, -1e12), 0.0);
	}
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
		cmocka_unit_test(is_less_sure_with_evidence_against_it),
		cmocka_unit_test(takes_no_echo_of_the_coach_for_a_person),
		cmocka_unit_test(bounds_what_a_feature_can_do),
		cmocka_unit_test(names_every_feature),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
