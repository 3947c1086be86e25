/* SPDX-License-Identifier: GPL-3.0-or-later */
/* topic.c - what the coach answers when it is asked about something (S187-S210). */
#include "parts.h"

/* Not while hands work: whoever asks then is to pause first. */
bool topic_may_be_asked(const struct engine *e)
{
	const struct step *step = flow_step(e);

	return e->mode == ENGINE_PAUSED || step == NULL || step->kind != STEP_UNIT;
}

/* "I am pregnant" is more than a question (S204). */
static void take_flag(struct turn *t, enum outcome outcome)
{
	if (outcome == OUTCOME_LIGHT || outcome == OUTCOME_AVOID) {
		pressure_light(t);
	}
}

void topic_asked(struct turn *t)
{
	struct engine *e = t->engine;
	const int32_t topic = t->event->value;

	if (topic < 0 || (size_t)topic >= e->options.answer_count) {
		turn_aside(t, PHRASE_CANNOT_ANSWER, NULL);
		return;
	}
	const struct voice_answer *answer = &e->options.answers[topic];
	const enum outcome outcome = (enum outcome)answer->outcome;
	if (outcome == OUTCOME_ADVISE || outcome == OUTCOME_URGENT || outcome == OUTCOME_REFUSE) {
		turn_hush(t);
		end_begin(t, END_REFUSED, answer->say);
		return;
	}
	take_flag(t, outcome);
	turn_aside_text(t, answer->say, NULL);
}
