/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounded.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* Belongs to the thread once that has begun. */
struct task {
	void (*work)(void *arg);
	void *arg;
};

static void *run(void *arg)
{
	const struct task task = *(const struct task *)arg;
	free(arg);
	task.work(task.arg);
	return NULL;
}

enum status bounded_run(void (*work)(void *arg), void *arg, int seconds)
{
	struct timespec limit;
	pthread_t thread;
	struct task *task = malloc(sizeof(*task));

	if (task == NULL) {
		return STATUS_NO_MEM;
	}
	*task = (struct task){ .work = work, .arg = arg };
	if (pthread_create(&thread, NULL, run, task) != 0) {
		free(task);
		return STATUS_NO_MEM;
	}
	clock_gettime(CLOCK_MONOTONIC, &limit);
	limit.tv_sec += seconds;
	if (pthread_clockjoin_np(thread, NULL, CLOCK_MONOTONIC, &limit) != 0) {
		pthread_detach(thread);
		return STATUS_BACKEND;
	}
	return STATUS_OK;
}
