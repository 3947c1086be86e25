/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flow.c - the steps of a script: their texts, questions, answers and rehearsals. */
#include "parts.h"

#include "ease/memory.h"

#include <string.h>

static bool has_step(const struct engine *e)
{
	return e->flow.phase != FLOW_NONE && e->flow.step < e->script->step_count;
}

const struct step *flow_step(const struct engine *e)
{
	return has_step(e) ? &e->script->steps[e->flow.step] : NULL;
}

const struct step *flow_present(const struct engine *e)
{
	return &e->script->steps[e->flow.step];
}

const struct unit *flow_unit(const struct engine *e)
{
	return has_step(e) && flow_present(e)->kind == STEP_UNIT ? flow_present(e)->unit : NULL;
}

static bool was_done(const struct engine *e, size_t index)
{
	return index < ENGINE_STEPS_MAX && e->flow.done[index];
}

static void note_done(struct engine *e, size_t index, bool done)
{
	if (index < ENGINE_STEPS_MAX) {
		e->flow.done[index] = done;
	}
}

bool flow_has_done(const struct engine *e, size_t index)
{
	const bool waits = index == e->flow.step && e->flow.phase == FLOW_PASSING &&
			   e->flow.next == index; /* its spot rests */

	return waits || was_done(e, index);
}

bool flow_is_touch(const struct engine *e)
{
	return e->script->kind == SESSION_TOUCH;
}

bool flow_has_own_word(const struct engine *e)
{
	return e->options.word != NULL && !e->flow.word_failed;
}

bool flow_may_skip(const struct engine *e)
{
	return has_step(e) && !answer_guards(flow_present(e));
}

uint32_t flow_facts(const struct engine *e)
{
	const uint32_t known = e->options.facts | e->flow.facts |
			       (e->flow.light ? fact_bit(FACT_LIGHT) : 0) |
			       (e->flow.side_lying ? fact_bit(FACT_SIDE_LYING) : 0);

	/* nothing is as it was for whom a question has touched a flag since (S204) */
	return (known & fact_bit(FACT_CLEAN)) != 0 ? known : known & ~fact_bit(FACT_UNCHANGED);
}

static uint32_t side_fact(enum side side)
{
	switch (side) {
	case SIDE_LEFT:
		return fact_bit(FACT_AVOID_LEFT);
	case SIDE_RIGHT:
		return fact_bit(FACT_AVOID_RIGHT);
	case SIDE_NONE:
		break;
	}
	return 0;
}

static uint32_t area_fact(enum area area)
{
	switch (area) {
	case AREA_WAIST:
		return fact_bit(FACT_AVOID_WAIST);
	case AREA_HIP:
		return fact_bit(FACT_AVOID_HIP);
	case AREA_RIBS:
		return fact_bit(FACT_AVOID_RIBS);
	case AREA_NONE:
	case AREA_COUNT:
		break;
	}
	return 0;
}

static uint32_t avoided_sides(const struct engine *e)
{
	return flow_facts(e) & (side_fact(SIDE_LEFT) | side_fact(SIDE_RIGHT));
}

static uint32_t avoided_areas(const struct engine *e)
{
	return flow_facts(e) & (area_fact(AREA_WAIST) | area_fact(AREA_HIP) | area_fact(AREA_RIBS));
}

/* Whether hands or tools are laid on the back: a stretch may be done with a side that is not
 * touched. */
static bool lays_hands(const struct step *step)
{
	const struct rule *rule = step->kind == STEP_UNIT ? rule_of(step->unit->technique) : NULL;

	return rule != NULL && rule->touch && !rule->stretch;
}

/* S23: hands reach what is left out: a side, as both hands do, or a place on it, as what passes
 * over that place does. */
static bool reaches_avoided(const struct engine *e, const struct step *step)
{
	const uint32_t sides = avoided_sides(e);
	const uint32_t areas = avoided_areas(e);

	if (!lays_hands(step) || (sides | areas) == 0) {
		return false;
	}
	if (sides != 0 && step->side != SIDE_NONE && (sides & side_fact(step->side)) == 0) {
		return false;
	}
	return areas == 0 || step->area == AREA_NONE || (areas & area_fact(step->area)) != 0;
}

static bool one_side_is_avoided(const struct engine *e)
{
	const uint32_t sides = avoided_sides(e);

	return sides == side_fact(SIDE_LEFT) || sides == side_fact(SIDE_RIGHT);
}

