/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * phrase.h - the coach's own sentences (not the scripts'): one key each, text in
 * voices/<lang>/phrases.yaml.
 *
 * Texts are templates: {target} {ceiling} {value} {other} {minutes} {seconds} {count} {side}
 * {title} {word} {emergency} stand for figures that the engine fills in (ease/text.h), so that no
 * number is written by hand (S228).
 */
#ifndef EASE_PHRASE_H
#define EASE_PHRASE_H

enum phrase {
	PHRASE_LEFT, /* the words for {side} */
	PHRASE_RIGHT,
	PHRASE_TO,     /* "5 to 15" */
	PHRASE_INCHES, /* {inches}, as the measure is */
	PHRASE_CENTIMETRES,
	PHRASE_FAHRENHEIT, /* {degrees} */
	PHRASE_CELSIUS,
	PHRASE_OIL_ALMOND, /* {oils}, S52 */
	PHRASE_OIL_GRAPESEED,
	PHRASE_OIL_COCONUT,
	PHRASE_OIL,        /* after the last of them */
	PHRASE_OIL_NONE,   /* where none is left */
	PHRASE_OR,         /* before the last of several */
	PHRASE_AREA_WAIST, /* the words for {area} */
	PHRASE_AREA_HIP,
	PHRASE_AREA_RIBS,
	PHRASE_STOP_WORD, /* {word} of who has no safe word of their own */
	/* stop policy, S149-S163 */
	PHRASE_STOPPING,            /* "Stopping. Lift your hands away." */
	PHRASE_STOPPING_REST,       /* the same where nobody touches */
	PHRASE_HEAT_AWAY,           /* after it, after a pause and before a goodbye: a pad is on */
	PHRASE_STOP_HURT,           /* question 1: does anything hurt or feel wrong? */
	PHRASE_STOP_SIGNS,          /* question 2: sharp, down a leg, numb, dizzy ...? */
	PHRASE_STOP_GONE_SHARP,     /* question 1: has the sharp pain gone? */
	PHRASE_STOP_GONE_NUMB,      /* question 1: has the numbness gone? */
	PHRASE_STOP_MORE,           /* question 2: was it down a leg, dizzy ...? */
	PHRASE_STOPPED,             /* plain stop: say continue, or stop to end */
	PHRASE_MEDICAL,             /* medical stop: the session is over, what to do */
	PHRASE_MEDICAL_SKIN,        /* the same for a change of the skin */
	PHRASE_MEDICAL_LEG,         /* for pain or numbness down a leg */
	PHRASE_MEDICAL_NOW,         /* for what is an emergency: {emergency} */
	PHRASE_EMERGENCY,           /* {emergency} where no number was given */
	PHRASE_COMFORT_TO_CONTINUE, /* the comfort question that continue needs */
	PHRASE_NOT_RESUMED,         /* it was not comfortable: rest on */
	/* pause */
	PHRASE_PAUSED,
	PHRASE_RECAP,      /* "{title}" goes on */
	PHRASE_RECAP_SIDE, /* the same with {side} */
	PHRASE_STILL_THERE,
	PHRASE_GOODBYE,
	/* pressure, S131-S148 */
	PHRASE_LIGHTER,        /* now {target} */
	PHRASE_LIGHTEST,       /* already 1 */
	PHRASE_LIGHTER_OPTION, /* after two reductions: longer, gentler strokes or the ball on the
				  wall */
	PHRASE_FIRMER,         /* now {target} */
	PHRASE_FIRMER_CONFIRM, /* "Did you say firmer?" */
	PHRASE_FIRMER_NOT_HERE,
	PHRASE_FIRMER_NOT_WARM,
	PHRASE_FIRMER_LIGHT_ONLY,
	PHRASE_FIRMER_RATE_FIRST,
	PHRASE_FIRMER_AT_CEILING,
	PHRASE_FIRMER_AT_BAND, /* this unit goes no further than {ceiling} */
	PHRASE_FIRMER_ENOUGH,
	PHRASE_FIRMER_AFTER_STOP,
	PHRASE_RATING_ASK,
	PHRASE_RATING_AGAIN,   /* no answer yet */
	PHRASE_RATING_CHECK,   /* not sure whether {value} or {other} */
	PHRASE_RATING_OK,      /* stay */
	PHRASE_RATING_HIGH,    /* above the ceiling: lighter, now {target} */
	PHRASE_RATING_RELEASE, /* 8 or more: release */
	PHRASE_RATING_ASSUMED, /* taken as {value}, easing off to {target} */
	PHRASE_RATING_SILENT,  /* no answer: easing off to {target} */
	PHRASE_SILENT_PAUSE,   /* second silent area: pausing */
	PHRASE_MORE_OFFER,     /* {value} in a hold: a little more? (S82) */
	PHRASE_HOLD_FOUND,     /* the spot was: hold {seconds} (S80) */
	PHRASE_HOLD_ANYWAY,    /* it was not, within FIND_SPOT_MS */
	PHRASE_SPOT_WAITS,     /* it rests for a moment before it is held again (S86) */
	PHRASE_SPOT_TOO_SOON,  /* it would have to rest for long: left out */
	/* where one person holds another, whose hands are meant comes first */
	PHRASE_HOLD_FOUND_GIVER,
	PHRASE_HOLD_ANYWAY_GIVER,
	PHRASE_SPOT_WAITS_GIVER,
	PHRASE_WATCH, /* giver: look at face, breath and muscles (S116) */
	PHRASE_WATCH_AGAIN,
	PHRASE_COMFORT_ASK, /* all comfortable? */
	PHRASE_COMFORT_BAD, /* not comfortable: easing off to {target} */
	PHRASE_DEEP_SKIPPED_COLD,
	PHRASE_DEEP_SKIPPED_LIGHT,
	PHRASE_DEEP_SKIPPED_DEAF,
	PHRASE_DEEP_BROKEN_OFF, /* the same while somebody presses */
	PHRASE_DEEP_BROKEN_OFF_GIVER,
	PHRASE_STOP_SIGNS_BEFORE_DEEP, /* S163: spoken once before the first deep unit, 30 s at the
					  most */
	/* pace, loudness, orientation */
	PHRASE_SLOWER,
	PHRASE_FASTER,
	PHRASE_SLOWEST,
	PHRASE_FASTEST,
	PHRASE_NO_PACE,
	PHRASE_LOUDER,
	PHRASE_QUIETER,
	PHRASE_LOUDEST,
	PHRASE_QUIETEST,
	PHRASE_HOW_LONG,      /* about {minutes} minutes left */
	PHRASE_HOW_LONG_LAST, /* less than a minute left */
	PHRASE_HELP,
	PHRASE_NOT_NOW,
	PHRASE_SKIPPED,
	PHRASE_FIRST_STEP, /* there is nothing before this */
	PHRASE_SWITCH_SIDES,
	PHRASE_CANNOT_ANSWER,
	PHRASE_LENGTH,       /* {minutes} from now on */
	PHRASE_LENGTH_FIXED, /* this session has a length of its own */
	PHRASE_WORDS_FULL,   /* how much is said from now on */
	PHRASE_WORDS_SHORT,
	PHRASE_WORDS_TONES,
	/* questions */
	PHRASE_DID_NOT_HEAR,     /* before a question is asked again */
	PHRASE_NUMBER_HEARD,     /* rehearsal: I heard {value} */
	PHRASE_STOP_HEARD,       /* rehearsal: I heard the stop word */
	PHRASE_WORD_FAINT,       /* rehearsal: heard, but only just; once more, louder */
	PHRASE_WORD_FAILED,      /* rehearsal: three tries of {word}; "stop" is used instead */
	PHRASE_ROOM_LOUD,        /* rehearsal: too near to the noise; no deep work (S161) */
	PHRASE_REHEARSAL_FAILED, /* three tries: the button stops too; no deep work */
	PHRASE_REFUSED,
	PHRASE_URGENT,
	PHRASE_ADVISE,
	PHRASE_ENOUGH_TODAY, /* S176: the third session of a day */
	/* faults, S160 */
	PHRASE_MIC_LOST,
	PHRASE_MIC_ABSENT,
	PHRASE_DEAF_QUESTION, /* no answer can be heard: the button, unless all is well */
	PHRASE_MIC_BACK,
	PHRASE_CLOCK_JUMP,
	/* idle, daemon */
	PHRASE_IDLE,
	PHRASE_START_CONFIRM, /* start {title}? */
	PHRASE_FOLLOW_UP,     /* something is to be asked after the last session, S178-S180 */
	/* history, S185 */
	PHRASE_HISTORY_NONE,
	PHRASE_HISTORY_COUNT, /* {count} sessions, the last one {title} */
	PHRASE_HISTORY_TODAY,
	PHRASE_HISTORY_YESTERDAY,
	PHRASE_HISTORY_DAYS,     /* {value} days ago */
	PHRASE_HISTORY_COMFORT,  /* from {value} to {other} */
	PHRASE_HISTORY_PRESSURE, /* left at {target} */
	PHRASE_HISTORY_CUT,      /* it was not finished */
	PHRASE_HISTORY_STOPPED,  /* it was stopped */
	PHRASE_HISTORY_HELPED,
	PHRASE_HISTORY_NOT_HELPED,
	PHRASE_COUNT, /* keep last */
};

/* The key in phrases.yaml ("stop_hurt"), never NULL, valid for ever. */
const char *phrase_key(enum phrase phrase);

#endif
