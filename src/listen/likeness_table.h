/* SPDX-License-Identifier: GPL-3.0-or-later */
/* likeness_table.h - the weights of likeness.c. */
#ifndef EASE_LISTEN_LIKENESS_TABLE_H
#define EASE_LISTEN_LIKENESS_TABLE_H

#include "likeness.h"

#include <stdbool.h>

#define LIKENESS_CELLS 48

struct likeness_cell {
	double bias;
	double unit; /* of a weight */
	signed char weights[LIKENESS_INPUTS];
};

struct likeness_class {
	const char *word; /* "other": all that have no class of their own */
	bool meant;       /* a word that the coach waits for */
	double bias;
	double unit;
	signed char weights[LIKENESS_CELLS];
};

extern const struct likeness_cell likeness_cells[LIKENESS_CELLS];
extern const struct likeness_class likeness_classes[LIKENESS_CLASSES];

#endif
