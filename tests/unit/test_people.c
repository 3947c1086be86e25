/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
/*
 * test_people.c - every shipped session with every kind of person, on the virtual clock: who is
 * well, nervous, greedy, silent, who stops at each step, and who is flagged by each answer of the
 * screening. What was done is held against the table of rules.
 */
#include "person_case.h"

#define ENOUGH 60000 /* events of one life */
#define NOWHERE SIZE_MAX
#define SLACK_MS 20
#define MOST_STEPS 500

enum temper {
	TEMPER_CALM,
	TEMPER_NERVOUS, /* "lighter" in every unit, and the numbers of who feels a lot */
	TEMPER_GREEDY,  /* "firmer" in every unit, and low numbers */
	TEMPER_SILENT,
};

/* Somebody, and how they take it. Everything that is not among the replies is answered by who is
 * well. */
struct visitor {
	const char *name;
	enum temper temper;
	struct person person;
};

static const struct visitor *who;

static void fail_here(const char *what)
{
	const struct step *step = flow_step(&desk.engine);

	fail_msg("%s, %s, at %s: %s", script->name, who->name,
			step != NULL ? step->name : "the end", what);
}

static void check(bool good, const char *what)
{
	if (!good) {
		fail_here(what);
	}
}

static void reply(void)
{
	if (who->temper == TEMPER_SILENT) {
		(void)case_follow(&desk, 0);
	} else {
		speak(&who->person);
	}
}

/* A question over the tones. */
static void reply_at_work(enum inquiry_kind asked)
{
	const bool number = asked == INQUIRY_RATING || asked == INQUIRY_NUMBER;
	const int32_t rating = who->temper == TEMPER_NERVOUS ? 3 : 1;

	if (who->temper == TEMPER_SILENT) {
		(void)case_follow(&desk, 0);
		return;
	}
	if (asked == INQUIRY_MORE) {
		case_hear(&desk, who->temper == TEMPER_GREEDY ? INTENT_YES : INTENT_NO, -1);
		return;
	}
	case_hear(&desk, number ? INTENT_RATING : INTENT_YES, number ? rating : -1);
	if (number && who->temper == TEMPER_GREEDY) {
		case_hear(&desk, INTENT_FIRMER, -1);
	}
	(void)case_follow(&desk, 0);
}

/* What is called out at the first stroke of each unit. */
static void call_out(const struct step **last)
{
	const struct step *step = flow_step(&desk.engine);

	if (step == *last || !desk.engine.pace.running) {
		return;
	}
	*last = step;
	if (who->temper == TEMPER_NERVOUS) {
		case_hear(&desk, INTENT_LIGHTER, -1);
	} else if (who->temper == TEMPER_GREEDY) {
		case_hear(&desk, INTENT_FIRMER, -1);
	}
}

static void stop_now(void)
{
	const size_t from = desk.logged;

	case_hear(&desk, INTENT_STOP, -1);
	check(desk.logged >= from + 2 && desk.log[from].kind == ACTION_HUSH &&
					desk.log[from + 1].kind == ACTION_STOPPED,
			"a stop is not silence first");
	while (desk.engine.mode != ENGINE_OVER && case_follow(&desk, 0)) {
	}
	check(case_count(&desk, from, ACTION_TONE) == 0, "a tone after the stop");
	check(case_count(&desk, from, ACTION_STEP) == 0, "another step after the stop");
}

/* Goes through the session; at step stop_at "stop" is said, and then nothing more. False: it was
 * never reached. */
static bool live(const struct visitor *visitor, size_t stop_at)
{
	const struct engine_options options = { .microphone = true };
	const struct step *last = NULL;

	who = visitor;
	case_init(&desk, script, &options);
	case_start(&desk);
	for (int i = 0; i < ENOUGH && desk.engine.mode != ENGINE_OVER; i++) {
		const struct step *step = flow_step(&desk.engine);
		if (stop_at != NOWHERE && step == &script->steps[stop_at]) {
			stop_now();
			return true;
		}
		call_out(&last);
		if (is_asked()) {
			reply();
		} else if (desk.engine.inquiry.kind != INQUIRY_NONE) {
			reply_at_work(desk.engine.inquiry.kind);
		} else {
			(void)case_follow(&desk, 0);
		}
	}
	check(desk.engine.mode == ENGINE_OVER, "it does not end");
	check(desk.logged < CASE_LOG_MAX, "more was done than is kept");
	return false;
}

/* What was done, against the table of rules. */

struct work {
	const struct step *step;
	int32_t strokes; /* or breaths */
	frames_t first;  /* FRAMES_NEVER: no tone yet */
	frames_t last;
	bool disturbed; /* by a change of pace, a pause or a word of the person: not as planned */
};

struct tally {
	struct work work;
	bool warm;
	int64_t sides[MOST_STEPS][3]; /* strokes or ms by unit (its first step) and side */
};

