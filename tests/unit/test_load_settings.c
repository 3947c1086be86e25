/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
#include "test_load.h"

static void reads_settings(void **state)
{
	struct world *world = *state;
	const struct settings *settings = NULL;

	world_write(world, "s.yaml",
			"settings:\n  voice: en/calm-soft\n  session: my/own.yaml\n"
			"  output: USB Speaker\n  input: Mic\n  volume: -6dB\n"
			"  rate: 150\n  emergency: 112\n  measures: metric\n"
			"  verbosity: tones\n");
	assert_int_equal(settings_load(world->arena, world_path(world, "s.yaml"), &settings,
					 &world->diag),
			STATUS_OK);
	assert_string_equal(settings->voice, "en/calm-soft");
	assert_string_equal(settings->session, "my/own.yaml");
	assert_string_equal(settings->output, "USB Speaker");
	assert_string_equal(settings->input, "Mic");
	assert_int_equal(settings->volume_db, -6);
	assert_int_equal(settings->rate_wpm, 150);
	assert_string_equal(settings->emergency, "1 1 2");
	assert_int_equal(settings->measures, MEASURE_METRIC);
	assert_int_equal(settings->verbosity, VERBOSITY_TONES);
}

static void what_is_left_out_has_its_default(void **state)
{
	struct world *world = *state;
	const struct settings *settings = NULL;

	world_write(world, "s.yaml", "settings: {volume: 3dB}\n");
	assert_int_equal(settings_load(world->arena, world_path(world, "s.yaml"), &settings,
					 &world->diag),
			STATUS_OK);
	assert_string_equal(settings->voice, settings_defaults.voice);
	assert_string_equal(settings->session, "lower-back-hands");
	assert_null(settings->output);
	assert_null(settings->input);
	assert_null(settings->emergency);
	assert_int_equal(settings->measures, MEASURE_IMPERIAL);
	assert_int_equal(settings->volume_db, 3);
	assert_int_equal(settings->rate_wpm, 0);
	/* the voice's own, also in words */
	world_write(world, "s.yaml", "settings: {rate: 0}\n");
	assert_int_equal(settings_load(world->arena, world_path(world, "s.yaml"), &settings,
					 &world->diag),
			STATUS_OK);
	assert_int_equal(settings->rate_wpm, 0);
}

struct refusal {
	const char *text;
	const char *reason;
};

static void refuses_bad_settings(void **state)
{
	static const struct refusal refusals[] = {
		{ "settings: {voice: ../x}",
				"s.yaml:1:19: voice: \"../x\" is no voice: write \"calm-warm\" or "
				"\"en/calm-warm\"" },
		{ "settings: {verbosity: loud}",
				"s.yaml:1:23: unknown verbosity \"loud\"; known: full, short, tones" },
		{ "settings: {measures: feet}",
				"s.yaml:1:22: unknown measures \"feet\"; known: imperial, metric" },
		{ "settings: {volume: 7dB}", "s.yaml:1:20: volume: 7dB is outside -20dB to 6dB" },
		{ "settings: {volume: -21dB}",
				"s.yaml:1:20: volume: -21dB is outside -20dB to 6dB" },
		{ "settings: {volume: 0.5dB}", "s.yaml:1:20: volume: whole decibels only" },
		{ "settings: {volume: 3}",
				"s.yaml:1:20: volume: \"3\" is not a level such as -6dB" },
		{ "settings: {rate: 129}",
				"s.yaml:1:18: rate: 129 is outside 130 to 220 words a minute" },
		{ "settings: {rate: 221}",
				"s.yaml:1:18: rate: 221 is outside 130 to 220 words a minute" },
		{ "settings: {output: \"\"}", "s.yaml:1:20: output: the text is empty" },
		{ "settings: {session: [a]}",
				"s.yaml:1:21: session: this is a list, but a text is needed" },
		{ "settings: {volum: 3dB}",
				"s.yaml:1:12: unknown key \"volum\", did you mean \"volume\"?; known: "
				"voice, session, output, input, volume, rate, emergency, measures, verbosity" },
		{ "settings: {emergency: 1-1-2}",
				"s.yaml:1:23: emergency: \"1-1-2\" is no number: write its digits, 2 to "
				"15 of them" },
		{ "settings: {emergency: \"1\"}",
				"s.yaml:1:23: emergency: \"1\" is no number: write its digits, 2 to "
				"15 of them" },
		{ "settingz: {}",
				"s.yaml:1:1: unknown key \"settingz\", did you mean \"settings\"?; known: "
				"settings" },
	};
	struct world *world = *state;
	const struct settings *settings = NULL;

	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		world_write(world, "s.yaml", refusals[i].text);
		assert_int_equal(settings_load(world->arena, world_path(world, "s.yaml"), &settings,
						 &world->diag),
				STATUS_BAD_DATA);
		assert_null(settings);
		assert_reason(world, refusals[i].reason);
	}
}

