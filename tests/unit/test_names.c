/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_names.c - the identifiers of intents and tones, which stand in logs, voices and scripts. */
#include "ease/intent.h"
#include "ease/tone_kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static bool is_identifier(const char *name)
{
	return name[0] != '\0' && strspn(name, "abcdefghijklmnopqrstuvwxyz_") == strlen(name);
}

static void every_intent_comes_back_by_its_name(void **state)
{
	(void)state;
	for (int i = INTENT_NONE; i < INTENT_COUNT; i++) {
		const char *name = intent_name((enum intent)i);
		assert_true(is_identifier(name));
		assert_int_equal(intent_from_name(name), i);
	}
	assert_string_equal(intent_name(INTENT_HOW_LONG), "how_long");
	assert_string_equal(intent_name(INTENT_STOP), "stop");
}

static void what_is_no_intent_is_none(void **state)
{
	(void)state;
	assert_string_equal(intent_name(INTENT_COUNT), "none");
	assert_string_equal(intent_name((enum intent) - 1), "none");
	assert_int_equal(intent_from_name(""), INTENT_NONE);
	assert_int_equal(intent_from_name("Stop"), INTENT_NONE);
	assert_int_equal(intent_from_name("stop "), INTENT_NONE);
}

static void every_tone_has_its_own_name(void **state)
{
	(void)state;
	for (int i = 0; i < TONE_KIND_COUNT; i++) {
		const char *name = tone_kind_name((enum tone_kind)i);
		assert_true(is_identifier(name));
		assert_string_not_equal(name, "none");
		for (int j = 0; j < i; j++) {
			assert_string_not_equal(name, tone_kind_name((enum tone_kind)j));
		}
	}
	assert_string_equal(tone_kind_name(TONE_KIND_COUNT), "none");
	assert_string_equal(tone_kind_name((enum tone_kind) - 1), "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_intent_comes_back_by_its_name),
		cmocka_unit_test(what_is_no_intent_is_none),
		cmocka_unit_test(every_tone_has_its_own_name),
	};
	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
