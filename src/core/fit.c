/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fit.c - a session of the length that was wished for, S113, S128: areas are left out from the last
 * one on, then what is optional; then every amount moves between the ends of its range. The warm-up
 * and the finish are never left out, and what is done on one side is done on the other, because the
 * same unit with the same amount is fitted alike.
 */
#include "parts.h"

#define PARTS 32 /* an amount moves in so many parts of the way to the end of its range */

/* Touch and stretches; what is deep is left out where touch is light. */
static bool has_work(const struct engine *e, const struct step *step)
{
	if (step->kind != STEP_UNIT) {
		return false;
	}
	const struct rule *rule = rule_of(step->unit->technique);
	return (rule->touch || rule->stretch) && !(rule->deep && e->flow.light);
}

static int32_t written(const struct step *step)
{
	return step->count > 0 ? step->count : step->ms / 1000;
}

/* What is limited over the whole session grows no further than it is written (S91, S95). */
static bool may_grow(const struct step *step)
{
	return step->unit->technique != TECHNIQUE_PALM_GLIDE &&
	       !(step->unit->technique == TECHNIQUE_EFFLEURAGE_FINISH && step->side != SIDE_NONE);
}

/* part: -PARTS the least that the unit allows, 0 as written, PARTS the most. */
static int32_t amount_at(const struct step *step, int32_t part)
{
	const struct range range = step->count > 0 ? step->unit->count : step->unit->seconds;
	const int32_t amount = written(step);

	if (part < 0) {
		return amount - (amount - range.min) * -part / PARTS;
	}
	return may_grow(step) ? amount + (range.max - amount) * part / PARTS : amount;
}

static int64_t length_ms(const struct step *step, int32_t amount)
{
	const struct pace *pace = &step->unit->pace;
	const int32_t repeats = pace_repeats(step);
	int64_t round = pace->stroke_default_ms + pace->return_ms;

	if (step->count <= 0) {
		return (int64_t)amount * 1000 * (repeats > 0 ? repeats : 1);
	}
	if (pace->kind == PACE_BREATH) {
		round = 2 * (int64_t)pace->stroke_default_ms + pace->hold_in_ms + pace->hold_out_ms;
	}
	return amount * round;
}

static int64_t whole_ms(const struct engine *e, int32_t part)
{
	int64_t ms = 0;

	for (size_t i = 0; i < e->script->step_count; i++) {
		const struct step *step = &e->script->steps[i];
		if (has_work(e, step) && flow_concerns(e, step)) {
			ms += length_ms(step, amount_at(step, part));
		}
	}
	return ms;
}

/* How far the amounts move from what is written, so that they come to the wish. */
static int32_t part_for(const struct engine *e, int64_t wish, int64_t least)
{
	int32_t part = PARTS;

	while (part > -PARTS && whole_ms(e, part) > wish) {
		part--;
	}
	while (part < PARTS && whole_ms(e, part) < least) {
		part++;
	}
	return part;
}

void fit_make(struct engine *e)
{
	const int64_t shortest = (int64_t)TOUCH_MIN_S * 1000;
	bool is_short;
	int64_t wish;
	int32_t part;

	if (e->fit.made || e->fit.minutes <= 0) {
		return;
	}
	/* S129, S218: a short session stays short */
	is_short = whole_ms(e, 0) <= shortest;
	wish = is_short ? shortest : (int64_t)e->fit.minutes * 60000;
	e->fit.made = true;
	e->fit.areas = AREA_COUNT;
	while (e->fit.areas > AREA_WAIST + 1 && whole_ms(e, 0) > wish) {
		e->fit.areas--;
	}
	/* with light touch there is little else */
	e->fit.bare = !e->flow.light && whole_ms(e, -PARTS) > wish;
	part = part_for(e, wish, is_short ? 0 : shortest);
	for (size_t i = 0; i < e->script->step_count && i < ENGINE_STEPS_MAX; i++) {
		const struct step *step = &e->script->steps[i];
		if (has_work(e, step)) {
			e->fit.amount[i] = (uint16_t)amount_at(step, part);
		}
	}
}

int32_t fit_amount(const struct engine *e, const struct step *step)
{
	if (!e->fit.made) {
		return 0;
	}
	const size_t index = (size_t)(step - e->script->steps);
	return index < ENGINE_STEPS_MAX ? e->fit.amount[index] : 0;
}

bool fit_leaves_out(const struct engine *e, const struct step *step)
{
	if (step->kind != STEP_UNIT || !e->fit.made) {
		return false;
	}
	return (uint8_t)step->area >= e->fit.areas || (e->fit.bare && step->optional);
}
