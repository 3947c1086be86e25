/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/delay.h"

#include "ease/fft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * At half the rate, the last half second of microphone is laid against the last second of
 * loudspeaker: one transform of both, their cross-spectrum with all magnitudes made equal, so that
 * every frequency has one voice, averaged over some seconds and transformed back. The room's
 * strongest path stands out as a peak over what the person says, which is noise to it. A new answer
 * must stand out clearly and come several times in a row.
 */

#define DECIMATION 2
#define HALF_FRAME (DELAY_FRAME / DECIMATION)
#define POINTS 8192
#define LAGS (POINTS / 2) /* 0 to 512 ms */
#define EARLIEST (DELAY_MIN / DECIMATION)
#define NONE INT32_MIN
#define HOP 25         /* frames between two looks */
#define KEPT 0.85F     /* of the average, at each look */
#define BIN_LOW 102    /* 100 Hz */
#define BIN_HIGH 3686  /* 3600 Hz */
#define FAINT 0.003    /* part of the mean power below which a bin says nothing */
#define FAR_QUIET 50.0 /* RMS of a loudspeaker that says nothing */
#define CLEAR 9.0      /* peak over RMS of all lags */
#define NEAR_MISS 16   /* lags: 2 ms, the same answer */
#define HYSTERESIS 32  /* lags: 4 ms, another answer */
#define AGREEING 3     /* looks in a row */

struct delay {
	struct fft *fft;
	float near[LAGS]; /* oldest first */
	float far[POINTS];
	float cross_re[LAGS + 1];
	float cross_im[LAGS + 1];
	float re[POINTS];
	float im[POINTS];
	int32_t frames;
	int32_t candidate; /* a lag, or NONE */
	int32_t agreed;    /* looks that it came in */
	int32_t lag;       /* the answer, or NONE */
	uint32_t looks;    /* that found the answer again */
	double exact;      /* the lag at the last of them */
};

enum status delay_create(struct delay **out)
{
	struct delay *delay = calloc(1, sizeof(*delay));
	if (delay == NULL) {
		return STATUS_NO_MEM;
	}
	const enum status status = fft_create(POINTS, &delay->fft);
	if (status != STATUS_OK) {
		free(delay);
		return status;
	}
	delay_reset(delay);
	*out = delay;
	return STATUS_OK;
}

void delay_destroy(struct delay *delay)
{
	if (delay != NULL) {
		fft_destroy(delay->fft);
		free(delay);
	}
}

void delay_reset(struct delay *delay)
{
	struct fft *fft = delay->fft;
	memset(delay, 0, sizeof(*delay));
	delay->fft = fft;
	delay->candidate = NONE;
	delay->lag = NONE;
}

static void append(float *kept, size_t count, const int16_t *frame)
{
	memmove(kept, kept + HALF_FRAME, (count - HALF_FRAME) * sizeof(kept[0]));
	float *out = kept + count - HALF_FRAME;
	for (size_t i = 0; i < HALF_FRAME; i++) {
		out[i] = 0.5F * (float)(frame[DECIMATION * i] + frame[DECIMATION * i + 1]);
	}
}

static bool is_quiet(const struct delay *delay)
{
	double sum = 0.0;
	for (size_t i = 0; i < POINTS; i++) {
		sum += (double)(delay->far[i] * delay->far[i]);
	}
	return sum < FAR_QUIET * FAR_QUIET * POINTS;
}

/* Both real signals through one transform: near as real part, far as imaginary part. The near
 * samples are the newest, so that a lag of n finds far n samples before. */
static void transform(struct delay *delay)
{
	memset(delay->re, 0, LAGS * sizeof(delay->re[0]));
	memcpy(delay->re + LAGS, delay->near, sizeof(delay->near));
	memcpy(delay->im, delay->far, sizeof(delay->far));
	fft_forward(delay->fft, delay->re, delay->im);
}

/* The two spectra at bin k. */
static void split(const struct delay *delay, size_t k, float near[2], float far[2])
{
	const size_t mirror = POINTS - k;
	near[0] = 0.5F * (delay->re[k] + delay->re[mirror]);
	near[1] = 0.5F * (delay->im[k] - delay->im[mirror]);
	far[0] = 0.5F * (delay->im[k] + delay->im[mirror]);
	far[1] = 0.5F * (delay->re[mirror] - delay->re[k]);
}

