/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: control base */
/* test_request.c - the wire format: what is taken, what is refused, and with which reason. */
#include "ease/control.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static enum status parse(const char *line, struct request *out, struct diag *diag)
{
	return request_parse(line, strlen(line), out, diag);
}

static void takes_every_request(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		enum request_kind kind;
	} good[] = {
		{ "{\"do\":\"stop\"}", REQUEST_STOP },
		{ " { \"do\" : \"pause\" } \r", REQUEST_PAUSE },
		{ "{\"do\":\"continue\"}", REQUEST_CONTINUE },
		{ "{\"do\":\"lighter\"}", REQUEST_LIGHTER },
		{ "{\"do\":\"firmer\"}", REQUEST_FIRMER },
		{ "{\"do\":\"status\"}", REQUEST_STATUS },
		{ "{\"do\":\"watch\"}", REQUEST_WATCH },
		{ "{\"do\":\"start\",\"session\":\"slow-breath\"}", REQUEST_START },
		{ "{\"session\":\"slow-breath\",\"do\":\"start\"}", REQUEST_START },
		{ "{\"do\":\"rate\",\"value\":0}", REQUEST_RATE },
		{ "{\"do\":\"say\",\"text\":\"hello\"}", REQUEST_SAY },
	};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct request request = { .kind = REQUEST_COUNT };
		struct diag diag = { .line = 0 };
		if (parse(good[i].line, &request, &diag) != STATUS_OK) {
			fail_msg("%s: %s", good[i].line, diag.message);
		}
		assert_int_equal(request.kind, good[i].kind);
	}
}

static void takes_the_values(void **state)
{
	(void)state;
	struct request request = { .kind = REQUEST_COUNT };
	assert_int_equal(parse("{\"do\":\"rate\",\"value\":10}", &request, NULL), STATUS_OK);
	assert_int_equal(request.value, 10);
	assert_int_equal(parse("{\"do\":\"rate\",\"value\":7.0}", &request, NULL), STATUS_OK);
	assert_int_equal(request.value, 7);
	assert_int_equal(
			parse("{\"do\":\"start\",\"session\":\"a-1\"}", &request, NULL), STATUS_OK);
	assert_string_equal(request.session, "a-1");
	assert_int_equal(
			parse("{\"do\":\"say\",\"text\":\"sch\xc3\xb6n \xe2\x82\xac \xf0\x9f\x8e\xb5\"}",
					&request, NULL),
			STATUS_OK);
	assert_string_equal(request.text, "sch\xc3\xb6n \xe2\x82\xac \xf0\x9f\x8e\xb5");
}

/* Each line is refused, and the reason holds the words beside it. */
static const struct {
	const char *line;
	const char *reason;
} bad[] = {
	{ "", "not JSON" },
	{ "stop", "not JSON" },
	{ "{\"do\":\"stop\"", "not JSON" },
	{ "{\"do\":\"stop\"} {\"do\":\"stop\"}", "not JSON" },
	{ "[\"do\",\"stop\"]", "object" },
	{ "\"stop\"", "object" },
	{ "{}", "\"do\" is missing or no text" },
	{ "{\"do\":1}", "\"do\" is missing or no text" },
	{ "{\"do\":null}", "\"do\" is missing or no text" },
	{ "{\"do\":[\"stop\"]}", "nested" },
	{ "{\"do\":\"stop\",\"do\":\"firmer\"}", "twice" },
	{ "{\"do\":\"Stop\"}", "unknown request: \"Stop\"" },
	{ "{\"DO\":\"stop\"}", "\"do\" is missing or no text" },
	{ "{\"do\":\"\"}", "unknown request" },
	{ "{\"do\":\"shutdown\"}", "unknown request: \"shutdown\"" },
	{ "{\"do\":\"st\\u001bop\"}", "unknown request" },
	{ "{\"do\":\"stop\",\"now\":true}", "unknown key: \"now\"" },
	{ "{\"do\":\"stop\",\"value\":3}", "unknown key: \"value\"" },
	{ "{\"do\":\"rate\",\"value\":3,\"text\":\"x\"}", "unknown key: \"text\"" },
	{ "{\"do\":\"rate\"}", "0 to 10" },
	{ "{\"do\":\"rate\",\"value\":-1}", "0 to 10" },
	{ "{\"do\":\"rate\",\"value\":11}", "0 to 10" },
	{ "{\"do\":\"rate\",\"value\":3.5}", "0 to 10" },
	{ "{\"do\":\"rate\",\"value\":1e300}", "0 to 10" },
	{ "{\"do\":\"rate\",\"value\":\"4\"}", "0 to 10" },
	{ "{\"do\":\"rate\",\"value\":true}", "0 to 10" },
	{ "{\"do\":\"start\"}", "\"session\" is missing or no text" },
	{ "{\"do\":\"start\",\"session\":3}", "\"session\" is missing or no text" },
	{ "{\"do\":\"start\",\"session\":\"\"}", "1 to 63" },
	{ "{\"do\":\"start\",\"session\":\"/etc/passwd\"}", "lower-case letters" },
	{ "{\"do\":\"start\",\"session\":\"../x\"}", "lower-case letters" },
	{ "{\"do\":\"start\",\"session\":\"A\"}", "lower-case letters" },
	{ "{\"do\":\"say\"}", "\"text\" is missing or no text" },
	{ "{\"do\":\"say\",\"text\":null}", "\"text\" is missing or no text" },
	{ "{\"do\":\"say\",\"text\":\"\"}", "1 to 511" },
	{ "{\"do\":\"say\",\"text\":\"   \"}", "1 to 511" },
	{ "{\"do\":\"say\",\"text\":\"a\\nb\"}", "control characters" },
	{ "{\"do\":\"say\",\"text\":\"a\\u0007b\"}", "control characters" },
	{ "{\"do\":\"say\",\"text\":\"a\tb\"}", "control characters" },
	{ "{\"do\":\"say\",\"text\":\"a\\u007fb\"}", "control characters" },
	{ "{\"do\":\"say\",\"text\":\"a\\u0085b\"}", "control characters" },
	{ "{\"do\":\"say\",\"text\":\"a\\u0000b\"}", "NUL" },
	{ "{\"do\":\"say\",\"text\":\"\xff\"}", "UTF-8" },
	{ "{\"do\":\"say\",\"text\":\"\xc3\"}", "UTF-8" },
	{ "{\"do\":\"say\",\"text\":\"\xc0\xaf\"}", "UTF-8" },
	{ "{\"do\":\"say\",\"text\":\"\xed\xa0\x80\"}", "UTF-8" },
	{ "{\"do\":\"say\",\"text\":\"\xf5\x80\x80\x80\"}", "UTF-8" },
};

