/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario.c - checks one scenario: what happens, and exactly what it causes. Virtual time.
 *
 *   # why this must be so
 *   session touch screened            which session; screened, deaf (no microphone), volume=3, word
 *                                     (the person has a safe word: pineapple)
 *   0.000 start                       what happens from outside, at which second
 *       step welcome target 0         an action that it must cause
 *       say 1 "Welcome."
 *   2.000 said 1                      what follows by itself stands here too
 *   skip to 60                        this time passes without being shown
 *   61.500 heard rating 7             also: heard rating 5 or 9, heard firmer unsure, heard stop
 *                                     own (the person's own word), heard stop snr 12 (dB above the
 *                                     noise; else clear), heard stop snr 30 noise 20
 *   65.000 noise 45                   the room without a word
 *   70.000 nothing                    time passes, all that happens on the way is shown
 *   mute                              from here on no "said" is reported
 *
 * scenario FILE compares; scenario --write FILE prints what really happens. A tick or a "said" that
 * causes nothing is not shown.
 */
#include "fixture.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX 512

struct run {
	struct stage stage;
	char *text; /* the transcript */
	size_t size;
	size_t used;
	bool hidden;
};

static void show(struct run *run, const char *line)
{
	const size_t length = strlen(line);

	if (run->hidden || run->used + length + 2 > run->size) {
		return;
	}
	memcpy(run->text + run->used, line, length);
	run->used += length;
	run->text[run->used++] = '\n';
	run->text[run->used] = '\0';
}

static void show_actions(struct run *run)
{
	char line[LINE_MAX] = "    ";

	for (size_t i = 0; i < run->stage.count; i++) {
		fixture_print(&run->stage.actions[i], line + 4, sizeof line - 4);
		show(run, line);
	}
}

static void advance(struct run *run)
{
	char line[LINE_MAX];
	const struct event event = stage_advance(&run->stage);
	const double at = seconds_from_frames(run->stage.now);

	if (run->stage.count == 0) {
		return;
	}
	if (event.kind == EVENT_SAID) {
		(void)snprintf(line, sizeof line, "%.3f said %" PRIu32, at, event.utterance);
	} else {
		(void)snprintf(line, sizeof line, "%.3f tick", at);
	}
	show(run, line);
	show_actions(run);
}

/* Up to and with the given moment. */
static void play(struct run *run, frames_t until)
{
	while (stage_next(&run->stage) <= until) {
		advance(run);
	}
	run->stage.now = until;
}

static bool take_word(char **rest, const char *word)
{
	const size_t length = strlen(word);

	if (strncmp(*rest, word, length) != 0 || ((*rest)[length] != ' ' && (*rest)[length] != 0)) {
		return false;
	}
	*rest += length + ((*rest)[length] == ' ' ? 1 : 0);
	return true;
}

static bool parse_heard(char *rest, struct event *event)
{
	for (int intent = INTENT_NONE + 1; intent < INTENT_COUNT; intent++) {
		if (take_word(&rest, intent_name((enum intent)intent))) {
			*event = heard((enum intent)intent, -1);
			break;
		}
	}
	if (*rest >= '0' && *rest <= '9') {
		event->value = (int32_t)strtol(rest, &rest, 10);
		rest += *rest == ' ' ? 1 : 0;
	}
	if (take_word(&rest, "or")) {
		event->other = (int32_t)strtol(rest, &rest, 10);
		rest += *rest == ' ' ? 1 : 0;
	}
	event->sure = !take_word(&rest, "unsure");
	event->own = take_word(&rest, "own");
	if (take_word(&rest, "snr")) {
		event->snr_db = (int32_t)strtol(rest, &rest, 10);
		rest += *rest == ' ' ? 1 : 0;
	}
	if (take_word(&rest, "noise")) {
		event->noise_db = (int32_t)strtol(rest, &rest, 10);
	}
	return event->kind == EVENT_HEARD && *rest == '\0';
}

static bool parse_event(char *rest, struct event *event)
{
	static const enum event_kind kinds[] = { EVENT_START, EVENT_SPEECH_ONSET, EVENT_BUTTON,
		EVENT_MIC_LOST, EVENT_MIC_BACK, EVENT_CLOCK_JUMP, EVENT_SPEAKER_LOST };

	*event = (struct event){ .kind = EVENT_TICK, .value = -1, .other = -1 };
	if (take_word(&rest, "heard")) {
		return parse_heard(rest, event);
	}
	if (take_word(&rest, "noise")) {
		event->kind = EVENT_NOISE;
		event->noise_db = (int32_t)strtol(rest, &rest, 10);
		return *rest == '\0';
	}
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		if (take_word(&rest, event_kind_name(kinds[i]))) {
			event->kind = kinds[i];
			return *rest == '\0';
		}
	}
	return false;
}

