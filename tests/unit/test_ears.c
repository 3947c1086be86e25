/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen speech load */
/* test_ears.c - the real recogniser hears what flite says, and nothing where nothing was said. */
#include "ease/ears.h"
#include "heard.h"
#include "listen/ears_watch.h"
#include "nowhere.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HEARINGS_MAX 32

struct fixture {
	struct arena *arena;
	const struct vocabulary *vocabulary;
	struct ears *ears;
};

struct heard {
	struct hearing hearings[HEARINGS_MAX];
	int count;
};

static int set_up(void **state)
{
	static struct fixture fixture;
	struct diag diag = { 0 };
	fixture.arena = arena_create();
	fixture.vocabulary = heard_vocabulary(fixture.arena);
	if (fixture.vocabulary == NULL) {
		return -1;
	}
	const struct ears_config config = { .vocabulary = fixture.vocabulary, .echo = false };
	if (ears_create(&config, &fixture.ears, &diag) != STATUS_OK) {
		print_error("%s\n", diag.message);
		return -1;
	}
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	ears_destroy(fixture->ears);
	arena_destroy(fixture->arena);
	return 0;
}

/* Every onset has exactly one answer. */
static struct heard listen(struct fixture *fixture, const struct take *take, enum context context)
{
	struct heard heard = { .count = 0 };
	bool speaking = false;
	ears_reset(fixture->ears);
	ears_context(fixture->ears, (uint8_t)context);
	for (size_t at = 0; at + EARS_FRAME <= take->count; at += EARS_FRAME) {
		struct hearing out[4];
		int count = ears_process(fixture->ears, take->samples + at, NULL, out, 4);
		if (at + 2 * EARS_FRAME > take->count) {
			count += ears_finish(fixture->ears, out + count, 4 - count);
		}
		for (int i = 0; i < count; i++) {
			assert_int_not_equal(out[i].kind == HEARING_ONSET, speaking);
			speaking = out[i].kind == HEARING_ONSET;
			assert_true(heard.count < HEARINGS_MAX);
			heard.hearings[heard.count++] = out[i];
		}
	}
	assert_false(speaking);
	return heard;
}

static int words_in(const struct heard *heard)
{
	int words = 0;
	for (int i = 0; i < heard->count; i++) {
		words += heard->hearings[i].kind == HEARING_WORD;
	}
	return words;
}

static void expect(struct fixture *fixture, const char *text, enum context context,
		enum intent intent, int32_t value)
{
	struct take take = take_room(3.5, EARS_RATE);
	const double end = take_say(&take, text, 1.0, 1.0);
	assert_true(end > 1.0);
	const struct heard heard = listen(fixture, &take, context);
	const struct hearing *word = NULL;
	for (int i = 0; i < heard.count; i++) {
		if (heard.hearings[i].kind == HEARING_WORD) {
			word = &heard.hearings[i];
		}
	}
	if (word == NULL || words_in(&heard) != 1 || word->intent != intent) {
		print_error("\"%s\" was not heard as %s\n", text, intent_name(intent));
	}
	assert_int_equal(words_in(&heard), 1);
	if (word == NULL) {
		fail();
		return;
	}
	assert_int_equal(word->intent, intent);
	assert_int_equal(word->value, value);
	assert_true(word->confidence > 0.0 && word->confidence <= 1.0);
	assert_true((double)word->from > 0.8 * EARS_RATE && word->from < word->to);
	assert_true((double)word->to < (end + 0.1) * EARS_RATE);
	assert_true((double)word->decided < (end + 0.4) * EARS_RATE);
	free(take.samples);
}

static void hears_single_words(void **state)
{
	expect(*state, "stop", CONTEXT_TOUCH, INTENT_STOP, -1);
	expect(*state, "lighter", CONTEXT_TOUCH, INTENT_LIGHTER, -1);
	expect(*state, "continue", CONTEXT_PAUSED, INTENT_CONTINUE, -1);
	expect(*state, "seven", CONTEXT_RATING, INTENT_RATING, 7);
	expect(*state, "yes", CONTEXT_YESNO, INTENT_YES, -1);
	expect(*state, "no", CONTEXT_YESNO, INTENT_NO, -1);
}

