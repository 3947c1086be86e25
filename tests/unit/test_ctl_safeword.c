/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: ctl load base */
/* test_ctl_safeword.c - "easectl safeword" as somebody who chooses a word sees it. */
#include "ease/profile.h"
#include "easectl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	char folder[32];
	char data[48];
	char file[64];
	struct easectl ctl;
};

static int prepare(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	if (fixture == NULL) {
		return -1;
	}
	*state = fixture;
	snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/ease-word-XXXXXX");
	if (mkdtemp(fixture->folder) == NULL) {
		return -1;
	}
	snprintf(fixture->data, sizeof(fixture->data), "--data=%s", fixture->folder);
	snprintf(fixture->file, sizeof(fixture->file), "%s/person.yaml", fixture->folder);
	return 0;
}

static int clean(void **state)
{
	struct fixture *fixture = *state;
	unlink(fixture->file);
	rmdir(fixture->folder);
	easectl_forget(&fixture->ctl);
	free(fixture);
	return 0;
}

/* Runs "easectl safeword" with these words, which may be NULL. */
static int run(struct fixture *fixture, const char *first, const char *second)
{
	static char program[] = "easectl";
	static char verb[] = "safeword";
	static char scripts[] = "--scripts=" EASE_SOURCE_DIR "/scripts";
	static char voices[] = "--voices=" EASE_SOURCE_DIR "/voices";
	char copies[2][64] = { "", "" };
	char *words[8] = { program, verb, scripts, voices, fixture->data };
	int count = 5;
	for (int i = 0; i < 2; i++) {
		const char *word = i == 0 ? first : second;
		if (word != NULL) {
			snprintf(copies[i], sizeof(copies[i]), "%s", word);
			words[count++] = copies[i];
		}
	}
	return easectl_run(&fixture->ctl, count, words);
}

/* The word that is kept, "" for none. */
static void assert_kept(const struct fixture *fixture, const char *word)
{
	struct arena *arena = arena_create();
	const struct profile *profile = NULL;
	struct diag diag = { .line = 0 };
	assert_int_equal(profile_load(arena, fixture->file, &profile, &diag), STATUS_OK);
	assert_string_equal(profile->word != NULL ? profile->word : "", word);
	arena_destroy(arena);
}

static void lists_what_is_recommended(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(run(fixture, NULL, NULL), 0);
	assert_non_null(strstr(fixture->ctl.out, "no safe word of your own"));
	assert_non_null(strstr(fixture->ctl.out, "pineapple"));
	assert_int_equal(access(fixture->file, F_OK), -1);
}

static void keeps_a_word_and_goes_back(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(run(fixture, "Pineapple", NULL), 0);
	assert_non_null(strstr(fixture->ctl.out, "pineapple: good: "));
	assert_kept(fixture, "pineapple");
	assert_int_equal(run(fixture, NULL, NULL), 0);
	assert_non_null(strstr(fixture->ctl.out, "Your safe word is \"pineapple\""));
	/* a risky one is kept, with a warning; a refused one leaves what there was */
	assert_int_equal(run(fixture, "shoulders", NULL), 0);
	assert_non_null(strstr(fixture->ctl.out, "shoulders: risky: "));
	assert_kept(fixture, "shoulders");
	assert_int_equal(run(fixture, "writer", NULL), 2);
	assert_non_null(strstr(fixture->ctl.err, "writer: refused: "));
	assert_int_equal(run(fixture, "qqqq", NULL), 2);
	assert_int_equal(run(fixture, "shoulders", "--default"), 2);
	assert_kept(fixture, "shoulders");
	assert_int_equal(run(fixture, "--default", NULL), 0);
	assert_kept(fixture, "");
	assert_int_equal(run(fixture, "pineapple", NULL), 0);
	assert_int_equal(run(fixture, "stop", NULL), 0);
	assert_kept(fixture, "");
}

static void leaves_alone_what_it_cannot_read(void **state)
{
	static const char newer[] = "person: {version: 9, moods: [calm]}\n";
	struct fixture *fixture = *state;
	char text[64] = "";
	FILE *file = fopen(fixture->file, "we");
	assert_non_null(file);
	assert_true(fputs(newer, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(run(fixture, "pineapple", NULL), 2);
	assert_non_null(strstr(fixture->ctl.err, "person.yaml:1:19: version: \"9\" is not 1"));
	assert_int_equal(run(fixture, "--default", NULL), 2);
	assert_int_equal(run(fixture, NULL, NULL), 2);
	file = fopen(fixture->file, "re");
	assert_non_null(file);
	assert_non_null(fgets(text, sizeof(text), file));
	assert_int_equal(fclose(file), 0);
	assert_string_equal(text, newer);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, prepare, clean)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lists_what_is_recommended),
		TEST(keeps_a_word_and_goes_back),
		TEST(leaves_alone_what_it_cannot_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
