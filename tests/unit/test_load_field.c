/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
#include "load/field.h"
#include "load/near.h"

#include "test_load.h"

/* Reads "k: <text>" and gives back the value's node. */
static const struct node *value_of(struct world *world, struct source *source, const char *text)
{
	char document[400];

	snprintf(document, sizeof(document), "k: %s\n", text);
	world_write(world, "a.yaml", document);
	*source = (struct source){ .arena = world->arena, .diag = &world->diag };
	const struct node *root = tree_read(source, world_path(world, "a.yaml"));
	assert_non_null(root);
	return root->first;
}

struct number {
	const char *text;
	int32_t value;
	const char *reason; /* NULL: it is fine */
};

static void reads_whole_numbers(void **state)
{
	static const struct number numbers[] = {
		{ "3", 3, NULL },
		{ "\"7\"", 7, NULL },
		{ "-5", -5, NULL },
		{ "10", 10, NULL },
		{ "11", 0, "a.yaml:1:4: k: 11 is outside -5 to 10 apples" },
		{ "-6", 0, "a.yaml:1:4: k: -6 is outside -5 to 10 apples" },
		{ "4294967299", 0, "a.yaml:1:4: k: \"4294967299\" is not a whole number" },
		{ "999999999", 0, "a.yaml:1:4: k: 999999999 is outside -5 to 10 apples" },
		{ "3.0", 0, "a.yaml:1:4: k: \"3.0\" is not a whole number" },
		{ "3s", 0, "a.yaml:1:4: k: \"3s\" is not a whole number" },
		{ "0x3", 0, "a.yaml:1:4: k: \"0x3\" is not a whole number" },
		{ "\"\"", 0, "a.yaml:1:4: k: \"\" is not a whole number" },
		{ "\"-\"", 0, "a.yaml:1:4: k: \"-\" is not a whole number" },
		{ "three", 0, "a.yaml:1:4: k: \"three\" is not a whole number" },
		{ "[3]", 0, "a.yaml:1:4: k: this is a list, but a text is needed" },
		{ "{a: 3}", 0, "a.yaml:1:4: k: this is a map of keys, but a text is needed" },
	};
	static const struct limits limits = { { -5, 10 }, "apples" };

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct source source;
		int32_t value = 99;
		field_int(&source, value_of(*state, &source, numbers[i].text), &limits, &value);
		if (numbers[i].reason == NULL) {
			assert_int_equal(source.status, STATUS_OK);
			assert_int_equal(value, numbers[i].value);
		} else {
			assert_reason(*state, numbers[i].reason);
			assert_int_equal(value, 99);
		}
	}
}

static void reads_lengths(void **state)
{
	static const struct number lengths[] = {
		{ "4.2s", 4200, NULL },
		{ "90s", 90000, NULL },
		{ "5min", 300000, NULL },
		{ "0.5min", 30000, NULL },
		{ "300ms", 300, NULL },
		{ "3.333s", 3333, NULL },
		{ "8", 0, "a.yaml:1:4: k: \"8\" has no unit: write 8s, 8min or 8ms" },
		{ "4.2", 0, "a.yaml:1:4: k: \"4.2\" has no unit: write 4.2s, 4.2min or 4.2ms" },
		{ "299ms", 0, "a.yaml:1:4: k: 299ms is outside 0.3s to 5min (S0)" },
		{ "5.001min", 0, "a.yaml:1:4: k: 5.001min is outside 0.3s to 5min (S0)" },
		{ "999999999min", 0, "a.yaml:1:4: k: 999999999min is outside 0.3s to 5min (S0)" },
		{ "9999999999s", 0,
				"a.yaml:1:4: k: \"9999999999s\" is not a length such as 4.2s, 5min or "
				"300ms" },
		{ "300.5ms", 0, "a.yaml:1:4: k: 300.5ms is outside 0.3s to 5min (S0)" },
		{ "4,2s", 0, "a.yaml:1:4: k: \"4,2s\" is not a length such as 4.2s, 5min or 300ms" },
		{ "4.2345s", 0,
				"a.yaml:1:4: k: \"4.2345s\" is not a length such as 4.2s, 5min or "
				"300ms" },
		{ ".5s", 0, "a.yaml:1:4: k: \".5s\" is not a length such as 4.2s, 5min or 300ms" },
		{ "5h", 0, "a.yaml:1:4: k: \"5h\" is not a length such as 4.2s, 5min or 300ms" },
		{ "1e3s", 0, "a.yaml:1:4: k: \"1e3s\" is not a length such as 4.2s, 5min or 300ms" },
	};
	static const struct limits limits = { { 300, 300000 }, "(S0)" };

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct source source;
		int32_t value = 99;
		field_length(&source, value_of(*state, &source, lengths[i].text), &limits, &value);
		if (lengths[i].reason == NULL) {
			assert_int_equal(source.status, STATUS_OK);
			assert_int_equal(value, lengths[i].value);
		} else {
			assert_reason(*state, lengths[i].reason);
			assert_int_equal(value, 99);
		}
	}
}

