/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/spoken.h"

#include "ease/text.h"
#include "load/field.h"
#include "load/lint.h"

void spoken_text(struct source *source, const struct node *node, const char **out)
{
	char reason[LINT_REASON_MAX];

	field_text(source, node, SPOKEN_MAX, out);
	if (node == NULL || source->status != STATUS_OK) {
		return;
	}
	if (text_check(*out) != STATUS_OK) {
		tree_refuse(source, node,
				"unknown placeholder; known: {target} {ceiling} {value} {other} "
				"{minutes} {seconds} {count} {side} {title} {word}");
	} else if (!lint_text(*out, reason)) {
		tree_refuse(source, node, "%s", reason);
	} else if (!lint_spine(*out, NULL, 0, reason)) {
		tree_refuse(source, node, "%s", reason);
	}
}
