/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp */
/* test_canceller.c - an echo that comes late is found and taken away, and what is left is told. */
#include "ease/canceller.h"

#include "ease/clock.h"
#include "ease/delay.h"

#include <dlfcn.h>
#include <math.h>
#include <setjmp.h>
#include <speex/speex_echo.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef void cancel_fn(SpeexEchoState *, const spx_int16_t *, const spx_int16_t *, spx_int16_t *);

static int cancelled; /* frames, by the library */

/* In place of the library's own, to count its calls. */
void speex_echo_cancellation(SpeexEchoState *state, const spx_int16_t *rec, const spx_int16_t *play,
		spx_int16_t *out)
{
	static cancel_fn *real;
	if (real == NULL) {
		*(void **)&real = dlsym(RTLD_NEXT, "speex_echo_cancellation");
	}
	cancelled++;
	real(state, rec, play, out);
}

#define SECONDS 16
#define COUNT (SECONDS * EARS_RATE)
#define TAPS 60

struct scene {
	int16_t far[COUNT];
	int16_t near[COUNT];
	int16_t out[COUNT];
	struct canceller *canceller;
	size_t at;
	int moves;
	int most;  /* calls of the library in one frame */
	bool full; /* the microphone is at full scale all the time */
};

static float white(uint32_t *seed)
{
	*seed = *seed * 1664525U + 1013904223U;
	return (float)(int32_t)*seed * 0x1p-31F;
}

/* Noise coloured and cut into syllables like speech, added from sample first to before last. */
static void talk(int16_t *out, size_t first, size_t last, uint32_t seed, float gain)
{
	float low = 0.0F;
	for (size_t i = first; i < last; i++) {
		low = 0.85F * low + 0.15F * white(&seed);
		const double syllable = sin(2.0 * M_PI * 2.3 * (double)i / EARS_RATE);
		out[i] = (int16_t)(out[i] + 20000.0 * (double)(gain * low) * fmax(0.05, syllable));
	}
}

/* The loudspeaker reaches the microphone late samples later, through a room of 150 ms. */
static void reflect(struct scene *scene, size_t first, size_t late)
{
	for (size_t i = first; i < COUNT; i++) {
		uint32_t seed = 99;
		float sum = 0.0F;
		for (size_t t = 0; t < TAPS && late + 24 * t <= i; t++) {
			const float gain = t == 0 ? 0.5F
						  : 0.2F * expf(-0.05F * (float)t) * white(&seed);
			sum += gain * (float)scene->far[i - late - 24 * t];
		}
		scene->near[i] = (int16_t)((float)scene->near[i] + sum);
	}
}

static struct scene *scene_create(void)
{
	struct scene *scene = calloc(1, sizeof(*scene));
	assert_non_null(scene);
	assert_int_equal(canceller_create(&scene->canceller), STATUS_OK);
	uint32_t faint = 5;
	for (size_t i = 0; i < COUNT; i++) {
		scene->near[i] = (int16_t)(6.0F * white(&faint));
	}
	talk(scene->far, 0, COUNT, 7, 1.0F);
	return scene;
}

static void scene_destroy(struct scene *scene)
{
	canceller_destroy(scene->canceller);
	free(scene);
}

/* Goes on to a second; returns the part of the rest that was told to be echo, in decibels. */
static double go_on(struct scene *scene, double seconds)
{
	double echo = 1.0;
	double rest = 1.0;
	for (; scene->at + CANCELLER_FRAME <= (size_t)(seconds * EARS_RATE);
			scene->at += CANCELLER_FRAME) {
		cancelled = 0;
		scene->moves += canceller_process(scene->canceller, scene->near + scene->at,
				scene->far + scene->at, scene->full, scene->out + scene->at);
		scene->most = cancelled > scene->most ? cancelled : scene->most;
		echo += canceller_echo(scene->canceller);
		rest += canceller_rest(scene->canceller);
	}
	return 10.0 * log10(echo / rest);
}

/* Decibels taken from the microphone between two seconds. */
static double taken_db(const struct scene *scene, double from, double to)
{
	double near = 1.0;
	double out = 1.0;
	for (size_t i = (size_t)(from * EARS_RATE); i < (size_t)(to * EARS_RATE); i++) {
		near += (double)scene->near[i] * scene->near[i];
		out += (double)scene->out[i] * scene->out[i];
	}
	return 10.0 * log10(near / out);
}

