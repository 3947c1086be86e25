/* SPDX-License-Identifier: GPL-3.0-or-later */
/* core_case.h - an engine on a table: feed it, let time pass, look at what it did. For tests. */
#ifndef EASE_TEST_CORE_CASE_H
#define EASE_TEST_CORE_CASE_H

#include "core/parts.h"

#include <string.h>

#define CASE_VOICE_MS 1000 /* every utterance takes this long */
#define CASE_LOG_MAX 4096

struct core_case {
	struct engine engine;
	const char *phrases[PHRASE_COUNT];
	frames_t now;
	frames_t busy;
	uint32_t said;   /* the last utterance reported */
	uint32_t spoken; /* the last one asked for */
	frames_t ends[CASE_LOG_MAX];
	struct action log[CASE_LOG_MAX]; /* all actions so far */
	frames_t when[CASE_LOG_MAX];
	size_t logged;
};

static inline void case_init(struct core_case *c, const struct script *script,
		const struct engine_options *options)
{
	memset(c, 0, sizeof *c);
	for (size_t i = 0; i < PHRASE_COUNT; i++) {
		c->phrases[i] = phrase_key((enum phrase)i);
	}
	engine_init(&c->engine, script, c->phrases, options);
}

static inline void case_feed(struct core_case *c, struct event event)
{
	struct action out[ENGINE_ACTIONS_MAX];
	size_t count;

	event.at = c->now;
	count = engine_step(&c->engine, &event, out);
	for (size_t i = 0; i < count && c->logged < CASE_LOG_MAX; i++) {
		if (out[i].kind == ACTION_SAY) {
			c->busy = (c->busy < c->now ? c->now : c->busy) +
				  frames_from_ms(CASE_VOICE_MS);
			c->spoken = out[i].utterance;
			c->ends[c->spoken % CASE_LOG_MAX] = c->busy;
		} else if (out[i].kind == ACTION_HUSH || out[i].kind == ACTION_CUT) {
			c->said = c->spoken;
			c->busy = c->now;
		}
		c->when[c->logged] = c->now;
		c->log[c->logged++] = out[i];
	}
}

static inline void case_start(struct core_case *c)
{
	case_feed(c, (struct event){ .kind = EVENT_START });
}

static inline void case_hear(struct core_case *c, enum intent intent, int32_t value)
{
	case_feed(c, (struct event){ .kind = EVENT_HEARD,
				     .intent = intent,
				     .value = value,
				     .other = -1,
				     .sure = true,
				     .snr_db = STOP_CLEAR_DB });
}

/* One thing that happens by itself; false when nothing will. */
static inline bool case_follow(struct core_case *c, frames_t late)
{
	const frames_t due = engine_deadline(&c->engine);
	struct event event = { .kind = EVENT_TICK };

	if (c->said < c->spoken && c->ends[(c->said + 1) % CASE_LOG_MAX] <= due) {
		event.kind = EVENT_SAID;
		event.utterance = ++c->said;
		if (c->ends[c->said % CASE_LOG_MAX] > c->now) {
			c->now = c->ends[c->said % CASE_LOG_MAX];
		}
	} else if (due == FRAMES_NEVER) {
		return false;
	} else if (due + late > c->now) {
		c->now = due + late;
	}
	case_feed(c, event);
	return true;
}

/* Lives on for that long. */
static inline void case_pass(struct core_case *c, int64_t ms)
{
	const frames_t until = c->now + frames_from_ms(ms);

	for (;;) {
		const frames_t due = engine_deadline(&c->engine);
		const bool says = c->said < c->spoken &&
				  c->ends[(c->said + 1) % CASE_LOG_MAX] <= until;
		if (!says && due > until) {
			break;
		}
		if (!case_follow(c, 0)) {
			break;
		}
	}
	c->now = until;
}

/* Until the unit's tones run; false when they never do. */
static inline bool case_pace(struct core_case *c)
{
	for (int i = 0; i < 1000; i++) {
		if (c->engine.mode == ENGINE_RUNNING && c->engine.pace.running) {
			return true;
		}
		if (!case_follow(c, 0)) {
			return false;
		}
	}
	return false;
}

/* How often it was said since entry from of the log. */
static inline size_t case_said(const struct core_case *c, size_t from, enum phrase phrase)
{
	size_t count = 0;

	for (size_t i = from; i < c->logged; i++) {
		count += c->log[i].kind == ACTION_SAY && c->log[i].text == c->phrases[phrase];
	}
	return count;
}

static inline size_t case_count(const struct core_case *c, size_t from, enum action_kind kind)
{
	size_t count = 0;

	for (size_t i = from; i < c->logged; i++) {
		count += c->log[i].kind == kind;
	}
	return count;
}

#endif
