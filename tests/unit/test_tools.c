/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
/* test_tools.c - a tool is handed out where it is used, and laid aside where it was handed out;
 * whatever the length is, and whether a stop would be heard (S113, S161). */
#include "person_case.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* A step, and the unit's step that has to run behind it. */
struct pair {
	const char *session;
	const char *step;
	const char *other;
};

static const struct pair leads_to[] = {
	{ "ball", "ball-ready", "ball-wall-left" },
	{ "ball", "ball-again", "ball-second-left" },
	{ "ball-floor", "floor-wanted", "ball-floor-left" },
	{ "massage-gun", "gun-ready", "massage-gun-left" },
	{ "massage-stick", "stick-ready", "massage-stick-left" },
	{ "roller", "roller-wanted", "roller-left" },
	{ "trigger-point", "hold-wanted", "thumb-hold-left" },
	{ "ball", "stand-up", "hamstring-left" },
	{ "stretches", "stand-up", "hamstring-left" },
};

/* What comes where the other one was, and nowhere else. */
static const struct pair follows[] = {
	{ "ball", "ball-aside", "ball-ready" },
	{ "massage-gun", "gun-aside", "gun-ready" },
	{ "massage-gun", "gun-off", "gun-ready" },
	{ "massage-stick", "stick-aside", "stick-ready" },
	{ "trigger-point", "stroke-out-left", "thumb-hold-left" },
	{ "trigger-point", "stroke-out-right", "thumb-hold-right" },
	{ "trigger-point", "smooth-out", "thumb-hold-left" },
	{ "trigger-point", "strokes-again-left", "hold-again-left" },
	{ "trigger-point", "strokes-again-right", "hold-again-right" },
	{ "trigger-point", "glides-after", "thumb-hold-left" },
};

static const char *const sessions[] = { "ball", "ball-floor", "massage-gun", "massage-stick",
	"roller", "trigger-point", "stretches" };

/* Yes to all that is offered. */
static const struct person willing = {
	.replies = { NO("prepare"), NO("warmth-wanted"), YES("floor-wanted"), YES("roller-wanted") }
};

static void agrees(const char *session, const char *when)
{
	for (size_t i = 0; i < COUNT(leads_to); i++) {
		const struct pair *pair = &leads_to[i];
		if (strcmp(pair->session, session) == 0 && entered(pair->step) &&
				!entered(pair->other)) {
			fail_msg("%s, %s: %s without %s", session, when, pair->step, pair->other);
		}
	}
	for (size_t i = 0; i < COUNT(follows); i++) {
		const struct pair *pair = &follows[i];
		if (strcmp(pair->session, session) == 0 &&
				entered(pair->step) != entered(pair->other)) {
			fail_msg("%s, %s: %s and %s", session, when, pair->step, pair->other);
		}
	}
}

static void in_every_length_there_is_use_for_what_is_taken(void **state)
{
	char when[64];
	for (size_t i = 0; i < COUNT(sessions); i++) {
		take(*state, sessions[i]);
		for (int32_t minutes = 0; minutes <= 15; minutes += minutes == 0 ? 5 : 1) {
			struct person person = willing;
			person.minutes = minutes;
			meet(&person, NULL);
			assert_int_equal(ended(), END_FINISHED);
			snprintf(when, sizeof(when), "%d min", (int)minutes);
			agrees(sessions[i], when);
		}
	}
}

/* ... and the shortest session has what it is called after. */
static void the_shortest_session_has_its_tool(void **state)
{
	for (size_t i = 0; i < COUNT(leads_to); i++) {
		struct person person = willing;
		if (strcmp(leads_to[i].step, "stand-up") == 0) {
			continue; /* the last stretch is what it does without */
		}
		person.minutes = 5;
		take(*state, leads_to[i].session);
		meet(&person, NULL);
		if (!entered(leads_to[i].other)) {
			fail_msg("%s: no %s", leads_to[i].session, leads_to[i].other);
		}
	}
}

/* Who wishes it shorter in the midst, too: at each step. */
static void a_shorter_wish_leaves_nothing_empty(void **state)
{
	for (size_t i = 0; i < COUNT(sessions); i++) {
		take(*state, sessions[i]);
		for (size_t k = 0; k < script->step_count; k++) {
			if (script->steps[k].kind != STEP_UNIT) {
				continue;
			}
			meet(&willing, script->steps[k].name);
			if (desk.engine.mode == ENGINE_OVER) {
				continue;
			}
			case_pass(&desk, 4000);
			case_hear(&desk, INTENT_LENGTH, 5);
			go_on(&willing, NULL);
			agrees(sessions[i], script->steps[k].name);
		}
	}
}

static size_t refusals(void)
{
	return case_said(&desk, 0, PHRASE_DEEP_SKIPPED_DEAF) +
	       case_said(&desk, 0, PHRASE_DEEP_SKIPPED_LIGHT) +
	       case_said(&desk, 0, PHRASE_DEEP_SKIPPED_COLD);
}

/* S161: a stop that cannot be heard, in its rehearsal or in this room; light touch; cold muscle.
 * Nobody takes a tool then, and why is said once. */
