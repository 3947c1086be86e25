/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flow.c - the steps of a script: their texts, questions, answers and rehearsals. */
#include "parts.h"

#include <string.h>

const struct step *flow_step(const struct engine *e)
{
	if (e->flow.phase == FLOW_NONE || e->flow.step >= e->script->step_count) {
		return NULL;
	}
	return &e->script->steps[e->flow.step];
}

const struct unit *flow_unit(const struct engine *e)
{
	const struct step *step = flow_step(e);

	return step != NULL && step->kind == STEP_UNIT ? step->unit : NULL;
}

bool flow_is_touch(const struct engine *e)
{
	return e->script->kind == SESSION_TOUCH;
}

static bool refuses(enum outcome outcome)
{
	return outcome == OUTCOME_REFUSE || outcome == OUTCOME_ADVISE || outcome == OUTCOME_URGENT;
}

/* Screening and consent: a question whose answer can end or limit the session. */
static bool is_guarded(const struct step *step)
{
	if (step->kind != STEP_ASK) {
		return step->kind == STEP_REHEARSE;
	}
	for (size_t i = 0; i < step->answer_count; i++) {
		const enum outcome outcome = step->answers[i].outcome;
		if (refuses(outcome) || outcome == OUTCOME_LIGHT || outcome == OUTCOME_AVOID) {
			return true;
		}
	}
	return false;
}

bool flow_may_skip(const struct engine *e)
{
	const struct step *step = flow_step(e);

	return step != NULL && !is_guarded(step);
}

/* The other side of what the step before worked on. */
static bool switches_sides(const struct engine *e, size_t index)
{
	const struct step *step = &e->script->steps[index];

	return index > 0 && step->side != SIDE_NONE && step[-1].kind == STEP_UNIT &&
	       step[-1].unit == step->unit && step[-1].side != SIDE_NONE &&
	       step[-1].side != step->side;
}

/* Why a deep unit may not run, or PHRASE_COUNT. */
static enum phrase deep_refusal(const struct engine *e, bool warm)
{
	if (e->flow.deaf || !e->microphone) {
		return PHRASE_DEEP_SKIPPED_DEAF;
	}
	if (e->flow.light) {
		return PHRASE_DEEP_SKIPPED_LIGHT;
	}
	return warm ? PHRASE_COUNT : PHRASE_DEEP_SKIPPED_COLD;
}

