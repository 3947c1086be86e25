/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/steps.h"

#include "ease/memory.h"
#include "ease/status.h"
#include "load/answers.h"
#include "load/field.h"
#include "load/find.h"
#include "load/lint.h"
#include "load/spoken.h"
#include "load/unit.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define NODE_STEPS_MAX 500
#define REST_MAX_MS 900000
#define TIES_MAX 16
#define WAIT_DEFAULT_MS 8000

static const struct limits wait_limits = { { 2000, 60000 }, NULL };

void steps_init(struct steps *steps, struct source *source, const char *beside, const char *folder,
		const struct vocabulary *vocabulary)
{
	*steps = (struct steps){
		.source = source,
		.beside = beside,
		.folder = folder,
		.vocabulary = vocabulary,
		.step = tree_array(source, STEPS_MAX, sizeof(*steps->step)),
		.origin = tree_array(source, STEPS_MAX, sizeof(*steps->origin)),
		.tie = tree_array(source, STEPS_MAX, sizeof(*steps->tie)),
	};
}

void steps_refuse(const struct steps *steps, const struct origin *origin, const char *format, ...)
{
	char message[sizeof(((struct diag *)NULL)->message)];
	struct source *source = steps->source;
	const char *path = source->path;
	va_list args;

	va_start(args, format);
	if (vsnprintf(message, sizeof(message), format, args) < 0) {
		message[0] = '\0';
	}
	va_end(args);
	source->path = origin->path;
	tree_refuse(source, origin->node, "%s", message);
	source->path = path;
}

void steps_refuse_name(const struct steps *steps, const struct origin *origin, const char *name)
{
	struct source *source = steps->source;
	const char **names = tree_array(source, 2 * steps->count, sizeof(*names));
	const struct node at = {
		.line = origin->node->line, .column = origin->node->column, .text = name
	};
	const char *path = source->path;

	if (names == NULL) {
		return;
	}
	for (size_t i = 0; i < steps->count; i++) {
		names[2 * i] = steps->step[i].name;
		names[2 * i + 1] = steps->tie[i].base;
	}
	source->path = origin->path;
	field_refuse_word(source, &at, "step", names, 2 * steps->count);
	source->path = path;
}

/* The place for one more step; a spare one after a refusal. */
static struct step *add(struct steps *steps, const struct node *map, enum step_kind kind)
{
	struct source *source = steps->source;

	if (steps->count == STEPS_MAX) {
		tree_refuse(source, map, "more than %d steps", STEPS_MAX);
	}
	if (source->status != STATUS_OK) {
		return NULL;
	}
	struct step *step = &steps->step[steps->count];
	steps->origin[steps->count] = (struct origin){ source->path, map };
	steps->tie[steps->count] = (struct tie){ NULL, NULL };
	steps->count++;
	*step = (struct step){ .kind = kind, .path = source->path, .line = map->line };
	return step;
}

/* A formatted text in the arena; "" after a refusal. */
static const char *format_name(struct source *source, const char *format, ...) EASE_PRINTF(2, 3);

static const char *format_name(struct source *source, const char *format, ...)
{
	char text[96];
	va_list args;

	va_start(args, format);
	if (vsnprintf(text, sizeof(text), format, args) < 0) {
		text[0] = '\0';
	}
	va_end(args);
	const char *copy = source->status == STATUS_OK ? arena_string(source->arena, text) : "";
	if (copy == NULL) {
		tree_no_memory(source);
		return "";
	}
	return copy;
}

/* The file of a unit or part: beside the session first, then among the shipped scripts. */
static bool locate(struct steps *steps, const struct node *node, const char *sub,
		char path[static PATH_MAX])
{
	struct source *source = steps->source;
	const char *name = NULL;
	size_t count = 0;

	field_name(source, node, &name);
	if (source->status != STATUS_OK) {
		return false;
	}
	if ((find_path(steps->beside, sub, name, path) && find_exists(path)) ||
			(find_path(steps->folder, sub, name, path) && find_exists(path))) {
		return true;
	}
	const char **names = find_names(source, steps->folder, sub, &count);
	if (names != NULL) {
		field_refuse_word(source, node, node->key->text, names, count);
	}
	return false;
}

