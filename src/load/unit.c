/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/unit.h"

#include "load/field.h"
#include "load/lint.h"
#include "load/spoken.h"

#include <stdio.h>
#include <string.h>

#define TITLE_MAX 60
#define TEXT_FIELD_MAX 160 /* hands and direction: for people */
#define CUES_MAX 8
#define NEVER_MAX 12
#define BREATH_HOLD_MAX_MS 4000

enum {
	UNIT,
	TITLE,
	TECHNIQUE,
	WHO,
	HANDS,
	DIRECTION,
	PACE,
	COUNT,
	SECONDS,
	REPEATS,
	PRESSURE,
	RATED,
	SAY,
	CUES,
	NEVER,
	ONE_SIDE,
	KEYS,
};

/* A unit while it is read: the values of its keys, and the rule that decides. */
struct draft {
	struct source *source;
	const struct node *map;
	const struct node *at[KEYS];
	const struct rule *rule;
	struct unit *out;
	const struct node *say_long;
	const struct node *say_short;
	const struct node *say_away;
};

static const char *const who_names[] = {
	[WHO_SELF] = "self",
	[WHO_PARTNER] = "partner",
	[WHO_COUNT] = "anyone",
};

int32_t unit_round_ms(const struct unit *unit)
{
	const struct pace *pace = &unit->pace;

	if (pace->kind == PACE_BREATH) {
		return 2 * pace->stroke_default_ms + pace->hold_in_ms + pace->hold_out_ms;
	}
	return pace->stroke_default_ms + pace->return_ms;
}

static bool applies(struct range range)
{
	return range.max > 0;
}

/* "(palm_glide, S93-S95)" behind a limit. */
static const char *rule_text(struct draft *draft)
{
	char text[64];
	const char *copy = NULL;

	(void)snprintf(text, sizeof(text), "(%s, %s)", draft->rule->name, draft->rule->row);
	if (draft->source->status == STATUS_OK) {
		copy = arena_string(draft->source->arena, text);
		if (copy == NULL) {
			tree_no_memory(draft->source);
		}
	}
	return copy;
}

/* What the unit is */

static void read_technique(struct draft *draft)
{
	const char *names[TECHNIQUE_COUNT];
	size_t technique = TECHNIQUE_REST;

	for (size_t i = 0; i < TECHNIQUE_COUNT; i++) {
		names[i] = rule_of((enum technique)i)->name;
	}
	field_word(draft->source, draft->at[TECHNIQUE], names, TECHNIQUE_COUNT, &technique);
	draft->out->technique = (enum technique)technique;
	draft->rule = rule_of(draft->out->technique);
}

static void read_who(struct draft *draft)
{
	size_t who = WHO_SELF;

	field_word(draft->source, draft->at[WHO], who_names, WHO_COUNT + 1, &who);
	if (draft->rule->who != WHO_COUNT && (enum who)who != draft->rule->who) {
		tree_refuse(draft->source, draft->at[WHO], "who: %s is for \"%s\" only (%s)",
				draft->rule->name, who_names[draft->rule->who], draft->rule->row);
	}
	draft->out->who = (enum who)who;
}

static void read_pressure(struct draft *draft)
{
	const struct node *node = draft->at[PRESSURE];
	const struct limits limits = { draft->rule->pressure, rule_text(draft) };

	if (!draft->rule->touch && node != NULL) {
		tree_refuse(draft->source, node, "pressure: %s (%s) is no touch, leave it out",
				draft->rule->name, draft->rule->row);
	} else if (draft->rule->touch && node == NULL) {
		tree_refuse(draft->source, draft->map, "the key \"pressure\" is missing");
	} else {
		field_int_range(draft->source, node, &limits, &draft->out->pressure);
	}
	field_bool(draft->source, draft->at[RATED], &draft->out->rated);
	if (draft->rule->deep && !draft->out->rated) {
		tree_refuse(draft->source, draft->map,
				"rated: %s goes deep and needs \"rated: true\" (S115)",
				draft->rule->name);
	} else if (!draft->rule->touch && draft->out->rated) {
		tree_refuse(draft->source, draft->at[RATED], "rated: %s (%s) is no touch",
				draft->rule->name, draft->rule->row);
	}
}

/* How long it goes on */

