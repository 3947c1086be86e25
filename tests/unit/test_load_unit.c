/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
#include "load/unit.h"

#include "test_load.h"

static const char good[] = "unit: glide\n"
			   "title: palm glides\n"
			   "technique: palm_glide\n"
			   "who: self\n"
			   "hands: both palms\n"
			   "direction: down\n"
			   "pace: {kind: strokes, stroke: [3.4s, 5s], default: 4.2s, return: 1s}\n"
			   "count: [3, 5]\n"
			   "pressure: [1, 4]\n"
			   "rated: true\n"
			   "say:\n"
			   "  long: Glide slowly {side}, beside the spine, {count} times.\n"
			   "  short: Glide {side}, beside the spine.\n"
			   "cues:\n"
			   "  - {at: 30%, say: Half.}\n"
			   "  - {at: 60%, say: More.}\n"
			   "never: [spine, navel]\n";

static enum status read_unit(struct world *world, const char *text, struct unit *unit)
{
	struct source source = { .arena = world->arena, .diag = &world->diag };

	world_write(world, "glide.yaml", text);
	*unit = (struct unit){ 0 };
	unit_read(&source, world_path(world, "glide.yaml"), "glide", unit);
	return source.status;
}

static void reads_every_key(void **state)
{
	struct unit unit;

	assert_int_equal(read_unit(*state, good, &unit), STATUS_OK);
	assert_string_equal(unit.name, "glide");
	assert_string_equal(unit.title, "palm glides");
	assert_int_equal(unit.technique, TECHNIQUE_PALM_GLIDE);
	assert_int_equal(unit.who, WHO_SELF);
	assert_string_equal(unit.hands, "both palms");
	assert_string_equal(unit.direction, "down");
	assert_int_equal(unit.pace.kind, PACE_STROKES);
	assert_int_equal(unit.pace.stroke_ms.min, 3400);
	assert_int_equal(unit.pace.stroke_ms.max, 5000);
	assert_int_equal(unit.pace.stroke_default_ms, 4200);
	assert_int_equal(unit.pace.return_ms, 1000);
	assert_int_equal(unit_round_ms(&unit), 5200);
	assert_int_equal(unit.count.min, 3);
	assert_int_equal(unit.count.max, 5);
	assert_int_equal(unit.seconds.max, 0);
	assert_int_equal(unit.pressure.min, 1);
	assert_int_equal(unit.pressure.max, 4);
	assert_true(unit.rated);
	assert_string_equal(unit.say_long, "Glide slowly {side}, beside the spine, {count} times.");
	assert_string_equal(unit.say_short, "Glide {side}, beside the spine.");
	assert_int_equal(unit.cue_count, 2);
	assert_int_equal(unit.cues[1].at_percent, 60);
	assert_string_equal(unit.cues[1].say, "More.");
	assert_int_equal(unit.never_count, 2);
	assert_string_equal(unit.never[1], "navel");
}

struct change {
	const char *find;
	const char *by;
	const char *reason;
};

static void refuses(
		struct world *world, const char *text, const struct change *changes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct unit unit;
		char *changed = replaced(text, changes[i].find, changes[i].by);
		assert_int_equal(read_unit(world, changed, &unit), STATUS_BAD_DATA);
		assert_reason(world, changes[i].reason);
		free(changed);
	}
}

