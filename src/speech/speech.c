/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/speech.h"

#include "ease/callback.h"
#include "ease/log.h"
#include "speech/cache.h"
#include "speech/feed.h"
#include "speech/maker.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define ORDERS_BYTES (32 * 1024)
#define WORDS_BYTES (16 * 1024)
#define JOBS_MAX 16

enum order_kind {
	ORDER_SAY,
	ORDER_PREPARE,
};

/* What the main thread asks for; travels with text_size bytes of text, its final NUL among them. */
struct order {
	enum order_kind kind;
	uint32_t utterance;
	frames_t at;
	uint32_t text_size;
	char text[SPEECH_TEXT_MAX];
};

#define ORDER_HEAD offsetof(struct order, text)

/* An utterance on its way to the ring of blocks. */
struct job {
	uint32_t utterance;
	frames_t at;
	struct clip *clip; /* NULL: there was no memory for it, so that it only tells its end */
	size_t words_sent;
	bool begun; /* its first block was written */
};

struct speech {
	struct ring *blocks;
	struct ring orders; /* main to worker */
	struct ring words;  /* worker to main */
	unsigned char orders_data[ORDERS_BYTES];
	unsigned char words_data[WORDS_BYTES];
	atomic_uint cancelled; /* utterances up to this one are dropped */

	/* the worker's own */
	struct maker *maker;
	struct cache cache;
	struct order order; /* the one in hand */
	struct clip *making;
	bool making_ahead;         /* for the cache, not for the last job */
	uint32_t making_utterance; /* unless ahead */
	struct job jobs[JOBS_MAX]; /* in the order in which they are heard */
	size_t job_first;
	size_t job_count;
	struct feed feed;          /* of the first job */
	struct speech_block block; /* being filled */
	uint32_t words_lost;
};

enum status speech_create(const struct voice_speech *voice, struct ring *blocks,
		struct speech **out, struct diag *diag)
{
	struct speech *speech = calloc(1, sizeof(*speech));
	if (speech == NULL) {
		return STATUS_NO_MEM;
	}
	speech->blocks = blocks;
	atomic_init(&speech->cancelled, 0);
	enum status status = ring_init(&speech->orders, speech->orders_data, ORDERS_BYTES);
	if (status == STATUS_OK) {
		status = ring_init(&speech->words, speech->words_data, WORDS_BYTES);
	}
	if (status == STATUS_OK) {
		status = maker_create(voice, &speech->maker, diag);
	}
	if (status != STATUS_OK) {
		goto error_speech;
	}
	status = feed_init(&speech->feed, maker_rate(speech->maker));
	if (status != STATUS_OK) {
		goto error_maker;
	}
	*out = speech;
	return STATUS_OK;

error_maker:
	maker_destroy(speech->maker);
error_speech:
	free(speech);
	return status;
}

static struct job *first_job(struct speech *speech)
{
	return speech->job_count > 0 ? &speech->jobs[speech->job_first] : NULL;
}

/* Forgets the first job and what was filled of its next block. */
static void end_job(struct speech *speech)
{
	const struct job *job = &speech->jobs[speech->job_first];
	if (job->clip == speech->making) {
		speech->making = NULL;
	}
	clip_destroy(job->clip);
	speech->job_first = (speech->job_first + 1) % JOBS_MAX;
	speech->job_count--;
	speech->block.count = 0;
	speech->feed.clip = NULL;
}

void speech_destroy(struct speech *speech)
{
	if (speech == NULL) {
		return;
	}
	if (speech->making_ahead) {
		clip_destroy(speech->making);
	}
	while (speech->job_count > 0) {
		end_job(speech);
	}
	if (speech->words_lost > 0) {
		log_debug("speech", "%u words found nobody who read them", speech->words_lost);
	}
	cache_clear(&speech->cache);
	feed_finish(&speech->feed);
	maker_destroy(speech->maker);
	free(speech);
}

