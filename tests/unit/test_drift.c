/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen */
/* test_drift.c - two clocks: the delay is made to stand still, and left alone where it does. */
#include "listen/drift.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define LOOK_S 0.25
#define SLUGGISH 0.15 /* of a change, that a look at the last seconds shows at once */

struct plant {
	struct drift drift;
	double rate;  /* by which the echo comes ever later */
	double now;   /* seconds */
	double delay; /* as it is */
	double seen;  /* as looks have it */
	double taken; /* the rate of the last look */
};

static struct plant plant(double rate)
{
	struct plant made = { .rate = rate, .delay = 0.053, .seen = 0.053 };
	drift_init(&made.drift);
	return made;
}

static void run(struct plant *plant, double seconds)
{
	const double end = plant->now + seconds;
	while (plant->now < end) {
		plant->delay += (plant->rate + plant->taken) * LOOK_S;
		plant->seen += SLUGGISH * (plant->delay - plant->seen);
		plant->taken = drift_look(&plant->drift, plant->seen + 5e-6 * sin(7.0 * plant->now),
				plant->now);
		plant->now += LOOK_S;
	}
}

static void finds_the_rate_of_two_clocks(void **state)
{
	(void)state;
	static const double ppm[] = { 20.0, -50.0, 100.0, -200.0 };
	for (size_t i = 0; i < sizeof ppm / sizeof ppm[0]; i++) {
		struct plant made = plant(ppm[i] * 1e-6);
		run(&made, 120.0);
		assert_true(fabs(made.taken + made.rate) < 2e-6);
		const double before = made.delay;
		run(&made, 480.0);
		assert_true(fabs(made.delay - before) < 100e-6);
		assert_true(fabs(made.taken + made.rate) < 2e-6);
	}
}

static void leaves_one_clock_alone(void **state)
{
	(void)state;
	struct plant made = plant(0.0);
	for (int i = 0; i < 600; i++) {
		run(&made, 1.0);
		assert_true(fabs(made.taken) <= 0.0);
	}
}

/* Nobody speaks: the delay goes on unseen. */
static void pass_unseen(struct plant *plant, double seconds)
{
	plant->taken = drift_rate(&plant->drift);
	plant->delay += (plant->rate + plant->taken) * seconds;
	plant->seen = plant->delay;
	plant->now += seconds;
}

/* The largest rate that is told in so many seconds. */
static double largest(struct plant *plant, double seconds)
{
	double most = 0.0;
	for (double end = plant->now + seconds; plant->now < end;) {
		run(plant, LOOK_S);
		most = fmax(most, fabs(plant->taken));
	}
	return most;
}

/* The microphone is moved, or another path of the room is the strongest now: looks tell of it at
 * once, where the paths are apart, or little by little. */
static void step(struct plant *plant, double seconds, bool sudden)
{
	plant->delay += seconds;
	plant->seen += sudden ? seconds : 0.0;
}

static void takes_no_step_for_a_drift(void **state)
{
	(void)state;
	static const double sizes[] = { 0.0002, 0.0005, -0.001, 0.002 };
	static const double times[] = { 5.0, 10.25, 60.0 };
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0] * 6; i++) {
		struct plant made = plant(0.0);
		run(&made, times[i / 2 % 3]);
		step(&made, sizes[i / 6], i % 2 == 0);
		assert_true(largest(&made, 120.0) <= 0.0);
		step(&made, -sizes[i / 6], i % 2 == 0);
		assert_true(largest(&made, 120.0) <= 0.0);
	}
}

/* Two paths are equally strong: now this one is found, now that one. */
static void takes_no_change_of_paths_for_a_drift(void **state)
{
	(void)state;
	struct plant made = plant(0.0);
	run(&made, 5.0);
	for (int i = 0; i < 30; i++) {
		step(&made, i % 2 == 0 ? 0.002 : -0.002, true);
		assert_true(largest(&made, i % 3 == 0 ? 4.0 : 7.5) <= 0.0);
	}
}

static void keeps_the_rate_over_a_step(void **state)
{
	(void)state;
	struct plant made = plant(100e-6);
	run(&made, 120.0);
	step(&made, 0.001, true);
	for (int i = 0; i < 60; i++) {
		run(&made, 1.0);
		assert_true(fabs(made.taken + made.rate) < 10e-6);
	}
}

/* What was taken for a drift ends: nothing is to be held. */
static void lets_go_where_there_is_no_drift(void **state)
{
	(void)state;
	struct plant made = plant(100e-6);
	run(&made, 60.0);
	made.rate = 0.0;
	run(&made, 20.0);
	assert_true(fabs(made.taken) < 10e-6);
	run(&made, 160.0);
	assert_true(largest(&made, 60.0) <= 0.0);
}

/* The coach says a sentence now and then. */
static void finds_the_rate_in_sparse_speech(void **state)
{
	(void)state;
	static const double ppm[] = { 20.0, -50.0, 200.0 };
	for (size_t i = 0; i < sizeof ppm / sizeof ppm[0]; i++) {
		struct plant made = plant(ppm[i] * 1e-6);
		for (int sentence = 0; sentence < 12; sentence++) {
			run(&made, 3.0);
			pass_unseen(&made, 20.0);
		}
		assert_true(fabs(made.taken + made.rate) < 5e-6);
	}
}

/* Somebody moves the microphone: the clocks are the same as before. */
static void keeps_the_rate_over_a_jump(void **state)
{
	(void)state;
	struct plant made = plant(100e-6);
	run(&made, 120.0);
	made.delay += 0.02;
	made.seen = made.delay;
	run(&made, 2.0);
	assert_true(fabs(made.taken + made.rate) < 10e-6);
	run(&made, 60.0);
	assert_true(fabs(made.taken + made.rate) < 5e-6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_rate_of_two_clocks),
		cmocka_unit_test(leaves_one_clock_alone),
		cmocka_unit_test(takes_no_step_for_a_drift),
		cmocka_unit_test(takes_no_change_of_paths_for_a_drift),
		cmocka_unit_test(keeps_the_rate_over_a_step),
		cmocka_unit_test(lets_go_where_there_is_no_drift),
		cmocka_unit_test(finds_the_rate_in_sparse_speech),
		cmocka_unit_test(keeps_the_rate_over_a_jump),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
