/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp speech */
/* test_speech.c - from text to blocks, by the loop's own hand: what is said, when, and when not. */
#include "speech_probe.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define GAP (900 * 48)

static struct probe probe;

static int open_probe(void **state)
{
	(void)state;
	probe_open(&probe, PROBE_BYTES);
	return 0;
}

/* Eight blocks find room in it. */
static int open_narrow(void **state)
{
	(void)state;
	probe_open(&probe, 8192);
	return 0;
}

static int close_probe(void **state)
{
	(void)state;
	probe_close(&probe);
	return 0;
}

static bool is_silent(size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (probe.samples[i] != 0) {
			return false;
		}
	}
	return true;
}

static void takes_the_time_that_speech_takes(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		double seconds;
	} rows[] = {
		{ "Stop.", 0.40 },
		{ "Place both hands flat on the lower back, with your fingers together.", 3.64 },
		{ "Hold for thirty seconds, then let go slowly.", 2.95 },
	};
	for (uint32_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		probe_say(&probe, i + 1, rows[i].text);
		probe_read(&probe, i + 1);
		const double seconds = (double)probe.count / EASE_RATE;
		if (seconds < rows[i].seconds * 0.93 || seconds > rows[i].seconds * 1.07) {
			fail_msg("\"%s\" took %.3f s", rows[i].text, seconds);
		}
	}
}

static void puts_exact_silence_between_sentences(void **state)
{
	(void)state;
	struct speech_word word;
	probe_say(&probe, 1, "Up. Now.");
	probe_read(&probe, 1);
	assert_true(speech_word(probe.speech, &word));
	assert_int_equal(word.at, 0);
	assert_true(speech_word(probe.speech, &word));
	assert_int_equal(word.text_at, 4);
	assert_int_equal(word.text_length, 3);
	const size_t second = (size_t)word.at;
	assert_true(is_silent(second - GAP, second));
	assert_false(is_silent(second - GAP - 480, second - GAP));
	assert_false(is_silent(second, second + 480));
	assert_false(speech_word(probe.speech, &word));
}

static void sounds_within_30_ms_and_to_the_end(void **state)
{
	(void)state;
	static const char *const texts[] = { "Place it.", "Take it.", "Stop.", "Hold.", "At.",
		"Keep.", "Breathe." };
	for (uint32_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		probe_say(&probe, i + 1, texts[i]);
		probe_read(&probe, i + 1);
		size_t first = 0;
		while (first < probe.count && abs(probe.samples[first]) < 150) {
			first++;
		}
		assert_true((frames_t)first < frames_from_ms(30));
	}
}

/* The first frame near at that is louder than a fortieth of the loudest after it. */
static long onset(size_t at)
{
	const size_t from = at > 2400 ? at - 2400 : 0;
	int peak = 0;
	for (size_t i = at; i < at + 9600 && i < probe.count; i++) {
		peak = abs(probe.samples[i]) > peak ? abs(probe.samples[i]) : peak;
	}
	size_t i = from;
	while (i < probe.count && abs(probe.samples[i]) * 40 < peak) {
		i++;
	}
	return (long)i;
}

static void words_stand_where_they_sound(void **state)
{
	(void)state;
	/* none begins with a plosive, whose word begins before it can be heard */
	probe_say(&probe, 1,
			"One. Nine. Seven. Lift. Rest. Move. Up. Eleven. One, nine, now, lower.");
	probe_read(&probe, 1);
	struct speech_word word;
	int words = 0;
	long worst = 0;
	while (speech_word(probe.speech, &word)) {
		const long off = labs(onset((size_t)word.at) - (long)word.at);
		worst = off > worst ? off : worst;
		words++;
	}
	print_message("%d words, the worst %.2f ms off\n", words, (double)worst / 48);
	assert_int_equal(words, 12);
	assert_true(worst <= 5 * 48);
}

