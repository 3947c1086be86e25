/* SPDX-License-Identifier: GPL-3.0-or-later */
/* easectl.h - for tests of easectl: runs it as a person would, and keeps what it printed. */
#ifndef EASE_TESTS_EASECTL_H
#define EASE_TESTS_EASECTL_H

#include "ctl/ctl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* What was printed last; freed with easectl_forget(). */
struct easectl {
	char *out;
	char *err;
};

static inline void easectl_forget(struct easectl *easectl)
{
	free(easectl->out);
	free(easectl->err);
	*easectl = (struct easectl){ .out = NULL };
}

/* The exit status of the command line of count words, the program's name among them. */
static inline int easectl_run(struct easectl *easectl, int count, char **words)
{
	size_t size = 0;
	easectl_forget(easectl);
	FILE *out = open_memstream(&easectl->out, &size);
	FILE *err = open_memstream(&easectl->err, &size);
	assert_non_null(out);
	assert_non_null(err);
	const int code = ctl_run(count, words, out, err);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(fclose(err), 0);
	return code;
}

#endif
