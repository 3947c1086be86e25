/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/loader.h"
#include "load/answers.h"
#include "load/field.h"
#include "load/find.h"
#include "load/profile.h"
#include "load/safeword.h"
#include "load/steps.h"
#include "load/topics.h"
#include "load/unit.h"
#include "load/voice.h"
#include "load/words.h"

#include <stdio.h>
#include <string.h>

/* What every check needs. */
struct check {
	struct source source;
	const char *folder;
	const char *path;
	const char *stem;
	const struct vocabulary *vocabulary;
};

static void check_session(struct check *check)
{
	const struct script *script = NULL;

	check->source.status = script_load(check->source.arena, check->folder, check->path,
			check->vocabulary, &script, check->source.diag);
}

static void check_unit(struct check *check)
{
	struct unit unit = { 0 };

	unit_read(&check->source, check->path, check->stem, &unit);
}

/* A part stands in parts/ beside the sessions; "go NAME" may lead out of it, so that only a
 * session can tell whether the name is right. */
static void check_part(struct check *check)
{
	struct steps steps;
	const char *parts = find_folder(&check->source, check->path);

	if (parts == NULL) {
		return;
	}
	steps_init(&steps, &check->source, find_folder(&check->source, parts), check->folder,
			check->vocabulary);
	steps_read_part(&steps, check->path, check->stem);
}

static void check_speech(struct check *check)
{
	struct voice_speech speech = { 0 };

	voice_read_speech(&check->source, check->path, &speech);
}

static void check_lexicon(struct check *check)
{
	struct voice_speech speech = { 0 };

	voice_read_lexicon(&check->source, check->path, &speech);
}

static void check_phrases(struct check *check)
{
	const char *const *phrases = NULL;

	voice_read_phrases(&check->source, check->path, &phrases);
}

static void check_words(struct check *check)
{
	struct vocabulary vocabulary = { 0 };

	words_read(&check->source, check->path, &vocabulary);
}

static void check_answers(struct check *check)
{
	const struct voice_answer *answers = NULL;

	topics_read(&check->source, check->path, NULL, &answers);
}

static void check_settings(struct check *check)
{
	const struct settings *settings = NULL;

	check->source.status = settings_load(
			check->source.arena, check->path, &settings, check->source.diag);
}

static void check_cast(struct check *check)
{
	const struct cast *cast = NULL;

	check->source.status =
			cast_load(check->source.arena, check->path, &cast, check->source.diag);
}

static void check_profile(struct check *check)
{
	struct profile profile = { .word = NULL };

	profile_read(&check->source, check->path, &profile);
}

static void check_safewords(struct check *check)
{
	const char *const *words = NULL;
	size_t count = 0;

	safeword_read(&check->source, check->path, &words, &count);
}

/* A file is what its keys say; a lexicon and phrases have no key of their own, but a fixed name. */
struct kind {
	const char *key; /* NULL: by stem */
	const char *stem;
	void (*check)(struct check *check);
};

static const struct kind kinds[] = {
	{ NULL, "lexicon", check_lexicon },
	{ NULL, "phrases", check_phrases },
	{ "session", NULL, check_session },
	{ "unit", NULL, check_unit },
	{ "part", NULL, check_part },
	{ "speech", NULL, check_speech },
	{ "intents", NULL, check_words },
	{ "answers", NULL, check_answers },
	{ "settings", NULL, check_settings },
	{ "cast", NULL, check_cast },
	{ "person", NULL, check_profile },
	{ "safe-words", NULL, check_safewords },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))
#define KEYS_BYTES 120 /* of all their keys */

static bool is_kind(const struct kind *kind, const struct node *root, const char *stem)
{
	if (kind->key == NULL) {
		return strcmp(kind->stem, stem) == 0;
	}
	for (const struct node *item = root->first; item != NULL; item = item->next) {
		if (strcmp(item->key->text, kind->key) == 0) {
			return true;
		}
	}
	return false;
}

static void refuse_unknown(struct source *source, const struct node *root)
{
	char keys[KEYS_BYTES] = "";
	size_t length = 0;

	for (size_t i = 0; i < KINDS && length < sizeof(keys); i++) {
		if (kinds[i].key != NULL) {
			length += (size_t)snprintf(&keys[length], sizeof(keys) - length, "%s%s",
					length > 0 ? ", " : "", kinds[i].key);
		}
	}
	tree_refuse(source, root, "cannot tell what this is: there is none of the keys %s", keys);
}

static void check_any(struct check *check)
{
	const struct node *root = tree_read(&check->source, check->path);

	check->stem = find_stem(&check->source, check->path);
	if (root == NULL || check->stem == NULL) {
		return;
	}
	field_kind(&check->source, root, NODE_MAP);
	for (size_t i = 0; check->source.status == STATUS_OK && i < KINDS; i++) {
		if (is_kind(&kinds[i], root, check->stem)) {
			kinds[i].check(check);
			return;
		}
	}
	refuse_unknown(&check->source, root);
}

enum status script_check(const char *folder, const char *path, const struct vocabulary *vocabulary,
		struct diag *diag)
{
	struct arena *arena = arena_create();
	struct check check = {
		.source = { .arena = arena, .path = path, .diag = diag },
		.folder = folder,
		.path = path,
		.vocabulary = vocabulary,
	};

	if (arena == NULL) {
		tree_no_memory(&check.source);
	} else {
		check_any(&check);
	}
	arena_destroy(arena);
	return check.source.status;
}
