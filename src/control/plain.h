/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plain.h - what may be spoken and logged: well-formed UTF-8 without control characters. Pure. */
#ifndef EASE_CONTROL_PLAIN_H
#define EASE_CONTROL_PLAIN_H

#include <stdbool.h>

/* False for malformed, overlong or surrogate sequences, and for U+0000-001F and U+007F-009F. */
bool plain_text(const char *text);

#endif
