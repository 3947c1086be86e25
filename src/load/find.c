/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/find.h"

#include "load/field.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMES_MAX 500

static const char extension[] = ".yaml";

bool find_path(const char *folder, const char *sub, const char *name, char out[static PATH_MAX])
{
	const int length = snprintf(out, PATH_MAX, "%s/%s%s%s%s", folder, sub,
			sub[0] != '\0' ? "/" : "", name, extension);

	return length >= 0 && length < PATH_MAX;
}

bool find_exists(const char *path)
{
	return access(path, R_OK) == 0;
}

/* The part of path from first on, length bytes long. */
static const char *piece(struct source *source, const char *first, size_t length)
{
	char *copy = tree_array(source, length + 1, 1);

	if (copy != NULL) {
		memcpy(copy, first, length);
	}
	return copy;
}

static size_t stem_length(const char *file)
{
	const size_t length = strlen(file);
	const size_t tail = sizeof(extension) - 1;
	const bool yaml = length > tail && strcmp(file + length - tail, extension) == 0;

	return yaml ? length - tail : length;
}

const char *find_stem(struct source *source, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *file = slash != NULL ? slash + 1 : path;

	return piece(source, file, stem_length(file));
}

const char *find_folder(struct source *source, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL) {
		return piece(source, ".", 1);
	}
	return slash == path ? piece(source, "/", 1) : piece(source, path, (size_t)(slash - path));
}

static int compare(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

const char **find_names(struct source *source, const char *folder, const char *sub, size_t *count)
{
	char path[PATH_MAX];
	const char **names = tree_array(source, NAMES_MAX, sizeof(*names));

	*count = 0;
	const int length = snprintf(path, sizeof(path), "%s/%s", folder, sub);
	errno = 0;
	DIR *dir = names != NULL && length >= 0 && length < PATH_MAX ? opendir(path) : NULL;
	if (dir == NULL) {
		if (names != NULL && errno == ENOMEM) {
			tree_no_memory(source);
			return NULL;
		}
		return names;
	}
	/* one stream in one thread: readdir() is safe */
	for (const struct dirent *entry = readdir(dir); /* NOLINT(concurrency-mt-unsafe) */
			entry != NULL && *count < NAMES_MAX;
			entry = readdir(dir)) { /* NOLINT(concurrency-mt-unsafe) */
		const char *stem = find_stem(source, entry->d_name);
		if (stem == NULL) {
			break;
		}
		if (strcmp(stem, entry->d_name) != 0 && field_is_name(stem)) {
			names[(*count)++] = stem;
		}
	}
	(void)closedir(dir);
	if (source->status != STATUS_OK) {
		return NULL;
	}
	qsort(names, *count, sizeof(*names), compare);
	return names;
}
