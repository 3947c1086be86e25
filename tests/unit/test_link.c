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

#define PERIODS 6000        /* with commands; as many more follow as it takes to obey them */
#define PERIODS_MAX 1000000 /* somebody is stuck */
#define UTTERANCES 120
#define TONES_MAX (PERIODS / 10)
#define HUSHED_AT_ONCE 3 /* utterances */
#define REPORT_KINDS (REPORT_UNDERFLOW + 1)

struct session {
	struct link *link;
	atomic_bool enough;       /* the callbacks may end */
	atomic_bool over;         /* they have run for the last time */
	atomic_uint cancelled;    /* utterances up to this one need no more blocks */
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

/* As the speech room does: what was cancelled before it began is one empty block, what was
 * cancelled later has no end. */
static bool say(struct session *session, uint32_t id)
{
	const uint32_t blocks = 1 + id * 7 % 40;
	for (uint32_t i = 0; i < blocks; i++) {
		struct speech_block block = { .utterance = id, .count = 1 + id * i % 480 };
		block.flags = (i == 0 ? SPEECH_FIRST : 0U) | (i + 1 == blocks ? SPEECH_LAST : 0U);
		memset(block.samples, (int)id, sizeof(block.samples));
		if (id <= atomic_load(&session->cancelled)) {
			block.flags = SPEECH_FIRST | SPEECH_LAST;
			block.count = 0;
			return i > 0 || write_block(session, &block);
		}
		if (!write_block(session, &block)) {
			return false;
		}
	}
	return true;
}

static void *speak(void *arg)
{
	uint32_t id = 1;
	while (id <= UTTERANCES && say(arg, id)) {
		id++;
	}
	return NULL;
}

static void *run_callbacks(void *arg)
{
	struct session *session = arg;
	int16_t out[EASE_PERIOD];
	int16_t in[EASE_PERIOD] = { 0 };
	for (int i = 0; i < PERIODS_MAX && !atomic_load(&session->enough); i++) {
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

struct asked_tone {
	frames_t at;
	bool reported;
	bool hushed;
};

struct tally {
	unsigned reports[REPORT_KINDS];
	uint32_t ended; /* the last utterance that was said or cut */
	struct asked_tone tones[TONES_MAX];
	size_t tone_count;
	unsigned hushes;
	size_t before_hush; /* tones asked for before the last hush */
};

static void take_tone(struct tally *tally, frames_t at)
{
	for (size_t i = 0; i < tally->tone_count; i++) {
		struct asked_tone *tone = &tally->tones[i];
		if (tone->at == at) {
			assert_false(tone->reported || tone->hushed);
			tone->reported = true;
			return;
		}
	}
	fail_msg("nobody asked for the tone at %lld", (long long)at);
}

/* The tones asked for before a hush have sounded before it, were late, or never sound. */
static void take_hushed(struct tally *tally, frames_t at)
{
	for (size_t i = 0; i < tally->before_hush; i++) {
		struct asked_tone *tone = &tally->tones[i];
		if (!tone->reported && !tone->hushed) {
			assert_true(tone->at >= at - EASE_PERIOD);
			tone->hushed = true;
		}
	}
}

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
		} else if (report.kind == REPORT_TONE || report.kind == REPORT_TONE_LATE) {
			take_tone(tally, report.at);
		} else if (report.kind == REPORT_HUSHED) {
			take_hushed(tally, report.at);
		}
	}
}

static void hush(struct session *session, struct tally *tally)
{
	const struct command command = {
		.kind = COMMAND_HUSH,
		.utterance = tally->ended + HUSHED_AT_ONCE,
	};
	if (link_command(session->link, &command) == STATUS_OK) {
		tally->hushes++;
		tally->before_hush = tally->tone_count;
		atomic_store(&session->cancelled, command.utterance);
	}
}

static void ask_tone(struct session *session, struct tally *tally, frames_t at)
{
	const struct command command = {
		.kind = COMMAND_TONE,
		.tone = { .at = at, .kind = TONE_BEAT },
	};
	if (tally->tone_count < TONES_MAX && link_command(session->link, &command) == STATUS_OK) {
		tally->tones[tally->tone_count++].at = at;
	}
}

/* One hush at a time, so that each has its own report. */
static void give_command(struct session *session, struct tally *tally, frames_t now)
{
	if (now / EASE_PERIOD % 7 == 0 && tally->hushes == tally->reports[REPORT_HUSHED]) {
		hush(session, tally);
	} else {
		ask_tone(session, tally, now + 4800);
	}
}

/* Whether all that was asked for was reported. */
static bool settled(const struct tally *tally)
{
	for (size_t i = 0; i < tally->tone_count; i++) {
		if (!tally->tones[i].reported && !tally->tones[i].hushed) {
			return false;
		}
	}
	return tally->ended == UTTERANCES && tally->reports[REPORT_HUSHED] == tally->hushes;
}

/* The main thread's part: commands for PERIODS, then the reports that are still to come. */
static void conduct(struct session *session, struct tally *tally)
{
	frames_t last = -1;
	while (!atomic_load(&session->over)) {
		const frames_t now = link_now(session->link);
		assert_true(now >= last);
		if (now < (frames_t)PERIODS * EASE_PERIOD &&
				now / EASE_PERIOD / 10 != last / EASE_PERIOD / 10) {
			give_command(session, tally, now);
		}
		last = now;
		take_reports(session, tally);
		atomic_store(&session->enough,
				now >= (frames_t)PERIODS * EASE_PERIOD && settled(tally));
		sched_yield();
	}
}

static void four_threads_lose_nothing(void **state)
{
	(void)state;
	static struct tally tally;
	struct session session = { 0 };
	pthread_t threads[3];
	assert_int_equal(link_create(&session.link), STATUS_OK);
	assert_int_equal(pthread_create(&threads[0], NULL, speak, &session), 0);
	assert_int_equal(pthread_create(&threads[1], NULL, listen, &session), 0);
	assert_int_equal(pthread_create(&threads[2], NULL, run_callbacks, &session), 0);
	conduct(&session, &tally);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	}
	take_reports(&session, &tally);
	const struct playback *playback = &session.link->playback;
	const struct capture *capture = &session.link->capture;
	assert_true(settled(&tally));
	assert_true(tally.hushes > 0 && tally.tone_count > 0);
	assert_int_equal(atomic_load(&playback->lost_reports), 0);
	assert_int_equal(ring_readable(&playback->commands), 0);
	assert_int_equal(link_now(session.link), playback->now);
	assert_false(atomic_load(&session.out_of_order));
	assert_int_equal(atomic_load(&session.near_frames),
			(atomic_load(&capture->periods) - atomic_load(&capture->lost_near)) *
					EASE_PERIOD);
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
