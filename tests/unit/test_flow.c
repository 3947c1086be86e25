/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_flow.c - the steps of a script: outcomes, reprompts, skipping, what is said ahead. */
#include "core_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct answer answers[] = {
	{ .intent = INTENT_YES, .outcome = OUTCOME_NEXT },
	{ .intent = INTENT_NO, .outcome = OUTCOME_NEXT },
};

static struct step steps[] = {
	{ .kind = STEP_ASK,
			.name = "ask",
			.say = "Ask?",
			.context = CONTEXT_YESNO,
			.wait_ms = 4000,
			.reprompts = 1,
			.answers = answers,
			.answer_count = 2,
			.unanswered = 1,
			.screened = INTENT_YES },
	{ .kind = STEP_SAY, .name = "two", .say = "Two." },
	{ .kind = STEP_SAY, .name = "three", .say = "Three.", .rest_ms = 60000 },
};

static const struct script touch = {
	.name = "t", .title = "t", .kind = SESSION_TOUCH, .steps = steps, .step_count = 3
};

static const struct script relax = {
	.name = "r", .title = "r", .kind = SESSION_RELAXATION, .steps = steps, .step_count = 3
};

static struct core_case desk;

/* Asks the question of which "yes" has that outcome. */
static void set_up(const struct script *script, enum outcome outcome)
{
	const struct engine_options options = { .microphone = true };
	answers[0] = (struct answer){ .intent = INTENT_YES, .outcome = outcome, .go = 2 };
	answers[1] = (struct answer){ .intent = INTENT_NO, .outcome = OUTCOME_NEXT };
	case_init(&desk, script, &options);
	case_start(&desk);
	case_pass(&desk, 2000);
}

static const char *here(void)
{
	const struct step *step = flow_step(&desk.engine);
	return step == NULL ? "none" : step->name;
}

static void follows_each_outcome(void **state)
{
	(void)state;
	static const char *const places[OUTCOME_COUNT] = {
		[OUTCOME_NEXT] = "two",
		[OUTCOME_AGAIN] = "ask",
		[OUTCOME_GOTO] = "three",
		[OUTCOME_LIGHT] = "two",
		[OUTCOME_CLEARANCE] = "two",
		[OUTCOME_AVOID] = "two",
		[OUTCOME_REFUSE] = "ask",
		[OUTCOME_ADVISE] = "ask",
		[OUTCOME_URGENT] = "ask",
		[OUTCOME_LOUDER] = "ask",
		[OUTCOME_SIDE_LYING] = "two",
	};
	for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
		const bool ends = outcome == OUTCOME_REFUSE || outcome == OUTCOME_ADVISE ||
				  outcome == OUTCOME_URGENT;
		const bool light = outcome == OUTCOME_LIGHT || outcome == OUTCOME_AVOID;
		set_up(&touch, (enum outcome)outcome);
		case_hear(&desk, INTENT_YES, -1);
		assert_string_equal(here(), places[outcome]);
		assert_int_equal(desk.engine.mode == ENGINE_ENDING, ends);
		assert_int_equal(desk.engine.flow.light, light);
		assert_int_equal(desk.engine.flow.side_lying, outcome == OUTCOME_SIDE_LYING);
		assert_int_equal(desk.engine.volume_db, outcome == OUTCOME_LOUDER ? 3 : 0);
	}
}

static void says_why_it_refuses(void **state)
{
	(void)state;
	static const enum outcome outcomes[] = { OUTCOME_REFUSE, OUTCOME_ADVISE, OUTCOME_URGENT };
	static const enum phrase words[] = { PHRASE_REFUSED, PHRASE_ADVISE, PHRASE_URGENT };
	for (size_t i = 0; i < 3; i++) {
		set_up(&touch, outcomes[i]);
		case_hear(&desk, INTENT_YES, -1);
		assert_int_equal(case_said(&desk, 0, words[i]), 1);
		case_pass(&desk, 3000);
		assert_int_equal(desk.engine.mode, ENGINE_ENDING); /* it may be asked for again */
		case_pass(&desk, WAIT_DEFAULT_MS);
		assert_int_equal(desk.engine.mode, ENGINE_OVER);
		assert_int_equal(desk.engine.reason, END_REFUSED);
	}
}

/* Three rounds; then on, but never past a question that may refuse. */
static void does_not_ask_for_ever(void **state)
{
	(void)state;
	set_up(&touch, OUTCOME_AGAIN);
	for (int i = 0; i < 3; i++) {
		assert_string_equal(here(), "ask");
		case_hear(&desk, INTENT_YES, -1);
		case_pass(&desk, 1000);
	}
	assert_string_not_equal(here(), "ask");
	set_up(&touch, OUTCOME_AGAIN);
	answers[1].outcome = OUTCOME_REFUSE;
	for (int i = 0; i < 3; i++) {
		case_hear(&desk, INTENT_YES, -1);
	}
	assert_int_equal(desk.engine.mode, ENGINE_ENDING);
}

