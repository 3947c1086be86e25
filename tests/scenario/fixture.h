/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fixture.h - what the scenario tests share: a few short sessions, phrases that are their own keys,
 * and a stage on which the engine's voice takes two seconds an utterance.
 */
#ifndef EASE_TEST_FIXTURE_H
#define EASE_TEST_FIXTURE_H

#include "ease/engine.h"

#include <stdio.h>

#define STAGE_VOICE_MS 2000 /* every utterance takes this long */
#define STAGE_QUEUE_MAX 256
#define CLEAR_DB 30 /* how far what is heard stands above the noise */

/* "touch", "relax", "screen", "partner", "offer" or "long"; NULL for another name. */
const struct script *fixture_script(const char *name);

/* By enum phrase: "@key" and its figures, such as "@lighter {target}". */
const char *const *fixture_phrases(void);

/* One action as a line of a scenario, without newline. */
void fixture_print(const struct action *action, char *out, size_t size);

/* Waiting for the end of an utterance. */
struct spoken {
	uint32_t utterance;
	frames_t end;
};

/* The engine, its voice and its clock. A value: a copy goes on by itself. */
struct stage {
	struct engine engine;
	frames_t now;
	frames_t busy; /* the voice is, up to this frame */
	struct spoken queue[STAGE_QUEUE_MAX];
	size_t queued;
	bool mute; /* no EVENT_SAID any more */
	struct action actions[ENGINE_ACTIONS_MAX];
	size_t count; /* what the last event caused */
};

void stage_init(struct stage *stage, const char *script, const struct engine_options *options);
/* Feeds one event now. */
void stage_feed(struct stage *stage, struct event event);
/* When the next EVENT_SAID or EVENT_TICK is, or FRAMES_NEVER. */
frames_t stage_next(const struct stage *stage);
/* Moves to stage_next() and feeds what happens there, which is also returned. */
struct event stage_advance(struct stage *stage);

struct event heard(enum intent intent, int32_t value);

#endif
