/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp speech */
/* test_synth.c - eSpeak NG behind its door: voices by any path, refusals, and a prompt end. */
#include "speech/maker.h"
#include "speech/synth.h"
#include "speech_probe.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_SAMPLES 1400 /* eSpeak gives up to 60 ms at a time */

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* Tries a voice file of this text at a path that eSpeak itself would not take. */
static enum status try_voice(const char *text, struct diag *diag)
{
	char folder[] = "/tmp/Ease-Test-Of-A-Long-Path-With-Capitals-And-More-XXXXXX";
	char path[sizeof(folder) + 32];
	struct voice_speech voice = probe_voice;
	struct synth *synth = NULL;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/Calm Voice", folder);
	write_file(path, text);
	voice.voice_path = path;
	const enum status status = synth_create(&voice, &synth, diag);
	if (status == STATUS_OK) {
		assert_true(synth_rate(synth) >= 16000);
	}
	synth_destroy(synth);
	unlink(path);
	rmdir(folder);
	return status;
}

/* The SigBlk line of a thread. */
static unsigned long blocked_signals(const char *task)
{
	char path[300];
	char line[256];
	unsigned long blocked = 0;
	snprintf(path, sizeof(path), "/proc/%s%s/status",
			strcmp(task, "self") == 0 ? "" : "self/task/", task);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		if (strncmp(line, "SigBlk:", 7) == 0) {
			blocked = strtoul(line + 7, NULL, 16);
		}
	}
	fclose(file);
	return blocked;
}

static void loads_a_voice_from_any_path(void **state)
{
	(void)state;
	assert_int_equal(try_voice("name x\nlanguage en-gb\npitch 76 106\n", NULL), STATUS_OK);
}

/* Runs first: the library makes its thread when it is first used. */
static void no_thread_of_the_library_catches_signals(void **state)
{
	(void)state;
	assert_int_equal(try_voice("name x\nlanguage en-gb\n", NULL), STATUS_OK);
	DIR *tasks = opendir("/proc/self/task");
	assert_non_null(tasks);
	int others = 0;
	for (struct dirent *task = readdir(tasks); task != NULL; task = readdir(tasks)) {
		const long id = strtol(task->d_name, NULL, 10);
		if (id > 0 && id != (long)getpid()) {
			others++;
			assert_true(blocked_signals(task->d_name) & (1U << (SIGTERM - 1)));
			assert_true(blocked_signals(task->d_name) & (1U << (SIGINT - 1)));
		}
	}
	closedir(tasks);
	print_message("%d threads of eSpeak's own\n", others);
	assert_int_equal(blocked_signals("self") & (1U << (SIGTERM - 1)), 0);
}

static void refuses_what_is_no_voice(void **state)
{
	(void)state;
	struct diag diag = { .line = 0 };
	assert_int_equal(try_voice("", &diag), STATUS_BAD_DATA);
	assert_non_null(strstr(diag.path, "Calm Voice"));
	assert_int_equal(try_voice("name x\n", &diag), STATUS_BAD_DATA);
	assert_int_equal(try_voice("language en-gb\n", &diag), STATUS_BAD_DATA);
	assert_int_equal(try_voice("name x\nlanguage variant\n", &diag), STATUS_BAD_DATA);

	struct voice_speech voice = probe_voice;
	struct synth *synth = NULL;
	voice.voice_path = "/nonexistent/voice";
	assert_int_equal(synth_create(&voice, &synth, &diag), STATUS_BAD_DATA);
	assert_string_equal(diag.path, "/nonexistent/voice");
	assert_non_null(strstr(diag.message, "No such file"));
	voice.voice_path = "/tmp";
	assert_int_equal(synth_create(&voice, &synth, &diag), STATUS_BAD_DATA);
}

static void speech_refuses_a_bad_lexicon(void **state)
{
	(void)state;
	const struct pronunciation entry = { "word", "a]]b" };
	struct voice_speech voice = probe_voice;
	struct speech *speech = NULL;
	struct diag diag = { .line = 0 };
	voice.lexicon = &entry;
	assert_int_equal(speech_create(&voice, NULL, &speech, &diag), STATUS_BAD_DATA);
	assert_non_null(strstr(diag.message, "word"));
}

struct patience {
	int left;
};

static bool wanted(const void *arg)
{
	const struct patience *patience = arg;
	return patience->left > 0;
}

/* Counts down as eSpeak asks: the sink may be const, what it looks at need not be. */
static struct patience patience;

static bool wanted_a_few_times(const void *arg)
{
	const bool still = wanted(arg);
	patience.left--;
	return still;
}

static void ends_within_a_chunk(void **state)
{
	(void)state;
	struct maker *maker = NULL;
	struct clip *clip = NULL;
	assert_int_equal(maker_create(&probe_voice, &maker, NULL), STATUS_OK);
	for (int chunks = 0; chunks < 5; chunks++) {
		assert_int_equal(
				maker_begin(maker,
						"Now breathe in slowly, and breathe out for longer. More.",
						&clip),
				STATUS_OK);
		patience.left = chunks;
		maker_step(maker, clip, wanted_a_few_times, &patience);
		assert_true(clip->sample_count <= (size_t)chunks * CHUNK_SAMPLES);
		assert_true(chunks < 2 || clip->sample_count > 0);
		assert_true(clip_is_ready(clip));
		assert_int_equal(patience.left, -1); /* not asked again after it said no */
		clip_destroy(clip);
	}
	maker_destroy(maker);
}

static bool always(const void *arg)
{
	(void)arg;
	return true;
}

/* How many samples of text can be heard. */
static size_t count_audible(struct maker *maker, const char *text)
{
	struct clip *clip = NULL;
	size_t audible = 0;
	assert_int_equal(maker_begin(maker, text, &clip), STATUS_OK);
	while (!clip_is_ready(clip)) {
		maker_step(maker, clip, always, NULL);
	}
	for (size_t i = 0; i < clip->sample_count; i++) {
		audible += abs(clip->samples[i]) > 150;
	}
	clip_destroy(clip);
	return audible;
}

/* eSpeak drops phonemes that stand directly behind a mark. */
static void a_lexicon_word_sounds_behind_any_mark(void **state)
{
	(void)state;
	static const char *const texts[] = { "(effleurage)", "effleurage", "-effleurage",
		"/effleurage", ",effleurage", ":effleurage", "'effleurage", "=effleurage" };
	struct maker *maker = NULL;
	assert_int_equal(maker_create(&probe_voice, &maker, NULL), STATUS_OK);
	const size_t usual = count_audible(maker, "effleurage");
	assert_true(usual > 1000);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const size_t audible = count_audible(maker, texts[i]);
		if (audible * 10 < usual * 8) {
			fail_msg("%s: %zu of %zu samples", texts[i], audible, usual);
		}
	}
	const size_t pair = count_audible(maker, "effleurage-effleurage");
	assert_true(pair * 10 > usual * 17);
	maker_destroy(maker);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_thread_of_the_library_catches_signals),
		cmocka_unit_test(loads_a_voice_from_any_path),
		cmocka_unit_test(refuses_what_is_no_voice),
		cmocka_unit_test(speech_refuses_a_bad_lexicon),
		cmocka_unit_test(ends_within_a_chunk),
		cmocka_unit_test(a_lexicon_word_sounds_behind_any_mark),
	};
	return cmocka_run_group_tests_name("synth", tests, NULL, NULL);
}
