/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
/* test_profile.c - what is kept of a person: written and read again, refused, never lost. */
#include "ease/profile.h"
#include "test_load.h"

#include <dirent.h>
#include <fcntl.h>

#define FILE_NAME "person.yaml"

static const char *const sounds[] = { "P AY N AE P AH L", "P AY N AE P L" };

static const struct profile somebody = {
	.word = "pineapple",
	.sounds = sounds,
	.sound_count = 2,
	.hearing = { .words = 7,
			.mean = { 62.04, 7.5, -1.331, 0, 0, 0, 0, 0, 0, 0, 0, -400, 0.25 },
			.speech_db = 55.5,
			.noise_db = 17.0 },
};

static const struct profile *load(struct world *world, enum status expected)
{
	const struct profile *profile = NULL;
	world->diag = (struct diag){ .line = 0 };
	assert_int_equal(profile_load(world->arena, world_path(world, FILE_NAME), &profile,
					 &world->diag),
			expected);
	return profile;
}

static void save(struct world *world, const struct profile *profile)
{
	assert_int_equal(profile_save(world_path(world, FILE_NAME), profile, &world->diag),
			STATUS_OK);
}

static void nobody_is_known_without_a_file(void **state)
{
	const struct profile *profile = load(*state, STATUS_OK);

	assert_null(profile->word);
	assert_int_equal(profile->hearing.words, 0);
}

