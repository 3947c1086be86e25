/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine.h - the session engine: events in, actions out.
 *
 * The engine is a pure state machine. It reads no clock, does no I/O, starts no thread and
 * allocates nothing; time reaches it only as event.at, in frames played. The same script and the
 * same events always give the same actions, so a journal of events is a complete recording of a
 * session. A struct engine is a value: it may be copied, compared and thrown away.
 *
 * Utterances are said one after another in the order of their ids; a SAID covers all before it, and
 * one that never comes is given up after a while. Tones come one stroke at a time, 0.6 s ahead;
 * what would lie in the past is left out, and nothing else moves. A stop of any kind begins with
 * HUSH and STOPPED. A SAY that is not to wait has .at 0.
 */
#ifndef EASE_ENGINE_H
#define EASE_ENGINE_H

#include "ease/clock.h"
#include "ease/phrase.h"
#include "ease/script.h"
#include "ease/text.h"
#include "ease/tone_kind.h"
#include "ease/voice.h"

#define ENGINE_ACTIONS_MAX 48 /* the most that one event can cause */

enum event_kind {
	EVENT_START,
	EVENT_TICK,         /* the deadline passed */
	EVENT_SAID,         /* the utterance with this id has left the mixer, or was cut */
	EVENT_HEARD,        /* the listener, or easectl, brings an intent */
	EVENT_SPEECH_ONSET, /* somebody began to speak (no word yet): a wait for an answer is not
			       cut short */
	EVENT_BUTTON,   /* Enter, SIGINT, SIGTERM, easectl stop: hands away, and the session ends */
	EVENT_MIC_LOST, /* nothing from the microphone, or the recogniser is dead */
	EVENT_MIC_BACK,
	EVENT_CLOCK_JUMP,   /* the output slipped or the clock jumped */
	EVENT_NOISE,        /* how loud the room is without a word, some times a second */
	EVENT_SPEAKER_LOST, /* nothing can be heard any more: the session ends with a fault */
	EVENT_KIND_COUNT,
};

struct event {
	enum event_kind kind;
	frames_t at;        /* never less than that of the event before */
	uint32_t utterance; /* EVENT_SAID */
	bool cut;           /* EVENT_SAID: hushed before its end */
	enum intent intent; /* EVENT_HEARD */
	int32_t value;      /* EVENT_HEARD: rating, topic, session; else -1 */
	int32_t other;      /* EVENT_HEARD: the second candidate of an unsure rating, else -1 */
	bool sure;          /* EVENT_HEARD: false: between the doubt and the accept threshold */
	bool own;           /* EVENT_HEARD of a stop: it was the person's own safe word */
	int32_t snr_db;   /* EVENT_HEARD: how far it stood above the noise; 0: not measured, as what
			     easectl brings: not clear */
	int32_t noise_db; /* EVENT_HEARD that was measured, EVENT_NOISE: the noise itself */
};

enum action_kind {
	ACTION_SAY,       /* speak .text with .args from frame .at on; answer with EVENT_SAID */
	ACTION_PREPARE,   /* this will be said soon: synthesise it now */
	ACTION_TONE,      /* one tone at frame .at, .length long */
	ACTION_HUSH,      /* fade out and drop all speech and tones, said or scheduled */
	ACTION_TONES_OFF, /* the same for tones only; speech goes on */
	ACTION_CUT,       /* the same for speech only; tones go on */
	ACTION_SOFTEN,    /* level of the tones to .gain_db, with a ramp */
	ACTION_VOLUME,    /* level of everything to .gain_db, with a ramp */
	ACTION_LISTEN,    /* from now on .context can be heard */
	ACTION_STEP,      /* for the log: .step began at .target */
	ACTION_PRESSURE,  /* for the log: the target went .from -> .target, .why */
	ACTION_STOPPED,   /* for the log and the journal: .why, .step, .rating (S162) */
	ACTION_REHEARSED, /* for the log: what came of .rehearsal */
	ACTION_ANSWER,    /* for the journal: .step was answered with .intent and .value, which led
			     to .outcome; .step NULL: topic .text was asked about, which does */
	ACTION_END, /* the session is over: .reason; nothing comes after it but what was SAID before
		     */
	ACTION_KIND_COUNT,
};

enum why {
	WHY_RATING,
	WHY_LIGHTER,
	WHY_FIRMER,
	WHY_GUARDING,
	WHY_SILENCE,
	WHY_UNSURE,
	WHY_COMFORT,
	WHY_UNIT, /* another unit's band */
	WHY_PAIN, /* the signs, in their order */
	WHY_SHARP,
	WHY_NUMB,
	WHY_SKIN,
	WHY_LEG,
	WHY_BODY,
	WHY_STOP,
	WHY_BUTTON,
	WHY_MIC,
	WHY_CLOCK,
	WHY_SPEAKER,
	WHY_COUNT,
};

