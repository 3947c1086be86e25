/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp */
/* test_mixer.c - onsets to the frame, ramps without a step, hush, and a limiter that holds. */
#include "ease/mixer.h"

#include "ease/resample.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROOM (6 * EASE_RATE)
#define CEILING 29204     /* -1 dBFS */
#define TONE_STEEPEST 330 /* steps of 16 bits a frame, of the hottest tone: see test_tone.c */

struct stage {
	struct mixer mixer;
	int16_t out[ROOM];
	frames_t now;
	struct tone_cue began[MIXER_TONES_MAX];
	size_t begun;
};

static int set_up(void **state)
{
	struct stage *stage = calloc(1, sizeof(*stage));
	if (stage == NULL) {
		return -1;
	}
	mixer_init(&stage->mixer);
	*state = stage;
	return 0;
}

static int tear_down(void **state)
{
	free(*state);
	return 0;
}

/* Renders count frames in pieces of piece; speech holds as many, or is NULL. */
static void run(struct stage *stage, const int16_t *speech, size_t count, size_t piece)
{
	for (size_t done = 0; done < count;) {
		const size_t part = count - done < piece ? count - done : piece;
		assert_true(stage->now + (frames_t)part <= ROOM);
		stage->begun += mixer_begins(
				&stage->mixer, stage->now, part, stage->began + stage->begun);
		mixer_render(&stage->mixer, stage->now, speech != NULL ? speech + done : NULL,
				stage->out + stage->now, part);
		stage->now += (frames_t)part;
		done += part;
	}
}

static enum status cue(struct stage *stage, enum tone_kind kind, frames_t at, frames_t length)
{
	const struct tone_cue cue = { .at = at, .length = length, .kind = kind };
	return mixer_tone(&stage->mixer, &cue, stage->now);
}

static int steepest(const struct stage *stage, frames_t from, frames_t to)
{
	int most = 0;
	for (frames_t i = from + 1; i < to; i++) {
		const int step = abs(stage->out[i] - stage->out[i - 1]);
		most = step > most ? step : most;
	}
	return most;
}

static double rms(const struct stage *stage, frames_t from, frames_t to)
{
	double sum = 0.0;
	for (frames_t i = from; i < to; i++) {
		sum += (double)stage->out[i] * stage->out[i];
	}
	return sqrt(sum / (double)(to - from));
}

static double db(double ratio)
{
	return 20.0 * log10(ratio);
}

/* A wave of whole cycles a second, amplitude in steps of 16 bits. */
static int16_t *wave(size_t count, double hz, double amplitude)
{
	int16_t *samples = malloc(count * sizeof(*samples));
	assert_non_null(samples);
	for (size_t i = 0; i < count; i++) {
		const double x = sin(2.0 * M_PI * hz * (double)i / EASE_RATE);
		samples[i] = (int16_t)lrint(fmax(-32768.0, fmin(32767.0, amplitude * x)));
	}
	return samples;
}

static void every_kind_begins_on_its_frame(void **state)
{
	struct stage *stage = *state;
	uint32_t seed = 12345;
	for (int trial = 0; trial < 400; trial++) {
		const enum tone_kind kind = (enum tone_kind)(trial % TONE_KIND_COUNT);
		mixer_init(&stage->mixer);
		stage->now = 0;
		stage->begun = 0;
		seed = seed * 1664525U + 1013904223U;
		const frames_t at = (seed >> 8) % 4800;
		const size_t piece = 1 + (seed >> 20) % EASE_PERIOD;
		assert_int_equal(cue(stage, kind, at, 4800), STATUS_OK);
		run(stage, NULL, 5280, piece);
		for (frames_t i = 0; i < at; i++) {
			assert_int_equal(stage->out[i], 0);
		}
		assert_int_not_equal(stage->out[at], 0);
		assert_int_equal(stage->begun, 1);
		assert_int_equal(stage->began[0].at, at);
		assert_int_equal(stage->began[0].kind, kind);
	}
}

