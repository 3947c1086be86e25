/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_calendar.c - the date is the system's, or what a test says. */
#include "ease/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void is_the_systems(void **state)
{
	(void)state;
	struct calendar calendar;
	setenv("TZ", "Europe/Berlin", 1);
	tzset();
	unsetenv("EASE_CALENDAR");
	const time_t before = time(NULL);
	assert_int_equal(calendar_now(&calendar, NULL), STATUS_OK);
	assert_true(calendar.now >= before && calendar.now <= time(NULL));
	setenv("EASE_CALENDAR", "", 1);
	assert_int_equal(calendar_now(&calendar, NULL), STATUS_OK);
	assert_true(calendar.now >= before);
}

static void is_what_a_test_says(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t now;
		int32_t utc_offset;
	} dates[] = {
		{ "1970-01-01T00:00:00Z", 0, 0 },
		{ "2026-11-22T16:54:40Z", 1795366480, 0 },
		{ "2026-11-22T17:54:40+01:00", 1795366480, 3600 },
		{ "2026-11-22T11:24:40-05:30", 1795366480, -19800 },
	};
	struct calendar calendar;
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		setenv("EASE_CALENDAR", dates[i].text, 1);
		assert_int_equal(calendar_now(&calendar, NULL), STATUS_OK);
		assert_int_equal(calendar.now, dates[i].now);
		assert_int_equal(calendar.utc_offset, dates[i].utc_offset);
	}
}

static void refuses_what_is_no_date(void **state)
{
	(void)state;
	static const char *const wrong[] = { "now", "2026-11-22", "2026-11-22T16:54:40",
		"2026-13-01T00:00:00Z", "2026-11-22T16:54:40+1:00", "2026-11-22T16:54:40+01:00x",
		"2026-11-22T16:54:40+99:00", "2026-11-22T16:54:40Zulu" };
	struct calendar calendar;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct diag diag = { .line = 0 };
		setenv("EASE_CALENDAR", wrong[i], 1);
		assert_int_equal(calendar_now(&calendar, &diag), STATUS_BAD_DATA);
		assert_non_null(strstr(diag.message, wrong[i]));
	}
	unsetenv("EASE_CALENDAR");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_systems),
		cmocka_unit_test(is_what_a_test_says),
		cmocka_unit_test(refuses_what_is_no_date),
	};
	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