static void refuse_amount(struct draft *draft, const struct node *node)
{
	const struct rule *rule = draft->rule;
	const bool both = applies(rule->count) && applies(rule->seconds);
	const char *needed = both ? "count or seconds" : applies(rule->count) ? "count" : "seconds";

	if (node != NULL) {
		tree_refuse(draft->source, node, "%s: %s takes %s instead (%s)", node->key->text,
				rule->name, needed, rule->row);
	} else {
		tree_refuse(draft->source, draft->map, "the key \"%s\" is missing (%s, %s)", needed,
				rule->name, rule->row);
	}
}

static void read_amount(struct draft *draft)
{
	const struct rule *rule = draft->rule;
	const struct node *count = draft->at[COUNT];
	const struct node *seconds = draft->at[SECONDS];
	const struct limits count_limits = { rule->count, rule_text(draft) };
	const struct limits ms_limits = {
		{ rule->seconds.min * 1000, rule->seconds.max * 1000 },
		count_limits.why,
	};
	struct range ms = { 0 };

	if (count != NULL && seconds != NULL) {
		tree_refuse(draft->source, seconds, "seconds: the unit has a count already");
	} else if (count != NULL && !applies(rule->count)) {
		refuse_amount(draft, count);
	} else if (seconds != NULL && !applies(rule->seconds)) {
		refuse_amount(draft, seconds);
	} else if (count == NULL && seconds == NULL) {
		refuse_amount(draft, NULL);
	}
	field_int_range(draft->source, count, &count_limits, &draft->out->count);
	field_length_range(draft->source, seconds, &ms_limits, &ms);
	if (ms.min % 1000 != 0 || ms.max % 1000 != 0) {
		tree_refuse(draft->source, seconds, "seconds: whole seconds only");
	}
	draft->out->seconds = (struct range){ ms.min / 1000, ms.max / 1000 };
}

/* S76: the same place, so often. */
static void read_repeats(struct draft *draft)
{
	const struct rule *rule = draft->rule;
	const struct node *node = draft->at[REPEATS];
	const struct limits limits = { rule->repeats, rule_text(draft) };

	if (!applies(rule->repeats) && node != NULL) {
		tree_refuse(draft->source, node, "repeats: %s has none (%s)", rule->name,
				rule->row);
	}
	draft->out->repeats = rule->repeats;
	field_int_range(draft->source, node, &limits, &draft->out->repeats);
}

/* Its pace */

enum {
	PACE_KIND,
	PACE_STROKE,
	PACE_DEFAULT,
	PACE_RETURN,
	PACE_HALF,
	PACE_HOLD_IN,
	PACE_HOLD_OUT,
	PACE_KEYS,
};

/* The keys that belong to each kind of pace. */
static const bool pace_keys[][PACE_KEYS] = {
	[PACE_NONE] = { [PACE_KIND] = true },
	[PACE_STROKES] = { [PACE_KIND] = true,
			[PACE_STROKE] = true,
			[PACE_DEFAULT] = true,
			[PACE_RETURN] = true },
	[PACE_HOLD] = { [PACE_KIND] = true },
	[PACE_BREATH] = { [PACE_KIND] = true,
			[PACE_HALF] = true,
			[PACE_DEFAULT] = true,
			[PACE_HOLD_IN] = true,
			[PACE_HOLD_OUT] = true },
};

static const char *const pace_names[] = {
	[PACE_NONE] = "none",
	[PACE_STROKES] = "strokes",
	[PACE_HOLD] = "hold",
	[PACE_BREATH] = "breath",
};

static void read_pace_kind(struct draft *draft, const struct node *const at[static PACE_KEYS])
{
	const struct rule *rule = draft->rule;
	struct source *source = draft->source;
	size_t kind = PACE_NONE;

	field_word(source, at[PACE_KIND], pace_names, PACE_BREATH + 1, &kind);
	draft->out->pace.kind = (enum pace_kind)kind;
	const bool breath = draft->out->technique == TECHNIQUE_BREATH ||
			    draft->out->technique == TECHNIQUE_BREATH_GLIDE;
	const bool strokes = applies(rule->stroke_ms) && !breath;
	if (breath != (kind == PACE_BREATH)) {
		tree_refuse(source, at[PACE_KIND],
				"kind: \"breath\" goes with the technique breath, "
				"and only with it");
	} else if (strokes != (kind == PACE_STROKES)) {
		tree_refuse(source, at[PACE_KIND], "kind: %s is paced by %s (%s)", rule->name,
				strokes ? "strokes" : "hold or none", rule->row);
	}
	for (size_t i = 0; i < PACE_KEYS; i++) {
		if (at[i] != NULL && !pace_keys[kind][i]) {
			tree_refuse(source, at[i]->key, "%s: does not go with \"kind: %s\"",
					at[i]->key->text, pace_names[kind]);
		}
	}
}

