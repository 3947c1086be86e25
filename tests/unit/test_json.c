/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_json.c - a flat object there and back; everything else refused with its reason. */
#include "ease/json.h"

#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void prints_in_order_and_to_the_byte(void **state)
{
	(void)state;
	char out[256];
	struct json *json = json_create();
	json_add_decimal(json, "t", 12.3456, 3);
	json_add_text(json, "text", "say \"yes\"\n");
	json_add_int(json, "id", LLONG_MIN);
	json_add_int(json, "frame", 9007199254740993LL);
	json_add_bool(json, "cut", true);
	json_add_null(json, "value");
	json_add_text(json, "other", NULL);
	json_add_decimal(json, "zero", (double)NAN, 2);
	assert_int_equal(json_print(json, out, sizeof(out)), STATUS_OK);
	const char *wanted =
			"{\"t\":12.346,\"text\":\"say \\\"yes\\\"\\n\",\"id\":-9223372036854775808,"
			"\"frame\":9007199254740993,\"cut\":true,\"value\":null,"
			"\"other\":null,\"zero\":0.00}";
	assert_string_equal(out, wanted);
	assert_int_equal(json_print(json, out, strlen(wanted) + 1), STATUS_OK);
	assert_int_equal(json_print(json, out, strlen(wanted)), STATUS_NO_SPACE);
	json_destroy(json);
}

static void a_missing_object_is_told_when_printed(void **state)
{
	(void)state;
	char out[16];
	json_add_text(NULL, "a", "b");
	json_add_int(NULL, "a", 1);
	assert_int_equal(json_print(NULL, out, sizeof(out)), STATUS_NO_MEM);
	json_destroy(NULL);
}

static struct json *parsed(const char *text)
{
	struct json *json = NULL;
	assert_int_equal(json_parse(text, strlen(text), &json, NULL), STATUS_OK);
	assert_non_null(json);
	return json;
}

static void reads_members(void **state)
{
	(void)state;
	long long value = -1;
	struct json *json = parsed(" {\"do\":\"rate\",\"value\":7,\"half\":0.5,\"no\":null} \r\n");
	assert_string_equal(json_text(json, "do"), "rate");
	assert_null(json_text(json, "value"));
	assert_null(json_text(json, "Do"));
	assert_true(json_int(json, "value", &value));
	assert_int_equal(value, 7);
	assert_false(json_int(json, "half", &value));
	assert_false(json_int(json, "do", &value));
	assert_false(json_int(json, "none", &value));
	assert_string_equal(json_key(json, 0), "do");
	assert_string_equal(json_key(json, 3), "no");
	assert_null(json_key(json, 4));
	json_destroy(json);
	json = parsed("{}");
	assert_null(json_key(json, 0));
	json_destroy(json);
}

static void keeps_whole_numbers_whole(void **state)
{
	(void)state;
	long long value = 0;
	struct json *json = parsed("{\"a\":9007199254740992,\"b\":9007199254740994,\"c\":-5,"
				   "\"d\":1e300,\"e\":-1e300}");
	assert_true(json_int(json, "a", &value));
	assert_true(value == 9007199254740992LL);
	assert_false(json_int(json, "b", &value));
	assert_true(json_int(json, "c", &value));
	assert_int_equal(value, -5);
	assert_false(json_int(json, "d", &value));
	assert_false(json_int(json, "e", &value));
	json_destroy(json);
}

static void refuse(const char *text, size_t length, const char *reason)
{
	struct json *json = NULL;
	struct diag diag = { .line = 0 };
	assert_int_equal(json_parse(text, length, &json, &diag), STATUS_BAD_DATA);
	assert_null(json);
	if (strstr(diag.message, reason) == NULL) {
		fail_msg("\"%.40s\": \"%s\" is not \"%s\"", text, diag.message, reason);
	}
}

static void refuses_all_but_one_flat_object(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		const char *reason;
	} rows[] = {
		{ "", "JSON" },
		{ "{", "JSON" },
		{ "{} x", "JSON" },
		{ "{}{}", "JSON" },
		{ "{\"a\":}", "JSON" },
		{ "{'a':1}", "JSON" },
		{ "nul", "JSON" },
		{ "[]", "object" },
		{ "7", "object" },
		{ "null", "object" },
		{ "{\"a\":{}}", "nested" },
		{ "{\"a\":[1]}", "nested" },
		{ "{\"a\":1,\"b\":2,\"a\":3}", "twice" },
		{ "{\"a\":\"x\\u0000y\"}", "NUL" },
		{ "{\"a\\u0000b\":1}", "NUL" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		refuse(rows[i].text, strlen(rows[i].text), rows[i].reason);
	}
	refuse("{\"a\":\"\0\"}", 9, "NUL");
	refuse("{}\0", 3, "NUL");
}

static void refuses_what_is_too_long_or_too_deep(void **state)
{
	(void)state;
	const size_t length = (size_t)70 * 1024;
	char *text = malloc(length + 16);
	assert_non_null(text);
	memset(text, 'x', length);
	memcpy(text, "{\"a\":\"", 6);
	memcpy(text + length, "\"}", 3);
	refuse(text, strlen(text), "too long");
	memset(text, '[', length);
	refuse(text, length, "JSON");
	free(text);
}

static void never_reads_behind_the_end(void **state)
{
	(void)state;
	static const char text[] = "{\"do\":\"say\",\"text\":\"a\\u00e9\\\\\"} ";
	/* each beginning in memory of its own, so that a sanitizer sees one byte too many */
	for (size_t length = 0; length < sizeof(text); length++) {
		struct json *json = NULL;
		char *copy = malloc(length > 0 ? length : 1);
		assert_non_null(copy);
		memcpy(copy, text, length);
		if (json_parse(copy, length, &json, NULL) == STATUS_OK) {
			json_destroy(json);
			assert_true(length >= sizeof(text) - 2);
		}
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_in_order_and_to_the_byte),
		cmocka_unit_test(a_missing_object_is_told_when_printed),
		cmocka_unit_test(reads_members),
		cmocka_unit_test(keeps_whole_numbers_whole),
		cmocka_unit_test(refuses_all_but_one_flat_object),
		cmocka_unit_test(refuses_what_is_too_long_or_too_deep),
		cmocka_unit_test(never_reads_behind_the_end),
	};
	return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
