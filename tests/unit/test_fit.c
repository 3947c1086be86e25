/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
/* Every shipped session with touch, of every length and for every kind of person, S113, S127. */
#include "core/parts.h"
#include "ease/arena.h"
#include "ease/loader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define SCRIPTS EASE_SOURCE_DIR "/scripts"
#define LIGHT 1u
#define SIDE_LYING 2u
#define SLACK_S 20 /* a part of the way at most */

static struct engine engine;
static const char *phrases[PHRASE_COUNT];

static enum work_kind liked; /* what helped most, and where */
static enum area best;

static void begin(const struct script *script, int32_t minutes, unsigned person)
{
	const struct engine_options options = {
		.screened = true,
		.microphone = true,
		.minutes = minutes,
		.work = liked,
		.area = best,
	};
	engine_init(&engine, script, phrases, &options);
	engine.flow.light = (person & LIGHT) != 0;
	engine.flow.side_lying = (person & SIDE_LYING) != 0;
	fit_make(&engine);
}

/* What is done to this person: touch and stretches. */
static bool is_done(const struct step *step)
{
	if (step->kind != STEP_UNIT || !flow_concerns(&engine, step)) {
		return false;
	}
	const struct rule *rule = rule_of(step->unit->technique);
	return (rule->touch || rule->stretch) && !(rule->deep && engine.flow.light);
}

static double seconds_from(size_t first, enum side side)
{
	double seconds = 0;
	for (size_t i = first; i < engine.script->step_count; i++) {
		const struct step *step = &engine.script->steps[i];
		if (is_done(step) && (side == SIDE_NONE || step->side == side)) {
			seconds += (double)pace_length(&engine, step) / EASE_RATE;
		}
	}
	return seconds;
}

static double seconds_of(enum side side)
{
	return seconds_from(0, side);
}

/* Of what comes after the present step. */
static double seconds_behind(enum side side)
{
	return seconds_from(engine.flow.step + 1, side);
}

static void stays_in_its_ranges(void)
{
	for (size_t i = 0; i < engine.script->step_count; i++) {
		const struct step *step = &engine.script->steps[i];
		if (!is_done(step)) {
			continue;
		}
		const struct range range = step->count > 0 ? step->unit->count
							   : step->unit->seconds;
		const int32_t amount =
				step->count > 0 ? pace_count(&engine, step)
						: (int32_t)(pace_once(&engine, step) / EASE_RATE);
		assert_true(amount >= range.min && amount <= range.max);
	}
}

/* What warms comes first, and a partner's light glides come last. */
static void keeps_its_ends(void)
{
	const struct step *first = NULL;
	const struct step *last = NULL;
	for (size_t i = 0; i < engine.script->step_count; i++) {
		const struct step *step = &engine.script->steps[i];
		if (is_done(step)) {
			first = first == NULL ? step : first;
			last = step;
		}
	}
	if (first == NULL) {
		fail();
		return;
	}
	const struct rule *rule = rule_of(first->unit->technique);
	const bool glides = first->unit->technique == TECHNIQUE_BREATH_GLIDE;
	assert_true(rule->warms || rule->stretch || glides);
	assert_true(engine.script->who == WHO_SELF || glides ||
			last->unit->technique == TECHNIQUE_EFFLEURAGE_FINISH);
}

static void fits_one(const struct script *script, int32_t minutes, unsigned person)
{
	begin(script, 0, person);
	const bool is_short = seconds_of(SIDE_NONE) <= TOUCH_MIN_S;
	begin(script, minutes, person);
	const double seconds = seconds_of(SIDE_NONE);
	const bool fits = seconds <= minutes * 60 + SLACK_S && seconds <= TOUCH_MAX_S &&
			  (is_short || seconds >= TOUCH_MIN_S - SLACK_S);
	if (!fits) {
		print_error("%s, %d min, person %u: %.0f s\n", script->name, minutes, person,
				seconds);
	}
	assert_true(fits);
	assert_float_equal(seconds_of(SIDE_LEFT), seconds_of(SIDE_RIGHT), 0.001);
	stays_in_its_ranges();
	keeps_its_ends();
}

static void fits_every_session(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	struct diag diag;
	const struct session_entry *entries = NULL;
	size_t count = 0;
	size_t tried = 0;
	assert_int_equal(script_list(arena, SCRIPTS, &entries, &count, &diag), STATUS_OK);
	for (size_t i = 0; i < count; i++) {
		const struct script *script = NULL;
		assert_int_equal(script_load(arena, SCRIPTS, entries[i].name, NULL, &script, &diag),
				STATUS_OK);
		for (int32_t minutes = 5; script->kind == SESSION_TOUCH && minutes <= 15;
				minutes++) {
			for (unsigned person = 0; person < 4; person++, tried++) {
				fits_one(script, minutes, person);
			}
			for (int work = 1; work < WORK_COUNT; work++) {
				liked = (enum work_kind)work;
				fits_one(script, minutes, (unsigned)work % 4);
			}
			liked = WORK_NONE;
		}
	}
	assert_true(tried >= 400);
	arena_destroy(arena);
}

