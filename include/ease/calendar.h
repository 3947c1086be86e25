/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calendar.h - which day it is: the one place that asks the system for the date.
 *
 * Sessions count their time in frames (ease/clock.h); the calendar is for what lies between
 * sessions. $EASE_CALENDAR replaces it, for tests: "2026-11-22T16:54:40+01:00", or "Z" for UTC.
 * Such a calendar stands still.
 */
#ifndef EASE_CALENDAR_H
#define EASE_CALENDAR_H

#include "ease/status.h"

#include <stdint.h>

struct calendar {
	int64_t now;        /* seconds since 1970, UTC */
	int32_t utc_offset; /* seconds east of Greenwich, where this machine is, now */
};

/* STATUS_BAD_DATA with diag where $EASE_CALENDAR is no date; *out is then the real one. */
EASE_NODISCARD enum status calendar_now(struct calendar *out, struct diag *diag);

/* The day as people there count it: days since 1970 began where they are. */
static inline int64_t calendar_day(int64_t time, int32_t utc_offset)
{
	return (time + utc_offset) / (INT64_C(24) * 60 * 60);
}

#endif
