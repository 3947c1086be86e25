/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/spoken.h"

#include "ease/text.h"
#include "load/field.h"
#include "load/lint.h"

#include <stdio.h>
#include <string.h>

#define NAME_MAX_BYTES 16 /* with braces */

struct placeholder {
	char name[NAME_MAX_BYTES];
	bool known[SPOKEN_UNIT + 1];
};

static const struct placeholder placeholders[] = {
	/*             phrase step answer topic unit */
	{ "{target}", { true, true, true, false, true } },
	{ "{ceiling}", { true, true, true, false, true } },
	{ "{title}", { true, true, true, false, true } },
	{ "{value}", { true, false, true, false, false } },
	{ "{other}", { true, false, false, false, false } },
	{ "{minutes}", { true, false, false, false, false } },
	{ "{seconds}", { true, false, false, false, true } },
	{ "{count}", { true, false, false, false, true } },
	{ "{side}", { true, false, false, false, true } },
	{ "{area}", { true, false, false, false, true } },
	{ "{word}", { true, true, true, false, true } },
	{ "{emergency}", { true, true, true, false, true } },
	{ "{oils}", { false, true, true, true, true } },
};

#define PLACEHOLDERS (sizeof(placeholders) / sizeof(placeholders[0]))
#define KNOWN_MAX (PLACEHOLDERS * NAME_MAX_BYTES + 8) /* all of them, with blanks */

/* "{target} {title}, and " */
static void list_known(enum spoken_place place, char known[static KNOWN_MAX])
{
	size_t length = 0;

	known[0] = '\0';
	for (size_t i = 0; i < PLACEHOLDERS; i++) {
		if (placeholders[i].known[place]) {
			length += (size_t)snprintf(&known[length], KNOWN_MAX - length, "%s%s",
					length > 0 ? " " : "", placeholders[i].name);
		}
	}
	if (length > 0) {
		(void)snprintf(&known[length], KNOWN_MAX - length, ", and ");
	}
}

static void check_placeholders(struct source *source, const struct node *node, const char *text,
		enum spoken_place place)
{
	char known[KNOWN_MAX];
	bool fine = text_check(text) == STATUS_OK;

	for (size_t i = 0; i < PLACEHOLDERS; i++) {
		fine = fine &&
		       (placeholders[i].known[place] || strstr(text, placeholders[i].name) == NULL);
	}
	if (!fine) {
		list_known(place, known);
		tree_refuse(source, node,
				"unknown placeholder; known here: %sthe figures of the rules, "
				"ease-script(5)",
				known);
	}
}

void spoken_text(struct source *source, const struct node *node, enum spoken_place place,
		enum session_kind kind, const char **out)
{
	char reason[LINT_REASON_MAX];

	field_text(source, node, SPOKEN_MAX, out);
	if (node == NULL || source->status != STATUS_OK) {
		return;
	}
	check_placeholders(source, node, *out, place);
	const bool fine = lint_text(*out, reason) &&
			  (kind == SESSION_RELAXATION ? lint_rest(*out, reason)
						      : lint_spine(*out, NULL, 0, reason));
	if (!fine) {
		tree_refuse(source, node, "%s", reason);
	}
}
