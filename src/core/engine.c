/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine.c - which event goes where, and what each intent does in each mode. */
#include "parts.h"

#define TICK_THINGS 16 /* at most done by one tick */
#define TICK_ROOM 16   /* actions that one thing falling due can cause */

static const char *const whys[] = {
	[WHY_RATING] = "rating",
	[WHY_LIGHTER] = "lighter",
	[WHY_FIRMER] = "firmer",
	[WHY_GUARDING] = "guarding",
	[WHY_SILENCE] = "silence",
	[WHY_UNSURE] = "unsure",
	[WHY_COMFORT] = "comfort",
	[WHY_UNIT] = "unit",
	[WHY_PAIN] = "pain",
	[WHY_STOP] = "stop",
	[WHY_BUTTON] = "button",
	[WHY_MIC] = "mic",
	[WHY_CLOCK] = "clock",
	[WHY_SPEAKER] = "speaker",
};

static const char *const reasons[] = {
	[END_FINISHED] = "finished",
	[END_STOPPED] = "stopped",
	[END_MEDICAL] = "medical",
	[END_REFUSED] = "refused",
	[END_FAULT] = "fault",
};

static const char *const events[] = {
	[EVENT_START] = "start",
	[EVENT_TICK] = "tick",
	[EVENT_SAID] = "said",
	[EVENT_HEARD] = "heard",
	[EVENT_SPEECH_ONSET] = "onset",
	[EVENT_BUTTON] = "button",
	[EVENT_MIC_LOST] = "mic_lost",
	[EVENT_MIC_BACK] = "mic_back",
	[EVENT_CLOCK_JUMP] = "clock_jump",
	[EVENT_SPEAKER_LOST] = "speaker_lost",
};

static const char *const actions[] = {
	[ACTION_SAY] = "say",
	[ACTION_PREPARE] = "prepare",
	[ACTION_TONE] = "tone",
	[ACTION_HUSH] = "hush",
	[ACTION_TONES_OFF] = "tones_off",
	[ACTION_SOFTEN] = "soften",
	[ACTION_VOLUME] = "volume",
	[ACTION_LISTEN] = "listen",
	[ACTION_STEP] = "step",
	[ACTION_PRESSURE] = "pressure",
	[ACTION_STOPPED] = "stopped",
	[ACTION_END] = "end",
};

_Static_assert(sizeof(whys) / sizeof(whys[0]) == WHY_COUNT, "one name per why");
_Static_assert(sizeof(reasons) / sizeof(reasons[0]) == END_REASON_COUNT, "one name per reason");
_Static_assert(sizeof(events) / sizeof(events[0]) == EVENT_KIND_COUNT, "one name per event");
_Static_assert(sizeof(actions) / sizeof(actions[0]) == ACTION_KIND_COUNT, "one name per action");

const char *why_name(enum why why)
{
	return (size_t)why < WHY_COUNT ? whys[why] : "none";
}

const char *end_reason_name(enum end_reason reason)
{
	return (size_t)reason < END_REASON_COUNT ? reasons[reason] : "none";
}

const char *event_kind_name(enum event_kind kind)
{
	return (size_t)kind < EVENT_KIND_COUNT ? events[kind] : "none";
}

const char *action_kind_name(enum action_kind kind)
{
	return (size_t)kind < ACTION_KIND_COUNT ? actions[kind] : "none";
}

void engine_init(struct engine *engine, const struct script *script, const char *const *phrases,
		const struct engine_options *options)
{
	*engine = (struct engine){
		.script = script,
		.phrases = phrases,
		.options = *options,
		.mode = ENGINE_IDLE,
		.microphone = options->microphone,
		.context = UINT8_MAX,
		.volume_db = options->volume_db,
		.flow = {
			.candidate = -1,
			.refusal = PHRASE_COUNT,
			.deaf = !options->microphone,
			.light = !options->microphone,
			.before = -1,
			.after = -1,
		},
		.pressure = {
			.ceiling = PRESSURE_CEILING_DEFAULT,
			.level = PRESSURE_START,
			.rating = -1,
			.ask_due = FRAMES_NEVER,
			.comfort_due = FRAMES_NEVER,
			.comfort_left = frames_from_ms(COMFORT_AFTER_MS),
		},
		.stop = { .quiet = FRAMES_NEVER },
	};
	wait_clear(&engine->wait);
	inquiry_close(engine);
}

