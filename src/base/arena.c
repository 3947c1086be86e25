/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)16 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

struct block {
	struct block *next;
	size_t size;
	size_t used;
	max_align_t data[];
};

struct arena {
	struct block *blocks; /* the newest first */
};

struct arena *arena_create(void)
{
	return calloc(1, sizeof(struct arena));
}

void arena_destroy(struct arena *arena)
{
	if (arena == NULL) {
		return;
	}
	struct block *block = arena->blocks;
	while (block != NULL) {
		struct block *next = block->next;
		free(block);
		block = next;
	}
	free(arena);
}

static struct block *grow(struct arena *arena, size_t size)
{
	const size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
	if (room > SIZE_MAX - sizeof(struct block)) {
		return NULL;
	}
	struct block *block = calloc(1, sizeof(struct block) + room);
	if (block == NULL) {
		return NULL;
	}
	block->size = room;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX - ALIGNMENT) {
		return NULL;
	}
	const size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	struct block *block = arena->blocks;
	if (block == NULL || rounded > block->size - block->used) {
		block = grow(arena, rounded);
	}
	if (block == NULL) {
		return NULL;
	}
	void *given = (unsigned char *)block->data + block->used;
	block->used += rounded;
	return given;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size) {
		return NULL;
	}
	return arena_alloc(arena, count * size);
}

char *arena_string(struct arena *arena, const char *text)
{
	const size_t size = strlen(text) + 1;
	char *copy = arena_alloc(arena, size);
	if (copy != NULL) {
		memcpy(copy, text, size);
	}
	return copy;
}
