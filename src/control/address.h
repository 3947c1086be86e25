/* SPDX-License-Identifier: GPL-3.0-or-later */
/* address.h - where the socket stands. */
#ifndef EASE_CONTROL_ADDRESS_H
#define EASE_CONTROL_ADDRESS_H

#include "ease/status.h"

#include <sys/un.h>

/* The address of folder/eased.sock. STATUS_NO_SPACE with the reason in diag->message if it is
 * longer than a socket's path may be. */
EASE_NODISCARD enum status address_make(
		const char *folder, struct sockaddr_un *out, struct diag *diag);

#endif
