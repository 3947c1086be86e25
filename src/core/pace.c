/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pace.c - tones by frame. Every stroke begins where the one before it promised, in whole frames,
 * so that nothing adds up; each is sent ahead, so that a late tick moves no tone.
 */
#include "parts.h"

#define LEAD_MS 1000       /* from the last word to the first tone */
#define LEAD_MIN_MS 500    /* the same when the word was reported late */
#define AHEAD_MS 600       /* a stroke is sent this long before it begins */
#define TAIL_MS 800        /* the end tone rings out */
#define CUE_LATE_MS 5000   /* a cue later than this is left out */
#define STROKE_MIN_MS 1000 /* whatever a script says */
#define STROKE_MAX_MS 15000
#define UNIT_DEFAULT_MS 10000
#define BATCH_ROOM 12 /* actions of one stroke at the most */

static int32_t middle(struct range range)
{
	return range.min + (range.max - range.min) / 2;
}

static int32_t clip(int32_t value, struct range range)
{
	if (range.max == 0) {
		return value;
	}
	if (value < range.min) {
		return range.min;
	}
	return value > range.max ? range.max : value;
}

static bool has_strokes(const struct unit *unit)
{
	return unit->pace.kind == PACE_STROKES || unit->pace.kind == PACE_BREATH;
}

int32_t pace_repeats(const struct step *step)
{
	return step->unit->repeats.max > 0 ? clip(step->repeats, step->unit->repeats) : 0;
}

int32_t pace_count(const struct engine *e, const struct step *step)
{
	const struct unit *unit = step->unit;
	const int32_t fitted = fit_amount(e, step);
	int32_t count = step->count > 0 && fitted > 0 ? fitted : step->count;

	if (!has_strokes(unit) || (count <= 0 && (step->ms > 0 || unit->count.max == 0))) {
		return 0;
	}
	if (count <= 0) {
		count = middle(unit->count);
	}
	return unit->count.max > 0 && count > unit->count.max ? unit->count.max : count;
}

static frames_t timed_once(const struct engine *e, const struct step *step)
{
	const struct range seconds = step->unit->seconds;
	const int32_t fitted = fit_amount(e, step);
	int64_t ms = step->ms > 0 && fitted > 0 ? (int64_t)fitted * 1000 : step->ms;

	if (ms <= 0) {
		ms = seconds.max > 0 ? (int64_t)middle(seconds) * 1000 : UNIT_DEFAULT_MS;
	}
	if (seconds.max > 0 && ms > (int64_t)seconds.max * 1000) {
		ms = (int64_t)seconds.max * 1000;
	}
	return frames_from_ms(ms);
}

static frames_t timed_length(const struct engine *e, const struct step *step)
{
	const int32_t repeats = pace_repeats(step);

	return timed_once(e, step) * (repeats > 0 ? repeats : 1);
}

/* From a stroke's first frame to its last: without the return, or the hold after a breath. */
static frames_t body(const struct pace *pace, int32_t stroke_ms)
{
	return frames_from_ms(pace->kind == PACE_BREATH ? 2 * (int64_t)stroke_ms + pace->hold_in_ms
							: stroke_ms);
}

static frames_t gap(const struct pace *pace)
{
	return frames_from_ms(pace->kind == PACE_BREATH ? pace->hold_out_ms : pace->return_ms);
}

static frames_t strokes_length(const struct pace *pace, int32_t stroke_ms, int32_t count)
{
	return count <= 0 ? 0 : count * (body(pace, stroke_ms) + gap(pace)) - gap(pace);
}

static int32_t stroke_of(const struct engine *e, const struct unit *unit)
{
	const int32_t wish = has_strokes(unit) ? e->pace.wish_ms[unit->pace.kind == PACE_BREATH]
					       : 0;
	const int32_t stroke = wish > 0 ? clip(wish, unit->pace.stroke_ms)
					: unit->pace.stroke_default_ms;

	return clip(stroke, (struct range){ STROKE_MIN_MS, STROKE_MAX_MS });
}

frames_t pace_length(const struct engine *e, const struct step *step)
{
	const int32_t count = pace_count(e, step);

	return count > 0 ? strokes_length(&step->unit->pace, stroke_of(e, step->unit), count)
			 : timed_length(e, step);
}

