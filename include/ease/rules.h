/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rules.h - the guide's figures, one source of truth: a loader refuses what lies outside, the
 * engine caps by them, prompts take their numbers from them. Each line of rules.c names its row of
 * the requirements.
 */
#ifndef EASE_RULES_H
#define EASE_RULES_H

#include "ease/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Both ends belong to the range; max 0 means that the figure does not apply. */
struct range {
	int32_t min;
	int32_t max;
};

enum who {
	WHO_SELF,
	WHO_PARTNER,
	WHO_COUNT,
};

/* What a unit may be: the technique decides which figures are legal. */
enum technique {
	TECHNIQUE_EFFLEURAGE_WARM_UP, /* S69-S72: partner, 4-6 strokes of 5-10 s */
	TECHNIQUE_EFFLEURAGE,         /* S107: partner, 6-8 strokes of 5-10 s */
	TECHNIQUE_EFFLEURAGE_FINISH,  /* S91: 60-120 s */
	TECHNIQUE_EFFLEURAGE_AFTER,   /* S83: three strokes after a trigger point */
	TECHNIQUE_PETRISSAGE,         /* S75-S76: 10-20 s, 2-3 times */
	TECHNIQUE_KNEADING,           /* S88: 30-60 s */
	TECHNIQUE_TRIGGER_POINT,      /* S81: 20-60 s */
	TECHNIQUE_FRICTION,           /* S87: 10-20 s */
	TECHNIQUE_PARTNER_STRETCH,    /* S90: 10-15 s */
	TECHNIQUE_BREATH_GLIDE,       /* S213: partner, a stroke of 5-7 s each half-breath */
	TECHNIQUE_CIRCLES,            /* S92: self, 60-120 s */
	TECHNIQUE_PALM_GLIDE,         /* S93-S95: self, 3-5 strokes of 3.3-5.0 s */
	TECHNIQUE_SELF_TRIGGER_POINT, /* S96: 20-30 s */
	TECHNIQUE_COMPRESSION,        /* S97: self, short controlled compressions */
	TECHNIQUE_BALL,               /* S98: 20-40 s */
	TECHNIQUE_ROLLER,             /* S99 */
	TECHNIQUE_STICK,              /* S100 */
	TECHNIQUE_GUN,                /* S101 */
	TECHNIQUE_KNEE_TO_CHEST,      /* S102: 20-30 s */
	TECHNIQUE_TRUNK_ROTATION,     /* S103: 10-15 s a side */
	TECHNIQUE_HAMSTRING,          /* S104: 20-30 s */
	TECHNIQUE_PELVIC_TILT,        /* S216: 10-15 s */
	TECHNIQUE_HEAT_BEFORE,        /* S56: 300-600 s */
	TECHNIQUE_HEAT_AFTER,         /* S165: 600-900 s */
	TECHNIQUE_BREATH,             /* S211: half-breaths of 4-7 s */
	TECHNIQUE_REST,               /* silence */
	TECHNIQUE_COUNT,              /* keep last */
};

/* What works besides hands: nothing else does (S54, S100, S101). */
enum tool {
	TOOL_NONE,
	TOOL_WARMTH, /* a warm towel or a heat pad */
	TOOL_BALL,
	TOOL_ROLLER,
	TOOL_STICK,
	TOOL_GUN,
	TOOL_COUNT,
};

struct rule {
	const char *name; /* the word in unit files: "palm_glide" */
	const char *row;  /* "S93-S95" */
	enum who who;     /* WHO_COUNT: both */
	bool touch;       /* hands or tools on the body */
	bool deep;        /* needs a finished warm-up, a heard stop word, no LIGHT flag */
	bool warms;       /* finishing it makes the tissue warm */
	bool stretch;     /* its text must say "breathe slowly" (S105) */
	bool spot;        /* one spot is looked for, held, and left to rest (S80, S86) */
	bool knot;        /* a trigger point: one more is offered, strokes follow (S82-S83) */
	enum tool tool;
	struct range stroke_ms; /* one stroke, or one half-breath */
	struct range count;     /* strokes, compressions or breaths */
	struct range repeats;
	struct range seconds;  /* the whole unit in one place, of one repeat */
	struct range pressure; /* band on the 0-10 scale */
};

/* The rule of a technique; never NULL for a valid technique. */
const struct rule *rule_of(enum technique technique);

/* The technique of that name, or TECHNIQUE_COUNT. */
enum technique technique_from_name(const char *name);

/* What people call it when they say what helped. */
enum work_kind {
	WORK_NONE,
	WORK_CIRCLES,
	WORK_GLIDES,
	WORK_KNEADING,
	WORK_PRESSURE, /* one place is pressed: holds, compressions, tools */
	WORK_STRETCHES,
	WORK_COUNT,
};

enum work_kind work_of(enum technique technique);
/* "circles" ...: the choices of scripts; never NULL. */
const char *work_name(enum work_kind work);

/* In which figures are said (S227). */
enum measure {
	MEASURE_IMPERIAL, /* inches, degrees Fahrenheit */
	MEASURE_METRIC,   /* centimetres, degrees Celsius */
	MEASURE_COUNT,
};

/*
 * The figure that texts call by this name, in tenths: "room", "sore_hours", or a technique. False:
 * there is none.
 */
bool figure_of(const char *text, size_t length, enum measure measure, struct range *tenths);

#define PRESSURE_MIN 1
#define PRESSURE_START 2           /* S131 */
#define PRESSURE_START_MAX 3       /* S131: also where more was fine last time */
#define PRESSURE_CEILING_DEFAULT 5 /* S132 */
#define PRESSURE_CAP 7             /* S132, S141 */
#define PRESSURE_LIGHT_MAX 3       /* S21: light touch for the whole session */
#define PRESSURE_RELEASE 8         /* S145: any rating from here on */
#define RATING_MAX 10
#define RERATE_WITHIN_MS 15000     /* S134, S143 */
#define COMFORT_EVERY_MS 120000    /* S147 */
#define FIRMER_PER_AREA 2          /* S138: the third is declined */
#define REDUCTIONS_BEFORE_OPTION 2 /* S125, S142 */
#define FIND_SPOT_MS 30000         /* S80: then the hold begins */
#define HOLDS_PER_SPOT 2           /* S86: in one session */
#define HOLD_AGAIN_AFTER_MS 120000 /* S86: from one hold on a spot to the next */
#define REHEARSAL_TRIES 3          /* S43 */
#define STOP_CLEAR_DB 18           /* S161: seven of ten are heard; 3 dB less: two of three */
#define FAINT_WORDS 2              /* S161: so many in a row, and no deep unit begins */
#define NOISY_AFTER_MS 3000        /* S161: so long, and no deep unit begins or goes on */
#define STOP_SILENCE_MS 500        /* S150 */
#define PAUSED_ASK_AFTER_MS 120000 /* design.md, section 3 */
#define TOUCH_MIN_S 300            /* S113 */
#define TOUCH_MAX_S 900
#define BEAT_MAX_MS 1800      /* inner beats are at most this far apart */
#define RETURN_MAX_MS 1000    /* S72: between two strokes */
#define SESSIONS_PER_DAY 2    /* S176 */
#define WORSE_AFTER_H 24      /* S178 */
#define SORE_AFTER_H 48       /* S179 */
#define REPORT_DAYS_ADVISE 10 /* S180 */
#define REPORT_DAYS_MAX 14    /* S180 */
#define COMFORT_IMPROVED 2    /* S180: points, of 10 */
#define WORSE_OVER 3          /* S181: sessions */
#define RETURNS_ADVISE 3      /* S182: times */

#endif
