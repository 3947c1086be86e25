/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recogniser.h"

#include "mean.h"
#include "sphinx.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Three searches over the same cepstra: the context's grammar with its decoys says what it was;
 * free phones say how well anything could have matched; the grammar without that meaning says what
 * else it could have been. Most of what is no command ends after the first. Beside them stands what
 * the stretch looks like as a whole (likeness.h): it backs or weakens what was heard, and where the
 * grammar heard something else, or nothing, choice.h says which of both is told.
 */

#define PHONES "phones"
#define RIVAL "rival"

#define SHAPE_SHORTEST 8 /* frames: what is shorter is no word */
#define NO_OTHER (-4.0)  /* share of other words where none are known, a logarithm */
#define NO_RIVAL 40.0    /* how far behind a rival is that did not come to its end */

struct recogniser {
	const struct vocabulary *vocabulary;
	struct sphinx *sphinx;
	struct mean mean;
	sphinx_cepstrum_t cepstra[SEGMENT_FRAMES_MAX + 2];
	sphinx_phones_t shape[SEGMENT_FRAMES_MAX + 2];
	struct sphinx_result heard;
	struct sphinx_result phones;
	struct sphinx_result rival;
};

static enum status check_words(const struct recogniser *recogniser, struct diag *diag)
{
	const struct vocabulary *vocabulary = recogniser->vocabulary;
	for (size_t i = 0; i < vocabulary->dictionary_count; i++) {
		const char *word = vocabulary->dictionary[i].word;
		if (!sphinx_knows(recogniser->sphinx, word)) {
			diag_set(diag, "", 0, 0, "\"%s\" cannot be pronounced as \"%s\"", word,
					vocabulary->dictionary[i].phonemes);
			return STATUS_BAD_DATA;
		}
	}
	return STATUS_OK;
}

static enum status set_grammar(
		struct recogniser *recogniser, size_t context, int32_t without, const char *name)
{
	struct grammar grammar;
	grammar_init(&grammar);
	enum status status = grammar_build(&grammar, recogniser->vocabulary, context, without);
	if (status == STATUS_OK) {
		status = sphinx_set_grammar(recogniser->sphinx, name, &grammar);
	}
	grammar_finish(&grammar);
	return status;
}

static enum status load(struct recogniser *recogniser, struct diag *diag)
{
	char *dictionary = NULL;
	enum status status = grammar_dictionary(recogniser->vocabulary, &dictionary, diag);
	if (status != STATUS_OK) {
		return status;
	}
	status = sphinx_create(
			dictionary, recogniser->vocabulary->adaptation, &recogniser->sphinx, diag);
	free(dictionary);
	if (status == STATUS_OK) {
		status = check_words(recogniser, diag);
	}
	if (status == STATUS_OK) {
		status = sphinx_set_phones(recogniser->sphinx, PHONES);
	}
	for (size_t i = 0; i < recogniser->vocabulary->context_count && status == STATUS_OK; i++) {
		status = set_grammar(recogniser, i, -1, recogniser->vocabulary->contexts[i].name);
	}
	return status;
}

enum status recogniser_create(
		const struct vocabulary *vocabulary, struct recogniser **out, struct diag *diag)
{
	struct recogniser *recogniser = calloc(1, sizeof *recogniser);
	if (recogniser == NULL) {
		return STATUS_NO_MEM;
	}
	recogniser->vocabulary = vocabulary;
	mean_init(&recogniser->mean);
	const enum status status = load(recogniser, diag);
	if (status != STATUS_OK) {
		recogniser_destroy(recogniser);
		return status;
	}
	*out = recogniser;
	return STATUS_OK;
}

void recogniser_destroy(struct recogniser *recogniser)
{
	if (recogniser != NULL) {
		sphinx_destroy(recogniser->sphinx);
		free(recogniser);
	}
}

void recogniser_learn(struct recogniser *recogniser)
{
	mean_learn(&recogniser->mean);
}

void recogniser_reset(struct recogniser *recogniser)
{
	mean_init(&recogniser->mean);
}

void recogniser_expect(struct recogniser *recogniser, const double mean[SPHINX_CEPSTRA])
{
	mean_expect(&recogniser->mean, mean);
}

void recogniser_expected(const struct recogniser *recogniser, double out[SPHINX_CEPSTRA])
{
	memcpy(out, recogniser->mean.prior, sizeof recogniser->mean.prior);
}

