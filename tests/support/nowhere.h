/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nowhere.h - for tests of one file: mkdtemp() in place of the C library's own, which fails as on a
 * full disk while nowhere is true. */
#ifndef EASE_TESTS_NOWHERE_H
#define EASE_TESTS_NOWHERE_H

#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

typedef char *make_fn(char *);

static bool nowhere;

char *mkdtemp(char *template)
{
	static make_fn *real;
	if (real == NULL) {
		*(void **)&real = dlsym(RTLD_NEXT, "mkdtemp");
	}
	errno = ENOSPC;
	return nowhere ? NULL : real(template);
}

#endif
