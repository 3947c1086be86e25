/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lines.h - bytes in as they come, lines out. Pure; used by both ends of the socket. */
#ifndef EASE_CONTROL_LINES_H
#define EASE_CONTROL_LINES_H

#include "ease/control.h"

#include <stdbool.h>
#include <stddef.h>

enum line_kind {
	LINE_NONE,     /* more bytes are needed */
	LINE_WHOLE,    /* a line without its newline */
	LINE_TOO_LONG, /* said once; all up to the next newline is dropped */
};

struct lines {
	char data[CONTROL_LINE_MAX];
	size_t start;  /* of what was not given out yet */
	size_t used;   /* bytes in data */
	bool skipping; /* inside a line that was too long */
};

void lines_init(struct lines *lines);

/* Where to put further bytes; after LINE_NONE there is room for at least one. */
char *lines_room(struct lines *lines, size_t *room);
void lines_filled(struct lines *lines, size_t count);

/* The next line; *line is borrowed until the next call. */
enum line_kind lines_next(struct lines *lines, const char **line, size_t *length);

/* What stands behind the last newline, for when no more will come. False: nothing. */
bool lines_rest(struct lines *lines, const char **line, size_t *length);

#endif
