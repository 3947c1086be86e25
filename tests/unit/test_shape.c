/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp speech */
/* test_shape.c - what the filters take, what the gain gives, and where the ceiling is. */
#include "speech/shape.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE 22050
#define COUNT (RATE / 2)
#define CEILING 27600

static int16_t samples[COUNT];

/* The gain in dB that a sine of hz sees, its beginning aside. */
static double gain_at(double hz, double gain_db, double amplitude)
{
	struct shape shape;
	double before = 0.0;
	double after = 0.0;
	shape_init(&shape, RATE, gain_db);
	for (size_t i = 0; i < COUNT; i++) {
		samples[i] = (int16_t)lrint(amplitude * sin(2.0 * M_PI * hz * (double)i / RATE));
		before += i > COUNT / 2 ? (double)samples[i] * samples[i] : 0.0;
	}
	shape_sentence(&shape, samples, COUNT);
	for (size_t i = COUNT / 2 + 1; i < COUNT; i++) {
		after += (double)samples[i] * samples[i];
	}
	return 10.0 * log10(after / before);
}

static void assert_near(double got, double wanted, double tolerance)
{
	if (!(fabs(got - wanted) <= tolerance)) {
		fail_msg("%.3f is not %.3f", got, wanted);
	}
}

static void takes_rumble_and_edge(void **state)
{
	(void)state;
	assert_near(gain_at(20.0, 0.0, 8000), -24.1, 0.5);
	assert_near(gain_at(80.0, 0.0, 8000), -3.0, 0.1);
	assert_near(gain_at(300.0, 0.0, 8000), 0.0, 0.1);
	assert_near(gain_at(1000.0, 0.0, 8000), 0.0, 0.1);
	assert_near(gain_at(6000.0, 0.0, 8000), -1.5, 0.1);
	assert_near(gain_at(10500.0, 0.0, 8000), -3.0, 0.1);
}

static void gives_the_gain(void **state)
{
	(void)state;
	assert_near(gain_at(1000.0, 5.0, 8000), 5.0, 0.02);
	assert_near(gain_at(1000.0, -12.0, 8000), -12.0, 0.02);
}

static void holds_the_ceiling_without_a_step(void **state)
{
	(void)state;
	struct shape shape;
	shape_init(&shape, RATE, 6.0);
	/* a quiet tone with loud bursts, the last of them at the very end */
	for (size_t i = 0; i < COUNT; i++) {
		const double loud = i % 3000 < 700 || i > COUNT - 50 ? 30000.0 : 3000.0;
		samples[i] = (int16_t)lrint(loud * sin(2.0 * M_PI * 300.0 * (double)i / RATE));
	}
	shape_sentence(&shape, samples, COUNT);
	int peak = 0;
	for (size_t i = 0; i < COUNT; i++) {
		peak = abs(samples[i]) > peak ? abs(samples[i]) : peak;
	}
	assert_true(peak <= CEILING);
	assert_true(peak > CEILING * 95 / 100);
	/* far from the bursts the full gain is there: 6 dB is 1.995 */
	peak = 0;
	for (size_t i = 2000; i < 2400; i++) {
		peak = abs(samples[i]) > peak ? abs(samples[i]) : peak;
	}
	assert_near(peak, 3000 * 1.995, 60);
}

static void moves_the_gain_smoothly(void **state)
{
	(void)state;
	struct shape shape;
	int16_t level[2000];
	shape_init(&shape, RATE, 9.0);
	/* 1 kHz: its level can be read in every period of 22 samples */
	for (size_t i = 0; i < 2000; i++) {
		const double loud = i > 1000 ? 30000.0 : 8000.0;
		level[i] = (int16_t)lrint(loud * sin(2.0 * M_PI * 1000.0 * (double)i / RATE));
	}
	shape_sentence(&shape, level, 2000);
	int before = 0;
	for (size_t period = 0; period + 22 <= 990; period += 22) {
		int peak = 0;
		for (size_t i = period; i < period + 22; i++) {
			peak = abs(level[i]) > peak ? abs(level[i]) : peak;
		}
		/* 9 dB are taken back over 220 samples: a tenth of that a period */
		assert_true(before == 0 || abs(peak - before) < 22548 / 5);
		before = peak;
	}
}

static void takes_any_length(void **state)
{
	(void)state;
	struct shape shape;
	shape_init(&shape, RATE, 20.0);
	for (size_t count = 0; count < 700; count++) {
		memset(samples, 0x7f, sizeof(samples));
		shape_sentence(&shape, samples, count);
		for (size_t i = 0; i < count; i++) {
			assert_true(abs(samples[i]) <= CEILING);
		}
		assert_int_equal(samples[count], 0x7f7f);
	}
}

static void forgets_the_sentence_before(void **state)
{
	(void)state;
	struct shape shape;
	int16_t first[300];
	int16_t second[300];
	for (size_t i = 0; i < 300; i++) {
		first[i] = second[i] = (int16_t)(i * 100);
	}
	shape_init(&shape, RATE, 3.0);
	shape_sentence(&shape, first, 300);
	shape_sentence(&shape, second, 300);
	assert_memory_equal(first, second, sizeof(first));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_rumble_and_edge),
		cmocka_unit_test(gives_the_gain),
		cmocka_unit_test(holds_the_ceiling_without_a_step),
		cmocka_unit_test(moves_the_gain_smoothly),
		cmocka_unit_test(takes_any_length),
		cmocka_unit_test(forgets_the_sentence_before),
	};
	return cmocka_run_group_tests_name("shape", tests, NULL, NULL);
}
