/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/text.h"

#include "ease/memory.h"
#include "ease/phrase.h"

#include <stdbool.h>
#include <string.h>

#define WORD_MS 414     /* 145 words a minute */
#define SENTENCE_MS 600 /* the gap after one */

enum placeholder {
	HOLD_TARGET,
	HOLD_CEILING,
	HOLD_VALUE,
	HOLD_OTHER,
	HOLD_MINUTES,
	HOLD_SECONDS,
	HOLD_COUNT,
	HOLD_SIDE,
	HOLD_AREA,
	HOLD_TITLE,
	HOLD_WORD,
	HOLD_EMERGENCY,
	HOLD_INCHES,
	HOLD_DEGREES,
	HOLD_OILS,
	PLACEHOLDER_COUNT,
};

static const char *const names[] = {
	[HOLD_TARGET] = "target",
	[HOLD_CEILING] = "ceiling",
	[HOLD_VALUE] = "value",
	[HOLD_OTHER] = "other",
	[HOLD_MINUTES] = "minutes",
	[HOLD_SECONDS] = "seconds",
	[HOLD_COUNT] = "count",
	[HOLD_SIDE] = "side",
	[HOLD_AREA] = "area",
	[HOLD_TITLE] = "title",
	[HOLD_WORD] = "word",
	[HOLD_EMERGENCY] = "emergency",
	[HOLD_INCHES] = "inches",
	[HOLD_DEGREES] = "degrees",
	[HOLD_OILS] = "oils",
};

_Static_assert(sizeof(names) / sizeof(names[0]) == PLACEHOLDER_COUNT, "one name per placeholder");

static const char *const areas[] = {
	[AREA_NONE] = "none",
	[AREA_WAIST] = "waist",
	[AREA_HIP] = "hip",
	[AREA_RIBS] = "ribs",
};

_Static_assert(sizeof(areas) / sizeof(areas[0]) == AREA_COUNT, "one name per area");

const char *area_name(enum area area)
{
	return areas[area];
}

struct writer {
	char *out;
	size_t size;
	size_t used;
	bool full;
};

static void put(struct writer *w, const char *bytes, size_t count)
{
	if (w->full || count >= w->size - w->used) {
		w->full = true;
		return;
	}
	memcpy(w->out + w->used, bytes, count);
	w->used += count;
	w->out[w->used] = '\0';
}

static void put_string(struct writer *w, const char *text)
{
	if (text != NULL) {
		put(w, text, strlen(text));
	}
}

static void put_number(struct writer *w, int32_t number)
{
	char digits[12];
	size_t at = sizeof digits;
	uint32_t rest = number < 0 ? 0u - (uint32_t)number : (uint32_t)number;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0) {
		digits[--at] = '-';
	}
	put(w, digits + at, sizeof digits - at);
}

/* 25 is 2.5. */
static void put_tenths(struct writer *w, int32_t tenths)
{
	put_number(w, tenths / 10);
	if (tenths % 10 != 0) {
		put_string(w, ".");
		put_number(w, tenths % 10);
	}
}

static void put_range(struct writer *w, struct range tenths, const char *const *phrases)
{
	put_tenths(w, tenths.min);
	if (tenths.max > tenths.min) {
		put_string(w, " ");
		put_string(w, phrases[PHRASE_TO]);
		put_string(w, " ");
		put_tenths(w, tenths.max);
	}
}

/* The placeholder between the braces, or PLACEHOLDER_COUNT. */
static enum placeholder find(const char *name, size_t length)
{
	for (size_t i = 0; i < PLACEHOLDER_COUNT; i++) {
		if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0) {
			return (enum placeholder)i;
		}
	}
	return PLACEHOLDER_COUNT;
}

static const char *side_word(const struct text_args *args, const char *const *phrases)
{
	switch (args->side) {
	case SIDE_LEFT:
		return phrases[PHRASE_LEFT];
	case SIDE_RIGHT:
		return phrases[PHRASE_RIGHT];
	case SIDE_NONE:
		break;
	}
	return NULL;
}

static const char *area_words(const struct text_args *args, const char *const *phrases)
{
	switch (args->area) {
	case AREA_WAIST:
		return phrases[PHRASE_AREA_WAIST];
	case AREA_HIP:
		return phrases[PHRASE_AREA_HIP];
	case AREA_RIBS:
		return phrases[PHRASE_AREA_RIBS];
	case AREA_NONE:
	case AREA_COUNT:
		break;
	}
	return NULL;
}

/* S7, S52: "almond, grapeseed or coconut oil", without those that were ruled out. */
static void put_oils(struct writer *w, uint32_t facts, const char *const *phrases)
{
	static const struct {
		enum fact out;
		enum phrase name;
	} oils[] = {
		{ FACT_NO_ALMOND, PHRASE_OIL_ALMOND },
		{ FACT_NO_GRAPESEED, PHRASE_OIL_GRAPESEED },
		{ FACT_NO_COCONUT, PHRASE_OIL_COCONUT },
	};
	const size_t count = sizeof(oils) / sizeof(oils[0]);
	size_t left = 0;

	for (size_t i = 0; i < count; i++) {
		left += (facts & fact_bit(oils[i].out)) == 0;
	}
	if (left == 0) {
		put_string(w, phrases[PHRASE_OIL_NONE]);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if ((facts & fact_bit(oils[i].out)) != 0) {
			continue;
		}
		put_string(w, phrases[oils[i].name]);
		left--;
		put_string(w, left > 1 ? ", " : " ");
		if (left == 1) {
			put_string(w, phrases[PHRASE_OR]);
			put_string(w, " ");
		}
	}
	put_string(w, phrases[PHRASE_OIL]);
}

