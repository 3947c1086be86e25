/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp audio */
/* test_offline.c - the virtual card: echo, injected sound and noise, each to the frame. */
#include "ease/offline.h"

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

#define PERIODS 200
#define COUNT (PERIODS * EASE_PERIOD)
#define NO_NOISE (-120.0)

struct stage {
	struct link *link;
	struct offline *offline;
	char folder[64];
	char in_path[80];
	char out_path[80];
	int16_t near[COUNT];
	int16_t far[COUNT];
	size_t heard; /* frames of near */
	size_t played;
};

static int set_up(void **state)
{
	struct stage *stage = calloc(1, sizeof(*stage));
	if (stage == NULL) {
		return -1;
	}
	snprintf(stage->folder, sizeof(stage->folder), "%s", "/tmp/ease-test-XXXXXX");
	if (mkdtemp(stage->folder) == NULL || link_create(&stage->link) != STATUS_OK) {
		free(stage);
		return -1;
	}
	snprintf(stage->in_path, sizeof(stage->in_path), "%s/in.wav", stage->folder);
	snprintf(stage->out_path, sizeof(stage->out_path), "%s/out.wav", stage->folder);
	*state = stage;
	return 0;
}

static int tear_down(void **state)
{
	struct stage *stage = *state;
	const enum status status = offline_destroy(stage->offline, NULL);
	link_destroy(stage->link);
	unlink(stage->in_path);
	unlink(stage->out_path);
	rmdir(stage->folder);
	free(stage);
	return status == STATUS_OK ? 0 : -1;
}

static void open_with(struct stage *stage, const struct offline_config *config)
{
	struct diag diag = { 0 };
	link_destroy(stage->link);
	stage->link = NULL;
	assert_int_equal(link_create(&stage->link), STATUS_OK);
	stage->heard = 0;
	stage->played = 0;
	assert_int_equal(offline_create(config, stage->link, &stage->offline, &diag), STATUS_OK);
}

static void run(struct stage *stage, int periods)
{
	struct sound_block block;
	for (int i = 0; i < periods; i++) {
		assert_int_equal(offline_step(stage->offline), STATUS_OK);
		while (ring_read(&stage->link->capture.near, &block, sizeof(block)) == STATUS_OK) {
			assert_int_equal(block.at, stage->heard);
			assert_int_equal(block.stamp, stage->heard * 1000 / 48);
			memcpy(stage->near + stage->heard, block.samples, sizeof(block.samples));
			stage->heard += EASE_PERIOD;
		}
		while (ring_read(&stage->link->playback.far, &block, sizeof(block)) == STATUS_OK) {
			assert_int_equal(block.at, stage->played);
			memcpy(stage->far + stage->played, block.samples, sizeof(block.samples));
			stage->played += EASE_PERIOD;
		}
	}
}

static void cue(struct stage *stage, enum tone_kind kind, frames_t at)
{
	const struct command command = {
		.kind = COMMAND_TONE,
		.tone = { .at = at, .length = 24000, .kind = kind },
	};
	assert_int_equal(link_command(stage->link, &command), STATUS_OK);
}

static void the_echo_is_the_output_later_and_softer(void **state)
{
	struct stage *stage = *state;
	const int32_t delays[] = { 0, 3, 10, 137, 500 };
	for (size_t d = 0; d < sizeof(delays) / sizeof(delays[0]); d++) {
		const struct offline_config config = {
			.microphone = true,
			.echo = true,
			.echo_gain_db = -6.0206,
			.echo_delay_ms = delays[d],
			.noise_dbfs = NO_NOISE,
		};
		const size_t delay = (size_t)delays[d] * 48;
		open_with(stage, &config);
		cue(stage, TONE_START, 700);
		cue(stage, TONE_EXHALE, 30000);
		run(stage, PERIODS);
		for (size_t i = 0; i < COUNT; i++) {
			const double wanted = i < delay ? 0.0 : 0.5 * stage->far[i - delay];
			assert_true(fabs(stage->near[i] - wanted) <= 0.6);
		}
		assert_int_equal(offline_destroy(stage->offline, NULL), STATUS_OK);
		stage->offline = NULL;
	}
}

/* Three paths, the middle one the strongest, after half a second of nothing. */
static void write_room(struct stage *stage)
{
	struct wav_writer *writer = NULL;
	static int16_t response[30000];
	memset(response, 0, sizeof(response));
	response[23990] = 6000;
	response[24000] = -15000;
	response[26000] = 5000;
	assert_int_equal(wav_create(stage->in_path, EASE_RATE, &writer, NULL), STATUS_OK);
	assert_int_equal(wav_write(writer, response, 30000), STATUS_OK);
	assert_int_equal(wav_close(writer), STATUS_OK);
}

