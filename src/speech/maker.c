/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/maker.h"

#include "ease/log.h"
#include "speech/lexicon.h"
#include "speech/normalize.h"
#include "speech/sentences.h"
#include "speech/shape.h"
#include "speech/synth.h"

#include <stdlib.h>
#include <string.h>

struct maker {
	const struct voice_speech *voice;
	struct synth *synth;
	struct shape shape;
	struct glyphs raw;
	struct glyphs clean;
	struct spoken spoken; /* of the clip begun last */
};

/* What eSpeak's callback writes to while it says one sentence. */
struct sentence_sink {
	const struct spoken *spoken;
	const struct sentence *sentence;
	struct clip *clip;
	wanted_fn *wanted;
	const void *arg;
	uint32_t words_to; /* behind the last word: further events inside it are its parts */
	enum status status;
	bool dropped;
};

static bool take_samples(void *arg, const int16_t *samples, size_t count)
{
	struct sentence_sink *sink = arg;
	if (!sink->wanted(sink->arg)) {
		sink->dropped = true;
		return false;
	}
	sink->status = clip_add_samples(sink->clip, samples, count);
	return sink->status == STATUS_OK;
}

static bool take_word(void *arg, size_t first, size_t sample)
{
	struct sentence_sink *sink = arg;
	if (first >= sink->sentence->characters) {
		return true;
	}
	const struct origin *origin = &sink->spoken->origins[sink->sentence->first + first];
	/* "75" comes as two events, the second inside the first */
	if (origin->from < sink->words_to || origin->to <= origin->from) {
		return true;
	}
	sink->words_to = origin->to;
	sink->status = clip_add_word(
			sink->clip, origin->from, (uint32_t)origin->to - origin->from, sample);
	return sink->status == STATUS_OK;
}

enum status maker_create(const struct voice_speech *voice, struct maker **out, struct diag *diag)
{
	enum status status = lexicon_check(voice, diag);
	if (status != STATUS_OK) {
		return status;
	}
	struct maker *maker = calloc(1, sizeof(*maker));
	if (maker == NULL) {
		return STATUS_NO_MEM;
	}
	status = synth_create(voice, &maker->synth, diag);
	if (status != STATUS_OK) {
		free(maker);
		return status;
	}
	maker->voice = voice;
	shape_init(&maker->shape, synth_rate(maker->synth), voice->gain_db);
	*out = maker;
	return STATUS_OK;
}

void maker_destroy(struct maker *maker)
{
	if (maker != NULL) {
		synth_destroy(maker->synth);
		free(maker);
	}
}

uint32_t maker_rate(const struct maker *maker)
{
	return synth_rate(maker->synth);
}

enum status maker_begin(struct maker *maker, const char *text, struct clip **out)
{
	enum status status = normalize(text, strlen(text), &maker->raw, &maker->clean);
	if (status == STATUS_OK) {
		status = sentences_split(&maker->clean, maker->voice, &maker->spoken);
	}
	if (status != STATUS_OK) {
		return status;
	}
	const frames_t gap = frames_from_ms(maker->voice->sentence_gap_ms);
	*out = clip_create(text, maker->spoken.count, maker_rate(maker), gap);
	return *out != NULL ? STATUS_OK : STATUS_NO_MEM;
}

static void shape_part(struct maker *maker, struct clip *clip)
{
	size_t count = 0;
	clip_trim_part(clip);
	int16_t *samples = clip_open_part(clip, &count);
	shape_sentence(&maker->shape, samples, count);
	clip_close_part(clip);
}

void maker_step(struct maker *maker, struct clip *clip, wanted_fn *wanted, const void *arg)
{
	const struct sentence *sentence = &maker->spoken.sentences[clip->part_ready];
	struct sentence_sink sink = {
		.spoken = &maker->spoken,
		.sentence = sentence,
		.clip = clip,
		.wanted = wanted,
		.arg = arg,
	};
	const struct synth_sink calls = {
		.arg = &sink, .samples = take_samples, .word = take_word
	};
	const enum status status =
			synth_run(maker->synth, maker->spoken.text + sentence->at, &calls);
	if (sink.status != STATUS_OK || status != STATUS_OK) {
		log_error("speech", "cannot say \"%.60s\": %s", clip->text,
				status_string(sink.status != STATUS_OK ? sink.status : status));
		sink.dropped = true;
	}
	shape_part(maker, clip);
	if (sink.dropped) {
		clip_end(clip);
	}
}
