/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_stop.c - the two questions after a stop, with every answer, and what leads back. */
#include "core_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct unit unit = { .name = "u",
	.title = "u",
	.technique = TECHNIQUE_CIRCLES,
	.pace = { .kind = PACE_STROKES, .stroke_ms = { 2000, 6000 }, .stroke_default_ms = 4000 },
	.seconds = { 60, 120 },
	.pressure = { 1, 3 },
	.say_long = "Go." };

static const struct step steps[] = {
	{ .kind = STEP_UNIT, .name = "u", .unit = &unit, .ms = 60000 },
};

static const struct script touch = {
	.name = "t", .title = "t", .kind = SESSION_TOUCH, .steps = steps, .step_count = 1
};

static const struct script relax = {
	.name = "r", .title = "r", .kind = SESSION_RELAXATION, .steps = steps, .step_count = 1
};

static struct core_case desk;

static void set_up(const struct script *script)
{
	const struct engine_options options = { .microphone = true };
	case_init(&desk, script, &options);
	case_start(&desk);
	assert_true(case_pace(&desk));
	case_pass(&desk, 3000);
}

static void wait_for(enum stop_stage stage)
{
	for (int i = 0; i < 20 && desk.engine.stop.stage != stage; i++) {
		assert_true(case_follow(&desk, 0));
	}
	assert_int_equal(desk.engine.stop.stage, stage);
}

/* INTENT_NONE: silence. */
static void answer(enum intent intent)
{
	const enum stop_stage stage = desk.engine.stop.stage;
	if (intent != INTENT_NONE) {
		case_hear(&desk, intent, -1);
		return;
	}
	while (desk.engine.mode == ENGINE_STOPPED && desk.engine.stop.stage == stage) {
		assert_true(case_follow(&desk, 0));
	}
}

static const enum intent answers[] = { INTENT_NO, INTENT_YES, INTENT_NOT_SURE, INTENT_NONE };

/* S158: only a clear no is safe. */
static void tells_a_plain_stop_from_a_medical_one(void **state)
{
	(void)state;
	for (size_t first = 0; first < 4; first++) {
		for (size_t second = 0; second < 4; second++) {
			const bool medical = first != 0 && second != 0;
			set_up(&touch);
			case_hear(&desk, INTENT_STOP, -1);
			wait_for(STOP_HURT);
			answer(answers[first]);
			if (first != 0) {
				assert_int_equal(desk.engine.stop.stage, STOP_SIGNS);
				answer(answers[second]);
			}
			assert_int_equal(
					desk.engine.mode, medical ? ENGINE_ENDING : ENGINE_STOPPED);
			assert_int_equal(case_said(&desk, 0, PHRASE_MEDICAL), medical);
			case_pass(&desk, 300000);
			assert_int_equal(desk.engine.mode, ENGINE_OVER);
			assert_int_equal(desk.engine.reason, medical ? END_MEDICAL : END_STOPPED);
		}
	}
}

static void asks_each_question_twice_at_most(void **state)
{
	(void)state;
	set_up(&touch);
	case_hear(&desk, INTENT_STOP, -1);
	case_pass(&desk, 300000);
	assert_int_equal(case_said(&desk, 0, PHRASE_STOP_HURT), 2);
	assert_int_equal(case_said(&desk, 0, PHRASE_STOP_SIGNS), 2);
	assert_int_equal(case_said(&desk, 0, PHRASE_DID_NOT_HEAR), 2);
}

static void takes_pain_for_the_first_answer(void **state)
{
	(void)state;
	static const struct script *const scripts[] = { &touch, &relax };
	for (size_t s = 0; s < 2; s++) {
		for (size_t i = 0; i < 4; i++) {
			set_up(scripts[s]);
			case_hear(&desk, INTENT_PAIN, -1);
			wait_for(STOP_SIGNS);
			answer(answers[i]);
			assert_int_equal(case_said(&desk, 0, PHRASE_STOP_HURT), 0);
			assert_int_equal(case_said(&desk, 0, PHRASE_MEDICAL), i != 0);
		}
	}
}

