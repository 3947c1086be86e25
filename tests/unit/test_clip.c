/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp speech */
/* test_clip.c - where sentences and words stand, and how a clip is read and kept. */
#include "speech/cache.h"
#include "speech/clip.h"
#include "speech/feed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define RATE 22050
#define LEAD 44 /* samples of silence kept: 2 ms */

/* Adds a sentence: silent samples, then sound. */
static void add(struct clip *clip, size_t silent, size_t sound)
{
	int16_t samples[4096];
	assert_true(silent + sound <= 4096);
	for (size_t i = 0; i < silent + sound; i++) {
		samples[i] = i < silent ? 99 : 5000;
	}
	assert_int_equal(clip_add_samples(clip, samples, silent + sound), STATUS_OK);
}

static void close_part(struct clip *clip)
{
	clip_trim_part(clip);
	clip_close_part(clip);
}

static void places_sentences_and_words(void **state)
{
	(void)state;
	struct clip *clip = clip_create("a b. c", 2, RATE, 43200);
	assert_non_null(clip);
	add(clip, 0, 2205);
	assert_int_equal(clip_add_word(clip, 0, 1, 0), STATUS_OK);
	assert_int_equal(clip_add_word(clip, 2, 1, 441), STATUS_OK);
	close_part(clip);
	assert_false(clip_is_ready(clip));
	assert_int_equal(clip->parts[0].length, 4800);
	add(clip, 0, 100);
	assert_int_equal(clip_add_word(clip, 5, 1, 10), STATUS_OK);
	close_part(clip);
	assert_true(clip_is_ready(clip));
	assert_int_equal(clip->words[1].at, 960);
	assert_int_equal(clip->parts[1].at, 4800 + 43200);
	assert_int_equal(clip->words[2].at, 4800 + 43200 + 22);
	assert_int_equal(clip->parts[1].length, 218); /* 217.7, rounded up */
	clip_destroy(clip);
}

static void takes_the_silence_before_a_sentence(void **state)
{
	(void)state;
	struct clip *clip = clip_create("a", 1, RATE, 0);
	assert_non_null(clip);
	add(clip, 1000, 500);
	assert_int_equal(clip_add_word(clip, 0, 1, 0), STATUS_OK);
	assert_int_equal(clip_add_word(clip, 0, 1, 1200), STATUS_OK);
	close_part(clip);
	assert_int_equal(clip->parts[0].count, LEAD + 500);
	assert_int_equal(clip->samples[LEAD - 1], 99);
	assert_int_equal(clip->samples[LEAD], 5000);
	assert_int_equal(clip->words[0].at, 0);
	assert_int_equal(clip->words[1].at, ((1200 - 1000 + LEAD) * 48000 + 11025) / 22050);
	clip_destroy(clip);
}

static void a_sentence_without_sound_takes_no_time(void **state)
{
	(void)state;
	struct clip *clip = clip_create("a", 3, RATE, 480);
	assert_non_null(clip);
	add(clip, 100, 0);
	close_part(clip);
	close_part(clip);
	add(clip, 0, 100);
	close_part(clip);
	assert_int_equal(clip->parts[2].at, 0);
	assert_int_equal(clip->sample_count, 100);
	clip_destroy(clip);
}

static void reads_the_same_in_any_steps(void **state)
{
	(void)state;
	static int16_t whole[20000];
	static int16_t pieces[20000];
	struct feed feed;
	struct clip *clip = clip_create("a. b.", 2, RATE, 4800);
	assert_non_null(clip);
	assert_int_equal(feed_init(&feed, RATE), STATUS_OK);
	add(clip, 0, 2205);
	close_part(clip);
	add(clip, 0, 441);
	close_part(clip);

	feed_start(&feed, clip);
	assert_false(feed_is_done(&feed));
	assert_int_equal(feed_read(&feed, whole, 20000), 4800 + 4800 + 960);
	assert_true(feed_is_done(&feed));
	assert_int_equal(feed_read(&feed, whole, 20000), 0);

	for (size_t step = 1; step < 600; step += 37) {
		size_t count = 0;
		feed_start(&feed, clip);
		while (!feed_is_done(&feed)) {
			count += feed_read(&feed, pieces + count, step);
		}
		assert_int_equal(count, 4800 + 4800 + 960);
		assert_memory_equal(whole, pieces, count * sizeof(int16_t));
	}
	for (size_t i = 4800; i < 9600; i++) {
		assert_int_equal(whole[i], 0);
	}
	feed_finish(&feed);
	clip_destroy(clip);
}

static void reads_as_far_as_it_is_synthesised(void **state)
{
	(void)state;
	static int16_t out[20000];
	struct feed feed;
	struct clip *clip = clip_create("a. b.", 2, RATE, 4800);
	assert_non_null(clip);
	assert_int_equal(feed_init(&feed, RATE), STATUS_OK);
	feed_start(&feed, clip);
	assert_int_equal(feed_read(&feed, out, 20000), 0);
	assert_false(feed_is_done(&feed));
	add(clip, 0, 2205);
	close_part(clip);
	/* the silence after it is certain, what follows is not there yet */
	assert_int_equal(feed_read(&feed, out, 20000), 9600);
	assert_false(feed_is_done(&feed));
	clip_end(clip);
	assert_true(feed_is_done(&feed));
	feed_finish(&feed);
	clip_destroy(clip);
}

static void put(struct cache *cache, const char *text)
{
	struct clip *clip = clip_create(text, 0, RATE, 0);
	assert_non_null(clip);
	cache_put(cache, clip);
}

static void keeps_the_four_wanted_last(void **state)
{
	(void)state;
	struct cache cache = { .counter = UINT32_MAX - 3 };
	put(&cache, "a");
	put(&cache, "b");
	put(&cache, "c");
	put(&cache, "d");
	assert_true(cache_touch(&cache, "a"));
	put(&cache, "e");
	assert_false(cache_touch(&cache, "b"));
	assert_null(cache_take(&cache, "b"));
	struct clip *clip = cache_take(&cache, "a");
	assert_non_null(clip);
	assert_string_equal(clip->text, "a");
	clip_destroy(clip);
	assert_null(cache_take(&cache, "a"));
	put(&cache, "f");
	assert_true(cache_touch(&cache, "c"));
	assert_true(cache_touch(&cache, "d"));
	assert_true(cache_touch(&cache, "e"));
	cache_clear(&cache);
	assert_false(cache_touch(&cache, "c"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_sentences_and_words),
		cmocka_unit_test(takes_the_silence_before_a_sentence),
		cmocka_unit_test(a_sentence_without_sound_takes_no_time),
		cmocka_unit_test(reads_the_same_in_any_steps),
		cmocka_unit_test(reads_as_far_as_it_is_synthesised),
		cmocka_unit_test(keeps_the_four_wanted_last),
	};
	return cmocka_run_group_tests_name("clip", tests, NULL, NULL);
}
