/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answer.c - the questions and rehearsals of a script: what counts as an answer, what it does, and
 * what silence counts as.
 */
#include "parts.h"

#include "ease/memory.h"

static const char *const stores[] = {
	[STORE_NOTHING] = "nothing",
	[STORE_CEILING] = "ceiling",
	[STORE_BEFORE] = "before",
	[STORE_AFTER] = "after",
	[STORE_HELPED] = "helped",
	[STORE_CHECKED] = "checked",
	[STORE_WORSE] = "worse",
	[STORE_SORE] = "sore",
	[STORE_BETTER] = "better",
	[STORE_CLEARED] = "cleared",
	[STORE_ALMOND] = "almond",
	[STORE_GRAPESEED] = "grapeseed",
	[STORE_COCONUT] = "coconut",
	[STORE_WORK] = "work",
	[STORE_AREA] = "area",
};

static const char *const outcomes[] = {
	[OUTCOME_NEXT] = "next",
	[OUTCOME_AGAIN] = "again",
	[OUTCOME_GOTO] = "go",
	[OUTCOME_LIGHT] = "light",
	[OUTCOME_AVOID] = "avoid",
	[OUTCOME_CLEARANCE] = "clearance",
	[OUTCOME_REFUSE] = "refuse",
	[OUTCOME_ADVISE] = "advise",
	[OUTCOME_URGENT] = "urgent",
	[OUTCOME_LOUDER] = "louder",
	[OUTCOME_SIDE_LYING] = "side-lying",
};

_Static_assert(sizeof(stores) / sizeof(stores[0]) == STORE_COUNT, "one name per store");
_Static_assert(sizeof(outcomes) / sizeof(outcomes[0]) == OUTCOME_COUNT, "one name per outcome");

const char *store_name(enum store store)
{
	return stores[store];
}

const char *outcome_name(enum outcome outcome)
{
	return outcomes[outcome];
}

static bool refuses(enum outcome outcome)
{
	return outcome == OUTCOME_REFUSE || outcome == OUTCOME_ADVISE || outcome == OUTCOME_URGENT;
}

/* Screening and consent: a question whose answer can end or limit the session. */
bool answer_guards(const struct step *step)
{
	if (step->kind != STEP_ASK) {
		return step->kind == STEP_REHEARSE;
	}
	for (size_t i = 0; i < step->answer_count; i++) {
		const enum outcome outcome = step->answers[i].outcome;
		if (refuses(outcome) || outcome == OUTCOME_LIGHT || outcome == OUTCOME_AVOID ||
				outcome == OUTCOME_CLEARANCE) {
			return true;
		}
	}
	return false;
}

bool answer_lightens(const struct answer *answer)
{
	const uint32_t places = fact_bit(FACT_AVOID_LEFT) | fact_bit(FACT_AVOID_RIGHT) |
				fact_bit(FACT_AVOID_WAIST) | fact_bit(FACT_AVOID_HIP) |
				fact_bit(FACT_AVOID_RIBS);

	return answer->outcome == OUTCOME_LIGHT ||
	       (answer->outcome == OUTCOME_AVOID && (answer->facts & places) == 0);
}

bool answer_can_refuse(const struct step *step)
{
	for (size_t i = 0; i < step->answer_count; i++) {
		if (refuses(step->answers[i].outcome)) {
			return true;
		}
	}
	return false;
}

const struct answer *answer_of(const struct step *step, enum intent intent)
{
	for (size_t i = 0; i < step->answer_count; i++) {
		if (step->answers[i].intent == intent) {
			return &step->answers[i];
		}
	}
	return NULL;
}