static void hears(enum sign sign)
{
	set_up(&touch);
	const size_t from = desk.logged;
	case_hear(&desk, INTENT_PAIN, (int32_t)sign);
	assert_int_equal(desk.log[from].kind, ACTION_HUSH);
	assert_int_equal(desk.log[from + 1].why, WHY_PAIN + (int)sign);
	assert_int_equal(case_said(&desk, 0, PHRASE_STOPPING), 1);
}

static size_t questions(void)
{
	static const enum phrase asked[] = { PHRASE_STOP_HURT, PHRASE_STOP_SIGNS,
		PHRASE_STOP_GONE_SHARP, PHRASE_STOP_GONE_NUMB, PHRASE_STOP_MORE };
	size_t count = 0;

	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
		count += case_said(&desk, 0, asked[i]);
	}
	return count;
}

/* S153-S155: no question, its own words, and no way back. */
static void grave_signs_end_it_at_once(void **state)
{
	(void)state;
	static const struct {
		enum sign sign;
		enum phrase words;
	} grave[] = {
		{ SIGN_SKIN, PHRASE_MEDICAL_SKIN },
		{ SIGN_LEG, PHRASE_MEDICAL_LEG },
		{ SIGN_BODY, PHRASE_MEDICAL_NOW },
	};
	for (size_t i = 0; i < 3; i++) {
		hears(grave[i].sign);
		case_pass(&desk, 1500);
		assert_int_equal(case_said(&desk, 0, grave[i].words), 1);
		case_hear(&desk, INTENT_CONTINUE, -1);
		case_hear(&desk, INTENT_YES, -1);
		case_pass(&desk, 60000);
		assert_int_equal(desk.engine.reason, END_MEDICAL);
		assert_int_equal(desk.engine.mode, ENGINE_OVER);
		assert_int_equal(questions(), 0);
	}
}

/* S152, S156-S158: reassessed once hands are away; goes on only where it has gone, and nothing of
 * what is medical came with it. */
static void sharp_and_numb_are_reassessed(void **state)
{
	(void)state;
	static const enum sign signs[] = { SIGN_SHARP, SIGN_NUMB };
	static const enum phrase asked[] = { PHRASE_STOP_GONE_SHARP, PHRASE_STOP_GONE_NUMB };
	for (size_t s = 0; s < 2; s++) {
		for (size_t first = 0; first < 4; first++) {
			for (size_t second = 0; second < 4; second++) {
				const bool gone = answers[first] == INTENT_YES;
				const bool plain = gone && answers[second] == INTENT_NO;
				hears(signs[s]);
				wait_for(STOP_GONE);
				assert_int_equal(case_said(&desk, 0, asked[s]), 1);
				answer(answers[first]);
				if (gone) {
					assert_int_equal(desk.engine.stop.stage, STOP_MORE);
					answer(answers[second]);
				}
				assert_int_equal(desk.engine.mode,
						plain ? ENGINE_STOPPED : ENGINE_ENDING);
				assert_int_equal(case_said(&desk, 0, PHRASE_MEDICAL), !plain);
			}
		}
	}
}

/* S158: at most two questions, whatever was named first. */
static void asks_two_questions_at_most(void **state)
{
	(void)state;
	for (int sign = SIGN_HURT; sign < SIGN_COUNT; sign++) {
		for (size_t i = 0; i < 9; i++) {
			hears((enum sign)sign);
			case_pass(&desk, 1500);
			answer(answers[i % 3]);
			answer(answers[i / 3]);
			assert_true(questions() <= 2);
		}
	}
}

/* "It is sharp ... now my leg": the worst that was named decides. */
static void the_worst_sign_decides(void **state)
{
	(void)state;
	hears(SIGN_SHARP);
	case_hear(&desk, INTENT_PAIN, SIGN_BODY);
	case_hear(&desk, INTENT_PAIN, SIGN_HURT);
	case_hear(&desk, INTENT_STOP, -1);
	case_pass(&desk, 1500);
	assert_int_equal(case_said(&desk, 0, PHRASE_MEDICAL_NOW), 1);
	/* also when the last words are being said already */
	hears(SIGN_SKIN);
	case_pass(&desk, 1200);
	case_hear(&desk, INTENT_PAIN, SIGN_BODY);
	assert_int_equal(case_said(&desk, 0, PHRASE_MEDICAL_NOW), 1);
	case_pass(&desk, 5000);
	assert_int_equal(desk.engine.reason, END_MEDICAL);
}