static void read_pace(struct draft *draft)
{
	static const struct field fields[PACE_KEYS] = {
		[PACE_KIND] = { "kind", true },
		[PACE_STROKE] = { "stroke", false },
		[PACE_DEFAULT] = { "default", false },
		[PACE_RETURN] = { "return", false },
		[PACE_HALF] = { "half", false },
		[PACE_HOLD_IN] = { "hold-in", false },
		[PACE_HOLD_OUT] = { "hold-out", false },
	};
	static const struct limits back = { { 0, RETURN_MAX_MS }, "(S72)" };
	static const struct limits hold = { { 0, BREATH_HOLD_MAX_MS }, NULL };
	struct source *source = draft->source;
	struct pace *pace = &draft->out->pace;
	const struct limits limits = { draft->rule->stroke_ms, rule_text(draft) };
	const struct node *at[PACE_KEYS];

	field_map(source, draft->at[PACE], fields, PACE_KEYS, at);
	read_pace_kind(draft, at);
	const struct node *stroke = pace->kind == PACE_BREATH ? at[PACE_HALF] : at[PACE_STROKE];
	if (stroke == NULL && (pace->kind == PACE_STROKES || pace->kind == PACE_BREATH)) {
		tree_refuse(source, draft->at[PACE], "the key \"%s\" is missing",
				pace->kind == PACE_BREATH ? "half" : "stroke");
	}
	field_length_range(source, stroke, &limits, &pace->stroke_ms);
	const struct limits own = { pace->stroke_ms, "(the unit's own range)" };
	pace->stroke_default_ms = (pace->stroke_ms.min + pace->stroke_ms.max) / 2;
	field_length(source, at[PACE_DEFAULT], &own, &pace->stroke_default_ms);
	field_length(source, at[PACE_RETURN], &back, &pace->return_ms);
	field_length(source, at[PACE_HOLD_IN], &hold, &pace->hold_in_ms);
	field_length(source, at[PACE_HOLD_OUT], &hold, &pace->hold_out_ms);
}

/* What is said */

/* Two people listen to one voice. */
static void check_role(struct draft *draft, const struct node *node, const char *text)
{
	struct sentence first;

	if (draft->source->status == STATUS_OK && draft->out->who == WHO_PARTNER &&
			!lint_names_role(text) && lint_sentence(&text, &first)) {
		tree_refuse(draft->source, node,
				"\"%.*s ...\" is for two: begin with \"Giver,\" or \"Receiver,\"",
				lint_quote(&first), first.at);
	}
}

static void read_cues(struct draft *draft)
{
	static const struct field fields[] = { { "at", true }, { "say", true } };
	struct source *source = draft->source;
	const struct node *list = draft->at[CUES];
	int32_t before = 0;

	if (list == NULL) {
		return;
	}
	field_many(source, list, NODE_LIST, CUES_MAX);
	struct cue *cues = tree_array(source, list->count, sizeof(*cues));
	const struct node *item = cues != NULL ? list->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		struct cue *cue = &cues[draft->out->cue_count++];
		const struct node *at[2];
		field_map(source, item, fields, 2, at);
		field_percent(source, at[0], &cue->at_percent);
		spoken_text(source, at[1], SPOKEN_UNIT, SESSION_TOUCH, &cue->say);
		check_role(draft, at[1], cue->say);
		if (cue->at_percent <= before) {
			tree_refuse(source, at[0], "at: cues stand in rising order");
		}
		before = cue->at_percent;
	}
	draft->out->cues = cues;
}

static void read_never(struct draft *draft)
{
	struct source *source = draft->source;
	const struct node *list = draft->at[NEVER];
	bool spine = false;
	bool bone = draft->rule->tool <= TOOL_WARMTH;

	if (list != NULL) {
		field_many(source, list, NODE_LIST, NEVER_MAX);
		const char **words = tree_array(source, list->count, sizeof(*words));
		const struct node *item = words != NULL ? list->first : NULL;
		for (; item != NULL && source->status == STATUS_OK; item = item->next) {
			field_name(source, item, &words[draft->out->never_count++]);
			spine = spine ||
				(item->kind == NODE_TEXT && strcmp(item->text, "spine") == 0);
			bone = bone || (item->kind == NODE_TEXT && strcmp(item->text, "bone") == 0);
		}
		draft->out->never = words;
	}
	if (draft->rule->touch && !spine) {
		tree_refuse(source, list != NULL ? list : draft->map,
				"never: a unit with touch names \"spine\" here (S223)");
	}
	if (!bone) {
		tree_refuse(source, list != NULL ? list : draft->map,
				"never: a unit with a tool names \"bone\" here (S55)");
	}
}

