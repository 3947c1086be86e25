/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
/* test_wish.c - another length or another position is wished for in the midst of a session, which
 * then goes on to its end (S113, S127, S202). What was worked is counted from the tones. */
#include "person_case.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define SLACK_S 2

static const char *const sessions[] = { "partner", "partner-point", "lower-back-hands",
	"trigger-point", "ball", "massage-gun" };

static bool is_counted(const struct step *step)
{
	const struct rule *rule =
			step != NULL && step->unit != NULL ? rule_of(step->unit->technique) : NULL;
	return rule != NULL && (rule->touch || rule->stretch);
}

/* One run of a unit's tones; to: until it was cut. */
struct run {
	frames_t from;
	frames_t end;
};

static double run_over(struct run *run, frames_t to)
{
	const frames_t end = run->end < to ? run->end : to;
	const double seconds = end > run->from ? (double)(end - run->from) / EASE_RATE : 0;
	*run = (struct run){ FRAMES_NEVER, 0 };
	return seconds;
}

/* How long touch and stretches were, by their tones, on that side or (SIDE_NONE) in all. */
static double worked(enum side side)
{
	const struct step *step = NULL;
	struct run run = { FRAMES_NEVER, 0 };
	double seconds = 0;
	assert_true(desk.logged < CASE_LOG_MAX);
	for (size_t i = 0; i < desk.logged; i++) {
		const struct action *action = &desk.log[i];
		if (action->kind == ACTION_STEP || action->kind == ACTION_HUSH ||
				action->kind == ACTION_TONES_OFF) {
			seconds += run_over(&run, desk.when[i]);
			step = action->kind == ACTION_STEP ? action->step : step;
		}
		if (action->kind == ACTION_TONE && is_counted(step) &&
				(side == SIDE_NONE || step->side == side)) {
			run.from = action->at < run.from ? action->at : run.from;
			run.end = action->at + action->length;
		}
	}
	return seconds + run_over(&run, desk.now);
}

static bool is_finish(const struct step *step)
{
	return is_counted(step) && step->unit->technique == TECHNIQUE_EFFLEURAGE_FINISH;
}

/* Whether a finish is yet to come for who lies on their side, on a side that is not left out. */
static bool has_finish_ahead(const struct person *person)
{
	const uint32_t side = fact_bit(FACT_SIDE_LYING);
	for (size_t i = desk.engine.flow.step; i < script->step_count; i++) {
		const struct step *step = &script->steps[i];
		const enum fact avoided = step->side == SIDE_LEFT ? FACT_AVOID_LEFT
								  : FACT_AVOID_RIGHT;
		if (is_finish(step) && (step->when & side) != 0 &&
				(person->facts & fact_bit(avoided)) == 0) {
			return true;
		}
	}
	return false;
}

/* The finish was the last touch; where the right side is left out, it was before the stretch. */
static bool finished(const struct person *person)
{
	bool was_last = false;
	bool was = false;
	for (size_t i = 0; i < desk.logged; i++) {
		const struct step *step = desk.log[i].step;
		if (desk.log[i].kind == ACTION_STEP && is_counted(step) &&
				rule_of(step->unit->technique)->touch) {
			was_last = is_finish(step);
			was = was || was_last;
		}
	}
	return (person->facts & fact_bit(FACT_AVOID_RIGHT)) != 0 ? was : was_last;
}

/* Into the midst of the present unit, or just in to another step. */
static void into_the_midst(void)
{
	const struct step *step = flow_step(&desk.engine);
	for (int i = 0; i < 60 && flow_step(&desk.engine) == step && !desk.engine.pace.running;
			i++) {
		if (step->kind != STEP_UNIT) {
			return;
		}
		(void)case_follow(&desk, 0);
	}
	case_pass(&desk, 6000);
}

static void wish_for(int32_t minutes)
{
	case_hear(&desk, INTENT_LENGTH, minutes);
}

/* "I can't lie face down." */
static void wish_side(void)
{
	static struct voice_answer lying = {
		.topic = "lying", .say = "On your side.", .outcome = OUTCOME_SIDE_LYING
	};
	desk.engine.options.answers = &lying;
	desk.engine.options.answer_count = 1;
	case_hear(&desk, INTENT_PAUSE, -1);
	case_pass(&desk, 3000);
	case_hear(&desk, INTENT_ASK, 0);
	case_pass(&desk, 3000);
	case_hear(&desk, INTENT_CONTINUE, -1);
}

enum change { TO_FIVE, TO_FIFTEEN, TO_SIDE };

static void wish(enum change change)
{
	if (change == TO_SIDE) {
		wish_side();
	} else {
		wish_for(change == TO_FIVE ? 5 : 15);
	}
}

