/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resample.h - SpeexDSP's resampler for mono 16-bit streams. One thread at a time.
 *
 * The filter's delay is taken away (speex_resampler_skip_zeros): input sample n comes out at
 * n * rate_out / rate_in, and resample_flush() gives the tail that this holds back.
 */
#ifndef EASE_RESAMPLE_H
#define EASE_RESAMPLE_H

#include "ease/status.h"

#include <stddef.h>
#include <stdint.h>

struct resample;

/* Rates in Hz, 4000-192000; quality 0-10 (3 for speech to and from 16 kHz, 5 to the loudspeaker).
 */
EASE_NODISCARD enum status resample_create(
		uint32_t rate_in, uint32_t rate_out, int quality, struct resample **out);
void resample_destroy(struct resample *resample);

/*
 * Takes up to *in_count samples and writes up to *out_count; both are set to what was taken and
 * written. Never allocates.
 */
void resample_run(struct resample *resample, const int16_t *in, size_t *in_count, int16_t *out,
		size_t *out_count);

/* Writes what the filter still holds; returns the number of samples, at most room. */
size_t resample_flush(struct resample *resample, int16_t *out, size_t room);

/* Forgets all input, as if new. */
void resample_reset(struct resample *resample);

#endif
