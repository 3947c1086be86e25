/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_load.h - a folder of written files to load from, and the exact reason for a refusal. */
#ifndef EASE_TEST_LOAD_H
#define EASE_TEST_LOAD_H

#include "ease/loader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCRIPTS EASE_SOURCE_DIR "/scripts"
#define VOICES EASE_SOURCE_DIR "/voices"

/* One test's world; *state of its tests. */
struct world {
	char folder[64];
	char files[40][160]; /* written, to be removed */
	size_t file_count;
	struct arena *arena;
	const struct voice *voice;
	struct diag diag;
};

static inline int world_make(void **state)
{
	struct world *world = calloc(1, sizeof(*world));

	assert_non_null(world);
	snprintf(world->folder, sizeof(world->folder), "%s", "/tmp/ease-load-XXXXXX");
	assert_non_null(mkdtemp(world->folder));
	world->arena = arena_create();
	assert_non_null(world->arena);
	*state = world;
	return 0;
}

static inline int world_remove(void **state)
{
	static const char *const folders[] = { "units", "parts", "en" };
	struct world *world = *state;
	char path[160];

	for (size_t i = 0; i < world->file_count; i++) {
		(void)unlink(world->files[i]);
	}
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", world->folder, folders[i]);
		(void)rmdir(path);
	}
	(void)rmdir(world->folder);
	arena_destroy(world->arena);
	free(world);
	return 0;
}

/* The path of a file in the world's folder, in a buffer that the next call uses again. */
static inline const char *world_path(const struct world *world, const char *name)
{
	static char path[160];

	snprintf(path, sizeof(path), "%s/%s", world->folder, name);
	return path;
}

static inline void world_write_bytes(
		struct world *world, const char *name, const void *bytes, size_t length)
{
	char folder[160];
	const char *slash = strchr(name, '/');

	if (slash != NULL) {
		snprintf(folder, sizeof(folder), "%s/%.*s", world->folder, (int)(slash - name),
				name);
		(void)mkdir(folder, 0700);
	}
	const char *path = world_path(world, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
	for (size_t i = 0; i < world->file_count; i++) {
		if (strcmp(world->files[i], path) == 0) {
			return;
		}
	}
	assert_true(world->file_count < 40);
	snprintf(world->files[world->file_count++], 160, "%s", path);
}

static inline void world_write(struct world *world, const char *name, const char *text)
{
	world_write_bytes(world, name, text, strlen(text));
}

/* text with its first find replaced; the caller frees. */
static inline char *replaced(const char *text, const char *find, const char *by)
{
	const char *at = strstr(text, find);

	if (at == NULL) {
		fail_msg("the document does not hold \"%s\"", find);
		return NULL;
	}
	const size_t size = strlen(text) + strlen(by) + 1;
	char *out = malloc(size);
	assert_non_null(out);
	snprintf(out, size, "%.*s%s%s", (int)(at - text), text, by, at + strlen(find));
	return out;
}

/* The diagnosis without the folder: "units/x.yaml:3:4: reason". */
static inline void assert_reason(const struct world *world, const char *wanted)
{
	char got[600];
	const size_t skip = strlen(world->folder);

	diag_string(&world->diag, got, sizeof(got));
	const char *reason = strncmp(got, world->folder, skip) == 0 ? got + skip + 1 : got;
	assert_string_equal(reason, wanted);
}

static inline const struct vocabulary *world_vocabulary(struct world *world)
{
	if (world->voice == NULL) {
		const enum status status = voice_load(
				world->arena, VOICES, "calm-warm", &world->voice, &world->diag);
		assert_int_equal(status, STATUS_OK);
	}
	return &world->voice->vocabulary;
}

#endif
