/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/shape.h"

#include <math.h>
#include <stdlib.h>

#define HIGH_PASS_HZ 80.0
#define SHELF_HZ 6000.0
#define SHELF_DB (-3.0)
#define CEILING 27600.0 /* -1.5 dBFS: resampled, it stays below -1 dBTP */
#define BLOCK_MS 10u    /* about a pitch period: gain moves from one to the next, not inside */

/* Butterworth, by the cookbook's bilinear transform. */
static struct biquad high_pass(double rate, double hz)
{
	const double w = 2.0 * M_PI * hz / rate;
	const double alpha = sin(w) / M_SQRT2;
	const double a0 = 1.0 + alpha;
	const double side = (1.0 + cos(w)) / 2.0 / a0;
	return (struct biquad){
		.b = { side, -2.0 * side, side },
		.a = { -2.0 * cos(w) / a0, (1.0 - alpha) / a0 },
	};
}

/* High shelf of slope 1 around hz. */
static struct biquad high_shelf(double rate, double hz, double gain_db)
{
	const double w = 2.0 * M_PI * hz / rate;
	const double amp = pow(10.0, gain_db / 40.0);
	const double edge = 2.0 * sqrt(amp) * sin(w) / M_SQRT2;
	const double up = amp + 1.0;
	const double down = amp - 1.0;
	const double a0 = up - down * cos(w) + edge;
	return (struct biquad){
		.b = { amp * (up + down * cos(w) + edge) / a0,
				-2.0 * amp * (down + up * cos(w)) / a0,
				amp * (up + down * cos(w) - edge) / a0 },
		.a = { 2.0 * (down - up * cos(w)) / a0, (up - down * cos(w) - edge) / a0 },
	};
}

static double step(struct biquad *filter, double in)
{
	const double out = filter->b[0] * in + filter->z[0];
	filter->z[0] = filter->b[1] * in - filter->a[0] * out + filter->z[1];
	filter->z[1] = filter->b[2] * in - filter->a[1] * out;
	return out;
}

void shape_init(struct shape *shape, uint32_t rate, double gain_db)
{
	shape->high_pass = high_pass(rate, HIGH_PASS_HZ);
	shape->shelf = high_shelf(rate, SHELF_HZ, SHELF_DB);
	shape->gain = pow(10.0, gain_db / 20.0);
	shape->block = rate * BLOCK_MS / 1000;
}

static int16_t rounded(double value)
{
	return (int16_t)lrint(fmin(fmax(value, -INT16_MAX), INT16_MAX));
}

static void equalise(struct shape *shape, int16_t *samples, size_t count)
{
	shape->high_pass.z[0] = shape->high_pass.z[1] = 0.0;
	shape->shelf.z[0] = shape->shelf.z[1] = 0.0;
	for (size_t i = 0; i < count; i++) {
		const double high = step(&shape->high_pass, samples[i]);
		samples[i] = rounded(step(&shape->shelf, high));
	}
}

/* The gain that block number index bears, at most the voice's; what lies outside bears all. */
static double bearable(
		const struct shape *shape, const int16_t *samples, size_t count, size_t index)
{
	const size_t from = index * shape->block;
	int peak = 0;
	for (size_t i = from; i < count && i < from + shape->block; i++) {
		const int level = abs(samples[i]);
		peak = level > peak ? level : peak;
	}
	return peak * shape->gain <= CEILING ? shape->gain : CEILING / peak;
}

/*
 * Gain, less where peaks would pass the ceiling: a line from one block's edge to the next, each
 * edge as low as both its blocks need. A block is read before it is changed.
 */
static void amplify(const struct shape *shape, int16_t *samples, size_t count)
{
	double here = bearable(shape, samples, count, 0);
	double left = here;
	for (size_t index = 0; index * shape->block < count; index++) {
		const double next = bearable(shape, samples, count, index + 1);
		const double right = fmin(here, next);
		const size_t from = index * shape->block;
		for (size_t i = 0; i < shape->block && from + i < count; i++) {
			const double along = (double)i / (double)shape->block;
			const double gain = left + (right - left) * along;
			samples[from + i] = rounded(gain * samples[from + i]);
		}
		left = right;
		here = next;
	}
}

void shape_sentence(struct shape *shape, int16_t *samples, size_t count)
{
	equalise(shape, samples, count);
	amplify(shape, samples, count);
}
