/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp audio */
/* test_callback.c - what leaves the output callback and what it reports, to the frame. */
#include "ease/callback.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PERIODS_MAX 400
#define REPORTS_MAX 256
#define SPEECH_STEP 37 /* the most that test speech changes in one sample */

/* A link, all that left it, and all that it reported. */
struct stage {
	struct link *link;
	int16_t out[PERIODS_MAX * EASE_PERIOD];
	frames_t now;
	struct report reports[REPORTS_MAX];
	size_t report_count;
};

static int set_up(void **state)
{
	struct stage *stage = calloc(1, sizeof(*stage));
	if (stage == NULL || link_create(&stage->link) != STATUS_OK) {
		free(stage);
		return -1;
	}
	*state = stage;
	return 0;
}

static int tear_down(void **state)
{
	struct stage *stage = *state;
	link_destroy(stage->link);
	free(stage);
	return 0;
}

static void run(struct stage *stage, int periods)
{
	for (int i = 0; i < periods; i++) {
		assert_true(stage->now < PERIODS_MAX * EASE_PERIOD);
		playback_process(&stage->link->playback, stage->out + stage->now, EASE_PERIOD, 0,
				false);
		stage->now += EASE_PERIOD;
	}
	while (stage->report_count < REPORTS_MAX &&
			link_report(stage->link, &stage->reports[stage->report_count])) {
		stage->report_count++;
	}
}

static void command(struct stage *stage, enum command_kind kind, uint32_t utterance)
{
	const struct command command = { .kind = kind, .utterance = utterance };
	assert_int_equal(link_command(stage->link, &command), STATUS_OK);
}

static void cue(struct stage *stage, enum tone_kind kind, frames_t at, frames_t length)
{
	const struct command command = {
		.kind = COMMAND_TONE,
		.tone = { .at = at, .length = length, .kind = kind },
	};
	assert_int_equal(link_command(stage->link, &command), STATUS_OK);
}

/* Sample n of any utterance: a triangle that never is 0, so that each sample can be told. */
static int16_t speech_at(size_t n)
{
	const int phase = (int)(n % 400);
	return (int16_t)(1 + SPEECH_STEP * (phase < 200 ? phase : 400 - phase));
}

/* Writes samples from..to of an utterance, in whole blocks and a rest. */
static void speak(struct stage *stage, uint32_t utterance, size_t from, size_t to, uint32_t flags,
		frames_t at)
{
	for (size_t n = from; n < to || from == to;) {
		struct speech_block block = { .utterance = utterance, .at = at };
		const size_t left = to - n;
		block.count = (uint32_t)(left < SPEECH_BLOCK ? left : SPEECH_BLOCK);
		for (uint32_t i = 0; i < block.count; i++) {
			block.samples[i] = speech_at(n + i);
		}
		block.flags |= n == from ? flags & SPEECH_FIRST : 0U;
		n += block.count;
		block.flags |= n == to ? flags & SPEECH_LAST : 0U;
		assert_int_equal(ring_write(&stage->link->playback.speech, &block, sizeof(block)),
				STATUS_OK);
		if (from == to) {
			return;
		}
	}
}

static void speak_whole(struct stage *stage, uint32_t utterance, size_t count, frames_t at)
{
	speak(stage, utterance, 0, count, SPEECH_FIRST | SPEECH_LAST, at);
}

/* The one report of this kind about this utterance. */
static const struct report *only(const struct stage *stage, enum report_kind kind, uint32_t id)
{
	const struct report *found = NULL;
	for (size_t i = 0; i < stage->report_count; i++) {
		const struct report *report = &stage->reports[i];
		if (report->kind == kind && report->utterance == id) {
			assert_null(found);
			found = report;
		}
	}
	assert_non_null(found);
	return found;
}

static size_t count_of(const struct stage *stage, enum report_kind kind)
{
	size_t count = 0;
	for (size_t i = 0; i < stage->report_count; i++) {
		count += stage->reports[i].kind == kind;
	}
	return count;
}

