/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: control base */
/*
 * test_control.c - the server on real sockets, in one thread: a Unix socket delivers at once, so
 * pump() runs until nothing is ready, and no test waits for time.
 */
#include "ease/control.h"

#include "ease/log.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#define TURNS_MAX 5000

struct fixture {
	char top[32];    /* a temporary folder */
	char folder[64]; /* in it: where the server listens */
	char path[80];   /* the socket */
	struct control *control;
	int asked; /* how often the handler was called */
	int descriptors;
};

static int count_descriptors(void)
{
	int count = 0;
	DIR *folder = opendir("/proc/self/fd");
	assert_non_null(folder);
	while (readdir(folder) != NULL) {
		count++;
	}
	closedir(folder);
	return count;
}

static enum status handle(
		void *arg, const struct request *request, struct json *reply, struct diag *diag)
{
	struct fixture *fixture = arg;
	fixture->asked++;
	if (request->kind == REQUEST_FIRMER) {
		diag_set(diag, NULL, 0, 0, "not before you have rated");
		return STATUS_BAD_DATA;
	}
	if (request->kind == REQUEST_LIGHTER) {
		return STATUS_NOT_FOUND;
	}
	if (request->kind == REQUEST_SAY) {
		control_broadcast(fixture->control, request->text);
	}
	json_add_text(reply, "did", request_name(request->kind));
	return STATUS_OK;
}

static int prepare(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	if (fixture == NULL) {
		return -1;
	}
	log_set_level(LOG_LEVEL_ERROR);
	snprintf(fixture->top, sizeof(fixture->top), "/tmp/ease-control-XXXXXX");
	if (mkdtemp(fixture->top) == NULL) {
		free(fixture);
		return -1;
	}
	snprintf(fixture->folder, sizeof(fixture->folder), "%s/data", fixture->top);
	snprintf(fixture->path, sizeof(fixture->path), "%s/eased.sock", fixture->folder);
	fixture->descriptors = count_descriptors();
	*state = fixture;
	return 0;
}

static int listening(void **state)
{
	if (prepare(state) != 0) {
		return -1;
	}
	struct fixture *fixture = *state;
	return control_listen(fixture->folder, handle, fixture, &fixture->control, NULL) ==
					       STATUS_OK
			       ? 0
			       : -1;
}

static int clean(void **state)
{
	struct fixture *fixture = *state;
	control_close(fixture->control);
	unlink(fixture->path);
	rmdir(fixture->path);
	rmdir(fixture->folder);
	unlink(fixture->folder);
	rmdir(fixture->top);
	free(fixture);
	return 0;
}

/* Lets the server work until there is nothing left to do. */
static void pump(struct fixture *fixture)
{
	struct pollfd polled[1 + CONTROL_CLIENTS_MAX];
	for (int i = 0; i < TURNS_MAX; i++) {
		const size_t count = control_poll(fixture->control, polled);
		if (poll(polled, count, 0) == 0) {
			return;
		}
		control_work(fixture->control, polled, count);
	}
	fail_msg("the server never comes to rest");
}

