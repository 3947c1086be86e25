/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/ears.h"

#include "ears_watch.h"
#include "recogniser.h"

#include "ease/canceller.h"
#include "ease/clock.h"
#include "ease/delay.h"
#include "ease/endpointer.h"
#include "ease/highpass.h"
#include "ease/log.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BEFORE 14 /* frames of a segment before its speech */
#define AFTER 8   /* and after it */
#define HISTORY 512
#define DOUBT 12.0     /* how much more than is likely may be left of an echo */
#define UNKNOWN 3.0    /* ... of what is heard, before the echo is known */
#define SHORTEST 16    /* frames of speech: no word is shorter, the tick of a clock is */
#define FAILURES 2     /* segments: one may be bad luck */
#define FULL 32000     /* a sample that was more; resampling rounds the tops off a little */
#define ECHO_LATE 160  /* samples by which an echo that was too early shall be late */
#define LEARN_FROM 0.9 /* confidence that is enough to learn the voice from */
#define LEARN_ABOVE                                                                              \
	18.0             /* dB above the noise that the word must stand: else the room is learnt \
			  */
#define LEVEL_WORDS 8    /* levels follow the last few words */
#define LEVEL_STEP 3.0   /* dB that they follow one word at most, once there was one */
#define NOISE_FRAMES 100 /* of a block; the noise is the least of two, so that no word counts */

_Static_assert(EARS_FRAME == ENDPOINTER_FRAME, "one frame for all");
_Static_assert(EARS_FRAME == CANCELLER_FRAME, "one frame for all");
_Static_assert(EARS_CEPSTRA == SPHINX_CEPSTRA, "one mean for all");

struct ears {
	const struct vocabulary *vocabulary;
	struct recogniser *recogniser;
	struct canceller *canceller; /* NULL: no loudspeaker */
	struct highpass highpass;
	struct endpointer endpointer;
	struct ears_person known;  /* as it was set */
	struct ears_person person; /* and what has been learnt since */
	uint8_t context;           /* as told */
	uint8_t heard;             /* of the present segment */
	int64_t frames;            /* taken so far */
	int64_t before;            /* where the segment before the present one ended */
	double quietest[2];        /* floors of the present and the last block of noise */
	int failures;              /* segments in a row that could not be recognised */
	ears_watch_fn *watch;
	void *watch_arg;
	int16_t history[HISTORY][EARS_FRAME]; /* frame n stands at n % HISTORY */
	struct power powers[HISTORY];
	struct power segment_powers[SEGMENT_FRAMES_MAX];
	int16_t segment[SEGMENT_FRAMES_MAX][EARS_FRAME];
};

enum status ears_create(const struct ears_config *config, struct ears **out, struct diag *diag)
{
	struct ears *ears = calloc(1, sizeof *ears);
	if (ears == NULL) {
		return STATUS_NO_MEM;
	}
	ears->vocabulary = config->vocabulary;
	enum status status = recogniser_create(config->vocabulary, &ears->recogniser, diag);
	if (status == STATUS_OK && config->echo) {
		status = canceller_create(&ears->canceller);
	}
	if (status != STATUS_OK) {
		ears_destroy(ears);
		return status;
	}
	highpass_init(&ears->highpass);
	endpointer_init(&ears->endpointer, &endpointer_defaults);
	ears->quietest[0] = HUGE_VAL;
	ears->quietest[1] = HUGE_VAL;
	*out = ears;
	return STATUS_OK;
}

void ears_destroy(struct ears *ears)
{
	if (ears != NULL) {
		canceller_destroy(ears->canceller);
		recogniser_destroy(ears->recogniser);
		free(ears);
	}
}

void ears_watch(struct ears *ears, ears_watch_fn *watch, void *arg)
{
	ears->watch = watch;
	ears->watch_arg = arg;
}

void ears_context(struct ears *ears, uint8_t context)
{
	if (context < ears->vocabulary->context_count) {
		ears->context = context;
	}
}

void ears_person_set(struct ears *ears, const struct ears_person *person)
{
	ears->known = *person;
	ears->person = *person;
	if (person->words > 0) {
		recogniser_expect(ears->recogniser, person->mean);
	}
}

void ears_person_get(const struct ears *ears, struct ears_person *out)
{
	*out = ears->person;
	recogniser_expected(ears->recogniser, out->mean);
}

