/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/listener.h"

#include "drift.h"
#include "pair.h"

#include "ease/log.h"
#include "ease/resample.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEARD_BYTES 16384
#define LEARNT_BYTES 2048
#define QUALITY 3
#define QUEUE                                                                              \
	((size_t)4 * EARS_FRAME) /* samples of either direction between resampler and ears \
				  */
#define LATE_BLOCKS 8            /* near blocks that may wait for their far ones */
#define FRAMES_A_SAMPLE (EASE_RATE / EARS_RATE)
#define HEARINGS_A_FRAME 4
#define UNSEEN                                                                            \
	(EASE_RATE / 2) /* frames without a look at the echo's delay, and none comes soon \
			 */

struct queue {
	struct resample *resample;
	int16_t samples[QUEUE];
	size_t count;
};

struct listener {
	/* any thread */
	atomic_uint context;
	atomic_uint health;
	atomic_uint blocks;
	atomic_int noise;
	struct ring heard;
	struct ring learnt; /* of struct ears_person */
	/* the worker's */
	struct ears_person person;
	const struct vocabulary *vocabulary;
	struct ring *near_ring;
	struct ring *far_ring;
	int wake_fd;
	struct ears *ears;
	struct queue near;
	struct queue far;
	struct pair pair;
	struct drift drift;
	uint32_t looks;           /* at the echo's delay, taken into it */
	frames_t looked;          /* ... the last of them: the near frame after it */
	struct sound_block block; /* the near block in hand */
	frames_t origin;          /* the near frame of the ears' sample 0 */
	frames_t next;            /* the near frame that should come next */
	bool begun;
	bool early; /* it was told that the echo cannot be taken away */
	_Alignas(64) unsigned char heard_bytes[HEARD_BYTES];
	_Alignas(64) unsigned char learnt_bytes[LEARNT_BYTES];
};

static void destroy_queue(struct queue *queue)
{
	resample_destroy(queue->resample);
}

static enum status create_queue(struct queue *queue)
{
	return resample_create(EASE_RATE, EARS_RATE, QUALITY, &queue->resample);
}

enum status listener_create(const struct listener_config *config, struct listener **out)
{
	struct listener *listener = aligned_alloc(64, (sizeof *listener + 63) / 64 * 64);
	if (listener == NULL) {
		return STATUS_NO_MEM;
	}
	memset(listener, 0, sizeof *listener);
	listener->vocabulary = config->vocabulary;
	listener->near_ring = config->near;
	listener->far_ring = config->far;
	listener->wake_fd = config->wake_fd;
	if (config->person != NULL) {
		listener->person = *config->person;
	}
	atomic_init(&listener->context, CONTEXT_TOUCH);
	atomic_init(&listener->health, LISTENER_LOADING);
	atomic_init(&listener->blocks, 0);
	atomic_init(&listener->noise, 0);
	pair_init(&listener->pair);
	drift_init(&listener->drift);
	enum status status = ring_init(&listener->heard, listener->heard_bytes, HEARD_BYTES);
	if (status == STATUS_OK) {
		status = ring_init(&listener->learnt, listener->learnt_bytes, LEARNT_BYTES);
	}
	if (status == STATUS_OK) {
		status = create_queue(&listener->near);
	}
	if (status == STATUS_OK) {
		status = create_queue(&listener->far);
	}
	if (status != STATUS_OK) {
		listener_destroy(listener);
		return status;
	}
	*out = listener;
	return STATUS_OK;
}

void listener_destroy(struct listener *listener)
{
	if (listener != NULL) {
		destroy_queue(&listener->near);
		destroy_queue(&listener->far);
		ears_destroy(listener->ears);
		free(listener);
	}
}

void listener_context(struct listener *listener, uint8_t context)
{
	atomic_store_explicit(&listener->context, context, memory_order_relaxed);
}

bool listener_heard(struct listener *listener, struct hearing *out)
{
	return ring_read(&listener->heard, out, sizeof *out) == STATUS_OK;
}

bool listener_person(struct listener *listener, struct ears_person *out)
{
	bool learnt = false;
	while (ring_read(&listener->learnt, out, sizeof *out) == STATUS_OK) {
		learnt = true;
	}
	return learnt;
}