static void speech_alone_passes_unchanged(void **state)
{
	struct stage *stage = *state;
	int16_t *speech = wave(48000, 200.0, 27000.0);
	run(stage, speech, 48000, EASE_PERIOD);
	assert_memory_equal(stage->out, speech, 48000 * sizeof(*speech));
	free(speech);
}

static void tones_are_refused_when_late_empty_or_too_many(void **state)
{
	struct stage *stage = *state;
	run(stage, NULL, 480, 480);
	assert_int_equal(cue(stage, TONE_BEAT, 479, 0), STATUS_BAD_ARG);
	assert_int_equal(cue(stage, TONE_HOLD, 1000, 0), STATUS_BAD_ARG);
	assert_int_equal(cue(stage, TONE_KIND_COUNT, 1000, 10), STATUS_BAD_ARG);
	for (int i = 0; i < MIXER_TONES_MAX; i++) {
		assert_int_equal(cue(stage, TONE_BEAT, 480 + 3000 * i, 0), STATUS_OK);
	}
	assert_int_equal(cue(stage, TONE_BEAT, 480, 0), STATUS_NO_SPACE);
	/* one of them over, there is room for another */
	run(stage, NULL, 9600, 480);
	assert_int_equal(cue(stage, TONE_BEAT, 20000, 0), STATUS_OK);
}

static void hush_takes_a_period_and_leaves_silence(void **state)
{
	struct stage *stage = *state;
	int16_t *speech = wave(ROOM, 300.0, 20000.0);
	const int hot = (int)(20000.0 * 2.0 * M_PI * 300.0 / EASE_RATE) + TONE_STEEPEST;
	assert_int_equal(cue(stage, TONE_HOLD, 0, ROOM), STATUS_OK);
	assert_int_equal(cue(stage, TONE_START, 9000, 0), STATUS_OK);
	assert_int_equal(cue(stage, TONE_START, 9700, 0), STATUS_OK);
	run(stage, speech, 9600, EASE_PERIOD);
	mixer_hush(&stage->mixer);
	assert_true(mixer_hushing(&stage->mixer));
	assert_int_equal(cue(stage, TONE_BEAT, 10079, 0), STATUS_BAD_ARG);
	assert_int_equal(cue(stage, TONE_TURN, 20000, 0), STATUS_OK);
	run(stage, speech + 9600, EASE_PERIOD, 100);
	assert_false(mixer_hushing(&stage->mixer));
	run(stage, NULL, 20000, EASE_PERIOD);
	for (frames_t i = 10080; i < 20000; i++) {
		assert_int_equal(stage->out[i], 0);
	}
	assert_int_not_equal(stage->out[20000], 0);
	assert_int_equal(stage->begun, 3);
	assert_true(steepest(stage, 1, stage->now) <= hot);
	assert_true(abs(stage->out[10079]) < 30);
	free(speech);
}

static void a_second_hush_within_the_first_changes_nothing(void **state)
{
	struct stage *stage = *state;
	assert_int_equal(cue(stage, TONE_HOLD, 0, ROOM), STATUS_OK);
	run(stage, NULL, 24000, EASE_PERIOD);
	mixer_hush(&stage->mixer);
	run(stage, NULL, 240, 240);
	mixer_hush(&stage->mixer);
	run(stage, NULL, 240, 240);
	assert_false(mixer_hushing(&stage->mixer));
	run(stage, NULL, 4800, EASE_PERIOD);
	assert_true(rms(stage, 24480, stage->now) == 0.0);
	assert_true(steepest(stage, 1, stage->now) <= TONE_STEEPEST);
}

