/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * intent.h - what a person can mean. The identifiers are the words of the event log, of voices/
 * and of the script format; what each intent does is core's business, how it sounds is voices'.
 */
#ifndef EASE_INTENT_H
#define EASE_INTENT_H

#include <stdbool.h>

enum intent {
	INTENT_NONE,
	INTENT_STOP, /* also the person's own safe word */
	INTENT_PAIN, /* carries an enum sign as value, or -1 */
	INTENT_LIGHTER,
	INTENT_FIRMER,
	INTENT_RATING, /* carries a value from 0 to 10 */
	INTENT_PAUSE,
	INTENT_CONTINUE,
	INTENT_REPEAT,
	INTENT_NEXT,
	INTENT_BACK,
	INTENT_SLOWER,
	INTENT_FASTER,
	INTENT_LOUDER,
	INTENT_QUIETER,
	INTENT_HOW_LONG,
	INTENT_HELP,
	INTENT_YES,
	INTENT_NO,
	INTENT_NOT_SURE,
	INTENT_READY,
	INTENT_FOUND,
	INTENT_EASING,
	INTENT_GUARDING, /* partner sessions: the receiver tenses up */
	INTENT_ASK,      /* a question; carries a topic as value */
	INTENT_START,    /* start a session; carries its index as value */
	INTENT_CHOICE,   /* one of several answers, such as "left"; carries its index as value */
	INTENT_LENGTH,   /* of the session; carries minutes, or an enum length_wish */
	INTENT_WORDS,    /* how much is said; carries an enum words_wish */
	INTENT_COUNT,    /* keep last */
};

/* Wishes for a session that name no number of minutes, which are never as few. */
enum length_wish {
	LENGTH_SHORTER,
	LENGTH_LONGER,
	LENGTH_WISHES,
};

/* Wishes for more or fewer words. */
enum words_wish {
	WORDS_FULL,  /* everything is said */
	WORDS_SHORT, /* the short forms */
	WORDS_TONES, /* tones alone, where words are not needed */
	WORDS_LESS,  /* than now */
	WORDS_MORE,
	WORDS_WISHES,
};

/* What a person can say that hurts or is wrong, S152-S157; each leads to a branch of its own. The
 * later in this list, the more it takes precedence. */
enum sign {
	SIGN_HURT,  /* it hurts */
	SIGN_SHARP, /* a sharp pain, without more */
	SIGN_NUMB,  /* numbness or tingling, without more */
	SIGN_SKIN,  /* redness, swelling, bruising, a new skin change */
	SIGN_LEG,   /* sharp, shooting, numb or tingling down a leg */
	SIGN_BODY,  /* dizzy, short of breath, pain in the chest, suddenly weak */
	SIGN_COUNT,
};

/* "hurt" ...: the words of voices/; never NULL for a sign. */
const char *sign_name(enum sign sign);

/* The identifier ("how_long"), never NULL, valid for ever; "none" for anything out of range. */
const char *intent_name(enum intent intent);

/* Whether to act on it wrongly may press harder, or go on where nobody agreed to: a number does,
 * unless it is a high one; so does a "no", which may be the answer to a sign of something medical.
 */
bool intent_pushes(enum intent intent);

/* The intent of that identifier, or INTENT_NONE. */
enum intent intent_from_name(const char *name);

#endif
