/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: ctl audio speech base */
/*
 * test_ctl_hear.c - "easectl hear" end to end: flite speaks, a WAV file is written, the real ears
 * hear it, and each line that is printed has the keys that measuring programs rely on.
 */
#include "ease/json.h"
#include "ease/person.h"
#include "ease/wav.h"
#include "easectl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	char folder[32];
	char stop[64];  /* a recording of "stop" */
	char seven[64]; /* of "seven" */
	char start[64]; /* of "start a session" */
	char list[64];
	struct easectl ctl;
};

static void write_silence(struct wav_writer *writer, uint32_t rate)
{
	int16_t *silence = calloc(rate, sizeof(*silence));
	assert_non_null(silence);
	/* a recording is never quite silent */
	for (uint32_t i = 0; i < rate; i++) {
		silence[i] = (int16_t)((int)(i * 7919u % 17u) - 8);
	}
	assert_int_equal(wav_write(writer, silence, rate), STATUS_OK);
	free(silence);
}

/* A second of faint noise on both sides of what flite says. */
static void record(const char *path, const char *text)
{
	int16_t *samples = NULL;
	size_t count = 0;
	uint32_t rate = 0;
	struct wav_writer *writer = NULL;
	assert_int_equal(person_say(text, &samples, &count, &rate), STATUS_OK);
	assert_int_equal(wav_create(path, rate, &writer, NULL), STATUS_OK);
	write_silence(writer, rate);
	assert_int_equal(wav_write(writer, samples, count), STATUS_OK);
	write_silence(writer, rate);
	assert_int_equal(wav_close(writer), STATUS_OK);
	free(samples);
}

static int prepare(void **state)
{
	static struct fixture fixture;
	*state = &fixture;
	snprintf(fixture.folder, sizeof(fixture.folder), "/tmp/ease-hear-XXXXXX");
	if (mkdtemp(fixture.folder) == NULL) {
		return -1;
	}
	snprintf(fixture.stop, sizeof(fixture.stop), "%s/stop.wav", fixture.folder);
	snprintf(fixture.seven, sizeof(fixture.seven), "%s/seven.wav", fixture.folder);
	snprintf(fixture.start, sizeof(fixture.start), "%s/start.wav", fixture.folder);
	snprintf(fixture.list, sizeof(fixture.list), "%s/list", fixture.folder);
	record(fixture.stop, "stop");
	record(fixture.seven, "seven");
	record(fixture.start, "start a session");
	FILE *list = fopen(fixture.list, "we");
	assert_non_null(list);
	fprintf(list, "%s\n\n%s", fixture.stop, fixture.stop);
	return fclose(list);
}

static int clean(void **state)
{
	struct fixture *fixture = *state;
	unlink(fixture->stop);
	unlink(fixture->seven);
	unlink(fixture->start);
	unlink(fixture->list);
	rmdir(fixture->folder);
	easectl_forget(&fixture->ctl);
	return 0;
}

static int hear(struct fixture *fixture, const char *option, const char *value, const char *file)
{
	char scripts[] = EASE_SOURCE_DIR "/scripts";
	char voices[] = EASE_SOURCE_DIR "/voices";
	char words[7][64] = { "easectl", "--scripts", "--voices", "hear" };
	char *argv[] = { words[0], words[1], scripts, words[2], voices, words[3], words[4],
		words[5], words[6], NULL };
	snprintf(words[4], sizeof(words[4]), "%s", option);
	snprintf(words[5], sizeof(words[5]), "%s", value);
	snprintf(words[6], sizeof(words[6]), "%s", file);
	return easectl_run(&fixture->ctl, file[0] != '\0' ? 9 : 8, argv);
}

/* Takes the next line, which must be JSON with exactly these keys in this order. */
static struct json *take(char **rest, const char *const *keys)
{
	struct json *json = NULL;
	struct diag diag;
	char *line = strsep(rest, "\n");
	assert_non_null(line);
	if (json_parse(line, strlen(line), &json, &diag) != STATUS_OK) {
		fail_msg("%s: %s", line, diag.message);
	}
	size_t count = 0;
	for (; keys[count] != NULL; count++) {
		const char *key = json_key(json, count);
		assert_non_null(key);
		assert_string_equal(key, keys[count]);
	}
	assert_null(json_key(json, count));
	return json;
}

static const char *const heard_keys[] = { "file", "event", "intent", "value", "text", "confidence",
	"from", "to", "decided", NULL };
static const char *const file_keys[] = { "file", "event", "seconds", "cpu", NULL };