static int bind_raw(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static int connect_raw(const struct fixture *fixture)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", fixture->path);
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

/* A client that the server has accepted. */
static int join(struct fixture *fixture)
{
	const int fd = connect_raw(fixture);
	pump(fixture);
	return fd;
}

static void put(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

/* Reads what is there; closed says whether the server hung up behind it. */
static void take(int fd, char *out, size_t size, bool *closed)
{
	size_t used = 0;
	ssize_t got = 0;
	while (used + 1 < size && (got = recv(fd, out + used, size - 1 - used, 0)) > 0) {
		used += (size_t)got;
	}
	out[used] = '\0';
	*closed = got == 0 && used + 1 < size;
}

static void expect(int fd, const char *text)
{
	char got[8192];
	bool closed = false;
	take(fd, got, sizeof(got), &closed);
	assert_string_equal(got, text);
	assert_false(closed);
}

static void expect_end(int fd, const char *text)
{
	char got[8192];
	bool closed = false;
	take(fd, got, sizeof(got), &closed);
	assert_string_equal(got, text);
	assert_true(closed);
}

#define STOPPED "{\"ok\":true,\"did\":\"stop\"}\n"
#define WATCHED "{\"ok\":true,\"did\":\"watch\"}\n"

static void answers_a_request(void **state)
{
	struct fixture *fixture = *state;
	const int fd = join(fixture);
	put(fd, "{\"do\":\"stop\"}\n");
	pump(fixture);
	expect(fd, STOPPED);
	assert_int_equal(fixture->asked, 1);
	close(fd);
}

static void passes_the_handlers_refusal_on(void **state)
{
	struct fixture *fixture = *state;
	const int fd = join(fixture);
	put(fd, "{\"do\":\"firmer\"}\n{\"do\":\"lighter\"}\n");
	pump(fixture);
	expect(fd, "{\"ok\":false,\"error\":\"not before you have rated\"}\n"
		   "{\"ok\":false,\"error\":\"not found\"}\n");
	close(fd);
}

static void takes_a_request_in_pieces(void **state)
{
	struct fixture *fixture = *state;
	const int fd = join(fixture);
	static const char line[] = "{\"do\":\"stop\"}";
	for (size_t i = 0; i + 1 < sizeof(line); i++) {
		const char piece[2] = { line[i], '\0' };
		put(fd, piece);
		pump(fixture);
	}
	assert_int_equal(fixture->asked, 0);
	put(fd, "\n");
	pump(fixture);
	expect(fd, STOPPED);
	close(fd);
}

static void takes_many_requests_at_once(void **state)
{
	struct fixture *fixture = *state;
	const int fd = join(fixture);
	put(fd, "{\"do\":\"stop\"}\nnonsense\n{\"do\":\"stop\"}\n{\"do\":");
	pump(fixture);
	expect(fd, STOPPED "{\"ok\":false,\"error\":\"not JSON\"}\n" STOPPED);
	put(fd, "\"stop\"}\n");
	pump(fixture);
	expect(fd, STOPPED);
	close(fd);
}

static void skips_a_line_that_is_too_long(void **state)
{
	struct fixture *fixture = *state;
	const int fd = join(fixture);
	char letters[3000];
	memset(letters, 'x', sizeof(letters));
	letters[sizeof(letters) - 1] = '\0';
	for (int i = 0; i < 10; i++) {
		put(fd, letters);
		pump(fixture);
	}
	expect(fd, "{\"ok\":false,\"error\":\"the line is longer than 4095 bytes\"}\n");
	put(fd, "\n{\"do\":\"stop\"}\n");
	pump(fixture);
	expect(fd, STOPPED);
	close(fd);
}

static void answers_a_client_that_sends_no_more(void **state)
{
	struct fixture *fixture = *state;
	const int fd = join(fixture);
	put(fd, "{\"do\":\"stop\"}\n{\"do\":\"stop\"}");
	assert_int_equal(shutdown(fd, SHUT_WR), 0);
	pump(fixture);
	expect_end(fd, STOPPED STOPPED);
	close(fd);
}

static void half_a_request_does_nothing(void **state)
{
	struct fixture *fixture = *state;
	const int fd = join(fixture);
	put(fd, "{\"do\":\"st");
	assert_int_equal(shutdown(fd, SHUT_WR), 0);
	pump(fixture);
	expect_end(fd, "{\"ok\":false,\"error\":\"not JSON\"}\n");
	assert_int_equal(fixture->asked, 0);
	close(fd);
}

static void sends_events_to_those_who_watch(void **state)
{
	struct fixture *fixture = *state;
	const int watcher = join(fixture);
	const int other = join(fixture);
	control_broadcast(fixture->control, "{\"t\":0.000}");
	put(watcher, "{\"do\":\"watch\"}\n");
	pump(fixture);
	expect(watcher, WATCHED);
	control_broadcast(fixture->control, "{\"t\":1.000}");
	control_broadcast(fixture->control, "{\"t\":2.000}");
	expect(watcher, "{\"t\":1.000}\n{\"t\":2.000}\n");
	expect(other, "");
	close(watcher);
	close(other);
}

/* Nothing of a client goes over to the next one that gets its place. */
static void a_new_client_is_not_an_old_one(void **state)
{
	struct fixture *fixture = *state;
	const int watcher = join(fixture);
	put(watcher, "{\"do\":\"watch\"}\n{\"do\":");
	pump(fixture);
	close(watcher);
	pump(fixture);
	const int fd = join(fixture);
	control_broadcast(fixture->control, "{\"t\":1.000}");
	put(fd, "{\"do\":\"stop\"}\n");
	pump(fixture);
	expect(fd, STOPPED);
	close(fd);
}

static void a_watcher_may_close_its_sending_side(void **state)
{
	struct fixture *fixture = *state;
	const int watcher = join(fixture);
	put(watcher, "{\"do\":\"watch\"}\n");
	assert_int_equal(shutdown(watcher, SHUT_WR), 0);
	pump(fixture);
	control_broadcast(fixture->control, "{\"t\":1.000}");
	expect(watcher, WATCHED "{\"t\":1.000}\n");
	close(watcher);
	pump(fixture);
	assert_int_equal(count_descriptors(), fixture->descriptors + 3);
}

static void does_not_broadcast_what_is_no_line(void **state)
{
	struct fixture *fixture = *state;
	const int watcher = join(fixture);
	char letters[CONTROL_LINE_MAX + 1];
	log_set_level(LOG_LEVEL_ERROR);
	memset(letters, 'x', sizeof(letters));
	letters[CONTROL_LINE_MAX] = '\0';
	put(watcher, "{\"do\":\"watch\"}\n");
	pump(fixture);
	control_broadcast(fixture->control, letters);
	control_broadcast(fixture->control, "two\nlines");
	expect(watcher, WATCHED);
	close(watcher);
}

static void drops_a_watcher_that_does_not_read(void **state)
{
	struct fixture *fixture = *state;
	char line[1024];
	char got[8192];
	bool closed = false;
	const int slow = join(fixture);
	const int quick = join(fixture);
	put(slow, "{\"do\":\"watch\"}\n");
	put(quick, "{\"do\":\"watch\"}\n");
	pump(fixture);
	expect(quick, WATCHED);
	memset(line, 'e', sizeof(line));
	line[sizeof(line) - 1] = '\0';
	for (int i = 0; i < 2000; i++) {
		control_broadcast(fixture->control, line);
		take(quick, got, sizeof(got), &closed);
		assert_int_equal(strlen(got), sizeof(line));
		pump(fixture);
	}
	size_t total = 0;
	do {
		take(slow, got, sizeof(got), &closed);
		total += strlen(got);
	} while (!closed && got[0] != '\0');
	assert_true(closed);
	assert_in_range(total, 32 * 1024, 2000 * 1024 - 1);
	put(quick, "{\"do\":\"stop\"}\n");
	pump(fixture);
	expect(quick, STOPPED);
	close(slow);
	close(quick);
}

/* More than the kernel takes for a client, less than is kept for it besides. */
static void keeps_the_order_for_a_client_that_reads_late(void **state)
{
	struct fixture *fixture = *state;
	char line[1024];
	char got[2048];
	bool closed = false;
	int seen = 0;
	const int fd = join(fixture);
	put(fd, "{\"do\":\"watch\"}\n");
	pump(fixture);
	expect(fd, WATCHED);
	for (int i = 0; i < 110; i++) {
		snprintf(line, sizeof(line), "%1000d", i);
		control_broadcast(fixture->control, line);
	}
	struct pollfd polled[1 + CONTROL_CLIENTS_MAX];
	assert_int_equal(control_poll(fixture->control, polled), 2);
	assert_int_equal(polled[1].events, POLLIN | POLLOUT);
	for (;;) {
		take(fd, got, 1002, &closed);
		assert_false(closed);
		if (got[0] == '\0') {
			break;
		}
		assert_int_equal(atoi(got), seen);
		seen++;
		pump(fixture);
	}
	assert_int_equal(seen, 110);
	close(fd);
}

static void drops_a_flood_that_is_never_read(void **state)
{
	struct fixture *fixture = *state;
	const int flood = join(fixture);
	const int other = join(fixture);
	char requests[4096] = "";
	for (int i = 0; i < 200; i++) {
		memcpy(requests + (ptrdiff_t)(i * 14), "{\"do\":\"stop\"}\n", 15);
	}
	ssize_t sent = 0;
	for (int i = 0; i < TURNS_MAX && sent >= 0; i++) {
		sent = send(flood, requests, 200 * 14, MSG_NOSIGNAL);
		pump(fixture);
	}
	assert_int_equal(sent, -1);
	put(other, "{\"do\":\"stop\"}\n");
	pump(fixture);
	expect(other, STOPPED);
	close(flood);
	close(other);
}

static void a_flood_takes_one_read_a_turn(void **state)
{
	struct fixture *fixture = *state;
	struct pollfd polled[1 + CONTROL_CLIENTS_MAX];
	char requests[14 * 1000 + 1];
	const int flood = join(fixture);
	for (int i = 0; i < 1000; i++) {
		memcpy(requests + (ptrdiff_t)(i * 14), "{\"do\":\"stop\"}\n", 15);
	}
	put(flood, requests);
	const size_t count = control_poll(fixture->control, polled);
	assert_int_equal(poll(polled, count, 0), 1);
	control_work(fixture->control, polled, count);
	assert_in_range(fixture->asked, 1, CONTROL_LINE_MAX / 14);
	close(flood);
}

static void survives_clients_that_die(void **state)
{
	struct fixture *fixture = *state;
	for (int i = 0; i < 50; i++) {
		const int fd = join(fixture);
		put(fd, i % 2 == 0 ? "{\"do\":\"watch\"}\n" : "{\"do\":\"st");
		if (i % 3 == 0) {
			pump(fixture);
		}
		close(fd);
		control_broadcast(fixture->control, "{\"t\":1.000}");
	}
	pump(fixture);
	assert_int_equal(count_descriptors(), fixture->descriptors + 3);
	const int fd = join(fixture);
	put(fd, "{\"do\":\"stop\"}\n");
	pump(fixture);
	expect(fd, STOPPED);
	close(fd);
}

/* The handler's broadcast goes to the client that is being answered, and finds it dead. */
static void a_client_may_be_dropped_while_it_is_answered(void **state)
{
	struct fixture *fixture = *state;
	const int fd = join(fixture);
	put(fd, "{\"do\":\"watch\"}\n{\"do\":\"say\",\"text\":\"hello\"}\n{\"do\":\"stop\"}\n");
	close(fd);
	pump(fixture);
	assert_int_equal(count_descriptors(), fixture->descriptors + 3);
}

#define FULL "{\"ok\":false,\"error\":\"too many clients\"}\n"

static void fill(struct fixture *fixture, int *fds)
{
	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		fds[i] = join(fixture);
	}
}

static void stop_by(struct fixture *fixture, int fd)
{
	put(fd, "{\"do\":\"stop\"}\n");
	pump(fixture);
	expect(fd, STOPPED);
}

static void watch_by(struct fixture *fixture, int fd)
{
	put(fd, "{\"do\":\"watch\"}\n");
	pump(fixture);
	expect(fd, WATCHED);
}

/* Sixteen who only sit there cannot keep a stop out. */
static void the_longest_silent_makes_room(void **state)
{
	struct fixture *fixture = *state;
	int fds[CONTROL_CLIENTS_MAX];
	fill(fixture, fds);
	watch_by(fixture, fds[0]);
	stop_by(fixture, fds[1]);
	const int extra = join(fixture);
	stop_by(fixture, extra);
	expect_end(fds[2], FULL);
	expect(fds[3], "");
	const int another = connect_raw(fixture);
	put(another, "{\"do\":\"stop\"}\n");
	pump(fixture);
	expect(another, STOPPED);
	expect_end(fds[3], FULL);
	for (int i = 4; i < CONTROL_CLIENTS_MAX; i++) {
		stop_by(fixture, fds[i]);
	}
	stop_by(fixture, fds[0]);
	stop_by(fixture, fds[1]);
	close(extra);
	close(another);
	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		close(fds[i]);
	}
}

