/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page.h"

#include <string.h>

#define INDENT 15 /* where what is said begins */
#define WIDTH 100 /* of a line */

/* "  4:07  Coach  ": INDENT wide. */
static void head(const struct page *page, frames_t at, const char *who)
{
	const int64_t seconds = at / EASE_RATE;

	fprintf(page->out, "%3lld:%02lld  %-5s  ", (long long)(seconds / 60),
			(long long)(seconds % 60), who);
}

/* Writes text word by word; *column is where the line stands. */
static void words(const struct page *page, const char *text, size_t *column)
{
	bool first = true;

	while (*text != '\0') {
		const size_t length = strcspn(text, " ");
		if (!first && *column + 1 + length > WIDTH) {
			fprintf(page->out, "\n%*s", INDENT, "");
			*column = INDENT;
		} else if (!first) {
			fputc(' ', page->out);
			*column += 1;
		}
		first = false;
		fprintf(page->out, "%.*s", (int)length, text);
		*column += length;
		text += length + strspn(text + length, " ");
	}
}

static void line(const struct page *page, const char *text)
{
	size_t column = INDENT;

	words(page, text, &column);
	fputc('\n', page->out);
}

static bool is_said(const struct page *page, const char *text)
{
	for (size_t i = 0; i < page->said_count; i++) {
		if (page->said[i] == text) {
			return true;
		}
	}
	return false;
}

void page_head(const struct page *page)
{
	const struct script *script = page->script;

	fprintf(page->out, "%s: %s\n%s\n\n", script->name, script->title, script->about);
}

static const char *side_of(enum side side)
{
	switch (side) {
	case SIDE_LEFT:
		return ", left";
	case SIDE_RIGHT:
		return ", right";
	case SIDE_NONE:
		break;
	}
	return "";
}

void page_step(const struct page *page, const struct action *step, frames_t at)
{
	if (step->step->unit == NULL) {
		return;
	}
	head(page, at, "");
	fprintf(page->out, "-- %s%s", step->step->unit->name, side_of(step->step->side));
	if (step->step->count > 0) {
		fprintf(page->out, ", %d times", (int)step->step->count);
	} else {
		fprintf(page->out, ", %d s", (int)(step->step->ms / 1000));
	}
	if (step->target > 0) {
		fprintf(page->out, ", pressure %d", (int)step->target);
	}
	fputs(" --\n", page->out);
}

void page_say(struct page *page, const char *text, const struct text_args *args, frames_t at)
{
	char said[TEXT_MAX];

	if (!is_said(page, text) && page->said_count < PAGE_TEXTS_MAX) {
		page->said[page->said_count++] = text;
	}
	if (text_render(text, args, page->phrases, said, sizeof(said)) == STATUS_OK &&
			said[0] != '\0') {
		head(page, at, "Coach");
		line(page, said);
	}
}

static const char *answer_name(const struct answer *answer)
{
	if (answer->intent == INTENT_CHOICE) {
		return answer->word;
	}
	return answer->intent == INTENT_NONE ? "silence" : intent_name(answer->intent);
}

/* "yes", "rating 3-7" and, where it is what silence means, "or silence" */
static size_t write_key(const struct page *page, const struct step *step, size_t i)
{
	const struct answer *answer = &step->answers[i];
	const bool silence = step->unanswered == i && answer->intent != INTENT_NONE;
	int length = fprintf(page->out, "%*s* %s", INDENT, "", answer_name(answer));

	if (answer->intent == INTENT_RATING) {
		length += fprintf(page->out, " %d-%d", (int)answer->values.min,
				(int)answer->values.max);
	}
	length += fprintf(page->out, "%s: ", silence ? ", or silence" : "");
	return length > 0 ? (size_t)length : INDENT;
}

void page_answers(const struct page *page, const struct step *step)
{
	for (size_t i = 0; i < step->answer_count; i++) {
		const struct answer *answer = &step->answers[i];
		size_t column = write_key(page, step, i);
		if (answer->say != NULL) {
			words(page, answer->say, &column);
			fputc(' ', page->out);
		}
		fprintf(page->out, "(%s%s%s)\n", outcome_name(answer->outcome),
				answer->outcome == OUTCOME_GOTO ? " " : "",
				answer->outcome == OUTCOME_GOTO
						? page->script->steps[answer->go].name
						: "");
	}
}

void page_heard(const struct page *page, const struct event *heard)
{
	head(page, heard->at, "You");
	if (heard->intent == INTENT_RATING) {
		fprintf(page->out, "%d\n", (int)heard->value);
	} else {
		fprintf(page->out, "%s\n", intent_name(heard->intent));
	}
}

void page_end(const struct page *page, const struct action *end, frames_t at)
{
	head(page, at, "");
	fprintf(page->out, "end: %s\n", end_reason_name(end->reason));
}

/* What is left */

struct rest {
	struct page page; /* a copy: what is written here counts as said, so that it comes once */
	bool begun;
};

static void rest_text(struct rest *rest, const char *name, const char *form, const char *text)
{
	struct page *page = &rest->page;

	if (text == NULL || is_said(page, text)) {
		return;
	}
	if (page->said_count < PAGE_TEXTS_MAX) {
		page->said[page->said_count++] = text;
	}
	if (!rest->begun) {
		fputs("\nNot said this time:\n", page->out);
		rest->begun = true;
	}
	fprintf(page->out, "\n%s%s\n%*s", name, form, INDENT, "");
	line(page, text);
}

void page_rest(const struct page *page)
{
	const struct script *script = page->script;
	struct rest rest = { .page = *page };

	for (size_t i = 0; i < script->step_count; i++) {
		const struct step *step = &script->steps[i];
		const struct unit *unit = step->unit;
		const bool left = step->say != NULL && !is_said(&rest.page, step->say);
		rest_text(&rest, step->name, "", step->say);
		if (left) {
			page_answers(page, step);
		}
		if (unit == NULL) {
			continue;
		}
		rest_text(&rest, unit->name, ", long", unit->say_long);
		rest_text(&rest, unit->name, ", short", unit->say_short);
		rest_text(&rest, unit->name, ", away", unit->say_away);
		for (size_t j = 0; j < unit->cue_count; j++) {
			rest_text(&rest, unit->name, ", cue", unit->cues[j].say);
		}
	}
}
