/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sphinx.h"

#include "ease/log.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <pocketsphinx.h>
#include <sphinxbase/err.h>
#include <sphinxbase/fe.h>
#include <sphinxbase/feat.h>
#include <sphinxbase/fsg_model.h>

#define MODELS "/usr/share/pocketsphinx/model/en-us/"
#define LANGUAGE_WEIGHT 1.0f
#define WINDOW 3 /* frames before and after one that its dynamic features look at */
#define ROWS_MAX (SPHINX_CEPSTRA_MAX + WINDOW + WINDOW)
#define PATH_BYTES 64
#define SENONES 5126       /* of the model, as its own file of definitions counts them */
#define STATES 3           /* of a phone */
#define SCORES_HEAD 512    /* bytes: more than the words before the kept scores */
#define SCORE_UNIT 0.1024f /* of a score, in natural logarithms: 1024 times that of 1.0001 */

/*
 * Most of the work of a decoding is to score each frame against the model's sounds, and that is the
 * same for every search. PocketSphinx can write these scores to a file and decode from it, a new
 * file in one folder for each utterance. For the time of a decoding that file is a link to memory,
 * which no full disk can cut short: PocketSphinx would not survive that.
 */
struct sphinx {
	ps_decoder_t *decoder;
	mfcc_t *rows[ROWS_MAX];
	size_t row_count;
	char folder[PATH_BYTES]; /* of the links; "": none, all is computed anew */
	int links;               /* that folder, opened: whatever its path names by now; -1: none */
	uint32_t utterances;     /* so far: PocketSphinx names files by this number */
	int scores;              /* memory with those of the last sphinx_decode(); -1: none */
	bool known;              /* of which sound each of the scores is */
};

/* A path that opens what is open. */
static void fd_path(int fd, char out[PATH_BYTES])
{
	snprintf(out, PATH_BYTES, "/proc/self/fd/%d", fd);
}

/* PocketSphinx reads its dictionary by path only: the path of a file that was never on disk. */
static int dictionary_file(const char *dictionary)
{
	const int fd = memfd_create("ease-dictionary", MFD_CLOEXEC);
	const size_t length = strlen(dictionary);
	if (fd >= 0 && write(fd, dictionary, length) != (ssize_t)length) {
		close(fd);
		return -1;
	}
	return fd;
}

/*
 * Everything that drops, adds or cleans samples is off. All senones are computed in every frame:
 * else scores are relative to the best active one, and those of two searches do not compare.
 */
static cmd_ln_t *configure(int dictionary_fd, int links)
{
	char path[PATH_BYTES];
	char folder[PATH_BYTES];
	fd_path(dictionary_fd, path);
	fd_path(links, folder);
	cmd_ln_t *config = cmd_ln_init(NULL, ps_args(), TRUE, "-hmm", MODELS "en-us", "-dict", path,
			"-remove_silence", "no", "-remove_noise", "no", "-dither", "no", "-lw", "1",
			"-fsgusefiller", "yes", "-fsgusealtpron", "yes", "-bestpath", "no",
			"-compallsen", "yes", "-allphone_ci", "yes", (char *)NULL);
	if (config != NULL && links >= 0) {
		cmd_ln_set_str_r(config, "-senlogdir", folder);
	}
	return config;
}

#define FOLDER "ease-scores-"

static bool is_link(int folder, const char *name)
{
	struct stat found;
	const char *end = strrchr(name, '.');
	return end != NULL && strcmp(end, ".sen") == 0 &&
	       fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(found.st_mode);
}

/* Opens a folder that is nobody else's; -1: it is no folder, or not so. */
static int open_own(int place, const char *name)
{
	struct stat found;
	const int folder = openat(place, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder >= 0 && (fstat(folder, &found) != 0 || found.st_uid != geteuid() ||
					   (found.st_mode & 07777) != 0700)) {
		close(folder);
		return -1;
	}
	return folder;
}

/* What a killed process left in its folder is at most the link of its last utterance. True where
 * the folder was our own. */
