/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * score_table.h - the weights of score.c, written by tests/listen/train_score.py.
 *
 * Columns: heard, heard and known, only likened (724, 646, 1324 segments).
 * From 1240 recordings, with single words by 112 people.
 */
/* clang-format off */
static const struct weight weights[] = {
	[FEATURE_PHONES] = { "phones", -40.0, 10.0, { 0.1109, 0.0612, 0.0000 } },
	[FEATURE_SUM] = { "sum", -10.0, 10.0, { -0.0145, 0.0644, 0.0000 } },
	[FEATURE_WORST] = { "worst", -40.0, 15.0, { 0.0067, -0.0406, 0.0000 } },
	[FEATURE_RIVAL] = { "rival", -10.0, 20.0, { 0.0758, 0.1205, 0.0000 } },
	[FEATURE_LENGTH] = { "length", 2.0, 25.0, { 0.0878, 0.1298, 0.0000 } },
	[FEATURE_SOUNDS] = { "sounds", 1.0, 12.0, { 0.1683, 0.3462, 0.0000 } },
	[FEATURE_COVERAGE] = { "coverage", 0.0, 1.0, { 1.6219, 0.7726, -1.5378 } },
	[FEATURE_SEGMENT] = { "segment", 0.0, 3.0, { -0.3010, -0.5505, -1.0985 } },
	[FEATURE_GAP] = { "gap", 0.0, 1.0, { 1.9004, -0.0815, -0.0208 } },
	[FEATURE_SNR] = { "snr", 10.0, 60.0, { 0.0515, 0.0143, 0.0015 } },
	[FEATURE_WORDS] = { "words", 0.0, 4.0, { 0.2622, 0.0000, 0.3166 } },
	[FEATURE_PRIOR] = { "prior", -20.0, 0.0, { 0.1090, 0.5736, 0.1965 } },
	[FEATURE_ASKED] = { "asked", 0.0, 1.0, { 0.5686, 1.1411, 1.2745 } },
	[FEATURE_LIKE] = { "like", -3.0, 0.0, { 0.0000, 0.4783, 0.2483 } },
	[FEATURE_LEAD] = { "lead", -3.0, 4.0, { 0.0000, 0.2722, 0.4379 } },
	[FEATURE_OTHER] = { "other", -4.0, 0.0, { -0.0971, -0.3087, 0.1657 } },
	[FEATURE_AGAINST] = { "against", -6.0, 6.0, { 0.0000, 0.0000, -0.1039 } },
	[FEATURE_ECHO] = { "echo", 1.0, 12.0, { -0.6000, -0.6000, -0.6000 } },
};

static const double biases[GUESS_COUNT] = { -6.8642, -3.2727, -1.5534 };
/* clang-format on */
