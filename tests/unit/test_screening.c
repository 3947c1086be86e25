/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
/* test_screening.c - the shipped questions, asked by the engine: who is led where (S1-S46). */
#include "person_case.h"

static size_t place_of(const char *name)
{
	for (size_t i = 0; i < script->step_count; i++) {
		if (strcmp(script->steps[i].name, name) == 0) {
			return i;
		}
	}
	fail_msg("there is no step \"%s\"", name);
	return 0;
}

/* The questions of the screening itself. */
static bool is_screening(const struct step *step)
{
	const size_t at = (size_t)(step - script->steps);

	return step->kind == STEP_ASK && at >= place_of("changed") && at < place_of("consent");
}

static size_t questions(void)
{
	size_t count = 0;

	for (size_t i = 0; i < desk.logged; i++) {
		count += desk.log[i].kind == ACTION_STEP && is_screening(desk.log[i].step);
	}
	return count;
}

/* Touch and stretches, as they were planned. */
static int32_t worked_s(void)
{
	frames_t frames = 0;

	for (size_t i = 0; i < desk.logged; i++) {
		const struct step *step = desk.log[i].step;
		if (desk.log[i].kind == ACTION_STEP && step->unit != NULL &&
				(rule_of(step->unit->technique)->touch ||
						rule_of(step->unit->technique)->stretch)) {
			frames += pace_length(&desk.engine, step);
		}
	}
	return (int32_t)(frames / EASE_RATE);
}

static int load(void **state)
{
	if (world_make(state) != 0) {
		return -1;
	}
	take(*state, "lower-back-hands");
	return 0;
}

/* Who is well is asked eight questions, and no follow-up. */
static void a_first_session_asks_eight_questions(void **state)
{
	static const char *const asked[] = { "urgent-signs", "where", "kind", "pain-now", "lasting",
		"not-today", "health", "skin" };
	const struct person well = { 0 };

	(void)state;
	meet(&well, "consent");
	assert_int_equal(questions(), 8);
	for (size_t i = 0; i < 8; i++) {
		assert_true(entered(asked[i]));
	}
	assert_false(touched());
	meet(&well, NULL);
	assert_int_equal(ended(), END_FINISHED);
	assert_true(went_deep());
	assert_false(entered("relief-wanted"));
}

/* S38: one question after a session that flagged nothing; all of them where something is new. */
static void one_question_when_nothing_was_flagged(void **state)
{
	static const enum intent unsafe[] = { INTENT_YES, INTENT_NOT_SURE, SILENCE };
	const struct person back = { .facts = fact_bit(FACT_AGAIN) | fact_bit(FACT_CLEAN) };
	const struct person flagged = { .facts = fact_bit(FACT_AGAIN) };

	(void)state;
	meet(&back, "consent");
	assert_int_equal(questions(), 1);
	assert_true(entered("changed"));
	assert_true(entered("consent"));
	for (size_t i = 0; i < 3; i++) {
		struct person changed = back;
		changed.replies[0] = (struct response){ "changed", unsafe[i], NULL };
		meet(&changed, "consent");
		assert_int_equal(questions(), 9);
	}
	meet(&flagged, "consent");
	assert_int_equal(questions(), 8);
	assert_false(entered("changed"));
}

/* Who goes back and answers otherwise is asked what that answer asks for. */
static void an_answer_that_is_changed_counts(void **state)
{
	struct person back = { .facts = fact_bit(FACT_AGAIN) | fact_bit(FACT_CLEAN) };

	(void)state;
	meet(&back, "consent");
	case_hear(&desk, INTENT_BACK, -1);
	back.replies[0] = (struct response){ "changed", INTENT_YES, NULL };
	go_on(&back, "consent");
	assert_int_equal(questions(), 10);
	assert_true(entered("not-today"));
}

static enum outcome outcome_of(const char *question)
{
	enum outcome outcome = OUTCOME_COUNT;

	for (size_t i = 0; i < desk.logged; i++) {
		const struct action *action = &desk.log[i];
		if (action->kind == ACTION_ANSWER && action->step != NULL &&
				strcmp(action->step->name, question) == 0) {
			outcome = action->outcome;
		}
	}
	return outcome;
}

/* S38, S172: what is new before or after the touch is kept, so that it is asked about in full next
 * time, whatever becomes of this session. */
static void what_is_new_is_a_flag(void **state)
{
	static const char *const questions_of[] = { "changed", "skin-after" };
	static const enum intent unclear[] = { INTENT_YES, INTENT_NOT_SURE, SILENCE };

	(void)state;
	for (size_t q = 0; q < 2; q++) {
		struct person person = { .facts = fact_bit(FACT_AGAIN) | fact_bit(FACT_CLEAN) };
		meet(&person, NULL);
		assert_int_equal(outcome_of(questions_of[q]), OUTCOME_NEXT);
		for (size_t i = 0; i < 3; i++) {
			person.replies[0] = (struct response){ questions_of[q], unclear[i], NULL };
			meet(&person, NULL);
			assert_int_equal(outcome_of(questions_of[q]), OUTCOME_CLEARANCE);
			assert_int_equal(ended(), END_FINISHED);
		}
	}
}

/* S204: who asks about a pregnancy, and then says that nothing is new, is asked in full. */
static void a_question_that_touches_a_flag_opens_the_screening(void **state)
{
	static const struct voice_answer pregnant = {
		.topic = "pregnant", .say = "Then light.", .outcome = OUTCOME_LIGHT
	};
	const struct person back = { .facts = fact_bit(FACT_AGAIN) | fact_bit(FACT_CLEAN) };
	const struct engine_options options = {
		.microphone = true, .facts = back.facts, .answers = &pregnant, .answer_count = 1
	};

	(void)state;
	case_init(&desk, script, &options);
	case_start(&desk);
	go_on(&back, "changed");
	case_hear(&desk, INTENT_ASK, 0);
	go_on(&back, "consent");
	assert_true(entered("health"));
	assert_int_equal(questions(), 9);
}