static bool empty_left(int place, const char *name)
{
	const int folder = open_own(place, name);
	DIR *dir = folder >= 0 ? fdopendir(folder) : NULL;
	if (dir == NULL) {
		if (folder >= 0) {
			close(folder);
		}
		return false;
	}
	/* one stream in one thread: readdir() is safe */
	for (const struct dirent *entry = readdir(dir);        /* NOLINT(concurrency-mt-unsafe) */
			entry != NULL; entry = readdir(dir)) { /* NOLINT(concurrency-mt-unsafe) */
		if (is_link(folder, entry->d_name)) {
			(void)unlinkat(folder, entry->d_name, 0);
		}
	}
	(void)closedir(dir);
	return true;
}

/* A process that was killed leaves its folder behind. */
static void remove_left(const char *place)
{
	DIR *dir = opendir(place);
	if (dir == NULL) {
		return;
	}
	/* one stream in one thread: readdir() is safe */
	for (const struct dirent *entry = readdir(dir);        /* NOLINT(concurrency-mt-unsafe) */
			entry != NULL; entry = readdir(dir)) { /* NOLINT(concurrency-mt-unsafe) */
		if (strncmp(entry->d_name, FOLDER, strlen(FOLDER)) != 0) {
			continue;
		}
		const long process = strtol(entry->d_name + strlen(FOLDER), NULL, 10);
		if (process <= 0 || kill((pid_t)process, 0) == 0 || errno != ESRCH) {
			continue;
		}
		if (!empty_left(dirfd(dir), entry->d_name) ||
				unlinkat(dirfd(dir), entry->d_name, AT_REMOVEDIR) != 0) {
			log_debug("listen", "%s/%s stays", place, entry->d_name);
		}
	}
	(void)closedir(dir);
}

/* Makes and opens a folder for links. The one before, if any, is gone: the new one takes its
 * place, under the same number, which is all that PocketSphinx knows of it. */
static enum status make_folder(struct sphinx *sphinx)
{
	static const char *const places[] = { "/dev/shm", "/tmp" };
	if (sphinx->links >= 0) {
		rmdir(sphinx->folder); /* should it be there, and empty */
	}
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		snprintf(sphinx->folder, PATH_BYTES, "%s/" FOLDER "%d-XXXXXX", places[i],
				(int)getpid());
		const int made = mkdtemp(sphinx->folder) != NULL
						 ? open_own(AT_FDCWD, sphinx->folder)
						 : -1;
		if (made < 0) {
			continue;
		}
		if (sphinx->links < 0) {
			sphinx->links = made;
			return STATUS_OK;
		}
		const int put = dup3(made, sphinx->links, O_CLOEXEC);
		close(made);
		return put >= 0 ? STATUS_OK : STATUS_BACKEND;
	}
	sphinx->folder[0] = '\0';
	return STATUS_BACKEND;
}

/* Whether the model has the sounds that its kept scores are read by. */
static bool knows_model(void)
{
	enum { MAGIC, VERSION, LENGTH, HEAD };
	enum { PHONES, TRIPHONES, STATES_OF_ONE, SENONES_ALONE, SENONES_ALL, COUNTS };
	int32_t head[HEAD] = { 0 };
	int32_t counts[COUNTS] = { 0 };
	const int fd = open(MODELS "en-us/mdef", O_RDONLY | O_CLOEXEC);
	const bool read = fd >= 0 && pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head &&
			  pread(fd, counts, sizeof counts, (off_t)sizeof head + head[LENGTH]) ==
					  (ssize_t)sizeof counts;
	if (fd >= 0) {
		close(fd);
	}
	return read && counts[PHONES] == SPHINX_PHONES && counts[STATES_OF_ONE] == STATES &&
	       counts[SENONES_ALL] == SENONES;
}

