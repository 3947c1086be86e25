/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "person.h"

#include "ease/log.h"
#include "ease/place.h"

#include <string.h>

_Static_assert(PROFILE_CEPSTRA == EARS_CEPSTRA, "one mean for all");

static enum status find_profile(struct app *app)
{
	char folder[APP_PATH_MAX];
	if (app->options->data == NULL && app->options->out != NULL) {
		return STATUS_OK;
	}
	const enum status status = place_data(app->options->data, folder, sizeof(folder));
	if (status == STATUS_NOT_FOUND) {
		log_notice("person", "no home: nothing is kept for next time");
		return STATUS_OK;
	}
	return status == STATUS_OK
			       ? profile_path(folder, app->profile_path, sizeof(app->profile_path))
			       : status;
}

static void know(struct app *app)
{
	const struct profile_hearing *hearing = &app->profile->hearing;
	app->person = (struct ears_person){
		.words = hearing->words,
		.speech_db = hearing->speech_db,
		.noise_db = hearing->noise_db,
	};
	memcpy(app->person.mean, hearing->mean, sizeof(app->person.mean));
}

enum status person_load(struct app *app, struct diag *diag)
{
	static const struct profile nobody;
	enum status status = find_profile(app);
	app->profile = &nobody;
	if (status == STATUS_OK && app->profile_path[0] != '\0') {
		status = profile_load(app->arena, app->profile_path, &app->profile, diag);
	}
	if (status != STATUS_OK) {
		return status;
	}
	know(app);
	status = profile_vocabulary(
			app->arena, app->profile, &app->voice->vocabulary, &app->vocabulary, diag);
	if (status == STATUS_BAD_DATA) {
		const struct diag reason = *diag;
		diag_set(diag, app->profile_path, 0, 0, "%s", reason.message);
	}
	return status;
}

void person_take(struct app *app)
{
	if (app->listener != NULL && listener_person(app->listener, &app->person)) {
		app->learnt = true;
	}
}

static enum status keep(const struct app *app, struct arena *arena, struct diag *diag)
{
	const struct profile *written = NULL;
	enum status status = profile_load(arena, app->profile_path, &written, diag);
	if (status != STATUS_OK) {
		return status;
	}
	struct profile profile = *written;
	profile.hearing = (struct profile_hearing){
		.words = app->person.words,
		.speech_db = app->person.speech_db,
		.noise_db = app->person.noise_db,
	};
	memcpy(profile.hearing.mean, app->person.mean, sizeof(profile.hearing.mean));
	return profile_save(app->profile_path, &profile, diag);
}

void person_keep(struct app *app)
{
	if (!app->learnt || app->profile_path[0] == '\0') {
		return;
	}
	struct diag diag = { 0 };
	struct arena *arena = arena_create();
	const enum status status = arena != NULL ? keep(app, arena, &diag) : STATUS_NO_MEM;
	if (status != STATUS_OK) {
		char reason[sizeof(diag.path) + sizeof(diag.message) + 32];
		diag_string(&diag, reason, sizeof(reason));
		log_warning("person", "what was learnt is not kept: %s",
				reason[0] != '\0' ? reason : status_string(status));
	}
	app->learnt = false;
	arena_destroy(arena);
}
