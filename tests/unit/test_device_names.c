/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp audio */
/* test_device_names.c - which device a name means, and what is said of a name that means none. */
#include "audio/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct device_info card[] = {
	{ .name = "HDMI: Monitor", .output = true },
	{ .name = "USB Headset Pro", .input = true, .output = true },
	{ .name = "usb headset", .input = true, .output = true, .default_output = true },
	{ .name = "Webcam", .input = true, .default_input = true },
};

static const struct device_names names = { .info = card, .count = sizeof(card) / sizeof(card[0]) };

static void assert_chosen(enum direction direction, const char *part, size_t wanted)
{
	size_t index = 99;
	struct diag diag = { 0 };
	assert_int_equal(names_choose(&names, direction, part, &index, &diag), STATUS_OK);
	assert_int_equal(index, wanted);
}

static void assert_refused(const struct device_names *of, enum direction direction,
		const char *part, const char *message)
{
	size_t index = 0;
	struct diag diag = { 0 };
	assert_int_equal(names_choose(of, direction, part, &index, &diag), STATUS_NOT_FOUND);
	assert_string_equal(diag.message, message);
}

static void a_whole_name_comes_before_a_part_in_any_case(void **state)
{
	(void)state;
	assert_chosen(OUTPUT, "USB HEADSET", 2);
	assert_chosen(OUTPUT, "usb", 1);
	assert_chosen(OUTPUT, "monitor", 0);
	assert_chosen(INPUT, "headset p", 1);
	assert_chosen(INPUT, "cam", 3);
}

static void without_a_name_it_is_the_default(void **state)
{
	(void)state;
	assert_chosen(OUTPUT, NULL, 2);
	assert_chosen(INPUT, NULL, 3);
}

static void a_wrong_name_is_told_the_right_ones_of_its_direction(void **state)
{
	(void)state;
	assert_refused(&names, INPUT, "monitor",
			"no microphone is called \"monitor\"; there are \"USB Headset Pro\", "
			"\"usb headset\", \"Webcam\"");
	assert_refused(&names, OUTPUT, "webcam",
			"no loudspeaker is called \"webcam\"; there are \"HDMI: Monitor\", "
			"\"USB Headset Pro\", \"usb headset\"");
	const struct device_names first = { .info = card, .count = 1 };
	assert_refused(&first, INPUT, "x", "there is no microphone on this machine");
	assert_refused(&first, OUTPUT, NULL,
			"no loudspeaker is the default; there are \"HDMI: Monitor\"");
}

static void a_long_list_ends_with_a_whole_name(void **state)
{
	(void)state;
	struct device_info many[20] = { 0 };
	const struct device_names long_list = { .info = many, .count = 20 };
	struct diag diag = { 0 };
	char part[200];
	size_t index = 0;
	for (size_t i = 0; i < 20; i++) {
		many[i].output = true;
		snprintf(many[i].name, sizeof(many[i].name), "Loudspeaker number %zu", i + 1);
	}
	memset(part, 'x', sizeof(part) - 1);
	part[sizeof(part) - 1] = '\0';
	assert_int_equal(names_choose(&long_list, OUTPUT, part, &index, &diag), STATUS_NOT_FOUND);
	const size_t length = strlen(diag.message);
	assert_true(length < sizeof(diag.message) - 1);
	assert_string_equal(diag.message + length - 10, " number 6\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_name_comes_before_a_part_in_any_case),
		cmocka_unit_test(without_a_name_it_is_the_default),
		cmocka_unit_test(a_wrong_name_is_told_the_right_ones_of_its_direction),
		cmocka_unit_test(a_long_list_ends_with_a_whole_name),
	};
	return cmocka_run_group_tests_name("device_names", tests, NULL, NULL);
}