static void reads_ranges(void **state)
{
	static const struct limits limits = { { 1, 9 }, NULL };
	struct range range = { 0 };
	struct source source;

	field_int_range(&source, value_of(*state, &source, "[3, 5]"), &limits, &range);
	assert_int_equal(range.min, 3);
	assert_int_equal(range.max, 5);
	field_int_range(&source, value_of(*state, &source, "4"), &limits, &range);
	assert_int_equal(range.min, 4);
	assert_int_equal(range.max, 4);
	field_int_range(&source, value_of(*state, &source, "[5, 3]"), &limits, &range);
	assert_reason(*state, "a.yaml:1:4: k: the range begins above its end");
	field_int_range(&source, value_of(*state, &source, "[3, 4, 5]"), &limits, &range);
	assert_reason(*state, "a.yaml:1:4: k: a range is written [least, most]");
	field_int_range(&source, value_of(*state, &source, "[3, 10]"), &limits, &range);
	assert_reason(*state, "a.yaml:1:8: k: 10 is outside 1 to 9");
	field_length_range(&source, value_of(*state, &source, "[3ms, 4]"), &limits, &range);
	assert_reason(*state, "a.yaml:1:10: k: \"4\" has no unit: write 4s, 4min or 4ms");
	assert_int_equal(range.min, 4);
}

static void reads_levels_shares_and_truths(void **state)
{
	struct source source;
	double level = 0;
	int32_t share = 0;
	bool truth = false;

	field_decibel(&source, value_of(*state, &source, "-6.5dB"), -20, 6, &level);
	assert_true(level == -6.5);
	field_decibel(&source, value_of(*state, &source, "7dB"), -20, 6, &level);
	assert_reason(*state, "a.yaml:1:4: k: 7dB is outside -20dB to 6dB");
	field_decibel(&source, value_of(*state, &source, "3"), -20, 6, &level);
	assert_reason(*state, "a.yaml:1:4: k: \"3\" is not a level such as -6dB");
	field_ratio(&source, value_of(*state, &source, "0.25"), &level);
	assert_true(level == 0.25);
	field_ratio(&source, value_of(*state, &source, "1.001"), &level);
	assert_reason(*state, "a.yaml:1:4: k: \"1.001\" is not a number from 0 to 1 with at most "
			      "three decimals");
	field_percent(&source, value_of(*state, &source, "50%"), &share);
	assert_int_equal(share, 50);
	field_percent(&source, value_of(*state, &source, "100%"), &share);
	assert_reason(*state, "a.yaml:1:4: k: 100% is outside 1% to 99%");
	field_percent(&source, value_of(*state, &source, "50"), &share);
	assert_reason(*state, "a.yaml:1:4: k: \"50\" is not a share such as 50%");
	field_bool(&source, value_of(*state, &source, "true"), &truth);
	assert_true(truth);
	field_bool(&source, value_of(*state, &source, "yes"), &truth);
	assert_reason(*state, "a.yaml:1:4: unknown k \"yes\"; known: false, true");
}

