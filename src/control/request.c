/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/control.h"

#include "plain.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define QUOTED_MAX 32
#define VALUE_MAX 10

/* What is said on the wire, and the one member that goes with it. */
static const struct {
	const char *name;
	const char *member; /* NULL: none */
} table[] = {
	[REQUEST_START] = { "start", "session" },
	[REQUEST_STOP] = { "stop", NULL },
	[REQUEST_PAUSE] = { "pause", NULL },
	[REQUEST_CONTINUE] = { "continue", NULL },
	[REQUEST_LIGHTER] = { "lighter", NULL },
	[REQUEST_FIRMER] = { "firmer", NULL },
	[REQUEST_RATE] = { "rate", "value" },
	[REQUEST_SAY] = { "say", "text" },
	[REQUEST_STATUS] = { "status", NULL },
	[REQUEST_WATCH] = { "watch", NULL },
};

_Static_assert(sizeof(table) / sizeof(table[0]) == REQUEST_COUNT, "one row per request");

const char *request_name(enum request_kind kind)
{
	return (size_t)kind < REQUEST_COUNT ? table[kind].name : "unknown";
}

/* A stranger's word may stand in a reason only if it is short and plain. */
static bool quotable(const char *text)
{
	const size_t length = strlen(text);
	if (length == 0 || length > QUOTED_MAX) {
		return false;
	}
	for (size_t i = 0; i < length; i++) {
		if (text[i] < ' ' || text[i] > '~') {
			return false;
		}
	}
	return true;
}

static enum status refuse(struct diag *diag, const char *reason, const char *word)
{
	if (word != NULL && quotable(word)) {
		diag_set(diag, NULL, 0, 0, "%s: \"%s\"", reason, word);
	} else {
		diag_set(diag, NULL, 0, 0, "%s", reason);
	}
	return STATUS_BAD_DATA;
}

static enum status read_kind(const struct json *json, struct request *out, struct diag *diag)
{
	const char *name = json_text(json, "do");
	if (name == NULL) {
		return refuse(diag, "\"do\" is missing or no text", NULL);
	}
	for (size_t i = 0; i < REQUEST_COUNT; i++) {
		if (strcmp(table[i].name, name) == 0) {
			out->kind = (enum request_kind)i;
			return STATUS_OK;
		}
	}
	return refuse(diag, "unknown request", name);
}

static enum status refuse_strangers(
		const struct json *json, const struct request *request, struct diag *diag)
{
	const char *member = table[request->kind].member;
	const char *key = NULL;
	for (size_t i = 0; (key = json_key(json, i)) != NULL; i++) {
		const bool wanted = member != NULL && strcmp(key, member) == 0;
		if (!wanted && strcmp(key, "do") != 0) {
			return refuse(diag, "unknown key", key);
		}
	}
	return STATUS_OK;
}

static enum status read_session(const struct json *json, struct request *out, struct diag *diag)
{
	const char *name = json_text(json, "session");
	if (name == NULL) {
		return refuse(diag, "\"session\" is missing or no text", NULL);
	}
	const size_t length = strlen(name);
	if (length == 0 || length >= sizeof(out->session)) {
		return refuse(diag, "\"session\" must have 1 to 63 characters", NULL);
	}
	if (strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != length) {
		return refuse(diag, "\"session\" may hold lower-case letters, digits and '-' only",
				name);
	}
	memcpy(out->session, name, length + 1);
	return STATUS_OK;
}

static enum status read_text(const struct json *json, struct request *out, struct diag *diag)
{
	const char *text = json_text(json, "text");
	if (text == NULL) {
		return refuse(diag, "\"text\" is missing or no text", NULL);
	}
	const size_t length = strlen(text);
	if (strspn(text, " ") == length || length >= sizeof(out->text)) {
		return refuse(diag, "\"text\" must have 1 to 511 bytes", NULL);
	}
	if (!plain_text(text)) {
		return refuse(diag, "\"text\" must be UTF-8 without control characters", NULL);
	}
	memcpy(out->text, text, length + 1);
	return STATUS_OK;
}

static enum status read_value(const struct json *json, struct request *out, struct diag *diag)
{
	long long value = -1;
	if (!json_int(json, "value", &value) || value < 0 || value > VALUE_MAX) {
		return refuse(diag, "\"value\" must be a whole number from 0 to 10", NULL);
	}
	out->value = (int)value;
	return STATUS_OK;
}

static enum status read_request(const struct json *json, struct request *out, struct diag *diag)
{
	enum status status = read_kind(json, out, diag);
	if (status != STATUS_OK) {
		return status;
	}
	status = refuse_strangers(json, out, diag);
	if (status != STATUS_OK) {
		return status;
	}
	if (out->kind == REQUEST_START) {
		return read_session(json, out, diag);
	}
	if (out->kind == REQUEST_SAY) {
		return read_text(json, out, diag);
	}
	if (out->kind == REQUEST_RATE) {
		return read_value(json, out, diag);
	}
	return STATUS_OK;
}

enum status request_parse(const char *line, size_t length, struct request *out, struct diag *diag)
{
	if (length >= CONTROL_LINE_MAX) {
		return refuse(diag, "the line is longer than 4095 bytes", NULL);
	}
	struct json *json = NULL;
	enum status status = json_parse(line, length, &json, diag);
	if (status != STATUS_OK) {
		return status;
	}
	struct request request = { .kind = REQUEST_COUNT };
	status = read_request(json, &request, diag);
	json_destroy(json);
	if (status == STATUS_OK) {
		*out = request;
	}
	return status;
}

enum status request_print(const struct request *request, char *out, size_t size)
{
	struct json *json = json_create();
	json_add_text(json, "do", request_name(request->kind));
	if (request->kind == REQUEST_START) {
		json_add_text(json, "session", request->session);
	} else if (request->kind == REQUEST_SAY) {
		json_add_text(json, "text", request->text);
	} else if (request->kind == REQUEST_RATE) {
		json_add_int(json, "value", request->value);
	}
	const enum status status = json_print(json, out, size);
	json_destroy(json);
	return status;
}
