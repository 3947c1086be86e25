/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stop.c - the stop policy, S149-S158; pause, and the end. A stop is never confirmed; only
 * "continue" and then a comfort question lead back, and what is unclear leads to the medical end.
 */
#include "parts.h"

static enum phrase stopping(const struct engine *e)
{
	return flow_is_touch(e) ? PHRASE_STOPPING : PHRASE_STOPPING_REST;
}

bool stop_is_asking(const struct engine *e)
{
	const enum stop_stage stage = e->stop.stage;

	return e->mode == ENGINE_STOPPED &&
	       (stage == STOP_HURT || stage == STOP_GONE || stage == STOP_SIGNS ||
			       stage == STOP_MORE || stage == STOP_COMFORT);
}

void quiet_begin(struct engine *e)
{
	e->stop.quiet_said = false;
	e->stop.quiet = e->now + frames_from_ms(PAUSED_ASK_AFTER_MS);
}

void end_now(struct turn *t, enum end_reason reason)
{
	const struct action end = { .kind = ACTION_END, .reason = reason };

	t->engine->mode = ENGINE_OVER;
	t->engine->pressure.target = 0;
	turn_emit(t, &end);
}

static void say_last(struct turn *t)
{
	struct engine *e = t->engine;

	wait_said(e, &e->wait, turn_say(t, e->last_words, NULL));
}

void end_begin(struct turn *t, enum end_reason reason, const char *text)
{
	struct engine *e = t->engine;

	e->mode = ENGINE_ENDING;
	e->reason = reason;
	e->last_words = text;
	e->grave = false;
	e->waits = false;
	e->pressure.target = 0;
	e->stop.quiet = FRAMES_NEVER;
	say_last(t);
}

void end_gravely(struct turn *t, enum end_reason reason, const char *text)
{
	end_begin(t, reason, text);
	t->engine->grave = true;
	t->engine->waits = true;
}

void end_said(struct turn *t, frames_t at)
{
	struct engine *e = t->engine;

	if (e->waits && e->microphone) {
		wait_answer(&e->wait, at + frames_from_ms(WAIT_DEFAULT_MS));
	} else {
		end_now(t, e->reason);
	}
}

static void note_stop(struct turn *t, enum why why)
{
	const struct engine *e = t->engine;
	const struct action action = {
		.kind = ACTION_STOPPED,
		.why = why,
		.step = flow_step(e),
		.rating = e->pressure.rating,
	};

	turn_emit(t, &action);
}

static void ask(struct turn *t, enum stop_stage stage, enum phrase phrase)
{
	struct engine *e = t->engine;
	struct text_args args = turn_args(e);

	e->stop.stage = stage;
	e->stop.again = false;
	e->stop.quiet = FRAMES_NEVER;
	if (!e->microphone && stage != STOP_RELEASING) { /* it could not be answered */
		wait_clear(&e->wait);
		quiet_begin(e);
		return;
	}
	args.value = e->pressure.rating;
	wait_said(e, &e->wait, turn_say(t, turn_phrase(e, phrase), &args));
	if (stage == STOP_RELEASING) {
		flow_heat_away(t);
	}
}

/* Plainly stopped: says where we are, then waits for "continue". */
static void rest(struct turn *t, enum phrase phrase)
{
	struct engine *e = t->engine;

	e->stop.stage = STOP_PLAIN;
	e->stop.pain = false;
	e->stop.sign = SIGN_HURT;
	wait_clear(&e->wait);
	quiet_begin(e);
	if (e->microphone) {
		turn_say(t, turn_phrase(e, phrase), NULL);
	}
}

static void goodbye(struct turn *t)
{
	flow_heat_away(t);
	end_begin(t, END_STOPPED, turn_phrase(t->engine, PHRASE_GOODBYE));
}