static void words_name_their_place_in_the_text(void **state)
{
	(void)state;
	static const char text[] =
			"The caf\303\251\342\200\231s effleurage, 70\342\200\22375. <b>Don\342\200\231t</b>\n\nrush 30 s.";
	static const char *const wanted[] = { "The", "caf\303\251\342\200\231s", "effleurage", "70",
		"\342\200\223", "75", "Don\342\200\231t", "rush", "30", "s" };
	struct speech_word word;
	size_t count = 0;
	frames_t last = -1;
	probe_say(&probe, 3, text);
	while (speech_word(probe.speech, &word)) {
		assert_true(count < sizeof(wanted) / sizeof(wanted[0]));
		assert_int_equal(word.utterance, 3);
		assert_int_equal(word.text_length, strlen(wanted[count]));
		assert_memory_equal(text + word.text_at, wanted[count], word.text_length);
		assert_true(word.at > last);
		last = word.at;
		count++;
	}
	assert_int_equal(count, sizeof(wanted) / sizeof(wanted[0]));
	probe_read(&probe, 3);
}

static void what_has_no_sound_still_ends(void **state)
{
	(void)state;
	static const char *const texts[] = { "", " ", "...", "<b></b>", "\n\n", "\001\002" };
	for (uint32_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct speech_block block;
		probe_say(&probe, i + 1, texts[i]);
		assert_true(probe_block(&probe, &block));
		assert_int_equal(block.flags, SPEECH_FIRST | SPEECH_LAST);
		assert_int_equal(block.count, 0);
		assert_int_equal(block.utterance, i + 1);
	}
}

static void first_block_carries_its_time(void **state)
{
	(void)state;
	struct speech_block block;
	assert_int_equal(speech_say(probe.speech, 1, "Now.", 96000), STATUS_OK);
	assert_true(probe_block(&probe, &block));
	assert_int_equal(block.at, 96000);
	assert_true(probe_block(&probe, &block));
	assert_int_equal(block.at, 0);
}

static void control_characters_change_nothing(void **state)
{
	(void)state;
	static const char text[] = "Keep the pressure light for the first pass.";
	probe_say(&probe, 1, text);
	probe_read(&probe, 1);
	const size_t before = probe.count;
	probe_say(&probe, 2, "\001 50S \001+90P \00150A <voice name=\"de\"> [[_:_]] hello");
	probe_read(&probe, 2);
	probe_say(&probe, 3, text);
	probe_read(&probe, 3);
	assert_true(probe.count > before * 98 / 100 && probe.count < before * 102 / 100);
}

static void refuses_what_is_too_much(void **state)
{
	(void)state;
	char text[SPEECH_TEXT_MAX + 1];
	memset(text, 'a', SPEECH_TEXT_MAX);
	text[SPEECH_TEXT_MAX] = '\0';
	assert_int_equal(speech_say(probe.speech, 1, text, 0), STATUS_BAD_ARG);
	text[SPEECH_TEXT_MAX - 1] = '\0';
	uint32_t said = 0;
	while (speech_say(probe.speech, said + 1, text, 0) == STATUS_OK) {
		said++;
	}
	assert_int_equal(speech_say(probe.speech, said + 1, text, 0), STATUS_NO_SPACE);
	assert_true(said >= 16);
	speech_cancel(probe.speech, said);
	for (uint32_t i = 1; i <= said; i++) {
		probe_read(&probe, i);
		assert_int_equal(probe.count, 0);
	}
	assert_int_equal(speech_say(probe.speech, said + 1, "Again.", 0), STATUS_OK);
}

static void many_may_wait(void **state)
{
	(void)state;
	uint32_t said = 0;
	for (int round = 0; round < 4; round++) {
		/* the ring is full, so more and more wait behind it */
		speech_work(probe.speech);
		for (int i = 0; i < 10; i++) {
			said++;
			assert_int_equal(speech_say(probe.speech, said, "Now.", 0), STATUS_OK);
		}
	}
	for (uint32_t i = 1; i <= said; i++) {
		probe_read(&probe, i);
		assert_true(probe.count > EASE_RATE / 10);
	}
}

