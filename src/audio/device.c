/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/device.h"

#include "bounded.h"
#include "names.h"
#include "pulse.h"
#include "quiet.h"

#include "ease/log.h"

#include <pa_linux_alsa.h>
#include <portaudio.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LATENCY_SECONDS 0.1
#define OPEN_SECONDS 5
#define CLOSE_SECONDS 1

#define NO_ANSWER "the sound system does not answer"

/* One stream. */
struct flow {
	PaStream *stream; /* NULL: there is none */
	/* NULL until both streams run: an opening that was given up may still start a stream, and
	 * that must not touch a link that is gone */
	_Atomic(struct link *) link;
	atomic_bool finished;
	struct pulse pulse;
};

/* Where the sound system does not answer it is never freed, because PortAudio's calls and streams
 * go on using it. */
struct device {
	struct flow output;
	struct flow input;
	char *output_name; /* copies of the wishes; NULL: the default */
	char *input_name;
	struct quiet *quiet;
	enum status status; /* of the opening */
	struct diag diag;
};

static usec_t monotonic(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (usec_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int play(const void *input, void *output, unsigned long frames,
		const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags, void *arg)
{
	struct flow *flow = arg;
	struct link *link = atomic_load_explicit(&flow->link, memory_order_acquire);
	(void)input;
	(void)time;
	if (link == NULL) {
		memset(output, 0, frames * sizeof(int16_t));
		return paContinue;
	}
	playback_process(&link->playback, output, (uint32_t)frames, monotonic(),
			(flags & paOutputUnderflow) != 0);
	return paContinue;
}

static int capture(const void *input, void *output, unsigned long frames,
		const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags, void *arg)
{
	struct flow *flow = arg;
	struct link *link = atomic_load_explicit(&flow->link, memory_order_acquire);
	(void)output;
	(void)time;
	(void)flags;
	if (link != NULL) {
		capture_process(&link->capture, input, (uint32_t)frames, monotonic());
	}
	return paContinue;
}

static void finished(void *arg)
{
	struct flow *flow = arg;
	atomic_store_explicit(&flow->finished, true, memory_order_release);
}

static void describe(PaDeviceIndex index, struct device_info *out)
{
	const PaDeviceInfo *info = Pa_GetDeviceInfo(index);

	*out = (struct device_info){
		.input = info->maxInputChannels > 0,
		.output = info->maxOutputChannels > 0,
		.default_input = index == Pa_GetDefaultInputDevice(),
		.default_output = index == Pa_GetDefaultOutputDevice(),
	};
	snprintf(out->name, sizeof(out->name), "%s", info->name);
}

/* All devices, in PortAudio's order; the caller frees them. */
static enum status describe_all(struct device_info **out, size_t *count)
{
	const PaDeviceIndex found = Pa_GetDeviceCount();

	*count = found > 0 ? (size_t)found : 0;
	*out = calloc(*count + 1, sizeof(**out));
	if (*out == NULL) {
		return STATUS_NO_MEM;
	}
	for (size_t i = 0; i < *count; i++) {
		describe((PaDeviceIndex)i, &(*out)[i]);
	}
	return STATUS_OK;
}

static enum status refuse(enum direction direction, const PaDeviceInfo *info, PaError error,
		struct diag *diag)
{
	const char *reason = Pa_GetErrorText(error);
	if (error == paUnanticipatedHostError) {
		reason = Pa_GetLastHostErrorInfo()->errorText;
	}
	diag_set(diag, NULL, 0, 0, "cannot open the %s \"%s\": %s", direction_word(direction),
			info->name, reason);
	return STATUS_BACKEND;
}

/* Starts a stream, with real-time priority where the system grants it. */
static PaError start(PaStream *stream, const PaDeviceInfo *info)
{
	if (Pa_GetHostApiInfo(info->hostApi)->type == paALSA) {
		PaAlsa_EnableRealtimeScheduling(stream, 1);
		if (Pa_StartStream(stream) == paNoError) {
			return paNoError;
		}
		PaAlsa_EnableRealtimeScheduling(stream, 0);
	}
	return Pa_StartStream(stream);
}

static enum status open_flow(
		struct flow *flow, enum direction direction, PaDeviceIndex index, struct diag *diag)
{
	const PaDeviceInfo *info = Pa_GetDeviceInfo(index);
	const PaStreamParameters wanted = {
		.device = index,
		.channelCount = 1,
		.sampleFormat = paInt16,
		.suggestedLatency = LATENCY_SECONDS,
	};
	PaError error = Pa_OpenStream(&flow->stream, direction == INPUT ? &wanted : NULL,
			direction == OUTPUT ? &wanted : NULL, EASE_RATE, EASE_PERIOD, paNoFlag,
			direction == OUTPUT ? play : capture, flow);
	if (error != paNoError) {
		flow->stream = NULL;
		return refuse(direction, info, error, diag);
	}
	error = Pa_SetStreamFinishedCallback(flow->stream, finished);
	if (error == paNoError) {
		error = start(flow->stream, info);
	}
	if (error != paNoError) {
		const enum status status = refuse(direction, info, error, diag);
		Pa_CloseStream(flow->stream);
		flow->stream = NULL;
		return status;
	}
	log_info("audio", "%s: %s", direction_word(direction), info->name);
	return STATUS_OK;
}

/* Main thread, before any Pa_Initialize(): the environment is not to be changed in another. */
static void prepare(void)
{
	/* plughw: a microphone of 44.1 kHz or in stereo opens at 48 kHz mono too */
	setenv("PA_ALSA_PLUGHW", "1", 0);
	setenv("JACK_NO_START_SERVER", "1", 0);
	quiet_libraries();
}

static enum status initialise(struct diag *diag)
{
	const PaError error = Pa_Initialize();
	if (error != paNoError) {
		diag_set(diag, NULL, 0, 0, "cannot use the sound system: %s",
				Pa_GetErrorText(error));
		return STATUS_BACKEND;
	}
	return STATUS_OK;
}

/* A session goes on without a microphone; the log says why. */
static void open_microphone(struct device *device, const struct device_names *names)
{
	struct diag diag = { 0 };
	size_t index = 0;
	enum status status = names_choose(names, INPUT, device->input_name, &index, &diag);

	if (status == STATUS_OK) {
		status = open_flow(&device->input, INPUT, (PaDeviceIndex)index, &diag);
	}
	if (status != STATUS_OK) {
		log_warning("audio", "%s", diag.message);
	}
}

static void end_flow(const struct flow *flow)
{
	if (flow->stream != NULL) {
		Pa_AbortStream(flow->stream);
		Pa_CloseStream(flow->stream);
	}
}

static enum status open_streams(struct device *device, const struct device_names *names)
{
	size_t index = 0;
	enum status status =
			names_choose(names, OUTPUT, device->output_name, &index, &device->diag);

	if (status == STATUS_OK) {
		open_microphone(device, names);
		status = open_flow(&device->output, OUTPUT, (PaDeviceIndex)index, &device->diag);
	}
	if (status != STATUS_OK) {
		end_flow(&device->input);
	}
	return status;
}

/* In a thread of its own. */
static void open_all(void *arg)
{
	struct device *device = arg;
	struct device_names names = { 0 };
	struct device_info *info = NULL;

	device->status = initialise(&device->diag);
	if (device->status != STATUS_OK) {
		return;
	}
	device->status = describe_all(&info, &names.count);
	names.info = info;
	if (device->status == STATUS_OK) {
		device->status = open_streams(device, &names);
	}
	free(info);
	if (device->status != STATUS_OK) {
		Pa_Terminate();
	}
}

static void destroy(struct device *device)
{
	quiet_restore(device->quiet);
	free(device->output_name);
	free(device->input_name);
	free(device);
}

/* A copy, or NULL for NULL; false without memory. */
static bool copy(const char *text, char **out)
{
	*out = text != NULL ? strdup(text) : NULL;
	return text == NULL || *out != NULL;
}

static struct device *create(const struct device_config *config)
{
	struct device *device = calloc(1, sizeof(*device));

	if (device == NULL) {
		return NULL;
	}
	if (!copy(config->output, &device->output_name) ||
			!copy(config->input, &device->input_name)) {
		destroy(device);
		return NULL;
	}
	atomic_init(&device->output.link, NULL);
	atomic_init(&device->input.link, NULL);
	atomic_init(&device->output.finished, false);
	atomic_init(&device->input.finished, false);
	device->quiet = quiet_stderr();
	return device;
}

enum status device_open(const struct device_config *config, struct link *link, struct device **out,
		struct diag *diag)
{
	struct device *device = create(config);
	if (device == NULL) {
		return STATUS_NO_MEM;
	}
	prepare();
	enum status status = bounded_run(open_all, device, OPEN_SECONDS);
	if (status == STATUS_BACKEND) {
		diag_set(diag, NULL, 0, 0, NO_ANSWER);
		return status;
	}
	if (status == STATUS_OK) {
		status = device->status;
	}
	if (status != STATUS_OK) {
		*diag = device->diag;
		destroy(device);
		return status;
	}
	/* the loudspeaker last: the session begins with its frame 0 */
	atomic_store_explicit(&device->input.link, link, memory_order_release);
	atomic_store_explicit(&device->output.link, link, memory_order_release);
	*out = device;
	return STATUS_OK;
}

static void close_all(void *arg)
{
	const struct device *device = arg;
	end_flow(&device->output);
	end_flow(&device->input);
	Pa_Terminate();
}

enum status device_close(struct device *device)
{
	if (device == NULL) {
		return STATUS_OK;
	}
	const enum status status = bounded_run(close_all, device, CLOSE_SECONDS);
	if (status != STATUS_OK) {
		log_error("audio", "cannot close the sound device: %s",
				status == STATUS_BACKEND ? NO_ANSWER : status_string(status));
		return STATUS_BACKEND;
	}
	destroy(device);
	return STATUS_OK;
}

bool device_has_microphone(const struct device *device)
{
	return device->input.stream != NULL;
}

static bool lives(struct flow *flow, unsigned beat, usec_t now)
{
	if (flow->stream == NULL) {
		return true;
	}
	if (atomic_load_explicit(&flow->finished, memory_order_acquire) ||
			Pa_IsStreamActive(flow->stream) != 1) {
		return false;
	}
	return pulse_beats(&flow->pulse, beat, now);
}

enum device_health device_check(struct device *device, usec_t now)
{
	struct link *link = atomic_load_explicit(&device->output.link, memory_order_relaxed);

	if (!lives(&device->output,
			    atomic_load_explicit(&link->playback.periods, memory_order_relaxed),
			    now)) {
		return DEVICE_OUTPUT_LOST;
	}
	if (!lives(&device->input,
			    atomic_load_explicit(&link->capture.periods, memory_order_relaxed),
			    now)) {
		return DEVICE_INPUT_LOST;
	}
	return DEVICE_OK;
}

/* What device_list() found; never freed where the sound system does not answer. */
struct listing {
	struct device_info *info;
	size_t count;
	enum status status;
	struct diag diag;
};

static void list_all(void *arg)
{
	struct listing *listing = arg;

	listing->status = initialise(&listing->diag);
	if (listing->status == STATUS_OK) {
		listing->status = describe_all(&listing->info, &listing->count);
		Pa_Terminate();
	}
}

enum status device_list(struct device_info *out, size_t room, size_t *count)
{
	struct listing *listing = calloc(1, sizeof(*listing));
	if (listing == NULL) {
		return STATUS_NO_MEM;
	}
	prepare();
	enum status status = bounded_run(list_all, listing, OPEN_SECONDS);
	if (status == STATUS_BACKEND) {
		log_error("audio", NO_ANSWER);
		return status;
	}
	if (status == STATUS_OK) {
		status = listing->status;
	}
	if (status == STATUS_OK) {
		*count = listing->count;
		memcpy(out, listing->info,
				(*count < room ? *count : room) * sizeof(*listing->info));
	} else if (listing->diag.message[0] != '\0') {
		log_error("audio", "%s", listing->diag.message);
	}
	free(listing->info);
	free(listing);
	return status;
}
