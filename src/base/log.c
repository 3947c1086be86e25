/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#define LINE_MAX_BYTES 512

static atomic_int threshold = LOG_LEVEL_NOTICE;

void log_set_level(enum log_level level)
{
	atomic_store_explicit(&threshold, (int)level, memory_order_relaxed);
}

void log_write(enum log_level level, const char *room, const char *format, ...)
{
	if ((int)level > atomic_load_explicit(&threshold, memory_order_relaxed)) {
		return;
	}
	const int saved = errno;
	char line[LINE_MAX_BYTES];
	int length = snprintf(line, sizeof(line), "<%d>%s: ", (int)level, room);
	if (length < LINE_MAX_BYTES) {
		va_list args;
		va_start(args, format);
		length += vsnprintf(line + length, sizeof(line) - (size_t)length, format, args);
		va_end(args);
	}

	if (length > LINE_MAX_BYTES - 1) {
		length = LINE_MAX_BYTES - 1;
	}
	line[length] = '\n';
	/* standard error is the last resort: there is nobody to tell that it failed */
	const ssize_t written = write(STDERR_FILENO, line, (size_t)length + 1);
	(void)written;
	errno = saved;
}
