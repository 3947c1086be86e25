/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/plan.h"

#include "ease/memory.h"
#include "load/answers.h"
#include "load/lint.h"
#include "load/unit.h"

#include <stdlib.h>
#include <string.h>

/* A session is another one for who is touched lightly, or lies on their side: each is checked. */
#define PERSON_FACTS (fact_bit(FACT_LIGHT) | fact_bit(FACT_SIDE_LYING))
#define PERSONS 4

static uint32_t person_at(size_t i)
{
	return ((i & 1) != 0 ? fact_bit(FACT_LIGHT) : 0) |
	       ((i & 2) != 0 ? fact_bit(FACT_SIDE_LYING) : 0);
}

static const char *person_name(uint32_t person)
{
	const bool light = (person & fact_bit(FACT_LIGHT)) != 0;

	if ((person & fact_bit(FACT_SIDE_LYING)) != 0) {
		return light ? " when light and side-lying" : " when side-lying";
	}
	return light ? " when light" : "";
}

/* Whether the person gets this step if the rest of its facts holds. What stands for another where a
 * side is left out is checked as that one. */
static bool may_concern(const struct step *step, uint32_t person)
{
	return step->with == 0 && (step->unless & person) == 0 &&
	       (step->when == 0 || (step->when & (person | ~PERSON_FACTS)) != 0);
}

/* Whether the person gets this step in any case. Who says that nothing is new was screened last
 * time (S38), and who is refused is led to no touch. */
static bool must_concern(const struct step *step, uint32_t person)
{
	const uint32_t passed = fact_bit(FACT_UNCHANGED) | fact_bit(FACT_REFUSED);

	return step->with == 0 && step->tie_count == 0 &&
	       (step->unless & (person | ~PERSON_FACTS) & ~passed) == 0 &&
	       (step->when == 0 || (step->when & person) != 0);
}

int32_t plan_step_ms(const struct step *step)
{
	const int32_t repeats = step->repeats > 0 ? step->repeats : 1;

	return step->count > 0 ? step->count * unit_round_ms(step->unit) : step->ms * repeats;
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
		if (rule_of(unit->technique)->touch &&
				(steps->step[i].when & fact_bit(FACT_REFUSED)) != 0) {
			steps_refuse(steps, &steps->origin[i],
					"when: \"%s\" is touch, and who is refused gets none",
					unit->name);
		}
		if (plan->kind == SESSION_RELAXATION && rule_of(unit->technique)->touch) {
			steps_refuse(steps, &steps->origin[i],
					"unit: \"%s\" is touch, and this is a relaxation",
					unit->name);
		}
	}
}