frames_t pace_once(const struct engine *e, const struct step *step)
{
	return pace_count(e, step) > 0 ? pace_length(e, step) : timed_once(e, step);
}

void pace_load(struct engine *e, const struct step *step)
{
	struct engine_pace *p = &e->pace;
	const int32_t count = pace_count(e, step);

	p->running = false;
	p->closed = false;
	p->stilled = 0;
	p->found = false;
	p->stroke_ms = stroke_of(e, step->unit);
	p->promised_ms = p->stroke_ms;
	p->left = count > 0 ? count : -1;
	p->rest = count > 0 ? 0 : timed_length(e, step);
	p->spent = 0;
	p->cue = 0;
}

/* Where the unit ends as things stand. */
static frames_t expected_end(const struct engine *e)
{
	const struct engine_pace *p = &e->pace;
	const struct pace *pace = &flow_present(e)->unit->pace;

	if (p->closed) {
		return p->end;
	}
	return p->left >= 0 ? p->next + strokes_length(pace, p->stroke_ms, p->left)
			    : p->anchor + p->rest;
}

frames_t pace_left(const struct engine *e)
{
	const struct engine_pace *p = &e->pace;

	if (p->running) {
		return expected_end(e) > e->now ? expected_end(e) - e->now : 0;
	}
	return p->left >= 0 ? strokes_length(&flow_present(e)->unit->pace, p->stroke_ms, p->left)
			    : p->rest;
}

static void tone(struct turn *t, enum tone_kind kind, frames_t at, frames_t length)
{
	const struct action action = {
		.kind = ACTION_TONE, .tone = kind, .at = at, .length = length
	};

	if (at >= t->engine->now) {
		turn_emit(t, &action);
	}
}

static void stroke_tones(struct turn *t, const struct pace *pace, frames_t at, frames_t length)
{
	const frames_t beat_max = frames_from_ms(BEAT_MAX_MS);
	const frames_t parts = (length + beat_max - 1) / beat_max;

	tone(t, TONE_START, at, 0);
	for (frames_t i = 1; i < parts; i++) {
		tone(t, TONE_BEAT, at + length * i / parts, 0);
	}
	if (t->engine->pace.closed) {
		tone(t, TONE_END, at + length, 0);
	} else if (pace->return_ms > 0) {
		tone(t, TONE_TURN, at + length, 0);
	}
}

static void breath_tones(struct turn *t, const struct pace *pace, frames_t at, frames_t half)
{
	const frames_t in = frames_from_ms(pace->hold_in_ms);
	const frames_t out = frames_from_ms(pace->hold_out_ms);

	tone(t, TONE_INHALE, at, half);
	if (in > 0) {
		tone(t, TONE_HOLD, at + half, in);
	}
	tone(t, TONE_EXHALE, at + half + in, half);
	if (t->engine->pace.closed) {
		tone(t, TONE_END, at + half + in + half, 0);
	} else if (out > 0) {
		tone(t, TONE_HOLD, at + half + in + half, out);
	}
}

static void close_at(struct engine *e, frames_t end)
{
	e->pace.closed = true;
	e->pace.end = end;
	wait_until(&e->wait, end + frames_from_ms(TAIL_MS));
}

/* The length of the next stroke: as wished, unless only the promised one fits the time. */
static int32_t next_ms(const struct engine *e, const struct pace *pace)
{
	const struct engine_pace *p = &e->pace;

	if (p->left < 0 && p->next + body(pace, p->stroke_ms) > p->anchor + p->rest) {
		return p->promised_ms;
	}
	return p->stroke_ms;
}

static void schedule_stroke(struct turn *t, const struct pace *pace)
{
	struct engine *e = t->engine;
	struct engine_pace *p = &e->pace;
	const int32_t ms = next_ms(e, pace);
	const frames_t at = p->next;
	const frames_t length = body(pace, ms);

	p->promised_ms = ms;
	p->next = at + length + gap(pace);
	if (p->left > 0) {
		p->left--;
	}
	if (p->left == 0 || (p->left < 0 && p->next + length > p->anchor + p->rest)) {
		close_at(e, at + length);
	}
	p->ends[0] = p->ends[1];
	p->ends[1] = at + length;
	if (pace->kind == PACE_BREATH) {
		breath_tones(t, pace, at, frames_from_ms(ms));
	} else {
		stroke_tones(t, pace, at, length);
	}
}

