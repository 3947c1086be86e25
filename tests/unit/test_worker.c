/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_worker.c - works at once, when woken, by itself, and not a moment after it is destroyed. */
#include "ease/worker.h"

#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct job {
	sem_t ran;
	atomic_uint calls;
	char name[16];
	bool signals_blocked;
};

static void work(void *arg)
{
	struct job *job = arg;
	sigset_t blocked;
	pthread_getname_np(pthread_self(), job->name, sizeof(job->name));
	pthread_sigmask(SIG_SETMASK, NULL, &blocked);
	job->signals_blocked = sigismember(&blocked, SIGTERM) == 1 &&
			       sigismember(&blocked, SIGINT) == 1;
	atomic_fetch_add(&job->calls, 1);
	sem_post(&job->ran);
}

static void works_at_once_and_by_itself(void **state)
{
	(void)state;
	struct job job = { .calls = 0 };
	struct worker *worker = NULL;
	sigset_t mine;
	assert_int_equal(sem_init(&job.ran, 0, 0), 0);
	assert_int_equal(worker_create(work, &job, "ease-test", &worker), STATUS_OK);
	/* nobody wakes it: the third call is the timer's at the latest */
	for (int i = 0; i < 3; i++) {
		assert_int_equal(sem_wait(&job.ran), 0);
	}
	worker_destroy(worker);
	const unsigned calls = atomic_load(&job.calls);
	assert_true(calls >= 3);
	assert_string_equal(job.name, "ease-test");
	assert_true(job.signals_blocked);
	/* the mask of the creator is as it was */
	pthread_sigmask(SIG_SETMASK, NULL, &mine);
	assert_int_equal(sigismember(&mine, SIGTERM), 0);
	assert_int_equal(atomic_load(&job.calls), calls);
	sem_destroy(&job.ran);
}

/* Once started it may run before it has its name. */
static void a_long_name_is_cut(void **state)
{
	(void)state;
	struct job job = { .calls = 0 };
	struct worker *worker = NULL;
	assert_int_equal(sem_init(&job.ran, 0, 0), 0);
	assert_int_equal(worker_create(work, &job, "ease-test-long-name", &worker), STATUS_OK);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(sem_wait(&job.ran), 0);
	}
	worker_destroy(worker);
	assert_string_equal(job.name, "ease-test-long-");
	sem_destroy(&job.ran);
}

static void works_when_woken(void **state)
{
	(void)state;
	struct job job = { .calls = 0 };
	struct worker *worker = NULL;
	assert_int_equal(sem_init(&job.ran, 0, 0), 0);
	assert_int_equal(worker_create(work, &job, "ease-test", &worker), STATUS_OK);
	for (int i = 0; i < 200; i++) {
		worker_wake(worker);
		worker_wake(worker);
		assert_int_equal(sem_wait(&job.ran), 0);
	}
	worker_destroy(worker);
	sem_destroy(&job.ran);
}

static void may_be_destroyed_at_once(void **state)
{
	(void)state;
	struct job job = { .calls = 0 };
	assert_int_equal(sem_init(&job.ran, 0, 0), 0);
	for (int i = 0; i < 100; i++) {
		struct worker *worker = NULL;
		assert_int_equal(worker_create(work, &job, "ease-test", &worker), STATUS_OK);
		worker_destroy(worker);
	}
	worker_destroy(NULL);
	worker_wake(NULL);
	sem_destroy(&job.ran);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(works_at_once_and_by_itself),
		cmocka_unit_test(a_long_name_is_cut),
		cmocka_unit_test(works_when_woken),
		cmocka_unit_test(may_be_destroyed_at_once),
	};
	return cmocka_run_group_tests_name("worker", tests, NULL, NULL);
}
