/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp */
/* test_fft.c - the transform against its definition, and the convolver on top of it. */
#include "ease/convolver.h"
#include "ease/fft.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define SIZE 64
#define PERIODS 20

static float white(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (float)(int32_t)*seed * 0x1p-31F;
}

static void is_the_sum_that_defines_it(void **state)
{
	(void)state;
	struct fft *fft = NULL;
	float re[SIZE];
	float im[SIZE];
	float kept[2][SIZE];
	uint32_t seed = 3;
	assert_int_equal(fft_create(SIZE, &fft), STATUS_OK);
	for (int i = 0; i < SIZE; i++) {
		re[i] = kept[0][i] = white(&seed);
		im[i] = kept[1][i] = white(&seed);
	}
	fft_forward(fft, re, im);
	for (int k = 0; k < SIZE; k++) {
		double sum[2] = { 0.0, 0.0 };
		for (int i = 0; i < SIZE; i++) {
			const double angle = -2.0 * M_PI * k * i / SIZE;
			const double x = (double)kept[0][i];
			const double y = (double)kept[1][i];
			sum[0] += x * cos(angle) - y * sin(angle);
			sum[1] += x * sin(angle) + y * cos(angle);
		}
		assert_float_equal(re[k], sum[0], 1e-4);
		assert_float_equal(im[k], sum[1], 1e-4);
	}
	fft_inverse(fft, re, im);
	for (int i = 0; i < SIZE; i++) {
		assert_float_equal(re[i] / SIZE, kept[0][i], 1e-5);
		assert_float_equal(im[i] / SIZE, kept[1][i], 1e-5);
	}
	fft_destroy(fft);
}

static void refuses_other_sizes(void **state)
{
	(void)state;
	static const size_t wrong[] = { 0, 1, 2, 3, 100, 131072 };
	struct fft *fft = NULL;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(fft_create(wrong[i], &fft), STATUS_BAD_ARG);
	}
	fft_destroy(NULL);
}

static void convolves_as_the_sum_does(void **state)
{
	(void)state;
	static const size_t counts[] = { 1, 480, 481, 1700 };
	static int16_t in[PERIODS * EASE_PERIOD];
	float taps[1700];
	float out[EASE_PERIOD];
	uint32_t seed = 3;
	for (size_t i = 0; i < sizeof(in) / sizeof(in[0]); i++) {
		in[i] = (int16_t)(20000.0F * white(&seed));
	}
	for (size_t i = 0; i < 1700; i++) {
		taps[i] = 0.1F * white(&seed);
	}
	for (size_t c = 0; c < sizeof(counts) / sizeof(counts[0]); c++) {
		struct convolver *convolver = NULL;
		assert_int_equal(convolver_create(taps, counts[c], &convolver), STATUS_OK);
		for (size_t p = 0; p < PERIODS; p++) {
			convolver_process(convolver, in + p * EASE_PERIOD, out);
			for (size_t i = 0; i < EASE_PERIOD; i += 37) {
				const size_t at = p * EASE_PERIOD + i;
				double sum = 0.0;
				for (size_t t = 0; t < counts[c] && t <= at; t++) {
					sum += (double)taps[t] * in[at - t];
				}
				assert_float_equal(out[i], sum, 1.0);
			}
		}
		convolver_destroy(convolver);
	}
}

static void refuses_a_response_of_no_length(void **state)
{
	(void)state;
	const float tap = 1.0F;
	struct convolver *convolver = NULL;
	assert_int_equal(convolver_create(&tap, 0, &convolver), STATUS_BAD_ARG);
	assert_int_equal(
			convolver_create(&tap, CONVOLVER_TAPS_MAX + 1, &convolver), STATUS_BAD_ARG);
	convolver_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_sum_that_defines_it),
		cmocka_unit_test(refuses_other_sizes),
		cmocka_unit_test(convolves_as_the_sum_does),
		cmocka_unit_test(refuses_a_response_of_no_length),
	};
	return cmocka_run_group_tests_name("fft", tests, NULL, NULL);
}
