/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain.h"

#include <stddef.h>
#include <stdint.h>

/* The lead byte's share of a sequence, by number of bytes, and the least code point it may carry.
 */
static const struct {
	unsigned char mask;
	unsigned char lead;
	uint32_t least;
} forms[] = {
	{ 0x80, 0x00, 0x0 },
	{ 0xe0, 0xc0, 0x80 },
	{ 0xf0, 0xe0, 0x800 },
	{ 0xf8, 0xf0, 0x10000 },
};

#define FORM_COUNT (sizeof(forms) / sizeof(forms[0]))

/* Reads one code point and returns its bytes, or 0 when there is no well-formed one. */
static size_t decode(const char *text, uint32_t *out)
{
	const unsigned char lead = (unsigned char)text[0];
	size_t extra = 0;
	while (extra < FORM_COUNT && (lead & forms[extra].mask) != forms[extra].lead) {
		extra++;
	}
	if (extra == FORM_COUNT) {
		return 0;
	}
	uint32_t point = lead & (unsigned char)~forms[extra].mask;
	for (size_t i = 1; i <= extra; i++) {
		const unsigned char next = (unsigned char)text[i];
		if ((next & 0xc0) != 0x80) {
			return 0;
		}
		point = point << 6 | (next & 0x3f);
	}
	const bool surrogate = point >= 0xd800 && point <= 0xdfff;
	if (point < forms[extra].least || point > 0x10ffff || surrogate) {
		return 0;
	}
	*out = point;
	return extra + 1;
}

bool plain_text(const char *text)
{
	while (*text != '\0') {
		uint32_t point = 0;
		const size_t bytes = decode(text, &point);
		if (bytes == 0 || point < 0x20 || (point >= 0x7f && point <= 0x9f)) {
			return false;
		}
		text += bytes;
	}
	return true;
}
