/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp */
/* test_tone.c - each tone's onset, end, level and pitch, and that pieces make no difference. */
#include "dsp/tone.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define LONG (5 * EASE_RATE)
#define ROOM (LONG + EASE_RATE)
#define ONE_STEP (1.0F / 32767.0F)
#define SPEECH_LUFS (-19.0)

static struct tone_cue cue_of(int kind)
{
	return (struct tone_cue){ .kind = (enum tone_kind)kind, .length = LONG };
}

/* The whole tone in pieces of size frames; the caller frees it. */
static float *render(int kind, size_t size)
{
	const struct tone_cue cue = cue_of(kind);
	const size_t length = (size_t)tone_length(&cue);
	float *mix = calloc(ROOM, sizeof(*mix));
	assert_non_null(mix);
	for (size_t done = 0; done < length; done += size) {
		const size_t left = length - done;
		tone_add(&cue, (frames_t)done, mix + done, left < size ? left : size);
	}
	return mix;
}

static void pieces_make_no_difference(void **state)
{
	(void)state;
	for (int kind = 0; kind < TONE_KIND_COUNT; kind++) {
		float *whole = render(kind, ROOM);
		float *pieces = render(kind, 7);
		assert_memory_equal(whole, pieces, ROOM * sizeof(*whole));
		free(whole);
		free(pieces);
	}
}

static void the_first_sample_is_the_onset(void **state)
{
	(void)state;
	for (int kind = 0; kind < TONE_KIND_COUNT; kind++) {
		float *mix = render(kind, ROOM);
		/* also when softened by 6 dB, and yet no click */
		assert_true(mix[0] >= ONE_STEP);
		assert_true(mix[0] <= 10.0F * ONE_STEP);
		free(mix);
	}
}

static void the_end_is_silent_and_is_where_the_length_says(void **state)
{
	(void)state;
	for (int kind = 0; kind < TONE_KIND_COUNT; kind++) {
		const struct tone_cue cue = cue_of(kind);
		const frames_t length = tone_length(&cue);
		float past[EASE_PERIOD] = { 0 };
		float *mix = render(kind, ROOM);
		assert_true(length >= frames_from_ms(150) && length <= LONG);
		assert_true(fabsf(mix[length - 1]) < ONE_STEP);
		tone_add(&cue, length, past, EASE_PERIOD);
		for (int i = 0; i < EASE_PERIOD; i++) {
			assert_true(past[i] == 0.0F);
		}
		free(mix);
	}
}

static void a_cue_without_sound_has_no_length(void **state)
{
	(void)state;
	const struct tone_cue none = { .kind = TONE_HOLD, .length = 0 };
	const struct tone_cue negative = { .kind = TONE_INHALE, .length = -5 };
	const struct tone_cue unknown = { .kind = TONE_KIND_COUNT, .length = 100 };
	assert_int_equal(tone_length(&none), 0);
	assert_int_equal(tone_length(&negative), 0);
	assert_int_equal(tone_length(&unknown), 0);
}

static void the_shortest_drone_is_whole(void **state)
{
	(void)state;
	for (frames_t length = 1; length < 50; length++) {
		const struct tone_cue cue = { .kind = TONE_EXHALE, .length = length };
		float mix[64] = { 0 };
		tone_add(&cue, 0, mix, 64);
		assert_true(mix[0] > 0.0F);
		for (frames_t i = 0; i < 64; i++) {
			assert_true(isfinite(mix[i]) && fabsf(mix[i]) < 0.1F);
			assert_true(i < length || mix[i] == 0.0F);
		}
	}
}

/* One section of the K filter of ITU-R BS.1770 at 48 kHz. */
struct section {
	double b[3];
	double a[2];
	double x[2];
	double y[2];
};

static double filter(struct section *section, double in)
{
	const double out = section->b[0] * in + section->b[1] * section->x[0] +
			   section->b[2] * section->x[1] - section->a[0] * section->y[0] -
			   section->a[1] * section->y[1];
	section->x[1] = section->x[0];
	section->x[0] = in;
	section->y[1] = section->y[0];
	section->y[0] = out;
	return out;
}

#define SLICE EASE_PERIOD

/* Loudness of what stands less than 20 dB below the tone's loudest 10 ms. */
static double loudness(const float *mix)
{
	struct section shelf = {
		.b = { 1.53512485958697, -2.69169618940638, 1.19839281085285 },
		.a = { -1.69065929318241, 0.73248077421585 },
	};
	struct section high_pass = {
		.b = { 1.0, -2.0, 1.0 },
		.a = { -1.99004745483398, 0.99007225036621 },
	};
	static double power[ROOM / SLICE];
	double most = 0.0;
	double sum = 0.0;
	int count = 0;

	for (size_t slice = 0; slice < ROOM / SLICE; slice++) {
		power[slice] = 0.0;
		for (size_t i = 0; i < SLICE; i++) {
			const double x = (double)mix[slice * SLICE + i];
			const double y = filter(&high_pass, filter(&shelf, x));
			power[slice] += y * y / SLICE;
		}
		most = fmax(most, power[slice]);
	}
	for (size_t slice = 0; slice < ROOM / SLICE; slice++) {
		if (power[slice] > 0.01 * most) {
			sum += power[slice];
			count++;
		}
	}
	return -0.691 + 10.0 * log10(sum / count);
}

