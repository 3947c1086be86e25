/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "requests.h"

#include "app.h"
#include "remember.h"

#include <stdio.h>

static const char *state_name(enum engine_mode mode)
{
	switch (mode) {
	case ENGINE_RUNNING:
		return "running";
	case ENGINE_PAUSED:
		return "paused";
	case ENGINE_STOPPED:
		return "stopped";
	case ENGINE_ENDING:
		return "ending";
	case ENGINE_IDLE:
	case ENGINE_OVER:
		break;
	}
	return "idle";
}

static void show_step(const struct step *step, struct json *reply)
{
	json_add_text(reply, "step", step->name);
	if (step->unit != NULL) {
		json_add_text(reply, "unit", step->unit->name);
	}
	if (step->side != SIDE_NONE) {
		json_add_text(reply, "side", side_name(step->side));
	}
}

/* S178-S182: what the next session asks first. */
static void show_due(struct app *app, struct json *reply)
{
	struct memory memory = { .facts = 0 };
	const struct journal_session *last = NULL;
	char due[FACT_COUNT * 16] = "";
	size_t used = 0;
	if (app->journal == NULL) {
		return;
	}
	remember_look(app, &memory, &last);
	for (int fact = 0; fact < FACT_COUNT; fact++) {
		if ((memory.facts & memory_due() & fact_bit((enum fact)fact)) != 0) {
			const int length = snprintf(due + used, sizeof(due) - used, "%s%s",
					used > 0 ? ", " : "", fact_name((enum fact)fact));
			used += length > 0 ? (size_t)length : 0;
		}
	}
	if (used > 0) {
		json_add_text(reply, "due", due);
	}
}

static void show(struct app *app, struct json *reply)
{
	struct engine_view view = { .mode = ENGINE_IDLE };
	const bool running = translate_running(&app->translate);
	if (running) {
		translate_look(&app->translate, &view);
	}
	json_add_text(reply, "state", state_name(view.mode));
	if (!running) {
		show_due(app, reply);
		return;
	}
	json_add_text(reply, "session", app->script->name);
	if (view.step != NULL) {
		show_step(view.step, reply);
	}
	const frames_t played = translate_time(&app->translate, link_now(app->link));
	json_add_int(reply, "target", view.target);
	json_add_int(reply, "seconds", played / EASE_RATE);
	json_add_int(reply, "left", view.left / EASE_RATE);
}

static enum status start(struct app *app, const struct request *request, struct diag *diag)
{
	if (translate_running(&app->translate)) {
		diag_set(diag, NULL, 0, 0, "a session is running");
		return STATUS_BAD_ARG;
	}
	const char *name = request->session[0] != '\0' ? request->session : remember_session(app);
	if (name == NULL) {
		diag_set(diag, NULL, 0, 0, "which session?");
		return STATUS_BAD_ARG;
	}
	const enum status status = app_load_session(app, name, diag);
	if (status == STATUS_OK) {
		app_start_session(app);
	}
	return status;
}

static enum status say(struct app *app, const struct request *request, struct diag *diag)
{
	const enum status status = translate_say(&app->translate, request->text);
	if (status != STATUS_OK) {
		diag_set(diag, NULL, 0, 0, "too much is waiting to be said");
	}
	return status;
}

/* The intents that easectl may bring, by request. */
static enum intent intent_of(enum request_kind kind)
{
	switch (kind) {
	case REQUEST_PAUSE:
		return INTENT_PAUSE;
	case REQUEST_CONTINUE:
		return INTENT_CONTINUE;
	case REQUEST_LIGHTER:
		return INTENT_LIGHTER;
	case REQUEST_FIRMER:
		return INTENT_FIRMER;
	case REQUEST_RATE:
		return INTENT_RATING;
	case REQUEST_START:
	case REQUEST_STOP:
	case REQUEST_SAY:
	case REQUEST_STATUS:
	case REQUEST_WATCH:
	case REQUEST_COUNT:
		break;
	}
	return INTENT_NONE;
}

static enum status steer(struct app *app, const struct request *request, struct diag *diag)
{
	const frames_t now = link_now(app->link);
	if (!translate_running(&app->translate)) {
		diag_set(diag, NULL, 0, 0, "no session is running");
		return STATUS_BAD_ARG;
	}
	if (request->kind == REQUEST_STOP) {
		translate_event(&app->translate, EVENT_BUTTON, now);
		return STATUS_OK;
	}
	const int32_t value = request->kind == REQUEST_RATE ? request->value : -1;
	translate_intent(&app->translate, intent_of(request->kind), value, now);
	return STATUS_OK;
}

enum status requests_handle(
		void *arg, const struct request *request, struct json *reply, struct diag *diag)
{
	struct app *app = arg;
	switch (request->kind) {
	case REQUEST_START:
		return start(app, request, diag);
	case REQUEST_STOP:
	case REQUEST_PAUSE:
	case REQUEST_CONTINUE:
	case REQUEST_LIGHTER:
	case REQUEST_FIRMER:
	case REQUEST_RATE:
		return steer(app, request, diag);
	case REQUEST_SAY:
		return say(app, request, diag);
	case REQUEST_STATUS:
		show(app, reply);
		return STATUS_OK;
	case REQUEST_WATCH: /* the socket's own business */
	case REQUEST_COUNT:
		return STATUS_OK;
	}
	return STATUS_BAD_ARG;
}
