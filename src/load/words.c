/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/words.h"

#include "ease/rules.h"
#include "load/field.h"
#include "load/phones.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PHRASES_MAX 1000
#define PHRASE_BYTES 60 /* struct hearing has room for 64 */
#define DICTIONARY_MAX 2000
#define CONTEXTS_MAX 64
#define VALUES_MAX 64 /* sessions or topics */
#define VARIANTS_MAX 16
#define STREAMS 3      /* of features, of the acoustic model */
#define STREAM_SIZE 13 /* numbers in each */

static const char *const fixed_contexts[CONTEXT_FIXED_COUNT] = {
	[CONTEXT_TOUCH] = "touch",
	[CONTEXT_RATING] = "rating",
	[CONTEXT_YESNO] = "yesno",
	[CONTEXT_IDLE] = "idle",
	[CONTEXT_PAUSED] = "paused",
};

struct words {
	struct source *source;
	struct vocabulary *out;
	struct heard_phrase *phrases;
	const struct node **nodes; /* where each phrase stands */
	struct pronunciation *dictionary;
};

/* The dictionary */

/* Whether text is letters and apostrophes, and blanks between words if these are allowed. */
static bool is_spoken(const char *text, bool blanks)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz'";
	const char *at = text;

	for (;;) {
		const size_t length = strspn(at, letters);
		if (length == 0) {
			return false;
		}
		at += length;
		if (*at == '\0') {
			return true;
		}
		if (*at != ' ' || !blanks) {
			return false;
		}
		at++;
	}
}

static void add_pronunciation(struct words *words, const struct node *node)
{
	const char *phones = NULL;

	field_text(words->source, node, 120, &phones);
	if (words->source->status != STATUS_OK) {
		return;
	}
	const char *wrong = phones_wrong(phones);
	if (wrong != NULL) {
		tree_refuse(words->source, node, "%s: \"%.*s\" is no phone of ARPAbet",
				node->key->text, (int)strcspn(wrong, " "), wrong);
		return;
	}
	if (words->out->dictionary_count == DICTIONARY_MAX) {
		tree_refuse(words->source, node, "more than %d pronunciations", DICTIONARY_MAX);
		return;
	}
	words->dictionary[words->out->dictionary_count++] = (struct pronunciation){
		.word = node->key->text,
		.phonemes = phones,
	};
}

static void read_dictionary(struct words *words, const struct node *map)
{
	struct source *source = words->source;

	words->dictionary = tree_array(source, DICTIONARY_MAX, sizeof(*words->dictionary));
	field_many(source, map, NODE_MAP, DICTIONARY_MAX);
	if (source->status != STATUS_OK) {
		return;
	}
	for (const struct node *word = map->first; word != NULL; word = word->next) {
		if (!is_spoken(word->key->text, false)) {
			tree_refuse(source, word->key,
					"\"%.40s\" is no word: lower case letters only",
					word->key->text);
		}
		if (word->kind == NODE_TEXT) {
			add_pronunciation(words, word);
			continue;
		}
		field_many(source, word, NODE_LIST, VARIANTS_MAX);
		const struct node *item = source->status == STATUS_OK ? word->first : NULL;
		for (; item != NULL; item = item->next) {
			add_pronunciation(words, item);
		}
	}
	words->out->dictionary = words->dictionary;
}

static bool is_in_dictionary(const struct words *words, const char *word, size_t length)
{
	for (size_t i = 0; i < words->out->dictionary_count; i++) {
		const char *known = words->dictionary[i].word;
		if (strncmp(known, word, length) == 0 && known[length] == '\0') {
			return true;
		}
	}
	return false;
}

/* Intents */

static void check_words(struct words *words, const struct node *node, const char *text)
{
	for (const char *at = text; *at != '\0';) {
		const size_t length = strcspn(at, " ");
		if (!is_in_dictionary(words, at, length)) {
			tree_refuse(words->source, node,
					"\"%.*s\" does not stand in the dictionary", (int)length,
					at);
			return;
		}
		at += length;
		at += *at == ' ';
	}
}

static void add_phrases(
		struct words *words, const struct node *list, enum intent intent, int32_t value)
{
	struct source *source = words->source;

	field_many(source, list, NODE_LIST, PHRASES_MAX);
	const struct node *item = source->status == STATUS_OK ? list->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		const char *text = NULL;
		field_text(source, item, PHRASE_BYTES, &text);
		if (source->status != STATUS_OK) {
			return;
		}
		if (!is_spoken(text, true)) {
			tree_refuse(source, item, "\"%.50s\" is no phrase: lower case words only",
					text);
		} else if (words->out->phrase_count == PHRASES_MAX) {
			tree_refuse(source, item, "more than %d phrases", PHRASES_MAX);
		} else {
			check_words(words, item, text);
			words->nodes[words->out->phrase_count] = item;
			words->phrases[words->out->phrase_count++] =
					(struct heard_phrase){ text, intent, value };
		}
	}
}

