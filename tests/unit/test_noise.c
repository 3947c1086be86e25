/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp */
/* test_noise.c - level, colour, sameness and saturation of the room noise. */
#include "ease/noise.h"

#include "ease/clock.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT (20 * EASE_RATE)

static int16_t *make(uint32_t seed, double level_dbfs)
{
	struct noise noise;
	int16_t *samples = calloc(COUNT, sizeof(*samples));
	assert_non_null(samples);
	noise_init(&noise, seed, level_dbfs);
	for (size_t i = 0; i < COUNT; i += 100) {
		noise_add(&noise, samples + i, 100);
	}
	return samples;
}

static double level(const int16_t *samples, size_t step)
{
	double sum = 0.0;
	for (size_t i = step; i < COUNT; i++) {
		const double x = samples[i] - (step > 0 ? samples[i - step] : 0);
		sum += x * x;
	}
	return 10.0 * log10(sum / COUNT) - 20.0 * log10(32768.0);
}

static void the_level_is_what_was_asked_for(void **state)
{
	(void)state;
	const double levels[] = { -69.0, -50.0, -20.0 };
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		int16_t *samples = make(1, levels[i]);
		assert_true(fabs(level(samples, 0) - levels[i]) < 0.5);
		free(samples);
	}
}

static void low_notes_are_louder_than_high_ones(void **state)
{
	(void)state;
	int16_t *samples = make(1, -30.0);
	/* white noise gains 3 dB by taking the difference of neighbours; pink noise loses */
	assert_true(level(samples, 1) < level(samples, 0) - 1.0);
	free(samples);
}

static void a_seed_gives_the_same_noise_and_another_another(void **state)
{
	(void)state;
	int16_t *first = make(5, -40.0);
	int16_t *again = make(5, -40.0);
	int16_t *other = make(6, -40.0);
	assert_memory_equal(first, again, COUNT * sizeof(*first));
	assert_memory_not_equal(first, other, COUNT * sizeof(*first));
	free(first);
	free(again);
	free(other);
}

static void loud_sound_saturates(void **state)
{
	(void)state;
	struct noise noise;
	int16_t mix[1000];
	for (size_t i = 0; i < 1000; i++) {
		mix[i] = i % 2 == 0 ? INT16_MAX : INT16_MIN;
	}
	noise_init(&noise, 1, -40.0);
	noise_add(&noise, mix, 1000);
	for (size_t i = 0; i < 1000; i++) {
		assert_true(i % 2 == 0 ? mix[i] > 30000 : mix[i] < -30000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_level_is_what_was_asked_for),
		cmocka_unit_test(low_notes_are_louder_than_high_ones),
		cmocka_unit_test(a_seed_gives_the_same_noise_and_another_another),
		cmocka_unit_test(loud_sound_saturates),
	};
	return cmocka_run_group_tests_name("noise", tests, NULL, NULL);
}
