/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * barge_in TEXTS SECONDS USER GAIN_DB DELAY_MS ROOM DUCK [OUT] - a coach that talks without end and
 * whoever talks over it, in virtual time, for barge_in.py: the real voice, mixer, tones, rings,
 * echo canceller, ears and mask of its own words, but no session that a word would end.
 *
 * TEXTS has one utterance a line. USER (microphone without echo) and ROOM (impulse response) are
 * recordings, OUT is what the loudspeaker played; "-" is none. DUCK 0: never duck. Prints, tab
 * separated: what, intent, value, text, confidence, from, to, decided (seconds of the loudspeaker),
 * 1 for an own word.
 */
#include "daemon/mask.h"
#include "ease/arena.h"
#include "ease/listener.h"
#include "ease/loader.h"
#include "ease/log.h"
#include "ease/offline.h"
#include "ease/speech.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXTS_MAX 256
#define TEXT_BYTES 600
#define ROUNDS_MAX 64
#define NOISE_DBFS (-69.0)
#define AHEAD 2 /* utterances that wait */
#define BEAT_MS 1500
#define DUCK_MAX_MS 3000

struct coach {
	char texts[TEXTS_MAX][TEXT_BYTES];
	size_t text_count;
	bool ducks;
	struct arena *arena;
	const struct voice *voice;
	struct link *link;
	struct speech *speech;
	struct listener *listener;
	struct offline *offline;
	struct mask mask;
	uint32_t said; /* utterances given to speech */
	uint32_t over; /* ... and through */
	frames_t beat; /* the next tone */
	bool duck;
	frames_t duck_until;
	bool ramping; /* a duck was sent, and no ramp was seen yet */
};

static bool read_texts(struct coach *coach, const char *path)
{
	FILE *file = fopen(path, "re");
	if (file == NULL) {
		return false;
	}
	while (coach->text_count < TEXTS_MAX &&
			fgets(coach->texts[coach->text_count], TEXT_BYTES, file) != NULL) {
		char *text = coach->texts[coach->text_count];
		text[strcspn(text, "\n")] = '\0';
		coach->text_count += text[0] != '\0';
	}
	(void)fclose(file); /* it was only read */
	return coach->text_count > 0;
}

static const char *text_of(const struct coach *coach, uint32_t utterance)
{
	return coach->texts[(utterance - 1) % coach->text_count];
}

static bool or_none(const char *path)
{
	return strcmp(path, "-") != 0;
}

static enum status make(struct coach *coach, char **args, struct diag *diag)
{
	const struct offline_config config = {
		.out_path = args[7] != NULL && or_none(args[7]) ? args[7] : NULL,
		.in_path = or_none(args[2]) ? args[2] : NULL,
		.microphone = true,
		.echo = true,
		.echo_gain_db = strtod(args[3], NULL),
		.echo_delay_ms = (int32_t)strtol(args[4], NULL, 10),
		.echo_room = or_none(args[5]) ? args[5] : NULL,
		.noise_dbfs = NOISE_DBFS,
	};
	enum status status = voice_load(
			coach->arena, EASE_SOURCE_DIR "/voices", "calm-warm", &coach->voice, diag);
	if (status == STATUS_OK) {
		status = link_create(&coach->link);
	}
	if (status == STATUS_OK) {
		status = speech_create(&coach->voice->speech, &coach->link->playback.speech,
				&coach->speech, diag);
	}
	if (status == STATUS_OK) {
		const struct listener_config listening = {
			.vocabulary = &coach->voice->vocabulary,
			.near = &coach->link->capture.near,
			.far = &coach->link->playback.far,
			.wake_fd = -1,
		};
		status = listener_create(&listening, &coach->listener);
	}
	if (status == STATUS_OK) {
		status = offline_create(&config, coach->link, &coach->offline, diag);
	}
	return status;
}

static void command(struct coach *coach, const struct command *made)
{
	if (link_command(coach->link, made) != STATUS_OK) {
		fprintf(stderr, "a command is lost\n");
	}
}

/* Somebody always speaks, and a tone always sounds. */
static void talk(struct coach *coach, frames_t now)
{
	while (coach->said < coach->over + AHEAD) {
		coach->said++;
		if (speech_say(coach->speech, coach->said, text_of(coach, coach->said), 0) !=
				STATUS_OK) {
			fprintf(stderr, "cannot say \"%s\"\n", text_of(coach, coach->said));
			coach->over++;
		}
	}
	while (coach->beat < now + frames_from_ms(BEAT_MS)) {
		coach->beat += frames_from_ms(BEAT_MS);
		command(coach, &(struct command){ .kind = COMMAND_TONE,
					       .tone = { .at = coach->beat, .kind = TONE_BEAT } });
	}
}

