/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp */
/* test_delay.c - the bulk delay of an echo, found in rooms, under a person's voice, and kept. */
#include "ease/delay.h"

#include "ease/clock.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SECONDS 8
#define COUNT (SECONDS * EARS_RATE)
#define TAPS 200
#define NEAR_ENOUGH 48 /* samples: 3 ms */

struct scene {
	int16_t far[COUNT];
	int16_t near[COUNT];
	struct delay *delay;
	int32_t changes;
};

static float white(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (float)(int32_t)*seed * 0x1p-31F;
}

/* Noise coloured and cut into syllables like speech. */
static void talk(int16_t *out, uint32_t seed, double rate, float gain)
{
	float low = 0.0F;
	for (size_t i = 0; i < COUNT; i++) {
		low = 0.8F * low + 0.2F * white(&seed);
		const double syllable = sin(2.0 * M_PI * rate * (double)i / EARS_RATE);
		out[i] = (int16_t)(30000.0 * (double)(gain * low) * fmax(0.03, syllable));
	}
}

/*
 * Adds to near what a room makes of far: a direct path after late samples, then reflections that
 * die away; ringing: how loud these are against it, in all.
 */
static void reflect(struct scene *scene, size_t late, float gain, float ringing, size_t from)
{
	size_t at[TAPS] = { 0 };
	float tap[TAPS] = { 1.0F };
	uint32_t seed = 99;
	float energy = 0.0F;
	for (size_t t = 1; t < TAPS; t++) {
		at[t] = at[t - 1] + 8 + (size_t)(t % 7) * 3;
		tap[t] = white(&seed) * expf(-0.02F * (float)t);
		energy += tap[t] * tap[t];
	}
	for (size_t t = 1; t < TAPS; t++) {
		tap[t] *= ringing / sqrtf(energy);
	}
	for (size_t i = from; i < COUNT; i++) {
		float sum = 0.0F;
		for (size_t t = 0; t < TAPS && late + at[t] <= i; t++) {
			sum += tap[t] * (float)scene->far[i - late - at[t]];
		}
		scene->near[i] = (int16_t)fmaxf(
				fminf((float)scene->near[i] + gain * sum, 32767.0F), -32768.0F);
	}
}

static struct scene *scene_create(void)
{
	struct scene *scene = calloc(1, sizeof(*scene));
	assert_non_null(scene);
	assert_int_equal(delay_create(&scene->delay), STATUS_OK);
	talk(scene->far, 7, 2.3, 1.0F);
	uint32_t faint = 5;
	for (size_t i = 0; i < COUNT; i++) {
		scene->near[i] = (int16_t)(8.0F * white(&faint));
	}
	return scene;
}

static void scene_destroy(struct scene *scene)
{
	delay_destroy(scene->delay);
	free(scene);
}

/* Takes the scene up to a second; returns the second in which the answer first came, else -1. */
static double listen(struct scene *scene, double from, double to)
{
	double found = -1.0;
	const size_t end = (size_t)(to * EARS_RATE);
	for (size_t i = (size_t)(from * EARS_RATE); i + DELAY_FRAME <= end; i += DELAY_FRAME) {
		if (delay_process(scene->delay, scene->near + i, scene->far + i)) {
			scene->changes++;
			found = found < 0.0 ? (double)i / EARS_RATE : found;
		}
	}
	return found;
}

static void assert_delay(const struct scene *scene, size_t late)
{
	const int32_t found = delay_samples(scene->delay);
	if (abs(found - (int32_t)late) > NEAR_ENOUGH) {
		fail_msg("found %d samples instead of %zu", (int)found, late);
	}
}

static void finds_labelled_delays_in_rooms(void **state)
{
	(void)state;
	static const size_t late[] = { 0, 20, 50, 87, 120, 150, 200, 300, 400 };
	static const float ringing[] = { 0.0F, 0.5F, 1.0F, 2.0F };
	for (size_t d = 0; d < sizeof(late) / sizeof(late[0]); d++) {
		for (size_t r = 0; r < sizeof(ringing) / sizeof(ringing[0]); r++) {
			struct scene *scene = scene_create();
			const size_t samples = late[d] * EARS_RATE / 1000;
			reflect(scene, samples, 0.3F, ringing[r], 0);
			const double when = listen(scene, 0.0, 5.0);
			assert_delay(scene, samples);
			assert_true(when > 0.0 && when < 2.0);
			assert_int_equal(scene->changes, 1);
			scene_destroy(scene);
		}
	}
}