/* The next stop of a session that went on starts with a clean sheet. */
static void a_sign_is_forgotten_when_it_has_gone(void **state)
{
	(void)state;
	hears(SIGN_NUMB);
	wait_for(STOP_GONE);
	case_hear(&desk, INTENT_YES, -1);
	case_hear(&desk, INTENT_NO, -1);
	case_hear(&desk, INTENT_CONTINUE, -1);
	case_hear(&desk, INTENT_YES, -1);
	assert_int_equal(desk.engine.mode, ENGINE_RUNNING);
	case_hear(&desk, INTENT_PAIN, SIGN_HURT);
	wait_for(STOP_SIGNS);
}

/* The number of the settings, else words for it. */
static void says_which_number_to_call(void **state)
{
	(void)state;
	static const char *const numbers[] = { NULL, "1 1 2" };
	for (size_t i = 0; i < 2; i++) {
		const struct engine_options options = { .microphone = true,
			.emergency = numbers[i] };
		case_init(&desk, &touch, &options);
		desk.phrases[PHRASE_MEDICAL_NOW] = "Call {emergency} now.";
		desk.phrases[PHRASE_EMERGENCY] = "the emergency number";
		case_start(&desk);
		case_hear(&desk, INTENT_PAIN, SIGN_BODY);
		case_pass(&desk, 1500);
		for (size_t k = 0; k < desk.logged; k++) {
			char text[TEXT_MAX];
			if (desk.log[k].kind != ACTION_SAY ||
					desk.log[k].text != desk.phrases[PHRASE_MEDICAL_NOW]) {
				continue;
			}
			assert_int_equal(text_render(desk.log[k].text, &desk.log[k].args,
							 desk.phrases, text, sizeof text),
					STATUS_OK);
			assert_string_equal(text, i == 0 ? "Call the emergency number now."
							 : "Call 1 1 2 now.");
		}
		assert_int_equal(case_said(&desk, 0, PHRASE_MEDICAL_NOW), 1);
	}
}

static void leads_back_by_continue_and_yes_alone(void **state)
{
	(void)state;
	for (int intent = INTENT_NONE + 1; intent < INTENT_COUNT; intent++) {
		for (int second = INTENT_NONE + 1; second < INTENT_COUNT; second++) {
			const bool back = intent == INTENT_CONTINUE && second == INTENT_YES;
			set_up(&touch);
			case_hear(&desk, INTENT_STOP, -1);
			wait_for(STOP_HURT);
			case_hear(&desk, INTENT_NO, -1);
			case_pass(&desk, 3000);
			case_hear(&desk, (enum intent)intent, 4);
			case_hear(&desk, (enum intent)second, 4);
			assert_int_equal(desk.engine.mode == ENGINE_RUNNING, back);
		}
	}
}

static void asks_nothing_of_who_rests(void **state)
{
	(void)state;
	set_up(&relax);
	case_hear(&desk, INTENT_STOP, -1);
	case_pass(&desk, 300000);
	assert_int_equal(desk.engine.mode, ENGINE_OVER);
	assert_int_equal(case_said(&desk, 0, PHRASE_STOP_HURT), 0);
	assert_int_equal(case_said(&desk, 0, PHRASE_STILL_THERE), 0);
	assert_int_equal(case_said(&desk, 0, PHRASE_GOODBYE), 1);
}

/* Stop by word, pain, rating or button: silence is the first action, at any frame. */
static void is_silent_first(void **state)
{
	(void)state;
	static const struct event stops[] = {
		{ .kind = EVENT_HEARD, .intent = INTENT_STOP },
		{ .kind = EVENT_HEARD, .intent = INTENT_PAIN },
		{ .kind = EVENT_HEARD,
				.intent = INTENT_RATING,
				.value = 9,
				.other = -1,
				.sure = true },
		{ .kind = EVENT_BUTTON },
		{ .kind = EVENT_MIC_LOST },
		{ .kind = EVENT_CLOCK_JUMP },
		{ .kind = EVENT_SPEAKER_LOST },
	};
	for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
		for (int64_t ms = 0; ms < 8000; ms += 190) {
			set_up(&touch);
			case_pass(&desk, ms);
			const size_t from = desk.logged;
			case_feed(&desk, stops[i]);
			assert_int_equal(desk.log[from].kind, ACTION_HUSH);
			assert_int_equal(desk.log[from + 1].kind, ACTION_STOPPED);
			assert_int_equal(case_count(&desk, from, ACTION_TONE), 0);
		}
	}
}

