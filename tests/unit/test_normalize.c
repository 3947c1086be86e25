/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp speech */
/* test_normalize.c - what is written against what is said, and nothing that eSpeak could obey. */
#include "ease/codepoint.h"
#include "speech/normalize.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct glyphs raw;
static struct glyphs out;

static void said(const char *text, char *buffer, size_t size)
{
	assert_int_equal(normalize(text, strlen(text), &raw, &out), STATUS_OK);
	size_t length = 0;
	for (size_t i = 0; i < out.count; i++) {
		assert_true(length + 5 < size);
		length += codepoint_write(out.glyph[i].code, buffer + length);
	}
	buffer[length] = '\0';
}

struct row {
	const char *written;
	const char *said;
};

static void check(const struct row *rows, size_t count)
{
	char buffer[4096];
	for (size_t i = 0; i < count; i++) {
		said(rows[i].written, buffer, sizeof(buffer));
		assert_string_equal(buffer, rows[i].said);
	}
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static void keeps_plain_text(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "", "" },
		{ "Stop.", "Stop." },
		{ "Rest (both hands), then go: slowly; gently!",
				"Rest (both hands), then go: slowly; gently!" },
		{ "Warm it to 21 °C, about 50%, isn't it?",
				"Warm it to 21 °C, about 50%, isn't it?" },
		{ "A café, naïve.", "A café, naïve." },
		{ "0.5 or 1,000 at L4", "0.5 or 1,000 at L4" },
		{ "a well-being 10-minute pause", "a well-being 10-minute pause" },
	};
	CHECK(rows);
}

static void folds_space(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "  a \t b\r\nc\n", "a b c " },
		{ "a\302\240b\342\200\203c", "a b c" },
		{ "a\342\200\213b\302\255c\357\273\277d", "abcd" },
		{ "a\n\nb", "a\nb" },
		{ "a \n \t\n\n b", "a\nb" },
		{ "a\342\200\250\342\200\250b", "a\nb" },
	};
	CHECK(rows);
}

static void takes_out_markup(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "Hold <break time=\"3s\"/> still", "Hold still" },
		{ "<speak>Go</speak>", "Go " },
		{ "<!-- no -->yes", "yes" },
		{ "<b <i>x</i>", "b x " },
		{ "3 < 4 > 2", "3 4 2" },
		{ "1<2", "1 2" },
		{ "x<y and y>z", "x y and y z" },
		{ "if x <y and y> z", "if x y and y z" },
		{ "if x<y>z", "if x y z" },
		{ "a <b class=\"c\">d</b><br/> e", "a d e" },
		{ "<1> </> <> <?x y?>z", "1 z" },
		{ "[[h@l'oU]] there", "h l'oU there" },
		{ "**bold** _thin_ `code` #1 {y} ~ | ^ \\ @", "bold thin code 1 y " },
		{ "a\001 50Sb\033[0mc\177d\302\205e", "a 50Sb 0mc d e" },
		{ "\356\200\201ok\360\237\230\200!", "ok !" },
		{ "a \342\206\222 b", "a b" },
	};
	CHECK(rows);
}

static void survives_broken_utf8(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "a\377b", "a b" },
		{ "a\303", "a " },
		{ "a\300\257b", "a b" },
		{ "a\355\240\200b", "a b" },
		{ "a\342\200b", "a b" },
		{ "a\364\220\200\200b", "a b" },
	};
	CHECK(rows);
}

static void makes_quotes_plain(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "It\342\200\231s", "It's" },
		{ "Say \342\200\234stop\342\200\235.", "Say stop." },
		{ "Say \"stop\".", "Say stop." },
		{ "Say 'stop' or \342\200\230go\342\200\231", "Say stop or go" },
		{ "your hands' weight", "your hands weight" },
		{ "\302\253oui\302\273", "oui" },
	};
	CHECK(rows);
}

static void says_ranges(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "70-75", "70 to 75" },
		{ "5\342\200\22310 minutes", "5 to 10 minutes" },
		{ "5 \342\200\223 10 minutes", "5 to 10 minutes" },
		{ "5 - 10 minutes", "5 to 10 minutes" },
		{ "4.5-5", "4.5 to 5" },
		{ "L1\342\200\223L5", "L1 to L5" },
		{ "it is -3 here", "it is minus 3 here" },
		{ "from 2 -3", "from 2 minus 3" },
		{ "3 - then go", "3, then go" },
	};
	CHECK(rows);
}

static void says_dashes(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "out \342\200\224 slowly", "out, slowly" },
		{ "out\342\200\224slowly", "out, slowly" },
		{ "out - slowly", "out, slowly" },
		{ "lower\342\200\223back", "lower-back" },
		{ "- item", "item" },
		{ "end -", "end " },
		{ "so, - well", "so, well" },
	};
	CHECK(rows);
}