/* Only a place is left out, and its words keep the hands away from it. Where that is on one side,
 * what both hands do is done on the other one instead. */
static bool keeps_away(const struct engine *e, const struct step *step)
{
	return reaches_avoided(e, step) && avoided_areas(e) != 0 && step->area == AREA_NONE &&
	       step->unit->say_away != NULL && !(step->side == SIDE_NONE && one_side_is_avoided(e));
}

static bool is_avoided(const struct engine *e, const struct step *step)
{
	return reaches_avoided(e, step) && !keeps_away(e, step);
}

static bool is_deep(const struct step *step)
{
	return step->kind == STEP_UNIT && rule_of(step->unit->technique)->deep;
}

/* Why no deep unit may run, or PHRASE_COUNT. */
static enum phrase deep_refusal(const struct engine *e, bool warm)
{
	if (!e->microphone || !e->flow.stop_heard || e->flow.unclear || e->flow.loud ||
			room_is_loud(e)) {
		return PHRASE_DEEP_SKIPPED_DEAF;
	}
	if (e->flow.light) {
		return PHRASE_DEEP_SKIPPED_LIGHT;
	}
	return warm ? PHRASE_COUNT : PHRASE_DEEP_SKIPPED_COLD;
}

/* Whether the facts that the step is for hold, or it is for all, and there is time for it. Who is
 * refused goes through nothing but what is for them. */
static bool is_meant(const struct engine *e, const struct step *step)
{
	const uint32_t refused = fact_bit(FACT_REFUSED);

	if ((flow_facts(e) & refused) != 0 && (step->when & refused) == 0) {
		return false;
	}
	return (step->when == 0 || (step->when & flow_facts(e)) != 0) &&
	       (step->with == 0 || step->with == avoided_sides(e)) &&
	       (step->unless & flow_facts(e)) == 0 && !is_avoided(e, step) &&
	       !fit_leaves_out(e, step);
}

/* Whether a step was done, or is yet to be as far as can be told. */
static bool is_done(const struct engine *e, size_t index)
{
	const struct step *step = &e->script->steps[index];

	if (index < e->flow.had) {
		return was_done(e, index);
	}
	return is_meant(e, step) && !(is_deep(step) && deep_refusal(e, true) != PHRASE_COUNT);
}

/* Whether one of the steps before it that it goes with is done, or there are none. */
static bool has_what_it_needs(const struct engine *e, const struct step *step)
{
	const size_t index = (size_t)(step - e->script->steps);
	bool needs = false;

	for (size_t i = 0; i < step->tie_count; i++) {
		needs = needs || step->ties[i] < index;
		if (step->ties[i] < index && is_done(e, step->ties[i])) {
			return true;
		}
	}
	return !needs;
}

/* The unit that a step goes with, and that is yet to come; whether it is refused then is said. */
static bool is_awaited(const struct engine *e, size_t index)
{
	const struct step *step = &e->script->steps[index];

	if (index < e->flow.had) {
		return was_done(e, index);
	}
	return is_meant(e, step) && has_what_it_needs(e, step);
}

/* Whether one of the units behind it that it goes with is to come, or there are none. */
static bool has_what_it_is_for(const struct engine *e, const struct step *step)
{
	const size_t index = (size_t)(step - e->script->steps);
	bool waits = false;

	for (size_t i = 0; i < step->tie_count; i++) {
		waits = waits || step->ties[i] > index;
		if (step->ties[i] > index && is_awaited(e, step->ties[i])) {
			return true;
		}
	}
	return !waits;
}

bool flow_concerns(const struct engine *e, const struct step *step)
{
	return is_meant(e, step) &&
	       (step->tie_count == 0 ||
			       (has_what_it_needs(e, step) && has_what_it_is_for(e, step)));
}

size_t flow_relief(const struct engine *e)
{
	for (size_t i = e->flow.step + 1; i < e->script->step_count; i++) {
		if ((e->script->steps[i].when & fact_bit(FACT_REFUSED)) != 0) {
			return i;
		}
	}
	return e->script->step_count;
}

/* The other side of what the step before worked on, that is, of the last that was for this person.
 */
static bool switches_sides(const struct engine *e, size_t index)
{
	const struct step *step = &e->script->steps[index];
	const struct step *last = step;

	while (last > e->script->steps) {
		last--;
		if (flow_concerns(e, last)) {
			return step->side != SIDE_NONE && last->kind == STEP_UNIT &&
			       last->unit == step->unit && last->side != SIDE_NONE &&
			       last->side != step->side;
		}
	}
	return false;
}