static void reads_texts_and_names(void **state)
{
	struct source source;
	const char *text = NULL;

	field_text(&source, value_of(*state, &source, "\"  two \\n\\t words \""), 9, &text);
	assert_string_equal(text, "two words");
	field_text(&source, value_of(*state, &source, "ten  bytes."), 9, &text);
	assert_int_equal(source.status, STATUS_BAD_DATA);
	assert_reason(*state, "a.yaml:1:4: k: the text has 10 bytes, at most 9 are allowed");
	field_text(&source, value_of(*state, &source, "\" \""), 9, &text);
	assert_reason(*state, "a.yaml:1:4: k: the text is empty");
	field_text(&source, value_of(*state, &source, "\"a\\x01b\""), 9, &text);
	assert_reason(*state, "a.yaml:1:4: k: control characters are not allowed");
	field_name(&source, value_of(*state, &source, "palm-glide-2"), &text);
	assert_string_equal(text, "palm-glide-2");
	assert_false(field_is_name(""));
	assert_false(field_is_name("2nd"));
	assert_false(field_is_name("../x"));
	assert_false(field_is_name("Palm"));
	assert_false(field_is_name("a-name-that-is-longer-than-forty-bytes-is"));
	field_name(&source, value_of(*state, &source, "Palm"), &text);
	assert_reason(*state,
			"a.yaml:1:4: k: \"Palm\" is no name: a lower case letter, then at most "
			"39 lower case letters, digits and \"-\"");
}

static void maps_name_what_is_wrong(void **state)
{
	static const struct field fields[] = { { "rate", true }, { "range", false } };
	struct world *world = *state;
	struct source source;
	const struct node *at[2];

	field_map(&source, value_of(world, &source, "{range: 1, rate: 2}"), fields, 2, at);
	assert_int_equal(source.status, STATUS_OK);
	assert_string_equal(at[0]->text, "2");
	assert_string_equal(at[1]->text, "1");
	field_map(&source, value_of(world, &source, "{rate: 1}"), fields, 2, at);
	assert_null(at[1]);
	field_map(&source, value_of(world, &source, "{rate: 1, raneg: 2}"), fields, 2, at);
	assert_reason(world, "a.yaml:1:14: unknown key \"raneg\", did you mean \"range\"?; known: "
			     "rate, range");
	field_map(&source, value_of(world, &source, "{rate: 1, colour: 2}"), fields, 2, at);
	assert_reason(world, "a.yaml:1:14: unknown key \"colour\"; known: rate, range");
	field_map(&source, value_of(world, &source, "{range: 2}"), fields, 2, at);
	assert_reason(world, "a.yaml:1:4: the key \"rate\" is missing");
	field_map(&source, value_of(world, &source, "[rate]"), fields, 2, at);
	assert_reason(world, "a.yaml:1:4: k: this is a list, but a map of keys is needed");
	field_many(&source, value_of(world, &source, "[]"), NODE_LIST, 2);
	assert_reason(world, "a.yaml:1:4: k: has 0 entries, 1 to 2 are allowed");
	field_many(&source, value_of(world, &source, "[1, 2, 3]"), NODE_LIST, 2);
	assert_reason(world, "a.yaml:1:4: k: has 3 entries, 1 to 2 are allowed");
}

static void finds_the_nearest_word(void **state)
{
	static const char *const words[] = { "lighter", NULL, "firmer", "stop", "no" };

	(void)state;
	assert_string_equal(near_word("liter", words, 5), "lighter");
	assert_string_equal(near_word("sopt", words, 5), "stop");
	assert_string_equal(near_word("firmerr", words, 5), "firmer");
	assert_string_equal(near_word("now", words, 5), "no");
	assert_null(near_word("xylophone", words, 5));
	assert_null(near_word("ye", words, 5));
	assert_null(near_word("a word that is far too long to be compared with any", words, 5));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_whole_numbers, world_make, world_remove),
		cmocka_unit_test_setup_teardown(reads_lengths, world_make, world_remove),
		cmocka_unit_test_setup_teardown(reads_ranges, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				reads_levels_shares_and_truths, world_make, world_remove),
		cmocka_unit_test_setup_teardown(reads_texts_and_names, world_make, world_remove),
		cmocka_unit_test_setup_teardown(maps_name_what_is_wrong, world_make, world_remove),
		cmocka_unit_test(finds_the_nearest_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