/* Scores that are kept save most of the work, and tell what a word looks like as a whole. */
static void keep_scores(struct sphinx *sphinx)
{
	remove_left("/dev/shm");
	remove_left("/tmp");
	sphinx->known = knows_model();
	if (!sphinx->known) {
		log_warning("listen", MODELS "en-us: not the model that is known: "
					     "the coach hears less well");
	}
	sphinx->scores = memfd_create("ease-scores", MFD_CLOEXEC);
	if (sphinx->scores < 0 || make_folder(sphinx) != STATUS_OK) {
		log_warning("listen", "no folder for links in /dev/shm or /tmp: "
				      "the coach hears less well, at a higher cost");
	}
}

static enum status adapt(struct sphinx *sphinx, const char *path, struct diag *diag)
{
	ps_mllr_t *transform = ps_mllr_read(path);
	if (transform == NULL || ps_update_mllr(sphinx->decoder, transform) == NULL) {
		diag_set(diag, path, 0, 0, "PocketSphinx cannot use this MLLR transform");
		return STATUS_BACKEND;
	}
	return STATUS_OK;
}

enum status sphinx_create(const char *dictionary, const char *adaptation, struct sphinx **out,
		struct diag *diag)
{
	if (access(MODELS "en-us/mdef", R_OK) != 0) {
		diag_set(diag, MODELS, 0, 0,
				"no acoustic model: the package pocketsphinx-en-us is missing");
		return STATUS_BACKEND;
	}
	struct sphinx *sphinx = calloc(1, sizeof *sphinx);
	if (sphinx == NULL) {
		return STATUS_NO_MEM;
	}
	sphinx->scores = -1;
	sphinx->links = -1;
	err_set_logfp(NULL);
	keep_scores(sphinx);
	const int fd = dictionary_file(dictionary);
	cmd_ln_t *config = fd >= 0 ? configure(fd, sphinx->links) : NULL;
	if (config != NULL) {
		sphinx->decoder = ps_init(config);
		cmd_ln_free_r(config);
	}
	if (fd >= 0) {
		close(fd);
	}
	if (sphinx->decoder == NULL) {
		diag_set(diag, "", 0, 0, "PocketSphinx did not start");
		sphinx_destroy(sphinx);
		return STATUS_BACKEND;
	}
	/* The model's own file asks for a mean of its own; ours is taken away before. */
	ps_get_feat(sphinx->decoder)->cmn = CMN_NONE;
	if (adaptation != NULL && adapt(sphinx, adaptation, diag) != STATUS_OK) {
		sphinx_destroy(sphinx);
		return STATUS_BACKEND;
	}
	*out = sphinx;
	return STATUS_OK;
}

void sphinx_destroy(struct sphinx *sphinx)
{
	if (sphinx == NULL) {
		return;
	}
	if (sphinx->decoder != NULL) {
		ps_free(sphinx->decoder);
	}
	if (sphinx->scores >= 0) {
		close(sphinx->scores);
	}
	if (sphinx->links >= 0) {
		close(sphinx->links);
		rmdir(sphinx->folder);
	}
	free(sphinx);
}

bool sphinx_knows(const struct sphinx *sphinx, const char *word)
{
	char *phones = ps_lookup_word(sphinx->decoder, word);
	const bool known = phones != NULL;
	ckd_free(phones);
	return known;
}

enum status sphinx_set_grammar(
		struct sphinx *sphinx, const char *name, const struct grammar *grammar)
{
	logmath_t *logs = ps_get_logmath(sphinx->decoder);
	fsg_model_t *fsg = fsg_model_init(name, logs, LANGUAGE_WEIGHT, grammar->state_count);
	if (fsg == NULL) {
		return STATUS_NO_MEM;
	}
	fsg->start_state = GRAMMAR_START;
	fsg->final_state = GRAMMAR_END;
	for (size_t i = 0; i < grammar->arc_count; i++) {
		const struct grammar_arc *arc = &grammar->arcs[i];
		const int32 weight = logmath_log(logs, arc->weight);
		fsg_model_trans_add(fsg, arc->from, arc->to, weight,
				fsg_model_word_add(fsg, arc->word));
	}
	const int set = ps_set_fsg(sphinx->decoder, name, fsg);
	fsg_model_free(fsg);
	return set == 0 ? STATUS_OK : STATUS_BACKEND;
}

