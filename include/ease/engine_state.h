/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * engine_state.h - the fields of struct engine, so that it can be a value; private to src/core.
 * Included by ease/engine.h only.
 */
#ifndef EASE_ENGINE_STATE_H
#define EASE_ENGINE_STATE_H

#define ENGINE_STEPS_MAX 512 /* whose holds are counted one by one */

/* One wait: first for the end of an utterance, then for a moment or for an answer. */
struct engine_wait {
	uint32_t utterance; /* not yet SAID; 0: it was, or there was none */
	frames_t due;       /* when the wait is over; FRAMES_NEVER: nothing is waited for */
	frames_t latest;    /* a word that is just beginning moves due no further than this */
};

enum flow_phase {
	FLOW_NONE,      /* before the first step */
	FLOW_SAYING,    /* the text of a say or a unit */
	FLOW_RESTING,   /* the silence after a say */
	FLOW_ASKING,    /* a question or a rehearsal: its text, then the wait for an answer */
	FLOW_ANSWERING, /* .answer is being answered to, then its outcome */
	FLOW_PASSING,   /* a last word on this step, or a wait for it; then step .next */
	FLOW_SEEKING,   /* a spot to hold is looked for */
	FLOW_PACING,    /* the unit's tones */
	FLOW_CLOSING,   /* the unit is over; an open inquiry is heard out */
};

/* A place that is held, S86. */
struct engine_spot {
	uint8_t holds;
	frames_t over; /* when the last one was left */
};

#define ENGINE_SPOTS 12 /* sides by areas */

struct engine_flow {
	enum flow_phase phase;
	size_t step;          /* index; step_count: none left */
	size_t next;          /* FLOW_PASSING: where it leads */
	const char *resay;    /* what is being said, or its short form, in case it is cut */
	uint32_t preface;     /* the utterance before the text of a deep unit, or 0 */
	size_t answer;        /* FLOW_ANSWERING: index */
	int32_t value;        /* FLOW_ANSWERING, FLOW_PASSING: the rating, or -1 */
	int32_t candidate;    /* an unsure number that was asked back, or -1 */
	int32_t asked;        /* how often the present question went unanswered */
	int32_t rounds;       /* how often an answer led back to the question */
	size_t reached;       /* the steps before this one were entered */
	frames_t left;        /* of a rest or that a pause interrupted; 0: all of it */
	bool closing_asked;   /* FLOW_CLOSING: the last rating of the unit was asked for */
	enum phrase refusal;  /* why the step just left was not run; PHRASE_COUNT: it was */
	bool told_stop_signs; /* S163 */
	bool stop_heard;      /* the stop word was, in its rehearsal: deep units may run */
	bool unclear;         /* a rehearsal failed: they may not */
	bool loud;            /* the word hardly stood above the noise: the same */
	int32_t faint; /* so many words in a row stood as low; FAINT_WORDS: the same, until one is
			  clear */
	int32_t voice_db;     /* how loud the last clear word was; 0: there was none */
	frames_t noisy_since; /* since when the room would drown it, or FRAMES_NEVER */
	bool word_failed;     /* the person's own word was not heard: "stop" is used */
	bool warm;            /* a warming unit was finished */
	bool heat;            /* a pad or a towel may still be on */
	size_t heated;        /* "back" leads no further: warmth was begun just before (S56) */
	bool light;           /* light touch for the whole session */
	bool side_lying;      /* the side-lying form of the session */
	uint32_t facts;       /* of ease/memory.h, as they were answered */
	int32_t before;       /* comfort before and after, or -1 */
	int32_t after;
	bool sought; /* the spot of the present step was found, or looked for long enough */
	struct engine_spot spots[ENGINE_SPOTS];
	bool worked;                     /* the present deep step was counted in .holds */
	uint8_t holds[ENGINE_STEPS_MAX]; /* how often each deep step was worked; HOLD_OVER */
	bool done[ENGINE_STEPS_MAX];     /* of each step: its turn came, and it was not refused */
	size_t had;                      /* the steps before this one had their turn */
};

/* What is left out where the session began anew with little time left: each with those before. */
enum fit_cut {
	CUT_NOTHING,
	CUT_WARMING, /* it was warmed up before */
	CUT_WORK,    /* all but the finish */
	CUT_ALL,
};

/* S107-S130: a session of the length that was wished for. */
struct engine_fit {
	int32_t minutes; /* as wished; 0: as it is written */
	bool made;
	bool measured;   /* .is_short is */
	bool is_short;   /* S129, S218: it stays so */
	size_t bare;     /* from this step on work that is optional is left out */
	uint8_t areas;   /* of AREA_COUNT, by their rank; those beyond are left out */
	size_t from;     /* the steps before this one are done, or begun */
	uint8_t cut;     /* an enum fit_cut: of the steps from there on */
	frames_t worked; /* touch and stretches so far, as long as they really took */
	uint16_t amount[ENGINE_STEPS_MAX]; /* strokes or seconds of a step; 0: as written */
};

