/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: daemon journal core base */
/* test_remember.c - from the rows of earlier sessions to the options of the next. */
#include "daemon/remember.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define BEGUN 1795366480 /* 2026-11-22T16:54:40Z */

struct fixture {
	struct app app;
	struct options options;
	struct settings settings;
	struct script script;
	char folder[32];
};

static int prepare(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	if (fixture == NULL) {
		return -1;
	}
	*state = fixture;
	snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/ease-remember-XXXXXX");
	if (mkdtemp(fixture->folder) == NULL) {
		return -1;
	}
	fixture->options.data = fixture->folder;
	fixture->settings = settings_defaults;
	fixture->app.options = &fixture->options;
	fixture->app.settings = &fixture->settings;
	fixture->app.script = &fixture->script;
	setenv("EASE_CALENDAR", "2026-11-23T18:00:00Z", 1);
	return 0;
}

static int clean(void **state)
{
	struct fixture *fixture = *state;
	char path[64];
	remember_close(&fixture->app);
	snprintf(path, sizeof(path), "%s/%s", fixture->folder, JOURNAL_FILE);
	unlink(path);
	rmdir(fixture->folder);
	free(fixture);
	return 0;
}

static void put(struct app *app, const struct journal_row *row)
{
	assert_int_equal(journal_put(app->journal, row), STATUS_OK);
}

static void put_answer(struct app *app, const char *key, const char *word, const char *outcome,
		int32_t value)
{
	struct journal_row row = journal_row(JOURNAL_EVENT);
	snprintf(row.event, sizeof(row.event), "answer");
	snprintf(row.key, sizeof(row.key), "%s", key);
	snprintf(row.text, sizeof(row.text), "%s", word);
	snprintf(row.why, sizeof(row.why), "%s", outcome);
	row.value = value;
	put(app, &row);
}

static void begin(struct app *app, const char *name, int64_t begun)
{
	struct journal_row row = journal_row(JOURNAL_BEGIN);
	snprintf(row.name, sizeof(row.name), "%s", name);
	row.begun = begun;
	row.touch = true;
	put(app, &row);
	row = journal_row(JOURNAL_EVENT);
	snprintf(row.event, sizeof(row.event), "step");
	snprintf(row.unit, sizeof(row.unit), "glide");
	row.target = 3;
	put(app, &row);
}

static void end(struct app *app, const char *reason)
{
	struct journal_row row = journal_row(JOURNAL_END);
	snprintf(row.why, sizeof(row.why), "%s", reason);
	row.at = 600000000;
	put(app, &row);
	journal_work(app->journal);
}

static struct memory look(struct app *app)
{
	struct memory memory;
	const struct journal_session *last = NULL;
	remember_look(app, &memory, &last);
	return memory;
}

static bool holds(const struct memory *memory, enum fact fact)
{
	return (memory->facts & fact_bit(fact)) != 0;
}

static void the_past_becomes_options(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = &fixture->app;
	struct diag diag = { .line = 0 };
	struct engine_options options = { .volume_db = 2 };
	assert_int_equal(remember_open(app, &diag), STATUS_OK);
	remember_begin(app, &options);
	assert_int_equal(options.facts, fact_bit(FACT_FIRST));
	assert_int_equal(options.level, 0);
	assert_int_equal(options.volume_db, 2);
	assert_int_equal(app->record.begun.now, BEGUN + 86400 + 3920);

	begin(app, "hands", BEGUN);
	put_answer(app, "before", "rating", "next", 4);
	put_answer(app, "helped", "yes", "next", JOURNAL_NONE);
	struct journal_row row = journal_row(JOURNAL_EVENT);
	snprintf(row.event, sizeof(row.event), "volume");
	row.value = -6;
	put(app, &row);
	end(app, "finished");
	remember_begin(app, &options);
	assert_int_equal(options.facts,
			fact_bit(FACT_AGAIN) | fact_bit(FACT_CLEAN) | fact_bit(FACT_WORSE_DUE));
	assert_int_equal(options.level, 3);
	assert_int_equal(options.volume_db, -6);
}

