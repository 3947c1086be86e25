/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * translate.h - between the rooms: what the adapters report becomes engine events, what the engine
 * wants becomes adapter calls, and everything that happens becomes a note. The one file that knows
 * both languages.
 *
 * The engine's utterances and those of easectl share one row of rising ids, which the speech ring
 * needs; the log shows these. Main thread only; time is an argument (frames played).
 */
#ifndef EASE_DAEMON_TRANSLATE_H
#define EASE_DAEMON_TRANSLATE_H

#include "mask.h"
#include "note.h"

#include "ease/callback.h"
#include "ease/ears.h"
#include "ease/engine.h"
#include "ease/speech.h"

/* Where the actions go: the adapters of a running daemon, or a test. */
struct stage {
	void *arg;
	enum status (*say)(void *arg, uint32_t utterance, const char *text, frames_t at);
	void (*prepare)(void *arg, const char *text);
	void (*cancel)(void *arg, uint32_t utterance);
	void (*command)(void *arg, const struct command *command);
	void (*context)(void *arg, uint8_t context);
	void (*note)(void *arg, const struct note *note);
};

#define UTTERANCES_MAX 64 /* said to the adapters and not over */

struct utterance {
	uint32_t id;
	uint32_t engine; /* the engine's id; 0: not the engine's */
	bool begun;
	bool refused;     /* the adapter did not take it: over at the next turn */
	const char *step; /* the name of the step whose own text it is, or NULL */
	char text[TEXT_MAX];
};

/* Fields are private to translate.c. */
struct translate {
	const struct stage *stage;
	const char *const *phrases;
	struct engine engine;
	struct utterance waiting[UTTERANCES_MAX]; /* in the order of their ids */
	size_t waiting_count;
	uint32_t newest; /* the last id given */
	uint32_t hushed; /* ids up to here were hushed */
	frames_t origin; /* the frame at which the session began */
	frames_t last;   /* the time of the last event */
	const struct step *step;
	int32_t target;
	bool running; /* a session, from its start to its end note */
	bool ending;  /* ACTION_END has come */
	bool hushing; /* a hush was sent and not reported */
	bool duck;
	frames_t duck_until;
	struct mask mask;
	struct hearing heard; /* the last that meant something */
	frames_t end_at;
	enum end_reason reason;
};

/* stage and phrases (PHRASE_COUNT entries) are borrowed. */
void translate_init(
		struct translate *translate, const struct stage *stage, const char *const *phrases);

/* Begins a session at frame now; script is borrowed until it is over. None may be running. */
void translate_start(struct translate *translate, const struct script *script,
		const struct engine_options *options, frames_t now);

void translate_report(struct translate *translate, const struct report *report);
/* Where a word of an utterance stands; all that are known before the reports of this time. */
void translate_word(struct translate *translate, const struct speech_word *word);

/* Whether hearing is no more than the coach's own voice: then it is the end of speech that meant
 * nothing. */
bool translate_is_own_voice(const struct translate *translate, const struct hearing *hearing);
void translate_hearing(struct translate *translate, const struct hearing *hearing, frames_t now);

/* An event without further figures: the button, a fault. */
void translate_event(struct translate *translate, enum event_kind kind, frames_t now);

/* How loud the room is without a word, as the ears have it. */
void translate_noise(struct translate *translate, int32_t noise_db, frames_t now);

/* An intent that easectl brings: as if it had been heard, and sure. */
void translate_intent(struct translate *translate, enum intent intent, int32_t value, frames_t now);

/* Says something of the daemon's own, after all that was said before. */
EASE_NODISCARD enum status translate_say(struct translate *translate, const char *text);

/* Everything that is due by now; returns whether anything was done. Call it after the reports and
 * hearings of this time. */
bool translate_tick(struct translate *translate, frames_t now);

/* Whether a session runs, its last words included. */
bool translate_running(const struct translate *translate);

/* How the last session ended; only when none is running. */
enum end_reason translate_reason(const struct translate *translate);

/* Session time of frame now. */
frames_t translate_time(const struct translate *translate, frames_t now);

/* The step that runs, or NULL. */
const struct step *translate_step(const struct translate *translate);

void translate_look(const struct translate *translate, struct engine_view *out);

#endif
