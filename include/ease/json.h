/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json.h - one flat JSON object at a time: a line of the event log, a message on the socket.
 *
 * Wraps cJSON, so that one file includes it. A struct json belongs to the thread that made it.
 * Adding never fails loudly: when memory runs out the object is marked and json_print() says so.
 */
#ifndef EASE_JSON_H
#define EASE_JSON_H

#include "ease/status.h"

#include <stdbool.h>
#include <stddef.h>

struct json;

/* An empty object, or NULL when out of memory (the other calls accept that NULL). */
struct json *json_create(void);
void json_destroy(struct json *json);

/* Members keep the order in which they were added. Texts are copied; a NULL text is null. */
void json_add_text(struct json *json, const char *key, const char *text);
void json_add_int(struct json *json, const char *key, long long value);
void json_add_bool(struct json *json, const char *key, bool value);
void json_add_null(struct json *json, const char *key);
/* Writes value with exactly decimals (0-6) digits behind the point, so that logs compare byte for
 * byte. */
void json_add_decimal(struct json *json, const char *key, double value, int decimals);

/* Writes the object on one line without a newline. STATUS_NO_SPACE if size is too small,
 * STATUS_NO_MEM if something added before was lost. */
EASE_NODISCARD enum status json_print(const struct json *json, char *out, size_t size);

/*
 * Parses exactly one flat object (white space around it allowed): nested values, duplicate keys,
 * embedded NULs and text of more than 64 KiB are STATUS_BAD_DATA with a reason in diag->message and
 * the offset in diag->column. The caller frees *out with json_destroy().
 */
EASE_NODISCARD enum status json_parse(
		const char *text, size_t length, struct json **out, struct diag *diag);

/* The member's text, borrowed until json_destroy(); NULL if it is missing or no text. */
const char *json_text(const struct json *json, const char *key);
/* False if the member is missing or not a whole number that fits. */
EASE_NODISCARD bool json_int(const struct json *json, const char *key, long long *value);
/* The key of member index, or NULL behind the last: to refuse unknown keys. */
const char *json_key(const struct json *json, size_t index);

#endif