static void check_never(struct draft *draft, const struct node *node, const char *text)
{
	char reason[LINT_REASON_MAX];

	if (draft->source->status == STATUS_OK && text != NULL &&
			!lint_spine(text, draft->out->never, draft->out->never_count, reason)) {
		tree_refuse(draft->source, node, "%s", reason);
	}
}

/* Whether the words are said however much of the unit is spoken. */
static bool is_said(const struct unit *unit, const char *words)
{
	return lint_says(unit->say_long, words) && lint_says(unit->say_short, words);
}

/* Those that S126 puts a warning before. */
static bool is_hold_or_tool(const struct rule *rule)
{
	return rule->knot || rule->tool > TOOL_WARMTH;
}

/* The side, the place, what to do, and how long: hands need all four to follow a voice. */
static void check_guidance(struct draft *draft)
{
	const bool touch = draft->rule->touch;
	const struct guidance first = lint_guidance(draft->out->say_long);
	const struct guidance again = lint_guidance(draft->out->say_short);
	struct source *source = draft->source;

	if (!touch && !draft->rule->stretch) {
		return;
	}
	if (!first.action || !again.action) {
		tree_refuse(source, first.action ? draft->say_short : draft->say_long,
				"say: nothing is to be done: begin a sentence with a verb, such as "
				"\"lay\" or \"press\"; ease-script(5) lists them");
	}
	if (!first.length && !draft->rule->spot) { /* that is said when it was found */
		tree_refuse(source, draft->say_long,
				"long: say how long or how often, with {seconds} or {count}");
	}
	if (touch && !first.manner) {
		tree_refuse(source, draft->say_long,
				"long: say how: slowly, gently, lightly, calmly or steadily (S224, S225)");
	}
	if (touch && !(first.place && again.place)) {
		tree_refuse(source, first.place ? draft->say_short : draft->say_long,
				"say: both forms name the place, such as \"beside the spine\", "
				"\"on the hip\" or {area}");
	}
	if (touch && !(first.side && again.side)) {
		tree_refuse(source, first.side ? draft->say_short : draft->say_long,
				"say: both forms name the {side}, or say \"both\" or \"either "
				"side\"");
	}
}

static void check_said(struct draft *draft)
{
	const struct unit *unit = draft->out;
	struct source *source = draft->source;
	const struct node *at = draft->at[SAY];

	if (source->status != STATUS_OK) {
		return;
	}
	check_never(draft, draft->say_long, unit->say_long);
	check_never(draft, draft->say_short, unit->say_short);
	check_role(draft, draft->say_long, unit->say_long);
	check_role(draft, draft->say_short, unit->say_short);
	for (size_t i = 0; i < unit->cue_count; i++) {
		check_never(draft, draft->at[CUES], unit->cues[i].say);
	}
	if (draft->rule->deep && !is_said(unit, "beside the spine")) {
		tree_refuse(source, at,
				"say: %s goes deep: both forms say \"beside the spine\" (S223)",
				draft->rule->name);
	}
	if (draft->rule->stretch && !is_said(unit, "breathe slowly")) {
		tree_refuse(source, at,
				"say: a stretch says \"breathe slowly\" in both forms (S105)");
	}
	if (is_hold_or_tool(draft->rule) &&
			!(lint_warns(unit->say_long) && lint_warns(unit->say_short))) {
		tree_refuse(source, at,
				"say: both forms say \"stop if the pain sharpens or runs down a leg\" "
				"(S126)");
	}
	check_guidance(draft);
	if (source->status == STATUS_OK && lint_says(unit->say_short, "again")) {
		tree_refuse(source, draft->say_short,
				"short: leave out \"again\": with \"verbosity: short\" it is the first "
				"that is said");
	}
	if (draft->rule->spot && !(lint_says(unit->say_long, "found it") &&
						 lint_says(unit->say_short, "found it"))) {
		tree_refuse(source, at,
				"say: both forms ask to say \"found it\": the hold begins then (S80)");
	}
}

static bool names_place(const char *text)
{
	static const char *const words[] = { "waist", "hip", "hips", "rib", "ribs", "sacrum" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (lint_says(text, words[i])) {
			return true;
		}
	}
	return strstr(text, "{area}") != NULL;
}

