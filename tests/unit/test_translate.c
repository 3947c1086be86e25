/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: daemon */
/* test_translate.c - reports and words become events, actions become calls, all becomes notes. */
#include "daemon/translate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* A stage that writes down what is asked of it, one word a call. */
struct scene {
	char calls[4096];
	enum status say_status;
	uint32_t spoken; /* the last id */
	frames_t noted;  /* the time of the last note */
	struct stage stage;
	struct translate translate;
};

static struct scene scene;

static void write_down(const char *format, ...) EASE_PRINTF(1, 2);

static void write_down(const char *format, ...)
{
	const size_t length = strlen(scene.calls);
	va_list args;
	va_start(args, format);
	vsnprintf(scene.calls + length, sizeof(scene.calls) - length, format, args);
	va_end(args);
}

static enum status on_say(void *arg, uint32_t utterance, const char *text, frames_t at)
{
	(void)arg;
	(void)at;
	scene.spoken = utterance;
	write_down("say %u \"%s\"\n", utterance, text);
	return scene.say_status;
}

static void on_prepare(void *arg, const char *text)
{
	(void)arg;
	(void)text;
}

static void on_cancel(void *arg, uint32_t utterance)
{
	(void)arg;
	write_down("cancel %u\n", utterance);
}

static void on_command(void *arg, const struct command *command)
{
	(void)arg;
	switch (command->kind) {
	case COMMAND_HUSH:
		write_down("hush %u\n", command->utterance);
		break;
	case COMMAND_CUT:
		write_down("cut %u\n", command->utterance);
		break;
	case COMMAND_DUCK:
		write_down("duck %s\n", command->on ? "on" : "off");
		break;
	case COMMAND_TONE:
	case COMMAND_TONES_OFF:
	case COMMAND_SOFTEN:
	case COMMAND_VOLUME:
		break;
	}
}

static void on_context(void *arg, uint8_t context)
{
	(void)arg;
	(void)context;
}

static void on_note(void *arg, const struct note *note)
{
	(void)arg;
	static const char *const names[] = { "session", "say", "said", "tone", "heard", "hushed",
		"pressure", "step", "rehearsed", "answer", "stopped", "end" };
	_Static_assert(sizeof(names) / sizeof(names[0]) == NOTE_KIND_COUNT, "one name per note");
	scene.noted = note->at;
	write_down("note %s", names[note->kind]);
	if (note->kind == NOTE_SAID && note->cut) {
		write_down(" cut");
	}
	if (note->kind == NOTE_STEP) {
		write_down(" %s", note->name);
	}
	if (note->kind == NOTE_REHEARSED) {
		write_down(" %s%s after %d, %d dB (%.1f over %.1f)", note->text,
				note->rehearsal.own ? " (own)" : "", (int)note->rehearsal.tries,
				(int)note->rehearsal.snr_db, note->speech_db, note->noise_db);
	}
	if (note->kind == NOTE_END) {
		write_down(" %s", end_reason_name(note->reason));
	}
	write_down("\n");
}

static const struct step steps[] = {
	{ .kind = STEP_SAY, .name = "hello", .say = "Hello.", .rest_ms = 500 },
	{ .kind = STEP_SAY, .name = "bye", .say = "Goodbye.", .rest_ms = 0 },
};

static const struct script script = {
	.name = "tiny",
	.title = "a tiny session",
	.path = "tiny.yaml",
	.kind = SESSION_RELAXATION,
	.steps = steps,
	.step_count = 2,
};

static const char *phrases[PHRASE_COUNT];

static int set_up(void **state)
{
	(void)state;
	for (int i = 0; i < PHRASE_COUNT; i++) {
		phrases[i] = phrase_key((enum phrase)i);
	}
	memset(&scene, 0, sizeof(scene));
	scene.stage = (struct stage){
		.arg = &scene,
		.say = on_say,
		.prepare = on_prepare,
		.cancel = on_cancel,
		.command = on_command,
		.context = on_context,
		.note = on_note,
	};
	translate_init(&scene.translate, &scene.stage, phrases);
	return 0;
}

static void start_at(frames_t now)
{
	const struct engine_options options = { .microphone = true };
	translate_start(&scene.translate, &script, &options, now);
}

static void report(enum report_kind kind, uint32_t utterance, frames_t at)
{
	translate_report(&scene.translate,
			&(struct report){ .kind = kind, .utterance = utterance, .at = at });
}

static void hear(enum hearing_kind kind, enum intent intent, frames_t now)
{
	const struct hearing hearing = { .kind = kind,
		.intent = intent,
		.value = -1,
		.other = -1,
		.text = "word",
		.from = now - 48000,
		.to = now };
	translate_hearing(&scene.translate, &hearing, now);
}

