/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/status.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

static const char *const strings[] = {
	[STATUS_OK] = "ok",
	[STATUS_NO_MEM] = "out of memory",
	[STATUS_BAD_ARG] = "bad argument",
	[STATUS_BAD_DATA] = "bad data",
	[STATUS_NOT_FOUND] = "not found",
	[STATUS_NO_SPACE] = "no space",
	[STATUS_NO_DATA] = "no data",
	[STATUS_BACKEND] = "backend error",
};

_Static_assert(sizeof(strings) / sizeof(strings[0]) == STATUS_COUNT, "one phrase per status");

const char *status_string(enum status status)
{
	return (size_t)status < STATUS_COUNT ? strings[status] : "unknown";
}

void diag_set(struct diag *diag, const char *path, int line, int column, const char *format, ...)
{
	if (diag == NULL) {
		return;
	}
	snprintf(diag->path, sizeof(diag->path), "%s", path != NULL ? path : "");
	diag->line = line;
	diag->column = column;

	va_list args;
	va_start(args, format);
	vsnprintf(diag->message, sizeof(diag->message), format, args);
	va_end(args);
}

void diag_string(const struct diag *diag, char *out, unsigned long size)
{
	if (diag->path[0] == '\0') {
		snprintf(out, size, "%s", diag->message);
	} else if (diag->line <= 0) {
		snprintf(out, size, "%s: %s", diag->path, diag->message);
	} else if (diag->column <= 0) {
		snprintf(out, size, "%s:%d: %s", diag->path, diag->line, diag->message);
	} else {
		snprintf(out, size, "%s:%d:%d: %s", diag->path, diag->line, diag->column,
				diag->message);
	}
}
