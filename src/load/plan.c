/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/plan.h"

#include "load/answers.h"
#include "load/lint.h"
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

static const struct rule *rule_at(const struct step *step)
{
	return step->unit != NULL ? rule_of(step->unit->technique) : NULL;
}

static bool is_touch(const struct step *step)
{
	return step->unit != NULL && rule_at(step)->touch;
}

/* Every way through the steps */

/* A step that has what must come before another one. */
typedef bool has_fn(const struct step *step);

static bool has_ceiling(const struct step *step)
{
	return step->store == STORE_CEILING;
}

static bool has_number(const struct step *step)
{
	return step->rehearse == INTENT_RATING;
}

static bool has_stop_word(const struct step *step)
{
	return step->rehearse == INTENT_STOP;
}

static bool has_consent(const struct step *step)
{
	const struct answer *no = answers_find(step, INTENT_NO);
	const struct answer *yes = answers_find(step, INTENT_YES);

	return no != NULL && yes != NULL && no->outcome == OUTCOME_REFUSE &&
	       !answers_refuses(yes->outcome);
}

static bool has_screening(const struct step *step)
{
	const struct answer *yes = answers_find(step, INTENT_YES);

	return yes != NULL && answers_refuses(yes->outcome);
}

static bool has_warm_up(const struct step *step)
{
	return step->unit != NULL && rule_at(step)->warms;
}

/* Marks where each way on from step i leads; true when a mark is new. */
static bool mark_next(const struct steps *steps, size_t i, bool *reached)
{
	const struct step *step = &steps->step[i];
	/* what is only for some is not passed by others */
	bool on = step->answer_count == 0 || step->when != 0;
	bool is_new = false;

	for (size_t k = 0; k < step->answer_count; k++) {
		const struct answer *answer = &step->answers[k];
		const bool jumps = answer->outcome == OUTCOME_GOTO;
		if (jumps) {
			is_new = is_new || !reached[answer->go];
			reached[answer->go] = true;
		}
		/* what asks again goes on when it was asked often enough */
		on = on || (!jumps && !answers_refuses(answer->outcome)) ||
		     (jumps && answer->go <= i);
	}
	if (on && i + 1 < steps->count) {
		is_new = is_new || !reached[i + 1];
		reached[i + 1] = true;
	}
	return is_new;
}

/* Marks every step that can be reached without passing one that has it. */
static void mark_without(const struct steps *steps, has_fn *has, bool reached[static STEPS_MAX])
{
	bool is_new = steps->count > 0;

	memset(reached, 0, STEPS_MAX * sizeof(*reached));
	reached[0] = true;
	while (is_new) {
		is_new = false;
		for (size_t i = 0; i < steps->count; i++) {
			const struct step *step = &steps->step[i];
			if (reached[i] && (!has(step) || step->when != 0)) {
				is_new = mark_next(steps, i, reached) || is_new;
			}
		}
	}
}

/* S1, S41-S43: before hands touch skin, whatever was answered. */
static void check_before_touch(const struct steps *steps)
{
	static const struct {
		has_fn *has;
		const char *what;
	} needed[] = {
		{ has_screening, "a screening \"ask\", whose \"yes\" refuses, advises or is urgent "
				 "(S1)" },
		{ has_consent, "an \"ask\" for consent, whose \"no\" refuses (S41)" },
		{ has_ceiling, "an \"ask\" with \"store: ceiling\" (S42, S132)" },
		{ has_number, "\"rehearse: number\" (S42)" },
		{ has_stop_word, "\"rehearse: stop\" (S43)" },
	};
	bool reached[STEPS_MAX];

	for (size_t k = 0; k < sizeof(needed) / sizeof(needed[0]); k++) {
		mark_without(steps, needed[k].has, reached);
		for (size_t i = 0; i < steps->count; i++) {
			if (reached[i] && is_touch(&steps->step[i])) {
				steps_refuse(steps, &steps->origin[i],
						"before the first touch comes %s", needed[k].what);
			}
		}
	}
}

/* S112: deep work only on warm muscle. */
static void check_warmth(const struct steps *steps)
{
	bool reached[STEPS_MAX];

	mark_without(steps, has_warm_up, reached);
	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = &steps->step[i];
		if (reached[i] && step->unit != NULL && rule_at(step)->deep) {
			steps_refuse(steps, &steps->origin[i],
					"unit: \"%s\" goes deep and needs a warm-up before it (S112)",
					step->unit->name);
		}
	}
}

/* Questions that guard */

static bool touches_from(const struct steps *steps, size_t i)
{
	for (; i < steps->count; i++) {
		if (is_touch(&steps->step[i])) {
			return true;
		}
	}
	return false;
}

/* "Has your doctor said so?": asked only of those whose answer, or silence, leads to it. */
static bool is_follow_up(const struct steps *steps, size_t asked, size_t next)
{
	const struct step *step = &steps->step[asked];
	const struct answer *silence = &step->answers[step->unanswered];

	return next == asked + 1 && silence->outcome == OUTCOME_GOTO && silence->go == next;
}

/* S1: no answer leads past a question that guards, on the way to touch. */
static void check_jump(const struct steps *steps, size_t from, size_t to)
{
	for (size_t i = from + 1; i < to; i++) {
		if (answers_guard(&steps->step[i]) && touches_from(steps, to) &&
				!is_follow_up(steps, from, i)) {
			steps_refuse(steps, &steps->origin[from],
					"answers: \"go %s\" leads past \"%s\", which guards what comes "
					"after it (S1)",
					steps->step[to].name, steps->step[i].name);
		}
	}
}

