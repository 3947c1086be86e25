/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen speech load */
/* test_listener.c - from the rings of the callbacks to hearings, with and without a thread. */
#include "ease/listener.h"
#include "ease/worker.h"
#include "heard.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cmocka.h>

#define RING_BYTES (1u << 18)

static unsigned char near_bytes[RING_BYTES];
static unsigned char far_bytes[RING_BYTES];

struct bench {
	struct arena *arena;
	struct ring near;
	struct ring far;
	struct listener *listener;
	int wake_fd;
	/* how the two streams come in */
	frames_t near_begins; /* the output's frame at which the microphone's frame 0 is captured */
	usec_t jitter;        /* of the microphone's stamps */
	size_t lost;          /* number of a microphone block that never comes */
	size_t stumbles;      /* ... from which on its stamps are slip earlier: 0 to none */
	usec_t slip;
	/* what was heard */
	int onsets;
	int endings;
	int words;
	struct hearing word;
};

static void open_bench(struct bench *bench, bool far)
{
	*bench = (struct bench){ .arena = arena_create(), .lost = SIZE_MAX };
	assert_int_equal(ring_init(&bench->near, near_bytes, RING_BYTES), STATUS_OK);
	assert_int_equal(ring_init(&bench->far, far_bytes, RING_BYTES), STATUS_OK);
	bench->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	assert_true(bench->wake_fd >= 0);
	const struct listener_config config = {
		.vocabulary = heard_vocabulary(bench->arena),
		.near = &bench->near,
		.far = far ? &bench->far : NULL,
		.wake_fd = bench->wake_fd,
	};
	assert_non_null(config.vocabulary);
	assert_int_equal(listener_create(&config, &bench->listener), STATUS_OK);
	assert_int_equal(listener_health(bench->listener), LISTENER_LOADING);
}

static void close_bench(struct bench *bench)
{
	listener_destroy(bench->listener);
	close(bench->wake_fd);
	arena_destroy(bench->arena);
}

static void collect(struct bench *bench)
{
	struct hearing hearing;
	while (listener_heard(bench->listener, &hearing)) {
		if (hearing.kind == HEARING_ONSET) {
			assert_int_equal(bench->onsets++, bench->endings);
			continue;
		}
		bench->endings++;
		if (hearing.kind == HEARING_WORD) {
			bench->words++;
			bench->word = hearing;
		}
	}
}

static void write_block(struct ring *ring, const struct take *take, frames_t at, usec_t stamp)
{
	struct sound_block block = { .at = at, .stamp = stamp };
	if (take != NULL && (size_t)at + EASE_PERIOD <= take->count) {
		memcpy(block.samples, take->samples + at, sizeof block.samples);
	}
	assert_int_equal(ring_write(ring, &block, sizeof block), STATUS_OK);
}

static usec_t usec(frames_t frames)
{
	return frames * 1000 / (EASE_RATE / 1000);
}

/* Plays loudspeaker and microphone, block by block; the listener works between the blocks. */
static void pump(struct bench *bench, const struct take *far, const struct take *near)
{
	for (size_t i = 0; (i + 1) * EASE_PERIOD <= near->count; i++) {
		const frames_t at = (frames_t)i * EASE_PERIOD;
		if (far != NULL) {
			write_block(&bench->far, far, at + bench->near_begins,
					usec(at + bench->near_begins));
		}
		if (i != bench->lost) {
			usec_t late = i % 3 == 1 ? bench->jitter : 0;
			late -= bench->stumbles > 0 && i >= bench->stumbles ? bench->slip : 0;
			write_block(&bench->near, near, at, usec(at + bench->near_begins) + late);
		}
		listener_work(bench->listener);
		collect(bench);
	}
}

