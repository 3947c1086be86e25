/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"

#include "loop.h"
#include "person.h"
#include "pump.h"
#include "remember.h"
#include "requests.h"
#include "stage.h"

#include "ease/log.h"
#include "ease/place.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define NOISE_DBFS (-69.0) /* a quiet room */

static enum exit_code code_of(enum status status)
{
	switch (status) {
	case STATUS_OK:
		return EXIT_CODE_FINISHED;
	case STATUS_BAD_DATA:
	case STATUS_NOT_FOUND:
		return EXIT_CODE_INPUT;
	case STATUS_NO_MEM:
	case STATUS_BAD_ARG:
	case STATUS_NO_SPACE:
	case STATUS_NO_DATA:
	case STATUS_BACKEND:
	case STATUS_COUNT:
		break;
	}
	return EXIT_CODE_FAILED;
}

/* For the person at the terminal: "path:line:column: reason", as compilers do. */
static void complain(const struct diag *diag, enum status status)
{
	char text[sizeof(diag->path) + sizeof(diag->message) + 32];
	diag_string(diag, text, sizeof(text));
	fprintf(stderr, "eased: %s\n", text[0] != '\0' ? text : status_string(status));
}

/* What people wrote. */

static enum status load_cast(struct app *app, struct diag *diag)
{
	const struct options *options = app->options;
	if (options->out == NULL || options->deaf ||
			(options->cast == NULL && options->in != NULL)) {
		return STATUS_OK;
	}
	char path[APP_PATH_MAX + 16];
	if (options->cast != NULL) {
		snprintf(path, sizeof(path), "%s", options->cast);
	} else {
		snprintf(path, sizeof(path), "%s/en/cast.yaml", app->voices);
	}
	const enum status status = cast_load(app->arena, path, &app->cast, diag);
	if (status != STATUS_OK) {
		return status;
	}
	const char *slash = strrchr(path, '/');
	snprintf(app->cast_folder, sizeof(app->cast_folder), "%.*s",
			slash != NULL ? (int)(slash - path) : 1, slash != NULL ? path : ".");
	return cast_init(&app->player, app->cast, app->script);
}

static enum status load_voice(struct app *app, struct diag *diag)
{
	const struct options *options = app->options;
	const char *name = options->voice != NULL ? options->voice : app->settings->voice;
	const enum status status = voice_load(app->arena, app->voices, name, &app->voice, diag);
	if (status != STATUS_OK) {
		return status;
	}
	app->speaking = app->voice->speech;
	if (app->settings->rate_wpm > 0) {
		app->speaking.rate_wpm = app->settings->rate_wpm;
	}
	return STATUS_OK;
}

static enum status load(struct app *app, struct diag *diag)
{
	enum status status = place_find("scripts", app->scripts, sizeof(app->scripts));
	if (status == STATUS_OK) {
		status = place_find("voices", app->voices, sizeof(app->voices));
	}
	app->arena = arena_create();
	app->settings = &settings_defaults;
	if (status == STATUS_OK && app->arena == NULL) {
		status = STATUS_NO_MEM;
	}
	if (status == STATUS_OK && app->options->settings != NULL) {
		status = settings_load(app->arena, app->options->settings, &app->settings, diag);
	}
	if (status == STATUS_OK) {
		status = load_voice(app, diag);
	}
	if (status == STATUS_OK) {
		status = person_load(app, diag);
	}
	if (status == STATUS_OK && app->options->session != NULL) {
		status = app_load_session(app, app->options->session, diag);
	}
	if (status == STATUS_OK) {
		status = load_cast(app, diag);
	}
	return status;
}

static enum status load_list(struct app *app, struct diag *diag)
{
	const struct session_entry *sessions = NULL;
	size_t count = 0;
	const enum status status = script_list(app->arena, app->scripts, &sessions, &count, diag);
	if (status == STATUS_OK) {
		idle_init(&app->idle, &app->voice->vocabulary, sessions, count,
				app->settings->session);
	}
	return status;
}

enum status app_load_session(struct app *app, const char *name, struct diag *diag)
{
	struct arena *arena = arena_create();
	if (arena == NULL) {
		return STATUS_NO_MEM;
	}
	const struct script *script = NULL;
	const enum status status = script_load(
			arena, app->scripts, name, &app->voice->vocabulary, &script, diag);
	if (status != STATUS_OK) {
		arena_destroy(arena);
		return status;
	}
	arena_destroy(app->session_arena);
	app->session_arena = arena;
	app->script = script;
	return STATUS_OK;
}

/* The adapters. */

