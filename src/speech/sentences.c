/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/sentences.h"

#include "ease/codepoint.h"
#include "speech/lexicon.h"

#include <string.h>

/* Kept free for what must be said, whatever the lexicon wants. */
#define SPOKEN_RESERVE (SPOKEN_MAX - 4 * GLYPHS_MAX / 2)

static const char *const never_ends[] = { "e.g", "i.e", "dr", "mr", "mrs", "ms", "st", "vs", "cf",
	"approx" };
/* These end a sentence unless it goes on in lower case. */
static const char *const may_end[] = { "etc", "min", "sec", "cm", "mm", "a.m", "p.m" };

/* Reads glyphs from at on, writes out. */
struct split {
	const struct glyphs *glyphs;
	const struct voice_speech *voice;
	struct spoken *out;
	size_t at;
	bool open;  /* a sentence has begun */
	bool sound; /* and holds something that can be heard */
};

static uint32_t code_at(const struct split *split, size_t index)
{
	return index < split->glyphs->count ? split->glyphs->glyph[index].code : 0;
}

static bool is_gap(uint32_t code)
{
	return code == ' ' || code == GLYPH_PARAGRAPH || code == 0;
}

static char lower(uint32_t code)
{
	return (char)(code >= 'A' && code <= 'Z' ? code | 0x20U : code);
}

static enum status emit(struct split *split, uint32_t code, struct origin origin)
{
	struct spoken *out = split->out;
	if (out->length + 5 > SPOKEN_MAX) {
		return STATUS_NO_SPACE;
	}
	out->length += codepoint_write(code, out->text + out->length);
	out->origins[out->characters] = origin;
	out->characters++;
	return STATUS_OK;
}

static enum status open(struct split *split)
{
	struct spoken *out = split->out;
	if (out->count == SENTENCES_MAX) {
		return STATUS_NO_SPACE;
	}
	out->sentences[out->count] =
			(struct sentence){ .at = out->length, .first = out->characters };
	split->open = true;
	split->sound = false;
	return STATUS_OK;
}

/* Ends the open sentence, or forgets it if there is nothing to hear in it. */
static void close(struct split *split)
{
	struct spoken *out = split->out;
	struct sentence *sentence = &out->sentences[out->count];
	if (!split->open) {
		return;
	}
	split->open = false;
	if (!split->sound) {
		out->length = sentence->at;
		out->characters = sentence->first;
		return;
	}
	while (out->text[out->length - 1] == ' ') {
		out->length--;
		out->characters--;
	}
	sentence->characters = out->characters - sentence->first;
	out->text[out->length] = '\0';
	out->length++;
	out->count++;
}

/* Copies the glyphs from..to as lower-case ASCII; false when they are no such word. */
static bool copy_word(const struct split *split, size_t from, size_t to, char *out, size_t size)
{
	if (to - from >= size) {
		return false;
	}
	for (size_t i = from; i < to; i++) {
		if (code_at(split, i) >= 0x80) {
			return false;
		}
		out[i - from] = lower(code_at(split, i));
	}
	out[to - from] = '\0';
	return true;
}

static bool stands_in(const char *word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(word, list[i]) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether the full stop at index belongs to an abbreviation and ends nothing. */
static bool is_abbreviation(const struct split *split, size_t index)
{
	size_t from = index;
	while (from > 0 && !is_gap(code_at(split, from - 1))) {
		from--;
	}
	if (code_at(split, from) == '(') {
		from++;
	}
	char word[LEXICON_WORD_MAX];
	if (!copy_word(split, from, index, word, sizeof(word))) {
		return false;
	}
	if (stands_in(word, never_ends, sizeof(never_ends) / sizeof(never_ends[0]))) {
		return true;
	}
	const uint32_t next = code_at(split, index + 2);
	return next >= 'a' && next <= 'z' &&
	       stands_in(word, may_end, sizeof(may_end) / sizeof(may_end[0]));
}

/* Whether the mark at index is the last of its sentence. */
static bool ends_sentence(const struct split *split, size_t index)
{
	const uint32_t code = code_at(split, index);
	size_t next = index + 1;
	if (code != '.' && code != '!' && code != '?') {
		return false;
	}
	if (code_at(split, next) == ')') {
		next++;
	}
	return is_gap(code_at(split, next)) && !(code == '.' && is_abbreviation(split, index));
}

/* eSpeak says nothing at all for phonemes that stand directly behind a bracket or a dash. */
static bool needs_space(const struct spoken *out)
{
	return out->length > out->sentences[out->count].at && out->text[out->length - 1] != ' ';
}

static enum status emit_phonemes(struct split *split, const char *phonemes, struct origin origin)
{
	enum status status = STATUS_OK;
	const char *const pieces[] = { needs_space(split->out) ? " [[" : "[[", phonemes, "]]" };
	for (size_t i = 0; i < 3; i++) {
		for (const char *c = pieces[i]; *c != '\0' && status == STATUS_OK; c++) {
			status = emit(split, (unsigned char)*c, origin);
		}
	}
	return status;
}

/* The glyphs up to end, which belong together. */
static enum status emit_plain(struct split *split, size_t end)
{
	const uint16_t to = split->glyphs->glyph[end - 1].to;
	enum status status = STATUS_OK;
	while (split->at < end && status == STATUS_OK) {
		const struct glyph *glyph = &split->glyphs->glyph[split->at];
		status = emit(split, glyph->code, (struct origin){ .from = glyph->from, .to = to });
		split->at++;
	}
	return status;
}

static enum status word(struct split *split)
{
	const size_t begin = split->at;
	size_t end = begin;
	while (glyph_is_letter(code_at(split, end)) || glyph_is_digit(code_at(split, end)) ||
			code_at(split, end) == '\'') {
		end++;
	}
	split->sound = true;
	char text[LEXICON_WORD_MAX];
	const char *phonemes = copy_word(split, begin, end, text, sizeof(text))
					       ? lexicon_find(split->voice, text)
					       : NULL;
	if (phonemes == NULL || split->out->length + LEXICON_PHONEMES_MAX > SPOKEN_RESERVE) {
		return emit_plain(split, end);
	}
	split->at = end;
	const struct origin origin = { .from = split->glyphs->glyph[begin].from,
		.to = split->glyphs->glyph[end - 1].to };
	return emit_phonemes(split, phonemes, origin);
}

/* Everything between two words. */
static enum status mark(struct split *split)
{
	const uint32_t code = code_at(split, split->at);
	if (code == GLYPH_PARAGRAPH) {
		close(split);
		split->at++;
		return STATUS_OK;
	}
	if (code == ' ' && !split->open) {
		split->at++;
		return STATUS_OK;
	}
	const bool last = ends_sentence(split, split->at);
	const enum status status = emit_plain(split, split->at + 1);
	if (last) {
		close(split);
	}
	return status;
}

enum status sentences_split(
		const struct glyphs *glyphs, const struct voice_speech *voice, struct spoken *out)
{
	struct split split = { .glyphs = glyphs, .voice = voice, .out = out };
	out->length = 0;
	out->characters = 0;
	out->count = 0;
	enum status status = STATUS_OK;
	while (split.at < glyphs->count && status == STATUS_OK) {
		const uint32_t code = code_at(&split, split.at);
		if (!split.open && !is_gap(code)) {
			status = open(&split);
		}
		if (status == STATUS_OK) {
			const bool spoken = glyph_is_letter(code) || glyph_is_digit(code);
			status = spoken ? word(&split) : mark(&split);
		}
	}
	close(&split);
	return status;
}
