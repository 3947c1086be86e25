/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_memory.c - what earlier sessions mean for the next, on a false calendar (S159, S173-S182).
 */
#include "core_case.h"

#include "ease/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define HOUR ((int64_t)3600)
#define DAY (24 * HOUR)
/* 2026-11-02, a Monday, at noon in Greenwich */
#define NOON ((int64_t)1793620800)

static struct memory_session session_at(int64_t begun)
{
	return (struct memory_session){
		.begun = begun,
		.seconds = 600,
		.touched = true,
		.reason = END_FINISHED,
		.level = 2,
		.rating = -1,
		.before = -1,
		.after = -1,
		.ceiling = -1,
	};
}

static struct memory judge(const struct memory_session *past, size_t count, int64_t now)
{
	struct memory memory;
	memory_judge(past, count, now, 0, &memory);
	return memory;
}

static bool holds(const struct memory *memory, enum fact fact)
{
	return (memory->facts & fact_bit(fact)) != 0;
}

static bool is_fact(const struct memory_session *past, size_t count, int64_t now, enum fact fact)
{
	const struct memory memory = judge(past, count, now);
	return holds(&memory, fact);
}

static void nothing_is_known_at_first(void **state)
{
	(void)state;
	const struct memory memory = judge(NULL, 0, NOON);
	assert_int_equal(memory.facts, fact_bit(FACT_FIRST));
	assert_int_equal(memory.level, 0);
	assert_int_equal(memory.days, -1);
	assert_int_equal(memory.report_days, -1);
	assert_int_equal(memory.best, 0);
	assert_false(memory.wished);
}

static void names_are_there(void **state)
{
	(void)state;
	assert_string_equal(fact_name(FACT_SORE_DUE), "soreness-due");
	for (int fact = 0; fact < FACT_COUNT; fact++) {
		assert_non_null(fact_name((enum fact)fact));
	}
}

/* S176, by the calendar of the person and not by hours. */
static void two_sessions_a_day(void **state)
{
	(void)state;
	struct memory_session past[3] = { session_at(NOON), session_at(NOON + HOUR),
		session_at(NOON + 2 * HOUR) };
	struct memory memory;
	assert_false(is_fact(past, 1, NOON + HOUR, FACT_ENOUGH));
	assert_true(is_fact(past, 2, NOON + 2 * HOUR, FACT_ENOUGH));
	assert_true(is_fact(past, 2, NOON + 11 * HOUR + 3599, FACT_ENOUGH));
	assert_false(is_fact(past, 2, NOON + 12 * HOUR, FACT_ENOUGH));
	/* nobody was touched: refused, or slow breath */
	past[1].touched = false;
	assert_false(is_fact(past, 2, NOON + 2 * HOUR, FACT_ENOUGH));
	/* partial ones count */
	past[1].touched = true;
	past[1].reason = END_REASON_COUNT;
	assert_true(is_fact(past, 2, NOON + 2 * HOUR, FACT_ENOUGH));
	/* eleven hours east the first two were at 23 and at 0 o'clock */
	for (int i = 0; i < 3; i++) {
		past[i].utc_offset = 11 * 3600;
	}
	memory_judge(past, 2, NOON + 2 * HOUR, 11 * 3600, &memory);
	assert_int_equal(memory.today, 1);
	assert_false(holds(&memory, FACT_ENOUGH));
	memory_judge(past, 3, NOON + 3 * HOUR, 11 * 3600, &memory);
	assert_true(holds(&memory, FACT_ENOUGH));
}

/* S178 */
static void worse_is_asked_after_a_day_and_once(void **state)
{
	(void)state;
	struct memory_session past[3] = { session_at(NOON), session_at(NOON + 30 * HOUR),
		session_at(NOON + 60 * HOUR) };
	const int64_t over = NOON + 600;
	assert_false(is_fact(past, 1, over + 24 * HOUR - 1, FACT_WORSE_DUE));
	assert_true(is_fact(past, 1, over + 24 * HOUR, FACT_WORSE_DUE));
	assert_true(is_fact(past, 1, over + 99 * DAY, FACT_WORSE_DUE));
	/* asked at the second session: not again before a day after that */
	past[1].replies[STORE_WORSE] = REPLY_NO;
	assert_false(is_fact(past, 2, NOON + 31 * HOUR, FACT_WORSE_DUE));
	assert_true(is_fact(past, 2, NOON + 55 * HOUR, FACT_WORSE_DUE));
	/* silence was no answer */
	past[1].replies[STORE_WORSE] = REPLY_NONE;
	assert_true(is_fact(past, 2, NOON + 31 * HOUR, FACT_WORSE_DUE));
	/* a session without touch makes nothing sore */
	past[0].touched = false;
	assert_false(is_fact(past, 1, over + 30 * HOUR, FACT_WORSE_DUE));
	assert_false(is_fact(past, 1, over + 50 * HOUR, FACT_SORE_DUE));
}