/* The "no" of a step that offers the deep unit after it, or NULL. */
static const struct answer *declined(const struct engine *e, size_t index)
{
	const struct step *step = &e->script->steps[index];
	const struct answer *no = step->kind == STEP_ASK ? answer_of(step, INTENT_NO) : NULL;

	if (no == NULL || step->tie_count > 0 || no->outcome != OUTCOME_GOTO || no->go <= index ||
			index + 1 >= e->script->step_count || !is_deep(step + 1)) {
		return NULL;
	}
	return no;
}

/* Why a deep unit, or the offer of one, is left out; PHRASE_COUNT: it is not. */
static enum phrase refusal_of(const struct engine *e, size_t index, bool warm)
{
	const size_t deep = declined(e, index) != NULL ? index + 1 : index;
	enum phrase refusal;

	if (!is_deep(&e->script->steps[deep])) {
		return PHRASE_COUNT;
	}
	refusal = deep_refusal(e, warm);
	if (refusal != PHRASE_COUNT) {
		return refusal;
	}
	if (hold_had_enough(e, deep)) {
		return PHRASE_SKIPPED;
	}
	return hold_rests(e, index) > frames_from_ms(SPOT_WAIT_MAX_MS) ? PHRASE_SPOT_TOO_SOON
								       : PHRASE_COUNT;
}

/* Does what comes before that step warm up? */
static bool warms_before(const struct engine *e, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct step *step = &e->script->steps[i];
		if (step->kind == STEP_UNIT && rule_of(step->unit->technique)->warms &&
				flow_concerns(e, step)) {
			return true;
		}
	}
	return false;
}

/* The same of what goes with units that are yet to come: where they all are refused, so is it. */
static enum phrase refusal_at(const struct engine *e, size_t index, bool warm)
{
	const struct step *step = &e->script->steps[index];
	enum phrase first = PHRASE_COUNT;

	for (size_t i = 0; i < step->tie_count; i++) {
		const size_t tie = step->ties[i];
		if (tie < index || !is_awaited(e, tie)) {
			continue;
		}
		const enum phrase refusal = refusal_of(e, tie, warm || warms_before(e, index, tie));
		if (refusal == PHRASE_COUNT) {
			return PHRASE_COUNT;
		}
		first = first == PHRASE_COUNT ? refusal : first;
	}
	return first != PHRASE_COUNT ? first : refusal_of(e, index, warm);
}

/* The step after one that is left out. */
static size_t beyond(const struct engine *e, size_t index)
{
	const struct answer *no = declined(e, index);

	return no != NULL ? no->go : index + 1;
}

/* What has to be said before the text of a step, or PHRASE_COUNT. */
static enum phrase preface(const struct engine *e, size_t index)
{
	if (is_deep(&e->script->steps[index]) && !e->flow.told_stop_signs) {
		return PHRASE_STOP_SIGNS_BEFORE_DEEP;
	}
	if (e->script->steps[index].kind == STEP_UNIT && switches_sides(e, index)) {
		return PHRASE_SWITCH_SIDES;
	}
	return PHRASE_COUNT;
}

/* For who has heard the long one. */
static const char *short_text_of(const struct engine *e, const struct step *step)
{
	if (step->kind != STEP_UNIT) {
		return step->say;
	}
	if (keeps_away(e, step)) {
		return step->unit->say_away;
	}
	return step->unit->say_short != NULL ? step->unit->say_short : step->unit->say_long;
}

bool flow_is_terse(const struct engine *e, const struct step *step)
{
	const struct rule *rule = step->kind == STEP_UNIT ? rule_of(step->unit->technique) : NULL;

	return rule != NULL && e->options.verbosity == VERBOSITY_TONES && step->short_form &&
	       !rule->deep && !rule->stretch && !keeps_away(e, step);
}

/* Whether the unit was told by no step before this one, because those were not for this person. */
static bool stands_alone(const struct engine *e, const struct step *step)
{
	const struct step *steps = e->script->steps;
	bool alone = false;

	for (size_t i = 0; &steps[i] < step; i++) {
		if (steps[i].kind != STEP_UNIT || steps[i].unit != step->unit) {
			continue;
		}
		if (flow_has_done(e, i) || (i >= e->flow.step && flow_concerns(e, &steps[i]))) {
			return false;
		}
		alone = true;
	}
	return alone;
}

