/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands that a running eased carries out. */
#include "ctl.h"

#include "ease/control.h"
#include "show.h"

#include <stdlib.h>
#include <string.h>

/* Copies a word, or says that it is too long. */
static bool copy(const struct ctl *ctl, const char *word, char *out, size_t size)
{
	const size_t length = strlen(word);
	if (length >= size) {
		ctl_complain(ctl, "%s: at most %zu bytes, please", ctl->verb->name, size - 1);
		return false;
	}
	memcpy(out, word, length + 1);
	return true;
}

/* Joins the arguments as a shell's echo does, so that "say hello there" needs no quotes. */
static bool join(const struct ctl *ctl, char *out, size_t size)
{
	size_t used = 0;
	for (int i = 0; i < ctl->arg_count; i++) {
		if (i > 0 && used + 1 < size) {
			out[used++] = ' ';
		}
		if (strlen(ctl->args[i]) >= size - used) {
			ctl_complain(ctl, "say: at most %zu bytes, please", size - 1);
			return false;
		}
		used += (size_t)snprintf(out + used, size - used, "%s", ctl->args[i]);
	}
	return true;
}

static bool read_number(const struct ctl *ctl, const char *text, int *out)
{
	char *end = NULL;
	const long value = strtol(text, &end, 10);
	if (end == text || *end != '\0' || value < 0 || value > 10) {
		ctl_complain(ctl, "rate: a whole number from 0 to 10 is wanted, not \"%s\"", text);
		return false;
	}
	*out = (int)value;
	return true;
}

static enum request_kind kind_of(const char *name)
{
	int kind = 0;
	while (kind < REQUEST_COUNT && strcmp(request_name((enum request_kind)kind), name) != 0) {
		kind++;
	}
	return (enum request_kind)kind;
}

/* What the daemon would refuse is refused here already, with the same words. */
static bool would_pass(const struct ctl *ctl, const struct request *request)
{
	char line[CONTROL_LINE_MAX];
	struct request again;
	struct diag diag = { .line = 0 };
	enum status status = request_print(request, line, sizeof(line));
	if (status == STATUS_OK) {
		status = request_parse(line, strlen(line), &again, &diag);
	}
	if (status != STATUS_OK) {
		ctl_explain(ctl, status, &diag);
	}
	return status == STATUS_OK;
}

static bool make_request(const struct ctl *ctl, struct request *out)
{
	*out = (struct request){ .kind = kind_of(ctl->verb->name) };
	bool made = true;
	if (out->kind == REQUEST_START) {
		made = copy(ctl, ctl->args[0], out->session, sizeof(out->session));
	} else if (out->kind == REQUEST_RATE) {
		made = read_number(ctl, ctl->args[0], &out->value);
	} else if (out->kind == REQUEST_SAY) {
		made = join(ctl, out->text, sizeof(out->text));
	}
	return made && would_pass(ctl, out);
}

static int explain_silence(const struct ctl *ctl, enum status status)
{
	if (status == STATUS_NO_DATA) {
		ctl_complain(ctl, "eased closed the connection");
	} else if (status == STATUS_BACKEND) {
		ctl_complain(ctl, "eased does not answer");
	} else {
		ctl_complain(ctl, "eased: %s", status_string(status));
	}
	return ENDING_COULD_NOT;
}

/* Reads the reply; *out is the caller's if this returns ENDING_DONE. */
static int read_reply(const struct ctl *ctl, struct client *client, struct json **out)
{
	char line[CONTROL_LINE_MAX];
	struct diag diag = { .line = 0 };
	enum status status = client_receive(client, line, sizeof(line));
	if (status != STATUS_OK) {
		return explain_silence(ctl, status);
	}
	struct json *reply = NULL;
	status = json_parse(line, strlen(line), &reply, &diag);
	if (status != STATUS_OK) {
		ctl_complain(ctl, "eased gave an answer that is %s", diag.message);
		return ENDING_COULD_NOT;
	}
	const char *error = json_text(reply, "error");
	if (error != NULL) {
		ctl_complain(ctl, "%s", error);
		json_destroy(reply);
		return ENDING_COULD_NOT;
	}
	*out = reply;
	return ENDING_DONE;
}

/* Prints the event log until the daemon ends. */
static int print_events(const struct ctl *ctl, struct client *client)
{
	char line[CONTROL_LINE_MAX];
	enum status status = STATUS_OK;
	while ((status = client_receive(client, line, sizeof(line))) == STATUS_OK) {
		if (fprintf(ctl->out, "%s\n", line) < 0 || fflush(ctl->out) != 0) {
			return ENDING_COULD_NOT;
		}
	}
	return status == STATUS_NO_DATA ? ENDING_DONE : explain_silence(ctl, status);
}

static int converse(const struct ctl *ctl, struct client *client, const struct request *request)
{
	struct json *reply = NULL;
	const enum status status = client_send(client, request);
	if (status != STATUS_OK) {
		return explain_silence(ctl, status);
	}
	const int code = read_reply(ctl, client, &reply);
	if (code != ENDING_DONE) {
		return code;
	}
	if (request->kind == REQUEST_STATUS) {
		show_status(reply, ctl->out);
	}
	json_destroy(reply);
	return request->kind == REQUEST_WATCH ? print_events(ctl, client) : ENDING_DONE;
}

int talk_run(struct ctl *ctl)
{
	char folder[FOLDER_MAX];
	struct request request;
	if (!make_request(ctl, &request)) {
		return ENDING_BAD_INPUT;
	}
	if (control_folder(ctl->data, folder, sizeof(folder)) != STATUS_OK) {
		ctl_complain(ctl, "the path of the data folder is too long");
		return ENDING_BAD_INPUT;
	}
	struct client *client = NULL;
	struct diag diag = { .line = 0 };
	const enum status status = client_connect(folder, ctl->data != NULL, &client, &diag);
	if (status != STATUS_OK) {
		ctl_explain(ctl, status, &diag);
		return ENDING_COULD_NOT;
	}
	const int code = converse(ctl, client, &request);
	client_close(client);
	return code;
}
