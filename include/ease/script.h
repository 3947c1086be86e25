/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * script.h - a session as the engine runs it: a flat list of steps. load builds it from YAML
 * (scripts/ease-script.5 is the format), checks it against ease/rules.h, and owns the memory.
 *
 * Immutable once loaded; must outlive every engine that runs it. Lengths are milliseconds here
 * because people write them; the engine turns them into frames.
 */
#ifndef EASE_SCRIPT_H
#define EASE_SCRIPT_H

#include "ease/intent.h"
#include "ease/rules.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pace_kind {
	PACE_NONE,    /* silence for the unit's duration */
	PACE_STROKES, /* start, inner beats, turn, return; the last stroke closes with end */
	PACE_HOLD,    /* one soft continuous tone, end */
	PACE_BREATH,  /* glides: inhale, hold, exhale, hold */
};

struct pace {
	enum pace_kind kind;
	struct range stroke_ms; /* what "slower" and "faster" may reach; PACE_BREATH: one
				   half-breath */
	int32_t stroke_default_ms;
	int32_t return_ms;   /* PACE_STROKES: from turn to the next start; 0: none, turn is left out
			      */
	int32_t hold_in_ms;  /* PACE_BREATH: between inhale and exhale */
	int32_t hold_out_ms; /* PACE_BREATH: between exhale and the next inhale */
};

/* Something said while the tones go on. */
struct cue {
	int32_t at_percent; /* of the unit: 50 = half-way */
	const char *say;
};

struct unit {
	const char *name;  /* "palm-glide" */
	const char *title; /* spoken in recaps: "palm glides" */
	enum technique technique;
	enum who who;
	const char *hands;     /* as written; for people and for the event log */
	const char *direction; /* as written (C6: a property of the unit) */
	struct pace pace;
	struct range count;     /* strokes or breaths; max 0: by seconds */
	struct range seconds;   /* max 0: by count; of one repeat */
	struct range repeats;   /* S76: so often in one place; max 0: once */
	struct range pressure;  /* band; max 0: no touch */
	bool rated;             /* a rating is asked for during the unit (S77, S115) */
	const char *say_long;   /* first time in a session */
	const char *say_short;  /* again, or on the second side */
	const char *say_away;   /* S23: in place of both where a place is left out that it passes
				   over, so that hands keep away from it; NULL: it is left out */
	const struct cue *cues; /* by rising at_percent */
	size_t cue_count;
	const char *one_side; /* the unit that takes its place where a side is left out, or NULL:
				 then it is left out */
	const char *const *never; /* what is never allowed, as written: checked words */
	size_t never_count;
};

enum side {
	SIDE_NONE,
	SIDE_LEFT,
	SIDE_RIGHT,
};

/* Where on that side, S114; never the spine itself. */
enum area {
	AREA_NONE,
	AREA_WAIST,
	AREA_HIP,
	AREA_RIBS, /* below them */
	AREA_COUNT,
};

/* The word of scripts: "waist"; never NULL. */
const char *area_name(enum area area);

enum step_kind {
	STEP_SAY,      /* say, then be silent for rest_ms */
	STEP_ASK,      /* say, listen, follow the answer */
	STEP_REHEARSE, /* say, then hear the number or the stop word, REHEARSAL_TRIES times at the
			  most */
	STEP_UNIT,     /* say the unit's text, then pace it */
};

/* What an answer does besides being spoken to. Screening (S1-S46) is made of these. */
enum outcome {
	OUTCOME_NEXT,  /* the next step */
	OUTCOME_AGAIN, /* ask again */
	OUTCOME_GOTO,  /* step .go */
	OUTCOME_LIGHT, /* light touch for the whole session (S21), then next */
	OUTCOME_AVOID, /* the side or place of .facts is left out (S23); without one as LIGHT; then
			  next */
	OUTCOME_CLEARANCE, /* noted: what follows asks whether it may go on (S15-S19); then next */
	OUTCOME_REFUSE,    /* say why, end: refused; or first what is for whom FACT_REFUSED holds */
	OUTCOME_ADVISE,    /* REFUSE with "see a professional" */
	OUTCOME_URGENT,    /* REFUSE with emergency wording */
	OUTCOME_LOUDER,    /* volume up one step, ask again */
	OUTCOME_SIDE_LYING, /* S60: the side-lying form of the session, then next */
	OUTCOME_COUNT,
};