static const char *text_of(const struct engine *e, const struct step *step)
{
	if (step->kind != STEP_UNIT) {
		return step->say;
	}
	const bool first = !step->short_form || stands_alone(e, step);

	if (flow_is_terse(e, step) && !first) {
		const bool told = step->side == SIDE_NONE ||
				  switches_sides(e, (size_t)(step - e->script->steps));
		return told ? step->unit->title : turn_phrase(e, PHRASE_RECAP_SIDE);
	}
	if (first && e->options.verbosity == VERBOSITY_FULL && !keeps_away(e, step)) {
		return step->unit->say_long;
	}
	return short_text_of(e, step);
}

static struct text_args args_of(const struct engine *e, const struct step *step)
{
	struct text_args args = turn_args(e);

	args.target = pressure_at(e, step);
	args.title = e->script->title;
	args.side = SIDE_NONE;
	if (step->kind == STEP_UNIT) {
		args.title = step->unit->title;
		args.side = step->side;
		args.area = step->area;
		args.count = pace_repeats(step) > 0 ? pace_repeats(step) : pace_count(e, step);
		args.seconds = (int32_t)(pace_once(e, step) / EASE_RATE);
	}
	return args;
}

static void prepare(struct turn *t, const char *text, const struct text_args *args)
{
	const struct action action = { .kind = ACTION_PREPARE, .text = text, .args = *args };

	if (text != NULL) {
		turn_emit(t, &action);
	}
}

/* Has the first words of the next step synthesised while this one runs. */
void flow_prepare(struct turn *t)
{
	const struct engine *e = t->engine;
	const struct unit *unit = flow_unit(e);
	size_t index = e->flow.step + 1;
	const bool warm = e->flow.warm || (unit != NULL && rule_of(unit->technique)->warms);
	const struct step *step;
	struct text_args args;

	while (index < e->script->step_count && !flow_concerns(e, &e->script->steps[index])) {
		index++;
	}
	if (index >= e->script->step_count) {
		return;
	}
	step = &e->script->steps[index];
	args = args_of(e, step);
	if (refusal_at(e, index, warm) != PHRASE_COUNT) {
		prepare(t, turn_phrase(e, refusal_at(e, index, warm)), &args);
		return;
	}
	if (preface(e, index) != PHRASE_COUNT) {
		prepare(t, turn_phrase(e, preface(e, index)), &args);
	}
	prepare(t, text_of(e, step), &args);
}

static void prompt_with(struct turn *t, const char *text)
{
	struct engine *e = t->engine;
	const struct step *step = flow_present(e);
	const bool asks = step->kind == STEP_ASK || step->kind == STEP_REHEARSE;
	const enum phrase first = preface(e, e->flow.step);
	uint32_t last;

	if (first != PHRASE_COUNT) {
		last = turn_say(t, turn_phrase(e, first), NULL);
		e->flow.preface = first == PHRASE_STOP_SIGNS_BEFORE_DEEP ? last : 0;
	}
	e->flow.phase = asks ? FLOW_ASKING : FLOW_SAYING;
	last = turn_say(t, text, NULL);
	if (step->kind == STEP_ASK && !e->microphone && answer_can_refuse(step)) {
		last = turn_say(t, turn_phrase(e, PHRASE_DEAF_QUESTION), NULL);
	}
	wait_said(e, &e->wait, last);
}

void flow_prompt(struct turn *t)
{
	const struct step *step = flow_present(t->engine);

	t->engine->flow.resay = short_text_of(t->engine, step);
	prompt_with(t, text_of(t->engine, step));
}

void flow_pass_text(struct turn *t, const char *text, const struct text_args *args)
{
	struct engine *e = t->engine;

	e->flow.phase = FLOW_PASSING;
	e->flow.value = args == NULL ? -1 : args->value;
	e->flow.resay = text;
	wait_said(e, &e->wait, turn_say(t, text, args));
}

void flow_pass(struct turn *t, enum phrase phrase, const struct text_args *args)
{
	flow_pass_text(t, turn_phrase(t->engine, phrase), args);
}

void flow_work_text(struct turn *t, enum phrase phrase)
{
	struct engine *e = t->engine;

	e->flow.phase = FLOW_SAYING;
	e->flow.resay = turn_phrase(e, phrase);
	wait_said(e, &e->wait, turn_say(t, e->flow.resay, NULL));
}

bool flow_is_before_work(const struct engine *e)
{
	return e->flow.phase == FLOW_SAYING || e->flow.phase == FLOW_SEEKING;
}

