/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp speech */
/*
 * test_speech_threads.c - the voice between its three threads: one says and cancels without mercy,
 * the worker speaks, one takes the blocks away. Run again under TSan.
 */
#include "speech_probe.h"

#include "ease/worker.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define STORM 200u

static const char *const texts[] = {
	"Stop.",
	"Breathe in slowly, and breathe out for longer than you breathe in.",
	"",
	"Place both hands flat on the lower back. Let your shoulders drop. Wait. And now go.",
	"Again.",
};

#define TEXTS (sizeof(texts) / sizeof(texts[0]))

/* What the reader saw of each utterance. */
struct seen {
	uint32_t firsts;
	uint32_t lasts;
	size_t samples;
};

struct reader {
	struct ring *blocks;
	struct worker *worker; /* woken for more, so that the test is faster than speech */
	struct seen *seen;     /* by utterance */
	atomic_uint last_begun;
	atomic_uint last_ended;
	atomic_bool stop;
	bool disorder;
};

static void take(struct reader *reader, const struct speech_block *block, uint32_t *present)
{
	struct seen *seen = &reader->seen[block->utterance];
	/* ids rise, and nothing comes twice or behind its end */
	if (block->utterance < *present || block->utterance > STORM || seen->lasts != 0 ||
			((block->flags & SPEECH_FIRST) != 0) != (seen->firsts == 0)) {
		reader->disorder = true;
	}
	*present = block->utterance;
	seen->firsts += (block->flags & SPEECH_FIRST) != 0;
	seen->lasts += (block->flags & SPEECH_LAST) != 0;
	seen->samples += block->count;
	atomic_store(&reader->last_begun, block->utterance);
	if ((block->flags & SPEECH_LAST) != 0) {
		atomic_store(&reader->last_ended, block->utterance);
	}
}

static void *read_blocks(void *arg)
{
	struct reader *reader = arg;
	struct speech_block block;
	uint32_t present = 0;
	while (!atomic_load(&reader->stop)) {
		if (ring_read(reader->blocks, &block, sizeof(block)) == STATUS_OK) {
			take(reader, &block, &present);
		} else {
			worker_wake(reader->worker);
			sched_yield();
		}
	}
	return NULL;
}

/* One order, or two; keeps trying where too much is waiting. */
static void order(struct probe *probe, struct worker *worker, uint32_t id)
{
	const char *text = texts[id % TEXTS];
	if (id % 7 == 0 && speech_prepare(probe->speech, texts[id / 7 % TEXTS]) != STATUS_OK) {
		worker_wake(worker);
	}
	while (speech_say(probe->speech, id, text, 0) != STATUS_OK) {
		worker_wake(worker);
		sched_yield();
	}
	worker_wake(worker);
}

/* Most orders wait for nothing; some until they are heard, some until they are over. */
static void wait_for(struct reader *reader, uint32_t id)
{
	while (id % 5 == 1 && atomic_load(&reader->last_begun) < id) {
		sched_yield();
	}
	while (id % 5 == 2 && atomic_load(&reader->last_ended) < id) {
		sched_yield();
	}
}

static void a_storm_of_cancels_loses_no_end(void **state)
{
	(void)state;
	struct probe probe;
	struct worker *worker = NULL;
	pthread_t thread;
	struct speech_word word;
	probe_open(&probe, 8192);
	struct reader reader = { .blocks = &probe.blocks };
	reader.seen = calloc(STORM + 1, sizeof(*reader.seen));
	assert_non_null(reader.seen);
	assert_int_equal(worker_create(speech_work, probe.speech, "speech", &worker), STATUS_OK);
	reader.worker = worker;
	assert_int_equal(pthread_create(&thread, NULL, read_blocks, &reader), 0);

	bool *cut = calloc(STORM + 1, sizeof(*cut));
	assert_non_null(cut);
	for (uint32_t id = 1; id <= STORM; id++) {
		order(&probe, worker, id);
		wait_for(&reader, id);
		if (id % 3 == 0 && id != STORM) {
			/* all up to this one may be cut, whether it began or not */
			speech_cancel(probe.speech, id);
			memset(cut, true, id + 1);
		}
		while (speech_word(probe.speech, &word)) {
			assert_true(word.utterance <= id);
		}
	}
	while (atomic_load(&reader.last_ended) != STORM) {
		sched_yield();
	}
	atomic_store(&reader.stop, true);
	assert_int_equal(pthread_join(thread, NULL), 0);
	worker_destroy(worker);

	assert_false(reader.disorder);
	uint32_t cuts = 0;
	for (uint32_t id = 1; id <= STORM; id++) {
		assert_int_equal(reader.seen[id].firsts, 1);
		if (!cut[id]) {
			assert_int_equal(reader.seen[id].lasts, 1);
			assert_true(reader.seen[id].samples > 0 || texts[id % TEXTS][0] == '\0');
		}
		cuts += reader.seen[id].lasts == 0 || reader.seen[id].samples == 0;
	}
	print_message("%u of %u utterances cut\n", cuts, STORM);
	free(cut);
	free(reader.seen);
	probe_close(&probe);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_storm_of_cancels_loses_no_end),
	};
	return cmocka_run_group_tests_name("speech_threads", tests, NULL, NULL);
}