static void what_is_refused_is_not_handed_out(void **state)
{
	static const char *const never[] = { "ball-ready", "ball-again", "ball-aside",
		"floor-wanted", "gun-ready", "gun-aside", "gun-off", "stick-ready", "stick-aside",
		"roller-wanted", "hold-wanted", "smooth-out", "glides-after", "stroke-out-left",
		"strokes-again-right" };
	for (size_t i = 0; i + 1 < COUNT(sessions); i++) {
		take(*state, sessions[i]);
		for (int why = 0; why < 4; why++) {
			meet(&willing, "prepare");
			desk.engine.flow.unclear = why == 0;
			desk.engine.flow.loud = why == 1;
			desk.engine.flow.light = why == 2;
			if (why == 3) {
				go_on(&willing, "circles");
				case_hear(&desk, INTENT_NEXT, -1);
			}
			go_on(&willing, NULL);
			assert_int_equal(ended(), END_FINISHED);
			if (refusals() != 1) {
				fail_msg("%s, %d: refused %zu times", sessions[i], why, refusals());
			}
			for (size_t k = 0; k < COUNT(never); k++) {
				assert_false(entered(never[k]));
			}
			assert_false(went_deep());
			agrees(sessions[i], "refused");
		}
	}
}

/* ... but what was handed out is laid aside, and used no more. */
static void a_room_that_grows_loud_ends_the_tool(void **state)
{
	take(*state, "massage-gun");
	meet(&willing, "gun-ready");
	(void)case_follow(&desk, 0);
	desk.engine.flow.loud = true;
	case_hear(&desk, INTENT_READY, -1);
	go_on(&willing, NULL);
	assert_false(went_deep());
	assert_true(entered("gun-aside") && entered("gun-off"));

	meet(&willing, "massage-gun-right");
	case_pass(&desk, 8000);
	desk.engine.flow.loud = true;
	go_on(&willing, NULL);
	assert_true(entered("gun-aside") && entered("gun-off"));
	assert_false(entered("gun-second-left"));
}

/* A ball that nobody took is not used when the room is quiet again. */
static void what_was_not_handed_out_is_not_used(void **state)
{
	take(*state, "ball");
	meet(&willing, "circles");
	desk.engine.flow.loud = true;
	for (int i = 0; i < 2000 && refusals() == 0; i++) {
		if (desk.engine.inquiry.kind != INQUIRY_NONE) {
			case_hear(&desk, INTENT_RATING, 2);
		}
		(void)case_follow(&desk, 0);
	}
	assert_int_equal(refusals(), 1);
	desk.engine.flow.loud = false;
	go_on(&willing, NULL);
	assert_int_equal(ended(), END_FINISHED);
	assert_false(went_deep());
	assert_false(entered("ball-ready") || entered("ball-again") || entered("ball-aside"));
	assert_true(entered("palm-glide-left") && entered("circles-between"));
}

/* To the last step before that one. */
static void meet_before(const struct person *person, const char *name)
{
	size_t index = 0;
	while (index < script->step_count && strcmp(script->steps[index].name, name) != 0) {
		index++;
	}
	do {
		assert_true(index > 0);
		meet(person, script->steps[--index].name);
	} while (desk.engine.mode == ENGINE_OVER);
}

/* S96: nor is deep work done that was offered to nobody, because the room was loud then. */
static void what_was_not_offered_is_not_done(void **state)
{
	static const struct pair offers[] = {
		{ "partner", "tight-points", "cross-friction-left" },
		{ "partner", "tight-points-first", "friction-side-left" },
		{ "partner", "tight-points-second", "friction-side-second-right" },
		{ "partner-point", "tight-spot-left", "spot-hold-left" },
		{ "partner-point", "tight-spot-right", "spot-hold-right" },
	};
	for (size_t i = 0; i < COUNT(offers); i++) {
		struct person person = willing;
		person.facts = i == 1 || i == 2 ? 1u << FACT_SIDE_LYING : 0;
		take(*state, offers[i].session);
		meet_before(&person, offers[i].step);
		desk.engine.flow.loud = true;
		for (int k = 0; k < 2000 && refusals() == 0; k++) {
			if (desk.engine.inquiry.kind != INQUIRY_NONE) {
				case_hear(&desk, INTENT_RATING, 2);
			}
			(void)case_follow(&desk, 0);
		}
		assert_int_equal(refusals(), 1);
		desk.engine.flow.loud = false;
		go_on(&person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		if (entered(offers[i].other)) {
			fail_msg("%s: %s without %s", offers[i].session, offers[i].other,
					offers[i].step);
		}
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(in_every_length_there_is_use_for_what_is_taken),
		TEST(the_shortest_session_has_its_tool),
		TEST(a_shorter_wish_leaves_nothing_empty),
		TEST(what_is_refused_is_not_handed_out),
		TEST(a_room_that_grows_loud_ends_the_tool),
		TEST(what_was_not_handed_out_is_not_used),
		TEST(what_was_not_offered_is_not_done),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
