/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/plan.h"

#include "load/unit.h"

#include <stdlib.h>
#include <string.h>

int32_t plan_step_ms(const struct step *step)
{
	return step->count > 0 ? step->count * unit_round_ms(step->unit) : step->ms;
}

static void check_names(const struct steps *steps)
{
	for (size_t i = 0; i < steps->count; i++) {
		for (size_t j = 0; j < i; j++) {
			if (strcmp(steps->step[i].name, steps->step[j].name) == 0) {
				steps_refuse(steps, &steps->origin[i],
						"a step is called \"%s\" already, in line %d",
						steps->step[i].name, steps->step[j].line);
				return;
			}
		}
	}
}

/* Who does it, and whether there may be touch at all. */
static void check_units(const struct steps *steps, const struct plan *plan)
{
	for (size_t i = 0; i < steps->count; i++) {
		const struct unit *unit = steps->step[i].unit;
		if (unit == NULL) {
			continue;
		}
		if (unit->who != WHO_COUNT && unit->who != plan->who) {
			steps_refuse(steps, &steps->origin[i], "unit: \"%s\" is for \"who: %s\"",
					unit->name, unit->who == WHO_SELF ? "self" : "partner");
		}
		if (plan->kind == SESSION_RELAXATION && rule_of(unit->technique)->touch) {
			steps_refuse(steps, &steps->origin[i],
					"unit: \"%s\" is touch, and this is a relaxation",
					unit->name);
		}
	}
}

/* S127: both sides the same. */
static void check_sides(const struct steps *steps)
{
	for (size_t i = 0; i < steps->count; i++) {
		int32_t left = 0;
		int32_t right = 0;
		for (size_t j = 0; j < steps->count; j++) {
			const struct step *step = &steps->step[j];
			if (step->unit == NULL || step->unit != steps->step[i].unit) {
				continue;
			}
			left += step->side == SIDE_LEFT ? plan_step_ms(step) : 0;
			right += step->side == SIDE_RIGHT ? plan_step_ms(step) : 0;
		}
		if (left != right) {
			steps_refuse(steps, &steps->origin[i],
					"sides: \"%s\" gets %d s on the left and %d s on the right: both "
					"sides get the same (S127)",
					steps->step[i].unit->name, left / 1000, right / 1000);
			return;
		}
	}
}

/* S1, S42, S43: before hands touch skin. */
static void check_before_touch(
		const struct steps *steps, const struct origin *origin, const bool heard[static 3])
{
	static const char *const needed[3] = {
		"an \"ask\" with \"store: ceiling\" (S42, S132)",
		"\"rehearse: number\" (S42)",
		"\"rehearse: stop\" (S43)",
	};

	for (size_t i = 0; i < 3; i++) {
		if (!heard[i]) {
			steps_refuse(steps, origin, "before the first touch comes %s", needed[i]);
		}
	}
}

/* S112: deep work only on warm muscle. */
static void check_order(const struct steps *steps)
{
	bool heard[3] = { false };
	bool warm = false;

	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = &steps->step[i];
		heard[0] = heard[0] || step->store == STORE_CEILING;
		heard[1] = heard[1] || step->rehearse == INTENT_RATING;
		heard[2] = heard[2] || step->rehearse == INTENT_STOP;
		if (step->unit == NULL) {
			continue;
		}
		const struct rule *rule = rule_of(step->unit->technique);
		if (rule->touch) {
			check_before_touch(steps, &steps->origin[i], heard);
		}
		if (rule->deep && !warm) {
			steps_refuse(steps, &steps->origin[i],
					"unit: \"%s\" goes deep and needs a warm-up before it (S112)",
					step->unit->name);
		}
		warm = warm || rule->warms;
	}
}

/* S113, S128, S129: strokes, holds and stretches together. */
static void check_time(const struct steps *steps, const struct plan *plan)
{
	const struct origin origin = { steps->source->path, plan->root };
	const int32_t least = plan->is_short ? 0 : TOUCH_MIN_S;
	const int32_t most = plan->is_short ? TOUCH_MIN_S : TOUCH_MAX_S;
	int64_t ms = 0;

	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = &steps->step[i];
		if (step->unit != NULL &&
				(rule_of(step->unit->technique)->touch ||
						rule_of(step->unit->technique)->stretch)) {
			ms += plan_step_ms(step);
		}
	}
	if (ms < (int64_t)least * 1000 || ms > (int64_t)most * 1000) {
		steps_refuse(steps, &origin,
				"touch and stretches take %lld s, %d s to %d s are allowed (%s)%s",
				(long long)ms / 1000, least, most,
				plan->is_short ? "S129" : "S113, S128",
				ms < (int64_t)least * 1000 ? "; or say \"short: true\"" : "");
	}
}

void plan_check(struct steps *steps, const struct plan *plan)
{
	if (steps->source->status != STATUS_OK) {
		return;
	}
	check_names(steps);
	check_units(steps, plan);
	check_sides(steps);
	if (plan->kind == SESSION_TOUCH) {
		check_order(steps);
		check_time(steps, plan);
	}
}
