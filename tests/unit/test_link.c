/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp audio */
/* test_link.c - the rings of a session between their four threads; run again under TSan. And the
 * pace of an hour. */
#include "ease/callback.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PERIODS 6000
#define UTTERANCES 120
#define REPORT_KINDS (REPORT_UNDERFLOW + 1)

struct session {
	struct link *link;
	atomic_bool over;         /* the callbacks have run for the last time */
	atomic_uint near_frames;  /* what the listener got */
	atomic_bool out_of_order; /* it got a block at the wrong place */
};

/* Yields until there is room; false when the session is over. */
static bool write_block(struct session *session, const struct speech_block *block)
{
	while (ring_write(&session->link->playback.speech, block, sizeof(*block)) != STATUS_OK) {
		if (atomic_load(&session->over)) {
			return false;
		}
		sched_yield();
	}
	return true;
}

static void *speak(void *arg)
{
	struct session *session = arg;
	for (uint32_t id = 1; id <= UTTERANCES; id++) {
		const uint32_t blocks = 1 + id * 7 % 40;
		for (uint32_t i = 0; i < blocks; i++) {
			struct speech_block block = { .utterance = id, .count = 1 + id * i % 480 };
			block.flags = (i == 0 ? SPEECH_FIRST : 0U) |
				      (i + 1 == blocks ? SPEECH_LAST : 0U);
			memset(block.samples, (int)id, sizeof(block.samples));
			if (!write_block(session, &block)) {
				return NULL;
			}
		}
	}
	return NULL;
}

static void *run_callbacks(void *arg)
{
	struct session *session = arg;
	int16_t out[EASE_PERIOD];
	int16_t in[EASE_PERIOD] = { 0 };
	for (int i = 0; i < PERIODS; i++) {
		playback_process(&session->link->playback, out, EASE_PERIOD, i, false);
		capture_process(&session->link->capture, in, EASE_PERIOD, i);
		sched_yield();
	}
	atomic_store(&session->over, true);
	return NULL;
}

static void *listen(void *arg)
{
	struct session *session = arg;
	struct sound_block block;
	frames_t near = 0;
	bool over = false;
	while (!over) {
		over = atomic_load(&session->over);
		while (ring_read(&session->link->capture.near, &block, sizeof(block)) ==
				STATUS_OK) {
			if (block.at < near || block.at % EASE_PERIOD != 0) {
				atomic_store(&session->out_of_order, true);
			}
			near = block.at + EASE_PERIOD;
			atomic_fetch_add(&session->near_frames, EASE_PERIOD);
		}
		while (ring_read(&session->link->playback.far, &block, sizeof(block)) ==
				STATUS_OK) {
		}
		sched_yield();
	}
	return NULL;
}

struct tally {
	unsigned reports[REPORT_KINDS];
	uint32_t ended; /* the last utterance that was said or cut */
	unsigned tones; /* asked for */
	unsigned hushes;
};

static void take_reports(struct session *session, struct tally *tally)
{
	struct report report;
	while (link_report(session->link, &report)) {
		assert_true((unsigned)report.kind < REPORT_KINDS);
		tally->reports[report.kind]++;
		if (report.kind == REPORT_SAID || report.kind == REPORT_CUT) {
			/* each once, in order, none left out */
			assert_int_equal(report.utterance, tally->ended + 1);
			tally->ended = report.utterance;
		}
	}
}

static void give_command(struct session *session, struct tally *tally, frames_t now)
{
	struct command command = { .kind = COMMAND_TONE };
	if (now / EASE_PERIOD % 97 == 0) {
		command = (struct command){ .kind = COMMAND_HUSH, .utterance = tally->ended + 1 };
	} else {
		command.tone = (struct tone_cue){ .at = now + 4800, .kind = TONE_BEAT };
	}
	if (link_command(session->link, &command) == STATUS_OK) {
		tally->tones += command.kind == COMMAND_TONE;
		tally->hushes += command.kind == COMMAND_HUSH;
	}
}

static void four_threads_lose_nothing(void **state)
{
	(void)state;
	struct session session = { 0 };
	struct tally tally = { 0 };
	pthread_t threads[3];
	frames_t last = -1;
	assert_int_equal(link_create(&session.link), STATUS_OK);
	assert_int_equal(pthread_create(&threads[0], NULL, speak, &session), 0);
	assert_int_equal(pthread_create(&threads[1], NULL, listen, &session), 0);
	assert_int_equal(pthread_create(&threads[2], NULL, run_callbacks, &session), 0);
	while (!atomic_load(&session.over)) {
		const frames_t now = link_now(session.link);
		assert_true(now >= last);
		if (now / EASE_PERIOD / 10 != last / EASE_PERIOD / 10) {
			give_command(&session, &tally, now);
		}
		last = now;
		take_reports(&session, &tally);
		sched_yield();
	}
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	}
	take_reports(&session, &tally);
	assert_int_equal(link_now(session.link), (frames_t)PERIODS * EASE_PERIOD);
	assert_false(atomic_load(&session.out_of_order));
	const unsigned capture_lost = atomic_load(&session.link->capture.lost);
	assert_int_equal(atomic_load(&session.near_frames), (PERIODS - capture_lost) * EASE_PERIOD);
	assert_true(tally.ended > UTTERANCES / 4);
	assert_true(tally.reports[REPORT_HUSHED] <= tally.hushes);
	assert_true(tally.reports[REPORT_TONE] + tally.reports[REPORT_TONE_LATE] <= tally.tones);
	link_destroy(session.link);
}

/* A tone every 1.25 s for 60 minutes: each on its frame, and no other sound. */
static void an_hour_of_tones_is_exact_to_the_sample(void **state)
{
	(void)state;
	const frames_t every = EASE_RATE + EASE_RATE / 4;
	const frames_t tones = 60 * 60 * 4 / 5;
	const frames_t silence = EASE_RATE / 10;
	struct link *link = NULL;
	struct report report;
	frames_t asked = 0;
	frames_t found = 0;
	frames_t reported = 0;
	frames_t quiet = silence;
	assert_int_equal(link_create(&link), STATUS_OK);
	for (frames_t now = 0; now < tones * every; now += EASE_PERIOD) {
		int16_t out[EASE_PERIOD];
		for (; asked < tones && asked * every < now + 2 * EASE_RATE; asked++) {
			const struct command command = {
				.kind = COMMAND_TONE,
				.tone = { .at = asked * every + 7, .kind = TONE_START },
			};
			assert_int_equal(link_command(link, &command), STATUS_OK);
		}
		playback_process(&link->playback, out, EASE_PERIOD, 0, false);
		for (int i = 0; i < EASE_PERIOD; i++) {
			if (out[i] != 0 && quiet >= silence) {
				assert_int_equal(now + i, found * every + 7);
				found++;
			}
			quiet = out[i] != 0 ? 0 : quiet + 1;
		}
		while (link_report(link, &report)) {
			assert_int_equal(report.kind, REPORT_TONE);
			assert_int_equal(report.at, reported * every + 7);
			reported++;
		}
	}
	assert_int_equal(found, tones);
	assert_int_equal(reported, tones);
	link_destroy(link);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_threads_lose_nothing),
		cmocka_unit_test(an_hour_of_tones_is_exact_to_the_sample),
	};
	return cmocka_run_group_tests_name("link", tests, NULL, NULL);
}
