/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp audio */
/* test_device_pulse.c - when a stream is held for dead. */
#include "audio/pulse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define START ((usec_t)7000000)

static void a_stream_may_take_its_time_to_start(void **state)
{
	(void)state;
	struct pulse pulse = { 0 };
	assert_true(pulse_beats(&pulse, 0, START));
	assert_true(pulse_beats(&pulse, 0, START + PULSE_FIRST_BEAT - 1));
	assert_false(pulse_beats(&pulse, 0, START + PULSE_FIRST_BEAT));
}

static void a_stream_that_ran_may_miss_half_a_second(void **state)
{
	(void)state;
	struct pulse pulse = { 0 };
	assert_true(pulse_beats(&pulse, 5, START));
	assert_true(pulse_beats(&pulse, 6, START + 10000));
	assert_true(pulse_beats(&pulse, 6, START + 10000 + PULSE_BEAT - 1));
	assert_false(pulse_beats(&pulse, 6, START + 10000 + PULSE_BEAT));
}

static void what_was_there_before_the_first_look_is_no_beat(void **state)
{
	(void)state;
	struct pulse pulse = { 0 };
	assert_true(pulse_beats(&pulse, 100, START));
	assert_true(pulse_beats(&pulse, 100, START + PULSE_BEAT));
}

static void a_stream_that_comes_back_lives(void **state)
{
	(void)state;
	struct pulse pulse = { 0 };
	assert_true(pulse_beats(&pulse, UINT32_MAX, START));
	assert_true(pulse_beats(&pulse, 0, START + 1));
	assert_false(pulse_beats(&pulse, 0, START + 2 * PULSE_BEAT));
	assert_true(pulse_beats(&pulse, 1, START + 3 * PULSE_BEAT));
	assert_true(pulse_beats(&pulse, 1, START + 3 * PULSE_BEAT + 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stream_may_take_its_time_to_start),
		cmocka_unit_test(a_stream_that_ran_may_miss_half_a_second),
		cmocka_unit_test(what_was_there_before_the_first_look_is_no_beat),
		cmocka_unit_test(a_stream_that_comes_back_lives),
	};
	return cmocka_run_group_tests_name("device_pulse", tests, NULL, NULL);
}
