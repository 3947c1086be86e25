/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loader.h - what people write (YAML) becomes what the coach runs: session scripts and technique
 * units (scripts/ease-script.5), voices (voices/ease-voice.5), settings, casts.
 *
 * Any thread, one arena at a time. Every refusal is STATUS_BAD_DATA (STATUS_NOT_FOUND for a missing
 * file) with path, line, column and a reason in diag that names the key, the value and what is
 * allowed. Nothing is half loaded. All results live in the arena.
 */
#ifndef EASE_LOADER_H
#define EASE_LOADER_H

#include "ease/arena.h"
#include "ease/script.h"
#include "ease/status.h"
#include "ease/voice.h"

#include <stddef.h>

/*
 * Loads scripts/NAME.yaml below folder, or a file where name holds a '/' or ends in .yaml; units
 * and parts are looked for beside it and in folder. vocabulary resolves the names of contexts.
 */
EASE_NODISCARD enum status script_load(struct arena *arena, const char *folder, const char *name,
		const struct vocabulary *vocabulary, const struct script **out, struct diag *diag);

/* The sessions in folder, by name. */
struct session_entry {
	const char *name;
	const char *title;
	const char *about;
};
EASE_NODISCARD enum status script_list(struct arena *arena, const char *folder,
		const struct session_entry **out, size_t *count, struct diag *diag);

/* Checks one file of any kind (session, unit, part, voice, settings, cast) as easectl check does.
 */
EASE_NODISCARD enum status script_check(const char *folder, const char *path,
		const struct vocabulary *vocabulary, struct diag *diag);

/* Loads voices/<language>/ below folder: name is "calm-warm" (language en) or "en/calm-warm". */
EASE_NODISCARD enum status voice_load(struct arena *arena, const char *folder, const char *name,
		const struct voice **out, struct diag *diag);

struct settings {
	const char *voice;
	const char *session; /* what `eased` starts by default */
	const char *output;  /* part of a device's name, or NULL */
	const char *input;
	int32_t volume_db; /* -20 to 6 */
	enum verbosity verbosity;
	enum measure measures; /* inches and Fahrenheit, or centimetres and Celsius */
	int32_t rate_wpm;      /* 0: the voice's own */
	const char *emergency; /* the number to call, its digits apart: "1 1 2"; NULL: not told */
};

extern const struct settings settings_defaults;

EASE_NODISCARD enum status settings_load(struct arena *arena, const char *path,
		const struct settings **out, struct diag *diag);

/* Who says what, when, in an offline session. */
struct cast_line {
	const char *after; /* part of a text said, of a question, or a step's name; NULL: by at_ms
			    */
	int32_t at_ms;     /* session time; only without after */
	int32_t delay_ms;  /* from the end of what .after names, or from at_ms */
	const char *say;   /* spoken by flite; or NULL */
	const char *wav;   /* a recording, absolute or relative to the cast's folder; or NULL */
	int32_t times;     /* how often it may be used; 0: always */
	double gain_db;    /* of this line, re the usual -20 dBFS speech */
};

struct cast {
	const char *name;
	const struct cast_line *lines;
	size_t line_count;
};

EASE_NODISCARD enum status cast_load(
		struct arena *arena, const char *path, const struct cast **out, struct diag *diag);

#endif
