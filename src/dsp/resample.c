/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/resample.h"

#include <math.h>
#include <speex/speex_resampler.h>
#include <stdbool.h>
#include <stdlib.h>

#define RATE_MIN 4000
#define RATE_MAX 192000
#define CHUNK (1U << 20) /* SpeexDSP counts in 32 bits */
#define ROUNDING 1e-6    /* samples: what a sum of many steps may be off by */

struct resample {
	SpeexResamplerState *state;
	double ratio; /* output samples that one of input makes */
	double due;   /* output samples for all input so far */
	double written;
};

static bool rate_is_legal(uint32_t rate)
{
	return rate >= RATE_MIN && rate <= RATE_MAX;
}

enum status resample_create(uint32_t rate_in, uint32_t rate_out, int quality, struct resample **out)
{
	if (!rate_is_legal(rate_in) || !rate_is_legal(rate_out) ||
			quality < SPEEX_RESAMPLER_QUALITY_MIN ||
			quality > SPEEX_RESAMPLER_QUALITY_MAX) {
		return STATUS_BAD_ARG;
	}
	struct resample *resample = calloc(1, sizeof(*resample));
	if (resample == NULL) {
		return STATUS_NO_MEM;
	}
	int error = RESAMPLER_ERR_SUCCESS;
	resample->state = speex_resampler_init(1, rate_in, rate_out, quality, &error);
	if (resample->state == NULL) {
		free(resample);
		return error == RESAMPLER_ERR_ALLOC_FAILED ? STATUS_NO_MEM : STATUS_BACKEND;
	}
	resample->ratio = (double)rate_out / rate_in;
	speex_resampler_skip_zeros(resample->state);
	*out = resample;
	return STATUS_OK;
}

void resample_destroy(struct resample *resample)
{
	if (resample == NULL) {
		return;
	}
	speex_resampler_destroy(resample->state);
	free(resample);
}

static spx_uint32_t chunk_of(size_t count)
{
	return count < CHUNK ? (spx_uint32_t)count : CHUNK;
}

void resample_run(struct resample *resample, const int16_t *in, size_t *in_count, int16_t *out,
		size_t *out_count)
{
	size_t taken = 0;
	size_t made = 0;

	while (taken < *in_count && made < *out_count) {
		spx_uint32_t take = chunk_of(*in_count - taken);
		spx_uint32_t make = chunk_of(*out_count - made);
		speex_resampler_process_int(
				resample->state, 0, in + taken, &take, out + made, &make);
		if (take == 0 && make == 0) {
			break;
		}
		taken += take;
		made += make;
	}
	resample->due += (double)taken * resample->ratio;
	resample->written += (double)made;
	*in_count = taken;
	*out_count = made;
}

size_t resample_flush(struct resample *resample, int16_t *out, size_t room)
{
	static const int16_t silence[64];
	const double missing = ceil(resample->due - ROUNDING) - resample->written;
	const size_t wanted = missing > 0.0 ? (size_t)missing : 0;
	const size_t most = wanted < room ? wanted : room;
	size_t made = 0;

	while (made < most) {
		spx_uint32_t take = sizeof(silence) / sizeof(silence[0]);
		spx_uint32_t make = chunk_of(most - made);
		speex_resampler_process_int(resample->state, 0, silence, &take, out + made, &make);
		made += make;
	}
	resample->written += (double)made;
	return made;
}

void resample_reset(struct resample *resample)
{
	speex_resampler_reset_mem(resample->state);
	speex_resampler_skip_zeros(resample->state);
	resample->due = 0.0;
	resample->written = 0.0;
}
