/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl.h"

#include "ease/place.h"

#include <getopt.h>
#include <stdarg.h>
#include <stddef.h>

/* Values of long options that have no letter. */
enum {
	LONG_DATA = 256,
	LONG_SCRIPTS,
	LONG_VOICES,
	LONG_VOICE,
	LONG_CONTEXT,
	LONG_LIST,
	LONG_DEFAULT,
	LONG_SPOKEN,
	LONG_CSV,
	LONG_YES,
};

static const struct option longs[] = {
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ "data", required_argument, NULL, LONG_DATA },
	{ "scripts", required_argument, NULL, LONG_SCRIPTS },
	{ "voices", required_argument, NULL, LONG_VOICES },
	{ "voice", required_argument, NULL, LONG_VOICE },
	{ "context", required_argument, NULL, LONG_CONTEXT },
	{ "list", required_argument, NULL, LONG_LIST },
	{ "default", no_argument, NULL, LONG_DEFAULT },
	{ "spoken", no_argument, NULL, LONG_SPOKEN },
	{ "csv", no_argument, NULL, LONG_CSV },
	{ "yes", no_argument, NULL, LONG_YES },
	{ NULL, 0, NULL, 0 },
};

/* What to do after the options were read. */
enum next {
	NEXT_GO_ON,
	NEXT_DONE,
	NEXT_WRONG,
};

void ctl_complain(const struct ctl *ctl, const char *format, ...)
{
	va_list args;
	fputs("easectl: ", ctl->err);
	va_start(args, format);
	vfprintf(ctl->err, format, args);
	va_end(args);
	fputc('\n', ctl->err);
}

void ctl_explain(const struct ctl *ctl, enum status status, const struct diag *diag)
{
	char text[sizeof(diag->path) + sizeof(diag->message) + 32];
	if (diag->message[0] == '\0') {
		ctl_complain(ctl, "%s", status_string(status));
		return;
	}
	diag_string(diag, text, sizeof(text));
	if (diag->line > 0) {
		fprintf(ctl->err, "%s\n", text);
	} else {
		ctl_complain(ctl, "%s", text);
	}
}

bool ctl_folder(const struct ctl *ctl, const char *what, const char *named, char *out, size_t size)
{
	if (named == NULL) {
		if (place_find(what, out, size) == STATUS_OK) {
			return true;
		}
	} else {
		const int length = snprintf(out, size, "%s", named);
		if (length >= 0 && (size_t)length < size) {
			return true;
		}
	}
	ctl_complain(ctl, "the path of the folder of %s is too long", what);
	return false;
}

static unsigned flag_of(int option)
{
	switch (option) {
	case LONG_VOICE:
		return OPTION_VOICE;
	case LONG_CONTEXT:
		return OPTION_CONTEXT;
	case LONG_LIST:
		return OPTION_LIST;
	case LONG_DEFAULT:
		return OPTION_DEFAULT;
	case LONG_SPOKEN:
		return OPTION_SPOKEN;
	case LONG_CSV:
		return OPTION_CSV;
	case LONG_YES:
		return OPTION_YES;
	default:
		return 0;
	}
}

static void keep(struct ctl *ctl, int option, const char *value)
{
	switch (option) {
	case LONG_DATA:
		ctl->data = value;
		break;
	case LONG_SCRIPTS:
		ctl->scripts = value;
		break;
	case LONG_VOICES:
		ctl->voices = value;
		break;
	case LONG_VOICE:
		ctl->voice = value;
		break;
	case LONG_CONTEXT:
		ctl->context = value;
		break;
	case LONG_LIST:
		ctl->list = value;
		break;
	default: /* its being there is all */
		break;
	}
}

