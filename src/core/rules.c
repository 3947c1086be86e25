/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/rules.h"

#include <stddef.h>
#include <string.h>

#define LIGHT_BAND   \
	{            \
		1, 3 \
	}
#define BROAD_BAND   \
	{            \
		1, 4 \
	}
#define DEEP_BAND               \
	{                       \
		1, PRESSURE_CAP \
	}

/* A range of 0 to 0 is a figure that the guide does not give for this technique. */
static const struct rule rules[] = {
	[TECHNIQUE_EFFLEURAGE_WARM_UP] = { "effleurage_warm_up", "S66-S72", WHO_PARTNER,
			.touch = true, .warms = true, .stroke_ms = { 5000, 10000 },
			.count = { 4, 6 }, .pressure = BROAD_BAND },
	[TECHNIQUE_EFFLEURAGE] = { "effleurage", "S107", WHO_PARTNER, .touch = true, .warms = true,
			.stroke_ms = { 5000, 10000 }, .count = { 6, 8 }, .pressure = BROAD_BAND },
	[TECHNIQUE_EFFLEURAGE_FINISH] = { "effleurage_finish", "S91", WHO_PARTNER, .touch = true,
			.stroke_ms = { 5000, 10000 }, .seconds = { 60, 120 },
			.pressure = LIGHT_BAND },
	[TECHNIQUE_EFFLEURAGE_AFTER] = { "effleurage_after", "S83", WHO_COUNT, .touch = true,
			.stroke_ms = { 3300, 10000 }, .count = { 3, 3 }, .pressure = LIGHT_BAND },
	[TECHNIQUE_PETRISSAGE] = { "petrissage", "S73-S79", WHO_PARTNER, .touch = true,
			.deep = true, .repeats = { 2, 3 }, .seconds = { 10, 20 },
			.pressure = DEEP_BAND },
	[TECHNIQUE_KNEADING] = { "kneading", "S88", WHO_PARTNER, .touch = true, .deep = true,
			.seconds = { 30, 60 }, .pressure = DEEP_BAND },
	[TECHNIQUE_TRIGGER_POINT] = { "trigger_point", "S80-S86", WHO_PARTNER, .touch = true,
			.deep = true, .spot = true, .knot = true, .seconds = { 20, 60 },
			.pressure = DEEP_BAND },
	[TECHNIQUE_FRICTION] = { "friction", "S87", WHO_PARTNER, .touch = true, .deep = true,
			.seconds = { 10, 20 }, .pressure = DEEP_BAND },
	[TECHNIQUE_PARTNER_STRETCH] = { "partner_stretch", "S90", WHO_PARTNER, .touch = true,
			.stretch = true, .seconds = { 10, 15 }, .pressure = LIGHT_BAND },
	[TECHNIQUE_BREATH_GLIDE] = { "breath_glide", "S213", WHO_PARTNER, .touch = true,
			.stroke_ms = { 5000, 7000 }, .count = { 1, 36 }, .pressure = LIGHT_BAND },
	[TECHNIQUE_CIRCLES] = { "circles", "S92", WHO_SELF, .touch = true, .warms = true,
			.stroke_ms = { 2000, 6000 }, .seconds = { 60, 120 },
			.pressure = LIGHT_BAND },
	[TECHNIQUE_PALM_GLIDE] = { "palm_glide", "S93-S95", WHO_SELF, .touch = true,
			.stroke_ms = { 3300, 5000 }, .count = { 3, 5 }, .pressure = BROAD_BAND },
	[TECHNIQUE_SELF_TRIGGER_POINT] = { "self_trigger_point", "S96", WHO_SELF, .touch = true,
			.deep = true, .spot = true, .knot = true, .seconds = { 20, 30 },
			.pressure = DEEP_BAND },
	[TECHNIQUE_COMPRESSION] = { "compression", "S97", WHO_SELF, .touch = true, .deep = true,
			.stroke_ms = { 2000, 6000 }, .count = { 3, 10 }, .pressure = DEEP_BAND },
	[TECHNIQUE_BALL] = { "ball", "S98", WHO_SELF, .touch = true, .deep = true, .spot = true,
			.tool = TOOL_BALL, .seconds = { 20, 40 }, .pressure = DEEP_BAND },
	[TECHNIQUE_ROLLER] = { "roller", "S99", WHO_SELF, .touch = true, .deep = true,
			.tool = TOOL_ROLLER, .stroke_ms = { 3300, 10000 }, .seconds = { 20, 40 },
			.pressure = BROAD_BAND },
	[TECHNIQUE_STICK] = { "stick", "S100", WHO_COUNT, .touch = true, .deep = true,
			.tool = TOOL_STICK, .stroke_ms = { 3300, 10000 }, .seconds = { 20, 40 },
			.pressure = BROAD_BAND },
	[TECHNIQUE_GUN] = { "gun", "S101", WHO_COUNT, .touch = true, .deep = true, .tool = TOOL_GUN,
			.stroke_ms = { 3300, 10000 }, .seconds = { 20, 40 },
			.pressure = LIGHT_BAND },
	[TECHNIQUE_KNEE_TO_CHEST] = { "knee_to_chest", "S102", WHO_SELF, .stretch = true,
			.seconds = { 20, 30 } },
	[TECHNIQUE_TRUNK_ROTATION] = { "trunk_rotation", "S103", WHO_SELF, .stretch = true,
			.seconds = { 10, 15 } },
	[TECHNIQUE_HAMSTRING] = { "hamstring", "S104", WHO_SELF, .stretch = true,
			.seconds = { 20, 30 } },
	[TECHNIQUE_PELVIC_TILT] = { "pelvic_tilt", "S216", WHO_COUNT, .stretch = true,
			.seconds = { 10, 15 } },
	[TECHNIQUE_HEAT_BEFORE] = { "heat_before", "S56", WHO_COUNT, .tool = TOOL_WARMTH,
			.seconds = { 300, 600 } },
	[TECHNIQUE_HEAT_AFTER] = { "heat_after", "S165", WHO_COUNT, .tool = TOOL_WARMTH,
			.seconds = { 600, 900 } },
	[TECHNIQUE_BREATH] = { "breath", "S211", WHO_COUNT, .stroke_ms = { 4000, 7000 },
			.count = { 1, 60 }, .seconds = { 30, 900 } },
	[TECHNIQUE_REST] = { "rest", "S212", WHO_COUNT, .seconds = { 1, 900 } },
};