static void expect_heard(char **rest, const char *file, const char *intent, long long value)
{
	struct json *json = take(rest, heard_keys);
	long long got = -1;
	assert_string_equal(json_text(json, "file"), file);
	assert_string_equal(json_text(json, "event"), "heard");
	assert_string_equal(json_text(json, "intent"), intent);
	assert_non_null(json_text(json, "text"));
	assert_int_equal(json_int(json, "value", &got), value >= 0);
	assert_int_equal(got, value);
	json_destroy(json);
}

static void expect_file(char **rest, const char *file)
{
	struct json *json = take(rest, file_keys);
	assert_string_equal(json_text(json, "file"), file);
	assert_string_equal(json_text(json, "event"), "file");
	json_destroy(json);
}

static double number(const char *line, const char *key)
{
	const char *at = strstr(line, key);
	assert_non_null(at);
	return strtod(at + strlen(key), NULL);
}

static void prints_what_was_heard(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(hear(fixture, "--context", "touch", fixture->stop), ENDING_DONE);
	assert_string_equal(fixture->ctl.err, "");
	const double from = number(fixture->ctl.out, "\"from\":");
	const double to = number(fixture->ctl.out, "\"to\":");
	const double decided = number(fixture->ctl.out, "\"decided\":");
	const double seconds = number(fixture->ctl.out, "\"seconds\":");
	assert_true(from > 0.8 && from < to && to <= decided && decided <= seconds);
	assert_true(number(fixture->ctl.out, "\"cpu\":") > 0.0);
	char *rest = fixture->ctl.out;
	expect_heard(&rest, fixture->stop, "stop", -1);
	expect_file(&rest, fixture->stop);
	assert_string_equal(rest, "");
}

static void hears_a_number(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(hear(fixture, "--context", "rating", fixture->seven), ENDING_DONE);
	char *rest = fixture->ctl.out;
	expect_heard(&rest, fixture->seven, "rating", 7);
	expect_file(&rest, fixture->seven);
}

/* What a start or a question carries is an index of ours, and no number that was said. */
static void only_a_rating_has_a_value(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(hear(fixture, "--context", "idle", fixture->start), ENDING_DONE);
	assert_non_null(strstr(fixture->ctl.out, "\"value\":null,"));
	char *rest = fixture->ctl.out;
	expect_heard(&rest, fixture->start, "start", -1);
	expect_file(&rest, fixture->start);
}

/* Every file is heard by a fresh listener, so twice the same is heard the same. */
static void takes_a_list(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(hear(fixture, "--list", fixture->list, ""), ENDING_DONE);
	char first[512];
	char *rest = fixture->ctl.out;
	snprintf(first, sizeof(first), "%s", fixture->ctl.out);
	*strchr(first, '\n') = '\0';
	expect_heard(&rest, fixture->stop, "stop", -1);
	expect_file(&rest, fixture->stop);
	assert_int_equal(strncmp(rest, first, strlen(first)), 0);
	expect_heard(&rest, fixture->stop, "stop", -1);
	expect_file(&rest, fixture->stop);
	assert_string_equal(rest, "");
}

static void goes_on_behind_a_file_that_cannot_be_read(void **state)
{
	struct fixture *fixture = *state;
	char nowhere[64];
	snprintf(nowhere, sizeof(nowhere), "%s/nowhere.wav", fixture->folder);
	assert_int_equal(hear(fixture, nowhere, fixture->list, fixture->stop), ENDING_BAD_INPUT);
	assert_non_null(strstr(fixture->ctl.err, nowhere));
	assert_non_null(strstr(fixture->ctl.err, fixture->list));
	char *rest = fixture->ctl.out;
	expect_heard(&rest, fixture->stop, "stop", -1);
	expect_file(&rest, fixture->stop);
	assert_string_equal(rest, "");
}

static void names_the_contexts(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(hear(fixture, "--context", "party", fixture->stop), ENDING_BAD_INPUT);
	assert_non_null(strstr(fixture->ctl.err, "unknown context party; there are: touch rating"));
	assert_string_equal(fixture->ctl.out, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prints_what_was_heard),
		cmocka_unit_test(hears_a_number),
		cmocka_unit_test(only_a_rating_has_a_value),
		cmocka_unit_test(takes_a_list),
		cmocka_unit_test(goes_on_behind_a_file_that_cannot_be_read),
		cmocka_unit_test(names_the_contexts),
	};
	return cmocka_run_group_tests_name("ctl hear", tests, prepare, clean);
}
