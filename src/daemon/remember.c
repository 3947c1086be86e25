/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "remember.h"

#include "ease/log.h"
#include "ease/place.h"

#include <string.h>

#define BETWEEN "between" /* as what an answer is kept that was given to no session's question */

/* The journal's words to core's values. */

static enum end_reason reason_of(const char *word)
{
	int reason = 0;
	while (reason < END_REASON_COUNT &&
			strcmp(end_reason_name((enum end_reason)reason), word) != 0) {
		reason++;
	}
	return (enum end_reason)reason;
}

static enum store store_of(const char *word)
{
	int store = STORE_NOTHING + 1;
	while (store < STORE_COUNT && strcmp(store_name((enum store)store), word) != 0) {
		store++;
	}
	return store < STORE_COUNT ? (enum store)store : STORE_NOTHING;
}

static enum reply reply_of(const char *word)
{
	if (strcmp(word, intent_name(INTENT_YES)) == 0) {
		return REPLY_YES;
	}
	if (strcmp(word, intent_name(INTENT_NO)) == 0) {
		return REPLY_NO;
	}
	return strcmp(word, intent_name(INTENT_NOT_SURE)) == 0 ? REPLY_NOT_SURE : REPLY_NONE;
}

static bool is_flag(const char *word)
{
	static const enum outcome flags[] = { OUTCOME_LIGHT, OUTCOME_AVOID, OUTCOME_CLEARANCE,
		OUTCOME_REFUSE, OUTCOME_ADVISE, OUTCOME_URGENT };
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if (strcmp(outcome_name(flags[i]), word) == 0) {
			return true;
		}
	}
	return false;
}

static int32_t known(int32_t value)
{
	return value != JOURNAL_NONE ? value : -1;
}

static enum work_kind work_called(const char *word)
{
	int work = WORK_COUNT - 1;
	while (work > WORK_NONE && strcmp(work_name((enum work_kind)work), word) != 0) {
		work--;
	}
	return (enum work_kind)work;
}

static enum area area_called(const char *word)
{
	int area = AREA_COUNT - 1;
	while (area > AREA_NONE && strcmp(area_name((enum area)area), word) != 0) {
		area--;
	}
	return (enum area)area;
}

static void take_answer(const struct journal_answer *answer, struct memory_session *out)
{
	const enum store store = store_of(answer->key);
	out->flagged = out->flagged || is_flag(answer->outcome);
	out->side_lying = out->side_lying ||
			  (strcmp(answer->outcome, outcome_name(OUTCOME_SIDE_LYING)) == 0 &&
					  strcmp(answer->key, BETWEEN) != 0);
	if (store == STORE_WORK) {
		out->work = work_called(answer->word);
	} else if (store == STORE_AREA) {
		out->area = area_called(answer->word);
	}
	if (store != STORE_NOTHING && reply_of(answer->word) != REPLY_NONE) {
		out->replies[store] = reply_of(answer->word);
	}
	if (answer->value == JOURNAL_NONE) {
		return;
	}
	if (store == STORE_BEFORE) {
		out->before = answer->value;
	} else if (store == STORE_AFTER) {
		out->after = answer->value;
	} else if (store == STORE_CEILING) {
		out->ceiling = answer->value;
	}
}

static void take_session(const struct journal_session *session, struct memory_session *out)
{
	*out = (struct memory_session){
		.begun = session->begun,
		.utc_offset = session->utc_offset,
		.seconds = (int32_t)(session->length / 1000000),
		.touched = session->unit_count > 0,
		.screened = session->screened,
		.partner = session->partner,
		/* one that was cut off while it hurt is a medical stop, too (S159) */
		.reason = session->pain ? END_MEDICAL : reason_of(session->reason),
		.level = known(session->level),
		.rating = known(session->rating),
		.before = -1,
		.after = -1,
		.ceiling = -1,
		.wished = session->volume_db != JOURNAL_NONE,
		.volume_db = session->volume_db != JOURNAL_NONE ? session->volume_db : 0,
		.minutes = known(session->minutes),
		.verbosity = known(session->verbosity),
	};
	for (size_t i = 0; i < session->answer_count; i++) {
		take_answer(&session->answers[i], out);
	}
}

/* What was asked about between sessions. */

/* False: it means nothing for the next session, or is known. */
static bool take_topic(struct app *app, const struct voice_answer *topic)
{
	if (topic->outcome == OUTCOME_NEXT || app->asked_count == APP_ASKED_MAX) {
		return false;
	}
	for (size_t i = 0; i < app->asked_count; i++) {
		if (app->asked[i] == topic) {
			return false;
		}
	}
	app->asked[app->asked_count++] = topic;
	return true;
}

