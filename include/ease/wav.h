/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wav.h - recordings in (any rate, channels and format that libsndfile reads), WAV out (16-bit
 * mono). */
#ifndef EASE_WAV_H
#define EASE_WAV_H

#include "ease/status.h"

#include <stddef.h>
#include <stdint.h>

struct wav_writer;

/*
 * Reads the whole recording, mixes it to mono and resamples it to rate. *samples is the caller's,
 * to be freed with free(). STATUS_NOT_FOUND or STATUS_BAD_DATA with the reason in diag.
 */
EASE_NODISCARD enum status wav_read(const char *path, uint32_t rate, int16_t **samples,
		size_t *count, struct diag *diag);

/* STATUS_BACKEND with the reason in diag when the file cannot be made. */
EASE_NODISCARD enum status wav_create(
		const char *path, uint32_t rate, struct wav_writer **out, struct diag *diag);
EASE_NODISCARD enum status wav_write(
		struct wav_writer *writer, const int16_t *samples, size_t count);
/* STATUS_BACKEND when not everything reached the disk; frees the writer all the same. */
EASE_NODISCARD enum status wav_close(struct wav_writer *writer);

#endif
