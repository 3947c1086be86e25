/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
/* test_safeword.c - which words will do as a safe word, and why others will not. */
#include "ease/safeword.h"
#include "load/phones.h"
#include "test_load.h"

static struct safeword_world earth(struct world *world)
{
	struct safeword_world found = { .scripts = SCRIPTS, .dictionary = SAFEWORD_DICTIONARY };

	assert_int_equal(voice_load(world->arena, VOICES, "calm-warm", &found.voice, &world->diag),
			STATUS_OK);
	return found;
}

static void counts_how_differently_phones_sound(void **state)
{
	(void)state;
	const double same = phones_distance("S T AA P", "S T AA P");
	const double near = phones_distance("L AY T ER", "R AY T ER");
	const double far = phones_distance("F ER M ER", "L AY T ER");

	assert_true(same == 0.0);
	assert_true(near > 0.0 && near < 0.6);
	assert_true(far > 1.5);
	assert_true(far == phones_distance("L AY T ER", "F ER M ER"));
	/* a voiceless neighbour is nearer than a vowel; a word more is about its phones */
	assert_true(phones_distance("B", "P") < phones_distance("B", "S"));
	assert_true(phones_distance("B", "S") < phones_distance("B", "IY"));
	assert_true(phones_distance("AH", "IH") < phones_distance("AA", "IY"));
	assert_true(phones_distance("R EH D", "R EH D R EH D") > 2.0);
	assert_true(phones_distance("", "S T AA P") > 3.0);
	assert_int_equal(phones_count("S T AA P"), 4);
	assert_int_equal(phones_count(""), 0);
	assert_null(phones_wrong("S T AA P"));
	assert_string_equal(phones_wrong("S TT AA"), "TT AA");
}

static void all_recommended_words_are_good(void **state)
{
	struct world *world = *state;
	const struct safeword_world here = earth(world);
	const char *const *words = NULL;
	size_t count = 0;

	assert_int_equal(safeword_list(world->arena, VOICES, "calm-warm", &words, &count,
					 &world->diag),
			STATUS_OK);
	assert_true(count >= 20);
	for (size_t i = 0; i < count; i++) {
		struct safeword judged;
		assert_int_equal(safeword_judge(world->arena, &here, words[i], &judged,
						 &world->diag),
				STATUS_OK);
		if (judged.verdict != SAFEWORD_GOOD) {
			print_error("%s: %s\n", words[i], judged.reason);
		}
		assert_int_equal(judged.verdict, SAFEWORD_GOOD);
	}
}

struct verdict {
	const char *word;
	enum safeword_verdict verdict;
	const char *reason;
};

static void says_what_a_word_is_like(void **state)
{
	static const struct verdict verdicts[] = {
		{ "Pineapple", SAFEWORD_GOOD, "nothing that is said here is like it; nearest is " },
		{ "harder", SAFEWORD_REFUSED, "to the coach it means \"firmer\" already" },
		{ "ouch", SAFEWORD_REFUSED, "to the coach it means \"pain\" already" },
		{ "for", SAFEWORD_REFUSED,
				"it cannot be told from \"four\", which means something else" },
		{ "writer", SAFEWORD_REFUSED,
				"it cannot be told from \"lighter\", which means something else" },
		{ "shrub", SAFEWORD_RISKY, "\"shrub\" is short: longer words are heard better" },
		{ "red", SAFEWORD_REFUSED, "it cannot be told from \"right\"" },
		{ "former", SAFEWORD_RISKY,
				"it sounds like \"shorter\", which means something else" },
		{ "shoulders", SAFEWORD_RISKY,
				"the coach says \"shoulders\" itself, and might hear itself" },
		{ "tomato", SAFEWORD_RISKY, "it sounds like \"tomorrow\", which the coach says" },
		{ "bluebird", SAFEWORD_GOOD, "nothing" },
		{ "backwards", SAFEWORD_RISKY,
				"it sounds like \"backward\", which people often say" },
	};
	struct world *world = *state;
	const struct safeword_world here = earth(world);

	for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++) {
		struct safeword judged;
		assert_int_equal(safeword_judge(world->arena, &here, verdicts[i].word, &judged,
						 &world->diag),
				STATUS_OK);
		if (judged.verdict != verdicts[i].verdict ||
				strncmp(judged.reason, verdicts[i].reason,
						strlen(verdicts[i].reason)) != 0) {
			print_error("%s: %d, %s\n", judged.word, judged.verdict, judged.reason);
			fail();
		}
	}
}

static void knows_every_way_to_say_it(void **state)
{
	struct world *world = *state;
	const struct safeword_world here = earth(world);
	struct safeword judged;

	assert_int_equal(safeword_judge(world->arena, &here, "broccoli", &judged, &world->diag),
			STATUS_OK);
	assert_string_equal(judged.word, "broccoli");
	assert_int_equal(judged.sound_count, 2);
	assert_string_equal(judged.sounds[0], "B R AA K AH L IY");
	assert_string_equal(judged.sounds[1], "B R AA K L IY");
}

static void refuses_what_it_cannot_look_up(void **state)
{
	struct world *world = *state;
	struct safeword_world here = earth(world);
	struct safeword judged;

	assert_int_equal(safeword_judge(world->arena, &here, "qqqq", &judged, &world->diag),
			STATUS_NOT_FOUND);
	assert_string_equal(world->diag.message, "\"qqqq\" does not stand in the dictionary");
	assert_int_equal(safeword_judge(world->arena, &here, "pine apple", &judged, &world->diag),
			STATUS_BAD_DATA);
	/* a bell is no apostrophe */
	assert_int_equal(safeword_judge(world->arena, &here, "don\at", &judged, &world->diag),
			STATUS_BAD_DATA);
	assert_int_equal(safeword_judge(world->arena, &here, "", &judged, &world->diag),
			STATUS_BAD_DATA);
	assert_string_equal(world->diag.message, "\"\" is no word: letters only, 24 at most");
	assert_int_equal(safeword_judge(world->arena, &here, "supercalifragilisticexpialidocious",
					 &judged, &world->diag),
			STATUS_BAD_DATA);
	here.dictionary = "/nowhere/dict";
	assert_int_equal(safeword_judge(world->arena, &here, "pineapple", &judged, &world->diag),
			STATUS_NOT_FOUND);
	assert_non_null(strstr(world->diag.message, "pocketsphinx-en-us"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, world_make, world_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_how_differently_phones_sound),
		TEST(all_recommended_words_are_good),
		TEST(says_what_a_word_is_like),
		TEST(knows_every_way_to_say_it),
		TEST(refuses_what_it_cannot_look_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
