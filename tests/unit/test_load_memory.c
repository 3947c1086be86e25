/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
/* Every allocation of a load fails once: the load then says so, and gives nothing. */
#include <errno.h>
#include <stdbool.h>

#include "sanitized.h"
#include "test_load.h"

#ifdef SANITIZED

int main(void)
{
	return 0;
}

#else

static size_t left = SIZE_MAX; /* allocations that still succeed */

static bool is_spent(void)
{
	if (left == SIZE_MAX) {
		return false;
	}
	if (left == 0) {
		errno = ENOMEM;
		return true;
	}
	left--;
	return false;
}

/* glibc's own, behind the names that this program takes over. */
void *__libc_malloc(size_t size);               /* NOLINT */
void *__libc_calloc(size_t count, size_t size); /* NOLINT */
void *__libc_realloc(void *old, size_t size);   /* NOLINT */

void *malloc(size_t size)
{
	return is_spent() ? NULL : __libc_malloc(size);
}

void *calloc(size_t nmemb, size_t size)
{
	return is_spent() ? NULL : __libc_calloc(nmemb, size);
}

void *realloc(void *ptr, size_t size)
{
	return is_spent() ? NULL : __libc_realloc(ptr, size);
}

typedef enum status load_fn(struct arena *arena, const void **out, struct diag *diag);

static enum status load_voice(struct arena *arena, const void **out, struct diag *diag)
{
	return voice_load(arena, VOICES, "calm-warm", (const struct voice **)out, diag);
}

static enum status load_script(struct arena *arena, const void **out, struct diag *diag)
{
	return script_load(arena, SCRIPTS, "lower-back-hands", NULL, (const struct script **)out,
			diag);
}

static enum status load_list(struct arena *arena, const void **out, struct diag *diag)
{
	size_t count = 0;

	return script_list(arena, SCRIPTS, (const struct session_entry **)out, &count, diag);
}

static enum status load_cast(struct arena *arena, const void **out, struct diag *diag)
{
	return cast_load(arena, VOICES "/en/cast.yaml", (const struct cast **)out, diag);
}

static enum status load_check(struct arena *arena, const void **out, struct diag *diag)
{
	static const char done[] = "";
	const enum status status =
			script_check(SCRIPTS, SCRIPTS "/parts/screening.yaml", NULL, diag);

	(void)arena;
	*out = status == STATUS_OK ? done : NULL;
	return status;
}

/* Loads with room for more and more allocations, until it succeeds; returns how many it needs. */
static size_t fail_each(load_fn *load, size_t step)
{
	for (size_t room = 0;; room += step) {
		struct arena *arena = arena_create();
		struct diag diag = { .message = "" };
		const void *out = NULL;
		assert_non_null(arena);
		left = room;
		const enum status status = load(arena, &out, &diag);
		left = SIZE_MAX;
		arena_destroy(arena);
		if (status == STATUS_OK) {
			assert_non_null(out);
			return room;
		}
		assert_int_equal(status, STATUS_NO_MEM);
		assert_null(out);
		assert_string_not_equal(diag.message, "");
	}
}

static void scripts(void **state)
{
	(void)state;
	assert_true(fail_each(load_script, 3) > 100);
}

static void lists(void **state)
{
	(void)state;
	assert_true(fail_each(load_list, 1) > 10);
}

static void casts(void **state)
{
	(void)state;
	assert_true(fail_each(load_cast, 1) > 10);
}

static void checks(void **state)
{
	(void)state;
	assert_true(fail_each(load_check, 1) > 10);
}

static void voices(void **state)
{
	(void)state;
	assert_true(fail_each(load_voice, 41) > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scripts),
		cmocka_unit_test(lists),
		cmocka_unit_test(casts),
		cmocka_unit_test(checks),
		cmocka_unit_test(voices),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
