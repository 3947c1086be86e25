/* SPDX-License-Identifier: GPL-3.0-or-later */
/* codepoint.h - UTF-8, one code point at a time, both ways. Pure. */
#ifndef EASE_CODEPOINT_H
#define EASE_CODEPOINT_H

#include <stddef.h>
#include <stdint.h>

/* Reads the code point at text (length bytes left, at least 1). Returns its bytes; 0 when they are
 * not UTF-8. */
size_t codepoint_read(const char *text, size_t length, uint32_t *code);

/* Writes code to out (room for 4) and returns its bytes. */
size_t codepoint_write(uint32_t code, char *out);

#endif
