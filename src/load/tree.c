/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

#define FILE_MAX ((size_t)1024 * 1024)
#define DEPTH_MAX 12
#define NODES_MAX 50000

struct builder {
	struct source *source;
	yaml_parser_t parser;
	size_t nodes;
};

static void refuse_at(struct source *source, int line, int column, const char *format, va_list args)
		EASE_PRINTF(4, 0);

static void refuse_at(struct source *source, int line, int column, const char *format, va_list args)
{
	char message[sizeof(((struct diag *)NULL)->message)];

	if (source->status != STATUS_OK) {
		return;
	}
	source->status = STATUS_BAD_DATA;
	if (vsnprintf(message, sizeof(message), format, args) < 0) {
		message[0] = '\0';
	}
	diag_set(source->diag, source->path, line, column, "%s", message);
}

void tree_refuse(struct source *source, const struct node *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	refuse_at(source, at != NULL ? at->line : 0, at != NULL ? at->column : 0, format, args);
	va_end(args);
}

static void refuse_mark(struct source *source, yaml_mark_t mark, const char *format, ...)
		EASE_PRINTF(3, 4);

static void refuse_mark(struct source *source, yaml_mark_t mark, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	refuse_at(source, (int)mark.line + 1, (int)mark.column + 1, format, args);
	va_end(args);
}

void tree_no_memory(struct source *source)
{
	if (source->status == STATUS_OK) {
		source->status = STATUS_NO_MEM;
		diag_set(source->diag, source->path, 0, 0, "%s", status_string(STATUS_NO_MEM));
	}
}

void *tree_array(struct source *source, size_t count, size_t size)
{
	if (source->status != STATUS_OK) {
		return NULL;
	}
	void *given = arena_array(source->arena, count, size);
	if (given == NULL) {
		tree_no_memory(source);
	}
	return given;
}

/* The file */

static void refuse_file(struct source *source, int error)
{
	if (source->status == STATUS_OK) {
		const bool missing = error == ENOENT || error == ENOTDIR;
		source->status = missing ? STATUS_NOT_FOUND : STATUS_BAD_DATA;
		diag_set(source->diag, source->path, 0, 0, "cannot read the file: %s",
				strerrordesc_np(error));
	}
}

static size_t read_all(struct source *source, int fd, unsigned char *bytes, size_t room)
{
	size_t length = 0;

	while (length < room) {
		const ssize_t got = read(fd, bytes + length, room - length);
		if (got < 0 && errno == EINTR) {
			continue;
		}
		if (got < 0) {
			refuse_file(source, errno);
			return 0;
		}
		if (got == 0) {
			break;
		}
		length += (size_t)got;
	}
	return length;
}

/* The bytes are the caller's, to be freed; NULL after a refusal. */
static unsigned char *read_file(struct source *source, size_t *length)
{
	struct stat about;
	unsigned char *bytes = NULL;
	/* O_NONBLOCK: a pipe in place of a file is refused, not waited for */
	const int fd = open(source->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 || fstat(fd, &about) != 0) {
		refuse_file(source, errno);
	} else if (!S_ISREG(about.st_mode)) {
		tree_refuse(source, NULL, "this is not a file");
	} else if (about.st_size > (off_t)FILE_MAX) {
		tree_refuse(source, NULL, "the file is larger than 1 MiB");
	} else {
		bytes = malloc((size_t)about.st_size + 1);
		if (bytes == NULL) {
			tree_no_memory(source);
		} else {
			*length = read_all(source, fd, bytes, (size_t)about.st_size);
		}
	}
	if (fd >= 0) {
		(void)close(fd);
	}
	if (source->status != STATUS_OK) {
		free(bytes);
		return NULL;
	}
	return bytes;
}

/* UTF-8 */

/* The bytes that a character takes, by its first one; 0 for none that begins a character. */
static size_t sequence_length(unsigned char first)
{
	if (first < 0x80) {
		return 1;
	}
	if (first >= 0xC2 && first <= 0xDF) {
		return 2;
	}
	if (first >= 0xE0 && first <= 0xEF) {
		return 3;
	}
	return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

/* Decodes one character of length bytes; -1 where it is no character. */
static int32_t decode(const unsigned char *bytes, size_t length)
{
	static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	int32_t point = length == 1 ? bytes[0] : bytes[0] & (0x7F >> length);

	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xC0) != 0x80) {
			return -1;
		}
		point = point << 6 | (bytes[i] & 0x3F);
	}
	const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
	return point < least[length] || point > 0x10FFFF || surrogate ? -1 : point;
}

