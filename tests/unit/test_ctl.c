/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: ctl control base */
/* test_ctl.c - easectl's command line, and its talk with a daemon that answers from a worker. */
#include "ease/control.h"
#include "ease/worker.h"
#include "easectl.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WORDS_MAX 8

struct fixture {
	char folder[32];
	struct control *control;
	struct worker *worker;
	struct request last;
	bool watched;
	struct easectl ctl;
};

static enum status handle(
		void *arg, const struct request *request, struct json *reply, struct diag *diag)
{
	struct fixture *fixture = arg;
	fixture->last = *request;
	fixture->watched = fixture->watched || request->kind == REQUEST_WATCH;
	if (request->kind == REQUEST_FIRMER) {
		diag_set(diag, NULL, 0, 0, "not before you have rated");
		return STATUS_BAD_ARG;
	}
	if (request->kind == REQUEST_STATUS) {
		json_add_text(reply, "state", "running");
		json_add_text(reply, "session", "slow-breath");
		json_add_text(reply, "step", "breathe");
		json_add_text(reply, "unit", "slow-breathing");
		json_add_text(reply, "side", "left");
		json_add_int(reply, "target", 3);
		json_add_int(reply, "seconds", 65);
		json_add_int(reply, "left", 600);
	}
	return STATUS_OK;
}

/* A daemon that logs two events for whoever watches, and then ends. */
static void serve(void *arg)
{
	struct fixture *fixture = arg;
	struct pollfd polled[1 + CONTROL_CLIENTS_MAX];
	if (fixture->control == NULL) {
		return;
	}
	const size_t count = control_poll(fixture->control, polled);
	if (poll(polled, count, 0) > 0) {
		control_work(fixture->control, polled, count);
	}
	if (fixture->watched) {
		control_broadcast(fixture->control, "{\"t\":1.000,\"event\":\"hushed\"}");
		control_broadcast(fixture->control, "{\"t\":2.000,\"event\":\"end\"}");
		control_close(fixture->control);
		fixture->control = NULL;
	}
}

static int prepare(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	if (fixture == NULL) {
		return -1;
	}
	*state = fixture;
	snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/ease-ctl-XXXXXX");
	return mkdtemp(fixture->folder) != NULL ? 0 : -1;
}

static int serving(void **state)
{
	if (prepare(state) != 0) {
		return -1;
	}
	struct fixture *fixture = *state;
	if (control_listen(fixture->folder, handle, fixture, &fixture->control, NULL) !=
			STATUS_OK) {
		return -1;
	}
	return worker_create(serve, fixture, "control", &fixture->worker) == STATUS_OK ? 0 : -1;
}

static int clean(void **state)
{
	struct fixture *fixture = *state;
	worker_destroy(fixture->worker);
	control_close(fixture->control);
	rmdir(fixture->folder);
	easectl_forget(&fixture->ctl);
	free(fixture);
	return 0;
}

/* Runs "easectl WORD..." where the words are separated by '|'; '@' stands for the data folder. */
static int run(struct fixture *fixture, const char *words)
{
	char line[256];
	char *argv[WORDS_MAX + 2] = { line };
	int argc = 1;
	snprintf(line, sizeof(line), "easectl|%s", words);
	for (char *bar = strchr(line, '|'); bar != NULL && argc <= WORDS_MAX;
			bar = strchr(bar + 1, '|')) {
		*bar = '\0';
		argv[argc++] = bar[1] == '@' ? fixture->folder : bar + 1;
	}
	argc = words[0] == '\0' ? 1 : argc;
	argv[argc] = NULL;
	return easectl_run(&fixture->ctl, argc, argv);
}

static void helps(void **state)
{
	struct fixture *fixture = *state;
	const struct verb *verb = NULL;
	assert_int_equal(run(fixture, "--help"), 0);
	for (size_t i = 0; (verb = verb_at(i)) != NULL; i++) {
		char line[64];
		snprintf(line, sizeof(line), "\n  %s ", verb->name);
		assert_non_null(strstr(fixture->ctl.out, line));
	}
	assert_string_equal(fixture->ctl.err, "");
	for (size_t i = 0; (verb = verb_at(i)) != NULL; i++) {
		char words[64];
		snprintf(words, sizeof(words), "%s|--help", verb->name);
		assert_int_equal(run(fixture, words), 0);
		assert_non_null(strstr(fixture->ctl.out, verb->about));
		assert_null(strstr(fixture->ctl.out, "COMMAND"));
	}
	assert_int_equal(run(fixture, "-V"), 0);
	assert_string_equal(fixture->ctl.out, "easectl " EASE_VERSION "\n");
}