/* S159: after a medical stop the whole form, and first whether somebody has looked at it. */
static void after_a_medical_stop_it_asks_whether_it_was_checked(void **state)
{
	struct person back = {
		.facts = fact_bit(FACT_AGAIN) | fact_bit(FACT_UNCHECKED),
		.replies = { { "since-checked", INTENT_YES, NULL } },
	};

	(void)state;
	meet(&back, "consent");
	assert_true(entered("since-checked"));
	assert_int_equal(questions(), 8);
	back.replies[0].intent = INTENT_NO;
	meet(&back, NULL);
	assert_int_equal(ended(), END_REFUSED);
	assert_false(touched());
}

struct way {
	const char *row;
	struct response replies[REPLIES_MAX]; /* the last is also tried as not sure, and as silence
					       */
	enum outcome outcome;
};

static const struct way ends[] = {
	{ "S25, S27-S30", { YES("urgent-signs") }, OUTCOME_URGENT },
	{ "S5", { CHOICE("kind", "sharp") }, OUTCOME_ADVISE },
	{ "S8, S9, S26, S33, S35", { YES("pain-now") }, OUTCOME_ADVISE },
	{ "S32", { YES("lasting"), YES("lasting-hinders") }, OUTCOME_ADVISE },
	{ "S31, 15 days", { YES("lasting"), NO("lasting-hinders"), YES("lasting-weeks") },
			OUTCOME_ADVISE },
	{ "S10-S14", { YES("not-today") }, OUTCOME_REFUSE },
	{ "S15-S18",
			{ YES("health"), NO("bleeding"), NO("pregnant"), YES("condition"),
					NO("cleared") },
			OUTCOME_ADVISE },
	{ "S24, S28", { YES("skin"), YES("skin-numb") }, OUTCOME_URGENT },
	{ "S23, all of it", { YES("skin"), NO("skin-numb"), YES("skin-whole") }, OUTCOME_REFUSE },
	{ "S23, both sides",
			{ YES("skin"), NO("skin-numb"), NO("skin-whole"),
					CHOICE("skin-side", "both") },
			OUTCOME_REFUSE },
};

/* No touch; and what needs none is offered, but not to who needs help at once. */
static void check_end(const struct way *way, const struct person *person)
{
	meet(person, NULL);
	if (touched() || ended() != END_REFUSED ||
			entered("relief-wanted") != (way->outcome != OUTCOME_URGENT)) {
		fail_msg("%s: touched %d, %s, offered %d", way->row, touched(),
				end_reason_name(ended()), entered("relief-wanted"));
	}
}

/* S36: "not sure" and silence count as the unsafe answer. */
static void every_unsafe_answer_ends_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		struct person person = { 0 };
		size_t last = 0;
		memcpy(person.replies, ends[i].replies, sizeof person.replies);
		while (last + 1 < REPLIES_MAX && person.replies[last + 1].step != NULL) {
			last++;
		}
		check_end(&ends[i], &person);
		person.replies[last].intent = INTENT_NOT_SURE;
		check_end(&ends[i], &person);
		person.replies[last].intent = SILENCE;
		check_end(&ends[i], &person);
	}
}

/* S5: three answers, three ways; "no pain" is one more. */
static void dull_and_aching_go_on(void **state)
{
	static const char *const kinds[] = { "dull", "aching" };
	const struct person tight = { .replies = { NO("kind") } };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const struct person person = { .replies = { CHOICE("kind", kinds[i]) } };
		meet(&person, "consent");
		assert_true(entered("consent"));
	}
	meet(&tight, "consent");
	assert_true(entered("consent"));
}

/* S2: where it is stands in the journal, by its name. */
static void notes_where_it_hurts(void **state)
{
	const struct person person = { .replies = { CHOICE("where", "right") } };
	bool found = false;

	(void)state;
	meet(&person, "consent");
	for (size_t i = 0; i < desk.logged; i++) {
		const struct action *action = &desk.log[i];
		if (action->kind == ACTION_ANSWER && strcmp(action->step->name, "where") == 0) {
			assert_string_equal(action->word, "right");
			found = true;
		}
	}
	assert_true(found);
}

/* S31, S34: ten days without improvement is told, and may begin. */
static void what_lasts_is_told_and_goes_on(void **state)
{
	const struct person stays = { .replies = { YES("lasting"), NO("lasting-hinders"),
						      NO("lasting-weeks"), NO("lasting-better"),
						      YES("lasting-returns") } };
	const struct person improves = { .replies = { YES("lasting"), NO("lasting-hinders"),
							 NO("lasting-weeks"), YES("lasting-better"),
							 NO("lasting-returns") } };

	(void)state;
	meet(&stays, "consent");
	assert_true(entered("consent"));
	assert_true(said("have a professional look at it"));
	assert_true(said("ask a professional for help"));
	meet(&improves, "consent");
	assert_true(entered("consent"));
	assert_false(said("have a professional look at it"));
	assert_false(said("ask a professional for help"));
}

/* S15-S18: a doctor's word lets it begin. */
static void what_is_cleared_goes_on(void **state)
{
	const struct person cleared = { .replies = { YES("health"), NO("bleeding"), NO("pregnant"),
							YES("condition"), YES("cleared") } };

	(void)state;
	meet(&cleared, NULL);
	assert_int_equal(ended(), END_FINISHED);
	assert_true(went_deep());
	assert_true((desk.engine.flow.facts & fact_bit(FACT_CONDITION)) != 0);
}

/* S21, S22: nothing deep, and the target stays low. */
static void blood_thinners_mean_light_touch(void **state)
{
	static const enum intent unsafe[] = { INTENT_YES, INTENT_NOT_SURE, SILENCE };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct person person = { .replies = { YES("health"),
							       { "bleeding", unsafe[i], NULL },
							       NO("pregnant"), NO("condition") } };
		meet(&person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		assert_true(touched());
		assert_false(went_deep());
		for (size_t k = 0; k < desk.logged; k++) {
			assert_true(desk.log[k].kind != ACTION_STEP ||
					desk.log[k].target <= PRESSURE_LIGHT_MAX);
		}
	}
}

