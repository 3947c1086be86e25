/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speech.h - the coach's voice: text in, speech blocks out, by eSpeak NG.
 *
 * eSpeak NG exists once in a process and is not thread-safe: one struct speech at a time, and only
 * speech_work() touches the library. speech_say(), speech_prepare() and speech_cancel() belong to
 * the main thread and never wait; speech_work() belongs to the speech worker (or, offline, to the
 * loop). Texts are plain: markup and control characters are taken out, never interpreted.
 */
#ifndef EASE_SPEECH_H
#define EASE_SPEECH_H

#include "ease/clock.h"
#include "ease/ring.h"
#include "ease/status.h"
#include "ease/voice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct speech;

#define SPEECH_TEXT_MAX 1024 /* bytes of one text, with its final NUL */

/* A word of an utterance: where its first sample stands, counted from the utterance's first. */
struct speech_word {
	uint32_t utterance;
	uint32_t text_at;     /* byte offset into the text that was said */
	uint32_t text_length; /* bytes */
	frames_t at;
};

/*
 * Loads the voice (borrowed for the life of speech) and connects the ring of struct speech_block
 * that the callback reads. STATUS_BAD_DATA with diag for a voice file that eSpeak refuses,
 * STATUS_BACKEND when its data is missing.
 */
EASE_NODISCARD enum status speech_create(const struct voice_speech *voice, struct ring *blocks,
		struct speech **out, struct diag *diag);
/* No worker may run any more. NULL does nothing. */
void speech_destroy(struct speech *speech);

/* Main thread. */

/* Says text after all that was said before, not before frame at. STATUS_NO_SPACE: too much is
 * waiting; STATUS_BAD_ARG: more than SPEECH_TEXT_MAX. */
EASE_NODISCARD enum status speech_say(
		struct speech *speech, uint32_t utterance, const char *text, frames_t at);
/* Synthesises text ahead, so that a later speech_say() of the same text starts at once. The last
 * four are kept, each for one speech_say(). Status as speech_say(). */
EASE_NODISCARD enum status speech_prepare(struct speech *speech, const char *text);
/* Drops everything up to and with utterance, also in the midst of synthesis. What was written to
 * the ring before must be dropped by its reader (COMMAND_HUSH). */
void speech_cancel(struct speech *speech, uint32_t utterance);
/* The next word whose position became known; false when there is none. For masks and counting. */
EASE_NODISCARD bool speech_word(struct speech *speech, struct speech_word *out);

/* Speech worker. */

/* Takes commands, synthesises, fills the ring as far as it has room; a worker_fn. */
void speech_work(void *speech);

/* Synthesises text at once to 48 kHz samples that the caller frees; for benchmarks and tests, while
 * no worker runs. STATUS_BAD_ARG in the midst of an utterance. */
EASE_NODISCARD enum status speech_render(
		struct speech *speech, const char *text, int16_t **samples, size_t *count);

#endif