/* What was asked about since the last session, before a restart. */
static void take_asked(struct app *app)
{
	const struct journal_past *past = journal_look(app->journal);
	if (past->count == 0 || app->voice == NULL || app->voice->answers == NULL) {
		return;
	}
	const struct journal_session *last = &past->sessions[past->count - 1];
	for (size_t i = 0; i < last->answer_count; i++) {
		for (size_t k = 0; k < app->voice->vocabulary.topic_count; k++) {
			const struct voice_answer *topic = &app->voice->answers[k];
			if (strcmp(last->answers[i].key, BETWEEN) == 0 &&
					strcmp(last->answers[i].name, topic->topic) == 0) {
				(void)take_topic(app, topic);
			}
		}
	}
}

/* Opening and closing. */

static void do_without(const struct diag *diag, enum status status)
{
	char reason[sizeof(diag->path) + sizeof(diag->message) + 32];
	diag_string(diag, reason, sizeof(reason));
	log_warning("journal", "%s; the session goes on and will not be remembered",
			reason[0] != '\0' ? reason : status_string(status));
}

enum status remember_open(struct app *app, struct diag *diag)
{
	char folder[APP_PATH_MAX];
	struct calendar calendar;
	enum status status = calendar_now(&calendar, diag);
	if (status != STATUS_OK || (app->options->out != NULL && app->options->data == NULL)) {
		return status;
	}
	status = place_data(app->options->data, folder, sizeof(folder));
	if (status == STATUS_OK) {
		status = journal_open(folder, &app->journal, diag);
	}
	if (status == STATUS_OK) {
		take_asked(app);
	}
	if (status == STATUS_OK || status == STATUS_BAD_DATA) {
		return status;
	}
	do_without(diag, status);
	*diag = (struct diag){ .line = 0 };
	return STATUS_OK;
}

enum status remember_start(struct app *app)
{
	if (app->journal == NULL) {
		return STATUS_OK;
	}
	return worker_create(journal_work, app->journal, "journal", &app->journal_worker);
}

void remember_close(struct app *app)
{
	worker_destroy(app->journal_worker);
	journal_close(app->journal);
}

/* The past. */

void remember_look(struct app *app, struct memory *out, const struct journal_session **last)
{
	struct memory_session past[JOURNAL_PAST_MAX];
	const struct journal_past *sessions = journal_look(app->journal);
	struct calendar calendar;
	const enum status status = calendar_now(&calendar, NULL);
	(void)status; /* checked when the daemon began, and then it is the real one */
	for (size_t i = 0; i < sessions->count; i++) {
		take_session(&sessions->sessions[i], &past[i]);
	}
	memory_judge(past, sessions->count, calendar.now, calendar.utc_offset, out);
	*last = out->best < sessions->count ? &sessions->sessions[out->best] : NULL;
}

static void tell_facts(const struct memory *memory)
{
	for (int fact = 0; fact < FACT_COUNT; fact++) {
		if ((memory->facts & fact_bit((enum fact)fact)) != 0) {
			log_info("memory", "%s", fact_name((enum fact)fact));
		}
	}
}

/* S175 */
static void take_memory(
		struct app *app, const struct memory *memory, struct engine_options *options)
{
	options->facts = memory->facts;
	if (app->record.partner) {
		/* who is worked on may be anybody (S38) */
		options->facts &= ~fact_bit(FACT_CLEAN);
	}
	options->level = memory->level;
	options->work = memory->work;
	options->area = memory->area;
	if (memory->wished) {
		options->volume_db = memory->volume_db;
		app->recorded_db = memory->volume_db;
	}
	if (memory->minutes > 0 && options->minutes == 0) {
		options->minutes = memory->minutes;
		app->recorded_minutes = memory->minutes;
	}
	if (memory->verbosity >= 0 && memory->verbosity < VERBOSITY_COUNT) {
		options->verbosity = (enum verbosity)memory->verbosity;
		app->recorded_words = options->verbosity;
	}
}