/* S19: without approval nothing deep, and on the side. */
static void pregnancy_needs_approval_for_deep_work(void **state)
{
	struct person person = { .replies = { YES("health"), NO("bleeding"), YES("pregnant"),
						 NO("maternity-care"), NO("condition") } };

	(void)state;
	meet(&person, NULL);
	assert_int_equal(ended(), END_FINISHED);
	assert_false(went_deep());
	assert_true((desk.engine.flow.facts & fact_bit(FACT_SIDE_LYING)) != 0);
	take(*state, "partner");
	meet(&person, NULL);
	assert_false(went_deep());
	person.replies[3].intent = INTENT_YES;
	meet(&person, NULL);
	assert_int_equal(ended(), END_FINISHED);
	assert_true(went_deep());
	assert_true((desk.engine.flow.facts & fact_bit(FACT_SIDE_LYING)) != 0);
}

/* Orders that nobody who is pregnant gets: to lie on the belly, or flat on the back. */
static void check_no_lying(size_t from)
{
	static const char *const orders[] = { "ie on your back", "tay on your back", "face down",
		"Lie back", "Lie down", "Lie across", "towards your chest" };

	for (size_t i = from; i < desk.logged; i++) {
		const struct action *action = &desk.log[i];
		for (size_t k = 0;
				action->kind == ACTION_SAY && k < sizeof orders / sizeof orders[0];
				k++) {
			if (strstr(action->text, orders[k]) != NULL) {
				fail_msg("%s: %s", script->name, action->text);
			}
		}
	}
}