static void tells_when_a_word_was_heard(void **state)
{
	(void)state;
	struct bench bench;
	open_bench(&bench, false);
	struct take near = take_room(3.0, EASE_RATE);
	const double end = take_say(&near, "stop", 1.0, 1.0);
	pump(&bench, NULL, &near);
	assert_int_equal(listener_health(bench.listener), LISTENER_READY);
	assert_int_equal(listener_blocks(bench.listener), 300);
	assert_int_equal(bench.words, 1);
	assert_int_equal(bench.onsets, bench.endings);
	assert_int_equal(bench.word.intent, INTENT_STOP);
	assert_true((double)bench.word.from > 0.9 * EASE_RATE &&
			(double)bench.word.from < 1.3 * EASE_RATE);
	assert_true((double)bench.word.to < (end + 0.1) * EASE_RATE);
	assert_true((double)bench.word.decided < (end + 0.4) * EASE_RATE);
	uint64_t woken = 0;
	assert_int_equal(read(bench.wake_fd, &woken, sizeof woken), sizeof woken);
	assert_true(woken >= 2);
	free(near.samples);
	close_bench(&bench);
}

/* The coach talks; the microphone hears it 12 dB softer and so many frames later, and a person over
 * it. */
static void hear_over_the_coach(int late)
{
	struct bench bench;
	open_bench(&bench, true);
	struct take far = take_room(14.0, EASE_RATE);
	struct take near = take_room(14.0, EASE_RATE);
	assert_true(take_say(&far,
				    "Now let both of your palms glide slowly down beside the spine, "
				    "and then return without any weight. Keep your shoulders loose, "
				    "and let your breath come and go as it likes.",
				    0.5, 1.0) > 8.0);
	const size_t from = late < 0 ? (size_t)-late : 0;
	const size_t to = late > 0 ? (size_t)late : 0;
	take_add(&near, far.samples + from, far.count - from - to, to, 0.25);
	assert_true(take_say(&near, "stop", 7.0, 1.0) > 7.0);
	pump(&bench, &far, &near);
	assert_int_equal(bench.words, 1);
	assert_int_equal(bench.word.intent, INTENT_STOP);
	assert_true((double)bench.word.from > 6.9 * EASE_RATE);
	assert_true((double)bench.word.to < 7.8 * EASE_RATE);
	free(far.samples);
	free(near.samples);
	close_bench(&bench);
}

static void hears_a_person_over_the_coach(void **state)
{
	(void)state;
	hear_over_the_coach(2880);
}

/* Two devices, paired a little wrong. */
static void hears_a_person_over_an_echo_that_comes_early(void **state)
{
	(void)state;
	hear_over_the_coach(-1440);
}

/* Adds what a microphone hears of the loudspeaker whose clock runs faster by so much. */
static void add_at_another_clock(struct take *near, const struct take *far, double rate)
{
	for (size_t i = 0; i < near->count; i++) {
		const double at = (double)i * (1.0 + rate) - 2880.0;
		const double whole = floor(at);
		if (whole >= 0.0 && (size_t)whole + 1 < far->count) {
			const double here = far->samples[(size_t)whole];
			const double next = far->samples[(size_t)whole + 1];
			near->samples[i] = (int16_t)(near->samples[i] +
						     0.25 * (here + (at - whole) * (next - here)));
		}
	}
}

/* Two cards, 100 parts in a million apart: an echo canceller alone would take away 4 dB. */
static void hears_a_person_over_a_coach_with_another_clock(void **state)
{
	(void)state;
	struct bench bench;
	open_bench(&bench, true);
	struct take far = take_room(44.0, EASE_RATE);
	struct take near = take_room(44.0, EASE_RATE);
	double end = 0.0;
	while (end < 34.0) {
		end = take_say(&far,
				"Now let both of your palms glide slowly down beside the spine, and "
				"then return without any weight.",
				end + 0.3, 1.0);
		assert_true(end > 0.0);
	}
	add_at_another_clock(&near, &far, 100e-6);
	assert_true(take_say(&near, "stop", 33.0, 0.2) > 33.0);
	pump(&bench, &far, &near);
	assert_int_equal(bench.words, 1);
	assert_int_equal(bench.word.intent, INTENT_STOP);
	assert_true((double)bench.word.from > 32.9 * EASE_RATE);
	free(far.samples);
	free(near.samples);
	close_bench(&bench);
}