/* S179 */
static void soreness_is_asked_after_two_days_until_it_is_gone(void **state)
{
	(void)state;
	struct memory_session past[2] = { session_at(NOON), session_at(NOON + 49 * HOUR) };
	assert_false(is_fact(past, 1, NOON + 600 + 48 * HOUR - 1, FACT_SORE_DUE));
	assert_true(is_fact(past, 1, NOON + 600 + 48 * HOUR, FACT_SORE_DUE));
	past[1].touched = false;
	past[1].replies[STORE_SORE] = REPLY_YES;
	assert_true(is_fact(past, 2, NOON + 60 * HOUR, FACT_SORE_DUE));
	past[1].replies[STORE_SORE] = REPLY_NO;
	assert_false(is_fact(past, 2, NOON + 60 * HOUR, FACT_SORE_DUE));
	/* who came again meanwhile may be sore of that */
	past[1] = session_at(NOON + 30 * HOUR);
	assert_false(is_fact(past, 2, NOON + 60 * HOUR, FACT_SORE_DUE));
	assert_true(is_fact(past, 2, NOON + 79 * HOUR, FACT_SORE_DUE));
}

/* S159 */
static void a_medical_stop_is_open_until_it_was_checked(void **state)
{
	(void)state;
	struct memory_session past[4] = { session_at(NOON), session_at(NOON + DAY),
		session_at(NOON + 2 * DAY), session_at(NOON + 3 * DAY) };
	assert_true(is_fact(past, 1, NOON + DAY, FACT_CLEAN));
	past[0].reason = END_MEDICAL;
	assert_true(is_fact(past, 1, NOON + DAY, FACT_UNCHECKED));
	assert_false(is_fact(past, 1, NOON + DAY, FACT_CLEAN));
	past[1].touched = false;
	past[1].flagged = true;
	past[1].replies[STORE_CHECKED] = REPLY_NO;
	assert_true(is_fact(past, 2, NOON + 2 * DAY, FACT_UNCHECKED));
	past[2].replies[STORE_CHECKED] = REPLY_YES;
	assert_false(is_fact(past, 3, NOON + 3 * DAY, FACT_UNCHECKED));
	assert_true(is_fact(past, 3, NOON + 3 * DAY, FACT_CLEAN));
	past[3].replies[STORE_WORSE] = REPLY_YES;
	past[3].touched = false;
	assert_true(is_fact(past, 4, NOON + 4 * DAY, FACT_UNCHECKED));
	past[3].replies[STORE_WORSE] = REPLY_NO;
	assert_false(is_fact(past, 4, NOON + 4 * DAY, FACT_UNCHECKED));
	past[3].replies[STORE_WORSE] = REPLY_NOT_SURE;
	assert_true(is_fact(past, 4, NOON + 4 * DAY, FACT_UNCHECKED));
}

/* S38: short questions only after a session that was screened and let nothing be flagged. */
static void clean_means_screened_and_nothing_flagged(void **state)
{
	(void)state;
	struct memory_session past[2] = { session_at(NOON), session_at(NOON + DAY) };
	past[0].flagged = true;
	assert_false(is_fact(past, 1, NOON + DAY, FACT_CLEAN));
	past[0].flagged = false;
	past[0].screened = true;
	assert_false(is_fact(past, 1, NOON + DAY, FACT_CLEAN));
	past[0].screened = false;
	assert_true(is_fact(past, 1, NOON + DAY, FACT_CLEAN));
	/* it was about whoever was worked on then */
	past[0].partner = true;
	assert_false(is_fact(past, 1, NOON + DAY, FACT_CLEAN));
	past[0].partner = false;
	/* refused since */
	past[1].touched = false;
	past[1].flagged = true;
	assert_false(is_fact(past, 2, NOON + 2 * DAY, FACT_CLEAN));
}

