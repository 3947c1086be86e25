/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/clip.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SAMPLES_AT_FIRST ((size_t)64 * 1024) /* 3 s at 22050 Hz */
#define WORDS_AT_FIRST 32
#define SOUND_LEVEL 100  /* eSpeak peaks at about 19000: -45 dB is the beginning of a sound */
#define SOUND_LEAD_MS 2u /* kept before it */

struct clip *clip_create(const char *text, size_t parts, uint32_t rate, frames_t gap)
{
	struct clip *clip = calloc(1, sizeof(*clip));
	if (clip == NULL) {
		return NULL;
	}
	clip->text = strdup(text);
	clip->parts = calloc(parts + 1, sizeof(*clip->parts));
	if (clip->text == NULL || clip->parts == NULL) {
		clip_destroy(clip);
		return NULL;
	}
	clip->rate = rate;
	clip->gap = gap;
	clip->part_count = parts;
	return clip;
}

void clip_destroy(struct clip *clip)
{
	if (clip == NULL) {
		return;
	}
	free(clip->text);
	free(clip->parts);
	free(clip->samples);
	free(clip->words);
	free(clip);
}

frames_t clip_frames(uint32_t rate, size_t count)
{
	return ((frames_t)count * EASE_RATE + (frames_t)rate - 1) / (frames_t)rate;
}

/* Frames nearest to sample. */
static frames_t frame_of(const struct clip *clip, size_t sample)
{
	return ((frames_t)sample * EASE_RATE + (frames_t)clip->rate / 2) / (frames_t)clip->rate;
}

/* A bigger copy of items, or NULL; *room grows to hold want at least. */
static void *grown(void *items, size_t *room, size_t want, size_t size)
{
	size_t bigger = *room;
	while (bigger < want) {
		bigger += bigger / 2 + 1;
	}
	void *copy = realloc(items, bigger * size);
	if (copy != NULL) {
		*room = bigger;
	}
	return copy;
}

enum status clip_add_samples(struct clip *clip, const int16_t *samples, size_t count)
{
	const size_t want = clip->sample_count + count;
	if (want > clip->sample_room) {
		const size_t least = want > SAMPLES_AT_FIRST ? want : SAMPLES_AT_FIRST;
		int16_t *more = grown(clip->samples, &clip->sample_room, least, sizeof(*samples));
		if (more == NULL) {
			return STATUS_NO_MEM;
		}
		clip->samples = more;
	}
	memcpy(clip->samples + clip->sample_count, samples, count * sizeof(*samples));
	clip->sample_count = want;
	return STATUS_OK;
}

enum status clip_add_word(struct clip *clip, uint32_t text_at, uint32_t text_length, size_t sample)
{
	if (clip->word_count == clip->word_room) {
		const size_t least = clip->word_count + WORDS_AT_FIRST;
		struct clip_word *more =
				grown(clip->words, &clip->word_room, least, sizeof(*clip->words));
		if (more == NULL) {
			return STATUS_NO_MEM;
		}
		clip->words = more;
	}
	clip->words[clip->word_count] = (struct clip_word){
		.text_at = text_at, .text_length = text_length, .at = (frames_t)sample
	};
	clip->word_count++;
	return STATUS_OK;
}

int16_t *clip_open_part(struct clip *clip, size_t *count)
{
	assert(clip->part_ready < clip->part_count);
	const size_t from = clip->parts[clip->part_ready].from;
	*count = clip->sample_count - from;
	return *count > 0 ? clip->samples + from : NULL;
}

static size_t silence(const int16_t *samples, size_t count)
{
	size_t i = 0;
	while (i < count && abs(samples[i]) < SOUND_LEVEL) {
		i++;
	}
	return i;
}

void clip_trim_part(struct clip *clip)
{
	size_t count = 0;
	int16_t *samples = clip_open_part(clip, &count);
	const size_t silent = silence(samples, count);
	const size_t lead = clip->rate * SOUND_LEAD_MS / 1000;
	/* a sentence without any sound goes altogether */
	const size_t cut = silent == count ? count : silent - (silent < lead ? silent : lead);
	if (cut == 0) {
		return;
	}
	memmove(samples, samples + cut, (count - cut) * sizeof(*samples));
	clip->sample_count -= cut;
	for (size_t i = clip->word_ready; i < clip->word_count; i++) {
		frames_t *at = &clip->words[i].at;
		*at = *at > (frames_t)cut ? *at - (frames_t)cut : 0;
	}
}

void clip_close_part(struct clip *clip)
{
	assert(clip->part_ready < clip->part_count);
	struct part *part = &clip->parts[clip->part_ready];
	part->count = clip->sample_count - part->from;
	part->length = clip_frames(clip->rate, part->count);
	for (; clip->word_ready < clip->word_count; clip->word_ready++) {
		struct clip_word *word = &clip->words[clip->word_ready];
		word->at = part->at + frame_of(clip, (size_t)word->at);
	}
	/* parts has one more than part_count, so that the last has a next one too */
	part[1].from = clip->sample_count;
	part[1].at = part->at + part->length + (part->length > 0 ? clip->gap : 0);
	clip->part_ready++;
}

void clip_end(struct clip *clip)
{
	clip->part_count = clip->part_ready;
}

bool clip_is_ready(const struct clip *clip)
{
	return clip->part_ready == clip->part_count;
}
