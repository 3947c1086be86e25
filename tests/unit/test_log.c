/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base */
/* test_log.c - one line a call, with its level, cut where it must be; errno is kept. */
#include "ease/log.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct capture {
	int saved;
	int ends[2];
	char text[2048];
};

static void begin(struct capture *capture)
{
	assert_int_equal(pipe2(capture->ends, O_NONBLOCK), 0);
	capture->saved = dup(STDERR_FILENO);
	assert_true(capture->saved >= 0);
	assert_int_equal(dup2(capture->ends[1], STDERR_FILENO), STDERR_FILENO);
}

static void end(struct capture *capture)
{
	dup2(capture->saved, STDERR_FILENO);
	close(capture->saved);
	close(capture->ends[1]);
	const ssize_t length = read(capture->ends[0], capture->text, sizeof(capture->text) - 1);
	capture->text[length > 0 ? length : 0] = '\0';
	close(capture->ends[0]);
}

static void writes_level_room_and_reason(void **state)
{
	(void)state;
	struct capture capture;
	begin(&capture);
	log_error("speech", "cannot load \"%s\": %s", "x", "bad data");
	log_warning("load", "%d", 1);
	log_notice("daemon", "ready");
	log_info("daemon", "not seen");
	log_debug("daemon", "not seen");
	end(&capture);
	assert_string_equal(capture.text,
			"<3>speech: cannot load \"x\": bad data\n<4>load: 1\n<5>daemon: ready\n");
}

static void obeys_its_level(void **state)
{
	(void)state;
	struct capture capture;
	begin(&capture);
	log_set_level(LOG_LEVEL_ERROR);
	log_warning("a", "not seen");
	log_error("a", "seen");
	log_set_level(LOG_LEVEL_DEBUG);
	log_debug("b", "seen");
	log_set_level(LOG_LEVEL_NOTICE);
	end(&capture);
	assert_string_equal(capture.text, "<3>a: seen\n<7>b: seen\n");
}

static void cuts_a_long_line_and_still_ends_it(void **state)
{
	(void)state;
	struct capture capture;
	char text[600];
	for (size_t length = 480; length < sizeof(text); length += 1) {
		memset(text, 'x', length);
		text[length] = '\0';
		begin(&capture);
		log_error("room", "%s", text);
		end(&capture);
		const size_t got = strlen(capture.text);
		const size_t whole = strlen("<3>room: ") + length + 1;
		assert_int_equal(got, whole < 512 ? whole : 512);
		assert_int_equal(capture.text[got - 1], '\n');
		assert_null(memchr(capture.text, '\n', got - 1));
	}
	char room[700];
	memset(room, 'r', sizeof(room) - 1);
	room[sizeof(room) - 1] = '\0';
	begin(&capture);
	log_error(room, "lost");
	end(&capture);
	assert_int_equal(strlen(capture.text), 512);
}

static void keeps_errno(void **state)
{
	(void)state;
	const int saved = dup(STDERR_FILENO);
	close(STDERR_FILENO);
	errno = ENOENT;
	log_error("room", "nobody hears this");
	const int after = errno;
	dup2(saved, STDERR_FILENO);
	close(saved);
	assert_int_equal(after, ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_level_room_and_reason),
		cmocka_unit_test(obeys_its_level),
		cmocka_unit_test(cuts_a_long_line_and_still_ends_it),
		cmocka_unit_test(keeps_errno),
	};
	return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
