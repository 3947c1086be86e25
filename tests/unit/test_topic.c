/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_topic.c - when questions are answered, and what an answer does besides (S187-S210). */
#include "core_case.h"
#include "ease/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { OIL, PREGNANT, NUMB, LYING, UNKNOWN };

static const struct voice_answer answers[] = {
	[OIL] = { "oil", "Almond oil.", OUTCOME_NEXT, 0 },
	[PREGNANT] = { "pregnant", "Then light.", OUTCOME_LIGHT,
			UINT32_C(1) << FACT_PREGNANT | UINT32_C(1) << FACT_SIDE_LYING },
	[NUMB] = { "numb", "Call a doctor.", OUTCOME_URGENT, 0 },
	[LYING] = { "lying", "On your side.", OUTCOME_SIDE_LYING, 0 },
};

static const struct unit glide = {
	.name = "glide",
	.title = "glides",
	.technique = TECHNIQUE_PALM_GLIDE,
	.pace = { .kind = PACE_STROKES, .stroke_ms = { 3300, 5000 }, .stroke_default_ms = 4000 },
	.count = { 3, 5 },
	.pressure = { 1, 4 },
	.say_long = "Glide.",
	.say_short = "Glide.",
};

static const struct unit circles = {
	.name = "circles",
	.title = "circles",
	.technique = TECHNIQUE_CIRCLES,
	.pace = { .kind = PACE_STROKES, .stroke_ms = { 2000, 6000 }, .stroke_default_ms = 4000 },
	.seconds = { 60, 120 },
	.pressure = { 1, 3 },
	.say_long = "Circle.",
};

static const struct unit hold = {
	.name = "hold",
	.title = "a hold",
	.technique = TECHNIQUE_SELF_TRIGGER_POINT,
	.pace = { .kind = PACE_HOLD },
	.seconds = { 20, 30 },
	.pressure = { 1, 5 },
	.say_long = "Hold.",
};

static const struct answer offer[] = {
	{ .intent = INTENT_YES },
	{ .intent = INTENT_NO, .outcome = OUTCOME_GOTO, .go = 3 },
};

static const struct step deep_steps[] = {
	{ .kind = STEP_UNIT, .name = "circles", .unit = &circles, .ms = 60000 },
	{ .kind = STEP_ASK,
			.name = "offer",
			.say = "A hold?",
			.context = CONTEXT_YESNO,
			.wait_ms = 8000,
			.answers = offer,
			.answer_count = 2,
			.unanswered = 1 },
	{ .kind = STEP_UNIT, .name = "hold", .unit = &hold, .ms = 30000, .optional = true },
	{ .kind = STEP_UNIT, .name = "press", .unit = &hold, .ms = 30000, .optional = true },
	{ .kind = STEP_UNIT,
			.name = "knead",
			.unit = &glide,
			.count = 5,
			.unless = 1u << FACT_LIGHT },
	{ .kind = STEP_SAY, .name = "end", .say = "End." },
};

static const struct script deep = {
	.name = "d", .title = "d", .kind = SESSION_TOUCH, .steps = deep_steps, .step_count = 6
};

static const struct step steps[] = {
	{ .kind = STEP_SAY, .name = "hello", .say = "Hello.", .rest_ms = 10000 },
	{ .kind = STEP_UNIT, .name = "glide", .unit = &glide, .count = 5 },
	{ .kind = STEP_SAY, .name = "end", .say = "End." },
};

#define BETWEEN 7 /* a context of the voice */

static const struct unit knead = {
	.name = "knead",
	.title = "kneading",
	.technique = TECHNIQUE_COMPRESSION,
	.pace = { .kind = PACE_STROKES, .stroke_ms = { 3000, 6000 }, .stroke_default_ms = 4000 },
	.count = { 3, 8 },
	.pressure = { 1, 5 },
	.say_long = "Knead.",
	.say_short = "Knead.",
};

