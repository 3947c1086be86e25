/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * safeword.h - whether a word will do as a person's safe word: it must stand in the dictionary of
 * the ears, and sound like nothing else that can be heard.
 *
 * Any thread, one arena at a time. All results live in the arena.
 */
#ifndef EASE_SAFEWORD_H
#define EASE_SAFEWORD_H

#include "ease/arena.h"
#include "ease/status.h"
#include "ease/voice.h"

#include <stddef.h>

/* Debian's pocketsphinx-en-us. */
#define SAFEWORD_DICTIONARY "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict"

enum safeword_verdict {
	SAFEWORD_GOOD,
	SAFEWORD_RISKY,   /* it may be used, but there are better ones */
	SAFEWORD_REFUSED, /* it cannot be told from something that means something else */
};

struct safeword {
	const char *word; /* in lower case */
	const char *const *sounds;
	size_t sound_count;
	enum safeword_verdict verdict;
	const char *reason; /* a sentence; of a good word: what is nearest to it */
};

/* What the word is compared with. */
struct safeword_world {
	const struct voice *voice;
	const char *scripts;    /* the folder of the sessions, whose words the coach says */
	const char *dictionary; /* lines of "word PHONE PHONE ..." */
};

/* The recommended words: voices/LANGUAGE/safe-words.yaml of the voice. */
EASE_NODISCARD enum status safeword_list(struct arena *arena, const char *folder, const char *voice,
		const char *const **out, size_t *count, struct diag *diag);

/* STATUS_NOT_FOUND with diag for a word that the dictionary lacks, or without a dictionary;
 * STATUS_BAD_DATA for what is no word. */
EASE_NODISCARD enum status safeword_judge(struct arena *arena, const struct safeword_world *world,
		const char *word, struct safeword *out, struct diag *diag);

#endif