static void answers_become_replies(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = &fixture->app;
	assert_int_equal(remember_open(app, NULL), STATUS_OK);
	begin(app, "hands", BEGUN);
	put_answer(app, "", "yes", "light", JOURNAL_NONE);
	end(app, "finished");
	struct memory memory = look(app);
	assert_false(holds(&memory, FACT_CLEAN)); /* light is a flag */
	begin(app, "hands", BEGUN + 3600);
	end(app, "medical");
	memory = look(app);
	assert_true(holds(&memory, FACT_UNCHECKED));
	begin(app, "hands", BEGUN + 7200);
	put_answer(app, "checked", "none", "advise", JOURNAL_NONE); /* silence */
	end(app, "refused");
	memory = look(app);
	assert_true(holds(&memory, FACT_UNCHECKED));
	begin(app, "hands", BEGUN + 9000);
	put_answer(app, "checked", "yes", "next", JOURNAL_NONE);
	put_answer(app, "worse", "no", "next", JOURNAL_NONE);
	end(app, "finished");
	memory = look(app);
	assert_false(holds(&memory, FACT_UNCHECKED));
	begin(app, "hands", BEGUN + 12000);
	put_answer(app, "worse", "not_sure", "advise", JOURNAL_NONE);
	end(app, "refused");
	memory = look(app);
	assert_true(holds(&memory, FACT_UNCHECKED));
}

static void put_pain(struct app *app, int32_t value)
{
	struct journal_row row = journal_row(JOURNAL_EVENT);
	snprintf(row.event, sizeof(row.event), "pain");
	row.value = value;
	put(app, &row);
}

/* S159: by a power cut, kill -9, a second press of the button: no reason and no end is kept. */
static void pain_is_open_where_the_session_was_cut_off(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = &fixture->app;
	assert_int_equal(remember_open(app, NULL), STATUS_OK);
	begin(app, "hands", BEGUN);
	put_pain(app, 1);
	put_pain(app, 0); /* it had gone, and there was no more */
	begin(app, "hands", BEGUN + 3600);
	end(app, "finished");
	struct memory memory = look(app);
	assert_false(holds(&memory, FACT_UNCHECKED));
	assert_true(holds(&memory, FACT_CLEAN));
	begin(app, "hands", BEGUN + 7200);
	put_pain(app, 1);
	remember_close(app);
	assert_int_equal(remember_open(app, NULL), STATUS_OK);
	memory = look(app);
	assert_true(holds(&memory, FACT_UNCHECKED));
	assert_false(holds(&memory, FACT_CLEAN));
	/* the loudspeaker was lost in the midst of it */
	begin(app, "hands", BEGUN + 9000);
	put_answer(app, "checked", "yes", "next", JOURNAL_NONE);
	put_pain(app, 1);
	end(app, "fault");
	memory = look(app);
	assert_true(holds(&memory, FACT_UNCHECKED));
}

/* S204: asked about while no session ran. */
static void a_question_before_the_session_counts_in_one(void **state)
{
	static const struct voice_answer pregnant = {
		.topic = "pregnant", .say = "Then light.", .outcome = OUTCOME_LIGHT
	};
	static const char *phrases[PHRASE_COUNT];
	struct fixture *fixture = *state;
	struct app *app = &fixture->app;
	struct engine_options options = { .volume_db = 0 };
	assert_int_equal(remember_open(app, NULL), STATUS_OK);
	begin(app, "hands", BEGUN);
	end(app, "finished");
	remember_asked(app, &pregnant);
	remember_asked(app, &pregnant);
	assert_int_equal(app->asked_count, 1);
	remember_begin(app, &options);
	assert_int_equal(options.facts & fact_bit(FACT_CLEAN), 0);
	assert_true(options.light);
	engine_init(&app->translate.engine, &fixture->script, phrases, &options);
	begin(app, "hands", BEGUN + 3600);
	remember_told(app);
	assert_int_equal(app->asked_count, 0);
	end(app, "finished");
	const struct journal_past *past = journal_look(app->journal);
	assert_int_equal(past->sessions[1].answer_count, 1);
	assert_string_equal(past->sessions[1].answers[0].name, "pregnant");
	assert_string_equal(past->sessions[1].answers[0].outcome, "light");
	struct memory memory = look(app);
	assert_false(holds(&memory, FACT_CLEAN));
	/* who comes then is somebody else, or is asked */
	begin(app, "hands", BEGUN + 7200);
	remember_told(app);
	end(app, "finished");
	memory = look(app);
	assert_true(holds(&memory, FACT_CLEAN));
}

static void restart(struct app *app)
{
	remember_close(app);
	app->asked_count = 0;
	assert_int_equal(remember_open(app, NULL), STATUS_OK);
}

