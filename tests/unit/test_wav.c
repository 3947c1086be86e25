/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp audio */
/* test_wav.c - recordings of any shape in, and a reason for each that cannot be read. */
#include "ease/wav.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define PATH_ROOM 128

struct folder {
	char path[64];
	char file[PATH_ROOM];
};

static int set_up(void **state)
{
	struct folder *folder = calloc(1, sizeof(*folder));
	if (folder == NULL) {
		return -1;
	}
	snprintf(folder->path, sizeof(folder->path), "%s", "/tmp/ease-test-XXXXXX");
	if (mkdtemp(folder->path) == NULL) {
		free(folder);
		return -1;
	}
	snprintf(folder->file, sizeof(folder->file), "%s/sound.wav", folder->path);
	*state = folder;
	return 0;
}

static int tear_down(void **state)
{
	struct folder *folder = *state;
	unlink(folder->file);
	rmdir(folder->path);
	free(folder);
	return 0;
}

static void put_bytes(const char *path, const void *bytes, size_t size)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

static void put_number(unsigned char *at, uint32_t value, int bytes)
{
	for (int i = 0; i < bytes; i++) {
		at[i] = (unsigned char)(value >> (8 * i));
	}
}

/* A WAV of 16 or, with format 3, 32-bit float samples, header by hand. */
static void put_wav(const char *path, uint32_t format, uint32_t rate, uint32_t channels,
		const void *data, uint32_t size)
{
	const uint32_t bytes = format == 3 ? 4 : 2;
	unsigned char *wav = calloc(1, 44 + size);
	assert_non_null(wav);
	memcpy(wav, "RIFF", 4);
	put_number(wav + 4, 36 + size, 4);
	memcpy(wav + 8, "WAVEfmt ", 8);
	put_number(wav + 16, 16, 4);
	put_number(wav + 20, format, 2);
	put_number(wav + 22, channels, 2);
	put_number(wav + 24, rate, 4);
	put_number(wav + 28, rate * channels * bytes, 4);
	put_number(wav + 32, channels * bytes, 2);
	put_number(wav + 34, 8 * bytes, 2);
	memcpy(wav + 36, "data", 4);
	put_number(wav + 40, size, 4);
	if (size > 0) {
		memcpy(wav + 44, data, size);
	}
	put_bytes(path, wav, 44 + size);
	free(wav);
}

static void what_was_written_is_read_back(void **state)
{
	const struct folder *folder = *state;
	struct wav_writer *writer = NULL;
	struct diag diag = { 0 };
	int16_t written[1000];
	int16_t *samples = NULL;
	size_t count = 0;
	for (int i = 0; i < 1000; i++) {
		written[i] = (int16_t)(65 * i - 32768);
	}
	assert_int_equal(wav_create(folder->file, 48000, &writer, &diag), STATUS_OK);
	assert_int_equal(wav_write(writer, written, 480), STATUS_OK);
	assert_int_equal(wav_write(writer, written + 480, 520), STATUS_OK);
	assert_int_equal(wav_close(writer), STATUS_OK);
	assert_int_equal(wav_read(folder->file, 48000, &samples, &count, &diag), STATUS_OK);
	assert_int_equal(count, 1000);
	assert_memory_equal(samples, written, sizeof(written));
	free(samples);
}

static void stereo_at_44100_becomes_mono_at_48000(void **state)
{
	const struct folder *folder = *state;
	const size_t frames = 44100;
	struct diag diag = { 0 };
	int16_t *stereo = malloc(2 * frames * sizeof(*stereo));
	int16_t *samples = NULL;
	size_t count = 0;
	double error = 0.0;
	assert_non_null(stereo);
	for (size_t i = 0; i < frames; i++) {
		const double x = sin(2.0 * M_PI * 440.0 * (double)i / 44100.0);
		stereo[2 * i] = (int16_t)lrint(12000.0 * x + 3000.0);
		stereo[2 * i + 1] = (int16_t)lrint(4000.0 * x - 3000.0);
	}
	put_wav(folder->file, 1, 44100, 2, stereo, (uint32_t)(4 * frames));
	assert_int_equal(wav_read(folder->file, 48000, &samples, &count, &diag), STATUS_OK);
	assert_int_equal(count, 48000);
	for (size_t i = 480; i < 47520; i++) {
		const double x = 8000.0 * sin(2.0 * M_PI * 440.0 * (double)i / 48000.0);
		error = fmax(error, fabs(x - samples[i]));
	}
	assert_true(error < 10.0);
	free(stereo);
	free(samples);
}

