/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include "remember.h"

#include "ease/log.h"

static enum status say(void *arg, uint32_t utterance, const char *text, frames_t at)
{
	struct app *app = arg;
	const enum status status = speech_say(app->speech, utterance, text, at);
	worker_wake(app->speech_worker);
	return status;
}

static void prepare(void *arg, const char *text)
{
	struct app *app = arg;
	const enum status status = speech_prepare(app->speech, text);
	if (status != STATUS_OK) {
		/* it will be synthesised when it is said */
		log_info("speech", "cannot prepare \"%.60s\": %s", text, status_string(status));
	}
	worker_wake(app->speech_worker);
}

static void cancel(void *arg, uint32_t utterance)
{
	struct app *app = arg;
	speech_cancel(app->speech, utterance);
	worker_wake(app->speech_worker);
}

static void command(void *arg, const struct command *made)
{
	struct app *app = arg;
	const enum status status = link_command(app->link, made);
	if (status != STATUS_OK) {
		log_error("audio", "command %d is lost: %s", (int)made->kind,
				status_string(status));
	}
}

static void context(void *arg, uint8_t index)
{
	struct app *app = arg;
	log_debug("listen", "%.3f s: context %s", seconds_from_frames(link_now(app->link)),
			app->voice->vocabulary.contexts[index].name);
	if (app->listener != NULL) {
		listener_context(app->listener, index);
	}
}

static void note(void *arg, const struct note *made)
{
	struct app *app = arg;
	eventlog_note(app->eventlog, made);
	transcript_note(&app->transcript, made);
	remember_note(app, made);
	if (app->cast != NULL) {
		cast_note(&app->player, made);
	}
}

struct stage stage_of(struct app *app)
{
	return (struct stage){
		.arg = app,
		.say = say,
		.prepare = prepare,
		.cancel = cancel,
		.command = command,
		.context = context,
		.note = note,
	};
}
