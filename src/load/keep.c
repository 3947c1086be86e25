/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keep.c - person.yaml as it is written: a whole new file beside the old one, then in its place. */
#include "ease/profile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_MODE 0700

static void write_word(FILE *file, const struct profile *profile)
{
	if (profile->word == NULL) {
		return;
	}
	/* between quotes: "no" and its like would be no word to YAML */
	fprintf(file, "  safe-word: \"%s\"\n  sounds:\n", profile->word);
	for (size_t i = 0; i < profile->sound_count; i++) {
		fprintf(file, "    - %s\n", profile->sounds[i]);
	}
}

static void write_hearing(FILE *file, const struct profile_hearing *hearing)
{
	if (hearing->words == 0) {
		return;
	}
	fprintf(file, "  hearing:\n    words: %d\n    speech: %.1fdB\n    noise: %.1fdB\n    mean: [",
			(int)hearing->words, hearing->speech_db, hearing->noise_db);
	for (int i = 0; i < PROFILE_CEPSTRA; i++) {
		fprintf(file, "%s%.3f", i > 0 ? ", " : "", hearing->mean[i]);
	}
	fputs("]\n", file);
}

static bool write_all(FILE *file, const struct profile *profile)
{
	fputs("# What Ease knows of the person it coaches; ease-person(5) says what it means. It\n"
	      "# stays on this machine. Deleted, it is learnt anew.\n"
	      "person:\n"
	      "  version: 1\n",
			file);
	write_word(file, profile);
	write_hearing(file, &profile->hearing);
	return fflush(file) == 0 && ferror(file) == 0 && fsync(fileno(file)) == 0;
}

static enum status fail(struct diag *diag, const char *path, const char *what, int error)
{
	diag_set(diag, path, 0, 0, "%s: %s", what, strerrordesc_np(error));
	return STATUS_BACKEND;
}

/* The folder and those above it. */
static bool make_folder(char *folder)
{
	for (char *slash = strchr(folder + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		const bool made = mkdir(folder, FOLDER_MODE) == 0 || errno == EEXIST ||
				  errno == EROFS || errno == EACCES;
		*slash = '/';
		if (!made) {
			return false;
		}
	}
	return mkdir(folder, FOLDER_MODE) == 0 || errno == EEXIST;
}

/* Writes the new file and returns its name's errno; 0: it stands there whole. */
static int write_new(char *name, const struct profile *profile)
{
	const int fd = mkostemp(name, O_CLOEXEC); /* mode 0600 */
	FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
	if (file == NULL) {
		const int error = errno;
		if (fd >= 0) {
			(void)close(fd);
			(void)unlink(name);
		}
		return error;
	}
	errno = 0;
	const bool written = write_all(file, profile);
	int error = written ? 0 : (errno != 0 ? errno : EIO);
	if (fclose(file) != 0 && error == 0) {
		error = errno;
	}
	if (error != 0) {
		(void)unlink(name);
	}
	return error;
}

/* That the new name survives a power cut; a file system that cannot promise it is no failure. */
static void sync_folder(const char *folder)
{
	const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd);
		(void)close(fd);
	}
}

enum status profile_save(const char *path, const struct profile *profile, struct diag *diag)
{
	char folder[PATH_MAX];
	char name[PATH_MAX];
	const char *slash = strrchr(path, '/');
	const int folder_length = slash != NULL ? (int)(slash - path) : 1;
	const int length = snprintf(
			folder, sizeof(folder), "%.*s", folder_length, slash != NULL ? path : ".");
	const int name_length = snprintf(name, sizeof(name), "%s.XXXXXX", path);
	if (length <= 0 || name_length < 0 || (size_t)name_length >= sizeof(name)) {
		return STATUS_NO_SPACE;
	}
	if (!make_folder(folder)) {
		return fail(diag, folder, "cannot be made", errno);
	}
	const int error = write_new(name, profile);
	if (error != 0) {
		return fail(diag, path, "cannot be written", error);
	}
	if (rename(name, path) != 0) {
		const int renamed = errno;
		(void)unlink(name);
		return fail(diag, path, "cannot be replaced", renamed);
	}
	sync_folder(folder);
	return STATUS_OK;
}
