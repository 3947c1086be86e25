/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/phones.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 64 /* phones of a row that are compared */

enum manner {
	VOWEL,
	STOP,
	AFFRICATE,
	FRICATIVE,
	NASAL,
	LIQUID, /* L, R, W, Y */
};

/* How a phone is made. A vowel begins and ends at a height (0 open to 3 close) and a place (0 front
 * to 2 back); a consonant stands at one place, from 0 at the lips to 7 in the throat. */
struct phone {
	const char *name;
	enum manner manner;
	int voiced; /* of a vowel: 1 has the colour of R */
	int height[2];
	int place[2];
};

static const struct phone phones[] = {
	{ "AA", VOWEL, 0, { 0, 0 }, { 2, 2 } },
	{ "AE", VOWEL, 0, { 0, 0 }, { 0, 0 } },
	{ "AH", VOWEL, 0, { 1, 1 }, { 1, 1 } },
	{ "AO", VOWEL, 0, { 1, 1 }, { 2, 2 } },
	{ "AW", VOWEL, 0, { 0, 3 }, { 1, 2 } },
	{ "AY", VOWEL, 0, { 0, 3 }, { 1, 0 } },
	{ "EH", VOWEL, 0, { 1, 1 }, { 0, 0 } },
	{ "ER", VOWEL, 1, { 1, 1 }, { 1, 1 } },
	{ "EY", VOWEL, 0, { 2, 3 }, { 0, 0 } },
	{ "IH", VOWEL, 0, { 2, 2 }, { 0, 0 } },
	{ "IY", VOWEL, 0, { 3, 3 }, { 0, 0 } },
	{ "OW", VOWEL, 0, { 2, 3 }, { 2, 2 } },
	{ "OY", VOWEL, 0, { 1, 3 }, { 2, 0 } },
	{ "UH", VOWEL, 0, { 2, 2 }, { 2, 2 } },
	{ "UW", VOWEL, 0, { 3, 3 }, { 2, 2 } },
	{ "B", STOP, 1, { 0 }, { 0 } },
	{ "CH", AFFRICATE, 0, { 0 }, { 4 } },
	{ "D", STOP, 1, { 0 }, { 3 } },
	{ "DH", FRICATIVE, 1, { 0 }, { 2 } },
	{ "F", FRICATIVE, 0, { 0 }, { 1 } },
	{ "G", STOP, 1, { 0 }, { 6 } },
	{ "HH", FRICATIVE, 0, { 0 }, { 7 } },
	{ "JH", AFFRICATE, 1, { 0 }, { 4 } },
	{ "K", STOP, 0, { 0 }, { 6 } },
	{ "L", LIQUID, 1, { 0 }, { 3 } },
	{ "M", NASAL, 1, { 0 }, { 0 } },
	{ "N", NASAL, 1, { 0 }, { 3 } },
	{ "NG", NASAL, 1, { 0 }, { 6 } },
	{ "P", STOP, 0, { 0 }, { 0 } },
	{ "R", LIQUID, 1, { 0 }, { 5 } },
	{ "S", FRICATIVE, 0, { 0 }, { 3 } },
	{ "SH", FRICATIVE, 0, { 0 }, { 4 } },
	{ "T", STOP, 0, { 0 }, { 3 } },
	{ "TH", FRICATIVE, 0, { 0 }, { 2 } },
	{ "V", FRICATIVE, 1, { 0 }, { 1 } },
	{ "W", LIQUID, 1, { 0 }, { 0 } },
	{ "Y", LIQUID, 1, { 0 }, { 6 } },
	{ "Z", FRICATIVE, 1, { 0 }, { 3 } },
	{ "ZH", FRICATIVE, 1, { 0 }, { 4 } },
};

static const struct phone unknown = { "", VOWEL, 0, { 9, 9 }, { 9, 9 } };

static const struct phone *find(const char *text, size_t length)
{
	for (size_t i = 0; i < sizeof(phones) / sizeof(phones[0]); i++) {
		if (strlen(phones[i].name) == length &&
				strncmp(phones[i].name, text, length) == 0) {
			return &phones[i];
		}
	}
	return &unknown;
}

