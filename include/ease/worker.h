/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * worker.h - a thread that works when it is woken and every 10 ms besides.
 *
 * The audio callback may not wake anybody, so whoever takes from its rings looks by timer. The
 * work function does what can be done now and returns; it never waits. Offline nobody creates a
 * worker: the loop calls the same work functions itself, between two periods, which is what makes
 * two offline runs equal.
 */
#ifndef EASE_WORKER_H
#define EASE_WORKER_H

#include "ease/status.h"

struct worker;

typedef void worker_fn(void *arg);

/*
 * Starts a thread named name (cut to 15 bytes) that calls work(arg) at once, after
 * each worker_wake() and every 10 ms. arg is borrowed until worker_destroy().
 * STATUS_NO_MEM, or STATUS_BACKEND when the kernel gives no thread or eventfd.
 */
EASE_NODISCARD enum status worker_create(
		worker_fn *work, void *arg, const char *name, struct worker **out);

/* Wakes the worker; any thread but the callback. NULL does nothing. */
void worker_wake(struct worker *worker);

/* Flag, wake, join: waits for the present call of work to return. NULL does nothing. */
void worker_destroy(struct worker *worker);

#endif
