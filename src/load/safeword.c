/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/safeword.h"

#include "ease/profile.h"
#include "load/coach.h"
#include "load/field.h"
#include "load/phones.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * How near is too near, as phones_distance() counts. A command that is taken for the word stops the
 * session for nothing; the word taken for a command does not stop it.
 */
#define SAME 0.75        /* nobody can tell them apart */
#define NEAR_COMMAND 1.7 /* now and then one is taken for the other */
#define NEAR_WORD 1.2    /* the same for what the coach or other people say */
#define PHONES_MIN 5     /* fewer are little to go by */

#define LIST_MAX 200
#define PHRASE_SOUNDS 512

enum kind {
	KIND_COMMAND,
	KIND_COACH,
	KIND_OTHER,
	KIND_COUNT,
};

/* The nearest of one kind. */
struct nearest {
	double distance;
	const char *text;
	enum intent intent;
};

struct judge {
	struct arena *arena;
	const struct safeword_world *world;
	const char *word;
	const char *sounds[PROFILE_SOUNDS_MAX];
	size_t sound_count;
	const char *const *coach; /* all the words that the coach says, sorted */
	size_t coach_count;
	struct nearest nearest[KIND_COUNT];
};

static void compare(struct judge *judge, enum kind kind, const char *text, const char *sounds,
		enum intent intent)
{
	struct nearest *nearest = &judge->nearest[kind];

	for (size_t i = 0; i < judge->sound_count; i++) {
		const double distance = phones_distance(judge->sounds[i], sounds);
		if (distance < nearest->distance) {
			*nearest = (struct nearest){ distance, text, intent };
		}
	}
}

/* The dictionary */

static const char *word_end(const char *line)
{
	return line + strcspn(line, " (\t");
}

/* The phones behind the word, without the line's end; NULL: there are none. */
static const char *phones_of(char *line)
{
	char *blank = strchr(line, ' ');

	if (blank == NULL) {
		return NULL;
	}
	blank += strspn(blank, " ");
	blank[strcspn(blank, "\r\n")] = '\0';
	return blank;
}

static enum status keep_sounds(struct judge *judge, const char *sounds)
{
	if (judge->sound_count == PROFILE_SOUNDS_MAX) {
		return STATUS_OK;
	}
	const char *copy = arena_string(judge->arena, sounds);
	if (copy == NULL) {
		return STATUS_NO_MEM;
	}
	judge->sounds[judge->sound_count++] = copy;
	return STATUS_OK;
}

/* Passes every line to take until one is not taken. */
static enum status read_dictionary(struct judge *judge, struct diag *diag,
		enum status (*take)(struct judge *judge, const char *word, const char *sounds))
{
	char line[256];
	enum status status = STATUS_OK;
	FILE *file = fopen(judge->world->dictionary, "re");
	if (file == NULL) {
		diag_set(diag, judge->world->dictionary, 0, 0,
				"cannot read the dictionary: %s; the package pocketsphinx-en-us "
				"has it",
				strerrordesc_np(errno));
		return STATUS_NOT_FOUND;
	}
	while (status == STATUS_OK && fgets(line, sizeof(line), file) != NULL) {
		const char *sounds = phones_of(line);
		line[word_end(line) - line] = '\0';
		if (sounds != NULL) {
			status = take(judge, line, sounds);
		}
	}
	if (status == STATUS_OK && ferror(file) != 0) {
		diag_set(diag, judge->world->dictionary, 0, 0, "cannot be read to its end");
		status = STATUS_BACKEND;
	}
	(void)fclose(file); /* it was only read */
	return status;
}

static enum status take_own(struct judge *judge, const char *word, const char *sounds)
{
	const bool own = strcmp(word, judge->word) == 0 && phones_wrong(sounds) == NULL;

	return own ? keep_sounds(judge, sounds) : STATUS_OK;
}