/* One soft tone, or one for each repeat (S76); what is left of a cut one comes first. */
static void hold_tones(struct turn *t)
{
	const struct engine *e = t->engine;
	const frames_t once = timed_once(e, flow_present(e));
	frames_t from = e->pace.anchor;

	for (frames_t left = (e->pace.end - from - 1) / once; left > 0; left--) {
		const frames_t to = e->pace.end - left * once;
		tone(t, TONE_HOLD, from, to - from);
		tone(t, TONE_TURN, to, 0);
		from = to;
	}
	tone(t, TONE_HOLD, from, e->pace.end - from);
	tone(t, TONE_END, e->pace.end, 0);
}

static void start_timed(struct turn *t, const struct unit *unit)
{
	struct engine_pace *p = &t->engine->pace;

	close_at(t->engine, p->anchor + p->rest);
	if (unit->pace.kind == PACE_HOLD) {
		hold_tones(t);
	}
}

static bool nothing_left(const struct engine *e, const struct unit *unit)
{
	const struct engine_pace *p = &e->pace;

	if (p->left >= 0) {
		return p->left == 0;
	}
	if (p->spent == 0) {
		return false;
	}
	return has_strokes(unit) ? p->rest < body(&unit->pace, p->stroke_ms) : p->rest <= 0;
}

/* S56, S165: a pad warms on while all else rests. */
static void count_warmth(struct engine *e, const struct unit *unit)
{
	struct engine_pace *p = &e->pace;
	frames_t since = p->stilled > 0 ? e->now - p->stilled : 0;

	if (rule_of(unit->technique)->tool != TOOL_WARMTH) {
		return;
	}
	since = earlier(since, p->rest);
	p->rest -= since;
	p->spent += since;
	p->stilled = 0;
}

void pace_start(struct turn *t, frames_t at)
{
	struct engine *e = t->engine;
	struct engine_pace *p = &e->pace;
	const struct unit *unit = flow_unit(e);
	const frames_t soonest = e->now + frames_from_ms(LEAD_MIN_MS);

	count_warmth(e, unit);
	if (nothing_left(e, unit)) {
		flow_unit_done(t);
		return;
	}
	p->anchor = at + frames_from_ms(LEAD_MS);
	if (p->anchor < soonest) {
		p->anchor = soonest;
	}
	p->next = p->anchor;
	p->ends[0] = p->ends[1] = 0;
	p->closed = false;
	p->running = true;
	wait_clear(&e->wait);
	watch_start(e, p->anchor);
	pressure_start(e, p->anchor, pace_left(e) - (p->anchor - e->now));
	if (has_strokes(unit)) {
		schedule_stroke(t, &unit->pace);
	} else {
		start_timed(t, unit);
	}
}

frames_t pace_worked(const struct engine *e)
{
	const struct engine_pace *p = &e->pace;
	const frames_t to = p->closed ? earlier(e->now, p->end) : e->now;

	return p->running && to > p->anchor && fit_is_work(flow_present(e)) ? to - p->anchor : 0;
}

/* Whatever ends a run of the tones. */
static void count_work(struct engine *e)
{
	e->fit.worked += pace_worked(e);
}

void pace_finish(struct engine *e)
{
	count_work(e);
	e->pace.running = false;
}

void pace_suspend(struct engine *e)
{
	struct engine_pace *p = &e->pace;
	frames_t elapsed = e->now - p->anchor;

	pace_finish(e);
	p->closed = false;
	p->stilled = e->now;
	if (p->left >= 0) {
		/* a stroke that was cut is made again as a whole */
		p->left += (p->ends[0] > e->now) + (p->ends[1] > e->now);
		return;
	}
	if (elapsed > p->rest) {
		elapsed = p->rest;
	}
	if (elapsed > 0) {
		p->rest -= elapsed;
		p->spent += elapsed;
	}
}