/* The first work that the session comes to, from the present step on; false: it is over. */
static bool next_work_step(const struct person *person, const struct step *after)
{
	for (int i = 0; i < 20000 && desk.engine.mode != ENGINE_OVER; i++) {
		const struct step *step = flow_step(&desk.engine);
		if (step != after && is_counted(step)) {
			return true;
		}
		if (is_asked()) {
			speak(person);
		} else if (desk.engine.inquiry.kind != INQUIRY_NONE) {
			case_hear(&desk,
					desk.engine.inquiry.kind == INQUIRY_COMFORT ? INTENT_YES
										    : INTENT_RATING,
					2);
		}
		(void)case_follow(&desk, 0);
	}
	return false;
}

static const struct person plain = { .replies = { NO("prepare"), NO("warmth-wanted"),
						     YES("on-side") } };

/* Two wishes one after the other, from each step of the session on. */
static void two_wishes(const char *session, enum change first, enum change second)
{
	for (size_t i = 0; i < script->step_count; i++) {
		const struct step *step = &script->steps[i];
		if (!is_counted(step)) {
			continue;
		}
		meet(&plain, step->name);
		if (desk.engine.mode == ENGINE_OVER) {
			continue;
		}
		into_the_midst();
		wish(first);
		if (next_work_step(&plain, step)) {
			into_the_midst();
			wish(second);
		}
		go_on(&plain, NULL);
		if (worked(SIDE_NONE) > TOUCH_MAX_S + SLACK_S) {
			fail_msg("%s at %s: %d, %d: %.0f s", session, step->name, (int)first,
					(int)second, worked(SIDE_NONE));
		}
	}
}

/* S113: whatever is wished for, and whatever was done lying otherwise. */
static void two_wishes_never_pass_a_quarter_of_an_hour(void **state)
{
	for (size_t i = 0; i < COUNT(sessions); i++) {
		take(*state, sessions[i]);
		two_wishes(sessions[i], TO_FIVE, TO_FIFTEEN);
		two_wishes(sessions[i], TO_SIDE, TO_FIFTEEN);
		two_wishes(sessions[i], TO_FIFTEEN, TO_SIDE);
	}
}

/* The wish is spoken when nine tenths of that step are over. */
static void wish_late_in(const char *session, const char *step, int32_t minutes)
{
	meet(&plain, step);
	if (desk.engine.mode == ENGINE_OVER) {
		return;
	}
	into_the_midst();
	case_pass(&desk, ms_from_frames(pace_left(&desk.engine)) * 9 / 10);
	const double spent = worked(SIDE_NONE) + (double)pace_left(&desk.engine) / EASE_RATE;
	wish_for(minutes);
	go_on(&plain, NULL);
	if (spent < minutes * 60 && worked(SIDE_NONE) > minutes * 60 + SLACK_S) {
		fail_msg("%s of %d min at %s: %.0f s", session, (int)minutes, step,
				worked(SIDE_NONE));
	}
}

/* S113: what was worked of the unit that runs counts, too, for it goes on while that is said. */
static void a_wish_late_in_a_unit_counts_what_was_worked(void **state)
{
	for (size_t i = 0; i < COUNT(sessions); i++) {
		take(*state, sessions[i]);
		for (size_t k = 0; k < script->step_count; k++) {
			if (is_counted(&script->steps[k])) {
				wish_late_in(sessions[i], script->steps[k].name, 10);
				wish_late_in(sessions[i], script->steps[k].name, 15);
			}
		}
	}
}