/* Values that have fixed names: numbers, signs. */
static void read_fixed(struct words *words, const struct node *map, enum intent intent,
		const char *const *names, size_t count)
{
	struct source *source = words->source;

	field_many(source, map, NODE_MAP, count);
	const struct node *item = source->status == STATUS_OK ? map->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		size_t value = 0;
		field_word(source, item->key, names, count, &value);
		add_phrases(words, item, intent, (int32_t)value);
	}
}

static void read_ratings(struct words *words, const struct node *map)
{
	static const char *const numbers[RATING_MAX + 1] = { "0", "1", "2", "3", "4", "5", "6", "7",
		"8", "9", "10" };

	read_fixed(words, map, INTENT_RATING, numbers, RATING_MAX + 1);
}

static void read_signs(struct words *words, const struct node *map)
{
	const char *names[SIGN_COUNT];

	for (size_t i = 0; i < SIGN_COUNT; i++) {
		names[i] = sign_name((enum sign)i);
	}
	read_fixed(words, map, INTENT_PAIN, names, SIGN_COUNT);
}

/* "shorter", "longer", or minutes from 5 to 15. */
static void read_lengths(struct words *words, const struct node *map)
{
	static const char *const names[] = { [LENGTH_SHORTER] = "shorter",
		[LENGTH_LONGER] = "longer",
		"5",
		"6",
		"7",
		"8",
		"9",
		"10",
		"11",
		"12",
		"13",
		"14",
		"15" };
	const size_t first = words->out->phrase_count;

	read_fixed(words, map, INTENT_LENGTH, names, sizeof(names) / sizeof(names[0]));
	for (size_t i = first; i < words->out->phrase_count; i++) {
		int32_t *value = &words->phrases[i].value;
		if (*value >= LENGTH_WISHES) {
			*value += TOUCH_MIN_S / 60 - LENGTH_WISHES;
		}
	}
}

static void read_words_wishes(struct words *words, const struct node *map)
{
	static const char *const names[WORDS_WISHES] = {
		[WORDS_FULL] = "full",
		[WORDS_SHORT] = "short",
		[WORDS_TONES] = "tones",
		[WORDS_LESS] = "less",
		[WORDS_MORE] = "more",
	};

	read_fixed(words, map, INTENT_WORDS, names, WORDS_WISHES);
}

/* The names of sessions, topics or choices become the values of their intent. */
static void read_values(struct words *words, const struct node *map, enum intent intent)
{
	struct source *source = words->source;
	const char **names = tree_array(source, VALUES_MAX, sizeof(*names));
	size_t count = 0;

	field_many(source, map, NODE_MAP, VALUES_MAX);
	const struct node *item = source->status == STATUS_OK ? map->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		field_name(source, item->key, &names[count]);
		add_phrases(words, item, intent, (int32_t)count);
		count++;
	}
	if (intent == INTENT_START) {
		words->out->sessions = names;
		words->out->session_count = count;
	} else if (intent == INTENT_CHOICE) {
		words->out->choices = names;
		words->out->choice_count = count;
	} else {
		words->out->topics = names;
		words->out->topic_count = count;
	}
}

static void intent_names(const char *names[static INTENT_COUNT])
{
	names[INTENT_NONE] = NULL;
	for (size_t i = INTENT_NONE + 1; i < INTENT_COUNT; i++) {
		names[i] = intent_name((enum intent)i);
	}
}

static void read_intents(struct words *words, const struct node *map)
{
	struct source *source = words->source;
	const char *names[INTENT_COUNT];

	intent_names(names);
	words->phrases = tree_array(source, PHRASES_MAX, sizeof(*words->phrases));
	words->nodes = tree_array(source, PHRASES_MAX, sizeof(void *));
	field_many(source, map, NODE_MAP, INTENT_COUNT);
	const struct node *item = source->status == STATUS_OK ? map->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		size_t intent = INTENT_NONE;
		field_word(source, item->key, names, INTENT_COUNT, &intent);
		if (intent == INTENT_RATING) {
			read_ratings(words, item);
		} else if (item->kind == NODE_MAP && intent == INTENT_PAIN) {
			read_signs(words, item);
		} else if (intent == INTENT_LENGTH) {
			read_lengths(words, item);
		} else if (intent == INTENT_WORDS) {
			read_words_wishes(words, item);
		} else if (item->kind == NODE_MAP &&
				(intent == INTENT_START || intent == INTENT_ASK ||
						intent == INTENT_CHOICE)) {
			read_values(words, item, (enum intent)intent);
		} else {
			add_phrases(words, item, (enum intent)intent, -1);
		}
	}
	words->out->phrases = words->phrases;
}

/* Contexts */