static void refuses_with_a_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct request request = { .kind = REQUEST_COUNT };
		struct diag diag = { .line = 0 };
		if (parse(bad[i].line, &request, &diag) != STATUS_BAD_DATA) {
			fail_msg("taken: %s", bad[i].line);
		}
		if (strstr(diag.message, bad[i].reason) == NULL) {
			fail_msg("%s: \"%s\" does not say \"%s\"", bad[i].line, diag.message,
					bad[i].reason);
		}
		assert_int_equal(request.kind, REQUEST_COUNT);
	}
}

static void refuses_an_embedded_nul(void **state)
{
	(void)state;
	static const char line[] = "{\"do\":\"stop\0\"}";
	struct request request;
	assert_int_equal(request_parse(line, sizeof(line) - 1, &request, NULL), STATUS_BAD_DATA);
}

/* A "say" whose text has count letters. */
static void say_line(char *out, size_t size, int count)
{
	char letters[CONTROL_LINE_MAX];
	memset(letters, 'a', sizeof(letters));
	snprintf(out, size, "{\"do\":\"say\",\"text\":\"%.*s\"}", count, letters);
}

static void knows_the_longest_text(void **state)
{
	(void)state;
	char line[CONTROL_LINE_MAX];
	struct request request;
	struct diag diag;
	say_line(line, sizeof(line), 511);
	assert_int_equal(parse(line, &request, &diag), STATUS_OK);
	assert_int_equal(strlen(request.text), 511);
	say_line(line, sizeof(line), 512);
	assert_int_equal(parse(line, &request, &diag), STATUS_BAD_DATA);
}

static void refuses_a_line_that_is_too_long(void **state)
{
	(void)state;
	char line[CONTROL_LINE_MAX + 1];
	struct request request;
	struct diag diag;
	memset(line, ' ', sizeof(line));
	memcpy(line, "{\"do\":\"stop\"}", 13);
	assert_int_equal(request_parse(line, CONTROL_LINE_MAX - 1, &request, &diag), STATUS_OK);
	assert_int_equal(request_parse(line, CONTROL_LINE_MAX, &request, &diag), STATUS_BAD_DATA);
	assert_non_null(strstr(diag.message, "longer than 4095"));
}

static void a_reason_never_repeats_odd_bytes(void **state)
{
	(void)state;
	struct request request;
	struct diag diag;
	assert_int_equal(parse("{\"do\":\"\x1b[2J\xff\"}", &request, &diag), STATUS_BAD_DATA);
	assert_string_equal(diag.message, "unknown request");
	assert_int_equal(parse("{\"do\":\"stop\",\"\xc3\":1}", &request, &diag), STATUS_BAD_DATA);
	assert_string_equal(diag.message, "unknown key");
}

static void what_is_printed_can_be_parsed(void **state)
{
	(void)state;
	for (int kind = 0; kind < REQUEST_COUNT; kind++) {
		const struct request request = {
			.kind = (enum request_kind)kind,
			.session = "lower-back-hands",
			.text = "say \"yes\" \\ no",
			.value = 9,
		};
		char line[CONTROL_LINE_MAX];
		struct request got;
		assert_int_equal(request_print(&request, line, sizeof(line)), STATUS_OK);
		assert_int_equal(parse(line, &got, NULL), STATUS_OK);
		assert_int_equal(got.kind, request.kind);
		assert_string_equal(got.session, kind == REQUEST_START ? request.session : "");
		assert_string_equal(got.text, kind == REQUEST_SAY ? request.text : "");
		assert_int_equal(got.value, kind == REQUEST_RATE ? 9 : 0);
	}
}

static void printing_says_when_there_is_no_room(void **state)
{
	(void)state;
	const struct request request = { .kind = REQUEST_STOP };
	char line[13];
	assert_int_equal(request_print(&request, line, sizeof(line)), STATUS_NO_SPACE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_every_request),
		cmocka_unit_test(takes_the_values),
		cmocka_unit_test(refuses_with_a_reason),
		cmocka_unit_test(refuses_an_embedded_nul),
		cmocka_unit_test(knows_the_longest_text),
		cmocka_unit_test(refuses_a_line_that_is_too_long),
		cmocka_unit_test(a_reason_never_repeats_odd_bytes),
		cmocka_unit_test(what_is_printed_can_be_parsed),
		cmocka_unit_test(printing_says_when_there_is_no_room),
	};
	return cmocka_run_group_tests_name("request", tests, NULL, NULL);
}