static void cancelled_before_it_began_it_still_ends(void **state)
{
	(void)state;
	assert_int_equal(speech_say(probe.speech, 1, "Never heard.", 480000), STATUS_OK);
	assert_int_equal(speech_say(probe.speech, 2, "Nor this.", 0), STATUS_OK);
	assert_int_equal(speech_say(probe.speech, 3, "But this.", 0), STATUS_OK);
	speech_cancel(probe.speech, 2);
	speech_cancel(probe.speech, 1); /* takes nothing back */
	struct speech_block block;
	assert_true(probe_block(&probe, &block));
	assert_int_equal(block.utterance, 1);
	assert_int_equal(block.flags, SPEECH_FIRST | SPEECH_LAST);
	assert_int_equal(block.count, 0);
	assert_int_equal(block.at, 0); /* its end need not wait for its beginning */
	probe_read(&probe, 2);
	assert_int_equal(probe.count, 0);
	probe_read(&probe, 3);
	assert_true(probe.count > EASE_RATE / 4);
}

static void cancelled_in_the_midst_it_writes_no_more(void **state)
{
	(void)state;
	struct speech_block block;
	probe_say(&probe, 1, "Breathe in slowly, and breathe out for longer than you breathe in.");
	assert_int_equal(speech_say(probe.speech, 2, "This waits.", 0), STATUS_OK);
	speech_work(probe.speech);
	assert_true(probe_block(&probe, &block));
	speech_cancel(probe.speech, 2);
	assert_int_equal(speech_say(probe.speech, 3, "Stopping.", 0), STATUS_OK);
	for (int i = 0; i < 7; i++) {
		assert_true(probe_block(&probe, &block));
		assert_int_equal(block.utterance, 1);
		assert_int_equal(block.flags, 0);
	}
	probe_read(&probe, 2);
	assert_int_equal(probe.count, 0);
	probe_read(&probe, 3);
	assert_true(probe.count > EASE_RATE / 4);
}

static void a_full_ring_holds_back_the_end_of_the_cancelled(void **state)
{
	(void)state;
	probe_say(&probe, 1, "Breathe in slowly, and breathe out for longer.");
	assert_int_equal(speech_say(probe.speech, 2, "This waits.", 0), STATUS_OK);
	speech_cancel(probe.speech, 2);
	for (int i = 0; i < 3; i++) {
		speech_work(probe.speech);
	}
	struct speech_block block;
	for (int i = 0; i < 8; i++) {
		assert_int_equal(ring_read(&probe.blocks, &block, sizeof(block)), STATUS_OK);
		assert_int_equal(block.utterance, 1);
	}
	probe_read(&probe, 2);
	assert_int_equal(probe.count, 0);
	assert_false(probe_block(&probe, &block));
}

static double cpu_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double cost_of_first_block(uint32_t utterance, const char *text)
{
	struct speech_block block;
	assert_int_equal(speech_say(probe.speech, utterance, text, 0), STATUS_OK);
	const double from = cpu_now();
	speech_work(probe.speech);
	const double cost = cpu_now() - from;
	assert_int_equal(ring_read(&probe.blocks, &block, sizeof(block)), STATUS_OK);
	assert_int_equal(block.flags, SPEECH_FIRST);
	speech_cancel(probe.speech, utterance);
	speech_work(probe.speech);
	while (ring_read(&probe.blocks, &block, sizeof(block)) == STATUS_OK) {
	}
	return cost;
}