static void read_fact(struct source *source, const struct node *node, uint32_t *facts)
{
	const char *names[FACT_COUNT];

	field_kind(source, node, NODE_TEXT);
	if (source->status != STATUS_OK) {
		return;
	}
	for (size_t i = 0; i < FACT_COUNT; i++) {
		names[i] = fact_name((enum fact)i);
	}
	const size_t fact = field_index(node->text, names, FACT_COUNT);
	if (fact == FACT_COUNT) {
		field_refuse_word(source, node, "fact", names, FACT_COUNT);
		return;
	}
	*facts |= fact_bit((enum fact)fact);
}

/* One fact, or a list of them. */
static void read_facts(struct source *source, const struct node *node, uint32_t *facts)
{
	if (node == NULL || source->status != STATUS_OK) {
		return;
	}
	if (node->kind != NODE_LIST) {
		read_fact(source, node, facts);
		return;
	}
	field_many(source, node, NODE_LIST, FACT_COUNT);
	const struct node *item = source->status == STATUS_OK ? node->first : NULL;
	for (; item != NULL; item = item->next) {
		read_fact(source, item, facts);
	}
}

/* What the step that was added last goes with: a name, or a list of names. */
static void read_tie(struct steps *steps, const struct node *node, const char *base)
{
	struct source *source = steps->source;
	const char *name = NULL;

	if (source->status != STATUS_OK) {
		return;
	}
	steps->tie[steps->count - 1] = (struct tie){ base, node };
	if (node == NULL || node->kind != NODE_LIST) {
		field_name(source, node, &name);
		return;
	}
	field_many(source, node, NODE_LIST, TIES_MAX);
	const struct node *item = source->status == STATUS_OK ? node->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		field_name(source, item, &name);
	}
}

/* Say */

/* Who rests may ask, where the voice has a context for it. */
static uint8_t context_of_rests(const struct vocabulary *vocabulary)
{
	for (size_t i = CONTEXT_FIXED_COUNT; vocabulary != NULL && i < vocabulary->context_count;
			i++) {
		if (strcmp(vocabulary->contexts[i].name, "between") == 0) {
			return (uint8_t)i;
		}
	}
	return CONTEXT_TOUCH;
}

static void read_say(struct steps *steps, const struct node *map)
{
	enum { SAY, NAME, REST, VOLUME, WHEN, UNLESS, FOR, KEYS };
	static const struct field fields[KEYS] = {
		[SAY] = { "say", true },
		[NAME] = { "name", false },
		[REST] = { "rest", false },
		[VOLUME] = { "volume", false },
		[WHEN] = { "when", false },
		[UNLESS] = { "unless", false },
		[FOR] = { "for", false },
	};
	static const struct limits rest = { { 0, REST_MAX_MS }, NULL };
	static const struct limits volume = { { -6, 6 }, NULL };
	struct source *source = steps->source;
	const struct node *at[KEYS];

	field_map(source, map, fields, KEYS, at);
	struct step *step = add(steps, map, STEP_SAY);
	if (step == NULL) {
		return;
	}
	step->name = format_name(source, "say-%zu", steps->count);
	step->context = context_of_rests(steps->vocabulary);
	field_name(source, at[NAME], &step->name);
	spoken_text(source, at[SAY], SPOKEN_STEP, steps->kind, &step->say);
	field_length(source, at[REST], &rest, &step->rest_ms);
	field_whole_decibel(source, at[VOLUME], &volume, &step->volume_db);
	read_facts(source, at[WHEN], &step->when);
	read_facts(source, at[UNLESS], &step->unless);
	read_tie(steps, at[FOR], NULL);
}

/* Ask */

static void read_context(struct steps *steps, const struct node *node, struct step *step)
{
	static const char *const fixed[] = { "touch", "rating", "yesno", "idle", "paused" };
	const struct vocabulary *vocabulary = steps->vocabulary;
	const char *names[UINT8_MAX];
	size_t count = CONTEXT_FIXED_COUNT;
	size_t index = CONTEXT_YESNO;

	for (size_t i = 0; vocabulary == NULL && i < count; i++) {
		names[i] = fixed[i];
	}
	if (vocabulary != NULL) {
		count = vocabulary->context_count < UINT8_MAX ? vocabulary->context_count
							      : UINT8_MAX;
	}
	for (size_t i = 0; vocabulary != NULL && i < count; i++) {
		names[i] = vocabulary->contexts[i].name;
	}
	if (vocabulary == NULL && node != NULL && node->kind == NODE_TEXT &&
			field_is_name(node->text) &&
			field_index(node->text, names, count) == count) {
		index = count; /* one of a voice that is not known here */
	} else {
		field_word(steps->source, node, names, count, &index);
	}
	step->context = (uint8_t)index;
}