/* For who lies face down, then for who does not. */
static const struct step forms[] = {
	{ .kind = STEP_SAY, .name = "hello", .say = "Hello.", .rest_ms = 4000, .context = BETWEEN },
	{ .kind = STEP_UNIT,
			.name = "glide",
			.unit = &glide,
			.count = 5,
			.unless = UINT32_C(1) << FACT_SIDE_LYING },
	{ .kind = STEP_UNIT, .name = "knead", .unit = &knead, .count = 5 },
	{ .kind = STEP_UNIT,
			.name = "glide-side",
			.unit = &glide,
			.count = 5,
			.when = UINT32_C(1) << FACT_SIDE_LYING },
	{ .kind = STEP_SAY, .name = "end", .say = "End." },
};

static const struct script both_forms = {
	.name = "b", .title = "b", .kind = SESSION_TOUCH, .steps = forms, .step_count = 5
};

static const struct script script = {
	.name = "t", .title = "t", .kind = SESSION_TOUCH, .steps = steps, .step_count = 3
};

static struct core_case desk;

static void begin(void)
{
	const struct engine_options options = {
		.microphone = true, .answers = answers, .answer_count = 3
	};
	case_init(&desk, &script, &options);
	case_start(&desk);
	case_pass(&desk, 3000);
}

static const char *asked(int32_t topic)
{
	const size_t before = desk.logged;
	case_feed(&desk, (struct event){ .kind = EVENT_HEARD,
					 .intent = INTENT_ASK,
					 .value = topic,
					 .other = -1,
					 .sure = true });
	for (size_t i = before; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_SAY) {
			return desk.log[i].text;
		}
	}
	return "";
}

static void hear(enum intent intent)
{
	case_feed(&desk, (struct event){ .kind = EVENT_HEARD,
					 .intent = intent,
					 .value = -1,
					 .other = -1,
					 .sure = true });
}

static void answers_between_units_and_when_paused(void **state)
{
	(void)state;
	begin();
	assert_string_equal(asked(OIL), "Almond oil.");
	case_pass(&desk, 15000);
	assert_string_equal(flow_step(&desk.engine)->name, "glide");
	assert_string_equal(asked(OIL), "not_now");
	case_pass(&desk, 2000);
	hear(INTENT_PAUSE);
	case_pass(&desk, 2000);
	assert_string_equal(asked(OIL), "Almond oil.");
	assert_int_equal(desk.engine.mode, ENGINE_PAUSED);
	case_pass(&desk, 2000);
	hear(INTENT_CONTINUE);
	assert_int_equal(desk.engine.mode, ENGINE_RUNNING);
}

/* S210: never a guess. */
static void cannot_answer_what_it_does_not_know(void **state)
{
	(void)state;
	begin();
	assert_string_equal(asked(UNKNOWN), "cannot_answer");
	assert_string_equal(asked(-1), "cannot_answer");
}

/* S204 */
static void a_flag_in_a_question_counts(void **state)
{
	(void)state;
	begin();
	assert_false(desk.engine.flow.light);
	assert_string_equal(asked(PREGNANT), "Then light.");
	assert_true(desk.engine.flow.light);
	assert_int_equal(pressure_ceiling(&desk.engine), PRESSURE_LIGHT_MAX);
	assert_true((flow_facts(&desk.engine) & fact_bit(FACT_PREGNANT)) != 0);
	assert_true((flow_facts(&desk.engine) & fact_bit(FACT_SIDE_LYING)) != 0);
	assert_string_equal(asked(NUMB), "Call a doctor.");
	assert_int_equal(desk.engine.mode, ENGINE_ENDING);
	case_pass(&desk, 5000);
	assert_int_equal(desk.engine.mode, ENGINE_ENDING); /* it may be asked for again */
	case_pass(&desk, WAIT_DEFAULT_MS);
	assert_int_equal(desk.engine.mode, ENGINE_OVER);
}

/* S204: what was touched is kept for later sessions, as an answer is; plain answers are not. */
static void a_flag_in_a_question_is_kept(void **state)
{
	(void)state;
	static const struct {
		int32_t topic;
		enum outcome outcome;
	} flags[] = { { PREGNANT, OUTCOME_LIGHT }, { NUMB, OUTCOME_URGENT } };
	begin();
	(void)asked(OIL);
	assert_int_equal(case_count(&desk, 0, ACTION_ANSWER), 0);
	for (size_t i = 0; i < 2; i++) {
		const size_t from = desk.logged;
		(void)asked(flags[i].topic);
		assert_int_equal(desk.log[from].kind, ACTION_ANSWER);
		assert_null(desk.log[from].step);
		assert_string_equal(desk.log[from].text, answers[flags[i].topic].topic);
		assert_int_equal(desk.log[from].intent, INTENT_ASK);
		assert_int_equal(desk.log[from].outcome, flags[i].outcome);
	}
}

