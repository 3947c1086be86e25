/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/normalize.h"

#include "ease/codepoint.h"

#include <stdbool.h>
#include <string.h>

#define EN_DASH 0x2013
#define EM_DASH 0x2014
#define ELLIPSIS 0x2026
#define TIMES 0xd7
#define DROP 0 /* no space in its place either */

/* First to last code point, both included, and what each of them becomes. */
struct swap {
	uint32_t first;
	uint32_t last;
	uint32_t becomes;
};

static const struct swap swaps[] = {
	{ '\n', '\n', '\n' },
	{ 0x00, 0x1f, ' ' },
	{ '"', '"', DROP },
	{ '#', '#', ' ' },
	{ '*', '*', ' ' },
	{ '<', '<', ' ' },
	{ '>', '>', ' ' },
	{ '@', '@', ' ' },
	{ '[', ']', ' ' },
	{ '^', '_', ' ' },
	{ '`', '`', '\'' },
	{ '{', '~', ' ' },
	{ 0x7f, 0xa0, ' ' },
	{ 0xab, 0xab, DROP },
	{ 0xad, 0xad, DROP },
	{ 0xb4, 0xb4, '\'' },
	{ 0xbb, 0xbb, DROP },
	{ 0x2bc, 0x2bc, '\'' },
	{ 0x2000, 0x200a, ' ' },
	{ 0x200b, 0x200f, DROP },
	{ 0x2010, 0x2011, '-' },
	{ 0x2012, 0x2013, EN_DASH },
	{ 0x2014, 0x2015, EM_DASH },
	{ 0x2018, 0x201b, '\'' },
	{ 0x201c, 0x201f, DROP },
	{ 0x2026, 0x2026, ELLIPSIS },
	{ 0x2028, 0x2029, '\n' },
	{ 0x202a, 0x202e, DROP },
	{ 0x202f, 0x202f, ' ' },
	{ 0x205f, 0x205f, ' ' },
	{ 0x2060, 0x2064, DROP },
	{ 0x2212, 0x2212, EN_DASH },
	{ 0x2190, 0x2bff, ' ' }, /* arrows, boxes, dingbats: eSpeak would name them */
	{ 0x3000, 0x3000, ' ' },
	{ 0xe000, 0xf8ff, ' ' }, /* private use: eSpeak takes some as commands */
	{ 0xfe00, 0xfe0f, DROP },
	{ 0xfeff, 0xfeff, DROP },
	{ 0xfff0, 0xffff, ' ' },
	{ 0x1f000, 0x10ffff, ' ' },
};

int glyph_is_digit(uint32_t code)
{
	return code >= '0' && code <= '9';
}

int glyph_is_letter(uint32_t code)
{
	const uint32_t lower = code | 0x20;
	return (lower >= 'a' && lower <= 'z') ||
	       (code >= 0xc0 && code < 0x2000 && code != TIMES && code != 0xf7);
}

static bool is_upper(uint32_t code)
{
	return (code >= 'A' && code <= 'Z') || (code >= 0xc0 && code <= 0xde && code != TIMES);
}

static bool is_word(uint32_t code)
{
	return glyph_is_letter(code) || glyph_is_digit(code);
}

static uint32_t swapped(uint32_t code)
{
	for (size_t i = 0; i < sizeof(swaps) / sizeof(swaps[0]); i++) {
		if (code >= swaps[i].first && code <= swaps[i].last) {
			return swaps[i].becomes;
		}
	}
	return code;
}

static enum status put(struct glyphs *out, uint32_t code, uint16_t from, uint16_t to)
{
	if (out->count == GLYPHS_MAX) {
		return STATUS_NO_SPACE;
	}
	out->glyph[out->count] = (struct glyph){ .code = code, .from = from, .to = to };
	out->count++;
	return STATUS_OK;
}

static bool is_ascii_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Bytes up to and with the next '>', or 0 where another '<' comes first. */
static size_t bracket_length(const char *text, size_t length)
{
	for (size_t i = 1; i < length && text[i] != '<'; i++) {
		if (text[i] == '>') {
			return i + 1;
		}
	}
	return 0;
}

