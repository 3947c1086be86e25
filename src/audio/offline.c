/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/offline.h"

#include "ease/convolver.h"
#include "ease/noise.h"
#include "ease/wav.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ECHO_GAIN_MIN_DB (-60.0)
#define ECHO_GAIN_MAX_DB 20.0
#define ECHO_DELAY_MAX_MS 500
#define HISTORY (INT64_C(51) * EASE_PERIOD) /* frames of output that the echo looks back on */
#define NOISE_SEED 1
#define ROOM_LEAD 96 /* frames of a response kept before its strongest sample */

_Static_assert(HISTORY >= ECHO_DELAY_MAX_MS * (EASE_RATE / 1000) + EASE_PERIOD, "the longest echo");

/* Something that the microphone hears once. */
struct sound {
	struct sound *next;
	frames_t at;
	size_t count;
	int16_t samples[];
};

struct offline {
	struct link *link;
	struct wav_writer *out; /* NULL: nowhere */
	struct sound *sounds;   /* the recording, and what was injected and is not over */
	struct noise noise;
	frames_t now;
	frames_t echo_delay;
	float echo_gain;        /* 0: no echo */
	struct convolver *room; /* NULL: the echo is the loudspeaker itself */
	bool microphone;
	float history[HISTORY]; /* of the echo; frame n of the output is at n modulo HISTORY */
};

static enum status check(const struct offline_config *config, struct diag *diag)
{
	if (!config->echo) {
		return STATUS_OK;
	}
	/* written so that a gain that is no number fails too */
	if (!(config->echo_gain_db >= ECHO_GAIN_MIN_DB &&
			    config->echo_gain_db <= ECHO_GAIN_MAX_DB)) {
		diag_set(diag, NULL, 0, 0, "echo: the gain must be from %g to %g dB",
				ECHO_GAIN_MIN_DB, ECHO_GAIN_MAX_DB);
		return STATUS_BAD_ARG;
	}
	if (config->echo_delay_ms < 0 || config->echo_delay_ms > ECHO_DELAY_MAX_MS) {
		diag_set(diag, NULL, 0, 0, "echo: the delay must be from 0 to %d ms",
				ECHO_DELAY_MAX_MS);
		return STATUS_BAD_ARG;
	}
	return STATUS_OK;
}

static enum status add_recording(struct offline *offline, const char *path, struct diag *diag)
{
	int16_t *samples = NULL;
	size_t count = 0;

	enum status status = wav_read(path, EASE_RATE, &samples, &count, diag);
	if (status == STATUS_OK) {
		status = offline_inject(offline, samples, count, 0);
		free(samples);
	}
	return status;
}

static size_t find_peak(const int16_t *samples, size_t count)
{
	size_t peak = 0;
	for (size_t i = 0; i < count; i++) {
		peak = abs(samples[i]) > abs(samples[peak]) ? i : peak;
	}
	return peak;
}

static enum status make_room(struct offline *offline, const int16_t *samples, size_t count)
{
	const size_t peak = find_peak(samples, count);
	const size_t first = peak > ROOM_LEAD ? peak - ROOM_LEAD : 0;
	const size_t rest = count - first;
	const size_t taps = rest < CONVOLVER_TAPS_MAX ? rest : CONVOLVER_TAPS_MAX;
	float *response = calloc(taps + 1, sizeof(*response));
	if (response == NULL) {
		return STATUS_NO_MEM;
	}
	double energy = 0.0;
	for (size_t i = 0; i < taps; i++) {
		energy += (double)samples[first + i] * samples[first + i];
	}
	for (size_t i = 0; i < taps && energy > 0.0; i++) {
		response[i] = (float)(samples[first + i] / sqrt(energy));
	}
	const enum status status = convolver_create(response, taps, &offline->room);
	free(response);
	if (offline->echo_delay >= (frames_t)(peak - first)) {
		offline->echo_delay -= (frames_t)(peak - first);
	}
	return status;
}

static enum status add_room(struct offline *offline, const char *path, struct diag *diag)
{
	int16_t *samples = NULL;
	size_t count = 0;
	enum status status = wav_read(path, EASE_RATE, &samples, &count, diag);
	if (status != STATUS_OK) {
		return status;
	}
	status = make_room(offline, samples, count);
	free(samples);
	if (status == STATUS_BAD_ARG) {
		diag_set(diag, path, 0, 0, "the room's response is empty");
	}
	return status;
}

static void free_sounds(struct offline *offline)
{
	while (offline->sounds != NULL) {
		struct sound *next = offline->sounds->next;
		free(offline->sounds);
		offline->sounds = next;
	}
}

