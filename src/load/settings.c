/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/loader.h"
#include "load/field.h"
#include "load/voice.h"

#include <string.h>

#define DEVICE_MAX 120
#define SESSION_MAX 200
#define EMERGENCY_MAX 15 /* digits */

static const char *const measures[] = {
	[MEASURE_IMPERIAL] = "imperial", [MEASURE_METRIC] = "metric"
};
static const char *const verbosities[] = {
	[VERBOSITY_FULL] = "full", [VERBOSITY_SHORT] = "short", [VERBOSITY_TONES] = "tones"
};

const struct settings settings_defaults = {
	.voice = "calm-warm",
	.session = "lower-back-hands",
};

static void read_voice_name(struct source *source, const struct node *node, const char **out)
{
	field_text(source, node, VOICE_NAME_MAX, out);
	if (node != NULL && source->status == STATUS_OK && !voice_is_name(*out)) {
		tree_refuse(source, node,
				"voice: \"%.40s\" is no voice: write \"calm-warm\" or \"en/calm-warm\"",
				*out);
	}
}

/* "112" is spoken digit by digit, so it is kept as "1 1 2". */
static void read_emergency(struct source *source, const struct node *node, const char **out)
{
	char spaced[2 * EMERGENCY_MAX];
	const char *digits = NULL;
	size_t length = 0;

	field_text(source, node, EMERGENCY_MAX, &digits);
	if (node == NULL || source->status != STATUS_OK) {
		return;
	}
	length = strspn(digits, "0123456789");
	if (length < 2 || digits[length] != '\0') {
		tree_refuse(source, node,
				"emergency: \"%.20s\" is no number: write its digits, 2 to %d of them",
				digits, EMERGENCY_MAX);
		return;
	}
	for (size_t i = 0; i < length; i++) {
		spaced[2 * i] = digits[i];
		spaced[2 * i + 1] = ' ';
	}
	spaced[2 * length - 1] = '\0';
	*out = arena_string(source->arena, spaced);
	if (*out == NULL) {
		tree_no_memory(source);
	}
}

static size_t read_choice(struct source *source, const struct node *node, const char *what,
		const char *const *names, size_t count)
{
	if (node == NULL) {
		return 0;
	}
	field_kind(source, node, NODE_TEXT);
	if (source->status != STATUS_OK) {
		return 0;
	}
	const size_t choice = field_index(node->text, names, count);
	if (choice == count) {
		field_refuse_word(source, node, what, names, count);
		return 0;
	}
	return choice;
}

/* 0 is the voice's own. */
static void read_rate(struct source *source, const struct node *node, int32_t *out)
{
	static const struct limits rate = { { VOICE_RATE_MIN, VOICE_RATE_MAX }, "words a minute" };

	if (node != NULL && node->kind == NODE_TEXT && strcmp(node->text, "0") == 0) {
		*out = 0;
		return;
	}
	field_int(source, node, &rate, out);
}

enum status settings_load(struct arena *arena, const char *path, const struct settings **out,
		struct diag *diag)
{
	enum { VOICE, SESSION, OUTPUT, INPUT, VOLUME, RATE, EMERGENCY, MEASURES, VERBOSITY, KEYS };
	static const struct field fields[KEYS] = {
		[VOICE] = { "voice", false },
		[SESSION] = { "session", false },
		[OUTPUT] = { "output", false },
		[INPUT] = { "input", false },
		[VOLUME] = { "volume", false },
		[RATE] = { "rate", false },
		[EMERGENCY] = { "emergency", false },
		[MEASURES] = { "measures", false },
		[VERBOSITY] = { "verbosity", false },
	};
	static const struct field top_fields[] = { { "settings", true } };
	static const struct limits volume = { { -20, 6 }, NULL };
	struct source source = { .arena = arena, .path = path, .diag = diag };
	const struct node *top[1];
	const struct node *at[KEYS];

	const struct node *root = tree_read(&source, path);
	struct settings *settings = tree_array(&source, 1, sizeof(*settings));
	if (root == NULL || settings == NULL) {
		return source.status;
	}
	*settings = settings_defaults;
	field_map(&source, root, top_fields, 1, top);
	if (source.status != STATUS_OK) {
		return source.status;
	}
	field_map(&source, top[0], fields, KEYS, at);
	read_voice_name(&source, at[VOICE], &settings->voice);
	field_text(&source, at[SESSION], SESSION_MAX, &settings->session);
	field_text(&source, at[OUTPUT], DEVICE_MAX, &settings->output);
	field_text(&source, at[INPUT], DEVICE_MAX, &settings->input);
	field_whole_decibel(&source, at[VOLUME], &volume, &settings->volume_db);
	read_rate(&source, at[RATE], &settings->rate_wpm);
	read_emergency(&source, at[EMERGENCY], &settings->emergency);
	settings->measures = (enum measure)read_choice(
			&source, at[MEASURES], "measures", measures, MEASURE_COUNT);
	settings->verbosity = (enum verbosity)read_choice(
			&source, at[VERBOSITY], "verbosity", verbosities, VERBOSITY_COUNT);
	if (source.status == STATUS_OK) {
		*out = settings;
	}
	return source.status;
}
