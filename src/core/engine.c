/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine.c - which event goes where, and when the next one is due. */
#include "parts.h"

#include "ease/memory.h"

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
	[WHY_SHARP] = "sharp",
	[WHY_NUMB] = "numb",
	[WHY_SKIN] = "skin",
	[WHY_LEG] = "leg",
	[WHY_BODY] = "body",
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
	[EVENT_NOISE] = "noise",
	[EVENT_SPEAKER_LOST] = "speaker_lost",
};

static const char *const actions[] = {
	[ACTION_SAY] = "say",
	[ACTION_PREPARE] = "prepare",
	[ACTION_TONE] = "tone",
	[ACTION_HUSH] = "hush",
	[ACTION_TONES_OFF] = "tones_off",
	[ACTION_CUT] = "cut",
	[ACTION_SOFTEN] = "soften",
	[ACTION_VOLUME] = "volume",
	[ACTION_LISTEN] = "listen",
	[ACTION_STEP] = "step",
	[ACTION_PRESSURE] = "pressure",
	[ACTION_STOPPED] = "stopped",
	[ACTION_REHEARSED] = "rehearsed",
	[ACTION_ANSWER] = "answer",
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
		.volume_wish = options->volume_db,
		.flow = {
			.candidate = -1,
			.refusal = PHRASE_COUNT,
			.noisy_since = FRAMES_NEVER,
			.stop_heard = options->screened,
			.light = !options->microphone || options->light,
			.before = -1,
			.after = -1,
		},
		.pressure = {
			.ceiling = PRESSURE_CEILING_DEFAULT,
			.level = options->level > 0 ? options->level : PRESSURE_START,
			.rating = -1,
			.ask_due = FRAMES_NEVER,
			.comfort_due = FRAMES_NEVER,
			.comfort_left = frames_from_ms(COMFORT_AFTER_MS),
		},
		.watch = { .due = FRAMES_NEVER },
		.stop = { .quiet = FRAMES_NEVER },
		.fit = { .minutes = options->minutes },
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
	if (flow_is_touch(e) && !e->options.screened &&
			(e->options.facts & fact_bit(FACT_ENOUGH)) != 0) {
		answer_refuse(t, turn_phrase(e, PHRASE_ENOUGH_TODAY), false);
		return;
	}
	if (!e->microphone && flow_is_touch(e)) {
		turn_say(t, turn_phrase(e, PHRASE_MIC_ABSENT), NULL);
	}
	flow_go(t, 0);
}

static void mic_lost(struct turn *t)
{
	struct engine *e = t->engine;
	const bool had = e->microphone;

	e->microphone = false;
	if (had && e->mode == ENGINE_RUNNING) {
		pause_fault(t, WHY_MIC, PHRASE_MIC_LOST);
	} else if (had && e->mode == ENGINE_PAUSED) {
		turn_aside(t, PHRASE_MIC_LOST, NULL);
		quiet_begin(e);
	} else if (had && e->mode == ENGINE_STOPPED) {
		stop_mic_lost(t);
	}
}

static void mic_back(struct turn *t)
{
	struct engine *e = t->engine;

	if (e->microphone) {
		return;
	}
	e->microphone = true;
	e->options.microphone = true; /* there is one after all: its loss is a fault */
	if (e->mode == ENGINE_PAUSED) {
		turn_aside(t, PHRASE_MIC_BACK, NULL);
		quiet_begin(e);
	} else if (e->mode == ENGINE_STOPPED) {
		stop_mic_back(t);
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
		end_said(t, at);
		break;
	case ENGINE_IDLE:
	case ENGINE_PAUSED:
	case ENGINE_OVER:
		break;
	}
}

/* Utterances leave in order: a later one covers those whose report was lost. What was hushed is
 * not waited for any more, so that its report means nothing. */
static bool covers(const struct event *event, const struct engine_wait *wait)
{
	return wait->utterance != 0 && wait->utterance <= event->utterance;
}

static void said(struct turn *t)
{
	struct engine *e = t->engine;
	const struct event *event = t->event;

	if (event->utterance > e->utterance) {
		return;
	}
	if (event->utterance > e->said) {
		e->said = event->utterance;
	}
	if (!event->cut && e->flow.preface != 0 && e->flow.preface <= event->utterance) {
		e->flow.told_stop_signs = true;
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
	} else if (e->mode == ENGINE_ENDING) {
		end_now(t, e->reason);
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
		watch_tick(t);
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
		command_heard(t);
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
	case EVENT_NOISE:
		room_noise(t);
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
		due = earlier(due, watch_deadline(engine));
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
		.pain = stop_is_medical(engine),
		.wished = engine->wished,
		.volume_db = engine->volume_wish,
		.minutes = engine->fit.minutes,
		.verbosity = engine->options.verbosity,
	};
}
