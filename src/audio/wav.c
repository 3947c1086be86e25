/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/wav.h"

#include "ease/resample.h"

#include <errno.h>
#include <math.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define QUALITY 5
#define CHUNK_FRAMES 4096
#define CHANNELS_MAX 64
#define SAMPLES_MAX ((size_t)1 << 29) /* 3 hours at 48 kHz */

struct wav_writer {
	SNDFILE *file;
	bool failed;
};

/* A recording on its way into memory. */
struct reading {
	SNDFILE *file;
	int channels;
	struct resample *resample; /* NULL: the rate is right already */
	float *frames;             /* CHUNK_FRAMES of all channels */
	int16_t *samples;
	size_t count;
	size_t room;
};

static bool grow(struct reading *reading, size_t more)
{
	if (reading->room - reading->count >= more) {
		return true;
	}
	const size_t room = 2 * reading->room + more;
	if (room > SAMPLES_MAX) {
		return false;
	}
	int16_t *samples = realloc(reading->samples, room * sizeof(*samples));
	if (samples == NULL) {
		return false;
	}
	reading->samples = samples;
	reading->room = room;
	return true;
}

static void mix(const struct reading *reading, size_t count, int16_t *mono)
{
	const int channels = reading->channels;
	for (size_t i = 0; i < count; i++) {
		float sum = 0.0F;
		for (int channel = 0; channel < channels; channel++) {
			sum += reading->frames[i * (size_t)channels + (size_t)channel];
		}
		const float scaled = sum * 32768.0F / (float)channels;
		/* a float recording may hold anything, also what is no number */
		mono[i] = isfinite(scaled) ? (int16_t)lrintf(fminf(
							     fmaxf(scaled, -32768.0F), 32767.0F))
					   : 0;
	}
}

static bool append(struct reading *reading, const int16_t *mono, size_t count)
{
	size_t taken = 0;

	if (reading->resample == NULL) {
		if (!grow(reading, count)) {
			return false;
		}
		memcpy(reading->samples + reading->count, mono, count * sizeof(*mono));
		reading->count += count;
		return true;
	}
	while (taken < count) {
		if (!grow(reading, CHUNK_FRAMES)) {
			return false;
		}
		size_t take = count - taken;
		size_t make = reading->room - reading->count;
		resample_run(reading->resample, mono + taken, &take,
				reading->samples + reading->count, &make);
		taken += take;
		reading->count += make;
	}
	return true;
}

static bool append_tail(struct reading *reading)
{
	size_t made = 0;

	if (reading->resample == NULL) {
		return true;
	}
	do {
		if (!grow(reading, CHUNK_FRAMES)) {
			return false;
		}
		made = resample_flush(reading->resample, reading->samples + reading->count,
				reading->room - reading->count);
		reading->count += made;
	} while (made > 0);
	return true;
}

static enum status read_all(struct reading *reading, const char *path, struct diag *diag)
{
	int16_t mono[CHUNK_FRAMES];

	for (;;) {
		const sf_count_t got = sf_readf_float(reading->file, reading->frames, CHUNK_FRAMES);
		if (got <= 0) {
			break;
		}
		mix(reading, (size_t)got, mono);
		if (!append(reading, mono, (size_t)got)) {
			diag_set(diag, path, 0, 0, "the recording is too long");
			return STATUS_NO_MEM;
		}
	}
	if (sf_error(reading->file) != SF_ERR_NO_ERROR) {
		diag_set(diag, path, 0, 0, "%s", sf_strerror(reading->file));
		return STATUS_BAD_DATA;
	}
	if (!append_tail(reading)) {
		diag_set(diag, path, 0, 0, "the recording is too long");
		return STATUS_NO_MEM;
	}
	return STATUS_OK;
}

/* What libsndfile cannot tell well: the path itself is wrong. */
static enum status look_at(const char *path, struct diag *diag)
{
	struct stat info;
	if (stat(path, &info) != 0) {
		diag_set(diag, path, 0, 0, "%s", strerror(errno));
		return STATUS_NOT_FOUND;
	}
	if (S_ISDIR(info.st_mode)) {
		diag_set(diag, path, 0, 0, "%s", strerror(EISDIR));
		return STATUS_BAD_DATA;
	}
	return STATUS_OK;
}

/* Opens path and makes ready to turn it into mono at rate. */
static enum status prepare(
		struct reading *reading, const char *path, uint32_t rate, struct diag *diag)
{
	SF_INFO info = { 0 };

	reading->file = sf_open(path, SFM_READ, &info);
	if (reading->file == NULL) {
		diag_set(diag, path, 0, 0, "%s", sf_strerror(NULL));
		return STATUS_BAD_DATA;
	}
	if (info.channels < 1 || info.channels > CHANNELS_MAX) {
		diag_set(diag, path, 0, 0, "%d channels; 1 to %d can be read", info.channels,
				CHANNELS_MAX);
		return STATUS_BAD_DATA;
	}
	reading->channels = info.channels;
	reading->frames = calloc(CHUNK_FRAMES * (size_t)info.channels, sizeof(float));
	if (reading->frames == NULL) {
		return STATUS_NO_MEM;
	}
	if (info.samplerate == (int)rate) {
		return STATUS_OK;
	}
	const enum status status = resample_create(
			(uint32_t)info.samplerate, rate, QUALITY, &reading->resample);
	if (status != STATUS_BAD_ARG) {
		return status;
	}
	diag_set(diag, path, 0, 0, "cannot read %d samples a second as %u", info.samplerate, rate);
	return STATUS_BAD_DATA;
}

enum status wav_read(const char *path, uint32_t rate, int16_t **samples, size_t *count,
		struct diag *diag)
{
	struct reading reading = { 0 };
	enum status status = look_at(path, diag);

	if (status == STATUS_OK) {
		status = prepare(&reading, path, rate, diag);
	}
	if (status == STATUS_OK && !grow(&reading, CHUNK_FRAMES)) {
		status = STATUS_NO_MEM;
	}
	if (status == STATUS_OK) {
		status = read_all(&reading, path, diag);
	}
	if (reading.file != NULL) {
		sf_close(reading.file);
	}
	resample_destroy(reading.resample);
	free(reading.frames);
	if (status != STATUS_OK) {
		free(reading.samples);
		return status;
	}
	*samples = reading.samples;
	*count = reading.count;
	return STATUS_OK;
}

enum status wav_create(const char *path, uint32_t rate, struct wav_writer **out, struct diag *diag)
{
	SF_INFO info = {
		.samplerate = (int)rate,
		.channels = 1,
		.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16,
	};
	struct wav_writer *writer = calloc(1, sizeof(*writer));
	if (writer == NULL) {
		return STATUS_NO_MEM;
	}
	writer->file = sf_open(path, SFM_WRITE, &info);
	if (writer->file == NULL) {
		diag_set(diag, path, 0, 0, "%s", sf_strerror(NULL));
		free(writer);
		return STATUS_BACKEND;
	}
	*out = writer;
	return STATUS_OK;
}

enum status wav_write(struct wav_writer *writer, const int16_t *samples, size_t count)
{
	if (sf_write_short(writer->file, samples, (sf_count_t)count) != (sf_count_t)count) {
		writer->failed = true;
		return STATUS_BACKEND;
	}
	return STATUS_OK;
}

enum status wav_close(struct wav_writer *writer)
{
	const bool failed = writer->failed;
	const int error = sf_close(writer->file);

	free(writer);
	return failed || error != SF_ERR_NO_ERROR ? STATUS_BACKEND : STATUS_OK;
}
