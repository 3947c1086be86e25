/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lines.h"

#include <string.h>

void lines_init(struct lines *lines)
{
	lines->start = 0;
	lines->used = 0;
	lines->skipping = false;
}

char *lines_room(struct lines *lines, size_t *room)
{
	*room = sizeof(lines->data) - lines->used;
	return lines->data + lines->used;
}

void lines_filled(struct lines *lines, size_t count)
{
	lines->used += count;
}

static void compact(struct lines *lines)
{
	if (lines->start > 0) {
		lines->used -= lines->start;
		memmove(lines->data, lines->data + lines->start, lines->used);
		lines->start = 0;
	}
}

enum line_kind lines_next(struct lines *lines, const char **line, size_t *length)
{
	const char *from = lines->data + lines->start;
	const char *end = memchr(from, '\n', lines->used - lines->start);
	if (end != NULL && lines->skipping) {
		lines->skipping = false;
		lines->start = (size_t)(end - lines->data) + 1;
		from = end + 1;
		end = memchr(from, '\n', lines->used - lines->start);
	}
	if (end != NULL) {
		*line = from;
		*length = (size_t)(end - from);
		lines->start = (size_t)(end - lines->data) + 1;
		return LINE_WHOLE;
	}
	compact(lines);
	if (lines->used < sizeof(lines->data)) {
		return LINE_NONE;
	}
	const bool told = lines->skipping;
	lines->used = 0;
	lines->skipping = true;
	return told ? LINE_NONE : LINE_TOO_LONG;
}

bool lines_rest(struct lines *lines, const char **line, size_t *length)
{
	*line = lines->data + lines->start;
	*length = lines->used - lines->start;
	lines->start = lines->used;
	return *length > 0 && !lines->skipping;
}
