/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/calendar.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define VARIABLE "EASE_CALENDAR"
#define ZONE_HOURS_MAX 14

static void ask_system(struct calendar *out)
{
	struct tm local;
	const time_t now = time(NULL);
	out->now = now;
	out->utc_offset = localtime_r(&now, &local) != NULL ? (int32_t)local.tm_gmtoff : 0;
}

/* Two digits, or -1. */
static int parse_pair(const char *text)
{
	static const char digits[] = "0123456789";
	if (strspn(text, digits) < 2) {
		return -1;
	}
	return (text[0] - '0') * 10 + (text[1] - '0');
}

/* "Z" or "+01:00". */
static bool parse_zone(const char *text, int32_t *out)
{
	if (strcmp(text, "Z") == 0) {
		*out = 0;
		return true;
	}
	if ((text[0] != '+' && text[0] != '-') || strlen(text) != strlen("+01:00") ||
			text[3] != ':') {
		return false;
	}
	const int hours = parse_pair(text + 1);
	const int minutes = parse_pair(text + 4);
	if (hours < 0 || hours > ZONE_HOURS_MAX || minutes < 0 || minutes > 59) {
		return false;
	}
	*out = (hours * 60 + minutes) * (text[0] == '-' ? -60 : 60);
	return true;
}

static bool parse(const char *text, struct calendar *out)
{
	struct tm fields = { .tm_isdst = 0 };
	int32_t offset = 0;
	const char *zone = strptime(text, "%Y-%m-%dT%H:%M:%S", &fields);
	if (zone == NULL || !parse_zone(zone, &offset)) {
		return false;
	}
	out->now = (int64_t)timegm(&fields) - offset;
	out->utc_offset = offset;
	return true;
}

enum status calendar_now(struct calendar *out, struct diag *diag)
{
	const char *replaced = getenv(VARIABLE);
	ask_system(out);
	if (replaced == NULL || replaced[0] == '\0') {
		return STATUS_OK;
	}
	struct calendar given;
	if (!parse(replaced, &given)) {
		diag_set(diag, NULL, 0, 0,
				VARIABLE ": \"%.40s\" is no date such as 2026-11-22T16:54:40+01:00",
				replaced);
		return STATUS_BAD_DATA;
	}
	*out = given;
	return STATUS_OK;
}