enum status sphinx_set_phones(struct sphinx *sphinx, const char *name)
{
	const char *model = MODELS "en-us-phone.lm.bin";
	return ps_set_allphone_file(sphinx->decoder, name, model) == 0 ? STATUS_OK : STATUS_BACKEND;
}

size_t sphinx_cepstra(struct sphinx *sphinx, const int16_t *samples, size_t count,
		sphinx_cepstrum_t *out, size_t room)
{
	fe_t *frontend = ps_get_fe(sphinx->decoder);
	if (room > SPHINX_CEPSTRA_MAX) {
		room = SPHINX_CEPSTRA_MAX;
	}
	for (size_t i = 0; i < room; i++) {
		sphinx->rows[i] = out[i];
	}
	int32 frames = (int32)room - 1;
	int32 rest = 0;
	int32 index = 0;
	fe_start_stream(frontend);
	fe_start_utt(frontend);
	fe_process_frames(frontend, &samples, &count, sphinx->rows, &frames, &index);
	fe_end_utt(frontend, sphinx->rows[frames], &rest);
	return (size_t)frames + (size_t)rest;
}

static void take_word(ps_seg_t *segment, struct sphinx_word *word)
{
	const char *text = ps_seg_word(segment);
	int from = 0;
	int to = 0;
	int32 acoustic = 0;
	int32 language = 0;
	int32 back = 0;
	ps_seg_frames(segment, &from, &to);
	ps_seg_prob(segment, &acoustic, &language, &back);
	snprintf(word->text, sizeof word->text, "%.*s", (int)strcspn(text, "("), text);
	word->from = from;
	word->to = to;
	word->score = acoustic;
	word->filler = text[0] == '<' || text[0] == '[';
}

static void take_result(struct sphinx *sphinx, struct sphinx_result *out)
{
	out->word_count = 0;
	out->score = 0;
	out->complete = false;
	ps_seg_t *segment = ps_seg_iter(sphinx->decoder);
	while (segment != NULL && out->word_count < SPHINX_WORDS_MAX) {
		struct sphinx_word *word = &out->words[out->word_count++];
		take_word(segment, word);
		out->score += word->score;
		out->complete = true;
		segment = ps_seg_next(segment);
	}
	if (segment != NULL) {
		ps_seg_free(segment);
	}
}

static void link_name(const struct sphinx *sphinx, char out[PATH_BYTES])
{
	snprintf(out, PATH_BYTES, "%09" PRIu32 ".sen", sphinx->utterances);
}

/* Lets the file that the next utterance writes be target. Somebody who tidies up may have taken the
 * folder away: another is made, and none that has its name by now is touched. */
static enum status link_next(struct sphinx *sphinx, const char *target)
{
	char name[PATH_BYTES];
	if (sphinx->links < 0) {
		return STATUS_OK;
	}
	link_name(sphinx, name);
	if (symlinkat(target, sphinx->links, name) == 0 ||
			(make_folder(sphinx) == STATUS_OK &&
					symlinkat(target, sphinx->links, name) == 0)) {
		return STATUS_OK;
	}
	log_error("listen", "no folder for links in /dev/shm or /tmp: %s", strerror(errno));
	return STATUS_BACKEND;
}

/* The utterance is over. */
static void unlink_last(struct sphinx *sphinx)
{
	char name[PATH_BYTES];
	if (sphinx->links >= 0) {
		link_name(sphinx, name);
		unlinkat(sphinx->links, name, 0);
	}
	sphinx->utterances++;
}

/*
 * Decodes the rows. Not as a full utterance, though all of it is there: PocketSphinx would then
 * make room for all frames at once, of which its reader of scores does not know.
 */
static enum status decode_rows(struct sphinx *sphinx, struct sphinx_result *out)
{
	ps_decoder_t *decoder = sphinx->decoder;
	char target[PATH_BYTES];
	fd_path(sphinx->scores, target);
	if (link_next(sphinx, target) != STATUS_OK || ps_start_utt(decoder) != 0) {
		return STATUS_BACKEND;
	}
	const int processed =
			ps_process_cep(decoder, sphinx->rows, (int)sphinx->row_count, FALSE, FALSE);
	const int ended = ps_end_utt(decoder);
	unlink_last(sphinx);
	if (ended != 0 || processed < 0) {
		return STATUS_BACKEND;
	}
	take_result(sphinx, out);
	return STATUS_OK;
}