static const struct change bad_keys[] = {
	{ "unit: glide", "unit: gilde",
			"glide.yaml:1:7: unit: \"gilde\" must be called as its file, \"glide\"" },
	{ "unit: glide", "unite: glide",
			"glide.yaml:1:1: unknown key \"unite\", did you mean \"unit\"?" },
	{ "title: palm glides\n", "", "glide.yaml:1:1: the key \"title\" is missing" },
	{ "technique: palm_glide\n", "", "glide.yaml:1:1: the key \"technique\" is missing" },
	{ "technique: palm_glide", "technique: palm_gild",
			"glide.yaml:3:12: unknown technique \"palm_gild\", did you mean "
			"\"palm_glide\"?" },
	{ "who: self", "who: partner",
			"glide.yaml:4:6: who: palm_glide is for \"self\" only (S93-S95)" },
	{ "who: self", "who: anyone",
			"glide.yaml:4:6: who: palm_glide is for \"self\" only (S93-S95)" },
	{ "who: self", "who: me",
			"glide.yaml:4:6: unknown who \"me\"; known: self, partner, anyone" },
	{ "kind: strokes", "kind: hold",
			"glide.yaml:7:14: kind: palm_glide is paced by strokes (S93-S95)" },
	{ "kind: strokes", "kind: breath",
			"glide.yaml:7:14: kind: \"breath\" goes with the technique breath, and "
			"only with it" },
	{ "stroke: [3.4s, 5s], ", "", "glide.yaml:7:7: the key \"stroke\" is missing" },
	{ "return: 1s", "half: 5s", "glide.yaml:7:58: half: does not go with \"kind: strokes\"" },
	{ "return: 1s", "return: 1.1s", "glide.yaml:7:66: return: 1.1s is outside 0s to 1s (S72)" },
	{ "default: 4.2s", "default: 3.3s",
			"glide.yaml:7:52: default: 3.3s is outside 3.4s to 5s (the unit's own "
			"range)" },
	{ "count: [3, 5]", "seconds: 60s",
			"glide.yaml:8:10: seconds: palm_glide takes count instead (S93-S95)" },
	{ "count: [3, 5]\n", "",
			"glide.yaml:1:1: the key \"count\" is missing (palm_glide, S93-S95)" },
	{ "count: [3, 5]", "count: 4\nseconds: 60s",
			"glide.yaml:9:10: seconds: the unit has a count already" },
	{ "pressure: [1, 4]\n", "", "glide.yaml:1:1: the key \"pressure\" is missing" },
	{ "long: Glide slowly {side}", "long: Glide {sied}",
			"glide.yaml:12:9: unknown placeholder; known here: {target} {ceiling} "
			"{title} {seconds} {count} {side} {area} {word} {emergency} {oils}, and the figures of the rules, ease-script(5)" },
	{ "long: Glide slowly {side}", "long: Glide {value}",
			"glide.yaml:12:9: unknown placeholder; known here: {target} {ceiling} "
			"{title} {seconds} {count} {side} {area} {word} {emergency} {oils}, and the figures of the rules, ease-script(5)" },
	{ "beside the spine", "on the spine",
			"glide.yaml:12:9: no text may lead to pressing on \"spine\": say "
			"\"beside the spine\", \"off the spine\" or \"never on the spine\" "
			"(S223)" },
	{ "Half.", "Rub the navel.",
			"glide.yaml:15:3: no text may lead to pressing on \"navel\": say "
			"\"beside the spine\", \"off the spine\" or \"never on the spine\" "
			"(S223)" },
	{ "Half.", "Glide 3 times.",
			"glide.yaml:15:20: the digit '3': figures come from the rules, write "
			"{seconds}, {count}, {target} or another of ease-script(5) (S228)" },
	{ "at: 60%", "at: 30%", "glide.yaml:16:10: at: cues stand in rising order" },
	{ "[spine, navel]", "[navel]",
			"glide.yaml:17:8: never: a unit with touch names \"spine\" here (S223)" },
	{ "never: [spine, navel]\n", "",
			"glide.yaml:1:1: never: a unit with touch names \"spine\" here (S223)" },
	{ "say:\n  long", "say:\n  lang",
			"glide.yaml:12:3: unknown key \"lang\", did you mean \"long\"?; known: "
			"long, short, away" },
	{ "  long: ", "  away: Glide slowly {side}, at the waist, {count} times.\n  long: ",
			"glide.yaml:12:9: away: name no place: it is said where one is left out "
			"(S23)" },
	{ "  long: ", "  away: Glide slowly, beside the spine, {count} times.\n  long: ",
			"glide.yaml:12:9: away: say what to do, how, on which side and how long, "
			"as in the long form" },
	{ "  short: Glide {side}, beside the spine.\n", "",
			"glide.yaml:12:3: the key \"short\" is missing" },
};

static void refuses_bad_keys(void **state)
{
	refuses(*state, good, bad_keys, sizeof(bad_keys) / sizeof(bad_keys[0]));
}

static const char hold[] =
		"unit: glide\n"
		"title: a hold\n"
		"technique: self_trigger_point\n"
		"who: self\n"
		"pace: {kind: hold}\n"
		"seconds: [20s, 30s]\n"
		"pressure: [1, 5]\n"
		"rated: true\n"
		"say:\n"
		"  long: Press slowly {side}, beside the spine, for {seconds} seconds. Say found it. Stop if "
		"pain runs down a leg.\n"
		"  short: Press {side}, beside the spine. Say found it. Stop if pain runs down a leg.\n"
		"never: [spine]\n";

