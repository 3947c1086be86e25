/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_ring.c - order, wrap-around and refusal; run again under TSan. */
#include "ease/ring.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define MESSAGES 200000u

static unsigned char memory[64];

static void refuses_a_capacity_that_is_no_power_of_two(void **state)
{
	(void)state;
	struct ring ring;
	assert_int_equal(ring_init(&ring, memory, 0), STATUS_BAD_ARG);
	assert_int_equal(ring_init(&ring, memory, 48), STATUS_BAD_ARG);
}

static void writes_all_or_nothing(void **state)
{
	(void)state;
	struct ring ring;
	unsigned char block[64] = { 7 };
	assert_int_equal(ring_init(&ring, memory, sizeof memory), STATUS_OK);
	assert_int_equal(ring_write(&ring, block, 60), STATUS_OK);
	assert_int_equal(ring_write(&ring, block, 5), STATUS_NO_SPACE);
	assert_int_equal(ring_readable(&ring), 60);
}

static void *produce(void *arg)
{
	struct ring *ring = arg;
	for (uint32_t i = 0; i < MESSAGES; i++) {
		while (ring_write(ring, &i, sizeof i) != STATUS_OK) {
		}
	}
	return NULL;
}

static void keeps_order_between_two_threads(void **state)
{
	(void)state;
	struct ring ring;
	pthread_t producer;
	assert_int_equal(ring_init(&ring, memory, sizeof memory), STATUS_OK);
	assert_int_equal(pthread_create(&producer, NULL, produce, &ring), 0);
	for (uint32_t i = 0; i < MESSAGES; i++) {
		uint32_t got = 0;
		while (ring_read(&ring, &got, sizeof got) != STATUS_OK) {
		}
		assert_int_equal(got, i);
	}
	assert_int_equal(pthread_join(producer, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_a_capacity_that_is_no_power_of_two),
		cmocka_unit_test(writes_all_or_nothing),
		cmocka_unit_test(keeps_order_between_two_threads),
	};
	return cmocka_run_group_tests_name("ring", tests, NULL, NULL);
}
