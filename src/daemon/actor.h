/* SPDX-License-Identifier: GPL-3.0-or-later */
/* actor.h - the voice of a cast's line: flite or a recording, at the usual loudness of speech. */
#ifndef EASE_DAEMON_ACTOR_H
#define EASE_DAEMON_ACTOR_H

#include "ease/loader.h"
#include "ease/status.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Renders line at EASE_RATE; *samples is the caller's, to be freed with free(). folder is the
 * cast's, for recordings with relative paths. STATUS_NOT_FOUND or STATUS_BAD_DATA with diag for a
 * recording that cannot be read.
 */
EASE_NODISCARD enum status actor_render(const struct cast_line *line, const char *folder,
		int16_t **samples, size_t *count, struct diag *diag);

/* Brings the active parts of samples to level_dbfs, saturating; silence stays silence. */
void actor_level(int16_t *samples, size_t count, double level_dbfs);

#endif
