/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen */
/* test_grammar.c - phrases to a graph of words, decoys, and words that nobody can pronounce. */
#include "listen/grammar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct pronunciation dictionary[] = {
	{ "stop", "S T AA P" },
	{ "it", "IH T" },
	{ "two", "T UW" },
	{ "too", "T UW" },
	{ "pressure", "P R EH SH ER" },
	{ "stop", "S T AO P" },
	{ "yes", "Y EH S" },
	{ "house", "HH AW S" },
};

static const struct heard_phrase phrases[] = {
	{ "stop", INTENT_STOP, -1 },
	{ "stop it", INTENT_STOP, -1 },
	{ "two", INTENT_RATING, 2 },
	{ "pressure two", INTENT_RATING, 2 },
	{ "yes", INTENT_YES, -1 },
};

static const uint16_t touch[] = { 0, 1, 2, 3 };
static const uint16_t yesno[] = { 0, 1, 4 };
static const struct heard_context contexts[] = {
	{ "touch", touch, 4 },
	{ "yesno", yesno, 3 },
};

static const struct vocabulary vocabulary = {
	.phrases = phrases,
	.phrase_count = sizeof(phrases) / sizeof(phrases[0]),
	.contexts = contexts,
	.context_count = 2,
	.dictionary = dictionary,
	.dictionary_count = sizeof(dictionary) / sizeof(dictionary[0]),
};

static const struct grammar_arc *find(
		const struct grammar *grammar, int32_t from, const char *word, bool ends)
{
	for (size_t i = 0; i < grammar->arc_count; i++) {
		const struct grammar_arc *arc = &grammar->arcs[i];
		if (arc->from == from && strcmp(arc->word, word) == 0 &&
				(arc->to == GRAMMAR_END) == ends) {
			return arc;
		}
	}
	return NULL;
}

static void shares_common_beginnings(void **state)
{
	(void)state;
	struct grammar grammar;
	grammar_init(&grammar);
	assert_int_equal(grammar_add(&grammar, "go on", 0.1), STATUS_OK);
	assert_int_equal(grammar_add(&grammar, "go back", 0.2), STATUS_OK);
	assert_int_equal(grammar_add(&grammar, "go", 0.3), STATUS_OK);
	assert_int_equal(grammar.state_count, 3);
	assert_int_equal(grammar.arc_count, 4);
	assert_int_equal(grammar.word_count, 3);
	const struct grammar_arc *go = find(&grammar, GRAMMAR_START, "go", false);
	assert_non_null(go);
	assert_non_null(find(&grammar, go->to, "on", true));
	assert_non_null(find(&grammar, go->to, "back", true));
	assert_non_null(find(&grammar, GRAMMAR_START, "go", true));
	grammar_finish(&grammar);
}

static void refuses_an_empty_phrase(void **state)
{
	(void)state;
	struct grammar grammar;
	grammar_init(&grammar);
	assert_int_equal(grammar_add(&grammar, "", 1.0), STATUS_BAD_ARG);
	assert_int_equal(grammar_add(&grammar, "  ", 1.0), STATUS_BAD_ARG);
	grammar_finish(&grammar);
}

static void opens_what_a_context_hears_and_decoys(void **state)
{
	(void)state;
	struct grammar grammar;
	grammar_init(&grammar);
	assert_int_equal(grammar_build(&grammar, &vocabulary, 0, -1), STATUS_OK);
	const struct grammar_arc *stop = find(&grammar, GRAMMAR_START, "stop", true);
	const struct grammar_arc *house = find(&grammar, GRAMMAR_START, "house", true);
	assert_non_null(stop);
	assert_non_null(house);
	assert_true(house->weight < stop->weight);
	assert_non_null(find(&grammar, GRAMMAR_START, "pressure", false));
	/* means something elsewhere only */
	assert_non_null(find(&grammar, GRAMMAR_START, "yes", true));
	/* stands inside a phrase only */
	assert_non_null(find(&grammar, GRAMMAR_START, "it", true));
	/* sounds like "two" */
	assert_null(find(&grammar, GRAMMAR_START, "too", true));
	grammar_finish(&grammar);
}

static void leaves_a_meaning_out_for_the_rival(void **state)
{
	(void)state;
	struct grammar grammar;
	grammar_init(&grammar);
	assert_int_equal(grammar_build(&grammar, &vocabulary, 0, 1), STATUS_OK);
	assert_null(find(&grammar, GRAMMAR_START, "stop", true));
	assert_null(find(&grammar, GRAMMAR_START, "stop", false));
	assert_non_null(find(&grammar, GRAMMAR_START, "two", true));
	assert_non_null(find(&grammar, GRAMMAR_START, "house", true));
	grammar_finish(&grammar);
}

static void reads_a_text_in_its_context(void **state)
{
	(void)state;
	assert_int_equal(grammar_phrase(&vocabulary, 0, "stop it"), 1);
	assert_int_equal(grammar_phrase(&vocabulary, 0, "stop"), 0);
	assert_int_equal(grammar_phrase(&vocabulary, 0, "yes"), -1);
	assert_int_equal(grammar_phrase(&vocabulary, 1, "yes"), 4);
	assert_int_equal(grammar_phrase(&vocabulary, 0, "pressure"), -1);
	assert_int_equal(grammar_phrase(&vocabulary, 0, ""), -1);
	assert_true(grammar_same(&phrases[2], &phrases[3]));
	assert_false(grammar_same(&phrases[0], &phrases[2]));
}

static void numbers_second_pronunciations(void **state)
{
	(void)state;
	char *text = NULL;
	struct diag diag = { 0 };
	assert_int_equal(grammar_dictionary(&vocabulary, &text, &diag), STATUS_OK);
	assert_string_equal(text, "stop S T AA P\nit IH T\ntwo T UW\ntoo T UW\n"
				  "pressure P R EH SH ER\nstop(2) S T AO P\nyes Y EH S\n"
				  "house HH AW S\n");
	free(text);
}

static void names_the_word_that_has_no_pronunciation(void **state)
{
	(void)state;
	static const struct heard_phrase bad[] = { { "stop", INTENT_STOP, -1 },
		{ "stop kneading", INTENT_STOP, -1 } };
	struct vocabulary lacking = vocabulary;
	lacking.phrases = bad;
	lacking.phrase_count = 2;
	char *text = NULL;
	struct diag diag = { 0 };
	assert_int_equal(grammar_dictionary(&lacking, &text, &diag), STATUS_BAD_DATA);
	assert_non_null(strstr(diag.message, "\"kneading\""));
	assert_null(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_common_beginnings),
		cmocka_unit_test(refuses_an_empty_phrase),
		cmocka_unit_test(opens_what_a_context_hears_and_decoys),
		cmocka_unit_test(leaves_a_meaning_out_for_the_rival),
		cmocka_unit_test(reads_a_text_in_its_context),
		cmocka_unit_test(numbers_second_pronunciations),
		cmocka_unit_test(names_the_word_that_has_no_pronunciation),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