static void hears_phrases(void **state)
{
	expect(*state, "lighter please", CONTEXT_TOUCH, INTENT_LIGHTER, -1);
	expect(*state, "pressure seven", CONTEXT_TOUCH, INTENT_RATING, 7);
	expect(*state, "six out of ten", CONTEXT_RATING, INTENT_RATING, 6);
	expect(*state, "start massage", CONTEXT_IDLE, INTENT_START, 0);
}

static void hears_stop_in_every_context(void **state)
{
	struct fixture *fixture = *state;
	for (size_t i = 0; i < fixture->vocabulary->context_count; i++) {
		expect(fixture, "stop", (enum context)i, INTENT_STOP, -1);
	}
}

static void hears_nothing_in_a_silent_room(void **state)
{
	struct take take = take_room(20.0, EARS_RATE);
	assert_int_equal(listen(*state, &take, CONTEXT_TOUCH).count, 0);
	free(take.samples);
}

static void takes_no_command_from_talk(void **state)
{
	struct take take = take_room(14.0, EARS_RATE);
	const double end = take_say(&take,
			"The weather was lovely when we walked along the river with my sister, and "
			"afterwards everybody wanted to have tea in the garden.",
			1.0, 1.0);
	assert_true(end > 5.0 && end < 13.0);
	const struct heard heard = listen(*state, &take, CONTEXT_TOUCH);
	assert_true(heard.count >= 2);
	assert_int_equal(words_in(&heard), 0);
	free(take.samples);
}

static void hears_only_what_its_context_means(void **state)
{
	struct take take = take_room(3.5, EARS_RATE);
	assert_true(take_say(&take, "lighter", 1.0, 1.0) > 1.0);
	const struct heard heard = listen(*state, &take, CONTEXT_IDLE);
	assert_int_equal(words_in(&heard), 0);
	assert_true(heard.count >= 2);
	free(take.samples);
}

static void decides_what_is_pending_when_the_stream_ends(void **state)
{
	struct take take = take_room(4.0, EARS_RATE);
	const double end = take_say(&take, "seven", 1.0, 1.0);
	take.count = (size_t)((end - 0.05) * EARS_RATE);
	const struct heard heard = listen(*state, &take, CONTEXT_RATING);
	assert_int_equal(words_in(&heard), 1);
	assert_int_equal(heard.hearings[heard.count - 1].value, 7);
	free(take.samples);
}

static void gives_the_same_answer_twice(void **state)
{
	struct take take = take_room(6.0, EARS_RATE);
	const double end = take_say(&take, "lighter", 1.0, 1.0);
	assert_true(take_say(&take, "eight", end + 1.0, 1.0) > 0.0);
	const struct heard once = listen(*state, &take, CONTEXT_TOUCH);
	const struct heard twice = listen(*state, &take, CONTEXT_TOUCH);
	assert_int_equal(once.count, twice.count);
	for (int i = 0; i < once.count; i++) {
		assert_string_equal(once.hearings[i].text, twice.hearings[i].text);
		assert_true(once.hearings[i].confidence == twice.hearings[i].confidence);
	}
	free(take.samples);
}

static void refuses_a_word_that_cannot_be_pronounced(void **state)
{
	struct fixture *fixture = *state;
	static const struct pronunciation dictionary[] = { { "stop", "S T AA P" },
		{ "kneading", "N IY QQ IH NG" } };
	struct vocabulary bad = *fixture->vocabulary;
	static const struct heard_phrase phrases[] = { { "stop", INTENT_STOP, -1 } };
	bad.phrases = phrases;
	bad.phrase_count = 1;
	bad.contexts = NULL;
	bad.context_count = 0;
	bad.dictionary = dictionary;
	bad.dictionary_count = 2;
	const struct ears_config config = { .vocabulary = &bad, .echo = false };
	struct ears *ears = NULL;
	struct diag diag = { 0 };
	assert_int_equal(ears_create(&config, &ears, &diag), STATUS_BAD_DATA);
	assert_null(ears);
	assert_non_null(strstr(diag.message, "kneading"));
}

