/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_ring.c - order, wrap-around and refusal; run again under TSan. */
#include "ease/ring.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define MESSAGES 200000u

static unsigned char memory[64];

static void refuses_a_capacity_that_is_no_power_of_two(void **state)
{
	(void)state;
	struct ring ring;
	assert_int_equal(ring_init(&ring, memory, 0), STATUS_BAD_ARG);
	assert_int_equal(ring_init(&ring, memory, 48), STATUS_BAD_ARG);
	assert_int_equal(ring_init(&ring, memory, UINT32_C(1) << 31), STATUS_BAD_ARG);
	assert_int_equal(ring_init(&ring, memory, 1), STATUS_OK);
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
	assert_int_equal(ring_write(&ring, block, 4), STATUS_OK);
	assert_int_equal(ring_write(&ring, block, 0), STATUS_OK);
	assert_int_equal(ring_write(&ring, block, UINT32_MAX), STATUS_NO_SPACE);
}

static void reads_all_or_nothing(void **state)
{
	(void)state;
	struct ring ring;
	unsigned char block[64] = { 1, 2, 3 };
	unsigned char got[64] = { 9, 9, 9, 9 };
	assert_int_equal(ring_init(&ring, memory, sizeof memory), STATUS_OK);
	assert_int_equal(ring_read(&ring, got, 1), STATUS_NO_DATA);
	assert_int_equal(ring_write(&ring, block, 3), STATUS_OK);
	assert_int_equal(ring_read(&ring, got, 4), STATUS_NO_DATA);
	assert_int_equal(got[0], 9);
	assert_int_equal(ring_readable(&ring), 3);
	assert_int_equal(ring_read(&ring, got, 3), STATUS_OK);
	assert_memory_equal(got, block, 3);
	assert_int_equal(ring_readable(&ring), 0);
}

static void peeking_leaves_the_bytes(void **state)
{
	(void)state;
	struct ring ring;
	const unsigned char block[5] = { 1, 2, 3, 4, 5 };
	unsigned char got[5] = { 0 };
	assert_int_equal(ring_init(&ring, memory, 8), STATUS_OK);
	assert_int_equal(ring_peek(&ring, got, 1), STATUS_NO_DATA);
	/* the second time round they lie across the end */
	for (int i = 0; i < 20; i++) {
		assert_int_equal(ring_write(&ring, block, 5), STATUS_OK);
		assert_int_equal(ring_peek(&ring, got, 6), STATUS_NO_DATA);
		memset(got, 0, sizeof(got));
		assert_int_equal(ring_peek(&ring, got, 2), STATUS_OK);
		assert_memory_equal(got, block, 2);
		assert_int_equal(got[2], 0);
		assert_int_equal(ring_readable(&ring), 5);
		assert_int_equal(ring_read(&ring, got, 5), STATUS_OK);
		assert_memory_equal(got, block, 5);
	}
}

static void positions_may_pass_the_end_of_their_count(void **state)
{
	(void)state;
	struct ring ring;
	const unsigned char block[7] = { 7, 6, 5, 4, 3, 2, 1 };
	unsigned char got[7];
	assert_int_equal(ring_init(&ring, memory, 16), STATUS_OK);
	/* as if 2^32 - 10 bytes had gone through */
	atomic_init(&ring.written, UINT32_MAX - 9);
	atomic_init(&ring.taken, UINT32_MAX - 9);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(ring_write(&ring, block, 7), STATUS_OK);
		assert_int_equal(ring_write(&ring, block, 7), STATUS_OK);
		assert_int_equal(ring_write(&ring, block, 3), STATUS_NO_SPACE);
		assert_int_equal(ring_readable(&ring), 14);
		for (int j = 0; j < 2; j++) {
			assert_int_equal(ring_read(&ring, got, 7), STATUS_OK);
			assert_memory_equal(got, block, 7);
		}
	}
}

static void *produce(void *arg)
{
	struct ring *ring = arg;
	for (uint32_t i = 0; i < MESSAGES; i++) {
		while (ring_write(ring, &i, sizeof i) != STATUS_OK) {
			sched_yield();
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
		uint32_t seen = 0;
		uint32_t got = 0;
		while (ring_peek(&ring, &seen, sizeof seen) != STATUS_OK) {
			sched_yield();
		}
		assert_int_equal(ring_read(&ring, &got, sizeof got), STATUS_OK);
		assert_int_equal(got, i);
		assert_int_equal(seen, i);
	}
	assert_int_equal(pthread_join(producer, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_a_capacity_that_is_no_power_of_two),
		cmocka_unit_test(writes_all_or_nothing),
		cmocka_unit_test(reads_all_or_nothing),
		cmocka_unit_test(peeking_leaves_the_bytes),
		cmocka_unit_test(positions_may_pass_the_end_of_their_count),
		cmocka_unit_test(keeps_order_between_two_threads),
	};
	return cmocka_run_group_tests_name("ring", tests, NULL, NULL);
}
