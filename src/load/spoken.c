/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/spoken.h"

#include "ease/text.h"
#include "load/field.h"
#include "load/lint.h"

#include <string.h>

struct placeholder {
	const char *name;
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
};

static void check_placeholders(struct source *source, const struct node *node, const char *text,
		enum spoken_place place)
{
	static const char all[] = "{target} {ceiling} {value} {other} {minutes} {seconds} {count} "
				  "{side} {area} {title} {word}";
	static const char *const known[] = {
		[SPOKEN_PHRASE] = all,
		[SPOKEN_STEP] = "{target} {ceiling} {title} {word}",
		[SPOKEN_ANSWER] = "{target} {ceiling} {title} {value} {word}",
		[SPOKEN_TOPIC] = "{inches} {degrees}",
		[SPOKEN_UNIT] = "{target} {ceiling} {title} {seconds} {count} {side} {area} {word}",
	};
	bool fine = text_check(text) == STATUS_OK;

	for (size_t i = 0; i < sizeof(placeholders) / sizeof(placeholders[0]); i++) {
		fine = fine &&
		       (placeholders[i].known[place] || strstr(text, placeholders[i].name) == NULL);
	}
	if (!fine) {
		tree_refuse(source, node,
				"unknown placeholder; known here: %s, and the figures of the rules, "
				"ease-script(5)",
				known[place]);
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
