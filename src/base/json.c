/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAX_BYTES ((size_t)64 * 1024)
#define INT_EXACT 9007199254740992.0 /* 2^53: beyond it a double skips whole numbers */

struct json {
	cJSON *object;
	bool lost; /* an addition found no memory */
};

struct json *json_create(void)
{
	struct json *json = calloc(1, sizeof(*json));
	if (json == NULL) {
		return NULL;
	}
	json->object = cJSON_CreateObject();
	if (json->object == NULL) {
		free(json);
		return NULL;
	}
	return json;
}

void json_destroy(struct json *json)
{
	if (json != NULL) {
		cJSON_Delete(json->object);
		free(json);
	}
}

static void add(struct json *json, const char *key, cJSON *item)
{
	if (json == NULL) {
		cJSON_Delete(item);
		return;
	}
	if (item == NULL || !cJSON_AddItemToObject(json->object, key, item)) {
		cJSON_Delete(item);
		json->lost = true;
	}
}

void json_add_text(struct json *json, const char *key, const char *text)
{
	add(json, key, text != NULL ? cJSON_CreateString(text) : cJSON_CreateNull());
}

void json_add_int(struct json *json, const char *key, long long value)
{
	char digits[32];
	snprintf(digits, sizeof(digits), "%lld", value);
	add(json, key, cJSON_CreateRaw(digits));
}

void json_add_bool(struct json *json, const char *key, bool value)
{
	add(json, key, cJSON_CreateBool(value));
}

void json_add_null(struct json *json, const char *key)
{
	add(json, key, cJSON_CreateNull());
}

void json_add_decimal(struct json *json, const char *key, double value, int decimals)
{
	char digits[64];
	snprintf(digits, sizeof(digits), "%.*f", decimals, isfinite(value) ? value : 0.0);
	add(json, key, cJSON_CreateRaw(digits));
}

enum status json_print(const struct json *json, char *out, size_t size)
{
	if (json == NULL || json->lost) {
		return STATUS_NO_MEM;
	}
	char *text = cJSON_PrintUnformatted(json->object);
	if (text == NULL) {
		return STATUS_NO_MEM;
	}
	const size_t length = strlen(text);
	const bool fits = length < size;
	if (fits) {
		memcpy(out, text, length + 1);
	}
	cJSON_free(text);
	return fits ? STATUS_OK : STATUS_NO_SPACE;
}

/* Why an item may not stand in a flat object, or NULL. */
static const char *objection(const cJSON *item)
{
	if (cJSON_IsObject(item) || cJSON_IsArray(item)) {
		return "nested values are not allowed";
	}
	if (cJSON_IsString(item) && strlen(item->valuestring) > TEXT_MAX_BYTES) {
		return "a text is too long";
	}
	for (const cJSON *other = item->next; other != NULL; other = other->next) {
		if (strcmp(other->string, item->string) == 0) {
			return "a key stands twice";
		}
	}
	return NULL;
}

static const char *check(const cJSON *object)
{
	if (!cJSON_IsObject(object)) {
		return "a JSON object is wanted";
	}
	for (const cJSON *item = object->child; item != NULL; item = item->next) {
		const char *reason = objection(item);
		if (reason != NULL) {
			return reason;
		}
	}
	return NULL;
}

/* cJSON cuts a text at an escaped NUL, so that is refused before it is asked. */
static bool holds_nul(const char *text, size_t length)
{
	if (memchr(text, '\0', length) != NULL) {
		return true;
	}
	for (size_t i = 0; i + 6 <= length; i++) {
		if (memcmp(text + i, "\\u0000", 6) == 0) {
			return true;
		}
	}
	return false;
}

static bool only_space(const char *from, const char *end)
{
	while (from < end && strchr(" \t\r\n", *from) != NULL) {
		from++;
	}
	return from == end;
}

enum status json_parse(const char *text, size_t length, struct json **out, struct diag *diag)
{
	if (holds_nul(text, length)) {
		diag_set(diag, NULL, 0, 0, "a NUL is not allowed");
		return STATUS_BAD_DATA;
	}
	const char *end = NULL;
	cJSON *object = cJSON_ParseWithLengthOpts(text, length, &end, false);
	if (object == NULL || !only_space(end, text + length)) {
		diag_set(diag, NULL, 0, end != NULL ? (int)(end - text) + 1 : 0, "not JSON");
		cJSON_Delete(object);
		return STATUS_BAD_DATA;
	}
	const char *reason = check(object);
	if (reason != NULL) {
		diag_set(diag, NULL, 0, 0, "%s", reason);
		cJSON_Delete(object);
		return STATUS_BAD_DATA;
	}
	struct json *json = calloc(1, sizeof(*json));
	if (json == NULL) {
		cJSON_Delete(object);
		return STATUS_NO_MEM;
	}
	json->object = object;
	*out = json;
	return STATUS_OK;
}

const char *json_text(const struct json *json, const char *key)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json->object, key));
}

bool json_int(const struct json *json, const char *key, long long *value)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(json->object, key);
	if (!cJSON_IsNumber(item)) {
		return false;
	}
	const double number = item->valuedouble;
	if (!(fabs(number) <= INT_EXACT) || floor(number) != number) {
		return false;
	}
	*value = (long long)number;
	return true;
}

const char *json_key(const struct json *json, size_t index)
{
	const cJSON *item = json->object->child;
	while (item != NULL && index > 0) {
		item = item->next;
		index--;
	}
	return item != NULL ? item->string : NULL;
}
