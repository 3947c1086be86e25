/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/device.h"

#include "ease/log.h"
#include "quiet.h"

#include <pa_linux_alsa.h>
#include <portaudio.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LATENCY_SECONDS 0.1
#define HEARTBEAT ((usec_t)500000)
#define FIRST_BEAT ((usec_t)2000000) /* a stream may take its time to start */
#define CLOSE_SECONDS 1

enum direction {
	OUTPUT,
	INPUT,
};

/* One stream and its pulse. */
struct flow {
	PaStream *stream; /* NULL: there is none */
	struct link *link;
	atomic_bool finished;
	unsigned beat; /* callbacks at the last look */
	usec_t since;  /* when beat changed last */
	bool looked;
	bool alive; /* a callback came after the first look */
};

struct device {
	struct flow output;
	struct flow input;
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
	(void)input;
	(void)time;
	playback_process(&flow->link->playback, output, (uint32_t)frames, monotonic(),
			(flags & paOutputUnderflow) != 0);
	return paContinue;
}

static int capture(const void *input, void *output, unsigned long frames,
		const PaStreamCallbackTimeInfo *time, PaStreamCallbackFlags flags, void *arg)
{
	struct flow *flow = arg;
	(void)output;
	(void)time;
	(void)flags;
	capture_process(&flow->link->capture, input, (uint32_t)frames, monotonic());
	return paContinue;
}

static void finished(void *arg)
{
	struct flow *flow = arg;
	atomic_store_explicit(&flow->finished, true, memory_order_release);
}

static bool serves(const PaDeviceInfo *info, enum direction direction)
{
	return (direction == OUTPUT ? info->maxOutputChannels : info->maxInputChannels) > 0;
}

static const char *word_for(enum direction direction)
{
	return direction == OUTPUT ? "loudspeaker" : "microphone";
}

/* Writes the names of all devices of this direction to out, cut to size. */
static void list_names(enum direction direction, char *out, size_t size)
{
	const PaDeviceIndex count = Pa_GetDeviceCount();
	size_t used = 0;

	out[0] = '\0';
	for (PaDeviceIndex i = 0; i < count; i++) {
		const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
		if (!serves(info, direction)) {
			continue;
		}
		const int wrote = snprintf(out + used, size - used, "%s\"%s\"",
				used > 0 ? ", " : "", info->name);
		if (wrote < 0 || (size_t)wrote >= size - used) {
			return;
		}
		used += (size_t)wrote;
	}
}

/* The first device whose name is part, else the first whose name has part in it. */
static PaDeviceIndex find(enum direction direction, const char *part)
{
	const PaDeviceIndex count = Pa_GetDeviceCount();
	PaDeviceIndex found = paNoDevice;

	for (PaDeviceIndex i = 0; i < count; i++) {
		const PaDeviceInfo *info = Pa_GetDeviceInfo(i);
		if (!serves(info, direction)) {
			continue;
		}
		if (strcasecmp(info->name, part) == 0) {
			return i;
		}
		if (found == paNoDevice && strcasestr(info->name, part) != NULL) {
			found = i;
		}
	}
	return found;
}

static enum status choose(
		enum direction direction, const char *part, PaDeviceIndex *out, struct diag *diag)
{
	char names[192];

	if (part != NULL) {
		*out = find(direction, part);
	} else {
		*out = direction == OUTPUT ? Pa_GetDefaultOutputDevice()
					   : Pa_GetDefaultInputDevice();
	}
	if (*out != paNoDevice) {
		return STATUS_OK;
	}
	list_names(direction, names, sizeof(names));
	if (names[0] == '\0') {
		diag_set(diag, NULL, 0, 0, "there is no %s on this machine", word_for(direction));
	} else if (part != NULL) {
		diag_set(diag, NULL, 0, 0, "no %s is called \"%s\"; there are %s",
				word_for(direction), part, names);
	} else {
		diag_set(diag, NULL, 0, 0, "no %s is the default; there are %s",
				word_for(direction), names);
	}
	return STATUS_NOT_FOUND;
}

static enum status refuse(enum direction direction, const PaDeviceInfo *info, PaError error,
		struct diag *diag)
{
	const char *reason = Pa_GetErrorText(error);
	if (error == paUnanticipatedHostError) {
		reason = Pa_GetLastHostErrorInfo()->errorText;
	}
	diag_set(diag, NULL, 0, 0, "cannot open the %s \"%s\": %s", word_for(direction), info->name,
			reason);
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
	log_info("audio", "%s: %s", word_for(direction), info->name);
	return STATUS_OK;
}

/* Refreshes the list of devices, without their drivers' chatter. */
static enum status initialise(struct diag *diag)
{
	/* plughw: a microphone of 44.1 kHz or in stereo opens at 48 kHz mono too */
	setenv("PA_ALSA_PLUGHW", "1", 0);
	setenv("JACK_NO_START_SERVER", "1", 0);
	quiet_libraries();

	const PaError error = Pa_Initialize();
	if (error != paNoError) {
		diag_set(diag, NULL, 0, 0, "cannot use the sound system: %s",
				Pa_GetErrorText(error));
		return STATUS_BACKEND;
	}
	return STATUS_OK;
}

