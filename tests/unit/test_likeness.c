/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: listen */
/* test_likeness.c - what a stretch of phones looks like as a whole. */
#include "listen/likeness.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* In the order of the model's own list. */
enum {
	PHONE_AA = 2,
	PHONE_EH = 12,
	PHONE_N = 24,
	PHONE_OW = 26,
	PHONE_P = 28,
	PHONE_S = 30,
	PHONE_SILENCE = 32,
	PHONE_T = 33,
	PHONE_Y = 39
};

#define POOR (-12.0F)
#define ROOM 200

struct stretch {
	sphinx_phones_t frames[ROOM];
	size_t count;
};

static void add(struct stretch *stretch, int phone, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		float *frame = stretch->frames[stretch->count++];
		for (int j = 0; j < SPHINX_PHONES; j++) {
			frame[j] = j == phone ? 0.0F : POOR;
		}
	}
}

static void measure(const struct stretch *stretch, double out[LIKENESS_INPUTS])
{
	likeness_inputs((const sphinx_phones_t *)stretch->frames, stretch->count, out);
}

static double likeness_to(const struct stretch *stretch, const char *word)
{
	double inputs[LIKENESS_INPUTS];
	double shares[LIKENESS_CLASSES];
	struct likeness likeness;
	measure(stretch, inputs);
	likeness_classify(inputs, shares);
	assert_true(likeness_judge(shares, word, &likeness));
	return likeness.word;
}

/* No person speaks as cleanly as this, so only the order of likeness is asked for. */
static void tells_words_by_their_phones(void **state)
{
	(void)state;
	static const char *const words[] = { "stop", "no", "yes" };
	struct stretch said[3] = { { .count = 0 } };
	add(&said[0], PHONE_S, 14);
	add(&said[0], PHONE_T, 7);
	add(&said[0], PHONE_AA, 16);
	add(&said[0], PHONE_P, 8);
	add(&said[1], PHONE_N, 12);
	add(&said[1], PHONE_OW, 28);
	add(&said[2], PHONE_Y, 10);
	add(&said[2], PHONE_EH, 14);
	add(&said[2], PHONE_S, 20);
	for (size_t i = 0; i < 3; i++) {
		for (size_t j = 0; j < 3; j++) {
			assert_true(i == j || likeness_to(&said[i], words[i]) >
							      likeness_to(&said[j], words[i]));
		}
	}
}

static void minds_the_order_and_hardly_the_pace(void **state)
{
	(void)state;
	double quick[LIKENESS_INPUTS];
	double slow[LIKENESS_INPUTS];
	double turned[LIKENESS_INPUTS];
	struct stretch a = { .count = 0 };
	struct stretch b = { .count = 0 };
	struct stretch c = { .count = 0 };
	add(&a, PHONE_S, 10);
	add(&a, PHONE_EH, 15);
	add(&b, PHONE_S, 20);
	add(&b, PHONE_EH, 30);
	add(&c, PHONE_EH, 15);
	add(&c, PHONE_S, 10);
	measure(&a, quick);
	measure(&b, slow);
	measure(&c, turned);
	for (size_t i = 0; i + 1 < LIKENESS_INPUTS; i++) {
		assert_float_equal(quick[i], slow[i], 1e-9);
	}
	assert_float_equal(slow[LIKENESS_INPUTS - 1], log(51.0), 1e-9);
	assert_true(fabs(quick[PHONE_S] - turned[PHONE_S]) > 1.0);
}

static void shares_out_all_likelihood(void **state)
{
	(void)state;
	double inputs[LIKENESS_INPUTS];
	double shares[LIKENESS_CLASSES];
	struct stretch nothing = { .count = 0 };
	measure(&nothing, inputs);
	for (size_t i = 0; i < LIKENESS_INPUTS; i++) {
		assert_float_equal(inputs[i], 0.0, 0.0);
	}
	likeness_classify(inputs, shares);
	double whole = 0.0;
	for (size_t i = 0; i < LIKENESS_CLASSES; i++) {
		assert_true(shares[i] >= 0.0);
		whole += shares[i];
	}
	assert_float_equal(whole, 1.0, 1e-9);
}

static void knows_only_the_words_that_are_waited_for(void **state)
{
	(void)state;
	static const char *const words[] = { "zero", "five", "ten", "stop", "yes", "no" };
	double shares[LIKENESS_CLASSES] = { 0.0 };
	struct likeness likeness;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		assert_true(likeness_judge(shares, words[i], &likeness));
	}
	assert_false(likeness_judge(shares, "lighter", &likeness));
	assert_false(likeness_judge(shares, "down", &likeness));
	for (size_t i = 0; i < LIKENESS_CLASSES; i++) {
		shares[i] = likeness_word(i) != NULL && strcmp(likeness_word(i), "stop") == 0 ? 0.9
											      : 0.0;
		shares[i] = likeness_word(i) == NULL ? 0.01 : shares[i];
	}
	assert_true(likeness_judge(shares, "stop", &likeness));
	assert_float_equal(likeness.word, log(0.9), 1e-9);
	assert_float_equal(likeness.other, log(0.08), 1e-9);
	assert_float_equal(likeness.lead, log(0.9 / 0.08), 1e-9);
	assert_true(likeness_judge(shares, "five", &likeness));
	assert_true(likeness.lead < -5.0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_words_by_their_phones),
		cmocka_unit_test(minds_the_order_and_hardly_the_pace),
		cmocka_unit_test(shares_out_all_likelihood),
		cmocka_unit_test(knows_only_the_words_that_are_waited_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
