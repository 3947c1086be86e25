/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core dsp load speech */
/* test_speech_phrases.c - all that is shipped can be heard, in every voice, and never clips. */
#include "ease/loader.h"
#include "ease/phrase.h"
#include "ease/speech.h"

#include "ease/callback.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CEILING 29204 /* -1 dBFS */

static unsigned char memory[1024];

/* What a text sounds like. */
struct sound {
	double seconds;
	double loudest; /* RMS in dBFS of its loudest 100 ms */
	int peak;
};

static struct sound sound_of(struct speech *speech, const char *text)
{
	struct sound sound = { .loudest = -120.0 };
	int16_t *samples = NULL;
	size_t count = 0;
	assert_int_equal(speech_render(speech, text, &samples, &count), STATUS_OK);
	sound.seconds = (double)count / EASE_RATE;
	for (size_t from = 0; from + 4800 <= count; from += 4800) {
		double power = 1.0;
		for (size_t i = from; i < from + 4800; i++) {
			power += (double)samples[i] * samples[i];
			sound.peak = abs(samples[i]) > sound.peak ? abs(samples[i]) : sound.peak;
		}
		const double level = 10.0 * log10(power / 4800 / 32768.0 / 32768.0);
		sound.loudest = level > sound.loudest ? level : sound.loudest;
	}
	free(samples);
	return sound;
}

static void check(struct speech *speech, const char *text)
{
	const struct sound sound = sound_of(speech, text);
	/* nobody speaks faster than 25 letters a second */
	if (sound.seconds < 0.15 || sound.seconds < (double)strlen(text) / 25 ||
			sound.loudest < -24.0 || sound.peak > CEILING) {
		fail_msg("\"%s\": %.2f s, %.1f dB, peak %d", text, sound.seconds, sound.loudest,
				sound.peak);
	}
}

/* K-weighting at 48 kHz (BS.1770) and the 400 ms blocks of the integrated loudness. */
#define LUFS_BLOCK 19200
#define LUFS_BLOCKS 4000

struct loudness {
	double z[2][2];
	double power[LUFS_BLOCKS];
	size_t samples;
};

static double weigh(struct loudness *loudness, double in)
{
	static const double b[2][3] = { { 1.53512485958697, -2.69169618940638, 1.19839281085285 },
		{ 1.0, -2.0, 1.0 } };
	static const double a[2][2] = { { -1.69065929318241, 0.73248077421585 },
		{ -1.99004745483398, 0.99007225036621 } };
	for (size_t i = 0; i < 2; i++) {
		double *z = loudness->z[i];
		const double out = b[i][0] * in + z[0];
		z[0] = b[i][1] * in - a[i][0] * out + z[1];
		z[1] = b[i][2] * in - a[i][1] * out;
		in = out;
	}
	return in;
}

static void measure(struct loudness *loudness, const int16_t *samples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const size_t block = loudness->samples / LUFS_BLOCK;
		const double weighted = weigh(loudness, samples[i] / 32768.0);
		assert_true(block < LUFS_BLOCKS);
		loudness->power[block] += weighted * weighted / LUFS_BLOCK;
		loudness->samples++;
	}
}

/* The mean of the whole blocks above a power. */
static double mean_above(const struct loudness *loudness, double gate)
{
	double sum = 0.0;
	size_t count = 0;
	for (size_t i = 0; i < loudness->samples / LUFS_BLOCK; i++) {
		if (loudness->power[i] > gate) {
			sum += loudness->power[i];
			count++;
		}
	}
	assert_true(count > 0);
	return sum / (double)count;
}

static double lufs(const struct loudness *loudness)
{
	const double absolute = pow(10.0, (-70.0 + 0.691) / 10.0);
	const double mean = mean_above(loudness, mean_above(loudness, absolute) / 10.0);
	return -0.691 + 10.0 * log10(mean);
}

static void check_loudness(struct speech *speech, const struct voice *voice)
{
	static struct loudness loudness;
	loudness = (struct loudness){ .samples = 0 };
	for (size_t i = 0; i < voice->phrase_count; i++) {
		int16_t *samples = NULL;
		size_t count = 0;
		assert_int_equal(speech_render(speech, voice->phrases[i], &samples, &count),
				STATUS_OK);
		measure(&loudness, samples, count);
		free(samples);
	}
	const double level = lufs(&loudness);
	print_message("%s: %.2f LUFS over %.0f s\n", voice->speech.name, level,
			(double)loudness.samples / EASE_RATE);
	assert_true(level > -20.0 && level < -18.0);
}

static void check_voice(const char *name)
{
	struct arena *arena = arena_create();
	const struct voice *voice = NULL;
	struct speech *speech = NULL;
	struct ring ring;
	struct diag diag = { .line = 0 };
	assert_non_null(arena);
	assert_int_equal(ring_init(&ring, memory, sizeof(memory)), STATUS_OK);
	if (voice_load(arena, EASE_SOURCE_DIR "/voices", name, &voice, &diag) != STATUS_OK) {
		char reason[600];
		diag_string(&diag, reason, sizeof(reason));
		fail_msg("%s: %s", name, reason);
	}
	assert_int_equal(speech_create(&voice->speech, &ring, &speech, NULL), STATUS_OK);
	assert_int_equal(voice->phrase_count, PHRASE_COUNT);
	for (size_t i = 0; i < voice->phrase_count; i++) {
		check(speech, voice->phrases[i]);
	}
	for (size_t i = 0; i < voice->speech.lexicon_count; i++) {
		const struct sound sound = sound_of(speech, voice->speech.lexicon[i].word);
		assert_true(sound.seconds > 0.2 && sound.loudest > -24.0);
	}
	check_loudness(speech, voice);
	speech_destroy(speech);
	arena_destroy(arena);
}

static void calm_warm_says_every_phrase(void **state)
{
	(void)state;
	check_voice("calm-warm");
}

static void calm_soft_says_every_phrase(void **state)
{
	(void)state;
	check_voice("calm-soft");
}

static void calm_alto_says_every_phrase(void **state)
{
	(void)state;
	check_voice("calm-alto");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calm_warm_says_every_phrase),
		cmocka_unit_test(calm_soft_says_every_phrase),
		cmocka_unit_test(calm_alto_says_every_phrase),
	};
	return cmocka_run_group_tests_name("speech_phrases", tests, NULL, NULL);
}
