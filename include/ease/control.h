/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * control.h - the local socket: one JSON object a line, both ways (ease/json.h), over a Unix stream
 * socket with mode 0660. A malformed message gets {"error": reason} and harms nobody; a client that
 * does not read is dropped, never waited for.
 *
 *   request   {"do":"start","session":"lower-back-hands"}   stop pause continue lighter firmer
 * status watch
 *             {"do":"rate","value":4}   {"do":"say","text":"..."}
 *   reply     {"ok":true, ...}   or   {"ok":false,"error":"..."}
 *   watch     after its reply, every line of the event log as it is written
 */
#ifndef EASE_CONTROL_H
#define EASE_CONTROL_H

#include "ease/json.h"
#include "ease/status.h"

#include <poll.h>
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
	char session[64]; /* START */
	char text[512];   /* SAY */
	int value;        /* RATE: 0-10 */
};

/* The wire format. line has no newline. STATUS_BAD_DATA with the reason in diag->message. */
EASE_NODISCARD enum status request_parse(
		const char *line, size_t length, struct request *out, struct diag *diag);
EASE_NODISCARD enum status request_print(const struct request *request, char *out, size_t size);

/* The server; main thread, never blocks. */
struct control;

/* Answers one request: fill reply, to which "ok":true is added where nothing was said. Return
 * STATUS_OK, or another status with diag->message for the client. */
typedef enum status control_fn(
		void *arg, const struct request *request, struct json *reply, struct diag *diag);

/*
 * Listens at folder/eased.sock; folder is made if missing (0700). A socket left behind by a dead
 * daemon is taken over; one that answers is STATUS_BACKEND ("already running").
 */
EASE_NODISCARD enum status control_listen(const char *folder, control_fn *handle, void *arg,
		struct control **out, struct diag *diag);
void control_close(struct control *control);

/* Fills at most 1 + CONTROL_CLIENTS_MAX entries; control_work() takes them after poll(). */
size_t control_poll(const struct control *control, struct pollfd *out);
void control_work(struct control *control, const struct pollfd *polled, size_t count);

/* Sends one line (without newline) to all who watch. */
void control_broadcast(struct control *control, const char *line);

/* The client; blocks, for easectl. */
struct client;

EASE_NODISCARD enum status client_connect(
		const char *folder, struct client **out, struct diag *diag);
void client_close(struct client *client);
EASE_NODISCARD enum status client_send(struct client *client, const struct request *request);
/* The next line, without newline; STATUS_NO_DATA when the daemon closed. */
EASE_NODISCARD enum status client_receive(struct client *client, char *out, size_t size);

/* Where the socket is: data if not NULL, else $RUNTIME_DIRECTORY, else $XDG_RUNTIME_DIR/ease, else
 * /tmp/ease-UID. Writes to out. */
EASE_NODISCARD enum status control_folder(const char *data, char *out, size_t size);

#endif