static bool is_control(int32_t point)
{
	const bool white = point == '\t' || point == '\n' || point == '\r';
	return (point < 0x20 && !white) || (point >= 0x7F && point < 0xA0) || point == 0xFFFE ||
	       point == 0xFFFF;
}

/* Looks at everything before libyaml does, because its own message names only an offset. */
static void check_bytes(struct source *source, const unsigned char *bytes, size_t length)
{
	struct node at = { .line = 1, .column = 1 };

	for (size_t i = 0; i < length;) {
		const size_t step = sequence_length(bytes[i]);
		const int32_t point = step == 0 || step > length - i ? -1 : decode(bytes + i, step);
		if (point < 0) {
			tree_refuse(source, &at, "this byte is not UTF-8: 0x%02x", bytes[i]);
			return;
		}
		if (is_control(point)) {
			tree_refuse(source, &at, "control characters are not allowed: U+%04X",
					(unsigned)point);
			return;
		}
		at.column = point == '\n' ? 1 : at.column + 1;
		at.line += point == '\n';
		i += step;
	}
}

/* The tree */

/* False after a refusal; else the caller deletes the event. */
static bool next_event(struct builder *builder, yaml_event_t *event)
{
	if (builder->source->status != STATUS_OK) {
		return false;
	}
	if (yaml_parser_parse(&builder->parser, event) != 0) {
		return true;
	}
	if (builder->parser.error == YAML_MEMORY_ERROR) {
		tree_no_memory(builder->source);
		return false;
	}
	refuse_mark(builder->source, builder->parser.problem_mark, "%s",
			builder->parser.problem != NULL ? builder->parser.problem : "no YAML");
	return false;
}

static enum node_kind kind_of(const yaml_event_t *event)
{
	if (event->type == YAML_SEQUENCE_START_EVENT) {
		return NODE_LIST;
	}
	return event->type == YAML_MAPPING_START_EVENT ? NODE_MAP : NODE_TEXT;
}

static struct node *new_node(struct builder *builder, const yaml_event_t *event)
{
	builder->nodes++;
	if (builder->nodes > NODES_MAX) {
		refuse_mark(builder->source, event->start_mark,
				"the file holds more than %d words and lists", NODES_MAX);
	}
	struct node *node = tree_array(builder->source, 1, sizeof(*node));
	if (node != NULL) {
		node->kind = kind_of(event);
		node->line = (int)event->start_mark.line + 1;
		node->column = (int)event->start_mark.column + 1;
	}
	return node;
}

static void copy_text(struct source *source, struct node *node, const yaml_event_t *event)
{
	const size_t length = event->data.scalar.length;
	char *text = tree_array(source, length + 1, 1);

	if (text == NULL) {
		return;
	}
	memcpy(text, event->data.scalar.value, length);
	node->text = text;
	if (strlen(text) != length) { /* "\0" between double quotes */
		tree_refuse(source, node, "a text may not hold a zero character");
	}
}

static bool has_extras(const yaml_event_t *event)
{
	if (event->type == YAML_SCALAR_EVENT) {
		return event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL;
	}
	if (event->type == YAML_SEQUENCE_START_EVENT) {
		return event->data.sequence_start.anchor != NULL ||
		       event->data.sequence_start.tag != NULL;
	}
	if (event->type == YAML_MAPPING_START_EVENT) {
		return event->data.mapping_start.anchor != NULL ||
		       event->data.mapping_start.tag != NULL;
	}
	return event->type == YAML_ALIAS_EVENT;
}

static struct node *build(struct builder *builder, const yaml_event_t *event,
		const struct node *key, int depth);

static void build_list(struct builder *builder, struct node *list, int depth)
{
	const struct node **end = &list->first;
	yaml_event_t event;

	while (next_event(builder, &event)) {
		const bool over = event.type == YAML_SEQUENCE_END_EVENT;
		struct node *item = over ? NULL : build(builder, &event, list->key, depth);
		yaml_event_delete(&event);
		if (item == NULL) {
			return;
		}
		*end = item;
		end = &item->next;
		list->count++;
	}
}

/* The next node, as the value of key; NULL after a refusal. */
static struct node *build_value(struct builder *builder, const struct node *key, int depth)
{
	yaml_event_t event;

	if (!next_event(builder, &event)) {
		return NULL;
	}
	struct node *value = build(builder, &event, key, depth);
	yaml_event_delete(&event);
	return value;
}

