/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/memory.h"

#include "ease/calendar.h"
#include "ease/rules.h"

#define HOUR INT64_C(3600)
#define DAY (24 * HOUR)

static const char *const names[] = {
	[FACT_FIRST] = "first",
	[FACT_AGAIN] = "again",
	[FACT_CLEAN] = "nothing-flagged",
	[FACT_UNCHECKED] = "unchecked",
	[FACT_WORSE_DUE] = "worse-due",
	[FACT_SORE_DUE] = "soreness-due",
	[FACT_TEN_DAYS] = "ten-days",
	[FACT_TWO_WEEKS] = "two-weeks",
	[FACT_WORSENING] = "getting-worse",
	[FACT_RETURNING] = "pain-returns",
	[FACT_ENOUGH] = "enough-today",
	[FACT_SIDE_BEFORE] = "side-before",
	[FACT_LIGHT] = "light",
	[FACT_SIDE_LYING] = "side-lying",
	[FACT_UNCHANGED] = "unchanged",
	[FACT_REFUSED] = "refused",
	[FACT_LASTING] = "lasting",
	[FACT_HEALTH] = "health",
	[FACT_CONDITION] = "condition",
	[FACT_PREGNANT] = "pregnant",
	[FACT_SKIN] = "skin",
	[FACT_AVOID_LEFT] = "avoid-left",
	[FACT_AVOID_RIGHT] = "avoid-right",
	[FACT_SKIN_CHANGED] = "skin-changed",
	[FACT_AVOID_WAIST] = "avoid-waist",
	[FACT_AVOID_HIP] = "avoid-hip",
	[FACT_AVOID_RIBS] = "avoid-ribs",
	[FACT_ALLERGY] = "allergy",
	[FACT_NO_ALMOND] = "no-almond",
	[FACT_NO_GRAPESEED] = "no-grapeseed",
	[FACT_NO_COCONUT] = "no-coconut",
};

_Static_assert(sizeof(names) / sizeof(names[0]) == FACT_COUNT, "one name per fact");

const char *fact_name(enum fact fact)
{
	return names[fact];
}

/* The past with the time at which it is looked at. */
struct look {
	const struct memory_session *past;
	size_t count;
	size_t since; /* the first session of the present count */
	int64_t now;
	int32_t utc_offset;
};

static int64_t end_of(const struct memory_session *session)
{
	return session->begun + session->seconds;
}

/* Whole days, also where the clock went backwards. */
static int32_t days_between(int64_t from, int64_t to)
{
	return to > from ? (int32_t)((to - from) / DAY) : 0;
}

static bool begins_anew(const struct memory_session *session)
{
	return session->replies[STORE_BETTER] == REPLY_YES ||
	       session->replies[STORE_CLEARED] == REPLY_YES;
}

static size_t find_since(const struct memory_session *past, size_t count)
{
	for (size_t i = count; i-- > 0;) {
		if (begins_anew(&past[i])) {
			return i;
		}
	}
	return 0;
}

/* The newest before index end in which somebody was touched, or NULL. */
static const struct memory_session *touched_before(const struct look *look, size_t end)
{
	while (end-- > 0) {
		if (look->past[end].touched) {
			return &look->past[end];
		}
	}
	return NULL;
}

/* Whether anything since that moment settles the question. */
static bool was_asked(const struct look *look, enum store store, int64_t since, bool until_no)
{
	for (size_t i = 0; i < look->count; i++) {
		const enum reply reply = look->past[i].replies[store];
		if ((until_no ? reply == REPLY_NO : reply != REPLY_NONE) &&
				look->past[i].begun >= since) {
			return true;
		}
	}
	return false;
}

/* A day after a session it can be told whether pain grew worse for a day; also after the one
 * before the last. */
static bool is_worse_due(const struct look *look)
{
	int64_t since = -1;

	for (size_t i = 0; i < look->count; i++) {
		const int64_t then = end_of(&look->past[i]) + WORSE_AFTER_H * HOUR;
		if (look->past[i].touched && then <= look->now && then > since) {
			since = then;
		}
	}
	return since >= 0 && !was_asked(look, STORE_WORSE, since, false);
}

/* Who comes every day may be sore of yesterday: only the last session counts. */
static bool is_sore_due(const struct look *look)
{
	const struct memory_session *last = touched_before(look, look->count);
	const int64_t since = last != NULL ? end_of(last) + SORE_AFTER_H * HOUR : 0;

	return last != NULL && since <= look->now && !was_asked(look, STORE_SORE, since, true);
}

/* "Not sure" is no clear no. */
static bool grew_worse(const struct memory_session *session)
{
	return session->replies[STORE_WORSE] == REPLY_YES ||
	       session->replies[STORE_WORSE] == REPLY_NOT_SURE;
}