static void read_store(struct source *source, const struct node *node, struct step *step)
{
	const char *names[STORE_COUNT];
	size_t store = STORE_NOTHING;

	for (size_t i = 0; i < STORE_COUNT; i++) {
		names[i] = store_name((enum store)i);
	}
	field_word(source, node, names, STORE_COUNT, &store);
	step->store = (enum store)store;
	if (store == STORE_NOTHING) {
		return;
	}
	if (store >= STORE_WORK) {
		if (step->context < CONTEXT_FIXED_COUNT) {
			tree_refuse(source, node,
					"store: \"%s\" goes with a context of choices only",
					names[store]);
		}
		return;
	}
	const bool number = store <= STORE_AFTER;
	if (step->context != (number ? CONTEXT_RATING : CONTEXT_YESNO)) {
		tree_refuse(source, node, "store: \"%s\" goes with \"context: %s\" only",
				names[store], number ? "rating" : "yesno");
	}
}

static void read_ask(struct steps *steps, const struct node *map)
{
	enum {
		ASK,
		SAY,
		CONTEXT,
		WAIT,
		REPROMPTS,
		SCREENED,
		STORE,
		ANSWERS,
		UNANSWERED,
		WHEN,
		UNLESS,
		FOR,
		KEYS
	};
	static const struct field fields[KEYS] = {
		[ASK] = { "ask", true },
		[SAY] = { "say", true },
		[CONTEXT] = { "context", false },
		[WAIT] = { "wait", false },
		[REPROMPTS] = { "reprompts", false },
		[SCREENED] = { "screened", false },
		[STORE] = { "store", false },
		[ANSWERS] = { "answers", true },
		[UNANSWERED] = { "unanswered", true },
		[WHEN] = { "when", false },
		[UNLESS] = { "unless", false },
		[FOR] = { "for", false },
	};
	static const struct limits reprompt_limits = { { 0, 2 }, NULL };
	struct source *source = steps->source;
	const struct node *at[KEYS];
	int32_t reprompts = 1;

	field_map(source, map, fields, KEYS, at);
	struct step *step = add(steps, map, STEP_ASK);
	if (step == NULL) {
		return;
	}
	step->wait_ms = WAIT_DEFAULT_MS;
	field_name(source, at[ASK], &step->name);
	spoken_text(source, at[SAY], SPOKEN_STEP, steps->kind, &step->say);
	read_context(steps, at[CONTEXT], step);
	field_length(source, at[WAIT], &wait_limits, &step->wait_ms);
	field_int(source, at[REPROMPTS], &reprompt_limits, &reprompts);
	step->reprompts = (uint8_t)reprompts;
	read_store(source, at[STORE], step);
	read_facts(source, at[WHEN], &step->when);
	read_facts(source, at[UNLESS], &step->unless);
	read_tie(steps, at[FOR], NULL);
	const struct answer_nodes nodes = { at[ANSWERS], at[UNANSWERED], at[SCREENED] };
	answers_read(steps, step, &nodes);
}

/* Rehearse */

static void read_rehearse(struct steps *steps, const struct node *map)
{
	enum { REHEARSE, NAME, SAY, WAIT, KEYS };
	static const struct field fields[KEYS] = {
		[REHEARSE] = { "rehearse", true },
		[NAME] = { "name", false },
		[SAY] = { "say", true },
		[WAIT] = { "wait", false },
	};
	static const char *const words[] = { "number", "stop" };
	struct source *source = steps->source;
	const struct node *at[KEYS];
	size_t word = 0;

	field_map(source, map, fields, KEYS, at);
	struct step *step = add(steps, map, STEP_REHEARSE);
	if (step == NULL) {
		return;
	}
	step->wait_ms = WAIT_DEFAULT_MS;
	field_word(source, at[REHEARSE], words, 2, &word);
	step->rehearse = word == 0 ? INTENT_RATING : INTENT_STOP;
	step->context = word == 0 ? CONTEXT_RATING : CONTEXT_TOUCH;
	step->name = format_name(source, "rehearse-%s", words[word]);
	field_name(source, at[NAME], &step->name);
	spoken_text(source, at[SAY], SPOKEN_STEP, steps->kind, &step->say);
	field_length(source, at[WAIT], &wait_limits, &step->wait_ms);
}

/* Unit */

static struct known_unit *read_unit(struct steps *steps, const struct node *node)
{
	char path[PATH_MAX];
	struct source *source = steps->source;

