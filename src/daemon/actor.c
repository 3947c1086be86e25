/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "actor.h"

#include "ease/clock.h"
#include "ease/person.h"
#include "ease/resample.h"
#include "ease/wav.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define SPEECH_DBFS (-20.0)
#define ACTIVE_WINDOW ((size_t)EASE_RATE / 50) /* 20 ms */
#define ACTIVE_BELOW_PEAK_DB 30.0              /* quieter windows are pauses */
#define FULL_SCALE 32768.0
#define QUALITY 5
#define PATH_MAX_BYTES 4096

static double window_power(const int16_t *samples, size_t count)
{
	double sum = 0.0;
	for (size_t i = 0; i < count; i++) {
		sum += (double)samples[i] * samples[i];
	}
	return sum / (double)count;
}

/* The mean power of the windows in which somebody speaks; 0: nowhere. */
static double active_power(const int16_t *samples, size_t count)
{
	double loudest = 0.0;
	for (size_t at = 0; at + ACTIVE_WINDOW <= count; at += ACTIVE_WINDOW) {
		loudest = fmax(loudest, window_power(samples + at, ACTIVE_WINDOW));
	}
	const double least = loudest * pow(10.0, -ACTIVE_BELOW_PEAK_DB / 10.0);
	double sum = 0.0;
	size_t windows = 0;
	for (size_t at = 0; at + ACTIVE_WINDOW <= count; at += ACTIVE_WINDOW) {
		const double power = window_power(samples + at, ACTIVE_WINDOW);
		if (power > 0.0 && power >= least) {
			sum += power;
			windows++;
		}
	}
	return windows > 0 ? sum / (double)windows : 0.0;
}

void actor_level(int16_t *samples, size_t count, double level_dbfs)
{
	const double power = active_power(samples, count);
	if (power <= 0.0) {
		return;
	}
	const double gain = pow(10.0, level_dbfs / 20.0) * FULL_SCALE / sqrt(power);
	for (size_t i = 0; i < count; i++) {
		const double value = fmin(fmax(gain * samples[i], -FULL_SCALE), FULL_SCALE - 1.0);
		samples[i] = (int16_t)lrint(value);
	}
}

static enum status to_device_rate(
		const int16_t *in, size_t in_count, uint32_t rate, int16_t **out, size_t *out_count)
{
	struct resample *resample = NULL;
	enum status status = resample_create(rate, EASE_RATE, QUALITY, &resample);
	if (status != STATUS_OK) {
		return status;
	}
	/* a second more than needed, for the filter's tail */
	const size_t room = in_count * EASE_RATE / rate + EASE_RATE;
	int16_t *samples = calloc(room, sizeof(*samples));
	if (samples == NULL) {
		status = STATUS_NO_MEM;
		goto end;
	}
	size_t count = 0;
	size_t taken = 0;
	while (taken < in_count && count < room) {
		size_t some = in_count - taken;
		size_t made = room - count;
		resample_run(resample, in + taken, &some, samples + count, &made);
		taken += some;
		count += made;
		if (some == 0 && made == 0) {
			break;
		}
	}
	count += resample_flush(resample, samples + count, room - count);
	*out = samples;
	*out_count = count;
end:
	resample_destroy(resample);
	return status;
}

static enum status speak(const char *text, int16_t **samples, size_t *count)
{
	int16_t *spoken = NULL;
	size_t spoken_count = 0;
	uint32_t rate = 0;
	enum status status = person_say(text, &spoken, &spoken_count, &rate);
	if (status != STATUS_OK) {
		return status;
	}
	status = to_device_rate(spoken, spoken_count, rate, samples, count);
	free(spoken);
	return status;
}

static enum status play(const char *wav, const char *folder, int16_t **samples, size_t *count,
		struct diag *diag)
{
	char path[PATH_MAX_BYTES];
	const int length = wav[0] == '/' ? snprintf(path, sizeof(path), "%s", wav)
					 : snprintf(path, sizeof(path), "%s/%s", folder, wav);
	if (length < 0 || (size_t)length >= sizeof(path)) {
		diag_set(diag, wav, 0, 0, "the path is too long");
		return STATUS_BAD_DATA;
	}
	return wav_read(path, EASE_RATE, samples, count, diag);
}

enum status actor_render(const struct cast_line *line, const char *folder, int16_t **samples,
		size_t *count, struct diag *diag)
{
	const enum status status = line->say != NULL
						   ? speak(line->say, samples, count)
						   : play(line->wav, folder, samples, count, diag);
	if (status != STATUS_OK) {
		return status;
	}
	actor_level(*samples, *count, SPEECH_DBFS + line->gain_db);
	return STATUS_OK;
}
