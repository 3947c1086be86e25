/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_arena.c - zeroed, aligned, apart from each other, and gone together. */
#include "ease/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void gives_zeroes_that_nobody_else_has(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	unsigned char *given[300];
	assert_non_null(arena);
	for (size_t i = 0; i < 300; i++) {
		/* some larger than a block of the arena */
		const size_t size = i % 50 == 49 ? 40000 : i * 7;
		given[i] = arena_alloc(arena, size);
		assert_non_null(given[i]);
		assert_int_equal((uintptr_t)given[i] % _Alignof(max_align_t), 0);
		for (size_t j = 0; j < size; j++) {
			assert_int_equal(given[i][j], 0);
		}
		memset(given[i], (int)i, size);
	}
	for (size_t i = 0; i < 300; i++) {
		const size_t size = i % 50 == 49 ? 40000 : i * 7;
		for (size_t j = 0; j < size; j++) {
			assert_int_equal(given[i][j], i & 0xff);
		}
	}
	arena_destroy(arena);
}

static void refuses_what_no_memory_can_hold(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	assert_non_null(arena);
	assert_null(arena_alloc(arena, SIZE_MAX));
	assert_null(arena_alloc(arena, SIZE_MAX - 8));
	assert_null(arena_alloc(arena, SIZE_MAX - 16));
	assert_null(arena_array(arena, SIZE_MAX / 2 + 2, 2));
	assert_null(arena_array(arena, SIZE_MAX, SIZE_MAX));
	assert_non_null(arena_array(arena, 0, 8));
	assert_non_null(arena_array(arena, SIZE_MAX, 0));
	assert_non_null(arena_alloc(arena, 8));
	arena_destroy(arena);
}

static void copies_texts(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	char text[] = "palm";
	assert_non_null(arena);
	char *copy = arena_string(arena, text);
	char *empty = arena_string(arena, "");
	text[0] = 'c';
	assert_string_equal(copy, "palm");
	assert_string_equal(empty, "");
	arena_destroy(arena);
	arena_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_zeroes_that_nobody_else_has),
		cmocka_unit_test(refuses_what_no_memory_can_hold),
		cmocka_unit_test(copies_texts),
	};
	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
