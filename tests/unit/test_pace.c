/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/* test_pace.c - where every tone stands, to the frame, also with a late main thread. */
#include "core_case.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define TONES_MAX 4096

struct tones {
	struct action list[TONES_MAX];
	frames_t sent[TONES_MAX];
	size_t count;
};

static struct core_case desk;
static struct core_case twin;
static struct tones tones;

static struct unit unit;
static struct step step;
static struct script script;

/* A session of one unit without touch. */
static void lay_out(struct pace pace, int32_t count, int32_t ms)
{
	unit = (struct unit){ .name = "u",
		.title = "u",
		.technique = TECHNIQUE_REST,
		.pace = pace,
		.say_long = "Go." };
	step = (struct step){
		.kind = STEP_UNIT, .name = "u", .unit = &unit, .count = count, .ms = ms
	};
	script = (struct script){ .name = "s",
		.title = "s",
		.kind = SESSION_RELAXATION,
		.steps = &step,
		.step_count = 1 };
}

static void begin(struct core_case *c)
{
	const struct engine_options options = { .microphone = true };
	case_init(c, &script, &options);
	case_start(c);
}

static void gather(const struct core_case *c)
{
	tones.count = 0;
	for (size_t i = 0; i < c->logged; i++) {
		if (c->log[i].kind == ACTION_TONE) {
			tones.sent[tones.count] = c->when[i];
			tones.list[tones.count++] = c->log[i];
		}
	}
}

static void live_to_the_end(struct core_case *c, frames_t late)
{
	while (c->engine.mode != ENGINE_OVER) {
		assert_true(case_follow(c, late));
	}
	gather(c);
}

static void is_tone(size_t index, enum tone_kind kind, frames_t at, frames_t length)
{
	assert_true(index < tones.count);
	assert_int_equal(tones.list[index].tone, kind);
	assert_int_equal(tones.list[index].at, at);
	assert_int_equal(tones.list[index].length, length);
}

static const struct pace glides = { .kind = PACE_STROKES,
	.stroke_ms = { 3300, 5000 },
	.stroke_default_ms = 4200,
	.return_ms = 1000 };

static void paces_a_stroke_by_its_parts(void **state)
{
	(void)state;
	const frames_t a = frames_from_ms(CASE_VOICE_MS + 1000);
	lay_out(glides, 2, 0);
	begin(&desk);
	live_to_the_end(&desk, 0);
	assert_int_equal(tones.count, 8);
	is_tone(0, TONE_START, a, 0);
	is_tone(1, TONE_BEAT, a + 67200, 0);
	is_tone(2, TONE_BEAT, a + 134400, 0);
	is_tone(3, TONE_TURN, a + 201600, 0);
	is_tone(4, TONE_START, a + 249600, 0);
	is_tone(7, TONE_END, a + 249600 + 201600, 0);
}

static void leaves_out_the_turn_without_a_return(void **state)
{
	(void)state;
	struct pace pace = glides;
	pace.return_ms = 0;
	lay_out(pace, 3, 0);
	begin(&desk);
	live_to_the_end(&desk, 0);
	assert_int_equal(tones.count, 10);
	for (size_t i = 0; i < tones.count; i++) {
		assert_int_not_equal(tones.list[i].tone, TONE_TURN);
	}
}

static void spaces_inner_beats_evenly(void **state)
{
	(void)state;
	for (int32_t ms = 2000; ms <= 10000; ms += 7) {
		struct pace pace = glides;
		pace.stroke_default_ms = ms;
		pace.stroke_ms = (struct range){ 2000, 10000 };
		lay_out(pace, 1, 0);
		begin(&desk);
		live_to_the_end(&desk, 0);
		const frames_t parts = (frames_t)tones.count - 1;
		for (size_t i = 1; i < tones.count; i++) {
			const frames_t space = tones.list[i].at - tones.list[i - 1].at;
			assert_true(space <= frames_from_ms(BEAT_MAX_MS));
			assert_in_range(space, frames_from_ms(ms) / parts,
					frames_from_ms(ms) / parts + 1);
		}
	}
}

/* 721 strokes of 4.21 s and 0.79 s: an hour, whose k-th stroke is exactly at k * 5 s. */
static void makes_no_error_in_an_hour(void **state)
{
	(void)state;
	static const frames_t delays[] = { 0, 480, 4800, 4801 };
	const struct pace pace = { .kind = PACE_STROKES,
		.stroke_ms = { 3300, 5000 },
		.stroke_default_ms = 4210,
		.return_ms = 790 };
	const frames_t anchor = frames_from_ms(CASE_VOICE_MS + 1000);
	for (size_t l = 0; l < sizeof delays / sizeof delays[0]; l++) {
		lay_out(pace, 721, 0);
		begin(&desk);
		live_to_the_end(&desk, delays[l]);
		frames_t k = 0;
		for (size_t i = 0; i < tones.count; i++) {
			if (tones.list[i].tone == TONE_START) {
				assert_int_equal(tones.list[i].at, anchor + k * 240000);
				assert_true(tones.list[i].at - tones.sent[i] >= 23998);
				k++;
			}
		}
		assert_int_equal(k, 721);
		is_tone(tones.count - 1, TONE_END, anchor + 720 * 240000 + 4210 * 48, 0);
	}
}