static void assert_silent(const struct stage *stage, frames_t from, frames_t to)
{
	for (frames_t i = from; i < to; i++) {
		assert_int_equal(stage->out[i], 0);
	}
}

static void assert_speech(const struct stage *stage, frames_t at, size_t from, size_t to)
{
	for (size_t n = from; n < to; n++) {
		assert_int_equal(stage->out[at + (frames_t)(n - from)], speech_at(n));
	}
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

static void speech_starts_and_ends_on_its_frame(void **state)
{
	struct stage *stage = *state;
	run(stage, 1);
	speak_whole(stage, 1, 1000, 1234);
	run(stage, 10);
	assert_int_equal(only(stage, REPORT_SAY, 1)->at, 1234);
	assert_int_equal(only(stage, REPORT_SAID, 1)->at, 2234);
	assert_silent(stage, 0, 1234);
	assert_speech(stage, 1234, 0, 1000);
	assert_int_equal(count_of(stage, REPORT_CUT), 0);
}

static void speech_that_is_late_starts_at_once(void **state)
{
	struct stage *stage = *state;
	run(stage, 3);
	speak_whole(stage, 1, 700, 5);
	run(stage, 5);
	assert_int_equal(only(stage, REPORT_SAY, 1)->at, 1440);
	assert_speech(stage, 1440, 0, 700);
}

static void utterances_follow_each_other_without_a_gap(void **state)
{
	struct stage *stage = *state;
	speak_whole(stage, 1, 700, 0);
	speak_whole(stage, 2, 300, 0);
	run(stage, 5);
	assert_int_equal(only(stage, REPORT_SAID, 1)->at, 700);
	assert_int_equal(only(stage, REPORT_SAY, 2)->at, 700);
	assert_int_equal(only(stage, REPORT_SAID, 2)->at, 1000);
}

static void an_empty_last_block_ends_an_utterance(void **state)
{
	struct stage *stage = *state;
	speak(stage, 1, 0, 480, SPEECH_FIRST, 0);
	run(stage, 3);
	assert_int_equal(count_of(stage, REPORT_SAID), 0);
	speak(stage, 1, 480, 480, SPEECH_LAST, 0);
	run(stage, 1);
	assert_int_equal(only(stage, REPORT_SAID, 1)->at, 480);
}

static void a_gap_in_speech_is_silent_and_does_not_click(void **state)
{
	struct stage *stage = *state;
	speak(stage, 1, 0, 1100, SPEECH_FIRST, 0);
	run(stage, 10);
	assert_silent(stage, 1100 + 240, 10 * EASE_PERIOD);
	speak(stage, 1, 1100, 3000, SPEECH_LAST, 0);
	run(stage, 10);
	assert_true(steepest(stage, 1, stage->now) <= 2 * SPEECH_STEP);
	/* after the swell it is what was written */
	assert_speech(stage, 4800 + 300, 1400, 3000);
	assert_int_equal(only(stage, REPORT_SAID, 1)->at, 4800 + 1900);
}

static void hush_is_silent_from_the_frame_that_it_reports(void **state)
{
	struct stage *stage = *state;
	cue(stage, TONE_HOLD, 100, 200000);
	speak_whole(stage, 1, 40000, 0);
	speak_whole(stage, 2, 5000, 0);
	run(stage, 40);
	command(stage, COMMAND_HUSH, 2);
	run(stage, 40);
	const frames_t at = only(stage, REPORT_HUSHED, 0)->at;
	assert_int_equal(at, 41 * EASE_PERIOD);
	assert_silent(stage, at, stage->now);
	assert_true(steepest(stage, 1, stage->now) <= 4 * SPEECH_STEP);
	/* the fade is one, not a cut: its first half still sounds */
	assert_true(abs(stage->out[40 * EASE_PERIOD + 100]) > 100);
	assert_int_equal(only(stage, REPORT_CUT, 1)->at, at);
	assert_int_equal(only(stage, REPORT_CUT, 2)->at, at);
	assert_int_equal(count_of(stage, REPORT_SAID), 0);
}

static void speech_that_runs_dry_within_a_hush_ends_with_it(void **state)
{
	struct stage *stage = *state;
	speak(stage, 1, 0, 4 * EASE_PERIOD + 400, SPEECH_FIRST, 0);
	run(stage, 4);
	command(stage, COMMAND_HUSH, 1);
	run(stage, 10);
	assert_silent(stage, 5 * EASE_PERIOD, stage->now);
	assert_int_equal(only(stage, REPORT_CUT, 1)->at, 5 * EASE_PERIOD);
}

static void hushed_speech_that_arrives_later_is_dropped_and_newer_speech_plays(void **state)
{
	struct stage *stage = *state;
	run(stage, 1);
	command(stage, COMMAND_HUSH, 3);
	speak_whole(stage, 3, 2000, 0);
	speak_whole(stage, 4, 900, 0);
	run(stage, 10);
	assert_int_equal(only(stage, REPORT_CUT, 3)->at, 480);
	assert_int_equal(only(stage, REPORT_SAY, 4)->at, 960);
	assert_silent(stage, 0, 960);
	assert_speech(stage, 960, 0, 900);
	assert_int_equal(count_of(stage, REPORT_CUT), 1);
}

/* Its maker wrote no end of the first, which was being spoken, and only the end of the second. */
static void a_hush_of_two_cuts_the_one_that_has_no_end_too(void **state)
{
	struct stage *stage = *state;
	speak(stage, 1, 0, 4 * EASE_PERIOD, SPEECH_FIRST, 0);
	run(stage, 2);
	command(stage, COMMAND_HUSH, 2);
	speak(stage, 2, 0, 0, SPEECH_FIRST | SPEECH_LAST, 0);
	run(stage, 4);
	const struct report *first = only(stage, REPORT_CUT, 1);
	assert_true(first < only(stage, REPORT_CUT, 2));
	assert_int_equal(count_of(stage, REPORT_SAID), 0);
}

static void a_hush_of_two_cuts_the_one_that_ran_dry_too(void **state)
{
	struct stage *stage = *state;
	speak(stage, 1, 0, 2 * EASE_PERIOD, SPEECH_FIRST, 0);
	run(stage, 3);
	command(stage, COMMAND_HUSH, 2);
	speak(stage, 2, 0, 0, SPEECH_FIRST | SPEECH_LAST, 0);
	run(stage, 4);
	const struct report *first = only(stage, REPORT_CUT, 1);
	assert_true(first < only(stage, REPORT_CUT, 2));
	assert_int_equal(count_of(stage, REPORT_SAID), 0);
}

static void an_utterance_without_an_end_is_cut_by_the_next(void **state)
{
	struct stage *stage = *state;
	speak(stage, 1, 0, 600, SPEECH_FIRST, 0);
	speak_whole(stage, 2, 600, 2000);
	run(stage, 10);
	assert_int_equal(only(stage, REPORT_CUT, 1)->at, 600);
	assert_int_equal(only(stage, REPORT_SAY, 2)->at, 2000);
	assert_true(steepest(stage, 1, stage->now) <= 2 * SPEECH_STEP);
}

static void speech_that_a_late_hush_spares_comes_back_softly(void **state)
{
	struct stage *stage = *state;
	speak_whole(stage, 2, 9000, 0);
	run(stage, 4);
	command(stage, COMMAND_HUSH, 1);
	run(stage, 20);
	assert_int_equal(only(stage, REPORT_SAID, 2)->at, 9000);
	assert_true(steepest(stage, 1, stage->now) <= 2 * SPEECH_STEP);
	assert_speech(stage, 3000, 3000, 9000);
}

static void tones_begin_on_their_frames(void **state)
{
	struct stage *stage = *state;
	const frames_t at[] = { 0, 24001, 48479, 70080, 99999 };
	for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
		cue(stage, TONE_BEAT, at[i], 0);
	}
	run(stage, 220);
	assert_int_equal(count_of(stage, REPORT_TONE), 5);
	size_t next = 0;
	for (size_t i = 0; i < stage->report_count; i++) {
		assert_int_equal(stage->reports[i].at, at[next]);
		assert_int_not_equal(stage->out[at[next]], 0);
		assert_true(at[next] == 0 || stage->out[at[next] - 1] == 0);
		next++;
	}
}

