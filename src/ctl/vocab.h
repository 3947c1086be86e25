/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vocab.h - the vocabulary of the voice that the command line names. */
#ifndef EASE_CTL_VOCAB_H
#define EASE_CTL_VOCAB_H

#include "ctl.h"
#include "ease/arena.h"
#include "ease/ears.h"
#include "ease/voice.h"

struct vocab {
	struct arena *arena;
	/* live until vocab_free() */
	const struct vocabulary *words;
	const char *const *phrases; /* by enum phrase */
};

/* ENDING_DONE, or the exit status after saying why not; then nothing is held. */
int vocab_load(const struct ctl *ctl, struct vocab *out);
/* With --data: adds the safe word that is kept there, and writes what else is known to out; without
 * it nobody is known. ENDING_DONE, or the exit status after saying why not. */
int vocab_know(const struct ctl *ctl, struct vocab *vocab, struct ears_person *out);
void vocab_free(struct vocab *vocab);

/* The index of the context of that name. False after saying which ones there are. */
bool vocab_context(
		const struct ctl *ctl, const struct vocab *vocab, const char *name, uint8_t *out);

#endif
