/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "show.h"

#include <string.h>

/* "4:07 so far", where the reply has such a length. */
static void show_time(const struct json *reply, const char *key, const char *label, FILE *out)
{
	long long seconds = 0;
	if (json_int(reply, key, &seconds) && seconds >= 0) {
		fprintf(out, "%s: %lld:%02lld\n", label, seconds / 60, seconds % 60);
	}
}

/* "step: palm-glide-2, palm-glide, left side"; a part that repeats the step's name is left out. */
static void show_step(const struct json *reply, FILE *out)
{
	const char *step = json_text(reply, "step");
	const char *unit = json_text(reply, "unit");
	const char *side = json_text(reply, "side");
	if (step == NULL) {
		return;
	}
	fprintf(out, "step: %s", step);
	if (unit != NULL && strcmp(unit, step) != 0) {
		fprintf(out, ", %s", unit);
	}
	if (side != NULL) {
		fprintf(out, ", %s side", side);
	}
	fputc('\n', out);
}

void show_status(const struct json *reply, FILE *out)
{
	const char *state = json_text(reply, "state");
	const char *session = json_text(reply, "session");
	long long target = 0;
	fputs(state != NULL ? state : "unknown", out);
	if (session == NULL) {
		fputs(", no session\n", out);
		return;
	}
	fprintf(out, ": %s\n", session);
	show_step(reply, out);
	if (json_int(reply, "target", &target)) {
		fprintf(out, "pressure target: %lld\n", target);
	}
	show_time(reply, "seconds", "so far", out);
	show_time(reply, "left", "about left", out);
}
