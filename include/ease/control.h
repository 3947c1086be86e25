/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * control.h - the local socket: one JSON object a line, both ways (ease/json.h), over a Unix stream
 * socket with mode 0660. A malformed message gets an error and harms nobody; a client that does not
 * read is dropped, never waited for. When all places are taken, a newcomer gets that of the client
 * that has been silent the longest (of those who watch only where all do: then the oldest), who
 * is told so.
 *
 *   request   {"do":"stop"}   also pause continue lighter firmer status watch
 *             {"do":"start","session":"lower-back-hands"}
 *             {"do":"rate","value":4}
 *             {"do":"say","text":"..."}
 *   reply     {"ok":true, ...}   or   {"ok":false,"error":"..."}
 *   status    its reply has "state" (idle running paused stopped ending), and with a session also
 *             "session" "step" "unit" "side" (texts) and "target" "seconds" "left" (whole numbers)
 *   watch     after its reply, every line of the event log as it is written
 */
#ifndef EASE_CONTROL_H
#define EASE_CONTROL_H

#include "ease/json.h"
#include "ease/status.h"

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

#define CONTROL_LINE_MAX 4096 /* bytes of one message, with its newline */
#define CONTROL_CLIENTS_MAX 16

enum request_kind {
	REQUEST_START,
	REQUEST_STOP,
	REQUEST_PAUSE,
	REQUEST_CONTINUE,
	REQUEST_LIGHTER,
	REQUEST_FIRMER,
	REQUEST_RATE,
	REQUEST_SAY,
	REQUEST_STATUS,
	REQUEST_WATCH,
	REQUEST_COUNT,
};

/* "start" ...; never NULL. */
const char *request_name(enum request_kind kind);

struct request {
	enum request_kind kind;
	char session[64]; /* START: lower-case letters, digits and '-' */
	char text[512];   /* SAY: UTF-8 without control characters */
	int value;        /* RATE: 0-10 */
};

/* The wire format. line has no newline. STATUS_BAD_DATA with the reason in diag->message, which is
 * plain ASCII whatever the line held. */
EASE_NODISCARD enum status request_parse(
		const char *line, size_t length, struct request *out, struct diag *diag);
/* STATUS_NO_SPACE if size is too small; CONTROL_LINE_MAX always is enough. */
EASE_NODISCARD enum status request_print(const struct request *request, char *out, size_t size);

/* The server; main thread, never blocks. */
struct control;

/*
 * Answers one request: add to reply, which holds "ok":true already, and return STATUS_OK; or return
 * another status with diag->message for the client. It is called for WATCH too, whose lines follow
 * the reply. It may call control_broadcast(), but not control_work() or control_close().
 */
typedef enum status control_fn(
		void *arg, const struct request *request, struct json *reply, struct diag *diag);

/*
 * Listens at folder/eased.sock; folder is made if missing (0700), and locked, so that there is one
 * daemon a folder. A socket left behind by a dead daemon is taken over. STATUS_BACKEND with the
 * reason in diag->message: already running, something else in the way (nothing is removed), a
 * folder to which everybody may write or which belongs neither to us nor to root; in a folder for
 * everybody, such as /tmp, one that is not ours alone. STATUS_NO_SPACE: the path is longer than a
 * socket's may be.
 */
EASE_NODISCARD enum status control_listen(const char *folder, control_fn *handle, void *arg,
		struct control **out, struct diag *diag);
/* Hangs up on all clients and removes the socket. NULL does nothing. */
void control_close(struct control *control);

/* Fills at most 1 + CONTROL_CLIENTS_MAX entries; control_work() takes them after every poll(), also
 * where none of them is ready. */
size_t control_poll(const struct control *control, struct pollfd *out);
void control_work(struct control *control, const struct pollfd *polled, size_t count);

/* Sends one line (without newline, shorter than CONTROL_LINE_MAX) to all who watch. */
void control_broadcast(struct control *control, const char *line);

/* The client; blocks, for easectl: 5 s at the most, but for the lines of a watch without end. */
struct client;

/*
 * STATUS_NOT_FOUND when no daemon runs, STATUS_BACKEND when it cannot be reached or is not to be
 * trusted, STATUS_NO_SPACE as above; the reason is in diag->message.
 *
 * Only a daemon of root or of the caller is trusted. Where the person named the folder (--data),
 * the daemon may also be a service with a user of its own: the folder's owner, or, in a folder of
 * root's to which not everybody may write, anyone whom root let in.
 */
EASE_NODISCARD enum status client_connect(
		const char *folder, bool named, struct client **out, struct diag *diag);
/* NULL does nothing. */
void client_close(struct client *client);
/* A daemon that has hung up is no error yet: client_receive() gives what it said last. */
EASE_NODISCARD enum status client_send(struct client *client, const struct request *request);
/* The next line, without newline. STATUS_NO_DATA: the daemon closed; STATUS_BACKEND: it does not
 * answer; STATUS_NO_SPACE: the line is longer than size or than CONTROL_LINE_MAX. */
EASE_NODISCARD enum status client_receive(struct client *client, char *out, size_t size);

/* Where the socket is: data if not NULL, else $RUNTIME_DIRECTORY (the first, where it names
 * several), else $XDG_RUNTIME_DIR/ease, else /tmp/ease-UID. STATUS_NO_SPACE when size is too small.
 */
EASE_NODISCARD enum status control_folder(const char *data, char *out, size_t size);

#endif
