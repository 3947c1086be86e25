/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done so far: as a table, or in the words of the coach. */
#include "book.h"

#include "ease/calendar.h"
#include "ease/phrase.h"
#include "ease/text.h"
#include "vocab.h"

#include <string.h>

static int32_t value_of(const struct journal_session *session, const char *key)
{
	const struct journal_answer *answer = book_answer(session, key);
	return answer != NULL ? answer->value : JOURNAL_NONE;
}

static const char *ending_of(const struct journal_session *session)
{
	return session->reason[0] != '\0' ? session->reason : "cut off";
}

static void show_number(int32_t value, char *out, size_t size)
{
	if (value == JOURNAL_NONE) {
		snprintf(out, size, "-");
	} else {
		snprintf(out, size, "%d", value);
	}
}

static void show_row(const struct ctl *ctl, const struct journal_session *session)
{
	char date[BOOK_DATE_MAX];
	char before[16];
	char after[16];
	char level[16];
	const struct journal_answer *helped = book_answer(session, "helped");
	const int seconds = (int)(session->length / 1000000);
	book_date(session->begun, session->utc_offset, false, date);
	show_number(value_of(session, "before"), before, sizeof(before));
	show_number(value_of(session, "after"), after, sizeof(after));
	show_number(session->level, level, sizeof(level));
	fprintf(ctl->out, "%-16s  %-20s %3d:%02d  %-8s  %6s  %5s  %8s  %s\n", date, session->name,
			seconds / 60, seconds % 60, ending_of(session), before, after, level,
			helped != NULL ? helped->word : "-");
}

static int show_table(const struct ctl *ctl, const struct journal_past *past)
{
	fprintf(ctl->out, "%-16s  %-20s %6s  %-8s  %6s  %5s  %8s  %s\n", "begun", "session",
			"length", "ended", "before", "after", "pressure", "helped");
	for (size_t i = 0; i < past->count; i++) {
		show_row(ctl, &past->sessions[i]);
	}
	if (past->total > (int64_t)past->count) {
		fprintf(ctl->out, "these are the newest of %lld; \"easectl export\" prints all\n",
				(long long)past->total);
	}
	return ENDING_DONE;
}

/* In the coach's words. */

struct speech_text {
	const char *const *phrases;
	char text[TEXT_MAX];
	size_t used;
};

static void tell(struct speech_text *speech, enum phrase phrase, const struct text_args *args)
{
	char sentence[TEXT_MAX];
	if (text_render(speech->phrases[phrase], args, speech->phrases, sentence,
			    sizeof(sentence)) != STATUS_OK) {
		return;
	}
	const int length = snprintf(speech->text + speech->used,
			sizeof(speech->text) - speech->used, "%s%s", speech->used > 0 ? " " : "",
			sentence);
	if (length > 0 && (size_t)length < sizeof(speech->text) - speech->used) {
		speech->used += (size_t)length;
	}
}

static void tell_when(struct speech_text *speech, const struct journal_session *last)
{
	struct calendar calendar;
	const enum status status = calendar_now(&calendar, NULL);
	(void)status; /* a false date that is none: then the real one */
	const int64_t days = calendar_day(calendar.now, calendar.utc_offset) -
			     calendar_day(last->begun, last->utc_offset);
	const struct text_args args = { .value = (int32_t)days };
	if (days <= 0) {
		tell(speech, PHRASE_HISTORY_TODAY, &args);
	} else {
		tell(speech, days == 1 ? PHRASE_HISTORY_YESTERDAY : PHRASE_HISTORY_DAYS, &args);
	}
}

static void tell_last(struct speech_text *speech, const struct journal_session *last)
{
	const struct journal_answer *helped = book_answer(last, "helped");
	const struct text_args args = {
		.value = value_of(last, "before"),
		.other = value_of(last, "after"),
		.target = last->level,
	};
	if (last->reason[0] == '\0') {
		tell(speech, PHRASE_HISTORY_CUT, &args);
	} else if (strcmp(last->reason, "stopped") == 0 || strcmp(last->reason, "medical") == 0) {
		tell(speech, PHRASE_HISTORY_STOPPED, &args);
	}
	if (args.value != JOURNAL_NONE && args.other != JOURNAL_NONE) {
		tell(speech, PHRASE_HISTORY_COMFORT, &args);
	}
	if (last->level != JOURNAL_NONE) {
		tell(speech, PHRASE_HISTORY_PRESSURE, &args);
	}
	if (helped != NULL && strcmp(helped->word, "yes") == 0) {
		tell(speech, PHRASE_HISTORY_HELPED, &args);
	} else if (helped != NULL && strcmp(helped->word, "no") == 0) {
		tell(speech, PHRASE_HISTORY_NOT_HELPED, &args);
	}
}

static int speak(const struct ctl *ctl, const struct journal_past *past)
{
	struct vocab vocab = { .words = NULL };
	const int code = vocab_load(ctl, &vocab);
	if (code != ENDING_DONE) {
		return code;
	}
	struct speech_text speech = { .phrases = vocab.phrases };
	if (past == NULL || past->count == 0) {
		tell(&speech, PHRASE_HISTORY_NONE, &(struct text_args){ .value = -1 });
	} else {
		const struct journal_session *last = &past->sessions[past->count - 1];
		tell(&speech, PHRASE_HISTORY_COUNT,
				&(struct text_args){ .count = (int32_t)past->total,
						.title = last->title });
		tell_when(&speech, last);
		tell_last(&speech, last);
	}
	fprintf(ctl->out, "%s\n", speech.text);
	vocab_free(&vocab);
	return ENDING_DONE;
}

int history_run(struct ctl *ctl)
{
	char folder[FOLDER_MAX];
	struct diag diag = { .line = 0 };
	struct journal_past *past = NULL;
	const bool spoken = (ctl->given & OPTION_SPOKEN) != 0;
	if (!book_folder(ctl, folder, sizeof(folder))) {
		return ENDING_BAD_INPUT;
	}
	const enum status status = journal_read(folder, &past, &diag);
	if (status != STATUS_OK && (status != STATUS_NOT_FOUND || !spoken)) {
		return book_explain(ctl, status, &diag);
	}
	const int code = spoken ? speak(ctl, past) : show_table(ctl, past);
	journal_past_free(past);
	return code;
}
