/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recall.c - what comes out of the database: the past as later sessions see it, and every row. */
#include "store.h"

#include <stdio.h>
#include <string.h>

/* One row of either table as a journal_row; the columns stand in this order. */
#define EVENT_COLUMNS                                                                      \
	"at, event, name, unit, side, why, key, text, value, target, confidence, number, " \
	"session"
#define SESSION_COLUMNS                                                               \
	"id, begun, utc_offset, name, title, touch, screened, length, reason, lost, " \
	"partner"

/* Of a session that later ones must know of: one without touch only where an answer led elsewhere
 * than on, where it hurt, or where somebody wished how it should be. */
#define WEIGHTY                                                                                 \
	" WHERE touch = 1 OR EXISTS (SELECT 1 FROM event WHERE event.session = session.id AND"  \
	" (event.event IN ('pain', 'volume', 'length', 'words') OR (event.event = 'answer' AND" \
	" event.why NOT IN ('next', 'again', 'go', 'louder'))))"

struct journal_row journal_row(enum journal_row_kind kind)
{
	return (struct journal_row){
		.kind = kind,
		.value = JOURNAL_NONE,
		.target = JOURNAL_NONE,
		.confidence = -1.0,
	};
}

void journal_text(char *out, size_t size, const char *text)
{
	const size_t length = text != NULL ? strnlen(text, size - 1) : 0;
	memcpy(out, text != NULL ? text : "", length);
	out[length] = '\0';
}

static int32_t get_optional(struct sql_query *query, int at)
{
	return sql_is_null(query, at) ? JOURNAL_NONE : (int32_t)sql_get_number(query, at);
}

static void get_event(struct sql_query *query, struct journal_row *out)
{
	*out = journal_row(JOURNAL_EVENT);
	out->at = sql_get_number(query, 0);
	sql_get_text(query, 1, out->event, sizeof(out->event));
	sql_get_text(query, 2, out->name, sizeof(out->name));
	sql_get_text(query, 3, out->unit, sizeof(out->unit));
	sql_get_text(query, 4, out->side, sizeof(out->side));
	sql_get_text(query, 5, out->why, sizeof(out->why));
	sql_get_text(query, 6, out->key, sizeof(out->key));
	sql_get_text(query, 7, out->text, sizeof(out->text));
	out->value = get_optional(query, 8);
	out->target = get_optional(query, 9);
	out->confidence = sql_is_null(query, 10) ? -1.0 : sql_get_real(query, 10);
}

static void get_session(struct sql_query *query, struct journal_session *out)
{
	*out = (struct journal_session){
		.id = sql_get_number(query, 0),
		.begun = sql_get_number(query, 1),
		.utc_offset = (int32_t)sql_get_number(query, 2),
		.touch = sql_get_number(query, 5) != 0,
		.screened = sql_get_number(query, 6) != 0,
		.length = sql_get_number(query, 7),
		.level = JOURNAL_NONE,
		.rating = JOURNAL_NONE,
		.volume_db = JOURNAL_NONE,
		.minutes = JOURNAL_NONE,
		.verbosity = JOURNAL_NONE,
		.lost = (int32_t)sql_get_number(query, 9),
		.partner = sql_get_number(query, 10) != 0,
	};
	sql_get_text(query, 3, out->name, sizeof(out->name));
	sql_get_text(query, 4, out->title, sizeof(out->title));
	sql_get_text(query, 8, out->reason, sizeof(out->reason));
}

/* The past. */

static struct journal_unit *present_unit(struct journal_session *session)
{
	return session->unit_count > 0 ? &session->units[session->unit_count - 1] : NULL;
}

static void took_step(struct journal_session *session, const struct journal_row *row)
{
	if (row->unit[0] == '\0' || row->target == JOURNAL_NONE || row->target <= 0 ||
			session->unit_count == JOURNAL_UNITS_MAX) {
		return;
	}
	struct journal_unit *unit = &session->units[session->unit_count++];
	journal_text(unit->name, sizeof(unit->name), row->unit);
	journal_text(unit->side, sizeof(unit->side), row->side);
	journal_text(unit->area, sizeof(unit->area), row->key);
	unit->target = row->target;
	unit->rating = JOURNAL_NONE;
	session->level = row->target;
}

static void took_pressure(struct journal_session *session, const struct journal_row *row)
{
	struct journal_unit *unit = present_unit(session);
	session->level = row->target;
	if (unit != NULL) {
		unit->target = row->target;
	}
}

static void took_rating(struct journal_session *session, const struct journal_row *row)
{
	struct journal_unit *unit = present_unit(session);
	session->rating = row->value;
	if (unit != NULL) {
		unit->rating = row->value;
	}
}

static void took_answer(struct journal_session *session, const struct journal_row *row)
{
	if (session->answer_count == JOURNAL_ANSWERS_MAX) {
		return;
	}
	struct journal_answer *answer = &session->answers[session->answer_count++];
	journal_text(answer->key, sizeof(answer->key), row->key);
	journal_text(answer->name, sizeof(answer->name), row->name);
	journal_text(answer->word, sizeof(answer->word), row->text);
	journal_text(answer->outcome, sizeof(answer->outcome), row->why);
	answer->value = row->value;
}

