/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * eventlog.h - the event log: one JSON object a line for each note, to a file and to one more
 * reader.
 */
#ifndef EASE_DAEMON_EVENTLOG_H
#define EASE_DAEMON_EVENTLOG_H

#include "note.h"

#include "ease/status.h"

#include <stddef.h>

#define EVENTLOG_LINE_MAX 4096

/* Doubtful words (HEARD without sure) and what is the journal's alone are no event: STATUS_NO_DATA.
 * The line has no newline. */
EASE_NODISCARD enum status eventlog_line(const struct note *note, char *out, size_t size);

/* Gets every line, as it is written. */
typedef void eventlog_fn(void *arg, const char *line);

struct eventlog;

/* path NULL: no file. reader may be NULL. STATUS_BACKEND with diag when the file cannot be made. */
EASE_NODISCARD enum status eventlog_open(const char *path, eventlog_fn *reader, void *arg,
		struct eventlog **out, struct diag *diag);

void eventlog_note(struct eventlog *eventlog, const struct note *note);

/* STATUS_BACKEND when not everything reached the disk; frees it all the same. NULL does nothing. */
EASE_NODISCARD enum status eventlog_close(struct eventlog *eventlog);

#endif