static void tones_off_within_a_hush_ends_both(void **state)
{
	struct stage *stage = *state;
	assert_int_equal(cue(stage, TONE_HOLD, 0, ROOM), STATUS_OK);
	run(stage, NULL, 24000, EASE_PERIOD);
	mixer_hush(&stage->mixer);
	run(stage, NULL, 100, 100);
	mixer_tones_off(&stage->mixer);
	run(stage, NULL, 9600, EASE_PERIOD);
	assert_true(rms(stage, 24480, stage->now) == 0.0);
	assert_int_equal(cue(stage, TONE_BEAT, stage->now, 0), STATUS_OK);
	run(stage, NULL, 4800, EASE_PERIOD);
	assert_int_equal(stage->begun, 2);
	assert_true(steepest(stage, 1, stage->now) <= TONE_STEEPEST);
}

static void duck_is_15_db_within_20_ms(void **state)
{
	struct stage *stage = *state;
	/* after 1 s this stands at a crest */
	int16_t *speech = wave(96000, 500.25, 10000.0);
	run(stage, speech, 48000, EASE_PERIOD);
	mixer_duck(&stage->mixer, true);
	run(stage, speech + 48000, 24000, EASE_PERIOD);
	mixer_duck(&stage->mixer, false);
	run(stage, speech + 72000, 24000, EASE_PERIOD);
	const double before = rms(stage, 0, 48000);
	assert_true(fabs(db(rms(stage, 48960, 71520) / before) + 15.0) < 0.1);
	assert_true(fabs(db(rms(stage, 72000 + 14400, 96000) / before)) < 0.01);
	assert_true(steepest(stage, 1, stage->now) <=
			(int)(10000.0 * 2.0 * M_PI * 501.0 / EASE_RATE) + 2);
	free(speech);
}

static void volume_and_soften_are_ramps_of_200_ms(void **state)
{
	struct stage *stage = *state;
	assert_int_equal(cue(stage, TONE_HOLD, 0, ROOM), STATUS_OK);
	run(stage, NULL, 24000, EASE_PERIOD);
	mixer_volume(&stage->mixer, 6.0F);
	run(stage, NULL, 24000, EASE_PERIOD);
	mixer_soften(&stage->mixer, -12.0F);
	run(stage, NULL, 48000, EASE_PERIOD);
	struct stage *plain = calloc(1, sizeof(*plain));
	assert_non_null(plain);
	mixer_init(&plain->mixer);
	assert_int_equal(cue(plain, TONE_HOLD, 0, ROOM), STATUS_OK);
	run(plain, NULL, 96000, EASE_PERIOD);
	assert_true(fabs(db(rms(stage, 33600, 48000) / rms(plain, 33600, 48000)) - 6.0) < 0.05);
	assert_true(fabs(db(rms(stage, 57600, 96000) / rms(plain, 57600, 96000)) + 6.0) < 0.05);
	assert_true(steepest(stage, 1, stage->now) <= 2 * TONE_STEEPEST);
	free(plain);
}

static void a_gain_that_is_no_gain_is_bounded(void **state)
{
	struct stage *stage = *state;
	assert_int_equal(cue(stage, TONE_HOLD, 0, ROOM), STATUS_OK);
	mixer_volume(&stage->mixer, 1000.0F);
	run(stage, NULL, 24000, EASE_PERIOD);
	mixer_volume(&stage->mixer, NAN);
	run(stage, NULL, 24000, EASE_PERIOD);
	mixer_volume(&stage->mixer, 0.0F);
	run(stage, NULL, 24000, EASE_PERIOD);
	for (frames_t i = 0; i < stage->now; i++) {
		assert_true(abs(stage->out[i]) <= CEILING);
	}
	assert_true(rms(stage, 60000, 72000) > 500.0);
}

static void tones_give_way_to_speech(void **state)
{
	struct stage *stage = *state;
	int16_t *quiet = calloc(24000, sizeof(*quiet));
	assert_non_null(quiet);
	assert_int_equal(cue(stage, TONE_HOLD, 0, 200000), STATUS_OK);
	run(stage, NULL, 48000, EASE_PERIOD);
	run(stage, quiet, 24000, EASE_PERIOD);
	run(stage, NULL, 48000, EASE_PERIOD);
	const double down = db(rms(stage, 60000, 72000) / rms(stage, 36000, 48000));
	assert_true(down < -1.5 && down > -4.0);
	assert_true(steepest(stage, 1, stage->now) <= TONE_STEEPEST);
	free(quiet);
}

