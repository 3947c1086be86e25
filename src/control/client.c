/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "address.h"
#include "ease/control.h"
#include "lines.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#define PATIENCE_S 5
#define FOR_EVER (-1)

struct client {
	int fd;
	int patience_ms; /* for the next line */
	bool watching;   /* after the next line events come, or not, for as long as it takes */
	bool ended;
	struct lines in;
};

static enum status fail(struct diag *diag, const char *path)
{
	if (errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR) {
		diag_set(diag, path, 0, 0, "eased is not running here");
		return STATUS_NOT_FOUND;
	}
	if (errno == EAGAIN) {
		diag_set(diag, path, 0, 0, "eased does not answer");
	} else {
		diag_set(diag, path, 0, 0, "cannot reach eased: %s", strerror(errno));
	}
	return STATUS_BACKEND;
}

/* The send time-out holds for connect() too, should a hung daemon's backlog be full. */
static int reach(const struct sockaddr_un *address)
{
	const struct timeval patience = { .tv_sec = PATIENCE_S };
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		return -1;
	}
	int result = setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	if (result == 0) {
		do {
			result = connect(fd, (const struct sockaddr *)address, sizeof(*address));
		} while (result != 0 && errno == EINTR);
	}
	if (result != 0) {
		const int error = errno;
		close(fd);
		errno = error;
		return -1;
	}
	return fd;
}

/* Whether a daemon of that user may stand in folder, as client_connect() says. */
static bool is_trusted(const char *folder, bool named, uid_t user)
{
	struct stat found;
	if (user == geteuid() || user == 0) {
		return true;
	}
	if (!named || stat(folder, &found) != 0) {
		return false;
	}
	return found.st_uid == user || (found.st_uid == 0 && (found.st_mode & S_IWOTH) == 0);
}

/* Who listens at the other end; the kernel says it, so that nobody can say it wrong. */
static enum status check_server(int fd, const char *folder, bool named, struct diag *diag)
{
	struct ucred server = { .pid = 0 };
	socklen_t size = sizeof(server);
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &server, &size) != 0) {
		return fail(diag, folder);
	}
	if (!is_trusted(folder, named, server.uid)) {
		diag_set(diag, folder, 0, 0, "who listens here is user %u, and no eased of yours",
				(unsigned)server.uid);
		return STATUS_BACKEND;
	}
	return STATUS_OK;
}

enum status client_connect(const char *folder, bool named, struct client **out, struct diag *diag)
{
	struct sockaddr_un address;
	enum status status = address_make(folder, &address, diag);
	if (status != STATUS_OK) {
		return status;
	}
	struct client *client = calloc(1, sizeof(*client));
	if (client == NULL) {
		diag_set(diag, NULL, 0, 0, "%s", status_string(STATUS_NO_MEM));
		return STATUS_NO_MEM;
	}
	client->patience_ms = PATIENCE_S * 1000;
	lines_init(&client->in);
	client->fd = reach(&address);
	if (client->fd < 0) {
		free(client);
		return fail(diag, address.sun_path);
	}
	status = check_server(client->fd, folder, named, diag);
	if (status != STATUS_OK) {
		client_close(client);
		return status;
	}
	*out = client;
	return STATUS_OK;
}

void client_close(struct client *client)
{
	if (client != NULL) {
		close(client->fd);
		free(client);
	}
}

enum status client_send(struct client *client, const struct request *request)
{
	char line[CONTROL_LINE_MAX];
	const enum status status = request_print(request, line, sizeof(line));
	if (status != STATUS_OK) {
		return status;
	}
	size_t left = strlen(line);
	line[left++] = '\n';
	const char *from = line;
	while (left > 0) {
		const ssize_t sent = send(client->fd, from, left, MSG_NOSIGNAL);
		if (sent > 0) {
			from += sent;
			left -= (size_t)sent;
		} else if (errno == EPIPE || errno == ECONNRESET) {
			break;
		} else if (errno != EINTR) {
			return STATUS_BACKEND;
		}
	}
	client->watching = client->watching || request->kind == REQUEST_WATCH;
	return STATUS_OK;
}

/* Waits for bytes or the end. STATUS_BACKEND when neither comes in time. */
static enum status fill(struct client *client)
{
	struct pollfd wait = { .fd = client->fd, .events = POLLIN };
	const int ready = poll(&wait, 1, client->patience_ms);
	if (ready == 0 || (ready < 0 && errno != EINTR)) {
		return STATUS_BACKEND;
	}
	size_t room = 0;
	char *into = lines_room(&client->in, &room);
	const ssize_t got = ready > 0 ? recv(client->fd, into, room, 0) : 0;
	if (got > 0) {
		lines_filled(&client->in, (size_t)got);
	} else if (ready > 0 && (got == 0 || errno != EINTR)) {
		client->ended = true;
	}
	return STATUS_OK;
}

enum status client_receive(struct client *client, char *out, size_t size)
{
	const char *line = NULL;
	size_t length = 0;
	enum line_kind kind = LINE_NONE;
	while ((kind = lines_next(&client->in, &line, &length)) == LINE_NONE) {
		if (client->ended) {
			return STATUS_NO_DATA;
		}
		const enum status status = fill(client);
		if (status != STATUS_OK) {
			return status;
		}
	}
	if (kind == LINE_TOO_LONG || length >= size) {
		return STATUS_NO_SPACE;
	}
	memcpy(out, line, length);
	out[length] = '\0';
	if (client->watching) {
		client->patience_ms = FOR_EVER;
	}
	return STATUS_OK;
}
