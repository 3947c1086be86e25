/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_codepoint.c - every code point there and back, and no other bytes. */
#include "ease/codepoint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void every_code_point_comes_back(void **state)
{
	(void)state;
	char bytes[4];
	for (uint32_t code = 0; code <= 0x10ffff; code++) {
		if (code == 0xd800) {
			code = 0xe000;
		}
		uint32_t back = 0;
		const size_t length = codepoint_write(code, bytes);
		assert_int_equal(codepoint_read(bytes, length, &back), length);
		assert_int_equal(back, code);
		if (length > 1) {
			assert_int_equal(codepoint_read(bytes, length - 1, &back), 0);
		}
	}
}

static void refuses_what_is_not_utf8(void **state)
{
	(void)state;
	static const char *const rows[] = { "\200", "\377", "\300\200", "\301\277", "\340\200\200",
		"\360\200\200\200", "\355\240\200", "\364\220\200\200", "\365\200\200\200",
		"\303a" };
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint32_t code = 0;
		assert_int_equal(codepoint_read(rows[i], strlen(rows[i]), &code), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_comes_back),
		cmocka_unit_test(refuses_what_is_not_utf8),
	};
	return cmocka_run_group_tests_name("codepoint", tests, NULL, NULL);
}
