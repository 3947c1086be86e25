/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ctl.h - easectl as a function: what main() calls and tests can call, with the streams to write
 * to. One thread.
 */
#ifndef EASE_CTL_CTL_H
#define EASE_CTL_CTL_H

#include "ease/status.h"

#include <stdbool.h>
#include <stdio.h>

/* Exit statuses. */
enum ending {
	ENDING_DONE = 0,
	ENDING_COULD_NOT = 1,
	ENDING_BAD_INPUT = 2,
};

#define FOLDER_MAX 4096

struct verb;

/* What was asked for: borrowed from the command line. */
struct ctl {
	const struct verb *verb;
	const char *data;    /* NULL: the usual folder of the socket */
	const char *scripts; /* NULL: the shipped folder */
	const char *voices;  /* the same */
	const char *voice;   /* NULL: the default */
	const char *context; /* NULL: touch */
	const char *list;    /* NULL: the files are arguments */
	char *const *args;   /* behind the command */
	int arg_count;
	unsigned given; /* enum option_flag: those that were written */
	FILE *in;       /* for what is asked */
	FILE *out;
	FILE *err;
};

/* Options that only some commands take. */
enum option_flag {
	OPTION_VOICE = 1,
	OPTION_CONTEXT = 2,
	OPTION_LIST = 4,
	OPTION_DEFAULT = 8,
	OPTION_SPOKEN = 16,
	OPTION_CSV = 32,
	OPTION_YES = 64,
};

typedef int verb_fn(struct ctl *ctl);

struct verb {
	const char *name;
	const char *args;  /* for the help: "SESSION" */
	const char *about; /* one line */
	const char *more;  /* what --help says besides, or NULL */
	unsigned options;  /* enum option_flag */
	int least;         /* arguments */
	int most;
	verb_fn *run;
};

/* The command of that name, or NULL. */
const struct verb *verb_find(const char *name);
/* All commands in the order of the help; NULL behind the last. */
const struct verb *verb_at(size_t index);

/* Runs the command line and returns the exit status. argv may be reordered. */
int ctl_run(int argc, char **argv, FILE *out, FILE *err);

/* Says "easectl: ..." on ctl->err. */
void ctl_complain(const struct ctl *ctl, const char *format, ...) EASE_PRINTF(2, 3);
/* The same with what diag says, or with what status means where that is nothing. A place in a file
 * comes first on its line, as compilers write it, so that editors find it. */
void ctl_explain(const struct ctl *ctl, enum status status, const struct diag *diag);

/* Writes the folder of "scripts" or "voices" to out: the one that was named, else the shipped one.
 * False when there is none, after saying so. */
bool ctl_folder(const struct ctl *ctl, const char *what, const char *named, char *out, size_t size);

void help_all(FILE *out);
void help_verb(const struct verb *verb, FILE *out);

verb_fn talk_run;
verb_fn scripts_sessions;
verb_fn scripts_check;
verb_fn play_run;
verb_fn devices_run;
verb_fn hear_run;
verb_fn history_run;
verb_fn export_run;
verb_fn forget_run;
verb_fn safeword_run;

#endif