/* What is asked for wrongly, and what is said about it; the exit status is always 2. */
static const struct {
	const char *words;
	const char *reason;
} wrong[] = {
	{ "", "which command?" },
	{ "jump", "unknown command jump" },
	{ "--loud|stop", "unknown option --loud" },
	{ "stop|-q", "unknown option -q" },
	{ "--data", "--data needs a value" },
	{ "stop|--context|touch", "--context is no option of stop" },
	{ "--list|x|check|y", "--list is no option of check" },
	{ "start", "start needs SESSION" },
	{ "stop|now", "stop: what is \"now\" for?" },
	{ "start|Loud", "lower-case" },
	{ "start|../../etc/passwd", "lower-case" },
	{ "start|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
			"63 bytes" },
	{ "rate|eleven", "0 to 10" },
	{ "rate|11", "0 to 10" },
	{ "rate|4.5", "0 to 10" },
	{ "rate|", "0 to 10" },
	{ "say|", "1 to 511" },
	{ "say|a\nb", "control characters" },
	{ "hear", "needs recordings" },
	{ "hear|--list|x|y", "needs recordings" },
};

static void says_what_is_wrong(void **state)
{
	struct fixture *fixture = *state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const int code = run(fixture, wrong[i].words);
		if (code != ENDING_BAD_INPUT || strstr(fixture->ctl.err, wrong[i].reason) == NULL) {
			fail_msg("%s: %d, %s", wrong[i].words, code, fixture->ctl.err);
		}
		assert_string_equal(fixture->ctl.out, "");
	}
}

static void says_that_no_daemon_runs(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(run(fixture, "--data|@|stop"), ENDING_COULD_NOT);
	assert_non_null(strstr(fixture->ctl.err, "eased is not running here"));
}

static void passes_requests_on(void **state)
{
	struct fixture *fixture = *state;
	static const char *const plain[] = { "stop", "pause", "continue", "lighter" };
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		char words[64];
		snprintf(words, sizeof(words), "%s|--data|@", plain[i]);
		assert_int_equal(run(fixture, words), ENDING_DONE);
		assert_string_equal(request_name(fixture->last.kind), plain[i]);
		assert_string_equal(fixture->ctl.out, "");
		assert_string_equal(fixture->ctl.err, "");
	}
	assert_int_equal(run(fixture, "--data|@|rate|7"), ENDING_DONE);
	assert_int_equal(fixture->last.value, 7);
	assert_int_equal(run(fixture, "--data|@|start|slow-breath"), ENDING_DONE);
	assert_string_equal(fixture->last.session, "slow-breath");
	assert_int_equal(run(fixture, "--data|@|say|hello|my|friend"), ENDING_DONE);
	assert_string_equal(fixture->last.text, "hello my friend");
	assert_int_equal(run(fixture, "--data|@|say|--|--help"), ENDING_DONE);
	assert_string_equal(fixture->last.text, "--help");
}

static void tells_a_refusal(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(run(fixture, "--data|@|firmer"), ENDING_COULD_NOT);
	assert_string_equal(fixture->ctl.err, "easectl: not before you have rated\n");
}

static void shows_the_status(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(run(fixture, "--data|@|status"), ENDING_DONE);
	assert_string_equal(fixture->ctl.out, "running: slow-breath\n"
					      "step: breathe, slow-breathing, left side\n"
					      "pressure target: 3\n"
					      "so far: 1:05\n"
					      "about left: 10:00\n");
}

static void prints_events_until_the_daemon_ends(void **state)
{
	struct fixture *fixture = *state;
	assert_int_equal(run(fixture, "--data|@|watch"), ENDING_DONE);
	assert_string_equal(fixture->ctl.out, "{\"t\":1.000,\"event\":\"hushed\"}\n"
					      "{\"t\":2.000,\"event\":\"end\"}\n");
}

static void says_when_the_output_is_lost(void **state)
{
	struct fixture *fixture = *state;
	char *argv[] = { (char[]){ "easectl" }, (char[]){ "--help" }, NULL };
	size_t size = 0;
	FILE *full = fopen("/dev/full", "we");
	FILE *err = open_memstream(&fixture->ctl.err, &size);
	assert_non_null(full);
	assert_non_null(err);
	assert_int_equal(ctl_run(2, argv, full, err), ENDING_COULD_NOT);
	(void)fclose(full);
	assert_int_equal(fclose(err), 0);
	assert_string_equal(fixture->ctl.err, "easectl: cannot write the output\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(helps, prepare, clean),
		cmocka_unit_test_setup_teardown(says_what_is_wrong, prepare, clean),
		cmocka_unit_test_setup_teardown(says_that_no_daemon_runs, prepare, clean),
		cmocka_unit_test_setup_teardown(passes_requests_on, serving, clean),
		cmocka_unit_test_setup_teardown(tells_a_refusal, serving, clean),
		cmocka_unit_test_setup_teardown(shows_the_status, serving, clean),
		cmocka_unit_test_setup_teardown(
				prints_events_until_the_daemon_ends, serving, clean),
		cmocka_unit_test_setup_teardown(says_when_the_output_is_lost, prepare, clean),
	};
	return cmocka_run_group_tests_name("ctl", tests, NULL, NULL);
}
