/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "idle.h"

#include <string.h>

/* From the word on, the reading back included. */
#define CONFIRM_MS 15000

void idle_init(struct idle *idle, const struct vocabulary *vocabulary,
		const struct session_entry *sessions, size_t count, const char *fallback)
{
	*idle = (struct idle){
		.vocabulary = vocabulary,
		.sessions = sessions,
		.session_count = count,
		.fallback = fallback,
	};
}

void idle_prefer(struct idle *idle, const char *fallback)
{
	idle->fallback = fallback;
}

void idle_reset(struct idle *idle)
{
	idle->asked = NULL;
}

static const struct session_entry *find(const struct idle *idle, int32_t value)
{
	const char *name = idle->fallback;
	if (value >= 0 && (size_t)value < idle->vocabulary->session_count) {
		name = idle->vocabulary->sessions[value];
	}
	for (size_t i = 0; name != NULL && i < idle->session_count; i++) {
		if (strcmp(idle->sessions[i].name, name) == 0) {
			return &idle->sessions[i];
		}
	}
	return NULL;
}

static enum idle_do waiting(struct idle *idle, const struct hearing *hearing, frames_t now)
{
	if (hearing->intent == INTENT_HELP && hearing->kind == HEARING_WORD) {
		return IDLE_INVITE;
	}
	if (hearing->intent == INTENT_ASK && hearing->kind == HEARING_WORD && hearing->value >= 0 &&
			(size_t)hearing->value < idle->vocabulary->topic_count) {
		idle->topic = hearing->value;
		return IDLE_ANSWER;
	}
	if ((hearing->intent == INTENT_LENGTH || hearing->intent == INTENT_WORDS) &&
			hearing->kind == HEARING_WORD) {
		idle->wish = hearing->value;
		return hearing->intent == INTENT_LENGTH ? IDLE_LENGTH : IDLE_WORDS;
	}
	if (hearing->intent != INTENT_START) {
		return IDLE_NOTHING;
	}
	idle->asked = find(idle, hearing->value);
	idle->until = now + frames_from_ms(CONFIRM_MS);
	return idle->asked != NULL ? IDLE_ASK : IDLE_INVITE;
}

static enum idle_do asked(struct idle *idle, const struct hearing *hearing)
{
	if (hearing->kind == HEARING_WORD && hearing->intent == INTENT_YES) {
		return IDLE_START;
	}
	/* whatever else was meant, it was no yes */
	idle->asked = NULL;
	return IDLE_LISTEN;
}

enum idle_do idle_hearing(struct idle *idle, const struct hearing *hearing, frames_t now)
{
	if (hearing->kind != HEARING_WORD && hearing->kind != HEARING_DOUBT) {
		return IDLE_NOTHING;
	}
	return idle->asked != NULL ? asked(idle, hearing) : waiting(idle, hearing, now);
}

enum idle_do idle_tick(struct idle *idle, frames_t now)
{
	if (idle->asked == NULL || now < idle->until) {
		return IDLE_NOTHING;
	}
	idle->asked = NULL;
	return IDLE_LISTEN;
}

const struct session_entry *idle_session(const struct idle *idle)
{
	return idle->asked;
}

size_t idle_topic(const struct idle *idle)
{
	return (size_t)idle->topic;
}

int32_t idle_wish(const struct idle *idle)
{
	return idle->wish;
}

enum context idle_context(const struct idle *idle)
{
	return idle->asked != NULL ? CONTEXT_YESNO : CONTEXT_IDLE;
}
