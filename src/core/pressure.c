/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pressure.c - the pressure policy, S131-S148. The level rises in one function only, by one, and
 * only by "firmer"; everything that is unclear lowers it.
 */
#include "parts.h"

#define SOFTEN_STEP_DB 1.0 /* a step of the target below PRESSURE_CEILING_DEFAULT */
#define FIRMEST PRESSURE_CEILING_DEFAULT

static int32_t at_most(int32_t value, int32_t most)
{
	return value < most ? value : most;
}

static frames_t later(frames_t a, frames_t b)
{
	return a > b ? a : b;
}

static bool has_touch(const struct step *step)
{
	return step != NULL && step->kind == STEP_UNIT && step->unit->pressure.max > 0;
}

static int32_t ceiling_at(const struct engine *e, const struct step *step)
{
	int32_t ceiling = at_most(e->pressure.ceiling, PRESSURE_CAP);

	if (has_touch(step)) {
		ceiling = at_most(ceiling, step->unit->pressure.max);
	}
	return e->flow.light ? at_most(ceiling, PRESSURE_LIGHT_MAX) : ceiling;
}

int32_t pressure_ceiling(const struct engine *e)
{
	return ceiling_at(e, flow_step(e));
}

int32_t pressure_at(const struct engine *e, const struct step *step)
{
	return at_most(e->pressure.level, ceiling_at(e, step));
}

static void soften(struct turn *t)
{
	struct engine_pressure *p = &t->engine->pressure;
	double gain_db = 0.0;

	if (p->target > 0 && p->target < FIRMEST) {
		gain_db = SOFTEN_STEP_DB * (p->target - FIRMEST);
	}
	if (gain_db < p->soften_db || gain_db > p->soften_db) {
		const struct action action = { .kind = ACTION_SOFTEN, .gain_db = gain_db };
		p->soften_db = gain_db;
		turn_emit(t, &action);
	}
}

static void set_level(struct turn *t, int32_t level, enum why why)
{
	struct engine_pressure *p = &t->engine->pressure;
	const struct action action = {
		.kind = ACTION_PRESSURE, .from = p->level, .target = level, .why = why
	};

	if (level == p->level) {
		return;
	}
	turn_emit(t, &action);
	p->level = level;
	p->rated = false;
	if (p->target > 0) {
		p->target = level;
		soften(t);
	}
}

void pressure_lower(struct turn *t, int32_t by, enum why why)
{
	const int32_t level = t->engine->pressure.level - by;

	if (!flow_is_touch(t->engine)) {
		return;
	}
	set_level(t, level < PRESSURE_MIN ? PRESSURE_MIN : level, why);
}

/* Who names a pain as comfortable misunderstood the scale. */
int32_t pressure_kept(int32_t named)
{
	if (named > PRESSURE_CAP) {
		return PRESSURE_CEILING_DEFAULT;
	}
	return named < PRESSURE_MIN ? PRESSURE_MIN : named;
}

void pressure_limit(struct turn *t, int32_t ceiling)
{
	struct engine_pressure *p = &t->engine->pressure;

	p->ceiling = pressure_kept(ceiling);
	if (p->level > p->ceiling) {
		set_level(t, p->ceiling, WHY_RATING);
	}
}

void pressure_light(struct turn *t)
{
	t->engine->flow.light = true;
	if (t->engine->pressure.level > PRESSURE_LIGHT_MAX) {
		set_level(t, PRESSURE_LIGHT_MAX, WHY_UNIT);
	}
}

void pressure_enter(struct turn *t, const struct step *step)
{
	struct engine_pressure *p = &t->engine->pressure;

	p->ask_due = FRAMES_NEVER;
	p->comfort_due = FRAMES_NEVER;
	p->rated = false;
	p->firmer = 0;
	p->silent_here = false;
	p->offered = false;
	if (has_touch(step)) {
		set_level(t, pressure_at(t->engine, step), WHY_UNIT);
		p->target = p->level;
	} else {
		p->target = 0;
	}
	soften(t);
}