static size_t areas_of(const struct script *script, int32_t minutes)
{
	size_t areas = 0;
	begin(script, minutes, 0);
	for (size_t i = 0; i < script->step_count; i++) {
		areas += is_done(&script->steps[i]) && script->steps[i].area != AREA_NONE;
	}
	return areas;
}

static void trims_areas_first(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	struct diag diag;
	const struct script *script = NULL;
	assert_int_equal(script_load(arena, SCRIPTS, "partner", NULL, &script, &diag), STATUS_OK);
	assert_int_equal(areas_of(script, 5), 4); /* the waist, two techniques on each side */
	assert_true(seconds_of(SIDE_NONE) < 320);
	assert_int_equal(areas_of(script, 15), 12);
	assert_true(seconds_of(SIDE_NONE) > 780);
	arena_destroy(arena);
}

static const struct script *load(struct arena *arena, const char *name)
{
	const struct script *script = NULL;
	struct diag diag;
	assert_int_equal(script_load(arena, SCRIPTS, name, NULL, &script, &diag), STATUS_OK);
	return script;
}

static double seconds_of_work(enum work_kind work)
{
	double seconds = 0;
	for (size_t i = 0; i < engine.script->step_count; i++) {
		const struct step *step = &engine.script->steps[i];
		if (is_done(step) && work_of(step->unit->technique) == work) {
			seconds += (double)pace_length(&engine, step) / EASE_RATE;
		}
	}
	return seconds;
}

/* S175: also in a session whose length nobody wished for, which grows no longer by it. */
static void what_helped_gets_more_of_the_time(void **state)
{
	(void)state;
	static const int32_t lengths[] = { 0, 10, 12 };
	struct arena *arena = arena_create();
	const struct script *script = load(arena, "partner");
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		liked = WORK_NONE;
		begin(script, lengths[i], 0);
		const double before = seconds_of_work(WORK_KNEADING);
		const double whole = seconds_of(SIDE_NONE);
		liked = WORK_KNEADING;
		begin(script, lengths[i], 0);
		assert_true(seconds_of_work(WORK_KNEADING) > before + 10);
		assert_true(seconds_of(SIDE_NONE) <= whole + SLACK_S);
		assert_float_equal(seconds_of(SIDE_LEFT), seconds_of(SIDE_RIGHT), 0.001);
		stays_in_its_ranges();
	}
	liked = WORK_NONE;
	arena_destroy(arena);
}

/* S175: where the planner trims, the others go first. */
static void the_best_place_is_left_out_last(void **state)
{
	(void)state;
	struct arena *arena = arena_create();
	const struct script *script = load(arena, "partner");
	for (best = AREA_WAIST; best < AREA_COUNT; best++) {
		assert_int_equal(areas_of(script, 5), 4);
		for (size_t i = 0; i < script->step_count; i++) {
			const struct step *step = &script->steps[i];
			assert_true(!is_done(step) || step->area == AREA_NONE ||
					step->area == best);
		}
	}
	best = AREA_NONE;
	arena_destroy(arena);
}

/* ... and it comes first in each place, said at length where the first one is. */
static void the_best_place_comes_first(void **state)
{
	(void)state;
	static struct step steps[ENGINE_STEPS_MAX];
	struct arena *arena = arena_create();
	const struct script *script = load(arena, "partner");
	size_t runs = 0;
	memcpy(steps, script->steps, script->step_count * sizeof(*steps));
	script_favour(steps, script->step_count, AREA_NONE);
	assert_memory_equal(steps, script->steps, script->step_count * sizeof(*steps));
	script_favour(steps, script->step_count, AREA_RIBS);
	for (size_t i = 0; i < script->step_count; i++) {
		const struct step *was = &script->steps[i];
		assert_ptr_equal(steps[i].unit, was->unit);
		assert_int_equal(steps[i].side, was->side);
		if (was->area == AREA_WAIST && was[2].area == AREA_RIBS) {
			assert_string_equal(steps[i].name, was[2].name);
			assert_int_equal(steps[i + 1].area, AREA_WAIST);
			assert_int_equal(steps[i + 2].area, AREA_HIP);
			assert_int_equal(steps[i].short_form, was->short_form);
			assert_true(steps[i + 1].short_form);
			runs++;
		}
	}
	assert_int_equal(runs, 4);
	arena_destroy(arena);
}

static size_t place_of(const struct script *script, const char *name)
{
	for (size_t i = 0; i < script->step_count; i++) {
		if (strcmp(script->steps[i].name, name) == 0) {
			return i;
		}
	}
	fail_msg("there is no step \"%s\"", name);
	return 0;
}