static void reports_come_in_the_order_of_their_frames(void **state)
{
	struct stage *stage = *state;
	speak_whole(stage, 1, 4700, 0); /* within one period: tone, end, tone, beginning, tone */
	speak_whole(stage, 2, 4800, 4750);
	cue(stage, TONE_TURN, 4790, 0);
	cue(stage, TONE_BEAT, 4720, 0);
	cue(stage, TONE_START, 4698, 0);
	run(stage, 40);
	assert_int_equal(count_of(stage, REPORT_TONE), 3);
	assert_int_equal(stage->report_count, 7);
	for (size_t i = 1; i < stage->report_count; i++) {
		assert_true(stage->reports[i - 1].at <= stage->reports[i].at);
	}
}

static void a_tone_in_the_past_or_within_a_fade_is_late(void **state)
{
	struct stage *stage = *state;
	run(stage, 10);
	cue(stage, TONE_BEAT, 4799, 0);
	run(stage, 1);
	assert_int_equal(only(stage, REPORT_TONE_LATE, 0)->at, 4799);
	stage->report_count = 0;
	command(stage, COMMAND_HUSH, 0);
	cue(stage, TONE_TURN, 11 * 480 + 479, 0);
	cue(stage, TONE_START, 12 * 480, 0);
	run(stage, 3);
	assert_int_equal(only(stage, REPORT_TONE_LATE, 0)->at, 11 * 480 + 479);
	assert_int_equal(only(stage, REPORT_TONE, 0)->at, 12 * 480);
}