static void tones_lie_8_to_12_db_below_speech(void **state)
{
	(void)state;
	const double under_db = 2.5; /* what the mixer takes away while speech plays */
	for (int kind = 0; kind < TONE_KIND_COUNT; kind++) {
		float *mix = render(kind, ROOM);
		const double below = SPEECH_LUFS - loudness(mix);
		assert_true(below >= 8.0);
		assert_true(below + under_db <= 12.5);
		free(mix);
	}
}

static float steepest(const float *mix, size_t from, size_t to)
{
	float most = 0.0F;
	for (size_t i = from + 1; i < to; i++) {
		most = fmaxf(most, fabsf(mix[i] - mix[i - 1]));
	}
	return most;
}

static void no_tone_steps_harder_than_its_own_wave(void **state)
{
	(void)state;
	for (int kind = 0; kind < TONE_KIND_COUNT; kind++) {
		float *mix = render(kind, ROOM);
		/* the highest note is 784 Hz with an octave; two notes may overlap */
		assert_true(steepest(mix, 0, ROOM) < 330.0F * ONE_STEP);
		assert_true(steepest(mix, 0, 48) < 30.0F * ONE_STEP);
		free(mix);
	}
}

/* How alike two sounds are, from 0 to 1, at the lag at which they begin together. */
static double likeness(const float *a, const float *b)
{
	double aa = 0.0;
	double bb = 0.0;
	double ab = 0.0;
	for (size_t i = 0; i < ROOM; i++) {
		aa += (double)a[i] * (double)a[i];
		bb += (double)b[i] * (double)b[i];
		ab += (double)a[i] * (double)b[i];
	}
	return fabs(ab) / sqrt(aa * bb);
}

static void no_two_tones_are_alike(void **state)
{
	(void)state;
	float *mixes[TONE_KIND_COUNT];
	for (int kind = 0; kind < TONE_KIND_COUNT; kind++) {
		mixes[kind] = render(kind, ROOM);
		for (int other = 0; other < kind; other++) {
			assert_true(likeness(mixes[kind], mixes[other]) < 0.5);
		}
	}
	for (int kind = 0; kind < TONE_KIND_COUNT; kind++) {
		free(mixes[kind]);
	}
}

/* The first upward crossing of zero at or after from, in frames. */
static double crossing(const struct tone_cue *cue, frames_t from)
{
	float mix[EASE_PERIOD] = { 0 };
	tone_add(cue, from, mix, EASE_PERIOD);
	for (int i = 1; i < EASE_PERIOD; i++) {
		if (mix[i - 1] < 0.0F && mix[i] >= 0.0F) {
			return (double)from + i - (double)(mix[i] / (mix[i] - mix[i - 1]));
		}
	}
	fail_msg("the tone does not cross zero");
	return 0.0;
}

static double pitch(const struct tone_cue *cue, frames_t from)
{
	const double first = crossing(cue, from);
	return EASE_RATE / (crossing(cue, (frames_t)first + 2) - first);
}

static void breaths_glide_and_a_hold_stays(void **state)
{
	(void)state;
	const struct tone_cue inhale = cue_of(TONE_INHALE);
	const struct tone_cue exhale = cue_of(TONE_EXHALE);
	const struct tone_cue hold = cue_of(TONE_HOLD);
	const frames_t late = LONG - EASE_RATE / 4;
	assert_true(pitch(&inhale, 12000) < 270.0 && pitch(&inhale, late) > 380.0);
	assert_true(pitch(&exhale, 12000) > 380.0 && pitch(&exhale, late) < 270.0);
	assert_true(fabs(pitch(&hold, 12000) - pitch(&hold, late)) < 0.5);
}

static void a_hold_is_in_phase_after_15_minutes(void **state)
{
	(void)state;
	const frames_t length = frames_from_ms(INT64_C(15) * 60 * 1000);
	const struct tone_cue hold = { .kind = TONE_HOLD, .length = length };
	const double turns = (crossing(&hold, length - 48000) - crossing(&hold, 48000)) * 293.66 /
			     EASE_RATE;
	assert_true(fabs(turns - round(turns)) < 0.002);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_make_no_difference),
		cmocka_unit_test(the_first_sample_is_the_onset),
		cmocka_unit_test(the_end_is_silent_and_is_where_the_length_says),
		cmocka_unit_test(a_cue_without_sound_has_no_length),
		cmocka_unit_test(the_shortest_drone_is_whole),
		cmocka_unit_test(tones_lie_8_to_12_db_below_speech),
		cmocka_unit_test(no_tone_steps_harder_than_its_own_wave),
		cmocka_unit_test(no_two_tones_are_alike),
		cmocka_unit_test(breaths_glide_and_a_hold_stays),
		cmocka_unit_test(a_hold_is_in_phase_after_15_minutes),
	};
	return cmocka_run_group_tests_name("tone", tests, NULL, NULL);
}
