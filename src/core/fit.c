/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fit.c - a session of the length that was wished for, S113, S128: areas are left out from the last
 * one on, then what is optional, the last of it first; then every amount moves between the ends of
 * its range. The warm-up and the finish are never left out, and what is done on one side is done on
 * the other, because the same unit with the same amount is fitted alike. What helped before (S175)
 * gets more of the time, and the best place is left out last.
 */
#include "parts.h"

#include "ease/memory.h"

#include <string.h>

#define PARTS 32     /* an amount moves in so many parts of the way to the end of its range */
#define FAVOUR PARTS /* so many parts more for what helped, at the most */
#define MINUTE_MS 60000
#define SHORTEST_MS ((int64_t)TOUCH_MIN_S * 1000)
#define LEAST_MINUTES (TOUCH_MIN_S / 60)
#define MOST_MINUTES (TOUCH_MAX_S / 60)
#define MINUTES_STEP 5 /* shorter, longer */

bool fit_is_work(const struct step *step)
{
	const struct rule *rule = step->kind == STEP_UNIT ? rule_of(step->unit->technique) : NULL;

	return rule != NULL && (rule->touch || rule->stretch);
}

/* What is deep is left out where touch is light. */
static bool has_work(const struct engine *e, const struct step *step)
{
	return fit_is_work(step) && !(rule_of(step->unit->technique)->deep && e->flow.light);
}

static bool is_finish(const struct step *step)
{
	return step->unit->technique == TECHNIQUE_EFFLEURAGE_FINISH;
}

static int32_t written(const struct step *step)
{
	return step->count > 0 ? step->count : step->ms / 1000;
}

/* What is limited over the whole session grows no further than it is written (S91, S95). */
static bool may_grow(const struct step *step)
{
	return step->unit->technique != TECHNIQUE_PALM_GLIDE &&
	       !(is_finish(step) && step->side != SIDE_NONE);
}