static void tones_off_spares_speech(void **state)
{
	struct stage *stage = *state;
	cue(stage, TONE_HOLD, 0, 100000);
	cue(stage, TONE_BEAT, 30000, 0);
	speak_whole(stage, 1, 30000, 0);
	run(stage, 20);
	command(stage, COMMAND_TONES_OFF, 0);
	run(stage, 60);
	assert_speech(stage, 21 * 480, 21 * 480, 30000);
	assert_silent(stage, 30000 + 240, stage->now);
	assert_true(steepest(stage, 1, stage->now) <= 3 * SPEECH_STEP);
	assert_int_equal(count_of(stage, REPORT_TONE), 1);
}

/* Breaks off within 5 ms and without a click; the last id stands for what is not written yet. */
static void a_cut_drops_speech_and_spares_tones(void **state)
{
	struct stage *stage = *state;
	speak_whole(stage, 1, 40000, 200); /* so that it breaks off at its loudest */
	speak_whole(stage, 2, 5000, 0);
	run(stage, 20);
	command(stage, COMMAND_CUT, 3);
	cue(stage, TONE_BEAT, 25 * EASE_PERIOD, 0);
	run(stage, 20);
	const frames_t at = 20 * EASE_PERIOD;
	const struct report *first = only(stage, REPORT_CUT, 1);
	const struct report *last = only(stage, REPORT_CUT, 3);
	assert_int_equal(first->at, at);
	assert_int_equal(last->at, at);
	assert_true(first < last);
	assert_int_equal(count_of(stage, REPORT_CUT), 2);
	assert_int_equal(count_of(stage, REPORT_SAID), 0);
	assert_int_equal(count_of(stage, REPORT_HUSHED), 0);
	assert_int_equal(only(stage, REPORT_TONE, 0)->at, 25 * EASE_PERIOD);
	assert_true(abs(stage->out[at + 60]) > 100);
	assert_silent(stage, at + 240, 25 * EASE_PERIOD);
	assert_true(steepest(stage, 1, 25 * EASE_PERIOD) <= 2 * SPEECH_STEP);
}

