/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: control base */
/*
 * fuzz_control.c - hostile bytes on the socket. The first byte says in which portions the rest
 * arrives; the lines and the requests that come out must not depend on that, and whatever is taken
 * must be inside its limits and survive being printed and parsed again.
 */
#include "control/lines.h"
#include "ease/control.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void check_same(const struct request *a, const struct request *b)
{
	if (a->kind != b->kind || a->value != b->value || strcmp(a->session, b->session) != 0 ||
			strcmp(a->text, b->text) != 0) {
		abort();
	}
}

static void check_request(const struct request *request)
{
	char line[CONTROL_LINE_MAX];
	struct request again;
	if (request->kind >= REQUEST_COUNT || request->value < 0 || request->value > 10 ||
			strpbrk(request->text, "\n\r\t\x1b\x7f") != NULL ||
			strpbrk(request->session, "/. \n") != NULL) {
		abort();
	}
	if (request_print(request, line, sizeof(line)) != STATUS_OK ||
			request_parse(line, strlen(line), &again, NULL) != STATUS_OK) {
		abort();
	}
	check_same(request, &again);
}

static void check_line(const char *line, size_t length)
{
	struct request request;
	struct diag diag = { .line = 0 };
	const enum status status = request_parse(line, length, &request, &diag);
	if (status == STATUS_OK) {
		check_request(&request);
		return;
	}
	if (status != STATUS_BAD_DATA || diag.message[0] == '\0') {
		abort();
	}
	for (const char *byte = diag.message; *byte != '\0'; byte++) {
		if (*byte < ' ' || *byte > '~') {
			abort();
		}
	}
}

/* A number for all lines in order, which tells two ways of cutting them apart. */
static uint64_t fold(uint64_t sum, const char *line, size_t length, enum line_kind kind)
{
	sum = (sum ^ (uint64_t)kind) * 1099511628211u;
	for (size_t i = 0; kind == LINE_WHOLE && i < length; i++) {
		sum = (sum ^ (unsigned char)line[i]) * 1099511628211u;
	}
	return sum;
}

static uint64_t take_lines(const uint8_t *data, size_t size, size_t portion)
{
	static struct lines lines;
	const char *line = NULL;
	size_t length = 0;
	uint64_t sum = 0;
	lines_init(&lines);
	while (size > 0) {
		size_t room = 0;
		char *into = lines_room(&lines, &room);
		if (room == 0) {
			abort();
		}
		size_t count = size < portion ? size : portion;
		count = count < room ? count : room;
		memcpy(into, data, count);
		lines_filled(&lines, count);
		data += count;
		size -= count;
		enum line_kind kind = LINE_NONE;
		while ((kind = lines_next(&lines, &line, &length)) != LINE_NONE) {
			sum = fold(sum, line, length, kind);
			if (kind == LINE_WHOLE) {
				check_line(line, length);
			}
		}
	}
	if (lines_rest(&lines, &line, &length)) {
		check_line(line, length);
		sum = fold(sum, line, length, LINE_WHOLE);
	}
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0) {
		return 0;
	}
	const size_t portion = (size_t)data[0] + 1;
	if (take_lines(data + 1, size - 1, portion) !=
			take_lines(data + 1, size - 1, CONTROL_LINE_MAX)) {
		abort();
	}
	return 0;
}