/* S180 */
static void ten_and_fourteen_days(void **state)
{
	(void)state;
	struct memory_session past[3] = { session_at(NOON), session_at(NOON + 5 * DAY),
		session_at(NOON + 9 * DAY) };
	past[0].before = 4;
	past[1].before = 5;
	past[2].before = 5;
	assert_false(is_fact(past, 3, NOON + 10 * DAY - 1, FACT_TEN_DAYS));
	assert_true(is_fact(past, 3, NOON + 10 * DAY, FACT_TEN_DAYS));
	assert_false(is_fact(past, 3, NOON + 14 * DAY, FACT_TWO_WEEKS));
	assert_true(is_fact(past, 3, NOON + 15 * DAY, FACT_TWO_WEEKS));
	assert_false(is_fact(past, 3, NOON + 15 * DAY, FACT_TEN_DAYS));
	/* it has improved */
	past[2].before = 6;
	assert_false(is_fact(past, 3, NOON + 12 * DAY, FACT_TEN_DAYS));
	assert_true(is_fact(past, 3, NOON + 15 * DAY, FACT_TWO_WEEKS));
	/* a new count begins with what is better, or was seen by somebody */
	past[1].replies[STORE_BETTER] = REPLY_YES;
	assert_int_equal(judge(past, 3, NOON + 14 * DAY).report_days, 9);
	assert_false(is_fact(past, 3, NOON + 15 * DAY, FACT_TWO_WEEKS));
	past[1].replies[STORE_BETTER] = REPLY_NO;
	past[2].replies[STORE_CLEARED] = REPLY_YES;
	assert_int_equal(judge(past, 3, NOON + 15 * DAY).report_days, 6);
}

/* S181 */
static void getting_worse_over_three_sessions(void **state)
{
	(void)state;
	struct memory_session past[4] = { session_at(NOON), session_at(NOON + DAY),
		session_at(NOON + 2 * DAY), session_at(NOON + 3 * DAY) };
	past[0].before = 7;
	past[1].before = 6;
	past[2].before = 5;
	assert_false(is_fact(past, 2, NOON + 3 * DAY, FACT_WORSENING));
	assert_true(is_fact(past, 3, NOON + 3 * DAY, FACT_WORSENING));
	past[2].before = 6;
	assert_false(is_fact(past, 3, NOON + 3 * DAY, FACT_WORSENING));
	past[2].before = -1;
	assert_false(is_fact(past, 3, NOON + 3 * DAY, FACT_WORSENING));
	/* the same pressure feels stronger each time */
	past[0].rating = 3;
	past[1].rating = 4;
	past[2].rating = 6;
	assert_true(is_fact(past, 3, NOON + 3 * DAY, FACT_WORSENING));
	past[2].level = 3; /* it was firmer */
	assert_false(is_fact(past, 3, NOON + 3 * DAY, FACT_WORSENING));
	past[2].level = 2;
	/* seen by somebody: three new ones are needed */
	past[1].replies[STORE_CLEARED] = REPLY_YES;
	assert_false(is_fact(past, 3, NOON + 3 * DAY, FACT_WORSENING));
	/* sessions without touch do not stand between */
	past[1].replies[STORE_CLEARED] = REPLY_NONE;
	past[3] = past[2];
	past[2] = session_at(NOON + DAY + HOUR);
	past[2].touched = false;
	assert_true(is_fact(past, 4, NOON + 3 * DAY, FACT_WORSENING));
}

/* S182 */
static void relief_that_does_not_last(void **state)
{
	(void)state;
	struct memory_session past[5];
	for (int i = 0; i < 5; i++) {
		past[i] = session_at(NOON + i * 20 * HOUR);
		past[i].before = 4;
		past[i].after = 7;
	}
	assert_false(is_fact(past, 3, NOON + 3 * DAY, FACT_RETURNING));
	assert_true(is_fact(past, 4, NOON + 3 * DAY, FACT_RETURNING));
	/* said once each time: the last return lasted more than a day */
	past[4].begun = past[3].begun + 600 + DAY + 1;
	assert_false(is_fact(past, 5, NOON + 6 * DAY, FACT_RETURNING));
	past[4].begun = past[3].begun + 20 * HOUR;
	assert_true(is_fact(past, 5, NOON + 6 * DAY, FACT_RETURNING));
	past[2].after = 4; /* no relief, so nothing came back */
	past[1].before = 6;
	assert_false(is_fact(past, 5, NOON + 6 * DAY, FACT_RETURNING));
}