struct text_args flow_args(const struct engine *e)
{
	struct text_args args = turn_args(e);

	args.value = e->flow.value;
	return args;
}

bool flow_is_speaking(const struct engine *e)
{
	return e->mode == ENGINE_RUNNING && e->wait.utterance != 0;
}

static void resay(struct turn *t)
{
	struct engine *e = t->engine;
	const struct text_args args = flow_args(e);

	wait_said(e, &e->wait, turn_say(t, e->flow.resay, &args));
}

void flow_say_on(struct turn *t)
{
	const struct engine *e = t->engine;
	const bool own = e->flow.phase == FLOW_SAYING || e->flow.phase == FLOW_ASKING;

	if (own && e->flow.resay == short_text_of(e, flow_present(e))) {
		prompt_with(t, e->flow.resay);
	} else {
		resay(t); /* a recap, an answer, a last word */
	}
}

static bool is_heat(const struct step *step)
{
	return step->kind == STEP_UNIT && rule_of(step->unit->technique)->tool == TOOL_WARMTH;
}

/* The warmth that works, or is being laid on; step_count: none. */
static size_t present_heat(const struct engine *e)
{
	const struct step *steps = e->script->steps;
	size_t next = e->flow.step;

	while (next < e->script->step_count && steps[next].kind == STEP_SAY) {
		next++;
	}
	return next < e->script->step_count && is_heat(&steps[next]) &&
					       flow_concerns(e, &steps[next])
			       ? next
			       : e->script->step_count;
}

bool flow_has_heat(const struct engine *e)
{
	return has_step(e) && (e->flow.heat || present_heat(e) < e->script->step_count);
}

void flow_heat_away(struct turn *t)
{
	if (flow_has_heat(t->engine)) {
		turn_aside(t, PHRASE_HEAT_AWAY, NULL);
	}
}

static void announce(struct turn *t)
{
	const struct step *step = flow_present(t->engine);
	const struct action action = {
		.kind = ACTION_STEP, .step = step, .target = t->engine->pressure.target
	};

	turn_emit(t, &action);
}

/* S86: the spot has to rest a little longer; "next" leaves it out. */
static bool waits_for_spot(struct turn *t)
{
	struct engine *e = t->engine;
	const frames_t rest = hold_rests(e, e->flow.step);

	if (rest == 0) {
		return false;
	}
	pressure_enter(t, NULL);
	turn_say(t, turn_phrase(e, PHRASE_SPOT_WAITS), NULL);
	e->flow.phase = FLOW_PASSING;
	e->flow.next = e->flow.step;
	wait_until(&e->wait, e->now + rest);
	return true;
}

/* A deep unit is not run, or no further: words say why. */
static void refuse(struct turn *t, enum phrase refusal, enum phrase words)
{
	struct engine *e = t->engine;

	e->flow.refusal = refusal;
	e->flow.next = beyond(e, e->flow.step);
	e->pace.running = false;
	pressure_enter(t, NULL);
	flow_pass(t, words, NULL);
}

void flow_leave_deep(struct turn *t)
{
	const struct engine *e = t->engine;
	const bool works = e->flow.phase == FLOW_SAYING || e->flow.phase == FLOW_SEEKING ||
			   e->flow.phase == FLOW_PACING;
	const bool runs = e->mode == ENGINE_RUNNING && works && is_deep(flow_present(e));

	if (runs && room_is_loud(e)) {
		turn_hush(t);
		refuse(t, PHRASE_DEEP_SKIPPED_DEAF, PHRASE_DEEP_BROKEN_OFF); /* somebody presses */
	}
}

static void enter(struct turn *t, size_t index)
{
	struct engine *e = t->engine;
	const struct step *step = &e->script->steps[index];

	if (has_step(e)) {
		hold_leave(e);
	}
	e->flow.refusal = refusal_at(e, index, e->flow.warm);
	note_done(e, index, false);
	e->flow.had = index + 1;
	e->flow.phase = FLOW_SAYING;
	e->flow.step = index;
	e->flow.candidate = -1;
	e->flow.asked = 0;
	e->flow.rounds = 0;
	e->flow.left = 0;
	e->flow.value = -1;
	e->flow.closing_asked = false;
	if (e->flow.refusal != PHRASE_COUNT) {
		refuse(t, e->flow.refusal, e->flow.refusal);
		return;
	}
	e->flow.next = index + 1;
	e->pace.running = false;
	if (waits_for_spot(t)) {
		return;
	}
	note_done(e, index, true);
	pressure_enter(t, step);
	if (step->kind == STEP_UNIT) {
		e->flow.heat = is_heat(step);
		e->flow.heated = e->flow.heat ? index + 1 : e->flow.heated;
		pace_load(e, step);
	}
	if (index >= e->flow.reached) {
		e->flow.reached = index + 1;
		if (step->volume_db != 0) {
			(void)turn_louder(t, step->volume_db);
		}
	}
	announce(t);
	flow_prompt(t);
	flow_prepare(t);
}