static void deep_units_say_where_and_when_to_stop(void **state)
{
	static const struct change changes[] = {
		{ "Press {side}, beside the spine. S", "Press the {side} hip. S",
				"glide.yaml:10:3: say: self_trigger_point goes deep: both forms say "
				"\"beside the spine\" (S223)" },
		{ "seconds. Say found it. Stop if pain runs down a leg", "seconds. Say found it",
				"glide.yaml:10:3: say: both forms say \"stop if the pain sharpens or "
				"runs down a leg\" (S126)" },
		{ "spine. Say found it. Stop if pain runs", "spine. Say found it. Runs",
				"glide.yaml:10:3: say: both forms say \"stop if the pain sharpens or "
				"runs down a leg\" (S126)" },
		{ "spine. Say found it. Stop", "spine. Stop",
				"glide.yaml:10:3: say: both forms ask to say \"found it\": the hold "
				"begins then (S80)" },
		{ "rated: true\n", "",
				"glide.yaml:1:1: rated: self_trigger_point goes deep and needs \"rated: "
				"true\" (S115)" },
		{ "kind: hold", "kind: strokes",
				"glide.yaml:5:14: kind: self_trigger_point is paced by hold or none "
				"(S96)" },
		{ "[20s, 30s]", "[20s, 29.5s]", "glide.yaml:6:10: seconds: whole seconds only" },
	};
	struct unit unit;

	assert_int_equal(read_unit(*state, hold, &unit), STATUS_OK);
	refuses(*state, hold, changes, sizeof(changes) / sizeof(changes[0]));
}

/* S55 */
static void a_tool_stays_off_bone(void **state)
{
	static const struct change changes[] = {
		{ ", bone]", "]",
				"glide.yaml:12:8: never: a unit with a tool names \"bone\" here (S55)" },
		{ "spine, bone", "bone",
				"glide.yaml:12:8: never: a unit with touch names \"spine\" here (S223)" },
	};
	char *ball = replaced(hold, "self_trigger_point", "ball");
	char *seconds = replaced(ball, "[20s, 30s]", "[20s, 40s]");
	char *bone = replaced(seconds, "[spine]", "[spine, bone]");
	struct unit unit;

	assert_int_equal(read_unit(*state, bone, &unit), STATUS_OK);
	refuses(*state, bone, changes, sizeof(changes) / sizeof(changes[0]));
	free(ball);
	free(seconds);
	free(bone);
}

static const char stretch[] = "unit: glide\n"
			      "title: a stretch\n"
			      "technique: hamstring\n"
			      "who: self\n"
			      "pace: {kind: hold}\n"
			      "seconds: [20s, 30s]\n"
			      "say:\n"
			      "  long: Breathe slowly, and stay for {seconds} seconds.\n"
			      "  short: Breathe slowly.\n";

static void stretches_say_breathe_slowly(void **state)
{
	static const struct change changes[] = {
		{ "short: Breathe slowly", "short: Stay",
				"glide.yaml:8:3: say: a stretch says \"breathe slowly\" in both forms "
				"(S105)" },
		{ " for {seconds} seconds", "",
				"glide.yaml:8:9: long: say how long or how often, with {seconds} or "
				"{count}" },
		{ "say:\n", "pressure: [1, 2]\nsay:\n",
				"glide.yaml:7:11: pressure: hamstring (S104) is no touch, leave it out" },
		{ "say:\n", "rated: true\nsay:\n",
				"glide.yaml:7:8: rated: hamstring (S104) is no touch" },
	};
	struct unit unit;

	assert_int_equal(read_unit(*state, stretch, &unit), STATUS_OK);
	assert_int_equal(unit.pressure.max, 0);
	refuses(*state, stretch, changes, sizeof(changes) / sizeof(changes[0]));
}