/* As if the flow were at the end of that step. */
static double go_to(const char *name)
{
	engine.flow.step = place_of(engine.script, name);
	engine.flow.phase = FLOW_CLOSING;
	engine.fit.worked = 0;
	memset(engine.flow.done, 0, sizeof(engine.flow.done));
	for (size_t i = 0; i <= engine.flow.step; i++) {
		const struct step *step = &engine.script->steps[i];
		if (is_done(step)) {
			engine.flow.done[i] = true;
			engine.fit.worked += pace_length(&engine, step);
		}
	}
	return (double)engine.fit.worked / EASE_RATE;
}

/* "Shorter" and "longer" move what is left; the second side gets what the first one got. */
static void a_wish_in_the_midst_is_for_what_is_left(void **state)
{
	(void)state;
	static const char *const places[] = { "glide-up", "kneading-left-hip",
		"kneading-right-waist", "finish-glide" };
	struct arena *arena = arena_create();
	const struct script *script = load(arena, "partner");
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		for (int32_t minutes = 5; minutes <= 15; minutes += 5) {
			begin(script, 10, 0);
			const double spent = go_to(places[i]);
			assert_true(fit_wish(&engine, minutes));
			assert_float_equal(seconds_of(SIDE_LEFT), seconds_of(SIDE_RIGHT), 0.001);
			assert_true(seconds_of(SIDE_NONE) <= TOUCH_MAX_S);
			stays_in_its_ranges();
			keeps_its_ends();
			/* another one, which counts what the first one hides */
			assert_true(fit_wish(&engine, 15));
			assert_true(spent + seconds_behind(SIDE_NONE) <= TOUCH_MAX_S);
		}
	}
	begin(script, 5, 0);
	(void)go_to("glide-up");
	const double five = seconds_of(SIDE_NONE);
	assert_int_equal(fit_minutes(&engine, LENGTH_LONGER), 10);
	assert_true(fit_wish(&engine, 10));
	assert_true(seconds_of(SIDE_NONE) > five + 200);
	assert_int_equal(fit_minutes(&engine, LENGTH_SHORTER), 5);
	assert_int_equal(fit_minutes(&engine, 12), 12);
	/* a short one stays as it is */
	begin(load(arena, "simple"), 0, 0);
	assert_false(fit_wish(&engine, 15));
	begin(load(arena, "slow-breath"), 0, 0);
	assert_false(fit_wish(&engine, 15));
	arena_destroy(arena);
}

/* The same without the finish, which who turns late gets on one side. */
static double even_seconds(enum side side)
{
	double seconds = seconds_behind(side);
	for (size_t i = engine.flow.step + 1; i < engine.script->step_count; i++) {
		const struct step *step = &engine.script->steps[i];
		if (is_done(step) && step->side == side &&
				step->unit->technique == TECHNIQUE_EFFLEURAGE_FINISH) {
			seconds -= (double)pace_length(&engine, step) / EASE_RATE;
		}
	}
	return seconds;
}

static bool ends_with_a_finish(void)
{
	const struct step *last = NULL;
	for (size_t i = engine.flow.step + 1; i < engine.script->step_count; i++) {
		last = is_done(&engine.script->steps[i]) ? &engine.script->steps[i] : last;
	}
	return last != NULL && last->unit->technique == TECHNIQUE_EFFLEURAGE_FINISH;
}

/* S202: the form for the side begins anew, in the time that is left. */
static void fits_what_is_left_on_the_side(void **state)
{
	(void)state;
	static const char *const places[] = { "glide-up", "lift-and-roll-left-hip",
		"kneading-left-hip", "kneading-right-ribs", "knees-again", "finish-glide" };
	struct arena *arena = arena_create();
	const struct script *script = load(arena, "partner");
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		for (int32_t minutes = 0; minutes <= 15; minutes += 5) {
			begin(script, minutes, 0);
			const double spent = go_to(places[i]);
			fit_on_side(&engine);
			assert_true(engine.flow.side_lying);
			const double left = seconds_behind(SIDE_NONE);
			assert_float_equal(
					even_seconds(SIDE_LEFT), even_seconds(SIDE_RIGHT), 0.001);
			stays_in_its_ranges();
			assert_true(ends_with_a_finish() || spent > TOUCH_MAX_S - 60);
			if (spent + left > TOUCH_MAX_S + SLACK_S) {
				fail_msg("%s of %d min: %.0f s and %.0f s", places[i], minutes,
						spent, left);
			}
		}
	}
	arena_destroy(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fits_every_session),
		cmocka_unit_test(trims_areas_first),
		cmocka_unit_test(what_helped_gets_more_of_the_time),
		cmocka_unit_test(the_best_place_is_left_out_last),
		cmocka_unit_test(the_best_place_comes_first),
		cmocka_unit_test(a_wish_in_the_midst_is_for_what_is_left),
		cmocka_unit_test(fits_what_is_left_on_the_side),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