static bool can_ask(const struct engine *e)
{
	return e->pressure.target > 0 && e->microphone && flow_is_touch(e);
}

/* S143: after each change the target is rated anew. */
static void ask_soon(struct engine *e)
{
	if (can_ask(e)) {
		e->pressure.ask_due = e->now + frames_from_ms(RERATE_AFTER_MS);
	}
}

void pressure_start(struct engine *e, frames_t anchor, frames_t length)
{
	struct engine_pressure *p = &e->pressure;
	const struct unit *unit = flow_unit(e);
	frames_t first = length / 4;

	if (!can_ask(e)) {
		return;
	}
	p->comfort_due = anchor + later(p->comfort_left, frames_from_ms(COMFORT_MIN_MS));
	if (p->ask_due != FRAMES_NEVER) { /* before the first stroke there is nothing to rate */
		p->ask_due = later(p->ask_due, anchor + frames_from_ms(RATING_FIRST_MIN_MS));
		return;
	}
	if (p->rated || p->silent_here || !(unit->rated || rule_of(unit->technique)->deep)) {
		return;
	}
	first = later(first, frames_from_ms(RATING_FIRST_MIN_MS));
	p->ask_due = anchor + earlier(first, frames_from_ms(RATING_FIRST_MAX_MS));
}

void pressure_suspend(struct engine *e)
{
	struct engine_pressure *p = &e->pressure;

	if (p->comfort_due != FRAMES_NEVER) {
		p->comfort_left = p->comfort_due > e->now ? p->comfort_due - e->now : 0;
		p->comfort_left = earlier(p->comfort_left, frames_from_ms(COMFORT_AFTER_MS));
		p->comfort_due = FRAMES_NEVER;
	}
}

void pressure_resume(struct engine *e)
{
	if (e->pressure.ask_due != FRAMES_NEVER) {
		ask_soon(e);
	}
}

frames_t pressure_deadline(const struct engine *e)
{
	if (e->inquiry.kind != INQUIRY_NONE || e->flow.phase != FLOW_PACING || !can_ask(e)) {
		return FRAMES_NEVER;
	}
	return earlier(e->pressure.ask_due, e->pressure.comfort_due);
}

void pressure_tick(struct turn *t)
{
	struct engine *e = t->engine;
	struct engine_pressure *p = &e->pressure;

	if (pressure_deadline(e) > e->now) {
		return;
	}
	if (p->ask_due <= e->now) {
		inquiry_open(t, INQUIRY_RATING, PHRASE_RATING_ASK);
		return;
	}
	p->comfort_due = e->now + frames_from_ms(COMFORT_AFTER_MS);
	inquiry_open(t, INQUIRY_COMFORT, PHRASE_COMFORT_ASK);
}

static void say_with(struct turn *t, enum phrase phrase, int32_t value)
{
	struct text_args args = turn_args(t->engine);

	args.value = value;
	turn_aside(t, phrase, &args);
}

/* S142, S125: deep pressure is not tolerated, there are other ways. */
static void count_reduction(struct turn *t)
{
	struct engine_pressure *p = &t->engine->pressure;

	if (++p->reductions >= REDUCTIONS_BEFORE_OPTION && !p->told_option) {
		p->told_option = true;
		turn_aside(t, PHRASE_LIGHTER_OPTION, NULL);
	}
}

/* Lower, said at once with phrase, asked again soon. */
static void reduce(struct turn *t, int32_t by, enum why why, enum phrase phrase, int32_t value)
{
	struct engine *e = t->engine;
	const bool interrupts = flow_is_speaking(e);

	inquiry_close(e);
	turn_cut(t);
	pressure_lower(t, by, why);
	e->pressure.rated = false;
	say_with(t, phrase, value);
	count_reduction(t);
	if (interrupts) {
		flow_say_on(t);
	}
	ask_soon(e);
	flow_prepare(t);
}

