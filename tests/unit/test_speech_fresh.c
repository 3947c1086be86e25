/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp speech */
/*
 * test_speech_fresh.c - the same orders give the same samples, byte for byte. eSpeak's last bits
 * depend on all that its process said before, so each run is a child of its own, forked before the
 * library was ever touched.
 */
#include "speech_probe.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define DIGESTS 8

/* What one run gave: a number for each utterance. */
struct result {
	uint64_t digest[DIGESTS];
	uint64_t frames[DIGESTS];
};

typedef void scenario_fn(struct probe *probe, struct result *result);

static const char *const texts[] = {
	"Place both hands flat on the lower back. Let your shoulders drop.",
	"Stop.",
	"Breathe in slowly, and breathe out for longer than you breathe in. Again.",
	"Long gliding strokes, effleurage, 5-10 times.",
};

#define TEXTS (sizeof(texts) / sizeof(texts[0]))

static void digest(const struct probe *probe, uint64_t *hash, uint64_t *frames)
{
	*hash = 14695981039346656037U;
	for (size_t i = 0; i < probe->count; i++) {
		*hash = (*hash ^ (uint16_t)probe->samples[i]) * 1099511628211U;
	}
	*frames = probe->count;
}

static void read_all(struct probe *probe, struct result *result, size_t from)
{
	for (size_t i = from; i < TEXTS; i++) {
		probe_read(probe, (uint32_t)i + 1);
		digest(probe, &result->digest[i], &result->frames[i]);
	}
}

static void say_one_by_one(struct probe *probe, struct result *result)
{
	for (size_t i = 0; i < TEXTS; i++) {
		probe_say(probe, (uint32_t)i + 1, texts[i]);
		probe_read(probe, (uint32_t)i + 1);
		digest(probe, &result->digest[i], &result->frames[i]);
	}
}

static void say_all_before_any_work(struct probe *probe, struct result *result)
{
	for (size_t i = 0; i < TEXTS; i++) {
		assert_int_equal(
				speech_say(probe->speech, (uint32_t)i + 1, texts[i], 0), STATUS_OK);
	}
	read_all(probe, result, 0);
}

static void say_all_and_work_often(struct probe *probe, struct result *result)
{
	for (size_t i = 0; i < TEXTS; i++) {
		probe_say(probe, (uint32_t)i + 1, texts[i]);
		speech_work(probe->speech);
	}
	read_all(probe, result, 0);
}

static void prepare_in_the_same_order(struct probe *probe, struct result *result)
{
	for (size_t i = 0; i < TEXTS; i++) {
		assert_int_equal(speech_prepare(probe->speech, texts[i]), STATUS_OK);
		speech_work(probe->speech);
		speech_work(probe->speech);
	}
	say_all_before_any_work(probe, result);
}

/* The first is cut in the midst: the others must still be the same each time. */
static void cancel_the_first(struct probe *probe, struct result *result)
{
	struct speech_block block;
	say_all_and_work_often(probe, result);
	probe_say(probe, TEXTS + 1, texts[0]);
	assert_true(probe_block(probe, &block));
	speech_cancel(probe->speech, TEXTS + 1);
	probe_say(probe, TEXTS + 2, texts[1]);
	while (probe_block(probe, &block) && block.utterance <= TEXTS + 1) {
	}
	assert_int_equal(block.flags, SPEECH_FIRST);
	for (size_t i = 0; i < block.count; i++) {
		result->digest[TEXTS] = result->digest[TEXTS] * 31 + (uint16_t)block.samples[i];
	}
}

static void run_child(scenario_fn *run, uint32_t ring_bytes, int out)
{
	struct result result = { .digest = { 0 } };
	struct probe probe;
	probe_open(&probe, ring_bytes);
	run(&probe, &result);
	probe_close(&probe);
	_exit(write(out, &result, sizeof(result)) == (ssize_t)sizeof(result) ? 0 : 1);
}

static struct result fresh(scenario_fn *run, uint32_t ring_bytes)
{
	struct result result = { .digest = { 0 } };
	int ends[2];
	int status = -1;
	assert_int_equal(pipe(ends), 0);
	const pid_t child = fork();
	if (child == 0) {
		run_child(run, ring_bytes, ends[1]);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &result, sizeof(result)), sizeof(result));
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	return result;
}

static void assert_same(struct result a, struct result b)
{
	assert_memory_equal(&a, &b, sizeof(a));
	for (size_t i = 0; i < TEXTS; i++) {
		assert_true(a.frames[i] > EASE_RATE / 4);
	}
}

static void the_same_orders_give_the_same_samples(void **state)
{
	(void)state;
	assert_same(fresh(say_one_by_one, PROBE_BYTES), fresh(say_one_by_one, PROBE_BYTES));
	assert_same(fresh(cancel_the_first, PROBE_BYTES), fresh(cancel_the_first, PROBE_BYTES));
}

static void room_in_the_ring_changes_nothing(void **state)
{
	(void)state;
	const struct result wide = fresh(say_all_before_any_work, PROBE_BYTES);
	assert_same(wide, fresh(say_all_before_any_work, 1024));
	assert_same(wide, fresh(say_all_before_any_work, 16384));
	assert_same(wide, fresh(say_one_by_one, 1024));
}

static void the_moment_of_work_changes_nothing(void **state)
{
	(void)state;
	const struct result late = fresh(say_all_before_any_work, 16384);
	assert_same(late, fresh(say_all_and_work_often, 16384));
	assert_same(late, fresh(prepare_in_the_same_order, 16384));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_orders_give_the_same_samples),
		cmocka_unit_test(room_in_the_ring_changes_nothing),
		cmocka_unit_test(the_moment_of_work_changes_nothing),
	};
	return cmocka_run_group_tests_name("speech_fresh", tests, NULL, NULL);
}
