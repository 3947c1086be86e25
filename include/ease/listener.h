/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * listener.h - the ears on the rings: near and far blocks in, hearings out.
 *
 * listener_work() belongs to the listener's worker (or, offline, to the loop); it loads the
 * recogniser at its first call, so that the coach can speak before it can hear. The other functions
 * belong to the main thread.
 */
#ifndef EASE_LISTENER_H
#define EASE_LISTENER_H

#include "ease/callback.h"
#include "ease/ears.h"
#include "ease/ring.h"
#include "ease/status.h"

struct listener;

struct listener_config {
	const struct vocabulary *vocabulary; /* borrowed */
	struct ring *near;                   /* of struct sound_block */
	struct ring *far;                    /* of struct sound_block; NULL: no echo canceller */
	const struct ears_person *person;    /* what is known before; NULL: nothing */
	int wake_fd; /* an eventfd written when something was heard; -1: none */
};

enum listener_health {
	LISTENER_LOADING,
	LISTENER_READY,
	LISTENER_FAILED, /* the recogniser could not be loaded, or cannot do its work any more; the
			  * reason is in the log */
};

EASE_NODISCARD enum status listener_create(
		const struct listener_config *config, struct listener **out);
/* No worker may run any more. NULL does nothing. */
void listener_destroy(struct listener *listener);

void listener_context(struct listener *listener, uint8_t context);
/* The next hearing; its times are frames of the output's clock (EASE_RATE). False: none. */
EASE_NODISCARD bool listener_heard(struct listener *listener, struct hearing *out);
/* What has been learnt of the person since the last call; false: nothing. */
EASE_NODISCARD bool listener_person(struct listener *listener, struct ears_person *out);
enum listener_health listener_health(const struct listener *listener);
/* How loud the room is without a word, in whole decibels as ears.h has them; 0: not known. */
int32_t listener_noise(const struct listener *listener);
/* Near blocks taken so far: a heartbeat that a watchdog can compare. */
uint32_t listener_blocks(const struct listener *listener);

/* arg: the struct listener; a worker_fn. */
void listener_work(void *arg);

#endif