/* The highest value between the samples too: four times as many of them. */
static int true_peak(const struct stage *stage)
{
	struct resample *resample = NULL;
	int16_t *fine = malloc(4 * ROOM * sizeof(*fine));
	size_t in = (size_t)stage->now;
	size_t out = 4 * in;
	int most = 0;
	assert_non_null(fine);
	assert_int_equal(resample_create(EASE_RATE, 4 * EASE_RATE, 10, &resample), STATUS_OK);
	resample_run(resample, stage->out, &in, fine, &out);
	for (size_t i = 0; i < out; i++) {
		most = abs(fine[i]) > most ? abs(fine[i]) : most;
	}
	resample_destroy(resample);
	free(fine);
	return most;
}

static void hot_speech_is_limited_without_a_step(void **state)
{
	struct stage *stage = *state;
	const size_t count = 96000;
	int16_t *speech = wave(count, 220.0, 32767.0);
	/* bursts, as syllables are: the limiter has to bite and to let go again and again */
	for (size_t i = 0; i < count; i++) {
		const double syllable = 0.5 - 0.5 * cos(2.0 * M_PI * 3.0 * (double)i / EASE_RATE);
		speech[i] = (int16_t)lrint(speech[i] * syllable);
	}
	assert_int_equal(cue(stage, TONE_END, 1000, 0), STATUS_OK);
	assert_int_equal(cue(stage, TONE_INHALE, 2000, 90000), STATUS_OK);
	mixer_volume(&stage->mixer, 9.0F);
	run(stage, speech, count, EASE_PERIOD);
	const double gain = pow(10.0, 9.0 / 20.0);
	const int hot = (int)(gain * (32767.0 * 2.0 * M_PI * 223.0 / EASE_RATE + TONE_STEEPEST));
	int most = 0;
	for (frames_t i = 0; i < stage->now; i++) {
		most = abs(stage->out[i]) > most ? abs(stage->out[i]) : most;
	}
	assert_true(most <= CEILING);
	assert_true(most > CEILING - 2000);
	assert_true(true_peak(stage) <= CEILING);
	assert_true(steepest(stage, 1, stage->now) <= hot);
	free(speech);
}

static void noise_at_full_scale_never_passes_the_ceiling(void **state)
{
	struct stage *stage = *state;
	int16_t *speech = malloc(48000 * sizeof(*speech));
	uint32_t seed = 1;
	assert_non_null(speech);
	for (size_t i = 0; i < 48000; i++) {
		seed = seed * 1664525U + 1013904223U;
		speech[i] = (int16_t)(seed >> 16);
	}
	speech[100] = INT16_MIN;
	mixer_volume(&stage->mixer, 12.0F);
	run(stage, speech, 48000, EASE_PERIOD);
	for (frames_t i = 0; i < stage->now; i++) {
		assert_true(abs(stage->out[i]) <= CEILING);
	}
	free(speech);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_kind_begins_on_its_frame),
		TEST(speech_alone_passes_unchanged),
		TEST(tones_are_refused_when_late_empty_or_too_many),
		TEST(hush_takes_a_period_and_leaves_silence),
		TEST(a_second_hush_within_the_first_changes_nothing),
		TEST(tones_off_within_a_hush_ends_both),
		TEST(duck_is_15_db_within_20_ms),
		TEST(volume_and_soften_are_ramps_of_200_ms),
		TEST(a_gain_that_is_no_gain_is_bounded),
		TEST(tones_give_way_to_speech),
		TEST(hot_speech_is_limited_without_a_step),
		TEST(noise_at_full_scale_never_passes_the_ceiling),
	};
	return cmocka_run_group_tests_name("mixer", tests, NULL, NULL);
}