static void fits_whole_strokes_into_the_time(void **state)
{
	(void)state;
	for (int32_t ms = 2000; ms <= 6000; ms += 130) {
		struct pace pace = glides;
		pace.stroke_default_ms = ms;
		pace.stroke_ms = (struct range){ 2000, 6000 };
		lay_out(pace, 0, 60000);
		begin(&desk);
		live_to_the_end(&desk, 0);
		const frames_t length = tones.list[tones.count - 1].at - tones.list[0].at;
		const frames_t cycle = frames_from_ms(ms + 1000);
		assert_int_equal(tones.list[tones.count - 1].tone, TONE_END);
		assert_true(length <= frames_from_ms(60000));
		assert_true(length + cycle > frames_from_ms(60000));
	}
}

static void never_exceeds_the_time_however_slow(void **state)
{
	(void)state;
	for (int32_t ms = 20000; ms < 26000; ms += 300) {
		for (int64_t when = 1000; when < ms; when += 900) {
			lay_out(glides, 0, ms);
			begin(&desk);
			case_pass(&desk, when);
			case_hear(&desk, INTENT_SLOWER, -1);
			case_hear(&desk, INTENT_SLOWER, -1);
			live_to_the_end(&desk, 0);
			const struct action *last = &tones.list[tones.count - 1];
			assert_int_equal(last->tone, TONE_END);
			assert_true(last->at - tones.list[0].at <= frames_from_ms(ms));
		}
	}
}

static void caps_what_a_step_asks_for(void **state)
{
	(void)state;
	lay_out(glides, 9, 0);
	unit.count = (struct range){ 3, 5 };
	assert_int_equal(pace_count(&desk.engine, &step), 5);
	step.count = 0;
	assert_int_equal(pace_count(&desk.engine, &step), 4);
	lay_out((struct pace){ .kind = PACE_HOLD }, 0, 90000);
	unit.seconds = (struct range){ 20, 30 };
	begin(&desk);
	assert_int_equal(pace_length(&desk.engine, &step), frames_from_ms(30000));
	step.ms = 0;
	assert_int_equal(pace_length(&desk.engine, &step), frames_from_ms(25000));
}

static void holds_in_one_tone(void **state)
{
	(void)state;
	const frames_t a = frames_from_ms(CASE_VOICE_MS + 1000);
	lay_out((struct pace){ .kind = PACE_HOLD }, 0, 25000);
	begin(&desk);
	live_to_the_end(&desk, 0);
	assert_int_equal(tones.count, 2);
	is_tone(0, TONE_HOLD, a, frames_from_ms(25000));
	is_tone(1, TONE_END, a + frames_from_ms(25000), 0);
}

static void breathes_with_holds(void **state)
{
	(void)state;
	const frames_t a = frames_from_ms(CASE_VOICE_MS + 1000);
	const frames_t half = frames_from_ms(5000);
	const struct pace pace = { .kind = PACE_BREATH,
		.stroke_ms = { 4000, 7000 },
		.stroke_default_ms = 5000,
		.hold_in_ms = 1000,
		.hold_out_ms = 2000 };
	lay_out(pace, 2, 0);
	begin(&desk);
	live_to_the_end(&desk, 0);
	assert_int_equal(tones.count, 8);
	is_tone(0, TONE_INHALE, a, half);
	is_tone(1, TONE_HOLD, a + half, 48000);
	is_tone(2, TONE_EXHALE, a + half + 48000, half);
	is_tone(3, TONE_HOLD, a + 2 * half + 48000, 96000);
	is_tone(4, TONE_INHALE, a + 2 * half + 144000, half);
	is_tone(7, TONE_END, a + 4 * half + 144000 + 48000, 0);
}

static void is_silent_without_pace(void **state)
{
	(void)state;
	lay_out((struct pace){ .kind = PACE_NONE }, 0, 30000);
	begin(&desk);
	live_to_the_end(&desk, 0);
	assert_int_equal(tones.count, 0);
	assert_true(desk.now >= frames_from_ms(CASE_VOICE_MS + 31000));
}

