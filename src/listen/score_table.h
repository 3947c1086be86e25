/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * score_table.h - the weights of score.c, written by tests/listen/train_score.py.
 *
 * Columns: heard, heard and known, only likened (734, 649, 1319 segments).
 * From 1240 recordings, with single words by 112 people.
 */
/* clang-format off */
static const struct weight weights[] = {
	[FEATURE_PHONES] = { "phones", -40.0, 10.0, { 0.1168, 0.0629, 0.0000 } },
	[FEATURE_SUM] = { "sum", -10.0, 10.0, { -0.0035, 0.0390, 0.0000 } },
	[FEATURE_WORST] = { "worst", -40.0, 15.0, { 0.0064, -0.0385, 0.0000 } },
	[FEATURE_RIVAL] = { "rival", -10.0, 20.0, { 0.0821, 0.1224, 0.0000 } },
	[FEATURE_LENGTH] = { "length", 2.0, 25.0, { 0.1005, 0.1387, 0.0000 } },
	[FEATURE_SOUNDS] = { "sounds", 1.0, 12.0, { 0.1923, 0.3552, 0.0000 } },
	[FEATURE_COVERAGE] = { "coverage", 0.0, 1.0, { 1.6484, 0.6415, -1.3875 } },
	[FEATURE_SEGMENT] = { "segment", 0.0, 3.0, { -0.4265, -0.7679, -0.8369 } },
	[FEATURE_GAP] = { "gap", 0.0, 1.0, { 2.1082, 0.1500, 0.3732 } },
	[FEATURE_SNR] = { "snr", 10.0, 60.0, { 0.0561, 0.0127, 0.0005 } },
	[FEATURE_WORDS] = { "words", 0.0, 4.0, { 0.3348, 0.0000, 0.2840 } },
	[FEATURE_PRIOR] = { "prior", -20.0, 0.0, { 0.1213, 0.5605, 0.2072 } },
	[FEATURE_ASKED] = { "asked", 0.0, 1.0, { 0.6256, 1.2556, 1.3183 } },
	[FEATURE_LIKE] = { "like", -3.0, 0.0, { 0.0000, 0.4400, 0.5973 } },
	[FEATURE_LEAD] = { "lead", -3.0, 4.0, { 0.0000, 0.2294, 0.2580 } },
	[FEATURE_OTHER] = { "other", -4.0, 0.0, { -0.0641, -0.3083, 0.0994 } },
	[FEATURE_AGAINST] = { "against", -6.0, 6.0, { 0.0000, 0.0000, -0.0836 } },
	[FEATURE_ECHO] = { "echo", 1.0, 12.0, { -0.6000, -0.6000, -0.6000 } },
};

static const double biases[GUESS_COUNT] = { -7.2803, -3.5828, -1.5856 };
/* clang-format on */
