/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "vocab.h"

#include "ease/loader.h"
#include "ease/profile.h"

#include <string.h>

_Static_assert(PROFILE_CEPSTRA == EARS_CEPSTRA, "one mean for all");

int vocab_load(const struct ctl *ctl, struct vocab *out)
{
	char folder[FOLDER_MAX];
	const struct voice *voice = NULL;
	struct diag diag = { .line = 0 };
	const char *name = ctl->voice != NULL ? ctl->voice : settings_defaults.voice;
	if (!ctl_folder(ctl, "voices", ctl->voices, folder, sizeof(folder))) {
		return ENDING_BAD_INPUT;
	}
	struct arena *arena = arena_create();
	if (arena == NULL) {
		ctl_complain(ctl, "%s", status_string(STATUS_NO_MEM));
		return ENDING_COULD_NOT;
	}
	const enum status status = voice_load(arena, folder, name, &voice, &diag);
	if (status != STATUS_OK) {
		ctl_explain(ctl, status, &diag);
		arena_destroy(arena);
		return ENDING_BAD_INPUT;
	}
	*out = (struct vocab){
		.arena = arena, .words = &voice->vocabulary, .phrases = voice->phrases
	};
	return ENDING_DONE;
}

int vocab_know(const struct ctl *ctl, struct vocab *vocab, struct ears_person *out)
{
	char path[FOLDER_MAX + 16];
	const struct profile *profile = NULL;
	struct diag diag = { .line = 0 };
	*out = (struct ears_person){ .words = 0 };
	if (ctl->data == NULL) {
		return ENDING_DONE;
	}
	enum status status = profile_path(ctl->data, path, sizeof(path));
	if (status == STATUS_OK) {
		status = profile_load(vocab->arena, path, &profile, &diag);
	}
	if (status == STATUS_OK) {
		status = profile_vocabulary(
				vocab->arena, profile, vocab->words, &vocab->words, &diag);
	}
	if (status != STATUS_OK) {
		ctl_explain(ctl, status, &diag);
		return ENDING_BAD_INPUT;
	}
	out->words = profile->hearing.words;
	out->speech_db = profile->hearing.speech_db;
	out->noise_db = profile->hearing.noise_db;
	memcpy(out->mean, profile->hearing.mean, sizeof(out->mean));
	return ENDING_DONE;
}

void vocab_free(struct vocab *vocab)
{
	arena_destroy(vocab->arena);
}

bool vocab_context(const struct ctl *ctl, const struct vocab *vocab, const char *name, uint8_t *out)
{
	const struct vocabulary *vocabulary = vocab->words;
	for (size_t i = 0; i < vocabulary->context_count; i++) {
		if (strcmp(vocabulary->contexts[i].name, name) == 0) {
			*out = (uint8_t)i;
			return true;
		}
	}
	fprintf(ctl->err, "easectl: unknown context %s; there are:", name);
	for (size_t i = 0; i < vocabulary->context_count; i++) {
		fprintf(ctl->err, " %s", vocabulary->contexts[i].name);
	}
	fputc('\n', ctl->err);
	return false;
}