/* The phrase that a result's words make; -1 where they are none of the context's. */
static int32_t read_phrase(const struct recogniser *recogniser, size_t context,
		const struct sphinx_result *result)
{
	char text[256] = "";
	size_t length = 0;
	for (size_t i = 0; i < result->word_count; i++) {
		const struct sphinx_word *word = &result->words[i];
		if (word->filler) {
			continue;
		}
		const int more = snprintf(text + length, sizeof text - length, "%s%s",
				length > 0 ? " " : "", word->text);
		if (more < 0 || (size_t)more >= sizeof text - length) {
			return -1;
		}
		length += (size_t)more;
	}
	return grammar_phrase(recogniser->vocabulary, context, text);
}

/* The acoustic score of the frames from first to last, as parts of the words that hold them. */
static double score_between(const struct sphinx_result *result, int32_t first, int32_t last)
{
	double score = 0.0;
	for (size_t i = 0; i < result->word_count; i++) {
		const struct sphinx_word *word = &result->words[i];
		const int32_t from = word->from > first ? word->from : first;
		const int32_t to = word->to < last ? word->to : last;
		if (from <= to) {
			score += (double)word->score * (to - from + 1) /
				 (word->to - word->from + 1);
		}
	}
	return score;
}

static int32_t count_phones(const struct recogniser *recogniser, const char *word)
{
	const struct vocabulary *vocabulary = recogniser->vocabulary;
	for (size_t i = 0; i < vocabulary->dictionary_count; i++) {
		if (strcmp(vocabulary->dictionary[i].word, word) != 0) {
			continue;
		}
		int32_t count = 1;
		for (const char *at = vocabulary->dictionary[i].phonemes; *at != '\0'; at++) {
			count += *at == ' ';
		}
		return count;
	}
	return 1;
}

static void weigh_words(struct recogniser *recogniser, struct meaning *out)
{
	const struct sphinx_result *heard = &recogniser->heard;
	double worst = HUGE_VAL;
	int32_t frames = 0;
	int32_t sounds = 0;
	int32_t words = 0;
	for (size_t i = 0; i < heard->word_count; i++) {
		const struct sphinx_word *word = &heard->words[i];
		if (word->filler) {
			continue;
		}
		const int32_t length = word->to - word->from + 1;
		const double free_score = score_between(&recogniser->phones, word->from, word->to);
		worst = fmin(worst, (word->score - free_score) / length);
		frames += length;
		sounds += count_phones(recogniser, word->text);
		words++;
	}
	out->features[FEATURE_WORST] = worst;
	out->features[FEATURE_LENGTH] = (double)frames / sounds;
	out->features[FEATURE_SOUNDS] = sounds;
	out->features[FEATURE_WORDS] = words;
}

/* The frames of the words, or of all speech where nothing was heard as words. */
static void find_span(const struct sphinx_result *heard, const struct segment *segment,
		struct meaning *out)
{
	bool found = false;
	for (size_t i = 0; i < heard->word_count; i++) {
		const struct sphinx_word *word = &heard->words[i];
		if (!word->filler) {
			out->from = found ? out->from : word->from;
			out->to = word->to;
			found = true;
		}
	}
	if (!found || out->to - out->from + 1 < SHAPE_SHORTEST) {
		out->from = (int32_t)segment->from;
		out->to = (int32_t)segment->to - 1;
	}
}

static void take_shape(struct recogniser *recogniser, const struct meaning *span, size_t count,
		struct verdict *out)
{
	const size_t from = (size_t)span->from;
	const size_t to = (size_t)span->to + 1 < count ? (size_t)span->to + 1 : count;
	out->shape_count = sphinx_phones(recogniser->sphinx, from, to, recogniser->shape);
	likeness_inputs((const sphinx_phones_t *)recogniser->shape, out->shape_count, out->inputs);
}

static double echo_db(const struct segment *segment, int32_t from, int32_t to)
{
	double before = 1.0;
	double after = 1.0;
	for (int32_t i = from; i <= to && i < (int32_t)segment->frames; i++) {
		before += (double)segment->powers[i].before;
		after += (double)segment->powers[i].after;
	}
	return 10.0 * log10(before / after);
}