static void asks_again_as_often_as_it_says(void **state)
{
	(void)state;
	for (uint8_t reprompts = 0; reprompts <= 2; reprompts++) {
		steps[0].reprompts = reprompts;
		set_up(&touch, OUTCOME_NEXT);
		case_pass(&desk, 40000);
		assert_int_equal(case_said(&desk, 0, PHRASE_DID_NOT_HEAR), reprompts);
		assert_string_not_equal(here(), "ask");
		set_up(&relax, OUTCOME_NEXT);
		case_pass(&desk, 40000);
		assert_int_equal(case_said(&desk, 0, PHRASE_DID_NOT_HEAR), 0);
	}
	steps[0].reprompts = 1;
}

static void takes_not_sure_for_silence(void **state)
{
	(void)state;
	set_up(&touch, OUTCOME_NEXT);
	answers[1].outcome = OUTCOME_ADVISE;
	case_hear(&desk, INTENT_NOT_SURE, -1);
	assert_int_equal(case_said(&desk, 0, PHRASE_ADVISE), 1);
}

/* Whatever may end or limit the session cannot be skipped; the rest can (S46). */
static void guards_what_may_refuse(void **state)
{
	(void)state;
	for (int outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
		const bool guarded = outcome >= OUTCOME_LIGHT && outcome <= OUTCOME_URGENT;
		set_up(&touch, (enum outcome)outcome);
		case_hear(&desk, INTENT_NEXT, -1);
		assert_string_equal(here(), guarded ? "ask" : "two");
		assert_int_equal(case_said(&desk, 0, PHRASE_NOT_NOW), guarded);
	}
}

static void skips_what_is_screened(void **state)
{
	(void)state;
	const struct engine_options options = { .screened = true, .microphone = true };
	answers[0] = (struct answer){ .intent = INTENT_YES, .outcome = OUTCOME_LIGHT };
	case_init(&desk, &touch, &options);
	case_start(&desk);
	assert_string_equal(here(), "two");
	assert_true(desk.engine.flow.light);
	steps[0].screened = INTENT_NONE;
	case_init(&desk, &touch, &options);
	case_start(&desk);
	assert_string_equal(here(), "ask");
	steps[0].screened = INTENT_YES;
}

/* The text of each step was asked for in time, with the same figures. */
static void prepares_what_comes(void **state)
{
	(void)state;
	set_up(&touch, OUTCOME_NEXT);
	assert_int_equal(case_count(&desk, 0, ACTION_PREPARE), 1);
	assert_string_equal(desk.log[2].text, "Two.");
	case_hear(&desk, INTENT_YES, -1);
	assert_string_equal(desk.log[desk.logged - 2].text, "Three.");
	assert_int_equal(desk.log[desk.logged - 2].kind, ACTION_PREPARE);
}

static void answers_while_the_question_is_said(void **state)
{
	(void)state;
	const struct engine_options options = { .microphone = true };
	set_up(&touch, OUTCOME_NEXT);
	case_init(&desk, &touch, &options);
	case_start(&desk);
	case_hear(&desk, INTENT_YES, -1);
	assert_int_equal(case_count(&desk, 0, ACTION_HUSH), 1);
	assert_string_equal(here(), "two");
}

static void keeps_the_rest_of_a_rest(void **state)
{
	(void)state;
	set_up(&touch, OUTCOME_GOTO);
	case_hear(&desk, INTENT_YES, -1);
	case_pass(&desk, 21000); /* 1 s of words, 20 s of rest */
	case_hear(&desk, INTENT_PAUSE, -1);
	case_pass(&desk, 5000);
	case_hear(&desk, INTENT_CONTINUE, -1);
	case_pass(&desk, 40900);
	assert_int_equal(desk.engine.mode, ENGINE_RUNNING);
	case_pass(&desk, 200);
	assert_int_equal(desk.engine.mode, ENGINE_OVER);
}

static void stores_comfort_before_and_after(void **state)
{
	(void)state;
	static const enum store stores[] = { STORE_BEFORE, STORE_AFTER };
	for (size_t i = 0; i < 2; i++) {
		struct engine_view view;
		set_up(&touch, OUTCOME_NEXT);
		steps[0].store = stores[i];
		answers[0] = (struct answer){ .intent = INTENT_RATING, .values = { 0, 10 } };
		case_hear(&desk, INTENT_RATING, 9);
		engine_look(&desk.engine, &view);
		assert_int_equal(view.before, i == 0 ? 9 : -1);
		assert_int_equal(view.after, i == 1 ? 9 : -1);
		assert_int_equal(view.mode, ENGINE_RUNNING); /* nine is no pressure here */
	}
	steps[0].store = STORE_NOTHING;
}

