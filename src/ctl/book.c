/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book.h"

#include "ease/place.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

bool book_folder(const struct ctl *ctl, char *out, size_t size)
{
	const enum status status = place_data(ctl->data, out, size);
	if (status == STATUS_NOT_FOUND) {
		ctl_complain(ctl, "there is no home: name the folder with --data");
	} else if (status != STATUS_OK) {
		ctl_complain(ctl, "the path of the data folder is too long");
	}
	return status == STATUS_OK;
}

int book_explain(const struct ctl *ctl, enum status status, const struct diag *diag)
{
	ctl_explain(ctl, status, diag);
	return status == STATUS_BAD_DATA ? ENDING_BAD_INPUT : ENDING_COULD_NOT;
}

void book_date(int64_t begun, int32_t utc_offset, bool machine, char out[static BOOK_DATE_MAX])
{
	struct tm fields;
	const time_t there = (time_t)(begun + utc_offset);
	const int zone = abs(utc_offset) / 60;
	char day[BOOK_DATE_MAX - 8];
	if (gmtime_r(&there, &fields) == NULL ||
			strftime(day, sizeof(day), machine ? "%Y-%m-%dT%H:%M:%S" : "%Y-%m-%d %H:%M",
					&fields) == 0) {
		day[0] = '\0';
	}
	if (machine) {
		snprintf(out, BOOK_DATE_MAX, "%s%c%02d:%02d", day, utc_offset < 0 ? '-' : '+',
				zone / 60 % 100, zone % 60);
	} else {
		snprintf(out, BOOK_DATE_MAX, "%s", day);
	}
}

const struct journal_answer *book_answer(const struct journal_session *session, const char *key)
{
	for (size_t i = session->answer_count; i-- > 0;) {
		if (strcmp(session->answers[i].key, key) == 0) {
			return &session->answers[i];
		}
	}
	return NULL;
}
