/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hearing_words - the vocabulary as tables, for measuring. Prints, tab separated:
 *     phrase CONTEXT TEXT INTENT VALUE        VALUE -1: none
 *     threshold INTENT ACCEPT DOUBT PUSHES    PUSHES 1: intent_pushes()
 *     word WORD PHONEMES
 */
#include "ease/arena.h"
#include "ease/loader.h"

#include <stdio.h>

static void print_phrases(const struct vocabulary *vocabulary)
{
	for (size_t i = 0; i < vocabulary->context_count; i++) {
		const struct heard_context *context = &vocabulary->contexts[i];
		for (size_t j = 0; j < context->phrase_count; j++) {
			const struct heard_phrase *phrase =
					&vocabulary->phrases[context->phrases[j]];
			printf("phrase\t%s\t%s\t%s\t%d\n", context->name, phrase->text,
					intent_name(phrase->intent), (int)phrase->value);
		}
	}
}

static void print_rest(const struct vocabulary *vocabulary)
{
	for (int i = 0; i < INTENT_COUNT; i++) {
		const enum intent intent = (enum intent)i;
		printf("threshold\t%s\t%.3f\t%.3f\t%d\n", intent_name(intent),
				vocabulary->thresholds[i].accept, vocabulary->thresholds[i].doubt,
				intent_pushes(intent) ? 1 : 0);
	}
	for (size_t i = 0; i < vocabulary->dictionary_count; i++) {
		printf("word\t%s\t%s\n", vocabulary->dictionary[i].word,
				vocabulary->dictionary[i].phonemes);
	}
}

int main(void)
{
	const struct voice *voice = NULL;
	struct diag diag = { 0 };
	struct arena *arena = arena_create();
	if (arena == NULL) {
		return 1;
	}
	int result = 1;
	if (voice_load(arena, EASE_SOURCE_DIR "/voices", "calm-warm", &voice, &diag) == STATUS_OK) {
		print_phrases(&voice->vocabulary);
		print_rest(&voice->vocabulary);
		result = 0;
	} else {
		fprintf(stderr, "%s: %s\n", diag.path, diag.message);
	}
	arena_destroy(arena);
	return result;
}
