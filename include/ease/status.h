/* SPDX-License-Identifier: GPL-3.0-or-later */
/* status.h - what a call that can fail returns, and what tells a person where their input is wrong.
 */
#ifndef EASE_STATUS_H
#define EASE_STATUS_H

#define EASE_NODISCARD __attribute__((warn_unused_result))
#define EASE_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define EASE_RT /* callable from the audio callback; .ci/symbols proves it */

enum status {
	STATUS_OK = 0,
	STATUS_NO_MEM,    /* an allocation failed */
	STATUS_BAD_ARG,   /* the caller broke the contract in the header */
	STATUS_BAD_DATA,  /* the input (script, message, file) is not well formed */
	STATUS_NOT_FOUND, /* the named thing does not exist */
	STATUS_NO_SPACE,  /* a fixed buffer or ring has too little room */
	STATUS_NO_DATA,   /* a ring holds less than was asked for */
	STATUS_BACKEND,   /* a library or the kernel refused; details are in the log */
	STATUS_COUNT,     /* keep last */
};

/* One lower-case phrase, never NULL, valid for ever. */
const char *status_string(enum status status);

/*
 * Where and why an input is wrong, for the person who wrote it. Filled together with
 * STATUS_BAD_DATA (or STATUS_NOT_FOUND for a file); line and column count from 1, 0 means unknown.
 */
struct diag {
	char path[256];
	int line;
	int column;
	char message[256];
};

/* Fills diag; each text is cut to its field. Does nothing where diag is NULL. */
void diag_set(struct diag *diag, const char *path, int line, int column, const char *format, ...)
		EASE_PRINTF(5, 6);

/* Writes "path:line:column: message" (unknown parts left out) to out, cut to size bytes. */
void diag_string(const struct diag *diag, char *out, unsigned long size);

#endif