/* Later than any tail reaches: without the delay nothing could be taken away. */
static void a_late_echo_is_taken_away(void **state)
{
	(void)state;
	static const size_t late[] = { 0, 800, 3200, 7200 };
	for (size_t i = 0; i < sizeof(late) / sizeof(late[0]); i++) {
		struct scene *scene = scene_create();
		reflect(scene, 0, late[i]);
		assert_true(canceller_knows(scene->canceller));
		(void)go_on(scene, 0.5);
		assert_false(canceller_knows(scene->canceller));
		(void)go_on(scene, 8.0);
		assert_true(canceller_knows(scene->canceller));
		assert_int_equal(scene->moves, 1);
		assert_in_range(canceller_delay(scene->canceller) + 16, late[i], late[i] + 32);
		assert_true(taken_db(scene, 4.0, 8.0) > 15.0);
		scene_destroy(scene);
	}
}

/* Soon: what is kept is gone through again in little more than a second. */
static void a_delay_that_jumps_is_followed(void **state)
{
	(void)state;
	struct scene *scene = scene_create();
	reflect(scene, 0, 1600);
	for (size_t i = 6 * EARS_RATE; i < COUNT; i++) {
		scene->near[i] = 0;
	}
	reflect(scene, 6 * EARS_RATE, 4800);
	for (int quarters = 24; scene->moves < 2 && quarters < 4 * (SECONDS - 2); quarters++) {
		(void)go_on(scene, quarters / 4.0);
	}
	const double found = (double)scene->at / EARS_RATE;
	assert_true(found > 6.0 && found < 10.0);
	assert_in_range(canceller_delay(scene->canceller), 4784, 4816);
	assert_false(canceller_knows(scene->canceller)); /* it goes through what is kept */
	(void)go_on(scene, found + 1.2);
	assert_true(canceller_knows(scene->canceller));
	(void)go_on(scene, found + 3.0);
	assert_true(taken_db(scene, found + 1.2, found + 3.0) > 12.0);
	assert_true(scene->most <= 5); /* and no frame costs the time of many */
	scene_destroy(scene);
}

static void what_is_left_is_told_from_a_person(void **state)
{
	(void)state;
	struct scene *scene = scene_create();
	reflect(scene, 0, 1600);
	talk(scene->near, 10 * EARS_RATE, 11 * EARS_RATE, 4321, 0.5F);
	(void)go_on(scene, 8.0);
	/* nobody but the loudspeaker: what is left is about what was told */
	const double alone = go_on(scene, 10.0);
	assert_true(alone > -6.0);
	const double person = go_on(scene, 11.0);
	assert_true(person < -12.0);
	scene_destroy(scene);
}

static void a_clipped_echo_may_be_all_that_is_left(void **state)
{
	(void)state;
	struct scene *scene = scene_create();
	reflect(scene, 0, 1600);
	scene->full = true;
	(void)go_on(scene, 8.0);
	const double told = go_on(scene, 10.0);
	assert_true(told > 5.0);
	scene_destroy(scene);
}

static void nothing_is_told_where_no_echo_is(void **state)
{
	(void)state;
	struct scene *scene = scene_create();
	talk(scene->near, 0, COUNT, 4321, 0.5F);
	memset(scene->far, 0, sizeof(scene->far));
	assert_true(go_on(scene, 8.0) < -20.0);
	assert_true(taken_db(scene, 0.0, 8.0) < 2.0);
	assert_int_equal(canceller_delay(scene->canceller), DELAY_UNKNOWN);
	assert_true(canceller_knows(scene->canceller));
	scene_destroy(scene);
}

static void a_reset_forgets_the_room(void **state)
{
	(void)state;
	struct scene *scene = scene_create();
	reflect(scene, 0, 1600);
	(void)go_on(scene, 4.0);
	canceller_reset(scene->canceller);
	assert_int_equal(canceller_delay(scene->canceller), DELAY_UNKNOWN);
	(void)go_on(scene, 4.1);
	assert_false(canceller_knows(scene->canceller));
	scene_destroy(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_late_echo_is_taken_away),
		cmocka_unit_test(a_delay_that_jumps_is_followed),
		cmocka_unit_test(what_is_left_is_told_from_a_person),
		cmocka_unit_test(a_clipped_echo_may_be_all_that_is_left),
		cmocka_unit_test(nothing_is_told_where_no_echo_is),
		cmocka_unit_test(a_reset_forgets_the_room),
	};
	canceller_destroy(NULL);
	return cmocka_run_group_tests_name("canceller", tests, NULL, NULL);
}