/* What helped is further on the way, but nothing is kept from the least. */
static int32_t favoured(const struct engine *e, const struct step *step, int32_t part)
{
	const bool helped = e->options.work != WORK_NONE &&
			    work_of(step->unit->technique) == e->options.work;
	const int32_t more = part + PARTS < FAVOUR ? part + PARTS : FAVOUR;

	if (!helped) {
		return part;
	}
	return part + more < PARTS ? part + more : PARTS;
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

/* The least rank is left out last. */
static int32_t rank_of(const struct engine *e, enum area area)
{
	const enum area best = e->options.area;

	if (best == AREA_NONE || area == AREA_NONE || area > best) {
		return (int32_t)area;
	}
	return area == best ? 1 : (int32_t)area + 1;
}

/* Both sides get the same: what was done on one is not changed for the other. */
static bool is_set(const struct engine *e, const struct step *step)
{
	const struct step *steps = e->script->steps;

	for (size_t i = 0; i < e->fit.from; i++) {
		if (steps[i].kind == STEP_UNIT && steps[i].side != SIDE_NONE &&
				steps[i].unit == step->unit && flow_has_done(e, i) &&
				flow_concerns(e, &steps[i])) {
			return true;
		}
	}
	return false;
}

/* The steps that are not begun and of which there is work, from *index on, or NULL. */
static const struct step *next_work(const struct engine *e, size_t *index)
{
	while (*index < e->script->step_count) {
		const struct step *step = &e->script->steps[(*index)++];
		if (has_work(e, step) && flow_concerns(e, step)) {
			return step;
		}
	}
	return NULL;
}

static int64_t whole_ms(const struct engine *e, int32_t part)
{
	size_t index = e->fit.from;
	int64_t ms = 0;

	for (const struct step *step = next_work(e, &index); step != NULL;
			step = next_work(e, &index)) {
		const int32_t kept = fit_amount(e, step);
		if (is_set(e, step)) {
			ms += length_ms(step, kept > 0 ? kept : written(step));
		} else {
			ms += length_ms(step, amount_at(step, favoured(e, step, part)));
		}
	}
	return ms;
}

/* The work of the steps from that one on, as it stands. */
static int64_t planned_ms(const struct engine *e, size_t from)
{
	int64_t ms = 0;

	for (const struct step *step = next_work(e, &from); step != NULL;
			step = next_work(e, &from)) {
		const int32_t kept = fit_amount(e, step);
		ms += length_ms(step, kept > 0 ? kept : written(step));
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

/* Whether a side still has to get what the other one got. */
static bool is_halfway(const struct engine *e)
{
	size_t index = e->fit.from;

	for (const struct step *step = next_work(e, &index); step != NULL;
			step = next_work(e, &index)) {
		if (is_set(e, step)) {
			return true;
		}
	}
	return false;
}

/* From here on nothing is left out, and all is as it is written. */
static void plan_anew(struct engine *e)
{
	e->fit.made = true;
	e->fit.areas = AREA_COUNT;
	e->fit.bare = SIZE_MAX;
	for (size_t i = e->fit.from; i < ENGINE_STEPS_MAX; i++) {
		e->fit.amount[i] = 0;
	}
}

static bool one_side_is_left_out(const struct engine *e)
{
	const uint32_t left = fact_bit(FACT_AVOID_LEFT);
	const uint32_t right = fact_bit(FACT_AVOID_RIGHT);
	const uint32_t avoided = flow_facts(e) & (left | right);

	return avoided == left || avoided == right;
}

/* Whether what is not begun is planned for both sides alike. */
static bool is_balanced(const struct engine *e)
{
	size_t index = e->fit.from;
	int64_t more = 0;

	for (const struct step *step = next_work(e, &index); step != NULL;
			step = next_work(e, &index)) {
		const int64_t ms = length_ms(step, written(step));
		more += step->side == SIDE_LEFT ? ms : 0;
		more -= step->side == SIDE_RIGHT ? ms : 0;
	}
	return more == 0 || one_side_is_left_out(e);
}

/* Leaves out what is optional: the last of it first, on both sides, and no more than has to be. */
static void trim_offers(struct engine *e, int64_t wish)
{
	size_t index = e->script->step_count;

	if (whole_ms(e, -PARTS) <= wish) {
		return;
	}
	while (index > e->fit.from && (whole_ms(e, -PARTS) > wish || !is_balanced(e))) {
		e->fit.bare = --index;
	}
}

/* What is not begun, to the time that is left of the wish. */
static void fit_rest(struct engine *e, int64_t wish, int64_t least)
{
	const struct step *steps = e->script->steps;
	int32_t part;

	if (!e->fit.made || !is_halfway(e)) {
		plan_anew(e);
		while (e->fit.areas > AREA_WAIST + 1 && planned_ms(e, e->fit.from) > wish) {
			e->fit.areas--;
		}
		if (!e->flow.light) { /* there is little else then */
			trim_offers(e, wish);
		}
	}
	part = part_for(e, wish, least);
	for (size_t i = e->fit.from; i < e->script->step_count && i < ENGINE_STEPS_MAX; i++) {
		if (has_work(e, &steps[i]) && !is_set(e, &steps[i])) {
			e->fit.amount[i] = (uint16_t)amount_at(
					&steps[i], favoured(e, &steps[i], part));
		}
	}
}

/* S129, S218: a short session stays short. */
static bool is_short(struct engine *e)
{
	if (!e->fit.measured) {
		e->fit.measured = true;
		e->fit.is_short = planned_ms(e, 0) <= SHORTEST_MS;
	}
	return e->fit.is_short;
}

void fit_make(struct engine *e)
{
	const int64_t now = planned_ms(e, e->fit.from);

	if (e->fit.made || (e->fit.minutes <= 0 && e->options.work == WORK_NONE)) {
		return;
	}
	if (e->fit.minutes <= 0) {
		fit_rest(e, now, 0); /* only what helped gets more of it */
	} else if (is_short(e)) {
		fit_rest(e, SHORTEST_MS, 0);
	} else {
		fit_rest(e, (int64_t)e->fit.minutes * MINUTE_MS, SHORTEST_MS);
	}
}

/* The first step that is not begun. */
static size_t first_open(const struct engine *e)
{
	return e->flow.step + (flow_unit(e) != NULL);
}

/* What is yet to be worked of the present step. */
static int64_t present_ms(const struct engine *e)
{
	const struct step *step = flow_step(e);

	if (step == NULL || !has_work(e, step) || !flow_concerns(e, step)) {
		return 0;
	}
	switch (e->flow.phase) {
	case FLOW_SAYING:
	case FLOW_SEEKING:
	case FLOW_PACING:
		return ms_from_frames(pace_left(e));
	case FLOW_PASSING: /* its spot rests; else it is left out */
		return e->flow.next == e->flow.step ? ms_from_frames(pace_length(e, step)) : 0;
	case FLOW_NONE:
	case FLOW_RESTING:
	case FLOW_ASKING:
	case FLOW_ANSWERING:
	case FLOW_CLOSING:
		break;
	}
	return 0;
}

/* S113: what was worked up to now, whatever the plan is, and will be to the end of this step. */
static int64_t spent_ms(const struct engine *e)
{
	return ms_from_frames(e->fit.worked + pace_worked(e)) + present_ms(e);
}

static int32_t clip_minutes(int64_t minutes)
{
	if (minutes < LEAST_MINUTES) {
		return LEAST_MINUTES;
	}
	return minutes > MOST_MINUTES ? MOST_MINUTES : (int32_t)minutes;
}

int32_t length_wished(int64_t now, int32_t wish)
{
	if (wish >= LENGTH_WISHES) {
		return clip_minutes(wish);
	}
	return clip_minutes(wish == LENGTH_LONGER ? now + MINUTES_STEP : now - MINUTES_STEP);
}

int32_t fit_minutes(const struct engine *e, int32_t wish)
{
	const int64_t ms = spent_ms(e) + planned_ms(e, first_open(e));
	const int64_t planned = (ms + MINUTE_MS / 2) / MINUTE_MS;

	return length_wished(e->fit.minutes > 0 ? e->fit.minutes : planned, wish);
}

/* Of what is not begun, with one area and without what is optional. */
static int64_t least_ms(struct engine *e)
{
	const struct engine_fit before = e->fit;
	int64_t ms;

	e->fit.made = true;
	e->fit.bare = 0;
	e->fit.areas = AREA_WAIST + 1;
	ms = whole_ms(e, -PARTS);
	e->fit = before;
	return ms;
}

/* Whether both sides get as much (S127) of what is done lying like this: of what was done by now
 * and of what is ahead. What is offered is for who wants it, the finish for whoever gets one, and
 * where one side is left out there is nothing to compare. */
static bool is_even(const struct engine *e)
{
	size_t index = 0;
	int64_t more = 0;

	for (const struct step *step = next_work(e, &index); step != NULL;
			step = next_work(e, &index)) {
		const bool offered = step->optional || step->tie_count > 0;
		const bool counts = !is_finish(step) && !offered &&
				    (index > e->fit.from || flow_has_done(e, index - 1));
		const int64_t ms = counts ? length_ms(step, written(step)) : 0;
		more += step->side == SIDE_LEFT ? ms : 0;
		more -= step->side == SIDE_RIGHT ? ms : 0;
	}
	return more == 0 || one_side_is_left_out(e);
}

static int64_t what_is_left(int64_t ms, int64_t spent)
{
	return ms > spent ? ms - spent : 0;
}

/* What is planned from now on is for what is not begun. */
static void plan_from_here(struct engine *e)
{
	e->fit.from = first_open(e);
	e->fit.cut = CUT_NOTHING;
}

bool fit_wish(struct engine *e, int32_t minutes)
{
	const int64_t spent = spent_ms(e);
	const uint8_t cut = e->fit.cut;

	if (!flow_is_touch(e) || is_short(e)) {
		return false;
	}
	e->fit.minutes = minutes;
	plan_from_here(e);
	if (spent == 0) {
		e->fit.made = false; /* until the first work is due */
		return true;
	}
	while (e->fit.cut < cut && !is_even(e)) { /* it was cut for that, too */
		e->fit.cut++;
	}
	fit_rest(e, what_is_left((int64_t)minutes * MINUTE_MS, spent),
			what_is_left(SHORTEST_MS, spent));
	return true;
}

/* Leaves out what there is no time for, and what only one side would get. Whoever is touched gets
 * the finish, unless not even that fits into the longest session. */
static void cut_rest(struct engine *e, int64_t left, int64_t longest)
{
	while (e->fit.cut < CUT_WORK && (least_ms(e) > left || !is_even(e))) {
		e->fit.cut++;
	}
	if (least_ms(e) > longest) {
		e->fit.cut = CUT_ALL;
	}
}

void fit_on_side(struct engine *e)
{
	const int64_t longest = (int64_t)TOUCH_MAX_S * 1000;
	const int64_t most = e->fit.minutes > 0 ? (int64_t)e->fit.minutes * MINUTE_MS : longest;

	if (!flow_is_touch(e) || (flow_facts(e) & fact_bit(FACT_SIDE_LYING)) != 0) {
		return;
	}
	const bool is_long = !is_short(e);
	e->flow.side_lying = true;
	const int64_t spent = spent_ms(e);
	plan_from_here(e);
	if (spent == 0 || !is_long) {
		e->fit.made = e->fit.made && spent > 0;
		return;
	}
	const int64_t left = what_is_left(most, spent);
	const int64_t planned = planned_ms(e, e->fit.from);
	if (!e->fit.made) {
		plan_anew(e);
	}
	cut_rest(e, left, what_is_left(longest, spent));
	fit_rest(e, planned < left ? planned : left, what_is_left(SHORTEST_MS, spent));
}

int32_t fit_amount(const struct engine *e, const struct step *step)
{
	if (!e->fit.made) {
		return 0;
	}
	const size_t index = (size_t)(step - e->script->steps);
	return index < ENGINE_STEPS_MAX ? e->fit.amount[index] : 0;
}

/* Began anew: whether there is no time for it any more. */
static bool is_cut(const struct engine *e, const struct step *step)
{
	if (e->fit.cut == CUT_NOTHING || (size_t)(step - e->script->steps) < e->fit.from) {
		return false;
	}
	switch ((enum fit_cut)e->fit.cut) {
	case CUT_NOTHING:
		break;
	case CUT_WARMING:
		return rule_of(step->unit->technique)->warms;
	case CUT_WORK:
		return fit_is_work(step) && !is_finish(step);
	case CUT_ALL:
		return fit_is_work(step);
	}
	return false;
}

bool fit_leaves_out(const struct engine *e, const struct step *step)
{
	if (step->kind != STEP_UNIT || !e->fit.made) {
		return false;
	}
	const size_t index = (size_t)(step - e->script->steps);
	return rank_of(e, step->area) >= e->fit.areas ||
	       (index >= e->fit.bare && step->optional && fit_is_work(step)) || is_cut(e, step);
}

/* The best place to the front of its run. What is said at length depends on the place in it. */
static void bring_forward(struct step *run, size_t count, enum area area)
{
	size_t at = 0;

	while (at < count && run[at].area != area) {
		at++;
	}
	if (at == 0 || at == count) {
		return;
	}
	struct step best = run[at];
	best.short_form = run[0].short_form;
	run[0].short_form = run[at].short_form;
	memmove(run + 1, run, at * sizeof(*run));
	run[0] = best;
}

static bool goes_on(const struct step *a, const struct step *b)
{
	return a->kind == STEP_UNIT && b->kind == STEP_UNIT && a->unit == b->unit &&
	       a->side == b->side && a->area != AREA_NONE && b->area != AREA_NONE;
}

void script_favour(struct step *steps, size_t count, enum area area)
{
	size_t begin = 0;

	for (size_t i = 1; i <= count && area != AREA_NONE; i++) {
		if (i == count || !goes_on(&steps[i - 1], &steps[i])) {
			bring_forward(steps + begin, i - begin, area);
			begin = i;
		}
	}
}
