/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * intent.h - what a person can mean. The identifiers are the words of the event log, of voices/
 * and of the script format; what each intent does is core's business, how it sounds is voices'.
 */
#ifndef EASE_INTENT_H
#define EASE_INTENT_H

enum intent {
	INTENT_NONE,
	INTENT_STOP, /* also the person's own safe word */
	INTENT_PAIN,
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
	INTENT_COUNT,    /* keep last */
};

/* The identifier ("how_long"), never NULL, valid for ever; "none" for anything out of range. */
const char *intent_name(enum intent intent);

/* The intent of that identifier, or INTENT_NONE. */
enum intent intent_from_name(const char *name);

#endif