/* What was learnt is forgotten with the stream, unless it is set as known; then it is not. */
static void knows_the_person(void **state)
{
	struct fixture *fixture = *state;
	const struct ears_person nobody = { .words = 0 };
	struct ears_person learnt;
	struct ears_person known;
	struct take take = take_room(6.0, EARS_RATE);
	double end = 1.0;
	for (int i = 0; i < 3; i++) {
		end = take_say(&take, "stop", end + 0.5, 1.0);
	}
	ears_person_set(fixture->ears, &nobody);
	const struct heard heard = listen(fixture, &take, CONTEXT_TOUCH);
	free(take.samples);
	ears_person_get(fixture->ears, &learnt);
	assert_true(learnt.words > 0 && learnt.words <= words_in(&heard));
	assert_true(learnt.speech_db > learnt.noise_db + 25.0);
	ears_reset(fixture->ears);
	ears_person_get(fixture->ears, &known);
	assert_int_equal(known.words, 0);
	assert_true(known.mean[1] != learnt.mean[1]);
	ears_person_set(fixture->ears, &learnt);
	ears_reset(fixture->ears);
	ears_person_get(fixture->ears, &known);
	assert_int_equal(known.words, learnt.words);
	assert_true(known.speech_db == learnt.speech_db);
	assert_memory_equal(known.mean, learnt.mean, sizeof known.mean);
	ears_person_set(fixture->ears, &nobody);
	ears_reset(fixture->ears);
}

/* A cheap microphone: its offset puts one half of a loud echo at full scale. */
static void bend(struct take *near, const struct take *far)
{
	for (size_t i = 0; i < near->count; i++) {
		const double echo = i < 800 ? 0.0 : 4.0 * far->samples[i - 800];
		near->samples[i] = (int16_t)lrint(
				fmax(fmin(near->samples[i] + echo - 12000.0, 32767.0), -32768.0));
	}
}

/* What is clipped is no longer the loudspeaker's sound; the coach shall not take it for a person.
 */
static void takes_no_clipped_echo_for_a_person(void **state)
{
	struct fixture *fixture = *state;
	struct ears *ears = NULL;
	struct diag diag = { 0 };
	const struct ears_config config = { .vocabulary = fixture->vocabulary, .echo = true };
	assert_int_equal(ears_create(&config, &ears, &diag), STATUS_OK);
	struct take far = take_room(14.0, EARS_RATE);
	struct take near = take_room(14.0, EARS_RATE);
	assert_true(take_say(&far,
				    "Now let both of your palms glide slowly down beside the spine, "
				    "and then return without any weight. Keep your shoulders loose, "
				    "and let your breath come and go as it likes.",
				    0.5, 1.0) > 8.0);
	bend(&near, &far);
	int onsets = 0;
	for (size_t at = 0; at + EARS_FRAME <= near.count; at += EARS_FRAME) {
		struct hearing out[4];
		const int count = ears_process(ears, near.samples + at, far.samples + at, out, 4);
		for (int i = 0; i < count; i++) {
			onsets += out[i].kind == HEARING_ONSET && at > 4 * EARS_RATE;
		}
	}

	assert_int_equal(onsets, 0);
	ears_destroy(ears);
	free(far.samples);
	free(near.samples);
}

static double others; /* what was told of other words, at the last segment */

static void note(void *arg, const struct segment *segment, const struct verdict *verdict)
{
	(void)arg;
	(void)segment;
	assert_int_equal(verdict->shape_count, 0);
	others = verdict->heard.features[FEATURE_OTHER];
}

/* Without a folder for the scores nobody knows what a word looks like as a whole: that is no
 * evidence against it. */
static void hears_words_of_which_no_likeness_is_known(void **state)
{
	struct fixture *fixture = *state;
	struct fixture blind = *fixture;
	struct diag diag = { 0 };
	const struct ears_config config = { .vocabulary = fixture->vocabulary, .echo = false };
	nowhere = true;
	assert_int_equal(ears_create(&config, &blind.ears, &diag), STATUS_OK);
	nowhere = false;
	ears_watch(blind.ears, note, NULL);
	expect(&blind, "stop", CONTEXT_TOUCH, INTENT_STOP, -1);
	assert_true(others <= -4.0);
	expect(&blind, "yes", CONTEXT_YESNO, INTENT_YES, -1);
	ears_destroy(blind.ears);
}

/* Levels follow a word by 3 dB at most, whoever said it. */
static void learns_levels_slowly(void **state)
{
	struct fixture *fixture = *state;
	struct ears_person known = { .words = 0 };
	struct ears_person after;
	struct take take = take_room(3.0, EARS_RATE);
	assert_true(take_say(&take, "stop", 1.0, 1.0) > 1.0);
	ears_person_set(fixture->ears, &known);
	listen(fixture, &take, CONTEXT_TOUCH);
	ears_person_get(fixture->ears, &known);
	assert_int_equal(known.words, 1);
	known.speech_db -= 30.0;
	ears_person_set(fixture->ears, &known);
	listen(fixture, &take, CONTEXT_TOUCH);
	ears_person_get(fixture->ears, &after);
	assert_int_equal(after.words, 2);
	assert_true(fabs(after.speech_db - known.speech_db - 3.0) < 1e-6);
	known.words = 0;
	ears_person_set(fixture->ears, &known);
	ears_reset(fixture->ears);
	free(take.samples);
}

