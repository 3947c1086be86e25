/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/loader.h"
#include "load/answers.h"
#include "load/field.h"
#include "load/find.h"
#include "load/plan.h"
#include "load/steps.h"
#include "load/ties.h"

#include <string.h>

#define TITLE_MAX 80
#define ABOUT_MAX 160

enum {
	SESSION,
	TITLE,
	ABOUT,
	KIND,
	WHO,
	SHORT,
	STEPS,
	KEYS,
};

static const struct field fields[KEYS] = {
	[SESSION] = { "session", true },
	[TITLE] = { "title", true },
	[ABOUT] = { "about", true },
	[KIND] = { "kind", true },
	[WHO] = { "who", true },
	[SHORT] = { "short", false },
	[STEPS] = { "steps", true },
};

/* A session among the shipped ones is looked up by its name, so it must be found under it. */
static void check_name(struct source *source, const struct node *at, const struct script *script)
{
	const char *stem = find_stem(source, source->path);

	if (source->status == STATUS_OK && strcmp(script->name, stem) != 0) {
		tree_refuse(source, at, "session: \"%s\" must be called as its file, \"%.40s\"",
				script->name, stem);
	}
}

/* All but the steps. */
static void read_head(struct source *source, const struct node *const at[static KEYS],
		struct script *script, struct plan *plan)
{
	static const char *const kinds[] = {
		[SESSION_TOUCH] = "touch",
		[SESSION_RELAXATION] = "relaxation",
	};
	static const char *const people[] = { [WHO_SELF] = "self", [WHO_PARTNER] = "partner" };
	size_t kind = SESSION_TOUCH;
	size_t who = WHO_SELF;

	script->path = source->path;
	field_name(source, at[SESSION], &script->name);
	field_text(source, at[TITLE], TITLE_MAX, &script->title);
	field_text(source, at[ABOUT], ABOUT_MAX, &script->about);
	field_word(source, at[KIND], kinds, 2, &kind);
	field_word(source, at[WHO], people, 2, &who);
	field_bool(source, at[SHORT], &plan->is_short);
	script->kind = plan->kind = (enum session_kind)kind;
	script->who = plan->who = (enum who)who;
}

static void read_session(struct source *source, const char *folder, const char *path,
		const struct vocabulary *vocabulary, struct script *script)
{
	const struct node *at[KEYS];
	struct plan plan = { .is_short = false };
	struct steps steps;

	plan.root = tree_read(source, path);
	if (plan.root == NULL) {
		return;
	}
	field_map(source, plan.root, fields, KEYS, at);
	const char *own = find_folder(source, path);
	read_head(source, at, script, &plan);
	if (own != NULL && strcmp(own, folder) == 0) {
		check_name(source, at[SESSION], script);
	}
	steps_init(&steps, source, own, folder, vocabulary);
	steps.kind = plan.kind;
	if (source->status != STATUS_OK) {
		return;
	}
	steps_read(&steps, at[STEPS]);
	answers_resolve(&steps);
	ties_resolve(&steps);
	plan_check(&steps, &plan);
	script->steps = steps.step;
	script->step_count = steps.count;
}

/* The session of that name among the shipped ones; says which there are when there is none. */
static void locate(struct source *source, const char *folder, const char *name,
		char path[static PATH_MAX])
{
	const struct node at = { .text = name };
	size_t count = 0;

	if (field_is_name(name) && find_path(folder, "", name, path) && find_exists(path)) {
		return;
	}
	const char **names = find_names(source, folder, "", &count);
	if (names != NULL) {
		field_refuse_word(source, &at, "session", names, count);
		source->status = STATUS_NOT_FOUND;
	}
}

static bool is_file(const char *name)
{
	const size_t length = strlen(name);

	return strchr(name, '/') != NULL || (length > 5 && strcmp(name + length - 5, ".yaml") == 0);
}

enum status script_load(struct arena *arena, const char *folder, const char *name,
		const struct vocabulary *vocabulary, const struct script **out, struct diag *diag)
{
	struct source source = { .arena = arena, .path = folder, .diag = diag };
	struct script *script = tree_array(&source, 1, sizeof(*script));
	char path[PATH_MAX];

	if (!is_file(name)) {
		locate(&source, folder, name, path);
	}
	if (script != NULL && source.status == STATUS_OK) {
		read_session(&source, folder, is_file(name) ? name : path, vocabulary, script);
	}
	if (source.status == STATUS_OK) {
		*out = script;
	}
	return source.status;
}

/* The head of one session, for lists. */
static void read_entry(struct source *source, const char *folder, const char *name,
		struct session_entry *out)
{
	char path[PATH_MAX];
	const struct node *at[KEYS];
	struct script script = { 0 };
	struct plan plan = { 0 };

	if (!find_path(folder, "", name, path)) {
		tree_refuse(source, NULL, "the path of \"%.40s\" is too long", name);
	}
	const struct node *root = source->status == STATUS_OK ? tree_read(source, path) : NULL;
	if (root == NULL) {
		return;
	}
	field_map(source, root, fields, KEYS, at);
	read_head(source, at, &script, &plan);
	check_name(source, at[SESSION], &script);
	*out = (struct session_entry){ script.name, script.title, script.about };
}

enum status script_list(struct arena *arena, const char *folder, const struct session_entry **out,
		size_t *count, struct diag *diag)
{
	struct source source = { .arena = arena, .path = folder, .diag = diag };
	size_t found = 0;

	const char **names = find_names(&source, folder, "", &found);
	struct session_entry *entries = tree_array(&source, found, sizeof(*entries));
	for (size_t i = 0; i < found && source.status == STATUS_OK; i++) {
		read_entry(&source, folder, names[i], &entries[i]);
	}
	if (source.status == STATUS_OK) {
		*out = entries;
		*count = found;
	}
	return source.status;
}