/* S153-S155: what to do now depends on what was named. */
static enum phrase medical_words(enum sign sign)
{
	switch (sign) {
	case SIGN_SKIN:
		return PHRASE_MEDICAL_SKIN;
	case SIGN_LEG:
		return PHRASE_MEDICAL_LEG;
	case SIGN_BODY:
		return PHRASE_MEDICAL_NOW;
	case SIGN_HURT:
	case SIGN_SHARP:
	case SIGN_NUMB:
	case SIGN_COUNT:
		break;
	}
	return PHRASE_MEDICAL;
}

static void medical(struct turn *t)
{
	const struct engine *e = t->engine;

	end_gravely(t, END_MEDICAL, turn_phrase(e, medical_words(e->stop.sign)));
}

static enum sign heard_sign(const struct event *event)
{
	return event->value > SIGN_HURT && event->value < SIGN_COUNT ? (enum sign)event->value
								     : SIGN_HURT;
}

static enum why why_of(enum sign sign)
{
	return (enum why)(WHY_PAIN + (int)sign);
}

/* Remembers the worst sign that was named; what is heard here is why. */
static enum why note_sign(struct turn *t)
{
	const enum sign sign = heard_sign(t->event);

	if (sign > t->engine->stop.sign) {
		t->engine->stop.sign = sign;
	}
	return why_of(sign);
}

static bool is_pain(enum why why)
{
	return why >= WHY_PAIN && why <= why_of(SIGN_BODY);
}

void stop_pain(struct turn *t)
{
	stop_begin(t, note_sign(t));
}

void stop_begin(struct turn *t, enum why why)
{
	struct engine *e = t->engine;
	const bool release = why == WHY_RATING;

	turn_hush(t);
	note_stop(t, why);
	e->mode = ENGINE_STOPPED;
	e->pressure.stop_cue = true;
	e->pressure.rated = false;
	e->pressure.ask_due = FRAMES_NEVER;
	e->stop.pain = is_pain(why) || (release && e->pressure.rating >= PRESSURE_RELEASE);
	if (e->stop.pain) {
		pressure_lower(t, 2, why);
	}
	ask(t, STOP_RELEASING, release ? PHRASE_RATING_RELEASE : stopping(e));
}

static enum phrase question(const struct engine *e, enum stop_stage stage)
{
	switch (stage) {
	case STOP_HURT:
		return PHRASE_STOP_HURT;
	case STOP_GONE:
		return e->stop.sign == SIGN_NUMB ? PHRASE_STOP_GONE_NUMB : PHRASE_STOP_GONE_SHARP;
	case STOP_SIGNS:
		return PHRASE_STOP_SIGNS;
	case STOP_MORE:
		return PHRASE_STOP_MORE;
	case STOP_NONE:
	case STOP_RELEASING:
	case STOP_PLAIN:
	case STOP_COMFORT:
		break;
	}
	return PHRASE_COMFORT_TO_CONTINUE;
}

/* The first question about what hurts, where one is to be asked (S152-S158). */
static void ask_about(struct turn *t)
{
	const struct engine *e = t->engine;

	switch (e->stop.sign) {
	case SIGN_SHARP:
	case SIGN_NUMB:
		ask(t, STOP_GONE, question(e, STOP_GONE));
		break;
	case SIGN_SKIN:
	case SIGN_LEG:
	case SIGN_BODY:
		medical(t);
		break;
	case SIGN_HURT:
	case SIGN_COUNT:
		ask(t, STOP_SIGNS, PHRASE_STOP_SIGNS);
		break;
	}
}

void stop_said(struct turn *t, frames_t at)
{
	struct engine *e = t->engine;

	if (e->stop.stage != STOP_RELEASING) {
		wait_answer(&e->wait, at + frames_from_ms(WAIT_DEFAULT_MS));
	} else if (e->stop.pain && !e->options.microphone) {
		medical(t); /* nobody can be asked, now or later */
	} else if (e->stop.pain) {
		ask_about(t);
	} else if (flow_is_touch(e)) {
		ask(t, STOP_HURT, PHRASE_STOP_HURT);
	} else {
		rest(t, PHRASE_STOPPED);
	}
}

