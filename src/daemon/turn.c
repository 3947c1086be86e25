/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "turn.h"

#include "actor.h"
#include "person.h"
#include "remember.h"

#include "ease/log.h"

#include <stdatomic.h>
#include <stdlib.h>

#define USUAL_MINUTES 10 /* of a session, where nothing else is known */

static void say_with(struct app *app, const char *template, struct text_args args)
{
	char text[TEXT_MAX];
	args.measure = app->settings->measures;
	if (text_render(template, &args, app->voice->phrases, text, sizeof(text)) != STATUS_OK ||
			translate_say(&app->translate, text) != STATUS_OK) {
		log_warning("idle", "cannot say \"%.60s\"", template);
	}
}

static void say_phrase(struct app *app, enum phrase phrase, const char *title)
{
	say_with(app, app->voice->phrases[phrase], (struct text_args){ .title = title });
}

static struct memory memory_now(struct app *app)
{
	struct memory memory = { .verbosity = -1 };
	const struct journal_session *last = NULL;
	if (app->journal != NULL) {
		remember_look(app, &memory, &last);
	}
	return memory;
}

/* S178-S180: they are asked at the next start, and nobody need wait for that to hear so. */
static void invite(struct app *app)
{
	const struct memory memory = memory_now(app);
	say_phrase(app, PHRASE_IDLE, NULL);
	if ((memory.facts & memory_due()) != 0) {
		say_phrase(app, PHRASE_FOLLOW_UP, NULL);
	}
}

static void wish_length(struct app *app)
{
	const struct memory memory = memory_now(app);
	const int32_t wish = idle_wish(&app->idle);
	const int32_t now = app->minutes > 0 ? app->minutes : memory.minutes;
	app->minutes = length_wished(now > 0 ? now : USUAL_MINUTES, wish);
	say_with(app, app->voice->phrases[PHRASE_LENGTH],
			(struct text_args){ .minutes = app->minutes });
}

static void wish_words(struct app *app)
{
	static const enum phrase told[VERBOSITY_COUNT] = {
		[VERBOSITY_FULL] = PHRASE_WORDS_FULL,
		[VERBOSITY_SHORT] = PHRASE_WORDS_SHORT,
		[VERBOSITY_TONES] = PHRASE_WORDS_TONES,
	};
	const struct memory memory = memory_now(app);
	enum verbosity now = app->settings->verbosity;
	if (app->worded) {
		now = app->verbosity;
	} else if (memory.verbosity >= 0) {
		now = (enum verbosity)memory.verbosity;
	}
	app->worded = true;
	app->verbosity = verbosity_wished(now, idle_wish(&app->idle));
	say_phrase(app, told[app->verbosity], NULL);
}

static void answer_topic(struct app *app)
{
	const struct voice_answer *answer = &app->voice->answers[idle_topic(&app->idle)];
	const struct memory memory = memory_now(app);
	remember_asked(app, answer);
	say_with(app, answer->say, (struct text_args){ .facts = memory.facts });
}

static void start_asked(struct app *app)
{
	struct diag diag = { 0 };
	if (app_load_session(app, idle_session(&app->idle)->name, &diag) == STATUS_OK) {
		app_start_session(app);
		return;
	}
	char reason[512];
	diag_string(&diag, reason, sizeof(reason));
	log_error("idle", "%s", reason);
	say_phrase(app, PHRASE_CANNOT_ANSWER, NULL);
}

static void obey_idle(struct app *app, enum idle_do what)
{
	switch (what) {
	case IDLE_NOTHING:
		return;
	case IDLE_INVITE:
		invite(app);
		break;
	case IDLE_ASK:
		say_phrase(app, PHRASE_START_CONFIRM, idle_session(&app->idle)->title);
		break;
	case IDLE_ANSWER:
		answer_topic(app);
		break;
	case IDLE_LENGTH:
		wish_length(app);
		break;
	case IDLE_WORDS:
		wish_words(app);
		break;
	case IDLE_START:
		start_asked(app);
		return;
	case IDLE_LISTEN:
		break;
	}
	app->stage.context(app, (uint8_t)idle_context(&app->idle));
}

void turn_idle(struct app *app, bool invite)
{
	idle_reset(&app->idle);
	obey_idle(app, invite ? IDLE_INVITE : IDLE_LISTEN);
}