static bool is_deep(const struct step *step)
{
	return step->kind == STEP_UNIT && rule_of(step->unit->technique)->deep;
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

static const char *text_of(const struct step *step)
{
	if (step->kind != STEP_UNIT) {
		return step->say;
	}
	return step->short_form && step->unit->say_short != NULL ? step->unit->say_short
								 : step->unit->say_long;
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
		args.count = pace_count(step);
		args.seconds = (int32_t)(pace_length(e, step) / EASE_RATE);
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
	const size_t index = e->flow.step + 1;
	const bool warm = e->flow.warm || (unit != NULL && rule_of(unit->technique)->warms);
	const struct step *step;
	struct text_args args;

	if (index >= e->script->step_count) {
		return;
	}
	step = &e->script->steps[index];
	args = args_of(e, step);
	if (is_deep(step) && deep_refusal(e, warm) != PHRASE_COUNT) {
		prepare(t, turn_phrase(e, deep_refusal(e, warm)), &args);
		return;
	}
	if (preface(e, index) != PHRASE_COUNT) {
		prepare(t, turn_phrase(e, preface(e, index)), &args);
	}
	prepare(t, text_of(step), &args);
}

static void prompt(struct turn *t)
{
	struct engine *e = t->engine;
	const struct step *step = flow_step(e);
	const bool asks = step->kind == STEP_ASK || step->kind == STEP_REHEARSE;

	if (preface(e, e->flow.step) != PHRASE_COUNT) {
		turn_say(t, turn_phrase(e, preface(e, e->flow.step)), NULL);
	}
	e->flow.phase = asks ? FLOW_ASKING : FLOW_SAYING;
	wait_said(e, &e->wait, turn_say(t, text_of(step), NULL));
}

static void pass(struct turn *t, enum phrase phrase, const struct text_args *args)
{
	struct engine *e = t->engine;

	e->flow.phase = FLOW_PASSING;
	wait_said(e, &e->wait, turn_say(t, turn_phrase(e, phrase), args));
}

static void announce(struct turn *t)
{
	const struct step *step = flow_step(t->engine);
	const struct action action = {
		.kind = ACTION_STEP, .step = step, .target = t->engine->pressure.target
	};

	turn_emit(t, &action);
}

static void enter(struct turn *t, size_t index)
{
	struct engine *e = t->engine;
	const struct step *step = &e->script->steps[index];

	e->flow.refusal = is_deep(step) ? deep_refusal(e, e->flow.warm) : PHRASE_COUNT;
	e->flow.phase = FLOW_SAYING;
	e->flow.step = index;
	e->flow.candidate = -1;
	e->flow.asked = 0;
	e->flow.rounds = 0;
	e->flow.left = 0;
	e->flow.closing_asked = false;
	e->pace.running = false;
	if (e->flow.refusal != PHRASE_COUNT) {
		pressure_enter(t, NULL);
		pass(t, e->flow.refusal, NULL);
		return;
	}
	pressure_enter(t, step);
	if (step->kind == STEP_UNIT) {
		pace_load(e, step);
	}
	announce(t);
	prompt(t);
	flow_prepare(t);
}

/* The answer that the step counts as given without being asked, or NULL: it must be asked. */
static const struct answer *taken_as(const struct engine *e, const struct step *step)
{
	const struct answer *unanswered = step->unanswered < step->answer_count
							  ? &step->answers[step->unanswered]
							  : NULL;
	const bool screened = e->options.screened && step->screened != INTENT_NONE;

	if (!screened && unanswered != NULL && !refuses(unanswered->outcome)) {
		return unanswered;
	}
	for (size_t i = 0; i < step->answer_count; i++) {
		if (step->answers[i].intent == step->screened) {
			return &step->answers[i];
		}
	}
	return NULL;
}

static const char *refusal_text(const struct engine *e, const struct answer *answer)
{
	if (answer->say != NULL) {
		return answer->say;
	}
	if (answer->outcome == OUTCOME_URGENT) {
		return turn_phrase(e, PHRASE_URGENT);
	}
	return turn_phrase(e, answer->outcome == OUTCOME_ADVISE ? PHRASE_ADVISE : PHRASE_REFUSED);
}

/* Where a step that is not asked leads; its own index: it must be asked or said. */
static size_t passed_to(struct engine *e, size_t index)
{
	const struct step *step = &e->script->steps[index];
	const struct answer *answer;

	if (is_deep(step) && e->flow.refusal != PHRASE_COUNT &&
			e->flow.refusal == deep_refusal(e, e->flow.warm)) {
		return index + 1; /* why was just said */
	}
	if (step->kind == STEP_REHEARSE && (e->options.screened || !e->microphone)) {
		e->flow.deaf = e->flow.deaf || !e->microphone;
		return index + 1;
	}
	if (step->kind != STEP_ASK ||
			(e->microphone &&
					(!e->options.screened || step->screened == INTENT_NONE))) {
		return index;
	}
	answer = taken_as(e, step);
	if (answer == NULL) {
		return index + 1;
	}
	e->flow.light = e->flow.light || answer->outcome == OUTCOME_LIGHT ||
			answer->outcome == OUTCOME_AVOID;
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
	end_now(t, END_FINISHED);
}

void flow_next(struct turn *t)
{
	flow_go(t, t->engine->flow.step + 1);
}

/* The say or unit before the present step; step_count: there is none. */
static size_t before(const struct engine *e)
{
	for (size_t i = e->flow.step; i-- > 0;) {
		const enum step_kind kind = e->script->steps[i].kind;
		if (kind == STEP_SAY || kind == STEP_UNIT) {
			return i;
		}
	}
	return e->script->step_count;
}

bool flow_may_go_back(const struct engine *e)
{
	return before(e) < e->script->step_count;
}

void flow_back(struct turn *t)
{
	if (!flow_may_go_back(t->engine)) {
		turn_aside(t, PHRASE_FIRST_STEP, NULL);
		return;
	}
	turn_hush(t);
	flow_go(t, before(t->engine));
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
	flow_next(t);
}

static void say_again(struct turn *t)
{
	struct engine *e = t->engine;

	switch (e->flow.phase) {
	case FLOW_SAYING:
	case FLOW_RESTING:
	case FLOW_ASKING:
	case FLOW_PACING:
		prompt(t);
		break;
	case FLOW_ANSWERING:
		wait_said(e, &e->wait, turn_say(t, e->flow.resay, NULL));
		break;
	case FLOW_PASSING:
		flow_next(t);
		break;
	case FLOW_CLOSING:
	case FLOW_NONE:
		break;
	}
}

void flow_suspend(struct engine *e)
{
	if (e->mode == ENGINE_RUNNING && e->flow.phase == FLOW_RESTING && e->wait.due > e->now) {
		e->flow.left = e->wait.due - e->now;
	}
}

void flow_repeat(struct turn *t)
{
	turn_hush(t);
	say_again(t);
}

void flow_resume(struct turn *t)
{
	struct engine *e = t->engine;
	const struct step *step = flow_step(e);

	if (e->flow.phase != FLOW_PACING) {
		say_again(t);
		return;
	}
	e->flow.phase = FLOW_SAYING;
	wait_said(e, &e->wait,
			turn_say(t,
					turn_phrase(e, step->side == SIDE_NONE ? PHRASE_RECAP
									       : PHRASE_RECAP_SIDE),
					NULL));
}

void flow_unit_done(struct turn *t)
{
	struct engine *e = t->engine;

	pressure_suspend(e);
	e->pace.running = false;
	e->flow.warm = e->flow.warm || rule_of(flow_unit(e)->technique)->warms;
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

/* A word came while the question was still being said. */
static void fall_silent(struct turn *t)
{
	if (t->engine->wait.utterance != 0) {
		turn_hush(t);
	}
}

static void refuse(struct turn *t, const struct answer *answer)
{
	end_begin(t, END_REFUSED, refusal_text(t->engine, answer));
}

/* Asks again, but not for ever; without an answer nobody gets past a question that may refuse. */
static void again(struct turn *t)
{
	struct engine *e = t->engine;
	const struct step *step = flow_step(e);

	e->flow.asked = 0;
	e->flow.candidate = -1;
	if (++e->flow.rounds < ROUNDS_MAX) {
		prompt(t);
		return;
	}
	for (size_t i = 0; i < step->answer_count; i++) {
		if (refuses(step->answers[i].outcome)) {
			refuse(t, &step->answers[i]);
			return;
		}
	}
	flow_next(t);
}

static void follow(struct turn *t, const struct answer *answer)
{
	struct engine *e = t->engine;

	switch (answer->outcome) {
	case OUTCOME_LIGHT:
	case OUTCOME_AVOID:
		pressure_light(t);
		flow_next(t);
		break;
	case OUTCOME_LOUDER:
		if (e->volume_db + VOLUME_STEP_DB <= VOLUME_MAX_DB) {
			turn_volume(t, e->volume_db + VOLUME_STEP_DB);
		}
		again(t);
		break;
	case OUTCOME_AGAIN:
		again(t);
		break;
	case OUTCOME_GOTO:
		flow_go(t, answer->go > e->flow.step ? answer->go : e->flow.step + 1);
		break;
	case OUTCOME_REFUSE:
	case OUTCOME_ADVISE:
	case OUTCOME_URGENT:
		refuse(t, answer);
		break;
	case OUTCOME_NEXT:
	case OUTCOME_COUNT:
		flow_next(t);
		break;
	}
}

static void store(struct turn *t, const struct step *step, int32_t value)
{
	struct engine_flow *flow = &t->engine->flow;

	if (value < 0) {
		return;
	}
	switch (step->store) {
	case STORE_CEILING:
		pressure_limit(t, value);
		break;
	case STORE_BEFORE:
		flow->before = value;
		break;
	case STORE_AFTER:
		flow->after = value;
		break;
	case STORE_NOTHING:
		break;
	}
}

/* What is not asked again must not be announced as such. */
static bool is_last_round(const struct engine *e, const struct answer *answer)
{
	return (answer->outcome == OUTCOME_AGAIN || answer->outcome == OUTCOME_LOUDER) &&
	       e->flow.rounds + 1 >= ROUNDS_MAX;
}

static void answered(struct turn *t, size_t index, int32_t value)
{
	struct engine *e = t->engine;
	const struct step *step = flow_step(e);
	const struct answer *answer = &step->answers[index];
	struct text_args args = turn_args(e);

	fall_silent(t);
	store(t, step, value);
	if (answer->say == NULL || refuses(answer->outcome) || is_last_round(e, answer)) {
		follow(t, answer);
		return;
	}
	args.ceiling = pressure_ceiling(e);
	args.value = value;
	e->flow.phase = FLOW_ANSWERING;
	e->flow.answer = index;
	e->flow.value = value;
	e->flow.resay = answer->say;
	wait_said(e, &e->wait, turn_say(t, answer->say, &args));
}

static bool answer_with(struct turn *t, enum intent intent, int32_t value)
{
	const struct step *step = flow_step(t->engine);

	for (size_t i = 0; i < step->answer_count; i++) {
		const struct answer *answer = &step->answers[i];
		if (answer->intent != intent) {
			continue;
		}
		if (intent == INTENT_RATING &&
				(value < answer->values.min || value > answer->values.max)) {
			continue;
		}
		answered(t, i, intent == INTENT_RATING ? value : -1);
		return true;
	}
	return false;
}

static void unanswered(struct turn *t)
{
	struct engine *e = t->engine;
	const struct step *step = flow_step(e);
	const struct answer *answer;

	if (e->flow.candidate >= 0 && answer_with(t, INTENT_RATING, e->flow.candidate)) {
		return;
	}
	if (step->unanswered >= step->answer_count) {
		flow_next(t);
		return;
	}
	answer = &step->answers[step->unanswered];
	if (!flow_is_touch(e) &&
			(answer->outcome == OUTCOME_AGAIN || answer->outcome == OUTCOME_LOUDER)) {
		flow_next(t); /* who sleeps is not asked twice */
		return;
	}
	answered(t, step->unanswered, -1);
}

static void ask_again(struct turn *t)
{
	turn_say(t, turn_phrase(t->engine, PHRASE_DID_NOT_HEAR), NULL);
	prompt(t);
}

static void rehearsal_missed(struct turn *t)
{
	struct engine *e = t->engine;
	const int32_t tries = flow_is_touch(e) ? REHEARSAL_TRIES : 1;

	if (++e->flow.asked < tries) {
		ask_again(t);
		return;
	}
	e->flow.deaf = true;
	if (flow_is_touch(e)) {
		pass(t, PHRASE_REHEARSAL_FAILED, NULL);
	} else {
		flow_next(t);
	}
}

static void no_answer(struct turn *t)
{
	struct engine *e = t->engine;
	const struct step *step = flow_step(e);

	if (step->kind == STEP_REHEARSE) {
		rehearsal_missed(t);
		return;
	}
	if (e->flow.candidate < 0 && flow_is_touch(e) && e->flow.asked < step->reprompts) {
		e->flow.asked++;
		ask_again(t);
		return;
	}
	unanswered(t);
}

static bool wants_number(const struct step *step)
{
	for (size_t i = 0; i < step->answer_count; i++) {
		if (step->answers[i].intent == INTENT_RATING) {
			return true;
		}
	}
	return false;
}

/* The safer of two numbers: the lower ceiling, else the higher rating (S144). */
static int32_t safer(const struct step *step, int32_t a, int32_t b)
{
	if (a < 0 || b < 0) {
		return a < 0 ? b : a;
	}
	return (step->store == STORE_CEILING) == (a < b) ? a : b;
}

static bool unsure_number(struct turn *t)
{
	struct engine *e = t->engine;
	const struct step *step = flow_step(e);
	const bool first = e->flow.candidate < 0;
	struct text_args args = turn_args(e);

	if (!wants_number(step)) {
		return false;
	}
	args.value = t->event->value;
	args.other = t->event->other;
	e->flow.candidate = safer(
			step, e->flow.candidate, safer(step, t->event->value, t->event->other));
	if (first) {
		turn_aside(t, args.other >= 0 ? PHRASE_RATING_CHECK : PHRASE_RATING_AGAIN, &args);
		return true;
	}
	return answer_with(t, INTENT_RATING, e->flow.candidate);
}

bool flow_rehearses(const struct engine *e, enum intent intent)
{
	return e->flow.phase == FLOW_ASKING && flow_step(e)->kind == STEP_REHEARSE &&
	       flow_step(e)->rehearse == intent;
}

static bool rehearsed(struct turn *t)
{
	struct engine *e = t->engine;
	const enum intent intent = t->event->intent;
	struct text_args args = turn_args(e);

	if (!flow_rehearses(e, intent) || (intent == INTENT_RATING && !t->event->sure)) {
		return false;
	}
	args.value = t->event->value;
	fall_silent(t);
	pass(t, intent == INTENT_RATING ? PHRASE_NUMBER_HEARD : PHRASE_STOP_HEARD, &args);
	return true;
}

bool flow_answer(struct turn *t)
{
	struct engine *e = t->engine;
	const struct event *event = t->event;
	const struct step *step = flow_step(e);

	if (e->flow.phase != FLOW_ASKING) {
		return false;
	}
	if (step->kind == STEP_REHEARSE) {
		return rehearsed(t);
	}
	if (event->intent == INTENT_RATING && (!event->sure || event->other >= 0)) {
		return unsure_number(t);
	}
	if (answer_with(t, event->intent, event->value)) {
		return true;
	}
	if (event->intent == INTENT_NOT_SURE) {
		e->flow.candidate = -1;
		fall_silent(t);
		unanswered(t);
		return true;
	}
	return false;
}

void flow_said(struct turn *t, frames_t at)
{
	struct engine *e = t->engine;
	const struct step *step = flow_step(e);
	frames_t rest;

	switch (e->flow.phase) {
	case FLOW_SAYING:
		if (step->kind == STEP_UNIT) {
			e->flow.told_stop_signs = e->flow.told_stop_signs || is_deep(step);
			e->flow.phase = FLOW_PACING;
			pace_start(t, at);
			break;
		}
		rest = e->flow.left > 0 ? e->flow.left : frames_from_ms(step->rest_ms);
		e->flow.phase = FLOW_RESTING;
		wait_until(&e->wait, at + rest);
		if (at + rest <= e->now) {
			flow_next(t);
		}
		break;
	case FLOW_ASKING:
		wait_answer(&e->wait, at + frames_from_ms(step->wait_ms > 0 ? step->wait_ms
									    : WAIT_DEFAULT_MS));
		break;
	case FLOW_ANSWERING:
		follow(t, &step->answers[e->flow.answer]);
		break;
	case FLOW_PASSING:
		flow_next(t);
		break;
	case FLOW_NONE:
	case FLOW_RESTING:
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
		no_answer(t);
		break;
	case FLOW_PACING:
		flow_unit_done(t);
		break;
	case FLOW_NONE:
	case FLOW_SAYING:
	case FLOW_ANSWERING:
	case FLOW_PASSING:
	case FLOW_CLOSING:
		wait_clear(&t->engine->wait);
		break;
	}
}

static frames_t step_length(const struct engine *e, const struct step *step)
{
	const char *text = text_of(step);
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

frames_t flow_left(const struct engine *e)
{
	const struct step *step = flow_step(e);
	frames_t left = 0;

	if (step != NULL && step->kind == STEP_UNIT) {
		left = pace_left(e);
	} else if (step != NULL) {
		left = e->flow.phase == FLOW_RESTING && e->wait.due != FRAMES_NEVER
				       ? e->wait.due - e->now
				       : step_length(e, step);
	}
	for (size_t i = step == NULL ? 0 : e->flow.step + 1; i < e->script->step_count; i++) {
		left += step_length(e, &e->script->steps[i]);
	}
	return left;
}