static void resume(struct turn *t)
{
	struct engine *e = t->engine;

	e->mode = ENGINE_RUNNING;
	e->stop.stage = STOP_NONE;
	e->stop.sign = SIGN_HURT;
	e->stop.quiet = FRAMES_NEVER;
	pressure_resume(e);
	flow_resume(t);
}

/* The answer that counts as unsafe where it is not clear. */
static void answer(struct turn *t, bool safe)
{
	if (!stop_is_asking(t->engine)) {
		return;
	}
	if (t->engine->wait.utterance != 0) {
		turn_hush(t);
	}
	switch (t->engine->stop.stage) {
	case STOP_HURT:
		if (safe) {
			rest(t, PHRASE_STOPPED);
		} else {
			t->engine->stop.pain = true;
			ask(t, STOP_SIGNS, PHRASE_STOP_SIGNS);
		}
		break;
	case STOP_GONE:
		if (safe) {
			ask(t, STOP_MORE, PHRASE_STOP_MORE);
		} else {
			medical(t);
		}
		break;
	case STOP_SIGNS:
	case STOP_MORE:
		if (safe) {
			rest(t, PHRASE_STOPPED);
		} else {
			medical(t);
		}
		break;
	case STOP_COMFORT:
		if (safe) {
			resume(t);
		} else {
			rest(t, PHRASE_NOT_RESUMED);
		}
		break;
	case STOP_NONE:
	case STOP_RELEASING:
	case STOP_PLAIN:
		break;
	}
}

void stop_due(struct turn *t)
{
	struct engine *e = t->engine;

	if (!e->stop.again && flow_is_touch(e) && e->stop.stage != STOP_COMFORT) {
		const enum stop_stage stage = e->stop.stage;
		turn_say(t, turn_phrase(e, PHRASE_DID_NOT_HEAR), NULL);
		ask(t, stage, question(e, stage));
		e->stop.again = true;
		return;
	}
	answer(t, false);
}

/* Says the present words again, for who did not catch them. */
static void say_again(struct turn *t)
{
	struct engine *e = t->engine;

	if (!e->microphone && e->stop.stage != STOP_RELEASING) {
		return; /* there were none */
	}
	turn_hush(t);
	if (stop_is_asking(e)) {
		const bool again = e->stop.again;
		ask(t, e->stop.stage, question(e, e->stop.stage));
		e->stop.again = again;
	} else if (e->stop.stage == STOP_RELEASING) {
		ask(t, STOP_RELEASING, stopping(e));
	} else {
		rest(t, PHRASE_STOPPED);
	}
}

static void stop_again(struct turn *t)
{
	struct engine *e = t->engine;

	if (e->stop.stage == STOP_RELEASING) {
		const bool pain = e->stop.pain;
		stop_begin(t, WHY_STOP); /* "stop, stop" is one stop */
		e->stop.pain = pain;
		return;
	}
	turn_hush(t);
	note_stop(t, WHY_STOP);
	if (e->stop.pain) {
		medical(t);
	} else if (e->stop.stage == STOP_HURT) { /* that is no answer, so it may hurt */
		e->stop.pain = true;
		ask(t, STOP_SIGNS, PHRASE_STOP_SIGNS);
	} else {
		goodbye(t);
	}
}

static void pain_again(struct turn *t, enum why why)
{
	const enum stop_stage stage = t->engine->stop.stage;

	if (stage != STOP_SIGNS && stage != STOP_GONE && stage != STOP_MORE) {
		stop_begin(t, why);
		return;
	}
	turn_hush(t);
	note_stop(t, why);
	medical(t);
}

static void wish_to_continue(struct turn *t)
{
	struct engine *e = t->engine;

	if (e->stop.stage == STOP_COMFORT) {
		say_again(t); /* it is no answer */
		return;
	}
	if (e->stop.pain) {
		return;
	}
	turn_hush(t);
	ask(t, STOP_COMFORT, PHRASE_COMFORT_TO_CONTINUE);
}

