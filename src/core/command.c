/* SPDX-License-Identifier: GPL-3.0-or-later */
/* command.c - what each intent does in each mode. */
#include "parts.h"

enum verbosity verbosity_wished(enum verbosity now, int32_t wish)
{
	switch ((enum words_wish)wish) {
	case WORDS_FULL:
		return VERBOSITY_FULL;
	case WORDS_SHORT:
		return VERBOSITY_SHORT;
	case WORDS_TONES:
		return VERBOSITY_TONES;
	case WORDS_LESS:
		return now == VERBOSITY_FULL ? VERBOSITY_SHORT : VERBOSITY_TONES;
	case WORDS_MORE:
		return now == VERBOSITY_TONES ? VERBOSITY_SHORT : VERBOSITY_FULL;
	case WORDS_WISHES:
		break;
	}
	return now;
}

static void change_volume(struct turn *t, int32_t step_db)
{
	const bool louder = step_db > 0;

	if (turn_wish(t, step_db)) {
		turn_aside(t, louder ? PHRASE_LOUDER : PHRASE_QUIETER, NULL);
	} else {
		turn_aside(t, louder ? PHRASE_LOUDEST : PHRASE_QUIETEST, NULL);
	}
}

static void how_long(struct turn *t)
{
	const frames_t minute = frames_from_ms(60000);
	const frames_t left = flow_left(t->engine);
	struct text_args args = turn_args(t->engine);

	args.minutes = (int32_t)((left + minute / 2) / minute);
	turn_aside(t, left < minute ? PHRASE_HOW_LONG_LAST : PHRASE_HOW_LONG, &args);
}

/* S113: of what is left. */
static void wish_length(struct turn *t)
{
	struct text_args args = turn_args(t->engine);

	args.minutes = fit_minutes(t->engine, t->event->value);
	turn_aside(t, fit_wish(t->engine, args.minutes) ? PHRASE_LENGTH : PHRASE_LENGTH_FIXED,
			&args);
}

static void wish_words(struct turn *t)
{
	static const enum phrase told[VERBOSITY_COUNT] = {
		[VERBOSITY_FULL] = PHRASE_WORDS_FULL,
		[VERBOSITY_SHORT] = PHRASE_WORDS_SHORT,
		[VERBOSITY_TONES] = PHRASE_WORDS_TONES,
	};
	enum verbosity *verbosity = &t->engine->options.verbosity;

	*verbosity = verbosity_wished(*verbosity, t->event->value);
	turn_aside(t, told[*verbosity], NULL);
}

/* What means the same whether the session runs or is paused; false: nothing of that kind. */
static bool common_command(struct turn *t)
{
	switch ((int)t->event->intent) {
	case INTENT_STOP:
		stop_begin(t, WHY_STOP);
		return true;
	case INTENT_PAIN:
		stop_pain(t);
		return true;
	case INTENT_LIGHTER:
		if (flow_is_touch(t->engine)) {
			pressure_lighter(t);
		}
		return true;
	case INTENT_SLOWER:
		pace_change(t, 110);
		return true;
	case INTENT_FASTER:
		pace_change(t, 90);
		return true;
	case INTENT_LOUDER:
		change_volume(t, VOLUME_STEP_DB);
		return true;
	case INTENT_QUIETER:
		change_volume(t, -VOLUME_STEP_DB);
		return true;
	case INTENT_HOW_LONG:
		how_long(t);
		return true;
	case INTENT_HELP:
		turn_aside(t, PHRASE_HELP, NULL);
		return true;
	case INTENT_LENGTH:
		wish_length(t);
		return true;
	case INTENT_WORDS:
		wish_words(t);
		return true;
	default:
		return false;
	}
}

static void guarding(struct turn *t)
{
	const struct engine *e = t->engine;

	if (e->script->who == WHO_PARTNER && e->pressure.target > 0) {
		pressure_ease(t, 2, WHY_GUARDING);
	}
}