enum listener_health listener_health(const struct listener *listener)
{
	return (enum listener_health)atomic_load_explicit(&listener->health, memory_order_acquire);
}

int32_t listener_noise(const struct listener *listener)
{
	return atomic_load_explicit(&listener->noise, memory_order_relaxed);
}

uint32_t listener_blocks(const struct listener *listener)
{
	return atomic_load_explicit(&listener->blocks, memory_order_relaxed);
}

static void load(struct listener *listener)
{
	const struct ears_config config = {
		.vocabulary = listener->vocabulary,
		.echo = listener->far_ring != NULL,
	};
	struct diag diag = { 0 };
	enum listener_health health = LISTENER_READY;
	const enum status status = ears_create(&config, &listener->ears, &diag);
	if (status != STATUS_OK) {
		char reason[600];
		diag_string(&diag, reason, sizeof reason);
		log_error("listen", "cannot load the recogniser: %s: %s", status_string(status),
				reason);
		health = LISTENER_FAILED;
	} else {
		ears_person_set(listener->ears, &listener->person);
		log_info("listen", "ready");
	}
	atomic_store_explicit(&listener->health, (unsigned)health, memory_order_release);
}

static void pass_on_health(struct listener *listener)
{
	const enum listener_health health = ears_failing(listener->ears) ? LISTENER_FAILED
									 : LISTENER_READY;
	atomic_store_explicit(&listener->health, (unsigned)health, memory_order_release);
}

/* From a sample of the ears to a frame of the output. */
static int64_t output_frame(const struct listener *listener, int64_t sample)
{
	return pair_output(&listener->pair, listener->origin + sample * FRAMES_A_SAMPLE);
}

/* Tells what was learnt, if anything was. A full ring loses it to what is learnt next. */
static void pass_on_person(struct listener *listener)
{
	struct ears_person person;
	ears_person_get(listener->ears, &person);
	if (person.words != listener->person.words &&
			ring_write(&listener->learnt, &person, sizeof person) == STATUS_OK) {
		listener->person = person;
	}
}

static void pass_on(struct listener *listener, struct hearing *hearings, int count)
{
	for (int i = 0; i < count; i++) {
		struct hearing *hearing = &hearings[i];
		hearing->from = output_frame(listener, hearing->from);
		hearing->to = output_frame(listener, hearing->to);
		hearing->decided = output_frame(listener, hearing->decided);
		if (ring_write(&listener->heard, hearing, sizeof *hearing) != STATUS_OK) {
			log_warning("listen", "nobody takes what was heard: lost \"%s\"",
					hearing->text);
		}
	}
	const uint64_t one = 1;
	if (count > 0 && listener->wake_fd >= 0 &&
			write(listener->wake_fd, &one, sizeof one) != sizeof one) {
		log_warning("listen", "cannot wake the main thread");
	}
}

static void push(struct queue *queue, const int16_t block[EASE_PERIOD])
{
	size_t taken = EASE_PERIOD;
	size_t room = QUEUE - queue->count;
	resample_run(queue->resample, block, &taken, queue->samples + queue->count, &room);
	queue->count += room;
}

static void drop_frame(struct queue *queue)
{
	queue->count -= EARS_FRAME;
	memmove(queue->samples, queue->samples + EARS_FRAME,
			queue->count * sizeof queue->samples[0]);
}

/* A new stream begins with the block in hand; what the old one left open is decided first. */
static void restart(struct listener *listener)
{
	struct hearing hearings[HEARINGS_A_FRAME];
	const int count = ears_finish(listener->ears, hearings, HEARINGS_A_FRAME);
	pass_on(listener, hearings, count);
	pass_on_person(listener);
	ears_person_set(listener->ears, &listener->person); /* they are still there */
	ears_reset(listener->ears);
	resample_reset(listener->near.resample);
	resample_reset(listener->far.resample);
	listener->near.count = 0;
	listener->far.count = 0;
	listener->origin = listener->block.at;
	listener->begun = true;
}