/* What was called since the last look. */
static void expect(const char *calls)
{
	assert_string_equal(scene.calls, calls);
	scene.calls[0] = '\0';
}

static void runs_a_session_from_start_to_end(void **state)
{
	(void)state;
	start_at(0);
	expect("note session\nnote step hello\nsay 1 \"Hello.\"\n");
	report(REPORT_SAY, 1, 480);
	report(REPORT_SAID, 1, 9600);
	expect("note say\nnote said\n");

	frames_t now = 9600;
	while (now < 10 * EASE_RATE && scene.spoken == 1) {
		now += EASE_PERIOD;
		translate_tick(&scene.translate, now);
	}
	assert_in_range(now, 9600 + 24000, 9600 + 24000 + EASE_PERIOD);
	expect("note step bye\nsay 2 \"Goodbye.\"\n");
	report(REPORT_SAY, 2, now);
	report(REPORT_SAID, 2, now + 4800);
	translate_tick(&scene.translate, now + 5000);
	assert_false(translate_running(&scene.translate));
	assert_int_equal(translate_reason(&scene.translate), END_FINISHED);
	expect("note say\nnote said\nnote end finished\n");
}

static void counts_time_from_the_session_on(void **state)
{
	(void)state;
	start_at(480000);
	assert_int_equal(scene.noted, 0);
	report(REPORT_SAY, 1, 480480);
	assert_int_equal(scene.noted, 480);
	assert_int_equal(translate_time(&scene.translate, 480960), 960);
}

/* "Hello." leaves from frame 960 on; its word was known before. */
static void knows_its_own_voice(void **state)
{
	(void)state;
	const struct speech_word word = { .utterance = 1, .text_length = 5 };
	const struct speech_word strange = { .utterance = 7, .text_length = 5 };
	struct hearing hearing = { .kind = HEARING_WORD,
		.intent = INTENT_YES,
		.text = "hello",
		.from = 1920,
		.to = 9600 };
	start_at(0);
	translate_word(&scene.translate, &word);
	translate_word(&scene.translate, &strange);
	assert_false(translate_is_own_voice(&scene.translate, &hearing));
	report(REPORT_SAY, 1, 960);
	assert_true(translate_is_own_voice(&scene.translate, &hearing));
	hearing.intent = INTENT_STOP;
	assert_false(translate_is_own_voice(&scene.translate, &hearing));
	hearing.intent = INTENT_YES;
	report(REPORT_CUT, 1, 960);
	assert_false(translate_is_own_voice(&scene.translate, &hearing));
}

static const struct step practice[] = {
	{ .kind = STEP_REHEARSE, .name = "practice", .say = "{word}.", .rehearse = INTENT_STOP },
	{ .kind = STEP_SAY, .name = "bye", .say = "Goodbye.", .rest_ms = 0 },
};

static const struct script practised = {
	.name = "practice",
	.title = "a rehearsal",
	.path = "practice.yaml",
	.kind = SESSION_TOUCH,
	.steps = practice,
	.step_count = 2,
};

/* The coach says the word to be repeated: its own voice is no rehearsal, though it is a stop. */
static void knows_the_persons_own_word(void **state)
{
	(void)state;
	const struct engine_options options = { .microphone = true, .word = "pineapple" };
	const struct speech_word word = { .utterance = 1, .text_length = 9 };
	struct hearing hearing = { .kind = HEARING_WORD,
		.intent = INTENT_STOP,
		.value = -1,
		.other = -1,
		.text = "pineapple pineapple",
		.speech_db = 55.25,
		.noise_db = 20.0,
		.from = 1920,
		.to = 9600 };
	translate_start(&scene.translate, &practised, &options, 0);
	expect("note session\nnote step practice\nsay 1 \"pineapple.\"\n");
	translate_word(&scene.translate, &word);
	report(REPORT_SAY, 1, 960);
	assert_true(translate_is_own_voice(&scene.translate, &hearing));
	hearing.from += 48000;
	hearing.to += 48000;
	assert_false(translate_is_own_voice(&scene.translate, &hearing));
	report(REPORT_SAID, 1, 9600);
	scene.calls[0] = '\0';
	translate_hearing(&scene.translate, &hearing, 60000);
	expect("note heard\nnote rehearsed pineapple pineapple (own) after 1, 35 dB (55.2 over "
	       "20.0)\nsay 2 \"stop_heard\"\n");
	/* over, the same word said by the coach is a stop again */
	report(REPORT_SAY, 2, 60000);
	report(REPORT_SAID, 2, 70000);
	hearing.from = 1920;
	hearing.to = 9600;
	assert_false(translate_is_own_voice(&scene.translate, &hearing));
}

