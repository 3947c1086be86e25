/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shape.h"

#include <math.h>

#define HIGH_PASS_HZ 80.0
#define SHELF_HZ 6000.0
#define SHELF_DB (-3.0)
#define FULL_SCALE 32767.0

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

static void rest(struct biquad *filter)
{
	filter->z[0] = 0.0;
	filter->z[1] = 0.0;
}

void shape_init(struct shape *shape, uint32_t rate, double gain_db)
{
	shape->high_pass = high_pass(rate, HIGH_PASS_HZ);
	shape->shelf = high_shelf(rate, SHELF_HZ, SHELF_DB);
	shape->gain = pow(10.0, gain_db / 20.0);
	shape->rate = rate;
}

static int16_t rounded(double value)
{
	if (value >= FULL_SCALE) {
		return INT16_MAX;
	}
	return value <= -FULL_SCALE ? -INT16_MAX : (int16_t)lrint(value);
}

void shape_sentence(struct shape *shape, int16_t *samples, size_t count)
{
	rest(&shape->high_pass);
	rest(&shape->shelf);
	for (size_t i = 0; i < count; i++) {
		const double dry = shape->gain * samples[i];
		samples[i] = rounded(step(&shape->shelf, step(&shape->high_pass, dry)));
	}
}