static void what_follows_a_cut_plays_at_once(void **state)
{
	struct stage *stage = *state;
	speak_whole(stage, 1, 40000, 0);
	run(stage, 10);
	command(stage, COMMAND_CUT, 1);
	run(stage, 1);
	/* late blocks of the first are dropped, and reported no second time */
	speak(stage, 1, 40000, 41000, SPEECH_LAST, 0);
	speak_whole(stage, 2, 900, 0);
	run(stage, 5);
	assert_int_equal(only(stage, REPORT_SAY, 2)->at, 11 * EASE_PERIOD);
	assert_speech(stage, 11 * EASE_PERIOD, 0, 900);
	assert_int_equal(only(stage, REPORT_CUT, 1)->at, 10 * EASE_PERIOD);
	assert_int_equal(only(stage, REPORT_SAID, 2)->at, 11 * EASE_PERIOD + 900);
}

/* Newer speech, waiting for its frame, is not what was cut; nor is a cut of nothing an end. */
static void a_cut_spares_newer_speech(void **state)
{
	struct stage *stage = *state;
	speak_whole(stage, 2, 900, 5000);
	run(stage, 5);
	command(stage, COMMAND_CUT, 1);
	run(stage, 10);
	assert_int_equal(only(stage, REPORT_SAID, 2)->at, 5900);
	assert_speech(stage, 5000, 0, 900);
	assert_int_equal(count_of(stage, REPORT_CUT), 1);
}

/* In a gap it died away already: the cut does not break that off. */
static void a_cut_within_a_gap_does_not_click(void **state)
{
	struct stage *stage = *state;
	speak(stage, 1, 0, 4 * EASE_PERIOD + 400, SPEECH_FIRST, 0);
	run(stage, 5);
	command(stage, COMMAND_CUT, 1);
	run(stage, 5);
	assert_true(steepest(stage, 1, stage->now) <= 2 * SPEECH_STEP);
	assert_int_equal(only(stage, REPORT_CUT, 1)->at, 4 * EASE_PERIOD + 400);
}

static void the_far_end_is_what_was_played(void **state)
{
	struct stage *stage = *state;
	struct sound_block far;
	cue(stage, TONE_START, 700, 0);
	speak_whole(stage, 1, 3000, 100);
	run(stage, 12);
	for (frames_t at = 0; at < stage->now; at += EASE_PERIOD) {
		assert_int_equal(ring_read(&stage->link->playback.far, &far, sizeof(far)),
				STATUS_OK);
		assert_int_equal(far.at, at);
		assert_memory_equal(far.samples, stage->out + at, sizeof(far.samples));
	}
	assert_int_equal(link_now(stage->link), 12 * EASE_PERIOD);
}

static void full_rings_are_counted_and_block_nothing(void **state)
{
	struct stage *stage = *state;
	int16_t out[EASE_PERIOD];
	for (int i = 0; i < 2000; i++) {
		playback_process(&stage->link->playback, out, EASE_PERIOD, 0, true);
		capture_process(&stage->link->capture, NULL, EASE_PERIOD, 0);
	}
	const unsigned reports = (unsigned)(ring_readable(&stage->link->playback.reports) /
					    sizeof(struct report));
	const unsigned far = (unsigned)(ring_readable(&stage->link->playback.far) /
					sizeof(struct sound_block));
	assert_int_equal(atomic_load(&stage->link->playback.lost_reports), 2000 - reports);
	assert_int_equal(atomic_load(&stage->link->playback.lost_far), 2000 - far);
	assert_int_equal(atomic_load(&stage->link->capture.lost_near), 2000 - far);
	assert_int_equal(link_now(stage->link), 2000 * EASE_PERIOD);
}

