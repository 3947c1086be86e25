/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tone.h"

#include <stdbool.h>

/*
 * Chimes (start, beat, turn, end, attention) are one to three struck notes: their number, direction
 * and length tell them apart without a look. Drones (inhale, exhale, hold) last as long as the cue
 * says. All start at the crest of their wave, with an envelope that begins at FLOOR rather than 0:
 * so the first sample of a tone is its onset also in 16 bits, and still 50 dB below its peak.
 */
#define FLOOR (1.0F / 512.0F)
#define QUARTER UINT32_C(0x40000000) /* of a turn, as a phase */
#define NOTES_MAX 3
#define ATTACK 576 /* frames of a chime: 12 ms */
#define EDGE 12000 /* of a drone, 250 ms: how long it swells and dies away */
#define SWELL_SECONDS 8

/* Phases count turns in units of 2^-32, so that they wrap by themselves. */
#define STEP(hz) ((uint32_t)((hz)*4294967296.0 / EASE_RATE))
#define MS(ms) ((ms) * (EASE_RATE / 1000))

struct note {
	uint32_t step;  /* phase a frame */
	int32_t delay;  /* frames after the tone's first */
	int32_t length; /* frames; 0: no note */
	float level;
	float overtone; /* the octave, re level */
};

struct drone {
	double from_hz;
	double to_hz;
	float level;
	float overtone;
	float tilt;  /* how much louder at its end than in its middle, re level */
	float swell; /* depth of a slow rise and fall */
};

static const struct note chimes[TONE_KIND_COUNT][NOTES_MAX] = {
	/* a fourth up */
	[TONE_START] = { { STEP(440.0), 0, MS(320), 0.087F, 0.2F },
			{ STEP(587.33), MS(150), MS(420), 0.087F, 0.2F } },
	/* one short, dark knock */
	[TONE_BEAT] = { { STEP(349.23), 0, MS(180), 0.087F, 0.1F } },
	/* one high, ringing note */
	[TONE_TURN] = { { STEP(783.99), 0, MS(480), 0.084F, 0.15F } },
	/* three down, the last one long */
	[TONE_END] = { { STEP(659.26), 0, MS(320), 0.079F, 0.2F },
			{ STEP(523.25), MS(220), MS(360), 0.079F, 0.2F },
			{ STEP(392.0), MS(440), MS(900), 0.084F, 0.2F } },
	/* the same note twice */
	[TONE_ATTENTION] = { { STEP(659.26), 0, MS(200), 0.084F, 0.25F },
			{ STEP(659.26), MS(200), MS(340), 0.084F, 0.25F } },
};

static const struct drone drones[TONE_KIND_COUNT] = {
	[TONE_INHALE] = { 261.63, 392.0, 0.061F, 0.3F, 0.15F, 0.0F },
	[TONE_EXHALE] = { 392.0, 261.63, 0.061F, 0.3F, -0.15F, 0.0F },
	[TONE_HOLD] = { 293.66, 293.66, 0.063F, 0.3F, 0.0F, 0.2F },
};

/* sin(x * pi / 2) for x from -1 to 1, within 4e-6. */
static float sine(float x)
{
	static const float series[] = { 1.57079633F, -0.64596410F, 0.07969263F, -0.00468175F,
		0.00016044F };
	const float s = x * x;
	return x *
	       (series[0] + s * (series[1] + s * (series[2] + s * (series[3] + s * series[4]))));
}

static float cosine(uint32_t phase)
{
	const uint32_t ahead = phase + QUARTER;
	/* the second and third quarter of a sine mirror the first and the fourth */
	const uint32_t folded = ahead + QUARTER >= 2 * QUARTER ? 2 * QUARTER - ahead : ahead;
	return sine((float)(int32_t)folded * 0x1p-30F);
}

/* A raised cosine from FLOOR at 0 to 1 at 1 and beyond. */
static float rise(float x)
{
	const float s = x < 1.0F ? sine(x) : 1.0F;
	return FLOOR + (1.0F - FLOOR) * s * s;
}

/* A raised cosine from 1 at 0 and before to 0 at 1. */
static float fall(float x)
{
	const float s = x > 0.0F ? sine(1.0F - x) : 1.0F;
	return s * s;
}

static float wave(uint32_t phase, float overtone)
{
	return cosine(phase) + overtone * cosine(2 * phase);
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static void add_note(const struct note *note, int64_t offset, float *mix, int64_t count)
{
	const int64_t begin = offset < note->delay ? note->delay - offset : 0;
	const int64_t end = least(count, note->delay + note->length - offset);
	const float per_decay = 1.0F / (float)(note->length - ATTACK);

	for (int64_t i = begin; i < end; i++) {
		const int64_t frame = offset + i - note->delay;
		const float decay = fall((float)(frame - ATTACK) * per_decay);
		const float envelope = rise((float)frame / ATTACK) * decay * decay;
		mix[i] += note->level * envelope *
			  wave((uint32_t)frame * note->step, note->overtone);
	}
}

/* A frequency in units of 2^-64 turns a frame; negative ones wrap, as phases do. */
static uint64_t fine_step(double hz)
{
	return (uint64_t)(int64_t)(hz / EASE_RATE * 0x1p62) * 4;
}

/* 64-bit phases keep a glide exact: its frequency changes by far less than 2^-32 a frame. */
static void add_drone(const struct tone_cue *cue, int64_t offset, float *mix, int64_t count)
{
	const struct drone *drone = &drones[cue->kind];
	const int64_t length = cue->length;
	const float per_edge = 1.0F / (float)least(EDGE, (length + 1) / 2);
	const uint64_t bend = fine_step((drone->to_hz - drone->from_hz) / (double)length);
	const uint64_t n = (uint64_t)offset;
	uint64_t step = fine_step(drone->from_hz) + bend * n;
	uint64_t phase = fine_step(drone->from_hz) * n + bend * (n * (n - 1) / 2);
	const int64_t end = least(count, length - offset);

	for (int64_t i = 0; i < end; i++) {
		const int64_t frame = offset + i;
		const float place = 2.0F * (float)frame / (float)length - 1.0F;
		const uint32_t slow = (uint32_t)((uint64_t)frame * (UINT64_MAX / EASE_RATE /
										   SWELL_SECONDS) >>
						 32);
		const float level = drone->level * (1.0F + drone->tilt * place) *
				    (1.0F - drone->swell * (0.5F - 0.5F * cosine(slow)));
		const float envelope = rise((float)frame * per_edge) *
				       fall(1.0F - (float)(length - frame) * per_edge);
		mix[i] += level * envelope * wave((uint32_t)(phase >> 32), drone->overtone);
		phase += step;
		step += bend;
	}
}

EASE_RT frames_t tone_length(const struct tone_cue *cue)
{
	if ((unsigned)cue->kind >= TONE_KIND_COUNT) {
		return 0;
	}
	if (drones[cue->kind].level > 0.0F) {
		return cue->length > 0 ? cue->length : 0;
	}
	frames_t length = 0;
	for (int i = 0; i < NOTES_MAX; i++) {
		const struct note *note = &chimes[cue->kind][i];
		const frames_t end = note->delay + note->length;
		length = end > length ? end : length;
	}
	return length;
}

EASE_RT void tone_add(const struct tone_cue *cue, frames_t offset, float *mix, size_t count)
{
	if (drones[cue->kind].level > 0.0F) {
		add_drone(cue, offset, mix, (int64_t)count);
		return;
	}
	for (int i = 0; i < NOTES_MAX; i++) {
		add_note(&chimes[cue->kind][i], offset, mix, (int64_t)count);
	}
}
