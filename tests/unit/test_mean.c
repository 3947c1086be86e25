/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen */
/* test_mean.c - the cepstral mean: what is taken away, and what the next segment inherits. */
#include "listen/mean.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define FRAMES 100

/* Quiet frames with C0 10, loud ones with C0 70 from frame 20 to 79; all other cepstra are shape.
 */
static void make(sphinx_cepstrum_t *cepstra, float shape)
{
	for (int i = 0; i < FRAMES; i++) {
		cepstra[i][0] = i >= 20 && i < 80 ? 70.0f : 10.0f;
		for (int j = 1; j < SPHINX_CEPSTRA; j++) {
			cepstra[i][j] = i >= 20 && i < 80 ? shape : -shape;
		}
	}
}

static void takes_the_level_of_loud_frames_away(void **state)
{
	(void)state;
	struct mean mean;
	sphinx_cepstrum_t cepstra[FRAMES];
	mean_init(&mean);
	make(cepstra, 3.0f);
	mean_remove(&mean, cepstra, FRAMES, 10, 90);
	assert_float_equal(cepstra[50][0], 0.0, 1e-4);
	assert_float_equal(cepstra[5][0], -60.0, 1e-4);
	assert_int_equal(mean.loud, 60);
}

static void draws_the_shape_towards_the_prior(void **state)
{
	(void)state;
	struct mean mean;
	sphinx_cepstrum_t cepstra[FRAMES];
	mean_init(&mean);
	make(cepstra, 3.0f);
	mean_remove(&mean, cepstra, FRAMES, 10, 90);
	/* 30 frames of prior against 60 loud ones */
	for (int j = 1; j < SPHINX_CEPSTRA; j++) {
		const double taken = (mean.prior[j] + 2.0 * 3.0) / 3.0;
		assert_float_equal(cepstra[50][j], (float)(3.0 - taken), 1e-4);
		assert_float_equal(cepstra[5][j], (float)(-3.0 - taken), 1e-4);
	}
}

static void follows_a_voice_only_when_told(void **state)
{
	(void)state;
	struct mean mean;
	sphinx_cepstrum_t cepstra[FRAMES];
	mean_init(&mean);
	const double before = mean.prior[1];
	for (int i = 0; i < 20; i++) {
		make(cepstra, 8.0f);
		mean_remove(&mean, cepstra, FRAMES, 10, 90);
	}
	assert_float_equal(mean.prior[1], before, 0.0);
	mean_learn(&mean);
	const double once = mean.prior[1];
	assert_true(once > before && once < before + 5.0);
	for (int i = 0; i < 50; i++) {
		mean_learn(&mean);
	}
	assert_float_equal(mean.prior[1], 8.0, 0.1);
}

/* In shape: the level is not the voice's. */
static double away(const double *a, const double *b)
{
	double square = 0.0;
	for (int j = 1; j < SPHINX_CEPSTRA; j++) {
		square += (a[j] - b[j]) * (a[j] - b[j]);
	}
	return sqrt(square);
}

/* Whatever is taken for the person, a word moves the prior by little, and all words together no
 * further than voices lie apart. */
static void follows_nobody_beyond_a_voice(void **state)
{
	(void)state;
	struct mean mean;
	sphinx_cepstrum_t cepstra[FRAMES];
	double before[SPHINX_CEPSTRA];
	double everybody[SPHINX_CEPSTRA];
	mean_init(&mean);
	memcpy(everybody, mean.prior, sizeof everybody);
	for (int i = 0; i < 200; i++) {
		memcpy(before, mean.prior, sizeof before);
		make(cepstra, 90.0f);
		mean_remove(&mean, cepstra, FRAMES, 10, 90);
		mean_learn(&mean);
		assert_true(away(mean.prior, before) <= 6.0 + 1e-9);
	}
	assert_float_equal(away(mean.prior, everybody), 50.0, 1e-6);
}

static void expects_no_more_than_a_voice(void **state)
{
	(void)state;
	struct mean mean;
	double everybody[SPHINX_CEPSTRA];
	double known[SPHINX_CEPSTRA];
	mean_init(&mean);
	memcpy(everybody, mean.prior, sizeof everybody);
	memcpy(known, mean.prior, sizeof known);
	known[2] += 40.0;
	mean_expect(&mean, known);
	assert_memory_equal(mean.prior, known, sizeof known);
	known[2] += 400.0;
	mean_expect(&mean, known);
	assert_float_equal(away(mean.prior, everybody), 50.0, 1e-6);
}

/* A microphone that is 40 dB too quiet takes nothing from what is known of the voice. */
static void lets_a_quiet_microphone_know_the_voice(void **state)
{
	(void)state;
	struct mean mean;
	sphinx_cepstrum_t cepstra[FRAMES];
	double known[SPHINX_CEPSTRA];
	mean_init(&mean);
	memcpy(known, mean.prior, sizeof known);
	known[0] -= 46.0;
	known[2] += 40.0;
	mean_expect(&mean, known);
	assert_memory_equal(mean.prior, known, sizeof known);
	make(cepstra, 3.0f);
	mean_remove(&mean, cepstra, FRAMES, 10, 90);
	mean.last[0] = known[0] - 46.0;
	memcpy(mean.last + 1, known + 1, sizeof known - sizeof known[0]);
	mean.last[2] += 20.0;
	mean_learn(&mean);
	/* 60 loud frames weigh a sixth against 300 */
	assert_true(fabs(mean.prior[2] - known[2] - 20.0 / 6.0) < 1e-6);
}

static void leaves_cepstra_without_speech_alone(void **state)
{
	(void)state;
	struct mean mean;
	sphinx_cepstrum_t cepstra[FRAMES];
	sphinx_cepstrum_t same[FRAMES];
	mean_init(&mean);
	make(cepstra, 3.0f);
	memcpy(same, cepstra, sizeof same);
	mean_remove(&mean, cepstra, FRAMES, 100, 120);
	assert_memory_equal(same, cepstra, sizeof same);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_level_of_loud_frames_away),
		cmocka_unit_test(draws_the_shape_towards_the_prior),
		cmocka_unit_test(follows_a_voice_only_when_told),
		cmocka_unit_test(follows_nobody_beyond_a_voice),
		cmocka_unit_test(expects_no_more_than_a_voice),
		cmocka_unit_test(lets_a_quiet_microphone_know_the_voice),
		cmocka_unit_test(leaves_cepstra_without_speech_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