static void where_all_watch_the_oldest_makes_room(void **state)
{
	struct fixture *fixture = *state;
	int fds[CONTROL_CLIENTS_MAX];
	fill(fixture, fds);
	for (int i = CONTROL_CLIENTS_MAX - 1; i >= 0; i--) {
		watch_by(fixture, fds[i]);
	}
	const int extra = join(fixture);
	stop_by(fixture, extra);
	expect_end(fds[0], FULL);
	control_broadcast(fixture->control, "{\"t\":1.000}");
	for (int i = 1; i < CONTROL_CLIENTS_MAX; i++) {
		expect(fds[i], "{\"t\":1.000}\n");
		close(fds[i]);
	}
	close(fds[0]);
	close(extra);
}

/* One place for all newcomers: each is served before the next one takes it. */
static void a_crowd_that_knocks_is_served_one_by_one(void **state)
{
	struct fixture *fixture = *state;
	int fds[CONTROL_CLIENTS_MAX];
	int crowd[8];
	fill(fixture, fds);
	for (int i = 1; i < CONTROL_CLIENTS_MAX; i++) {
		watch_by(fixture, fds[i]);
	}
	for (int i = 0; i < 8; i++) {
		crowd[i] = connect_raw(fixture);
		put(crowd[i], "{\"do\":\"stop\"}\n");
	}
	pump(fixture);
	expect_end(fds[0], FULL);
	for (int i = 0; i < 7; i++) {
		expect_end(crowd[i], STOPPED FULL);
	}
	expect(crowd[7], STOPPED);
	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		close(fds[i]);
	}
	for (int i = 0; i < 8; i++) {
		close(crowd[i]);
	}
}