/* S175, S131 */
static void what_worked_is_where_we_start(void **state)
{
	(void)state;
	struct memory_session past[2] = { session_at(NOON), session_at(NOON + DAY) };
	past[0].level = 6;
	assert_int_equal(judge(past, 1, NOON + DAY).level, PRESSURE_START_MAX);
	past[0].level = 1;
	assert_int_equal(judge(past, 1, NOON + DAY).level, 1);
	assert_int_equal(judge(past, 1, NOON + DAY).best, 0);
	/* it did not help: lighter, whatever it was */
	past[0].level = 5;
	past[0].replies[STORE_HELPED] = REPLY_NO;
	assert_int_equal(judge(past, 1, NOON + DAY).level, PRESSURE_START);
	assert_int_equal(judge(past, 1, NOON + DAY).best, 1);
	past[0].level = 2;
	assert_int_equal(judge(past, 1, NOON + DAY).level, 1);
	past[0].replies[STORE_HELPED] = REPLY_YES;
	past[0].before = 6;
	past[0].after = 5;
	assert_int_equal(judge(past, 1, NOON + DAY).level, 1);
	/* the newest with touch counts */
	past[0].level = 3;
	past[0].after = 8;
	past[1].touched = false;
	past[1].level = 0;
	past[1].wished = true;
	past[1].volume_db = -6;
	past[0].ceiling = 6;
	const struct memory memory = judge(past, 2, NOON + 2 * DAY);
	assert_int_equal(memory.level, 3);
	assert_int_equal(memory.ceiling, 6);
	assert_int_equal(memory.volume_db, -6);
	assert_true(memory.wished);
	assert_int_equal(memory.days, 1);
}

/* S175: the session that helped goes before one of which nothing is known. */
static void the_session_that_helped_is_proposed(void **state)
{
	(void)state;
	struct memory_session past[3] = { session_at(NOON), session_at(NOON + DAY),
		session_at(NOON + 2 * DAY) };
	assert_int_equal(judge(past, 3, NOON + 3 * DAY).best, 2);
	past[0].replies[STORE_HELPED] = REPLY_YES;
	assert_int_equal(judge(past, 3, NOON + 3 * DAY).best, 0);
	past[1].replies[STORE_HELPED] = REPLY_YES;
	assert_int_equal(judge(past, 3, NOON + 3 * DAY).best, 1);
	past[1].reason = END_MEDICAL;
	assert_int_equal(judge(past, 3, NOON + 3 * DAY).best, 0);
}

/* S175: technique, place and position. */
static void what_helped_and_where_is_known(void **state)
{
	(void)state;
	struct memory_session past[2] = { session_at(NOON), session_at(NOON + DAY) };
	struct memory memory = judge(past, 2, NOON + 2 * DAY);
	assert_int_equal(memory.work, WORK_NONE);
	assert_int_equal(memory.area, AREA_NONE);
	assert_false(holds(&memory, FACT_SIDE_BEFORE));
	past[0].work = WORK_GLIDES;
	past[0].area = AREA_HIP;
	past[0].side_lying = true;
	past[0].replies[STORE_HELPED] = REPLY_YES;
	memory = judge(past, 2, NOON + 2 * DAY);
	assert_int_equal(memory.work, WORK_GLIDES);
	assert_int_equal(memory.area, AREA_HIP);
	assert_true(holds(&memory, FACT_SIDE_BEFORE));
	assert_false(holds(&memory, FACT_SIDE_LYING)); /* it is asked for */
	/* what was named last; but not of a session that did not help */
	past[1].work = WORK_CIRCLES;
	assert_int_equal(judge(past, 2, NOON + 2 * DAY).work, WORK_CIRCLES);
	past[1].replies[STORE_HELPED] = REPLY_NO;
	assert_int_equal(judge(past, 2, NOON + 2 * DAY).work, WORK_GLIDES);
}

static void what_was_wished_last_is_known(void **state)
{
	(void)state;
	struct memory_session past[2] = { session_at(NOON), session_at(NOON + DAY) };
	past[0].verbosity = -1;
	past[1].verbosity = -1;
	struct memory memory = judge(past, 2, NOON + 2 * DAY);
	assert_int_equal(memory.minutes, 0);
	assert_int_equal(memory.verbosity, -1);
	past[0].minutes = 10;
	past[0].verbosity = VERBOSITY_TONES;
	past[1].replies[STORE_HELPED] = REPLY_NO;
	past[1].minutes = 5;
	memory = judge(past, 2, NOON + 2 * DAY);
	assert_int_equal(memory.minutes, 5);
	assert_int_equal(memory.verbosity, VERBOSITY_TONES);
}