static void logs_what_stopped_it(void **state)
{
	(void)state;
	set_up(&touch);
	case_hear(&desk, INTENT_RATING, 2);
	const size_t from = desk.logged;
	case_hear(&desk, INTENT_STOP, -1);
	assert_int_equal(desk.log[from + 1].why, WHY_STOP);
	assert_ptr_equal(desk.log[from + 1].step, &steps[0]);
	assert_int_equal(desk.log[from + 1].rating, 2);
}

static bool shows_pain(void)
{
	struct engine_view view;
	engine_look(&desk.engine, &view);
	return view.pain;
}

/* S159: from the first word on, so that a session that is cut off then is no plain one. */
static void shows_pain_until_it_is_harmless(void **state)
{
	(void)state;
	hears(SIGN_HURT);
	assert_true(shows_pain());
	wait_for(STOP_SIGNS);
	assert_true(shows_pain());
	case_hear(&desk, INTENT_NO, -1);
	assert_false(shows_pain());
	hears(SIGN_LEG);
	case_pass(&desk, 1500);
	assert_int_equal(desk.engine.mode, ENGINE_ENDING);
	assert_true(shows_pain());
	case_pass(&desk, 60000);
	assert_int_equal(desk.engine.mode, ENGINE_OVER);
	assert_true(shows_pain());
	/* a plain stop, and the answer that nothing was plain about it */
	set_up(&touch);
	case_hear(&desk, INTENT_STOP, -1);
	wait_for(STOP_HURT);
	assert_false(shows_pain());
	case_hear(&desk, INTENT_YES, -1);
	assert_true(shows_pain());
}

static enum end_reason reason_of_the_end(void)
{
	assert_int_equal(desk.log[desk.logged - 1].kind, ACTION_END);
	return desk.log[desk.logged - 1].reason;
}

static void a_lost_loudspeaker_makes_nothing_harmless(void **state)
{
	(void)state;
	const struct event lost = { .kind = EVENT_SPEAKER_LOST };
	set_up(&touch);
	case_feed(&desk, lost);
	assert_int_equal(reason_of_the_end(), END_FAULT);
	hears(SIGN_HURT);
	case_feed(&desk, lost);
	assert_int_equal(reason_of_the_end(), END_MEDICAL);
	/* while the words of the medical end are said */
	set_up(&touch);
	case_hear(&desk, INTENT_STOP, -1);
	wait_for(STOP_HURT);
	answer(INTENT_YES);
	answer(INTENT_YES);
	assert_int_equal(desk.engine.mode, ENGINE_ENDING);
	case_feed(&desk, lost);
	assert_int_equal(reason_of_the_end(), END_MEDICAL);
}

static const struct unit pad = { .name = "pad",
	.title = "warmth",
	.technique = TECHNIQUE_HEAT_AFTER,
	.who = WHO_COUNT,
	.pace = { .kind = PACE_NONE },
	.seconds = { 600, 900 },
	.say_long = "Rest." };

static const struct answer taken_off[] = {
	{ .intent = INTENT_READY },
	{ .intent = INTENT_NO, .outcome = OUTCOME_AGAIN },
};

static const struct step pad_steps[] = {
	{ .kind = STEP_SAY, .name = "take", .say = "Lay it on.", .rest_ms = 10000 },
	{ .kind = STEP_UNIT, .name = "pad", .unit = &pad, .ms = 600000 },
	{ .kind = STEP_SAY, .name = "off", .say = "Take it away.", .rest_ms = 5000 },
	{ .kind = STEP_ASK,
			.name = "taken-off",
			.say = "Is it off?",
			.context = CONTEXT_YESNO,
			.wait_ms = 8000,
			.answers = taken_off,
			.answer_count = 2 },
	{ .kind = STEP_SAY, .name = "end", .say = "Rest.", .rest_ms = 60000 },
};

