/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cache.h - clips synthesised ahead, by their text; the least recently wanted one makes room. */
#ifndef EASE_SPEECH_CACHE_H
#define EASE_SPEECH_CACHE_H

#include "speech/clip.h"

#include <stdbool.h>
#include <stdint.h>

#define CACHE_CLIPS 4

/* All zero is an empty cache. */
struct cache {
	struct clip *clips[CACHE_CLIPS];
	uint32_t wanted[CACHE_CLIPS]; /* when, by counter */
	uint32_t counter;
};

void cache_clear(struct cache *cache);

/* Takes ownership of clip. */
void cache_put(struct cache *cache, struct clip *clip);

/* Whether a clip of text is here; counts as wanting it. */
bool cache_touch(struct cache *cache, const char *text);

/* Gives the clip of text away, or NULL. */
struct clip *cache_take(struct cache *cache, const char *text);

#endif
