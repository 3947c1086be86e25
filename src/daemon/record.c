/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

static usec_t usec_from_frames(frames_t frames)
{
	return frames * (1000000 / 8000) / (EASE_RATE / 8000);
}

static void name_event(struct journal_row *out, const char *event, const char *name)
{
	journal_text(out->event, sizeof(out->event), event);
	journal_text(out->name, sizeof(out->name), name);
}

static void begin(const struct note *note, const struct record_head *head, struct journal_row *out)
{
	out->kind = JOURNAL_BEGIN;
	out->begun = head->begun.now;
	out->utc_offset = head->begun.utc_offset;
	out->touch = head->touch;
	out->screened = head->screened;
	out->partner = head->partner;
	journal_text(out->name, sizeof(out->name), note->name);
	journal_text(out->text, sizeof(out->text), note->title);
}

static void speak(const struct note *note, struct journal_row *out)
{
	const bool over = note->kind == NOTE_SAID;
	name_event(out, over ? "said" : "say", note->name);
	out->lazy = true;
	out->value = (int32_t)note->utterance;
	if (over) {
		journal_text(out->why, sizeof(out->why), note->cut ? "cut" : NULL);
	} else {
		journal_text(out->text, sizeof(out->text), note->text);
	}
}

static void hear(const struct note *note, struct journal_row *out)
{
	name_event(out, "heard", intent_name(note->intent));
	journal_text(out->text, sizeof(out->text), note->text);
	journal_text(out->why, sizeof(out->why), note->sure ? NULL : "doubt");
	out->value = note->value >= 0 ? note->value : JOURNAL_NONE;
	out->confidence = note->confidence;
}

static void answer(const struct note *note, struct journal_row *out)
{
	name_event(out, "answer", note->name);
	journal_text(out->key, sizeof(out->key),
			note->store != STORE_NOTHING ? store_name(note->store) : NULL);
	journal_text(out->text, sizeof(out->text),
			note->text != NULL ? note->text : intent_name(note->intent));
	journal_text(out->why, sizeof(out->why), outcome_name(note->outcome));
	out->value = note->value >= 0 ? note->value : JOURNAL_NONE;
}

static void step(const struct note *note, struct journal_row *out)
{
	name_event(out, "step", note->name);
	journal_text(out->unit, sizeof(out->unit), note->unit);
	journal_text(out->side, sizeof(out->side), side_name(note->side));
	if (note->area != AREA_NONE) {
		journal_text(out->key, sizeof(out->key), area_name(note->area));
	}
	out->target = note->target;
}

void record_row(const struct note *note, const struct record_head *head, struct journal_row *out)
{
	*out = journal_row(JOURNAL_EVENT);
	out->at = usec_from_frames(note->at);
	switch (note->kind) {
	case NOTE_SESSION:
		begin(note, head, out);
		break;
	case NOTE_SAY:
	case NOTE_SAID:
		speak(note, out);
		break;
	case NOTE_TONE:
		name_event(out, "tone", tone_kind_name(note->tone));
		out->lazy = true;
		break;
	case NOTE_HEARD:
		hear(note, out);
		break;
	case NOTE_HUSHED:
		name_event(out, "hushed", NULL);
		break;
	case NOTE_PRESSURE:
		name_event(out, "pressure", NULL);
		out->value = note->before;
		out->target = note->target;
		journal_text(out->why, sizeof(out->why), why_name(note->why));
		break;
	case NOTE_STEP:
		step(note, out);
		break;
	case NOTE_REHEARSED:
		name_event(out, "rehearsed", note->text);
		break;
	case NOTE_ANSWER:
		answer(note, out);
		break;
	case NOTE_STOPPED:
		name_event(out, "stopped", note->name);
		out->value = note->value >= 0 ? note->value : JOURNAL_NONE;
		journal_text(out->why, sizeof(out->why), why_name(note->why));
		break;
	case NOTE_END:
		out->kind = JOURNAL_END;
		journal_text(out->why, sizeof(out->why), end_reason_name(note->reason));
		break;
	case NOTE_KIND_COUNT:
		break;
	}
}

static void record_value(frames_t at, const char *event, int32_t value, struct journal_row *out)
{
	*out = journal_row(JOURNAL_EVENT);
	out->at = usec_from_frames(at);
	out->value = value;
	name_event(out, event, NULL);
}

void record_rating(frames_t at, int32_t value, struct journal_row *out)
{
	record_value(at, "rating", value, out);
}

void record_wish(frames_t at, enum record_wish wish, int32_t value, struct journal_row *out)
{
	static const char *const names[] = {
		[RECORD_VOLUME] = "volume",
		[RECORD_LENGTH] = "length",
		[RECORD_WORDS] = "words",
	};

	record_value(at, names[wish], value, out);
}

void record_pain(frames_t at, bool pain, struct journal_row *out)
{
	record_value(at, "pain", pain, out);
}