/* Lives on, saying yes to what is asked, until the step of that name is at work. */
static void work_on(const char *name)
{
	const struct engine_options options = {
		.microphone = true, .screened = true, .answers = answers, .answer_count = 3
	};
	case_init(&desk, &deep, &options);
	case_start(&desk);
	for (int i = 0; i < 1000 && strcmp(flow_step(&desk.engine)->name, name) != 0; i++) {
		const bool asks = desk.engine.flow.phase == FLOW_ASKING &&
				  desk.engine.wait.utterance == 0;
		if (asks || desk.engine.inquiry.kind == INQUIRY_COMFORT) {
			hear(INTENT_YES);
		} else {
			assert_true(case_follow(&desk, 0));
		}
	}
	assert_string_equal(flow_step(&desk.engine)->name, name);
}

static bool worked_since(size_t from, const struct unit *unit)
{
	for (size_t i = from; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_TONE) {
			return true;
		}
		if (desk.log[i].kind == ACTION_STEP && desk.log[i].step->unit == unit) {
			return true;
		}
	}
	return false;
}

/* S21: what is deep does not go on when the pause is over, however it ends. */
static void a_flag_in_a_pause_ends_a_deep_unit(void **state)
{
	static const enum intent ways[] = { INTENT_CONTINUE, INTENT_REPEAT };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		size_t from;
		work_on("hold");
		if (i < 2) {
			assert_true(case_pace(&desk));
			case_pass(&desk, 3000);
		}
		hear(INTENT_PAUSE);
		assert_string_equal(asked(PREGNANT), "Then light.");
		case_pass(&desk, 2000);
		from = desk.logged;
		hear(ways[i % 2]);
		assert_int_equal(case_said(&desk, from, PHRASE_DEEP_SKIPPED_LIGHT), 1);
		case_pass(&desk, 3000);
		assert_int_equal(case_said(&desk, from, PHRASE_DEEP_SKIPPED_LIGHT), 1);
		assert_false(worked_since(from, &hold));
		assert_string_equal(flow_step(&desk.engine)->name, "end");
	}
}

/* Nor is it offered any more; and what is not for light touch is left out, too. */
static void a_flag_in_a_pause_withdraws_an_offer(void **state)
{
	size_t from;

	(void)state;
	work_on("offer");
	case_pass(&desk, 2000);
	hear(INTENT_PAUSE);
	assert_string_equal(asked(PREGNANT), "Then light.");
	from = desk.logged;
	hear(INTENT_CONTINUE);
	assert_int_equal(case_said(&desk, from, PHRASE_DEEP_SKIPPED_LIGHT), 1);
	work_on("knead");
	assert_true(case_pace(&desk));
	hear(INTENT_PAUSE);
	assert_string_equal(asked(PREGNANT), "Then light.");
	hear(INTENT_CONTINUE);
	assert_string_equal(flow_step(&desk.engine)->name, "end");
}

static void a_flag_from_before_counts(void **state)
{
	(void)state;
	const struct engine_options options = { .microphone = true, .light = true };
	case_init(&desk, &script, &options);
	assert_true(desk.engine.flow.light);
}

static void begin_forms(uint32_t facts)
{
	const struct engine_options options = {
		.microphone = true, .answers = answers, .answer_count = 4, .facts = facts
	};
	case_init(&desk, &both_forms, &options);
	desk.engine.flow.stop_heard = true;
	case_start(&desk);
}

static uint8_t context_now(void)
{
	uint8_t context = UINT8_MAX;
	for (size_t i = 0; i < desk.logged; i++) {
		context = desk.log[i].kind == ACTION_LISTEN ? desk.log[i].context : context;
	}
	return context;
}

