/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp speech */
/* test_lexicon.c - words are found whole, and phonemes cannot leave their brackets. */
#include "speech/lexicon.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void finds_words(void **state)
{
	(void)state;
	const struct pronunciation entries[] = { { "fascia", "f'aSi@" }, { "spinae", "sp'aIni:" } };
	const struct voice_speech voice = { .lexicon = entries, .lexicon_count = 2 };
	assert_string_equal(lexicon_find(&voice, "spinae"), "sp'aIni:");
	assert_null(lexicon_find(&voice, "spina"));
	assert_null(lexicon_find(&voice, "Spinae"));
	assert_null(lexicon_find(&voice, ""));
	assert_int_equal(lexicon_check(&voice, NULL), STATUS_OK);
}

static enum status check(const char *word, const char *phonemes, struct diag *diag)
{
	const struct pronunciation entry = { word, phonemes };
	const struct voice_speech voice = { .lexicon = &entry, .lexicon_count = 1 };
	return lexicon_check(&voice, diag);
}

static void refuses_phonemes_that_could_be_obeyed(void **state)
{
	(void)state;
	char long_one[LEXICON_PHONEMES_MAX + 1];
	struct diag diag = { .line = 0 };
	memset(long_one, 'a', sizeof(long_one));
	long_one[LEXICON_PHONEMES_MAX] = '\0';
	assert_int_equal(check("word", long_one, &diag), STATUS_BAD_DATA);
	assert_non_null(strstr(diag.message, "\"word\""));
	long_one[LEXICON_PHONEMES_MAX - 1] = '\0';
	assert_int_equal(check("word", long_one, NULL), STATUS_OK);
	assert_int_equal(check("word", "", NULL), STATUS_BAD_DATA);
	assert_int_equal(check("word", "a]]b", NULL), STATUS_BAD_DATA);
	assert_int_equal(check("word", "a b", NULL), STATUS_BAD_DATA);
	assert_int_equal(check("word", "a\001b", NULL), STATUS_BAD_DATA);
	assert_int_equal(check("word", "<a>", NULL), STATUS_BAD_DATA);
	assert_int_equal(check("word", "\303\251", NULL), STATUS_BAD_DATA);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_words),
		cmocka_unit_test(refuses_phonemes_that_could_be_obeyed),
	};
	return cmocka_run_group_tests_name("lexicon", tests, NULL, NULL);
}