/* A main thread that hangs for seconds loses tones, but moves none. */
static void stays_on_the_grid_after_a_hang(void **state)
{
	(void)state;
	lay_out(glides, 12, 0);
	begin(&desk);
	begin(&twin);
	live_to_the_end(&twin, 0);
	const struct tones expected = tones;
	assert_true(case_pace(&desk));
	case_pass(&desk, 7000);
	desk.now += frames_from_ms(13000);
	live_to_the_end(&desk, 0);
	size_t k = 0;
	for (size_t i = 0; i < tones.count; i++) {
		assert_true(tones.list[i].at >= tones.sent[i]);
		while (k < expected.count && expected.list[k].at < tones.list[i].at) {
			k++;
		}
		assert_true(k < expected.count);
		assert_int_equal(expected.list[k].at, tones.list[i].at);
		assert_int_equal(expected.list[k].tone, tones.list[i].tone);
	}
	assert_true(tones.count < expected.count);
}

static size_t strokes_made(frames_t cut)
{
	size_t whole = 0;
	for (size_t i = 0; i < tones.count; i++) {
		const bool closes = tones.list[i].tone == TONE_EXHALE;
		const frames_t end = tones.list[i].at + tones.list[i].length;
		whole += closes && (end <= cut || tones.sent[i] > cut);
	}
	return whole;
}

/* However a pause falls, whole breaths are made: the count comes out. */
static void keeps_the_count_over_a_pause(void **state)
{
	(void)state;
	static const int32_t holds[] = { 0, 2000 };
	for (size_t h = 0; h < 2; h++) {
		const struct pace pace = { .kind = PACE_BREATH,
			.stroke_ms = { 2000, 7000 },
			.stroke_default_ms = 2000,
			.hold_out_ms = holds[h] };
		for (int64_t when = 2000; when < 26000; when += 90) {
			lay_out(pace, 5, 0);
			begin(&desk);
			case_pass(&desk, when);
			const frames_t cut = desk.now;
			case_hear(&desk, INTENT_PAUSE, -1);
			case_pass(&desk, 5000);
			case_hear(&desk, INTENT_CONTINUE, -1);
			live_to_the_end(&desk, 0);
			assert_int_equal(strokes_made(cut), 5);
		}
	}
}

static void says_cues_at_their_place(void **state)
{
	(void)state;
	static const struct cue cues[] = { { 25, "A quarter." }, { 50, "Half." } };
	const frames_t a = frames_from_ms(CASE_VOICE_MS + 1000);
	frames_t at[2] = { 0, 0 };
	lay_out((struct pace){ .kind = PACE_HOLD }, 0, 40000);
	unit.cues = cues;
	unit.cue_count = 2;
	begin(&desk);
	live_to_the_end(&desk, 0);
	for (size_t i = 0; i < desk.logged; i++) {
		for (size_t k = 0; k < 2; k++) {
			if (desk.log[i].kind == ACTION_SAY && desk.log[i].text == cues[k].say) {
				at[k] = desk.when[i];
			}
		}
	}
	assert_int_equal(at[0], a + frames_from_ms(10000));
	assert_int_equal(at[1], a + frames_from_ms(20000));
}

static void slows_within_the_range(void **state)
{
	(void)state;
	lay_out(glides, 200, 0);
	begin(&desk);
	assert_true(case_pace(&desk));
	for (int i = 0; i < 6; i++) {
		case_hear(&desk, INTENT_SLOWER, -1);
		assert_true(desk.engine.pace.stroke_ms <= 5000);
	}
	assert_int_equal(desk.engine.pace.stroke_ms, 5000);
	assert_int_equal(case_said(&desk, 0, PHRASE_SLOWER), 2);
	assert_int_equal(case_said(&desk, 0, PHRASE_SLOWEST), 4);
	for (int i = 0; i < 9; i++) {
		case_hear(&desk, INTENT_FASTER, -1);
	}
	assert_int_equal(desk.engine.pace.stroke_ms, 3300);
	assert_true(case_said(&desk, 0, PHRASE_FASTEST) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paces_a_stroke_by_its_parts),
		cmocka_unit_test(leaves_out_the_turn_without_a_return),
		cmocka_unit_test(spaces_inner_beats_evenly),
		cmocka_unit_test(makes_no_error_in_an_hour),
		cmocka_unit_test(fits_whole_strokes_into_the_time),
		cmocka_unit_test(never_exceeds_the_time_however_slow),
		cmocka_unit_test(caps_what_a_step_asks_for),
		cmocka_unit_test(holds_in_one_tone),
		cmocka_unit_test(breathes_with_holds),
		cmocka_unit_test(is_silent_without_pace),
		cmocka_unit_test(stays_on_the_grid_after_a_hang),
		cmocka_unit_test(keeps_the_count_over_a_pause),
		cmocka_unit_test(says_cues_at_their_place),
		cmocka_unit_test(slows_within_the_range),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
