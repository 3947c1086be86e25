/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hearing_person < ORDERS - what the ears make of recordings when they know the person. Orders, one
 * a line:
 *
 * "hear CONTEXT PATH": a recording, as it is, after what was kept; prints a line for each segment:
 * path, intent ("-": none), value, confidence, speech and noise in dB.
 *
 * "keep": what was learnt from the recordings since is known from now on.
 *
 * "forget": nobody is known.
 */
#include "ease/arena.h"
#include "ease/loader.h"
#include "recording.h"

#include <stdio.h>
#include <string.h>

static void print(void *arg, const struct hearing *heard, int count)
{
	const char *path = arg;
	for (int i = 0; i < count; i++) {
		if (heard[i].kind == HEARING_ONSET) {
			continue;
		}
		const bool word = heard[i].kind == HEARING_WORD;
		printf("%s\t%s\t%d\t%.4f\t%.1f\t%.1f\n", path,
				word ? intent_name(heard[i].intent) : "-", (int)heard[i].value,
				heard[i].confidence, heard[i].speech_db, heard[i].noise_db);
	}
}

static bool obey(struct ears *ears, const struct vocabulary *vocabulary, char *line)
{
	struct ears_person person = { .words = 0 };
	char *order = strtok(line, " \n");
	if (order != NULL && strcmp(order, "keep") == 0) {
		ears_person_get(ears, &person);
		ears_person_set(ears, &person);
		return true;
	}
	ears_reset(ears);
	if (order != NULL && strcmp(order, "forget") == 0) {
		ears_person_set(ears, &person);
		ears_reset(ears);
		return true;
	}
	const char *context = strtok(NULL, " \n");
	char *path = strtok(NULL, "\n");
	return path != NULL && recording_context(ears, vocabulary, context) &&
	       recording_play(ears, path, print, path);
}

static int run(const struct vocabulary *vocabulary)
{
	const struct ears_config config = { .vocabulary = vocabulary, .echo = false };
	struct ears *ears = NULL;
	struct diag diag = { .line = 0 };
	char line[4096];
	if (ears_create(&config, &ears, &diag) != STATUS_OK) {
		fprintf(stderr, "%s\n", diag.message);
		return 1;
	}
	bool fine = true;
	while (fine && fgets(line, sizeof line, stdin) != NULL) {
		fine = obey(ears, vocabulary, line);
	}
	ears_destroy(ears);
	return fine ? 0 : 1;
}

int main(void)
{
	const struct voice *voice = NULL;
	struct diag diag = { .line = 0 };
	struct arena *arena = arena_create();
	int result = 1;
	if (arena == NULL) {
		return 1;
	}
	if (voice_load(arena, EASE_SOURCE_DIR "/voices", "calm-warm", &voice, &diag) == STATUS_OK) {
		result = run(&voice->vocabulary);
	} else {
		fprintf(stderr, "%s: %s\n", diag.path, diag.message);
	}
	arena_destroy(arena);
	return result;
}