/* A level that has been learnt from so many words, and one word more. */
static double follow_level(double level, int32_t words, double heard)
{
	const int32_t weight = words < LEVEL_WORDS ? words : LEVEL_WORDS;
	const double step = (heard - level) / (weight + 1);
	return words == 0 ? heard : level + fmax(fmin(step, LEVEL_STEP), -LEVEL_STEP);
}

/* The word that was just heard is the person's, as far as can be told: anybody may be in the room,
 * so that no word moves what is known by much. */
static void learn(struct ears *ears, const struct hearing *heard)
{
	struct ears_person *person = &ears->person;
	recogniser_learn(ears->recogniser);
	person->speech_db = follow_level(person->speech_db, person->words, heard->speech_db);
	person->noise_db = follow_level(person->noise_db, person->words, heard->noise_db);
	person->words += person->words < EARS_WORDS_MAX;
}

static void forget_stream(struct ears *ears)
{
	highpass_init(&ears->highpass);
	endpointer_init(&ears->endpointer, &endpointer_defaults);
	if (ears->canceller != NULL) {
		canceller_reset(ears->canceller);
	}
	ears->frames = 0;
	ears->before = 0;
	ears->quietest[0] = HUGE_VAL;
	ears->quietest[1] = HUGE_VAL;
}

void ears_reset(struct ears *ears)
{
	forget_stream(ears);
	recogniser_reset(ears->recogniser);
	ears_person_set(ears, &ears->known);
}

/* Copies the segment out of the history, with what margins there are. Returns its first frame. */
static int64_t cut(struct ears *ears, struct segment *out)
{
	const int64_t start = endpointer_start(&ears->endpointer);
	const int64_t end = endpointer_end(&ears->endpointer);
	const int64_t oldest = ears->frames > HISTORY ? ears->frames - HISTORY : 0;
	int64_t first = start - BEFORE > oldest ? start - BEFORE : oldest;
	const int64_t last = end + AFTER < ears->frames ? end + AFTER : ears->frames;
	if (last - first > SEGMENT_FRAMES_MAX) {
		first = last - SEGMENT_FRAMES_MAX;
	}
	for (int64_t i = first; i < last; i++) {
		memcpy(ears->segment[i - first], ears->history[i % HISTORY],
				sizeof ears->segment[0]);
		ears->segment_powers[i - first] = ears->powers[i % HISTORY];
	}
	*out = (struct segment){
		.samples = ears->segment[0],
		.powers = ears->segment_powers,
		.frames = (size_t)(last - first),
		.from = (size_t)(start > first ? start - first : 0),
		.to = (size_t)(end - first),
		.gap = (size_t)(start - ears->before),
		.snr_db = endpointer_snr(&ears->endpointer),
	};
	return first;
}

static void fill(const struct ears *ears, const struct verdict *verdict, int64_t first,
		struct hearing *out)
{
	const struct meaning *meaning = &verdict->meaning;
	const struct heard_phrase *phrase = &ears->vocabulary->phrases[meaning->phrase];
	out->kind = verdict->grade == CHOICE_SURE ? HEARING_WORD : HEARING_DOUBT;
	out->intent = phrase->intent;
	out->value = phrase->value;
	out->confidence = meaning->confidence;
	out->from = (first + meaning->from) * EARS_FRAME;
	out->to = (first + meaning->to + 1) * EARS_FRAME - 1;
	snprintf(out->text, sizeof out->text, "%s", phrase->text);
	if (out->kind == HEARING_DOUBT && verdict->rival >= 0) {
		const struct heard_phrase *rival = &ears->vocabulary->phrases[verdict->rival];
		out->other = rival->intent == phrase->intent ? rival->value : -1;
	}
}

/* What the segment that just ended was. */
static void decide(struct ears *ears, struct hearing *out)
{
	struct segment segment;
	struct verdict verdict;
	const int64_t first = cut(ears, &segment);
	out->kind = HEARING_OFFSET;
	out->from = endpointer_start(&ears->endpointer) * EARS_FRAME;
	out->to = endpointer_end(&ears->endpointer) * EARS_FRAME - 1;
	out->noise_db = endpointer_floor(&ears->endpointer);
	out->speech_db = out->noise_db + segment.snr_db;
	if (segment.to - segment.from < SHORTEST) {
		return;
	}
	const enum status status =
			recogniser_hear(ears->recogniser, ears->heard, &segment, &verdict);
	if (status != STATUS_OK) {
		log_warning("listen", "cannot recognise a segment: %s", status_string(status));
		ears->failures++;
		return;
	}
	ears->failures = 0;
	if (ears->watch != NULL) {
		ears->watch(ears->watch_arg, &segment, &verdict);
	}
	if (verdict.grade != CHOICE_NOTHING) {
		fill(ears, &verdict, first, out);
	}
	if (out->kind == HEARING_WORD && out->confidence >= LEARN_FROM &&
			segment.snr_db >= LEARN_ABOVE) {
		learn(ears, out);
	}
}

