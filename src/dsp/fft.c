/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/fft.h"

#include <math.h>
#include <stdlib.h>

#define SIZE_MIN 4
#define SIZE_LIMIT 65536

struct fft {
	size_t size;
	float *cosines; /* of the first half of the circle */
	float *sines;
};

enum status fft_create(size_t size, struct fft **out)
{
	if (size < SIZE_MIN || size > SIZE_LIMIT || (size & (size - 1)) != 0) {
		return STATUS_BAD_ARG;
	}
	struct fft *fft = malloc(sizeof(*fft) + size * sizeof(float));
	if (fft == NULL) {
		return STATUS_NO_MEM;
	}
	fft->size = size;
	fft->cosines = (float *)(fft + 1);
	fft->sines = fft->cosines + size / 2;
	for (size_t i = 0; i < size / 2; i++) {
		const double angle = 2.0 * M_PI * (double)i / (double)size;
		fft->cosines[i] = (float)cos(angle);
		fft->sines[i] = (float)sin(angle);
	}
	*out = fft;
	return STATUS_OK;
}

void fft_destroy(struct fft *fft)
{
	free(fft);
}

static void swap(float *a, float *b)
{
	const float kept = *a;
	*a = *b;
	*b = kept;
}

/* Element i changes places with the one whose number reads backwards in binary. */
static void reverse_bits(size_t size, float *re, float *im)
{
	size_t j = 0;
	for (size_t i = 1; i < size; i++) {
		size_t bit = size >> 1;
		for (; (j & bit) != 0; bit >>= 1) {
			j ^= bit;
		}
		j ^= bit;
		if (i < j) {
			swap(&re[i], &re[j]);
			swap(&im[i], &im[j]);
		}
	}
}

/* Joins two transforms of half points each into one. */
static void join(const struct fft *fft, size_t half, float *re, float *im)
{
	const size_t stride = fft->size / (2 * half);
	for (size_t k = 0; k < half; k++) {
		const float c = fft->cosines[k * stride];
		const float s = fft->sines[k * stride];
		const float x = re[k + half] * c + im[k + half] * s;
		const float y = im[k + half] * c - re[k + half] * s;
		re[k + half] = re[k] - x;
		im[k + half] = im[k] - y;
		re[k] += x;
		im[k] += y;
	}
}

void fft_forward(const struct fft *fft, float *re, float *im)
{
	reverse_bits(fft->size, re, im);
	for (size_t half = 1; half < fft->size; half *= 2) {
		for (size_t first = 0; first < fft->size; first += 2 * half) {
			join(fft, half, re + first, im + first);
		}
	}
}

void fft_inverse(const struct fft *fft, float *re, float *im)
{
	fft_forward(fft, im, re); /* parts exchanged: the circle the other way round */
}
