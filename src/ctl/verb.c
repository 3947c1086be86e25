/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl.h"

#include <limits.h>
#include <stddef.h>
#include <string.h>

static const char hear_more[] =
		"Runs the real listener over recordings of any rate, each one a fresh listener, and\n"
		"prints JSON Lines: one for each thing heard, then one for the file.\n"
		"CONTEXT says what can be heard: touch (the default), rating, yesno, idle, paused.\n";

static const char safeword_more[] =
		"Without WORD the recommended words are listed. WORD is looked up in the dictionary and\n"
		"compared with all that is said and heard in a session; a word that cannot be told from\n"
		"a command is refused, any other is kept. A running eased takes it up when it is started\n"
		"anew.\n";

static const struct verb verbs[] = {
	{ "start", "SESSION", "start a session", NULL, 0, 1, 1, talk_run },
	{ "stop", "", "end the session: fade out, hands away", NULL, 0, 0, 0, talk_run },
	{ "pause", "", "pause the session", NULL, 0, 0, 0, talk_run },
	{ "continue", "", "go on after a pause or a stop", NULL, 0, 0, 0, talk_run },
	{ "lighter", "", "lower the pressure target", NULL, 0, 0, 0, talk_run },
	{ "firmer", "", "raise the pressure target, where that is allowed", NULL, 0, 0, 0,
			talk_run },
	{ "rate", "N", "rate the pressure from 0 to 10", NULL, 0, 1, 1, talk_run },
	{ "status", "", "show what the coach is doing", NULL, 0, 0, 0, talk_run },
	{ "watch", "", "print the event log as it is written", NULL, 0, 0, 0, talk_run },
	{ "say", "TEXT...", "let the coach say something", NULL, 0, 1, INT_MAX, talk_run },
	{ "safeword", "[WORD | --default]", "choose your own word for stop", safeword_more,
			OPTION_VOICE | OPTION_DEFAULT, 0, 1, safeword_run },
	{ "history", "", "show what was done so far",
			"Of the newest sessions: when, how long, how it ended, comfort before and after\n"
			"(0 to 10), the last pressure target, and whether it helped.\n",
			OPTION_SPOKEN | OPTION_VOICE, 0, 0, history_run },
	{ "export", "", "print everything that is kept, as JSON Lines or CSV", NULL, OPTION_CSV, 0,
			0, export_run },
	{ "forget", "", "delete all that is kept of earlier sessions",
			"Asks first. Your own word for stop is kept; see safeword.\n", OPTION_YES,
			0, 0, forget_run },
	{ "sessions", "", "list the sessions", NULL, 0, 0, 0, scripts_sessions },
	{ "check", "FILE...", "check sessions, units, parts, voices, settings, casts and persons",
			"Prints \"FILE: ok\", or \"path:line:column: reason\" for the first error.\n",
			OPTION_VOICE, 1, INT_MAX, scripts_check },
	{ "play", "SESSION", "print a session as it would be said, with times",
			"SESSION is a name or a file. Somebody well answers; what other answers lead to\n"
			"stands beside each question, and what was not said at the end.\n",
			OPTION_VOICE, 1, 1, play_run },
	{ "devices", "", "list the sound devices", NULL, 0, 0, 0, devices_run },
	{ "hear", "[--list FILE | WAV...]", "show what the coach hears in recordings", hear_more,
			OPTION_VOICE | OPTION_CONTEXT | OPTION_LIST, 0, INT_MAX, hear_run },
};

#define VERB_COUNT (sizeof(verbs) / sizeof(verbs[0]))

const struct verb *verb_at(size_t index)
{
	return index < VERB_COUNT ? &verbs[index] : NULL;
}

const struct verb *verb_find(const char *name)
{
	for (size_t i = 0; i < VERB_COUNT; i++) {
		if (strcmp(verbs[i].name, name) == 0) {
			return &verbs[i];
		}
	}
	return NULL;
}
