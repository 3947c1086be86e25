/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arena.h - memory that is given out piece by piece and freed at once: what a loader builds.
 *
 * Used by one thread at a time. Everything an arena gives is zeroed, aligned for any type, and
 * lives until arena_destroy().
 */
#ifndef EASE_ARENA_H
#define EASE_ARENA_H

#include <stddef.h>

struct arena;

/* NULL when out of memory. The caller owns the arena and frees it with arena_destroy(). */
struct arena *arena_create(void);

/* Frees the arena and all that it gave. NULL does nothing. */
void arena_destroy(struct arena *arena);

/* size bytes of zeroes, or NULL when out of memory. A size of 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);

/* count * size bytes of zeroes, or NULL when out of memory or when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of text, or NULL when out of memory. */
char *arena_string(struct arena *arena, const char *text);

#endif