static void take_reports(struct coach *coach)
{
	struct speech_word word;
	struct report report;
	while (speech_word(coach->speech, &word)) {
		mask_add(&coach->mask, word.utterance,
				text_of(coach, word.utterance) + word.text_at, word.text_length,
				word.at);
	}
	while (link_report(coach->link, &report)) {
		if (report.kind == REPORT_SAY) {
			mask_begin(&coach->mask, report.utterance, report.at);
			printf("say\t-\t-1\t%s\t0\t%.3f\t0\t0\t0\n",
					text_of(coach, report.utterance),
					seconds_from_frames(report.at));
		} else if (report.kind == REPORT_SAID) {
			coach->over = report.utterance;
		}
	}
}

static void duck(struct coach *coach, bool on, frames_t now)
{
	if (on) {
		coach->duck_until = now + frames_from_ms(DUCK_MAX_MS);
	}
	if (coach->ducks && coach->duck != on) {
		coach->duck = on;
		coach->ramping = on;
		command(coach, &(struct command){ .kind = COMMAND_DUCK, .on = on });
	}
}

static void print(const struct hearing *hearing, bool own)
{
	static const char *const kinds[] = { "onset", "offset", "word", "doubt" };
	printf("%s\t%s\t%d\t%s\t%.3f\t%.3f\t%.3f\t%.3f\t%d\n", kinds[hearing->kind],
			intent_name(hearing->intent), (int)hearing->value, hearing->text,
			hearing->confidence, seconds_from_frames(hearing->from),
			seconds_from_frames(hearing->to), seconds_from_frames(hearing->decided),
			own ? 1 : 0);
}

static void take_hearings(struct coach *coach, frames_t now)
{
	struct hearing hearing;
	while (listener_heard(coach->listener, &hearing)) {
		print(&hearing, mask_covers(&coach->mask, &hearing));
		duck(coach, hearing.kind == HEARING_ONSET, now);
	}
	if (coach->duck && now >= coach->duck_until) {
		duck(coach, false, now);
	}
}

static enum status run(struct coach *coach, frames_t end)
{
	enum status status = STATUS_OK;
	for (frames_t now = 0; now < end && status == STATUS_OK; now += EASE_PERIOD) {
		talk(coach, now);
		speech_work(coach->speech);
		listener_work(coach->listener);
		take_reports(coach);
		take_hearings(coach, now);
		status = offline_step(coach->offline);
		if (coach->ramping && coach->link->playback.mixer.duck.now < 1.0F) {
			coach->ramping = false;
			printf("ducked\t-\t-1\t-\t0\t%.3f\t0\t0\t0\n", seconds_from_frames(now));
		}
	}
	return status;
}

int main(int argc, char **argv)
{
	struct diag diag = { 0 };
	struct coach *coach = calloc(1, sizeof *coach);
	if (coach == NULL || argc < 8 || argc > 9 || !read_texts(coach, argv[1])) {
		fprintf(stderr, "usage: barge_in TEXTS SECONDS USER GAIN_DB DELAY_MS ROOM DUCK [OUT]\n");
		free(coach);
		return 2;
	}
	log_set_level(LOG_LEVEL_INFO);
	coach->ducks = argv[7][0] != '0';
	coach->arena = arena_create();
	char *args[] = { argv[0], argv[2], argv[3], argv[4], argv[5], argv[6], argv[7], argv[8] };
	enum status status = coach->arena != NULL ? make(coach, args, &diag) : STATUS_NO_MEM;
	if (status == STATUS_OK) {
		status = run(coach, (frames_t)(strtod(argv[2], NULL) * EASE_RATE));
	}
	if (status != STATUS_OK) {
		fprintf(stderr, "%s: %s %s\n", diag.path, diag.message, status_string(status));
	}
	const enum status closed = offline_destroy(coach->offline, &diag);
	listener_destroy(coach->listener);
	speech_destroy(coach->speech);
	link_destroy(coach->link);
	arena_destroy(coach->arena);
	free(coach);
	return status == STATUS_OK && closed == STATUS_OK ? 0 : 1;
}