_Static_assert(sizeof(rules) / sizeof(rules[0]) == TECHNIQUE_COUNT, "one rule per technique");

const struct rule *rule_of(enum technique technique)
{
	return &rules[technique];
}

enum technique technique_from_name(const char *name)
{
	for (size_t i = 0; i < TECHNIQUE_COUNT; i++) {
		if (strcmp(rules[i].name, name) == 0) {
			return (enum technique)i;
		}
	}
	return TECHNIQUE_COUNT;
}

static const char *const works[] = {
	[WORK_NONE] = "none",
	[WORK_CIRCLES] = "circles",
	[WORK_GLIDES] = "glides",
	[WORK_KNEADING] = "kneading",
	[WORK_PRESSURE] = "pressure",
	[WORK_STRETCHES] = "stretches",
};

_Static_assert(sizeof(works) / sizeof(works[0]) == WORK_COUNT, "one name per kind of work");

const char *work_name(enum work_kind work)
{
	return works[work];
}

enum work_kind work_of(enum technique technique)
{
	switch (technique) {
	case TECHNIQUE_EFFLEURAGE_WARM_UP:
	case TECHNIQUE_EFFLEURAGE:
	case TECHNIQUE_EFFLEURAGE_FINISH:
	case TECHNIQUE_EFFLEURAGE_AFTER:
	case TECHNIQUE_BREATH_GLIDE:
	case TECHNIQUE_PALM_GLIDE:
		return WORK_GLIDES;
	case TECHNIQUE_PETRISSAGE:
	case TECHNIQUE_KNEADING:
		return WORK_KNEADING;
	case TECHNIQUE_CIRCLES:
		return WORK_CIRCLES;
	case TECHNIQUE_PARTNER_STRETCH:
	case TECHNIQUE_KNEE_TO_CHEST:
	case TECHNIQUE_TRUNK_ROTATION:
	case TECHNIQUE_HAMSTRING:
	case TECHNIQUE_PELVIC_TILT:
		return WORK_STRETCHES;
	case TECHNIQUE_TRIGGER_POINT:
	case TECHNIQUE_FRICTION:
	case TECHNIQUE_SELF_TRIGGER_POINT:
	case TECHNIQUE_COMPRESSION:
	case TECHNIQUE_BALL:
	case TECHNIQUE_ROLLER:
	case TECHNIQUE_STICK:
	case TECHNIQUE_GUN:
		return WORK_PRESSURE;
	case TECHNIQUE_HEAT_BEFORE:
	case TECHNIQUE_HEAT_AFTER:
	case TECHNIQUE_BREATH:
	case TECHNIQUE_REST:
	case TECHNIQUE_COUNT:
		break;
	}
	return WORK_NONE;
}
