/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "eventlog.h"

#include "ease/json.h"
#include "ease/log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TIME_DECIMALS 6 /* finer than a frame, so that frames can be read back exactly */

struct eventlog {
	FILE *file;
	eventlog_fn *reader;
	void *arg;
	bool failed;
};

static const char *const names[] = {
	[NOTE_SESSION] = "session",
	[NOTE_SAY] = "say",
	[NOTE_SAID] = "said",
	[NOTE_TONE] = "tone",
	[NOTE_HEARD] = "heard",
	[NOTE_HUSHED] = "hushed",
	[NOTE_PRESSURE] = "pressure",
	[NOTE_STEP] = "step",
	[NOTE_REHEARSED] = "rehearsed",
	[NOTE_ANSWER] = NULL, /* the journal's alone */
	[NOTE_STOPPED] = NULL,
	[NOTE_END] = "end",
};

_Static_assert(sizeof(names) / sizeof(names[0]) == NOTE_KIND_COUNT, "one name per note");

static void add_time(struct json *json, const char *key, frames_t at)
{
	json_add_decimal(json, key, seconds_from_frames(at), TIME_DECIMALS);
}

static void add_heard(struct json *json, const struct note *note)
{
	json_add_text(json, "intent", intent_name(note->intent));
	if (note->intent == INTENT_RATING && note->value >= 0) {
		json_add_int(json, "value", note->value);
	} else {
		json_add_null(json, "value");
	}
	json_add_text(json, "text", note->text);
	json_add_decimal(json, "confidence", note->confidence, 3);
	add_time(json, "from", note->from);
	add_time(json, "to", note->to);
}

static void add_rehearsal(struct json *json, const struct note *note)
{
	const struct rehearsal *rehearsal = &note->rehearsal;
	json_add_text(json, "intent", intent_name(rehearsal->intent));
	json_add_text(json, "word", note->text);
	json_add_int(json, "tries", rehearsal->tries);
	json_add_bool(json, "heard", rehearsal->heard);
	json_add_bool(json, "clear", rehearsal->clear);
	if (rehearsal->heard && rehearsal->snr_db != 0) {
		json_add_decimal(json, "speech", note->speech_db, 1);
		json_add_decimal(json, "noise", note->noise_db, 1);
		json_add_int(json, "above", rehearsal->snr_db);
	}
}

static void add_step(struct json *json, const struct note *note)
{
	json_add_text(json, "name", note->name);
	json_add_text(json, "unit", note->unit);
	json_add_text(json, "side", side_name(note->side));
	json_add_int(json, "target", note->target);
}

static void add_members(struct json *json, const struct note *note)
{
	switch (note->kind) {
	case NOTE_SESSION:
		json_add_text(json, "name", note->name);
		json_add_text(json, "script", note->text);
		break;
	case NOTE_SAY:
		json_add_int(json, "id", note->utterance);
		json_add_text(json, "text", note->text);
		break;
	case NOTE_SAID:
		json_add_int(json, "id", note->utterance);
		if (note->cut) {
			json_add_bool(json, "cut", true);
		}
		break;
	case NOTE_TONE:
		json_add_text(json, "kind", tone_kind_name(note->tone));
		json_add_int(json, "frame", note->at);
		break;
	case NOTE_HEARD:
		add_heard(json, note);
		break;
	case NOTE_PRESSURE:
		json_add_int(json, "from", note->before);
		json_add_int(json, "to", note->target);
		json_add_text(json, "why", why_name(note->why));
		break;
	case NOTE_STEP:
		add_step(json, note);
		break;
	case NOTE_REHEARSED:
		add_rehearsal(json, note);
		break;
	case NOTE_END:
		json_add_text(json, "reason", end_reason_name(note->reason));
		break;
	case NOTE_HUSHED:
	case NOTE_ANSWER:
	case NOTE_STOPPED:
	case NOTE_KIND_COUNT:
		break;
	}
}

enum status eventlog_line(const struct note *note, char *out, size_t size)
{
	if (names[note->kind] == NULL || (note->kind == NOTE_HEARD && !note->sure)) {
		return STATUS_NO_DATA;
	}
	struct json *json = json_create();
	if (json == NULL) {
		return STATUS_NO_MEM;
	}
	add_time(json, "t", note->at);
	json_add_text(json, "event", names[note->kind]);
	add_members(json, note);
	const enum status status = json_print(json, out, size);
	json_destroy(json);
	return status;
}

enum status eventlog_open(const char *path, eventlog_fn *reader, void *arg, struct eventlog **out,
		struct diag *diag)
{
	struct eventlog *eventlog = calloc(1, sizeof(*eventlog));
	if (eventlog == NULL) {
		return STATUS_NO_MEM;
	}
	eventlog->reader = reader;
	eventlog->arg = arg;
	if (path != NULL) {
		eventlog->file = fopen(path, "we");
		if (eventlog->file == NULL) {
			diag_set(diag, path, 0, 0, "cannot be written: %s", strerror(errno));
			free(eventlog);
			return STATUS_BACKEND;
		}
		/* whoever follows the file sees whole lines, as they come */
		setvbuf(eventlog->file, NULL, _IOLBF, BUFSIZ);
	}
	*out = eventlog;
	return STATUS_OK;
}

static void failed(struct eventlog *eventlog, const char *why)
{
	if (!eventlog->failed) {
		log_error("eventlog", "an event is lost: %s", why);
	}
	eventlog->failed = true;
}

void eventlog_note(struct eventlog *eventlog, const struct note *note)
{
	char line[EVENTLOG_LINE_MAX];
	const enum status status = eventlog_line(note, line, sizeof(line));
	if (status == STATUS_NO_DATA) {
		return;
	}
	if (status != STATUS_OK) {
		failed(eventlog, status_string(status));
		return;
	}
	if (eventlog->file != NULL && fprintf(eventlog->file, "%s\n", line) < 0) {
		failed(eventlog, strerror(errno));
	}
	if (eventlog->reader != NULL) {
		eventlog->reader(eventlog->arg, line);
	}
}

enum status eventlog_close(struct eventlog *eventlog)
{
	if (eventlog == NULL) {
		return STATUS_OK;
	}
	if (eventlog->file != NULL && fclose(eventlog->file) != 0) {
		failed(eventlog, strerror(errno));
	}
	const enum status status = eventlog->failed ? STATUS_BACKEND : STATUS_OK;
	free(eventlog);
	return status;
}