static void touch_can_be_followed(void **state)
{
	static const struct change changes[] = {
		{ "Glide slowly {side}, beside the spine, {count} times",
				"This glides {side} on the back",
				"glide.yaml:12:9: say: nothing is to be done: begin a sentence with a "
				"verb, such as \"lay\" or \"press\"; ease-script(5) lists them" },
		{ "short: Glide", "short: Glides",
				"glide.yaml:13:10: say: nothing is to be done: begin a sentence with a "
				"verb, such as \"lay\" or \"press\"; ease-script(5) lists them" },
		{ ", {count} times", "",
				"glide.yaml:12:9: long: say how long or how often, with {seconds} or "
				"{count}" },
		{ "beside the spine, {count}", "smoothly, {count}",
				"glide.yaml:12:9: say: both forms name the place, such as \"beside the "
				"spine\", \"on the hip\" or {area}" },
		{ "Glide slowly", "Glide",
				"glide.yaml:12:9: long: say how: slowly, gently, lightly, calmly or "
				"steadily (S224, S225)" },
		{ "short: Glide {side}, beside the spine", "short: Glide {side}",
				"glide.yaml:13:10: say: both forms name the place, such as \"beside "
				"the spine\", \"on the hip\" or {area}" },
		{ "short: Glide {side}", "short: Again glide {side}",
				"glide.yaml:13:10: short: leave out \"again\": with \"verbosity: "
				"short\" it is the first that is said" },
		{ "short: Glide {side}", "short: Glide",
				"glide.yaml:13:10: say: both forms name the {side}, or say \"both\" or "
				"\"either side\"" },
	};

	refuses(*state, good, changes, sizeof(changes) / sizeof(changes[0]));
}

/* S39, S44, S116: each of two people knows who is meant. */
static void texts_for_two_begin_with_the_role(void **state)
{
	static const char together[] =
			"unit: glide\ntitle: glides\ntechnique: effleurage\nwho: partner\n"
			"pace: {kind: strokes, stroke: [5s, 10s]}\ncount: [6, 8]\n"
			"pressure: [1, 3]\nnever: [spine]\ncues: [{at: 50%, say: \"Giver, slowly.\"}]\n"
			"say:\n  long: Giver, glide slowly up both sides of the back, {count} times.\n"
			"  short: Receiver, lie on both hips.\n";
	static const struct change changes[] = {
		{ "long: Giver, glide", "long: Glide",
				"glide.yaml:11:9: \"Glide slowly up both sides of ...\" is for two: "
				"begin with \"Giver,\" or \"Receiver,\"" },
		{ "Receiver, lie", "Lie",
				"glide.yaml:12:10: \"Lie on both hips. ...\" is for two: begin with "
				"\"Giver,\" or \"Receiver,\"" },
		{ "Giver, slowly", "Slowly",
				"glide.yaml:9:23: \"Slowly. ...\" is for two: begin with \"Giver,\" or "
				"\"Receiver,\"" },
	};
	struct unit unit;

	assert_int_equal(read_unit(*state, together, &unit), STATUS_OK);
	refuses(*state, together, changes, sizeof(changes) / sizeof(changes[0]));
}

static void reads_a_breath(void **state)
{
	static const char breath[] =
			"unit: glide\ntitle: breathing\ntechnique: breath\nwho: anyone\n"
			"pace: {kind: breath, half: [4s, 7s], hold-in: 1s, hold-out: 2s}\n"
			"count: [6, 30]\n"
			"say: {long: Breathe., short: Breathe.}\n";
	static const struct change changes[] = {
		{ "kind: breath", "kind: strokes",
				"glide.yaml:5:14: kind: \"breath\" goes with the technique breath, and "
				"only with it" },
		{ "half: [4s, 7s], ", "", "glide.yaml:5:7: the key \"half\" is missing" },
		{ "hold-out: 2s", "hold-out: 5s",
				"glide.yaml:5:61: hold-out: 5s is outside 0s to 4s" },
		{ "count: [6, 30]\n", "",
				"glide.yaml:1:1: the key \"count or seconds\" is missing (breath, "
				"S211)" },
	};
	struct unit unit;

	assert_int_equal(read_unit(*state, breath, &unit), STATUS_OK);
	assert_int_equal(unit.who, WHO_COUNT);
	assert_int_equal(unit.pace.kind, PACE_BREATH);
	assert_int_equal(unit.pace.stroke_default_ms, 5500);
	assert_int_equal(unit_round_ms(&unit), 14000);
	refuses(*state, breath, changes, sizeof(changes) / sizeof(changes[0]));
}

/* Every range of every rule, from its own figures. */

enum figure { FIGURE_STROKE, FIGURE_COUNT, FIGURE_SECONDS, FIGURE_PRESSURE, FIGURES };

struct figures {
	struct range of[FIGURES];
};

static struct figures figures_of(const struct rule *rule)
{
	return (struct figures){ {
			[FIGURE_STROKE] = rule->stroke_ms,
			[FIGURE_COUNT] = rule->count,
			[FIGURE_SECONDS] = rule->count.max > 0 ? (struct range){ 0 }
							       : rule->seconds,
			[FIGURE_PRESSURE] = rule->pressure,
	} };
}

