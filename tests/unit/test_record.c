/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: daemon core base */
/* test_record.c - every note becomes the row that a later session can read. */
#include "daemon/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define AT (EASE_RATE * 3 / 2) /* 1.5 s */

static const struct record_head head = {
	.begun = { .now = 1795366480, .utc_offset = 3600 },
	.touch = true,
	.screened = true,
	.partner = true,
};

static struct journal_row row_of(const struct note *note)
{
	struct journal_row row;
	record_row(note, &head, &row);
	return row;
}

static void a_session_begins_and_ends(void **state)
{
	(void)state;
	const struct note begin = {
		.kind = NOTE_SESSION, .name = "hands", .title = "your back", .text = "/a/path"
	};
	const struct journal_row row = row_of(&begin);
	assert_int_equal(row.kind, JOURNAL_BEGIN);
	assert_int_equal(row.begun, 1795366480);
	assert_int_equal(row.utc_offset, 3600);
	assert_true(row.touch && row.screened && row.partner && !row.lazy);
	assert_string_equal(row.name, "hands");
	assert_string_equal(row.text, "your back");
	const struct note end = { .kind = NOTE_END, .at = AT, .reason = END_MEDICAL };
	const struct journal_row last = row_of(&end);
	assert_int_equal(last.kind, JOURNAL_END);
	assert_int_equal(last.at, 1500000);
	assert_string_equal(last.why, "medical");
	assert_false(last.lazy);
}

static void an_answer_is_kept_with_what_it_is_for(void **state)
{
	(void)state;
	const struct note sore = { .kind = NOTE_ANSWER,
		.at = AT,
		.name = "since-sore",
		.intent = INTENT_YES,
		.value = -1,
		.store = STORE_SORE,
		.outcome = OUTCOME_ADVISE };
	struct journal_row row = row_of(&sore);
	assert_string_equal(row.event, "answer");
	assert_string_equal(row.name, "since-sore");
	assert_string_equal(row.key, "sore");
	assert_string_equal(row.text, "yes");
	assert_string_equal(row.why, "advise");
	assert_int_equal(row.value, JOURNAL_NONE);
	const struct note other = { .kind = NOTE_ANSWER, .name = "position", .value = 4 };
	row = row_of(&other);
	assert_string_equal(row.key, "");
	assert_int_equal(row.value, 4);
	assert_string_equal(row.text, "none");
}

/* S162: cause, step, last rating, time. */
static void a_stop_is_kept_whole(void **state)
{
	(void)state;
	const struct note stopped = { .kind = NOTE_STOPPED,
		.at = AT,
		.name = "palm-glide-left",
		.value = 6,
		.why = WHY_PAIN };
	const struct journal_row row = row_of(&stopped);
	assert_string_equal(row.event, "stopped");
	assert_string_equal(row.name, "palm-glide-left");
	assert_string_equal(row.why, "pain");
	assert_int_equal(row.value, 6);
	assert_int_equal(row.at, 1500000);
	assert_false(row.lazy);
}

static void only_what_sounds_may_wait(void **state)
{
	(void)state;
	for (int kind = 0; kind < NOTE_KIND_COUNT; kind++) {
		const struct note note = { .kind = (enum note_kind)kind };
		const struct journal_row row = row_of(&note);
		assert_int_equal(row.lazy,
				kind == NOTE_SAY || kind == NOTE_SAID || kind == NOTE_TONE);
		assert_true(row.kind != JOURNAL_EVENT || row.event[0] != '\0');
	}
}

static void a_step_has_its_unit(void **state)
{
	(void)state;
	const struct note step = { .kind = NOTE_STEP,
		.name = "palm-glide-left",
		.unit = "palm-glide",
		.side = SIDE_LEFT,
		.target = 2 };
	const struct journal_row row = row_of(&step);
	assert_string_equal(row.unit, "palm-glide");
	assert_string_equal(row.side, "left");
	assert_int_equal(row.target, 2);
}

static void a_doubtful_word_is_kept_as_such(void **state)
{
	(void)state;
	const struct note heard = { .kind = NOTE_HEARD,
		.intent = INTENT_RATING,
		.value = 5,
		.text = "five",
		.confidence = 0.25 };
	const struct journal_row row = row_of(&heard);
	assert_string_equal(row.name, "rating");
	assert_string_equal(row.why, "doubt");
	assert_int_equal(row.value, 5);
	assert_true(row.confidence > 0.24 && row.confidence < 0.26);
}

static void long_texts_are_cut(void **state)
{
	(void)state;
	char text[2 * JOURNAL_TEXT_MAX];
	memset(text, 'a', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	const struct note say = { .kind = NOTE_SAY, .text = text, .name = text };
	const struct journal_row row = row_of(&say);
	assert_int_equal(strlen(row.text), JOURNAL_TEXT_MAX - 1);
	assert_int_equal(strlen(row.name), JOURNAL_NAME_MAX - 1);
}

static void ratings_and_loudness(void **state)
{
	(void)state;
	struct journal_row row;
	record_rating(AT, 4, &row);
	assert_string_equal(row.event, "rating");
	assert_int_equal(row.value, 4);
	record_wish(AT, RECORD_VOLUME, -3, &row);
	assert_string_equal(row.event, "volume");
	assert_int_equal(row.value, -3);
	assert_int_equal(row.at, 1500000);
	record_pain(AT, true, &row);
	assert_string_equal(row.event, "pain");
	assert_int_equal(row.value, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_session_begins_and_ends),
		cmocka_unit_test(an_answer_is_kept_with_what_it_is_for),
		cmocka_unit_test(a_stop_is_kept_whole),
		cmocka_unit_test(only_what_sounds_may_wait),
		cmocka_unit_test(a_step_has_its_unit),
		cmocka_unit_test(a_doubtful_word_is_kept_as_such),
		cmocka_unit_test(long_texts_are_cut),
		cmocka_unit_test(ratings_and_loudness),
	};
	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