/* "choice left" */
static bool is_choice(const struct vocabulary *vocabulary, const struct heard_phrase *phrase,
		const char *entry)
{
	static const char choice[] = "choice ";

	return phrase->intent == INTENT_CHOICE && phrase->value >= 0 &&
	       strncmp(entry, choice, sizeof(choice) - 1) == 0 &&
	       strcmp(entry + sizeof(choice) - 1, vocabulary->choices[phrase->value]) == 0;
}

/* Whether an entry of a context names phrase: by its intent, by its text, by what is chosen, or by
 * "its first words *". */
static bool is_named(const struct vocabulary *vocabulary, const struct heard_phrase *phrase,
		const char *entry)
{
	const size_t length = strlen(entry);

	if (is_choice(vocabulary, phrase, entry)) {
		return true;
	}
	if (intent_from_name(entry) != INTENT_NONE) {
		return intent_from_name(entry) == phrase->intent;
	}
	if (length > 2 && strcmp(entry + length - 2, " *") == 0) {
		return strncmp(phrase->text, entry, length - 1) == 0;
	}
	return strcmp(phrase->text, entry) == 0;
}

static void check_context(struct words *words, const struct node *list, const bool *chosen)
{
	bool stop = false;

	for (size_t i = 0; i < words->out->phrase_count; i++) {
		stop = stop || (chosen[i] && words->phrases[i].intent == INTENT_STOP);
		for (size_t j = 0; chosen[i] && j < i; j++) {
			if (chosen[j] && strcmp(words->phrases[i].text, words->phrases[j].text) ==
							 0) {
				tree_refuse(words->source, words->nodes[i],
						"\"%s\" means two things in the context \"%.40s\": it "
						"stands in line %d",
						words->phrases[i].text, list->key->text,
						words->nodes[j]->line);
				return;
			}
		}
	}
	if (!stop) {
		tree_refuse(words->source, list->key, "the context \"%.40s\" must hear \"stop\"",
				list->key->text);
	}
}

/* Marks in chosen which phrases list names. */
static void choose(struct words *words, const struct node *list, bool *chosen)
{
	struct source *source = words->source;

	field_many(source, list, NODE_LIST, PHRASES_MAX);
	const struct node *item = source->status == STATUS_OK ? list->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		bool found = false;
		field_kind(source, item, NODE_TEXT);
		for (size_t i = 0; source->status == STATUS_OK && i < words->out->phrase_count;
				i++) {
			const bool named = is_named(words->out, &words->phrases[i], item->text);
			chosen[i] = chosen[i] || named;
			found = found || named;
		}
		if (!found) {
			const char *names[INTENT_COUNT];
			intent_names(names);
			field_refuse_word(source, item, "intent or phrase", names, INTENT_COUNT);
		}
	}
}

static void read_context(struct words *words, const struct node *list, struct heard_context *out)
{
	struct source *source = words->source;
	bool chosen[PHRASES_MAX] = { false };

	field_name(source, list->key, &out->name);
	choose(words, list, chosen);
	uint16_t *phrases = tree_array(source, words->out->phrase_count, sizeof(*phrases));
	if (phrases == NULL) {
		return;
	}
	check_context(words, list, chosen);
	for (size_t i = 0; i < words->out->phrase_count; i++) {
		if (chosen[i]) {
			phrases[out->phrase_count++] = (uint16_t)i;
		}
	}
	out->phrases = phrases;
}

static bool is_fixed(const char *name)
{
	for (size_t i = 0; i < CONTEXT_FIXED_COUNT; i++) {
		if (strcmp(name, fixed_contexts[i]) == 0) {
			return true;
		}
	}
	return false;
}

static const struct node *member(const struct node *map, const char *key)
{
	const struct node *item = map->first;

	while (item != NULL && strcmp(item->key->text, key) != 0) {
		item = item->next;
	}
	return item;
}

static void read_contexts(struct words *words, const struct node *map)
{
	struct source *source = words->source;
	struct heard_context *contexts = tree_array(source, CONTEXTS_MAX, sizeof(*contexts));
	size_t count = 0;

	field_many(source, map, NODE_MAP, CONTEXTS_MAX);
	for (; source->status == STATUS_OK && count < CONTEXT_FIXED_COUNT; count++) {
		const struct node *fixed = member(map, fixed_contexts[count]);
		if (fixed == NULL) {
			tree_refuse(source, map, "the context \"%s\" is missing",
					fixed_contexts[count]);
		} else {
			read_context(words, fixed, &contexts[count]);
		}
	}
	const struct node *item = source->status == STATUS_OK ? map->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		if (!is_fixed(item->key->text)) {
			read_context(words, item, &contexts[count++]);
		}
	}
	words->out->contexts = contexts;
	words->out->context_count = count;
}

/* Thresholds */

