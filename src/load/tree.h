/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tree.h - a YAML file as a small tree in which every node knows its line and column.
 *
 * Only what people need to write scripts: maps, lists and texts in one document. Anchors, aliases,
 * tags, double keys, deep nesting and anything but clean UTF-8 are refused.
 *
 * A struct source carries the first refusal: after it all readers do nothing, so that a loader
 * reads a whole map and looks at source->status once.
 */
#ifndef EASE_LOAD_TREE_H
#define EASE_LOAD_TREE_H

#include "ease/arena.h"
#include "ease/status.h"

#include <stdbool.h>
#include <stddef.h>

struct source {
	struct arena *arena;
	const char *path;
	struct diag *diag; /* may be NULL */
	enum status status;
};

enum node_kind {
	NODE_TEXT,
	NODE_LIST,
	NODE_MAP,
};

struct node {
	enum node_kind kind;
	int line; /* both from 1 */
	int column;
	const char *text;       /* NODE_TEXT, as written between its quotes */
	const struct node *key; /* of a map's member; an item has the key of its list; else NULL */
	bool is_key;            /* it stands before the colon itself */
	const struct node *first;
	const struct node *next;
	size_t count; /* of members or items */
};

/* Reads the file at path; NULL after a refusal (STATUS_NOT_FOUND for a missing file). */
const struct node *tree_read(struct source *source, const char *path);

/* Refuses the input at node (NULL: somewhere in the file), unless it was refused before. */
void tree_refuse(struct source *source, const struct node *at, const char *format, ...)
		EASE_PRINTF(3, 4);

/* Notes that memory ran out. */
void tree_no_memory(struct source *source);

/* size zeroed bytes for each of count things; NULL after a refusal or when memory ran out. */
void *tree_array(struct source *source, size_t count, size_t size);

#endif
