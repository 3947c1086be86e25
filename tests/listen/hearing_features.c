/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hearing_features CONTEXT [VOICES] < LIST - what every segment of recordings gave to the score,
 * for train_score.py. LIST has one path a line; recordings are taken as they are, each by fresh
 * ears that speak from the folder VOICES (the tree's own by default). Prints, tab separated: path,
 * phrase, intent, value, confidence; the same four of what the grammar heard, and its features; the
 * inputs of the likeness. An intent is "none" where there is nothing.
 * A line "PATH<tab>FILE" also writes the cepstra of the longest segment, its mean taken away, to
 * FILE, as sphinxtrain reads them.
 */
#include "ease/arena.h"
#include "ease/loader.h"
#include "listen/ears_watch.h"
#include "recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct task {
	const struct vocabulary *vocabulary;
	const char *path;
	const char *cepstra; /* where to write them; NULL: nowhere */
	size_t longest;      /* frames of speech in the segment that was written */
};

static void write_cepstra(
		struct task *task, const struct segment *segment, const struct verdict *verdict)
{
	const int32_t count = (int32_t)verdict->cepstrum_count * SPHINX_CEPSTRA;
	if (task->cepstra == NULL || segment->to - segment->from <= task->longest) {
		return;
	}
	task->longest = segment->to - segment->from;
	FILE *file = fopen(task->cepstra, "wb");
	if (file == NULL || fwrite(&count, sizeof count, 1, file) != 1 ||
			fwrite(verdict->cepstra, sizeof verdict->cepstra[0],
					verdict->cepstrum_count, file) != verdict->cepstrum_count ||
			fclose(file) != 0) {
		perror(task->cepstra);
		exit(1);
	}
}

static void print_meaning(const struct vocabulary *vocabulary, const struct meaning *meaning)
{
	if (meaning->phrase < 0) {
		printf("\t\tnone\t-1\t0");
		return;
	}
	const struct heard_phrase *phrase = &vocabulary->phrases[meaning->phrase];
	printf("\t%s\t%s\t%d\t%.4f", phrase->text, intent_name(phrase->intent), (int)phrase->value,
			meaning->confidence);
}

static const char *grade_name(enum choice_grade grade)
{
	static const char *const names[] = { "nothing", "doubt", "sure" };
	return names[grade];
}

static void print_verdict(void *arg, const struct segment *segment, const struct verdict *verdict)
{
	static const struct meaning nothing = { .phrase = -1 };
	struct task *task = arg;
	write_cepstra(task, segment, verdict);
	printf("%s", task->path);
	print_meaning(task->vocabulary, &verdict->meaning);
	printf("\t%s", grade_name(verdict->grade));
	print_meaning(task->vocabulary, &verdict->heard);
	for (size_t i = 0; i < LIKENED_MAX; i++) {
		print_meaning(task->vocabulary,
				i < verdict->likened_count ? &verdict->likened[i] : &nothing);
	}
	for (int i = 0; i < FEATURE_COUNT; i++) {
		printf("\t%.5g", verdict->heard.features[i]);
	}
	for (int i = 0; i < LIKENESS_INPUTS; i++) {
		printf("\t%.5g", verdict->inputs[i]);
	}
	printf("\n");
}

/* What was heard does not matter: print_verdict() sees every segment. */
static void ignore(void *arg, const struct hearing *heard, int count)
{
	(void)arg;
	(void)heard;
	(void)count;
}

static int run(const struct vocabulary *vocabulary, const char *context)
{
	const struct ears_config config = { .vocabulary = vocabulary, .echo = false };
	struct ears *ears = NULL;
	struct diag diag = { 0 };
	char line[4096];
	struct task task = { .vocabulary = vocabulary, .path = line };
	bool fine = ears_create(&config, &ears, &diag) == STATUS_OK;
	if (!fine) {
		fprintf(stderr, "%s\n", diag.message);
		return 1;
	}
	ears_watch(ears, print_verdict, &task);
	fine = recording_context(ears, vocabulary, context);
	static const char *const meanings[] = { "", "heard_", "like_", "next_" };
	printf("path");
	for (size_t i = 0; i < 4; i++) {
		printf("\t%sphrase\t%sintent\t%svalue\t%sconfidence%s", meanings[i], meanings[i],
				meanings[i], meanings[i], i == 0 ? "\tgrade" : "");
	}
	for (int i = 0; i < FEATURE_COUNT; i++) {
		printf("\t%s", feature_name((enum feature)i));
	}
	for (int i = 0; i < LIKENESS_INPUTS; i++) {
		printf("\tinput%d", i);
	}
	printf("\n");
	while (fine && fgets(line, sizeof line, stdin) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		char *tab = strchr(line, '\t');
		if (tab != NULL) {
			*tab = '\0';
		}
		task.cepstra = tab != NULL ? tab + 1 : NULL;
		task.longest = 0;
		ears_reset(ears);
		fine = recording_play(ears, line, ignore, NULL);
	}
	ears_destroy(ears);
	return fine ? 0 : 1;
}

int main(int argc, char **argv)
{
	const struct voice *voice = NULL;
	struct diag diag = { 0 };
	struct arena *arena = arena_create();
	if (argc < 2 || argc > 3 || arena == NULL) {
		fprintf(stderr, "usage: hearing_features CONTEXT [VOICES] < LIST\n");
		arena_destroy(arena);
		return 2;
	}
	int result = 1;
	const char *voices = argc == 3 ? argv[2] : EASE_SOURCE_DIR "/voices";
	if (voice_load(arena, voices, "calm-warm", &voice, &diag) == STATUS_OK) {
		result = run(&voice->vocabulary, argv[1]);
	} else {
		fprintf(stderr, "%s: %s\n", diag.path, diag.message);
	}
	arena_destroy(arena);
	return result;
}
