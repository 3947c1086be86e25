/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cast.h - when the people of an offline session speak. Pure: notes in, lines out; actor.h gives
 * them a voice.
 *
 * A line with `after` names a step of the session, and then waits for that step's own text; or else
 * it waits for something said whose text holds it, in any case. Its delay runs from the last sample
 * of that. Lines that would begin within the same CAST_TURN_MS are takes of one answer: each time,
 * the first that may still be used is spoken. So two lines after one question answer it when it
 * comes the first and the second time, while lines with clearly different delays are all spoken.
 */
#ifndef EASE_DAEMON_CAST_H
#define EASE_DAEMON_CAST_H

#include "note.h"

#include "ease/loader.h"

#include <stddef.h>

#define CAST_TURN_MS 1500
#define CAST_PENDING_MAX 32

struct cast_pending {
	const struct cast_line *line;
	frames_t at;
};

/* Fields are private to cast.c. */
struct cast_player {
	const struct cast *cast;
	const struct script *script;
	int32_t *used; /* of each line, how often */
	struct cast_pending pending[CAST_PENDING_MAX];
	size_t pending_count;
};

/* Both are borrowed for the player's life. */
EASE_NODISCARD enum status cast_init(
		struct cast_player *player, const struct cast *cast, const struct script *script);
void cast_finish(struct cast_player *player);

void cast_note(struct cast_player *player, const struct note *note);

/* The next line that begins before frame before, and when; NULL: none. Call until NULL. */
const struct cast_line *cast_due(struct cast_player *player, frames_t before, frames_t *at);

#endif
