/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "options.h"

#include "ease/rules.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#define ECHO_GAIN_MIN_DB (-60.0)
#define ECHO_GAIN_MAX_DB 20.0
#define ECHO_DELAY_MAX_MS 500

/* Behind every short option that a person may type. */
enum letter {
	LETTER_SESSION = 256,
	LETTER_OUT,
	LETTER_IN,
	LETTER_CAST,
	LETTER_EVENTS,
	LETTER_DATA,
	LETTER_VOICE,
	LETTER_SETTINGS,
	LETTER_INPUT,
	LETTER_OUTPUT,
	LETTER_ECHO,
	LETTER_DEAF,
	LETTER_SCREENED,
	LETTER_MINUTES,
};

static const struct option words[] = {
	{ "session", required_argument, NULL, LETTER_SESSION },
	{ "out", required_argument, NULL, LETTER_OUT },
	{ "in", required_argument, NULL, LETTER_IN },
	{ "cast", required_argument, NULL, LETTER_CAST },
	{ "events", required_argument, NULL, LETTER_EVENTS },
	{ "data", required_argument, NULL, LETTER_DATA },
	{ "voice", required_argument, NULL, LETTER_VOICE },
	{ "settings", required_argument, NULL, LETTER_SETTINGS },
	{ "input", required_argument, NULL, LETTER_INPUT },
	{ "output", required_argument, NULL, LETTER_OUTPUT },
	{ "echo", required_argument, NULL, LETTER_ECHO },
	{ "deaf", no_argument, NULL, LETTER_DEAF },
	{ "screened", no_argument, NULL, LETTER_SCREENED },
	{ "minutes", required_argument, NULL, LETTER_MINUTES },
	{ "verbose", no_argument, NULL, 'v' },
	{ "version", no_argument, NULL, 'V' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static enum options_verdict wrong(const char *reason)
{
	fprintf(stderr, "eased: %s\nTry: eased --help\n", reason);
	return OPTIONS_USAGE;
}

/* "GAIN_DB,DELAY_MS" or "GAIN_DB,DELAY_MS,ROOM.wav" */
static bool parse_echo(const char *text, struct options *out)
{
	char *end = NULL;
	const double gain = strtod(text, &end);
	if (end == text || *end != ',') {
		return false;
	}
	const char *delay_text = end + 1;
	const long delay = strtol(delay_text, &end, 10);
	if (end == delay_text || delay < 0 || delay > ECHO_DELAY_MAX_MS) {
		return false;
	}
	if (*end != '\0' && (*end != ',' || end[1] == '\0')) {
		return false;
	}
	if (!(gain >= ECHO_GAIN_MIN_DB && gain <= ECHO_GAIN_MAX_DB)) {
		return false;
	}
	out->echo = true;
	out->echo_gain_db = gain;
	out->echo_delay_ms = (int32_t)delay;
	out->echo_room = *end == ',' ? end + 1 : NULL;
	return true;
}

static bool parse_minutes(const char *text, struct options *out)
{
	char *end = NULL;
	const long minutes = strtol(text, &end, 10);

	out->minutes = (int32_t)minutes;
	return end != text && *end == '\0' && minutes >= TOUCH_MIN_S / 60 &&
	       minutes <= TOUCH_MAX_S / 60;
}

/* The field that takes the text of an option, or NULL. */
static const char **text_of(struct options *out, int letter)
{
	switch (letter) {
	case LETTER_SESSION:
		return &out->session;
	case LETTER_OUT:
		return &out->out;
	case LETTER_IN:
		return &out->in;
	case LETTER_CAST:
		return &out->cast;
	case LETTER_EVENTS:
		return &out->events;
	case LETTER_DATA:
		return &out->data;
	case LETTER_VOICE:
		return &out->voice;
	case LETTER_SETTINGS:
		return &out->settings;
	case LETTER_INPUT:
		return &out->input;
	case LETTER_OUTPUT:
		return &out->output;
	default:
		return NULL;
	}
}

static enum options_verdict take(struct options *out, int letter, const char *argument)
{
	const char **text = text_of(out, letter);
	if (text != NULL) {
		*text = argument;
		return argument[0] != '\0' ? OPTIONS_RUN : wrong("an option's text is empty");
	}
	switch (letter) {
	case LETTER_ECHO:
		return parse_echo(argument, out)
				       ? OPTIONS_RUN
				       : wrong("--echo wants GAIN_DB,DELAY_MS[,ROOM.wav]: -60 to 20 and 0 to 500");
	case LETTER_MINUTES:
		return parse_minutes(argument, out) ? OPTIONS_RUN
						    : wrong("--minutes wants 5 to 15");
	case LETTER_DEAF:
		out->deaf = true;
		return OPTIONS_RUN;
	case LETTER_SCREENED:
		out->screened = true;
		return OPTIONS_RUN;
	case 'v':
		out->verbose++;
		return OPTIONS_RUN;
	case 'V':
		return OPTIONS_VERSION;
	case 'h':
		return OPTIONS_HELP;
	default: /* getopt_long() has said what is wrong */
		fputs("Try: eased --help\n", stderr);
		return OPTIONS_USAGE;
	}
}

/* What goes with what. */
static enum options_verdict check(const struct options *options)
{
	const bool offline = options->out != NULL;

	if (offline && options->session == NULL) {
		return wrong("--out needs --session");
	}
	if (!offline && (options->in != NULL || options->cast != NULL || options->echo)) {
		return wrong("--in, --cast and --echo belong to the offline device: give --out");
	}
	if (offline && (options->input != NULL || options->output != NULL)) {
		return wrong("--input and --output choose sound cards: not with --out");
	}
	if (options->deaf && (options->in != NULL || options->cast != NULL || options->echo)) {
		return wrong("--deaf leaves nobody to hear --in, --cast or --echo");
	}
	return OPTIONS_RUN;
}

enum options_verdict options_parse(int argc, char **argv, struct options *out)
{
	memset(out, 0, sizeof(*out));
	optind = 0; /* glibc: start anew, so that a second call in one process works */

	int letter = 0;
	/* NOLINTNEXTLINE(concurrency-mt-unsafe): before any thread */
	while ((letter = getopt_long(argc, argv, "hvV", words, NULL)) != -1) {
		const enum options_verdict verdict = take(out, letter, optarg);
		if (verdict != OPTIONS_RUN) {
			return verdict;
		}
	}
	if (optind < argc) {
		return wrong("there is a word too many; a session is named with --session");
	}
	return check(out);
}

void options_help(FILE *to)
{
	fputs("usage: eased [--session NAME|FILE] [--data DIR] [--voice NAME] [--settings FILE]\n"
	      "             [--input DEV] [--output DEV] [--events FILE] [--minutes N] [--screened]\n"
	      "             [--deaf]\n"
	      "       eased --session NAME|FILE --out OUT.wav [--in MIC.wav] [--cast CAST.yaml]\n"
	      "             [--echo GAIN_DB,DELAY_MS[,ROOM.wav]] [--events FILE] [--minutes N]\n"
	      "             [--screened] [--deaf]\n"
	      "\n"
	      "Without --session it waits for \"start ...\", spoken or from easectl.\n"
	      "\n"
	      "  --session NAME|FILE      run one session now, then end\n"
	      "  --out OUT.wav            no sound card: virtual time, the loudspeaker to a WAV\n"
	      "  --in MIC.wav             the microphone from a recording\n"
	      "  --cast CAST.yaml         who says what, when; without --in and --cast somebody\n"
	      "                           answers every question of the shipped sessions\n"
	      "  --echo GAIN_DB,DELAY_MS[,ROOM.wav]\n"
	      "                           how much of the loudspeaker the microphone hears, and the\n"
	      "                           room between them: a recorded impulse response\n"
	      "  --events FILE            write the event log: one JSON object a line\n"
	      "  --data DIR               where the control socket and the journal are; made if\n"
	      "                           missing\n"
	      "  --voice NAME             a voice in voices/, such as calm-warm\n"
	      "  --settings FILE          voice, devices, volume, rate and the number to call, from YAML\n"
	      "  --input DEV              microphone: part of its name (easectl devices)\n"
	      "  --output DEV             loudspeaker: part of its name\n"
	      "  --minutes N              touch and stretches, 5 to 15; left out: as it is written\n"
	      "  --screened               for tests and demonstrations: skip screening, consent\n"
	      "                           and rehearsal, with their defaults\n"
	      "  --deaf                   no microphone: only the button stops; no deep work\n"
	      "  -v, --verbose            say more on standard error; twice: still more\n"
	      "  -V, --version            print the version\n"
	      "  -h, --help               print this\n"
	      "\n"
	      "exit status: 0 finished, 1 could not do it, 2 bad input or usage, 3 stopped by the\n"
	      "person, 4 refused by screening, 5 sound fault, 75 start me again\n",
			to);
}