static int compare_keys(const void *left, const void *right)
{
	const struct node *a = *(const struct node *const *)left;
	const struct node *b = *(const struct node *const *)right;
	const int order = strcmp(a->text, b->text);

	if (order != 0) {
		return order;
	}
	return a->line != b->line ? a->line - b->line : a->column - b->column;
}

static void refuse_double_keys(struct source *source, const struct node *map)
{
	size_t count = 0;
	const struct node **keys = tree_array(source, map->count, sizeof(void *));

	if (keys == NULL) {
		return;
	}
	for (const struct node *item = map->first; item != NULL; item = item->next) {
		keys[count++] = item->key;
	}
	qsort(keys, count, sizeof(void *), compare_keys);
	for (size_t i = 1; i < count; i++) {
		if (strcmp(keys[i - 1]->text, keys[i]->text) == 0) {
			tree_refuse(source, keys[i], "double key \"%.60s\": it stands in line %d",
					keys[i]->text, keys[i - 1]->line);
			return;
		}
	}
}

static void build_map(struct builder *builder, struct node *map, int depth)
{
	const struct node **end = &map->first;
	yaml_event_t event;

	while (next_event(builder, &event)) {
		const bool over = event.type == YAML_MAPPING_END_EVENT;
		struct node *key = over ? NULL : build(builder, &event, NULL, depth);
		yaml_event_delete(&event);
		if (key == NULL) {
			break;
		}
		if (key->kind != NODE_TEXT) {
			tree_refuse(builder->source, key, "a key must be a word");
			break;
		}
		key->is_key = true;
		struct node *value = build_value(builder, key, depth);
		if (value == NULL) {
			break;
		}
		*end = value;
		end = &value->next;
		map->count++;
	}
	refuse_double_keys(builder->source, map);
}

/* The node that begins with event; NULL after a refusal. */
static struct node *build(struct builder *builder, const yaml_event_t *event,
		const struct node *key, int depth)
{
	struct source *source = builder->source;

	if (has_extras(event)) {
		refuse_mark(source, event->start_mark,
				"anchors (&), aliases (*) and tags (!) are not allowed");
	} else if (depth >= DEPTH_MAX) {
		refuse_mark(source, event->start_mark, "nested more than %d deep", DEPTH_MAX);
	}
	struct node *node = new_node(builder, event);
	if (node == NULL) {
		return NULL;
	}
	node->key = key;
	if (node->kind == NODE_TEXT) {
		copy_text(source, node, event);
	} else if (node->kind == NODE_LIST) {
		build_list(builder, node, depth + 1);
	} else {
		build_map(builder, node, depth + 1);
	}
	return source->status == STATUS_OK ? node : NULL;
}

/* Skips one event, which must be of that type. */
static void expect(struct builder *builder, yaml_event_type_t type, const char *otherwise)
{
	yaml_event_t event;

	if (!next_event(builder, &event)) {
		return;
	}
	if (event.type != type) {
		refuse_mark(builder->source, event.start_mark, "%s", otherwise);
	}
	yaml_event_delete(&event);
}

static const struct node *parse(struct source *source, const unsigned char *bytes, size_t length)
{
	struct builder builder = { .source = source };

	if (yaml_parser_initialize(&builder.parser) == 0) {
		tree_no_memory(source);
		return NULL;
	}
	yaml_parser_set_encoding(&builder.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&builder.parser, bytes, length);
	expect(&builder, YAML_STREAM_START_EVENT, "no YAML");
	expect(&builder, YAML_DOCUMENT_START_EVENT, "the file is empty");
	const struct node *root = build_value(&builder, NULL, 0);
	expect(&builder, YAML_DOCUMENT_END_EVENT, "no YAML");
	expect(&builder, YAML_STREAM_END_EVENT, "a file holds one document only");
	yaml_parser_delete(&builder.parser);
	return source->status == STATUS_OK ? root : NULL;
}

const struct node *tree_read(struct source *source, const char *path)
{
	size_t length = 0;
	const char *copy = source->status == STATUS_OK ? arena_string(source->arena, path) : NULL;

	if (copy == NULL) {
		tree_no_memory(source);
		return NULL;
	}
	source->path = copy;
	unsigned char *bytes = read_file(source, &length);
	if (bytes == NULL) {
		return NULL;
	}
	const struct node *root = NULL;
	check_bytes(source, bytes, length);
	if (source->status == STATUS_OK) {
		root = parse(source, bytes, length);
	}
	free(bytes);
	return root;
}