static void running_command(struct turn *t)
{
	switch ((int)t->event->intent) {
	case INTENT_FIRMER:
		pressure_firmer(t, t->event->sure);
		break;
	case INTENT_PAUSE:
		pause_begin(t, PHRASE_PAUSED);
		break;
	case INTENT_REPEAT:
		flow_repeat(t);
		break;
	case INTENT_NEXT:
		flow_skip(t);
		break;
	case INTENT_BACK:
		flow_back(t);
		break;
	case INTENT_FOUND:
		if (t->engine->flow.phase == FLOW_SEEKING) {
			hold_found(t, true);
		} else {
			pace_found(t);
		}
		break;
	case INTENT_EASING:
		pace_easing(t);
		break;
	case INTENT_GUARDING:
		guarding(t);
		break;
	case INTENT_ASK:
		if (topic_may_be_asked(t->engine)) {
			topic_asked(t);
		} else {
			turn_aside(t, PHRASE_NOT_NOW, NULL);
		}
		break;
	default: /* continue, yes, no ...: nothing was asked */
		break;
	}
}

static void running_heard(struct turn *t)
{
	const enum intent intent = t->event->intent;
	const bool rehearsed = intent == INTENT_STOP && answer_rehearses(t->engine, t->event);

	if ((intent == INTENT_STOP || intent == INTENT_PAIN) && !rehearsed) {
		(void)common_command(t);
	} else if (answer_heard(t)) {
		return;
	} else if (pressure_releases(t)) {
		stop_begin(t, WHY_RATING);
	} else if (!inquiry_answer(t) && !common_command(t)) {
		running_command(t);
	}
}

/* Leads back into the session; without ears nobody could stop it again. */
static void paused_navigation(struct turn *t)
{
	struct engine *e = t->engine;
	const enum intent intent = t->event->intent;

	if (e->options.microphone && !e->microphone) {
		turn_aside(t, PHRASE_MIC_LOST, NULL);
		return;
	}
	if (intent == INTENT_CONTINUE) {
		pause_end(t);
	} else if (intent == INTENT_NEXT && !flow_may_skip(e)) {
		turn_aside(t, PHRASE_NOT_NOW, NULL);
	} else if (intent == INTENT_BACK && !flow_may_go_back(e)) {
		turn_aside(t, flow_no_way_back(e), NULL);
	} else {
		e->mode = ENGINE_RUNNING;
		e->stop.quiet = FRAMES_NEVER;
		running_command(t);
	}
}

static void paused_heard(struct turn *t)
{
	struct engine *e = t->engine;
	const struct event *event = t->event;

	quiet_begin(e);
	if (common_command(t)) {
		return;
	}
	switch ((int)event->intent) {
	case INTENT_CONTINUE:
	case INTENT_REPEAT:
	case INTENT_NEXT:
	case INTENT_BACK:
		paused_navigation(t);
		break;
	case INTENT_RATING:
		if (pressure_releases(t)) {
			stop_begin(t, WHY_RATING);
		}
		break;
	case INTENT_FIRMER:
		turn_aside(t, PHRASE_NOT_NOW, NULL);
		break;
	case INTENT_ASK:
		topic_asked(t);
		break;
	default: /* yes, ready ...: somebody is there, which is all that was to be known */
		break;
	}
}

/* In doubt only what leads to less counts, and what can be asked back. */
static bool counts(const struct engine *e, const struct event *event)
{
	if (event->intent == INTENT_RATING && (event->value < 0 || event->value > RATING_MAX)) {
		return false;
	}
	switch ((int)event->intent) {
	case INTENT_STOP:
	case INTENT_PAIN:
	case INTENT_LIGHTER:
	case INTENT_RATING:
	case INTENT_GUARDING:
		return true;
	case INTENT_FIRMER:
		return event->sure || (e->mode == ENGINE_RUNNING && e->pressure.target > 0);
	default:
		return event->sure;
	}
}

void command_heard(struct turn *t)
{
	room_heard(t->engine, t->event);
	if (!counts(t->engine, t->event)) {
		return;
	}
	switch (t->engine->mode) {
	case ENGINE_RUNNING:
		running_heard(t);
		break;
	case ENGINE_PAUSED:
		paused_heard(t);
		break;
	case ENGINE_STOPPED:
		stop_heard(t);
		break;
	case ENGINE_ENDING:
		end_heard(t);
		break;
	case ENGINE_IDLE:
	case ENGINE_OVER:
		break;
	}
}
