/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sphinx.h"

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
#define FRAMES_MAX 1024

struct sphinx {
	ps_decoder_t *decoder;
	mfcc_t *rows[FRAMES_MAX];
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
static cmd_ln_t *configure(int dictionary_fd)
{
	char path[32];
	snprintf(path, sizeof path, "/proc/self/fd/%d", dictionary_fd);
	return cmd_ln_init(NULL, ps_args(), TRUE, "-hmm", MODELS "en-us", "-dict", path,
			"-remove_silence", "no", "-remove_noise", "no", "-dither", "no", "-lw", "1",
			"-fsgusefiller", "yes", "-fsgusealtpron", "yes", "-bestpath", "no",
			"-compallsen", "yes", "-allphone_ci", "yes", (char *)NULL);
}

enum status sphinx_create(const char *dictionary, struct sphinx **out, struct diag *diag)
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
	const int fd = dictionary_file(dictionary);
	cmd_ln_t *config = fd >= 0 ? configure(fd) : NULL;
	if (config != NULL) {
		sphinx->decoder = ps_init(config);
		cmd_ln_free_r(config);
	}
	if (fd >= 0) {
		close(fd);
	}
	if (sphinx->decoder == NULL) {
		diag_set(diag, "", 0, 0, "PocketSphinx did not start");
		free(sphinx);
		return STATUS_BACKEND;
	}
	/* The model's own file asks for a mean of its own; ours is taken away before. */
	ps_get_feat(sphinx->decoder)->cmn = CMN_NONE;
	*out = sphinx;
	return STATUS_OK;
}

void sphinx_destroy(struct sphinx *sphinx)
{
	if (sphinx != NULL) {
		ps_free(sphinx->decoder);
		free(sphinx);
	}
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
	if (room > FRAMES_MAX) {
		room = FRAMES_MAX;
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

enum status sphinx_decode(struct sphinx *sphinx, const char *name, sphinx_cepstrum_t *cepstra,
		size_t count, struct sphinx_result *out)
{
	ps_decoder_t *decoder = sphinx->decoder;
	if (count > FRAMES_MAX) {
		return STATUS_BAD_ARG;
	}
	for (size_t i = 0; i < count; i++) {
		sphinx->rows[i] = cepstra[i];
	}
	if (ps_set_search(decoder, name) != 0 || ps_start_utt(decoder) != 0) {
		return STATUS_BACKEND;
	}
	const int processed = ps_process_cep(decoder, sphinx->rows, (int)count, FALSE, TRUE);
	if (ps_end_utt(decoder) != 0 || processed < 0) {
		return STATUS_BACKEND;
	}
	take_result(sphinx, out);
	return STATUS_OK;
}