static size_t unit_index(const struct unit *unit)
{
	for (size_t i = 0; i < script->step_count; i++) {
		if (script->steps[i].unit == unit) {
			return i;
		}
	}
	return 0;
}

static bool within(int64_t value, const struct range *range, int64_t slack)
{
	return range->max == 0 || (value >= range->min - slack && value <= range->max + slack);
}

static void finish_work(struct tally *tally)
{
	const struct work *work = &tally->work;
	char what[160];

	if (work->step == NULL || work->first == FRAMES_NEVER) {
		return;
	}
	const struct rule *rule = rule_of(work->step->unit->technique);
	const int64_t ms = ms_from_frames(work->last - work->first);
	const bool counted = work->step->count > 0;
	const struct range seconds = { rule->seconds.min * 1000, rule->seconds.max * 1000 };

	(void)snprintf(what, sizeof what, "%s: %d strokes, %lld ms", work->step->name,
			(int)work->strokes, (long long)ms);
	check(!counted || within(work->strokes, &rule->count, 0), what);
	check(counted || work->step->repeats > 1 || ms <= seconds.max + SLACK_MS, what);
	tally->sides[unit_index(work->step->unit)][work->step->side] += counted ? work->strokes
										: (ms + 500) / 1000;
	tally->warm = tally->warm || rule->warms;
}

static void take_step(struct tally *tally, const struct action *action)
{
	const struct step *step = action->step;

	finish_work(tally);
	tally->work = (struct work){ .first = FRAMES_NEVER };
	if (step->kind != STEP_UNIT) {
		return;
	}
	const struct rule *rule = rule_of(step->unit->technique);
	tally->work.step = step;
	check(!rule->deep || tally->warm, "deep before anything was warm");
	check(!rule->touch || (action->target >= PRESSURE_MIN &&
					      action->target <= rule->pressure.max),
			"outside the band");
}

static void take_tone(struct tally *tally, const struct action *tone)
{
	struct work *work = &tally->work;

	check(work->step != NULL, "a tone outside a unit");
	if (work->first == FRAMES_NEVER) {
		work->first = tone->at;
	}
	work->strokes += tone->tone == TONE_START || tone->tone == TONE_INHALE;
	work->last = tone->at + (tone->tone == TONE_HOLD ? tone->length : 0);
}

static void check_work(struct tally *tally)
{
	memset(tally, 0, sizeof *tally);
	tally->work.first = FRAMES_NEVER;
	for (size_t i = 0; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_STEP) {
			take_step(tally, &desk.log[i]);
		} else if (desk.log[i].kind == ACTION_TONE) {
			take_tone(tally, &desk.log[i]);
		}
	}
	finish_work(tally);
}

static void check_sides(const struct tally *tally)
{
	for (size_t i = 0; i < script->step_count; i++) {
		check(tally->sides[i][SIDE_LEFT] == tally->sides[i][SIDE_RIGHT],
				"one side got more than the other");
	}
}

static int32_t highest(void)
{
	int32_t most = 0;

	for (size_t i = 0; i < desk.logged; i++) {
		const enum action_kind kind = desk.log[i].kind;
		if ((kind == ACTION_STEP || kind == ACTION_PRESSURE) && desk.log[i].target > most) {
			most = desk.log[i].target;
		}
	}
	return most;
}

static size_t rises(void)
{
	size_t count = 0;

	for (size_t i = 0; i < desk.logged; i++) {
		count += desk.log[i].kind == ACTION_PRESSURE &&
			 desk.log[i].target > desk.log[i].from;
	}
	return count;
}

/* Every session, one after the other. */

static void for_each_session(struct world *world, void (*test)(void))
{
	const struct session_entry *sessions = NULL;
	size_t count = 0;

	words = world_vocabulary(world);
	assert_int_equal(script_list(world->arena, SCRIPTS, &sessions, &count, &world->diag),
			STATUS_OK);
	assert_true(count > 20);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(script_load(world->arena, SCRIPTS, sessions[i].name, words,
						 &script, &world->diag),
				STATUS_OK);
		test();
	}
}

static void live_well(void)
{
	static const struct visitor visitor = { .name = "well" };
	struct tally tally;

	(void)live(&visitor, NOWHERE);
	check(ended() == END_FINISHED, "not finished");
	check(touched() == (script->kind == SESSION_TOUCH &&
					   strcmp(script->name, "stretches") != 0),
			"touch, or none");
	check_work(&tally);
	check_sides(&tally);
}

static void who_is_well_finishes(void **state)
{
	for_each_session(*state, live_well);
}

static void live_nervous(void)
{
	static const struct visitor visitor = { .name = "nervous", .temper = TEMPER_NERVOUS };
	struct tally tally;

	(void)live(&visitor, NOWHERE);
	check(ended() == END_FINISHED, "not finished");
	check(rises() == 0, "pressure rose for who is nervous");
	check(highest() <= PRESSURE_START, "more than the start");
	check_work(&tally);
}

