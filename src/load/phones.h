/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phones.h - ARPAbet without stress, as PocketSphinx and its dictionaries write it. Pure. */
#ifndef EASE_LOAD_PHONES_H
#define EASE_LOAD_PHONES_H

#include <stddef.h>

/* The first of the words of text, one blank between two, that is no phone; NULL: all are. */
const char *phones_wrong(const char *text);

size_t phones_count(const char *text);

/*
 * How differently two rows of phones sound: the least that turns one into the other, where dropping
 * or adding a phone costs about 0.8 and taking one for another from 0.1 (S, SH) to 1.2. Unknown
 * phones are like no other; only the first 64 count.
 */
double phones_distance(const char *a, const char *b);

#endif