/* From each step of the work on. */
static size_t lies_down_at_each_step(const struct person *person, const char *session)
{
	bool working = false;
	size_t tried = 0;
	for (size_t i = 0; i < script->step_count; i++) {
		const struct step *step = &script->steps[i];
		meet(person, step->name);
		if (desk.engine.mode == ENGINE_OVER) {
			continue; /* it is not for this person */
		}
		if (strcmp(step->name, "skin-after") == 0) {
			break;
		}
		working = working || is_counted(step);
		if (!working) {
			continue;
		}
		into_the_midst();
		if (!has_finish_ahead(person)) {
			continue;
		}
		wish_side();
		go_on(person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		const double seconds = worked(SIDE_NONE);
		if (!finished(person) || seconds > TOUCH_MAX_S + SLACK_S) {
			fail_msg("%s of %d min, facts %x, at %s: %.0f s, %s", session,
					(int)person->minutes, (unsigned)person->facts, step->name,
					seconds, finished(person) ? "a finish" : "no finish");
		}
		tried++;
	}
	return tried;
}

/* S111, S202: light glides end it, on the side as well. */
static void on_the_side_there_is_a_finish(void **state)
{
	static const uint32_t avoided[] = { 0, 1u << FACT_AVOID_LEFT, 1u << FACT_AVOID_RIGHT };
	struct person person = plain;
	size_t tried = 0;
	for (size_t i = 0; i < 2; i++) {
		take(*state, sessions[i]);
		for (size_t k = 0; k < COUNT(avoided); k++) {
			for (person.minutes = 0; person.minutes <= 15; person.minutes += 5) {
				person.facts = avoided[k];
				tried += lies_down_at_each_step(&person, sessions[i]);
			}
		}
	}
	assert_true(tried > 200);
}

/* S127: what both positions share is done on both sides. */
static void what_was_begun_on_one_side_is_done_on_the_other(void **state)
{
	static const char *const shared[] = { "knee-to-chest", "trunk-rotation", "hamstring" };
	static const char *const later[] = { "knee-to-chest-right", "trunk-rotation-left",
		"trunk-rotation-right", "hamstring-left", "hamstring-right" };
	char name[64];
	take(*state, "lower-back-hands");
	for (size_t i = 0; i < COUNT(shared); i++) {
		snprintf(name, sizeof(name), "%s-left", shared[i]);
		meet(&plain, name);
		into_the_midst();
		wish_side();
		go_on(&plain, NULL);
		for (size_t k = 0; k < COUNT(later); k++) {
			assert_true(entered(later[k]));
		}
	}
	take(*state, "partner-point");
	meet(&plain, "tight-spot-left");
	wish_side();
	go_on(&plain, NULL);
	assert_true(entered("spot-hold-left") && entered("spot-hold-right"));
	assert_float_equal(worked(SIDE_LEFT), worked(SIDE_RIGHT), 1);
	/* whatever length comes behind it */
	meet(&plain, "tight-spot-left");
	wish_side();
	go_on(&plain, "lift-and-roll-left-hip");
	wish_for(15);
	go_on(&plain, NULL);
	assert_float_equal(worked(SIDE_LEFT), worked(SIDE_RIGHT), 1);
	/* and where one side did not want the hold that is offered */
	struct person one = plain;
	one.replies[3] = (struct response)NO("tight-spot-left");
	meet(&one, "tight-spot-right");
	wish_side();
	go_on(&one, NULL);
	assert_true(entered("spot-hold-right") && entered("roll-second-right-hip"));
}

/* The work before it was left out is left out on both sides, and the rest is done. */
static void a_self_session_goes_on_on_the_side(void **state)
{
	static const char *const later[] = { "circles-side-left", "glide-side-left",
		"circles-side-second-right", "glide-side-second-right", "knee-to-chest-left",
		"hamstring-right" };
	take(*state, "lower-back-hands");
	for (size_t k = 0; k < 3; k++) {
		struct person person = plain;
		person.facts = k == 0 ? 0 : 1u << (k == 1 ? FACT_AVOID_LEFT : FACT_AVOID_RIGHT);
		meet(&person, k == 0 ? "circles" : k == 1 ? "palm-glide-right" : "palm-glide-left");
		into_the_midst();
		wish_side();
		go_on(&person, NULL);
		for (size_t i = 0; i < COUNT(later); i++) {
			const bool avoided = i < 4 && k > 0 && (i < 2) == (k == 1);
			assert_int_equal(entered(later[i]), !avoided);
		}
	}
}

/* S113: the plan is made when it is known how one lies, whether warmth comes first or not. */
static void warmth_first_changes_no_length(void **state)
{
	static const enum intent warmth[] = { INTENT_NO, INTENT_YES };
	for (size_t i = 0; i < COUNT(sessions); i++) {
		take(*state, sessions[i]);
		for (int32_t minutes = 5; minutes <= 15; minutes += 5) {
			double seconds[2];
			for (size_t k = 0; k < 2; k++) {
				const struct person person = { .minutes = minutes,
					.replies = { YES("prepare"),
							{ "warmth-first", warmth[k], NULL },
							NO("face-down"), NO("position"),
							YES("on-the-side"), YES("position-side"),
							NO("warmth-wanted") } };
				meet(&person, NULL);
				assert_int_equal(ended(), END_FINISHED);
				assert_int_equal(entered("heat-before"), k);
				seconds[k] = worked(SIDE_NONE);
			}
			assert_float_equal(seconds[0], seconds[1], 1);
		}
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_wishes_never_pass_a_quarter_of_an_hour),
		TEST(a_wish_late_in_a_unit_counts_what_was_worked),
		TEST(on_the_side_there_is_a_finish),
		TEST(what_was_begun_on_one_side_is_done_on_the_other),
		TEST(a_self_session_goes_on_on_the_side),
		TEST(warmth_first_changes_no_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
