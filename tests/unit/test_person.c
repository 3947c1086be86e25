/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp speech */
/* test_person.c - the cast's voice can be heard, again and again. */
#include "ease/person.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static double loudness(const char *text, double *seconds)
{
	int16_t *samples = NULL;
	size_t count = 0;
	uint32_t rate = 0;
	double power = 0.0;
	assert_int_equal(person_say(text, &samples, &count, &rate), STATUS_OK);
	for (size_t i = 0; i < count; i++) {
		power += (double)samples[i] * samples[i];
	}
	free(samples);
	assert_true(rate >= 8000);
	*seconds = (double)count / rate;
	return count > 0 ? power / (double)count : 0.0;
}

static void says_words(void **state)
{
	(void)state;
	static const char *const texts[] = { "stop", "yes", "seven", "go lighter please" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		double seconds = 0.0;
		assert_true(loudness(texts[i], &seconds) > 300.0 * 300.0);
		assert_true(seconds > 0.3 && seconds < 3.0);
	}
}

static void says_the_same_again(void **state)
{
	(void)state;
	int16_t *samples[2] = { NULL, NULL };
	size_t count[2] = { 0, 0 };
	uint32_t rate = 0;
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(person_say("lighter", &samples[i], &count[i], &rate), STATUS_OK);
	}
	assert_int_equal(count[0], count[1]);
	assert_memory_equal(samples[0], samples[1], count[0] * sizeof(int16_t));
	free(samples[0]);
	free(samples[1]);
}

static void says_nothing_without_words(void **state)
{
	(void)state;
	double seconds = 0.0;
	loudness("", &seconds);
	assert_true(seconds < 1.0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_words),
		cmocka_unit_test(says_the_same_again),
		cmocka_unit_test(says_nothing_without_words),
	};
	return cmocka_run_group_tests_name("person", tests, NULL, NULL);
}
