/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "likeness.h"

#include "likeness_table.h"

#include <math.h>
#include <string.h>

/*
 * The stretch is cut into slices of equal time; in each counts how present every phone is, as its
 * share among all phones, on a scale of logarithms. From these numbers a network of one hidden
 * layer (likeness_table.c holds its weights, tests/listen/train_score.py makes them) tells digits,
 * "stop", "yes" and "no" from each other and from other words. A search asks whether the sounds of
 * a word can be found in their order; this asks whether the whole looks like the way people say it.
 */

#define FLATTEN 0.3    /* frames are not independent, as their scores would have it */
#define FAINTEST 0.01  /* a smaller share counts as this */
#define UNLIKELY 0.001 /* nothing is less likely */

/* Adds to sums how present each phone is in a frame. */
static void add_frame(const float frame[SPHINX_PHONES], double sums[SPHINX_PHONES])
{
	double share[SPHINX_PHONES];
	double whole = 0.0;
	for (size_t i = 0; i < SPHINX_PHONES; i++) {
		share[i] = exp(FLATTEN * (double)frame[i]);
		whole += share[i];
	}
	for (size_t i = 0; i < SPHINX_PHONES; i++) {
		sums[i] += log(share[i] / whole + FAINTEST);
	}
}

void likeness_inputs(const sphinx_phones_t *frames, size_t count, double out[LIKENESS_INPUTS])
{
	memset(out, 0, LIKENESS_INPUTS * sizeof out[0]);
	for (size_t slice = 0; slice < LIKENESS_SLICES && count > 0; slice++) {
		const size_t from = count * slice / LIKENESS_SLICES;
		const size_t to = (count * (slice + 1) + LIKENESS_SLICES - 1) / LIKENESS_SLICES;
		double *sums = out + slice * SPHINX_PHONES;
		for (size_t i = from; i < to; i++) {
			add_frame(frames[i], sums);
		}
		for (size_t i = 0; i < SPHINX_PHONES; i++) {
			sums[i] /= (double)(to - from);
		}
	}
	out[LIKENESS_INPUTS - 1] = log((double)count + 1.0);
}

static double weigh(const signed char *weights, const double *values, size_t count)
{
	double sum = 0.0;
	for (size_t i = 0; i < count; i++) {
		sum += weights[i] * values[i];
	}
	return sum;
}

void likeness_classify(const double inputs[LIKENESS_INPUTS], double out[LIKENESS_CLASSES])
{
	double cells[LIKENESS_CELLS];
	double highest = -HUGE_VAL;
	double whole = 0.0;
	for (size_t i = 0; i < LIKENESS_CELLS; i++) {
		const struct likeness_cell *cell = &likeness_cells[i];
		cells[i] = tanh(cell->bias +
				cell->unit * weigh(cell->weights, inputs, LIKENESS_INPUTS));
	}
	for (size_t i = 0; i < LIKENESS_CLASSES; i++) {
		const struct likeness_class *class = &likeness_classes[i];
		out[i] = class->bias + class->unit * weigh(class->weights, cells, LIKENESS_CELLS);
		highest = fmax(highest, out[i]);
	}
	for (size_t i = 0; i < LIKENESS_CLASSES; i++) {
		out[i] = exp(out[i] - highest);
		whole += out[i];
	}
	for (size_t i = 0; i < LIKENESS_CLASSES; i++) {
		out[i] /= whole;
	}
}

const char *likeness_word(size_t class)
{
	return likeness_classes[class].meant ? likeness_classes[class].word : NULL;
}

bool likeness_judge(const double shares[LIKENESS_CLASSES], const char *word, struct likeness *out)
{
	double this = 0.0;
	double best = 0.0;
	double other = 0.0;
	bool known = false;
	for (size_t i = 0; i < LIKENESS_CLASSES; i++) {
		const struct likeness_class *class = &likeness_classes[i];
		if (!class->meant) {
			other += shares[i];
		} else if (strcmp(class->word, word) == 0) {
			this = shares[i];
			known = true;
		} else {
			best = fmax(best, shares[i]);
		}
	}
	out->word = log(fmax(this, UNLIKELY));
	out->other = log(fmax(other, UNLIKELY));
	out->lead = out->word - log(fmax(fmax(best, other), UNLIKELY));
	return known;
}
