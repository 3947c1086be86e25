/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/canceller.h"

#include "ease/delay.h"
#include "ease/echo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * How much of an echo is left is learnt as a ratio: what is left in all to what was taken away,
 * while something is taken away. It falls twice as fast as it rises, so that it stays near its
 * lower third: people, who are heard now and then, hardly move it. Rooms ring longer than the
 * canceller's tail, so that what is left dies away slowly. An echo that the microphone clips is no
 * longer the loudspeaker's: all of it may be left.
 */

#define TAIL_MS 400
#define MARGIN 128 /* samples that the reference comes early: a room's first path may be faint */
#define REPLAY 250 /* frames gone through again */
#define NEAR_KEPT 256
#define EMPHASIS 0.95
#define FAINT 100.0  /* mean square of what says nothing */
#define FULL 31000   /* a sample that was more; a high-pass may have been there before */
#define RISE_DB 0.06 /* of the ratio, a frame */
#define FALL_DB 0.12
#define WORST_DB 0.0
#define BEST_DB (-35.0)
#define RINGING 0.85 /* what is left of what is left, a frame later */
#define RINGS 100    /* frames after which a silent loudspeaker is heard no more, late or not */
#define KNOWN 150    /* frames of loudspeaker after which its echo is known */
#define FAR_KEPT ((int64_t)320 * CANCELLER_FRAME) /* samples */

_Static_assert(NEAR_KEPT >= REPLAY, "what is gone through again must be there");
_Static_assert(FAR_KEPT >= (REPLAY + 1) * CANCELLER_FRAME + DELAY_MAX, "... and what it echoes");
_Static_assert(CANCELLER_FRAME == ECHO_FRAME, "one frame for all");
_Static_assert(CANCELLER_FRAME == DELAY_FRAME, "one frame for all");

struct canceller {
	struct echo *echo;
	struct delay *delay;
	int64_t frames;   /* taken so far */
	int64_t shift;    /* samples that the reference is held back */
	double left_db;   /* of an echo after the canceller, against what that took away */
	double left;      /* of an echo in the last frame */
	double rest;      /* in all */
	double last_rest; /* samples before this frame, for the pre-emphasis */
	double last_taken;
	int64_t quiet;  /* frames since the loudspeaker was last not silent */
	int32_t played; /* frames in which the loudspeaker was not silent */
	int16_t near[NEAR_KEPT][CANCELLER_FRAME]; /* frame n stands at n % NEAR_KEPT */
	int16_t far[FAR_KEPT];                    /* sample n stands at n % FAR_KEPT */
};

enum status canceller_create(struct canceller **out)
{
	struct canceller *canceller = calloc(1, sizeof(*canceller));
	if (canceller == NULL) {
		return STATUS_NO_MEM;
	}
	enum status status = echo_create(TAIL_MS, &canceller->echo);
	if (status == STATUS_OK) {
		status = delay_create(&canceller->delay);
	}
	if (status != STATUS_OK) {
		canceller_destroy(canceller);
		return status;
	}
	canceller_reset(canceller);
	*out = canceller;
	return STATUS_OK;
}

void canceller_destroy(struct canceller *canceller)
{
	if (canceller != NULL) {
		echo_destroy(canceller->echo);
		delay_destroy(canceller->delay);
		free(canceller);
	}
}

void canceller_reset(struct canceller *canceller)
{
	echo_reset(canceller->echo);
	delay_reset(canceller->delay);
	canceller->frames = 0;
	canceller->shift = 0;
	canceller->left_db = WORST_DB;
	canceller->left = 0.0;
	canceller->played = 0;
	memset(canceller->far, 0, sizeof(canceller->far));
}