/* S127: both sides the same. */
static void check_sides(const struct steps *steps, uint32_t person)
{
	for (size_t i = 0; i < steps->count; i++) {
		int32_t left = 0;
		int32_t right = 0;
		for (size_t j = 0; j < steps->count; j++) {
			const struct step *step = &steps->step[j];
			if (step->unit == NULL || step->unit != steps->step[i].unit ||
					!may_concern(step, person)) {
				continue;
			}
			left += step->side == SIDE_LEFT ? plan_step_ms(step) : 0;
			right += step->side == SIDE_RIGHT ? plan_step_ms(step) : 0;
		}
		if (left != right) {
			steps_refuse(steps, &steps->origin[i],
					"sides: \"%s\" gets %d s on the left and %d s on the right%s: "
					"both sides get the same (S127)",
					steps->step[i].unit->name, left / 1000, right / 1000,
					person_name(person));
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
	const struct rule *rule = rule_at(step);

	return rule != NULL && rule->touch;
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

static bool yes_leads_to(const struct step *step, enum outcome either, enum outcome or)
{
	const struct answer *yes = answers_find(step, INTENT_YES);

	return yes != NULL && (yes->outcome == either || yes->outcome == or);
}

static bool has_urgent_signs(const struct step *step)
{
	return yes_leads_to(step, OUTCOME_URGENT, OUTCOME_URGENT);
}

static bool has_not_today(const struct step *step)
{
	return yes_leads_to(step, OUTCOME_REFUSE, OUTCOME_ADVISE);
}

static bool has_conditions(const struct step *step)
{
	return yes_leads_to(step, OUTCOME_CLEARANCE, OUTCOME_LIGHT);
}

static bool has_warm_up(const struct step *step)
{
	return step->unit != NULL && rule_at(step)->warms;
}

/* Marks where each way on from step i leads; true when a mark is new. */
static bool mark_next(const struct steps *steps, size_t i, uint32_t person, bool *reached)
{
	const struct step *step = &steps->step[i];
	/* what is only for some is not passed by others */
	bool on = step->answer_count == 0 || !must_concern(step, person);
	bool is_new = false;

	for (size_t k = 0; may_concern(step, person) && k < step->answer_count; k++) {
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
static void mark_without(const struct steps *steps, has_fn *has, uint32_t person,
		bool reached[static STEPS_MAX])
{
	bool is_new = steps->count > 0;

	memset(reached, 0, STEPS_MAX * sizeof(*reached));
	reached[0] = true;
	while (is_new) {
		is_new = false;
		for (size_t i = 0; i < steps->count; i++) {
			const struct step *step = &steps->step[i];
			if (reached[i] && (!has(step) || !must_concern(step, person))) {
				is_new = mark_next(steps, i, person, reached) || is_new;
			}
		}
	}
}

/* S1, S41-S43: before hands touch skin, whatever was answered. */
static void check_before_touch(const struct steps *steps, uint32_t person)
{
	static const struct {
		has_fn *has;
		const char *what;
	} needed[] = {
		{ has_urgent_signs, "a screening \"ask\", whose \"yes\" is urgent (S1, S25)" },
		{ has_not_today,
				"a screening \"ask\", whose \"yes\" refuses or advises (S1, S10)" },
		{ has_conditions, "a screening \"ask\", whose \"yes\" leads to clearance or light "
				  "(S1, S15)" },
		{ has_consent, "an \"ask\" for consent, whose \"no\" refuses (S41)" },
		{ has_ceiling, "an \"ask\" with \"store: ceiling\" (S42, S132)" },
		{ has_number, "\"rehearse: number\" (S42)" },
		{ has_stop_word, "\"rehearse: stop\" (S43)" },
	};
	bool reached[STEPS_MAX];

	for (size_t k = 0; k < sizeof(needed) / sizeof(needed[0]); k++) {
		mark_without(steps, needed[k].has, person, reached);
		for (size_t i = 0; i < steps->count; i++) {
			if (reached[i] && is_touch(&steps->step[i]) &&
					may_concern(&steps->step[i], person)) {
				steps_refuse(steps, &steps->origin[i],
						"before the first touch comes %s", needed[k].what);
			}
		}
	}
}

/* S112: deep work only on warm muscle. */
static void check_warmth(const struct steps *steps, uint32_t person)
{
	bool reached[STEPS_MAX];

	mark_without(steps, has_warm_up, person, reached);
	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = &steps->step[i];
		if (reached[i] && may_concern(step, person) && step->unit != NULL &&
				rule_at(step)->deep) {
			steps_refuse(steps, &steps->origin[i],
					"unit: \"%s\" goes deep and needs a warm-up before it%s (S112)",
					step->unit->name, person_name(person));
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
	       outcome == OUTCOME_CLEARANCE ||
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
		can_refuse = can_refuse || answers_refuses(step->answers[k].outcome) ||
			     step->answers[k].outcome == OUTCOME_CLEARANCE;
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

static bool is_same_work(const struct step *a, const struct step *b)
{
	return a->unit != NULL && b->unit != NULL && a->side == b->side && a->area == b->area &&
	       a->unit->technique == b->unit->technique;
}

/* S86: deep work on one side comes twice at the most, with something else between. */
static void check_depth(const struct steps *steps, size_t i, uint32_t person)
{
	const struct step *step = &steps->step[i];
	size_t times = 1;
	bool other = true;

	for (size_t j = 0; j < i; j++) {
		const struct step *before = &steps->step[j];
		if (!may_concern(before, person)) {
			continue;
		}
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
	if (times > HOLDS_PER_SPOT) {
		steps_refuse(steps, &steps->origin[i],
				"unit: \"%s\" goes deep and comes %zu times on one side, at most %d "
				"are allowed (S86, S96)",
				step->unit->name, times, HOLDS_PER_SPOT);
	}
}

/* Something else to do between two holds: what everybody gets of it. */
static int64_t rest_ms(const struct steps *steps, size_t from, size_t to, uint32_t person)
{
	int64_t ms = 0;

	for (size_t i = from + 1; i < to; i++) {
		const struct step *step = &steps->step[i];
		const bool counts = step->unit != NULL && !step->optional && step->tie_count == 0 &&
				    !rule_at(step)->deep && may_concern(step, person);
		ms += counts ? plan_step_ms(step) : 0;
	}
	return ms;
}

/* S86: whatever holds it, one place rests between two holds, and gets no third one. */
static void check_spot(const struct steps *steps, size_t i, uint32_t person)
{
	const struct step *step = &steps->step[i];
	size_t times = 1;

	for (size_t j = 0; j < i; j++) {
		const struct step *before = &steps->step[j];
		if (before->unit == NULL || !rule_at(before)->spot || before->side != step->side ||
				before->area != step->area || !may_concern(before, person)) {
			continue;
		}
		times++;
		if (rest_ms(steps, j, i, person) < HOLD_AGAIN_AFTER_MS) {
			steps_refuse(steps, &steps->origin[i],
					"unit: \"%s\" holds a place again after %lld s of other work, "
					"at least %d s are needed (S86)",
					step->unit->name,
					(long long)rest_ms(steps, j, i, person) / 1000,
					HOLD_AGAIN_AFTER_MS / 1000);
		}
	}
	if (times > HOLDS_PER_SPOT) {
		steps_refuse(steps, &steps->origin[i],
				"unit: \"%s\" holds a place for the %zu. time, at most %d times are "
				"allowed (S86)",
				step->unit->name, times, HOLDS_PER_SPOT);
	}
}

/* S83: strokes follow a trigger point. */
static void check_after(const struct steps *steps, size_t i, uint32_t person)
{
	const struct step *step = &steps->step[i];
	size_t next = i + 1;

	while (next < steps->count && (steps->step[next].unit == NULL ||
						      !may_concern(&steps->step[next], person))) {
		next++;
	}
	if (next == steps->count || steps->step[next].side != step->side ||
			steps->step[next].unit->technique != TECHNIQUE_EFFLEURAGE_AFTER) {
		steps_refuse(steps, &steps->origin[i],
				"unit: behind \"%s\" comes a unit with the technique "
				"effleurage_after, on the same side (S83)",
				step->unit->name);
	}
}

/* S24, S57, S124: no tool and no warmth on skin that is not well. */
static void check_tool(const struct steps *steps, size_t i)
{
	const struct step *step = &steps->step[i];

	if (rule_at(step)->tool != TOOL_NONE && (step->unless & fact_bit(FACT_SKIN)) == 0) {
		steps_refuse(steps, &steps->origin[i],
				"unit: \"%s\" is a tool, or warmth: say \"unless: %s\" (S24, S57, "
				"S124)",
				step->unit->name, fact_name(FACT_SKIN));
	}
}

/* S95: glides over one side add up. */
static void check_glides(const struct steps *steps, size_t i, uint32_t person)
{
	const struct step *step = &steps->step[i];
	const int32_t most = rule_at(step)->count.max;
	int32_t count = 0;

	for (size_t j = 0; j <= i; j++) {
		const bool same = is_same_work(&steps->step[j], step) &&
				  may_concern(&steps->step[j], person);
		count += same ? steps->step[j].count : 0;
	}
	if (count > most) {
		steps_refuse(steps, &steps->origin[i],
				"count: \"%s\" comes to %d strokes on one side, at most %d are allowed "
				"(%s)",
				step->unit->name, count, most, rule_at(step)->row);
	}
}

static void check_amounts(const struct steps *steps, uint32_t person)
{
	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = &steps->step[i];
		if (step->unit == NULL || !may_concern(step, person)) {
			continue;
		}
		if (rule_at(step)->deep) {
			check_depth(steps, i, person);
		}
		if (rule_at(step)->spot) {
			check_spot(steps, i, person);
		}
		if (rule_at(step)->knot) {
			check_after(steps, i, person);
		}
		check_tool(steps, i);
		if (step->unit->technique == TECHNIQUE_PALM_GLIDE) {
			check_glides(steps, i, person);
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

/* Strokes, holds and stretches of one person; deep work is left out where touch is light. */
static int64_t whole_ms(const struct steps *steps, uint32_t person)
{
	int64_t ms = 0;

	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = &steps->step[i];
		if (step->unit == NULL || !may_concern(step, person)) {
			continue;
		}
		const struct rule *rule = rule_at(step);
		const bool left_out = rule->deep && (person & fact_bit(FACT_LIGHT)) != 0;
		ms += (rule->touch || rule->stretch) && !left_out ? plan_step_ms(step) : 0;
	}
	return ms;
}

/* S113, S128, S129; what is left of it with light touch may be less. */
static void check_time(const struct steps *steps, const struct plan *plan, uint32_t person)
{
	const struct origin origin = { steps->source->path, plan->root };
	const bool light = (person & fact_bit(FACT_LIGHT)) != 0;
	const int32_t least = plan->is_short || light ? 0 : TOUCH_MIN_S;
	const int32_t most = plan->is_short ? TOUCH_MIN_S : TOUCH_MAX_S;
	const int64_t ms = whole_ms(steps, person);

	if (ms < (int64_t)least * 1000 || ms > (int64_t)most * 1000) {
		steps_refuse(steps, &origin,
				"touch and stretches take %lld s%s, %d s to %d s are allowed (%s)%s",
				(long long)ms / 1000, person_name(person), least, most,
				plan->is_short ? "S129" : "S113, S128",
				ms < (int64_t)least * 1000 ? "; or say \"short: true\"" : "");
	}
}

static void check_person(const struct steps *steps, const struct plan *plan, uint32_t person)
{
	check_sides(steps, person);
	if (plan->kind == SESSION_TOUCH) {
		check_before_touch(steps, person);
		check_warmth(steps, person);
		check_amounts(steps, person);
		check_time(steps, plan, person);
	}
}

void plan_check(struct steps *steps, const struct plan *plan)
{
	if (steps->source->status != STATUS_OK) {
		return;
	}
	check_names(steps);
	check_units(steps, plan);
	check_questions(steps);
	for (size_t i = 0; i < PERSONS; i++) {
		check_person(steps, plan, person_at(i));
	}
	if (plan->kind != SESSION_TOUCH) {
		check_rest(steps);
	}
}
