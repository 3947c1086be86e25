/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loop.h"

#include "turn.h"

#include "ease/log.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define LOOK_EVERY_NS                                                               \
	10000000L /* the callback wakes nobody, so its rings are looked at by timer \
		   */
#define WATCH_EVERY_US 250000

enum slot {
	SLOT_TIMER,
	SLOT_SIGNAL,
	SLOT_HEARD,
	SLOT_STDIN,
	SLOT_CONTROL, /* and behind */
	SLOT_COUNT = SLOT_CONTROL + 1 + CONTROL_CLIENTS_MAX,
};

struct loop {
	struct app *app;
	int timer_fd;
	bool terminal; /* Enter is the button */
	usec_t watched;
};

static usec_t clock_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (usec_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int open_timer(void)
{
	const int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	if (fd < 0) {
		return -1;
	}
	const struct itimerspec every = {
		.it_interval = { .tv_nsec = LOOK_EVERY_NS },
		.it_value = { .tv_nsec = LOOK_EVERY_NS },
	};
	if (timerfd_settime(fd, 0, &every, NULL) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* A timerfd or eventfd: its count does not matter. */
static void drain(int fd)
{
	uint64_t count = 0;
	const ssize_t got = read(fd, &count, sizeof(count));
	(void)got;
}

static void read_terminal(struct loop *loop)
{
	char keys[256];
	const ssize_t got = read(STDIN_FILENO, keys, sizeof(keys));
	if (got <= 0) {
		loop->terminal = false; /* closed: never look again */
		return;
	}
	if (memchr(keys, '\n', (size_t)got) != NULL && translate_running(&loop->app->translate)) {
		app_button(loop->app);
	}
}

static size_t gather(const struct loop *loop, struct pollfd *out)
{
	const struct app *app = loop->app;
	out[SLOT_TIMER] = (struct pollfd){ .fd = loop->timer_fd, .events = POLLIN };
	out[SLOT_SIGNAL] = (struct pollfd){ .fd = app->signal_fd, .events = POLLIN };
	out[SLOT_HEARD] = (struct pollfd){ .fd = app->heard_fd, .events = POLLIN };
	/* poll() passes over a negative descriptor */
	out[SLOT_STDIN] = (struct pollfd){ .fd = loop->terminal ? STDIN_FILENO : -1,
		.events = POLLIN };
	return SLOT_CONTROL + control_poll(app->control, &out[SLOT_CONTROL]);
}

static void serve(struct loop *loop, const struct pollfd *polled, size_t count)
{
	struct app *app = loop->app;
	if (polled[SLOT_TIMER].revents != 0) {
		drain(loop->timer_fd);
	}
	if (polled[SLOT_HEARD].revents != 0) {
		drain(app->heard_fd);
	}
	if (polled[SLOT_SIGNAL].revents != 0) {
		app_signals(app);
	}
	if (polled[SLOT_STDIN].revents != 0) {
		read_terminal(loop);
	}
	control_work(app->control, &polled[SLOT_CONTROL], count - SLOT_CONTROL);
}

static void watch(struct loop *loop)
{
	const usec_t now = clock_now();
	if (now - loop->watched >= WATCH_EVERY_US) {
		loop->watched = now;
		turn_watch(loop->app, now);
	}
}

/* One round; false when there is nothing more to wait for. */
static bool round_of(struct loop *loop)
{
	struct pollfd polled[SLOT_COUNT];
	const size_t count = gather(loop, polled);
	if (poll(polled, count, -1) < 0) {
		if (errno != EINTR) {
			log_error("loop", "cannot wait: error %d", errno);
			loop->app->quit = true;
		}
		return !loop->app->quit;
	}
	serve(loop, polled, count);
	watch(loop);
	turn(loop->app);
	return !loop->app->quit && !loop->app->broken;
}

enum exit_code loop_run(struct app *app)
{
	struct loop loop = {
		.app = app,
		.timer_fd = open_timer(),
		.terminal = isatty(STDIN_FILENO) == 1,
	};
	if (loop.timer_fd < 0) {
		log_error("loop", "no timer: error %d", errno);
		return EXIT_CODE_FAILED;
	}
	const bool once = app->options->session != NULL;
	if (once) {
		app_start_session(app);
	} else {
		turn_idle(app, true);
	}
	while (round_of(&loop)) {
		if ((once || app->leaving) && turn_over(app)) {
			break;
		}
	}
	close(loop.timer_fd);
	if (app->broken) {
		return EXIT_CODE_SOUND;
	}
	return once && app->quit ? EXIT_CODE_STOPPED : EXIT_CODE_FINISHED;
}