static void took(struct journal_session *session, const struct journal_row *row)
{
	if (row->at > session->length) {
		session->length = row->at;
	}
	if (strcmp(row->event, "step") == 0) {
		took_step(session, row);
	} else if (strcmp(row->event, "pressure") == 0) {
		took_pressure(session, row);
	} else if (strcmp(row->event, "rating") == 0) {
		took_rating(session, row);
	} else if (strcmp(row->event, "answer") == 0) {
		took_answer(session, row);
	} else if (strcmp(row->event, "volume") == 0) {
		session->volume_db = row->value;
	} else if (strcmp(row->event, "pain") == 0) {
		session->pain = row->value > 0;
	} else if (strcmp(row->event, "length") == 0) {
		session->minutes = row->value;
	} else if (strcmp(row->event, "words") == 0) {
		session->verbosity = row->value;
	} else if (strcmp(row->event, "stopped") == 0) {
		journal_text(session->stopped, sizeof(session->stopped), row->why);
		journal_text(session->stopped_in, sizeof(session->stopped_in), row->name);
	}
}

static enum status read_events(struct sql_query *query, struct journal_session *session)
{
	struct journal_row event;
	bool row = false;
	sql_bind_number(query, 1, session->id);
	enum status status = sql_step(query, &row);
	while (status == STATUS_OK && row) {
		get_event(query, &event);
		took(session, &event);
		status = sql_step(query, &row);
	}
	sql_reset(query);
	return status;
}

static enum status read_sessions(struct store *store, bool all, struct journal_past *out)
{
	char text[768];
	struct sql_query *query = NULL;
	bool row = false;
	snprintf(text, sizeof(text),
			"SELECT * FROM (SELECT " SESSION_COLUMNS
			" FROM session%s ORDER BY id DESC LIMIT %d)"
			" ORDER BY id",
			all ? "" : WEIGHTY, JOURNAL_PAST_MAX);
	enum status status = sql_prepare(store->sql, text, &query);
	if (status == STATUS_OK) {
		status = sql_step(query, &row);
	}
	while (status == STATUS_OK && row && out->count < JOURNAL_PAST_MAX) {
		get_session(query, &out->sessions[out->count++]);
		status = sql_step(query, &row);
	}
	sql_finish(query);
	return status;
}

enum status store_past(struct store *store, bool all, struct journal_past *out)
{
	struct sql_query *query = NULL;
	out->count = 0;
	enum status status = sql_number(store->sql, "SELECT count(*) FROM session", &out->total);
	if (status == STATUS_OK) {
		status = read_sessions(store, all, out);
	}
	if (status == STATUS_OK) {
		status = sql_prepare(store->sql,
				"SELECT " EVENT_COLUMNS
				" FROM event WHERE session = ? ORDER BY number",
				&query);
	}
	for (size_t i = 0; status == STATUS_OK && i < out->count; i++) {
		status = read_events(query, &out->sessions[i]);
	}
	sql_finish(query);
	return status;
}

/* Everything. */

static struct journal_row row_of(const struct journal_session *session)
{
	struct journal_row row = journal_row(JOURNAL_BEGIN);
	row.touch = session->touch;
	row.screened = session->screened;
	row.partner = session->partner;
	row.begun = session->begun;
	row.utc_offset = session->utc_offset;
	journal_text(row.name, sizeof(row.name), session->name);
	journal_text(row.text, sizeof(row.text), session->title);
	return row;
}

struct giving {
	journal_fn *take;
	void *arg;
	bool wanted;
};

static void give(struct giving *giving, int64_t number, const struct journal_row *row)
{
	if (giving->wanted) {
		giving->wanted = giving->take(giving->arg, number, row);
	}
}

static enum status give_events(struct giving *giving, struct sql_query *events,
		const struct journal_session *session)
{
	struct journal_row event;
	bool row = false;
	sql_bind_number(events, 1, session->id);
	enum status status = sql_step(events, &row);
	while (status == STATUS_OK && row && giving->wanted) {
		get_event(events, &event);
		give(giving, session->id, &event);
		status = sql_step(events, &row);
	}
	sql_reset(events);
	return status;
}

static enum status give_session(struct giving *giving, struct sql_query *events,
		const struct journal_session *session)
{
	const struct journal_row begin = row_of(session);
	give(giving, session->id, &begin);
	const enum status status = give_events(giving, events, session);
	if (status == STATUS_OK && session->reason[0] != '\0') {
		struct journal_row end = journal_row(JOURNAL_END);
		end.at = session->length;
		journal_text(end.why, sizeof(end.why), session->reason);
		give(giving, session->id, &end);
	}
	return status;
}

static enum status give_all(
		struct giving *giving, struct sql_query *sessions, struct sql_query *events)
{
	struct journal_session session;
	bool row = false;
	enum status status = sql_step(sessions, &row);
	while (status == STATUS_OK && row && giving->wanted) {
		get_session(sessions, &session);
		status = give_session(giving, events, &session);
		if (status == STATUS_OK) {
			status = sql_step(sessions, &row);
		}
	}
	return status;
}

enum status store_export(struct store *store, journal_fn *take, void *arg)
{
	struct giving giving = { .take = take, .arg = arg, .wanted = true };
	struct sql_query *sessions = NULL;
	struct sql_query *events = NULL;
	enum status status = sql_prepare(store->sql,
			"SELECT " SESSION_COLUMNS " FROM session ORDER BY id", &sessions);
	if (status == STATUS_OK) {
		status = sql_prepare(store->sql,
				"SELECT " EVENT_COLUMNS
				" FROM event WHERE session = ? ORDER BY number",
				&events);
	}
	if (status == STATUS_OK) {
		status = give_all(&giving, sessions, events);
	}
	sql_finish(events);
	sql_finish(sessions);
	return status;
}