struct engine_pace {
	bool running;        /* tones are being scheduled */
	bool closed;         /* the last of them was; .end is known */
	bool found;          /* the spot was found: the hold began anew, once */
	int32_t stroke_ms;   /* one stroke or one half-breath */
	int32_t promised_ms; /* at which the next stroke was found to fit */
	int32_t left;        /* strokes not yet scheduled; by time: -1 */
	frames_t rest;       /* by time: what was left at .anchor */
	frames_t spent;      /* by time: what was used up before .anchor */
	frames_t anchor;     /* the first frame of this run */
	frames_t next;       /* the first frame of the next stroke */
	frames_t ends[2];    /* of the two strokes scheduled last */
	frames_t end;        /* of the unit */
	frames_t stilled;    /* by time: when it was cut; 0: it was not */
	size_t cue;          /* the next to be said */
	int32_t wish_ms[2];  /* "slower" and "faster" so far: strokes, half-breaths; 0: none */
};

struct engine_pressure {
	int32_t ceiling;       /* the person's own */
	int32_t level;         /* the target of touch; rises by "firmer" only */
	int32_t target;        /* the same while a touch unit runs, else 0 */
	int32_t rating;        /* the last, or -1 */
	bool rated;            /* that rating is of this area and of this target */
	int32_t firmer;        /* how often granted in this area */
	int32_t reductions;    /* in this session */
	bool told_option;      /* S125, S142 */
	bool offered;          /* S82: one more was, in this hold */
	bool silent_here;      /* no answer came in this area */
	int32_t silent_areas;  /* in a row */
	bool stop_cue;         /* S137 */
	frames_t ask_due;      /* a rating is to be asked for */
	frames_t comfort_due;  /* the comfort question is */
	frames_t comfort_left; /* touch until the next comfort question, while none runs */
	double soften_db;      /* as last sent */
};

enum inquiry_kind {
	INQUIRY_NONE,
	INQUIRY_RATING,  /* a number from 0 to 10 */
	INQUIRY_NUMBER,  /* which of two numbers */
	INQUIRY_COMFORT, /* all comfortable? */
	INQUIRY_FIRMER,  /* did you say firmer? */
	INQUIRY_MORE,    /* a little more? (S82) */
};

/* A question over the tones of a unit. */
struct engine_inquiry {
	enum inquiry_kind kind;
	struct engine_wait wait;
	bool again; /* it was asked twice */
	int32_t value;
	int32_t other;
};

/* S116: the giver is to look at the receiver. */
struct engine_watch {
	frames_t due; /* FRAMES_NEVER: nobody has touched anybody yet */
	bool said;
};

enum stop_stage {
	STOP_NONE,
	STOP_RELEASING, /* "lift your hands away" */
	STOP_HURT,      /* question 1 */
	STOP_GONE,      /* question 1 after a sharp pain or numbness: has it gone? */
	STOP_SIGNS,     /* question 2 */
	STOP_MORE,      /* question 2 where it has gone: was there more? */
	STOP_PLAIN,     /* waits for "continue" */
	STOP_COMFORT,   /* the comfort question of "continue" */
};

struct engine_stop {
	enum stop_stage stage;
	bool pain;       /* counts as "yes" to question 1 */
	enum sign sign;  /* the worst that was named */
	bool again;      /* the question was asked twice */
	frames_t quiet;  /* paused or plainly stopped: when somebody is asked for */
	bool quiet_said; /* they were */
};

struct engine {
	const struct script *script;
	const char *const *phrases;
	struct engine_options options;
	enum engine_mode mode;
	enum end_reason reason; /* ENGINE_ENDING */
	const char *last_words; /* the same: what is being said, or NULL */
	bool grave;             /* the same: they tell to seek help */
	bool waits;             /* the same: and may be asked for again when they were said */
	bool microphone;
	frames_t now;
	frames_t onset;        /* when somebody last began to speak */
	frames_t speech_until; /* estimate of when all that was said has left */
	uint32_t utterance;    /* the last one given out */
	uint32_t said;         /* the last one that is over */
	uint8_t context;       /* last listened for */
	int32_t volume_db;
	bool wished; /* the volume was, by the person */
	int32_t volume_wish;
	struct engine_wait wait; /* of the flow, of a stop, of the end */
	struct engine_flow flow;
	struct engine_fit fit;
	struct engine_pace pace;
	struct engine_pressure pressure;
	struct engine_inquiry inquiry;
	struct engine_watch watch;
	struct engine_stop stop;
};

#endif
