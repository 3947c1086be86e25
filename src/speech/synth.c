/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/synth.h"

#include <errno.h>
#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHUNK_MS 50
#define VOLUME 70 /* peaks about 0.6; at the default 100 every voice touches full scale */
#define VOICE_FILE_MAX 8192

struct synth {
	uint32_t rate;
	const struct synth_sink *sink; /* during synth_run() */
};

/* A file without these makes eSpeak say nothing, or take it for a variant of another voice. */
static bool holds_voice(const char *text)
{
	const bool named = strncmp(text, "name ", 5) == 0 || strstr(text, "\nname ") != NULL;
	const char *language = strstr(text, "\nlanguage ");
	if (strncmp(text, "language ", 9) == 0) {
		language = text;
	}
	return named && language != NULL && strstr(language, "language variant") == NULL;
}

static enum status check_voice(int fd, const char *path, struct diag *diag)
{
	char text[VOICE_FILE_MAX];
	const ssize_t length = pread(fd, text, sizeof(text) - 1, 0);
	if (length < 0) {
		diag_set(diag, path, 0, 0, "cannot read: %s", strerror(errno));
		return STATUS_BAD_DATA;
	}
	text[length] = '\0';
	if (strlen(text) != (size_t)length || !holds_voice(text)) {
		diag_set(diag, path, 0, 0, "not an eSpeak voice: it needs a name and a language");
		return STATUS_BAD_DATA;
	}
	return STATUS_OK;
}

/*
 * eSpeak copies the path to 60 bytes and makes it lower case, so it is given the descriptor's
 * name instead.
 */
static enum status load_voice(const char *path, struct diag *diag)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		diag_set(diag, path, 0, 0, "cannot open: %s", strerror(errno));
		return STATUS_BAD_DATA;
	}
	enum status status = check_voice(fd, path, diag);
	if (status == STATUS_OK) {
		char name[32];
		snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
		const espeak_ng_STATUS result = espeak_ng_SetVoiceByFile(name);
		if (result != ENS_OK) {
			diag_set(diag, path, 0, 0, "eSpeak refuses this voice (%#x)",
					(unsigned)result);
			status = STATUS_BAD_DATA;
		}
	}
	close(fd);
	return status;
}

/* The events of a list stand before the end mark, which carries user_data as they do. */
static struct synth *owner(const espeak_EVENT *events)
{
	return events->user_data;
}

static bool give_words(const struct synth *synth, const espeak_EVENT *events)
{
	for (; events->type != espeakEVENT_LIST_TERMINATED; events++) {
		/* zero length stands at the ends of clauses; positions count from 1 */
		if (events->type == espeakEVENT_WORD && events->length > 0 &&
				events->text_position > 0 && events->sample >= 0 &&
				!synth->sink->word(synth->sink->arg,
						(size_t)events->text_position - 1,
						(size_t)events->sample)) {
			return false;
		}
	}
	return true;
}

/* eSpeak's callback: 1 ends the synthesis, 0 goes on. */
static int take(short *samples, int count, espeak_EVENT *events)
{
	struct synth *synth = owner(events);
	if (synth == NULL || !give_words(synth, events)) {
		return 1;
	}
	if (samples == NULL || count <= 0) {
		return 0;
	}
	return synth->sink->samples(synth->sink->arg, samples, (size_t)count) ? 0 : 1;
}

static enum status tune(const struct voice_speech *voice)
{
	const struct {
		espeak_PARAMETER parameter;
		int value;
	} settings[] = {
		{ espeakRATE, voice->rate_wpm },
		{ espeakRANGE, voice->pitch_range },
		{ espeakVOLUME, VOLUME },
	};
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		if (espeak_SetParameter(settings[i].parameter, settings[i].value, 0) != EE_OK) {
			return STATUS_BACKEND;
		}
	}
	return STATUS_OK;
}

/*
 * eSpeak opens a connection to PulseAudio, which it never uses; a server that hangs would hold it
 * for ever. Main thread, before there are others. Returns the rate, or something negative.
 */
static int initialise_apart(void)
{
	static const char variable[] = "PULSE_SERVER";
	const char *server = getenv(variable);
	char *kept = server != NULL ? strdup(server) : NULL;

	if (server != NULL && kept == NULL) {
		return -1;
	}
	setenv(variable, "unix:/dev/null", 1);
	const int rate = espeak_Initialize(
			AUDIO_OUTPUT_SYNCHRONOUS, CHUNK_MS, NULL, espeakINITIALIZE_DONT_EXIT);
	if (kept != NULL) {
		setenv(variable, kept, 1);
	} else {
		unsetenv(variable);
	}
	free(kept);
	return rate;
}

/*
 * eSpeak is never terminated: espeak_Terminate() after a second espeak_Initialize() may wait for
 * ever for a thread of the library's own, and the kernel frees as well. Until it is initialised its
 * rate is 0. That thread, idle for us, must not catch a signal that is meant for the loop.
 */
static bool start_espeak(void)
{
	if (espeak_ng_GetSampleRate() > 0) {
		return true;
	}
	sigset_t all;
	sigset_t before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	const int rate = initialise_apart();
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rate > 0;
}

enum status synth_create(const struct voice_speech *voice, struct synth **out, struct diag *diag)
{
	struct synth *synth = calloc(1, sizeof(*synth));
	if (synth == NULL) {
		return STATUS_NO_MEM;
	}
	enum status status = STATUS_BACKEND;
	if (!start_espeak()) {
		diag_set(diag, NULL, 0, 0, "eSpeak NG does not start: is espeak-ng-data missing?");
		goto error;
	}
	status = load_voice(voice->voice_path, diag);
	if (status != STATUS_OK) {
		goto error;
	}
	status = tune(voice);
	const int rate = espeak_ng_GetSampleRate();
	if (status != STATUS_OK || rate <= 0) {
		diag_set(diag, voice->voice_path, 0, 0, "eSpeak NG takes no rate or range");
		status = STATUS_BACKEND;
		goto error;
	}
	espeak_SetSynthCallback(take);
	synth->rate = (uint32_t)rate;
	*out = synth;
	return STATUS_OK;

error:
	free(synth);
	return status;
}

void synth_destroy(struct synth *synth)
{
	free(synth);
}

uint32_t synth_rate(const struct synth *synth)
{
	return synth->rate;
}

enum status synth_run(struct synth *synth, const char *sentence, const struct synth_sink *sink)
{
	synth->sink = sink;
	const espeak_ERROR result = espeak_Synth(sentence, strlen(sentence) + 1, 0, POS_CHARACTER,
			0, espeakCHARS_UTF8 | espeakPHONEMES, NULL, synth);
	synth->sink = NULL;
	return result == EE_OK ? STATUS_OK : STATUS_BACKEND;
}