/* Whatever the coach says itself while a number is practised, "stop" is a stop. */
static void a_stop_is_a_stop_while_a_number_is_practised(void **state)
{
	(void)state;
	static const struct step number[] = {
		{ .kind = STEP_REHEARSE,
				.name = "practice",
				.say = "stop.",
				.rehearse = INTENT_RATING },
	};
	static const struct script practice_number = {
		.name = "practice",
		.title = "a rehearsal",
		.path = "practice.yaml",
		.kind = SESSION_TOUCH,
		.steps = number,
		.step_count = 1,
	};
	const struct engine_options options = { .microphone = true };
	const struct speech_word word = { .utterance = 1, .text_length = 4 };
	const struct hearing hearing = { .kind = HEARING_WORD,
		.intent = INTENT_STOP,
		.value = -1,
		.other = -1,
		.text = "stop",
		.from = 1920,
		.to = 9600 };
	translate_start(&scene.translate, &practice_number, &options, 0);
	translate_word(&scene.translate, &word);
	report(REPORT_SAY, 1, 960);
	assert_false(translate_is_own_voice(&scene.translate, &hearing));
}

/* "pineapples" is not the word; easectl measures nothing. */
static void a_word_like_it_is_another(void **state)
{
	(void)state;
	const struct engine_options options = { .microphone = true, .word = "pineapple" };
	const struct hearing hearing = { .kind = HEARING_WORD,
		.intent = INTENT_STOP,
		.value = -1,
		.other = -1,
		.text = "pineapples" };
	translate_start(&scene.translate, &practised, &options, 0);
	report(REPORT_SAY, 1, 960);
	report(REPORT_SAID, 1, 9600);
	scene.calls[0] = '\0';
	translate_hearing(&scene.translate, &hearing, 60000);
	assert_null(strstr(scene.calls, "rehearsed"));
	assert_non_null(strstr(scene.calls, "hush"));
}

static void puts_its_own_words_into_the_same_row_of_ids(void **state)
{
	(void)state;
	assert_int_equal(translate_say(&scene.translate, "Ready."), STATUS_OK);
	start_at(480);
	expect("say 1 \"Ready.\"\nnote session\nnote step hello\nsay 2 \"Hello.\"\n");
	/* the end of a foreign utterance is no end of the engine's first */
	report(REPORT_SAY, 1, 480);
	report(REPORT_SAID, 1, 960);
	report(REPORT_SAY, 2, 960);
	expect("note say\nnote said\nnote say\n");
	translate_tick(&scene.translate, 960 + 4 * EASE_RATE);
	expect("");
}

static void hushes_the_queue_before_the_callback(void **state)
{
	(void)state;
	start_at(0);
	assert_int_equal(translate_say(&scene.translate, "More."), STATUS_OK);
	report(REPORT_SAY, 1, 480);
	scene.calls[0] = '\0';
	hear(HEARING_WORD, INTENT_STOP, 4800);
	char *end = strstr(scene.calls, "say ");
	assert_non_null(end);
	*end = '\0';
	expect("note heard\ncancel 2\nhush 2\n"
	       "note stopped\n");
	/* the first was playing, the second never reached the ring: both are over */
	report(REPORT_CUT, 1, 5280);
	expect("note said cut\n");
	report(REPORT_HUSHED, 0, 5280);
	expect("note hushed\n");
	assert_int_equal(scene.translate.waiting_count, 1);
	assert_true(scene.translate.waiting[0].id > 2);
}

/* Speech gives way to "lighter": what was said and queued is over, what comes then is not. */
static void cuts_speech_and_leaves_the_rest(void **state)
{
	(void)state;
	static const struct step touch_steps[] = {
		{ .kind = STEP_SAY, .name = "hello", .say = "Hello.", .rest_ms = 500 },
	};
	static const struct script touch = { .name = "touch",
		.title = "touch",
		.path = "touch.yaml",
		.kind = SESSION_TOUCH,
		.steps = touch_steps,
		.step_count = 1 };
	const struct engine_options options = { .microphone = true };
	translate_start(&scene.translate, &touch, &options, 0);
	assert_int_equal(translate_say(&scene.translate, "More."), STATUS_OK);
	report(REPORT_SAY, 1, 480);
	scene.calls[0] = '\0';
	hear(HEARING_WORD, INTENT_LIGHTER, 4800);
	expect("note heard\ncancel 2\ncut 2\nnote pressure\nsay 3 \"lighter\"\nsay 4 "
	       "\"Hello.\"\n");
	/* the first was playing, the second never reached the ring; the last id stands for both */
	report(REPORT_CUT, 1, 4800);
	expect("note said cut\n");
	report(REPORT_CUT, 2, 4800);
	expect("");
	assert_int_equal(scene.translate.waiting_count, 2);
	report(REPORT_SAY, 3, 4800);
	report(REPORT_SAID, 3, 9600);
	report(REPORT_SAY, 4, 9600);
	report(REPORT_SAID, 4, 14400);
	translate_tick(&scene.translate, 14400 + EASE_RATE);
	assert_false(translate_running(&scene.translate));
}

