/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "address.h"

#include "ease/control.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum status address_make(const char *folder, struct sockaddr_un *out, struct diag *diag)
{
	*out = (struct sockaddr_un){ .sun_family = AF_UNIX };
	const int length = snprintf(out->sun_path, sizeof(out->sun_path), "%s/eased.sock", folder);
	if (length < 0 || (size_t)length >= sizeof(out->sun_path)) {
		diag_set(diag, folder, 0, 0,
				"the socket's path would have %d bytes, but %zu are the most",
				length, sizeof(out->sun_path) - 1);
		return STATUS_NO_SPACE;
	}
	return STATUS_OK;
}

/* NULL for a variable that is unset or empty. */
static const char *variable(const char *name)
{
	const char *value = getenv(name);
	return value != NULL && value[0] != '\0' ? value : NULL;
}

enum status control_folder(const char *data, char *out, size_t size)
{
	const char *runtime = variable("RUNTIME_DIRECTORY");
	const char *user = variable("XDG_RUNTIME_DIR");
	int length = 0;
	if (data != NULL) {
		length = snprintf(out, size, "%s", data);
	} else if (runtime != NULL && runtime[0] != ':') {
		const int first = (int)strcspn(runtime, ":");
		length = snprintf(out, size, "%.*s", first, runtime);
	} else if (user != NULL) {
		length = snprintf(out, size, "%s/ease", user);
	} else {
		length = snprintf(out, size, "/tmp/ease-%u", (unsigned)geteuid());
	}
	return length >= 0 && (size_t)length < size ? STATUS_OK : STATUS_NO_SPACE;
}
