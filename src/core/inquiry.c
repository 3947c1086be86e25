/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inquiry.c - a question that runs while the tones of a unit go on. */
#include "parts.h"

static void ask(struct turn *t, enum phrase phrase, const struct text_args *args)
{
	struct engine *e = t->engine;

	wait_said(e, &e->inquiry.wait, turn_say(t, turn_phrase(e, phrase), args));
}

void inquiry_open(struct turn *t, enum inquiry_kind kind, enum phrase phrase)
{
	struct engine *e = t->engine;

	e->inquiry = (struct engine_inquiry){ .kind = kind, .value = -1, .other = -1 };
	if (kind == INQUIRY_RATING) {
		e->pressure.ask_due = FRAMES_NEVER;
	}
	ask(t, phrase, NULL);
}

static struct text_args number_args(const struct engine *e)
{
	struct text_args args = turn_args(e);

	args.value = e->inquiry.value;
	args.other = e->inquiry.other;
	return args;
}

static void ask_number(struct turn *t)
{
	const struct text_args args = number_args(t->engine);

	ask(t, args.other >= 0 ? PHRASE_RATING_CHECK : PHRASE_RATING_AGAIN, &args);
}

void inquiry_number(struct turn *t, int32_t value, int32_t other)
{
	struct engine *e = t->engine;

	e->pressure.ask_due = FRAMES_NEVER;
	e->pressure.rated = false; /* by a number that is out of date */
	e->inquiry = (struct engine_inquiry){
		.kind = INQUIRY_NUMBER, .value = value, .other = other
	};
	ask_number(t);
}

static void ask_more(struct turn *t)
{
	const struct text_args args = number_args(t->engine);

	ask(t, PHRASE_MORE_OFFER, &args);
}

void inquiry_more(struct turn *t, int32_t value)
{
	t->engine->inquiry = (struct engine_inquiry){
		.kind = INQUIRY_MORE, .value = value, .other = -1
	};
	ask_more(t);
}

void inquiry_close(struct engine *e)
{
	e->inquiry = (struct engine_inquiry){ .kind = INQUIRY_NONE, .value = -1, .other = -1 };
	wait_clear(&e->inquiry.wait);
}

static int32_t higher(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static void number_heard(struct turn *t)
{
	const struct engine_inquiry *inquiry = &t->engine->inquiry;
	const struct event *event = t->event;

	if (event->sure && event->other < 0) {
		pressure_rating(t, event->value);
	} else if (inquiry->kind == INQUIRY_NUMBER) {
		pressure_assume(t, higher(higher(event->value, event->other),
						   higher(inquiry->value, inquiry->other)));
	} else if (!t->engine->microphone) {
		pressure_assume(t, higher(event->value, event->other));
	} else if (flow_is_before_work(t->engine)) {
		t->engine->pressure.rated = false;
		t->engine->pressure.ask_due = t->engine->now; /* asked once the tones run */
	} else {
		inquiry_number(t, event->value, event->other);
	}
}

void inquiry_repeat(struct turn *t)
{
	switch (t->engine->inquiry.kind) {
	case INQUIRY_RATING:
		ask(t, PHRASE_RATING_ASK, NULL);
		break;
	case INQUIRY_NUMBER:
		ask_number(t);
		break;
	case INQUIRY_COMFORT:
		ask(t, PHRASE_COMFORT_ASK, NULL);
		break;
	case INQUIRY_FIRMER:
		ask(t, PHRASE_FIRMER_CONFIRM, NULL);
		break;
	case INQUIRY_MORE:
		ask_more(t);
		break;
	case INQUIRY_NONE:
		break;
	}
}

/* True when the word was an answer to a question with yes or no. */
static bool answer_yes_no(struct turn *t, bool yes)
{
	struct engine *e = t->engine;

	if (e->inquiry.kind == INQUIRY_COMFORT) {
		e->pressure.silent_areas = 0;
		if (yes) {
			inquiry_close(e);
		} else {
			pressure_ease(t, 1, WHY_COMFORT);
		}
		return true;
	}
	if (e->inquiry.kind == INQUIRY_FIRMER || e->inquiry.kind == INQUIRY_MORE) {
		inquiry_close(e);
		if (yes) {
			pressure_firmer(t, true);
		}
		return true;
	}
	return false;
}

static bool answer_not_sure(struct turn *t)
{
	const struct engine_inquiry *inquiry = &t->engine->inquiry;

	if (inquiry->kind == INQUIRY_NUMBER) {
		pressure_assume(t, higher(inquiry->value, inquiry->other));
		return true;
	}
	if (inquiry->kind == INQUIRY_RATING) {
		pressure_ease(t, 1, WHY_UNSURE);
		return true;
	}
	return answer_yes_no(t, false);
}

bool inquiry_answer(struct turn *t)
{
	const struct engine *e = t->engine;
	const enum intent intent = t->event->intent;

	if (intent == INTENT_RATING && e->pressure.target > 0) {
		number_heard(t);
		return true;
	}
	if (e->inquiry.kind == INQUIRY_NONE) {
		return false;
	}
	if (intent == INTENT_YES || intent == INTENT_NO) {
		return answer_yes_no(t, intent == INTENT_YES);
	}
	if (intent == INTENT_NOT_SURE) {
		return answer_not_sure(t);
	}
	if (intent == INTENT_REPEAT) {
		inquiry_repeat(t);
		return true;
	}
	return false;
}

void inquiry_said(struct turn *t, frames_t at)
{
	wait_answer(&t->engine->inquiry.wait, at + frames_from_ms(INQUIRY_WAIT_MS));
}

/* Nobody answered: a number and comfort are asked for twice, more pressure only once. */
void inquiry_due(struct turn *t)
{
	struct engine *e = t->engine;
	const enum inquiry_kind kind = e->inquiry.kind;

	if (kind == INQUIRY_NUMBER) {
		pressure_assume(t, higher(e->inquiry.value, e->inquiry.other));
	} else if (kind == INQUIRY_FIRMER || kind == INQUIRY_MORE) {
		inquiry_close(e);
	} else if (e->inquiry.again) {
		pressure_silence(t);
	} else {
		e->inquiry.again = true;
		ask(t, kind == INQUIRY_RATING ? PHRASE_RATING_AGAIN : PHRASE_COMFORT_ASK, NULL);
	}
}