static bool take_hearings(struct app *app, frames_t now)
{
	struct hearing hearing;
	bool done = false;
	while (app->listener != NULL && listener_heard(app->listener, &hearing)) {
		const bool idle = !translate_running(&app->translate);
		if (translate_is_own_voice(&app->translate, &hearing)) {
			hearing.kind = HEARING_OFFSET;
		}
		translate_hearing(&app->translate, &hearing, now);
		if (idle && app->options->session == NULL) {
			idle_prefer(&app->idle, remember_session(app));
			obey_idle(app, idle_hearing(&app->idle, &hearing, now));
		}
		done = true;
	}
	return done;
}

static void take_words(struct app *app)
{
	struct speech_word word;
	while (speech_word(app->speech, &word)) {
		translate_word(&app->translate, &word);
	}
}

static bool take_reports(struct app *app)
{
	struct report report;
	bool done = false;
	while (link_report(app->link, &report)) {
		translate_report(&app->translate, &report);
		done = true;
	}
	return done;
}

static void play_line(struct app *app, const struct cast_line *line, frames_t at)
{
	struct diag diag = { 0 };
	int16_t *samples = NULL;
	size_t count = 0;
	enum status status = actor_render(line, app->cast_folder, &samples, &count, &diag);
	if (status == STATUS_OK) {
		log_info("cast", "%.3f s: \"%s\"", seconds_from_frames(at),
				line->say != NULL ? line->say : line->wav);
		status = offline_inject(app->offline, samples, count, at);
	}
	if (status != STATUS_OK) {
		log_warning("cast", "cannot say \"%s\": %s",
				line->say != NULL ? line->say : line->wav,
				diag.message[0] != '\0' ? diag.message : status_string(status));
	}
	free(samples);
}

static bool play_cast(struct app *app, frames_t now)
{
	if (app->cast == NULL) {
		return false;
	}
	bool done = false;
	frames_t at = 0;
	const struct cast_line *line = NULL;
	while ((line = cast_due(&app->player, now + EASE_PERIOD, &at)) != NULL) {
		play_line(app, line, at > now ? at : now);
		done = true;
	}
	return done;
}

static void show_progress(struct app *app, frames_t now)
{
	struct engine_view view;
	if (translate_running(&app->translate)) {
		translate_look(&app->translate, &view);
		transcript_progress(&app->transcript, translate_time(&app->translate, now), &view);
	}
}

bool turn(struct app *app)
{
	/* read before the reports are taken: what is heard now comes after all that was reported */
	const frames_t now = link_now(app->link);
	const bool ran = translate_running(&app->translate);

	take_words(app);
	const bool reported = take_reports(app);
	const bool heard = take_hearings(app, now);
	const bool ticked = translate_tick(&app->translate, now);
	const bool played = play_cast(app, now);
	if (app->options->session == NULL && !translate_running(&app->translate)) {
		obey_idle(app, idle_tick(&app->idle, now));
	}
	show_progress(app, now);
	person_take(app);
	if (ran && !translate_running(&app->translate)) {
		person_keep(app);
		app->ended = now;
		app->presses = 0;
		if (app->options->session == NULL) {
			turn_idle(app, false);
		}
	}
	return reported || heard || ticked || played;
}

void turn_watch(struct app *app, usec_t now)
{
	struct signs signs = {
		.now = now,
		.frames = link_now(app->link),
		.lost_reports = atomic_load(&app->link->playback.lost_reports),
	};
	if (app->device != NULL) {
		const enum device_health health = device_check(app->device, now);
		signs.output_lost = health == DEVICE_OUTPUT_LOST;
		signs.input_lost = health == DEVICE_INPUT_LOST;
	}
	if (app->listener != NULL) {
		const enum listener_health health = listener_health(app->listener);
		signs.ears_ready = health == LISTENER_READY;
		signs.ears_failed = health == LISTENER_FAILED;
		signs.ears_blocks = listener_blocks(app->listener);
	}
	if (app->listener != NULL && listener_noise(app->listener) > 0) {
		translate_noise(&app->translate, listener_noise(app->listener), signs.frames);
	}
	const enum event_kind event = faults_look(&app->faults, &signs);
	if (event == EVENT_KIND_COUNT) {
		return;
	}
	log_warning("watch", "%s at %.3f s", event_kind_name(event),
			seconds_from_frames(signs.frames));
	if (event == EVENT_SPEAKER_LOST) {
		app->broken = true;
	}
	translate_event(&app->translate, event, signs.frames);
}

bool turn_over(const struct app *app)
{
	if (translate_running(&app->translate)) {
		return false;
	}
	return app->broken || link_now(app->link) >= app->ended + frames_from_ms(APP_TAIL_MS);
}