static void turns_away_when_descriptors_run_out(void **state)
{
	struct fixture *fixture = *state;
	struct rlimit before;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	const int fd = connect_raw(fixture);
	const int lowest = dup(fd);
	close(lowest);
	const struct rlimit tight = { .rlim_cur = (rlim_t)lowest, .rlim_max = before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
	pump(fixture);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	expect_end(fd, "");
	close(fd);
	const int next = join(fixture);
	put(next, "{\"do\":\"stop\"}\n");
	pump(fixture);
	expect(next, STOPPED);
	close(next);
}

/* A connection that waits and does not wake, until there are descriptors again. */
static void comes_to_rest_where_nobody_can_be_turned_away(void **state)
{
	struct fixture *fixture = *state;
	struct rlimit before;
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	memcpy(address.sun_path, fixture->path, sizeof(fixture->path));
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
	const int lowest = dup(fd);
	assert_true(lowest >= 0);
	close(lowest);
	/* enough for the folder and the socket */
	const struct rlimit tight = { .rlim_cur = (rlim_t)lowest + 2, .rlim_max = before.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
	const enum status status =
			control_listen(fixture->folder, handle, fixture, &fixture->control, NULL);
	const int connected = connect(fd, (struct sockaddr *)&address, sizeof(address));
	if (status == STATUS_OK) {
		pump(fixture);
		control_work(fixture->control, NULL, 0);
		pump(fixture);
	}
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	assert_int_equal(status, STATUS_OK);
	assert_int_equal(connected, 0);
	put(fd, "{\"do\":\"stop\"}\n");
	expect(fd, "");
	control_work(fixture->control, NULL, 0);
	pump(fixture);
	expect(fd, STOPPED);
	close(fd);
}

static unsigned mode_of(const char *path)
{
	struct stat found;
	assert_int_equal(lstat(path, &found), 0);
	return found.st_mode & 07777;
}

static void makes_folder_and_socket_with_their_modes(void **state)
{
	struct fixture *fixture = *state;
	static const mode_t masks[] = { 0, 022, 077 };
	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		const mode_t before = umask(masks[i]);
		assert_int_equal(control_listen(fixture->folder, handle, fixture, &fixture->control,
						 NULL),
				STATUS_OK);
		umask(before);
		assert_int_equal(mode_of(fixture->folder), 0700);
		assert_int_equal(mode_of(fixture->path), 0660);
		control_close(fixture->control);
		fixture->control = NULL;
		assert_int_equal(access(fixture->path, F_OK), -1);
		assert_int_equal(rmdir(fixture->folder), 0);
	}
	assert_int_equal(count_descriptors(), fixture->descriptors);
}

static void refuse_to_listen(struct fixture *fixture, enum status status, const char *reason)
{
	struct control *control = NULL;
	struct diag diag = { .line = 0 };
	const int before = count_descriptors();
	assert_int_equal(control_listen(fixture->folder, handle, fixture, &control, &diag), status);
	if (strstr(diag.message, reason) == NULL) {
		fail_msg("\"%s\" does not say \"%s\"", diag.message, reason);
	}
	assert_int_equal(count_descriptors(), before);
}

static void a_second_daemon_is_refused(void **state)
{
	struct fixture *fixture = *state;
	refuse_to_listen(fixture, STATUS_BACKEND, "already running");
	const int fd = join(fixture);
	put(fd, "{\"do\":\"stop\"}\n");
	pump(fixture);
	expect(fd, STOPPED);
	close(fd);
}

static void a_second_daemon_is_refused_even_when_the_socket_is_gone(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(unlink(fixture->path), 0);
	refuse_to_listen(fixture, STATUS_BACKEND, "already running");
}

static void a_listener_of_another_kind_is_left_alone(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(mkdir(fixture->folder, 0700), 0);
	const int fd = bind_raw(fixture->path);
	assert_int_equal(listen(fd, 1), 0);
	refuse_to_listen(fixture, STATUS_BACKEND, "already running");
	assert_int_equal(access(fixture->path, F_OK), 0);
	close(fd);
}

static void takes_over_a_stale_socket(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(mkdir(fixture->folder, 0700), 0);
	close(bind_raw(fixture->path));
	assert_int_equal(control_listen(fixture->folder, handle, fixture, &fixture->control, NULL),
			STATUS_OK);
	const int fd = join(fixture);
	put(fd, "{\"do\":\"stop\"}\n");
	pump(fixture);
	expect(fd, STOPPED);
	close(fd);
}

static void removes_nothing_that_is_no_socket(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(mkdir(fixture->folder, 0700), 0);
	const int fd = open(fixture->path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	close(fd);
	refuse_to_listen(fixture, STATUS_BACKEND, "in the way");
	assert_int_equal(unlink(fixture->path), 0);

	assert_int_equal(symlink("/nowhere/at/all", fixture->path), 0);
	refuse_to_listen(fixture, STATUS_BACKEND, "in the way");
	assert_int_equal(unlink(fixture->path), 0);

	assert_int_equal(mkdir(fixture->path, 0700), 0);
	refuse_to_listen(fixture, STATUS_BACKEND, "in the way");
	assert_int_equal(rmdir(fixture->path), 0);
}

static void says_what_is_wrong_with_the_folder(void **state)
{
	struct fixture *fixture = *state;
	char right[sizeof(fixture->folder)];
	memcpy(right, fixture->folder, sizeof(right));

	snprintf(fixture->folder, sizeof(fixture->folder), "%s/no/such", fixture->top);
	refuse_to_listen(fixture, STATUS_BACKEND, "cannot be made: No such file");
	memcpy(fixture->folder, right, sizeof(right));

	const int fd = open(fixture->folder, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	close(fd);
	refuse_to_listen(fixture, STATUS_BACKEND, "cannot be opened as a folder");
	assert_int_equal(unlink(fixture->folder), 0);

	assert_int_equal(mkdir(fixture->folder, 0700), 0);
	assert_int_equal(chmod(fixture->folder, 0777), 0);
	refuse_to_listen(fixture, STATUS_BACKEND, "everybody may write");
}

/* The place in which the folder stands is fixture->top. */
static void refuses_a_folder_that_somebody_else_made(void **state)
{
	struct fixture *fixture = *state;
	if (geteuid() != 0) {
		skip(); /* only root can give a folder away */
	}
	assert_int_equal(mkdir(fixture->folder, 0700), 0);
	assert_int_equal(chown(fixture->folder, 1, 1), 0);
	refuse_to_listen(fixture, STATUS_BACKEND, "belongs to somebody else");

	/* one of root's will do for others, but not where it may be anybody's */
	struct diag diag = { .line = 0 };
	assert_int_equal(chown(fixture->folder, 0, 0), 0);
	assert_int_equal(chmod(fixture->folder, 0755), 0);
	assert_int_equal(chmod(fixture->top, 01777), 0);
	assert_int_equal(seteuid(1), 0);
	const enum status status =
			control_listen(fixture->folder, handle, fixture, &fixture->control, &diag);
	assert_int_equal(seteuid(0), 0);
	assert_int_equal(status, STATUS_BACKEND);
	assert_string_equal(diag.message, "somebody else made it where everybody may");
}

static void takes_only_a_folder_of_its_own_where_everybody_may_write(void **state)
{
	struct fixture *fixture = *state;
	char elsewhere[80];
	assert_int_equal(chmod(fixture->top, 01777), 0);
	assert_int_equal(mkdir(fixture->folder, 0700), 0);
	assert_int_equal(chmod(fixture->folder, 0770), 0);
	refuse_to_listen(fixture, STATUS_BACKEND, "others may write");

	assert_int_equal(chmod(fixture->folder, 0750), 0);
	snprintf(elsewhere, sizeof(elsewhere), "%s/real", fixture->top);
	assert_int_equal(rename(fixture->folder, elsewhere), 0);
	assert_int_equal(symlink(elsewhere, fixture->folder), 0);
	refuse_to_listen(fixture, STATUS_BACKEND, "somebody else made it where everybody may");
	assert_int_equal(unlink(fixture->folder), 0);
	assert_int_equal(rename(elsewhere, fixture->folder), 0);

	assert_int_equal(chmod(fixture->top, 0777), 0);
	refuse_to_listen(fixture, STATUS_BACKEND, "everybody may write");
	assert_int_equal(chmod(fixture->top, 01777), 0);

	const size_t length = strlen(fixture->folder);
	memcpy(fixture->folder + length, "//", 3);
	assert_int_equal(control_listen(fixture->folder, handle, fixture, &fixture->control, NULL),
			STATUS_OK);
	fixture->folder[length] = '\0';
}

/* As systemd's RuntimeDirectory is one, where only root may make links. */
static void a_folder_may_be_a_link_where_not_everybody_may_write(void **state)
{
	struct fixture *fixture = *state;
	char elsewhere[80];
	snprintf(elsewhere, sizeof(elsewhere), "%s/real", fixture->top);
	assert_int_equal(mkdir(elsewhere, 0700), 0);
	assert_int_equal(symlink("real", fixture->folder), 0);
	assert_int_equal(control_listen(fixture->folder, handle, fixture, &fixture->control, NULL),
			STATUS_OK);
	control_close(fixture->control);
	fixture->control = NULL;
	assert_int_equal(rmdir(elsewhere), 0);
}

static void refuses_a_path_that_is_too_long(void **state)
{
	(void)state;
	char folder[120];
	struct control *control = NULL;
	struct diag diag;
	memset(folder, 'x', sizeof(folder));
	memcpy(folder, "/tmp/", 5);
	folder[97] = '\0';
	assert_int_equal(control_listen(folder, handle, NULL, &control, &diag), STATUS_NO_SPACE);
	assert_string_equal(diag.message,
			"the socket's path would have 108 bytes, but 107 are the most");
	assert_int_equal(access(folder, F_OK), -1);
}

static void closing_leaves_a_successors_socket(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(unlink(fixture->path), 0);
	const int fd = bind_raw(fixture->path);
	control_close(fixture->control);
	fixture->control = NULL;
	assert_int_equal(access(fixture->path, F_OK), 0);
	close(fd);
}

static void closing_hangs_up(void **state)
{
	struct fixture *fixture = *state;
	const int fd = join(fixture);
	control_close(fixture->control);
	fixture->control = NULL;
	expect_end(fd, "");
	close(fd);
	assert_int_equal(count_descriptors(), fixture->descriptors);
}

#define SERVED(test) cmocka_unit_test_setup_teardown(test, listening, clean)
#define ALONE(test) cmocka_unit_test_setup_teardown(test, prepare, clean)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(answers_a_request),
		SERVED(passes_the_handlers_refusal_on),
		SERVED(takes_a_request_in_pieces),
		SERVED(takes_many_requests_at_once),
		SERVED(skips_a_line_that_is_too_long),
		SERVED(answers_a_client_that_sends_no_more),
		SERVED(half_a_request_does_nothing),
		SERVED(sends_events_to_those_who_watch),
		SERVED(a_new_client_is_not_an_old_one),
		SERVED(a_watcher_may_close_its_sending_side),
		SERVED(does_not_broadcast_what_is_no_line),
		SERVED(drops_a_watcher_that_does_not_read),
		SERVED(keeps_the_order_for_a_client_that_reads_late),
		SERVED(drops_a_flood_that_is_never_read),
		SERVED(a_flood_takes_one_read_a_turn),
		SERVED(survives_clients_that_die),
		SERVED(a_client_may_be_dropped_while_it_is_answered),
		SERVED(the_longest_silent_makes_room),
		SERVED(where_all_watch_the_oldest_makes_room),
		SERVED(a_crowd_that_knocks_is_served_one_by_one),
		SERVED(turns_away_when_descriptors_run_out),
		ALONE(comes_to_rest_where_nobody_can_be_turned_away),
		ALONE(makes_folder_and_socket_with_their_modes),
		SERVED(a_second_daemon_is_refused),
		SERVED(a_second_daemon_is_refused_even_when_the_socket_is_gone),
		ALONE(a_listener_of_another_kind_is_left_alone),
		ALONE(takes_over_a_stale_socket),
		ALONE(removes_nothing_that_is_no_socket),
		ALONE(says_what_is_wrong_with_the_folder),
		ALONE(refuses_a_folder_that_somebody_else_made),
		ALONE(takes_only_a_folder_of_its_own_where_everybody_may_write),
		ALONE(a_folder_may_be_a_link_where_not_everybody_may_write),
		ALONE(refuses_a_path_that_is_too_long),
		SERVED(closing_leaves_a_successors_socket),
		SERVED(closing_hangs_up),
	};
	return cmocka_run_group_tests_name("control", tests, NULL, NULL);
}