static const struct script warm = {
	.name = "w", .title = "w", .kind = SESSION_RELAXATION, .steps = pad_steps, .step_count = 5
};

static void lay_on(const char *name)
{
	const struct engine_options options = { .microphone = true };
	case_init(&desk, &warm, &options);
	case_start(&desk);
	while (strcmp(flow_step(&desk.engine)->name, name) != 0) {
		assert_true(case_follow(&desk, 0));
		if (desk.engine.flow.phase == FLOW_ASKING && desk.engine.wait.utterance == 0) {
			case_hear(&desk, INTENT_READY, -1);
		}
	}
	case_pass(&desk, 3000);
}

/* S56, S165: a pad goes on when the tones end, so it is named, until somebody has said that it is
 * off. */
static void warmth_is_taken_away(void **state)
{
	static const char *const on[] = { "take", "pad", "off" };
	size_t from;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		lay_on(on[i]);
		case_hear(&desk, INTENT_STOP, -1);
		assert_int_equal(case_said(&desk, 0, PHRASE_HEAT_AWAY), 1);
		lay_on(on[i]);
		case_feed(&desk, (struct event){ .kind = EVENT_BUTTON });
		assert_int_equal(case_said(&desk, 0, PHRASE_HEAT_AWAY), 1);
		lay_on(on[i]);
		case_hear(&desk, INTENT_PAUSE, -1);
		assert_int_equal(case_said(&desk, 0, PHRASE_HEAT_AWAY), 1);
		from = desk.logged;
		case_pass(&desk, 300000);
		assert_int_equal(desk.engine.mode, ENGINE_OVER);
		assert_int_equal(case_said(&desk, from, PHRASE_HEAT_AWAY), 1);
	}
	lay_on("end");
	case_hear(&desk, INTENT_STOP, -1);
	assert_int_equal(case_said(&desk, 0, PHRASE_HEAT_AWAY), 0);
}

/* Nor does it wait for a pause to end. */
static void a_pause_counts_as_warmth(void **state)
{
	frames_t began;

	(void)state;
	lay_on("pad");
	case_pass(&desk, 540000);
	case_hear(&desk, INTENT_PAUSE, -1);
	case_pass(&desk, 90000);
	case_hear(&desk, INTENT_CONTINUE, -1);
	case_pass(&desk, 3000);
	assert_string_equal(flow_step(&desk.engine)->name, "off");
	lay_on("pad");
	began = desk.engine.pace.anchor;
	case_pass(&desk, 60000);
	case_hear(&desk, INTENT_PAUSE, -1);
	case_pass(&desk, 90000);
	case_hear(&desk, INTENT_CONTINUE, -1);
	while (strcmp(flow_step(&desk.engine)->name, "pad") == 0) {
		assert_true(case_follow(&desk, 0));
	}
	assert_in_range(desk.now - began, frames_from_ms(595000), frames_from_ms(605000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(warmth_is_taken_away),
		cmocka_unit_test(a_pause_counts_as_warmth),
		cmocka_unit_test(tells_a_plain_stop_from_a_medical_one),
		cmocka_unit_test(asks_each_question_twice_at_most),
		cmocka_unit_test(takes_pain_for_the_first_answer),
		cmocka_unit_test(grave_signs_end_it_at_once),
		cmocka_unit_test(sharp_and_numb_are_reassessed),
		cmocka_unit_test(asks_two_questions_at_most),
		cmocka_unit_test(the_worst_sign_decides),
		cmocka_unit_test(a_sign_is_forgotten_when_it_has_gone),
		cmocka_unit_test(says_which_number_to_call),
		cmocka_unit_test(leads_back_by_continue_and_yes_alone),
		cmocka_unit_test(asks_nothing_of_who_rests),
		cmocka_unit_test(is_silent_first),
		cmocka_unit_test(logs_what_stopped_it),
		cmocka_unit_test(shows_pain_until_it_is_harmless),
		cmocka_unit_test(a_lost_loudspeaker_makes_nothing_harmless),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