void pressure_lighter(struct turn *t)
{
	const struct engine *e = t->engine;
	const bool lightest = e->pressure.level <= PRESSURE_MIN;

	reduce(t, 1, WHY_LIGHTER, lightest ? PHRASE_LIGHTEST : PHRASE_LIGHTER, -1);
}

/* True, and stopped, where the touch that is too much is the lightest already. */
static bool given_up(struct turn *t, enum why why)
{
	const struct engine_pressure *p = &t->engine->pressure;

	if (p->level > PRESSURE_MIN || p->target == 0) {
		return false;
	}
	stop_begin(t, why);
	return true;
}

/* Not knowing is no report of discomfort: at the lightest it leads no further. */
void pressure_ease(struct turn *t, int32_t by, enum why why)
{
	if (why == WHY_UNSURE || !given_up(t, why)) {
		reduce(t, by, why, PHRASE_COMFORT_BAD, -1);
	}
}

bool pressure_releases(struct turn *t)
{
	struct engine *e = t->engine;
	const struct event *event = t->event;
	const struct step *step = flow_step(e);
	const bool stopped = e->mode == ENGINE_STOPPED;
	const bool can_check = e->mode == ENGINE_RUNNING && !flow_is_before_work(e) && can_ask(e);
	int32_t value = event->value > event->other ? event->value : event->other;

	if (event->intent != INTENT_RATING || !flow_is_touch(e) ||
			(!stopped && step != NULL && answer_wants_number(step))) {
		return false;
	}
	if (can_check && event->other >= 0) {
		value = at_most(event->value, event->other); /* in doubt it is asked back */
	}
	if (value < PRESSURE_RELEASE) {
		return false;
	}
	e->pressure.rating = event->value > event->other ? event->value : event->other;
	return true;
}

/* S82: once in a hold, by one, and only after a rating that allows it. */
static bool may_offer(const struct engine *e)
{
	const struct unit *unit = flow_unit(e);

	return unit != NULL && rule_of(unit->technique)->knot && !e->pressure.offered &&
	       e->flow.phase == FLOW_PACING && pace_left(e) >= frames_from_ms(MORE_LEFT_MS) &&
	       pressure_verdict(e) == PHRASE_FIRMER;
}

void pressure_rating(struct turn *t, int32_t value)
{
	struct engine *e = t->engine;
	struct engine_pressure *p = &e->pressure;

	p->rating = value;
	p->silent_areas = 0;
	if (value > pressure_ceiling(e)) {
		if (given_up(t, WHY_RATING)) {
			return;
		}
		reduce(t, 2, WHY_RATING, PHRASE_RATING_HIGH, value);
		return;
	}
	inquiry_close(e);
	/* before the first stroke there is nothing yet to allow more of */
	p->rated = e->flow.phase == FLOW_PACING || e->flow.phase == FLOW_CLOSING;
	p->ask_due = FRAMES_NEVER;
	if (p->comfort_due != FRAMES_NEVER) {
		p->comfort_due = later(p->comfort_due, e->now + frames_from_ms(COMFORT_GAP_MS));
	}
	if (may_offer(e)) {
		p->offered = true;
		inquiry_more(t, value);
	} else {
		say_with(t, PHRASE_RATING_OK, value);
	}
}

/* S144: still not understood, so it was the higher of the candidates. */
void pressure_assume(struct turn *t, int32_t value)
{
	struct engine *e = t->engine;
	const bool high = value > pressure_ceiling(e);

	e->pressure.rating = value;
	if (value >= PRESSURE_RELEASE) {
		stop_begin(t, WHY_RATING);
		return;
	}
	e->pressure.silent_areas = 0;
	if (!high || !given_up(t, WHY_RATING)) {
		reduce(t, high ? 2 : 1, WHY_UNSURE, PHRASE_RATING_ASSUMED, value);
	}
}