static void print_pace(const struct rule *rule, struct range stroke, char *out, size_t size)
{
	const bool breath = strncmp(rule->name, "breath", 6) == 0;

	if (stroke.max == 0) {
		snprintf(out, size, "{kind: hold}");
	} else {
		snprintf(out, size, "{kind: %s, %s: [%dms, %dms]}", breath ? "breath" : "strokes",
				breath ? "half" : "stroke", stroke.min, stroke.max);
	}
}

static void print_unit(
		const struct rule *rule, const struct figures *figures, char *out, size_t size)
{
	static const char *const people[] = { "self", "partner", "anyone" };
	char pace[80];
	char amount[80] = "";
	char pressure[80] = "";
	const struct range *of = figures->of;

	print_pace(rule, of[FIGURE_STROKE], pace, sizeof(pace));
	if (of[FIGURE_COUNT].max != 0) {
		snprintf(amount, sizeof(amount), "count: [%d, %d]\n", of[FIGURE_COUNT].min,
				of[FIGURE_COUNT].max);
	} else {
		snprintf(amount, sizeof(amount), "seconds: [%ds, %ds]\n", of[FIGURE_SECONDS].min,
				of[FIGURE_SECONDS].max);
	}
	if (of[FIGURE_PRESSURE].max != 0) {
		snprintf(pressure, sizeof(pressure), "pressure: [%d, %d]\nrated: true\n",
				of[FIGURE_PRESSURE].min, of[FIGURE_PRESSURE].max);
	}
	snprintf(out, size,
			"unit: glide\ntitle: t\ntechnique: %s\nwho: %s\npace: %s\n%s%snever: [spine, bone]\n"
			"say:\n  long: Giver, breathe slowly, both beside the spine, for {count}. Say found it. "
			"Stop if pain runs down a leg.\n  short: Giver, breathe slowly, both beside the spine. "
			"Say found it. Stop if pain runs down a leg.\n",
			rule->name, people[rule->who], pace, amount, pressure);
}

/* Moves one end of a figure out of its range by the least step that can be written. */
static void refuses_moved(
		struct world *world, const struct rule *rule, enum figure figure, bool end)
{
	static const char *const keys[FIGURES] = {
		"stroke: ", "count: ", "seconds: ", "pressure: "
	};
	struct figures figures = figures_of(rule);
	char text[600];
	char row[40];
	struct unit unit;

	if (figures.of[figure].max == 0) {
		return;
	}
	if (end) {
		figures.of[figure].max++;
	} else {
		figures.of[figure].min--;
	}
	print_unit(rule, &figures, text, sizeof(text));
	assert_int_equal(read_unit(world, text, &unit), STATUS_BAD_DATA);
	snprintf(row, sizeof(row), "(%s, %s)", rule->name, rule->row);
	const bool half = strncmp(rule->name, "breath", 6) == 0 && figure == FIGURE_STROKE;
	const char *key = half ? "half: " : keys[figure];
	assert_ptr_equal(strstr(world->diag.message, key), world->diag.message);
	assert_non_null(strstr(world->diag.message, "is outside "));
	assert_non_null(strstr(world->diag.message, row));
}

static void every_range_of_every_rule_holds(void **state)
{
	struct world *world = *state;

	for (size_t i = 0; i < TECHNIQUE_COUNT; i++) {
		const struct rule *rule = rule_of((enum technique)i);
		const struct figures figures = figures_of(rule);
		char text[600];
		struct unit unit;
		print_unit(rule, &figures, text, sizeof(text));
		if (read_unit(world, text, &unit) != STATUS_OK) {
			fail_msg("%s: %s", rule->name, world->diag.message);
		}
		assert_int_equal(unit.technique, i);
		for (size_t figure = 0; figure < FIGURES; figure++) {
			refuses_moved(world, rule, (enum figure)figure, false);
			refuses_moved(world, rule, (enum figure)figure, true);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(reads_every_key, world_make, world_remove),
		cmocka_unit_test_setup_teardown(refuses_bad_keys, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				deep_units_say_where_and_when_to_stop, world_make, world_remove),
		cmocka_unit_test_setup_teardown(a_tool_stays_off_bone, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				stretches_say_breathe_slowly, world_make, world_remove),
		cmocka_unit_test_setup_teardown(touch_can_be_followed, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				texts_for_two_begin_with_the_role, world_make, world_remove),
		cmocka_unit_test_setup_teardown(reads_a_breath, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				every_range_of_every_rule_holds, world_make, world_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