static void what_was_prepared_starts_without_synthesis(void **state)
{
	(void)state;
	static const char text[] = "If you feel sharp pain, numbness or tingling, stop right away, "
				   "and let somebody know; ask how the pressure feels, on a scale "
				   "from zero to ten, and then rest your hands on the lower back.";
	double fresh = 1.0;
	double ready = 1.0;
	for (uint32_t i = 0; i < 5; i++) {
		const double first = cost_of_first_block(2 * i + 1, text);
		assert_int_equal(speech_prepare(probe.speech, text), STATUS_OK);
		speech_work(probe.speech);
		const double second = cost_of_first_block(2 * i + 2, text);
		fresh = first < fresh ? first : fresh;
		ready = second < ready ? second : ready;
	}
	print_message("first block: %.3f ms fresh, %.3f ms prepared\n", fresh * 1e3, ready * 1e3);
	assert_true(ready * 5 < fresh);
}

static void does_not_grow(void **state)
{
	(void)state;
	size_t before = 0;
	for (uint32_t i = 1; i <= 300; i++) {
		char text[64];
		snprintf(text, sizeof(text), "Stroke number %u. Slowly.", i % 50);
		if (i % 3 == 0) {
			assert_int_equal(speech_prepare(probe.speech, text), STATUS_OK);
		}
		assert_int_equal(speech_say(probe.speech, i, text, 0), STATUS_OK);
		if (i % 4 == 0) {
			speech_cancel(probe.speech, i);
		}
		probe_read(&probe, i);
		if (i == 30) {
			before = mallinfo2().uordblks;
		}
	}
	const size_t after = mallinfo2().uordblks;
	print_message("in use after 30 prompts %zu bytes, after 300 %zu\n", before, after);
	/* the four clips kept ahead differ in length */
	assert_true(after < before + 64 * 1024);
}

static void renders_at_once(void **state)
{
	(void)state;
	int16_t *samples = NULL;
	size_t count = 0;
	assert_int_equal(speech_render(probe.speech, "Up. Now.", &samples, &count), STATUS_OK);
	assert_true(count > GAP);
	free(samples);
	assert_int_equal(speech_render(probe.speech, "", &samples, &count), STATUS_OK);
	assert_int_equal(count, 0);
	free(samples);
	assert_int_equal(speech_say(probe.speech, 1, "Breathe in slowly, and out.", 0), STATUS_OK);
	while (ring_write(&probe.blocks, "x", 1) == STATUS_OK) {
	}
	speech_work(probe.speech);
	assert_int_equal(speech_render(probe.speech, "Up.", &samples, &count), STATUS_BAD_ARG);
}

static void can_be_destroyed_in_the_midst(void **state)
{
	(void)state;
	assert_int_equal(speech_prepare(probe.speech, "Ahead."), STATUS_OK);
	probe_say(&probe, 1, "Breathe in slowly, and breathe out for longer than you breathe in.");
	assert_int_equal(speech_say(probe.speech, 2, "Waiting.", 0), STATUS_OK);
}

#define WIDE(test) cmocka_unit_test_setup_teardown(test, open_probe, close_probe)
#define NARROW(test) cmocka_unit_test_setup_teardown(test, open_narrow, close_probe)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WIDE(takes_the_time_that_speech_takes),
		WIDE(puts_exact_silence_between_sentences),
		WIDE(sounds_within_30_ms_and_to_the_end),
		NARROW(words_stand_where_they_sound),
		WIDE(words_name_their_place_in_the_text),
		WIDE(what_has_no_sound_still_ends),
		WIDE(first_block_carries_its_time),
		NARROW(control_characters_change_nothing),
		WIDE(refuses_what_is_too_much),
		NARROW(many_may_wait),
		WIDE(cancelled_before_it_began_it_still_ends),
		NARROW(cancelled_in_the_midst_it_writes_no_more),
		NARROW(a_full_ring_holds_back_the_end_of_the_cancelled),
		NARROW(what_was_prepared_starts_without_synthesis),
		WIDE(does_not_grow),
		WIDE(renders_at_once),
		NARROW(can_be_destroyed_in_the_midst),
	};
	return cmocka_run_group_tests_name("speech", tests, NULL, NULL);
}
