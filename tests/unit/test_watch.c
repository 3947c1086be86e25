/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_watch.c - how often the giver is asked to look at the receiver, and when not (S116). */
#include "core_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define STEPS 12

static struct core_case desk;
static struct unit unit;
static struct step steps[STEPS];
static struct script script;

/* So many units of that length, with hardly a word between them. */
static void lay_out(enum who who, size_t count, int32_t ms)
{
	unit = (struct unit){
		.name = "u",
		.title = "u",
		.technique = TECHNIQUE_KNEADING,
		.who = who,
		.pace = { .kind = PACE_HOLD },
		.pressure = { 1, 5 },
		.rated = true,
		.say_long = "Go.",
	};
	for (size_t i = 0; i < count; i++) {
		steps[i] = (struct step){ .kind = STEP_UNIT, .name = "u", .unit = &unit, .ms = ms };
	}
	script = (struct script){ .name = "s",
		.title = "s",
		.kind = SESSION_TOUCH,
		.who = who,
		.steps = steps,
		.step_count = count };
}

static void answer(void)
{
	if (desk.engine.inquiry.kind == INQUIRY_NONE || desk.engine.inquiry.wait.utterance != 0) {
		return;
	}
	if (desk.engine.inquiry.kind == INQUIRY_COMFORT) {
		case_hear(&desk, INTENT_YES, -1);
	} else {
		case_hear(&desk, INTENT_RATING, 2);
	}
}

static bool is_look(const struct action *action)
{
	return action->kind == ACTION_SAY &&
	       (action->text == desk.phrases[PHRASE_WATCH] ||
			       action->text == desk.phrases[PHRASE_WATCH_AGAIN]);
}

static void live(bool microphone)
{
	const struct engine_options options = { .screened = true, .microphone = microphone };
	case_init(&desk, &script, &options);
	desk.engine.flow.warm = true;
	case_start(&desk);
	while (desk.engine.mode != ENGINE_OVER) {
		assert_true(case_follow(&desk, 0));
		answer();
	}
}

/* Every one after 60 to 90 s; how many there were. */
static size_t looks_in_time(void)
{
	frames_t last = 0;
	size_t looks = 0;
	for (size_t i = 0; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_TONE && last == 0) {
			last = desk.log[i].at; /* the hands begin */
		}
		if (!is_look(&desk.log[i])) {
			continue;
		}
		assert_in_range(desk.when[i] - last, frames_from_ms(60000), frames_from_ms(90000));
		last = desk.when[i];
		looks++;
	}
	assert_true(desk.now - last <= frames_from_ms(90000));
	return looks;
}

static void every_minute_or_so(void **state)
{
	(void)state;
	lay_out(WHO_PARTNER, 1, 600000); /* also within one long unit */
	live(true);
	assert_int_equal(looks_in_time(), 9);
	lay_out(WHO_PARTNER, STEPS, 47000);
	live(true);
	assert_in_range(looks_in_time(), 7, 9);
}

static void never_into_a_sentence_or_a_question(void **state)
{
	(void)state;
	for (int32_t ms = 20000; ms < 60000; ms += 3000) {
		lay_out(WHO_PARTNER, STEPS, ms);
		const struct engine_options options = { .screened = true, .microphone = true };
		case_init(&desk, &script, &options);
		desk.engine.flow.warm = true;
		case_start(&desk);
		while (desk.engine.mode != ENGINE_OVER) {
			const size_t from = desk.logged;
			const bool busy = desk.said < desk.spoken ||
					  desk.engine.inquiry.kind != INQUIRY_NONE;
			const uint32_t said = desk.said;
			assert_true(case_follow(&desk, 0));
			for (size_t i = from; busy && i < desk.logged; i++) {
				/* the report that a sentence is over may free the way */
				assert_true(!is_look(&desk.log[i]) || desk.said > said);
			}
			answer();
		}
	}
}

/* Whoever looks may say what they see, before they are asked for something else (S116, S135); but
 * for questions that leave no room for it the look is not put off for long. */