static void the_echo_passes_a_room_of_energy_one(void **state)
{
	struct stage *stage = *state;
	const size_t delay = 50 * 48; /* of the strongest path */
	const double scale = 0.5 / sqrt(6000.0 * 6000.0 + 15000.0 * 15000.0 + 5000.0 * 5000.0);
	write_room(stage);
	const struct offline_config config = {
		.microphone = true,
		.echo = true,
		.echo_gain_db = -6.0206,
		.echo_delay_ms = 50,
		.echo_room = stage->in_path,
		.noise_dbfs = NO_NOISE,
	};
	open_with(stage, &config);
	cue(stage, TONE_START, 700);
	cue(stage, TONE_EXHALE, 30000);
	run(stage, PERIODS);
	for (size_t i = 5000; i < COUNT; i++) {
		const double wanted = 6000.0 * stage->far[i - delay + 10] -
				      15000.0 * stage->far[i - delay] +
				      5000.0 * stage->far[i - delay - 2000];
		assert_true(fabs(stage->near[i] - scale * wanted) <= 1.0);
	}
}

static void a_room_that_is_none_is_refused(void **state)
{
	struct stage *stage = *state;
	struct diag diag = { 0 };
	const struct offline_config config = {
		.microphone = true, .echo = true, .echo_room = "/nowhere/room.wav"
	};
	assert_int_equal(offline_create(&config, stage->link, &stage->offline, &diag),
			STATUS_NOT_FOUND);
	assert_string_not_equal(diag.message, "");
}

static void injected_sound_is_heard_on_its_frame(void **state)
{
	struct stage *stage = *state;
	const struct offline_config config = { .microphone = true, .noise_dbfs = NO_NOISE };
	int16_t sound[1000];
	for (int i = 0; i < 1000; i++) {
		sound[i] = (int16_t)(i + 1);
	}
	open_with(stage, &config);
	assert_int_equal(offline_inject(stage->offline, sound, 1000, 1234), STATUS_OK);
	assert_int_equal(offline_inject(stage->offline, sound, 10, 2000), STATUS_OK);
	memset(sound, 0, sizeof(sound));
	run(stage, 4);
	run(stage, 1);
	for (int i = 0; i < 2400; i++) {
		int wanted = i >= 1234 && i < 2234 ? i - 1233 : 0;
		wanted += i >= 2000 && i < 2010 ? i - 1999 : 0;
		assert_int_equal(stage->near[i], wanted);
	}
	/* what is late is heard at once */
	sound[0] = 500;
	assert_int_equal(offline_inject(stage->offline, sound, 1, 3), STATUS_OK);
	run(stage, 1);
	assert_int_equal(stage->near[2400], 500);
}

static void loud_sounds_saturate_together(void **state)
{
	struct stage *stage = *state;
	const struct offline_config config = { .microphone = true, .noise_dbfs = NO_NOISE };
	const int16_t sound[] = { 30000, -30000 };
	open_with(stage, &config);
	assert_int_equal(offline_inject(stage->offline, sound, 2, 0), STATUS_OK);
	assert_int_equal(offline_inject(stage->offline, sound, 2, 0), STATUS_OK);
	run(stage, 1);
	assert_int_equal(stage->near[0], 32767);
	assert_int_equal(stage->near[1], -32768);
}

static void put_recording(const struct stage *stage, size_t count)
{
	struct wav_writer *writer = NULL;
	int16_t *samples = malloc(count * sizeof(*samples));
	assert_non_null(samples);
	for (size_t i = 0; i < count; i++) {
		samples[i] = (int16_t)(1000 + i % 7000);
	}
	assert_int_equal(wav_create(stage->in_path, EASE_RATE, &writer, NULL), STATUS_OK);
	assert_int_equal(wav_write(writer, samples, count), STATUS_OK);
	assert_int_equal(wav_close(writer), STATUS_OK);
	free(samples);
}

static void the_recording_begins_at_frame_0_and_noise_follows(void **state)
{
	struct stage *stage = *state;
	const struct offline_config config = {
		.microphone = true,
		.in_path = stage->in_path,
		.noise_dbfs = -69.0,
	};
	double power = 0.0;
	put_recording(stage, 5000);
	open_with(stage, &config);
	run(stage, PERIODS);
	for (size_t i = 0; i < 5000; i++) {
		assert_true(abs(stage->near[i] - (int)(1000 + i % 7000)) < 100);
	}
	for (size_t i = 5000; i < COUNT; i++) {
		power += (double)stage->near[i] * stage->near[i] / (COUNT - 5000);
	}
	assert_true(fabs(10.0 * log10(power) - 90.3 + 69.0) < 1.5);
}