/* S146: nobody answered. Lower and go on with light work; a second silent area is a pause. */
void pressure_silence(struct turn *t)
{
	struct engine *e = t->engine;
	struct engine_pressure *p = &e->pressure;
	const bool number = e->inquiry.kind == INQUIRY_RATING;

	inquiry_close(e);
	p->ask_due = FRAMES_NEVER;
	p->silent_areas += p->silent_here ? 0 : 1;
	p->silent_here = true;
	pressure_lower(t, 1, WHY_SILENCE);
	if (p->silent_areas >= 2) {
		p->silent_areas = 0;
		pause_begin(t, PHRASE_SILENT_PAUSE);
		return;
	}
	say_with(t, number ? PHRASE_RATING_SILENT : PHRASE_COMFORT_BAD, -1);
	count_reduction(t);
	flow_prepare(t);
}

static int32_t own_ceiling(const struct engine *e)
{
	return at_most(e->pressure.ceiling, PRESSURE_CAP);
}

/* What stands in the way where no more than this is allowed. */
static enum phrase limit_at(const struct engine *e, int32_t pressure)
{
	return pressure < own_ceiling(e) ? PHRASE_FIRMER_AT_BAND : PHRASE_FIRMER_AT_CEILING;
}

enum phrase pressure_verdict(const struct engine *e)
{
	const struct engine_pressure *p = &e->pressure;
	const int32_t ceiling = pressure_ceiling(e);

	if (p->target == 0 || e->flow.phase == FLOW_CLOSING) {
		return PHRASE_FIRMER_NOT_HERE;
	}
	if (p->stop_cue) {
		return PHRASE_FIRMER_AFTER_STOP;
	}
	if (e->flow.light) {
		return PHRASE_FIRMER_LIGHT_ONLY;
	}
	if (!e->flow.warm) {
		return PHRASE_FIRMER_NOT_WARM;
	}
	if (p->firmer >= FIRMER_PER_AREA) {
		return PHRASE_FIRMER_ENOUGH;
	}
	if (p->target >= ceiling) {
		return limit_at(e, p->target);
	}
	if (flow_is_before_work(e)) {
		return PHRASE_NOT_NOW;
	}
	if (!p->rated) {
		return PHRASE_FIRMER_RATE_FIRST;
	}
	return p->rating <= ceiling - 1 ? PHRASE_FIRMER : limit_at(e, p->rating);
}

static void rise(struct turn *t)
{
	struct engine *e = t->engine;

	set_level(t, e->pressure.level + 1, WHY_FIRMER);
	e->pressure.firmer++;
	say_with(t, PHRASE_FIRMER, -1);
	ask_soon(e);
	flow_prepare(t);
}

void pressure_firmer(struct turn *t, bool sure)
{
	struct engine *e = t->engine;
	const enum phrase verdict = pressure_verdict(e);
	const enum inquiry_kind open = e->inquiry.kind;
	struct text_args args = turn_args(e);

	if (verdict != PHRASE_FIRMER && (verdict != PHRASE_FIRMER_RATE_FIRST || !can_ask(e))) {
		if (verdict == PHRASE_FIRMER_AT_CEILING) {
			args.ceiling = own_ceiling(e);
		}
		turn_aside(t, verdict, &args);
		return;
	}
	if (open == INQUIRY_NUMBER || open == INQUIRY_COMFORT) {
		inquiry_repeat(t); /* first things first */
		return;
	}
	if (verdict == PHRASE_FIRMER_RATE_FIRST) {
		inquiry_open(t, INQUIRY_RATING, verdict); /* its words are the question */
		return;
	}
	inquiry_close(e);
	if (sure) {
		rise(t);
	} else {
		inquiry_open(t, INQUIRY_FIRMER, PHRASE_FIRMER_CONFIRM);
	}
}