static void fill(struct writer *w, enum placeholder placeholder, const struct text_args *args,
		const char *const *phrases)
{
	const bool metric = args->measure == MEASURE_METRIC;

	switch (placeholder) {
	case HOLD_TARGET:
		put_number(w, args->target);
		break;
	case HOLD_CEILING:
		put_number(w, args->ceiling);
		break;
	case HOLD_VALUE:
		put_number(w, args->value);
		break;
	case HOLD_OTHER:
		put_number(w, args->other);
		break;
	case HOLD_MINUTES:
		put_number(w, args->minutes);
		break;
	case HOLD_SECONDS:
		put_number(w, args->seconds);
		break;
	case HOLD_COUNT:
		put_number(w, args->count);
		break;
	case HOLD_SIDE:
		put_string(w, side_word(args, phrases));
		break;
	case HOLD_AREA:
		put_string(w, area_words(args, phrases));
		break;
	case HOLD_TITLE:
		put_string(w, args->title);
		break;
	case HOLD_WORD:
		put_string(w, args->word);
		break;
	case HOLD_EMERGENCY:
		put_string(w, args->emergency);
		break;
	case HOLD_INCHES:
		put_string(w, phrases[metric ? PHRASE_CENTIMETRES : PHRASE_INCHES]);
		break;
	case HOLD_DEGREES:
		put_string(w, phrases[metric ? PHRASE_CELSIUS : PHRASE_FAHRENHEIT]);
		break;
	case HOLD_OILS:
		put_oils(w, args->facts, phrases);
		break;
	case PLACEHOLDER_COUNT:
		break;
	}
}

/* What stands in braces: a placeholder, or PLACEHOLDER_COUNT and the name of a figure. */
struct hole {
	enum placeholder placeholder;
	const char *name;
	size_t length;
	bool known;
};

/*
 * The next hole of *rest, which moves behind it; the plain text before it is *rest as it was and
 * *plain bytes long. False: there is none. It is not known where nothing has its name, or where it
 * is not closed.
 */
static bool next(const char **rest, size_t *plain, struct hole *found)
{
	const char *open = strchr(*rest, '{');
	const char *close;
	struct range tenths;

	if (open == NULL) {
		return false;
	}
	*plain = (size_t)(open - *rest);
	close = strchr(open, '}');
	*rest = close == NULL ? open + 1 : close + 1;
	*found = (struct hole){ .name = open + 1, .placeholder = PLACEHOLDER_COUNT };
	if (close != NULL) {
		found->length = (size_t)(close - open) - 1;
		found->placeholder = find(found->name, found->length);
		found->known = found->placeholder != PLACEHOLDER_COUNT ||
			       figure_of(found->name, found->length, MEASURE_IMPERIAL, &tenths);
	}
	return true;
}

static void fill_hole(struct writer *w, const struct hole *hole, const struct text_args *args,
		const char *const *phrases)
{
	struct range tenths;

	if (hole->placeholder != PLACEHOLDER_COUNT) {
		fill(w, hole->placeholder, args, phrases);
	} else if (figure_of(hole->name, hole->length, args->measure, &tenths)) {
		put_range(w, tenths, phrases);
	}
}

enum status text_render(const char *template, const struct text_args *args,
		const char *const *phrases, char *out, size_t size)
{
	struct writer w = { .out = out, .size = size };
	const char *rest = template;
	const char *from = template;
	size_t plain = 0;
	struct hole found = { .known = false };

	if (size == 0) {
		return STATUS_NO_SPACE;
	}
	out[0] = '\0';
	while (next(&rest, &plain, &found)) {
		if (!found.known) {
			out[0] = '\0';
			return STATUS_BAD_DATA;
		}
		put(&w, from, plain);
		fill_hole(&w, &found, args, phrases);
		from = rest;
	}
	put_string(&w, from);
	if (w.full) {
		out[0] = '\0';
		return STATUS_NO_SPACE;
	}
	return STATUS_OK;
}

enum status text_check(const char *template)
{
	const char *rest = template;
	size_t plain = 0;
	struct hole found = { .known = false };

	while (next(&rest, &plain, &found)) {
		if (!found.known) {
			return STATUS_BAD_DATA;
		}
	}
	return STATUS_OK;
}

int32_t text_duration_ms(const char *template)
{
	int32_t length = 0;
	bool inside = false;

	for (const char *c = template; *c != '\0'; c++) {
		const bool blank = strchr(" \t\r\n", *c) != NULL;
		if (!blank && !inside) {
			length += WORD_MS;
		}
		if (strchr(".?!", *c) != NULL) {
			length += SENTENCE_MS;
		}
		inside = !blank;
	}
	return length;
}