/* Questions are heard while somebody rests, and the rest waits for who has begun one. */
static void a_rest_hears_questions(void **state)
{
	(void)state;
	begin_forms(0);
	assert_int_equal(context_now(), CONTEXT_TOUCH);
	case_pass(&desk, 2000);
	assert_int_equal(context_now(), BETWEEN);
	case_pass(&desk, 2500); /* 500 ms before the end of the rest */
	case_feed(&desk, (struct event){ .kind = EVENT_SPEECH_ONSET });
	case_pass(&desk, 2000);
	assert_string_equal(flow_step(&desk.engine)->name, "hello");
	assert_string_equal(asked(OIL), "Almond oil.");
	case_pass(&desk, 4000);
	assert_string_equal(flow_step(&desk.engine)->name, "glide");
	assert_int_equal(context_now(), CONTEXT_TOUCH);
}

static bool entered(const char *name)
{
	for (size_t i = 0; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_STEP && strcmp(desk.log[i].step->name, name) == 0) {
			return true;
		}
	}
	return false;
}

/* S202: "I can't lie face down" leads to the other form, also out of the midst of a unit. */
static void who_cannot_lie_face_down_gets_the_other_form(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		begin_forms(0);
		case_pass(&desk, i == 0 ? 2000 : 10000);
		if (i == 1) {
			assert_true(entered("glide"));
			hear(INTENT_PAUSE);
			case_pass(&desk, 2000);
		}
		assert_string_equal(asked(LYING), "On your side.");
		assert_true((flow_facts(&desk.engine) & fact_bit(FACT_SIDE_LYING)) != 0);
		case_pass(&desk, 2000);
		if (i == 1) {
			const size_t before = desk.logged;
			hear(INTENT_CONTINUE);
			case_pass(&desk, 100);
			assert_int_equal(case_count(&desk, before, ACTION_TONE), 0);
		}
		for (int k = 0; k < 2000 && desk.engine.mode != ENGINE_OVER; k++) {
			(void)case_follow(&desk, 0);
		}
		assert_true(entered("glide-side"));
		assert_int_equal(entered("glide"), i == 1);
	}
	/* said between sessions: from the beginning */
	begin_forms(fact_bit(FACT_SIDE_LYING));
	case_pass(&desk, 60000);
	assert_false(entered("glide"));
}

/* What goes deep does not go on after words that keep touch light. */
static void no_deep_work_goes_on_when_touch_became_light(void **state)
{
	(void)state;
	begin_forms(0);
	desk.engine.flow.warm = true;
	for (int i = 0; i < 2000 && !entered("knead"); i++) {
		(void)case_follow(&desk, 0);
	}
	assert_true(case_pace(&desk));
	case_pass(&desk, 3000);
	hear(INTENT_PAUSE);
	case_pass(&desk, 2000);
	assert_string_equal(asked(PREGNANT), "Then light.");
	case_pass(&desk, 2000);
	const size_t before = desk.logged;
	hear(INTENT_CONTINUE);
	assert_int_equal(case_said(&desk, before, PHRASE_DEEP_SKIPPED_LIGHT), 1);
	case_pass(&desk, 5000);
	for (size_t i = before; i < desk.logged; i++) {
		assert_true(desk.log[i].kind != ACTION_STEP || desk.log[i].step->unit != &knead);
	}
	assert_string_equal(flow_step(&desk.engine)->name, "glide-side"); /* S19: on the side */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_between_units_and_when_paused),
		cmocka_unit_test(cannot_answer_what_it_does_not_know),
		cmocka_unit_test(a_flag_in_a_question_counts),
		cmocka_unit_test(a_flag_in_a_question_is_kept),
		cmocka_unit_test(a_flag_in_a_pause_ends_a_deep_unit),
		cmocka_unit_test(a_flag_in_a_pause_withdraws_an_offer),
		cmocka_unit_test(a_flag_from_before_counts),
		cmocka_unit_test(a_rest_hears_questions),
		cmocka_unit_test(who_cannot_lie_face_down_gets_the_other_form),
		cmocka_unit_test(no_deep_work_goes_on_when_touch_became_light),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