/* Whether a name stands at text, and behind it no more than attributes can: "y and y" is text. */
static bool is_tag_body(const char *text, size_t length)
{
	size_t name = 0;
	while (name < length &&
			(is_ascii_letter(text[name]) || glyph_is_digit((uint32_t)text[name]))) {
		name++;
	}
	if (name == 0 || !is_ascii_letter(text[0])) {
		return false;
	}
	return name == length || text[length - 1] == '/' ||
	       (text[name] == ' ' && memchr(text + name, '=', length - name) != NULL);
}

/*
 * Bytes of the tag or comment that begins at text, or 0: "a < b" and "x<y and y>z" hold none.
 * Directly behind a word only a closing tag is taken for one.
 */
static size_t tag_length(const char *text, size_t length, bool behind_word)
{
	if (length < 3 || text[0] != '<') {
		return 0;
	}
	const bool closes = text[1] == '/';
	const size_t all = behind_word && !closes ? 0 : bracket_length(text, length);
	if (all < 3) {
		return 0;
	}
	const size_t body = closes ? 2 : 1;
	const bool instructs = text[1] == '!' || text[1] == '?';
	return instructs || is_tag_body(text + body, all - body - 1) ? all : 0;
}

/* The first pass: bytes into glyphs without markup. */
static enum status clean(const char *text, size_t length, struct glyphs *out)
{
	size_t used = 0;
	for (size_t i = 0; i < length; i += used) {
		uint32_t code = ' ';
		const bool behind_word = out->count > 0 && is_word(out->glyph[out->count - 1].code);
		used = tag_length(text + i, length - i, behind_word);
		if (used == 0) {
			used = codepoint_read(text + i, length - i, &code);
			code = used != 0 ? swapped(code) : ' ';
		}
		if (used == 0) {
			used = 1;
		}
		if (code == DROP) {
			continue;
		}
		const enum status status = put(out, code, (uint16_t)i, (uint16_t)(i + used));
		if (status != STATUS_OK) {
			return status;
		}
	}
	return STATUS_OK;
}

/* The second pass reads raw from at on and writes out. */
struct pass {
	const struct glyphs *raw;
	struct glyphs *out;
	size_t at;
};

/* The code point at index, or 0 where there is none. */
static uint32_t code_at(const struct pass *pass, size_t index)
{
	return index < pass->raw->count ? pass->raw->glyph[index].code : 0;
}

static size_t skip_space(const struct pass *pass, size_t index)
{
	while (code_at(pass, index) == ' ' || code_at(pass, index) == '\n') {
		index++;
	}
	return index;
}

static size_t skip_digits(const struct pass *pass, size_t index)
{
	while (glyph_is_digit(code_at(pass, index))) {
		index++;
	}
	return index;
}

/* The last code point written, or 0. */
static uint32_t last_code(const struct pass *pass)
{
	return pass->out->count > 0 ? pass->out->glyph[pass->out->count - 1].code : 0;
}

/* The last one that is no space. */
static uint32_t last_solid(const struct pass *pass)
{
	size_t i = pass->out->count;
	while (i > 0 && pass->out->glyph[i - 1].code == ' ') {
		i--;
	}
	return i > 0 ? pass->out->glyph[i - 1].code : 0;
}

static void drop_spaces(struct pass *pass)
{
	while (last_code(pass) == ' ') {
		pass->out->count--;
	}
}

/* Words (ASCII) that stand for the bytes from..to; a space is never doubled. */
static enum status append(struct pass *pass, const char *words, uint16_t from, uint16_t to)
{
	enum status status = STATUS_OK;
	for (const char *c = words; *c != '\0' && status == STATUS_OK; c++) {
		if (*c != ' ' || (last_code(pass) != ' ' && last_code(pass) != 0)) {
			status = put(pass->out, (unsigned char)*c, from, to);
		}
	}
	return status;
}

/* Says words in the place of the next count glyphs. */
static enum status say(struct pass *pass, const char *words, size_t count)
{
	const uint16_t from = pass->raw->glyph[pass->at].from;
	const uint16_t to = pass->raw->glyph[pass->at + count - 1].to;
	pass->at += count;
	return append(pass, words, from, to);
}