/* The quiet room, and one 20 dB louder; no word counts. */
static void measures_the_room_between_words(void **state)
{
	struct fixture *fixture = *state;
	double noise[2];
	for (int i = 0; i < 2; i++) {
		struct take take = take_room(6.0, EARS_RATE);
		for (size_t j = 0; i == 1 && j < take.count; j++) {
			take.samples[j] = (int16_t)(10 * take.samples[j]);
		}
		assert_true(take_say(&take, "stop", 4.9, 1.0) > 4.9);
		assert_int_equal(listen(fixture, &take, CONTEXT_TOUCH).count > 0, 1);
		ears_reset(fixture->ears);
		assert_true(ears_noise(fixture->ears) <= 0.0);
		for (size_t at = 0; at + EARS_FRAME <= take.count; at += EARS_FRAME) {
			struct hearing out[4];
			ears_process(fixture->ears, take.samples + at, NULL, out, 4);
		}
		noise[i] = ears_noise(fixture->ears);
		free(take.samples);
	}
	assert_true(noise[0] > 10.0 && noise[0] < 30.0);
	assert_true(fabs(noise[1] - noise[0] - 20.0) < 2.0);
	ears_reset(fixture->ears);
}

struct weighed {
	const struct vocabulary *vocabulary;
	int segments;
	int stops; /* of which "stop" was heard, or was at least weighed */
};

static void count_stops(void *arg, const struct segment *segment, const struct verdict *verdict)
{
	struct weighed *weighed = arg;
	const struct heard_phrase *phrases = weighed->vocabulary->phrases;
	bool stop = verdict->heard.phrase >= 0 &&
		    phrases[verdict->heard.phrase].intent == INTENT_STOP;
	for (size_t i = 0; i < verdict->likened_count; i++) {
		const struct meaning *like = &verdict->likened[i];
		stop |= phrases[like->phrase].intent == INTENT_STOP && like->confidence > 0.0;
		assert_true(like->confidence < 1.0);
	}
	(void)segment;
	weighed->segments++;
	weighed->stops += stop;
}

/* Whatever else is heard, and whatever the whole looks more like. */
static void weighs_stop_in_all_that_is_said(void **state)
{
	static const char *const said[] = { "seven", "lighter", "firmer", "window" };
	static const enum context contexts[] = { CONTEXT_TOUCH, CONTEXT_RATING, CONTEXT_YESNO };
	struct fixture *fixture = *state;
	struct weighed weighed = { .vocabulary = fixture->vocabulary };
	ears_watch(fixture->ears, count_stops, &weighed);
	for (size_t i = 0; i < 12; i++) {
		struct take take = take_room(3.0, EARS_RATE);
		assert_true(take_say(&take, said[i % 4], 1.0, 1.0) > 1.0);
		(void)listen(fixture, &take, contexts[i / 4]);
		free(take.samples);
	}
	ears_watch(fixture->ears, NULL, NULL);
	assert_true(weighed.segments >= 12);
	assert_int_equal(weighed.stops, weighed.segments);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hears_single_words),
		cmocka_unit_test(hears_phrases),
		cmocka_unit_test(hears_stop_in_every_context),
		cmocka_unit_test(hears_nothing_in_a_silent_room),
		cmocka_unit_test(takes_no_command_from_talk),
		cmocka_unit_test(hears_only_what_its_context_means),
		cmocka_unit_test(decides_what_is_pending_when_the_stream_ends),
		cmocka_unit_test(gives_the_same_answer_twice),
		cmocka_unit_test(refuses_a_word_that_cannot_be_pronounced),
		cmocka_unit_test(knows_the_person),
		cmocka_unit_test(takes_no_clipped_echo_for_a_person),
		cmocka_unit_test(hears_words_of_which_no_likeness_is_known),
		cmocka_unit_test(learns_levels_slowly),
		cmocka_unit_test(measures_the_room_between_words),
		cmocka_unit_test(weighs_stop_in_all_that_is_said),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
