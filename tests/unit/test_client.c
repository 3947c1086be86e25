/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: control base */
/* test_client.c - the client against the real server, which runs in a worker of its own. */
#include "ease/control.h"
#include "ease/log.h"
#include "ease/worker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
	char folder[32];
	char path[64];
	struct control *control;
	struct worker *worker;
};

static enum status handle(
		void *arg, const struct request *request, struct json *reply, struct diag *diag)
{
	struct fixture *fixture = arg;
	if (request->kind == REQUEST_FIRMER) {
		diag_set(diag, NULL, 0, 0, "not yet");
		return STATUS_BAD_DATA;
	}
	if (request->kind == REQUEST_SAY) {
		control_broadcast(fixture->control, "{\"event\":1}");
		control_broadcast(fixture->control, "{\"event\":2}");
	}
	json_add_int(reply, "value", request->value);
	return STATUS_OK;
}

static void serve(void *arg)
{
	struct fixture *fixture = arg;
	struct pollfd polled[1 + CONTROL_CLIENTS_MAX];
	const size_t count = control_poll(fixture->control, polled);
	if (poll(polled, count, 0) > 0) {
		control_work(fixture->control, polled, count);
	}
}

static int prepare(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	if (fixture == NULL) {
		return -1;
	}
	*state = fixture;
	log_set_level(LOG_LEVEL_ERROR);
	snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/ease-client-XXXXXX");
	if (mkdtemp(fixture->folder) == NULL) {
		return -1;
	}
	snprintf(fixture->path, sizeof(fixture->path), "%s/eased.sock", fixture->folder);
	return 0;
}

static int serving(void **state)
{
	if (prepare(state) != 0) {
		return -1;
	}
	struct fixture *fixture = *state;
	if (control_listen(fixture->folder, handle, fixture, &fixture->control, NULL) !=
			STATUS_OK) {
		return -1;
	}
	return worker_create(serve, fixture, "control", &fixture->worker) == STATUS_OK ? 0 : -1;
}

static void hang_up(struct fixture *fixture)
{
	worker_destroy(fixture->worker);
	fixture->worker = NULL;
	control_close(fixture->control);
	fixture->control = NULL;
}

static int clean(void **state)
{
	struct fixture *fixture = *state;
	hang_up(fixture);
	unlink(fixture->path);
	rmdir(fixture->folder);
	free(fixture);
	return 0;
}

static struct client *join(const struct fixture *fixture)
{
	struct client *client = NULL;
	struct diag diag = { .line = 0 };
	if (client_connect(fixture->folder, false, &client, &diag) != STATUS_OK) {
		fail_msg("%s", diag.message);
	}
	return client;
}

static void ask(struct client *client, enum request_kind kind)
{
	const struct request request = { .kind = kind, .text = "hello", .value = 7 };
	assert_int_equal(client_send(client, &request), STATUS_OK);
}

static void expect(struct client *client, const char *text)
{
	char line[CONTROL_LINE_MAX];
	assert_int_equal(client_receive(client, line, sizeof(line)), STATUS_OK);
	assert_string_equal(line, text);
}

static void asks_and_is_answered(void **state)
{
	struct client *client = join(*state);
	ask(client, REQUEST_RATE);
	expect(client, "{\"ok\":true,\"value\":7}");
	ask(client, REQUEST_FIRMER);
	ask(client, REQUEST_STATUS);
	expect(client, "{\"ok\":false,\"error\":\"not yet\"}");
	expect(client, "{\"ok\":true,\"value\":0}");
	client_close(client);
}

static void watches(void **state)
{
	struct client *watcher = join(*state);
	struct client *other = join(*state);
	ask(watcher, REQUEST_WATCH);
	expect(watcher, "{\"ok\":true,\"value\":0}");
	ask(other, REQUEST_SAY);
	expect(other, "{\"ok\":true,\"value\":0}");
	expect(watcher, "{\"event\":1}");
	expect(watcher, "{\"event\":2}");
	client_close(watcher);
	client_close(other);
}

static void learns_that_the_daemon_closed(void **state)
{
	struct fixture *fixture = *state;
	char line[CONTROL_LINE_MAX];
	struct client *client = join(fixture);
	ask(client, REQUEST_WATCH);
	expect(client, "{\"ok\":true,\"value\":0}");
	hang_up(fixture);
	assert_int_equal(client_receive(client, line, sizeof(line)), STATUS_NO_DATA);
	ask(client, REQUEST_STOP);
	assert_int_equal(client_receive(client, line, sizeof(line)), STATUS_NO_DATA);
	client_close(client);
}