static void the_answer_to_a_look_is_waited_for(void **state)
{
	static const char words[] = "Giver, look at the face, the breathing, and the muscles. "
				    "If anything tenses, say tense.";
	const frames_t needed = frames_from_ms(text_duration_ms(words) + WATCH_GAP_MS);
	size_t looks = 0;

	(void)state;
	for (int32_t later_ms = 0; later_ms <= 60000; later_ms += 700) {
		const struct engine_options options = { .screened = true, .microphone = true };
		frames_t free = 0;
		lay_out(WHO_PARTNER, 1, 600000);
		case_init(&desk, &script, &options);
		desk.phrases[PHRASE_WATCH] = words;
		desk.phrases[PHRASE_WATCH_AGAIN] = words;
		desk.engine.flow.warm = true;
		case_start(&desk);
		while (desk.engine.watch.due == FRAMES_NEVER) {
			assert_true(case_follow(&desk, 0));
		}
		desk.engine.watch.due += frames_from_ms(later_ms); /* so that they meet */
		while (desk.engine.mode != ENGINE_OVER) {
			const frames_t late = desk.engine.watch.due + frames_from_ms(WATCH_LATE_MS);
			const size_t from = desk.logged;
			assert_true(case_follow(&desk, 0));
			for (size_t i = from; i < desk.logged; i++) {
				if (is_look(&desk.log[i]) && desk.now < late) {
					free = desk.now + needed;
					looks++;
				}
			}
			/* the last question of a unit is a rating, over which it is heard */
			assert_true(desk.engine.inquiry.kind == INQUIRY_NONE ||
					desk.engine.flow.phase == FLOW_CLOSING || desk.now >= free);
			answer();
		}
	}
	assert_true(looks > 500);
}

/* S135: also as the answer to another question. */
static void tense_counts_while_comfort_is_asked_for(void **state)
{
	(void)state;
	lay_out(WHO_PARTNER, 1, 600000);
	const struct engine_options options = { .screened = true, .microphone = true, .level = 3 };
	case_init(&desk, &script, &options);
	desk.engine.flow.warm = true;
	case_start(&desk);
	while (desk.engine.inquiry.kind != INQUIRY_COMFORT) {
		assert_true(case_follow(&desk, 0));
		if (desk.engine.inquiry.kind == INQUIRY_RATING) {
			answer();
		}
	}
	assert_int_equal(desk.engine.pressure.target, 3);
	case_hear(&desk, INTENT_GUARDING, -1);
	assert_int_equal(desk.engine.pressure.target, 1);
	assert_int_equal(desk.engine.inquiry.kind, INQUIRY_NONE);
}

/* A voice that is just beginning is heard out first. */
static void never_while_somebody_begins_to_speak(void **state)
{
	(void)state;
	lay_out(WHO_PARTNER, 1, 600000);
	const struct engine_options options = { .screened = true, .microphone = false };
	case_init(&desk, &script, &options);
	desk.engine.microphone = true;
	desk.engine.flow.warm = true;
	desk.engine.flow.stop_heard = true;
	desk.engine.flow.light = false;
	case_start(&desk);
	while (desk.engine.watch.due == FRAMES_NEVER) {
		assert_true(case_follow(&desk, 0));
	}
	desk.engine.pressure.ask_due = desk.engine.pressure.comfort_due = FRAMES_NEVER;
	desk.now = desk.engine.watch.due - frames_from_ms(1000);
	case_feed(&desk, (struct event){ .kind = EVENT_SPEECH_ONSET });
	const size_t from = desk.logged;
	case_pass(&desk, 2000);
	assert_int_equal(case_said(&desk, from, PHRASE_WATCH), 0);
	case_pass(&desk, 2000);
	assert_int_equal(case_said(&desk, from, PHRASE_WATCH), 1);
}

static void nobody_looks_at_their_own_back(void **state)
{
	(void)state;
	lay_out(WHO_SELF, STEPS, 47000);
	live(true);
	for (size_t i = 0; i < desk.logged; i++) {
		assert_false(is_look(&desk.log[i]));
	}
}

/* Who cannot be heard is looked at as well. */
static void also_without_a_microphone(void **state)
{
	(void)state;
	lay_out(WHO_PARTNER, 1, 300000);
	unit.technique = TECHNIQUE_EFFLEURAGE;
	live(false);
	assert_int_equal(looks_in_time(), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_minute_or_so),
		cmocka_unit_test(never_into_a_sentence_or_a_question),
		cmocka_unit_test(the_answer_to_a_look_is_waited_for),
		cmocka_unit_test(tense_counts_while_comfort_is_asked_for),
		cmocka_unit_test(never_while_somebody_begins_to_speak),
		cmocka_unit_test(nobody_looks_at_their_own_back),
		cmocka_unit_test(also_without_a_microphone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
