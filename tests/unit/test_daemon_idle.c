/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: daemon */
/* test_daemon_idle.c - a start by voice is read back, and only a yes starts. */
#include "daemon/idle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *const names[] = { "slow-breath", "gone", "lower-back-hands" };
static const char *const topics[] = { "oil", "heat" };
static const struct vocabulary vocabulary = {
	.sessions = names, .session_count = 3, .topics = topics, .topic_count = 2
};
static const struct session_entry sessions[] = {
	{ .name = "lower-back-hands", .title = "your lower back" },
	{ .name = "slow-breath", .title = "slow breathing" },
};

static struct idle idle;

static void begin(const char *fallback)
{
	idle_init(&idle, &vocabulary, sessions, 2, fallback);
}

static enum idle_do hear(enum hearing_kind kind, enum intent intent, int32_t value)
{
	const struct hearing hearing = { .kind = kind, .intent = intent, .value = value };
	return idle_hearing(&idle, &hearing, 1000);
}

static void starts_after_a_yes(void **state)
{
	(void)state;
	begin(NULL);
	assert_int_equal(idle_context(&idle), CONTEXT_IDLE);
	assert_int_equal(hear(HEARING_WORD, INTENT_START, 2), IDLE_ASK);
	assert_string_equal(idle_session(&idle)->title, "your lower back");
	assert_int_equal(idle_context(&idle), CONTEXT_YESNO);
	assert_int_equal(hear(HEARING_ONSET, INTENT_NONE, -1), IDLE_NOTHING);
	assert_int_equal(hear(HEARING_WORD, INTENT_YES, -1), IDLE_START);
}

static void needs_a_sure_yes(void **state)
{
	(void)state;
	static const struct {
		enum hearing_kind kind;
		enum intent intent;
	} others[] = {
		{ HEARING_DOUBT, INTENT_YES },
		{ HEARING_WORD, INTENT_NO },
		{ HEARING_WORD, INTENT_STOP },
	};
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		begin(NULL);
		assert_int_equal(hear(HEARING_DOUBT, INTENT_START, 0), IDLE_ASK);
		assert_int_equal(hear(others[i].kind, others[i].intent, -1), IDLE_LISTEN);
		assert_null(idle_session(&idle));
		assert_int_equal(hear(HEARING_WORD, INTENT_YES, -1), IDLE_NOTHING);
	}
}

static void forgets_a_question_that_nobody_answers(void **state)
{
	(void)state;
	begin(NULL);
	assert_int_equal(hear(HEARING_WORD, INTENT_START, 0), IDLE_ASK);
	assert_int_equal(idle_tick(&idle, 1000 + frames_from_ms(14999)), IDLE_NOTHING);
	assert_int_equal(idle_tick(&idle, 1000 + frames_from_ms(15000)), IDLE_LISTEN);
	assert_int_equal(hear(HEARING_WORD, INTENT_YES, -1), IDLE_NOTHING);
}

/* The next session's length, and how much is said in it; only for sure. */
static void takes_wishes_for_the_next_session(void **state)
{
	(void)state;
	begin(NULL);
	assert_int_equal(hear(HEARING_WORD, INTENT_LENGTH, 10), IDLE_LENGTH);
	assert_int_equal(idle_wish(&idle), 10);
	assert_int_equal(hear(HEARING_WORD, INTENT_WORDS, WORDS_LESS), IDLE_WORDS);
	assert_int_equal(idle_wish(&idle), WORDS_LESS);
	assert_int_equal(hear(HEARING_DOUBT, INTENT_LENGTH, 5), IDLE_NOTHING);
	assert_int_equal(hear(HEARING_DOUBT, INTENT_WORDS, WORDS_MORE), IDLE_NOTHING);
	assert_int_equal(idle_wish(&idle), WORDS_LESS);
}

static void tells_what_can_be_said(void **state)
{
	(void)state;
	begin(NULL);
	assert_int_equal(hear(HEARING_WORD, INTENT_HELP, -1), IDLE_INVITE);
	assert_int_equal(hear(HEARING_WORD, INTENT_START, 1), IDLE_INVITE);
	assert_int_equal(hear(HEARING_WORD, INTENT_START, -1), IDLE_INVITE);
	assert_int_equal(hear(HEARING_WORD, INTENT_LIGHTER, -1), IDLE_NOTHING);
}

/* Only what was surely heard, and never in place of a yes. */
static void answers_what_is_asked(void **state)
{
	(void)state;
	begin(NULL);
	assert_int_equal(hear(HEARING_WORD, INTENT_ASK, 1), IDLE_ANSWER);
	assert_int_equal(idle_topic(&idle), 1);
	assert_int_equal(idle_context(&idle), CONTEXT_IDLE);
	assert_int_equal(hear(HEARING_DOUBT, INTENT_ASK, 0), IDLE_NOTHING);
	assert_int_equal(hear(HEARING_WORD, INTENT_ASK, 2), IDLE_NOTHING);
	assert_int_equal(hear(HEARING_WORD, INTENT_ASK, -1), IDLE_NOTHING);
	assert_int_equal(hear(HEARING_WORD, INTENT_START, 0), IDLE_ASK);
	assert_int_equal(hear(HEARING_WORD, INTENT_ASK, 0), IDLE_LISTEN);
}

static void starts_the_usual_session_where_none_is_named(void **state)
{
	(void)state;
	begin("slow-breath");
	assert_int_equal(hear(HEARING_WORD, INTENT_START, -1), IDLE_ASK);
	assert_string_equal(idle_session(&idle)->name, "slow-breath");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(starts_after_a_yes),
		cmocka_unit_test(needs_a_sure_yes),
		cmocka_unit_test(forgets_a_question_that_nobody_answers),
		cmocka_unit_test(takes_wishes_for_the_next_session),
		cmocka_unit_test(tells_what_can_be_said),
		cmocka_unit_test(answers_what_is_asked),
		cmocka_unit_test(starts_the_usual_session_where_none_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
