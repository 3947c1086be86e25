/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen */
/* test_pair.c - which loudspeaker frames belong to which microphone frames. */
#include "listen/pair.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define USEC_A_BLOCK 10000

static int16_t value(frames_t frame)
{
	return (int16_t)(frame % 30011 + 1);
}

/* Block number n of a stream whose frame 0 has the stamp begin and which is read jitter late. */
static struct sound_block block(frames_t n, usec_t begin, usec_t jitter)
{
	struct sound_block out = { .at = n * EASE_PERIOD,
		.stamp = begin + n * USEC_A_BLOCK + jitter };
	for (frames_t i = 0; i < EASE_PERIOD; i++) {
		out.samples[i] = value(out.at + i);
	}
	return out;
}

static struct pair *fresh(void)
{
	struct pair *pair = malloc(sizeof *pair);
	assert_non_null(pair);
	pair_init(pair);
	return pair;
}

static void pairs_streams_that_began_together(void **state)
{
	(void)state;
	struct pair *pair = fresh();
	for (frames_t n = 0; n < 300; n++) {
		const struct sound_block far = block(n, 0, 0);
		const struct sound_block near = block(n, 0, 0);
		int16_t out[EASE_PERIOD];
		assert_false(pair_ready(pair, &near));
		pair_far(pair, &far);
		assert_false(pair_near(pair, &near));
		assert_true(pair_ready(pair, &near));
		pair_take(pair, &near, out);
		assert_memory_equal(out, far.samples, sizeof out);
		assert_int_equal(pair_output(pair, near.at), near.at);
	}
	free(pair);
}

static void gives_the_loudspeaker_earlier_when_told(void **state)
{
	(void)state;
	struct pair *pair = fresh();
	struct sound_block near = block(0, 0, 0);
	int16_t out[EASE_PERIOD];
	for (frames_t n = 0; n < 30; n++) {
		const struct sound_block far = block(n, 0, 0);
		near = block(n, 0, 0);
		pair_far(pair, &far);
		assert_false(pair_near(pair, &near));
	}
	assert_int_equal(pair_lead(pair, 100), 100);
	assert_int_equal(pair_lead(pair, 50), 50);
	assert_false(pair_ready(pair, &near));
	const struct sound_block next = block(30, 0, 0);
	pair_far(pair, &next);
	assert_true(pair_ready(pair, &near));
	pair_take(pair, &near, out);
	assert_int_equal(out[0], value(near.at + 150));
	assert_int_equal(pair_output(pair, near.at), near.at);
	free(pair);
}

static void gives_no_more_lead_than_a_pairing_can_be_wrong(void **state)
{
	(void)state;
	struct pair *pair = fresh();
	assert_int_equal(pair_lead(pair, 9 * EASE_PERIOD), 9 * EASE_PERIOD);
	assert_int_equal(pair_lead(pair, 9 * EASE_PERIOD), EASE_PERIOD);
	assert_int_equal(pair_lead(pair, 9 * EASE_PERIOD), 0);
	free(pair);
}

/* A slow sine of the loudspeaker, as a microphone samples it whose clock is another. */
static void takes_the_loudspeaker_at_the_other_clock(void **state)
{
	(void)state;
	const double rate = 200e-6;
	const double step = 2.0 * M_PI * 1000.0 / EASE_RATE;
	struct pair *pair = fresh();
	double worst = 0.0;
	pair_drift(pair, rate);
	for (frames_t n = 0; n < 300; n++) {
		struct sound_block far = block(n, 0, 0);
		for (frames_t i = 0; i < EASE_PERIOD; i++) {
			far.samples[i] = (int16_t)lrint(10000.0 * sin(step * (double)(far.at + i)));
		}
		pair_far(pair, &far);
		const struct sound_block near = block(n - 1, 0, 0);
		int16_t out[EASE_PERIOD];
		if (n == 0) {
			continue;
		}
		assert_false(pair_near(pair, &near));
		assert_true(pair_ready(pair, &near));
		pair_take(pair, &near, out);
		for (frames_t i = 0; n > 1 && i < EASE_PERIOD; i++) {
			const double at = (double)(near.at + i) * (1.0 + rate);
			worst = fmax(worst, fabs(out[i] - 10000.0 * sin(step * at)));
		}
	}
	assert_true(worst < 10.0); /* -60 dB */
	free(pair);
}

