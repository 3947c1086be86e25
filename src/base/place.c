/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/place.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
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

/* NULL for a variable that is unset or empty. */
static const char *variable(const char *name)
{
	const char *value = getenv(name);
	return value != NULL && value[0] != '\0' ? value : NULL;
}

enum status place_data(const char *data, char *out, size_t size)
{
	const char *state = variable("STATE_DIRECTORY"); /* a list, of which the first is ours */
	const char *share = variable("XDG_DATA_HOME");
	const char *home = variable("HOME");
	int length = 0;
	if (data != NULL) {
		length = snprintf(out, size, "%s", data);
	} else if (state != NULL) {
		length = snprintf(out, size, "%.*s", (int)strcspn(state, ":"), state);
	} else if (share != NULL) {
		length = snprintf(out, size, "%s/ease", share);
	} else if (home != NULL) {
		length = snprintf(out, size, "%s/.local/share/ease", home);
	} else {
		return STATUS_NOT_FOUND;
	}
	return length >= 0 && (size_t)length < size ? STATUS_OK : STATUS_NO_SPACE;
}
