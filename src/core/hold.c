/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hold.c - deep work that comes again, and the spots that are held: one is looked for before its
 * time is counted (S80), rests before it is held again, and is held twice at the most (S86). Which
 * spot it was nobody tells, so that each place counts as one.
 */
#include "parts.h"

static bool is_deep(const struct step *step)
{
	return step->kind == STEP_UNIT && rule_of(step->unit->technique)->deep;
}

static bool is_spot(const struct step *step)
{
	return step->kind == STEP_UNIT && rule_of(step->unit->technique)->spot;
}

/* Where the count of a step's holds is kept; the last place is shared by all beyond. */
static size_t place_of(size_t index)
{
	return index < ENGINE_STEPS_MAX ? index : ENGINE_STEPS_MAX - 1;
}

static size_t spot_of(const struct step *step)
{
	return (size_t)step->side * AREA_COUNT + (size_t)step->area;
}

bool hold_had_enough(const struct engine *e, size_t index)
{
	const struct step *step = &e->script->steps[index];

	return (e->flow.holds[place_of(index)] & ~HOLD_OVER) >= HOLDS_PER_SPOT ||
	       (is_spot(step) && e->flow.spots[spot_of(step)].holds >= HOLDS_PER_SPOT);
}

frames_t hold_rests(const struct engine *e, size_t index)
{
	const struct step *step = &e->script->steps[index];
	frames_t again;

	if (!is_spot(step) || e->flow.spots[spot_of(step)].holds == 0) {
		return 0;
	}
	again = e->flow.spots[spot_of(step)].over + frames_from_ms(HOLD_AGAIN_AFTER_MS);
	return again > e->now ? again - e->now : 0;
}

bool hold_may_come_again(const struct engine *e, size_t index)
{
	const uint8_t holds = e->flow.holds[place_of(index)];

	return holds > 0 && (holds & HOLD_OVER) == 0 && !hold_had_enough(e, index) &&
	       hold_rests(e, index) == 0;
}

void hold_begin(struct engine *e)
{
	const struct step *step = flow_present(e);

	if (!is_deep(step) || e->flow.worked) {
		return;
	}
	e->flow.worked = true;
	e->flow.holds[place_of(e->flow.step)]++;
	if (is_spot(step)) {
		e->flow.spots[spot_of(step)].holds++;
	}
}

void hold_leave(struct engine *e)
{
	if (e->flow.worked && is_spot(flow_present(e))) {
		e->flow.spots[spot_of(flow_present(e))].over = e->now;
	}
	e->flow.worked = false;
	e->flow.sought = false;
}

void hold_done(struct engine *e)
{
	if (is_deep(flow_present(e))) {
		e->flow.holds[place_of(e->flow.step)] |= HOLD_OVER;
	}
	hold_leave(e);
}

bool hold_seeks(const struct engine *e)
{
	return is_spot(flow_present(e)) && !e->flow.worked && !e->flow.sought;
}

void hold_found(struct turn *t, bool found)
{
	struct engine *e = t->engine;

	e->flow.sought = true;
	e->pace.found = found;
	flow_work_text(t, found ? PHRASE_HOLD_FOUND : PHRASE_HOLD_ANYWAY);
}