static bool is_unchecked(const struct look *look)
{
	bool open = false;

	for (size_t i = 0; i < look->count; i++) {
		const struct memory_session *session = &look->past[i];
		if (session->replies[STORE_CHECKED] == REPLY_YES ||
				session->replies[STORE_CLEARED] == REPLY_YES) {
			open = false;
		}
		if (session->reason == END_MEDICAL || grew_worse(session)) {
			open = true;
		}
	}
	return open;
}

static bool is_clean(const struct look *look)
{
	const struct memory_session *last = touched_before(look, look->count);

	for (const struct memory_session *s = last; last != NULL && s < look->past + look->count;
			s++) {
		if (s->flagged || s->reason == END_MEDICAL) {
			return false;
		}
	}
	return last != NULL && !last->screened && !last->partner && !is_unchecked(look);
}

static const struct memory_session *first_report(const struct look *look)
{
	for (size_t i = look->since; i < look->count; i++) {
		if (look->past[i].touched) {
			return &look->past[i];
		}
	}
	return NULL;
}

/* Comfort of the last session against that of the first. */
static bool is_improved(const struct look *look)
{
	int32_t first = -1;
	int32_t last = -1;

	for (size_t i = look->since; i < look->count; i++) {
		if (look->past[i].touched && look->past[i].before >= 0) {
			first = first < 0 ? look->past[i].before : first;
			last = look->past[i].before;
		}
	}
	return first >= 0 && last >= first + COMFORT_IMPROVED;
}

static uint32_t judge_days(const struct look *look, int32_t *days)
{
	const struct memory_session *first = first_report(look);

	*days = first != NULL ? days_between(first->begun, look->now) : -1;
	if (*days > REPORT_DAYS_MAX) {
		return fact_bit(FACT_TWO_WEEKS);
	}
	return *days >= REPORT_DAYS_ADVISE && !is_improved(look) ? fact_bit(FACT_TEN_DAYS) : 0;
}

/* The newest sessions with touch of the present count, the newest first. */
static size_t newest(const struct look *look, const struct memory_session *out[static WORSE_OVER])
{
	size_t found = 0;

	for (size_t i = look->count; i-- > look->since && found < WORSE_OVER;) {
		if (look->past[i].touched) {
			out[found++] = &look->past[i];
		}
	}
	return found;
}

/* From each of three sessions to the next: less comfort, or pressure that was not raised and is
 * felt more. */
static bool is_worsening(const struct look *look)
{
	const struct memory_session *last[WORSE_OVER] = { NULL };
	bool comfort = true;
	bool ratings = true;

	if (newest(look, last) < WORSE_OVER) {
		return false;
	}
	for (size_t i = 0; i + 1 < WORSE_OVER; i++) {
		const struct memory_session *later = last[i];
		const struct memory_session *earlier = last[i + 1];
		comfort = comfort && later->before >= 0 && later->before < earlier->before;
		ratings = ratings && earlier->rating >= 0 && later->rating > earlier->rating &&
			  later->level <= earlier->level;
	}
	return comfort || ratings;
}

/* Relief at the end of a, and as little comfort as before within a day. */
static bool came_back(const struct memory_session *a, const struct memory_session *b)
{
	return a->before >= 0 && a->after > a->before && b->before >= 0 && b->before <= a->before &&
	       b->begun - end_of(a) <= DAY;
}

/* Said once each time that it happens again. */
static bool is_returning(const struct look *look)
{
	const struct memory_session *before = NULL;
	int32_t times = 0;
	bool just_now = false;

	for (size_t i = look->since; i < look->count; i++) {
		const struct memory_session *session = &look->past[i];
		if (!session->touched) {
			continue;
		}
		just_now = before != NULL && came_back(before, session);
		times += just_now;
		before = session;
	}
	return just_now && times >= RETURNS_ADVISE;
}

static int32_t count_today(const struct look *look)
{
	int32_t today = 0;

	for (size_t i = 0; i < look->count; i++) {
		const struct memory_session *session = &look->past[i];
		today += session->touched &&
			 calendar_day(session->begun, session->utc_offset) ==
					 calendar_day(look->now, look->utc_offset);
	}
	return today;
}

/* What worked, S175. */

static bool has_worked(const struct memory_session *session)
{
	const bool worse = session->before >= 0 && session->after >= 0 &&
			   session->after < session->before;

	return session->touched && session->reason != END_MEDICAL && !worse &&
	       session->replies[STORE_HELPED] != REPLY_NO;
}

static int32_t between(int32_t value, int32_t least, int32_t most)
{
	return value < least ? least : value > most ? most : value;
}