const char *phones_wrong(const char *text)
{
	const char *at = text;

	for (;;) {
		const size_t length = strcspn(at, " ");
		if (find(at, length) == &unknown) {
			return at;
		}
		if (at[length] == '\0') {
			return NULL;
		}
		at += length + 1;
	}
}

size_t phones_count(const char *text)
{
	size_t count = text[0] != '\0';

	for (const char *at = text; *at != '\0'; at++) {
		count += *at == ' ';
	}
	return count;
}

static size_t read_row(const char *text, const struct phone *out[LONGEST])
{
	size_t count = 0;

	while (*text != '\0' && count < LONGEST) {
		const size_t length = strcspn(text, " ");
		out[count++] = find(text, length);
		text += length;
		text += *text == ' ';
	}
	return count;
}

static double between_vowels(const struct phone *a, const struct phone *b)
{
	int way = 0;

	for (int i = 0; i < 2; i++) {
		way += abs(a->height[i] - b->height[i]) + abs(a->place[i] - b->place[i]);
	}
	return fmin(0.12 * way, 0.8) + (a->voiced != b->voiced ? 0.2 : 0.0);
}

static double between_manners(enum manner a, enum manner b)
{
	if (a == b) {
		return a == LIQUID ? 0.25 : 0.0;
	}
	if (a == AFFRICATE || b == AFFRICATE) {
		return a == LIQUID || b == LIQUID || a == NASAL || b == NASAL ? 0.7 : 0.25;
	}
	return a == LIQUID || b == LIQUID ? 0.6 : 0.45;
}

static double between_consonants(const struct phone *a, const struct phone *b)
{
	return between_manners(a->manner, b->manner) +
	       fmin(0.08 * abs(a->place[0] - b->place[0]), 0.35) +
	       (a->voiced != b->voiced ? 0.2 : 0.0);
}

/* What R is to ER, W to UW and Y to IY. */
static int is_glide_of(const struct phone *liquid, const struct phone *vowel)
{
	static const char *const pairs[][2] = { { "R", "ER" }, { "W", "UW" }, { "Y", "IY" } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (strcmp(liquid->name, pairs[i][0]) == 0 &&
				strcmp(vowel->name, pairs[i][1]) == 0) {
			return 1;
		}
	}
	return 0;
}

static double substitution(const struct phone *a, const struct phone *b)
{
	if (a == b) {
		return 0.0;
	}
	if (a == &unknown || b == &unknown) {
		return 1.2;
	}
	if ((a->manner == VOWEL) != (b->manner == VOWEL)) {
		return is_glide_of(a, b) || is_glide_of(b, a) ? 0.4 : 1.2;
	}
	return a->manner == VOWEL ? between_vowels(a, b) : between_consonants(a, b);
}

/* What comes and goes easily costs less. */
static double presence(const struct phone *phone)
{
	static const char *const faint[] = { "AH", "IH", "HH", "ER" };

	for (size_t i = 0; i < sizeof(faint) / sizeof(faint[0]); i++) {
		if (strcmp(phone->name, faint[i]) == 0) {
			return 0.6;
		}
	}
	return phone->manner == VOWEL ? 1.0 : 0.8;
}

double phones_distance(const char *a, const char *b)
{
	const struct phone *left[LONGEST];
	const struct phone *right[LONGEST];
	double row[LONGEST + 1] = { 0.0 };
	const size_t rows = read_row(a, left);
	const size_t columns = read_row(b, right);

	for (size_t j = 0; j < columns; j++) {
		row[j + 1] = row[j] + presence(right[j]);
	}
	for (size_t i = 0; i < rows; i++) {
		double corner = row[0];
		row[0] += presence(left[i]);
		for (size_t j = 0; j < columns; j++) {
			const double above = row[j + 1];
			const double change = corner + substitution(left[i], right[j]);
			const double drop = above + presence(left[i]);
			const double add = row[j] + presence(right[j]);
			row[j + 1] = fmin(change, fmin(drop, add));
			corner = above;
		}
	}
	return row[columns];
}
