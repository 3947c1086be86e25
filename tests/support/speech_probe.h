/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speech_probe.h - for tests of the voice: the default voice, and what came out of its ring. */
#ifndef EASE_TESTS_SPEECH_PROBE_H
#define EASE_TESTS_SPEECH_PROBE_H

#include "ease/callback.h"
#include "ease/speech.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define PROBE_BYTES (1U << 20)
#define PROBE_SECONDS 120

static const struct pronunciation probe_lexicon[] = {
	{ "effleurage", ",Efl3:r'A:Z" },
};

static const struct voice_speech probe_voice = {
	.name = "calm-warm",
	.voice_path = EASE_SOURCE_DIR "/voices/en/calm-warm",
	.rate_wpm = 160,
	.pitch_range = 35,
	.sentence_gap_ms = 900,
	.gain_db = 5.1,
	.lexicon = probe_lexicon,
	.lexicon_count = 1,
};

struct probe {
	struct speech *speech;
	struct ring blocks;
	unsigned char *memory;
	int16_t *samples; /* of the utterance read last */
	size_t count;
};

/* ring_bytes: a power of two up to PROBE_BYTES. */
static inline void probe_open(struct probe *probe, uint32_t ring_bytes)
{
	*probe = (struct probe){ .count = 0 };
	probe->memory = malloc(ring_bytes);
	probe->samples = malloc(sizeof(int16_t) * EASE_RATE * PROBE_SECONDS);
	assert_non_null(probe->memory);
	assert_non_null(probe->samples);
	assert_int_equal(ring_init(&probe->blocks, probe->memory, ring_bytes), STATUS_OK);
	assert_int_equal(speech_create(&probe_voice, &probe->blocks, &probe->speech, NULL),
			STATUS_OK);
}

static inline void probe_close(struct probe *probe)
{
	speech_destroy(probe->speech);
	free(probe->memory);
	free(probe->samples);
}

/* The next block, working for it where the ring is empty; false when nothing comes. */
static inline bool probe_block(struct probe *probe, struct speech_block *block)
{
	if (ring_readable(&probe->blocks) == 0) {
		speech_work(probe->speech);
	}
	return ring_read(&probe->blocks, block, sizeof(*block)) == STATUS_OK;
}

/* Reads one whole utterance and checks the shape of its blocks. */
static inline void probe_read(struct probe *probe, uint32_t utterance)
{
	struct speech_block block;
	uint32_t wanted = SPEECH_FIRST;
	probe->count = 0;
	do {
		assert_true(probe_block(probe, &block));
		assert_int_equal(block.utterance, utterance);
		assert_int_equal(block.flags & SPEECH_FIRST, wanted);
		assert_true(block.count <= SPEECH_BLOCK);
		assert_true(block.count == SPEECH_BLOCK || (block.flags & SPEECH_LAST) != 0);
		for (uint32_t i = 0; i < block.count; i++) {
			probe->samples[probe->count + i] = block.samples[i];
		}
		probe->count += block.count;
		wanted = 0;
	} while ((block.flags & SPEECH_LAST) == 0);
}

static inline void probe_say(struct probe *probe, uint32_t utterance, const char *text)
{
	assert_int_equal(speech_say(probe->speech, utterance, text, 0), STATUS_OK);
	speech_work(probe->speech);
}

#endif