static void floats_saturate_and_what_is_no_number_is_silence(void **state)
{
	const struct folder *folder = *state;
	const float data[] = { 0.5F, 2.0F, -2.0F, NAN, INFINITY, 0.0F };
	struct diag diag = { 0 };
	int16_t *samples = NULL;
	size_t count = 0;
	put_wav(folder->file, 3, 48000, 1, data, sizeof(data));
	assert_int_equal(wav_read(folder->file, 48000, &samples, &count, &diag), STATUS_OK);
	assert_int_equal(count, 6);
	assert_int_equal(samples[0], 16384);
	assert_int_equal(samples[1], 32767);
	assert_int_equal(samples[2], -32768);
	assert_int_equal(samples[3], 0);
	assert_int_equal(samples[4], 0);
	free(samples);
}

static void an_empty_recording_is_no_error(void **state)
{
	const struct folder *folder = *state;
	struct diag diag = { 0 };
	int16_t *samples = NULL;
	size_t count = 77;
	put_wav(folder->file, 1, 16000, 1, NULL, 0);
	assert_int_equal(wav_read(folder->file, 48000, &samples, &count, &diag), STATUS_OK);
	assert_int_equal(count, 0);
	free(samples);
}

static void assert_refused(const char *path, enum status wanted)
{
	struct diag diag = { 0 };
	int16_t *samples = NULL;
	size_t count = 0;
	assert_int_equal(wav_read(path, 48000, &samples, &count, &diag), wanted);
	assert_null(samples);
	assert_string_equal(diag.path, path);
	assert_true(diag.message[0] != '\0');
}

static void a_recording_that_cannot_be_read_says_why(void **state)
{
	const struct folder *folder = *state;
	const int16_t data[] = { 1, 2, 3, 4 };
	assert_refused(folder->file, STATUS_NOT_FOUND);
	assert_refused(folder->path, STATUS_BAD_DATA);
	put_bytes(folder->file, "this is no sound at all", 23);
	assert_refused(folder->file, STATUS_BAD_DATA);
	put_bytes(folder->file, "", 0);
	assert_refused(folder->file, STATUS_BAD_DATA);
	put_wav(folder->file, 1, 1000, 1, data, sizeof(data));
	assert_refused(folder->file, STATUS_BAD_DATA);
}

static void a_file_that_cannot_be_made_says_why(void **state)
{
	(void)state;
	struct wav_writer *writer = NULL;
	struct diag diag = { 0 };
	assert_int_equal(wav_create("/nonexistent/x.wav", 48000, &writer, &diag), STATUS_BACKEND);
	assert_string_equal(diag.path, "/nonexistent/x.wav");
	assert_true(diag.message[0] != '\0');
}

static void a_full_disk_is_noticed(void **state)
{
	(void)state;
	struct wav_writer *writer = NULL;
	struct diag diag = { 0 };
	int16_t samples[480] = { 0 };
	enum status status = wav_create("/dev/full", 48000, &writer, &diag);
	if (status == STATUS_OK) {
		const enum status written = wav_write(writer, samples, 480);
		const enum status closed = wav_close(writer);
		status = written != STATUS_OK ? written : closed;
	}
	assert_int_equal(status, STATUS_BACKEND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_written_is_read_back),
		TEST(stereo_at_44100_becomes_mono_at_48000),
		TEST(floats_saturate_and_what_is_no_number_is_silence),
		TEST(an_empty_recording_is_no_error),
		TEST(a_recording_that_cannot_be_read_says_why),
		TEST(a_file_that_cannot_be_made_says_why),
		TEST(a_full_disk_is_noticed),
	};
	return cmocka_run_group_tests_name("wav", tests, NULL, NULL);
}
