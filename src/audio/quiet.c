/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quiet.h"

#include "ease/log.h"

#include <alsa/asoundlib.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define METER_SPAN ((usec_t)1000000)
#define BRAKE_NS 2000000L /* what each line too many costs its writer */

typedef void jack_message_fn(const char *message);
typedef void jack_set_fn(jack_message_fn *fn);

static void alsa_silence(const char *file, int line, const char *function, int error,
		const char *format, ...)
{
	(void)file;
	(void)line;
	(void)function;
	(void)error;
	(void)format;
}

static void jack_silence(const char *message)
{
	(void)message;
}

static void quiet_jack(void *jack, const char *setter)
{
	void *symbol = dlsym(jack, setter);
	jack_set_fn *set = NULL;

	if (symbol != NULL) {
		/* ISO C has no conversion from an object pointer, POSIX says that the bytes fit */
		memcpy(&set, &symbol, sizeof(set));
		set(jack_silence);
	}
}

void quiet_libraries(void)
{
	/* cannot fail with a handler that is not NULL */
	(void)snd_lib_error_set_handler(alsa_silence);

	/* only where PortAudio was linked with JACK is it loaded already */
	void *jack = dlopen("libjack.so.0", RTLD_LAZY | RTLD_NOLOAD);
	if (jack != NULL) {
		quiet_jack(jack, "jack_set_error_function");
		quiet_jack(jack, "jack_set_info_function");
		dlclose(jack);
	}
}

struct quiet {
	FILE *before; /* what stderr was */
	FILE *limited;
	struct quiet_meter meter; /* under the lock of limited */
};

static usec_t monotonic(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (usec_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

bool quiet_may_pass(struct quiet_meter *meter, usec_t now, unsigned *dropped)
{
	*dropped = 0;
	if (now - meter->since >= METER_SPAN) {
		*dropped = meter->dropped;
		*meter = (struct quiet_meter){ .since = now };
	}
	if (meter->passed == QUIET_LINES) {
		meter->dropped++;
		return false;
	}
	meter->passed++;
	return true;
}

static void tell_dropped(unsigned dropped)
{
	if (dropped > 0) {
		log_warning("audio", "%u lines of the sound system are left out", dropped);
	}
}

static ssize_t pass_on(void *cookie, const char *text, size_t size)
{
	struct quiet *quiet = cookie;
	unsigned dropped = 0;
	const bool passes = quiet_may_pass(&quiet->meter, monotonic(), &dropped);

	tell_dropped(dropped);
	if (passes) {
		/* as the log: there is nobody to tell that it failed */
		const ssize_t written = write(STDERR_FILENO, text, size);
		(void)written;
	} else {
		const struct timespec brake = { .tv_nsec = BRAKE_NS };
		nanosleep(&brake, NULL);
	}
	return (ssize_t)size;
}

struct quiet *quiet_stderr(void)
{
	const cookie_io_functions_t functions = { .write = pass_on };
	struct quiet *quiet = calloc(1, sizeof(*quiet));

	if (quiet == NULL) {
		return NULL;
	}
	quiet->limited = fopencookie(quiet, "w", functions);
	if (quiet->limited == NULL) {
		free(quiet);
		return NULL;
	}
	setvbuf(quiet->limited, NULL, _IONBF, 0);
	quiet->before = stderr;
	stderr = quiet->limited; /* which the C library allows */
	return quiet;
}

void quiet_restore(struct quiet *quiet)
{
	if (quiet == NULL) {
		return;
	}
	stderr = quiet->before;
	(void)fclose(quiet->limited); /* nothing is buffered */
	tell_dropped(quiet->meter.dropped);
	free(quiet);
}
