/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp */
/* test_echo.c - how much of a room's echo is taken away, and that a person's voice is left. */
#include "ease/echo.h"

#include "ease/clock.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define SECONDS 20
#define COUNT (SECONDS * EARS_RATE)

struct scene {
	int16_t far[COUNT];
	int16_t near[COUNT];
	int16_t out[COUNT];
};

static float white(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (float)(int32_t)*seed * 0x1p-31F;
}

/* Noise coloured and cut into syllables like speech. */
static void talk(int16_t *out)
{
	uint32_t seed = 7;
	float low = 0.0F;
	for (size_t i = 0; i < COUNT; i++) {
		low = 0.85F * low + 0.15F * white(&seed);
		const double syllable = sin(2.0 * M_PI * 2.0 * (double)i / EARS_RATE);
		out[i] = (int16_t)(30000.0 * (double)low * fmax(0.05, syllable));
	}
}

/* What a small room makes of far: a direct path after 10 ms and a tail that dies away in 150 ms. */
static void reflect(const int16_t *far, int16_t *near)
{
	enum { TAPS = 60 };
	size_t delay[TAPS];
	float gain[TAPS];
	uint32_t seed = 99;
	uint32_t faint = 5;
	for (size_t t = 0; t < TAPS; t++) {
		delay[t] = 160 + 40 * t;
		gain[t] = 0.3F * expf(-0.08F * (float)t) * (t == 0 ? 1.0F : white(&seed));
	}
	for (size_t i = 0; i < COUNT; i++) {
		float sum = 2.0F * white(&faint);
		for (size_t t = 0; t < TAPS && delay[t] <= i; t++) {
			sum += gain[t] * (float)far[i - delay[t]];
		}
		near[i] = (int16_t)lrintf(sum);
	}
}

static void cancel(struct echo *echo, struct scene *scene)
{
	for (size_t i = 0; i < COUNT; i += ECHO_FRAME) {
		echo_cancel(echo, scene->near + i, scene->far + i, scene->out + i);
	}
}

static double level_db(const int16_t *samples, size_t from, size_t to)
{
	double sum = 1e-9;
	for (size_t i = from; i < to; i++) {
		sum += (double)samples[i] * samples[i];
	}
	return 10.0 * log10(sum / (double)(to - from));
}

static struct scene *scene_create(void)
{
	struct scene *scene = calloc(1, sizeof(*scene));
	assert_non_null(scene);
	talk(scene->far);
	reflect(scene->far, scene->near);
	return scene;
}

static void a_tail_out_of_range_is_refused(void **state)
{
	(void)state;
	struct echo *echo = NULL;
	assert_int_equal(echo_create(49, &echo), STATUS_BAD_ARG);
	assert_int_equal(echo_create(501, &echo), STATUS_BAD_ARG);
	echo_destroy(NULL);
}

static void an_echo_loses_more_than_15_db(void **state)
{
	(void)state;
	struct scene *scene = scene_create();
	struct echo *echo = NULL;
	assert_int_equal(echo_create(256, &echo), STATUS_OK);
	cancel(echo, scene);
	const double erle = level_db(scene->near, COUNT / 2, COUNT) -
			    level_db(scene->out, COUNT / 2, COUNT);
	print_message("echo return loss %.1f dB\n", erle);
	assert_true(erle > 15.0);
	echo_destroy(echo);
	free(scene);
}

static void a_voice_in_the_room_is_left(void **state)
{
	(void)state;
	const size_t from = 15 * EARS_RATE;
	const size_t to = from + EARS_RATE / 2;
	struct scene *scene = scene_create();
	struct echo *echo = NULL;
	double voice = 0.0;
	double both = 0.0;
	assert_int_equal(echo_create(256, &echo), STATUS_OK);
	for (size_t i = from; i < to; i++) {
		const double said = 4000.0 * sin(2.0 * M_PI * 310.0 * (double)i / EARS_RATE);
		scene->near[i] = (int16_t)(scene->near[i] + lrint(said));
	}
	cancel(echo, scene);
	for (size_t i = from; i < to; i++) {
		const double said = sin(2.0 * M_PI * 310.0 * (double)i / EARS_RATE);
		voice += said * said;
		both += said * scene->out[i];
	}
	assert_true(fabs(20.0 * log10(both / voice / 4000.0)) < 1.5);
	echo_destroy(echo);
	free(scene);
}

static void after_a_reset_it_is_as_new(void **state)
{
	(void)state;
	struct scene *scene = scene_create();
	struct echo *echo = NULL;
	assert_int_equal(echo_create(100, &echo), STATUS_OK);
	cancel(echo, scene);
	const double learnt = level_db(scene->out, 0, EARS_RATE / 4);
	echo_reset(echo);
	cancel(echo, scene);
	assert_true(fabs(level_db(scene->out, 0, EARS_RATE / 4) - learnt) < 1.0);
	echo_destroy(echo);
	free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tail_out_of_range_is_refused),
		cmocka_unit_test(an_echo_loses_more_than_15_db),
		cmocka_unit_test(a_voice_in_the_room_is_left),
		cmocka_unit_test(after_a_reset_it_is_as_new),
	};
	return cmocka_run_group_tests_name("echo", tests, NULL, NULL);
}