/* A session goes on without a microphone; the log says why. */
static void open_microphone(struct device *device, const char *part)
{
	struct diag diag = { 0 };
	PaDeviceIndex index = paNoDevice;
	enum status status = choose(INPUT, part, &index, &diag);

	if (status == STATUS_OK) {
		status = open_flow(&device->input, INPUT, index, &diag);
	}
	if (status != STATUS_OK) {
		log_warning("audio", "%s", diag.message);
	}
}

static enum status open_streams(
		struct device *device, const struct device_config *config, struct diag *diag)
{
	PaDeviceIndex index = paNoDevice;
	enum status status = choose(OUTPUT, config->output, &index, diag);

	if (status == STATUS_OK) {
		/* the loudspeaker last: the session begins with its frame 0 */
		open_microphone(device, config->input);
		status = open_flow(&device->output, OUTPUT, index, diag);
	}
	if (status != STATUS_OK && device->input.stream != NULL) {
		Pa_AbortStream(device->input.stream);
		Pa_CloseStream(device->input.stream);
	}
	return status;
}

enum status device_open(const struct device_config *config, struct link *link, struct device **out,
		struct diag *diag)
{
	struct device *device = calloc(1, sizeof(*device));
	if (device == NULL) {
		return STATUS_NO_MEM;
	}
	device->output.link = link;
	device->input.link = link;
	atomic_init(&device->output.finished, false);
	atomic_init(&device->input.finished, false);

	enum status status = initialise(diag);
	if (status != STATUS_OK) {
		goto error_device;
	}
	status = open_streams(device, config, diag);
	if (status != STATUS_OK) {
		goto error_initialised;
	}
	*out = device;
	return STATUS_OK;

error_initialised:
	Pa_Terminate();
error_device:
	free(device);
	return status;
}

static void end_flow(const struct flow *flow)
{
	if (flow->stream != NULL) {
		Pa_AbortStream(flow->stream);
		Pa_CloseStream(flow->stream);
	}
}

static void *end_streams(void *arg)
{
	const struct device *device = arg;
	end_flow(&device->output);
	end_flow(&device->input);
	Pa_Terminate();
	return NULL;
}

enum status device_close(struct device *device)
{
	struct timespec limit;
	pthread_t thread;

	if (device == NULL) {
		return STATUS_OK;
	}
	/* with a hung sound server or a card pulled out, PortAudio may never return */
	if (pthread_create(&thread, NULL, end_streams, device) != 0) {
		log_error("audio", "cannot close the sound device: no thread");
		return STATUS_BACKEND;
	}
	clock_gettime(CLOCK_MONOTONIC, &limit);
	limit.tv_sec += CLOSE_SECONDS;
	if (pthread_clockjoin_np(thread, NULL, CLOCK_MONOTONIC, &limit) != 0) {
		log_error("audio", "the sound device does not let itself be closed");
		pthread_detach(thread);
		/* that thread may still use the device, so it is not freed */
		return STATUS_BACKEND;
	}
	free(device);
	return STATUS_OK;
}

bool device_has_microphone(const struct device *device)
{
	return device->input.stream != NULL;
}

static bool lost(struct flow *flow, unsigned beat, usec_t now)
{
	if (flow->stream == NULL) {
		return false;
	}
	if (atomic_load_explicit(&flow->finished, memory_order_acquire) ||
			Pa_IsStreamActive(flow->stream) != 1) {
		return true;
	}
	if (!flow->looked || beat != flow->beat) {
		flow->alive = flow->looked;
		flow->looked = true;
		flow->beat = beat;
		flow->since = now;
	}
	return now - flow->since >= (flow->alive ? HEARTBEAT : FIRST_BEAT);
}

enum device_health device_check(struct device *device, usec_t now)
{
	const struct playback *playback = &device->output.link->playback;
	const struct capture *heard = &device->input.link->capture;

	if (lost(&device->output, atomic_load_explicit(&playback->periods, memory_order_relaxed),
			    now)) {
		return DEVICE_OUTPUT_LOST;
	}
	if (lost(&device->input, atomic_load_explicit(&heard->periods, memory_order_relaxed),
			    now)) {
		return DEVICE_INPUT_LOST;
	}
	return DEVICE_OK;
}

usec_t device_round_trip(const struct device *device)
{
	double seconds = Pa_GetStreamInfo(device->output.stream)->outputLatency;

	if (device->input.stream != NULL) {
		seconds += Pa_GetStreamInfo(device->input.stream)->inputLatency;
	}
	return (usec_t)(seconds * 1e6);
}

static void describe(PaDeviceIndex index, struct device_info *out)
{
	const PaDeviceInfo *info = Pa_GetDeviceInfo(index);

	*out = (struct device_info){
		.input = serves(info, INPUT),
		.output = serves(info, OUTPUT),
		.default_input = index == Pa_GetDefaultInputDevice(),
		.default_output = index == Pa_GetDefaultOutputDevice(),
	};
	snprintf(out->name, sizeof(out->name), "%s", info->name);
}

enum status device_list(struct device_info *out, size_t room, size_t *count)
{
	struct diag diag;
	const enum status status = initialise(&diag);
	if (status != STATUS_OK) {
		log_error("audio", "%s", diag.message);
		return status;
	}
	const PaDeviceIndex found = Pa_GetDeviceCount();
	*count = found > 0 ? (size_t)found : 0;
	for (size_t i = 0; i < *count && i < room; i++) {
		describe((PaDeviceIndex)i, &out[i]);
	}
	Pa_Terminate();
	return STATUS_OK;
}
