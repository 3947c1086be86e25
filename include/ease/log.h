/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * log.h - lines for the journal on standard error: "<3>speech: cannot load voice "x": bad data".
 *
 * Any thread but the audio callback may log; one call is one write(2), so lines never mix. Levels
 * are those of journald. Say the room, what failed, on what, and why; lower case, no full stop;
 * nothing in a loop that runs per buffer. errno is kept.
 */
#ifndef EASE_LOG_H
#define EASE_LOG_H

#include "ease/status.h"

enum log_level {
	LOG_LEVEL_ERROR = 3,   /* the session or a command failed */
	LOG_LEVEL_WARNING = 4, /* it goes on, but with less than was asked */
	LOG_LEVEL_NOTICE = 5,  /* what an operator wants to see once */
	LOG_LEVEL_INFO = 6,    /* progress */
	LOG_LEVEL_DEBUG = 7,   /* for developers */
};

/* Lines above this level are dropped; LOG_LEVEL_NOTICE until set. Set it before threads start. */
void log_set_level(enum log_level level);

void log_write(enum log_level level, const char *room, const char *format, ...) EASE_PRINTF(3, 4);

#define log_error(room, ...) log_write(LOG_LEVEL_ERROR, room, __VA_ARGS__)
#define log_warning(room, ...) log_write(LOG_LEVEL_WARNING, room, __VA_ARGS__)
#define log_notice(room, ...) log_write(LOG_LEVEL_NOTICE, room, __VA_ARGS__)
#define log_info(room, ...) log_write(LOG_LEVEL_INFO, room, __VA_ARGS__)
#define log_debug(room, ...) log_write(LOG_LEVEL_DEBUG, room, __VA_ARGS__)

#endif