static void somebody_may_be_silent(void **state)
{
	struct world *world = *state;
	const struct cast *cast = NULL;

	world_write(world, "c.yaml", "cast: silent\nlines: []\n");
	assert_int_equal(cast_load(world->arena, world_path(world, "c.yaml"), &cast, &world->diag),
			STATUS_OK);
	assert_int_equal(cast->line_count, 0);
	world_write(world, "c.yaml", "cast: silent\nlines: none\n");
	assert_int_equal(cast_load(world->arena, world_path(world, "c.yaml"), &cast, &world->diag),
			STATUS_BAD_DATA);
}

static void reads_a_cast(void **state)
{
	struct world *world = *state;
	const struct cast *cast = NULL;

	world_write(world, "c.yaml",
			"cast: smooth\nlines:\n"
			"  - {after: loud  enough, delay: 600ms, say: \"yes\"}\n"
			"  - {at: 42s, wav: clip.wav, gain: -6dB, times: 0}\n");
	assert_int_equal(cast_load(world->arena, world_path(world, "c.yaml"), &cast, &world->diag),
			STATUS_OK);
	assert_string_equal(cast->name, "smooth");
	assert_int_equal(cast->line_count, 2);
	assert_string_equal(cast->lines[0].after, "loud enough");
	assert_int_equal(cast->lines[0].delay_ms, 600);
	assert_string_equal(cast->lines[0].say, "yes");
	assert_null(cast->lines[0].wav);
	assert_int_equal(cast->lines[0].times, 1);
	assert_null(cast->lines[1].after);
	assert_int_equal(cast->lines[1].at_ms, 42000);
	assert_string_equal(cast->lines[1].wav, "clip.wav");
	assert_true(cast->lines[1].gain_db == -6.0);
	assert_int_equal(cast->lines[1].times, 0);
}

static void refuses_a_bad_cast(void **state)
{
	static const struct refusal refusals[] = {
		{ "cast: c\nlines: [{after: a, at: 1s, say: b}]",
				"c.yaml:2:20: a line has one of \"after\" and \"at\"" },
		{ "cast: c\nlines: [{say: b}]",
				"c.yaml:2:9: a line has one of \"after\" and \"at\"" },
		{ "cast: c\nlines: [{at: 1s}]",
				"c.yaml:2:9: a line has one of \"say\" and \"wav\"" },
		{ "cast: c\nlines: [{at: 1s, say: b, wav: c}]",
				"c.yaml:2:26: a line has one of \"say\" and \"wav\"" },
		{ "cast: c\nlines: [{at: 1, say: b}]",
				"c.yaml:2:14: at: \"1\" has no unit: write 1s, 1min or 1ms" },
		{ "cast: c\nlines: [{at: 1s, say: b, times: -1}]",
				"c.yaml:2:33: times: -1 is outside 0 to 1000" },
		{ "cast: c\nlines: [{at: 1s, say: b, gain: 21dB}]",
				"c.yaml:2:32: gain: 21dB is outside -60dB to 20dB" },
		{ "cast: c\nlines: [{at: 1s, say: b, delay: 11min}]",
				"c.yaml:2:33: delay: 11min is outside 0s to 10min" },
		{ "cast: c\nlines: {}",
				"c.yaml:2:8: lines: this is a map of keys, but a list is needed" },
		{ "cast: C\nlines: [{at: 1s, say: b}]",
				"c.yaml:1:7: cast: \"C\" is no name: a lower case letter, then at most 39 "
				"lower case letters, digits and \"-\"" },
		{ "cast: c", "c.yaml:1:1: the key \"lines\" is missing" },
	};
	struct world *world = *state;
	const struct cast *cast = NULL;

	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		world_write(world, "c.yaml", refusals[i].text);
		assert_int_equal(cast_load(world->arena, world_path(world, "c.yaml"), &cast,
						 &world->diag),
				STATUS_BAD_DATA);
		assert_null(cast);
		assert_reason(world, refusals[i].reason);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_settings),
		TEST(what_is_left_out_has_its_default),
		TEST(refuses_bad_settings),
		TEST(somebody_may_be_silent),
		TEST(reads_a_cast),
		TEST(refuses_a_bad_cast),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
