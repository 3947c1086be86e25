/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transcript.h"

#include <string.h>

#define TEXT_COLUMN 15 /* where what was said begins */
#define TEXT_WIDTH 65  /* and how much of it stands on one line */
#define BAR_WIDTH 20

void transcript_init(struct transcript *transcript, FILE *to, bool terminal)
{
	*transcript = (struct transcript){ .to = to, .terminal = terminal };
}

static void clear_progress(struct transcript *transcript)
{
	if (transcript->shown) {
		fputs("\r\033[K", transcript->to);
		transcript->shown = false;
	}
}

/* "  4:07  Coach  ": TEXT_COLUMN wide. */
static void head(struct transcript *transcript, frames_t at, const char *who)
{
	const int64_t seconds = at / EASE_RATE;
	clear_progress(transcript);
	fprintf(transcript->to, "%3lld:%02lld  %-5s  ", (long long)(seconds / 60),
			(long long)(seconds % 60), who);
}

/* How many bytes of text go on this line: up to the last space that fits. */
static size_t line_length(const char *text)
{
	const size_t length = strlen(text);
	if (length <= TEXT_WIDTH) {
		return length;
	}
	for (size_t i = TEXT_WIDTH; i > 0; i--) {
		if (text[i] == ' ') {
			return i;
		}
	}
	const char *space = strchr(text, ' ');
	return space != NULL ? (size_t)(space - text) : length;
}

static void said(struct transcript *transcript, const char *text)
{
	size_t length = line_length(text);
	fprintf(transcript->to, "%.*s\n", (int)length, text);
	text += length;
	while (*text == ' ') {
		text++;
		length = line_length(text);
		fprintf(transcript->to, "%*s%.*s\n", TEXT_COLUMN, "", (int)length, text);
		text += length;
	}
}

static void heard(struct transcript *transcript, const struct note *note)
{
	head(transcript, note->at, "You");
	fprintf(transcript->to, "\"%s\"", note->text);
	if (!note->sure) {
		fputs("? (not sure)", transcript->to);
	} else if (note->value >= 0 && note->intent == INTENT_RATING) {
		fprintf(transcript->to, " (%d of %d)", (int)note->value, RATING_MAX);
	} else if (strcmp(note->text, intent_name(note->intent)) != 0) {
		fprintf(transcript->to, " (%s)", intent_name(note->intent));
	}
	fputc('\n', transcript->to);
}

static void step(struct transcript *transcript, const struct note *note)
{
	head(transcript, note->at, "");
	fprintf(transcript->to, "-- %s", note->name);
	if (note->side != SIDE_NONE) {
		fprintf(transcript->to, ", %s", side_name(note->side));
	}
	if (note->target > 0) {
		fprintf(transcript->to, ", pressure target %d", (int)note->target);
	}
	fputs(" --\n", transcript->to);
}

static void pressure(struct transcript *transcript, const struct note *note)
{
	head(transcript, note->at, "");
	fprintf(transcript->to, "pressure target %d -> %d (%s)\n", (int)note->before,
			(int)note->target, why_name(note->why));
}

static void rehearsed(struct transcript *transcript, const struct note *note)
{
	const struct rehearsal *rehearsal = &note->rehearsal;
	if (rehearsal->heard && rehearsal->snr_db != 0) {
		head(transcript, note->at, "");
		fprintf(transcript->to, "\"%s\" stood %d dB above the room%s\n", note->text,
				(int)rehearsal->snr_db, rehearsal->clear ? "" : ": too little");
	}
}

void transcript_note(struct transcript *transcript, const struct note *note)
{
	switch (note->kind) {
	case NOTE_SESSION:
		transcript->next_at_s = 0;
		head(transcript, note->at, "");
		fprintf(transcript->to, "%s: %s\n", note->name, note->title);
		break;
	case NOTE_SAY:
		head(transcript, note->at, "Coach");
		said(transcript, note->text);
		break;
	case NOTE_HEARD:
		heard(transcript, note);
		break;
	case NOTE_HUSHED:
		head(transcript, note->at, "");
		fputs("(silence)\n", transcript->to);
		break;
	case NOTE_PRESSURE:
		pressure(transcript, note);
		break;
	case NOTE_STEP:
		step(transcript, note);
		break;
	case NOTE_REHEARSED:
		rehearsed(transcript, note);
		break;
	case NOTE_END:
		head(transcript, note->at, "");
		fprintf(transcript->to, "end: %s\n", end_reason_name(note->reason));
		break;
	case NOTE_ANSWER:
	case NOTE_STOPPED:
	case NOTE_SAID:
	case NOTE_TONE:
	case NOTE_KIND_COUNT:
		return;
	}
	fflush(transcript->to);
}

/* "[########------------]": how much of the session is over. */
static void bar(struct transcript *transcript, frames_t done, frames_t left)
{
	const frames_t whole = done + left > 0 ? done + left : 1;
	const int full = (int)(done * BAR_WIDTH / whole);
	char marks[BAR_WIDTH + 1];
	memset(marks, '-', BAR_WIDTH);
	memset(marks, '#', (size_t)full);
	marks[BAR_WIDTH] = '\0';
	fprintf(transcript->to, "[%s] ", marks);
}

static void place(struct transcript *transcript, const struct engine_view *view)
{
	const int64_t seconds = view->left / EASE_RATE;
	if (view->step != NULL) {
		fprintf(transcript->to, "%s, ", view->step->name);
	}
	if (view->mode == ENGINE_PAUSED) {
		fputs("paused, ", transcript->to);
	}
	if (view->target > 0) {
		fprintf(transcript->to, "target %d, ", (int)view->target);
	}
	fprintf(transcript->to, "about %lld:%02lld left", (long long)(seconds / 60),
			(long long)(seconds % 60));
}

void transcript_progress(struct transcript *transcript, frames_t at, const struct engine_view *view)
{
	const int64_t seconds = at / EASE_RATE;
	if (seconds < transcript->next_at_s) {
		return;
	}
	transcript->next_at_s = seconds + (transcript->terminal ? 1 : 60);
	if (!transcript->terminal && seconds == 0) {
		return; /* nothing has happened yet */
	}
	head(transcript, at, "");
	bar(transcript, at, view->left);
	place(transcript, view);
	if (transcript->terminal) {
		transcript->shown = true;
	} else {
		fputc('\n', transcript->to);
	}
	fflush(transcript->to);
}
