/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/intent.h"

#include <stddef.h>
#include <string.h>

static const char *const names[] = {
	[INTENT_NONE] = "none",
	[INTENT_STOP] = "stop",
	[INTENT_PAIN] = "pain",
	[INTENT_LIGHTER] = "lighter",
	[INTENT_FIRMER] = "firmer",
	[INTENT_RATING] = "rating",
	[INTENT_PAUSE] = "pause",
	[INTENT_CONTINUE] = "continue",
	[INTENT_REPEAT] = "repeat",
	[INTENT_NEXT] = "next",
	[INTENT_BACK] = "back",
	[INTENT_SLOWER] = "slower",
	[INTENT_FASTER] = "faster",
	[INTENT_LOUDER] = "louder",
	[INTENT_QUIETER] = "quieter",
	[INTENT_HOW_LONG] = "how_long",
	[INTENT_HELP] = "help",
	[INTENT_YES] = "yes",
	[INTENT_NO] = "no",
	[INTENT_NOT_SURE] = "not_sure",
	[INTENT_READY] = "ready",
	[INTENT_FOUND] = "found",
	[INTENT_EASING] = "easing",
	[INTENT_GUARDING] = "guarding",
	[INTENT_ASK] = "ask",
	[INTENT_START] = "start",
	[INTENT_CHOICE] = "choice",
	[INTENT_LENGTH] = "length",
	[INTENT_WORDS] = "words",
};

static const char *const signs[] = {
	[SIGN_HURT] = "hurt",
	[SIGN_SHARP] = "sharp",
	[SIGN_NUMB] = "numb",
	[SIGN_SKIN] = "skin",
	[SIGN_LEG] = "leg",
	[SIGN_BODY] = "body",
};

_Static_assert(sizeof(signs) / sizeof(signs[0]) == SIGN_COUNT, "one name per sign");
_Static_assert(sizeof(names) / sizeof(names[0]) == INTENT_COUNT, "one name per intent");

const char *sign_name(enum sign sign)
{
	return signs[sign];
}

const char *intent_name(enum intent intent)
{
	return (size_t)intent < INTENT_COUNT ? names[intent] : names[INTENT_NONE];
}

enum intent intent_from_name(const char *name)
{
	for (size_t i = INTENT_NONE + 1; i < INTENT_COUNT; i++) {
		if (strcmp(names[i], name) == 0) {
			return (enum intent)i;
		}
	}
	return INTENT_NONE;
}

bool intent_pushes(enum intent intent)
{
	static const enum intent pushing[] = { INTENT_FIRMER, INTENT_RATING, INTENT_FASTER,
		INTENT_CONTINUE, INTENT_NEXT, INTENT_YES, INTENT_NO, INTENT_READY, INTENT_FOUND,
		INTENT_START };
	for (size_t i = 0; i < sizeof(pushing) / sizeof(pushing[0]); i++) {
		if (intent == pushing[i]) {
			return true;
		}
	}
	return false;
}
