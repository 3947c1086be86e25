/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ctl.h"

static const struct {
	unsigned flag; /* 0: every command takes it */
	const char *text;
} options[] = {
	{ OPTION_CONTEXT, "  --context NAME   what can be heard (touch)" },
	{ OPTION_LIST, "  --list FILE      take the recordings from FILE, one a line; - is standard "
		       "input" },
	{ OPTION_SPOKEN, "  --spoken         in the words that the coach would speak" },
	{ OPTION_CSV, "  --csv            as CSV instead of JSON Lines" },
	{ OPTION_YES, "  --yes            do not ask" },
	{ OPTION_DEFAULT, "  --default        back to \"stop\" alone" },
	{ OPTION_VOICE, "  --voice NAME     the voice whose words count (the default voice)" },
	{ 0, "  --data DIR       the folder in which eased listens" },
	{ 0, "  --scripts DIR    sessions from DIR" },
	{ 0, "  --voices DIR     voices from DIR" },
	{ 0, "  -h, --help       this help" },
};

static void show_options(unsigned flags, FILE *out)
{
	fputs("\nOptions:\n", out);
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (options[i].flag == 0 || (options[i].flag & flags) != 0) {
			fprintf(out, "%s\n", options[i].text);
		}
	}
}

void help_all(FILE *out)
{
	const struct verb *verb = NULL;
	fputs("Usage: easectl [OPTION...] COMMAND [ARGUMENT...]\n\n"
	      "The remote control and the workshop of the audio coach Ease.\n\n",
			out);
	for (size_t i = 0; (verb = verb_at(i)) != NULL; i++) {
		char usage[64];
		snprintf(usage, sizeof(usage), "%s %s", verb->name, verb->args);
		fprintf(out, "  %-30s%s\n", usage, verb->about);
	}
	show_options(0, out);
	fputs("  -V, --version    the version\n\n"
	      "easectl COMMAND --help tells more. Exit status: 0 done, 1 could not, 2 bad input.\n",
			out);
}

void help_verb(const struct verb *verb, FILE *out)
{
	fprintf(out, "Usage: easectl %s%s %s\n\n%s.\n", verb->name,
			verb->options != 0 ? " [OPTION...]" : "", verb->args, verb->about);
	if (verb->more != NULL) {
		fputs(verb->more, out);
	}
	show_options(verb->options, out);
}
