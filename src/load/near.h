/* SPDX-License-Identifier: GPL-3.0-or-later */
/* near.h - the word that somebody probably meant. Pure. */
#ifndef EASE_LOAD_NEAR_H
#define EASE_LOAD_NEAR_H

#include <stddef.h>

/* The nearest of count words by edits (NULL entries are skipped), or NULL if none is close. */
const char *near_word(const char *word, const char *const *words, size_t count);

#endif
