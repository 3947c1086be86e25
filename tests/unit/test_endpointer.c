/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen */
/* test_endpointer.c - edges of synthetic speech against the bounds it was made with. */
#include "ease/endpointer.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define STREAM_FRAMES 1000
#define EDGES_MAX 16

struct stream {
	int16_t samples[STREAM_FRAMES][ENDPOINTER_FRAME];
	uint32_t seed;
};

struct found {
	int onsets;
	int offsets;
	int64_t start[EDGES_MAX];
	int64_t end[EDGES_MAX];
	int64_t told[EDGES_MAX]; /* the frame at which the offset came */
};

/* About normal, of deviation 1. */
static double noise(struct stream *stream)
{
	double sum = 0.0;
	for (int i = 0; i < 12; i++) {
		stream->seed = stream->seed * 1664525u + 1013904223u;
		sum += stream->seed / 4294967296.0;
	}
	return sum - 6.0;
}

static struct stream *room(double rms)
{
	struct stream *stream = calloc(1, sizeof *stream);
	assert_non_null(stream);
	stream->seed = 7;
	for (int i = 0; i < STREAM_FRAMES; i++) {
		for (int j = 0; j < ENDPOINTER_FRAME; j++) {
			stream->samples[i][j] = (int16_t)lrint(rms * noise(stream));
		}
	}
	return stream;
}

/* A buzz of 150 Hz with many harmonics, swelling and fading over 30 ms at both ends. */
static void speak(struct stream *stream, int from, int to, double level)
{
	for (int i = from; i < to; i++) {
		const int edge = i - from < to - 1 - i ? i - from : to - 1 - i;
		const double gain = level * fmin((edge + 1) / 3.0, 1.0);
		for (int j = 0; j < ENDPOINTER_FRAME; j++) {
			const int n = i * ENDPOINTER_FRAME + j;
			const double saw = (n % 107) / 53.5 - 1.0;
			stream->samples[i][j] = (int16_t)lrint(
					stream->samples[i][j] + gain * (saw + 0.2 * noise(stream)));
		}
	}
}

static struct found run(const struct stream *stream)
{
	struct found found = { 0 };
	struct endpointer endpointer;
	endpointer_init(&endpointer, &endpointer_defaults);
	for (int i = 0; i < STREAM_FRAMES; i++) {
		const enum edge edge = endpointer_process(&endpointer, stream->samples[i]);
		if (edge == EDGE_ONSET) {
			assert_int_equal(found.onsets, found.offsets);
			found.start[found.onsets] = endpointer_start(&endpointer);
			found.onsets++;
		} else if (edge == EDGE_OFFSET) {
			found.end[found.offsets] = endpointer_end(&endpointer);
			found.told[found.offsets] = i;
			found.offsets++;
			assert_int_equal(found.onsets, found.offsets);
		}
		assert_true(found.onsets < EDGES_MAX);
	}
	return found;
}

static void finds_the_bounds_of_words(void **state)
{
	(void)state;
	static const int words[][2] = { { 100, 140 }, { 250, 330 }, { 500, 520 } };
	struct stream *stream = room(11.6);
	for (size_t i = 0; i < 3; i++) {
		speak(stream, words[i][0], words[i][1], 2000.0);
	}
	const struct found found = run(stream);
	assert_int_equal(found.onsets, 3);
	assert_int_equal(found.offsets, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_in_range(found.start[i], words[i][0] - 5, words[i][0] + 2);
		assert_in_range(found.end[i], words[i][1] - 2, words[i][1] + 4);
		assert_true(found.told[i] - words[i][1] <= endpointer_defaults.hangover + 4);
	}
	free(stream);
}

static void hears_a_quiet_voice_in_a_quiet_room(void **state)
{
	(void)state;
	struct stream *stream = room(3.0);
	speak(stream, 300, 350, 150.0);
	const struct found found = run(stream);
	assert_int_equal(found.offsets, 1);
	assert_in_range(found.start[0], 293, 303);
	free(stream);
}

