/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/control.h"

#include "ease/log.h"
#include "lines.h"
#include "seat.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define OUT_MAX                                                                          \
	((size_t)32 * 1024) /* behind what the kernel holds: seconds of a busy event log \
			     */

struct peer {
	int fd; /* -1: a free place */
	bool watching;
	bool ended;      /* will send no more, but may still read */
	uint64_t seated; /* when, by struct control.moment */
	uint64_t heard;  /* when it last sent something */
	struct lines in;
	size_t out_start;
	size_t out_used;
	char out[OUT_MAX];
};

struct control {
	struct seat seat;
	int spare_fd; /* given up for a moment to refuse a client when descriptors run out; -1: lost
		       */
	uint64_t moment; /* counts what comes in */
	control_fn *handle;
	void *arg;
	struct peer peers[CONTROL_CLIENTS_MAX];
};

static void drop(struct peer *peer)
{
	close(peer->fd);
	peer->fd = -1;
}

/* Sends what the kernel takes now; keeps the rest. */
static void flush(struct peer *peer)
{
	while (peer->out_start < peer->out_used) {
		const ssize_t sent = send(peer->fd, peer->out + peer->out_start,
				peer->out_used - peer->out_start, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent > 0) {
			peer->out_start += (size_t)sent;
		} else if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
			return;
		} else if (sent == 0 || errno != EINTR) {
			drop(peer);
			return;
		}
	}
	peer->out_start = 0;
	peer->out_used = 0;
}

/* Queues a line and sends what can be sent; a peer whose queue is full is dropped. */
static void tell(struct peer *peer, const char *line)
{
	const size_t length = strlen(line);
	if (peer->out_used + length + 1 > OUT_MAX && peer->out_start > 0) {
		peer->out_used -= peer->out_start;
		memmove(peer->out, peer->out + peer->out_start, peer->out_used);
		peer->out_start = 0;
	}
	if (peer->out_used + length + 1 > OUT_MAX) {
		log_notice("control", "a client does not read what it asked for: dropped");
		drop(peer);
		return;
	}
	memcpy(peer->out + peer->out_used, line, length);
	peer->out[peer->out_used + length] = '\n';
	peer->out_used += length + 1;
	flush(peer);
}

/* Writes the line that says no. */
static const char *refusal(const char *reason, char *out, size_t size)
{
	struct json *json = json_create();
	json_add_bool(json, "ok", false);
	json_add_text(json, "error", reason);
	const enum status status = json_print(json, out, size);
	json_destroy(json);
	return status == STATUS_OK ? out : "{\"ok\":false,\"error\":\"out of memory\"}";
}

static enum status ask_handler(struct control *control, const struct request *request, char *out,
		size_t size, struct diag *diag)
{
	struct json *reply = json_create();
	json_add_bool(reply, "ok", true);
	enum status status = STATUS_NO_MEM;
	if (reply != NULL) {
		status = control->handle(control->arg, request, reply, diag);
	}
	if (status == STATUS_OK) {
		status = json_print(reply, out, size);
	}
	json_destroy(reply);
	return status;
}

static void answer(struct control *control, struct peer *peer, const char *line, size_t length)
{
	char out[CONTROL_LINE_MAX];
	struct diag diag = { .line = 0 };
	struct request request;
	enum status status = request_parse(line, length, &request, &diag);
	if (status != STATUS_OK) {
		tell(peer, refusal(diag.message, out, sizeof(out)));
		return;
	}
	status = ask_handler(control, &request, out, sizeof(out), &diag);
	if (peer->fd < 0) {
		return; /* the handler's own broadcast found it too slow */
	}
	if (status != STATUS_OK) {
		const char *reason = diag.message[0] != '\0' ? diag.message : status_string(status);
		tell(peer, refusal(reason, out, sizeof(out)));
		return;
	}
	tell(peer, out);
	peer->watching = peer->watching || request.kind == REQUEST_WATCH;
}

static void answer_all(struct control *control, struct peer *peer)
{
	const char *line = NULL;
	size_t length = 0;
	enum line_kind kind = LINE_NONE;
	while (peer->fd >= 0 && (kind = lines_next(&peer->in, &line, &length)) != LINE_NONE) {
		if (kind == LINE_WHOLE) {
			answer(control, peer, line, length);
		} else {
			char out[CONTROL_LINE_MAX];
			tell(peer, refusal("the line is longer than 4095 bytes", out, sizeof(out)));
		}
	}
}

/* The last line may have no newline: a JSON object shows by itself whether it is whole. */
static void finish(struct control *control, struct peer *peer)
{
	const char *line = NULL;
	size_t length = 0;
	peer->ended = true;
	if (lines_rest(&peer->in, &line, &length)) {
		answer(control, peer, line, length);
	}
}

/* One read a turn, so that a client that floods takes no more time than the others. */
static void receive(struct control *control, struct peer *peer)
{
	size_t room = 0;
	char *into = lines_room(&peer->in, &room);
	const ssize_t got = recv(peer->fd, into, room, MSG_DONTWAIT);
	if (got > 0) {
		peer->heard = ++control->moment;
		lines_filled(&peer->in, (size_t)got);
		answer_all(control, peer);
	} else if (got == 0) {
		finish(control, peer);
	} else if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
		drop(peer);
	}
}

static void serve(struct control *control, struct peer *peer, short events)
{
	if ((events & POLLIN) != 0 && !peer->ended) {
		receive(control, peer);
	}
	if (peer->fd >= 0 && (events & POLLOUT) != 0) {
		flush(peer);
	}
	/* POLLHUP: both directions are closed; what was still readable has been read before */
	const bool gone = (events & (POLLERR | POLLHUP | POLLNVAL)) != 0 && (events & POLLIN) == 0;
	const bool served = peer->ended && !peer->watching && peer->out_used == 0;
	if (peer->fd >= 0 && (gone || served)) {
		drop(peer);
	}
}

