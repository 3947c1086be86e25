/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen speech load */
/* test_sphinx.c - a search over scores that are known finds what it finds over the sound itself. */
#include "heard.h"
#include "listen/sphinx.h"
#include "nowhere.h"

#include <dirent.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define DICTIONARY "stop S T AA P\nseven S EH V AH N\ngo G OW\n"

static struct sphinx *create(void)
{
	struct sphinx *sphinx = NULL;
	struct diag diag = { 0 };
	struct grammar grammar;
	assert_int_equal(sphinx_create(DICTIONARY, NULL, &sphinx, &diag), STATUS_OK);
	grammar_init(&grammar);
	assert_int_equal(grammar_add(&grammar, "stop", 1.0), STATUS_OK);
	assert_int_equal(grammar_add(&grammar, "go", 1.0), STATUS_OK);
	assert_int_equal(sphinx_set_grammar(sphinx, "one", &grammar), STATUS_OK);
	assert_int_equal(grammar_add(&grammar, "seven", 1.0), STATUS_OK);
	assert_int_equal(sphinx_set_grammar(sphinx, "all", &grammar), STATUS_OK);
	grammar_finish(&grammar);
	return sphinx;
}

static size_t say(struct sphinx *sphinx, const char *text, sphinx_cepstrum_t *out, size_t room)
{
	struct take take = take_room(1.5, EARS_RATE);
	assert_true(take_say(&take, text, 0.5, 1.0) > 0.5);
	const size_t count = sphinx_cepstra(sphinx, take.samples, take.count, out, room);
	free(take.samples);
	for (size_t i = 0; i < count; i++) {
		out[i][0] -= 62.0F;
	}
	return count;
}

static const struct sphinx_word *word_in(const struct sphinx_result *result)
{
	for (size_t i = 0; i < result->word_count; i++) {
		if (!result->words[i].filler) {
			return &result->words[i];
		}
	}
	return NULL;
}

static void assert_same(const struct sphinx_result *a, const struct sphinx_result *b)
{
	assert_true(a->complete && b->complete);
	assert_int_equal(a->score, b->score);
	assert_int_equal(a->word_count, b->word_count);
	for (size_t i = 0; i < a->word_count; i++) {
		assert_string_equal(a->words[i].text, b->words[i].text);
		assert_int_equal(a->words[i].from, b->words[i].from);
		assert_int_equal(a->words[i].to, b->words[i].to);
		assert_int_equal(a->words[i].score, b->words[i].score);
	}
}

static void hears_again_what_it_heard(void **state)
{
	(void)state;
	static const char *const texts[] = { "seven", "stop" };
	sphinx_cepstrum_t cepstra[200];
	struct sphinx_result first;
	struct sphinx_result whole;
	struct sphinx_result again;
	struct sphinx *sphinx = create();
	for (size_t i = 0; i < 2; i++) {
		const size_t count = say(sphinx, texts[i], cepstra, 200);
		assert_true(count > 100);
		assert_int_equal(sphinx_decode(sphinx, "all", cepstra, count, &whole), STATUS_OK);
		assert_string_equal(word_in(&whole)->text, texts[i]);
		assert_int_equal(sphinx_decode(sphinx, "one", cepstra, count, &first), STATUS_OK);
		assert_int_equal(sphinx_decode_again(sphinx, "all", &again), STATUS_OK);
		assert_same(&whole, &again);
		assert_int_equal(sphinx_decode_again(sphinx, "one", &again), STATUS_OK);
		assert_same(&first, &again);
	}
	sphinx_destroy(sphinx);
}