static void report(struct ears *ears, enum edge edge, struct hearing *out)
{
	*out = (struct hearing){
		.kind = HEARING_ONSET,
		.intent = INTENT_NONE,
		.value = -1,
		.other = -1,
		.from = endpointer_start(&ears->endpointer) * EARS_FRAME,
		.to = ears->frames * EARS_FRAME - 1,
		.decided = ears->frames * EARS_FRAME,
	};
	if (edge == EDGE_ONSET) {
		ears->heard = ears->context;
	} else {
		decide(ears, out);
		ears->before = endpointer_end(&ears->endpointer);
	}
}

/* Before any filter: a high-pass moves what stood at full scale, DC offset and all. */
static bool is_full(const int16_t *samples)
{
	bool full = false;
	for (int i = 0; i < EARS_FRAME; i++) {
		full |= abs(samples[i]) >= FULL;
	}
	return full;
}

/* Takes the loudspeaker out of a frame, and notes what may be left of it. */
static void cancel(struct ears *ears, const int16_t *near, const int16_t *far, bool full,
		int16_t *frame)
{
	struct canceller *canceller = ears->canceller;
	if (canceller_process(canceller, near, far, full, frame)) {
		log_info("listen", "the echo comes %.1f ms late",
				canceller_delay(canceller) * 1e3 / EARS_RATE);
	}
	const double rest = canceller_rest(canceller);
	const double echo = canceller_echo(canceller);
	const double doubt = canceller_knows(canceller) ? DOUBT * echo : UNKNOWN * rest;
	ears->powers[ears->frames % HISTORY] = (struct power){
		.before = (float)(rest + doubt),
		.after = (float)rest,
	};
	endpointer_echo(&ears->endpointer, 10.0 * log10(echo + 1.0));
}

static void follow_noise(struct ears *ears)
{
	const double floor_db = endpointer_floor(&ears->endpointer);
	if (ears->frames % NOISE_FRAMES == 0) {
		ears->quietest[1] = ears->quietest[0];
		ears->quietest[0] = floor_db;
	}
	ears->quietest[0] = fmin(ears->quietest[0], floor_db);
}

double ears_noise(const struct ears *ears)
{
	return ears->frames < NOISE_FRAMES ? 0.0 : fmin(ears->quietest[0], ears->quietest[1]);
}

int ears_process(struct ears *ears, const int16_t *near, const int16_t *far, struct hearing *out,
		int room)
{
	static const int16_t silence[EARS_FRAME];
	int16_t clean[EARS_FRAME];
	int16_t *frame = ears->history[ears->frames % HISTORY];
	memcpy(clean, near, sizeof clean);
	highpass_run(&ears->highpass, clean, EARS_FRAME);
	if (ears->canceller != NULL) {
		cancel(ears, clean, far != NULL ? far : silence, is_full(near), frame);
	} else {
		memcpy(frame, clean, sizeof clean);
	}
	ears->frames++;
	const enum edge edge = endpointer_process(&ears->endpointer, frame);
	follow_noise(ears);
	if (edge == EDGE_NONE || room < 1) {
		return 0;
	}
	report(ears, edge, out);
	return 1;
}

int ears_finish(struct ears *ears, struct hearing *out, int room)
{
	if (!ears->endpointer.speaking || room < 1) {
		return 0;
	}
	report(ears, EDGE_OFFSET, out);
	forget_stream(ears);
	return 1;
}

int32_t ears_echo_early(const struct ears *ears)
{
	const int32_t delay = ears->canceller != NULL ? canceller_delay(ears->canceller)
						      : DELAY_UNKNOWN;
	return delay != DELAY_UNKNOWN && delay < CANCELLER_SOON ? ECHO_LATE - delay : 0;
}

uint32_t ears_echo_delay(const struct ears *ears, double *samples)
{
	if (ears->canceller == NULL) {
		return 0;
	}
	*samples = canceller_exact_delay(ears->canceller);
	return canceller_looks(ears->canceller);
}

void ears_echo_moved(struct ears *ears)
{
	if (ears->canceller != NULL) {
		canceller_reset(ears->canceller);
	}
}

bool ears_failing(const struct ears *ears)
{
	return ears->failures >= FAILURES;
}
