/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/place.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool in_build_tree(void)
{
	char path[4096];
	const ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
	if (length < 0) {
		return false;
	}
	path[length] = '\0';
	const size_t prefix = strlen(EASE_BUILD_DIR);
	return strncmp(path, EASE_BUILD_DIR, prefix) == 0 && path[prefix] == '/';
}

enum status place_find(const char *what, char *out, size_t size)
{
	const char *top = in_build_tree() ? EASE_SOURCE_DIR : EASE_SHARE_DIR;
	const int length = snprintf(out, size, "%s/%s", top, what);
	return length >= 0 && (size_t)length < size ? STATUS_OK : STATUS_NO_SPACE;
}