static void cancel(struct canceller *canceller, int64_t frame, int16_t *out)
{
	int16_t far[CANCELLER_FRAME];
	const int64_t first = frame * CANCELLER_FRAME - canceller->shift;
	for (int64_t i = 0; i < CANCELLER_FRAME; i++) {
		/* before the first sample all is silent, and so is what stands there */
		far[i] = canceller->far[(first + i + FAR_KEPT) % FAR_KEPT];
	}
	echo_cancel(canceller->echo, canceller->near[frame % NEAR_KEPT], far, out);
}

static bool is_silent(const int16_t *samples)
{
	double sum = 0.0;
	for (int i = 0; i < CANCELLER_FRAME; i++) {
		sum += (double)samples[i] * samples[i];
	}
	return sum < FAINT * CANCELLER_FRAME;
}

/* Learns the room from the last seconds, with the reference where it belongs now. */
static void learn(struct canceller *canceller)
{
	int16_t unused[CANCELLER_FRAME];
	const int64_t last = canceller->frames - 1;
	const int64_t first = last > REPLAY ? last - REPLAY : 0;
	for (int64_t frame = first; frame < last; frame++) {
		cancel(canceller, frame, unused);
	}
}

/* Sets what is left in all; returns what was taken away. */
static double weigh(struct canceller *canceller, const int16_t *near, const int16_t *out)
{
	double rest = 0.0;
	double taken = 0.0;
	for (int i = 0; i < CANCELLER_FRAME; i++) {
		const double r = out[i] - EMPHASIS * canceller->last_rest;
		const double t = near[i] - out[i] - EMPHASIS * canceller->last_taken;
		canceller->last_rest = out[i];
		canceller->last_taken = near[i] - out[i];
		rest += r * r;
		taken += t * t;
	}
	canceller->rest = rest / CANCELLER_FRAME;
	return taken / CANCELLER_FRAME;
}

static bool is_clipped(const int16_t *samples)
{
	bool clipped = false;
	for (int i = 0; i < CANCELLER_FRAME; i++) {
		clipped |= abs(samples[i]) >= FULL;
	}
	return clipped;
}

static void follow(struct canceller *canceller, double taken, bool clipped)
{
	if (taken > FAINT) {
		const double db = 10.0 * log10((canceller->rest + 1.0) / taken);
		const double step = db > canceller->left_db ? RISE_DB : -FALL_DB;
		canceller->left_db = fmin(fmax(canceller->left_db + step, BEST_DB), WORST_DB);
	}
	const double left = clipped ? taken : taken * pow(10.0, canceller->left_db / 10.0);
	canceller->left = fmax(left, RINGING * canceller->left);
}

bool canceller_process(struct canceller *canceller, const int16_t near[CANCELLER_FRAME],
		const int16_t far[CANCELLER_FRAME], int16_t out[CANCELLER_FRAME])
{
	const int64_t frame = canceller->frames++;
	memcpy(canceller->near[frame % NEAR_KEPT], near, sizeof(canceller->near[0]));
	memcpy(canceller->far + frame * CANCELLER_FRAME % FAR_KEPT, far,
			CANCELLER_FRAME * sizeof(far[0]));
	const bool silent = is_silent(far);
	canceller->played += canceller->played < KNOWN && !silent;
	canceller->quiet = silent ? canceller->quiet + 1 : 0;
	const bool moved = delay_process(canceller->delay, near, far);
	if (moved) {
		const int64_t late = delay_samples(canceller->delay) - MARGIN;
		canceller->shift = late > 0 ? late : 0;
		echo_reset(canceller->echo);
		learn(canceller);
		learn(canceller);
	}
	cancel(canceller, frame, out);
	follow(canceller, weigh(canceller, near, out), is_clipped(near));
	return moved;
}

double canceller_echo(const struct canceller *canceller)
{
	return canceller->left;
}

double canceller_rest(const struct canceller *canceller)
{
	return canceller->rest;
}

bool canceller_knows(const struct canceller *canceller)
{
	return canceller->played == 0 || canceller->played >= KNOWN || canceller->quiet > RINGS;
}

int32_t canceller_delay(const struct canceller *canceller)
{
	return delay_samples(canceller->delay);
}
