/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ties.h - "for": steps that are left out together. */
#ifndef EASE_LOAD_TIES_H
#define EASE_LOAD_TIES_H

#include "load/steps.h"

/* Finds what each step goes with, when all are known. */
void ties_resolve(struct steps *steps);

#endif
