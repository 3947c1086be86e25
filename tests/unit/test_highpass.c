/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: dsp */
/* test_highpass.c - an offset and rumble go, speech stays. */
#include "ease/clock.h"
#include "ease/highpass.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT EARS_RATE
#define PI 3.14159265358979323846

/* Decibels that a tone loses, measured over the second half of a second. */
static double loss_db(double hertz, double offset)
{
	static int16_t samples[COUNT];
	struct highpass filter;
	double before = 0.0;
	double after = 0.0;
	for (int i = 0; i < COUNT; i++) {
		const double tone = 8000.0 * sin(2.0 * PI * hertz * i / EARS_RATE);
		samples[i] = (int16_t)lrint(tone + offset);
		before += i >= COUNT / 2 ? tone * tone : 0.0;
	}
	highpass_init(&filter);
	for (int i = 0; i < COUNT; i += 160) {
		highpass_run(&filter, samples + i, 160);
	}
	for (int i = COUNT / 2; i < COUNT; i++) {
		after += (double)samples[i] * samples[i];
	}
	return 10.0 * log10(before / (after + 1.0));
}

static void leaves_speech_alone(void **state)
{
	(void)state;
	assert_true(fabs(loss_db(250.0, 0.0)) < 0.2);
	assert_true(fabs(loss_db(1000.0, 0.0)) < 0.01);
	assert_true(fabs(loss_db(7000.0, 0.0)) < 0.01);
	assert_true(fabs(loss_db(1000.0, 5000.0)) < 0.01);
}

static void takes_out_rumble(void **state)
{
	(void)state;
	assert_true(loss_db(20.0, 0.0) > 24.0);
	assert_true(loss_db(90.0, 0.0) > 2.5 && loss_db(90.0, 0.0) < 3.5);
}

static void an_offset_is_gone_from_the_first_sample_on(void **state)
{
	int16_t samples[480];
	struct highpass filter;
	(void)state;
	for (int i = 0; i < 480; i++) {
		samples[i] = -12000;
	}
	highpass_init(&filter);
	highpass_run(&filter, samples, 0);
	highpass_run(&filter, samples, 480);
	for (int i = 0; i < 480; i++) {
		assert_int_equal(samples[i], 0);
	}
}

static void full_scale_does_not_wrap_around(void **state)
{
	struct highpass filter;
	int16_t samples[400];
	(void)state;
	for (int i = 0; i < 400; i++) {
		samples[i] = i < 200 ? -32768 : 32767;
	}
	highpass_init(&filter);
	highpass_run(&filter, samples, 400);
	assert_true(samples[200] == 32767);
	assert_true(samples[210] > 20000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(leaves_speech_alone),
		cmocka_unit_test(takes_out_rumble),
		cmocka_unit_test(an_offset_is_gone_from_the_first_sample_on),
		cmocka_unit_test(full_scale_does_not_wrap_around),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
