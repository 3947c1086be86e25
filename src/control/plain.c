/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plain.h"

#include "ease/codepoint.h"

#include <string.h>

bool plain_text(const char *text)
{
	size_t left = strlen(text);
	while (left > 0) {
		uint32_t point = 0;
		const size_t bytes = codepoint_read(text, left, &point);
		if (bytes == 0 || point < 0x20 || (point >= 0x7f && point <= 0x9f)) {
			return false;
		}
		text += bytes;
		left -= bytes;
	}
	return true;
}
