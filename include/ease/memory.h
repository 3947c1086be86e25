/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * memory.h - what earlier sessions mean for the next one, S159, S173-S182. Pure: the past and the
 * time come in as values, facts and defaults come out.
 *
 * A fact is what a step may be conditional on ("when: soreness-due" in a script). Only sessions in
 * which somebody was touched count, but for the daily limit's sake also those that were cut off.
 * An answer "yes" to what is kept as better or cleared begins a new count of days, ratings and
 * returns: a person who is well again, or whom a professional has seen, is not asked for ever.
 */
#ifndef EASE_MEMORY_H
#define EASE_MEMORY_H

#include "ease/engine.h"
#include "ease/script.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fact {
	FACT_FIRST,     /* nobody was touched before */
	FACT_AGAIN,     /* somebody was */
	FACT_CLEAN,     /* S38: screened last time, alone, and nothing was flagged then or since */
	FACT_UNCHECKED, /* S159: a medical stop, or pain that grew worse, which nobody has checked
			 */
	FACT_WORSE_DUE, /* S178: 24 hours after a session, and not yet asked */
	FACT_SORE_DUE,  /* S179: 48 hours after the last session, and not yet denied */
	FACT_TEN_DAYS,  /* S180: 10 to 14 days since the first report, without improvement */
	FACT_TWO_WEEKS, /* S180: more than 14 */
	FACT_WORSENING, /* S181: comfort fell, or ratings rose, over three sessions */
	FACT_RETURNING, /* S182: relief did not last a day, three times */
	FACT_ENOUGH,    /* S176: two sessions today */
	FACT_SIDE_BEFORE, /* S175: lying on the side was right, in the session that worked */
	/* of the present session, as it was answered: */
	FACT_LIGHT,      /* S21, S119: light touch only */
	FACT_SIDE_LYING, /* S60, S120 */
	FACT_UNCHANGED,  /* S38: nothing new since a full screening that flagged nothing */
	FACT_REFUSED,    /* no massage, but no emergency: what needs no touch may be offered */
	FACT_LASTING,    /* S31-S34: the pain is not just of these days */
	FACT_HEALTH,     /* S15-S22: a condition, a medicine or a pregnancy */
	FACT_CONDITION,  /* S15-S18: needed clearance; never a roller (C8) */
	FACT_PREGNANT,   /* S19 */
	FACT_SKIN,       /* S23, S24: no heat, no hard tools */
	FACT_AVOID_LEFT, /* S23: this side is left out */
	FACT_AVOID_RIGHT,
	FACT_SKIN_CHANGED, /* S165: it has after the work, so no heat */
	FACT_AVOID_WAIST,  /* of a side that is left out only this place is; of both where no side
			      was named */
	FACT_AVOID_HIP,
	FACT_AVOID_RIBS,
	FACT_ALLERGY,   /* S7 */
	FACT_NO_ALMOND, /* not to be named, now or in a later session */
	FACT_NO_GRAPESEED,
	FACT_NO_COCONUT,
	FACT_COUNT,
};

_Static_assert(FACT_COUNT <= 32, "facts are bits of 32");

#define FACT_ANSWERED FACT_LIGHT /* from here on answers may make them hold */

/* "first" ...: the words of scripts; never NULL for a fact. */
const char *fact_name(enum fact fact);

static inline uint32_t fact_bit(enum fact fact)
{
	return UINT32_C(1) << fact;
}

enum reply {
	REPLY_NONE, /* not asked, or silence */
	REPLY_NO,
	REPLY_YES,
	REPLY_NOT_SURE,
	REPLY_COUNT,
};

/* An earlier session. Ratings and pressures are -1 where they are unknown. */
struct memory_session {
	int64_t begun;          /* seconds since 1970, UTC */
	int32_t utc_offset;     /* seconds */
	int32_t seconds;        /* it lasted */
	bool touched;           /* hands or tools began to work */
	bool screened;          /* the questions before it were left out */
	bool partner;           /* it was asked of the one who was worked on: not known whom */
	bool flagged;           /* an answer limited or refused it */
	enum end_reason reason; /* END_REASON_COUNT: it was cut off */
	int32_t level;          /* the last pressure target */
	int32_t rating;         /* the last pressure rating */
	int32_t before;         /* comfort, 0-10 */
	int32_t after;
	int32_t ceiling;
	bool wished; /* .volume_db was, by "louder" or "quieter" */
	int32_t volume_db;
	int32_t minutes;   /* as they were wished; 0: they were not */
	int32_t verbosity; /* the same; an enum verbosity, or -1 */
	bool side_lying;
	enum work_kind work; /* what helped most, as it was named; WORK_NONE: it was not */
	enum area area;      /* the place that was best, as it was named; or AREA_NONE */
	enum reply replies[STORE_COUNT];
};

struct memory {
	uint32_t facts;    /* fact_bit() */
	int32_t level;     /* S175: where pressure starts, PRESSURE_MIN to PRESSURE_START_MAX; 0: no
			    * wish */
	bool wished;       /* .volume_db is */
	int32_t volume_db; /* S175: as it was left */
	int32_t minutes;   /* as they were wished last; 0: never */
	int32_t verbosity; /* the same; -1: never */
	enum work_kind work; /* S175: what helped most, and where it was best */
	enum area area;
	int32_t ceiling;     /* as it was named last, or -1 */
	int32_t days;        /* whole days since the last touch, or -1 */
	int32_t today;       /* sessions with touch on this day of the calendar */
	int32_t report_days; /* whole days since the first report, or -1 */
	size_t best; /* S175: index of the last session that helped, else of the last that worked;
		      * count: there is none */
};

/* The facts for which something is asked after the last session (S178-S182). */
uint32_t memory_due(void);

/* past: the oldest first. now and utc_offset: as in memory_session. */
void memory_judge(const struct memory_session *past, size_t count, int64_t now, int32_t utc_offset,
		struct memory *out);

#endif