/* S131: a start is gentle however firm it became; what did not work starts lighter. */
static int32_t start_level(const struct look *look)
{
	for (size_t i = look->count; i-- > 0;) {
		const struct memory_session *session = &look->past[i];
		if (!session->touched || session->level <= 0) {
			continue;
		}
		if (has_worked(session)) {
			return between(session->level, PRESSURE_MIN, PRESSURE_START_MAX);
		}
		return between(session->level - 1, PRESSURE_MIN, PRESSURE_START);
	}
	return 0;
}

static bool has_helped(const struct memory_session *session)
{
	return has_worked(session) && session->replies[STORE_HELPED] == REPLY_YES;
}

/* S7: nobody is cured of an allergy by another answer; to be not sure is one as well. */
static uint32_t judge_allergies(const struct look *look)
{
	static const struct {
		enum store store;
		enum fact fact;
	} oils[] = {
		{ STORE_ALMOND, FACT_NO_ALMOND },
		{ STORE_GRAPESEED, FACT_NO_GRAPESEED },
		{ STORE_COCONUT, FACT_NO_COCONUT },
	};
	uint32_t facts = 0;

	for (size_t i = 0; i < look->count; i++) {
		for (size_t k = 0; k < sizeof(oils) / sizeof(oils[0]); k++) {
			const enum reply reply = look->past[i].replies[oils[k].store];
			facts |= reply == REPLY_YES || reply == REPLY_NOT_SURE
						 ? fact_bit(oils[k].fact)
						 : 0;
		}
	}
	return facts;
}

/* What was wished counts as it was wished last, whatever came of the session. */
static void judge_wishes(const struct look *look, struct memory *out)
{
	for (size_t i = 0; i < look->count; i++) {
		const struct memory_session *session = &look->past[i];
		if (session->minutes > 0) {
			out->minutes = session->minutes;
		}
		if (session->verbosity >= 0) {
			out->verbosity = session->verbosity;
		}
	}
}

/* What was best, as it was named last in a session that worked. */
static void judge_work(const struct look *look, struct memory *out)
{
	bool helped = false;

	for (size_t i = 0; i < look->count; i++) {
		const struct memory_session *session = &look->past[i];
		if (!has_worked(session)) {
			continue;
		}
		if (has_helped(session) || !helped) {
			out->best = i;
			helped = has_helped(session);
		}
		out->work = session->work != WORK_NONE ? session->work : out->work;
		out->area = session->area != AREA_NONE ? session->area : out->area;
	}
}

static void judge_defaults(const struct look *look, struct memory *out)
{
	out->level = start_level(look);
	judge_wishes(look, out);
	judge_work(look, out);
	for (size_t i = 0; i < look->count; i++) {
		const struct memory_session *session = &look->past[i];
		if (session->wished) {
			out->wished = true;
			out->volume_db = session->volume_db;
		}
		if (session->ceiling >= 0) {
			out->ceiling = session->ceiling;
		}
	}
}

uint32_t memory_due(void)
{
	return fact_bit(FACT_UNCHECKED) | fact_bit(FACT_WORSE_DUE) | fact_bit(FACT_SORE_DUE) |
	       fact_bit(FACT_TEN_DAYS) | fact_bit(FACT_TWO_WEEKS) | fact_bit(FACT_WORSENING);
}

void memory_judge(const struct memory_session *past, size_t count, int64_t now, int32_t utc_offset,
		struct memory *out)
{
	const struct look look = { past, count, find_since(past, count), now, utc_offset };
	const struct memory_session *last = touched_before(&look, count);

	*out = (struct memory){ .ceiling = -1, .verbosity = -1, .best = count };
	out->days = last != NULL ? days_between(end_of(last), now) : -1;
	out->today = count_today(&look);
	judge_defaults(&look, out);
	out->facts = judge_days(&look, &out->report_days) | judge_allergies(&look);
	const struct {
		enum fact fact;
		bool holds;
	} judged[] = {
		{ FACT_FIRST, last == NULL },
		{ FACT_AGAIN, last != NULL },
		{ FACT_CLEAN, is_clean(&look) },
		{ FACT_UNCHECKED, is_unchecked(&look) },
		{ FACT_WORSE_DUE, is_worse_due(&look) },
		{ FACT_SORE_DUE, is_sore_due(&look) },
		{ FACT_WORSENING, is_worsening(&look) },
		{ FACT_RETURNING, is_returning(&look) },
		{ FACT_ENOUGH, out->today >= SESSIONS_PER_DAY },
		{ FACT_SIDE_BEFORE, out->best < count && past[out->best].side_lying },
	};
	for (size_t i = 0; i < sizeof(judged) / sizeof(judged[0]); i++) {
		out->facts |= judged[i].holds ? fact_bit(judged[i].fact) : 0;
	}
}
