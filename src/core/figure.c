/* SPDX-License-Identifier: GPL-3.0-or-later */
/* figure.c - the figures of the rules by the names that texts give them (S227, S228). */
#include "ease/rules.h"

#include <stddef.h>
#include <string.h>

#define LONG_S 300 /* from here on lengths are said in minutes */

struct figure {
	const char *name;
	struct range tenths[MEASURE_COUNT]; /* metric 0 to 0: as imperial */
};

#define ONE(number)                                  \
	{                                            \
		{                                    \
			10 * (number), 10 * (number) \
		}                                    \
	}
#define SPAN(min, max)                         \
	{                                      \
		{                              \
			10 * (min), 10 * (max) \
		}                              \
	}

static const struct figure figures[] = {
	{ "least", ONE(0) }, /* of the pressure scale, S42 */
	{ "most", ONE(RATING_MAX) },
	{ "scale", SPAN(0, RATING_MAX) },
	{ "start", SPAN(PRESSURE_START, PRESSURE_START_MAX) }, /* S131 */
	{ "session_minutes", SPAN(TOUCH_MIN_S / 60, TOUCH_MAX_S / 60) },
	{ "short_minutes", ONE(TOUCH_MIN_S / 60) },
	{ "middle_minutes", ONE((TOUCH_MIN_S + TOUCH_MAX_S) / 120) },
	{ "long_minutes", ONE(TOUCH_MAX_S / 60) },
	{ "a_day", SPAN(1, SESSIONS_PER_DAY) }, /* S176 */
	{ "most_a_day", ONE(SESSIONS_PER_DAY) },
	{ "worse_hours", ONE(WORSE_AFTER_H) },
	{ "sore_hours", ONE(SORE_AFTER_H) },
	{ "sore_days", ONE(SORE_AFTER_H / 24) },
	{ "advise_days", ONE(REPORT_DAYS_ADVISE) },
	{ "report_weeks", ONE(REPORT_DAYS_MAX / 7) },
	/* with {degrees}, {inches}: S48, S89, S94 */
	{ "room", { { 700, 750 }, { 210, 240 } } },
	{ "shift", { { 10, 20 }, { 25, 50 } } },
	{ "speed", { { 20, 30 }, { 51, 76 } } },
};

static bool is_called(const char *name, const char *text, size_t length)
{
	return strlen(name) == length && memcmp(name, text, length) == 0;
}

/* "{hamstring}": its seconds, or what it counts; "{heat_after}": its minutes. */
static bool technique_figure(const char *text, size_t length, struct range *tenths)
{
	for (int i = 0; i < TECHNIQUE_COUNT; i++) {
		const struct rule *rule = rule_of((enum technique)i);
		const struct range range = rule->seconds.max > 0 ? rule->seconds : rule->count;
		if (range.max > 0 && is_called(rule->name, text, length)) {
			const int32_t second = range.min >= LONG_S ? 60 : 1;
			*tenths = (struct range){ 10 * range.min / second,
				10 * range.max / second };
			return true;
		}
	}
	return false;
}

bool figure_of(const char *text, size_t length, enum measure measure, struct range *tenths)
{
	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++) {
		const struct figure *figure = &figures[i];
		if (is_called(figure->name, text, length)) {
			const bool metric = figure->tenths[MEASURE_METRIC].max > 0;
			*tenths = figure->tenths[metric ? measure : MEASURE_IMPERIAL];
			return true;
		}
	}
	return technique_figure(text, length, tenths);
}