/* Two devices, paired a little wrong: the microphone has it first. */
static void finds_an_echo_that_comes_before_its_sound(void **state)
{
	(void)state;
	static const size_t early[] = { 160, 480, 800 };
	for (size_t d = 0; d < sizeof(early) / sizeof(early[0]); d++) {
		struct scene *scene = scene_create();
		reflect(scene, 0, 0.3F, 1.0F, 0);
		memmove(scene->near, scene->near + early[d],
				(COUNT - early[d]) * sizeof(scene->near[0]));
		const double when = listen(scene, 0.0, 5.0);
		assert_true(when > 0.0 && when < 2.0);
		if (abs(delay_samples(scene->delay) + (int32_t)early[d]) > NEAR_ENOUGH) {
			fail_msg("found %d samples instead of -%zu",
					(int)delay_samples(scene->delay), early[d]);
		}
		scene_destroy(scene);
	}
}

/* Somebody speaks all the time, as loud as the echo, and then twice as loud. */
static void finds_it_under_a_voice(void **state)
{
	(void)state;
	static const float voice[] = { 0.3F, 0.6F };
	for (size_t v = 0; v < sizeof(voice) / sizeof(voice[0]); v++) {
		struct scene *scene = scene_create();
		talk(scene->near, 1234, 3.1, voice[v]);
		reflect(scene, 1920, 0.3F, 1.0F, 0);
		(void)listen(scene, 0.0, SECONDS);
		assert_delay(scene, 1920);
		scene_destroy(scene);
	}
}

static void keeps_the_last_answer_while_nothing_is_played(void **state)
{
	(void)state;
	struct scene *scene = scene_create();
	reflect(scene, 1600, 0.3F, 0.5F, 0);
	(void)listen(scene, 0.0, 4.0);
	assert_delay(scene, 1600);
	memset(scene->far, 0, sizeof(scene->far));
	talk(scene->near, 77, 3.1, 0.5F);
	(void)listen(scene, 4.0, SECONDS);
	assert_delay(scene, 1600);
	assert_int_equal(scene->changes, 1);
	scene_destroy(scene);
}

static void says_nothing_where_there_is_no_echo(void **state)
{
	(void)state;
	struct scene *scene = scene_create();
	talk(scene->near, 77, 3.1, 0.5F);
	assert_true(listen(scene, 0.0, SECONDS) < 0.0);
	assert_int_equal(delay_samples(scene->delay), DELAY_UNKNOWN);
	scene_destroy(scene);
}

static void follows_a_delay_that_jumps(void **state)
{
	(void)state;
	struct scene *scene = scene_create();
	reflect(scene, 1600, 0.3F, 0.5F, 0);
	uint32_t faint = 5;
	for (size_t i = 4 * EARS_RATE; i < COUNT; i++) {
		scene->near[i] = (int16_t)(8.0F * white(&faint));
	}
	reflect(scene, 2560, 0.3F, 0.5F, 4 * EARS_RATE);
	(void)listen(scene, 0.0, 4.0);
	assert_delay(scene, 1600);
	const double when = listen(scene, 4.0, SECONDS);
	assert_delay(scene, 2560);
	assert_true(when > 4.0 && when < 7.5);
	assert_int_equal(scene->changes, 2);
	delay_reset(scene->delay);
	assert_int_equal(delay_samples(scene->delay), DELAY_UNKNOWN);
	scene_destroy(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_labelled_delays_in_rooms),
		cmocka_unit_test(finds_an_echo_that_comes_before_its_sound),
		cmocka_unit_test(finds_it_under_a_voice),
		cmocka_unit_test(keeps_the_last_answer_while_nothing_is_played),
		cmocka_unit_test(says_nothing_where_there_is_no_echo),
		cmocka_unit_test(follows_a_delay_that_jumps),
	};
	delay_destroy(NULL);
	return cmocka_run_group_tests_name("delay", tests, NULL, NULL);
}