/* What is known of any meaning of the segment. */
static void weigh_segment(struct recogniser *recogniser, size_t context,
		const struct segment *segment, struct meaning *out)
{
	const double speech = (double)(segment->to - segment->from);
	const double from = fmax(out->from, (double)segment->from);
	const double to = fmin(out->to + 1, (double)segment->to);
	out->features[FEATURE_COVERAGE] = fmax(to - from, 0.0) / speech;
	out->features[FEATURE_SEGMENT] = speech / 100.0;
	out->features[FEATURE_GAP] = fmin((double)segment->gap / 100.0, 1.0);
	out->features[FEATURE_SNR] = segment->snr_db;
	out->features[FEATURE_ECHO] = echo_db(segment, out->from, out->to);
	if (out->phrase >= 0) {
		const struct heard_phrase *phrase = &recogniser->vocabulary->phrases[out->phrase];
		out->features[FEATURE_PRIOR] = log10(grammar_prior(context, phrase));
		out->features[FEATURE_ASKED] = grammar_asked(context, phrase->intent) ? 1.0 : 0.0;
	}
}

/* What the searches say of what they heard. */
static void weigh_searches(
		struct recogniser *recogniser, const struct segment *segment, struct meaning *out)
{
	const double span = out->to - out->from + 1;
	const double against_phones = recogniser->heard.score - recogniser->phones.score;
	weigh_words(recogniser, out);
	out->features[FEATURE_PHONES] = against_phones / (double)segment->frames;
	out->features[FEATURE_SUM] = against_phones / 100.0;
	out->features[FEATURE_RIVAL] = NO_RIVAL;
	out->features[FEATURE_OTHER] = NO_OTHER;
	if (recogniser->rival.complete) {
		out->features[FEATURE_RIVAL] =
				(recogniser->heard.score - recogniser->rival.score) / span;
	}
}

/* Returns whether the phrase is a word whose likeness is known. */
static bool weigh_likeness(const struct recogniser *recogniser,
		const double shares[LIKENESS_CLASSES], struct meaning *out)
{
	struct likeness likeness;
	const char *text = recogniser->vocabulary->phrases[out->phrase].text;
	const bool known = likeness_judge(shares, text, &likeness);
	out->features[FEATURE_LIKE] = known ? likeness.word : 0.0;
	out->features[FEATURE_LEAD] = known ? likeness.lead : 0.0;
	out->features[FEATURE_OTHER] = likeness.other;
	return known;
}

/* Weighs a phrase that the whole looks like, where that is not what was heard. */
static void weigh_likened(struct recogniser *recogniser, size_t context,
		const struct segment *segment, const double shares[LIKENESS_CLASSES],
		int32_t phrase, struct verdict *out)
{
	const struct heard_phrase *phrases = recogniser->vocabulary->phrases;
	const struct meaning *heard = &out->heard;
	struct meaning like = { .phrase = phrase, .from = heard->from, .to = heard->to };
	if (phrase < 0 || (heard->phrase >= 0 && grammar_same(&phrases[phrase],
								 &phrases[heard->phrase]))) {
		return;
	}
	weigh_segment(recogniser, context, segment, &like);
	(void)weigh_likeness(recogniser, shares, &like);
	like.features[FEATURE_WORDS] = heard->features[FEATURE_WORDS];
	like.features[FEATURE_AGAINST] = score_odds(heard->confidence);
	like.confidence = score_confidence(GUESS_LIKENED, like.features);
	out->likened[out->likened_count++] = like;
}

/* Weighs what the whole looks most like, and "stop" even where that is something else. */
static void judge_likeness(struct recogniser *recogniser, size_t context,
		const struct segment *segment, const double shares[LIKENESS_CLASSES],
		struct verdict *out)
{
	const struct vocabulary *vocabulary = recogniser->vocabulary;
	int32_t best = -1;
	int32_t stop = -1;
	double most = 0.0;
	for (size_t i = 0; i < LIKENESS_CLASSES; i++) {
		const char *word = likeness_word(i);
		const int32_t phrase = word != NULL ? grammar_phrase(vocabulary, context, word)
						    : -1;
		if (phrase >= 0 && vocabulary->phrases[phrase].intent == INTENT_STOP) {
			stop = phrase;
		}
		if (phrase >= 0 && shares[i] > most) {
			best = phrase;
			most = shares[i];
		}
	}
	weigh_likened(recogniser, context, segment, shares, best, out);
	if (stop != best) {
		weigh_likened(recogniser, context, segment, shares, stop, out);
	}
}

