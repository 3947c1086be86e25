/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "choice.h"

/* What stands higher is told, however likely the other may be. */
enum standing {
	STANDING_NONE,  /* below its doubt */
	STANDING_TOLD,  /* above it */
	STANDING_LESS,  /* surely heard, and asks for less */
	STANDING_STOP,  /* looks like "stop" */
	STANDING_WRONG, /* something is wrong, and that was surely heard */
};

static enum choice_grade reached(
		const struct threshold *thresholds, const struct choice_option *option)
{
	const struct threshold *threshold = &thresholds[option->intent];
	if (option->confidence < threshold->doubt) {
		return CHOICE_NOTHING;
	}
	return option->confidence < threshold->accept ? CHOICE_DOUBT : CHOICE_SURE;
}

static bool asks_for_less(enum intent intent)
{
	return intent == INTENT_LIGHTER || intent == INTENT_GUARDING || intent == INTENT_PAUSE ||
	       intent == INTENT_NOT_SURE;
}

static enum standing standing_of(
		const struct threshold *thresholds, const struct choice_option *option)
{
	const enum choice_grade grade = reached(thresholds, option);
	if (grade != CHOICE_SURE) {
		return grade == CHOICE_DOUBT ? STANDING_TOLD : STANDING_NONE;
	}
	if (option->likened) {
		return option->intent == INTENT_STOP ? STANDING_STOP : STANDING_TOLD;
	}
	if (option->intent == INTENT_STOP || option->intent == INTENT_PAIN) {
		return STANDING_WRONG;
	}
	return asks_for_less(option->intent) ? STANDING_LESS : STANDING_TOLD;
}

static size_t foremost(const struct threshold *thresholds, const struct choice_option *options,
		size_t count)
{
	size_t best = 0;
	for (size_t i = 1; i < count; i++) {
		const enum standing one = standing_of(thresholds, &options[best]);
		const enum standing other = standing_of(thresholds, &options[i]);
		if (other > one || (other == one && options[i].confidence >
								    options[best].confidence)) {
			best = i;
		}
	}
	return best;
}

/* The likeliest other option that reaches its doubt; index where none does. */
static size_t rival_of(const struct threshold *thresholds, const struct choice_option *options,
		size_t count, size_t index)
{
	size_t rival = index;
	for (size_t i = 0; i < count; i++) {
		if (i != index && reached(thresholds, &options[i]) != CHOICE_NOTHING &&
				(rival == index || options[i].confidence >
								   options[rival].confidence)) {
			rival = i;
		}
	}
	return rival;
}

/* Whether what pushes and reaches what it has to is in doubt all the same. */
static bool is_held_back(const struct choice_option *told, const struct choice_option *rival)
{
	if (told->likened && told->intent != INTENT_RATING) {
		return true;
	}
	return rival != told &&
	       ((told->likened && !rival->likened) || rival->confidence >= told->confidence / 2.0);
}

struct choice choice_make(const struct threshold thresholds[INTENT_COUNT],
		const struct choice_option *options, size_t count)
{
	const size_t index = foremost(thresholds, options, count);
	const size_t rival = rival_of(thresholds, options, count, index);
	const struct choice_option *told = &options[index];
	enum choice_grade grade = reached(thresholds, told);
	if (grade == CHOICE_SURE && intent_pushes(told->intent) &&
			is_held_back(told, &options[rival])) {
		grade = CHOICE_DOUBT;
	}
	return (struct choice){ .index = index, .rival = rival, .grade = grade };
}