/* A question that is not asked; *answer is what it counts as answered with, or NULL. */
static bool is_passed(const struct engine *e, const struct step *step, const struct answer **answer)
{
	if (e->options.screened && step->screened != INTENT_NONE) {
		*answer = answer_of(step, step->screened);
		return true;
	}
	if (e->fit.minutes > 0 && answer_of(step, INTENT_LENGTH) != NULL) {
		*answer = NULL; /* it is known */
		return true;
	}
	*answer = step->unanswered < step->answer_count ? &step->answers[step->unanswered] : NULL;
	return !e->microphone && answer_wants_number(step) && !answer_can_refuse(step);
}

/* Where a step that is not asked leads; its own index: it must be asked or said. */
static size_t passed_to(struct engine *e, size_t index)
{
	const struct step *step = &e->script->steps[index];
	const struct answer *answer;
	enum phrase refusal;

	e->flow.had = index;
	if (fit_is_work(step)) {
		fit_make(e);
	}
	if (!flow_concerns(e, step) ||
			(declined(e, index) != NULL && fit_leaves_out(e, step + 1))) {
		return index + 1;
	}
	refusal = refusal_at(e, index, e->flow.warm);
	if (refusal != PHRASE_COUNT && refusal == e->flow.refusal) {
		note_done(e, index, false);
		return beyond(e, index); /* why was just said */
	}
	if (step->kind == STEP_REHEARSE && (e->options.screened || !e->microphone)) {
		return index + 1;
	}
	if (step->kind != STEP_ASK || !is_passed(e, step, &answer)) {
		return index;
	}
	if (answer == NULL) {
		return index + 1;
	}
	note_done(e, index, true);
	e->flow.light = e->flow.light || answer_lightens(answer);
	e->flow.side_lying = e->flow.side_lying || answer->outcome == OUTCOME_SIDE_LYING;
	answer_take_facts(e, step, answer);
	return answer->outcome == OUTCOME_GOTO && answer->go > index ? answer->go : index + 1;
}

void flow_go(struct turn *t, size_t index)
{
	struct engine *e = t->engine;

	while (index < e->script->step_count) {
		const size_t to = passed_to(e, index);
		if (to == index) {
			enter(t, index);
			return;
		}
		index = to;
	}
	end_now(t, (e->flow.facts & fact_bit(FACT_REFUSED)) != 0 ? END_REFUSED : END_FINISHED);
}

void flow_next(struct turn *t)
{
	flow_go(t, t->engine->flow.step + 1);
}

/* Whether "back" may lead there: no deep work once more (S86), and nothing that was left out or
 * declined, as warmth (S57). */
static bool may_go_back_to(const struct engine *e, size_t index)
{
	const struct step *step = &e->script->steps[index];

	if (is_deep(step)) {
		return hold_may_come_again(e, index);
	}
	return (step->kind == STEP_SAY || step->kind == STEP_UNIT) && was_done(e, index);
}

/* The say or unit before the present step; step_count: there is none. Warmth that was begun does
 * not begin anew. */
static size_t before(const struct engine *e)
{
	for (size_t i = e->flow.step; i-- > e->flow.heated;) {
		if (may_go_back_to(e, i) && flow_concerns(e, &e->script->steps[i])) {
			return i;
		}
	}
	return e->script->step_count;
}

bool flow_may_go_back(const struct engine *e)
{
	return before(e) < e->script->step_count;
}

enum phrase flow_no_way_back(const struct engine *e)
{
	return e->flow.heated > 0 ? PHRASE_NOT_NOW : PHRASE_FIRST_STEP;
}

void flow_back(struct turn *t)
{
	if (!flow_may_go_back(t->engine)) {
		turn_aside(t, flow_no_way_back(t->engine), NULL);
		return;
	}
	turn_hush(t);
	flow_go(t, before(t->engine));
}

/* Where a step that is skipped leads: a question where silence would; from what lays warmth on past
 * the warmth. */
