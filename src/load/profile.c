/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/profile.h"

#include "load/field.h"
#include "load/phones.h"

#include <stdio.h>
#include <string.h>

#define VERSION "1"
#define SOUNDS_BYTES 120
#define WORDS_MAX 1000000
#define LEVEL_MAX_DB 120.0
#define CEPSTRUM_MAX 500.0

static const struct node *member(const struct node *map, const char *key)
{
	const struct node *item = map->kind == NODE_MAP ? map->first : NULL;

	while (item != NULL && strcmp(item->key->text, key) != 0) {
		item = item->next;
	}
	return item;
}

/* Before anything else: what another version means by its keys is not known. */
static void check_version(struct source *source, const struct node *map)
{
	const struct node *version = member(map, "version");

	if (version == NULL) {
		return; /* the key is missing, which is said with the others */
	}
	field_kind(source, version, NODE_TEXT);
	if (source->status == STATUS_OK && strcmp(version->text, VERSION) != 0) {
		tree_refuse(source, version,
				"version: \"%.20s\" is not " VERSION
				", the one that this program knows; the file is left as it is",
				version->text);
	}
}

static bool is_word(const char *text)
{
	const size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz'");

	return length > 0 && length <= PROFILE_WORD_MAX && text[length] == '\0';
}

static void read_sounds(struct source *source, const struct node *list, struct profile *out)
{
	const char **sounds = tree_array(source, PROFILE_SOUNDS_MAX, sizeof(*sounds));

	field_many(source, list, NODE_LIST, PROFILE_SOUNDS_MAX);
	const struct node *item = source->status == STATUS_OK ? list->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		const char *wrong = NULL;
		field_text(source, item, SOUNDS_BYTES, &sounds[out->sound_count]);
		if (source->status != STATUS_OK) {
			return;
		}
		wrong = phones_wrong(sounds[out->sound_count++]);
		if (wrong != NULL) {
			tree_refuse(source, item, "sounds: \"%.*s\" is no phone of ARPAbet",
					(int)strcspn(wrong, " "), wrong);
		}
	}
	out->sounds = sounds;
}

static void read_word(struct source *source, const struct node *word, const struct node *sounds,
		struct profile *out)
{
	if (word == NULL) {
		if (sounds != NULL) {
			tree_refuse(source, sounds, "sounds: there is no safe-word to be said so");
		}
		return;
	}
	field_text(source, word, PROFILE_WORD_MAX, &out->word);
	if (source->status == STATUS_OK && !is_word(out->word)) {
		tree_refuse(source, word,
				"safe-word: \"%.40s\" is no word: lower case letters only",
				out->word);
	} else if (source->status == STATUS_OK && sounds == NULL) {
		tree_refuse(source, word, "safe-word: the key \"sounds\" is missing");
	} else if (source->status == STATUS_OK) {
		read_sounds(source, sounds, out);
	}
}

static void read_mean(struct source *source, const struct node *list, double *out)
{
	size_t i = 0;

	field_kind(source, list, NODE_LIST);
	if (source->status == STATUS_OK && list->count != PROFILE_CEPSTRA) {
		tree_refuse(source, list, "mean: has %zu numbers, %d are needed", list->count,
				PROFILE_CEPSTRA);
	}
	const struct node *item = source->status == STATUS_OK ? list->first : NULL;
	for (; item != NULL; item = item->next) {
		field_number(source, item, -CEPSTRUM_MAX, CEPSTRUM_MAX, &out[i++]);
	}
}

static void read_hearing(struct source *source, const struct node *map, struct profile_hearing *out)
{
	enum { WORDS, SPEECH, NOISE, MEAN, KEYS };
	static const struct field fields[KEYS] = {
		[WORDS] = { "words", true },
		[SPEECH] = { "speech", true },
		[NOISE] = { "noise", true },
		[MEAN] = { "mean", true },
	};
	static const struct limits words = { { 1, WORDS_MAX }, NULL };
	const struct node *at[KEYS];

	if (map == NULL) {
		return;
	}
	field_map(source, map, fields, KEYS, at);
	if (source->status == STATUS_OK) {
		field_int(source, at[WORDS], &words, &out->words);
		field_decibel(source, at[SPEECH], 0.0, LEVEL_MAX_DB, &out->speech_db);
		field_decibel(source, at[NOISE], 0.0, LEVEL_MAX_DB, &out->noise_db);
		read_mean(source, at[MEAN], out->mean);
	}
}

void profile_read(struct source *source, const char *path, struct profile *out)
{
	enum { VERSION_KEY, WORD, SOUNDS, HEARING, KEYS };
	static const struct field fields[KEYS] = {
		[VERSION_KEY] = { "version", true },
		[WORD] = { "safe-word", false },
		[SOUNDS] = { "sounds", false },
		[HEARING] = { "hearing", false },
	};
	static const struct field top_fields[] = { { "person", true } };
	const struct node *top[1];
	const struct node *at[KEYS];

	const struct node *root = tree_read(source, path);
	if (root == NULL) {
		return;
	}
	field_map(source, root, top_fields, 1, top);
	if (source->status == STATUS_OK) {
		check_version(source, top[0]);
	}
	if (source->status == STATUS_OK) {
		field_map(source, top[0], fields, KEYS, at);
	}
	if (source->status == STATUS_OK) {
		read_word(source, at[WORD], at[SOUNDS], out);
		read_hearing(source, at[HEARING], &out->hearing);
	}
}

enum status profile_path(const char *folder, char *out, size_t size)
{
	const int length = snprintf(out, size, "%s/" PROFILE_FILE, folder);

	return length >= 0 && (size_t)length < size ? STATUS_OK : STATUS_NO_SPACE;
}

enum status profile_load(struct arena *arena, const char *path, const struct profile **out,
		struct diag *diag)
{
	struct source source = { .arena = arena, .path = path, .diag = diag };
	struct profile *profile = tree_array(&source, 1, sizeof(*profile));

	if (profile != NULL) {
		profile_read(&source, path, profile);
	}
	if (source.status == STATUS_NOT_FOUND) {
		*diag = (struct diag){ .line = 0 };
		source.status = STATUS_OK;
	}
	if (source.status == STATUS_OK) {
		*out = profile;
	}
	return source.status;
}