bool answer_wants_number(const struct step *step)
{
	return (step->kind == STEP_ASK && answer_of(step, INTENT_RATING) != NULL) ||
	       (step->kind == STEP_REHEARSE && step->rehearse == INTENT_RATING);
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

/* A refusal with words of its own may be just that: somebody did not wish it. */
static bool seeks_help(const struct answer *answer)
{
	return answer->outcome != OUTCOME_REFUSE || answer->say == NULL;
}

/* A word came while the question was still being said. */
static void fall_silent(struct turn *t)
{
	if (t->engine->wait.utterance != 0) {
		turn_hush(t);
	}
}

void answer_refuse(struct turn *t, const char *text, bool grave)
{
	struct engine *e = t->engine;
	const size_t relief = flow_relief(e);
	const bool offers = e->microphone && relief < e->script->step_count &&
			    (e->flow.facts & fact_bit(FACT_REFUSED)) == 0;

	if (!offers && grave) {
		end_gravely(t, END_REFUSED, text);
		return;
	}
	if (!offers) {
		end_begin(t, END_REFUSED, text);
		return;
	}
	e->flow.facts |= fact_bit(FACT_REFUSED);
	e->flow.next = relief;
	flow_pass_text(t, text, NULL);
}

static void refuse(struct turn *t, const struct answer *answer)
{
	if (answer->outcome == OUTCOME_URGENT) {
		end_gravely(t, END_REFUSED, refusal_text(t->engine, answer));
	} else {
		answer_refuse(t, refusal_text(t->engine, answer), seeks_help(answer));
	}
}

static bool asks_again(const struct answer *answer)
{
	return answer->outcome == OUTCOME_AGAIN || answer->outcome == OUTCOME_LOUDER;
}

/* Asks again, but not for ever. */
static void again(struct turn *t)
{
	struct engine *e = t->engine;

	e->flow.asked = 0;
	e->flow.candidate = -1;
	if (++e->flow.rounds < ROUNDS_MAX) {
		flow_prompt(t);
	} else {
		flow_next(t);
	}
}

/* What an answer comes to. Who was asked often enough, and is still not ready, did not say yes:
 * that counts as a refusal where there is one, else as silence does. */
static size_t counted(const struct engine *e, size_t index)
{
	const struct step *step = flow_present(e);

	if (!asks_again(&step->answers[index]) || e->flow.rounds + 1 < ROUNDS_MAX) {
		return index;
	}
	for (size_t i = 0; i < step->answer_count; i++) {
		if (refuses(step->answers[i].outcome)) {
			return i;
		}
	}
	return step->unanswered < step->answer_count &&
					       !asks_again(&step->answers[step->unanswered])
			       ? step->unanswered
			       : index;
}

/* What another answer to the same question had meant is over: the person may have gone back to it.
 */
void answer_take_facts(struct engine *e, const struct step *step, const struct answer *answer)
{
	for (size_t i = 0; i < step->answer_count; i++) {
		e->flow.facts &= ~step->answers[i].facts;
	}
	e->flow.facts |= answer->facts;
}

void answer_follow(struct turn *t, const struct answer *answer)
{
	struct engine *e = t->engine;

	answer_take_facts(e, flow_present(e), answer);
	switch (answer->outcome) {
	case OUTCOME_LIGHT:
	case OUTCOME_AVOID:
		if (answer_lightens(answer)) {
			pressure_light(t);
		}
		flow_next(t);
		break;
	case OUTCOME_SIDE_LYING:
		e->flow.side_lying = true;
		flow_next(t);
		break;
	case OUTCOME_LOUDER:
		(void)turn_wish(t, VOLUME_STEP_DB);
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
	case OUTCOME_CLEARANCE:
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
	case STORE_HELPED: /* these are for later sessions */
	case STORE_CHECKED:
	case STORE_WORSE:
	case STORE_SORE:
	case STORE_BETTER:
	case STORE_CLEARED:
	case STORE_ALMOND:
	case STORE_GRAPESEED:
	case STORE_COCONUT:
	case STORE_WORK:
	case STORE_AREA:
	case STORE_COUNT:
		break;
	}
}

static void note_answer(
		struct turn *t, const struct answer *answer, enum intent heard, int32_t value)
{
	const struct action action = {
		.kind = ACTION_ANSWER,
		.step = flow_present(t->engine),
		.intent = heard,
		.value = value,
		.outcome = answer->outcome,
		.word = answer->word,
	};

	turn_emit(t, &action);
}

/* What is not asked again must not be announced as such. */
static bool is_last_round(const struct engine *e, const struct answer *answer)
{
	return asks_again(answer) && e->flow.rounds + 1 >= ROUNDS_MAX;
}

/* heard: INTENT_NONE: nothing was, and the answer is what silence counts as. */
static void answered(struct turn *t, size_t given, enum intent heard, int32_t value)
{
	struct engine *e = t->engine;
	const struct step *step = flow_present(e);
	const size_t index = counted(e, given);
	const struct answer *answer = &step->answers[index];
	struct text_args args;

	fall_silent(t);
	e->flow.heat = e->flow.heat && heard != INTENT_READY && heard != INTENT_YES;
	store(t, step, value);
	note_answer(t, answer, heard, value);
	if (answer->say == NULL || refuses(answer->outcome) || is_last_round(e, answer)) {
		answer_follow(t, answer);
		return;
	}
	e->flow.phase = FLOW_ANSWERING;
	e->flow.answer = index;
	e->flow.value = value;
	args = flow_args(e);
	e->flow.resay = answer->say;
	wait_said(e, &e->wait, turn_say(t, answer->say, &args));
}

static bool answer_with(struct turn *t, enum intent intent, int32_t value)
{
	const struct step *step = flow_present(t->engine);

	for (size_t i = 0; i < step->answer_count; i++) {
		const struct answer *answer = &step->answers[i];
		if (answer->intent != intent) {
			continue;
		}
		if ((intent == INTENT_RATING || intent == INTENT_CHOICE) &&
				(value < answer->values.min || value > answer->values.max)) {
			continue;
		}
		if (intent == INTENT_LENGTH) {
			value = fit_minutes(t->engine, value);
			(void)fit_wish(t->engine, value);
		}
		answered(t, i, intent, intent == INTENT_CHOICE ? -1 : value);
		return true;
	}
	return false;
}

static void unanswered(struct turn *t, enum intent heard)
{
	struct engine *e = t->engine;
	const struct step *step = flow_present(e);
	const struct answer *answer;

	if (e->flow.candidate >= 0 && answer_with(t, INTENT_RATING, e->flow.candidate)) {
		return;
	}
	if (step->unanswered >= step->answer_count) {
		flow_next(t);
		return;
	}
	answer = &step->answers[step->unanswered];
	if ((!flow_is_touch(e) || !e->microphone) && asks_again(answer)) {
		flow_next(t); /* who sleeps, or cannot be heard, is not asked twice */
		return;
	}
	answered(t, step->unanswered, heard, -1);
}

static void ask_again(struct turn *t)
{
	turn_say(t, turn_phrase(t->engine, PHRASE_DID_NOT_HEAR), NULL);
	flow_prompt(t);
}

/* Whether the present rehearsal is of the person's own word. */
static bool wants_own_word(const struct engine *e)
{
	return flow_present(e)->rehearse == INTENT_STOP && flow_has_own_word(e);
}

static void note_rehearsal(struct turn *t, bool heard, bool clear)
{
	const struct engine *e = t->engine;
	const struct action action = {
		.kind = ACTION_REHEARSED,
		.rehearsal = {
			.intent = flow_present(e)->rehearse,
			.own = heard ? t->event->own : wants_own_word(e),
			.heard = heard,
			.clear = clear,
			.tries = e->flow.asked + heard,
			.snr_db = heard ? t->event->snr_db : 0,
		},
	};

	turn_emit(t, &action);
}

/* The person's own word was never heard: "stop" takes its place, and is practised in turn. */
static void fall_back_to_stop(struct turn *t)
{
	struct engine *e = t->engine;

	turn_say(t, turn_phrase(e, PHRASE_WORD_FAILED), NULL);
	e->flow.word_failed = true;
	e->flow.asked = 0;
	flow_prompt(t);
}

static void rehearsal_missed(struct turn *t)
{
	struct engine *e = t->engine;
	const int32_t tries = flow_is_touch(e) ? REHEARSAL_TRIES : 1;

	if (++e->flow.asked < tries) {
		ask_again(t);
		return;
	}
	note_rehearsal(t, false, false);
	if (wants_own_word(e) && flow_is_touch(e)) {
		fall_back_to_stop(t);
		return;
	}
	e->flow.unclear = true;
	if (flow_is_touch(e)) {
		flow_pass(t, PHRASE_REHEARSAL_FAILED, NULL);
	} else {
		flow_next(t);
	}
}

void answer_missing(struct turn *t)
{
	struct engine *e = t->engine;
	const struct step *step = flow_present(e);

	if (step->kind == STEP_REHEARSE) {
		rehearsal_missed(t);
		return;
	}
	if (!e->microphone) {
		if (answer_can_refuse(step)) {
			flow_next(t); /* the button was not pressed */
		} else {
			unanswered(t, INTENT_NONE);
		}
		return;
	}
	if (e->flow.candidate < 0 && flow_is_touch(e) && e->flow.asked < step->reprompts) {
		e->flow.asked++;
		ask_again(t);
		return;
	}
	unanswered(t, INTENT_NONE);
}

/* The safer of two numbers: the lower ceiling, less comfort (S181), else the higher rating (S144).
 */
static int32_t safer(const struct step *step, int32_t a, int32_t b)
{
	if (a < 0 || b < 0) {
		return a < 0 ? b : a;
	}
	if (step->store == STORE_CEILING) {
		return pressure_kept(a) <= pressure_kept(b) ? a : b;
	}
	if (step->store == STORE_BEFORE || step->store == STORE_AFTER) {
		return a < b ? a : b;
	}
	return a > b ? a : b;
}

static bool unsure_number(struct turn *t)
{
	struct engine *e = t->engine;
	const struct step *step = flow_present(e);
	const bool first = e->flow.candidate < 0;
	struct text_args args = turn_args(e);

	if (!answer_wants_number(step)) {
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

/* Who practises a word of their own and says "stop" means it. */
bool answer_rehearses(const struct engine *e, const struct event *event)
{
	const struct step *step = flow_present(e);

	return e->flow.phase == FLOW_ASKING && step->kind == STEP_REHEARSE &&
	       step->rehearse == event->intent && (!wants_own_word(e) || event->own);
}

static void stop_rehearsed(struct turn *t)
{
	struct engine *e = t->engine;
	const bool clear = t->event->snr_db >= STOP_CLEAR_DB;

	fall_silent(t);
	if (!clear && flow_is_touch(e) && e->flow.asked + 1 < REHEARSAL_TRIES) {
		e->flow.asked++;
		turn_say(t, turn_phrase(e, PHRASE_WORD_FAINT), NULL);
		flow_prompt(t);
		return;
	}
	e->flow.stop_heard = true;
	e->flow.loud = !clear;
	e->flow.word_failed = e->flow.word_failed && !t->event->own;
	note_rehearsal(t, true, clear);
	flow_pass(t, clear || !flow_is_touch(e) ? PHRASE_STOP_HEARD : PHRASE_ROOM_LOUD, NULL);
}

static bool rehearsed(struct turn *t)
{
	struct engine *e = t->engine;
	const struct event *event = t->event;
	struct text_args args = turn_args(e);

	if (!answer_rehearses(e, event) || (event->intent == INTENT_RATING && !event->sure)) {
		return false;
	}
	if (event->intent == INTENT_STOP) {
		stop_rehearsed(t);
		return true;
	}
	args.value = event->value;
	fall_silent(t);
	note_rehearsal(t, true, event->snr_db >= STOP_CLEAR_DB);
	flow_pass(t, PHRASE_NUMBER_HEARD, &args);
	return true;
}

bool answer_heard(struct turn *t)
{
	struct engine *e = t->engine;
	const struct event *event = t->event;
	const struct step *step = flow_present(e);

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
		unanswered(t, INTENT_NOT_SURE);
		return true;
	}
	return false;
}
