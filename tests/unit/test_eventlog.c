/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: daemon */
/* test_eventlog.c - every event line, byte for byte. */
#include "daemon/eventlog.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define AT ((frames_t)72000) /* 1.5 s */

static void expect(const struct note *note, const char *line)
{
	char out[EVENTLOG_LINE_MAX];
	assert_int_equal(eventlog_line(note, out, sizeof(out)), STATUS_OK);
	assert_string_equal(out, line);
}

static void writes_the_session_and_its_end(void **state)
{
	(void)state;
	expect(&(struct note){ .kind = NOTE_SESSION, .name = "a", .text = "/s/a.yaml" },
			"{\"t\":0.000000,\"event\":\"session\",\"name\":\"a\",\"script\":\"/s/a.yaml\"}");
	expect(&(struct note){ .kind = NOTE_END, .at = AT, .reason = END_MEDICAL },
			"{\"t\":1.500000,\"event\":\"end\",\"reason\":\"medical\"}");
}

static void writes_what_is_said(void **state)
{
	(void)state;
	expect(&(struct note){ .kind = NOTE_SAY, .at = AT, .utterance = 7, .text = "Say \"yes\"." },
			"{\"t\":1.500000,\"event\":\"say\",\"id\":7,\"text\":\"Say \\\"yes\\\".\"}");
	expect(&(struct note){ .kind = NOTE_SAID, .at = AT + 1, .utterance = 7 },
			"{\"t\":1.500021,\"event\":\"said\",\"id\":7}");
	expect(&(struct note){ .kind = NOTE_SAID, .at = AT, .utterance = 7, .cut = true },
			"{\"t\":1.500000,\"event\":\"said\",\"id\":7,\"cut\":true}");
	expect(&(struct note){ .kind = NOTE_HUSHED, .at = AT },
			"{\"t\":1.500000,\"event\":\"hushed\"}");
}

/* Answers and the cause of a stop stand in the journal. */
static void leaves_out_what_is_the_journals(void **state)
{
	(void)state;
	char line[EVENTLOG_LINE_MAX];
	const struct note answer = { .kind = NOTE_ANSWER, .name = "sore", .value = -1 };
	const struct note stopped = { .kind = NOTE_STOPPED, .why = WHY_STOP };
	assert_int_equal(eventlog_line(&answer, line, sizeof(line)), STATUS_NO_DATA);
	assert_int_equal(eventlog_line(&stopped, line, sizeof(line)), STATUS_NO_DATA);
}

static void writes_tones_with_their_frame(void **state)
{
	(void)state;
	expect(&(struct note){ .kind = NOTE_TONE, .at = AT + 1, .tone = TONE_TURN },
			"{\"t\":1.500021,\"event\":\"tone\",\"kind\":\"turn\",\"frame\":72001}");
}

static void writes_what_was_heard(void **state)
{
	(void)state;
	struct note note = {
		.kind = NOTE_HEARD,
		.at = AT,
		.intent = INTENT_RATING,
		.value = 7,
		.text = "seven",
		.confidence = 0.93,
		.from = AT - 48000,
		.to = AT - 24000,
		.sure = true,
	};
	expect(&note, "{\"t\":1.500000,\"event\":\"heard\",\"intent\":\"rating\",\"value\":7,"
		      "\"text\":\"seven\",\"confidence\":0.930,\"from\":0.500000,\"to\":1.000000}");
	note.intent = INTENT_ASK; /* whose value is the index of a topic */
	expect(&note, "{\"t\":1.500000,\"event\":\"heard\",\"intent\":\"ask\",\"value\":null,"
		      "\"text\":\"seven\",\"confidence\":0.930,\"from\":0.500000,\"to\":1.000000}");
	note.intent = INTENT_STOP;
	note.value = -1;
	note.text = "stop";
	expect(&note, "{\"t\":1.500000,\"event\":\"heard\",\"intent\":\"stop\",\"value\":null,"
		      "\"text\":\"stop\",\"confidence\":0.930,\"from\":0.500000,\"to\":1.000000}");

	char out[EVENTLOG_LINE_MAX];
	note.sure = false;
	assert_int_equal(eventlog_line(&note, out, sizeof(out)), STATUS_NO_DATA);
}

