/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp */
/* test_resample.c - where a sample comes out and how many come out. */
#include "ease/resample.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct rates {
	uint32_t in;
	uint32_t out;
	int quality;
};

static const struct rates all_rates[] = {
	{ 22050, 48000, 5 },
	{ 48000, 16000, 3 },
	{ 16000, 48000, 5 },
	{ 44100, 48000, 5 },
	{ 8000, 48000, 3 },
	{ 48000, 22050, 10 },
};

#define RATES (sizeof(all_rates) / sizeof(all_rates[0]))

static struct resample *create(const struct rates *rates)
{
	struct resample *resample = NULL;
	assert_int_equal(resample_create(rates->in, rates->out, rates->quality, &resample),
			STATUS_OK);
	return resample;
}

/* All of in, in pieces of piece samples, with little room for the output; returns the count. */
static size_t convert(struct resample *resample, const int16_t *in, size_t count, size_t piece,
		int16_t *out, size_t room)
{
	size_t taken = 0;
	size_t made = 0;
	while (taken < count) {
		size_t take = count - taken < piece ? count - taken : piece;
		size_t make = room - made < piece ? room - made : piece;
		resample_run(resample, in + taken, &take, out + made, &make);
		assert_true(take > 0 || make > 0);
		taken += take;
		made += make;
	}
	size_t more = 0;
	do {
		more = resample_flush(resample, out + made, room - made < 11 ? room - made : 11);
		made += more;
	} while (more > 0);
	return made;
}

static void bad_rates_and_qualities_are_refused(void **state)
{
	(void)state;
	struct resample *resample = NULL;
	assert_int_equal(resample_create(3999, 48000, 3, &resample), STATUS_BAD_ARG);
	assert_int_equal(resample_create(48000, 192001, 3, &resample), STATUS_BAD_ARG);
	assert_int_equal(resample_create(48000, 16000, 11, &resample), STATUS_BAD_ARG);
	assert_int_equal(resample_create(48000, 16000, -1, &resample), STATUS_BAD_ARG);
	resample_destroy(NULL);
}

/* A smooth pulse, round centre. */
static double pulse(double n, double centre, double width)
{
	return 20000.0 * exp(-0.5 * (n - centre) * (n - centre) / (width * width));
}

/* The centre of gravity of what stands out. */
static double centre_of(const int16_t *samples, size_t count)
{
	double sum = 0.0;
	double moment = 0.0;
	for (size_t i = 0; i < count; i++) {
		if (abs(samples[i]) > 50) {
			sum += samples[i];
			moment += (double)samples[i] * (double)i;
		}
	}
	return moment / sum;
}

static void a_sample_comes_out_where_it_belongs(void **state)
{
	(void)state;
	for (size_t r = 0; r < RATES; r++) {
		const struct rates *rates = &all_rates[r];
		const double ratio = (double)rates->out / rates->in;
		struct resample *resample = create(rates);
		const size_t room = 4000 * 6 + 100;
		int16_t in[4000];
		int16_t *out = calloc(room, sizeof(*out));
		assert_non_null(out);
		for (size_t i = 0; i < 4000; i++) {
			in[i] = (int16_t)lrint(
					pulse((double)i, 1777.3, 8.0 * fmax(1.0, 1.0 / ratio)));
		}
		const size_t count = convert(resample, in, 4000, 4000, out, room);
		assert_true(fabs(centre_of(out, count) - 1777.3 * ratio) < 0.05);
		free(out);
		resample_destroy(resample);
	}
}

static void the_count_is_exact_for_any_length(void **state)
{
	(void)state;
	const size_t lengths[] = { 1, 2, 3, 100, 147, 441, 999, 22050, 44100 };
	const size_t room = 44100 * 6 + 100;
	int16_t *in = calloc(44100, sizeof(*in));
	int16_t *out = calloc(room, sizeof(*out));
	assert_non_null(in);
	assert_non_null(out);
	for (size_t r = 0; r < RATES; r++) {
		for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
			const uint64_t scaled = (uint64_t)lengths[i] * all_rates[r].out;
			const uint64_t wanted = (scaled + all_rates[r].in - 1) / all_rates[r].in;
			struct resample *resample = create(&all_rates[r]);
			assert_int_equal(convert(resample, in, lengths[i], 320, out, room), wanted);
			resample_destroy(resample);
		}
	}
	free(in);
	free(out);
}

static void pieces_and_reset_make_no_difference(void **state)
{
	(void)state;
	int16_t in[3000];
	int16_t whole[8000] = { 0 };
	int16_t pieces[8000] = { 0 };
	struct resample *resample = create(&all_rates[0]);
	for (size_t i = 0; i < 3000; i++) {
		in[i] = (int16_t)(9000.0 * sin((double)i * (double)i * 1e-4));
	}
	const size_t count = convert(resample, in, 3000, 3000, whole, 8000);
	resample_reset(resample);
	assert_int_equal(convert(resample, in, 3000, 13, pieces, 8000), count);
	assert_memory_equal(whole, pieces, count * sizeof(whole[0]));
	resample_destroy(resample);
}

static void a_tone_keeps_its_level(void **state)
{
	(void)state;
	struct resample *resample = create(&all_rates[0]);
	int16_t *in = malloc(22050 * sizeof(*in));
	int16_t *out = malloc(48000 * sizeof(*out));
	double power = 0.0;
	assert_non_null(in);
	assert_non_null(out);
	for (size_t i = 0; i < 22050; i++) {
		in[i] = (int16_t)lrint(10000.0 * sin(2.0 * M_PI * 1000.0 * (double)i / 22050.0));
	}
	assert_int_equal(convert(resample, in, 22050, 22050, out, 48000), 48000);
	for (size_t i = 4800; i < 43200; i++) {
		power += (double)out[i] * out[i] / 38400.0;
	}
	assert_true(fabs(10.0 * log10(power / 5e7)) < 0.05);
	free(in);
	free(out);
	resample_destroy(resample);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_rates_and_qualities_are_refused),
		cmocka_unit_test(a_sample_comes_out_where_it_belongs),
		cmocka_unit_test(the_count_is_exact_for_any_length),
		cmocka_unit_test(pieces_and_reset_make_no_difference),
		cmocka_unit_test(a_tone_keeps_its_level),
	};
	return cmocka_run_group_tests_name("resample", tests, NULL, NULL);
}