static void joins_what_a_stop_consonant_parts(void **state)
{
	(void)state;
	struct stream *stream = room(11.6);
	speak(stream, 200, 230, 2000.0);
	speak(stream, 238, 260, 2000.0);
	const struct found found = run(stream);
	assert_int_equal(found.offsets, 1);
	assert_in_range(found.end[0], 258, 264);
	free(stream);
}

static void takes_neither_noise_nor_clicks_for_speech(void **state)
{
	(void)state;
	struct stream *stream = room(60.0);
	for (int i = 100; i < STREAM_FRAMES; i += 100) {
		speak(stream, i, i + 2, 4000.0);
	}
	assert_int_equal(run(stream).onsets, 0);
	free(stream);
}

static void gets_used_to_a_louder_room(void **state)
{
	(void)state;
	struct stream *stream = room(11.6);
	struct stream *louder = room(200.0);
	memcpy(stream->samples[300], louder->samples[300], 700 * sizeof stream->samples[0]);
	speak(stream, 800, 850, 4000.0);
	const struct found found = run(stream);
	assert_true(found.offsets >= 1);
	assert_in_range(found.start[found.offsets - 1], 793, 803);
	assert_in_range(found.end[found.offsets - 1], 848, 855);
	free(louder);
	free(stream);
}

static void cuts_what_never_ends(void **state)
{
	(void)state;
	struct stream *stream = room(11.6);
	for (int i = 100; i < STREAM_FRAMES; i += 20) {
		speak(stream, i, i + 15, 3000.0);
	}
	const struct found found = run(stream);
	assert_true(found.offsets >= 2);
	assert_in_range(found.end[0] - found.start[0], endpointer_defaults.longest - 20,
			endpointer_defaults.longest + 1);
	/* what was cut goes on in the next segment, without overlap */
	assert_true(found.start[1] >= found.end[0]);
	free(stream);
}

static void measures_how_far_speech_stands_out(void **state)
{
	(void)state;
	struct endpointer endpointer;
	struct stream *stream = room(11.6);
	speak(stream, 200, 240, 2000.0);
	endpointer_init(&endpointer, &endpointer_defaults);
	for (int i = 0; i < 300; i++) {
		(void)endpointer_process(&endpointer, stream->samples[i]);
	}
	/* white noise of 11.6 steps through the pre-emphasis */
	assert_float_equal(endpointer_floor(&endpointer), 24.1, 1.5);
	assert_true(endpointer_snr(&endpointer) > 25.0);
	free(stream);
}

/* What is no louder than the loudspeaker may be is nobody; what is well above it is somebody. */
static void hears_nobody_in_what_may_be_the_loudspeaker(void **state)
{
	(void)state;
	struct stream *stream = room(10.0);
	speak(stream, 200, 260, 1000.0);
	speak(stream, 400, 460, 8000.0);
	struct endpointer endpointer;
	int onsets = 0;
	int64_t first = 0;
	endpointer_init(&endpointer, &endpointer_defaults);
	for (int i = 0; i < STREAM_FRAMES; i++) {
		const bool playing = i >= 190 && i < 470;
		endpointer_echo(&endpointer, playing ? 45.0 : 0.0);
		if (endpointer_process(&endpointer, stream->samples[i]) == EDGE_ONSET) {
			first = onsets++ == 0 ? i : first;
		}
	}
	assert_int_equal(onsets, 1);
	assert_in_range(first, 400, 408);
	free(stream);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_bounds_of_words),
		cmocka_unit_test(hears_a_quiet_voice_in_a_quiet_room),
		cmocka_unit_test(joins_what_a_stop_consonant_parts),
		cmocka_unit_test(takes_neither_noise_nor_clicks_for_speech),
		cmocka_unit_test(gets_used_to_a_louder_room),
		cmocka_unit_test(cuts_what_never_ends),
		cmocka_unit_test(measures_how_far_speech_stands_out),
		cmocka_unit_test(hears_nobody_in_what_may_be_the_loudspeaker),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
