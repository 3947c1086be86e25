/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parts.h"

#include <assert.h>

frames_t earlier(frames_t a, frames_t b)
{
	return a < b ? a : b;
}

void turn_emit(struct turn *t, const struct action *action)
{
	assert(t->count < ENGINE_ACTIONS_MAX);
	if (t->count < ENGINE_ACTIONS_MAX) { /* a lost action is better than a lost stack */
		t->out[t->count++] = *action;
	}
}

/* Where two people listen, whose hands are meant is said first. */
static enum phrase giver_form(enum phrase phrase)
{
	switch ((int)phrase) {
	case PHRASE_HOLD_FOUND:
		return PHRASE_HOLD_FOUND_GIVER;
	case PHRASE_HOLD_ANYWAY:
		return PHRASE_HOLD_ANYWAY_GIVER;
	case PHRASE_SPOT_WAITS:
		return PHRASE_SPOT_WAITS_GIVER;
	case PHRASE_DEEP_BROKEN_OFF:
		return PHRASE_DEEP_BROKEN_OFF_GIVER;
	default:
		return phrase;
	}
}

const char *turn_phrase(const struct engine *e, enum phrase phrase)
{
	return e->phrases[e->script->who == WHO_PARTNER ? giver_form(phrase) : phrase];
}

/* What the person says to stop, besides "stop". */
static const char *stop_word(const struct engine *e)
{
	return flow_has_own_word(e) ? e->options.word : turn_phrase(e, PHRASE_STOP_WORD);
}

struct text_args turn_args(const struct engine *e)
{
	const struct step *step = flow_step(e);
	struct text_args args = {
		.target = e->pressure.level,
		.ceiling = pressure_ceiling(e),
		.value = -1,
		.other = -1,
		.title = e->script->title,
		.word = stop_word(e),
		.measure = e->options.measure,
		.facts = flow_facts(e),
		.emergency = e->options.emergency != NULL ? e->options.emergency
							  : turn_phrase(e, PHRASE_EMERGENCY),
	};
	if (step != NULL && step->kind == STEP_UNIT) {
		args.title = step->unit->title;
		args.side = step->side;
		args.area = step->area;
		args.count = pace_repeats(step) > 0 ? pace_repeats(step) : pace_count(e, step);
		args.seconds = (int32_t)(pace_once(e, step) / EASE_RATE);
	}
	return args;
}

uint32_t turn_say(struct turn *t, const char *text, const struct text_args *args)
{
	struct engine *e = t->engine;
	const char *words = text == NULL ? "" : text;
	const struct action say = {
		.kind = ACTION_SAY,
		.utterance = ++e->utterance,
		.text = words,
		.args = args == NULL ? turn_args(e) : *args,
	};

	if (e->speech_until < e->now) {
		e->speech_until = e->now;
	}
	e->speech_until += frames_from_ms(text_duration_ms(words));
	turn_emit(t, &say);
	return say.utterance;
}

static bool is_asking(const struct engine *e)
{
	if (e->mode == ENGINE_RUNNING) {
		return e->flow.phase == FLOW_ASKING;
	}
	return stop_is_asking(e);
}

void turn_aside_text(struct turn *t, const char *text, const struct text_args *args)
{
	struct engine *e = t->engine;
	const uint32_t utterance = turn_say(t, text, args);

	if (e->wait.utterance != 0 || is_asking(e)) {
		wait_said(e, &e->wait, utterance);
	}
	if (e->inquiry.kind != INQUIRY_NONE) {
		wait_said(e, &e->inquiry.wait, utterance);
	}
}

void turn_aside(struct turn *t, enum phrase phrase, const struct text_args *args)
{
	turn_aside_text(t, turn_phrase(t->engine, phrase), args);
}

static void forget_speech(struct engine *e)
{
	e->speech_until = e->now;
	e->said = e->utterance;
	e->flow.preface = 0;
}

void turn_cut(struct turn *t)
{
	struct engine *e = t->engine;
	const struct action cut = { .kind = ACTION_CUT };

	if (e->said == e->utterance) {
		return;
	}
	turn_emit(t, &cut);
	forget_speech(e);
}