static void reads_why_it_had_to_make_room(void **state)
{
	char line[CONTROL_LINE_MAX];
	struct client *clients[CONTROL_CLIENTS_MAX];
	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		clients[i] = join(*state);
		ask(clients[i], REQUEST_STATUS);
		expect(clients[i], "{\"ok\":true,\"value\":0}");
	}
	struct client *extra = join(*state);
	ask(extra, REQUEST_STOP);
	expect(extra, "{\"ok\":true,\"value\":0}");
	client_close(extra);
	expect(clients[0], "{\"ok\":false,\"error\":\"too many clients\"}");
	assert_int_equal(client_receive(clients[0], line, sizeof(line)), STATUS_NO_DATA);
	for (int i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		client_close(clients[i]);
	}
}

static void refuse(const char *folder, enum status status, const char *reason)
{
	struct client *client = NULL;
	struct diag diag = { .line = 0 };
	assert_int_equal(client_connect(folder, false, &client, &diag), status);
	if (strstr(diag.message, reason) == NULL) {
		fail_msg("\"%s\" does not say \"%s\"", diag.message, reason);
	}
}

static int bind_raw(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void says_why_nobody_is_reached(void **state)
{
	struct fixture *fixture = *state;
	char folder[200];
	refuse("/tmp/no/such/folder", STATUS_NOT_FOUND, "not running");
	refuse(fixture->folder, STATUS_NOT_FOUND, "not running");
	close(bind_raw(fixture->path));
	refuse(fixture->folder, STATUS_NOT_FOUND, "not running");
	memset(folder, 'x', sizeof(folder));
	folder[sizeof(folder) - 1] = '\0';
	refuse(folder, STATUS_NO_SPACE, "the most");
}

static void try_to_connect(const struct fixture *fixture, bool named, enum status status)
{
	struct client *client = NULL;
	struct diag diag = { .line = 0 };
	assert_int_equal(client_connect(fixture->folder, named, &client, &diag), status);
	if (status == STATUS_OK) {
		client_close(client);
	} else {
		assert_non_null(strstr(diag.message, "who listens here is user 1,"));
	}
}

/* The kernel remembers who listens, not who made the socket. */
static void trusts_no_daemon_of_somebody_else(void **state)
{
	struct fixture *fixture = *state;
	if (geteuid() != 0) {
		skip(); /* only root can be two users */
	}
	const int fd = bind_raw(fixture->path);
	assert_int_equal(seteuid(1), 0);
	assert_int_equal(listen(fd, 8), 0);
	assert_int_equal(seteuid(0), 0);

	try_to_connect(fixture, false, STATUS_BACKEND);
	try_to_connect(fixture, true, STATUS_OK);
	assert_int_equal(chmod(fixture->folder, 01777), 0);
	try_to_connect(fixture, true, STATUS_BACKEND);
	assert_int_equal(chown(fixture->folder, 1, 1), 0);
	try_to_connect(fixture, true, STATUS_OK);
	try_to_connect(fixture, false, STATUS_BACKEND);
	assert_int_equal(chmod(fixture->folder, 0755), 0);
	assert_int_equal(chown(fixture->folder, 2, 2), 0);
	try_to_connect(fixture, true, STATUS_BACKEND);
	close(fd);
}

/* A server that is not ours, or a broken one, cannot overrun the client. */
static void takes_no_line_that_is_too_long(void **state)
{
	struct fixture *fixture = *state;
	char line[CONTROL_LINE_MAX];
	char letters[2 * CONTROL_LINE_MAX];
	const int listener = bind_raw(fixture->path);
	assert_int_equal(listen(listener, 1), 0);
	struct client *client = join(fixture);
	const int fd = accept(listener, NULL, NULL);
	assert_true(fd >= 0);
	memset(letters, 'x', sizeof(letters));
	letters[sizeof(letters) - 1] = '\n';
	assert_int_equal(send(fd, letters, sizeof(letters), 0), sizeof(letters));
	assert_int_equal(send(fd, "short\n", 6, 0), 6);
	assert_int_equal(client_receive(client, line, sizeof(line)), STATUS_NO_SPACE);
	expect(client, "short");
	assert_int_equal(send(fd, "short\n", 6, 0), 6);
	assert_int_equal(client_receive(client, line, 5), STATUS_NO_SPACE);
	client_close(client);
	close(fd);
	close(listener);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(asks_and_is_answered, serving, clean),
		cmocka_unit_test_setup_teardown(watches, serving, clean),
		cmocka_unit_test_setup_teardown(learns_that_the_daemon_closed, serving, clean),
		cmocka_unit_test_setup_teardown(reads_why_it_had_to_make_room, serving, clean),
		cmocka_unit_test_setup_teardown(says_why_nobody_is_reached, prepare, clean),
		cmocka_unit_test_setup_teardown(trusts_no_daemon_of_somebody_else, prepare, clean),
		cmocka_unit_test_setup_teardown(takes_no_line_that_is_too_long, prepare, clean),
	};
	return cmocka_run_group_tests_name("client", tests, NULL, NULL);
}