/* S7: a "no" of later takes none of them back, and to be not sure is to be careful. */
static void an_allergy_is_never_lost(void **state)
{
	(void)state;
	struct memory_session past[2] = { session_at(NOON), session_at(NOON + DAY) };
	past[0].touched = false;
	past[0].replies[STORE_ALMOND] = REPLY_YES;
	past[0].replies[STORE_COCONUT] = REPLY_NO;
	past[1].replies[STORE_ALMOND] = REPLY_NO;
	past[1].replies[STORE_GRAPESEED] = REPLY_NOT_SURE;
	const struct memory memory = judge(past, 2, NOON + 200 * DAY);
	assert_true(holds(&memory, FACT_NO_ALMOND));
	assert_true(holds(&memory, FACT_NO_GRAPESEED));
	assert_false(holds(&memory, FACT_NO_COCONUT));
}

/* A clock that was wrong must not do harm. */
static void a_clock_that_went_backwards(void **state)
{
	(void)state;
	const struct memory_session past[2] = { session_at(NOON), session_at(NOON + DAY) };
	const struct memory memory = judge(past, 2, NOON - 400 * DAY);
	assert_int_equal(memory.days, 0);
	assert_int_equal(memory.report_days, 0);
	assert_false(holds(&memory, FACT_WORSE_DUE));
	assert_false(holds(&memory, FACT_TWO_WEEKS));
}

/* What the engine makes of it. */

static const struct unit circles = {
	.name = "circles",
	.title = "circles",
	.technique = TECHNIQUE_CIRCLES,
	.who = WHO_SELF,
	.pace = { .kind = PACE_STROKES, .stroke_ms = { 3000, 6000 }, .stroke_default_ms = 4000 },
	.seconds = { 60, 120 },
	.pressure = { 1, 3 },
	.say_long = "Circle.",
	.say_short = "Circle.",
};

static const struct answer sore_answers[] = {
	{ .intent = INTENT_YES, .outcome = OUTCOME_ADVISE, .say = "See somebody." },
	{ .intent = INTENT_NO, .outcome = OUTCOME_NEXT },
};

static struct step steps[] = {
	{ .kind = STEP_SAY, .name = "welcome", .say = "Welcome." },
	{ .kind = STEP_SAY, .name = "advice", .say = "Ten days." },
	{ .kind = STEP_ASK,
			.name = "sore",
			.say = "Still sore?",
			.context = CONTEXT_YESNO,
			.answers = sore_answers,
			.answer_count = 2,
			.unanswered = 0,
			.store = STORE_SORE },
	{ .kind = STEP_UNIT, .name = "circles", .unit = &circles, .ms = 60000 },
};

static const struct script script = {
	.name = "touch",
	.title = "touch",
	.kind = SESSION_TOUCH,
	.steps = steps,
	.step_count = 4,
};

static int prepare(void **state)
{
	(void)state;
	steps[1].when = fact_bit(FACT_TEN_DAYS) | fact_bit(FACT_TWO_WEEKS);
	steps[2].when = fact_bit(FACT_SORE_DUE);
	return 0;
}

static struct core_case desk;

static void begin_with(uint32_t facts, int32_t level)
{
	const struct engine_options options = {
		.microphone = true, .facts = facts, .level = level
	};
	case_init(&desk, &script, &options);
	case_start(&desk);
}

static bool says(const char *text)
{
	for (size_t i = 0; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_SAY && strcmp(desk.log[i].text, text) == 0) {
			return true;
		}
	}
	return false;
}

static void a_step_is_for_whom_it_concerns(void **state)
{
	(void)state;
	begin_with(0, 0);
	case_pass(&desk, 10000);
	assert_false(says("Ten days."));
	assert_false(says("Still sore?"));
	assert_true(says("Circle."));
	begin_with(fact_bit(FACT_TWO_WEEKS), 0);
	case_pass(&desk, 10000);
	assert_true(says("Ten days."));
	assert_true(says("Circle."));
	/* back does not lead to what is for others */
	begin_with(fact_bit(FACT_FIRST), 0);
	assert_true(case_pace(&desk));
	case_hear(&desk, INTENT_BACK, -1);
	assert_int_equal(desk.engine.flow.step, 0);
}

static const struct action *answer(void)
{
	for (size_t i = desk.logged; i-- > 0;) {
		if (desk.log[i].kind == ACTION_ANSWER) {
			return &desk.log[i];
		}
	}
	return NULL;
}