/* Whether the answer ends or limits the session, or leads to a question that can. */
static bool is_careful(const struct steps *steps, const struct answer *answer)
{
	const enum outcome outcome = answer->outcome;

	return answers_refuses(outcome) || outcome == OUTCOME_LIGHT || outcome == OUTCOME_AVOID ||
	       (outcome == OUTCOME_GOTO && answers_guard(&steps->step[answer->go]) &&
			       steps->step[answer->go].when == 0);
}

/* S36: where an answer can end the session, silence and "not sure" are not the harmless one. */
static void check_doubt(const struct steps *steps, size_t i)
{
	const struct step *step = &steps->step[i];
	const struct answer *not_sure = answers_find(step, INTENT_NOT_SURE);
	bool can_refuse = false;

	for (size_t k = 0; k < step->answer_count; k++) {
		can_refuse = can_refuse || answers_refuses(step->answers[k].outcome);
	}
	if (!can_refuse) {
		return;
	}
	if (!is_careful(steps, &step->answers[step->unanswered])) {
		steps_refuse(steps, &steps->origin[i],
				"unanswered: \"%s\" can end the session, so silence is taken as an "
				"answer that ends it, goes light, or asks more (S36)",
				step->name);
	}
	if (not_sure != NULL && not_sure->outcome != OUTCOME_AGAIN &&
			!is_careful(steps, not_sure)) {
		steps_refuse(steps, &steps->origin[i],
				"not_sure: \"%s\" can end the session, so not sure ends it, goes light, "
				"or asks more (S36)",
				step->name);
	}
}

static void check_questions(const struct steps *steps)
{
	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = &steps->step[i];
		for (size_t k = 0; k < step->answer_count; k++) {
			if (step->answers[k].outcome == OUTCOME_GOTO) {
				check_jump(steps, i, step->answers[k].go);
			}
		}
		if (step->answer_count > 0) {
			check_doubt(steps, i);
		}
	}
}

/* How much of one thing */

#define HOLDS_MAX 2

static bool is_same_work(const struct step *a, const struct step *b)
{
	return a->unit != NULL && b->unit != NULL && a->side == b->side &&
	       a->unit->technique == b->unit->technique;
}

/* S86: deep work on one side comes twice at the most, with something else between. */
static void check_depth(const struct steps *steps, size_t i)
{
	const struct step *step = &steps->step[i];
	size_t times = 1;
	bool other = true;

	for (size_t j = 0; j < i; j++) {
		const struct step *before = &steps->step[j];
		if (is_same_work(before, step)) {
			times++;
			other = false;
		} else if (before->unit != NULL) {
			other = other || before->unit->technique != step->unit->technique;
		}
	}
	if (!other) {
		steps_refuse(steps, &steps->origin[i],
				"unit: \"%s\" goes deep and comes twice on one side: another unit "
				"stands between (S86)",
				step->unit->name);
	}
	if (times > HOLDS_MAX) {
		steps_refuse(steps, &steps->origin[i],
				"unit: \"%s\" goes deep and comes %zu times on one side, at most %d "
				"are allowed (S86, S96)",
				step->unit->name, times, HOLDS_MAX);
	}
}

/* S95: glides over one side add up. */
static void check_glides(const struct steps *steps, size_t i)
{
	const struct step *step = &steps->step[i];
	const int32_t most = rule_at(step)->count.max;
	int32_t count = 0;

	for (size_t j = 0; j <= i; j++) {
		count += is_same_work(&steps->step[j], step) ? steps->step[j].count : 0;
	}
	if (count > most) {
		steps_refuse(steps, &steps->origin[i],
				"count: \"%s\" comes to %d strokes on one side, at most %d are allowed "
				"(%s)",
				step->unit->name, count, most, rule_at(step)->row);
	}
}

static void check_amounts(const struct steps *steps)
{
	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = &steps->step[i];
		if (step->unit != NULL && rule_at(step)->deep) {
			check_depth(steps, i);
		}
		if (step->unit != NULL && step->unit->technique == TECHNIQUE_PALM_GLIDE) {
			check_glides(steps, i);
		}
	}
}

/* A unit whose texts were read for touch must also fit where nobody is touched. */
static void check_rest(const struct steps *steps)
{
	char reason[LINT_REASON_MAX];

	for (size_t i = 0; i < steps->count; i++) {
		const struct unit *unit = steps->step[i].unit;
		if (unit == NULL) {
			continue;
		}
		bool fine = lint_rest(unit->say_long, reason) && lint_rest(unit->say_short, reason);
		for (size_t k = 0; fine && k < unit->cue_count; k++) {
			fine = lint_rest(unit->cues[k].say, reason);
		}
		if (!fine) {
			steps_refuse(steps, &steps->origin[i], "unit: \"%s\": %s", unit->name,
					reason);
		}
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
	check_questions(steps);
	if (plan->kind == SESSION_TOUCH) {
		check_before_touch(steps);
		check_warmth(steps);
		check_amounts(steps);
		check_time(steps, plan);
	} else {
		check_rest(steps);
	}
}