enum end_reason {
	END_FINISHED,
	END_STOPPED,
	END_MEDICAL,
	END_REFUSED,
	END_FAULT,
	END_REASON_COUNT,
};

/* The words of the event log; never NULL. */
const char *why_name(enum why why);
const char *end_reason_name(enum end_reason reason);
const char *event_kind_name(enum event_kind kind);
const char *action_kind_name(enum action_kind kind);

/* A word that was practised before any touch. */
struct rehearsal {
	enum intent intent; /* INTENT_RATING or INTENT_STOP */
	bool own;           /* it was the person's own safe word */
	bool heard;         /* false: .tries times it was not */
	bool clear;         /* heard, and not too near to the noise (STOP_CLEAR_DB) */
	int32_t tries;
	int32_t snr_db; /* 0: not measured */
};

struct action {
	enum action_kind kind;
	uint32_t utterance;    /* SAY: rising from 1 */
	frames_t at;           /* SAY: not before; TONE: exactly */
	frames_t length;       /* TONE */
	enum tone_kind tone;   /* TONE */
	double gain_db;        /* SOFTEN, VOLUME: 0 is normal */
	uint8_t context;       /* LISTEN */
	const char *text;      /* SAY, PREPARE: a template borrowed from the script or the phrases;
				  ANSWER: a topic */
	struct text_args args; /* SAY, PREPARE */
	const struct step *step;    /* STEP, STOPPED; borrowed from the script */
	int32_t from;               /* PRESSURE */
	int32_t target;             /* PRESSURE, STEP; 0: no touch */
	int32_t rating;             /* STOPPED: the last rating, or -1 */
	enum why why;               /* PRESSURE, STOPPED */
	enum end_reason reason;     /* END */
	struct rehearsal rehearsal; /* REHEARSED */
	enum intent intent;         /* ANSWER: INTENT_NONE: with silence */
	int32_t value;              /* ANSWER: a rating, or -1 */
	const char *word;           /* ANSWER: what was chosen, or NULL */
	enum outcome outcome;       /* ANSWER */
};

struct engine_options {
	bool screened;         /* skip screening, consent and rehearsal, with their defaults */
	bool microphone;       /* false: there is none; deep units are refused and every question is
				  answered by the button or by silence */
	int32_t volume_db;     /* where "louder" and "quieter" begin */
	const char *word;      /* the person's own safe word, borrowed; NULL: "stop" alone */
	const char *emergency; /* the number to call, borrowed; NULL: "the emergency number" */
	uint32_t facts;        /* of ease/memory.h; 0: nothing is known of earlier sessions */
	bool light;            /* light touch for the whole session, from its beginning */
	const struct voice_answer *answers; /* by topic, borrowed */
	size_t answer_count;
	enum verbosity verbosity;
	enum measure measure; /* in which figures are said (S227) */
	int32_t level;        /* where pressure starts; 0: PRESSURE_START */
	int32_t minutes;      /* touch and stretches, 5 to 15; 0: as the session is written */
	enum work_kind work;  /* S175: gets more of the time than the rest */
	enum area area;       /* S175: is left out last */
};

enum engine_mode {
	ENGINE_IDLE,
	ENGINE_RUNNING,
	ENGINE_PAUSED,
	ENGINE_STOPPED, /* stopped by a word: questions, then continue or the end */
	ENGINE_ENDING,  /* the last words are being said */
	ENGINE_OVER,
};

/* What a caller may show of a running session. */
struct engine_view {
	enum engine_mode mode;
	const struct step *step; /* NULL before the first */
	int32_t target;          /* 0: no touch now */
	int32_t ceiling;
	int32_t rating; /* the last one, or -1 */
	frames_t left;  /* estimate of what remains */
	int32_t before; /* comfort before and after as asked for (S173), or -1 */
	int32_t after;
	bool pain;   /* it hurt, and nobody said yet that it is harmless; or the session ended for
			that */
	bool wished; /* "louder" or "quieter" was */
	int32_t volume_db; /* as it was wished last; a script's own changes do not count */
	int32_t minutes;   /* the same; 0: none were */
	enum verbosity verbosity;
};

#include "ease/engine_state.h" /* struct engine: its fields are private to src/core */

/* phrases has PHRASE_COUNT entries; both are borrowed for the engine's life. */
void engine_init(struct engine *engine, const struct script *script, const char *const *phrases,
		const struct engine_options *options);

/*
 * Feeds one event and writes the actions it causes, in order, to out, which has room for
 * ENGINE_ACTIONS_MAX. Returns their number.
 */
EASE_NODISCARD size_t engine_step(struct engine *engine, const struct event *event,
		struct action out[static ENGINE_ACTIONS_MAX]);

/* When the engine next wants an EVENT_TICK, or FRAMES_NEVER. A late tick moves no tone by itself.
 */
frames_t engine_deadline(const struct engine *engine);

void engine_look(const struct engine *engine, struct engine_view *out);

#endif