/* Where the value of an answered rating goes. */
enum store {
	STORE_NOTHING,
	STORE_CEILING, /* S132, capped */
	STORE_BEFORE,  /* comfort before, S173 */
	STORE_AFTER,
	/* what a later session must know, S159, S173-S182: yes, no or not sure */
	STORE_HELPED,  /* it did, or did not, S175 */
	STORE_CHECKED, /* a professional has looked at what stopped us, S159 */
	STORE_WORSE,   /* pain grew worse for more than a day, S178 */
	STORE_SORE,    /* still, after two days, S179 */
	STORE_BETTER,  /* than at the first report, S180 */
	STORE_CLEARED, /* a professional has looked at what does not get better, S180-S182 */
	STORE_ALMOND,  /* an allergy to it, S7 */
	STORE_GRAPESEED,
	STORE_COCONUT,
	/* what was chosen */
	STORE_WORK, /* what helped most, S175: a work_name() */
	STORE_AREA, /* the place that was best, S175: an area_name() */
	STORE_COUNT,
};

/* The word of scripts and of the journal: "before"; never NULL. */
const char *store_name(enum store store);
const char *outcome_name(enum outcome outcome);

struct answer {
	enum intent intent;  /* INTENT_RATING matches values in .values */
	struct range values; /* INTENT_RATING: both 0-10; INTENT_CHOICE: of the vocabulary */
	const char *say;     /* spoken before the outcome; may be NULL; {value} allowed */
	enum outcome outcome;
	size_t go;        /* OUTCOME_GOTO: index of a step */
	uint32_t facts;   /* of ease/memory.h, which hold from here on */
	const char *word; /* INTENT_CHOICE: its name; else NULL */
};

struct step {
	enum step_kind kind;
	const char *name;  /* the event log's "step"; unique in a session */
	const char *say;   /* STEP_UNIT: NULL, the unit's own text is said */
	int32_t rest_ms;   /* STEP_SAY: silence after it */
	int32_t volume_db; /* STEP_SAY: louder from here on by so much, -6 to 6; 0: as it is (S219)
			    */

	uint32_t when;      /* facts of ease/memory.h, one of which must hold; 0: always */
	uint32_t unless;    /* facts of which none may hold */
	uint32_t with;      /* not written: the side that is left out, and no other, or 0: S23 */
	const size_t *ties; /* steps of which one must be done: it was, or is yet to be; none: no
			       matter */
	size_t tie_count;

	/* STEP_ASK, STEP_REHEARSE */
	uint8_t context;   /* index into the vocabulary's contexts; also while a STEP_SAY rests */
	int32_t wait_ms;   /* for an answer, from the end of the question */
	uint8_t reprompts; /* how often the question is asked again, 0-2 */
	const struct answer *answers;
	size_t answer_count;
	size_t unanswered;    /* index into answers: what silence and "not sure" count as */
	enum intent screened; /* with --screened: taken as this answer, unspoken; INTENT_NONE: asked
				 anyway */
	enum store store;
	enum intent rehearse; /* STEP_REHEARSE: INTENT_RATING or INTENT_STOP */

	/* STEP_UNIT */
	const struct unit *unit;
	enum side side;
	enum area area;
	int32_t repeats; /* the work is done so often, without a word between; 0: once */
	bool short_form; /* say_short: the unit was said at length before, or this is the second
			    side */
	int32_t count;   /* strokes or breaths; 0: by ms */
	int32_t ms;      /* of one repeat; 0: by count */
	bool optional;   /* "no" to its offer skipped it; next always may */

	/* where it stands in its file, for messages */
	const char *path;
	int32_t line;
};

/* How much is said of units; questions, stops and what keeps safe are always said. */
enum verbosity {
	VERBOSITY_FULL,
	VERBOSITY_SHORT, /* the short forms, from the first time on */
	VERBOSITY_TONES, /* again, or on the second side: the title, then tones alone; deep units
			    and stretches keep their short form */
	VERBOSITY_COUNT,
};

/* What an enum words_wish makes of it. */
enum verbosity verbosity_wished(enum verbosity now, int32_t wish);

/* The minutes that a wish comes to: a number, or an enum length_wish; 5 to 15 (S113). */
int32_t length_wished(int64_t now, int32_t wish);

/* S175: in each place of a unit's steps that go from area to area, this one comes first. */
void script_favour(struct step *steps, size_t count, enum area area);

enum session_kind {
	SESSION_TOUCH,
	SESSION_RELAXATION, /* no touch: sleep is success, silence is never asked about */
};

struct script {
	const char *name;  /* "lower-back-hands" */
	const char *title; /* "Lower back with your own hands" */
	const char *about; /* one line for lists */
	const char *path;
	enum session_kind kind;
	enum who who;
	const struct step *steps;
	size_t step_count;
};

#endif
