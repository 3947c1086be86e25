/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/cache.h"

#include <stddef.h>
#include <string.h>

#define NOWHERE CACHE_CLIPS

void cache_clear(struct cache *cache)
{
	for (size_t i = 0; i < CACHE_CLIPS; i++) {
		clip_destroy(cache->clips[i]);
	}
	*cache = (struct cache){ .counter = 0 };
}

static size_t find(const struct cache *cache, const char *text)
{
	size_t i = 0;
	while (i < CACHE_CLIPS &&
			(cache->clips[i] == NULL || strcmp(cache->clips[i]->text, text) != 0)) {
		i++;
	}
	return i;
}

/* An empty place, or that of the clip wanted longest ago. */
static size_t oldest(const struct cache *cache)
{
	size_t best = 0;
	for (size_t i = 0; i < CACHE_CLIPS; i++) {
		if (cache->clips[i] == NULL) {
			return i;
		}
		if (cache->counter - cache->wanted[i] > cache->counter - cache->wanted[best]) {
			best = i;
		}
	}
	return best;
}

void cache_put(struct cache *cache, struct clip *clip)
{
	const size_t place = oldest(cache);
	clip_destroy(cache->clips[place]);
	cache->clips[place] = clip;
	cache->wanted[place] = ++cache->counter;
}

bool cache_touch(struct cache *cache, const char *text)
{
	const size_t place = find(cache, text);
	if (place == NOWHERE) {
		return false;
	}
	cache->wanted[place] = ++cache->counter;
	return true;
}

struct clip *cache_take(struct cache *cache, const char *text)
{
	const size_t place = find(cache, text);
	if (place == NOWHERE) {
		return NULL;
	}
	struct clip *clip = cache->clips[place];
	cache->clips[place] = NULL;
	return clip;
}
