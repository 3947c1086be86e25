/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/loader.h"
#include "load/field.h"

#define LINES_MAX 1000
#define TEXT_BYTES 300

enum {
	AFTER,
	AT,
	DELAY,
	SAY,
	WAV,
	TIMES,
	GAIN,
	KEYS,
};

static void check_pair(struct source *source, const struct node *map, const struct node *one,
		const struct node *other, const char *names)
{
	if (source->status == STATUS_OK && (one == NULL) == (other == NULL)) {
		tree_refuse(source, one != NULL ? other->key : map, "a line has one of %s", names);
	}
}

static void read_line(struct source *source, const struct node *map, struct cast_line *out)
{
	static const struct field fields[KEYS] = {
		[AFTER] = { "after", false },
		[AT] = { "at", false },
		[DELAY] = { "delay", false },
		[SAY] = { "say", false },
		[WAV] = { "wav", false },
		[TIMES] = { "times", false },
		[GAIN] = { "gain", false },
	};
	static const struct limits at_limits = { { 0, 24 * 3600 * 1000 }, NULL };
	static const struct limits delay_limits = { { 0, 600000 }, NULL };
	static const struct limits times_limits = { { 0, 1000 }, NULL };
	const struct node *at[KEYS];

	field_map(source, map, fields, KEYS, at);
	check_pair(source, map, at[AFTER], at[AT], "\"after\" and \"at\"");
	check_pair(source, map, at[SAY], at[WAV], "\"say\" and \"wav\"");
	out->times = 1;
	field_text(source, at[AFTER], TEXT_BYTES, &out->after);
	field_length(source, at[AT], &at_limits, &out->at_ms);
	field_length(source, at[DELAY], &delay_limits, &out->delay_ms);
	field_text(source, at[SAY], TEXT_BYTES, &out->say);
	field_text(source, at[WAV], TEXT_BYTES, &out->wav);
	field_int(source, at[TIMES], &times_limits, &out->times);
	field_decibel(source, at[GAIN], -60.0, 20.0, &out->gain_db);
}

static void read_lines(struct source *source, const struct node *list, struct cast *out)
{
	field_kind(source, list, NODE_LIST);
	if (source->status != STATUS_OK || list->count == 0) {
		return; /* somebody silent */
	}
	field_many(source, list, NODE_LIST, LINES_MAX);
	struct cast_line *lines = tree_array(source, list->count, sizeof(*lines));
	const struct node *item = lines != NULL ? list->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		read_line(source, item, &lines[out->line_count++]);
	}
	out->lines = lines;
}

enum status cast_load(
		struct arena *arena, const char *path, const struct cast **out, struct diag *diag)
{
	static const struct field fields[] = { { "cast", true }, { "lines", true } };
	struct source source = { .arena = arena, .path = path, .diag = diag };
	const struct node *at[2];

	const struct node *root = tree_read(&source, path);
	struct cast *cast = tree_array(&source, 1, sizeof(*cast));
	if (root == NULL || cast == NULL) {
		return source.status;
	}
	field_map(&source, root, fields, 2, at);
	field_name(&source, at[0], &cast->name);
	if (source.status == STATUS_OK) {
		read_lines(&source, at[1], cast);
	}
	if (source.status == STATUS_OK) {
		*out = cast;
	}
	return source.status;
}
