/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's own safe word: which are recommended, how good one is, and keeping it. */
#include "ctl.h"

#include "ease/loader.h"
#include "ease/place.h"
#include "ease/profile.h"
#include "ease/safeword.h"

#include <strings.h>

#define COLUMNS 4

struct task {
	struct ctl *ctl;
	struct arena *arena;
	struct diag diag;
	char voices[FOLDER_MAX];
	char scripts[FOLDER_MAX];
	char path[FOLDER_MAX + 16]; /* of what is kept */
	const char *voice;
};

static int explain(struct task *task, enum status status)
{
	ctl_explain(task->ctl, status, &task->diag);
	return status == STATUS_BAD_DATA || status == STATUS_NOT_FOUND ? ENDING_BAD_INPUT
								       : ENDING_COULD_NOT;
}

static enum status find_path(struct task *task)
{
	char folder[FOLDER_MAX];
	enum status status = place_data(task->ctl->data, folder, sizeof(folder));

	if (status == STATUS_OK) {
		status = profile_path(folder, task->path, sizeof(task->path));
	} else if (status == STATUS_NOT_FOUND) {
		diag_set(&task->diag, NULL, 0, 0, "there is no home folder: name one with --data");
	}
	return status;
}

/* What is kept, with another word. */
static int keep(struct task *task, const struct safeword *word)
{
	const struct profile *written = NULL;
	enum status status = profile_load(task->arena, task->path, &written, &task->diag);
	if (status != STATUS_OK) {
		return explain(task, status);
	}
	struct profile profile = *written;
	profile.word = word->word;
	profile.sounds = word->sounds;
	profile.sound_count = word->sound_count;
	status = profile_save(task->path, &profile, &task->diag);
	return status == STATUS_OK ? ENDING_DONE : explain(task, status);
}

static int use_default(struct task *task)
{
	const struct safeword none = { .word = NULL };
	const int code = keep(task, &none);

	if (code == ENDING_DONE) {
		fprintf(task->ctl->out, "The safe word is \"stop\".\n");
	}
	return code;
}

static int show_list(struct task *task)
{
	FILE *out = task->ctl->out;
	const char *const *words = NULL;
	const struct profile *profile = NULL;
	size_t count = 0;
	enum status status = safeword_list(
			task->arena, task->voices, task->voice, &words, &count, &task->diag);
	if (status == STATUS_OK) {
		status = profile_load(task->arena, task->path, &profile, &task->diag);
	}
	if (status != STATUS_OK) {
		return explain(task, status);
	}
	if (profile->word != NULL) {
		fprintf(out, "Your safe word is \"%s\"; \"stop\" works as well.\n", profile->word);
	} else {
		fprintf(out, "You have no safe word of your own; \"stop\" always works.\n");
	}
	fprintf(out, "Words that are heard well:\n");
	for (size_t i = 0; i < count; i++) {
		const bool last = i % COLUMNS == COLUMNS - 1 || i + 1 == count;
		fprintf(out, "%s%-16s%s", i % COLUMNS == 0 ? "  " : "", words[i], last ? "\n" : "");
	}
	return ENDING_DONE;
}

static int choose(struct task *task, const char *word)
{
	static const char *const verdicts[] = {
		[SAFEWORD_GOOD] = "good",
		[SAFEWORD_RISKY] = "risky",
		[SAFEWORD_REFUSED] = "refused",
	};
	struct safeword_world world = { .scripts = task->scripts,
		.dictionary = SAFEWORD_DICTIONARY };
	struct safeword judged;
	enum status status = voice_load(
			task->arena, task->voices, task->voice, &world.voice, &task->diag);
	if (status == STATUS_OK) {
		status = safeword_judge(task->arena, &world, word, &judged, &task->diag);
	}
	if (status != STATUS_OK) {
		return explain(task, status);
	}
	FILE *out = judged.verdict == SAFEWORD_REFUSED ? task->ctl->err : task->ctl->out;
	fprintf(out, "%s: %s: %s (said %s)\n", judged.word, verdicts[judged.verdict], judged.reason,
			judged.sounds[0]);
	if (judged.verdict == SAFEWORD_REFUSED) {
		return ENDING_BAD_INPUT;
	}
	const int code = keep(task, &judged);
	if (code == ENDING_DONE) {
		fprintf(out, "Kept. It is practised in the next session; \"stop\" works as well.\n");
	}
	return code;
}

static int run(struct task *task)
{
	const struct ctl *ctl = task->ctl;
	const enum status status = find_path(task);

	if (status != STATUS_OK) {
		return explain(task, status);
	}
	if (!ctl_folder(ctl, "voices", ctl->voices, task->voices, sizeof(task->voices)) ||
			!ctl_folder(ctl, "scripts", ctl->scripts, task->scripts,
					sizeof(task->scripts))) {
		return ENDING_BAD_INPUT;
	}
	task->voice = ctl->voice != NULL ? ctl->voice : settings_defaults.voice;
	if ((ctl->given & OPTION_DEFAULT) != 0 ||
			(ctl->arg_count > 0 && strcasecmp(ctl->args[0], "stop") == 0)) {
		return use_default(task);
	}
	return ctl->arg_count == 0 ? show_list(task) : choose(task, ctl->args[0]);
}

int safeword_run(struct ctl *ctl)
{
	struct task task = { .ctl = ctl, .arena = arena_create() };

	if ((ctl->given & OPTION_DEFAULT) != 0 && ctl->arg_count > 0) {
		ctl_complain(ctl, "safeword: a word or --default, not both");
		arena_destroy(task.arena);
		return ENDING_BAD_INPUT;
	}
	const int code = task.arena != NULL ? run(&task) : explain(&task, STATUS_NO_MEM);
	arena_destroy(task.arena);
	return code;
}
