/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/phones.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool is_phone(const char *text, size_t length)
{
	static const char *const phones[] = { "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D",
		"DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY", "JH", "K", "L", "M", "N", "NG",
		"OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH" };

	for (size_t i = 0; i < sizeof(phones) / sizeof(phones[0]); i++) {
		if (strlen(phones[i]) == length && strncmp(phones[i], text, length) == 0) {
			return true;
		}
	}
	return false;
}

const char *phones_wrong(const char *text)
{
	const char *at = text;

	for (;;) {
		const size_t length = strcspn(at, " ");
		if (!is_phone(at, length)) {
			return at;
		}
		if (at[length] == '\0') {
			return NULL;
		}
		at += length + 1;
	}
}