static void hear_unsure(int32_t value, int32_t other)
{
	case_feed(&desk, (struct event){ .kind = EVENT_HEARD,
					 .intent = INTENT_RATING,
					 .value = value,
					 .other = other });
}

/* S181: much comfort that nobody named would hide that it gets worse. */
static void takes_the_lower_of_two_comforts(void **state)
{
	(void)state;
	static const enum store stores[] = { STORE_BEFORE, STORE_AFTER };
	for (size_t i = 0; i < 2; i++) {
		set_up(&touch, OUTCOME_NEXT);
		steps[0].store = stores[i];
		answers[0] = (struct answer){ .intent = INTENT_RATING, .values = { 0, 10 } };
		hear_unsure(2, 10);
		assert_int_equal(desk.engine.flow.candidate, 2);
		hear_unsure(10, 2);
		assert_int_equal(i == 0 ? desk.engine.flow.before : desk.engine.flow.after, 2);
	}
	/* a pressure that is felt is the higher one */
	set_up(&touch, OUTCOME_NEXT);
	steps[0].store = STORE_NOTHING;
	answers[0] = (struct answer){ .intent = INTENT_RATING, .values = { 0, 10 } };
	hear_unsure(2, 7);
	assert_int_equal(desk.engine.flow.candidate, 7);
}

/* Who sleeps is not asked twice, whatever silence would otherwise lead to. */
static void leaves_the_sleeper_alone(void **state)
{
	(void)state;
	static const enum outcome outcomes[] = { OUTCOME_AGAIN, OUTCOME_LOUDER };
	for (size_t i = 0; i < 2; i++) {
		set_up(&relax, outcomes[i]);
		steps[0].unanswered = 0;
		case_pass(&desk, 12000);
		assert_string_not_equal(here(), "ask");
		assert_int_equal(desk.engine.volume_db, 0);
	}
	steps[0].unanswered = 1;
}

static void rehearses_three_times(void **state)
{
	(void)state;
	static const struct step rehearsal[] = {
		{ .kind = STEP_REHEARSE, .name = "r", .say = "Say stop.", .rehearse = INTENT_STOP },
		{ .kind = STEP_SAY, .name = "two", .say = "Two.", .rest_ms = 600000 },
	};
	static struct script script;
	const struct engine_options options = { .microphone = true };
	for (int kind = SESSION_TOUCH; kind <= SESSION_RELAXATION; kind++) {
		const bool first = kind == SESSION_TOUCH;
		script = touch;
		script.kind = (enum session_kind)kind;
		script.steps = rehearsal;
		script.step_count = 2;
		case_init(&desk, &script, &options);
		case_start(&desk);
		case_pass(&desk, 60000);
		assert_string_equal(here(), "two");
		assert_true(desk.engine.flow.unclear);
		assert_false(desk.engine.flow.stop_heard);
		assert_int_equal(case_said(&desk, 0, PHRASE_DID_NOT_HEAR), first ? 2 : 0);
		assert_int_equal(case_said(&desk, 0, PHRASE_REHEARSAL_FAILED), first ? 1 : 0);
	}
}

/* In a pause "repeat" says the words again and goes on; the rest is no longer than it was. */
static void repeats_out_of_a_pause(void **state)
{
	(void)state;
	set_up(&touch, OUTCOME_GOTO);
	case_hear(&desk, INTENT_YES, -1);
	case_pass(&desk, 21000);
	case_hear(&desk, INTENT_PAUSE, -1);
	case_pass(&desk, 5000);
	case_hear(&desk, INTENT_REPEAT, -1);
	case_pass(&desk, 40900);
	assert_int_equal(desk.engine.mode, ENGINE_RUNNING);
	case_pass(&desk, 200);
	assert_int_equal(desk.engine.mode, ENGINE_OVER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(follows_each_outcome),
		cmocka_unit_test(says_why_it_refuses),
		cmocka_unit_test(does_not_ask_for_ever),
		cmocka_unit_test(asks_again_as_often_as_it_says),
		cmocka_unit_test(takes_not_sure_for_silence),
		cmocka_unit_test(guards_what_may_refuse),
		cmocka_unit_test(skips_what_is_screened),
		cmocka_unit_test(prepares_what_comes),
		cmocka_unit_test(answers_while_the_question_is_said),
		cmocka_unit_test(keeps_the_rest_of_a_rest),
		cmocka_unit_test(repeats_out_of_a_pause),
		cmocka_unit_test(stores_comfort_before_and_after),
		cmocka_unit_test(takes_the_lower_of_two_comforts),
		cmocka_unit_test(leaves_the_sleeper_alone),
		cmocka_unit_test(rehearses_three_times),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