static void says_fractions_and_units(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "7/10", "7 out of 10" },
		{ "1/2 an hour", "a half an hour" },
		{ "3/4", "three quarters" },
		{ "yes/no", "yes or no" },
		{ "30 s", "30 seconds" },
		{ "30s.", "30 seconds." },
		{ "1 s", "1 second" },
		{ "1.1 s", "1.1 seconds" },
		{ "21 s", "21 seconds" },
		{ "5 min", "5 minutes" },
		{ "2 cm, 3 mm", "2 centimetres, 3 millimetres" },
		{ "x3", "3 times" },
		{ "x12, xy3", "12 times, xy3" },
		{ "3x", "3 times" },
		{ "2 \303\227 30", "2 times 30" },
		{ "3x10", "3 times 10" },
		{ "3\303\22710", "3 times 10" },
		{ "2x10x30s", "2 times 10 times 30 seconds" },
		{ "3 x 10", "3 times 10" },
		{ "1/2x3", "a half times 3" },
		{ "ax3 6xa", "ax3 6xa" },
		{ "and/or", "and or" },
		{ "and/orange", "and or orange" },
		{ "the 1970s, 1970 s, 120s", "the 1970s, 1970 seconds, 120 seconds" },
		{ "30 strokes", "30 strokes" },
		{ "oil & heat", "oil and heat" },
		{ "oil&heat", "oil and heat" },
	};
	CHECK(rows);
}

static void ends_an_ellipsis_as_it_goes_on(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "Slowly... and out", "Slowly, and out" },
		{ "Slowly\342\200\246 Now out", "Slowly. Now out" },
		{ "Slowly \342\200\246", "Slowly." },
		{ "...", "" },
		{ "... go", "go" },
	};
	char buffer[64];
	CHECK(rows);
	said("a..b", buffer, sizeof(buffer));
	assert_string_equal(buffer, "a,b");
}

static void remembers_where_it_came_from(void **state)
{
	(void)state;
	const char *text = "It\342\200\231s 70-75 <b>x3";
	char buffer[64];
	said(text, buffer, sizeof(buffer));
	assert_string_equal(buffer, "It's 70 to 75 3 times");
	assert_int_equal(out.glyph[2].from, 2);
	assert_int_equal(out.glyph[2].to, 5);
	assert_int_equal(out.glyph[8].code, 't'); /* "to" stands for the hyphen */
	assert_int_equal(out.glyph[8].from, 9);
	assert_int_equal(out.glyph[8].to, 10);
	assert_int_equal(out.glyph[14].code, '3');
	assert_int_equal(out.glyph[14].from, strlen(text) - 1);
	assert_int_equal(out.glyph[16].from, strlen(text) - 2); /* "times" for the x */
}

static void says_that_too_much_does_not_fit(void **state)
{
	(void)state;
	char text[GLYPHS_MAX];
	for (size_t i = 0; i + 1 < sizeof(text); i++) {
		text[i] = i % 2 == 0 ? '1' : '-';
	}
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(normalize(text, strlen(text), &raw, &out), STATUS_NO_SPACE);
	assert_int_equal(normalize(text, 1000, &raw, &out), STATUS_OK);
}

/* Bytes that are likely to meet the rules, and all the others. */
static char any_byte(uint32_t *seed)
{
	static const char likely[] = "1 2-x/.'<>[]&s \n\342\200\224\246a";
	*seed = *seed * 1664525 + 1013904223;
	const uint32_t pick = *seed >> 8;
	if (pick % 4 != 0) {
		return likely[pick % (sizeof(likely) - 1)];
	}
	return (char)(pick >> 4 & 0xff);
}

static void gives_nothing_that_could_be_obeyed(void **state)
{
	(void)state;
	uint32_t seed = 7;
	char text[200];
	for (int round = 0; round < 20000; round++) {
		for (size_t i = 0; i < sizeof(text); i++) {
			text[i] = any_byte(&seed);
		}
		assert_int_equal(normalize(text, sizeof(text), &raw, &out), STATUS_OK);
		for (size_t i = 0; i < out.count; i++) {
			const struct glyph *glyph = &out.glyph[i];
			assert_true(glyph->code >= ' ' || glyph->code == GLYPH_PARAGRAPH);
			assert_true(glyph->code > 0x7f ||
					strchr("<>[]&{}\\|_@^\177", (int)glyph->code) == NULL);
			assert_true(glyph->code < 0x7f || glyph->code > 0xa0);
			assert_true(glyph->from <= glyph->to && glyph->to <= sizeof(text));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_plain_text),
		cmocka_unit_test(folds_space),
		cmocka_unit_test(takes_out_markup),
		cmocka_unit_test(survives_broken_utf8),
		cmocka_unit_test(makes_quotes_plain),
		cmocka_unit_test(says_ranges),
		cmocka_unit_test(says_dashes),
		cmocka_unit_test(says_fractions_and_units),
		cmocka_unit_test(ends_an_ellipsis_as_it_goes_on),
		cmocka_unit_test(remembers_where_it_came_from),
		cmocka_unit_test(says_that_too_much_does_not_fit),
		cmocka_unit_test(gives_nothing_that_could_be_obeyed),
	};
	return cmocka_run_group_tests_name("normalize", tests, NULL, NULL);
}