/* What the microphone lost cuts a stream in two; what was learnt of the voice before is kept. */
static void keeps_the_person_over_a_lost_block(void **state)
{
	(void)state;
	struct bench bench;
	struct ears_person person;
	open_bench(&bench, false);
	struct take near = take_room(3.0, EASE_RATE);
	const double end = take_say(&near, "stop", 1.0, 1.0);
	bench.lost = (size_t)(end * 100.0) + 5; /* before the word is decided */
	pump(&bench, NULL, &near);
	assert_int_equal(bench.words, 1);
	assert_true(listener_person(bench.listener, &person));
	assert_int_equal(person.words, 1);
	free(near.samples);
	close_bench(&bench);
}

static void takes_no_order_from_the_coach(void **state)
{
	(void)state;
	struct bench bench;
	open_bench(&bench, true);
	struct take far = take_room(12.0, EASE_RATE);
	struct take near = take_room(12.0, EASE_RATE);
	double end = 4.0;
	for (int i = 0; i < 5; i++) {
		end = take_say(&far, i % 2 == 0 ? "stop" : "lighter", end + 0.7, 1.0);
	}
	/* something for the canceller to learn from before */
	assert_true(take_say(&far, "Breathe in, breathe out, and let your back be heavy.", 0.3,
				    1.0) < 4.0);
	take_add(&near, far.samples, far.count - 2880, 2880, 0.1);
	pump(&bench, &far, &near);
	assert_int_equal(bench.words, 0);
	free(far.samples);
	free(near.samples);
	close_bench(&bench);
}

/* The microphone gives 100 ms twice, and the two streams are paired anew 4.6 s later: the echo
 * comes at another time at once, and by what was known of it the coach would be taken for a person.
 */
static void forgets_the_echo_when_paired_anew(void **state)
{
	(void)state;
	const size_t cut = 8 * EASE_RATE;
	struct bench bench;
	open_bench(&bench, true);
	bench.stumbles = cut / EASE_PERIOD;
	bench.slip = 100000;
	struct take far = take_room(16.0, EASE_RATE);
	struct take near = take_room(16.0, EASE_RATE);
	double end = 0.0;
	while (end < 9.0) {
		end = take_say(&far,
				"Now let both of your palms glide slowly down beside the spine, and "
				"then return without any weight.",
				end + 0.3, 1.0);
		assert_true(end > 0.0);
	}
	assert_true(end < 12.4);
	assert_true(take_say(&far, "Breathe in, and out. Pause.", 12.6, 1.0) > 12.6);
	take_add(&near, far.samples, cut - 2880, 2880, 0.25);
	take_add(&near, far.samples + cut - 2880 - 4800, far.count - cut, cut, 0.25);
	pump(&bench, &far, &near);
	assert_int_equal(bench.words, 0);
	assert_true(bench.onsets <= 1); /* of the stumble itself */
	free(far.samples);
	free(near.samples);
	close_bench(&bench);
}

/* The microphone's stream begins half a second after the loudspeaker's, its callbacks in bunches.
 */
static void counts_in_frames_of_the_output(void **state)
{
	(void)state;
	struct bench bench;
	open_bench(&bench, true);
	bench.near_begins = EASE_RATE / 2;
	bench.jitter = 20000;
	struct take near = take_room(3.0, EASE_RATE);
	struct take far = take_room(4.0, EASE_RATE);
	assert_true(take_say(&near, "stop", 1.0, 1.0) > 1.0);
	pump(&bench, &far, &near);
	assert_int_equal(bench.words, 1);
	assert_true((double)bench.word.from > 1.4 * EASE_RATE);
	assert_true((double)bench.word.from < 1.8 * EASE_RATE);
	free(far.samples);
	free(near.samples);
	close_bench(&bench);
}