static enum status decode_scores(struct sphinx *sphinx, struct sphinx_result *out)
{
	char path[PATH_BYTES];
	fd_path(sphinx->scores, path);
	FILE *scores = fopen(path, "rbe");
	if (scores == NULL || link_next(sphinx, "/dev/null") != STATUS_OK) {
		if (scores != NULL) {
			(void)fclose(scores);
		}
		return STATUS_BACKEND;
	}
	const int searched = ps_decode_senscr(sphinx->decoder, scores);
	(void)fclose(scores);
	unlink_last(sphinx);
	if (searched < 0) {
		return STATUS_BACKEND;
	}
	take_result(sphinx, out);
	return STATUS_OK;
}

enum status sphinx_decode(struct sphinx *sphinx, const char *name, sphinx_cepstrum_t *cepstra,
		size_t count, struct sphinx_result *out)
{
	if (count == 0 || count > SPHINX_CEPSTRA_MAX) {
		return STATUS_BAD_ARG;
	}
	sphinx->row_count = count + WINDOW + WINDOW;
	for (size_t i = 0; i < sphinx->row_count; i++) {
		const size_t inner = i < WINDOW ? 0 : i - WINDOW;
		sphinx->rows[i] = cepstra[inner < count ? inner : count - 1];
	}
	if (ps_set_search(sphinx->decoder, name) != 0) {
		return STATUS_BACKEND;
	}
	return decode_rows(sphinx, out);
}

enum status sphinx_decode_again(struct sphinx *sphinx, const char *name, struct sphinx_result *out)
{
	if (ps_set_search(sphinx->decoder, name) != 0) {
		return STATUS_BACKEND;
	}
	return sphinx->links >= 0 ? decode_scores(sphinx, out) : decode_rows(sphinx, out);
}

/* Where the first frame of the kept scores begins: after a head in words and a number that tells
 * the order of bytes. -1: nowhere. */
static off_t first_score(const struct sphinx *sphinx)
{
	static const char mark[] = "endhdr\n";
	char head[SCORES_HEAD + 1] = "";
	const ssize_t length = pread(sphinx->scores, head, SCORES_HEAD, 0);
	const char *end = length > 0 ? strstr(head, mark) : NULL;
	return end == NULL ? -1 : end - head + (off_t)(sizeof mark - 1 + sizeof(int32_t));
}

/* One frame: how many senones follow, and what each lacks to the best; those of phones without
 * neighbours come first, STATES to a phone. */
static bool read_frame(const struct sphinx *sphinx, off_t at, float out[SPHINX_PHONES])
{
	int16_t row[1 + SPHINX_PHONES * STATES];
	if (pread(sphinx->scores, row, sizeof row, at) != (ssize_t)sizeof row ||
			row[0] != SENONES) {
		return false;
	}
	for (size_t i = 0; i < SPHINX_PHONES; i++) {
		const int16_t *states = &row[1 + i * STATES];
		int lack = states[0];
		for (size_t j = 1; j < STATES; j++) {
			lack = states[j] < lack ? states[j] : lack;
		}
		out[i] = SCORE_UNIT * (float)-lack;
	}
	return true;
}

size_t sphinx_phones(const struct sphinx *sphinx, size_t from, size_t to, sphinx_phones_t *out)
{
	const off_t first = sphinx->links >= 0 && sphinx->known ? first_score(sphinx) : -1;
	const off_t stride = (1 + SENONES) * (off_t)sizeof(int16_t);
	for (size_t i = from; i < to; i++) {
		if (first < 0 || !read_frame(sphinx, first + (off_t)i * stride, out[i - from])) {
			return i - from;
		}
	}
	return to > from ? to - from : 0;
}