static void change_volume(struct turn *t, int32_t step_db)
{
	(void)turn_louder(t, step_db);
	say_again(t);
}

static bool yes_is_safe(const struct engine *e)
{
	return e->stop.stage == STOP_COMFORT || e->stop.stage == STOP_GONE;
}

static void word_heard(struct turn *t)
{
	switch ((int)t->event->intent) {
	case INTENT_STOP:
		stop_again(t);
		break;
	case INTENT_PAIN:
		pain_again(t, note_sign(t));
		break;
	case INTENT_RATING:
		if (pressure_releases(t)) {
			pain_again(t, WHY_RATING);
		}
		break;
	case INTENT_LIGHTER:
		pressure_lower(t, 1, WHY_LIGHTER);
		break;
	case INTENT_CONTINUE:
		wish_to_continue(t);
		break;
	case INTENT_YES:
		answer(t, yes_is_safe(t->engine));
		break;
	case INTENT_NO:
		answer(t, !yes_is_safe(t->engine));
		break;
	case INTENT_NOT_SURE:
		answer(t, false);
		break;
	case INTENT_REPEAT:
	case INTENT_HELP:
	case INTENT_HOW_LONG:
	case INTENT_ASK:
		say_again(t);
		break;
	case INTENT_LOUDER:
		change_volume(t, VOLUME_STEP_DB);
		break;
	case INTENT_QUIETER:
		change_volume(t, -VOLUME_STEP_DB);
		break;
	default: /* next, firmer ...: not while all is stopped */
		break;
	}
}

/* Without ears a word comes by another way, which has no answers to give. */
static bool counts_unheard(enum intent intent)
{
	return intent == INTENT_STOP || intent == INTENT_PAIN || intent == INTENT_RATING ||
	       intent == INTENT_LIGHTER || intent == INTENT_LOUDER || intent == INTENT_QUIETER;
}

void stop_heard(struct turn *t)
{
	const struct engine *e = t->engine;

	if (!e->microphone && !counts_unheard(t->event->intent)) {
		return;
	}
	word_heard(t);
	if (e->stop.stage == STOP_PLAIN && e->mode == ENGINE_STOPPED) {
		quiet_begin(t->engine);
	}
}

void stop_mic_lost(struct turn *t)
{
	struct engine *e = t->engine;

	if (e->stop.stage != STOP_RELEASING) { /* its words are not a question */
		turn_hush(t);
		quiet_begin(e);
	}
	turn_say(t, turn_phrase(e, PHRASE_MIC_LOST), NULL);
}

/* What could not be asked is asked now. */
void stop_mic_back(struct turn *t)
{
	struct engine *e = t->engine;

	if (stop_is_asking(e)) {
		turn_hush(t);
		ask(t, e->stop.stage, question(e, e->stop.stage));
	} else if (e->stop.stage == STOP_PLAIN) {
		turn_say(t, turn_phrase(e, PHRASE_MIC_BACK), NULL);
		quiet_begin(e);
	}
}

static void button(struct turn *t)
{
	struct engine *e = t->engine;
	const bool pain = e->mode == ENGINE_STOPPED && e->stop.pain;

	turn_hush(t);
	note_stop(t, WHY_BUTTON);
	if (e->mode == ENGINE_ENDING) {
		end_now(t, e->reason);
	} else if (pain) {
		if (e->stop.stage == STOP_RELEASING) {
			turn_say(t, turn_phrase(e, stopping(e)), NULL);
		}
		medical(t);
		e->waits = false; /* somebody wants the end */
	} else {
		end_begin(t, END_STOPPED, turn_phrase(e, stopping(e)));
		flow_heat_away(t);
	}
}