static void read_threshold(struct source *source, const struct node *map, struct threshold *out)
{
	static const struct field fields[] = { { "accept", true }, { "doubt", true } };
	const struct node *at[2];

	field_map(source, map, fields, 2, at);
	field_ratio(source, at[0], &out->accept);
	field_ratio(source, at[1], &out->doubt);
	if (source->status == STATUS_OK && out->doubt > out->accept) {
		tree_refuse(source, at[1], "doubt: must not be above accept");
	}
}

static void read_thresholds(struct words *words, const struct node *map)
{
	struct source *source = words->source;
	struct vocabulary *out = words->out;
	const char *names[INTENT_COUNT];
	bool given[INTENT_COUNT] = { false };

	intent_names(names);
	names[INTENT_NONE] = "default";
	field_many(source, map, NODE_MAP, INTENT_COUNT);
	const struct node *item = source->status == STATUS_OK ? map->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		size_t intent = INTENT_NONE;
		field_word(source, item->key, names, INTENT_COUNT, &intent);
		read_threshold(source, item, &out->thresholds[intent]);
		given[intent] = true;
	}
	for (size_t i = 0; i < out->phrase_count && source->status == STATUS_OK; i++) {
		const enum intent intent = out->phrases[i].intent;
		if (!given[intent] && !given[INTENT_NONE]) {
			tree_refuse(source, map, "the threshold of \"%s\" is missing",
					intent_name(intent));
		}
	}
	for (size_t i = INTENT_NONE + 1; i < INTENT_COUNT; i++) {
		if (!given[i]) {
			out->thresholds[i] = out->thresholds[INTENT_NONE];
		}
	}
	out->thresholds[INTENT_NONE] = (struct threshold){ 0 };
}

/* Adaptation */

static bool next_number(FILE *file, double *out)
{
	char token[64];
	char *end = NULL;

	if (fscanf(file, "%63s", token) != 1) {
		return false;
	}
	*out = strtod(token, &end);
	return *end == '\0' && isfinite(*out);
}

static bool next_is(FILE *file, double wanted)
{
	double number = 0.0;

	return next_number(file, &number) && number == wanted;
}

/* PocketSphinx reads the file without looking closely, and believes what it says of its size. */
static bool is_transform(const char *path)
{
	FILE *file = fopen(path, "re");
	double number = 0.0;

	if (file == NULL) {
		return false;
	}
	bool fits = next_is(file, 1.0) && next_is(file, STREAMS);
	for (int stream = 0; stream < STREAMS && fits; stream++) {
		fits = next_is(file, STREAM_SIZE);
		/* A square matrix, an offset, and scales of the variances. */
		for (int i = 0; i < STREAM_SIZE * (STREAM_SIZE + 2) && fits; i++) {
			fits = next_number(file, &number);
		}
	}
	fits = fits && !next_number(file, &number) && feof(file) != 0;
	(void)fclose(file);
	return fits;
}

static void read_adaptation(struct source *source, const struct node *node, const char **out)
{
	const char *name = NULL;

	field_text(source, node, NAME_MAX, &name);
	field_beside(source, node, name, "MLLR transform", out);
	if (source->status != STATUS_OK) {
		return;
	}
	errno = 0;
	if (is_transform(*out)) {
		return;
	}
	if (errno == ENOMEM) {
		tree_no_memory(source);
	} else {
		tree_refuse(source, node,
				"\"%s\" is no MLLR transform of one class and %d streams of %d, as "
				"tests/listen/adapt.py writes it",
				name, STREAMS, STREAM_SIZE);
	}
}

void words_read(struct source *source, const char *path, struct vocabulary *out)
{
	enum { INTENTS, CONTEXTS, THRESHOLDS, DICTIONARY, ADAPTATION, KEYS };
	static const struct field fields[KEYS] = {
		[INTENTS] = { "intents", true },
		[CONTEXTS] = { "contexts", true },
		[THRESHOLDS] = { "thresholds", true },
		[DICTIONARY] = { "dictionary", true },
		[ADAPTATION] = { "adaptation", false },
	};
	const struct node *at[KEYS];
	struct words words = { .source = source, .out = out };

	const struct node *root = tree_read(source, path);
	if (root == NULL) {
		return;
	}
	field_map(source, root, fields, KEYS, at);
	if (source->status == STATUS_OK) {
		read_dictionary(&words, at[DICTIONARY]);
	}
	if (source->status == STATUS_OK) {
		read_intents(&words, at[INTENTS]);
	}
	if (source->status == STATUS_OK) {
		read_contexts(&words, at[CONTEXTS]);
	}
	if (source->status == STATUS_OK) {
		read_thresholds(&words, at[THRESHOLDS]);
	}
	if (source->status == STATUS_OK && at[ADAPTATION] != NULL) {
		read_adaptation(source, at[ADAPTATION], &out->adaptation);
	}
}