/* S23: said where some place is left out, whichever it is. */
static void check_away(struct draft *draft)
{
	const char *text = draft->out->say_away;
	struct source *source = draft->source;

	if (source->status != STATUS_OK || text == NULL) {
		return;
	}
	const struct guidance guidance = lint_guidance(text);
	const bool sided = strstr(draft->out->say_long, "{side}") != NULL;
	check_never(draft, draft->say_away, text);
	check_role(draft, draft->say_away, text);
	if (!draft->rule->touch || draft->rule->stretch || draft->rule->deep) {
		tree_refuse(source, draft->say_away,
				"away: %s is no light touch, and so left out where a place is (S23)",
				draft->rule->name);
	} else if (names_place(text)) {
		tree_refuse(source, draft->say_away,
				"away: name no place: it is said where one is left out (S23)");
	} else if (!guidance.action || !guidance.manner || !guidance.length || !guidance.side ||
			sided != (strstr(text, "{side}") != NULL)) {
		tree_refuse(source, draft->say_away,
				"away: say what to do, how, on which side and how long, as in the long "
				"form");
	}
}

static void read_texts(struct draft *draft)
{
	static const struct field fields[] = { { "long", true }, { "short", true },
		{ "away", false } };
	struct source *source = draft->source;
	const struct node *at[3] = { NULL, NULL, NULL };

	if (source->status == STATUS_OK) {
		field_map(source, draft->at[SAY], fields, 3, at);
	}
	draft->say_long = at[0];
	draft->say_short = at[1];
	draft->say_away = at[2];
	spoken_text(source, at[0], SPOKEN_UNIT, SESSION_TOUCH, &draft->out->say_long);
	spoken_text(source, at[1], SPOKEN_UNIT, SESSION_TOUCH, &draft->out->say_short);
	if (at[2] != NULL) {
		spoken_text(source, at[2], SPOKEN_UNIT, SESSION_TOUCH, &draft->out->say_away);
	}
	read_cues(draft);
	read_never(draft);
	check_said(draft);
	check_away(draft);
}

static void read_name(struct draft *draft, const char *name)
{
	struct source *source = draft->source;

	field_name(source, draft->at[UNIT], &draft->out->name);
	if (source->status == STATUS_OK && strcmp(draft->out->name, name) != 0) {
		tree_refuse(source, draft->at[UNIT],
				"unit: \"%s\" must be called as its file, \"%.40s\"",
				draft->out->name, name);
	}
}

/* S23 */
static void read_one_side(struct draft *draft)
{
	const struct node *node = draft->at[ONE_SIDE];

	field_name(draft->source, node, &draft->out->one_side);
	if (draft->source->status != STATUS_OK || node == NULL) {
		return;
	}
	if (!draft->rule->touch || strstr(draft->out->say_long, "{side}") != NULL) {
		tree_refuse(draft->source, node,
				"one-side: only touch on both sides at once has another unit for one "
				"of them");
	}
}

void unit_read(struct source *source, const char *path, const char *name, struct unit *out)
{
	static const struct field fields[KEYS] = {
		[UNIT] = { "unit", true },
		[TITLE] = { "title", true },
		[TECHNIQUE] = { "technique", true },
		[WHO] = { "who", true },
		[HANDS] = { "hands", false },
		[DIRECTION] = { "direction", false },
		[PACE] = { "pace", true },
		[COUNT] = { "count", false },
		[SECONDS] = { "seconds", false },
		[REPEATS] = { "repeats", false },
		[PRESSURE] = { "pressure", false },
		[RATED] = { "rated", false },
		[SAY] = { "say", true },
		[CUES] = { "cues", false },
		[NEVER] = { "never", false },
		[ONE_SIDE] = { "one-side", false },
	};
	struct draft draft = { .source = source, .out = out };

	draft.map = tree_read(source, path);
	if (draft.map == NULL) {
		return;
	}
	field_map(source, draft.map, fields, KEYS, draft.at);
	read_name(&draft, name);
	field_text(source, draft.at[TITLE], TITLE_MAX, &out->title);
	field_text(source, draft.at[HANDS], TEXT_FIELD_MAX, &out->hands);
	field_text(source, draft.at[DIRECTION], TEXT_FIELD_MAX, &out->direction);
	read_technique(&draft);
	read_who(&draft);
	if (source->status == STATUS_OK) {
		read_pace(&draft);
	}
	read_amount(&draft);
	read_repeats(&draft);
	read_pressure(&draft);
	read_texts(&draft);
	read_one_side(&draft);
}
