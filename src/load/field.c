/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/field.h"

#include "load/near.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME_MAX_BYTES 40
#define KNOWN_MAX 110 /* bytes of a list of known words in a reason */
#define DIGITS_MAX 9

static const char *label(const struct node *node)
{
	if (node->is_key) {
		return "key";
	}
	return node->key != NULL ? node->key->text : "file";
}

/* Words */

/* Writes ": a, b, c" for the words there are, or nothing when they are too many. */
static void list_known(const char *const *words, size_t count, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		if (words[i] == NULL) {
			continue;
		}
		const int added = snprintf(out + used, size - used, "%s%s",
				used == 0 ? "; known: " : ", ", words[i]);
		if (added < 0 || (size_t)added >= size - used) {
			out[0] = '\0';
			return;
		}
		used += (size_t)added;
	}
}

void field_refuse_word(struct source *source, const struct node *node, const char *what,
		const char *const *words, size_t count)
{
	char known[KNOWN_MAX];
	const char *near = near_word(node->text, words, count);

	list_known(words, count, known, sizeof(known));
	if (near != NULL) {
		tree_refuse(source, node, "unknown %s \"%.50s\", did you mean \"%s\"?%s", what,
				node->text, near, known);
	} else {
		tree_refuse(source, node, "unknown %s \"%.50s\"%s", what, node->text, known);
	}
}

size_t field_index(const char *word, const char *const *words, size_t count)
{
	size_t i = 0;

	while (i < count && (words[i] == NULL || strcmp(words[i], word) != 0)) {
		i++;
	}
	return i;
}

void field_kind(struct source *source, const struct node *node, enum node_kind kind)
{
	static const char *const kinds[] = { "a text", "a list", "a map of keys" };

	if (source->status == STATUS_OK && node->kind != kind) {
		tree_refuse(source, node, "%s: this is %s, but %s is needed", label(node),
				kinds[node->kind], kinds[kind]);
	}
}

void field_many(struct source *source, const struct node *node, enum node_kind kind, size_t most)
{
	field_kind(source, node, kind);
	if (source->status == STATUS_OK && (node->count < 1 || node->count > most)) {
		tree_refuse(source, node, "%s: has %zu entries, 1 to %zu are allowed", label(node),
				node->count, most);
	}
}

void field_map(struct source *source, const struct node *map, const struct field *fields,
		size_t count, const struct node **out)
{
	for (size_t i = 0; i < count; i++) {
		out[i] = NULL;
	}
	const char **keys = tree_array(source, count, sizeof(*keys));
	if (keys == NULL) {
		return;
	}
	for (size_t i = 0; i < count; i++) {
		keys[i] = fields[i].key;
	}
	field_kind(source, map, NODE_MAP);
	for (const struct node *item = source->status == STATUS_OK ? map->first : NULL;
			item != NULL; item = item->next) {
		const size_t i = field_index(item->key->text, keys, count);
		if (i == count) {
			field_refuse_word(source, item->key, "key", keys, count);
			return;
		}
		out[i] = item;
	}
	for (size_t i = 0; i < count; i++) {
		if (fields[i].required && out[i] == NULL) {
			tree_refuse(source, map, "the key \"%s\" is missing", fields[i].key);
		}
	}
}

void field_word(struct source *source, const struct node *node, const char *const *words,
		size_t count, size_t *out)
{
	if (node == NULL) {
		return;
	}
	field_kind(source, node, NODE_TEXT);
	if (source->status != STATUS_OK) {
		return;
	}
	const size_t i = field_index(node->text, words, count);
	if (i == count) {
		field_refuse_word(source, node, label(node), words, count);
	} else {
		*out = i;
	}
}

bool field_is_name(const char *text)
{
	const size_t length = strlen(text);
	const size_t good = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return good == length && length > 0 && length <= NAME_MAX_BYTES && text[0] >= 'a' &&
	       text[0] <= 'z';
}

void field_name(struct source *source, const struct node *node, const char **out)
{
	if (node == NULL) {
		return;
	}
	field_kind(source, node, NODE_TEXT);
	if (source->status != STATUS_OK) {
		return;
	}
	if (!field_is_name(node->text)) {
		tree_refuse(source, node,
				"%s: \"%.50s\" is no name: a lower case letter, then at most %d "
				"lower case letters, digits and \"-\"",
				label(node), node->text, NAME_MAX_BYTES - 1);
		return;
	}
	*out = node->text;
}

