/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * normalize.h - what an author writes into what a synthesiser says well. Pure.
 *
 * Nothing in a text is ever an instruction to the synthesiser: tags, brackets, control characters
 * and pictures are taken out, quotes and dashes made plain, ranges, fractions and units spelled
 * ("70-75" is "70 to 75", "30 s" is "30 seconds"). Every character keeps the place it came from.
 */
#ifndef EASE_SPEECH_NORMALIZE_H
#define EASE_SPEECH_NORMALIZE_H

#include "ease/status.h"

#include <stddef.h>
#include <stdint.h>

#define GLYPHS_MAX 4096
#define GLYPH_PARAGRAPH '\n' /* the only control character left: a blank line */

struct glyph {
	uint32_t code; /* Unicode */
	uint16_t from; /* bytes of the text it stands for: first, and behind the last */
	uint16_t to;
};

struct glyphs {
	struct glyph glyph[GLYPHS_MAX];
	size_t count;
};

/* length at most UINT16_MAX. raw is working memory. STATUS_NO_SPACE when GLYPHS_MAX are too few. */
EASE_NODISCARD enum status normalize(
		const char *text, size_t length, struct glyphs *raw, struct glyphs *out);

/* A letter of any script that matters here, by code point. */
int glyph_is_letter(uint32_t code);
int glyph_is_digit(uint32_t code);

#endif