static void goes_on_after_a_lost_block_and_without_a_loudspeaker(void **state)
{
	(void)state;
	struct bench bench;
	open_bench(&bench, true);
	bench.lost = 60;
	struct take near = take_room(3.0, EASE_RATE);
	assert_true(take_say(&near, "stop", 1.0, 1.0) > 1.0);
	pump(&bench, NULL, &near);
	assert_int_equal(bench.words, 1);
	assert_true((double)bench.word.from > 0.9 * EASE_RATE);
	assert_true((double)bench.word.from < 1.3 * EASE_RATE);
	free(near.samples);
	close_bench(&bench);
}

static void hears_by_the_context_that_it_is_told(void **state)
{
	(void)state;
	struct bench bench;
	open_bench(&bench, false);
	listener_context(bench.listener, CONTEXT_YESNO);
	struct take near = take_room(3.0, EASE_RATE);
	assert_true(take_say(&near, "yes", 1.0, 1.0) > 1.0);
	pump(&bench, NULL, &near);
	assert_int_equal(bench.words, 1);
	assert_int_equal(bench.word.intent, INTENT_YES);
	free(near.samples);
	close_bench(&bench);
}

static void says_that_it_cannot_hear(void **state)
{
	(void)state;
	static const struct heard_phrase phrases[] = { { "stop", INTENT_STOP, -1 } };
	const struct vocabulary deaf = { .phrases = phrases, .phrase_count = 1 };
	const struct listener_config config = { .vocabulary = &deaf, .near = NULL, .wake_fd = -1 };
	struct listener *listener = NULL;
	struct ring near;
	assert_int_equal(ring_init(&near, near_bytes, RING_BYTES), STATUS_OK);
	struct listener_config with_ring = config;
	with_ring.near = &near;
	assert_int_equal(listener_create(&with_ring, &listener), STATUS_OK);
	write_block(&near, NULL, 0, 0);
	listener_work(listener);
	assert_int_equal(listener_health(listener), LISTENER_FAILED);
	/* the ring is emptied all the same, but nothing counts as heard */
	assert_int_equal(ring_readable(&near), 0);
	assert_int_equal(listener_blocks(listener), 0);
	listener_destroy(listener);
}

/* Wakes the worker and waits for what it tells, at most ten seconds. */
static void works_in_a_thread_of_its_own(void **state)
{
	(void)state;
	struct bench bench;
	open_bench(&bench, false);
	struct worker *worker = NULL;
	assert_int_equal(worker_create(listener_work, bench.listener, "listener", &worker),
			STATUS_OK);
	struct take near = take_room(2.0, EASE_RATE);
	assert_true(take_say(&near, "stop", 0.8, 1.0) > 0.8);
	struct pollfd told = { .fd = bench.wake_fd, .events = POLLIN };
	for (frames_t at = 0; (size_t)at + EASE_PERIOD <= near.count; at += EASE_PERIOD) {
		write_block(&bench.near, &near, at, usec(at));
		listener_context(bench.listener, CONTEXT_TOUCH);
		worker_wake(worker);
	}
	while (bench.endings == 0 && poll(&told, 1, 10000) > 0) {
		uint64_t woken = 0;
		assert_int_equal(read(bench.wake_fd, &woken, sizeof woken), sizeof woken);
		collect(&bench);
	}
	worker_destroy(worker);
	assert_int_equal(bench.words, 1);
	assert_int_equal(bench.word.intent, INTENT_STOP);
	free(near.samples);
	close_bench(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_when_a_word_was_heard),
		cmocka_unit_test(hears_a_person_over_the_coach),
		cmocka_unit_test(hears_a_person_over_an_echo_that_comes_early),
		cmocka_unit_test(hears_a_person_over_a_coach_with_another_clock),
		cmocka_unit_test(keeps_the_person_over_a_lost_block),
		cmocka_unit_test(takes_no_order_from_the_coach),
		cmocka_unit_test(forgets_the_echo_when_paired_anew),
		cmocka_unit_test(counts_in_frames_of_the_output),
		cmocka_unit_test(goes_on_after_a_lost_block_and_without_a_loudspeaker),
		cmocka_unit_test(hears_by_the_context_that_it_is_told),
		cmocka_unit_test(says_that_it_cannot_hear),
		cmocka_unit_test(works_in_a_thread_of_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
