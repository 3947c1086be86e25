/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base dsp audio */
/* test_device.c - a machine without any card: a clear reason, no crash, and not a word on stderr.
 * What a card does is tested with a virtual one, in tests/system. */
#include "ease/device.h"

#include "ease/log.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char config_path[] = "/tmp/ease-test-XXXXXX";

/* An ALSA whose only card does not exist, whatever this machine has. */
static int set_up(void **state)
{
	static const char config[] = "pcm.none { type hw card 99 }\n";
	(void)state;
	log_set_level(LOG_LEVEL_DEBUG);
	const int file = mkstemp(config_path);
	if (file < 0) {
		return -1;
	}
	const ssize_t wrote = write(file, config, sizeof(config) - 1);
	close(file);
	return wrote > 0 ? setenv("ALSA_CONFIG_PATH", config_path, 1) : -1;
}

static int tear_down(void **state)
{
	(void)state;
	return unlink(config_path);
}

/* What was written to standard error since: it goes to a file in the meantime. */
struct trap {
	int kept;
	int file;
};

static struct trap trap_open(void)
{
	char path[] = "/tmp/ease-test-XXXXXX";
	struct trap trap = { .kept = dup(STDERR_FILENO), .file = mkstemp(path) };
	assert_true(trap.kept >= 0 && trap.file >= 0);
	assert_int_equal(unlink(path), 0);
	assert_true(dup2(trap.file, STDERR_FILENO) >= 0);
	return trap;
}

static off_t trap_close(const struct trap *trap)
{
	struct stat info = { 0 };
	assert_true(dup2(trap->kept, STDERR_FILENO) >= 0);
	assert_int_equal(fstat(trap->file, &info), 0);
	close(trap->kept);
	close(trap->file);
	return info.st_size;
}

static void without_a_card_there_is_no_device(void **state)
{
	(void)state;
	struct device_info devices[4];
	size_t count = 77;
	const struct trap trap = trap_open();
	const enum status status = device_list(devices, 4, &count);
	assert_int_equal(trap_close(&trap), 0);
	assert_int_equal(status, STATUS_OK);
	assert_int_equal(count, 0);
}

static void without_a_card_open_says_so_quietly(void **state)
{
	(void)state;
	const struct device_config configs[] = { { 0 }, { .output = "usb", .input = "usb" } };
	struct link *link = NULL;
	assert_int_equal(link_create(&link), STATUS_OK);
	for (size_t i = 0; i < 2; i++) {
		struct device *device = NULL;
		struct diag diag = { 0 };
		const struct trap trap = trap_open();
		const enum status status = device_open(&configs[i], link, &device, &diag);
		assert_int_equal(trap_close(&trap), 0);
		assert_int_equal(status, STATUS_NOT_FOUND);
		assert_null(device);
		assert_string_equal(diag.message, "there is no loudspeaker on this machine");
	}
	link_destroy(link);
}

static void closing_nothing_is_no_error(void **state)
{
	(void)state;
	assert_int_equal(device_close(NULL), STATUS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_card_there_is_no_device),
		cmocka_unit_test(without_a_card_open_says_so_quietly),
		cmocka_unit_test(closing_nothing_is_no_error),
	};
	return cmocka_run_group_tests_name("device", tests, set_up, tear_down);
}
