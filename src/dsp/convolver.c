/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/convolver.h"

#include "ease/fft.h"

#include <stdlib.h>
#include <string.h>

/*
 * The response is cut into parts of a period. Each part's spectrum meets the spectrum of the input
 * as it was that many periods ago (overlap-save), and one inverse transform serves them all.
 */

#define POINTS 1024
#define BINS (POINTS / 2 + 1)

_Static_assert(POINTS >= 2 * EASE_PERIOD, "a part and a period must fit");

struct spectrum {
	float re[BINS];
	float im[BINS];
};

struct convolver {
	struct fft *fft;
	struct spectrum *parts; /* of the response */
	struct spectrum *past;  /* of the input; the newest stands at now */
	size_t count;           /* of both */
	size_t now;
	float window[POINTS]; /* the newest input last */
	float re[POINTS];
	float im[POINTS];
};

static void transform(struct convolver *convolver, struct spectrum *out)
{
	memset(convolver->im, 0, sizeof(convolver->im));
	fft_forward(convolver->fft, convolver->re, convolver->im);
	memcpy(out->re, convolver->re, sizeof(out->re));
	memcpy(out->im, convolver->im, sizeof(out->im));
}

static void cut(struct convolver *convolver, const float *taps, size_t count)
{
	for (size_t i = 0; i < convolver->count; i++) {
		const size_t first = i * EASE_PERIOD;
		const size_t length = count - first < EASE_PERIOD ? count - first : EASE_PERIOD;
		memset(convolver->re, 0, sizeof(convolver->re));
		memcpy(convolver->re, taps + first, length * sizeof(taps[0]));
		transform(convolver, &convolver->parts[i]);
	}
}

enum status convolver_create(const float *taps, size_t count, struct convolver **out)
{
	if (count < 1 || count > CONVOLVER_TAPS_MAX) {
		return STATUS_BAD_ARG;
	}
	struct convolver *convolver = calloc(1, sizeof(*convolver));
	if (convolver == NULL) {
		return STATUS_NO_MEM;
	}
	convolver->count = (count + EASE_PERIOD - 1) / EASE_PERIOD;
	convolver->parts = calloc(convolver->count, sizeof(convolver->parts[0]));
	convolver->past = calloc(convolver->count, sizeof(convolver->past[0]));
	enum status status = fft_create(POINTS, &convolver->fft);
	if (convolver->parts == NULL || convolver->past == NULL) {
		status = STATUS_NO_MEM;
	}
	if (status != STATUS_OK) {
		convolver_destroy(convolver);
		return status;
	}
	cut(convolver, taps, count);
	*out = convolver;
	return STATUS_OK;
}

void convolver_destroy(struct convolver *convolver)
{
	if (convolver != NULL) {
		fft_destroy(convolver->fft);
		free(convolver->parts);
		free(convolver->past);
		free(convolver);
	}
}

static void add_product(
		struct convolver *convolver, const struct spectrum *a, const struct spectrum *b)
{
	for (size_t k = 0; k < BINS; k++) {
		convolver->re[k] += a->re[k] * b->re[k] - a->im[k] * b->im[k];
		convolver->im[k] += a->re[k] * b->im[k] + a->im[k] * b->re[k];
	}
}

void convolver_process(
		struct convolver *convolver, const int16_t in[EASE_PERIOD], float out[EASE_PERIOD])
{
	float *window = convolver->window;
	memmove(window, window + EASE_PERIOD, (POINTS - EASE_PERIOD) * sizeof(window[0]));
	for (size_t i = 0; i < EASE_PERIOD; i++) {
		window[POINTS - EASE_PERIOD + i] = (float)in[i];
	}
	convolver->now = (convolver->now + 1) % convolver->count;
	memcpy(convolver->re, window, sizeof(convolver->re));
	transform(convolver, &convolver->past[convolver->now]);

	memset(convolver->re, 0, sizeof(convolver->re));
	memset(convolver->im, 0, sizeof(convolver->im));
	for (size_t i = 0; i < convolver->count; i++) {
		const size_t then = (convolver->now + convolver->count - i) % convolver->count;
		add_product(convolver, &convolver->parts[i], &convolver->past[then]);
	}
	for (size_t k = 1; k < POINTS / 2; k++) { /* a real signal's spectrum mirrors itself */
		convolver->re[POINTS - k] = convolver->re[k];
		convolver->im[POINTS - k] = -convolver->im[k];
	}
	fft_inverse(convolver->fft, convolver->re, convolver->im);
	for (size_t i = 0; i < EASE_PERIOD; i++) {
		out[i] = convolver->re[POINTS - EASE_PERIOD + i] / POINTS;
	}
}
