/* SPDX-License-Identifier: GPL-3.0-or-later */
/* book.h - the journal as easectl finds it. */
#ifndef EASE_CTL_BOOK_H
#define EASE_CTL_BOOK_H

#include "ctl.h"

#include "ease/journal.h"

#define BOOK_DATE_MAX 32

/* The folder of the journal; false after saying why there is none. */
bool book_folder(const struct ctl *ctl, char *out, size_t size);

/* The exit status for what the journal returned, after saying what it is. */
int book_explain(const struct ctl *ctl, enum status status, const struct diag *diag);

/* "2026-11-22 16:54" where the person was; with separator 'T' and the zone behind it for machines.
 */
void book_date(int64_t begun, int32_t utc_offset, bool machine, char out[static BOOK_DATE_MAX]);

/* What was last answered to a question that is kept as key, or NULL. */
const struct journal_answer *book_answer(const struct journal_session *session, const char *key);

#endif
