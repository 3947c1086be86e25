/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl.h"

#include "ease/device.h"

#define DEVICES_MAX 64

static void show(FILE *out, const char *direction, const char *name, bool preferred)
{
	fprintf(out, "%-6s  %s%s\n", direction, name, preferred ? "  (default)" : "");
}

int devices_run(struct ctl *ctl)
{
	struct device_info devices[DEVICES_MAX];
	size_t count = 0;
	const enum status status = device_list(devices, DEVICES_MAX, &count);
	if (status != STATUS_OK) {
		ctl_complain(ctl, "the sound devices cannot be listed: %s", status_string(status));
		return ENDING_COULD_NOT;
	}
	if (count == 0) {
		fputs("no sound devices\n", ctl->out);
	}
	for (size_t i = 0; i < count && i < DEVICES_MAX; i++) {
		if (devices[i].output) {
			show(ctl->out, "output", devices[i].name, devices[i].default_output);
		}
	}
	for (size_t i = 0; i < count && i < DEVICES_MAX; i++) {
		if (devices[i].input) {
			show(ctl->out, "input", devices[i].name, devices[i].default_input);
		}
	}
	return ENDING_DONE;
}
