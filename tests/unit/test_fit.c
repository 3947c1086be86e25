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

static void begin(const struct script *script, int32_t minutes, unsigned person)
{
	const struct engine_options options = {
		.screened = true, .microphone = true, .minutes = minutes
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

static double seconds_of(enum side side)
{
	double seconds = 0;
	for (size_t i = 0; i < engine.script->step_count; i++) {
		const struct step *step = &engine.script->steps[i];
		if (is_done(step) && (side == SIDE_NONE || step->side == side)) {
			seconds += (double)pace_length(&engine, step) / EASE_RATE;
		}
	}
	return seconds;
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fits_every_session),
		cmocka_unit_test(trims_areas_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
