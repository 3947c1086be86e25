/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
/*
 * Arbitrary bytes as a session, unit, part, voice file, settings or cast: no crash, nothing half
 * loaded, and a reason for every refusal. The first byte chooses what the rest is taken for.
 */
#include "ease/loader.h"
#include "load/unit.h"
#include "load/voice.h"
#include "load/words.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

#define SCRIPTS EASE_SOURCE_DIR "/scripts"

/* One run: a private folder in which the bytes stand as fuzz.yaml. */
struct run {
	char folder[64];
	char path[96];
	struct arena *arena;
	struct diag diag;
};

static void fail(const char *why)
{
	fprintf(stderr, "%s\n", why);
	abort();
}

static void write_file(const char *path, const unsigned char *data, size_t size)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size || close(fd) != 0) {
		fail("cannot write the input");
	}
}

static enum status load_session(struct run *run, const void **out)
{
	return script_load(run->arena, SCRIPTS, run->path, NULL, (const struct script **)out,
			&run->diag);
}

static enum status load_check(struct run *run, const void **out)
{
	const enum status status = script_check(SCRIPTS, run->path, NULL, &run->diag);

	*out = status == STATUS_OK ? run : NULL;
	return status;
}

static enum status load_settings(struct run *run, const void **out)
{
	return settings_load(run->arena, run->path, (const struct settings **)out, &run->diag);
}

static enum status load_cast(struct run *run, const void **out)
{
	return cast_load(run->arena, run->path, (const struct cast **)out, &run->diag);
}

static struct source source_of(struct run *run)
{
	return (struct source){ .arena = run->arena, .path = run->path, .diag = &run->diag };
}

static enum status load_unit(struct run *run, const void **out)
{
	struct source source = source_of(run);
	struct unit unit = { 0 };

	unit_read(&source, run->path, "fuzz", &unit);
	*out = source.status == STATUS_OK ? run : NULL;
	return source.status;
}

static enum status load_words(struct run *run, const void **out)
{
	struct source source = source_of(run);
	struct vocabulary vocabulary = { 0 };

	words_read(&source, run->path, &vocabulary);
	*out = source.status == STATUS_OK ? run : NULL;
	return source.status;
}

static enum status load_phrases(struct run *run, const void **out)
{
	struct source source = source_of(run);
	const char *const *phrases = NULL;

	voice_read_phrases(&source, run->path, &phrases);
	*out = phrases;
	return source.status;
}

static enum status load_lexicon(struct run *run, const void **out)
{
	struct source source = source_of(run);
	struct voice_speech speech = { 0 };

	voice_read_lexicon(&source, run->path, &speech);
	*out = source.status == STATUS_OK ? run : NULL;
	return source.status;
}

typedef enum status load_fn(struct run *run, const void **out);

static load_fn *const loads[] = { load_session, load_unit, load_check, load_words, load_phrases,
	load_lexicon, load_settings, load_cast };

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct run run = { .folder = "/tmp/ease-fuzz-XXXXXX" };
	const void *out = NULL;

	if (size == 0) {
		return 0;
	}
	if (mkdtemp(run.folder) == NULL) {
		fail("cannot make a folder");
	}
	snprintf(run.path, sizeof(run.path), "%s/fuzz.yaml", run.folder);
	write_file(run.path, data + 1, size - 1);
	run.arena = arena_create();
	if (run.arena == NULL) {
		fail("out of memory");
	}
	const enum status status = loads[data[0] % (sizeof(loads) / sizeof(loads[0]))](&run, &out);
	if ((status == STATUS_OK) != (out != NULL)) {
		fail("half loaded");
	}
	if (status != STATUS_OK && (run.diag.message[0] == '\0' || run.diag.path[0] == '\0')) {
		fail("refused without a reason");
	}
	arena_destroy(run.arena);
	(void)unlink(run.path);
	(void)rmdir(run.folder);
	return 0;
}