static void start(struct turn *t)
{
	struct engine *e = t->engine;

	if (e->mode != ENGINE_IDLE) {
		return;
	}
	e->mode = ENGINE_RUNNING;
	if (e->volume_db != 0) {
		turn_volume(t, e->volume_db);
	}
	if (!e->microphone) {
		turn_say(t, turn_phrase(e, PHRASE_MIC_ABSENT), NULL);
	}
	flow_go(t, 0);
}

static void change_volume(struct turn *t, int32_t step_db)
{
	const int32_t volume_db = t->engine->volume_db + step_db;

	if (volume_db > VOLUME_MAX_DB) {
		turn_aside(t, PHRASE_LOUDEST, NULL);
	} else if (volume_db < VOLUME_MIN_DB) {
		turn_aside(t, PHRASE_QUIETEST, NULL);
	} else {
		turn_volume(t, volume_db);
		turn_aside(t, step_db > 0 ? PHRASE_LOUDER : PHRASE_QUIETER, NULL);
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

/* What means the same whether the session runs or is paused; false: nothing of that kind. */
static bool common_command(struct turn *t)
{
	switch ((int)t->event->intent) {
	case INTENT_STOP:
		stop_begin(t, WHY_STOP);
		return true;
	case INTENT_PAIN:
		stop_begin(t, WHY_PAIN);
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
	default:
		return false;
	}
}

/* A rest is over when the person says so. */
static void ready(struct turn *t)
{
	if (t->engine->flow.phase == FLOW_RESTING) {
		turn_hush(t);
		flow_next(t);
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
	case INTENT_READY:
		ready(t);
		break;
	case INTENT_FOUND:
		pace_found(t);
		break;
	case INTENT_EASING:
		pace_easing(t);
		break;
	case INTENT_GUARDING:
		guarding(t);
		break;
	case INTENT_ASK:
		turn_aside(t, PHRASE_NOT_NOW, NULL);
		break;
	default: /* continue, yes, no ...: nothing was asked */
		break;
	}
}

static void running_heard(struct turn *t)
{
	const enum intent intent = t->event->intent;
	const bool rehearsed = intent == INTENT_STOP && flow_rehearses(t->engine, INTENT_STOP);

	if ((intent == INTENT_STOP || intent == INTENT_PAIN) && !rehearsed) {
		(void)common_command(t);
	} else if (!flow_answer(t) && !inquiry_answer(t) && !common_command(t)) {
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
		turn_aside(t, PHRASE_FIRST_STEP, NULL);
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
		if (e->pressure.target > 0 && event->value >= PRESSURE_RELEASE) {
			e->pressure.rating = event->value;
			stop_begin(t, WHY_RATING);
		}
		break;
	case INTENT_FIRMER:
		turn_aside(t, PHRASE_NOT_NOW, NULL);
		break;
	case INTENT_ASK:
		turn_aside(t, PHRASE_CANNOT_ANSWER, NULL);
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
		return true;
	case INTENT_FIRMER:
		return event->sure || (e->mode == ENGINE_RUNNING && e->pressure.target > 0);
	default:
		return event->sure;
	}
}

static void heard(struct turn *t)
{
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

static void mic_lost(struct turn *t)
{
	struct engine *e = t->engine;
	const bool had = e->microphone;

	e->microphone = false;
	if (had && e->mode == ENGINE_RUNNING) {
		pause_fault(t, WHY_MIC, PHRASE_MIC_LOST);
	} else if (had && (e->mode == ENGINE_PAUSED || e->mode == ENGINE_STOPPED)) {
		turn_aside(t, PHRASE_MIC_LOST, NULL);
	}
}

static void mic_back(struct turn *t)
{
	struct engine *e = t->engine;

	if (e->microphone) {
		return;
	}
	e->microphone = true;
	if (e->mode == ENGINE_PAUSED) {
		turn_aside(t, PHRASE_MIC_BACK, NULL);
		quiet_begin(e);
	}
}

/* The utterance that something waited for has left the loudspeaker. */
static void main_said(struct turn *t, frames_t at)
{
	struct engine *e = t->engine;

	wait_clear(&e->wait);
	switch (e->mode) {
	case ENGINE_RUNNING:
		flow_said(t, at);
		break;
	case ENGINE_STOPPED:
		stop_said(t, at);
		break;
	case ENGINE_ENDING:
		end_now(t, e->reason);
		break;
	case ENGINE_IDLE:
	case ENGINE_PAUSED:
	case ENGINE_OVER:
		break;
	}
}

/* Utterances leave in order: a later one covers those whose report was lost. */
static bool covers(const struct event *event, const struct engine_wait *wait)
{
	return wait->utterance != 0 && wait->utterance <= event->utterance;
}

static void said(struct turn *t)
{
	struct engine *e = t->engine;
	const struct event *event = t->event;

	if (event->utterance <= e->hushed || event->utterance > e->utterance) {
		return;
	}
	if (covers(event, &e->inquiry.wait)) {
		inquiry_said(t, event->at);
	}
	if (covers(event, &e->wait)) {
		main_said(t, event->at);
	}
}

static void main_due(struct turn *t)
{
	struct engine *e = t->engine;

	if (!wait_over(e, &e->wait)) {
		return;
	}
	if (e->wait.utterance != 0) {
		main_said(t, e->now);
		return;
	}
	wait_clear(&e->wait);
	if (e->mode == ENGINE_STOPPED) {
		stop_due(t);
	} else if (e->mode == ENGINE_RUNNING) {
		flow_due(t);
	}
}

static void side_due(struct turn *t)
{
	struct engine *e = t->engine;

	if (!wait_over(e, &e->inquiry.wait)) {
		return;
	}
	if (e->inquiry.wait.utterance != 0) {
		inquiry_said(t, e->now);
	} else {
		inquiry_due(t);
	}
}

/* Does the one thing that is due first in this order. */
static void one_due(struct turn *t)
{
	struct engine *e = t->engine;

	if (e->stop.quiet <= e->now) {
		quiet_due(t);
	} else if (e->inquiry.wait.due <= e->now) {
		side_due(t);
	} else if (e->wait.due <= e->now) {
		main_due(t);
	} else {
		pace_tick(t);
		pressure_tick(t);
	}
	flow_settle(t);
}

/* A very late tick finds much to do; what does not fit is left for the next, which is due now. */
static void tick(struct turn *t)
{
	for (int i = 0; i < TICK_THINGS && t->count + TICK_ROOM < ENGINE_ACTIONS_MAX; i++) {
		if (engine_deadline(t->engine) > t->engine->now) {
			return;
		}
		one_due(t);
	}
}

static void dispatch(struct turn *t)
{
	struct engine *e = t->engine;

	switch (t->event->kind) {
	case EVENT_START:
		start(t);
		break;
	case EVENT_TICK:
		tick(t);
		break;
	case EVENT_SAID:
		said(t);
		break;
	case EVENT_HEARD:
		heard(t);
		break;
	case EVENT_SPEECH_ONSET:
		e->onset = e->now;
		break;
	case EVENT_BUTTON:
		stop_button(t);
		break;
	case EVENT_MIC_LOST:
		mic_lost(t);
		break;
	case EVENT_MIC_BACK:
		mic_back(t);
		break;
	case EVENT_CLOCK_JUMP:
		if (e->mode == ENGINE_RUNNING) {
			pause_fault(t, WHY_CLOCK, PHRASE_CLOCK_JUMP);
		}
		break;
	case EVENT_SPEAKER_LOST:
		if (e->mode != ENGINE_IDLE) {
			stop_speaker(t);
		}
		break;
	case EVENT_KIND_COUNT:
		break;
	}
}

size_t engine_step(struct engine *engine, const struct event *event,
		struct action out[static ENGINE_ACTIONS_MAX])
{
	struct turn t = { .engine = engine, .event = event, .out = out };

	if (engine->mode == ENGINE_OVER) {
		return 0;
	}
	if (event->at > engine->now) {
		engine->now = event->at;
	}
	dispatch(&t);
	flow_settle(&t);
	turn_listen(&t);
	return t.count;
}

frames_t engine_deadline(const struct engine *engine)
{
	frames_t due = earlier(engine->wait.due, engine->stop.quiet);

	if (engine->mode == ENGINE_IDLE || engine->mode == ENGINE_OVER) {
		return FRAMES_NEVER;
	}
	due = earlier(due, engine->inquiry.wait.due);
	if (engine->mode == ENGINE_RUNNING) {
		due = earlier(due, pace_deadline(engine));
		due = earlier(due, pressure_deadline(engine));
	}
	return due;
}

void engine_look(const struct engine *engine, struct engine_view *out)
{
	*out = (struct engine_view){
		.mode = engine->mode,
		.step = flow_step(engine),
		.target = engine->mode == ENGINE_RUNNING ? engine->pressure.target : 0,
		.ceiling = pressure_ceiling(engine),
		.rating = engine->pressure.rating,
		.left = engine->mode == ENGINE_OVER ? 0 : flow_left(engine),
		.before = engine->flow.before,
		.after = engine->flow.after,
	};
}
