/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * watch.c - the coach cannot see: while a partner works, the giver is asked from time to time to
 * look at the face, the breath and the muscles (S116). It never talks into a sentence, a question,
 * or somebody who is just beginning to speak.
 */
#include "parts.h"

void watch_start(struct engine *e, frames_t anchor)
{
	if (e->script->who == WHO_PARTNER && flow_is_touch(e) && e->pressure.target > 0 &&
			e->watch.due == FRAMES_NEVER) {
		e->watch.due = anchor + frames_from_ms(WATCH_AFTER_MS);
	}
}

static enum phrase next_words(const struct engine *e)
{
	return e->watch.said ? PHRASE_WATCH_AGAIN : PHRASE_WATCH;
}

/* Until somebody has looked, and has said what they saw, before the next question; but where there
 * are many questions the look is not put off for it. */
static frames_t room_wanted(const struct engine *e)
{
	const bool late = e->now >= e->watch.due + frames_from_ms(WATCH_LATE_MS);
	const int32_t words_ms = text_duration_ms(turn_phrase(e, next_words(e)));

	return frames_from_ms(late ? WATCH_GAP_MS : words_ms + WATCH_GAP_MS);
}

frames_t watch_deadline(const struct engine *e)
{
	const frames_t spoken = e->onset > 0 ? e->onset + frames_from_ms(ONSET_GRACE_MS) : 0;
	const frames_t due = e->watch.due > spoken ? e->watch.due : spoken;

	if (e->watch.due == FRAMES_NEVER || e->flow.phase != FLOW_PACING ||
			e->pressure.target == 0 || e->inquiry.kind != INQUIRY_NONE ||
			e->said < e->utterance || pressure_deadline(e) < e->now + room_wanted(e)) {
		return FRAMES_NEVER;
	}
	return e->now < e->pace.anchor && due < e->pace.anchor ? e->pace.anchor : due;
}

void watch_tick(struct turn *t)
{
	struct engine *e = t->engine;

	if (watch_deadline(e) > e->now) {
		return;
	}
	e->watch.due = e->now + frames_from_ms(WATCH_AFTER_MS);
	turn_say(t, turn_phrase(e, next_words(e)), NULL);
	e->watch.said = true;
}