static void the_clock_goes_on_after_497_days(void **state)
{
	struct stage *stage = *state;
	struct playback *playback = &stage->link->playback;
	int16_t out[EASE_PERIOD];
	const frames_t wrap = ((frames_t)1 << 32) * EASE_PERIOD;
	atomic_store(&playback->periods, UINT32_MAX);
	atomic_store(&playback->ages, UINT32_MAX / LINK_AGE);
	playback->now = wrap - EASE_PERIOD;
	assert_int_equal(link_now(stage->link), wrap - EASE_PERIOD);
	playback_process(playback, out, EASE_PERIOD, 0, false);
	assert_int_equal(link_now(stage->link), wrap);
	/* between the two stores of a callback */
	atomic_fetch_sub(&playback->ages, 1);
	assert_int_equal(link_now(stage->link), wrap);
	atomic_fetch_add(&playback->ages, 1);
	playback_process(playback, out, EASE_PERIOD, 0, false);
	assert_int_equal(link_now(stage->link), wrap + EASE_PERIOD);
	assert_int_equal(link_now(stage->link), playback->now);
}

static void capture_counts_its_own_frames(void **state)
{
	struct stage *stage = *state;
	struct sound_block near;
	int16_t in[EASE_PERIOD] = { 1, 2, 3 };
	capture_process(&stage->link->capture, in, EASE_PERIOD, 77);
	capture_process(&stage->link->capture, NULL, EASE_PERIOD, 78);
	assert_int_equal(ring_read(&stage->link->capture.near, &near, sizeof(near)), STATUS_OK);
	assert_int_equal(near.at, 0);
	assert_int_equal(near.stamp, 77);
	assert_memory_equal(near.samples, in, sizeof(in));
	assert_int_equal(ring_read(&stage->link->capture.near, &near, sizeof(near)), STATUS_OK);
	assert_int_equal(near.at, EASE_PERIOD);
	assert_int_equal(near.samples[0], 0);
}

static void a_buffer_of_another_size_is_silent(void **state)
{
	struct stage *stage = *state;
	int16_t out[100];
	memset(out, 1, sizeof(out));
	playback_process(&stage->link->playback, out, 100, 0, false);
	for (int i = 0; i < 100; i++) {
		assert_int_equal(out[i], 0);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(speech_starts_and_ends_on_its_frame),
		TEST(speech_that_is_late_starts_at_once),
		TEST(utterances_follow_each_other_without_a_gap),
		TEST(an_empty_last_block_ends_an_utterance),
		TEST(a_gap_in_speech_is_silent_and_does_not_click),
		TEST(hush_is_silent_from_the_frame_that_it_reports),
		TEST(speech_that_runs_dry_within_a_hush_ends_with_it),
		TEST(hushed_speech_that_arrives_later_is_dropped_and_newer_speech_plays),
		TEST(a_hush_of_two_cuts_the_one_that_has_no_end_too),
		TEST(a_hush_of_two_cuts_the_one_that_ran_dry_too),
		TEST(an_utterance_without_an_end_is_cut_by_the_next),
		TEST(speech_that_a_late_hush_spares_comes_back_softly),
		TEST(tones_begin_on_their_frames),
		TEST(reports_come_in_the_order_of_their_frames),
		TEST(a_tone_in_the_past_or_within_a_fade_is_late),
		TEST(tones_off_spares_speech),
		TEST(a_cut_drops_speech_and_spares_tones),
		TEST(what_follows_a_cut_plays_at_once),
		TEST(a_cut_spares_newer_speech),
		TEST(a_cut_within_a_gap_does_not_click),
		TEST(the_far_end_is_what_was_played),
		TEST(full_rings_are_counted_and_block_nothing),
		TEST(the_clock_goes_on_after_497_days),
		TEST(capture_counts_its_own_frames),
		TEST(a_buffer_of_another_size_is_silent),
	};
	return cmocka_run_group_tests_name("callback", tests, NULL, NULL);
}
