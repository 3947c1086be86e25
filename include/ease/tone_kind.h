/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tone_kind.h - the tones that pace a session, by the names of the event log. */
#ifndef EASE_TONE_KIND_H
#define EASE_TONE_KIND_H

enum tone_kind {
	TONE_START,     /* a stroke begins */
	TONE_BEAT,      /* inside a stroke */
	TONE_TURN,      /* a stroke's end: the hands return */
	TONE_END,       /* the last stroke or the hold is over */
	TONE_INHALE,    /* a rising glide of the whole half-breath */
	TONE_EXHALE,    /* a falling one */
	TONE_HOLD,      /* one soft continuous tone */
	TONE_ATTENTION, /* before a word that matters */
	TONE_KIND_COUNT,
};

/* "start", "beat" ...; never NULL. */
const char *tone_kind_name(enum tone_kind kind);

#endif