/* The same where the daemon was started anew before the next session; that one keeps it then. */
static void a_question_before_a_restart_counts(void **state)
{
	static const struct voice_answer answers[] = {
		{ "oil", "Almond oil.", OUTCOME_NEXT, 0 },
		{ "thinners", "Then light.", OUTCOME_LIGHT, 0 },
		{ "pregnant", "Then light.", OUTCOME_LIGHT,
				UINT32_C(1) << FACT_PREGNANT | UINT32_C(1) << FACT_SIDE_LYING },
		{ "lying", "On your side.", OUTCOME_SIDE_LYING, 0 },
	};
	static const struct voice voice = { .answers = answers,
		.vocabulary = { .topic_count = 4 } };
	static const char *phrases[PHRASE_COUNT];
	struct fixture *fixture = *state;
	struct app *app = &fixture->app;
	struct engine_options options = { .volume_db = 0 };
	app->voice = &voice;
	assert_int_equal(remember_open(app, NULL), STATUS_OK);
	begin(app, "hands", BEGUN);
	end(app, "finished");
	/* nothing; one, after a restart; all, after another; and none of them twice */
	static const size_t told[] = { 0, 2, 4, 4 };
	static const size_t counts[] = { 0, 1, 3, 3 };
	for (size_t i = 0; i < 4; i++) {
		for (size_t k = 0; k < told[i]; k++) {
			remember_asked(app, &answers[k]);
		}
		restart(app);
		assert_int_equal(app->asked_count, counts[i]);
	}
	struct memory memory = look(app);
	assert_false(holds(&memory, FACT_CLEAN));
	assert_false(holds(&memory, FACT_SIDE_BEFORE)); /* nobody lay there */
	remember_begin(app, &options);
	assert_true(options.light);
	assert_true((options.facts & fact_bit(FACT_PREGNANT)) != 0);
	assert_true((options.facts & fact_bit(FACT_SIDE_LYING)) != 0);
	assert_int_equal(options.facts & fact_bit(FACT_CLEAN), 0);
	engine_init(&app->translate.engine, &fixture->script, phrases, &options);
	begin(app, "hands", BEGUN + 3600);
	remember_told(app);
	end(app, "finished");
	assert_int_equal(journal_look(app->journal)->sessions[1].answer_count, 3);
	restart(app);
	assert_int_equal(app->asked_count, 0);
}

/* S38: what one person answered is nothing that another is spared. */
static void who_is_worked_on_by_another_is_asked_in_full(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = &fixture->app;
	struct engine_options options = { .volume_db = 0 };
	assert_int_equal(remember_open(app, NULL), STATUS_OK);
	begin(app, "hands", BEGUN);
	end(app, "finished");
	remember_begin(app, &options);
	assert_true((options.facts & fact_bit(FACT_CLEAN)) != 0);
	fixture->script.who = WHO_PARTNER;
	remember_begin(app, &options);
	assert_int_equal(options.facts & fact_bit(FACT_CLEAN), 0);
	assert_true(app->record.partner);
	/* nor is who was worked on spared because of the one after */
	struct journal_row row = journal_row(JOURNAL_BEGIN);
	snprintf(row.name, sizeof(row.name), "for-two");
	row.begun = BEGUN + 3600;
	row.touch = true;
	row.partner = true;
	put(app, &row);
	row = journal_row(JOURNAL_EVENT);
	snprintf(row.event, sizeof(row.event), "step");
	snprintf(row.unit, sizeof(row.unit), "glide");
	row.target = 3;
	put(app, &row);
	end(app, "finished");
	fixture->script.who = WHO_SELF;
	remember_begin(app, &options);
	assert_int_equal(options.facts & fact_bit(FACT_CLEAN), 0);
	assert_false(app->record.partner);
}

