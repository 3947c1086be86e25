/* SPDX-License-Identifier: GPL-3.0-or-later */
/* options.h - the command line of eased (eased.8). */
#ifndef EASE_DAEMON_OPTIONS_H
#define EASE_DAEMON_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Texts are borrowed from argv. */
struct options {
	const char *session;  /* NULL: wait for a start */
	const char *out;      /* not NULL: the offline device */
	const char *in;       /* offline: the microphone's recording */
	const char *cast;     /* offline: who says what, when */
	const char *events;   /* the event log */
	const char *data;     /* folder of the socket */
	const char *voice;    /* NULL: that of the settings */
	const char *settings; /* a file, or NULL: none */
	const char *input;    /* part of a device's name */
	const char *output;   /* the same */
	bool echo;            /* offline: the microphone hears the loudspeaker */
	double echo_gain_db;
	int32_t echo_delay_ms;
	const char *echo_room; /* a recorded impulse response, or NULL: none */
	bool deaf;             /* no microphone and no recogniser */
	bool screened;         /* skip screening, consent and rehearsal */
	int32_t minutes;       /* touch and stretches, 5 to 15; 0: as the session is written */
	int verbose;           /* 0 to 2 */
};

enum options_verdict {
	OPTIONS_RUN,
	OPTIONS_HELP,
	OPTIONS_VERSION,
	OPTIONS_USAGE, /* wrong; the reason has been written to standard error */
};

enum options_verdict options_parse(int argc, char **argv, struct options *out);

void options_help(FILE *to);

#endif