enum status offline_create(const struct offline_config *config, struct link *link,
		struct offline **out, struct diag *diag)
{
	enum status status = check(config, diag);
	if (status != STATUS_OK) {
		return status;
	}
	struct offline *offline = calloc(1, sizeof(*offline));
	if (offline == NULL) {
		return STATUS_NO_MEM;
	}
	offline->link = link;
	offline->microphone = config->microphone;
	if (config->echo) {
		offline->echo_gain = (float)pow(10.0, config->echo_gain_db / 20.0);
		offline->echo_delay = frames_from_ms(config->echo_delay_ms);
	}
	noise_init(&offline->noise, NOISE_SEED, config->noise_dbfs);
	if (config->in_path != NULL) {
		status = add_recording(offline, config->in_path, diag);
	}
	if (status == STATUS_OK && config->echo && config->echo_room != NULL) {
		status = add_room(offline, config->echo_room, diag);
	}
	if (status == STATUS_OK && config->out_path != NULL) {
		status = wav_create(config->out_path, EASE_RATE, &offline->out, diag);
	}
	if (status != STATUS_OK) {
		convolver_destroy(offline->room);
		free_sounds(offline);
		free(offline);
		return status;
	}
	*out = offline;
	return STATUS_OK;
}

enum status offline_inject(
		struct offline *offline, const int16_t *samples, size_t count, frames_t at)
{
	struct sound *sound = malloc(sizeof(*sound) + count * sizeof(samples[0]));
	if (sound == NULL) {
		return STATUS_NO_MEM;
	}
	sound->at = at > offline->now ? at : offline->now;
	sound->count = count;
	if (count > 0) {
		memcpy(sound->samples, samples, count * sizeof(samples[0]));
	}
	sound->next = offline->sounds;
	offline->sounds = sound;
	return STATUS_OK;
}

static void add_echo(const struct offline *offline, float *mix)
{
	if (offline->echo_gain <= 0.0F) {
		return;
	}
	for (int i = 0; i < EASE_PERIOD; i++) {
		const frames_t frame = offline->now + i - offline->echo_delay;
		if (frame >= 0) {
			mix[i] += offline->echo_gain * offline->history[frame % HISTORY];
		}
	}
}

static void add_sound(const struct sound *sound, frames_t now, float *mix)
{
	for (int i = 0; i < EASE_PERIOD; i++) {
		const frames_t frame = now + i - sound->at;
		if (frame >= 0 && frame < (frames_t)sound->count) {
			mix[i] += (float)sound->samples[frame];
		}
	}
}

/* Frees what is over before the frame now. */
static void forget_sounds(struct offline *offline)
{
	struct sound **link = &offline->sounds;
	while (*link != NULL) {
		struct sound *sound = *link;
		if (sound->at + (frames_t)sound->count <= offline->now) {
			*link = sound->next;
			free(sound);
		} else {
			link = &sound->next;
		}
	}
}

/* What the microphone hears in this period. */
static void hear(struct offline *offline, int16_t *in)
{
	float mix[EASE_PERIOD] = { 0 };

	add_echo(offline, mix);
	for (const struct sound *sound = offline->sounds; sound != NULL; sound = sound->next) {
		add_sound(sound, offline->now, mix);
	}
	for (int i = 0; i < EASE_PERIOD; i++) {
		in[i] = (int16_t)lrintf(fminf(fmaxf(mix[i], -32768.0F), 32767.0F));
	}
	noise_add(&offline->noise, in, EASE_PERIOD);
}

/* What leaves the loudspeaker now, as it will come to the microphone later. */
static void remember(struct offline *offline, const int16_t *out)
{
	float *echo = offline->history + offline->now % HISTORY;
	if (offline->room != NULL) {
		convolver_process(offline->room, out, echo);
		return;
	}
	for (int i = 0; i < EASE_PERIOD; i++) {
		echo[i] = (float)out[i];
	}
}

enum status offline_step(struct offline *offline)
{
	int16_t out[EASE_PERIOD];
	int16_t in[EASE_PERIOD];
	const usec_t stamp = offline->now * 1000 / (EASE_RATE / 1000);

	/* the loudspeaker goes first, so that an echo may be shorter than a period */
	playback_process(&offline->link->playback, out, EASE_PERIOD, stamp, false);
	remember(offline, out);
	if (offline->microphone) {
		hear(offline, in);
		capture_process(&offline->link->capture, in, EASE_PERIOD, stamp);
	}
	offline->now += EASE_PERIOD;
	forget_sounds(offline);
	return offline->out != NULL ? wav_write(offline->out, out, EASE_PERIOD) : STATUS_OK;
}

enum status offline_destroy(struct offline *offline, struct diag *diag)
{
	enum status status = STATUS_OK;

	if (offline == NULL) {
		return STATUS_OK;
	}
	if (offline->out != NULL) {
		status = wav_close(offline->out);
	}
	if (status != STATUS_OK) {
		diag_set(diag, NULL, 0, 0, "the recording could not be written to the end");
	}
	convolver_destroy(offline->room);
	free_sounds(offline);
	free(offline);
	return status;
}
