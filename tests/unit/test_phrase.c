/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_phrase.c - one key a phrase, each its own. */
#include "ease/phrase.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void has_a_key_for_each_phrase(void **state)
{
	(void)state;
	for (int i = 0; i < PHRASE_COUNT; i++) {
		const char *key = phrase_key((enum phrase)i);
		assert_true(strlen(key) > 0);
		assert_int_equal(strspn(key, "abcdefghijklmnopqrstuvwxyz_"), strlen(key));
		for (int k = 0; k < i; k++) {
			assert_string_not_equal(key, phrase_key((enum phrase)k));
		}
	}
	assert_string_equal(phrase_key(PHRASE_STOP_HURT), "stop_hurt");
	assert_string_equal(phrase_key(PHRASE_COUNT), "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_a_key_for_each_phrase),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