	field_kind(source, node, NODE_TEXT);
	for (struct known_unit *known = source->status == STATUS_OK ? steps->units : NULL;
			known != NULL; known = known->next) {
		if (strcmp(known->unit.name, node->text) == 0) {
			return known;
		}
	}
	if (!locate(steps, node, "units", path)) {
		return NULL;
	}
	struct known_unit *known = tree_array(source, 1, sizeof(*known));
	if (known == NULL) {
		return NULL;
	}
	const char *session = source->path;
	unit_read(source, path, node->text, &known->unit);
	source->path = session;
	if (source->status != STATUS_OK) {
		return NULL;
	}
	known->next = steps->units;
	steps->units = known;
	return known;
}

/* The step's own amount inside the unit's range, or the middle of that. */
static void read_amount(struct source *source, const struct node *count, const struct node *seconds,
		struct step *step)
{
	const struct unit *unit = step->unit;
	const bool counted = unit->count.max > 0;
	const struct limits counts = { unit->count, "(the unit's range)" };
	const struct limits lengths = {
		{ unit->seconds.min * 1000, unit->seconds.max * 1000 },
		"(the unit's range)",
	};

	if (counted && seconds != NULL) {
		tree_refuse(source, seconds, "seconds: the unit \"%s\" takes count", unit->name);
	} else if (!counted && count != NULL) {
		tree_refuse(source, count, "count: the unit \"%s\" takes seconds", unit->name);
	} else if (counted) {
		step->count = (unit->count.min + unit->count.max) / 2;
		field_int(source, count, &counts, &step->count);
	} else {
		step->ms = (unit->seconds.min + unit->seconds.max) / 2 * 1000;
		field_length(source, seconds, &lengths, &step->ms);
	}
}

/* S76: how often in one place; the unit's least if left out. */
static void read_repeats(struct source *source, const struct node *node, struct step *step)
{
	const struct unit *unit = step->unit;
	const struct limits repeats = { unit->repeats, "(the unit's range)" };

	if (unit->repeats.max == 0 && node != NULL) {
		tree_refuse(source, node, "repeats: the unit \"%s\" has none", unit->name);
	}
	step->repeats = unit->repeats.min;
	field_int(source, node, &repeats, &step->repeats);
}

/* S114: who is led to an area hears its name. */
static void check_area(struct source *source, const struct node *node, const struct step *step)
{
	const struct unit *unit = step->unit;
	const bool named = strstr(unit->say_long, "{area}") != NULL &&
			   strstr(unit->say_short, "{area}") != NULL;
	const bool any = strstr(unit->say_long, "{area}") != NULL ||
			 strstr(unit->say_short, "{area}") != NULL;

	if (step->area != AREA_NONE && !named) {
		tree_refuse(source, node,
				"areas: the unit \"%s\" does not name its {area} in both forms (S114)",
				unit->name);
	}
	if (step->area == AREA_NONE && any) {
		tree_refuse(source, node, "unit: \"%s\" names an {area}, so say \"areas: [waist]\"",
				unit->name);
	}
}

/* Whether every text of the unit that must name its side does so. */
static void check_side(struct source *source, const struct node *node, const struct step *step)
{
	const struct unit *unit = step->unit;
	const bool in_long = strstr(unit->say_long, "{side}") != NULL;
	const bool in_short = strstr(unit->say_short, "{side}") != NULL;

	if (step->side != SIDE_NONE && !(in_long && in_short)) {
		tree_refuse(source, node,
				"sides: the unit \"%s\" does not name its {side} in both forms (S127)",
				unit->name);
	}
	if (step->side == SIDE_NONE && (in_long || in_short)) {
		tree_refuse(source, node, "unit: \"%s\" names a {side}, so say \"sides: each\"",
				unit->name);
	}
}

enum {
	UNIT,
	UNIT_NAME,
	UNIT_SIDES,
	UNIT_COUNT,
	UNIT_SECONDS,
	UNIT_SHORT,
	UNIT_OPTIONAL,
	UNIT_AREAS,
	UNIT_REPEATS,
	UNIT_WHEN,
	UNIT_UNLESS,
	UNIT_FOR,
	UNIT_KEYS,
};

enum sides { SIDES_NONE, SIDES_LEFT, SIDES_RIGHT, SIDES_EACH, SIDES_KINDS };

