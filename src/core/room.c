/* SPDX-License-Identifier: GPL-3.0-or-later */
/* room.c - whether a stop would be heard in this room (S161): rooms grow louder after the
 * rehearsal. Every word is measured, and the noise while none is. What may have been no word, a dog
 * or a television, only speaks against the room, never for it. */
#include "parts.h"

void room_heard(struct engine *e, const struct event *event)
{
	if (event->snr_db == 0) {
		return;
	}
	if (event->snr_db < STOP_CLEAR_DB) {
		e->flow.faint += e->flow.faint < FAINT_WORDS;
		return;
	}
	if (!event->sure) {
		return;
	}
	e->flow.faint = 0;
	e->flow.noisy_since = FRAMES_NEVER;
	e->flow.voice_db = event->snr_db + event->noise_db;
}

void room_noise(struct turn *t)
{
	struct engine *e = t->engine;
	const bool drowned = e->flow.voice_db > 0 &&
			     e->flow.voice_db - t->event->noise_db < STOP_CLEAR_DB;

	if (!drowned) {
		e->flow.noisy_since = FRAMES_NEVER;
	} else if (e->flow.noisy_since == FRAMES_NEVER) {
		e->flow.noisy_since = e->now;
	}
	flow_leave_deep(t);
}

bool room_is_loud(const struct engine *e)
{
	return e->flow.faint >= FAINT_WORDS ||
	       (e->flow.noisy_since != FRAMES_NEVER &&
			       e->now - e->flow.noisy_since >= frames_from_ms(NOISY_AFTER_MS));
}
