/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * score_table.h - the weights of score.c, written by tests/listen/train_score.py.
 *
 * Columns: heard, heard and known, only likened (724, 646, 1324 segments).
 * From 1240 recordings, with single words by 112 people.
 */
/* clang-format off */
static const struct weight weights[] = {
	[FEATURE_PHONES] = { "phones", -40.0, 10.0, { 0.1088, 0.0585, 0.0000 } },
	[FEATURE_SUM] = { "sum", -10.0, 10.0, { -0.0145, 0.0665, 0.0000 } },
	[FEATURE_WORST] = { "worst", -40.0, 15.0, { 0.0066, -0.0401, 0.0000 } },
	[FEATURE_RIVAL] = { "rival", -10.0, 20.0, { 0.0742, 0.1173, 0.0000 } },
	[FEATURE_LENGTH] = { "length", 2.0, 25.0, { 0.0860, 0.1257, 0.0000 } },
	[FEATURE_SOUNDS] = { "sounds", 1.0, 12.0, { 0.1650, 0.3427, 0.0000 } },
	[FEATURE_COVERAGE] = { "coverage", 0.0, 1.0, { 1.5893, 0.7852, -1.4887 } },
	[FEATURE_SEGMENT] = { "segment", 0.0, 3.0, { -0.2931, -0.5332, -1.0593 } },
	[FEATURE_GAP] = { "gap", 0.0, 1.0, { 1.8582, -0.0909, -0.0699 } },
	[FEATURE_SNR] = { "snr", 10.0, 60.0, { 0.0506, 0.0147, 0.0023 } },
	[FEATURE_WORDS] = { "words", 0.0, 4.0, { 0.2567, 0.0000, 0.3388 } },
	[FEATURE_PRIOR] = { "prior", -20.0, 0.0, { 0.1067, 0.5632, 0.2001 } },
	[FEATURE_ASKED] = { "asked", 0.0, 1.0, { 0.5508, 1.0911, 1.2390 } },
	[FEATURE_LIKE] = { "like", -3.0, 0.0, { 0.0000, 0.4754, 0.2268 } },
	[FEATURE_LEAD] = { "lead", -3.0, 4.0, { 0.0000, 0.2702, 0.4405 } },
	[FEATURE_OTHER] = { "other", -4.0, 0.0, { -0.1040, -0.2895, 0.1495 } },
	[FEATURE_AGAINST] = { "against", -6.0, 6.0, { 0.0000, 0.0000, -0.1139 } },
	[FEATURE_ECHO] = { "echo", 1.0, 12.0, { -0.6000, -0.6000, -0.6000 } },
};

static const double biases[GUESS_COUNT] = { -6.7012, -3.1672, -1.6288 };
/* clang-format on */