/* A name for a unit's step that nobody gave one: "palm-glide", "palm-glide-2" ... */
static const char *unit_step_name(struct steps *steps, const char *unit)
{
	size_t uses = 1;

	for (size_t i = 0; i < steps->count; i++) {
		uses += steps->step[i].unit != NULL &&
			strcmp(steps->step[i].unit->name, unit) == 0 &&
			steps->step[i].side != SIDE_RIGHT;
	}
	return uses == 1 ? unit : format_name(steps->source, "%s-%zu", unit, uses);
}

/* One step, or one side of it. */
static void add_unit(struct steps *steps, const struct node *map,
		const struct node *const at[static UNIT_KEYS], struct known_unit *known,
		const struct step *model)
{
	struct source *source = steps->source;
	struct step *step = add(steps, map, STEP_UNIT);

	if (step == NULL) {
		return;
	}
	step->unit = &known->unit;
	step->side = model->side;
	step->area = model->area;
	step->when = model->when;
	step->unless = model->unless;
	step->with = model->with;
	step->name = model->name;
	read_tie(steps, at[UNIT_FOR], model->name);
	if (model->side != SIDE_NONE) {
		step->name = format_name(source, "%s-%s", step->name,
				model->side == SIDE_LEFT ? "left" : "right");
	}
	if (model->area != AREA_NONE) {
		step->name = format_name(source, "%s-%s", step->name, area_name(model->area));
	}
	step->short_form = known->used;
	field_bool(source, at[UNIT_SHORT], &step->short_form);
	field_bool(source, at[UNIT_OPTIONAL], &step->optional);
	read_amount(source, at[UNIT_COUNT], at[UNIT_SECONDS], step);
	read_repeats(source, at[UNIT_REPEATS], step);
	check_side(source, at[UNIT_SIDES] != NULL ? at[UNIT_SIDES] : at[UNIT], step);
	check_area(source, at[UNIT_AREAS] != NULL ? at[UNIT_AREAS] : at[UNIT], step);
	known->used = true;
}

/* A list of areas, in the order in which they are worked on. */
static size_t read_areas(
		struct source *source, const struct node *list, enum area areas[static AREA_COUNT])
{
	const char *names[AREA_COUNT];
	size_t count = 0;

	areas[0] = AREA_NONE;
	if (list == NULL || source->status != STATUS_OK) {
		return 1;
	}
	for (size_t i = 0; i + 1 < AREA_COUNT; i++) {
		names[i] = area_name((enum area)(i + 1));
	}
	field_many(source, list, NODE_LIST, AREA_COUNT - 1);
	const struct node *item = source->status == STATUS_OK ? list->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		size_t area = 0;
		field_word(source, item, names, AREA_COUNT - 1, &area);
		areas[count++] = (enum area)(area + 1);
	}
	return count;
}

/* One side, area by area. */
static void add_areas(struct steps *steps, const struct node *map,
		const struct node *const at[static UNIT_KEYS], struct known_unit *known,
		struct step *model)
{
	enum area areas[AREA_COUNT];
	const size_t count = read_areas(steps->source, at[UNIT_AREAS], areas);

	for (size_t i = 0; i < count; i++) {
		model->area = areas[i];
		add_unit(steps, map, at, known, model);
	}
}

/* S23: where one side is left out, what takes the place of both hands on the other. */
static void add_one_side(struct steps *steps, const struct node *map,
		const struct node *const at[static UNIT_KEYS], const struct known_unit *both,
		struct step *model)
{
	struct node named = *at[UNIT];

	if (both->unit.one_side == NULL || steps->source->status != STATUS_OK) {
		return;
	}
	named.text = both->unit.one_side;
	struct known_unit *one = read_unit(steps, &named);
	if (one == NULL) {
		return;
	}
	model->name = format_name(steps->source, "%s-one", model->name);
	model->side = SIDE_LEFT;
	model->with = fact_bit(FACT_AVOID_RIGHT);
	add_areas(steps, map, at, one, model);
	model->side = SIDE_RIGHT;
	model->with = fact_bit(FACT_AVOID_LEFT);
	add_areas(steps, map, at, one, model);
}