static enum status keep(struct pass *pass)
{
	const struct glyph *glyph = &pass->raw->glyph[pass->at];
	pass->at++;
	return put(pass->out, glyph->code, glyph->from, glyph->to);
}

static enum status keep_until(struct pass *pass, size_t end)
{
	enum status status = STATUS_OK;
	while (pass->at < end && status == STATUS_OK) {
		status = keep(pass);
	}
	return status;
}

static enum status space(struct pass *pass)
{
	const size_t end = skip_space(pass, pass->at);
	unsigned breaks = 0;
	for (size_t i = pass->at; i < end; i++) {
		breaks += code_at(pass, i) == '\n';
	}
	if (breaks < 2) {
		return say(pass, " ", end - pass->at);
	}
	drop_spaces(pass);
	const uint16_t from = pass->raw->glyph[pass->at].from;
	pass->at = end;
	return put(pass->out, GLYPH_PARAGRAPH, from, from);
}

static enum status apostrophe(struct pass *pass)
{
	if (is_word(last_code(pass)) && is_word(code_at(pass, pass->at + 1))) {
		return keep(pass);
	}
	pass->at++;
	return STATUS_OK;
}

/* "70-75", "5 – 10", "L1–L5" are ranges; other dashes join words or part them. */
static enum status dash(struct pass *pass, uint32_t code)
{
	const size_t next = skip_space(pass, pass->at + 1);
	const uint32_t after = code_at(pass, next);
	const bool tight = is_word(last_code(pass)) && next == pass->at + 1 && is_word(after);
	const bool number = glyph_is_digit(after) ||
			    (glyph_is_letter(after) && glyph_is_digit(code_at(pass, next + 1)));
	const bool even = (last_code(pass) == ' ') == (next > pass->at + 1);
	if (glyph_is_digit(last_solid(pass)) && number && (even || code != '-')) {
		return say(pass, " to ", next - pass->at);
	}
	if (tight && code != EM_DASH) {
		return say(pass, "-", 1);
	}
	if (code == '-' && glyph_is_digit(code_at(pass, pass->at + 1))) {
		return say(pass, "minus ", 1);
	}
	if (!is_word(last_solid(pass)) || after == 0) {
		return say(pass, " ", 1);
	}
	drop_spaces(pass);
	return say(pass, ", ", next - pass->at);
}

static bool reads(const struct pass *pass, size_t from, size_t to, const char *word)
{
	const size_t length = strlen(word);
	if (to - from != length) {
		return false;
	}
	for (size_t i = 0; i < length; i++) {
		if (code_at(pass, from + i) != (unsigned char)word[i]) {
			return false;
		}
	}
	return true;
}

/* "7/10" is a rating; the usual fractions have names. */
static enum status fraction(struct pass *pass, size_t slash)
{
	static const struct {
		const char *digits;
		const char *words;
	} names[] = {
		{ "1/2", "a half" },
		{ "1/3", "a third" },
		{ "2/3", "two thirds" },
		{ "1/4", "a quarter" },
		{ "3/4", "three quarters" },
	};
	const size_t end = skip_digits(pass, slash + 1);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (reads(pass, pass->at, end, names[i].digits)) {
			return say(pass, names[i].words, end - pass->at);
		}
	}
	const enum status status = keep_until(pass, slash);
	return status == STATUS_OK ? say(pass, " out of ", 1) : status;
}

/* What the letters from..to mean behind a number that is one or not, or NULL. */
static const char *unit_name(const struct pass *pass, size_t from, size_t to, bool one)
{
	static const struct {
		const char *sign;
		const char *one;
		const char *many;
	} units[] = {
		{ "s", " second", " seconds" },
		{ "sec", " second", " seconds" },
		{ "min", " minute", " minutes" },
		{ "mm", " millimetre", " millimetres" },
		{ "cm", " centimetre", " centimetres" },
		{ "x", " times", " times" },
	};
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (reads(pass, from, to, units[i].sign)) {
			return one ? units[i].one : units[i].many;
		}
	}
	return NULL;
}

