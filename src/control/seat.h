/* SPDX-License-Identifier: GPL-3.0-or-later */
/* seat.h - takes the place of the one daemon in a folder: lock, stale sockets, bind, listen. */
#ifndef EASE_CONTROL_SEAT_H
#define EASE_CONTROL_SEAT_H

#include "ease/status.h"

#include <sys/stat.h>
#include <sys/un.h>

struct seat {
	int folder_fd; /* locked as long as it is open */
	int fd;        /* listens, non-blocking */
	struct sockaddr_un address;
	struct stat made; /* our socket's file, to remove no other */
};

/* As control_listen() says. On any error nothing is held. */
EASE_NODISCARD enum status seat_take(const char *folder, struct seat *out, struct diag *diag);

/* Closes and removes the socket, then unlocks the folder. */
void seat_leave(struct seat *seat);

#endif