void stop_button(struct turn *t)
{
	switch (t->engine->mode) {
	case ENGINE_IDLE:
		end_now(t, END_STOPPED);
		break;
	case ENGINE_RUNNING:
	case ENGINE_PAUSED:
	case ENGINE_STOPPED:
	case ENGINE_ENDING:
		button(t);
		break;
	case ENGINE_OVER:
		break;
	}
}

bool stop_is_medical(const struct engine *e)
{
	const bool ends = e->mode == ENGINE_ENDING || e->mode == ENGINE_OVER;

	return e->stop.pain || (ends && e->reason == END_MEDICAL);
}

/* Nothing more can be said, but what has to be asked next time is kept (S159). */
void stop_speaker(struct turn *t)
{
	const enum end_reason reason = stop_is_medical(t->engine) ? END_MEDICAL : END_FAULT;

	turn_hush(t);
	note_stop(t, WHY_SPEAKER);
	end_now(t, reason);
}

/* Pain while the last words are said: what tells to seek help is heard out, unless the pain asks
 * for other words, or, after a refusal, for an ambulance. */
static bool changes_the_end(const struct engine *e, enum phrase words)
{
	if (!e->grave) {
		return true;
	}
	if (e->reason == END_REFUSED) {
		return e->stop.sign == SIGN_BODY;
	}
	return medical_words(e->stop.sign) != words;
}

static void end_pain(struct turn *t)
{
	struct engine *e = t->engine;
	const enum phrase words = medical_words(e->stop.sign);
	const enum why why = note_sign(t);

	if (changes_the_end(e, words)) {
		turn_hush(t);
		note_stop(t, why);
		medical(t);
	}
}

void end_heard(struct turn *t)
{
	struct engine *e = t->engine;

	switch ((int)t->event->intent) {
	case INTENT_STOP:
		turn_hush(t);
		note_stop(t, WHY_STOP);
		end_now(t, e->reason);
		break;
	case INTENT_PAIN:
		end_pain(t);
		break;
	case INTENT_LOUDER:
	case INTENT_REPEAT:
	case INTENT_HELP:
		turn_hush(t);
		if (t->event->intent == INTENT_LOUDER) {
			(void)turn_louder(t, VOLUME_STEP_DB);
		}
		say_last(t);
		break;
	default:
		break;
	}
}

void pause_fault(struct turn *t, enum why why, enum phrase phrase)
{
	struct engine *e = t->engine;

	turn_hush(t);
	note_stop(t, why);
	e->mode = ENGINE_PAUSED;
	quiet_begin(e);
	turn_say(t, turn_phrase(e, phrase), NULL);
	flow_heat_away(t);
}

void pause_begin(struct turn *t, enum phrase phrase)
{
	struct engine *e = t->engine;

	turn_hush(t);
	e->mode = ENGINE_PAUSED;
	quiet_begin(e);
	turn_say(t, turn_phrase(e, phrase), NULL);
	flow_heat_away(t);
}

void pause_end(struct turn *t)
{
	struct engine *e = t->engine;

	turn_hush(t);
	e->mode = ENGINE_RUNNING;
	e->stop.quiet = FRAMES_NEVER;
	pressure_resume(e);
	flow_resume(t);
}

/* Nobody can be asked whether they are there. */
static void leave_unheard(struct turn *t)
{
	struct engine *e = t->engine;

	if (e->mode == ENGINE_STOPPED && e->stop.pain) {
		medical(t);
	} else if (e->options.microphone) {
		end_begin(t, END_FAULT, turn_phrase(e, PHRASE_MIC_LOST));
	} else {
		goodbye(t);
	}
}

void quiet_due(struct turn *t)
{
	struct engine *e = t->engine;

	if (!e->microphone) {
		leave_unheard(t);
		return;
	}
	if (e->stop.quiet_said || !flow_is_touch(e)) {
		goodbye(t);
		return;
	}
	turn_say(t, turn_phrase(e, PHRASE_STILL_THERE), NULL);
	e->stop.quiet_said = true;
	e->stop.quiet = e->speech_until + frames_from_ms(QUIET_GOODBYE_MS);
}
