/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quiet.h"

#include <alsa/asoundlib.h>
#include <dlfcn.h>
#include <string.h>

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
