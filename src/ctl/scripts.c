/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an author needs: which sessions there are, and what is wrong with a file. */
#include "ctl.h"

#include "ease/arena.h"
#include "ease/loader.h"
#include "vocab.h"

#include <string.h>

static int widest(const struct session_entry *entries, size_t count)
{
	size_t width = 0;
	for (size_t i = 0; i < count; i++) {
		const size_t length = strlen(entries[i].name);
		width = length > width ? length : width;
	}
	return (int)width;
}

static int list(const struct ctl *ctl, const char *folder, struct arena *arena)
{
	const struct session_entry *entries = NULL;
	size_t count = 0;
	struct diag diag = { .line = 0 };
	const enum status status = script_list(arena, folder, &entries, &count, &diag);
	if (status != STATUS_OK) {
		ctl_explain(ctl, status, &diag);
		return ENDING_BAD_INPUT;
	}
	if (count == 0) {
		ctl_complain(ctl, "%s: no sessions here", folder);
		return ENDING_BAD_INPUT;
	}
	const int width = widest(entries, count);
	for (size_t i = 0; i < count; i++) {
		fprintf(ctl->out, "%-*s  %s\n", width, entries[i].name, entries[i].about);
	}
	return ENDING_DONE;
}

int scripts_sessions(struct ctl *ctl)
{
	char folder[FOLDER_MAX];
	if (!ctl_folder(ctl, "scripts", ctl->scripts, folder, sizeof(folder))) {
		return ENDING_BAD_INPUT;
	}
	struct arena *arena = arena_create();
	if (arena == NULL) {
		ctl_complain(ctl, "%s", status_string(STATUS_NO_MEM));
		return ENDING_COULD_NOT;
	}
	const int code = list(ctl, folder, arena);
	arena_destroy(arena);
	return code;
}

static bool check_file(const struct ctl *ctl, const char *folder, const char *path,
		const struct vocabulary *vocabulary)
{
	struct diag diag = { .line = 0 };
	const enum status status = script_check(folder, path, vocabulary, &diag);
	if (status == STATUS_OK) {
		fprintf(ctl->out, "%s: ok\n", path);
		return true;
	}
	if (diag.message[0] == '\0') {
		diag_set(&diag, path, 0, 0, "%s", status_string(status));
	}
	ctl_explain(ctl, status, &diag);
	return false;
}

int scripts_check(struct ctl *ctl)
{
	char folder[FOLDER_MAX];
	struct vocab vocab = { .words = NULL };
	if (!ctl_folder(ctl, "scripts", ctl->scripts, folder, sizeof(folder))) {
		return ENDING_BAD_INPUT;
	}
	/* the voice itself may be what is being mended: without it the usual contexts are known */
	int code = vocab_load(ctl, &vocab);
	for (int i = 0; i < ctl->arg_count; i++) {
		if (!check_file(ctl, folder, ctl->args[i], vocab.words)) {
			code = ENDING_BAD_INPUT;
		}
	}
	vocab_free(&vocab);
	return code;
}