static enum status send_order(struct speech *speech, struct order *order, const char *text)
{
	const size_t size = strlen(text) + 1;
	if (size > SPEECH_TEXT_MAX) {
		return STATUS_BAD_ARG;
	}
	order->text_size = (uint32_t)size;
	memcpy(order->text, text, size);
	return ring_write(&speech->orders, order, (uint32_t)(ORDER_HEAD + size));
}

enum status speech_say(struct speech *speech, uint32_t utterance, const char *text, frames_t at)
{
	struct order order = { .kind = ORDER_SAY, .utterance = utterance, .at = at };
	return send_order(speech, &order, text);
}

enum status speech_prepare(struct speech *speech, const char *text)
{
	struct order order = { .kind = ORDER_PREPARE };
	return send_order(speech, &order, text);
}

void speech_cancel(struct speech *speech, uint32_t utterance)
{
	/* only the main thread stores, so that it may read first */
	if (utterance > atomic_load_explicit(&speech->cancelled, memory_order_relaxed)) {
		atomic_store_explicit(&speech->cancelled, utterance, memory_order_release);
	}
}

bool speech_word(struct speech *speech, struct speech_word *out)
{
	return ring_read(&speech->words, out, sizeof(*out)) == STATUS_OK;
}

static bool is_cancelled(const struct speech *speech, uint32_t utterance)
{
	return utterance <= atomic_load_explicit(&speech->cancelled, memory_order_acquire);
}

/* A wanted_fn for the clip in the making. */
static bool making_is_wanted(const void *arg)
{
	const struct speech *speech = arg;
	return speech->making_ahead || !is_cancelled(speech, speech->making_utterance);
}

/* Takes the next order in hand; false when there is none, or no place for what it makes. */
static bool take_order(struct speech *speech)
{
	struct order *order = &speech->order;
	if (speech->job_count == JOBS_MAX ||
			ring_peek(&speech->orders, order, ORDER_HEAD) != STATUS_OK) {
		return false;
	}
	const uint32_t size = (uint32_t)ORDER_HEAD + order->text_size;
	return ring_read(&speech->orders, order, size) == STATUS_OK;
}

/* A clip of the text in hand. One that cannot be begun is logged and becomes an empty one. */
static struct clip *begin_clip(struct speech *speech)
{
	struct clip *clip = NULL;
	const enum status status = maker_begin(speech->maker, speech->order.text, &clip);
	if (status != STATUS_OK) {
		log_error("speech", "cannot say \"%.60s\": %s", speech->order.text,
				status_string(status));
		clip = clip_create(speech->order.text, 0, maker_rate(speech->maker), 0);
	}
	return clip;
}

static void obey_prepare(struct speech *speech)
{
	if (cache_touch(&speech->cache, speech->order.text)) {
		return;
	}
	speech->making = begin_clip(speech);
	speech->making_ahead = speech->making != NULL;
}

static void obey_say(struct speech *speech)
{
	const struct order *order = &speech->order;
	struct job job = { .utterance = order->utterance, .at = order->at };
	job.clip = cache_take(&speech->cache, order->text);
	if (job.clip == NULL && is_cancelled(speech, order->utterance)) {
		job.clip = clip_create(order->text, 0, maker_rate(speech->maker), 0);
	} else if (job.clip == NULL) {
		job.clip = begin_clip(speech);
		speech->making = job.clip;
		speech->making_ahead = false;
		speech->making_utterance = order->utterance;
	}
	if (job.clip == NULL) {
		log_error("speech", "no memory for utterance %u", order->utterance);
	}
	speech->jobs[(speech->job_first + speech->job_count) % JOBS_MAX] = job;
	speech->job_count++;
}

/* Puts a clip that is complete where it belongs. */
static void end_making(struct speech *speech)
{
	if (speech->making != NULL && clip_is_ready(speech->making)) {
		if (speech->making_ahead) {
			cache_put(&speech->cache, speech->making);
		}
		speech->making = NULL;
		speech->making_ahead = false;
	}
}

/*
 * The next piece of synthesis: a sentence of the clip in the making, or else the next order. False
 * when there is nothing to do. eSpeak is called in the order of the orders, whatever room the ring
 * of blocks has.
 */
