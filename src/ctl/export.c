/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is kept, for other programs; and its end. */
#include "book.h"

#include "ease/json.h"

#include <string.h>

#define LINE_SIZE 8192 /* a text may grow sixfold when it is escaped */
#define TIME_DECIMALS 6

/* What the columns of an event are called: the words of the event log. NULL: as they are. */
struct labels {
	const char *event;
	const char *name;
	const char *value;
	const char *target;
	const char *text;
	const char *why;
};

static const struct labels labels[] = {
	{ .event = "say", .name = "step", .value = "id" },
	{ .event = "said", .name = "step", .value = "id", .why = "how" },
	{ .event = "tone", .name = "kind" }, { .event = "heard", .name = "intent" },
	{ .event = "pressure", .value = "from", .target = "to" },
	{ .event = "answer", .text = "answer", .why = "outcome" },
	{ .event = "stopped", .name = "step", .value = "rating" },
	{ .event = NULL }, /* all others */
};

static const struct labels *labels_of(const char *event)
{
	const struct labels *found = labels;
	while (found->event != NULL && strcmp(found->event, event) != 0) {
		found++;
	}
	return found;
}

static double seconds_of(const struct journal_row *row)
{
	return (double)row->at / 1e6;
}

struct exporting {
	const struct ctl *ctl;
	bool failed;
};

/* JSON Lines. */

static void add_text(struct json *json, const char *label, const char *key, const char *text)
{
	if (text[0] != '\0') {
		json_add_text(json, label != NULL ? label : key, text);
	}
}

static void add_number(struct json *json, const char *label, const char *key, int32_t value)
{
	if (value != JOURNAL_NONE) {
		json_add_int(json, label != NULL ? label : key, value);
	}
}

static void add_begin(struct json *json, const struct journal_row *row)
{
	char date[BOOK_DATE_MAX];
	book_date(row->begun, row->utc_offset, true, date);
	json_add_text(json, "event", "session");
	json_add_text(json, "begun", date);
	json_add_text(json, "name", row->name);
	json_add_text(json, "title", row->text);
	json_add_bool(json, "touch", row->touch);
	json_add_bool(json, "screened", row->screened);
	json_add_bool(json, "partner", row->partner);
}

static void add_event(struct json *json, const struct journal_row *row)
{
	const struct labels *names = labels_of(row->event);
	json_add_decimal(json, "t", seconds_of(row), TIME_DECIMALS);
	json_add_text(json, "event", row->event);
	add_text(json, names->name, "name", row->name);
	add_text(json, NULL, "unit", row->unit);
	add_text(json, NULL, "side", row->side);
	add_number(json, names->value, "value", row->value);
	add_number(json, names->target, "target", row->target);
	add_text(json, names->text, "text", row->text);
	if (row->confidence >= 0.0) {
		json_add_decimal(json, "confidence", row->confidence, 3);
	}
	add_text(json, NULL, "keeps", row->key);
	add_text(json, names->why, "why", row->why);
}

static bool write_json(void *arg, int64_t number, const struct journal_row *row)
{
	char line[LINE_SIZE];
	struct exporting *exporting = arg;
	struct json *json = json_create();
	json_add_int(json, "session", number);
	switch (row->kind) {
	case JOURNAL_BEGIN:
		add_begin(json, row);
		break;
	case JOURNAL_EVENT:
		add_event(json, row);
		break;
	case JOURNAL_END:
		json_add_decimal(json, "t", seconds_of(row), TIME_DECIMALS);
		json_add_text(json, "event", "end");
		json_add_text(json, "reason", row->why);
		break;
	}
	exporting->failed = json == NULL || json_print(json, line, sizeof(line)) != STATUS_OK ||
			    fprintf(exporting->ctl->out, "%s\n", line) < 0;
	json_destroy(json);
	return !exporting->failed;
}

/* CSV, as RFC 4180 has it; lines end with a newline alone. */

static void put_text(FILE *out, const char *text)
{
	if (strpbrk(text, "\",\r\n") == NULL) {
		fputs(text, out);
		return;
	}
	fputc('"', out);
	for (; *text != '\0'; text++) {
		if (*text == '"') {
			fputc('"', out);
		}
		fputc(*text, out);
	}
	fputc('"', out);
}

static void put_number(FILE *out, int32_t value)
{
	fputc(',', out);
	if (value != JOURNAL_NONE) {
		fprintf(out, "%d", value);
	}
}

static bool write_csv(void *arg, int64_t number, const struct journal_row *row)
{
	char date[BOOK_DATE_MAX] = "";
	struct exporting *exporting = arg;
	FILE *out = exporting->ctl->out;
	const char *event = row->kind == JOURNAL_BEGIN ? "session"
			    : row->kind == JOURNAL_END ? "end"
						       : row->event;
	if (row->kind == JOURNAL_BEGIN) {
		book_date(row->begun, row->utc_offset, true, date);
	}
	const char *const texts[] = { row->name, row->unit, row->side, row->text, row->key,
		row->why };
	fprintf(out, "%lld,%s,%.6f,%s", (long long)number, date, seconds_of(row), event);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		fputc(',', out);
		put_text(out, texts[i]);
	}
	put_number(out, row->value);
	put_number(out, row->target);
	fputc(',', out);
	if (row->confidence >= 0.0) {
		fprintf(out, "%.3f", row->confidence);
	}
	exporting->failed = fputc('\n', out) == EOF;
	return !exporting->failed;
}

int export_run(struct ctl *ctl)
{
	char folder[FOLDER_MAX];
	struct diag diag = { .line = 0 };
	struct exporting exporting = { .ctl = ctl };
	const bool csv = (ctl->given & OPTION_CSV) != 0;
	if (!book_folder(ctl, folder, sizeof(folder))) {
		return ENDING_BAD_INPUT;
	}
	if (csv) {
		fputs("session,begun,t,event,name,unit,side,text,keeps,why,value,target,confidence\n",
				ctl->out);
	}
	const enum status status =
			journal_export(folder, csv ? write_csv : write_json, &exporting, &diag);
	if (status != STATUS_OK) {
		return book_explain(ctl, status, &diag);
	}
	return exporting.failed ? ENDING_COULD_NOT : ENDING_DONE;
}

/* Forgetting. */

static bool agrees(const struct ctl *ctl)
{
	char line[16] = "";
	fputs("Forget all sessions? This cannot be undone. Type yes: ", ctl->err);
	fflush(ctl->err);
	return fgets(line, sizeof(line), ctl->in) != NULL && strcmp(line, "yes\n") == 0;
}

int forget_run(struct ctl *ctl)
{
	char folder[FOLDER_MAX];
	struct diag diag = { .line = 0 };
	int64_t sessions = 0;
	if (!book_folder(ctl, folder, sizeof(folder))) {
		return ENDING_BAD_INPUT;
	}
	if ((ctl->given & OPTION_YES) == 0 && !agrees(ctl)) {
		ctl_complain(ctl, "nothing is forgotten");
		return ENDING_COULD_NOT;
	}
	const enum status status = journal_forget(folder, &sessions, &diag);
	if (status != STATUS_OK) {
		return book_explain(ctl, status, &diag);
	}
	fprintf(ctl->out, "forgotten: %lld sessions\n", (long long)sessions);
	return ENDING_DONE;
}