static bool open_session(struct run *run, char *rest)
{
	struct engine_options options = { .microphone = true };
	char *name = rest;
	char *end = strchr(rest, ' ');

	if (end != NULL) {
		*end = '\0';
		rest = end + 1;
		options.screened = take_word(&rest, "screened");
		options.microphone = !take_word(&rest, "deaf");
		options.word = take_word(&rest, "word") ? "pineapple" : NULL;
		if (strncmp(rest, "volume=", 7) == 0) {
			options.volume_db = (int32_t)strtol(rest + 7, NULL, 10);
		}
	}
	if (fixture_script(name) == NULL) {
		return false;
	}
	stage_init(&run->stage, name, &options);
	return true;
}

static bool at_time(struct run *run, char *line)
{
	char *rest = line;
	const double seconds = strtod(line, &rest);
	struct event event;

	if (rest == line || *rest != ' ') {
		return false;
	}
	play(run, (frames_t)(seconds * EASE_RATE + 0.5));
	rest++;
	if (take_word(&rest, "nothing")) {
		show(run, line);
		return *rest == '\0';
	}
	if (!parse_event(rest, &event)) {
		return false;
	}
	stage_feed(&run->stage, event);
	show(run, line);
	show_actions(run);
	return true;
}

/* True where a line is the person's or the world's, not the engine's. */
static bool is_input(char *line)
{
	char *rest = line;

	if (line[0] == ' ') {
		return false;
	}
	(void)strtod(line, &rest);
	rest += *rest == ' ' ? 1 : 0;
	return !take_word(&rest, "said") && !take_word(&rest, "tick");
}

static bool take_line(struct run *run, char *line)
{
	char copy[LINE_MAX];
	char *rest = line;

	(void)snprintf(copy, sizeof copy, "%s", line);
	if (!is_input(line)) {
		return true;
	}
	if (line[0] == '#' || line[0] == '\0') {
		show(run, line);
		return true;
	}
	if (take_word(&rest, "session")) {
		show(run, copy);
		return open_session(run, rest);
	}
	if (take_word(&rest, "mute")) {
		show(run, copy);
		run->stage.mute = true;
		return true;
	}
	if (take_word(&rest, "skip to")) {
		run->hidden = true;
		play(run, (frames_t)(strtod(rest, NULL) * EASE_RATE + 0.5));
		run->hidden = false;
		show(run, copy);
		return true;
	}
	return at_time(run, line);
}

static char *read_all(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;

	if (file == NULL) {
		return NULL;
	}
	text = calloc(1, 1 << 18);
	*size = text == NULL ? 0 : fread(text, 1, (1 << 18) - 1, file);
	(void)fclose(file);
	return text;
}

static bool perform(struct run *run, const char *path, char *input)
{
	int number = 0;

	for (char *line = input; line != NULL;) {
		char *end = strchr(line, '\n');
		number++;
		if (end == NULL) {
			break;
		}
		*end = '\0';
		if (!take_line(run, line)) {
			(void)fprintf(stderr, "%s:%d: not understood: %s\n", path, number, line);
			return false;
		}
		line = end + 1;
	}
	return true;
}

/* Shows the first line that differs. */
static bool compare(const char *path, const char *expected, const char *actual)
{
	int number = 1;

	while (*expected != '\0' || *actual != '\0') {
		const size_t left = strcspn(expected, "\n");
		const size_t right = strcspn(actual, "\n");
		if (left != right || memcmp(expected, actual, left) != 0) {
			(void)fprintf(stderr, "%s:%d: expected: %.*s\n%s:%d: happened: %.*s\n",
					path, number, (int)left, expected, path, number, (int)right,
					actual);
			return false;
		}
		expected += left + (expected[left] == '\n' ? 1 : 0);
		actual += right + (actual[right] == '\n' ? 1 : 0);
		number++;
	}
	return true;
}

int main(int argc, char **argv)
{
	const bool write = argc == 3 && strcmp(argv[1], "--write") == 0;
	const char *path = argv[argc - 1];
	struct run run = { .size = 1 << 19 };
	size_t size = 0;
	char *expected = argc < 2 ? NULL : read_all(path, &size);
	char *input = argc < 2 ? NULL : read_all(path, &size);
	bool good = false;

	run.text = calloc(1, run.size);
	if (expected != NULL && input != NULL && run.text != NULL) {
		good = perform(&run, path, input);
		if (write) {
			(void)fputs(run.text, stdout);
		} else {
			good = good && compare(path, expected, run.text);
		}
	} else {
		(void)fprintf(stderr, "usage: scenario [--write] FILE\n");
	}
	free(expected);
	free(input);
	free(run.text);
	return good ? 0 : 1;
}