static void writes_steps_and_pressure(void **state)
{
	(void)state;
	expect(&(struct note){ .kind = NOTE_STEP,
			       .at = AT,
			       .name = "palm-glide-left",
			       .unit = "palm-glide",
			       .side = SIDE_LEFT,
			       .target = 3 },
			"{\"t\":1.500000,\"event\":\"step\",\"name\":\"palm-glide-left\","
			"\"unit\":\"palm-glide\",\"side\":\"left\",\"target\":3}");
	expect(&(struct note){ .kind = NOTE_STEP, .at = AT, .name = "welcome" },
			"{\"t\":1.500000,\"event\":\"step\",\"name\":\"welcome\",\"unit\":null,"
			"\"side\":null,\"target\":0}");
	expect(&(struct note){ .kind = NOTE_PRESSURE,
			       .at = AT,
			       .before = 4,
			       .target = 2,
			       .why = WHY_RATING },
			"{\"t\":1.500000,\"event\":\"pressure\",\"from\":4,\"to\":2,"
			"\"why\":\"rating\"}");
}

static void collect(void *arg, const char *line)
{
	char *all = arg;
	strcat(all, line);
	strcat(all, "|");
}

static void gives_every_line_to_the_file_and_to_the_reader(void **state)
{
	(void)state;
	char path[] = "/tmp/eventlog-XXXXXX";
	const int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);

	char all[512] = "";
	struct diag diag;
	struct eventlog *eventlog = NULL;
	assert_int_equal(eventlog_open(path, collect, all, &eventlog, &diag), STATUS_OK);
	eventlog_note(eventlog, &(struct note){ .kind = NOTE_HUSHED });
	eventlog_note(eventlog, &(struct note){ .kind = NOTE_HEARD, .text = "", .sure = false });
	eventlog_note(eventlog, &(struct note){ .kind = NOTE_HUSHED, .at = AT });
	assert_int_equal(eventlog_close(eventlog), STATUS_OK);

	char text[512] = "";
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	assert_true(fread(text, 1, sizeof(text) - 1, file) > 0);
	fclose(file);
	unlink(path);
	assert_string_equal(text, "{\"t\":0.000000,\"event\":\"hushed\"}\n"
				  "{\"t\":1.500000,\"event\":\"hushed\"}\n");
	assert_string_equal(all, "{\"t\":0.000000,\"event\":\"hushed\"}|"
				 "{\"t\":1.500000,\"event\":\"hushed\"}|");
}

static void says_why_a_file_cannot_be_made(void **state)
{
	(void)state;
	struct diag diag = { 0 };
	struct eventlog *eventlog = NULL;
	assert_int_equal(eventlog_open("/nowhere/e.jsonl", NULL, NULL, &eventlog, &diag),
			STATUS_BACKEND);
	assert_string_equal(diag.path, "/nowhere/e.jsonl");
	assert_non_null(strstr(diag.message, "No such file"));
}

static void tells_of_a_full_disk(void **state)
{
	(void)state;
	struct diag diag = { 0 };
	struct eventlog *eventlog = NULL;
	assert_int_equal(eventlog_open("/dev/full", NULL, NULL, &eventlog, &diag), STATUS_OK);
	eventlog_note(eventlog, &(struct note){ .kind = NOTE_HUSHED });
	assert_int_equal(eventlog_close(eventlog), STATUS_BACKEND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_the_session_and_its_end),
		cmocka_unit_test(writes_what_is_said),
		cmocka_unit_test(leaves_out_what_is_the_journals),
		cmocka_unit_test(writes_tones_with_their_frame),
		cmocka_unit_test(writes_what_was_heard),
		cmocka_unit_test(writes_steps_and_pressure),
		cmocka_unit_test(gives_every_line_to_the_file_and_to_the_reader),
		cmocka_unit_test(says_why_a_file_cannot_be_made),
		cmocka_unit_test(tells_of_a_full_disk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
