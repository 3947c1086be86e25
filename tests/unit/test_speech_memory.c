/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp speech */
/* test_speech_memory.c - an utterance for which there is no memory still tells its end. */
#include "sanitized.h"
#include "speech_probe.h"

#include <errno.h>
#include <stdio.h>

#ifdef SANITIZED

int main(void)
{
	return 0;
}

#else

static bool spent;

/* glibc's own, behind the name that this program takes over: clips are made by calloc(). */
void *__libc_calloc(size_t count, size_t size); /* NOLINT */

void *calloc(size_t nmemb, size_t size)
{
	if (spent) {
		errno = ENOMEM;
		return NULL;
	}
	return __libc_calloc(nmemb, size);
}

static void expect_empty(struct probe *probe, uint32_t utterance)
{
	struct speech_block block;
	assert_true(probe_block(probe, &block));
	assert_int_equal(block.utterance, utterance);
	assert_int_equal(block.flags, SPEECH_FIRST | SPEECH_LAST);
	assert_int_equal(block.count, 0);
	assert_int_equal(block.at, 0);
}

static void an_utterance_without_memory_tells_its_end(void **state)
{
	(void)state;
	struct probe probe;
	probe_open(&probe, PROBE_BYTES);
	spent = true;
	assert_int_equal(speech_say(probe.speech, 1, "Hold.", 480000), STATUS_OK);
	assert_int_equal(speech_prepare(probe.speech, "Ahead."), STATUS_OK);
	assert_int_equal(speech_say(probe.speech, 2, "And let go.", 0), STATUS_OK);
	speech_work(probe.speech);
	spent = false;
	expect_empty(&probe, 1);
	expect_empty(&probe, 2);
	probe_say(&probe, 3, "Rest.");
	probe_read(&probe, 3);
	assert_true(probe.count > EASE_RATE / 10);
	probe_close(&probe);
}

static void its_turn_comes_in_order(void **state)
{
	(void)state;
	struct probe probe;
	probe_open(&probe, PROBE_BYTES);
	probe_say(&probe, 1, "Hold.");
	spent = true;
	probe_say(&probe, 2, "Now.");
	spent = false;
	probe_say(&probe, 3, "Rest.");
	probe_read(&probe, 1);
	assert_true(probe.count > EASE_RATE / 10);
	expect_empty(&probe, 2);
	probe_read(&probe, 3);
	assert_true(probe.count > EASE_RATE / 10);
	probe_close(&probe);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_utterance_without_memory_tells_its_end),
		cmocka_unit_test(its_turn_comes_in_order),
	};
	return cmocka_run_group_tests_name("speech without memory", tests, NULL, NULL);
}

#endif
