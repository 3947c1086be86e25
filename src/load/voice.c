/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/voice.h"
#include "ease/loader.h"
#include "ease/phrase.h"
#include "ease/text.h"
#include "load/field.h"
#include "load/spoken.h"
#include "load/topics.h"
#include "load/words.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define LANGUAGE_DEFAULT "en"
#define LEXICON_MAX 2000

/* What S163 allows the stop signs to take. */
#define STOP_SIGNS_MAX_MS 30000

/* Joins folder/language/file; "" after a refusal. */
static void join(struct source *source, const char *folder, const char *language, const char *file,
		char out[static PATH_MAX])
{
	const int length = snprintf(out, PATH_MAX, "%s/%s/%s", folder, language, file);

	if (length < 0 || length >= PATH_MAX) {
		out[0] = '\0';
		tree_refuse(source, NULL, "the path of the voice is too long");
	}
}

void voice_read_speech(struct source *source, const char *path, struct voice_speech *out)
{
	enum { FILE_NAME, RATE, RANGE, SENTENCE_GAP, GAIN, KEYS };
	static const struct field fields[KEYS] = {
		[FILE_NAME] = { "file", true },
		[RATE] = { "rate", true },
		[RANGE] = { "range", true },
		[SENTENCE_GAP] = { "sentence-gap", true },
		[GAIN] = { "gain", false },
	};
	static const struct field top_fields[] = { { "speech", true } };
	static const struct limits rate = { { VOICE_RATE_MIN, VOICE_RATE_MAX }, "words a minute" };
	static const struct limits range = { { 0, 100 }, NULL };
	static const struct limits sentence_gap = { { 0, 5000 }, NULL };
	const struct node *top[1];
	const struct node *at[KEYS];
	const char *name = NULL;

	const struct node *root = tree_read(source, path);
	if (root == NULL) {
		return;
	}
	field_map(source, root, top_fields, 1, top);
	if (source->status != STATUS_OK) {
		return;
	}
	field_map(source, top[0], fields, KEYS, at);
	field_name(source, at[FILE_NAME], &name);
	field_beside(source, at[FILE_NAME], name, "eSpeak voice file", &out->voice_path);
	field_int(source, at[RATE], &rate, &out->rate_wpm);
	field_int(source, at[RANGE], &range, &out->pitch_range);
	field_length(source, at[SENTENCE_GAP], &sentence_gap, &out->sentence_gap_ms);
	field_decibel(source, at[GAIN], -20.0, 12.0, &out->gain_db);
}

/* eSpeak's mnemonics are printable ASCII; brackets would end them. */
static bool is_phonemes(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text <= ' ' || *text > '~' || strchr("[]<>&", *text) != NULL) {
			return false;
		}
	}
	return true;
}

static bool is_word(const char *text)
{
	return text[0] != '\0' && strspn(text, "abcdefghijklmnopqrstuvwxyz'") == strlen(text);
}

void voice_read_lexicon(struct source *source, const char *path, struct voice_speech *out)
{
	size_t count = 0;

	const struct node *root = tree_read(source, path);
	if (root == NULL) {
		return;
	}
	field_many(source, root, NODE_MAP, LEXICON_MAX);
	struct pronunciation *lexicon = tree_array(source, root->count, sizeof(*lexicon));
	const struct node *item = lexicon != NULL ? root->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		lexicon[count].word = item->key->text;
		field_text(source, item, 60, &lexicon[count].phonemes);
		if (!is_word(item->key->text)) {
			tree_refuse(source, item->key,
					"\"%.40s\" is no word: lower case letters and apostrophes only",
					item->key->text);
		} else if (source->status == STATUS_OK && !is_phonemes(lexicon[count].phonemes)) {
			tree_refuse(source, item, "\"%.40s\" are no phoneme mnemonics of eSpeak",
					lexicon[count].phonemes);
		}
		count++;
	}
	out->lexicon = lexicon;
	out->lexicon_count = count;
}

