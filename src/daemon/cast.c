/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cast.h"

#include "ease/log.h"

#include <stdlib.h>
#include <string.h>

enum status cast_init(
		struct cast_player *player, const struct cast *cast, const struct script *script)
{
	memset(player, 0, sizeof(*player));
	player->cast = cast;
	player->script = script;
	player->used = calloc(cast->line_count + 1, sizeof(*player->used));
	return player->used != NULL ? STATUS_OK : STATUS_NO_MEM;
}

void cast_finish(struct cast_player *player)
{
	free(player->used);
	player->used = NULL;
}

static bool is_left(const struct cast_player *player, size_t index)
{
	const int32_t times = player->cast->lines[index].times;
	return times == 0 || player->used[index] < times;
}

static bool is_step(const struct script *script, const char *name)
{
	for (size_t i = 0; i < script->step_count; i++) {
		if (strcmp(script->steps[i].name, name) == 0) {
			return true;
		}
	}
	return false;
}

static bool matches(const struct cast_player *player, const struct cast_line *line,
		const struct note *said)
{
	if (line->after == NULL) {
		return false;
	}
	if (is_step(player->script, line->after)) {
		return said->name != NULL && strcmp(line->after, said->name) == 0;
	}
	return strcasestr(said->text, line->after) != NULL;
}

/* Whether one of the lines taken from index first on begins at about the same time. */
static bool is_taken(const struct cast_player *player, size_t first, frames_t at)
{
	for (size_t i = first; i < player->pending_count; i++) {
		if (llabs(player->pending[i].at - at) < frames_from_ms(CAST_TURN_MS)) {
			return true;
		}
	}
	return false;
}

static void take(struct cast_player *player, size_t index, frames_t at)
{
	if (player->pending_count == CAST_PENDING_MAX) {
		log_warning("cast", "too many lines wait at one time");
		return;
	}
	player->used[index]++;
	player->pending[player->pending_count++] =
			(struct cast_pending){ .line = &player->cast->lines[index], .at = at };
}

void cast_note(struct cast_player *player, const struct note *note)
{
	if (note->kind != NOTE_SAID || note->cut) {
		return;
	}
	const size_t first = player->pending_count;
	for (size_t i = 0; i < player->cast->line_count; i++) {
		const struct cast_line *line = &player->cast->lines[i];
		const frames_t at = note->at + frames_from_ms(line->delay_ms);
		if (matches(player, line, note) && is_left(player, i) &&
				!is_taken(player, first, at)) {
			take(player, i, at);
		}
	}
}

/* Lines with a time of their own wait here until it is near, so that the row never fills. */
static const struct cast_line *due_by_time(
		struct cast_player *player, frames_t before, frames_t *at)
{
	for (size_t i = 0; i < player->cast->line_count; i++) {
		const struct cast_line *line = &player->cast->lines[i];
		const frames_t begins = frames_from_ms((int64_t)line->at_ms + line->delay_ms);
		if (line->after == NULL && player->used[i] == 0 && begins < before) {
			player->used[i]++;
			*at = begins;
			return line;
		}
	}
	return NULL;
}

const struct cast_line *cast_due(struct cast_player *player, frames_t before, frames_t *at)
{
	for (size_t i = 0; i < player->pending_count; i++) {
		const struct cast_pending pending = player->pending[i];
		if (pending.at < before) {
			player->pending_count--;
			memmove(&player->pending[i], &player->pending[i + 1],
					(player->pending_count - i) * sizeof(pending));
			*at = pending.at;
			return pending.line;
		}
	}
	return due_by_time(player, before, at);
}