static enum status number(struct pass *pass)
{
	const size_t begin = pass->at;
	const size_t end = skip_digits(pass, begin);
	if (code_at(pass, end) == '/' && glyph_is_digit(code_at(pass, end + 1))) {
		return fraction(pass, end);
	}
	const bool one = end - begin == 1 && code_at(pass, begin) == '1' && last_code(pass) != '.';
	const enum status status = keep_until(pass, end);
	const size_t unit = skip_space(pass, end);
	size_t unit_end = unit;
	while (is_word(code_at(pass, unit_end))) {
		unit_end++;
	}
	/* "the 1970s" */
	const bool decade = unit == end && end - begin > 3 && reads(pass, unit, unit_end, "s");
	const char *name = decade ? NULL : unit_name(pass, unit, unit_end, one);
	if (status != STATUS_OK || name == NULL) {
		return status;
	}
	pass->at = unit;
	return say(pass, name, unit_end - unit);
}

/* A word stays as it is, but for "x3" and "3x10". */
static enum status word(struct pass *pass)
{
	const size_t digits = skip_digits(pass, pass->at + 1);
	size_t end = pass->at;
	while (is_word(code_at(pass, end))) {
		end++;
	}
	if (code_at(pass, pass->at) != 'x' || digits == pass->at + 1) {
		return keep_until(pass, end);
	}
	if (pass->at > 0 && glyph_is_digit(code_at(pass, pass->at - 1))) {
		return say(pass, " times ", 1);
	}
	if (digits != end) {
		return keep_until(pass, end);
	}
	const struct glyph sign = pass->raw->glyph[pass->at];
	pass->at++;
	const enum status status = keep_until(pass, end);
	return status == STATUS_OK ? append(pass, " times", sign.from, sign.to) : status;
}

/* "yes/no" offers two; in "and/or" the "or" is there already. */
static enum status slash(struct pass *pass)
{
	size_t end = pass->at + 1;
	while (is_word(code_at(pass, end))) {
		end++;
	}
	const bool offers = is_word(last_code(pass)) && !reads(pass, pass->at + 1, end, "or");
	return say(pass, offers ? " or " : " ", 1);
}

static enum status ellipsis(struct pass *pass, size_t count)
{
	const uint32_t after = code_at(pass, skip_space(pass, pass->at + count));
	if (!is_word(last_solid(pass))) {
		return say(pass, " ", count);
	}
	drop_spaces(pass);
	return say(pass, after == 0 || is_upper(after) ? "." : ",", count);
}

static size_t count_dots(const struct pass *pass)
{
	size_t count = 0;
	while (code_at(pass, pass->at + count) == '.') {
		count++;
	}
	return count;
}

static enum status sign(struct pass *pass, uint32_t code)
{
	switch (code) {
	case ' ':
	case '\n':
		return space(pass);
	case '\'':
		return apostrophe(pass);
	case '-':
	case EN_DASH:
	case EM_DASH:
		return dash(pass, code);
	case '&':
		return say(pass, " and ", 1);
	case TIMES:
		return say(pass, " times ", 1);
	case '/':
		return slash(pass);
	case ELLIPSIS:
		return ellipsis(pass, 1);
	case '.':
		return count_dots(pass) > 1 ? ellipsis(pass, count_dots(pass)) : keep(pass);
	default:
		return keep(pass);
	}
}

enum status normalize(const char *text, size_t length, struct glyphs *raw, struct glyphs *out)
{
	raw->count = 0;
	out->count = 0;
	if (length > UINT16_MAX) {
		return STATUS_NO_SPACE;
	}
	enum status status = clean(text, length, raw);
	struct pass pass = { .raw = raw, .out = out };
	while (status == STATUS_OK && pass.at < raw->count) {
		const uint32_t code = code_at(&pass, pass.at);
		if (glyph_is_digit(code)) {
			status = number(&pass);
		} else if (glyph_is_letter(code)) {
			status = word(&pass);
		} else {
			status = sign(&pass, code);
		}
	}
	return status;
}
