/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real ears over recordings: how anyone can measure the coach on their own voice. */
#include "ctl.h"

#include "ease/clock.h"
#include "ease/ears.h"
#include "ease/json.h"
#include "ease/wav.h"
#include "vocab.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define HEARINGS_MAX 16
#define LINE_BYTES ((size_t)32 * 1024) /* a path may have 4095 bytes, each escaped to six */

struct hear {
	const struct ctl *ctl;
	struct ears *ears;
	uint8_t context;
	int code; /* the worst so far */
};

static double cpu_seconds(void)
{
	struct timespec now = { .tv_sec = 0 };
	/* cannot fail on Linux with this clock */
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double seconds_from_samples(int64_t samples)
{
	return (double)samples / EARS_RATE;
}

static void print(struct hear *hear, struct json *json)
{
	char line[LINE_BYTES];
	const enum status status = json_print(json, line, sizeof(line));
	if (status != STATUS_OK) {
		ctl_complain(hear->ctl, "%s", status_string(status));
		hear->code = ENDING_COULD_NOT;
		return;
	}
	fprintf(hear->ctl->out, "%s\n", line);
}

static void print_heard(struct hear *hear, const char *path, const struct hearing *heard)
{
	struct json *json = json_create();
	json_add_text(json, "file", path);
	json_add_text(json, "event", "heard");
	json_add_text(json, "intent", intent_name(heard->intent));
	/* that of a question or a start is an index, which tells nobody anything */
	if (heard->intent == INTENT_RATING && heard->value >= 0) {
		json_add_int(json, "value", heard->value);
	} else {
		json_add_null(json, "value");
	}
	json_add_text(json, "text", heard->text);
	json_add_decimal(json, "confidence", heard->confidence, 3);
	json_add_decimal(json, "from", seconds_from_samples(heard->from), 3);
	json_add_decimal(json, "to", seconds_from_samples(heard->to), 3);
	json_add_decimal(json, "decided", seconds_from_samples(heard->decided), 3);
	print(hear, json);
	json_destroy(json);
}

static void print_file(struct hear *hear, const char *path, size_t samples, double cpu)
{
	struct json *json = json_create();
	json_add_text(json, "file", path);
	json_add_text(json, "event", "file");
	json_add_decimal(json, "seconds", seconds_from_samples((int64_t)samples), 3);
	json_add_decimal(json, "cpu", cpu, 6);
	print(hear, json);
	json_destroy(json);
}

/* Doubtful words and where speech begins and ends are for the engine, not for a measurement. */
static void print_words(struct hear *hear, const char *path, const struct hearing *heard, int count)
{
	for (int i = 0; i < count; i++) {
		if (heard[i].kind == HEARING_WORD) {
			print_heard(hear, path, &heard[i]);
		}
	}
}

static void listen_to(struct hear *hear, const char *path, const int16_t *samples, size_t count)
{
	struct hearing heard[HEARINGS_MAX];
	ears_reset(hear->ears);
	ears_context(hear->ears, hear->context);
	for (size_t at = 0; at < count; at += EARS_FRAME) {
		int16_t frame[EARS_FRAME] = { 0 };
		const size_t left = count - at;
		memcpy(frame, samples + at,
				(left < EARS_FRAME ? left : EARS_FRAME) * sizeof(frame[0]));
		print_words(hear, path, heard,
				ears_process(hear->ears, frame, NULL, heard, HEARINGS_MAX));
	}
	print_words(hear, path, heard, ears_finish(hear->ears, heard, HEARINGS_MAX));
}

static void hear_file(struct hear *hear, const char *path)
{
	int16_t *samples = NULL;
	size_t count = 0;
	struct diag diag = { .line = 0 };
	const enum status status = wav_read(path, EARS_RATE, &samples, &count, &diag);
	if (status != STATUS_OK) {
		if (diag.message[0] == '\0') {
			diag_set(&diag, path, 0, 0, "%s", status_string(status));
		}
		ctl_explain(hear->ctl, status, &diag);
		hear->code = ENDING_BAD_INPUT;
		return;
	}
	const double before = cpu_seconds();
	listen_to(hear, path, samples, count);
	print_file(hear, path, count, cpu_seconds() - before);
	free(samples);
	fflush(hear->ctl->out); /* a measurement of many files shows how far it is */
}

static void hear_lines(struct hear *hear, FILE *list)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length = 0;
	while ((length = getline(&line, &size, list)) > 0) {
		if (line[length - 1] == '\n') {
			line[length - 1] = '\0';
		}
		if (line[0] != '\0') {
			hear_file(hear, line);
		}
	}
	if (ferror(list)) {
		ctl_complain(hear->ctl, "%s: cannot be read to its end", hear->ctl->list);
		hear->code = ENDING_BAD_INPUT;
	}
	free(line);
}

static void hear_list(struct hear *hear, const char *path)
{
	if (strcmp(path, "-") == 0) {
		hear_lines(hear, stdin);
		return;
	}
	FILE *list = fopen(path, "re");
	if (list == NULL) {
		ctl_complain(hear->ctl, "%s: %s", path, strerror(errno));
		hear->code = ENDING_BAD_INPUT;
		return;
	}
	hear_lines(hear, list);
	(void)fclose(list); /* it was only read */
}

static int hear_all(const struct ctl *ctl, const struct vocab *vocab, uint8_t context,
		const struct ears_person *person)
{
	const struct ears_config config = { .vocabulary = vocab->words, .echo = false };
	struct hear hear = { .ctl = ctl, .context = context, .code = ENDING_DONE };
	struct diag diag = { .line = 0 };
	const enum status status = ears_create(&config, &hear.ears, &diag);
	if (status != STATUS_OK) {
		ctl_explain(ctl, status, &diag);
		return status == STATUS_BAD_DATA ? ENDING_BAD_INPUT : ENDING_COULD_NOT;
	}
	ears_person_set(hear.ears, person);
	if (ctl->list != NULL) {
		hear_list(&hear, ctl->list);
	}
	for (int i = 0; i < ctl->arg_count; i++) {
		hear_file(&hear, ctl->args[i]);
	}
	ears_destroy(hear.ears);
	return hear.code;
}

int hear_run(struct ctl *ctl)
{
	struct vocab vocab;
	uint8_t context = 0;
	if ((ctl->list != NULL) == (ctl->arg_count > 0)) {
		ctl_complain(ctl, "hear needs recordings, or --list FILE");
		return ENDING_BAD_INPUT;
	}
	struct ears_person person;
	int code = vocab_load(ctl, &vocab);
	if (code != ENDING_DONE) {
		return code;
	}
	code = vocab_know(ctl, &vocab, &person);
	if (code == ENDING_DONE) {
		code = ENDING_BAD_INPUT;
		if (vocab_context(ctl, &vocab, ctl->context != NULL ? ctl->context : "touch",
				    &context)) {
			code = hear_all(ctl, &vocab, context, &person);
		}
	}
	vocab_free(&vocab);
	return code;
}