/* S19, S60: with and without approval. */
static void who_is_pregnant_lies_on_the_side(void **state)
{
	struct world *world = *state;
	const struct session_entry *entries = NULL;
	size_t count = 0;

	assert_int_equal(script_list(world->arena, SCRIPTS, &entries, &count, &world->diag),
			STATUS_OK);
	for (size_t i = 0; i < 3 * count; i++) {
		static const enum intent approved[] = { INTENT_YES, INTENT_NO, SILENCE };
		const struct person person = {
			.replies = { YES("health"), NO("bleeding"),
					{ "pregnant", i % 2 == 0 ? INTENT_YES : SILENCE, NULL },
					{ "maternity-care", approved[i % 3], NULL },
					NO("condition"), YES("floor-wanted"), YES("roller-wanted"),
					YES("tight-points-first") }
		};
		take(world, entries[i / 3].name);
		if (script->kind != SESSION_TOUCH) {
			continue;
		}
		meet(&person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		assert_true((flow_facts(&desk.engine) & fact_bit(FACT_SIDE_LYING)) != 0);
		check_no_lying(0);
		if (approved[i % 3] != INTENT_YES) {
			assert_false(went_deep());
		}
	}
}

static int32_t topic_called(const char *name)
{
	for (size_t i = 0; i < words->topic_count; i++) {
		if (strcmp(words->topics[i], name) == 0) {
			return (int32_t)i;
		}
	}
	fail_msg("no topic %s", name);
	return -1;
}

/* The same for who says so in a pause, wherever that is, or while hands rest; once the answer was
 * given. */
static void say_so_at(const struct world *world, const char *step, int64_t after_ms, bool pauses)
{
	const struct person person = { .replies = { YES("floor-wanted"), YES("roller-wanted"),
						       NO("warmth-wanted") } };
	const struct engine_options options = { .microphone = true,
		.answers = world->voice->answers,
		.answer_count = words->topic_count };

	case_init(&desk, script, &options);
	case_start(&desk);
	go_on(&person, step);
	case_pass(&desk, after_ms);
	if (desk.engine.mode != ENGINE_RUNNING) {
		return; /* it is not for who is well, or was the last */
	}
	if (pauses) {
		case_hear(&desk, INTENT_PAUSE, -1);
	}
	case_hear(&desk, INTENT_ASK, topic_called("pregnant"));
	const size_t from = desk.logged;
	if (pauses) {
		case_pass(&desk, 5000);
		assert_int_equal(desk.engine.mode, ENGINE_PAUSED);
		case_hear(&desk, INTENT_CONTINUE, -1);
	}
	go_on(&person, NULL);
	assert_true(ended() == END_FINISHED || ended() == END_REFUSED);
	assert_true((flow_facts(&desk.engine) & fact_bit(FACT_PREGNANT)) != 0);
	check_no_lying(from);
	for (size_t i = from; i < desk.logged; i++) {
		const struct step *next = desk.log[i].step;
		assert_true(desk.log[i].kind != ACTION_STEP || next->unit == NULL ||
				!rule_of(next->unit->technique)->deep);
	}
}

/* S19, S204 */
static void who_says_that_they_are_pregnant_is_not_laid_down(void **state)
{
	struct world *world = *state;
	const struct session_entry *entries = NULL;
	size_t count = 0;
	size_t rests = 0;

	assert_int_equal(script_list(world->arena, SCRIPTS, &entries, &count, &world->diag),
			STATUS_OK);
	for (size_t i = 0; i < count; i++) {
		take(world, entries[i].name);
		for (size_t k = 0; script->kind == SESSION_TOUCH && k < script->step_count; k++) {
			const struct step *step = &script->steps[k];
			say_so_at(world, step->name, 0, true);
			say_so_at(world, step->name, 1500, true); /* it asks, or rests */
			if (step->kind == STEP_SAY && step->context != CONTEXT_TOUCH) {
				say_so_at(world, step->name, 1500, false);
				rests++;
			}
		}
	}
	assert_true(rests > 10);
}

static bool lays_hands(const struct step *step)
{
	const struct rule *rule = step->unit != NULL ? rule_of(step->unit->technique) : NULL;

	return rule != NULL && rule->touch && !rule->stretch;
}

/* Goes through what was done: hands only on the side that is left, and nothing else named while
 * they are at work; a stretch, which touches no skin, on both. Returns how often hands were laid.
 */
static size_t check_avoided(enum side side)
{
	const struct step *at = NULL;
	size_t laid = 0;
	size_t stretched[3] = { 0 };

	for (size_t k = 0; k < desk.logged; k++) {
		const struct action *action = &desk.log[k];
		if (action->kind == ACTION_STEP) {
			at = action->step;
			laid += lays_hands(at);
			stretched[at->side] += at->unit != NULL && !lays_hands(at);
		}
		if (at == NULL || !lays_hands(at)) {
			continue;
		}
		if (at->side == side || at->side == SIDE_NONE) {
			fail_msg("%s: %s reaches what is left out", script->name, at->name);
		}
		if (action->kind == ACTION_SAY && strstr(action->text, "either side") != NULL) {
			fail_msg("%s: %s", script->name, action->text);
		}
	}
	assert_int_equal(stretched[SIDE_LEFT], stretched[SIDE_RIGHT]);
	return laid;
}

/* S23: the side is worked on no more, not even with both hands, and is not named for it. */
static void a_side_that_is_avoided_is_left_out(void **state)
{
	static const char *const sides[] = { "left", "right" };
	struct world *world = *state;
	const struct session_entry *entries = NULL;
	size_t count = 0;
	size_t checked = 0;

	assert_int_equal(script_list(world->arena, SCRIPTS, &entries, &count, &world->diag),
			STATUS_OK);
	for (size_t i = 0; i < 2 * count; i++) {
		const struct person person = {
			.replies = { YES("skin"), NO("skin-numb"), NO("skin-whole"),
					CHOICE("skin-side", sides[i % 2]) }
		};
		take(world, entries[i / 2].name);
		if (script->kind != SESSION_TOUCH) {
			continue;
		}
		meet(&person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		checked += check_avoided(i % 2 == 0 ? SIDE_LEFT : SIDE_RIGHT) > 0;
	}
	assert_true(checked >= 20);
}

/* Whether a unit of those between the two steps was come to after that. */
static bool came_between(size_t k, size_t first, size_t end)
{
	for (; k < desk.logged; k++) {
		const struct action *action = &desk.log[k];
		const size_t at = action->kind == ACTION_STEP
						  ? (size_t)(action->step - script->steps)
						  : end;
		if (at > first && at < end && action->step->kind == STEP_UNIT) {
			return true;
		}
	}
	return false;
}

/* What is offered comes after a yes; and who turns over is worked on then. */
static void check_offers(const char *who)
{
	size_t turned = 0;
	size_t last = 0;

	for (size_t k = 0; k < desk.logged; k++) {
		const struct action *action = &desk.log[k];
		if (action->kind != ACTION_STEP) {
			continue;
		}
		const struct step *step = action->step;
		const struct answer *no = step->kind == STEP_ASK ? answer_of(step, INTENT_NO)
								 : NULL;
		const size_t at = (size_t)(step - script->steps);
		if (no != NULL && no->outcome == OUTCOME_GOTO && no->go > at &&
				strcmp(step->name, "helped") != 0 &&
				strcmp(step->name, "prepare") != 0 &&
				!came_between(k, at, no->go)) {
			fail_msg("%s, %s: %s offers nothing", script->name, who, step->name);
		}
		turned = strcmp(step->name, "turn-over") == 0 ? k : turned;
		last = lays_hands(step) ? k : last;
	}
	if (turned > last) {
		fail_msg("%s, %s: turned over for nothing", script->name, who);
	}
}

/* S23: nobody is asked about what is left out, nor turns to it. */
static void what_is_left_out_is_not_offered(void **state)
{
	static const char *const sides[] = { "left", "right" };
	struct world *world = *state;
	const struct session_entry *entries = NULL;
	size_t count = 0;

	assert_int_equal(script_list(world->arena, SCRIPTS, &entries, &count, &world->diag),
			STATUS_OK);
	for (size_t i = 0; i < 4 * count; i++) {
		struct person person = { .replies = { YES("skin"), NO("skin-numb"),
							 NO("skin-whole"),
							 CHOICE("skin-side", sides[i % 2]) } };
		if (i % 4 >= 2) {
			person.replies[4] = (struct response)NO("position");
			person.replies[5] = (struct response)NO("face-down");
		}
		take(world, entries[i / 4].name);
		if (script->kind != SESSION_TOUCH) {
			continue;
		}
		meet(&person, NULL);
		check_offers(sides[i % 2]);
	}
	take(world, "trigger-point");
	struct person sore = { .replies = { YES("skin"), NO("skin-numb"), NO("skin-whole"),
					       CHOICE("skin-place", "waist"),
					       CHOICE("skin-place-side", "both") } };
	meet(&sore, NULL);
	assert_false(entered("hold-wanted") || entered("smooth-out") || entered("glides-after"));
	check_offers("waist");
	take(world, "lower-back-hands");
	meet(&sore, NULL);
	assert_false(entered("hold-wanted"));
	check_offers("waist");
}

/* Whether anything but the plan names the tool, after somebody agreed to begin. */
static bool names_tool(const char *tool)
{
	bool agreed = false;

	for (size_t i = 0; i < desk.logged; i++) {
		const struct action *action = &desk.log[i];
		if (action->kind == ACTION_ANSWER && action->step != NULL) {
			agreed = agreed || strcmp(action->step->name, "consent") == 0;
		} else if (action->kind == ACTION_SAY && agreed &&
				strstr(action->text, tool) != NULL) {
			return true;
		}
	}
	return false;
}

/* S21, S123: who is touched lightly is not told to fetch a tool, and told once why there is none.
 */
static void light_touch_needs_no_tool(void **state)
{
	static const char *const tools[][2] = { { "ball", "ball" }, { "ball-floor", "ball" },
		{ "massage-gun", " gun" }, { "massage-stick", " stick" }, { "roller", "roller" } };
	const struct person person = { .replies = { YES("health"), YES("bleeding"), NO("pregnant"),
						       NO("condition") } };

	for (size_t i = 0; i < sizeof tools / sizeof tools[0]; i++) {
		take(*state, tools[i][0]);
		meet(&person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		if (names_tool(tools[i][1]) || went_deep()) {
			fail_msg("%s is handed out", tools[i][0]);
		}
		assert_int_equal(case_said(&desk, 0, PHRASE_DEEP_SKIPPED_LIGHT), 1);
	}
}

/* S123, C8: a flag means no roller, even one that a doctor has cleared. */
static void a_flag_means_no_roller(void **state)
{
	const struct person people[] = {
		{ .replies = { YES("skin"), NO("skin-numb"), NO("skin-whole"),
				  CHOICE("skin-side", "left") } },
		{ .replies = { YES("health"), NO("bleeding"), NO("pregnant"), YES("condition"),
				  YES("cleared") } },
	};

	take(*state, "roller");
	for (size_t i = 0; i < 2; i++) {
		meet(&people[i], NULL);
		assert_int_equal(ended(), END_FINISHED);
		assert_false(entered("roller-wanted"));
		assert_false(went_deep());
		assert_true(said("We leave the roller out"));
	}
}

/* Who is never ready is not taken at the word of silence, let alone of a yes. */
static void never_ready_is_no_yes(void **state)
{
	const struct person person = { .replies = { NO("ball-ready") } };
	const struct person uneasy = { .replies = { NO("position"), NO("position-side") } };

	take(*state, "ball");
	meet(&person, NULL);
	assert_int_equal(ended(), END_FINISHED);
	assert_true(said("We leave the ball out."));
	assert_false(went_deep());
	meet(&uneasy, NULL);
	assert_int_equal(ended(), END_REFUSED); /* S63 */
	assert_false(touched());
}

/* Asks the step alone, answers it the same way until it is left, and says what that came to. */
static enum outcome insist(size_t at, enum intent intent)
{
	const uint32_t when = script->steps[at].when;
	const struct engine_options options = { .microphone = true, .facts = when & -when };
	const struct event tick = { .kind = EVENT_TICK };
	struct action out[ENGINE_ACTIONS_MAX];
	struct turn turn = { .engine = &desk.engine, .event = &tick, .out = out };
	enum outcome outcome = OUTCOME_COUNT;

	case_init(&desk, script, &options);
	desk.engine.mode = ENGINE_RUNNING;
	desk.engine.flow.stop_heard = true;
	desk.engine.flow.warm = true;
	flow_go(&turn, at);
	assert_ptr_equal(flow_step(&desk.engine), &script->steps[at]);
	while (flow_step(&desk.engine) == &script->steps[at] &&
			desk.engine.mode == ENGINE_RUNNING &&
			desk.engine.flow.phase != FLOW_PASSING) {
		if (is_asked()) {
			case_hear(&desk, intent, -1);
		} else {
			assert_true(case_follow(&desk, 0));
		}
	}
	for (size_t i = 0; i < desk.logged; i++) {
		outcome = desk.log[i].kind == ACTION_ANSWER ? desk.log[i].outcome : outcome;
	}
	return outcome;
}

static bool ends_it(enum outcome outcome)
{
	return outcome == OUTCOME_REFUSE || outcome == OUTCOME_ADVISE || outcome == OUTCOME_URGENT;
}

static void check_again(const struct step *step, enum intent intent)
{
	const struct answer *silence = &step->answers[step->unanswered];
	const size_t at = (size_t)(step - script->steps);
	enum outcome wanted = silence->outcome;

	for (size_t k = 0; k < step->answer_count; k++) {
		if (ends_it(step->answers[k].outcome)) {
			wanted = step->answers[k].outcome;
			break;
		}
	}
	if (insist(at, intent) != wanted) {
		fail_msg("%s in %s: not what silence is", step->name, script->name);
	}
	for (size_t i = at + 1; wanted == OUTCOME_GOTO && i < silence->go; i++) {
		assert_false(entered(script->steps[i].name));
	}
}

/* Wherever a shipped session asks again, it ends as silence would, or as a refusal. */
static void asking_again_ends_as_silence_would(void **state)
{
	struct world *world = *state;
	const struct session_entry *entries = NULL;
	size_t count = 0;
	size_t checked = 0;

	assert_int_equal(script_list(world->arena, SCRIPTS, &entries, &count, &world->diag),
			STATUS_OK);
	for (size_t n = 0; n < count; n++) {
		take(world, entries[n].name);
		for (size_t i = 0; i < script->step_count; i++) {
			const struct step *step = &script->steps[i];
			for (size_t k = 0; k < step->answer_count; k++) {
				if (step->answers[k].outcome == OUTCOME_AGAIN) {
					check_again(step, step->answers[k].intent);
					checked++;
				}
			}
		}
	}
	assert_true(checked >= 40);
}

/* S23: a place on one side: neither it nor what passes over it on that side, and it is not named.
 */
static void a_place_that_is_avoided_is_left_out(void **state)
{
	static const struct {
		const char *place;
		enum area area;
		enum phrase words;
	} places[] = {
		{ "waist", AREA_WAIST, PHRASE_AREA_WAIST },
		{ "hip", AREA_HIP, PHRASE_AREA_HIP },
		{ "ribs", AREA_RIBS, PHRASE_AREA_RIBS },
	};

	take(*state, "partner");
	for (size_t i = 0; i < 3; i++) {
		const struct person person = {
			.replies = { YES("skin"), NO("skin-numb"), NO("skin-whole"),
					CHOICE("skin-place", places[i].place),
					CHOICE("skin-place-side", "left") }
		};
		size_t others = 0;
		bool after = false;
		meet(&person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		assert_false(entered("skin-side"));
		assert_false(entered("best-place"));
		for (size_t k = 0; k < desk.logged; k++) {
			const struct action *action = &desk.log[k];
			if (action->kind == ACTION_STEP && action->step->unit != NULL &&
					action->step->side == SIDE_LEFT) {
				assert_int_not_equal(action->step->area, AREA_NONE);
				assert_int_not_equal(action->step->area, places[i].area);
				others++;
			}
			after = after ||
				(action->kind == ACTION_STEP &&
						strcmp(action->step->name, "consent") == 0);
			if (action->kind == ACTION_SAY && after && action->args.side == SIDE_LEFT) {
				assert_int_not_equal(action->args.area, places[i].area);
			}
		}
		assert_int_equal(others, 4); /* two places by two techniques */
		assert_true(said("Keep well away from that place"));
	}
}

/* Silence to the side of a place is both; nothing else of that session is lost. */
static void a_place_on_no_known_side_is_left_out_on_both(void **state)
{
	const struct person person = { .replies = { YES("skin"), NO("skin-numb"), NO("skin-whole"),
						       CHOICE("skin-place", "hip"),
						       { "skin-place-side", SILENCE, NULL } } };
	size_t worked = 0;

	take(*state, "partner");
	meet(&person, NULL);
	assert_int_equal(ended(), END_FINISHED);
	for (size_t k = 0; k < desk.logged; k++) {
		const struct action *action = &desk.log[k];
		if (action->kind == ACTION_STEP && action->step->unit != NULL) {
			assert_int_not_equal(action->step->area, AREA_HIP);
			worked += action->step->area != AREA_NONE;
		} else if (action->kind == ACTION_SAY) {
			assert_int_not_equal(action->args.area, AREA_HIP);
		}
	}
	assert_int_equal(worked, 8);
}

/* As it is heard, with what is filled in. */
static const char *aloud(const struct voice *voice, const struct action *say)
{
	static char out[TEXT_MAX];

	assert_int_equal(text_render(say->text, &say->args, voice->phrases, out, sizeof(out)),
			STATUS_OK);
	return out;
}

/* Goes through what was done where a place of one side or of both, or of a side that nobody named,
 * is left out: nothing that is said while hands are at work on it leads them to that place, and
 * nobody turns over for nothing. Returns how often hands were laid. */
static size_t check_place(
		const struct voice *voice, const char *place, const char *side, bool on_side)
{
	const struct step *at = NULL;
	size_t laid = 0;
	size_t since_turned = 1;

	for (size_t k = 0; k < desk.logged; k++) {
		const struct action *action = &desk.log[k];
		if (action->kind == ACTION_STEP) {
			at = action->step;
			laid += lays_hands(at);
			since_turned = strcmp(at->name, "turn-over") == 0
						       ? 0
						       : since_turned + lays_hands(at);
		}
		const bool elsewhere = at != NULL && at->side != SIDE_NONE && side != NULL &&
				       strcmp(side, "both") != 0 &&
				       (at->side == SIDE_LEFT) != (strcmp(side, "left") == 0);
		if (at != NULL && lays_hands(at) && !elsewhere && action->kind == ACTION_SAY &&
				strstr(aloud(voice, action), place) != NULL) {
			fail_msg("%s, %s %s%s: %s", script->name, side != NULL ? side : "no side",
					place, on_side ? ", on the side" : "",
					aloud(voice, action));
		}
	}
	if (since_turned == 0 || case_said(&desk, 0, PHRASE_DEEP_SKIPPED_COLD) > 0) {
		fail_msg("%s, %s %s: turned over for nothing, or not warm", script->name,
				side != NULL ? side : "no side", place);
	}
	return laid;
}

/* S23: also where the place is on both sides, and in every session. */
static void a_place_is_not_even_named(void **state)
{
	static const char *const places[][2] = { { "waist", "waist" }, { "hip", "hip" },
		{ "ribs", "rib" } };
	static const char *const sides[] = { "left", "right", "both", NULL };
	struct world *world = *state;
	const struct voice *voice = NULL;
	const struct session_entry *entries = NULL;
	size_t count = 0;

	assert_int_equal(voice_load(world->arena, VOICES, "calm-warm", &voice, &world->diag),
			STATUS_OK);
	assert_int_equal(script_list(world->arena, SCRIPTS, &entries, &count, &world->diag),
			STATUS_OK);
	for (size_t i = 0; i < count; i++) {
		take(world, entries[i].name);
		for (size_t n = 0; n < 24 && script->kind == SESSION_TOUCH; n++) {
			const char *side = sides[n / 3 % 4];
			struct person person = {
				.replies = { YES("skin"), NO("skin-numb"), NO("skin-whole"),
						CHOICE("skin-place", places[n % 3][0]),
						{ "skin-place-side",
								side != NULL ? INTENT_CHOICE
									     : SILENCE,
								side } }
			};
			if (n >= 12) {
				person.replies[5] = (struct response)NO("position");
				person.replies[6] = (struct response)NO("face-down");
			}
			meet(&person, NULL);
			if (ended() == END_REFUSED && n >= 12) {
				continue; /* no other position there */
			}
			assert_int_equal(ended(), END_FINISHED);
			if (check_place(voice, places[n % 3][1], side, n >= 12) == 0 &&
					strcmp(script->name, "stretches") != 0) {
				fail_msg("%s, %s: nothing is left", script->name, places[n % 3][0]);
			}
		}
	}
}

/* What was said, with what is filled in. */
static bool said_aloud(const struct voice *voice, const char *text, size_t from)
{
	char out[TEXT_MAX];

	for (size_t i = from; i < desk.logged; i++) {
		if (desk.log[i].kind != ACTION_SAY) {
			continue;
		}
		for (size_t k = 0; k < PHRASE_COUNT; k++) {
			desk.phrases[k] = voice->phrases[k];
		}
		if (text_render(desk.log[i].text, &desk.log[i].args, voice->phrases, out,
				    sizeof(out)) == STATUS_OK &&
				strstr(out, text) != NULL) {
			return true;
		}
	}
	return false;
}

static size_t answered_at(const char *name)
{
	for (size_t i = 0; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_ANSWER &&
				strcmp(desk.log[i].step->name, name) == 0) {
			return i;
		}
	}
	return desk.logged;
}

/* S7: asked before the oil; what was named is not said from then on, also not in an answer. */
static void an_oil_that_is_not_borne_is_not_named(void **state)
{
	static const enum intent unsafe[] = { INTENT_YES, INTENT_NOT_SURE, SILENCE };
	struct world *world = *state;
	const struct voice *voice = NULL;

	take(world, "partner");
	assert_int_equal(voice_load(world->arena, VOICES, "calm-warm", &voice, &world->diag),
			STATUS_OK);
	for (size_t i = 0; i < 3; i++) {
		const struct person person = {
			.replies = { YES("allergy"), { "allergy-almond", unsafe[i], NULL },
					NO("allergy-grapeseed"), NO("allergy-coconut") }
		};
		meet(&person, NULL);
		const size_t stated = answered_at("allergy-almond");
		assert_true(stated < desk.logged);
		assert_false(said_aloud(voice, "almond", stated));
		assert_true(said_aloud(voice, "grapeseed or fractionated coconut oil", stated));
	}
	const struct person well = { 0 };
	meet(&well, NULL);
	assert_false(entered("allergy-almond"));
	assert_true(said_aloud(voice, "sweet almond, grapeseed or fractionated coconut oil", 0));
	/* remembered: it is not even asked about */
	const struct person known = {
		.facts = fact_bit(FACT_AGAIN) | fact_bit(FACT_NO_ALMOND),
		.replies = { YES("allergy"), NO("allergy-grapeseed"), YES("allergy-coconut") },
	};
	meet(&known, NULL);
	assert_false(said_aloud(voice, "almond", 0));
	assert_true(said_aloud(voice, "a little grapeseed oil", 0));
	/* none of the three */
	const struct person none = { .facts = fact_bit(FACT_AGAIN) | fact_bit(FACT_NO_ALMOND) |
					      fact_bit(FACT_NO_GRAPESEED) |
					      fact_bit(FACT_NO_COCONUT),
		.replies = { YES("allergy") } };
	meet(&none, NULL);
	assert_true(said_aloud(voice, "Take a little lotion, with little scent.", 0));
}

/* S60, S120, S202: every session in which somebody works on their own back has a form for the side.
 */
static void own_hands_work_on_the_side(void **state)
{
	static const char *const sessions[] = { "lower-back-hands", "light-hands", "simple",
		"daily-hands", "trigger-point", "ball", "ball-floor", "massage-gun",
		"massage-stick", "roller" };
	const struct person person = { .replies = { NO("position") } };

	for (size_t i = 0; i < sizeof sessions / sizeof sessions[0]; i++) {
		take(*state, sessions[i]);
		meet(&person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		assert_true(entered("position-side"));
		assert_true(entered("circles-side-left") && entered("glide-side-left"));
		assert_true(entered("turn-over"));
		assert_true(entered("circles-side-second-right"));
		assert_false(entered("circles"));
		assert_false(went_deep());
	}
}

/* Whether the step's unit was told at length, or as it is where a place is left out. */
static bool was_told(const struct unit *unit, size_t before)
{
	for (size_t k = 0; k < before; k++) {
		const struct action *action = &desk.log[k];
		if (action->kind == ACTION_SAY &&
				(action->text == unit->say_long ||
						(unit->say_away != NULL &&
								action->text == unit->say_away))) {
			return true;
		}
	}
	return false;
}

static void check_told(const char *who)
{
	const struct step *at = NULL;

	for (size_t k = 0; k < desk.logged; k++) {
		const struct action *action = &desk.log[k];
		at = action->kind == ACTION_STEP ? action->step : at;
		if (action->kind == ACTION_SAY && at != NULL && at->unit != NULL &&
				action->text == at->unit->say_short && !was_told(at->unit, k)) {
			fail_msg("%s, %s: nobody was told how %s goes", script->name, who,
					at->name);
		}
	}
}

/* Whichever form of a session it is: each work is explained when it is new. */
static void every_form_says_how_it_is_done(void **state)
{
	static const struct {
		const char *who;
		struct person person;
	} people[] = {
		{ "well", { .minutes = 0 } },
		{ "on the side", { .replies = { NO("position"), NO("face-down") } } },
		{ "light", { .replies = { YES("health"), YES("bleeding"), NO("pregnant"),
					     NO("condition") } } },
		{ "light, on the side", { .replies = { YES("health"), YES("bleeding"),
							  NO("pregnant"), NO("condition"),
							  NO("position"), NO("face-down") } } },
		{ "sore on the left", { .replies = { YES("skin"), NO("skin-numb"), NO("skin-whole"),
							CHOICE("skin-side", "left"), NO("position"),
							NO("face-down") } } },
		{ "in a hurry", { .minutes = 5 } },
	};
	struct world *world = *state;
	const struct session_entry *entries = NULL;
	size_t count = 0;

	assert_int_equal(script_list(world->arena, SCRIPTS, &entries, &count, &world->diag),
			STATUS_OK);
	for (size_t i = 0; i < count; i++) {
		take(world, entries[i].name);
		for (size_t n = 0; n < sizeof people / sizeof people[0]; n++) {
			meet(&people[n].person, NULL);
			check_told(people[n].who);
		}
	}
}

/* Who does not say that they have turned may lie on what would be worked on. */
static void silence_is_no_turning_over(void **state)
{
	static const char *const sessions[] = { "lower-back-hands", "light-hands", "partner",
		"partner-point" };
	const struct person person = { .replies = { NO("position"), NO("face-down"),
						       { "turn-over", SILENCE, NULL } } };

	for (size_t i = 0; i < sizeof sessions / sizeof sessions[0]; i++) {
		size_t left = 0;
		take(*state, sessions[i]);
		meet(&person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		assert_true(entered("turn-over"));
		assert_true(entered("skin-after"));
		for (size_t k = 0; k < desk.logged; k++) {
			const struct action *action = &desk.log[k];
			if (action->kind == ACTION_STEP && lays_hands(action->step)) {
				assert_int_equal(action->step->side, SIDE_LEFT);
				left++;
			}
		}
		assert_true(left > 0);
	}
}

/* S159: nothing was right last time. */
static void a_warning_sign_is_no_good_beginning(void **state)
{
	struct person back = { .facts = fact_bit(FACT_AGAIN) };

	take(*state, "lower-back-hands");
	meet(&back, "skin-after");
	assert_true(entered("welcome-back"));
	back.facts |= fact_bit(FACT_UNCHECKED);
	meet(&back, "skin-after");
	assert_true(entered("since-checked"));
	assert_false(entered("welcome-back"));
}

/* S175: as it was when it worked; another answer leads to the usual one. */
static void the_position_of_last_time_is_offered(void **state)
{
	static const char *const sessions[] = { "lower-back-hands", "partner" };
	struct person back = { .facts = fact_bit(FACT_AGAIN) | fact_bit(FACT_SIDE_BEFORE) };

	for (size_t i = 0; i < 2; i++) {
		take(*state, sessions[i]);
		back.replies[0] = (struct response){ "side-again", INTENT_YES, NULL };
		meet(&back, NULL);
		assert_true(entered(i == 0 ? "position-side" : "on-the-side"));
		assert_false(entered(i == 0 ? "position" : "face-down"));
		back.replies[0].intent = INTENT_NO;
		meet(&back, NULL);
		assert_true(entered(i == 0 ? "position" : "face-down"));
		assert_false(entered(i == 0 ? "position-side" : "on-the-side"));
	}
}

/* S113: asked until it was said once; the minutes are read back and kept. */
static void the_length_is_asked_for(void **state)
{
	static const char *const lengths[] = { "5", "10", "15" };
	struct person person = { .replies = { { "how-long", INTENT_LENGTH, NULL } } };
	struct engine_view view;

	(void)state;
	for (int32_t i = 0; i < 3; i++) {
		const int32_t minutes = 5 * (i + 1);
		person.replies[0].choice = lengths[i];
		meet(&person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		engine_look(&desk.engine, &view);
		assert_int_equal(view.minutes, minutes);
		/* there is no more in this session than 8 minutes */
		assert_in_range(worked_s(), minutes == 5 ? 280 : 440, minutes * 60 + 20);
	}
	person.replies[0].intent = SILENCE;
	meet(&person, "position");
	assert_int_equal(desk.engine.fit.minutes, 0);
	person.minutes = 10;
	meet(&person, "position");
	assert_false(entered("how-long"));
	assert_int_equal(desk.engine.fit.minutes, 10);
}

/* Who is refused and wishes it breathes for five minutes, without touch; it stays a refusal. */
static void who_is_refused_may_rest(void **state)
{
	struct person person = { .replies = { YES("not-today"), YES("relief-wanted") } };

	(void)state;
	meet(&person, NULL);
	assert_true(entered("relief-breath"));
	assert_false(touched());
	assert_int_equal(ended(), END_REFUSED);
	/* no way leads back into the massage */
	meet(&person, "relief-breath");
	for (int i = 0; i < 20; i++) {
		case_hear(&desk, INTENT_BACK, -1);
		case_pass(&desk, 2000);
	}
	assert_false(touched());
	person.replies[1].intent = INTENT_NO;
	meet(&person, NULL);
	assert_false(entered("relief-breath"));
	assert_true(said("That is fine."));
	assert_int_equal(ended(), END_REFUSED);
}

/* S176: the third session of a day is no massage, but it may be rest. */
static void who_had_enough_today_may_rest(void **state)
{
	struct person person = {
		.facts = fact_bit(FACT_AGAIN) | fact_bit(FACT_ENOUGH),
		.replies = { YES("relief-wanted") },
	};

	(void)state;
	meet(&person, NULL);
	assert_true(said("enough_today"));
	assert_true(entered("relief-breath"));
	assert_false(entered("welcome"));
	assert_int_equal(questions(), 0);
	assert_false(touched());
	assert_int_equal(ended(), END_REFUSED);
	person.replies[0].intent = INTENT_NO;
	meet(&person, NULL);
	assert_false(entered("relief-breath"));
	assert_int_equal(ended(), END_REFUSED);
}

static size_t count_words(const char *text)
{
	size_t count = 0;

	for (bool inside = false; *text != '\0'; text++) {
		count += *text != ' ' && !inside;
		inside = *text != ' ';
	}
	return count;
}

/* S37: every answer that goes on is read back, in six words at the most. */
static void answers_are_read_back(void **state)
{
	size_t checked = 0;

	(void)state;
	for (size_t i = 0; i < script->step_count; i++) {
		const struct step *step = &script->steps[i];
		if (!is_screening(step)) {
			continue;
		}
		for (size_t k = 0; k < step->answer_count; k++) {
			const struct answer *answer = &step->answers[k];
			if (answer->outcome == OUTCOME_REFUSE ||
					answer->outcome == OUTCOME_ADVISE ||
					answer->outcome == OUTCOME_URGENT) {
				continue;
			}
			assert_non_null(answer->say);
			if (strcmp(step->name, "lasting-better") != 0 &&
					strcmp(step->name, "lasting-returns") != 0) {
				assert_in_range(count_words(answer->say), 1, 6);
			}
			checked++;
		}
	}
	assert_true(checked > 30);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, load, world_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_first_session_asks_eight_questions),
		TEST(one_question_when_nothing_was_flagged),
		TEST(an_answer_that_is_changed_counts),
		TEST(what_is_new_is_a_flag),
		TEST(a_question_that_touches_a_flag_opens_the_screening),
		TEST(after_a_medical_stop_it_asks_whether_it_was_checked),
		TEST(every_unsafe_answer_ends_it),
		TEST(dull_and_aching_go_on),
		TEST(notes_where_it_hurts),
		TEST(what_lasts_is_told_and_goes_on),
		TEST(what_is_cleared_goes_on),
		TEST(blood_thinners_mean_light_touch),
		TEST(pregnancy_needs_approval_for_deep_work),
		TEST(who_is_pregnant_lies_on_the_side),
		TEST(who_says_that_they_are_pregnant_is_not_laid_down),
		TEST(a_side_that_is_avoided_is_left_out),
		TEST(light_touch_needs_no_tool),
		TEST(a_flag_means_no_roller),
		TEST(never_ready_is_no_yes),
		TEST(asking_again_ends_as_silence_would),
		TEST(a_place_that_is_avoided_is_left_out),
		TEST(a_place_on_no_known_side_is_left_out_on_both),
		TEST(a_place_is_not_even_named),
		TEST(what_is_left_out_is_not_offered),
		TEST(an_oil_that_is_not_borne_is_not_named),
		TEST(own_hands_work_on_the_side),
		TEST(every_form_says_how_it_is_done),
		TEST(silence_is_no_turning_over),
		TEST(a_warning_sign_is_no_good_beginning),
		TEST(the_position_of_last_time_is_offered),
		TEST(the_length_is_asked_for),
		TEST(who_is_refused_may_rest),
		TEST(who_had_enough_today_may_rest),
		TEST(answers_are_read_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
