/* SPDX-License-Identifier: GPL-3.0-or-later */
/* person_case.h - somebody goes through a shipped session, and answers its questions. For tests. */
#ifndef EASE_TEST_PERSON_CASE_H
#define EASE_TEST_PERSON_CASE_H

#include "core_case.h"
#include "ease/memory.h"
#include "test_load.h"

/* How somebody answers a question; silence is INTENT_NONE. */
struct response {
	const char *step;
	enum intent intent;
	const char *choice;
};

#define SILENCE INTENT_NONE
#define REPLIES_MAX 8

struct person {
	uint32_t facts;
	int32_t minutes; /* wished for; 0: as it is written */
	struct response replies[REPLIES_MAX];
};

static struct core_case desk;
static const struct script *script;
static const struct vocabulary *words;

static inline const struct response *reply_to(const struct person *person, const char *step)
{
	for (size_t i = 0; i < REPLIES_MAX && person->replies[i].step != NULL; i++) {
		if (strcmp(person->replies[i].step, step) == 0) {
			return &person->replies[i];
		}
	}
	return NULL;
}

static inline int32_t choice_called(const char *name)
{
	for (size_t i = 0; name != NULL && i < words->choice_count; i++) {
		if (strcmp(words->choices[i], name) == 0) {
			return (int32_t)i;
		}
	}
	return -1;
}

/* What somebody would say who is well. */
static inline enum intent fine(const struct step *step)
{
	if (step->screened != INTENT_NONE) {
		return step->screened;
	}
	for (size_t i = 0; i < step->answer_count; i++) {
		if (step->answers[i].outcome == OUTCOME_NEXT) {
			return step->answers[i].intent;
		}
	}
	return INTENT_YES;
}

static inline void speak(const struct person *person)
{
	const struct step *step = flow_step(&desk.engine);
	const struct response *reply = reply_to(person, step->name);

	if (step->kind == STEP_REHEARSE) {
		case_hear(&desk, step->rehearse, 3);
	} else if (reply == NULL) {
		case_hear(&desk, fine(step), step->context == CONTEXT_RATING ? 5 : -1);
	} else if (reply->intent != SILENCE) {
		case_hear(&desk, reply->intent,
				reply->intent == INTENT_LENGTH
						? (int32_t)strtol(reply->choice, NULL, 10)
						: choice_called(reply->choice));
	} else {
		(void)case_follow(&desk, 0);
	}
}

static inline bool is_asked(void)
{
	return desk.engine.mode == ENGINE_RUNNING && desk.engine.flow.phase == FLOW_ASKING &&
	       desk.engine.wait.utterance == 0;
}

/* Goes on with the session, to its end or to the first step of that name. */
static inline void go_on(const struct person *person, const char *until)
{
	for (int i = 0; i < 20000 && desk.engine.mode != ENGINE_OVER; i++) {
		const struct step *step = flow_step(&desk.engine);
		if (until != NULL && step != NULL && strcmp(step->name, until) == 0) {
			return;
		}
		if (is_asked()) {
			speak(person);
		} else if (desk.engine.inquiry.kind != INQUIRY_NONE) {
			case_hear(&desk,
					desk.engine.inquiry.kind == INQUIRY_COMFORT ? INTENT_YES
										    : INTENT_RATING,
					2);
			(void)case_follow(&desk, 0);
		} else {
			(void)case_follow(&desk, 0);
		}
	}
}

/* The same from its beginning. */
static inline void meet(const struct person *person, const char *until)
{
	const struct engine_options options = {
		.microphone = true, .facts = person->facts, .minutes = person->minutes
	};

	case_init(&desk, script, &options);
	case_start(&desk);
	go_on(person, until);
}

/* How it ended; END_REASON_COUNT: it did not. */
static inline enum end_reason ended(void)
{
	const struct action *last = &desk.log[desk.logged - 1];

	return last->kind == ACTION_END ? last->reason : END_REASON_COUNT;
}

static inline bool entered(const char *name)
{
	for (size_t i = 0; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_STEP && strcmp(desk.log[i].step->name, name) == 0) {
			return true;
		}
	}
	return false;
}

static inline bool touched(void)
{
	for (size_t i = 0; i < desk.logged; i++) {
		const struct action *action = &desk.log[i];
		if (action->kind == ACTION_STEP && action->step->unit != NULL &&
				rule_of(action->step->unit->technique)->touch) {
			return true;
		}
	}
	return false;
}

static inline bool went_deep(void)
{
	for (size_t i = 0; i < desk.logged; i++) {
		const struct action *action = &desk.log[i];
		if (action->kind == ACTION_STEP && action->step->unit != NULL &&
				rule_of(action->step->unit->technique)->deep) {
			return true;
		}
	}
	return false;
}

static inline bool said(const char *text)
{
	for (size_t i = 0; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_SAY && strstr(desk.log[i].text, text) != NULL) {
			return true;
		}
	}
	return false;
}

/* Begins with another session; world: of the test. */
static inline void take(struct world *world, const char *session)
{
	words = world_vocabulary(world);
	if (script_load(world->arena, SCRIPTS, session, words, &script, &world->diag) !=
			STATUS_OK) {
		fail_msg("%s:%d: %s", world->diag.path, world->diag.line, world->diag.message);
	}
}

#define YES(step)                        \
	{                                \
		(step), INTENT_YES, NULL \
	}
#define NO(step)                        \
	{                               \
		(step), INTENT_NO, NULL \
	}
#define CHOICE(step, name)                    \
	{                                     \
		(step), INTENT_CHOICE, (name) \
	}

#endif
