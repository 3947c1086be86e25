/* SPDX-License-Identifier: GPL-3.0-or-later */
/* topic.c - what the coach answers when it is asked about something (S187-S210). */
#include "parts.h"

#include "ease/memory.h"

/* Not while hands work: whoever asks then is to pause first. */
bool topic_may_be_asked(const struct engine *e)
{
	const struct step *step = flow_step(e);

	return e->mode == ENGINE_PAUSED || step == NULL || step->kind != STEP_UNIT;
}

/* "I am pregnant" is more than a question (S204): it is kept as an answer is, and what was found
 * last time holds no longer. */
static void take_flag(struct turn *t, const struct voice_answer *answer)
{
	const struct action action = {
		.kind = ACTION_ANSWER,
		.text = answer->topic,
		.intent = INTENT_ASK,
		.value = -1,
		.outcome = (enum outcome)answer->outcome,
	};

	if (action.outcome == OUTCOME_NEXT) {
		return;
	}
	turn_emit(t, &action);
	if (action.outcome != OUTCOME_SIDE_LYING) { /* S202: that is a wish, and no flag */
		t->engine->options.facts &= ~fact_bit(FACT_CLEAN);
	}
	if (action.outcome == OUTCOME_LIGHT || action.outcome == OUTCOME_AVOID) {
		pressure_light(t);
	}
	/* before what is left is planned anew */
	t->engine->flow.facts |= answer->facts & ~fact_bit(FACT_SIDE_LYING);
	if (action.outcome == OUTCOME_SIDE_LYING ||
			(answer->facts & fact_bit(FACT_SIDE_LYING)) != 0) {
		fit_on_side(t->engine); /* while nothing else says that they do */
	}
	t->engine->flow.facts |= answer->facts;
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
	take_flag(t, answer);
	if (outcome == OUTCOME_ADVISE || outcome == OUTCOME_URGENT || outcome == OUTCOME_REFUSE) {
		turn_hush(t);
		end_gravely(t, END_REFUSED, answer->say);
		return;
	}
	turn_aside_text(t, answer->say, NULL);
}
