/* SPDX-License-Identifier: GPL-3.0-or-later */
/* utf8.h - what may be spoken and logged: well-formed UTF-8 without control characters. Pure. */
#ifndef EASE_CONTROL_UTF8_H
#define EASE_CONTROL_UTF8_H

#include <stdbool.h>

/* False for malformed, overlong or surrogate sequences, and for U+0000-001F and U+007F-009F. */
bool utf8_is_plain(const char *text);

#endif