static void read_unit_step(struct steps *steps, const struct node *map)
{
	static const struct field fields[UNIT_KEYS] = {
		[UNIT] = { "unit", true },
		[UNIT_NAME] = { "name", false },
		[UNIT_SIDES] = { "sides", false },
		[UNIT_COUNT] = { "count", false },
		[UNIT_SECONDS] = { "seconds", false },
		[UNIT_SHORT] = { "short", false },
		[UNIT_OPTIONAL] = { "optional", false },
		[UNIT_AREAS] = { "areas", false },
		[UNIT_REPEATS] = { "repeats", false },
		[UNIT_WHEN] = { "when", false },
		[UNIT_UNLESS] = { "unless", false },
		[UNIT_FOR] = { "for", false },
	};
	static const char *const words[SIDES_KINDS] = { "none", "left", "right", "each" };
	struct source *source = steps->source;
	const struct node *at[UNIT_KEYS];
	struct step model = { .side = SIDE_NONE };
	size_t sides = SIDES_NONE;

	field_map(source, map, fields, UNIT_KEYS, at);
	struct known_unit *known = source->status == STATUS_OK ? read_unit(steps, at[UNIT]) : NULL;
	if (known == NULL) {
		return;
	}
	model.name = unit_step_name(steps, known->unit.name);
	field_name(source, at[UNIT_NAME], &model.name);
	field_word(source, at[UNIT_SIDES], words, SIDES_KINDS, &sides);
	read_facts(source, at[UNIT_WHEN], &model.when);
	read_facts(source, at[UNIT_UNLESS], &model.unless);
	if (sides == SIDES_EACH || sides == SIDES_LEFT) {
		model.side = SIDE_LEFT;
		add_areas(steps, map, at, known, &model);
	}
	if (sides == SIDES_EACH || sides == SIDES_RIGHT) {
		model.side = SIDE_RIGHT;
		add_areas(steps, map, at, known, &model);
	}
	if (sides == SIDES_NONE) {
		add_areas(steps, map, at, known, &model);
		add_one_side(steps, map, at, known, &model);
	}
}

/* Part */

void steps_read_part(struct steps *steps, const char *path, const char *name)
{
	static const struct field fields[] = { { "part", true }, { "steps", true } };
	struct source *source = steps->source;
	const char *own = NULL;
	const struct node *at[2];

	const struct node *map = tree_read(source, path);
	if (map == NULL) {
		return;
	}
	field_map(source, map, fields, 2, at);
	field_name(source, at[0], &own);
	if (source->status == STATUS_OK && strcmp(own, name) != 0) {
		tree_refuse(source, at[0], "part: \"%s\" must be called as its file, \"%.40s\"",
				own, name);
	}
	if (source->status == STATUS_OK) {
		steps_read(steps, at[1]);
	}
}

static void read_part_step(struct steps *steps, const struct node *map)
{
	static const struct field fields[] = { { "part", true } };
	char path[PATH_MAX];
	struct source *source = steps->source;
	const struct node *at[1];

	field_map(source, map, fields, 1, at);
	if (source->status == STATUS_OK && steps->depth >= PARTS_DEPTH_MAX) {
		tree_refuse(source, at[0], "part: parts stand more than %d deep in each other",
				PARTS_DEPTH_MAX);
	}
	if (source->status != STATUS_OK || !locate(steps, at[0], "parts", path)) {
		return;
	}
	const char *session = source->path;
	steps->depth++;
	steps_read_part(steps, path, at[0]->text);
	steps->depth--;
	source->path = session;
}

static bool has_key(const struct node *map, const char *key)
{
	for (const struct node *item = map->first; item != NULL; item = item->next) {
		if (strcmp(item->key->text, key) == 0) {
			return true;
		}
	}
	return false;
}

static void read_step(struct steps *steps, const struct node *map)
{
	field_kind(steps->source, map, NODE_MAP);
	if (steps->source->status != STATUS_OK) {
		return;
	}
	if (has_key(map, "part")) {
		read_part_step(steps, map);
	} else if (has_key(map, "ask")) {
		read_ask(steps, map);
	} else if (has_key(map, "rehearse")) {
		read_rehearse(steps, map);
	} else if (has_key(map, "unit")) {
		read_unit_step(steps, map);
	} else if (has_key(map, "say")) {
		read_say(steps, map);
	} else {
		tree_refuse(steps->source, map,
				"a step has one of the keys say, ask, rehearse, unit, part");
	}
}

void steps_read(struct steps *steps, const struct node *list)
{
	field_many(steps->source, list, NODE_LIST, NODE_STEPS_MAX);
	const struct node *item = steps->source->status == STATUS_OK ? list->first : NULL;
	for (; item != NULL && steps->source->status == STATUS_OK; item = item->next) {
		read_step(steps, item);
	}
}
