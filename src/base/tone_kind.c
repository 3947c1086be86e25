/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/tone_kind.h"

#include <stddef.h>

static const char *const names[] = {
	[TONE_START] = "start",
	[TONE_BEAT] = "beat",
	[TONE_TURN] = "turn",
	[TONE_END] = "end",
	[TONE_INHALE] = "inhale",
	[TONE_EXHALE] = "exhale",
	[TONE_HOLD] = "hold",
	[TONE_ATTENTION] = "attention",
};

_Static_assert(sizeof(names) / sizeof(names[0]) == TONE_KIND_COUNT, "one name per tone");

const char *tone_kind_name(enum tone_kind kind)
{
	return (size_t)kind < TONE_KIND_COUNT ? names[kind] : "none";
}