static enum next take_option(struct ctl *ctl, int option, const char *written)
{
	if (option == 'h') {
		if (ctl->verb != NULL) {
			help_verb(ctl->verb, ctl->out);
		} else {
			help_all(ctl->out);
		}
		return NEXT_DONE;
	}
	if (option == 'V') {
		fprintf(ctl->out, "easectl %s\n", EASE_VERSION);
		return NEXT_DONE;
	}
	if (option == ':') {
		ctl_complain(ctl, "%s needs a value", written);
		return NEXT_WRONG;
	}
	if (option == '?') {
		ctl_complain(ctl, "unknown option %s", written);
		return NEXT_WRONG;
	}
	ctl->given |= flag_of(option);
	keep(ctl, option, optarg);
	return NEXT_GO_ON;
}

/* Reads the options of argv; optind then stands behind them. */
static enum next read_options(struct ctl *ctl, int argc, char **argv, const char *letters)
{
	optind = 0; /* GNU: begin anew */
	for (;;) {
		int index = -1;
		const int option = getopt_long(argc, argv, letters, longs, &index);
		if (option < 0) {
			return NEXT_GO_ON;
		}
		char written[64];
		if (index >= 0) {
			snprintf(written, sizeof(written), "--%s", longs[index].name);
		} else if (option == '?' && optopt > 0 && optopt < LONG_DATA) {
			snprintf(written, sizeof(written), "-%c", optopt);
		} else {
			snprintf(written, sizeof(written), "%s", argv[optind - 1]);
		}
		const enum next next = take_option(ctl, option, written);
		if (next != NEXT_GO_ON) {
			return next;
		}
	}
}

/* An option may stand before its command, so this is known only behind both. */
static bool right_options(const struct ctl *ctl)
{
	const unsigned strange = ctl->given & ~ctl->verb->options;
	for (size_t i = 0; longs[i].name != NULL; i++) {
		if ((flag_of(longs[i].val) & strange) != 0) {
			ctl_complain(ctl, "--%s is no option of %s", longs[i].name,
					ctl->verb->name);
			return false;
		}
	}
	return true;
}

static bool right_number(const struct ctl *ctl)
{
	const struct verb *verb = ctl->verb;
	if (ctl->arg_count < verb->least) {
		ctl_complain(ctl, "%s needs %s", verb->name, verb->args);
		return false;
	}
	if (ctl->arg_count > verb->most) {
		ctl_complain(ctl, "%s: what is \"%s\" for?", verb->name, ctl->args[verb->most]);
		return false;
	}
	return true;
}

/* Fills ctl from the command line. */
static enum next read_line(struct ctl *ctl, int argc, char **argv)
{
	enum next next = read_options(ctl, argc, argv, "+:hV");
	if (next != NEXT_GO_ON) {
		return next;
	}
	if (optind >= argc) {
		ctl_complain(ctl, "which command? (easectl --help lists them)");
		return NEXT_WRONG;
	}
	const int at = optind;
	ctl->verb = verb_find(argv[at]);
	if (ctl->verb == NULL) {
		ctl_complain(ctl, "unknown command %s (easectl --help lists them)", argv[at]);
		return NEXT_WRONG;
	}
	next = read_options(ctl, argc - at, argv + at, ":hV");
	if (next != NEXT_GO_ON) {
		return next;
	}
	ctl->args = argv + at + optind;
	ctl->arg_count = argc - at - optind;
	return right_options(ctl) && right_number(ctl) ? NEXT_GO_ON : NEXT_WRONG;
}

int ctl_run(int argc, char **argv, FILE *out, FILE *err)
{
	struct ctl ctl = { .in = stdin, .out = out, .err = err };
	int code = ENDING_DONE;
	const enum next next = read_line(&ctl, argc, argv);
	if (next == NEXT_WRONG) {
		return ENDING_BAD_INPUT;
	}
	if (next == NEXT_GO_ON) {
		code = ctl.verb->run(&ctl);
	}
	if (fflush(out) != 0 || ferror(out)) {
		ctl_complain(&ctl, "cannot write the output");
		return ENDING_COULD_NOT;
	}
	return code;
}
