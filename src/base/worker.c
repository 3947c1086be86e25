/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/worker.h"

#include "ease/log.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define LOOK_EVERY_MS 10
#define NAME_SIZE 16 /* the kernel's, with the end */

struct worker {
	pthread_t thread;
	worker_fn *work;
	void *arg;
	int wake_fd;
	atomic_bool stop;
};

static void drain(int fd)
{
	uint64_t count = 0;
	/* a non-blocking eventfd: nothing to read is the usual case */
	const ssize_t got = read(fd, &count, sizeof(count));
	(void)got;
}

static void *run(void *arg)
{
	struct worker *worker = arg;
	struct pollfd wake = { .fd = worker->wake_fd, .events = POLLIN };

	while (!atomic_load_explicit(&worker->stop, memory_order_acquire)) {
		worker->work(worker->arg);
		if (poll(&wake, 1, LOOK_EVERY_MS) > 0) {
			drain(worker->wake_fd);
		}
	}
	return NULL;
}

/* Signals belong to the loop's signalfd, so a worker starts with all of them blocked. */
static int start(struct worker *worker)
{
	sigset_t all;
	sigset_t before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	const int error = pthread_create(&worker->thread, NULL, run, worker);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return error;
}

/* A name that is too long would be refused whole. */
static void set_name(const struct worker *worker, const char *name)
{
	char cut[NAME_SIZE];
	snprintf(cut, sizeof(cut), "%s", name);
	pthread_setname_np(worker->thread, cut);
}

enum status worker_create(worker_fn *work, void *arg, const char *name, struct worker **out)
{
	struct worker *worker = calloc(1, sizeof(*worker));
	if (worker == NULL) {
		return STATUS_NO_MEM;
	}
	worker->work = work;
	worker->arg = arg;
	atomic_init(&worker->stop, false);

	worker->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (worker->wake_fd < 0) {
		log_error("worker", "no eventfd for %s: %s", name, strerror(errno));
		goto error_worker;
	}
	const int error = start(worker);
	if (error != 0) {
		log_error("worker", "no thread for %s: %s", name, strerror(error));
		goto error_wake_fd;
	}
	set_name(worker, name);
	*out = worker;
	return STATUS_OK;

error_wake_fd:
	close(worker->wake_fd);
error_worker:
	free(worker);
	return STATUS_BACKEND;
}

void worker_wake(struct worker *worker)
{
	if (worker == NULL) {
		return;
	}
	const uint64_t one = 1;
	/* fails only when the counter is full, and then the worker is awake anyway */
	const ssize_t written = write(worker->wake_fd, &one, sizeof(one));
	(void)written;
}

void worker_destroy(struct worker *worker)
{
	if (worker == NULL) {
		return;
	}
	atomic_store_explicit(&worker->stop, true, memory_order_release);
	worker_wake(worker);
	pthread_join(worker->thread, NULL);
	close(worker->wake_fd);
	free(worker);
}