static struct choice_option option_of(
		const struct recogniser *recogniser, const struct meaning *meaning, bool likened)
{
	const struct heard_phrase *phrase = &recogniser->vocabulary->phrases[meaning->phrase];
	return (struct choice_option){
		.intent = phrase->intent,
		.confidence = meaning->confidence,
		.likened = likened,
	};
}

static void choose(const struct recogniser *recogniser, struct verdict *out)
{
	struct choice_option options[1 + LIKENED_MAX];
	const struct meaning *meanings[1 + LIKENED_MAX];
	size_t count = 0;
	if (out->heard.phrase >= 0) {
		meanings[count] = &out->heard;
		options[count++] = option_of(recogniser, &out->heard, false);
	}
	for (size_t i = 0; i < out->likened_count; i++) {
		meanings[count] = &out->likened[i];
		options[count++] = option_of(recogniser, &out->likened[i], true);
	}
	out->meaning = out->heard;
	if (count == 0) {
		return;
	}
	const struct choice choice =
			choice_make(recogniser->vocabulary->thresholds, options, count);
	out->meaning = *meanings[choice.index];
	out->grade = choice.grade;
	if (options[choice.index].likened) {
		out->rival = out->heard.phrase;
	} else if (choice.rival != choice.index) {
		out->rival = meanings[choice.rival]->phrase;
	}
}

static void judge(struct recogniser *recogniser, size_t context, const struct segment *segment,
		struct verdict *out)
{
	struct meaning *heard = &out->heard;
	enum guess guess = GUESS_HEARD;
	double shares[LIKENESS_CLASSES];
	likeness_classify(out->inputs, shares);
	weigh_segment(recogniser, context, segment, heard);
	if (heard->phrase >= 0) {
		weigh_searches(recogniser, segment, heard);
		if (out->shape_count > 0 && weigh_likeness(recogniser, shares, heard)) {
			guess = GUESS_KNOWN;
		}
		heard->confidence = score_confidence(guess, heard->features);
	}
	if (out->shape_count > 0) {
		judge_likeness(recogniser, context, segment, shares, out);
	}
	choose(recogniser, out);
}

/* What free phones and the grammar without the phrase make of the same frames. */
static enum status doubt(struct recogniser *recogniser, size_t context, struct verdict *out)
{
	struct sphinx *sphinx = recogniser->sphinx;
	enum status status = sphinx_decode_again(sphinx, PHONES, &recogniser->phones);
	if (status == STATUS_OK) {
		status = set_grammar(recogniser, context, out->heard.phrase, RIVAL);
	}
	if (status == STATUS_OK) {
		status = sphinx_decode_again(sphinx, RIVAL, &recogniser->rival);
	}
	if (status == STATUS_OK) {
		out->rival = read_phrase(recogniser, context, &recogniser->rival);
	}
	return status;
}

enum status recogniser_hear(struct recogniser *recogniser, size_t context,
		const struct segment *segment, struct verdict *out)
{
	struct sphinx *sphinx = recogniser->sphinx;
	const char *name = recogniser->vocabulary->contexts[context].name;
	*out = (struct verdict){ .rival = -1 };
	out->heard.phrase = -1;
	const size_t count = sphinx_cepstra(sphinx, segment->samples,
			segment->frames * SPHINX_FRAME, recogniser->cepstra,
			sizeof recogniser->cepstra / sizeof recogniser->cepstra[0]);
	mean_remove(&recogniser->mean, recogniser->cepstra, count, segment->from, segment->to);
	out->cepstra = recogniser->cepstra;
	out->cepstrum_count = count;
	enum status status =
			sphinx_decode(sphinx, name, recogniser->cepstra, count, &recogniser->heard);
	if (status != STATUS_OK) {
		return status;
	}
	find_span(&recogniser->heard, segment, &out->heard);
	take_shape(recogniser, &out->heard, count, out);
	if (recogniser->heard.complete) {
		out->heard.phrase = read_phrase(recogniser, context, &recogniser->heard);
	}
	if (out->heard.phrase >= 0) {
		status = doubt(recogniser, context, out);
	}
	if (status == STATUS_OK) {
		judge(recogniser, context, segment, out);
	}
	return status;
}
