/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sphinx.h"

#include "ease/log.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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

/*
 * Most of the work of a decoding is to score each frame against the model's sounds, and that is the
 * same for every search. PocketSphinx can write these scores to a file and decode from it, and only
 * there: one small file in memory for each utterance, gone when the next one comes.
 */
struct sphinx {
	ps_decoder_t *decoder;
	mfcc_t *rows[ROWS_MAX];
	size_t row_count;
	char folder[PATH_BYTES]; /* of the scores; "": nowhere to write, all is computed anew */
	uint32_t utterances;     /* so far: PocketSphinx names files by this number */
	FILE *scores;            /* of the last sphinx_decode(); NULL: none */
};

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
static cmd_ln_t *configure(int dictionary_fd, const char *folder)
{
	char path[32];
	snprintf(path, sizeof path, "/proc/self/fd/%d", dictionary_fd);
	cmd_ln_t *config = cmd_ln_init(NULL, ps_args(), TRUE, "-hmm", MODELS "en-us", "-dict", path,
			"-remove_silence", "no", "-remove_noise", "no", "-dither", "no", "-lw", "1",
			"-fsgusefiller", "yes", "-fsgusealtpron", "yes", "-bestpath", "no",
			"-compallsen", "yes", "-allphone_ci", "yes", (char *)NULL);
	if (config != NULL && folder[0] != '\0') {
		cmd_ln_set_str_r(config, "-senlogdir", folder);
	}
	return config;
}

static void make_folder(char folder[PATH_BYTES])
{
	static const char *const places[] = { "/dev/shm", "/tmp" };
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		snprintf(folder, PATH_BYTES, "%s/ease-scores-%d-XXXXXX", places[i], (int)getpid());
		if (mkdtemp(folder) != NULL) {
			return;
		}
	}
	log_warning("listen", "no folder for scores in /dev/shm or /tmp: hearing costs more");
	folder[0] = '\0';
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
	err_set_logfp(NULL);
	make_folder(sphinx->folder);
	const int fd = dictionary_file(dictionary);
	cmd_ln_t *config = fd >= 0 ? configure(fd, sphinx->folder) : NULL;
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
	if (sphinx->scores != NULL) {
		(void)fclose(sphinx->scores);
	}
	if (sphinx->folder[0] != '\0') {
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

/* Takes the scores of the utterance that just ended out of their folder; NULL: none. */
static FILE *take_scores(struct sphinx *sphinx)
{
	char path[PATH_BYTES + 16];
	if (sphinx->folder[0] == '\0') {
		return NULL;
	}
	snprintf(path, sizeof path, "%s/%09" PRIu32 ".sen", sphinx->folder, sphinx->utterances);
	FILE *scores = fopen(path, "rb");
	unlink(path);
	return scores;
}

/*
 * Decodes the rows. Not as a full utterance, though all of it is there: PocketSphinx would then
 * make room for all frames at once, of which its reader of scores does not know.
 */
static enum status decode_rows(struct sphinx *sphinx, struct sphinx_result *out)
{
	ps_decoder_t *decoder = sphinx->decoder;
	if (ps_start_utt(decoder) != 0) {
		return STATUS_BACKEND;
	}
	const int processed =
			ps_process_cep(decoder, sphinx->rows, (int)sphinx->row_count, FALSE, FALSE);
	const int ended = ps_end_utt(decoder);
	if (sphinx->scores != NULL) {
		(void)fclose(sphinx->scores);
	}
	sphinx->scores = take_scores(sphinx);
	sphinx->utterances++;
	if (ended != 0 || processed < 0) {
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
	if (sphinx->scores == NULL) {
		return decode_rows(sphinx, out);
	}
	rewind(sphinx->scores);
	const int searched = ps_decode_senscr(sphinx->decoder, sphinx->scores);
	FILE *copy = take_scores(sphinx);
	if (copy != NULL) {
		(void)fclose(copy);
	}
	sphinx->utterances++;
	if (searched < 0) {
		return STATUS_BACKEND;
	}
	take_result(sphinx, out);
	return STATUS_OK;
}
