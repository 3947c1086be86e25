/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "names.h"

#include <stdio.h>
#include <string.h>

const char *direction_word(enum direction direction)
{
	return direction == OUTPUT ? "loudspeaker" : "microphone";
}

static bool serves(const struct device_info *info, enum direction direction)
{
	return direction == OUTPUT ? info->output : info->input;
}

static bool is_default(const struct device_info *info, enum direction direction)
{
	return direction == OUTPUT ? info->default_output : info->default_input;
}

/* Writes the names of this direction to out, as many as fit whole. */
static void list(const struct device_names *names, enum direction direction, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < names->count; i++) {
		if (!serves(&names->info[i], direction)) {
			continue;
		}
		const int wrote = snprintf(out + used, size - used, "%s\"%s\"",
				used > 0 ? ", " : "", names->info[i].name);
		if (wrote < 0 || (size_t)wrote >= size - used) {
			out[used] = '\0';
			return;
		}
		used += (size_t)wrote;
	}
}

/* The index, or names->count. */
static size_t find(const struct device_names *names, enum direction direction, const char *part)
{
	size_t found = names->count;

	for (size_t i = 0; i < names->count; i++) {
		const struct device_info *info = &names->info[i];
		if (!serves(info, direction)) {
			continue;
		}
		if (part == NULL ? is_default(info, direction)
				 : strcasecmp(info->name, part) == 0) {
			return i;
		}
		if (part != NULL && found == names->count && strcasestr(info->name, part) != NULL) {
			found = i;
		}
	}
	return found;
}

enum status names_choose(const struct device_names *names, enum direction direction,
		const char *part, size_t *out, struct diag *diag)
{
	char others[160];

	*out = find(names, direction, part);
	if (*out < names->count) {
		return STATUS_OK;
	}
	list(names, direction, others, sizeof(others));
	if (others[0] == '\0') {
		diag_set(diag, NULL, 0, 0, "there is no %s on this machine",
				direction_word(direction));
	} else if (part != NULL) {
		diag_set(diag, NULL, 0, 0, "no %s is called \"%.40s\"; there are %s",
				direction_word(direction), part, others);
	} else {
		diag_set(diag, NULL, 0, 0, "no %s is the default; there are %s",
				direction_word(direction), others);
	}
	return STATUS_NOT_FOUND;
}