static bool make(struct speech *speech)
{
	if (speech->making == NULL) {
		if (!take_order(speech)) {
			return false;
		}
		if (speech->order.kind == ORDER_SAY) {
			obey_say(speech);
		} else {
			obey_prepare(speech);
		}
	} else if (!making_is_wanted(speech)) {
		clip_end(speech->making);
	} else {
		maker_step(speech->maker, speech->making, making_is_wanted, speech);
	}
	end_making(speech);
	return true;
}

static void send_words(struct speech *speech, struct job *job)
{
	for (; job->words_sent < job->clip->word_ready; job->words_sent++) {
		const struct clip_word *word = &job->clip->words[job->words_sent];
		const struct speech_word out = {
			.utterance = job->utterance,
			.text_at = word->text_at,
			.text_length = word->text_length,
			.at = word->at,
		};
		if (ring_write(&speech->words, &out, sizeof(out)) != STATUS_OK) {
			speech->words_lost++;
		}
	}
}

static enum status write_block(struct speech *speech, struct job *job, uint32_t flags)
{
	struct speech_block *block = &speech->block;
	block->utterance = job->utterance;
	block->flags = flags | (job->begun ? 0 : SPEECH_FIRST);
	block->at = job->begun ? 0 : job->at;
	const enum status status = ring_write(speech->blocks, block, sizeof(*block));
	if (status == STATUS_OK) {
		job->begun = true;
		block->count = 0;
	}
	return status;
}

/* Ends a job without a further sample. One that never began still tells its end; false: no room for
 * that yet. */
static bool drop_job(struct speech *speech, struct job *job)
{
	if (!job->begun) {
		speech->block.count = 0;
		job->at = 0;
		if (write_block(speech, job, SPEECH_LAST) != STATUS_OK) {
			return false;
		}
	}
	end_job(speech);
	return true;
}

/* Writes one block of the first job; false when it must wait, for room or for synthesis. */
static bool write_job(struct speech *speech, struct job *job)
{
	struct speech_block *block = &speech->block;
	if (speech->feed.clip != job->clip) {
		feed_start(&speech->feed, job->clip);
	}
	send_words(speech, job);
	block->count += (uint32_t)feed_read(
			&speech->feed, block->samples + block->count, SPEECH_BLOCK - block->count);
	const bool last = feed_is_done(&speech->feed);
	if (block->count < SPEECH_BLOCK && !last) {
		return false;
	}
	if (write_block(speech, job, last ? SPEECH_LAST : 0) != STATUS_OK) {
		return false;
	}
	if (last) {
		end_job(speech);
	}
	return true;
}

/* Fills the ring of blocks as far as it has room. */
static void deliver(struct speech *speech)
{
	bool more = true;
	while (more) {
		struct job *job = first_job(speech);
		if (job == NULL) {
			return;
		}
		const bool dropped = job->clip == NULL || is_cancelled(speech, job->utterance);
		more = dropped ? drop_job(speech, job) : write_job(speech, job);
	}
}

void speech_work(void *speech)
{
	struct speech *mine = speech;
	do {
		deliver(mine);
	} while (make(mine));
}

static bool always(const void *arg)
{
	(void)arg;
	return true;
}

enum status speech_render(struct speech *speech, const char *text, int16_t **samples, size_t *count)
{
	struct clip *clip = NULL;
	if (speech->job_count > 0 || speech->making != NULL) {
		return STATUS_BAD_ARG;
	}
	const enum status status = maker_begin(speech->maker, text, &clip);
	if (status != STATUS_OK) {
		return status;
	}
	while (!clip_is_ready(clip)) {
		maker_step(speech->maker, clip, always, NULL);
	}
	const struct part *end = &clip->parts[clip->part_count];
	const size_t room = end->at > 0 ? (size_t)end->at : 1;
	int16_t *out = malloc(room * sizeof(*out));
	if (out == NULL) {
		clip_destroy(clip);
		return STATUS_NO_MEM;
	}
	feed_start(&speech->feed, clip);
	*count = feed_read(&speech->feed, out, room);
	*samples = out;
	speech->feed.clip = NULL;
	clip_destroy(clip);
	return STATUS_OK;
}