static void the_output_is_written_whole(void **state)
{
	struct stage *stage = *state;
	const struct offline_config config = { .out_path = stage->out_path };
	int16_t *samples = NULL;
	size_t count = 0;
	open_with(stage, &config);
	cue(stage, TONE_END, 100);
	run(stage, PERIODS);
	assert_int_equal(stage->heard, 0);
	assert_int_equal(stage->played, COUNT);
	assert_int_equal(offline_destroy(stage->offline, NULL), STATUS_OK);
	stage->offline = NULL;
	assert_int_equal(wav_read(stage->out_path, EASE_RATE, &samples, &count, NULL), STATUS_OK);
	assert_int_equal(count, COUNT);
	assert_memory_equal(samples, stage->far, sizeof(stage->far));
	free(samples);
}

/* All bytes of the output's file; the caller frees them. */
static char *file_of_a_run(struct stage *stage, size_t *size)
{
	const struct offline_config config = {
		.out_path = stage->out_path,
		.in_path = stage->in_path,
		.microphone = true,
		.echo = true,
		.echo_gain_db = -20.0,
		.echo_delay_ms = 80,
		.noise_dbfs = -69.0,
	};
	char *bytes = malloc(1 << 20);
	assert_non_null(bytes);
	open_with(stage, &config);
	cue(stage, TONE_INHALE, 1000);
	cue(stage, TONE_START, 40000);
	run(stage, PERIODS);
	assert_int_equal(offline_destroy(stage->offline, NULL), STATUS_OK);
	stage->offline = NULL;
	FILE *file = fopen(stage->out_path, "rb");
	assert_non_null(file);
	*size = fread(bytes, 1, 1 << 20, file);
	assert_int_equal(fclose(file), 0);
	return bytes;
}

static void two_runs_give_the_same_bytes(void **state)
{
	struct stage *stage = *state;
	int16_t *heard = malloc(sizeof(stage->near));
	size_t first_size = 0;
	size_t second_size = 0;
	assert_non_null(heard);
	put_recording(stage, 20000);
	char *first = file_of_a_run(stage, &first_size);
	memcpy(heard, stage->near, sizeof(stage->near));
	char *second = file_of_a_run(stage, &second_size);
	assert_int_equal(first_size, 44 + 2 * COUNT);
	assert_int_equal(first_size, second_size);
	assert_memory_equal(first, second, first_size);
	assert_memory_equal(heard, stage->near, sizeof(stage->near));
	free(heard);
	free(first);
	free(second);
}

static void two_cards_beside_each_other_hear_the_same_room(void **state)
{
	struct stage *stage = *state;
	const struct offline_config config = { .microphone = true, .noise_dbfs = -50.0 };
	void *second_state = NULL;
	if (set_up(&second_state) != 0) {
		fail();
		return;
	}
	struct stage *second = second_state;
	open_with(stage, &config);
	open_with(second, &config);
	run(stage, PERIODS);
	run(second, PERIODS);
	assert_memory_equal(stage->near, second->near, sizeof(stage->near));
	assert_int_equal(tear_down(&second_state), 0);
}

static void what_cannot_be_opened_or_set_is_refused(void **state)
{
	struct stage *stage = *state;
	const struct {
		struct offline_config config;
		enum status status;
	} cases[] = {
		{ { .in_path = "/nonexistent/in.wav" }, STATUS_NOT_FOUND },
		{ { .in_path = "/dev/null" }, STATUS_BAD_DATA },
		{ { .out_path = "/nonexistent/out.wav" }, STATUS_BACKEND },
		{ { .echo = true, .echo_gain_db = 21.0 }, STATUS_BAD_ARG },
		{ { .echo = true, .echo_gain_db = (double)NAN }, STATUS_BAD_ARG },
		{ { .echo = true, .echo_delay_ms = -1 }, STATUS_BAD_ARG },
		{ { .echo = true, .echo_delay_ms = 501 }, STATUS_BAD_ARG },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct diag diag = { 0 };
		struct offline *offline = NULL;
		assert_int_equal(offline_create(&cases[i].config, stage->link, &offline, &diag),
				cases[i].status);
		assert_null(offline);
		assert_true(diag.message[0] != '\0');
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_echo_is_the_output_later_and_softer),
		TEST(the_echo_passes_a_room_of_energy_one),
		TEST(a_room_that_is_none_is_refused),
		TEST(injected_sound_is_heard_on_its_frame),
		TEST(loud_sounds_saturate_together),
		TEST(the_recording_begins_at_frame_0_and_noise_follows),
		TEST(the_output_is_written_whole),
		TEST(two_runs_give_the_same_bytes),
		TEST(two_cards_beside_each_other_hear_the_same_room),
		TEST(what_cannot_be_opened_or_set_is_refused),
	};
	return cmocka_run_group_tests_name("offline", tests, NULL, NULL);
}
