/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * callback.h - all that runs in the audio callbacks, and the rings through which they talk.
 *
 * struct playback is everything the output callback touches, struct capture everything the input
 * callback touches. They block on nothing, wake nobody, allocate nothing; .ci/symbols proves it.
 * The same functions run under PortAudio and under the offline device. Set-up (rings, memory) is
 * link_create() in link.c, which never runs in a callback.
 *
 *   main -> commands -> playback -> reports -> main
 *   speech thread -> speech blocks -> playback -> far blocks -> listener
 *   capture -> near blocks -> listener
 */
#ifndef EASE_CALLBACK_H
#define EASE_CALLBACK_H

#include "ease/clock.h"
#include "ease/mixer.h"
#include "ease/ring.h"
#include "ease/status.h"

#include <stdatomic.h>
#include <stdint.h>

enum command_kind {
	COMMAND_TONE, /* .tone */
	COMMAND_HUSH, /* fade, drop all tones and all speech with an id up to .utterance */
	COMMAND_TONES_OFF,
	COMMAND_CUT,    /* break off and drop all speech with an id up to .utterance; tones go on */
	COMMAND_SOFTEN, /* .gain_db */
	COMMAND_VOLUME, /* .gain_db */
	COMMAND_DUCK,   /* .on */
};

struct command {
	enum command_kind kind;
	bool on;
	uint32_t utterance;
	float gain_db;
	struct tone_cue tone;
};

enum report_kind {
	REPORT_SAY,       /* the first sample of .utterance left at .at */
	REPORT_SAID,      /* its last sample left; .at is the frame after it */
	REPORT_CUT,       /* it was hushed or cut at .at, or before it began, and so was all before
			     it that is not reported */
	REPORT_TONE,      /* .tone began at .at */
	REPORT_TONE_LATE, /* .tone came too late to be played, or found no place */
	REPORT_HUSHED,    /* silent from .at on */
	REPORT_UNDERFLOW, /* the device says that it ran dry around .at */
};

struct report {
	enum report_kind kind;
	enum tone_kind tone;
	uint32_t utterance;
	frames_t at;
};

#define SPEECH_BLOCK 480 /* samples */

enum speech_flag {
	SPEECH_FIRST = 1,
	SPEECH_LAST = 2, /* may come with count 0 */
};

/* 48 kHz speech on its way to the loudspeaker; ids rise. */
struct speech_block {
	uint32_t utterance;
	uint32_t flags; /* enum speech_flag */
	frames_t at;    /* SPEECH_FIRST: not before this frame; 0: at once */
	uint32_t count; /* samples that count, 0 to SPEECH_BLOCK */
	int16_t samples[SPEECH_BLOCK];
};

/* One period of either direction, on its way to the listener. */
struct sound_block {
	frames_t at;  /* its first frame, counted by its own stream */
	usec_t stamp; /* CLOCK_MONOTONIC in the callback; offline the same as at, in microseconds */
	int16_t samples[EASE_PERIOD];
};

/* The clock has 48 bits in two 32-bit atomics, because not every Raspberry Pi has 64-bit ones. */
#define LINK_AGE (UINT32_C(1) << 16)

/* Fields are private to callback.c and link.c, but for the atomics, which anybody may read. */
struct playback {
	struct mixer mixer;
	struct ring commands;
	struct ring reports;
	struct ring speech;
	struct ring far;
	atomic_uint periods;      /* callbacks so far, from 0 again after 497 days: the heartbeat */
	atomic_uint ages;         /* of LINK_AGE periods; link_now() makes the clock of both */
	atomic_uint lost_reports; /* that found a full ring; the daemon watches it */
	atomic_uint lost_far;     /* far blocks; the listener sees the hole by their .at */
	frames_t now;
	struct speech_block block;              /* the one being played */
	uint32_t block_used;                    /* samples of it that left */
	bool loaded;                            /* block is not used up */
	bool waiting;                           /* block is FIRST and has not begun */
	bool speaking;                          /* an utterance has begun and not ended */
	uint32_t utterance;                     /* the one that is spoken, or was last */
	frames_t spoken_to;                     /* the frame after its last sample so far */
	uint32_t dropped_up_to;                 /* utterances hushed */
	uint32_t cut_up_to;                     /* and reported */
	int16_t last_sample;                    /* of speech */
	int16_t tail;                           /* what speech broke off at, dying away */
	uint32_t tail_left;                     /* frames until it is gone */
	uint32_t swell_left;                    /* frames until speech is back after a gap */
	struct tone_cue began[MIXER_TONES_MAX]; /* in this period, the earliest first */
	size_t begun;                           /* of them */
	size_t told;                            /* and reported */
};

struct capture {
	struct ring near;
	atomic_uint periods;   /* callbacks so far: the heartbeat */
	atomic_uint lost_near; /* blocks that found a full ring; the listener sees the hole */
	frames_t now;
};

/* Both ends with their rings; made and freed by the main thread while no stream runs. */
struct link {
	struct playback playback;
	struct capture capture;
};

EASE_NODISCARD enum status link_create(struct link **out);
void link_destroy(struct link *link);

/* One period of output; count is EASE_PERIOD. Always fills out. */
EASE_RT void playback_process(struct playback *playback, int16_t *out, uint32_t count, usec_t stamp,
		bool underflowed);

/* One period of input; NULL in is silence. */
EASE_RT void capture_process(
		struct capture *capture, const int16_t *in, uint32_t count, usec_t stamp);

/* Main thread only. STATUS_NO_SPACE: the callback has not run for a long time. */
EASE_NODISCARD enum status link_command(struct link *link, const struct command *command);
/* Main thread only. False when there is none. */
EASE_NODISCARD bool link_report(struct link *link, struct report *out);
/* Frames played; any thread. */
frames_t link_now(const struct link *link);

#endif
