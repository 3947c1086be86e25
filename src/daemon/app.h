/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * app.h - the daemon as a whole: makes every part, in order, and takes it down in reverse.
 *
 * struct app is what the loops share: loop.c with a sound card, pump.c in virtual time. Both turn
 * the same crank, turn.c. Main thread only.
 */
#ifndef EASE_DAEMON_APP_H
#define EASE_DAEMON_APP_H

#include "cast.h"
#include "eventlog.h"
#include "faults.h"
#include "idle.h"
#include "options.h"
#include "record.h"
#include "transcript.h"
#include "translate.h"

#include "ease/callback.h"
#include "ease/control.h"
#include "ease/device.h"
#include "ease/journal.h"
#include "ease/listener.h"
#include "ease/loader.h"
#include "ease/offline.h"
#include "ease/profile.h"
#include "ease/speech.h"
#include "ease/worker.h"

enum exit_code {
	EXIT_CODE_FINISHED = 0,
	EXIT_CODE_FAILED = 1,  /* could not do it */
	EXIT_CODE_INPUT = 2,   /* bad input or usage */
	EXIT_CODE_STOPPED = 3, /* by the person, medical stops included */
	EXIT_CODE_REFUSED = 4, /* by screening */
	EXIT_CODE_SOUND = 5,
	EXIT_CODE_AGAIN = 75, /* start me again */
};

#define APP_PATH_MAX 4096
#define APP_ASKED_MAX 8
#define APP_TAIL_MS 500 /* of silence, after the last word of a session */

struct app {
	const struct options *options;
	char scripts[APP_PATH_MAX];
	char voices[APP_PATH_MAX];
	char cast_folder[APP_PATH_MAX];

	struct arena *arena;         /* settings, voice, cast, list of sessions */
	struct arena *session_arena; /* the script that runs or ran last */
	const struct settings *settings;
	const struct voice *voice;
	const struct vocabulary *vocabulary;  /* the voice's, with the person's own word */
	char profile_path[APP_PATH_MAX + 16]; /* of what is kept of the person; "": nothing is */
	const struct profile *profile;
	struct ears_person person;    /* as learnt by now */
	bool learnt;                  /* since it was kept */
	struct voice_speech speaking; /* the voice's, with the settings' rate */
	const struct cast *cast;      /* NULL: nobody */
	const struct script *script;

	struct journal *journal; /* NULL: nothing is kept */
	struct worker *journal_worker;
	struct record_head record; /* of the session that runs */
	int32_t recorded_db;       /* the loudness that was wished last */
	bool recorded_pain;
	int32_t recorded_minutes; /* the length */
	enum verbosity recorded_words;

	struct eventlog *eventlog;
	struct transcript transcript;
	struct cast_player player;
	struct stage stage;
	struct translate translate;
	struct idle idle;
	struct faults faults;

	struct link *link;
	struct speech *speech;
	struct listener *listener;    /* NULL: deaf */
	struct worker *speech_worker; /* NULL offline */
	struct worker *listener_worker;
	struct device *device;   /* NULL offline */
	struct offline *offline; /* NULL live */
	struct control *control; /* NULL offline */
	int signal_fd;
	int heard_fd; /* the listener writes it; -1 offline */

	bool microphone;
	/* asked about between sessions, and what it touches counts in the next (S202, S204) */
	const struct voice_answer *asked[APP_ASKED_MAX];
	size_t asked_count;
	int32_t minutes; /* wished between sessions; 0: none were */
	bool worded;     /* .verbosity was */
	enum verbosity verbosity;
	int presses;    /* of the button in this session: the first ends it with its last words, the
			   second at once, the third without waiting for anything */
	bool leaving;   /* told to end: no further session */
	bool quit;      /* leave the loop */
	bool broken;    /* the loudspeaker is lost: nothing more can be said */
	frames_t ended; /* when the last session was over */
};

/* All of eased behind its command line. */
enum exit_code app_run(const struct options *options);

/* Loads session name; STATUS_BAD_DATA or STATUS_NOT_FOUND with diag. None may be running. */
EASE_NODISCARD enum status app_load_session(struct app *app, const char *name, struct diag *diag);

/* Starts the session that was loaded last. */
void app_start_session(struct app *app);

/* Enter, a signal: ends the session with its last words; pressed again, at once. What is over, or
 * does not end even so, is left. */
void app_button(struct app *app);

/* Takes what came to the signalfd. */
void app_signals(struct app *app);

#endif