/* An echo that comes before its sound cannot be taken away: the pairing is wrong by that. */
static void lead_echo(struct listener *listener)
{
	const int32_t early = ears_echo_early(listener->ears);
	if (early <= 0) {
		return;
	}
	const frames_t lead = pair_lead(&listener->pair, (frames_t)early * FRAMES_A_SAMPLE);
	if (lead > 0) {
		ears_echo_moved(listener->ears);
		log_info("listen", "the echo comes before its sound: %d ms of lead",
				(int)(lead * 1000 / EASE_RATE));
	} else if (!listener->early) {
		listener->early = true;
		log_warning("listen", "the echo comes long before its sound: it is not taken away");
	}
}

/* Two cards have two clocks: the loudspeaker's samples are taken as fast as the microphone's come.
 */
static void follow_drift(struct listener *listener)
{
	double late = 0.0;
	const uint32_t looks = ears_echo_delay(listener->ears, &late);
	if (looks < listener->looks) {
		drift_jump(&listener->drift);
	}
	if (looks != listener->looks && looks > 0) {
		pair_drift(&listener->pair, drift_look(&listener->drift, late / EARS_RATE,
							    seconds_from_frames(listener->next)));
		listener->looked = listener->next;
	} else if (listener->next - listener->looked > UNSEEN) {
		pair_drift(&listener->pair, drift_rate(&listener->drift));
	}
	listener->looks = looks;
}

static void hear_block(struct listener *listener)
{
	int16_t far[EASE_PERIOD];
	struct hearing hearings[HEARINGS_A_FRAME];
	if (!listener->begun || listener->block.at != listener->next) {
		restart(listener);
	}
	listener->next = listener->block.at + EASE_PERIOD;
	pair_take(&listener->pair, &listener->block, far);
	push(&listener->near, listener->block.samples);
	push(&listener->far, far);
	while (listener->near.count >= EARS_FRAME && listener->far.count >= EARS_FRAME) {
		const int count = ears_process(listener->ears, listener->near.samples,
				listener->far.samples, hearings, HEARINGS_A_FRAME);
		drop_frame(&listener->near);
		drop_frame(&listener->far);
		lead_echo(listener);
		follow_drift(listener);
		pass_on(listener, hearings, count);
		if (count > 0) {
			pass_on_person(listener);
			pass_on_health(listener);
		}
	}
}

static void take_far(struct listener *listener)
{
	struct sound_block block;
	while (listener->far_ring != NULL &&
			ring_read(listener->far_ring, &block, sizeof block) == STATUS_OK) {
		pair_far(&listener->pair, &block);
	}
}

/* The next near block, once its far ones have come or are overdue. */
static bool take_near(struct listener *listener)
{
	struct sound_block *block = &listener->block;
	if (ring_peek(listener->near_ring, block, sizeof *block) != STATUS_OK) {
		return false;
	}
	const size_t waiting = LATE_BLOCKS +
			       (size_t)((listener->pair.lead + EASE_PERIOD - 1) / EASE_PERIOD);
	const bool overdue = ring_readable(listener->near_ring) > waiting * sizeof *block;
	if (listener->far_ring != NULL && !overdue && !pair_ready(&listener->pair, block)) {
		return false;
	}
	if (ring_read(listener->near_ring, block, sizeof *block) != STATUS_OK) {
		return false;
	}
	if (pair_near(&listener->pair, block)) {
		log_info("listen", "loudspeaker and microphone drifted apart: paired anew");
		if (listener->ears != NULL) {
			ears_echo_moved(listener->ears);
		}
	}
	return true;
}

void listener_work(void *arg)
{
	struct listener *listener = arg;
	if (listener_health(listener) == LISTENER_LOADING) {
		load(listener);
	}
	take_far(listener);
	while (take_near(listener)) {
		if (listener->ears != NULL) {
			ears_context(listener->ears,
					(uint8_t)atomic_load_explicit(
							&listener->context, memory_order_relaxed));
			hear_block(listener);
			atomic_store_explicit(&listener->noise,
					(int)lrint(ears_noise(listener->ears)),
					memory_order_relaxed);
			atomic_fetch_add_explicit(&listener->blocks, 1, memory_order_relaxed);
		}
		take_far(listener);
	}
}