static void tells_how_each_phone_fits(void **state)
{
	(void)state;
	enum { SILENCE = 32, PHONE_AA = 2 }; /* in the order of the model's own list */
	sphinx_cepstrum_t cepstra[200];
	sphinx_phones_t phones[200];
	struct sphinx_result result;
	struct sphinx *sphinx = create();
	const size_t count = say(sphinx, "stop", cepstra, 200);
	assert_int_equal(sphinx_phones(sphinx, 0, 10, phones), 0); /* nothing was decoded yet */
	assert_int_equal(sphinx_decode(sphinx, "all", cepstra, count, &result), STATUS_OK);
	assert_int_equal(sphinx_phones(sphinx, 0, count, phones), count);
	assert_int_equal(sphinx_phones(sphinx, 0, count + 20, phones), count);
	assert_int_equal(sphinx_phones(sphinx, 20, 10, phones), 0);
	assert_int_equal(sphinx_phones(sphinx, 0, count, phones), count);
	const struct sphinx_word *word = word_in(&result);
	double vowel = -HUGE_VAL;
	for (int32_t i = word->from; i <= word->to; i++) {
		vowel = fmax(vowel, (double)(phones[i][PHONE_AA] - phones[i][SILENCE]));
		assert_true(phones[i][PHONE_AA] <= 0.0F);
	}
	assert_true(vowel > 1.0);
	assert_true(phones[5][SILENCE] > phones[5][PHONE_AA]);
	sphinx_destroy(sphinx);
}

/* How many folders for scores this process has; path: the last one's. */
static int folders(char path[512])
{
	char own[64];
	int count = 0;
	snprintf(own, sizeof own, "ease-scores-%d-", (int)getpid());
	DIR *place = opendir("/dev/shm");
	assert_non_null(place);
	for (struct dirent *entry = readdir(place); entry != NULL; entry = readdir(place)) {
		if (strncmp(entry->d_name, own, strlen(own)) == 0) {
			snprintf(path, 512, "/dev/shm/%s", entry->d_name);
			count++;
		}
	}
	closedir(place);
	return count;
}

static void leaves_nothing_behind(void **state)
{
	(void)state;
	sphinx_cepstrum_t cepstra[200];
	struct sphinx_result result;
	char folder[512];
	struct sphinx *sphinx = create();
	const size_t count = say(sphinx, "stop", cepstra, 200);
	assert_int_equal(folders(folder), 1);
	assert_int_equal(sphinx_decode(sphinx, "all", cepstra, count, &result), STATUS_OK);
	assert_int_equal(sphinx_decode_again(sphinx, "one", &result), STATUS_OK);
	sphinx_destroy(sphinx);
	assert_int_equal(folders(folder), 0);
}

/* The folder that a process would have, with the link of an utterance in it. */
static void leave(char path[64], pid_t process)
{
	char link[128];
	snprintf(path, 64, "/dev/shm/ease-scores-%d-killed", (int)process);
	snprintf(link, sizeof link, "%s/000000007.sen", path);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(symlink("/proc/self/fd/99", link), 0);
}

static void take_away(const char *path)
{
	char link[128];
	snprintf(link, sizeof link, "%s/000000007.sen", path);
	assert_int_equal(unlink(link), 0);
	assert_int_equal(rmdir(path), 0);
}

/* A process that was killed while it decoded left one; this one's, that of a process that runs, and
 * one that others may write to stay. */
static void removes_what_a_killed_one_left(void **state)
{
	(void)state;
	char left[64];
	char others[64];
	char running[64];
	char folder[512];
	const pid_t child = fork();
	if (child == 0) {
		_exit(0);
	}
	assert_int_equal(waitpid(child, NULL, 0), child);
	leave(left, child);
	leave(running, getppid());
	struct sphinx *first = create();
	assert_int_equal(access(left, F_OK), -1);
	leave(others, child);
	assert_int_equal(chmod(others, 0777), 0);
	struct sphinx *second = create();
	assert_int_equal(folders(folder), 2);
	sphinx_destroy(second);
	sphinx_destroy(first);
	take_away(running);
	take_away(others);
}