/* S175: as it was named, wished and lain; what is said between sessions goes before it. */
static void what_was_named_becomes_options(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = &fixture->app;
	const struct voice_answer lying = {
		.topic = "lying", .say = "On your side.", .outcome = OUTCOME_SIDE_LYING
	};
	struct engine_options options = { .volume_db = 0 };
	assert_int_equal(remember_open(app, NULL), STATUS_OK);
	begin(app, "hands", BEGUN);
	put_answer(app, "helped", "yes", "next", JOURNAL_NONE);
	put_answer(app, "work", "circles", "next", JOURNAL_NONE);
	put_answer(app, "area", "hip", "next", JOURNAL_NONE);
	put_answer(app, "", "no", "side-lying", JOURNAL_NONE);
	put_answer(app, "almond", "yes", "next", JOURNAL_NONE);
	struct journal_row row = journal_row(JOURNAL_EVENT);
	snprintf(row.event, sizeof(row.event), "length");
	row.value = 10;
	put(app, &row);
	snprintf(row.event, sizeof(row.event), "words");
	row.value = VERBOSITY_TONES;
	put(app, &row);
	end(app, "finished");
	remember_begin(app, &options);
	assert_int_equal(options.work, WORK_CIRCLES);
	assert_int_equal(options.area, AREA_HIP);
	assert_int_equal(options.minutes, 10);
	assert_int_equal(options.verbosity, VERBOSITY_TONES);
	assert_true((options.facts & fact_bit(FACT_SIDE_BEFORE)) != 0);
	assert_true((options.facts & fact_bit(FACT_NO_ALMOND)) != 0);
	assert_false((options.facts & fact_bit(FACT_SIDE_LYING)) != 0);
	app->minutes = 5;
	app->worded = true;
	app->verbosity = VERBOSITY_SHORT;
	remember_asked(app, &lying);
	remember_begin(app, &options);
	assert_int_equal(options.minutes, 5);
	assert_int_equal(options.verbosity, VERBOSITY_SHORT);
	assert_true((options.facts & fact_bit(FACT_SIDE_LYING)) != 0);
	assert_int_equal(app->minutes, 0); /* once */
}

static void a_start_without_a_name(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = &fixture->app;
	assert_string_equal(remember_session(app), settings_defaults.session);
	assert_int_equal(remember_open(app, NULL), STATUS_OK);
	assert_string_equal(remember_session(app), settings_defaults.session);
	begin(app, "gun", BEGUN);
	end(app, "finished");
	begin(app, "roller", BEGUN + 3600);
	put_answer(app, "helped", "no", "next", JOURNAL_NONE);
	end(app, "finished");
	/* the last that worked, and what was written into the settings before it */
	assert_string_equal(remember_session(app), "gun");
	fixture->settings.session = "mine";
	assert_string_equal(remember_session(app), "mine");
}

static void without_a_journal_there_is_no_past(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = &fixture->app;
	struct engine_options options = { .volume_db = 1 };
	const struct note note = { .kind = NOTE_SESSION };
	fixture->options.data = NULL;
	fixture->options.out = "out.wav";
	assert_int_equal(remember_open(app, NULL), STATUS_OK);
	assert_null(app->journal);
	assert_int_equal(remember_start(app), STATUS_OK);
	remember_begin(app, &options);
	remember_note(app, &note);
	assert_int_equal(options.facts, 0);
	assert_int_equal(options.volume_db, 1);
}

static void a_disk_that_refuses_is_no_reason_not_to_begin(void **state)
{
	struct fixture *fixture = *state;
	struct diag diag = { .line = 0 };
	char path[64];
	snprintf(path, sizeof(path), "%s/%s", fixture->folder, JOURNAL_FILE);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(remember_open(&fixture->app, &diag), STATUS_OK);
	assert_null(fixture->app.journal);
	assert_string_equal(diag.message, "");
	rmdir(path);
}

static void a_false_date_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct diag diag = { .line = 0 };
	setenv("EASE_CALENDAR", "soon", 1);
	assert_int_equal(remember_open(&fixture->app, &diag), STATUS_BAD_DATA);
	assert_non_null(strstr(diag.message, "soon"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_past_becomes_options, prepare, clean),
		cmocka_unit_test_setup_teardown(answers_become_replies, prepare, clean),
		cmocka_unit_test_setup_teardown(
				pain_is_open_where_the_session_was_cut_off, prepare, clean),
		cmocka_unit_test_setup_teardown(
				a_question_before_the_session_counts_in_one, prepare, clean),
		cmocka_unit_test_setup_teardown(a_question_before_a_restart_counts, prepare, clean),
		cmocka_unit_test_setup_teardown(
				who_is_worked_on_by_another_is_asked_in_full, prepare, clean),
		cmocka_unit_test_setup_teardown(what_was_named_becomes_options, prepare, clean),
		cmocka_unit_test_setup_teardown(a_start_without_a_name, prepare, clean),
		cmocka_unit_test_setup_teardown(without_a_journal_there_is_no_past, prepare, clean),
		cmocka_unit_test_setup_teardown(
				a_disk_that_refuses_is_no_reason_not_to_begin, prepare, clean),
		cmocka_unit_test_setup_teardown(a_false_date_is_refused, prepare, clean),
	};
	return cmocka_run_group_tests_name("remember", tests, NULL, NULL);
}