static size_t skipped_to(const struct engine *e)
{
	const struct step *step = flow_present(e);
	const struct answer *silence = step->unanswered < step->answer_count
						       ? &step->answers[step->unanswered]
						       : NULL;

	if (silence != NULL && silence->outcome == OUTCOME_GOTO && silence->go > e->flow.step) {
		return silence->go;
	}
	return present_heat(e) < e->script->step_count ? present_heat(e) + 1 : e->flow.step + 1;
}

void flow_skip(struct turn *t)
{
	struct engine *e = t->engine;

	if (!flow_may_skip(e)) {
		turn_aside(t, PHRASE_NOT_NOW, NULL);
		return;
	}
	turn_hush(t);
	turn_say(t, turn_phrase(e, PHRASE_SKIPPED), NULL);
	if (present_heat(e) < e->script->step_count) {
		flow_heat_away(t);
	}
	flow_go(t, skipped_to(e));
}

static void say_again(struct turn *t)
{
	struct engine *e = t->engine;

	switch (e->flow.phase) {
	case FLOW_SAYING:
	case FLOW_PACING:
		if (!e->flow.sought) {
			flow_prompt(t);
		} else if (e->flow.worked) {
			flow_work_text(t, PHRASE_HOLD_ANYWAY);
		} else {
			hold_found(t, false); /* which may be reported once more */
		}
		break;
	case FLOW_RESTING:
	case FLOW_ASKING:
	case FLOW_SEEKING:
		flow_prompt(t);
		break;
	case FLOW_ANSWERING:
	case FLOW_PASSING:
		if (e->flow.next == e->flow.step) {
			flow_go(t, e->flow.next); /* how long its spot rests yet */
		} else {
			resay(t);
		}
		break;
	case FLOW_CLOSING:
	case FLOW_NONE:
		break;
	}
}

void flow_suspend(struct engine *e)
{
	const bool resting = e->mode == ENGINE_RUNNING && e->flow.phase == FLOW_RESTING;

	if (resting && e->wait.due > e->now && e->wait.due != FRAMES_NEVER) {
		e->flow.left = e->wait.due - e->now;
	}
}

/* Whether what was said in the pause leaves out the present step, or what it offers. */
static bool is_left_out(const struct engine *e)
{
	const struct step *step = flow_present(e);

	switch (e->flow.phase) {
	case FLOW_SAYING:
	case FLOW_SEEKING:
	case FLOW_PACING:
		return (is_deep(step) && deep_refusal(e, e->flow.warm) != PHRASE_COUNT) ||
		       !flow_concerns(e, step);
	case FLOW_RESTING:
		return !flow_concerns(e, step);
	case FLOW_ASKING:
		return refusal_at(e, e->flow.step, e->flow.warm) != PHRASE_COUNT ||
		       !flow_concerns(e, step);
	case FLOW_NONE:
	case FLOW_ANSWERING:
	case FLOW_PASSING:
	case FLOW_CLOSING:
		break;
	}
	return false;
}

/* True when it is. */
static bool leave_out(struct turn *t)
{
	if (!is_left_out(t->engine)) {
		return false;
	}
	flow_go(t, t->engine->flow.step);
	return true;
}

void flow_repeat(struct turn *t)
{
	turn_hush(t);
	if (!leave_out(t)) {
		say_again(t);
	}
}

void flow_resume(struct turn *t)
{
	struct engine *e = t->engine;
	const struct step *step = flow_present(e);

	if (leave_out(t)) {
		return;
	}
	if (e->flow.phase != FLOW_PACING) {
		say_again(t);
		return;
	}
	e->flow.phase = FLOW_SAYING;
	e->flow.resay = turn_phrase(e, step->side == SIDE_NONE ? PHRASE_RECAP : PHRASE_RECAP_SIDE);
	resay(t);
}

void flow_unit_done(struct turn *t)
{
	struct engine *e = t->engine;

	pressure_suspend(e);
	pace_finish(e);
	e->flow.warm = e->flow.warm || rule_of(flow_present(e)->unit->technique)->warms;
	hold_done(e);
	if (e->inquiry.kind == INQUIRY_MORE) {
		inquiry_close(e);
	}
	e->flow.phase = FLOW_CLOSING;
	wait_clear(&e->wait);
}