void voice_read_phrases(struct source *source, const char *path, const char *const **out)
{
	struct field fields[PHRASE_COUNT];
	const struct node *at[PHRASE_COUNT];

	const struct node *root = tree_read(source, path);
	const char **phrases = tree_array(source, PHRASE_COUNT, sizeof(*phrases));
	if (root == NULL || phrases == NULL) {
		return;
	}
	for (size_t i = 0; i < PHRASE_COUNT; i++) {
		fields[i] = (struct field){ phrase_key((enum phrase)i), true };
	}
	field_map(source, root, fields, PHRASE_COUNT, at);
	for (size_t i = 0; i < PHRASE_COUNT && source->status == STATUS_OK; i++) {
		spoken_text(source, at[i], SPOKEN_PHRASE, SESSION_TOUCH, &phrases[i]);
	}
	const char *signs = phrases[PHRASE_STOP_SIGNS_BEFORE_DEEP];
	if (source->status == STATUS_OK && text_duration_ms(signs) > STOP_SIGNS_MAX_MS) {
		tree_refuse(source, at[PHRASE_STOP_SIGNS_BEFORE_DEEP],
				"the stop signs take %d s, at most %d s are allowed (S163)",
				text_duration_ms(signs) / 1000, STOP_SIGNS_MAX_MS / 1000);
	}
	if (source->status == STATUS_OK) {
		*out = phrases;
	}
}

static void read_voice(struct source *source, const char *folder, const char *language,
		const char *name, struct voice *out)
{
	char file[NAME_MAX];
	char path[PATH_MAX];

	out->speech.name = arena_string(source->arena, name);
	if (out->speech.name == NULL) {
		tree_no_memory(source);
	}
	(void)snprintf(file, sizeof(file), "%s.yaml", name);
	join(source, folder, language, file, path);
	voice_read_speech(source, path, &out->speech);
	join(source, folder, language, "lexicon.yaml", path);
	voice_read_lexicon(source, path, &out->speech);
	join(source, folder, language, "phrases.yaml", path);
	voice_read_phrases(source, path, &out->phrases);
	out->phrase_count = PHRASE_COUNT;
	join(source, folder, language, "words.yaml", path);
	words_read(source, path, &out->vocabulary);
	if (source->status == STATUS_OK && out->vocabulary.topic_count > 0) {
		join(source, folder, language, "answers.yaml", path);
		topics_read(source, path, &out->vocabulary, &out->answers);
	}
}

/* Splits "en/calm-warm"; false where that is no voice's name. */
static bool split_name(
		const char *name, char language[static VOICE_NAME_MAX + 1], const char **base)
{
	const char *slash = strchr(name, '/');

	*base = slash != NULL ? slash + 1 : name;
	if (slash == NULL) {
		(void)snprintf(language, VOICE_NAME_MAX + 1, "%s", LANGUAGE_DEFAULT);
	} else {
		(void)snprintf(language, VOICE_NAME_MAX + 1, "%.*s", (int)(slash - name), name);
	}
	return strlen(name) <= VOICE_NAME_MAX && field_is_name(language) && field_is_name(*base);
}

bool voice_is_name(const char *name)
{
	char language[VOICE_NAME_MAX + 1];
	const char *base;

	return split_name(name, language, &base);
}

enum status voice_load(struct arena *arena, const char *folder, const char *name,
		const struct voice **out, struct diag *diag)
{
	struct source source = { .arena = arena, .path = folder, .diag = diag };
	char language[VOICE_NAME_MAX + 1];
	const char *base;

	if (!split_name(name, language, &base)) {
		tree_refuse(&source, NULL, "\"%.60s\" is no name of a voice", name);
		return source.status;
	}
	struct voice *voice = tree_array(&source, 1, sizeof(*voice));
	if (voice != NULL) {
		read_voice(&source, folder, language, base, voice);
	}
	if (source.status == STATUS_OK) {
		*out = voice;
	}
	return source.status;
}
