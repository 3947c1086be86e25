/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * field.h - typed values out of a tree, with reasons that an author can act on.
 *
 * A NULL node is a key that was left out: the reader then leaves *out as it is. After a refusal
 * (source->status) nothing is read any more.
 */
#ifndef EASE_LOAD_FIELD_H
#define EASE_LOAD_FIELD_H

#include "ease/rules.h"
#include "load/tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct field {
	const char *key;
	bool required;
};

/* A whole number and what it counts, for the reason. */
struct limits {
	struct range range;
	const char *why; /* behind the limits: "(S72)"; or NULL */
};

/*
 * Puts the values of map's members at out, in the order of fields; NULL where one is left out.
 * Refuses a node that is no map, unknown keys (naming the nearest known one) and missing ones.
 */
void field_map(struct source *source, const struct node *map, const struct field *fields,
		size_t count, const struct node **out);

/* Refuses node unless it is of that kind. */
void field_kind(struct source *source, const struct node *node, enum node_kind kind);

/* As field_kind(), and a list or map must have from 1 to most members. */
void field_many(struct source *source, const struct node *node, enum node_kind kind, size_t most);

/* A sentence: white space folded, not empty, at most most bytes. */
void field_text(struct source *source, const struct node *node, size_t most, const char **out);

/* An identifier: lower case letters, digits and "-", begins with a letter, at most 40 bytes. */
void field_name(struct source *source, const struct node *node, const char **out);

/* Whether text is such an identifier. */
bool field_is_name(const char *text);

void field_int(struct source *source, const struct node *node, const struct limits *limits,
		int32_t *out);

/* A length with its unit: "4.2s", "5min", "300ms". limits are milliseconds. */
void field_length(struct source *source, const struct node *node, const struct limits *limits,
		int32_t *out);

/* "[3, 5]" or one number; both ends inside limits, in order. */
void field_int_range(struct source *source, const struct node *node, const struct limits *limits,
		struct range *out);

/* "[3.3s, 5s]" or one length. */
void field_length_range(struct source *source, const struct node *node, const struct limits *limits,
		struct range *out);

/* "-6dB", whole or with a fraction. */
void field_decibel(struct source *source, const struct node *node, double least, double most,
		double *out);

/* "-6dB", whole. */
void field_whole_decibel(struct source *source, const struct node *node,
		const struct limits *limits, int32_t *out);

/* With three decimals at most. */
void field_number(struct source *source, const struct node *node, double least, double most,
		double *out);

/* From 0 to 1. */
void field_ratio(struct source *source, const struct node *node, double *out);

/* "50%" */
void field_percent(struct source *source, const struct node *node, int32_t *out);

void field_bool(struct source *source, const struct node *node, bool *out);

/* Where word stands among words, or count; NULL entries are skipped. */
size_t field_index(const char *word, const char *const *words, size_t count);

/* One of count words; *out becomes its index. */
void field_word(struct source *source, const struct node *node, const char *const *words,
		size_t count, size_t *out);

/* Refuses node, whose text is not among words: names the nearest one, and all if they are few. */
void field_refuse_word(struct source *source, const struct node *node, const char *what,
		const char *const *words, size_t count);

/* The path of the file called name, which must stand beside the file that is read; node is where it
 * is named, kind what it should be. */
void field_beside(struct source *source, const struct node *node, const char *name,
		const char *kind, const char **out);

#endif