static void finds_the_offset_of_two_cards_in_spite_of_jitter(void **state)
{
	(void)state;
	static const usec_t jitter[] = { 0, 30000, 20000, 10000, 0, 0, 40000, 30000 };
	struct pair *pair = fresh();
	int moved = 0;
	for (frames_t n = 0; n < 1000; n++) {
		/* the loudspeaker began 250 ms before the microphone */
		const struct sound_block far = block(n, 0, jitter[n % 8]);
		pair_far(pair, &far);
		if (n >= 25) {
			const struct sound_block near = block(n - 25, 250000, jitter[n * 5 % 8]);
			moved += pair_near(pair, &near);
		}
	}
	assert_int_equal(moved, 0);
	assert_in_range(pair_output(pair, 0), 12000 - 700, 12000 + 700);
	free(pair);
}

static void follows_a_drift_only_now_and_then(void **state)
{
	(void)state;
	struct pair *pair = fresh();
	int moved = 0;
	frames_t n = 0;
	for (; n < 60000; n++) {
		/* ten minutes in which one clock gains 1/10000 */
		const struct sound_block far = block(n, 0, 0);
		const struct sound_block near = block(n, n, 0);
		pair_far(pair, &far);
		moved += pair_near(pair, &near);
	}
	assert_int_equal(moved, 1);
	const frames_t off = pair_output(pair, n * EASE_PERIOD) - n * EASE_PERIOD;
	assert_in_range(off, n * 48 / 1000 - 2100, n * 48 / 1000 + 100);
	free(pair);
}

static void stays_where_it_is_when_a_card_stumbles(void **state)
{
	(void)state;
	struct pair *pair = fresh();
	int moved = 0;
	for (frames_t n = 0; n < 1500; n++) {
		/* 0.3 s in which the microphone's callbacks come 0.2 s late */
		const usec_t late = n >= 800 && n < 830 ? 200000 : 0;
		const struct sound_block far = block(n, 0, 0);
		const struct sound_block near = block(n, 0, late);
		pair_far(pair, &far);
		moved += pair_near(pair, &near);
	}
	assert_int_equal(moved, 0);
	free(pair);
}

static void forgets_what_is_too_old(void **state)
{
	(void)state;
	struct pair *pair = fresh();
	static const int16_t silence[EASE_PERIOD];
	int16_t out[EASE_PERIOD];
	for (frames_t n = 0; n < 200; n++) {
		const struct sound_block far = block(n, 0, 0);
		pair_far(pair, &far);
	}
	struct sound_block near = block(150, 0, 0);
	pair_take(pair, &near, out);
	assert_memory_equal(out, near.samples, sizeof out);
	near = block(20, 0, 0);
	pair_take(pair, &near, out);
	assert_memory_equal(out, silence, sizeof out);
	free(pair);
}

static void gives_silence_for_what_was_lost(void **state)
{
	(void)state;
	struct pair *pair = fresh();
	static const int16_t silence[EASE_PERIOD];
	int16_t out[EASE_PERIOD];
	for (frames_t n = 0; n < 100; n++) {
		const struct sound_block far = block(n, 0, 0);
		const struct sound_block near = block(n, 0, 0);
		if (n != 50) {
			pair_far(pair, &far);
		}
		assert_false(pair_near(pair, &near));
	}
	struct sound_block near = block(50, 0, 0);
	pair_take(pair, &near, out);
	assert_memory_equal(out, silence, sizeof out);
	near = block(51, 0, 0);
	pair_take(pair, &near, out);
	assert_memory_equal(out, near.samples, sizeof out);
	near = block(100, 0, 0);
	assert_false(pair_ready(pair, &near));
	pair_take(pair, &near, out);
	assert_memory_equal(out, silence, sizeof out);
	free(pair);
}

static void works_without_a_loudspeaker(void **state)
{
	(void)state;
	struct pair *pair = fresh();
	static const int16_t silence[EASE_PERIOD];
	int16_t out[EASE_PERIOD];
	for (frames_t n = 0; n < 300; n++) {
		const struct sound_block near = block(n, 5000000, 0);
		assert_false(pair_near(pair, &near));
		pair_take(pair, &near, out);
		assert_memory_equal(out, silence, sizeof out);
		assert_int_equal(pair_output(pair, near.at), near.at);
	}
	free(pair);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_streams_that_began_together),
		cmocka_unit_test(gives_the_loudspeaker_earlier_when_told),
		cmocka_unit_test(gives_no_more_lead_than_a_pairing_can_be_wrong),
		cmocka_unit_test(takes_the_loudspeaker_at_the_other_clock),
		cmocka_unit_test(finds_the_offset_of_two_cards_in_spite_of_jitter),
		cmocka_unit_test(follows_a_drift_only_now_and_then),
		cmocka_unit_test(stays_where_it_is_when_a_card_stumbles),
		cmocka_unit_test(forgets_what_is_too_old),
		cmocka_unit_test(gives_silence_for_what_was_lost),
		cmocka_unit_test(works_without_a_loudspeaker),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