/* What was said between sessions; the session's first rows keep it. */
static void take_wishes(struct app *app, struct engine_options *options)
{
	options->minutes = app->minutes > 0 ? app->minutes : options->minutes;
	options->verbosity = app->worded ? app->verbosity : options->verbosity;
	for (size_t i = 0; i < app->asked_count; i++) {
		options->facts |= app->asked[i]->facts;
		if (app->asked[i]->outcome == OUTCOME_SIDE_LYING) {
			options->facts |= fact_bit(FACT_SIDE_LYING);
			continue;
		}
		options->light = true;
		options->facts &= ~fact_bit(FACT_CLEAN); /* it is asked about in full (S204) */
	}
	app->minutes = 0;
	app->worded = false;
}

void remember_begin(struct app *app, struct engine_options *options)
{
	struct memory memory;
	const struct journal_session *last = NULL;
	const enum status status = calendar_now(&app->record.begun, NULL);
	(void)status; /* as above */
	app->record.touch = app->script->kind == SESSION_TOUCH;
	app->record.screened = options->screened;
	app->record.partner = app->script->who == WHO_PARTNER;
	app->recorded_db = options->volume_db;
	app->recorded_pain = false;
	app->recorded_minutes = options->minutes;
	app->recorded_words = options->verbosity;
	if (app->journal != NULL) {
		remember_look(app, &memory, &last);
		tell_facts(&memory);
		take_memory(app, &memory, options);
	}
	take_wishes(app, options);
}

const char *remember_session(struct app *app)
{
	struct memory memory;
	const struct journal_session *last = NULL;
	const char *wanted = app->settings->session;
	/* another text than the default's own was chosen by somebody */
	if (wanted != settings_defaults.session || app->journal == NULL) {
		return wanted;
	}
	remember_look(app, &memory, &last);
	return last != NULL ? last->name : wanted;
}

/* The present. */

static void put(struct app *app, const struct journal_row *row)
{
	/* what is lost is counted and logged there */
	const enum status status = journal_put(app->journal, row);
	if (status == STATUS_OK && !row->lazy) {
		worker_wake(app->journal_worker);
	}
}

static bool is_rating(const struct app *app, const struct note *note)
{
	const struct step *step = translate_step(&app->translate);
	return note->kind == NOTE_HEARD && note->sure && note->intent == INTENT_RATING &&
	       note->value >= 0 && step != NULL && step->unit != NULL &&
	       step->unit->pressure.max > 0;
}

/* What changed since the last row without one of its own. */
static void note_changes(struct app *app, frames_t at)
{
	struct journal_row row;
	struct engine_view view;
	translate_look(&app->translate, &view);
	if (view.pain != app->recorded_pain) {
		app->recorded_pain = view.pain;
		record_pain(at, view.pain, &row);
		put(app, &row);
	}
	if (view.wished && view.volume_db != app->recorded_db) {
		app->recorded_db = view.volume_db;
		record_wish(at, RECORD_VOLUME, view.volume_db, &row);
		put(app, &row);
	}
	if (view.minutes != app->recorded_minutes) {
		app->recorded_minutes = view.minutes;
		record_wish(at, RECORD_LENGTH, view.minutes, &row);
		put(app, &row);
	}
	if (view.verbosity != app->recorded_words) {
		app->recorded_words = view.verbosity;
		record_wish(at, RECORD_WORDS, (int32_t)view.verbosity, &row);
		put(app, &row);
	}
}

void remember_note(struct app *app, const struct note *note)
{
	struct journal_row row;
	if (app->journal == NULL) {
		return;
	}
	record_row(note, &app->record, &row);
	put(app, &row);
	if (is_rating(app, note)) {
		record_rating(note->at, note->value, &row);
		put(app, &row);
	}
	if (note->kind == NOTE_SESSION || note->kind == NOTE_END) {
		return;
	}
	note_changes(app, note->at);
}

static void keep_topic(struct app *app, const struct voice_answer *topic, bool between)
{
	const struct note asked = {
		.kind = NOTE_ANSWER,
		.name = topic->topic,
		.intent = INTENT_ASK,
		.value = -1,
		.outcome = (enum outcome)topic->outcome,
	};
	struct journal_row row;
	if (!between) {
		remember_note(app, &asked);
	} else if (app->journal != NULL) {
		record_row(&asked, &app->record, &row);
		journal_text(row.key, sizeof(row.key), BETWEEN);
		put(app, &row);
	}
}

void remember_asked(struct app *app, const struct voice_answer *answer)
{
	if (take_topic(app, answer)) {
		keep_topic(app, answer, true);
	}
}

void remember_told(struct app *app)
{
	for (size_t i = 0; i < app->asked_count; i++) {
		keep_topic(app, app->asked[i], false);
	}
	app->asked_count = 0;
}
