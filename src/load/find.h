/* SPDX-License-Identifier: GPL-3.0-or-later */
/* find.h - the files that scripts are made of, by name. */
#ifndef EASE_LOAD_FIND_H
#define EASE_LOAD_FIND_H

#include "load/tree.h"

#include <limits.h>
#include <stdbool.h>

/* Writes "folder/sub/name.yaml" (sub may be "") to out; false when it is too long. */
bool find_path(const char *folder, const char *sub, const char *name, char out[static PATH_MAX]);

/* Whether a file can be read at path. */
bool find_exists(const char *path);

/*
 * The names of the files NAME.yaml in folder/sub, sorted; count becomes their number. A folder that
 * cannot be read has none. NULL only when memory ran out.
 */
const char **find_names(struct source *source, const char *folder, const char *sub, size_t *count);

/* The file's name without folder and ".yaml", in the arena; NULL when memory ran out. */
const char *find_stem(struct source *source, const char *path);

/* The folder that path stands in, in the arena; NULL when memory ran out. */
const char *find_folder(struct source *source, const char *path);

#endif
