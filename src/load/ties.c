/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/ties.h"

#include "load/answers.h"
#include "load/field.h"

#include <string.h>

/* The steps that go by a name: each side and area of a unit answers to the name of all. */
static bool is_called(const struct steps *steps, size_t i, const char *name)
{
	const char *base = steps->tie[i].base;

	return strcmp(steps->step[i].name, name) == 0 || (base != NULL && strcmp(base, name) == 0);
}

/* Why step i cannot go with step to, or NULL. */
static const char *obstacle(const struct steps *steps, size_t i, size_t to)
{
	if (to == i) {
		return "is this step itself";
	}
	if (to > i && steps->step[i].kind == STEP_UNIT) {
		return "stands behind it, and a unit goes with what comes before it";
	}
	if (to > i && steps->step[to].kind != STEP_UNIT) {
		return "stands behind it, and is no unit";
	}
	return NULL;
}

static size_t add_name(struct steps *steps, size_t i, const struct node *node, size_t *ties)
{
	const struct origin origin = { steps->origin[i].path, node };
	const char *why = NULL;
	size_t count = 0;

	for (size_t to = 0; to < steps->count; to++) {
		if (!is_called(steps, to, node->text)) {
			continue;
		}
		why = why == NULL ? obstacle(steps, i, to) : why;
		ties[count++] = to;
	}
	if (count == 0) {
		steps_refuse_name(steps, &origin, node->text);
	} else if (why != NULL) {
		steps_refuse(steps, &origin, "for: \"%s\" %s", node->text, why);
	}
	return count;
}

static void resolve(struct steps *steps, size_t i, const struct node *node)
{
	const bool many = node->kind == NODE_LIST;
	const struct node *item = many ? node->first : node;
	struct step *step = &steps->step[i];
	size_t *ties = tree_array(
			steps->source, steps->count * (many ? node->count : 1), sizeof(*ties));

	if (answers_guard(step)) {
		const struct origin origin = { steps->origin[i].path, node };
		steps_refuse(steps, &origin,
				"for: \"%s\" guards what comes after it, and is never left out (S1)",
				step->name);
	}
	for (; item != NULL && steps->source->status == STATUS_OK;
			item = many ? item->next : NULL) {
		step->tie_count += add_name(steps, i, item, ties + step->tie_count);
	}
	step->ties = ties;
}

void ties_resolve(struct steps *steps)
{
	for (size_t i = 0; i < steps->count && steps->source->status == STATUS_OK; i++) {
		if (steps->tie[i].node != NULL) {
			resolve(steps, i, steps->tie[i].node);
		}
	}
}
