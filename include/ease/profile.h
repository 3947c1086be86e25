/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * profile.h - what is known of the person who is coached, kept for next time on their own machine:
 * DIR/person.yaml (ease-person(5)). People may read it, correct it and delete it.
 *
 * Any thread, one arena at a time. Everything loaded lives in the arena.
 */
#ifndef EASE_PROFILE_H
#define EASE_PROFILE_H

#include "ease/arena.h"
#include "ease/status.h"
#include "ease/voice.h"

#include <stddef.h>
#include <stdint.h>

#define PROFILE_FILE "person.yaml"
#define PROFILE_CEPSTRA 13
#define PROFILE_SOUNDS_MAX 8
#define PROFILE_WORD_MAX 24 /* bytes of a safe word; said twice it still fits a hearing */

/* Their voice through their microphone, as the ears learnt it. */
struct profile_hearing {
	int32_t words; /* learnt from so many; 0: nothing is known */
	double mean[PROFILE_CEPSTRA];
	double speech_db;
	double noise_db;
};

struct profile {
	const char *word;          /* their safe word in lower case, or NULL: "stop" alone */
	const char *const *sounds; /* how it is said: ARPAbet, one or more ways */
	size_t sound_count;
	struct profile_hearing hearing;
};

/* Writes the path of the file in folder to out. STATUS_NO_SPACE when size is too small. */
EASE_NODISCARD enum status profile_path(const char *folder, char *out, size_t size);

/* A file that is not there is nobody known, and fine. STATUS_BAD_DATA with the place and the reason
 * in diag for any other that cannot be read, and for one of another version. */
EASE_NODISCARD enum status profile_load(struct arena *arena, const char *path,
		const struct profile **out, struct diag *diag);

/*
 * Puts profile in place of what stands at path, all or nothing: whatever happens, a reader finds
 * the old file or the new one. Makes the folder if it is missing; nobody else may read the file.
 * STATUS_BACKEND with diag when it could not be written.
 */
EASE_NODISCARD enum status profile_save(
		const char *path, const struct profile *profile, struct diag *diag);

/*
 * The vocabulary, in whose every context the person's word means stop, said once or twice; the same
 * one for a profile without a word. STATUS_BAD_DATA with diag for a word that means something else
 * there already.
 */
EASE_NODISCARD enum status profile_vocabulary(struct arena *arena, const struct profile *profile,
		const struct vocabulary *vocabulary, const struct vocabulary **out,
		struct diag *diag);

#endif
