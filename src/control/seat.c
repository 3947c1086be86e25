/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seat.h"

#include "address.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

#define FOLDER_MODE 0700
#define SOCKET_MODE 0660
#define BACKLOG 16

static enum status fail(struct diag *diag, const char *path, const char *what)
{
	diag_set(diag, path, 0, 0, "%s: %s", what, strerror(errno));
	return STATUS_BACKEND;
}

static enum status refuse(struct diag *diag, const char *folder, const char *why)
{
	diag_set(diag, folder, 0, 0, "%s", why);
	return STATUS_BACKEND;
}

/* Cuts the last part off a path: "/tmp" is left of "/tmp/ease", "." of "ease". */
static void cut_to_parent(char *path)
{
	char *slash = strrchr(path, '/');
	if (slash == NULL) {
		path[0] = '.';
		path[1] = '\0';
	} else {
		slash[slash == path ? 1 : 0] = '\0';
	}
}

/*
 * In a place like /tmp anybody may have made the folder before us, or a link to one of ours: there
 * it must be our own, and for us alone. folder is short enough for a socket's path.
 */
static enum status check_place(const char *folder, const struct stat *found, struct diag *diag)
{
	char path[sizeof(((struct sockaddr_un *)NULL)->sun_path)];
	struct stat named;
	struct stat above;
	snprintf(path, sizeof(path), "%s", folder);
	for (size_t i = strlen(path); i > 1 && path[i - 1] == '/'; i--) {
		path[i - 1] = '\0';
	}
	if (lstat(path, &named) != 0) {
		return fail(diag, folder, "cannot be looked at");
	}
	cut_to_parent(path);
	if (stat(path, &above) != 0) {
		return fail(diag, path, "cannot be looked at");
	}
	if ((above.st_mode & S_IWOTH) == 0) {
		return STATUS_OK;
	}
	if ((above.st_mode & S_ISVTX) == 0) {
		return refuse(diag, path, "everybody may write to this folder");
	}
	const bool linked = named.st_dev != found->st_dev || named.st_ino != found->st_ino;
	if (linked || found->st_uid != geteuid()) {
		return refuse(diag, folder, "somebody else made it where everybody may");
	}
	if ((found->st_mode & S_IWGRP) != 0) {
		return refuse(diag, folder, "others may write to this folder");
	}
	return STATUS_OK;
}

/* Whoever may write to the folder can put a socket of their own in the place of ours. Root trusts
 * nobody more than others do. */
static enum status check_folder(const char *folder, int fd, struct diag *diag)
{
	struct stat found;
	if (fstat(fd, &found) != 0) {
		return fail(diag, folder, "cannot be looked at");
	}
	if ((found.st_mode & S_IWOTH) != 0) {
		return refuse(diag, folder, "everybody may write to this folder");
	}
	if (found.st_uid != geteuid() && found.st_uid != 0) {
		return refuse(diag, folder, "this folder belongs to somebody else");
	}
	return check_place(folder, &found, diag);
}

static enum status already_running(const char *folder, struct diag *diag)
{
	diag_set(diag, folder, 0, 0, "already running: another eased uses this folder");
	return STATUS_BACKEND;
}

static enum status open_folder(const char *folder, int *out, struct diag *diag)
{
	if (mkdir(folder, FOLDER_MODE) != 0 && errno != EEXIST) {
		return fail(diag, folder, "cannot be made");
	}
	const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		return fail(diag, folder, "cannot be opened as a folder");
	}
	enum status status = check_folder(folder, fd, diag);
	if (status == STATUS_OK && flock(fd, LOCK_EX | LOCK_NB) != 0) {
		status = errno == EWOULDBLOCK ? already_running(folder, diag)
					      : fail(diag, folder, "cannot be locked");
	}
	if (status != STATUS_OK) {
		close(fd);
		return status;
	}
	*out = fd;
	return STATUS_OK;
}

static int make_socket(void)
{
	return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

/* Never waits: the socket is non-blocking, and a full backlog means that somebody is there. */
static bool somebody_answers(const struct sockaddr_un *address)
{
	const int fd = make_socket();
	if (fd < 0) {
		return true;
	}
	const int result = connect(fd, (const struct sockaddr *)address, sizeof(*address));
	const bool dead = result != 0 && (errno == ECONNREFUSED || errno == ENOENT);
	close(fd);
	return !dead;
}

/* Makes room for our socket, but removes nothing except a socket on which nobody listens. */
static enum status clear_the_way(
		const char *folder, const struct sockaddr_un *address, struct diag *diag)
{
	struct stat found;
	if (lstat(address->sun_path, &found) != 0) {
		return errno == ENOENT ? STATUS_OK
				       : fail(diag, address->sun_path, "cannot be looked at");
	}
	if (!S_ISSOCK(found.st_mode)) {
		diag_set(diag, address->sun_path, 0, 0,
				"in the way: it is no socket, so it was left alone");
		return STATUS_BACKEND;
	}
	if (somebody_answers(address)) {
		return already_running(folder, diag);
	}
	if (unlink(address->sun_path) != 0) {
		return fail(diag, address->sun_path, "a stale socket that cannot be removed");
	}
	return STATUS_OK;
}

/* The mode is set before bind(), so that the socket is at no time open to more than it should be,
 * and after it, because the umask may have taken away too much. */
static enum status bind_and_listen(struct seat *seat, struct diag *diag)
{
	const struct sockaddr_un *address = &seat->address;
	if (fchmod(seat->fd, SOCKET_MODE) != 0 ||
			bind(seat->fd, (const struct sockaddr *)address, sizeof(*address)) != 0) {
		return fail(diag, address->sun_path, "no socket can be made");
	}
	if (chmod(address->sun_path, SOCKET_MODE) != 0 ||
			lstat(address->sun_path, &seat->made) != 0 ||
			listen(seat->fd, BACKLOG) != 0) {
		const enum status status = fail(diag, address->sun_path, "cannot be listened at");
		unlink(address->sun_path);
		return status;
	}
	return STATUS_OK;
}

enum status seat_take(const char *folder, struct seat *out, struct diag *diag)
{
	struct seat seat = { .folder_fd = -1, .fd = -1 };
	enum status status = address_make(folder, &seat.address, diag);
	if (status != STATUS_OK) {
		return status;
	}
	status = open_folder(folder, &seat.folder_fd, diag);
	if (status != STATUS_OK) {
		return status;
	}
	status = clear_the_way(folder, &seat.address, diag);
	if (status != STATUS_OK) {
		goto error_folder;
	}
	seat.fd = make_socket();
	if (seat.fd < 0) {
		status = fail(diag, seat.address.sun_path, "no socket");
		goto error_folder;
	}
	status = bind_and_listen(&seat, diag);
	if (status != STATUS_OK) {
		goto error_socket;
	}
	*out = seat;
	return STATUS_OK;

error_socket:
	close(seat.fd);
error_folder:
	close(seat.folder_fd);
	return status;
}

void seat_leave(struct seat *seat)
{
	struct stat found;
	close(seat->fd);
	if (lstat(seat->address.sun_path, &found) == 0 && found.st_dev == seat->made.st_dev &&
			found.st_ino == seat->made.st_ino) {
		unlink(seat->address.sun_path);
	}
	close(seat->folder_fd);
}
