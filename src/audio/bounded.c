/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounded.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

/* Whoever of both comes last, the caller or the thread, frees it. */
struct task {
	void (*work)(void *arg);
	void *arg;
	pthread_mutex_t lock;
	pthread_cond_t over;
	bool done;      /* work returned */
	bool abandoned; /* nobody waits for that any more */
};

static struct task *create(void (*work)(void *arg), void *arg)
{
	pthread_condattr_t attributes;
	struct task *task = calloc(1, sizeof(*task));

	if (task == NULL) {
		return NULL;
	}
	task->work = work;
	task->arg = arg;
	/* none of these can fail in the GNU C library */
	(void)pthread_mutex_init(&task->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&task->over, &attributes);
	pthread_condattr_destroy(&attributes);
	return task;
}

static void destroy(struct task *task)
{
	pthread_cond_destroy(&task->over);
	pthread_mutex_destroy(&task->lock);
	free(task);
}

static void *run(void *arg)
{
	struct task *task = arg;

	task->work(task->arg);
	pthread_mutex_lock(&task->lock);
	task->done = true;
	const bool last = task->abandoned;
	pthread_cond_signal(&task->over);
	pthread_mutex_unlock(&task->lock);
	if (last) {
		destroy(task);
	}
	return NULL;
}

/* Whether the work is done in time; if not, the task belongs to its thread. */
static bool wait_for(struct task *task, int seconds)
{
	struct timespec limit;
	int error = 0;

	clock_gettime(CLOCK_MONOTONIC, &limit);
	limit.tv_sec += seconds;
	pthread_mutex_lock(&task->lock);
	while (!task->done && error == 0) {
		error = pthread_cond_timedwait(&task->over, &task->lock, &limit);
	}
	const bool done = task->done;
	task->abandoned = !done;
	pthread_mutex_unlock(&task->lock);
	return done;
}

enum status bounded_run(void (*work)(void *arg), void *arg, int seconds)
{
	pthread_t thread;
	struct task *task = create(work, arg);

	if (task == NULL) {
		return STATUS_NO_MEM;
	}
	if (pthread_create(&thread, NULL, run, task) != 0) {
		destroy(task);
		return STATUS_NO_MEM;
	}
	if (!wait_for(task, seconds)) {
		pthread_detach(thread);
		return STATUS_BACKEND;
	}
	pthread_join(thread, NULL);
	destroy(task);
	return STATUS_OK;
}