static void who_is_nervous_gets_less_and_finishes(void **state)
{
	for_each_session(*state, live_nervous);
}

static void live_greedy(void)
{
	static const struct visitor visitor = { .name = "greedy", .temper = TEMPER_GREEDY };
	struct tally tally;

	(void)live(&visitor, NOWHERE);
	check(ended() == END_FINISHED, "not finished");
	check(highest() <= PRESSURE_CEILING_DEFAULT, "more than the ceiling");
	check(!went_deep() || rises() > 0, "never firmer, though it was asked for");
	check_work(&tally);
}

static void who_is_greedy_stays_below_the_ceiling(void **state)
{
	for_each_session(*state, live_greedy);
}

static void live_silent(void)
{
	static const struct visitor visitor = { .name = "silent", .temper = TEMPER_SILENT };

	(void)live(&visitor, NOWHERE);
	check(ended() == (script->kind == SESSION_TOUCH ? END_REFUSED : END_FINISHED), "the end");
	check(!touched(), "touch without a word");
}

static void silence_is_no_consent(void **state)
{
	for_each_session(*state, live_silent);
}

/* A "stop" at each step is the end of it, where it is not just practised. */
static void live_until_each_step(void)
{
	static const struct visitor visitor = { .name = "stops" };
	size_t reached = 0;

	for (size_t i = 0; i < script->step_count; i++) {
		if (script->steps[i].rehearse == INTENT_STOP || !live(&visitor, i)) {
			continue;
		}
		reached++;
		check(ended() == END_STOPPED || ended() == END_MEDICAL, "stopped is not stopped");
	}
	check(reached >= 3, "hardly a step was reached");
}

static void a_stop_at_each_step_ends_it(void **state)
{
	for_each_session(*state, live_until_each_step);
}

/* Who is flagged. */

static bool is_screened(void)
{
	for (size_t i = 0; i < script->step_count; i++) {
		if (strcmp(script->steps[i].name, "urgent-signs") == 0) {
			return true;
		}
	}
	return false;
}

static void live_refused(void)
{
	static const struct visitor visitors[] = {
		{ "urgent", TEMPER_CALM, { .replies = { YES("urgent-signs") } } },
		{ "sharp", TEMPER_CALM, { .replies = { CHOICE("kind", "sharp") } } },
		{ "in pain", TEMPER_CALM, { .replies = { YES("pain-now") } } },
		{ "refused", TEMPER_CALM, { .replies = { YES("not-today") } } },
		{ "uncleared", TEMPER_CALM,
				{ .replies = { YES("health"), YES("condition"), NO("cleared") } } },
		{ "numb", TEMPER_CALM, { .replies = { YES("skin"), YES("skin-numb") } } },
		{ "covered", TEMPER_CALM,
				{ .replies = { YES("skin"), NO("skin-numb"),
						  YES("skin-whole") } } },
		{ "unwilling", TEMPER_CALM, { .replies = { NO("consent") } } },
	};

	for (size_t i = 0; is_screened() && i < sizeof visitors / sizeof visitors[0]; i++) {
		(void)live(&visitors[i], NOWHERE);
		check(ended() == END_REFUSED, "not refused");
		check(!touched(), "touch for who was refused");
	}
}

static void who_is_refused_is_not_touched(void **state)
{
	for_each_session(*state, live_refused);
}

static void live_light(void)
{
	static const struct visitor visitors[] = {
		{ "bleeds", TEMPER_GREEDY,
				{ .replies = { YES("health"), YES("bleeding"), NO("pregnant"),
						  NO("condition") } } },
		{ "pregnant", TEMPER_GREEDY,
				{ .replies = { YES("health"), NO("bleeding"), YES("pregnant"),
						  NO("maternity-care"), NO("condition") } } },
	};
	struct tally tally;

	for (size_t i = 0; is_screened() && i < sizeof visitors / sizeof visitors[0]; i++) {
		(void)live(&visitors[i], NOWHERE);
		check(ended() == END_FINISHED, "not finished");
		check(!went_deep(), "deep work with light touch");
		check(highest() <= PRESSURE_LIGHT_MAX, "more than light");
		check_work(&tally);
	}
}

static void light_touch_stays_light_in_every_session(void **state)
{
	for_each_session(*state, live_light);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_is_well_finishes, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				who_is_nervous_gets_less_and_finishes, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				who_is_greedy_stays_below_the_ceiling, world_make, world_remove),
		cmocka_unit_test_setup_teardown(silence_is_no_consent, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				a_stop_at_each_step_ends_it, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				who_is_refused_is_not_touched, world_make, world_remove),
		cmocka_unit_test_setup_teardown(
				light_touch_stays_light_in_every_session, world_make, world_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