static struct peer *free_place(struct control *control)
{
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		if (control->peers[i].fd < 0) {
			return &control->peers[i];
		}
	}
	return NULL;
}

/* Whether a is missed less than b: the longest silent first, but all of those before who watch. */
static bool goes_before(const struct peer *a, const struct peer *b)
{
	if (a->watching != b->watching) {
		return b->watching;
	}
	return a->watching ? a->seated < b->seated : a->heard < b->heard;
}

/* Takes a place away, so that sixteen who only sit there cannot keep a stop out. */
static struct peer *make_room(struct control *control)
{
	struct peer *least = &control->peers[0];
	for (size_t i = 1; i < CONTROL_CLIENTS_MAX; i++) {
		if (goes_before(&control->peers[i], least)) {
			least = &control->peers[i];
		}
	}
	char out[CONTROL_LINE_MAX];
	log_notice("control", "too many clients: the longest silent one makes room");
	tell(least, refusal("too many clients", out, sizeof(out)));
	if (least->fd >= 0) {
		drop(least);
	}
	return least;
}

/* Returns whether there was a free place. */
static bool welcome(struct control *control, int fd)
{
	struct peer *peer = free_place(control);
	const bool was_free = peer != NULL;
	if (!was_free) {
		peer = make_room(control);
	}
	peer->fd = fd;
	peer->watching = false;
	peer->ended = false;
	peer->seated = ++control->moment;
	peer->heard = peer->seated;
	peer->out_start = 0;
	peer->out_used = 0;
	lines_init(&peer->in);
	return was_free;
}

static void get_spare(struct control *control)
{
	if (control->spare_fd < 0) {
		control->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	}
}

/* Without this a client that cannot be accepted would keep poll() from ever sleeping. */
static void turn_away(struct control *control)
{
	close(control->spare_fd);
	control->spare_fd = -1;
	const int fd = accept4(control->seat.fd, NULL, NULL, SOCK_CLOEXEC);
	if (fd >= 0) {
		close(fd);
	}
	get_spare(control);
	log_warning("control", "no file descriptor for a client: turned away");
}

static void accept_some(struct control *control)
{
	bool was_free = true;
	/* whoever took a place is served before somebody may take it again */
	for (int i = 0; i < CONTROL_CLIENTS_MAX && was_free; i++) {
		const int fd = accept4(control->seat.fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd >= 0) {
			was_free = welcome(control, fd);
		} else if (errno == EMFILE || errno == ENFILE) {
			turn_away(control);
			return;
		} else if (errno != EINTR && errno != ECONNABORTED) {
			return;
		}
	}
}

enum status control_listen(const char *folder, control_fn *handle, void *arg, struct control **out,
		struct diag *diag)
{
	struct control *control = calloc(1, sizeof(*control));
	if (control == NULL) {
		return STATUS_NO_MEM;
	}
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		control->peers[i].fd = -1;
	}
	control->handle = handle;
	control->arg = arg;
	const enum status status = seat_take(folder, &control->seat, diag);
	if (status != STATUS_OK) {
		free(control);
		return status;
	}
	control->spare_fd = -1;
	get_spare(control);
	*out = control;
	return STATUS_OK;
}

void control_close(struct control *control)
{
	if (control == NULL) {
		return;
	}
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		if (control->peers[i].fd >= 0) {
			drop(&control->peers[i]);
		}
	}
	seat_leave(&control->seat);
	if (control->spare_fd >= 0) {
		close(control->spare_fd);
	}
	free(control);
}

size_t control_poll(const struct control *control, struct pollfd *out)
{
	size_t count = 0;
	/* while nobody could even be turned away, whoever knocks waits and does not wake */
	const short knocks = control->spare_fd >= 0 ? POLLIN : 0;
	out[count++] = (struct pollfd){ .fd = control->seat.fd, .events = knocks };
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		const struct peer *peer = &control->peers[i];
		if (peer->fd >= 0) {
			const int in = peer->ended ? 0 : POLLIN;
			const int wait = peer->out_used > 0 ? POLLOUT : 0;
			out[count++] = (struct pollfd){ .fd = peer->fd,
				.events = (short)(in | wait) };
		}
	}
	return count;
}

static struct peer *peer_of(struct control *control, int fd)
{
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		if (control->peers[i].fd == fd) {
			return &control->peers[i];
		}
	}
	return NULL;
}

/* New clients come last: a number that was freed meanwhile must not be taken for an old one. */
void control_work(struct control *control, const struct pollfd *polled, size_t count)
{
	bool knocked = false;
	get_spare(control);
	for (size_t i = 0; i < count; i++) {
		if (polled[i].revents == 0) {
			continue;
		}
		if (polled[i].fd == control->seat.fd) {
			knocked = true;
			continue;
		}
		struct peer *peer = peer_of(control, polled[i].fd);
		if (peer != NULL) {
			serve(control, peer, polled[i].revents);
		}
	}
	if (knocked) {
		accept_some(control);
	}
}

void control_broadcast(struct control *control, const char *line)
{
	if (strlen(line) >= CONTROL_LINE_MAX || strchr(line, '\n') != NULL) {
		log_warning("control", "a line of the event log is too long for the socket");
		return;
	}
	for (size_t i = 0; i < CONTROL_CLIENTS_MAX; i++) {
		struct peer *peer = &control->peers[i];
		if (peer->fd >= 0 && peer->watching) {
			tell(peer, line);
		}
	}
}