static bool is_white(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Copies text with each run of white space made one blank, and none at its ends. */
static void fold(const char *text, char *out)
{
	size_t used = 0;

	for (; *text != '\0'; text++) {
		if (!is_white(*text)) {
			out[used++] = *text;
		} else if (used > 0 && out[used - 1] != ' ') {
			out[used++] = ' ';
		}
	}
	if (used > 0 && out[used - 1] == ' ') {
		used--;
	}
	out[used] = '\0';
}

/* "\x01" between double quotes gets past the check of the file's bytes. */
static bool has_control(const char *text)
{
	for (; *text != '\0'; text++) {
		if (((unsigned char)*text < ' ' && !is_white(*text)) || *text == 0x7F) {
			return true;
		}
	}
	return false;
}

void field_text(struct source *source, const struct node *node, size_t most, const char **out)
{
	if (node == NULL) {
		return;
	}
	field_kind(source, node, NODE_TEXT);
	char *copy = source->status == STATUS_OK ? tree_array(source, strlen(node->text) + 1, 1)
						 : NULL;
	if (copy == NULL) {
		return;
	}
	fold(node->text, copy);
	if (copy[0] == '\0') {
		tree_refuse(source, node, "%s: the text is empty", label(node));
	} else if (strlen(copy) > most) {
		tree_refuse(source, node, "%s: the text has %zu bytes, at most %zu are allowed",
				label(node), strlen(copy), most);
	} else if (has_control(copy)) {
		tree_refuse(source, node, "%s: control characters are not allowed", label(node));
	}
	*out = copy;
}

/* Numbers */

/*
 * Reads "-12.345" as thousandths and returns what follows it, or NULL where there is no number
 * or too long a one.
 */
static const char *scan(const char *text, int64_t *thousandths)
{
	const bool minus = *text == '-';
	int64_t value = 0;
	size_t digits = 0;
	size_t decimals = 0;

	text += minus || *text == '+';
	for (; *text >= '0' && *text <= '9'; text++) {
		value = value * 10 + (*text - '0');
		digits++;
		if (digits > DIGITS_MAX) {
			return NULL;
		}
	}
	const bool point = *text == '.' && digits > 0;
	for (text += point; point && *text >= '0' && *text <= '9' && decimals < 3; text++) {
		value = value * 10 + (*text - '0');
		decimals++;
	}
	if (digits == 0 || (point && decimals == 0)) {
		return NULL;
	}
	for (; decimals < 3; decimals++) {
		value *= 10;
	}
	*thousandths = minus ? -value : value;
	return text;
}

/* The text of a node that must be a text; "" after a refusal, which then stands. */
static const char *text_of(struct source *source, const struct node *node)
{
	field_kind(source, node, NODE_TEXT);
	return source->status == STATUS_OK ? node->text : "";
}

static const char *why(const struct limits *limits)
{
	return limits->why != NULL ? limits->why : "";
}

static const char *gap(const struct limits *limits)
{
	return limits->why != NULL ? " " : "";
}

void field_int(struct source *source, const struct node *node, const struct limits *limits,
		int32_t *out)
{
	if (node == NULL) {
		return;
	}
	int64_t value = 0;
	const char *text = text_of(source, node);
	const char *rest = strchr(text, '.') == NULL ? scan(text, &value) : NULL;
	if (rest == NULL || *rest != '\0') {
		tree_refuse(source, node, "%s: \"%.40s\" is not a whole number", label(node), text);
		return;
	}
	value /= 1000;
	if (value < limits->range.min || value > limits->range.max) {
		tree_refuse(source, node, "%s: %lld is outside %d to %d%s%s", label(node),
				(long long)value, limits->range.min, limits->range.max, gap(limits),
				why(limits));
		return;
	}
	*out = (int32_t)value;
}

/* "4.2s" for 4200. */
static void print_length(int32_t ms, char *out, size_t size)
{
	if (ms % 60000 == 0 && ms >= 120000) {
		(void)snprintf(out, size, "%dmin", ms / 60000);
	} else if (ms % 1000 == 0) {
		(void)snprintf(out, size, "%ds", ms / 1000);
	} else if (ms % 100 == 0 && ms > 0) {
		(void)snprintf(out, size, "%d.%ds", ms / 1000, ms % 1000 / 100);
	} else {
		(void)snprintf(out, size, "%dms", ms);
	}
}

/* Milliseconds of one unit, or 0 for no unit. */
static int64_t unit_ms(const char *unit)
{
	if (strcmp(unit, "ms") == 0) {
		return 1;
	}
	if (strcmp(unit, "s") == 0) {
		return 1000;
	}
	return strcmp(unit, "min") == 0 ? 60000 : 0;
}

void field_length(struct source *source, const struct node *node, const struct limits *limits,
		int32_t *out)
{
	char low[24];
	char high[24];
	int64_t value = 0;

	if (node == NULL) {
		return;
	}
	const char *text = text_of(source, node);
	const char *unit = scan(text, &value);
	if (unit == NULL || (*unit != '\0' && unit_ms(unit) == 0)) {
		tree_refuse(source, node,
				"%s: \"%.40s\" is not a length such as 4.2s, 5min or 300ms",
				label(node), text);
		return;
	}
	if (*unit == '\0') {
		tree_refuse(source, node,
				"%s: \"%.20s\" has no unit: write %.20ss, %.20smin or %.20sms",
				label(node), text, text, text, text);
		return;
	}
	const int64_t ms = value * unit_ms(unit) / 1000;
	if (ms < limits->range.min || ms > limits->range.max || value * unit_ms(unit) % 1000 != 0) {
		print_length(limits->range.min, low, sizeof(low));
		print_length(limits->range.max, high, sizeof(high));
		tree_refuse(source, node, "%s: %.40s is outside %s to %s%s%s", label(node), text,
				low, high, gap(limits), why(limits));
		return;
	}
	*out = (int32_t)ms;
}

typedef void reader_fn(struct source *source, const struct node *node, const struct limits *limits,
		int32_t *out);

static void read_range(struct source *source, const struct node *node, const struct limits *limits,
		reader_fn *read_end, struct range *out)
{
	struct range range = { 0 };

	if (node == NULL || source->status != STATUS_OK) {
		return;
	}
	if (node->kind == NODE_TEXT) {
		read_end(source, node, limits, &range.min);
		range.max = range.min;
	} else if (node->kind != NODE_LIST || node->count != 2) {
		tree_refuse(source, node, "%s: a range is written [least, most]", label(node));
	} else {
		read_end(source, node->first, limits, &range.min);
		read_end(source, node->first->next, limits, &range.max);
	}
	if (range.min > range.max) {
		tree_refuse(source, node, "%s: the range begins above its end", label(node));
	}
	if (source->status == STATUS_OK) {
		*out = range;
	}
}

void field_int_range(struct source *source, const struct node *node, const struct limits *limits,
		struct range *out)
{
	read_range(source, node, limits, field_int, out);
}

void field_length_range(struct source *source, const struct node *node, const struct limits *limits,
		struct range *out)
{
	read_range(source, node, limits, field_length, out);
}

void field_decibel(struct source *source, const struct node *node, double least, double most,
		double *out)
{
	if (node == NULL) {
		return;
	}
	int64_t value = 0;
	const char *text = text_of(source, node);
	const char *unit = scan(text, &value);
	if (unit == NULL || strcmp(unit, "dB") != 0) {
		tree_refuse(source, node, "%s: \"%.40s\" is not a level such as -6dB", label(node),
				text);
		return;
	}
	const double decibel = (double)value / 1000.0;
	if (decibel < least || decibel > most) {
		tree_refuse(source, node, "%s: %.40s is outside %gdB to %gdB", label(node), text,
				least, most);
		return;
	}
	*out = decibel;
}

void field_whole_decibel(struct source *source, const struct node *node,
		const struct limits *limits, int32_t *out)
{
	double decibel = *out;

	field_decibel(source, node, limits->range.min, limits->range.max, &decibel);
	*out = (int32_t)decibel;
	if (source->status == STATUS_OK && (double)*out != decibel) {
		tree_refuse(source, node, "%s: whole decibels only", label(node));
	}
}

void field_number(struct source *source, const struct node *node, double least, double most,
		double *out)
{
	if (node == NULL) {
		return;
	}
	int64_t value = 0;
	const char *text = text_of(source, node);
	const char *rest = scan(text, &value);
	const double number = (double)value / 1000.0;
	if (rest == NULL || *rest != '\0' || number < least || number > most) {
		tree_refuse(source, node,
				"%s: \"%.40s\" is not a number from %g to %g with at most "
				"three decimals",
				label(node), text, least, most);
		return;
	}
	*out = number;
}

void field_ratio(struct source *source, const struct node *node, double *out)
{
	field_number(source, node, 0.0, 1.0, out);
}

void field_percent(struct source *source, const struct node *node, int32_t *out)
{
	if (node == NULL) {
		return;
	}
	int64_t value = 0;
	const char *text = text_of(source, node);
	const char *unit = scan(text, &value);
	if (unit == NULL || strcmp(unit, "%") != 0 || value % 1000 != 0) {
		tree_refuse(source, node, "%s: \"%.40s\" is not a share such as 50%%", label(node),
				text);
		return;
	}
	if (value < 1000 || value > 99000) {
		tree_refuse(source, node, "%s: %.40s is outside 1%% to 99%%", label(node), text);
		return;
	}
	*out = (int32_t)(value / 1000);
}

void field_bool(struct source *source, const struct node *node, bool *out)
{
	static const char *const words[] = { "false", "true" };
	size_t index = 0;

	if (node == NULL) {
		return;
	}
	field_word(source, node, words, 2, &index);
	if (source->status == STATUS_OK) {
		*out = index == 1;
	}
}

void field_beside(struct source *source, const struct node *node, const char *name,
		const char *kind, const char **out)
{
	char path[PATH_MAX];
	const char *slash = strrchr(source->path, '/');
	const int folder = slash != NULL ? (int)(slash - source->path) + 1 : 0;

	if (source->status != STATUS_OK) {
		return;
	}
	const int length = snprintf(path, sizeof(path), "%.*s%s", folder, source->path, name);
	if (length < 0 || (size_t)length >= sizeof(path)) {
		tree_refuse(source, node, "the path of \"%.40s\" is too long", name);
		return;
	}
	if (access(path, R_OK) != 0) {
		tree_refuse(source, node, "there is no %s \"%s\" beside this file", kind, name);
		return;
	}
	*out = arena_string(source->arena, path);
	if (*out == NULL) {
		tree_no_memory(source);
	}
}