static enum status create_listener(struct app *app)
{
	if (app->options->deaf) {
		return STATUS_OK;
	}
	const bool live = app->options->out == NULL;
	const struct listener_config config = {
		.vocabulary = app->vocabulary,
		.person = &app->person,
		.near = &app->link->capture.near,
		.far = live || app->options->echo ? &app->link->playback.far : NULL,
		.wake_fd = app->heard_fd,
	};
	return listener_create(&config, &app->listener);
}

static enum status create_adapters(struct app *app, struct diag *diag)
{
	enum status status = link_create(&app->link);
	if (status == STATUS_OK) {
		status = speech_create(
				&app->speaking, &app->link->playback.speech, &app->speech, diag);
	}
	if (status == STATUS_OK) {
		status = create_listener(app);
	}
	return status;
}

static enum status open_offline(struct app *app, struct diag *diag)
{
	const struct options *options = app->options;
	const struct offline_config config = {
		.out_path = options->out,
		.in_path = options->in,
		.microphone = !options->deaf,
		.echo = options->echo,
		.echo_gain_db = options->echo_gain_db,
		.echo_delay_ms = options->echo_delay_ms,
		.echo_room = options->echo_room,
		.noise_dbfs = NOISE_DBFS,
	};
	app->microphone = !options->deaf;
	return offline_create(&config, app->link, &app->offline, diag);
}

static void broadcast(void *arg, const char *line)
{
	const struct app *app = arg;
	if (app->control != NULL) {
		control_broadcast(app->control, line);
	}
}

static enum status open_control(struct app *app, struct diag *diag)
{
	char folder[APP_PATH_MAX];
	const enum status status = control_folder(app->options->data, folder, sizeof(folder));
	if (status != STATUS_OK) {
		return status;
	}
	return control_listen(folder, requests_handle, app, &app->control, diag);
}

static enum status open_live(struct app *app, struct diag *diag)
{
	app->heard_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (app->heard_fd < 0) {
		diag_set(diag, NULL, 0, 0, "no eventfd: %s", strerror(errno));
		return STATUS_BACKEND;
	}
	/* before the sound card, so that a second daemon is refused without a sound */
	return open_control(app, diag);
}

static enum status open_device(struct app *app, struct diag *diag)
{
	const struct options *options = app->options;
	const struct device_config config = {
		.output = options->output != NULL ? options->output : app->settings->output,
		.input = options->input != NULL ? options->input : app->settings->input,
	};
	const enum status status = device_open(&config, app->link, &app->device, diag);
	if (status == STATUS_OK) {
		app->microphone = app->listener != NULL && device_has_microphone(app->device);
	}
	return status;
}

static enum status start_workers(struct app *app)
{
	enum status status = worker_create(speech_work, app->speech, "speech", &app->speech_worker);
	if (status == STATUS_OK && app->listener != NULL) {
		status = worker_create(
				listener_work, app->listener, "listener", &app->listener_worker);
	}
	return status;
}

/* Running. */

/* S175; where there is no memory for it the session stays as it is written. */
static void favour(struct app *app, enum area area)
{
	const struct script *script = app->script;
	struct script *made = arena_alloc(app->session_arena, sizeof(*made));
	struct step *steps = arena_alloc(
			app->session_arena, script->step_count * sizeof(*script->steps));
	if (area == AREA_NONE || made == NULL || steps == NULL) {
		return;
	}
	memcpy(steps, script->steps, script->step_count * sizeof(*steps));
	script_favour(steps, script->step_count, area);
	*made = *script;
	made->steps = steps;
	app->script = made;
}

void app_start_session(struct app *app)
{
	struct engine_options options = {
		.screened = app->options->screened,
		.microphone = app->microphone,
		.volume_db = app->settings->volume_db,
		.word = app->profile->word,
		.emergency = app->settings->emergency,
		.verbosity = app->settings->verbosity,
		.measure = app->settings->measures,
		.answers = app->voice->answers,
		.answer_count = app->voice->answers != NULL ? app->voice->vocabulary.topic_count
							    : 0,
		.minutes = app->options->minutes,
	};
	app->presses = 0;
	remember_begin(app, &options);
	favour(app, options.area);
	translate_start(&app->translate, app->script, &options, link_now(app->link));
	remember_told(app);
}

void app_button(struct app *app)
{
	if (app->presses >= 2 || !translate_running(&app->translate)) {
		app->quit = true;
		return;
	}
	app->presses++;
	translate_event(&app->translate, EVENT_BUTTON, link_now(app->link));
}

void app_signals(struct app *app)
{
	struct signalfd_siginfo info;
	while (read(app->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		log_notice("eased", "signal %u", (unsigned)info.ssi_signo);
		app_button(app);
		/* a service that is told to end does not wait for the next session */
		app->leaving = true;
	}
}

static enum status open_signals(struct app *app)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	/* a reader of our output that went away is no reason to fall silent */
	signal(SIGPIPE, SIG_IGN);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0) {
		return STATUS_BACKEND;
	}
	app->signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	return app->signal_fd >= 0 ? STATUS_OK : STATUS_BACKEND;
}