static void what_is_kept_is_read_again(void **state)
{
	struct world *world = *state;
	struct stat about;

	world_write(world, FILE_NAME, "person: {version: 1, safe-word: old, sounds: [OW L D]}\n");
	save(world, &somebody);
	const struct profile *profile = load(world, STATUS_OK);
	assert_string_equal(profile->word, "pineapple");
	assert_int_equal(profile->sound_count, 2);
	assert_string_equal(profile->sounds[1], "P AY N AE P L");
	assert_int_equal(profile->hearing.words, 7);
	for (int i = 0; i < PROFILE_CEPSTRA; i++) {
		assert_true(profile->hearing.mean[i] == somebody.hearing.mean[i]);
	}
	assert_true(profile->hearing.speech_db == 55.5);
	assert_true(profile->hearing.noise_db == 17.0);
	assert_int_equal(stat(world_path(world, FILE_NAME), &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_int_equal(script_check(SCRIPTS, world_path(world, FILE_NAME), NULL, &world->diag),
			STATUS_OK);
}

/* Also a word that YAML would take for something else. */
static void what_is_not_known_is_left_out(void **state)
{
	struct world *world = *state;
	const struct profile word = { .word = "yes", .sounds = sounds, .sound_count = 1 };
	const struct profile nobody = { .word = NULL };

	world_write(world, FILE_NAME, "");
	save(world, &word);
	assert_string_equal(load(world, STATUS_OK)->word, "yes");
	assert_int_equal(load(world, STATUS_OK)->hearing.words, 0);
	save(world, &nobody);
	assert_null(load(world, STATUS_OK)->word);
}

struct refusal {
	const char *text;
	const char *reason;
};

static void refuses_what_it_cannot_read(void **state)
{
	static const struct refusal refusals[] = {
		{ "", "person.yaml:1:1: the file is empty" },
		{ "person: {version: 2, new-key: 5}",
				"person.yaml:1:19: version: \"2\" is not 1, the one that this "
				"program knows; the file is left as it is" },
		{ "person: {safe-word: red, sounds: [R EH D]}",
				"person.yaml:1:9: the key \"version\" is missing" },
		{ "person: {version: 1, safeword: red}",
				"person.yaml:1:22: unknown key \"safeword\", did you mean "
				"\"safe-word\"?; known: version, safe-word, sounds, hearing" },
		{ "person: {version: 1, safe-word: Red, sounds: [R EH D]}",
				"person.yaml:1:33: safe-word: \"Red\" is no word: lower case "
				"letters only" },
		{ "person: {version: 1, safe-word: red}",
				"person.yaml:1:33: safe-word: the key \"sounds\" is missing" },
		{ "person: {version: 1, sounds: [R EH D]}",
				"person.yaml:1:30: sounds: there is no safe-word to be said so" },
		{ "person: {version: 1, safe-word: red, sounds: [R EX D]}",
				"person.yaml:1:47: sounds: \"EX\" is no phone of ARPAbet" },
		{ "person: {version: 1, hearing: {words: 3, speech: 50dB, noise: 20dB, mean: "
		  "[1, 2]}}",
				"person.yaml:1:75: mean: has 2 numbers, 13 are needed" },
		{ "person: {version: 1, hearing: {words: 0, speech: 50dB, noise: 20dB, mean: "
		  "[1, 2]}}",
				"person.yaml:1:39: words: 0 is outside 1 to 1000000" },
		{ "person: {version: 1, hearing: {words: 1, speech: loud, noise: 20dB, mean: "
		  "[1, 2]}}",
				"person.yaml:1:50: speech: \"loud\" is not a level such as -6dB" },
		{ "person: {version: 1, hearing: {words: 1, speech: 5dB, noise: 20dB, mean: "
		  "[1,2,3,4,5,6,7,8,9,10,11,12,1e99]}}",
				"person.yaml:1:102: mean: \"1e99\" is not a number from -500 to "
				"500 with at most three decimals" },
	};
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		world_write(world, FILE_NAME, refusals[i].text);
		assert_null(load(world, STATUS_BAD_DATA));
		assert_reason(world, refusals[i].reason);
	}
}

/* Entries of the folder, so that no half-written file is left. */
static int count_files(const char *folder)
{
	DIR *entries = opendir(folder);
	int count = 0;

	assert_non_null(entries);
	while (readdir(entries) != NULL) {
		count++;
	}
	closedir(entries);
	return count - 2;
}

static void what_cannot_be_written_harms_nothing(void **state)
{
	struct world *world = *state;
	char path[200];

	world_write(world, FILE_NAME, "person: {version: 1}\n");
	snprintf(path, sizeof(path), "%s/person.yaml/person.yaml", world->folder);
	assert_int_equal(profile_save(path, &somebody, &world->diag), STATUS_BACKEND);
	assert_non_null(strstr(world->diag.message, "cannot be"));
	assert_null(load(world, STATUS_OK)->word);
	/* a folder in its place cannot be replaced */
	snprintf(path, sizeof(path), "%s/units", world->folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/units/x", world->folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof(path), "%s/units", world->folder);
	assert_int_equal(profile_save(path, &somebody, &world->diag), STATUS_BACKEND);
	assert_non_null(strstr(world->diag.message, "cannot be replaced"));
	assert_int_equal(count_files(world->folder), 2);
	snprintf(path, sizeof(path), "%s/units/x", world->folder);
	assert_int_equal(rmdir(path), 0);
}

static void makes_the_folders_that_are_missing(void **state)
{
	struct world *world = *state;
	char path[200];

	snprintf(path, sizeof(path), "%s/units/x/person.yaml", world->folder);
	assert_int_equal(profile_save(path, &somebody, &world->diag), STATUS_OK);
	assert_int_equal(unlink(path), 0);
	*strrchr(path, '/') = '\0';
	assert_int_equal(rmdir(path), 0);
}

static size_t stops_in(const struct vocabulary *vocabulary, const struct heard_context *context)
{
	size_t count = 0;
	for (size_t i = 0; i < context->phrase_count; i++) {
		const struct heard_phrase *phrase = &vocabulary->phrases[context->phrases[i]];
		count += phrase->intent == INTENT_STOP &&
			 strncmp(phrase->text, "pineapple", 9) == 0;
	}
	return count;
}

static void the_word_stops_in_every_context(void **state)
{
	struct world *world = *state;
	const struct voice *voice = NULL;
	const struct vocabulary *words = NULL;

	assert_int_equal(voice_load(world->arena, VOICES, "calm-warm", &voice, &world->diag),
			STATUS_OK);
	assert_int_equal(profile_vocabulary(world->arena, &somebody, &voice->vocabulary, &words,
					 &world->diag),
			STATUS_OK);
	assert_int_equal(words->phrase_count, voice->vocabulary.phrase_count + 2);
	assert_int_equal(words->dictionary_count, voice->vocabulary.dictionary_count + 2);
	assert_true(words->context_count >= CONTEXT_FIXED_COUNT);
	for (size_t i = 0; i < words->context_count; i++) {
		assert_int_equal(stops_in(words, &words->contexts[i]), 2);
		assert_int_equal(words->contexts[i].phrase_count,
				voice->vocabulary.contexts[i].phrase_count + 2);
	}
}

static void a_word_that_means_something_is_refused(void **state)
{
	struct world *world = *state;
	const struct voice *voice = NULL;
	const struct vocabulary *words = NULL;
	struct profile profile = somebody;

	assert_int_equal(voice_load(world->arena, VOICES, "calm-warm", &voice, &world->diag),
			STATUS_OK);
	profile.word = "harder";
	assert_int_equal(profile_vocabulary(world->arena, &profile, &voice->vocabulary, &words,
					 &world->diag),
			STATUS_BAD_DATA);
	assert_string_equal(
			world->diag.message, "\"harder\" is no safe word: it means firmer already");
	profile.word = "stop";
	assert_int_equal(profile_vocabulary(world->arena, &profile, &voice->vocabulary, &words,
					 &world->diag),
			STATUS_OK);
	assert_ptr_equal(words, &voice->vocabulary);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, world_make, world_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nobody_is_known_without_a_file),
		TEST(what_is_kept_is_read_again),
		TEST(what_is_not_known_is_left_out),
		TEST(refuses_what_it_cannot_read),
		TEST(what_cannot_be_written_harms_nothing),
		TEST(makes_the_folders_that_are_missing),
		TEST(the_word_stops_in_every_context),
		TEST(a_word_that_means_something_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