static frames_t cue_due(const struct engine *e)
{
	const struct step *step = flow_step(e);
	const struct unit *unit = step->unit;

	if (e->pace.cue >= unit->cue_count || e->inquiry.kind != INQUIRY_NONE ||
			flow_is_terse(e, flow_present(e))) {
		return FRAMES_NEVER;
	}
	return expected_end(e) -
	       pace_length(e, step) / 100 * (100 - unit->cues[e->pace.cue].at_percent);
}

frames_t pace_deadline(const struct engine *e)
{
	if (!e->pace.running) {
		return FRAMES_NEVER;
	}
	return earlier(cue_due(e),
			e->pace.closed ? FRAMES_NEVER : e->pace.next - frames_from_ms(AHEAD_MS));
}

static void say_cue(struct turn *t)
{
	struct engine *e = t->engine;
	const frames_t due = cue_due(e);

	if (due > e->now) {
		return;
	}
	if (e->now - due <= frames_from_ms(CUE_LATE_MS)) {
		turn_say(t, flow_present(e)->unit->cues[e->pace.cue].say, NULL);
	}
	e->pace.cue++;
}

void pace_tick(struct turn *t)
{
	struct engine *e = t->engine;
	struct engine_pace *p = &e->pace;

	if (!p->running) {
		return;
	}
	while (!p->closed && p->next - frames_from_ms(AHEAD_MS) <= e->now &&
			t->count + BATCH_ROOM < ENGINE_ACTIONS_MAX) {
		schedule_stroke(t, &flow_present(e)->unit->pace);
	}
	say_cue(t);
}

void pace_change(struct turn *t, int32_t percent)
{
	struct engine *e = t->engine;
	const struct unit *unit = flow_unit(e);
	const bool slower = percent > 100;
	int32_t wish;

	if (unit == NULL || !has_strokes(unit)) {
		turn_aside(t, PHRASE_NO_PACE, NULL);
		return;
	}
	wish = (e->pace.stroke_ms * percent / 100 + 5) / 10 * 10;
	wish = unit->pace.stroke_ms.max > 0 ? clip(wish, unit->pace.stroke_ms) : e->pace.stroke_ms;
	if (wish == e->pace.stroke_ms) {
		turn_aside(t, slower ? PHRASE_SLOWEST : PHRASE_FASTEST, NULL);
		return;
	}
	e->pace.stroke_ms = wish;
	e->pace.wish_ms[unit->pace.kind == PACE_BREATH] = wish;
	turn_aside(t, slower ? PHRASE_SLOWER : PHRASE_FASTER, NULL);
}

static bool is_holding(const struct engine *e)
{
	const struct unit *unit = flow_unit(e);

	return unit != NULL && unit->pace.kind == PACE_HOLD && e->pace.running &&
	       e->now >= e->pace.anchor && e->now < e->pace.end;
}

static void tones_off(struct turn *t)
{
	const struct action off = { .kind = ACTION_TONES_OFF };

	turn_emit(t, &off);
}

/* S80: the hold is counted from the moment the spot was found; S130: and is never longer than the
 * guide allows from its first tone on. */
void pace_found(struct turn *t)
{
	struct engine *e = t->engine;
	struct engine_pace *p = &e->pace;
	const frames_t anchor = e->now + frames_from_ms(LEAD_MIN_MS);
	frames_t most;
	frames_t length;

	if (!is_holding(e) || p->found || pace_repeats(flow_present(e)) > 0) {
		return;
	}
	length = timed_length(e, flow_step(e));
	most = frames_from_ms((int64_t)flow_present(e)->unit->seconds.max * 1000);
	most -= p->spent + (anchor - p->anchor);
	length = earlier(length, most);
	if (length <= p->end - anchor) {
		return;
	}
	count_work(e);
	p->found = true;
	p->spent += anchor - p->anchor;
	p->anchor = anchor;
	p->rest = length;
	tones_off(t);
	start_timed(t, flow_unit(e));
}

/* S81: the hold has done its work. */
void pace_easing(struct turn *t)
{
	struct engine *e = t->engine;
	const frames_t end = e->now + frames_from_ms(LEAD_MIN_MS);

	if (!is_holding(e) || end >= e->pace.end) {
		return;
	}
	tones_off(t);
	close_at(e, end);
	tone(t, TONE_END, end, 0);
}