static enum exit_code code_of_session(const struct app *app)
{
	switch (translate_reason(&app->translate)) {
	case END_FINISHED:
		return EXIT_CODE_FINISHED;
	case END_STOPPED:
	case END_MEDICAL:
		return EXIT_CODE_STOPPED;
	case END_REFUSED:
		return EXIT_CODE_REFUSED;
	case END_FAULT:
		return EXIT_CODE_SOUND;
	case END_REASON_COUNT:
		break;
	}
	return EXIT_CODE_FAILED;
}

static enum exit_code run_live(struct app *app, struct diag *diag)
{
	enum status status = start_workers(app);
	if (status != STATUS_OK) {
		complain(diag, status);
		return code_of(status);
	}
	status = open_device(app, diag);
	if (status != STATUS_OK) {
		complain(diag, status);
		return EXIT_CODE_SOUND;
	}
	if (!app->microphone && app->listener != NULL) {
		log_warning("eased", "no microphone: only the button can stop a session");
	}
	faults_init(&app->faults, app->microphone);
	return loop_run(app);
}

static enum exit_code run_offline(struct app *app)
{
	faults_init(&app->faults, app->microphone);
	return pump_run(app);
}

/* All that can be refused before anything sounds. */
static enum status prepare(struct app *app, struct diag *diag)
{
	const bool live = app->options->out == NULL;
	enum status status = load(app, diag);
	if (status == STATUS_OK && live) {
		status = load_list(app, diag);
	}
	if (status == STATUS_OK) {
		status = eventlog_open(app->options->events, broadcast, app, &app->eventlog, diag);
	}
	if (status == STATUS_OK) {
		status = open_signals(app);
	}
	if (status == STATUS_OK) {
		status = remember_open(app, diag);
	}
	if (status == STATUS_OK) {
		status = remember_start(app);
	}
	if (status == STATUS_OK && live) {
		status = open_live(app, diag);
	}
	if (status == STATUS_OK) {
		status = create_adapters(app, diag);
	}
	if (status == STATUS_OK && !live) {
		status = open_offline(app, diag);
	}
	return status;
}

static enum exit_code worse(enum exit_code code, enum exit_code other)
{
	return code != EXIT_CODE_FINISHED ? code : other;
}

/* In reverse order; also what was only half made. */
static enum exit_code take_down(struct app *app, enum exit_code code)
{
	struct diag diag = { 0 };
	if (app->offline != NULL && offline_destroy(app->offline, &diag) != STATUS_OK) {
		complain(&diag, STATUS_BACKEND);
		code = worse(code, EXIT_CODE_FAILED);
	}
	const bool hung = app->device != NULL && device_close(app->device) != STATUS_OK;
	worker_destroy(app->listener_worker);
	worker_destroy(app->speech_worker);
	listener_destroy(app->listener);
	speech_destroy(app->speech);
	if (!hung) { /* else PortAudio's thread may still use it, and the process ends anyway */
		link_destroy(app->link);
	}
	control_close(app->control);
	remember_close(app);
	if (eventlog_close(app->eventlog) != STATUS_OK) {
		code = worse(code, EXIT_CODE_FAILED);
	}
	cast_finish(&app->player);
	arena_destroy(app->session_arena);
	arena_destroy(app->arena);
	if (app->heard_fd >= 0) {
		close(app->heard_fd);
	}
	if (app->signal_fd >= 0) {
		close(app->signal_fd);
	}
	return code;
}

enum exit_code app_run(const struct options *options)
{
	/* large, because of the texts that wait in it */
	struct app *app = calloc(1, sizeof(*app));
	if (app == NULL) {
		return EXIT_CODE_FAILED;
	}
	struct diag diag = { 0 };
	app->options = options;
	app->signal_fd = -1;
	app->heard_fd = -1;
	log_set_level((enum log_level)(LOG_LEVEL_NOTICE + options->verbose));

	enum exit_code code = EXIT_CODE_FINISHED;
	const enum status status = prepare(app, &diag);
	if (status != STATUS_OK) {
		complain(&diag, status);
		code = code_of(status);
	} else {
		app->stage = stage_of(app);
		translate_init(&app->translate, &app->stage, app->voice->phrases);
		transcript_init(&app->transcript, stdout, isatty(STDOUT_FILENO) == 1);
		code = options->out != NULL ? run_offline(app) : run_live(app, &diag);
		if (code == EXIT_CODE_FINISHED && options->session != NULL) {
			code = code_of_session(app);
		}
	}
	code = take_down(app, code);
	free(app);
	return code;
}