static void average(struct delay *delay)
{
	float near[2];
	float far[2];
	double power = 0.0;
	for (size_t k = BIN_LOW; k < BIN_HIGH; k++) {
		split(delay, k, near, far);
		power += (double)(far[0] * far[0] + far[1] * far[1]);
	}
	const float faint = (float)(FAINT * power / (BIN_HIGH - BIN_LOW));
	for (size_t k = BIN_LOW; k < BIN_HIGH; k++) {
		split(delay, k, near, far);
		const float re = near[0] * far[0] + near[1] * far[1];
		const float im = near[1] * far[0] - near[0] * far[1];
		const float magnitude = sqrtf(re * re + im * im);
		delay->cross_re[k] *= KEPT;
		delay->cross_im[k] *= KEPT;
		if (magnitude > 0.0F && far[0] * far[0] + far[1] * far[1] > faint) {
			delay->cross_re[k] += re / magnitude;
			delay->cross_im[k] += im / magnitude;
		}
	}
}

/* The lag of the highest peak, NONE where none stands out. What is early stands at the end. */
static int32_t find_peak(struct delay *delay)
{
	memset(delay->re, 0, sizeof(delay->re));
	memset(delay->im, 0, sizeof(delay->im));
	for (size_t k = BIN_LOW; k < BIN_HIGH; k++) {
		delay->re[k] = delay->cross_re[k];
		delay->im[k] = delay->cross_im[k];
	}
	fft_inverse(delay->fft, delay->re, delay->im);
	int32_t peak = 0;
	double sum = 0.0;
	double highest = (double)delay->re[0];
	for (int32_t i = EARLIEST; i < LAGS; i++) {
		const double height = (double)delay->re[(i + POINTS) % POINTS];
		sum += height * height;
		peak = height > highest ? i : peak;
		highest = fmax(height, highest);
	}
	const int32_t lags = LAGS - EARLIEST;
	const double rms = sqrt(sum / lags);
	const bool within = peak * DECIMATION <= DELAY_MAX;
	return within && highest > CLEAR * rms ? peak : NONE;
}

static int32_t apart(int32_t a, int32_t b)
{
	return a > b ? a - b : b - a;
}

/* Where a parabola through the peak and its neighbours is highest. */
static double summit(const struct delay *delay, int32_t peak)
{
	const double before = (double)delay->re[(peak - 1 + POINTS) % POINTS];
	const double top = (double)delay->re[(peak + POINTS) % POINTS];
	const double after = (double)delay->re[(peak + 1 + POINTS) % POINTS];
	const double bend = before - 2.0 * top + after;
	return bend < 0.0 ? peak + 0.5 * (before - after) / bend : peak;
}

/* Whether the peak found is a new answer. */
static bool weigh(struct delay *delay, int32_t peak)
{
	if (peak == NONE) {
		delay->agreed = 0;
		return false;
	}
	if (delay->agreed == 0 || apart(peak, delay->candidate) > NEAR_MISS) {
		delay->agreed = 0;
		delay->candidate = peak;
	}
	delay->agreed++;
	if (delay->lag != NONE && apart(peak, delay->lag) <= HYSTERESIS) {
		delay->looks++;
		delay->exact = summit(delay, peak);
	}
	if (delay->agreed < AGREEING ||
			(delay->lag != NONE && apart(peak, delay->lag) <= HYSTERESIS)) {
		return false;
	}
	delay->lag = peak;
	return true;
}

bool delay_process(struct delay *delay, const int16_t near[DELAY_FRAME],
		const int16_t far[DELAY_FRAME])
{
	append(delay->near, LAGS, near);
	append(delay->far, POINTS, far);
	if (++delay->frames < HOP) {
		return false;
	}
	delay->frames = 0;
	if (is_quiet(delay)) {
		return false;
	}
	transform(delay);
	average(delay);
	return weigh(delay, find_peak(delay));
}

int32_t delay_samples(const struct delay *delay)
{
	return delay->lag == NONE ? DELAY_UNKNOWN : delay->lag * DECIMATION;
}

uint32_t delay_looks(const struct delay *delay)
{
	return delay->looks;
}

double delay_exact(const struct delay *delay)
{
	return delay->exact * DECIMATION;
}