static void hears_on_when_its_folder_is_tidied_away(void **state)
{
	(void)state;
	sphinx_cepstrum_t cepstra[200];
	struct sphinx_result result;
	char folder[512];
	struct sphinx *sphinx = create();
	const size_t count = say(sphinx, "stop", cepstra, 200);
	assert_int_equal(folders(folder), 1);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(sphinx_decode(sphinx, "all", cepstra, count, &result), STATUS_OK);
	assert_string_equal(word_in(&result)->text, "stop");
	assert_int_equal(folders(folder), 1);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(sphinx_decode_again(sphinx, "all", &result), STATUS_OK);
	assert_string_equal(word_in(&result)->text, "stop");
	sphinx_destroy(sphinx);
}

/* Somebody else makes a folder of that name, and waits there for what comes. */
static void trusts_no_folder_of_its_name(void **state)
{
	(void)state;
	sphinx_cepstrum_t cepstra[200];
	struct sphinx_result result;
	char folder[512];
	char trap[600];
	struct sphinx *sphinx = create();
	const size_t count = say(sphinx, "stop", cepstra, 200);
	assert_int_equal(folders(folder), 1);
	assert_int_equal(rmdir(folder), 0);
	assert_int_equal(mkdir(folder, 0777), 0);
	snprintf(trap, sizeof trap, "%s/000000000.sen", folder);
	assert_int_equal(symlink("/dev/null", trap), 0);
	assert_int_equal(sphinx_decode(sphinx, "all", cepstra, count, &result), STATUS_OK);
	assert_int_equal(sphinx_decode_again(sphinx, "all", &result), STATUS_OK);
	assert_string_equal(word_in(&result)->text, "stop");
	assert_int_equal(unlink(trap), 0);
	assert_int_equal(rmdir(folder), 0);
	sphinx_destroy(sphinx);
	assert_int_equal(folders(folder), 0);
}

static void hears_without_a_folder(void **state)
{
	(void)state;
	sphinx_cepstrum_t cepstra[200];
	sphinx_phones_t phones[10];
	struct sphinx_result whole;
	struct sphinx_result again;
	char folder[512];
	nowhere = true;
	struct sphinx *sphinx = create();
	nowhere = false;
	assert_int_equal(folders(folder), 0);
	const size_t count = say(sphinx, "stop", cepstra, 200);
	assert_int_equal(sphinx_decode(sphinx, "all", cepstra, count, &whole), STATUS_OK);
	assert_string_equal(word_in(&whole)->text, "stop");
	assert_int_equal(sphinx_phones(sphinx, 0, 10, phones), 0);
	assert_int_equal(sphinx_decode_again(sphinx, "all", &again), STATUS_OK);
	assert_same(&whole, &again);
	sphinx_destroy(sphinx);
}

static void refuses_what_is_too_long_or_nothing(void **state)
{
	(void)state;
	static sphinx_cepstrum_t cepstra[SPHINX_CEPSTRA_MAX + 1];
	struct sphinx_result result;
	struct sphinx *sphinx = create();
	assert_int_equal(sphinx_decode(sphinx, "all", cepstra, SPHINX_CEPSTRA_MAX + 1, &result),
			STATUS_BAD_ARG);
	assert_int_equal(sphinx_decode(sphinx, "all", cepstra, 0, &result), STATUS_BAD_ARG);
	assert_int_equal(sphinx_decode(sphinx, "all", cepstra, SPHINX_CEPSTRA_MAX, &result),
			STATUS_OK);
	sphinx_destroy(sphinx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hears_again_what_it_heard),
		cmocka_unit_test(tells_how_each_phone_fits),
		cmocka_unit_test(leaves_nothing_behind),
		cmocka_unit_test(removes_what_a_killed_one_left),
		cmocka_unit_test(hears_on_when_its_folder_is_tidied_away),
		cmocka_unit_test(trusts_no_folder_of_its_name),
		cmocka_unit_test(hears_without_a_folder),
		cmocka_unit_test(refuses_what_is_too_long_or_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
