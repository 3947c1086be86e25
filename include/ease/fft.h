/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fft.h - the fast Fourier transform of complex numbers, real and imaginary parts in two arrays.
 *
 * A struct fft is only read once it is made: any number of threads may share it.
 */
#ifndef EASE_FFT_H
#define EASE_FFT_H

#include "ease/status.h"

#include <stddef.h>

struct fft;

/* size: a power of two from 4 to 65536; else STATUS_BAD_ARG. */
EASE_NODISCARD enum status fft_create(size_t size, struct fft **out);
void fft_destroy(struct fft *fft);

/* In place. The inverse of the forward transform gives size times the input. */
void fft_forward(const struct fft *fft, float *re, float *im);
void fft_inverse(const struct fft *fft, float *re, float *im);

#endif