/* S179: yes is advice and no session; silence too, but it is no answer that is kept. */
static void still_sore_is_no_session(void **state)
{
	(void)state;
	begin_with(fact_bit(FACT_SORE_DUE), 0);
	case_pass(&desk, 3000);
	case_hear(&desk, INTENT_YES, -1);
	case_pass(&desk, 3000 + WAIT_DEFAULT_MS);
	assert_int_equal(desk.engine.mode, ENGINE_OVER);
	assert_int_equal(desk.engine.reason, END_REFUSED);
	assert_int_equal(answer()->intent, INTENT_YES);
	assert_int_equal(answer()->outcome, OUTCOME_ADVISE);
	assert_string_equal(answer()->step->name, "sore");

	begin_with(fact_bit(FACT_SORE_DUE), 0);
	case_pass(&desk, 3000);
	case_hear(&desk, INTENT_NO, -1);
	assert_true(case_pace(&desk));
	assert_int_equal(answer()->intent, INTENT_NO);

	begin_with(fact_bit(FACT_SORE_DUE), 0);
	case_pass(&desk, 60000);
	assert_int_equal(desk.engine.reason, END_REFUSED);
	assert_int_equal(answer()->intent, INTENT_NONE);
}

/* S176 */
static void the_third_session_is_declined_with_its_reason(void **state)
{
	(void)state;
	begin_with(fact_bit(FACT_ENOUGH), 0);
	case_pass(&desk, 3000);
	assert_int_equal(desk.engine.mode, ENGINE_OVER);
	assert_int_equal(desk.engine.reason, END_REFUSED);
	assert_int_equal(case_said(&desk, 0, PHRASE_ENOUGH_TODAY), 1);
	assert_int_equal(case_count(&desk, 0, ACTION_TONE), 0);
	assert_false(says("Welcome."));
}

static void pressure_begins_where_it_was(void **state)
{
	(void)state;
	begin_with(0, 0);
	assert_true(case_pace(&desk));
	assert_int_equal(desk.engine.pressure.target, PRESSURE_START);
	begin_with(0, 1);
	assert_true(case_pace(&desk));
	assert_int_equal(desk.engine.pressure.target, 1);
	begin_with(0, 3);
	assert_true(case_pace(&desk));
	assert_int_equal(desk.engine.pressure.target, 3);
}

/* Louder and quieter are kept, what a script turns up at its end is not. */
static void the_volume_that_was_wished_is_known(void **state)
{
	(void)state;
	struct engine_view view;
	steps[0].volume_db = 3;
	begin_with(0, 0);
	case_pass(&desk, 500);
	engine_look(&desk.engine, &view);
	assert_false(view.wished);
	assert_int_equal(desk.engine.volume_db, 3);
	case_hear(&desk, INTENT_QUIETER, -1);
	engine_look(&desk.engine, &view);
	assert_true(view.wished);
	assert_int_equal(view.volume_db, -3);
	steps[0].volume_db = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_known_at_first),
		cmocka_unit_test(names_are_there),
		cmocka_unit_test(two_sessions_a_day),
		cmocka_unit_test(worse_is_asked_after_a_day_and_once),
		cmocka_unit_test(soreness_is_asked_after_two_days_until_it_is_gone),
		cmocka_unit_test(a_medical_stop_is_open_until_it_was_checked),
		cmocka_unit_test(clean_means_screened_and_nothing_flagged),
		cmocka_unit_test(ten_and_fourteen_days),
		cmocka_unit_test(getting_worse_over_three_sessions),
		cmocka_unit_test(relief_that_does_not_last),
		cmocka_unit_test(what_worked_is_where_we_start),
		cmocka_unit_test(the_session_that_helped_is_proposed),
		cmocka_unit_test(what_helped_and_where_is_known),
		cmocka_unit_test(what_was_wished_last_is_known),
		cmocka_unit_test(an_allergy_is_never_lost),
		cmocka_unit_test(a_clock_that_went_backwards),
		cmocka_unit_test(a_step_is_for_whom_it_concerns),
		cmocka_unit_test(still_sore_is_no_session),
		cmocka_unit_test(the_third_session_is_declined_with_its_reason),
		cmocka_unit_test(pressure_begins_where_it_was),
		cmocka_unit_test(the_volume_that_was_wished_is_known),
	};
	return cmocka_run_group_tests_name("memory", tests, prepare, NULL);
}
