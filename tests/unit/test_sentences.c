/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp speech */
/* test_sentences.c - where sentences end, what the lexicon replaces, and the way back. */
#include "speech/sentences.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct glyphs raw;
static struct glyphs clean;
static struct spoken spoken;

static const struct pronunciation lexicon[] = {
	{ "fascia", "f'aSi@" },
	{ "don't", "d'oUnt" },
	{ "aa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
};
static const struct voice_speech voice = { .lexicon = lexicon, .lexicon_count = 3 };

static enum status split(const char *text)
{
	assert_int_equal(normalize(text, strlen(text), &raw, &clean), STATUS_OK);
	return sentences_split(&clean, &voice, &spoken);
}

/* The sentences with a bar between two. */
static void check(const char *text, const char *wanted)
{
	char joined[2048] = "";
	assert_int_equal(split(text), STATUS_OK);
	for (size_t i = 0; i < spoken.count; i++) {
		const char *sentence = spoken.text + spoken.sentences[i].at;
		assert_true(strlen(joined) + strlen(sentence) + 2 < sizeof(joined));
		strcat(joined, i > 0 ? "|" : "");
		strcat(joined, sentence);
	}
	assert_string_equal(joined, wanted);
}

static void ends_at_full_stops_and_marks(void **state)
{
	(void)state;
	check("", "");
	check("Stop.", "Stop.");
	check("no end", "no end");
	check("One. Two! Three? four", "One.|Two!|Three?|four");
	check("Paused. your lower back goes on.", "Paused.|your lower back goes on.");
	check("Really?! Yes.", "Really?!|Yes.");
	check("(Rest here.) Then go.", "(Rest here.|) Then go.");
	check("Title\n\nText here", "Title|Text here");
	check("  . ! ?  ", "");
	check("One. ... Two.", "One.|Two.");
}

static void does_not_end_inside(void **state)
{
	(void)state;
	check("Wait 1.5 s. Go.", "Wait 1.5 seconds.|Go.");
	check("Warm, e.g. With a cloth, i.e. Softly.", "Warm, e.g. With a cloth, i.e. Softly.");
	check("Dr. Who, approx. 5", "Dr. Who, approx. 5");
	check("(e.g. This)", "(e.g. This)");
	check("oil, cloth, etc. and heat", "oil, cloth, etc. and heat");
	check("oil, cloth, etc. Then heat", "oil, cloth, etc.|Then heat");
	check("Say no. Then stop.", "Say no.|Then stop.");
	check("ease.conf", "ease.conf");
}

static void replaces_whole_words(void **state)
{
	(void)state;
	check("The FASCIA, fascias, fascia's.", "The [[f'aSi@]], fascias, fascia's.");
	check("Don't", "[[d'oUnt]]");
	check("fascia-like", "[[f'aSi@]]-like");
	check("(fascia) skin/fascia", "( [[f'aSi@]]) skin or [[f'aSi@]]");
	check("Go. Fascia-fascia", "Go.|[[f'aSi@]]- [[f'aSi@]]");
	check("fasci\303\240", "fasci\303\240");
}

static struct origin origin_of(size_t sentence, const char *part)
{
	const char *text = spoken.text + spoken.sentences[sentence].at;
	const char *found = strstr(text, part);
	assert_non_null(found);
	/* these texts are ASCII, so bytes are characters */
	return spoken.origins[spoken.sentences[sentence].first + (size_t)(found - text)];
}

static void knows_the_way_back(void **state)
{
	(void)state;
	const char *text = "Hi.  The fascia, 5-6.";
	assert_int_equal(split(text), STATUS_OK);
	assert_int_equal(spoken.count, 2);
	assert_int_equal(origin_of(0, "Hi").to, 2);
	assert_int_equal(origin_of(1, "The").from, 5);
	assert_int_equal(origin_of(1, "aSi").from, 9);
	assert_int_equal(origin_of(1, "aSi").to, 15);
	assert_int_equal(origin_of(1, "to").from, 18);
	assert_int_equal(origin_of(1, "6").from, 19);
	assert_int_equal(origin_of(1, "6").to, 20);
}

/* The space before phonemes belongs to their word. */
static void a_space_that_is_put_in_has_its_words_place(void **state)
{
	(void)state;
	assert_int_equal(split("A (fascia)."), STATUS_OK);
	assert_int_equal(origin_of(0, " [[").from, 3);
	assert_int_equal(origin_of(0, " [[").to, 9);
	assert_int_equal(origin_of(0, ")").from, 9);
}

static void counts_characters_not_bytes(void **state)
{
	(void)state;
	assert_int_equal(split("caf\303\251 ol\303\251. Two"), STATUS_OK);
	assert_int_equal(spoken.sentences[0].characters, 9);
	assert_int_equal(spoken.sentences[1].first, 9);
	assert_int_equal(spoken.origins[spoken.sentences[1].first].from, 12);
}

static void leaves_words_to_the_rules_when_phonemes_find_no_room(void **state)
{
	(void)state;
	char text[3 * 500 + 1] = "";
	for (size_t i = 0; i < 500; i++) {
		memcpy(text + 3 * i, "aa ", 4);
	}
	assert_int_equal(split(text), STATUS_OK);
	assert_int_equal(spoken.count, 1);
	assert_int_equal(memcmp(spoken.text, "[[aaaa", 6), 0);
	const size_t length = strlen(spoken.text);
	assert_string_equal(spoken.text + length - 6, " aa aa");
	assert_int_equal(spoken.origins[spoken.characters - 1].to, sizeof(text) - 2);
}

static void says_that_too_many_do_not_fit(void **state)
{
	(void)state;
	char text[3 * (SENTENCES_MAX + 1) + 1] = "";
	for (size_t i = 0; i <= SENTENCES_MAX; i++) {
		memcpy(text + 3 * i, "a. ", 4);
	}
	assert_int_equal(split(text), STATUS_NO_SPACE);
	text[3 * SENTENCES_MAX] = '\0';
	assert_int_equal(split(text), STATUS_OK);
	assert_int_equal(spoken.count, SENTENCES_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_at_full_stops_and_marks),
		cmocka_unit_test(does_not_end_inside),
		cmocka_unit_test(replaces_whole_words),
		cmocka_unit_test(knows_the_way_back),
		cmocka_unit_test(a_space_that_is_put_in_has_its_words_place),
		cmocka_unit_test(counts_characters_not_bytes),
		cmocka_unit_test(leaves_words_to_the_rules_when_phonemes_find_no_room),
		cmocka_unit_test(says_that_too_many_do_not_fit),
	};
	return cmocka_run_group_tests_name("sentences", tests, NULL, NULL);
}