void turn_hush(struct turn *t)
{
	struct engine *e = t->engine;
	const struct action hush = { .kind = ACTION_HUSH };

	turn_emit(t, &hush);
	flow_suspend(e);
	forget_speech(e);
	wait_clear(&e->wait);
	if (e->inquiry.kind == INQUIRY_RATING || e->inquiry.kind == INQUIRY_NUMBER) {
		e->pressure.ask_due = e->now;
	}
	inquiry_close(e);
	if (e->pace.running) {
		pressure_suspend(e);
		pace_suspend(e);
	}
}

void turn_volume(struct turn *t, int32_t volume_db)
{
	const struct action volume = { .kind = ACTION_VOLUME, .gain_db = volume_db };

	t->engine->volume_db = volume_db;
	turn_emit(t, &volume);
}

bool turn_louder(struct turn *t, int32_t step_db)
{
	const int32_t now = t->engine->volume_db;
	int32_t next = now + step_db;

	if (next < VOLUME_MIN_DB) {
		next = VOLUME_MIN_DB;
	} else if (next > VOLUME_MAX_DB) {
		next = VOLUME_MAX_DB;
	}
	/* it may have begun outside the range */
	if (step_db > 0 ? next <= now : next >= now) {
		return false;
	}
	turn_volume(t, next);
	return true;
}

bool turn_wish(struct turn *t, int32_t step_db)
{
	struct engine *e = t->engine;
	const int32_t before = e->volume_db;

	if (!turn_louder(t, step_db)) {
		return false;
	}
	e->wished = true;
	e->volume_wish += e->volume_db - before;
	return true;
}

static uint8_t running_context(const struct engine *e)
{
	switch (e->inquiry.kind) {
	case INQUIRY_NONE:
		break;
	case INQUIRY_RATING:
	case INQUIRY_NUMBER:
		return CONTEXT_RATING;
	case INQUIRY_COMFORT:
	case INQUIRY_FIRMER:
	case INQUIRY_MORE:
		return CONTEXT_YESNO;
	}
	if (e->flow.phase == FLOW_ASKING || e->flow.phase == FLOW_RESTING) {
		return flow_step(e)->context;
	}
	return CONTEXT_TOUCH;
}

static uint8_t wanted_context(const struct engine *e)
{
	switch (e->mode) {
	case ENGINE_RUNNING:
		return running_context(e);
	case ENGINE_STOPPED:
		return stop_is_asking(e) ? CONTEXT_YESNO : CONTEXT_PAUSED;
	case ENGINE_PAUSED:
	case ENGINE_ENDING:
		return CONTEXT_PAUSED;
	case ENGINE_IDLE:
	case ENGINE_OVER:
		break;
	}
	return e->context;
}

void turn_listen(struct turn *t)
{
	struct engine *e = t->engine;
	const struct action listen = { .kind = ACTION_LISTEN, .context = wanted_context(e) };

	if (listen.context != e->context) {
		e->context = listen.context;
		turn_emit(t, &listen);
	}
}

void wait_clear(struct engine_wait *wait)
{
	*wait = (struct engine_wait){ .due = FRAMES_NEVER, .latest = FRAMES_NEVER };
}

void wait_said(const struct engine *e, struct engine_wait *wait, uint32_t utterance)
{
	wait->utterance = utterance;
	wait->due = e->now + 2 * (e->speech_until - e->now) + frames_from_ms(SAID_GRACE_MS);
	wait->latest = wait->due;
}

void wait_until(struct engine_wait *wait, frames_t due)
{
	*wait = (struct engine_wait){ .due = due, .latest = due };
}

void wait_answer(struct engine_wait *wait, frames_t due)
{
	*wait = (struct engine_wait){ .due = due, .latest = due + frames_from_ms(ONSET_EXTRA_MS) };
}

bool wait_over(const struct engine *e, struct engine_wait *wait)
{
	const frames_t patient = e->onset + frames_from_ms(ONSET_GRACE_MS);

	if (e->onset > 0 && wait->due < patient) {
		wait->due = earlier(patient, wait->latest);
	}
	return e->now >= wait->due;
}