static void ducks_while_somebody_speaks(void **state)
{
	(void)state;
	start_at(0);
	scene.calls[0] = '\0';
	hear(HEARING_ONSET, INTENT_NONE, 480);
	hear(HEARING_ONSET, INTENT_NONE, 960);
	expect("duck on\n");
	hear(HEARING_OFFSET, INTENT_NONE, 9600);
	expect("duck off\n");
	hear(HEARING_ONSET, INTENT_NONE, 10080);
	scene.calls[0] = '\0';
	translate_tick(&scene.translate, 10080 + frames_from_ms(2999));
	expect("");
	translate_tick(&scene.translate, 10080 + frames_from_ms(3000));
	expect("duck off\n");
}

static void comes_back_only_after_the_word_was_obeyed(void **state)
{
	(void)state;
	start_at(0);
	report(REPORT_SAY, 1, 0);
	hear(HEARING_ONSET, INTENT_NONE, 480);
	scene.calls[0] = '\0';
	hear(HEARING_WORD, INTENT_STOP, 9600);
	const char *hush = strstr(scene.calls, "hush");
	const char *duck = strstr(scene.calls, "duck off");
	assert_non_null(hush);
	assert_non_null(duck);
	assert_true(hush < duck);
}

static void survives_a_voice_that_refuses(void **state)
{
	(void)state;
	scene.say_status = STATUS_NO_SPACE;
	start_at(0);
	frames_t now = 0;
	while (now < 60 * EASE_RATE && translate_running(&scene.translate)) {
		now += EASE_PERIOD;
		translate_tick(&scene.translate, now);
	}
	assert_false(translate_running(&scene.translate));
}

static void keeps_room_for_the_engine(void **state)
{
	(void)state;
	int taken = 0;
	while (translate_say(&scene.translate, "Again.") == STATUS_OK) {
		taken++;
		assert_true(taken < UTTERANCES_MAX);
	}
	start_at(0);
	assert_non_null(strstr(scene.calls, "Hello."));
}

static void ends_at_once_without_a_loudspeaker(void **state)
{
	(void)state;
	start_at(0);
	report(REPORT_SAY, 1, 0);
	translate_event(&scene.translate, EVENT_SPEAKER_LOST, 4800);
	translate_tick(&scene.translate, 4800);
	assert_false(translate_running(&scene.translate));
	assert_int_equal(translate_reason(&scene.translate), END_FAULT);
}

static void says_its_last_words_after_the_button(void **state)
{
	(void)state;
	start_at(0);
	report(REPORT_SAY, 1, 0);
	translate_event(&scene.translate, EVENT_BUTTON, 4800);
	translate_tick(&scene.translate, 4800);
	report(REPORT_CUT, 1, 5280);
	report(REPORT_HUSHED, 0, 5280);
	translate_tick(&scene.translate, 5280);
	assert_true(translate_running(&scene.translate));

	frames_t now = 5280;
	while (translate_running(&scene.translate) && now < 60 * EASE_RATE) {
		now += 9600;
		report(REPORT_SAY, scene.spoken, now);
		report(REPORT_SAID, scene.spoken, now);
		translate_tick(&scene.translate, now);
	}
	assert_int_equal(translate_reason(&scene.translate), END_STOPPED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(runs_a_session_from_start_to_end, set_up),
		cmocka_unit_test_setup(counts_time_from_the_session_on, set_up),
		cmocka_unit_test_setup(knows_its_own_voice, set_up),
		cmocka_unit_test_setup(knows_the_persons_own_word, set_up),
		cmocka_unit_test_setup(a_stop_is_a_stop_while_a_number_is_practised, set_up),
		cmocka_unit_test_setup(a_word_like_it_is_another, set_up),
		cmocka_unit_test_setup(puts_its_own_words_into_the_same_row_of_ids, set_up),
		cmocka_unit_test_setup(hushes_the_queue_before_the_callback, set_up),
		cmocka_unit_test_setup(cuts_speech_and_leaves_the_rest, set_up),
		cmocka_unit_test_setup(ducks_while_somebody_speaks, set_up),
		cmocka_unit_test_setup(comes_back_only_after_the_word_was_obeyed, set_up),
		cmocka_unit_test_setup(survives_a_voice_that_refuses, set_up),
		cmocka_unit_test_setup(keeps_room_for_the_engine, set_up),
		cmocka_unit_test_setup(ends_at_once_without_a_loudspeaker, set_up),
		cmocka_unit_test_setup(says_its_last_words_after_the_button, set_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