void flow_settle(struct turn *t)
{
	struct engine *e = t->engine;

	if (e->mode != ENGINE_RUNNING || e->flow.phase != FLOW_CLOSING ||
			e->inquiry.kind != INQUIRY_NONE) {
		return;
	}
	if (e->pressure.ask_due != FRAMES_NEVER && !e->flow.closing_asked) {
		e->flow.closing_asked = true;
		inquiry_open(t, INQUIRY_RATING, PHRASE_RATING_ASK);
		return;
	}
	flow_next(t);
}

/* A unit's text was said. S80: a spot is found before it is held. */
static void begin_work(struct turn *t, frames_t at)
{
	struct engine *e = t->engine;

	if (hold_seeks(e)) {
		const struct text_args args = turn_args(e);
		e->flow.phase = FLOW_SEEKING;
		wait_until(&e->wait, at + frames_from_ms(FIND_SPOT_MS));
		prepare(t, turn_phrase(e, PHRASE_HOLD_FOUND), &args);
		return;
	}
	e->flow.phase = FLOW_PACING;
	hold_begin(e);
	pace_start(t, at);
}

void flow_said(struct turn *t, frames_t at)
{
	struct engine *e = t->engine;
	const struct step *step = flow_present(e);
	frames_t rest;

	switch (e->flow.phase) {
	case FLOW_SAYING:
		if (step->kind == STEP_UNIT) {
			e->flow.told_stop_signs = e->flow.told_stop_signs || is_deep(step);
			begin_work(t, at);
			break;
		}
		rest = e->flow.left > 0 ? e->flow.left : frames_from_ms(step->rest_ms);
		e->flow.phase = FLOW_RESTING;
		if (step->context != CONTEXT_TOUCH) {
			wait_answer(&e->wait, at + rest); /* whoever begins to ask is heard out */
		} else {
			wait_until(&e->wait, at + rest);
		}
		if (at + rest <= e->now) {
			flow_next(t);
		}
		break;
	case FLOW_ASKING:
		wait_answer(&e->wait, at + frames_from_ms(step->wait_ms > 0 ? step->wait_ms
									    : WAIT_DEFAULT_MS));
		break;
	case FLOW_ANSWERING:
		answer_follow(t, &step->answers[e->flow.answer]);
		break;
	case FLOW_PASSING:
		flow_go(t, e->flow.next);
		break;
	case FLOW_NONE:
	case FLOW_RESTING:
	case FLOW_SEEKING:
	case FLOW_PACING:
	case FLOW_CLOSING:
		break;
	}
}

void flow_due(struct turn *t)
{
	switch (t->engine->flow.phase) {
	case FLOW_RESTING:
		flow_next(t);
		break;
	case FLOW_ASKING:
		answer_missing(t);
		break;
	case FLOW_SEEKING:
		hold_found(t, false);
		break;
	case FLOW_PACING:
		flow_unit_done(t);
		break;
	case FLOW_PASSING:
		flow_go(t, t->engine->flow.next);
		break;
	case FLOW_NONE:
	case FLOW_SAYING:
	case FLOW_ANSWERING:
	case FLOW_CLOSING:
		wait_clear(&t->engine->wait);
		break;
	}
}

static frames_t step_length(const struct engine *e, const struct step *step)
{
	const char *text = text_of(e, step);
	frames_t length = frames_from_ms(text == NULL ? 0 : text_duration_ms(text));

	switch (step->kind) {
	case STEP_SAY:
		return length + frames_from_ms(step->rest_ms);
	case STEP_ASK:
	case STEP_REHEARSE:
		return length + frames_from_ms(WAIT_DEFAULT_MS / 2);
	case STEP_UNIT:
		return length + pace_length(e, step);
	}
	return length;
}

static frames_t present_left(const struct engine *e)
{
	if (flow_present(e)->kind == STEP_UNIT) {
		return pace_left(e);
	}
	if (e->flow.phase == FLOW_RESTING && e->wait.due != FRAMES_NEVER) {
		return e->wait.due - e->now;
	}
	return step_length(e, flow_present(e));
}

/* Offered, and long, and no part of the work: warmth. */
static bool is_extra(const struct step *step)
{
	return step->optional && is_heat(step);
}

frames_t flow_left(const struct engine *e)
{
	frames_t left = 0;
	size_t next = 0;

	if (has_step(e)) {
		left = present_left(e);
		next = e->flow.step + 1;
	}
	for (size_t i = next; i < e->script->step_count; i++) {
		if (flow_concerns(e, &e->script->steps[i]) && !is_extra(&e->script->steps[i])) {
			left += step_length(e, &e->script->steps[i]);
		}
	}
	return left;
}
