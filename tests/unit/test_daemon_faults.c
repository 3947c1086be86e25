/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: daemon */
/* test_daemon_faults.c - signs of life in, faults out. */
#include "daemon/faults.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define QUARTER ((usec_t)250000)

static struct faults faults;
static struct signs signs;

static void healthy(bool microphone)
{
	faults_init(&faults, microphone);
	signs = (struct signs){ .now = 77000000, .ears_ready = true };
}

/* One look a quarter of a second later, with the ears and the loudspeaker alive or not. */
static enum event_kind look(bool ears, bool clock)
{
	signs.now += QUARTER;
	signs.ears_blocks += ears ? 25 : 0;
	signs.frames += clock ? EASE_RATE / 4 : 0;
	return faults_look(&faults, &signs);
}

static int looks_until(enum event_kind event, int most, bool ears)
{
	for (int i = 1; i <= most; i++) {
		const enum event_kind seen = look(ears, true);
		if (seen == event) {
			return i;
		}
		assert_int_equal(seen, EVENT_KIND_COUNT);
	}
	return 0;
}

static void is_silent_while_all_is_well(void **state)
{
	(void)state;
	healthy(true);
	assert_int_equal(looks_until(EVENT_CLOCK_JUMP, 400, true), 0);
}

static void notices_a_dead_microphone_after_two_seconds_and_its_return(void **state)
{
	(void)state;
	healthy(true);
	assert_int_equal(looks_until(EVENT_MIC_LOST, 8, true), 0);
	assert_int_equal(looks_until(EVENT_MIC_LOST, 20, false), 8);
	assert_int_equal(looks_until(EVENT_MIC_LOST, 40, false), 0);
	const int back = looks_until(EVENT_MIC_BACK, 20, true);
	assert_in_range(back, 4, 6);
}

static void notices_at_once_what_the_device_or_the_recogniser_tells(void **state)
{
	(void)state;
	healthy(true);
	signs.input_lost = true;
	assert_int_equal(look(true, true), EVENT_MIC_LOST);
	healthy(true);
	signs.ears_failed = true;
	assert_int_equal(look(true, true), EVENT_MIC_LOST);
}

static void gives_the_recogniser_time_to_load(void **state)
{
	(void)state;
	healthy(true);
	signs.ears_ready = false;
	assert_int_equal(looks_until(EVENT_MIC_LOST, 60, false), 0);
	signs.ears_ready = true;
	assert_int_equal(looks_until(EVENT_MIC_LOST, 20, true), 0);
}

static void misses_no_microphone_that_never_was(void **state)
{
	(void)state;
	healthy(false);
	signs.input_lost = true;
	assert_int_equal(looks_until(EVENT_MIC_LOST, 40, false), 0);
}

static void tells_of_a_lost_loudspeaker_once(void **state)
{
	(void)state;
	healthy(true);
	signs.output_lost = true;
	assert_int_equal(look(true, false), EVENT_SPEAKER_LOST);
	assert_int_equal(look(true, false), EVENT_KIND_COUNT);
}

static void notices_a_slip_of_the_clock(void **state)
{
	(void)state;
	healthy(true);
	assert_int_equal(looks_until(EVENT_CLOCK_JUMP, 12, true), 0);
	signs.now += 900000;
	assert_int_equal(looks_until(EVENT_CLOCK_JUMP, 12, true), 0);
	signs.now += 1100000;
	assert_int_not_equal(looks_until(EVENT_CLOCK_JUMP, 12, true), 0);
	assert_int_equal(looks_until(EVENT_CLOCK_JUMP, 40, true), 0);
}

static void takes_lost_reports_for_a_lost_place(void **state)
{
	(void)state;
	healthy(true);
	signs.lost_reports = 3; /* of an earlier session */
	assert_int_equal(looks_until(EVENT_CLOCK_JUMP, 8, true), 0);
	signs.lost_reports++;
	assert_int_equal(looks_until(EVENT_CLOCK_JUMP, 8, true), 1);
	assert_int_equal(looks_until(EVENT_CLOCK_JUMP, 8, true), 0);
}

static void forgives_callbacks_that_come_in_bunches(void **state)
{
	(void)state;
	healthy(true);
	for (int i = 0; i < 100; i++) {
		const frames_t late = i % 3 == 0 ? EASE_RATE / 4 : 0;
		signs.frames -= late;
		assert_int_equal(look(true, true), EVENT_KIND_COUNT);
		signs.frames += late;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_silent_while_all_is_well),
		cmocka_unit_test(notices_a_dead_microphone_after_two_seconds_and_its_return),
		cmocka_unit_test(notices_at_once_what_the_device_or_the_recogniser_tells),
		cmocka_unit_test(gives_the_recogniser_time_to_load),
		cmocka_unit_test(misses_no_microphone_that_never_was),
		cmocka_unit_test(tells_of_a_lost_loudspeaker_once),
		cmocka_unit_test(notices_a_slip_of_the_clock),
		cmocka_unit_test(takes_lost_reports_for_a_lost_place),
		cmocka_unit_test(forgives_callbacks_that_come_in_bunches),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