static int order(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static const char *coach_says(const struct judge *judge, const char *word)
{
	const char *const *found =
			bsearch(&word, judge->coach, judge->coach_count, sizeof(word), order);

	return found != NULL ? *found : NULL;
}

/* What a word means by itself. */
static enum intent meaning(const struct judge *judge, const char *word)
{
	const struct vocabulary *vocabulary = &judge->world->voice->vocabulary;

	for (size_t i = 0; i < vocabulary->phrase_count; i++) {
		if (strcmp(vocabulary->phrases[i].text, word) == 0) {
			return vocabulary->phrases[i].intent;
		}
	}
	return INTENT_NONE;
}

static bool stops(enum intent intent)
{
	return intent == INTENT_STOP || intent == INTENT_PAIN;
}

static enum status take_coach(struct judge *judge, const char *word, const char *sounds)
{
	const char *said = coach_says(judge, word);

	if (said != NULL && strcmp(said, judge->word) != 0 && !stops(meaning(judge, said))) {
		compare(judge, KIND_COACH, said, sounds, INTENT_NONE);
	}
	return STATUS_OK;
}

/* The vocabulary */

/* How the first length letters are said; NULL: it is not known. */
static const char *first_sounds(
		const struct vocabulary *vocabulary, const char *word, size_t length)
{
	for (size_t i = 0; i < vocabulary->dictionary_count; i++) {
		const struct pronunciation *entry = &vocabulary->dictionary[i];
		if (strncmp(entry->word, word, length) == 0 && entry->word[length] == '\0') {
			return entry->phonemes;
		}
	}
	return NULL;
}

/* Writes how a phrase is said, each word in its first way; false where it does not fit. */
static bool phrase_sounds(
		const struct vocabulary *vocabulary, const char *phrase, char out[PHRASE_SOUNDS])
{
	size_t used = 0;

	for (const char *at = phrase; *at != '\0';) {
		const size_t length = strcspn(at, " ");
		const char *sounds = first_sounds(vocabulary, at, length);
		const int more = snprintf(out + used, PHRASE_SOUNDS - used, "%s%s",
				used > 0 ? " " : "", sounds != NULL ? sounds : "");
		if (sounds == NULL || more < 0 || (size_t)more >= PHRASE_SOUNDS - used) {
			return false;
		}
		used += (size_t)more;
		at += length;
		at += *at == ' ';
	}
	return used > 0;
}

static void compare_commands(struct judge *judge)
{
	const struct vocabulary *vocabulary = &judge->world->voice->vocabulary;

	for (size_t i = 0; i < vocabulary->phrase_count; i++) {
		const struct heard_phrase *phrase = &vocabulary->phrases[i];
		char sounds[PHRASE_SOUNDS];
		if (!stops(phrase->intent) && strchr(phrase->text, ' ') != NULL &&
				phrase_sounds(vocabulary, phrase->text, sounds)) {
			compare(judge, KIND_COMMAND, phrase->text, sounds, phrase->intent);
		}
	}
}

/* Words by themselves, in every way that they are said: commands, and what else people say. */
static void compare_words(struct judge *judge)
{
	const struct vocabulary *vocabulary = &judge->world->voice->vocabulary;

	for (size_t i = 0; i < vocabulary->dictionary_count; i++) {
		const struct pronunciation *entry = &vocabulary->dictionary[i];
		const enum intent intent = meaning(judge, entry->word);
		if (strcmp(entry->word, judge->word) != 0 && !stops(intent)) {
			compare(judge, intent == INTENT_NONE ? KIND_OTHER : KIND_COMMAND,
					entry->word, entry->phonemes, intent);
		}
	}
}

/* The verdict */

static enum status say(struct judge *judge, struct safeword *out, enum safeword_verdict verdict,
		const char *before, const char *quoted, const char *behind)
{
	char reason[200];

	(void)snprintf(reason, sizeof(reason), "%s\"%s\"%s", before, quoted, behind);
	out->verdict = verdict;
	out->reason = arena_string(judge->arena, reason);
	return out->reason != NULL ? STATUS_OK : STATUS_NO_MEM;
}

static const struct nearest *nearest_of_all(const struct judge *judge)
{
	const struct nearest *best = &judge->nearest[0];

	for (int i = 1; i < KIND_COUNT; i++) {
		best = judge->nearest[i].distance < best->distance ? &judge->nearest[i] : best;
	}
	return best;
}

static size_t fewest_phones(const struct judge *judge)
{
	size_t fewest = SIZE_MAX;

	for (size_t i = 0; i < judge->sound_count; i++) {
		const size_t count = phones_count(judge->sounds[i]);
		fewest = count < fewest ? count : fewest;
	}
	return fewest;
}

static enum status decide(struct judge *judge, struct safeword *out)
{
	const struct nearest *command = &judge->nearest[KIND_COMMAND];
	const struct nearest *coach = &judge->nearest[KIND_COACH];
	const struct nearest *other = &judge->nearest[KIND_OTHER];
	const enum intent means = meaning(judge, judge->word);

	if (means != INTENT_NONE && means != INTENT_STOP) {
		return say(judge, out, SAFEWORD_REFUSED, "to the coach it means ",
				intent_name(means), " already");
	}
	if (command->distance <= SAME) {
		return say(judge, out, SAFEWORD_REFUSED, "it cannot be told from ", command->text,
				", which means something else");
	}
	if (coach_says(judge, judge->word) != NULL) {
		return say(judge, out, SAFEWORD_RISKY, "the coach says ", judge->word,
				" itself, and might hear itself");
	}
	if (fewest_phones(judge) < PHONES_MIN) {
		return say(judge, out, SAFEWORD_RISKY, "", judge->word,
				" is short: longer words are heard better");
	}
	if (command->distance <= NEAR_COMMAND) {
		return say(judge, out, SAFEWORD_RISKY, "it sounds like ", command->text,
				", which means something else");
	}
	if (coach->distance <= NEAR_WORD) {
		return say(judge, out, SAFEWORD_RISKY, "it sounds like ", coach->text,
				", which the coach says");
	}
	if (other->distance <= NEAR_WORD) {
		return say(judge, out, SAFEWORD_RISKY, "it sounds like ", other->text,
				", which people often say");
	}
	return say(judge, out, SAFEWORD_GOOD, "nothing that is said here is like it; nearest is ",
			nearest_of_all(judge)->text, "");
}

/* In lower case; NULL with diag for what is no word. */
static const char *clean(struct arena *arena, const char *word, struct diag *diag)
{
	const size_t length = strlen(word);
	char *copy = length <= PROFILE_WORD_MAX ? arena_string(arena, word) : NULL;

	for (char *c = copy; c != NULL && *c != '\0'; c++) {
		if (*c >= 'A' && *c <= 'Z') {
			*c = (char)(*c - 'A' + 'a');
		}
	}
	if (copy == NULL || length == 0 || strspn(copy, "abcdefghijklmnopqrstuvwxyz'") != length) {
		diag_set(diag, NULL, 0, 0, "\"%.40s\" is no word: letters only, %d at most", word,
				PROFILE_WORD_MAX);
		return NULL;
	}
	return copy;
}

enum status safeword_judge(struct arena *arena, const struct safeword_world *world,
		const char *word, struct safeword *out, struct diag *diag)
{
	struct judge judge = { .arena = arena, .world = world };

	for (int i = 0; i < KIND_COUNT; i++) {
		judge.nearest[i].distance = HUGE_VAL;
	}
	judge.word = clean(arena, word, diag);
	if (judge.word == NULL) {
		return STATUS_BAD_DATA;
	}
	enum status status = read_dictionary(&judge, diag, take_own);
	if (status == STATUS_OK && judge.sound_count == 0) {
		diag_set(diag, NULL, 0, 0, "\"%s\" does not stand in the dictionary", judge.word);
		status = STATUS_NOT_FOUND;
	}
	if (status == STATUS_OK) {
		status = coach_words(arena, world, &judge.coach, &judge.coach_count, diag);
	}
	if (status == STATUS_OK) {
		status = read_dictionary(&judge, diag, take_coach);
	}
	if (status != STATUS_OK) {
		return status;
	}
	compare_commands(&judge);
	compare_words(&judge);
	const char **sounds = arena_array(arena, judge.sound_count, sizeof(*sounds));
	if (sounds == NULL) {
		return STATUS_NO_MEM;
	}
	memcpy(sounds, judge.sounds, judge.sound_count * sizeof(*sounds));
	*out = (struct safeword){
		.word = judge.word, .sounds = sounds, .sound_count = judge.sound_count
	};
	return decide(&judge, out);
}

void safeword_read(struct source *source, const char *path, const char *const **out, size_t *count)
{
	static const struct field fields[] = { { "safe-words", true } };
	const struct node *at[1];

	const struct node *root = tree_read(source, path);
	if (root == NULL) {
		return;
	}
	field_map(source, root, fields, 1, at);
	if (source->status == STATUS_OK) {
		field_many(source, at[0], NODE_LIST, LIST_MAX);
	}
	const char **words = tree_array(source, LIST_MAX, sizeof(*words));
	const struct node *item = source->status == STATUS_OK ? at[0]->first : NULL;
	for (*count = 0; item != NULL && source->status == STATUS_OK; item = item->next) {
		field_name(source, item, &words[(*count)++]);
	}
	*out = words;
}

enum status safeword_list(struct arena *arena, const char *folder, const char *voice,
		const char *const **out, size_t *count, struct diag *diag)
{
	struct source source = { .arena = arena, .path = folder, .diag = diag };
	char path[PATH_MAX];
	const char *slash = strchr(voice, '/');
	const int length = snprintf(path, sizeof(path), "%s/%.*s/safe-words.yaml", folder,
			slash != NULL ? (int)(slash - voice) : 2, slash != NULL ? voice : "en");

	if (length < 0 || (size_t)length >= sizeof(path)) {
		return STATUS_NO_SPACE;
	}
	safeword_read(&source, path, out, count);
	return source.status;
}
