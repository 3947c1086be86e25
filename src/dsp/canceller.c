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
 *
 * A delay that turns out to be another is learnt by a second canceller, a few frames of what was
 * kept at every frame that comes, until it has caught up and takes over: no frame costs much more
 * than another, and the first goes on meanwhile. A change that the tail covers needs none of that.
 */

#define TAIL_MS 400
#define MARGIN 128 /* samples that the reference comes early: a room's first path may be faint */
#define SPARE                                                                                     \
	960        /* the most that it may come early: the tail is that much shorter for the room \
		    */
#define CLOSE 256  /* the same at first, when nothing is lost by learning anew */
#define REPLAY 250 /* frames gone through again at the most */
#define AT_ONCE 4  /* of them at one frame: a Pi has time for no more */
#define NEAR_KEPT 256
#define EMPHASIS 0.95
#define FAINT 100.0  /* mean square of what says nothing */
#define RISE_DB 0.06 /* of the ratio, a frame */
#define FALL_DB 0.12
#define HASTE 4.0 /* times that, */
#define HASTY 100 /* in so many frames at first */
#define WORST_DB 0.0
#define BEST_DB (-35.0)
#define RINGING 0.85 /* what is left of what is left, a frame later */
#define RINGS 100    /* frames after which a silent loudspeaker is heard no more, late or not */
#define KNOWN 150    /* frames of loudspeaker after which its echo is known */
#define SETTLED 500  /* ... and the room */
#define FAR_KEPT ((int64_t)320 * CANCELLER_FRAME) /* samples */
#define NOTHING (-1)

_Static_assert(NEAR_KEPT > REPLAY, "what is gone through again must be there");
_Static_assert(FAR_KEPT >= (REPLAY + 1) * CANCELLER_FRAME + DELAY_MAX, "... and what it echoes");
_Static_assert(CANCELLER_FRAME == ECHO_FRAME, "one frame for all");
_Static_assert(CANCELLER_FRAME == DELAY_FRAME, "one frame for all");

/* What one canceller makes of the echo. */
struct path {
	struct echo *echo;
	int64_t shift;    /* samples that the reference is held back */
	double left_db;   /* of an echo after the canceller, against what that took away */
	double left;      /* of an echo in the last frame */
	double rest;      /* in all */
	double last_rest; /* samples before this frame, for the pre-emphasis */
	double last_taken;
	int32_t weighed; /* frames that said something of the ratio */
};

struct canceller {
	struct path now;
	struct path next; /* learns; takes over when it has caught up */
	int64_t learning; /* the frame that it takes next; NOTHING: it does not */
	int64_t again;    /* where it begins once more when it has caught up; NOTHING */
	struct delay *delay;
	int64_t frames; /* taken so far */
	int64_t begun;  /* the first in which the loudspeaker was not silent; NOTHING */
	int64_t quiet;  /* frames since the loudspeaker was last not silent */
	int32_t played; /* frames in which the loudspeaker was not silent, SETTLED at the most */
	int16_t near[NEAR_KEPT][CANCELLER_FRAME]; /* frame n stands at n % NEAR_KEPT */
	bool full[NEAR_KEPT];                     /* whether it was at full scale */
	int16_t far[FAR_KEPT];                    /* sample n stands at n % FAR_KEPT */
};

enum status canceller_create(struct canceller **out)
{
	struct canceller *canceller = calloc(1, sizeof(*canceller));
	if (canceller == NULL) {
		return STATUS_NO_MEM;
	}
	enum status status = echo_create(TAIL_MS, &canceller->now.echo);
	if (status == STATUS_OK) {
		status = echo_create(TAIL_MS, &canceller->next.echo);
	}
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
		echo_destroy(canceller->now.echo);
		echo_destroy(canceller->next.echo);
		delay_destroy(canceller->delay);
		free(canceller);
	}
}

static void begin_path(struct path *path, int64_t shift)
{
	struct echo *echo = path->echo;
	echo_reset(echo);
	*path = (struct path){ .echo = echo, .shift = shift > 0 ? shift : 0, .left_db = WORST_DB };
}

void canceller_reset(struct canceller *canceller)
{
	delay_reset(canceller->delay);
	begin_path(&canceller->now, 0);
	canceller->learning = NOTHING;
	canceller->again = NOTHING;
	canceller->frames = 0;
	canceller->begun = NOTHING;
	canceller->quiet = 0;
	canceller->played = 0;
	memset(canceller->far, 0, sizeof(canceller->far));
}

static bool is_silent(const int16_t *samples)
{
	double sum = 0.0;
	for (int i = 0; i < CANCELLER_FRAME; i++) {
		sum += (double)samples[i] * samples[i];
	}
	return sum < FAINT * CANCELLER_FRAME;
}

/* Sets what is left in all; returns what was taken away. */
static double weigh(struct path *path, const int16_t *near, const int16_t *out)
{
	double rest = 0.0;
	double taken = 0.0;
	for (int i = 0; i < CANCELLER_FRAME; i++) {
		const double r = out[i] - EMPHASIS * path->last_rest;
		const double t = near[i] - out[i] - EMPHASIS * path->last_taken;
		path->last_rest = out[i];
		path->last_taken = near[i] - out[i];
		rest += r * r;
		taken += t * t;
	}
	path->rest = rest / CANCELLER_FRAME;
	return taken / CANCELLER_FRAME;
}

static void follow(struct path *path, double taken, bool full)
{
	if (taken > FAINT) {
		const double db = 10.0 * log10((path->rest + 1.0) / taken);
		const double step = db > path->left_db ? RISE_DB : -FALL_DB;
		const double speed = path->weighed < HASTY ? HASTE : 1.0;
		path->weighed += path->weighed < HASTY;
		path->left_db = fmin(fmax(path->left_db + speed * step, BEST_DB), WORST_DB);
	}
	const double left = full ? taken : taken * pow(10.0, path->left_db / 10.0);
	path->left = fmax(left, RINGING * path->left);
}

static void cancel(
		const struct canceller *canceller, struct path *path, int64_t frame, int16_t *out)
{
	int16_t far[CANCELLER_FRAME];
	const int16_t *near = canceller->near[frame % NEAR_KEPT];
	const int64_t first = frame * CANCELLER_FRAME - path->shift;
	for (int64_t i = 0; i < CANCELLER_FRAME; i++) {
		/* before the first sample all is silent, and so is what stands there */
		far[i] = canceller->far[(first + i + FAR_KEPT) % FAR_KEPT];
	}
	echo_cancel(path->echo, near, far, out);
	follow(path, weigh(path, near, out), canceller->full[frame % NEAR_KEPT]);
}

/* The echo comes at another time than was thought: what is kept of it is learnt from, unless the
 * tail has it anyway. */
static void aim(struct canceller *canceller)
{
	const int64_t delay = delay_samples(canceller->delay);
	const int64_t last = canceller->frames - 1;
	const int64_t into = delay - canceller->now.shift;
	const bool settled = canceller->played >= SETTLED;
	canceller->learning = NOTHING;
	canceller->again = NOTHING;
	if ((into >= CANCELLER_SOON || canceller->now.shift == 0) &&
			into <= (settled ? SPARE : CLOSE)) {
		return;
	}
	begin_path(&canceller->next, delay - MARGIN);
	canceller->learning = last > REPLAY ? last - REPLAY : 0;
	if (canceller->begun > canceller->learning) {
		canceller->learning = canceller->begun; /* what was silent teaches nothing */
	}
	if (last - canceller->learning < REPLAY / 2) {
		canceller->again = canceller->learning; /* so little teaches more the second time */
	}
}

/* Goes through some more of what is kept; true when that took in the last frame, whose rest is out
 * then. */
static bool catch_up(struct canceller *canceller, int64_t last, int16_t *out)
{
	if (canceller->learning == NOTHING) {
		return false;
	}
	for (int i = 0; i < AT_ONCE && canceller->learning <= last; i++) {
		cancel(canceller, &canceller->next, canceller->learning++, out);
	}
	if (canceller->learning <= last) {
		return false;
	}
	if (canceller->again != NOTHING) {
		canceller->learning = canceller->again;
		canceller->again = NOTHING;
		return false;
	}
	const struct path old = canceller->now;
	canceller->now = canceller->next;
	canceller->next = old;
	canceller->learning = NOTHING;
	return true;
}

static void keep(struct canceller *canceller, int64_t frame, const int16_t *near,
		const int16_t *far, bool full)
{
	const bool silent = is_silent(far);
	memcpy(canceller->near[frame % NEAR_KEPT], near, sizeof(canceller->near[0]));
	memcpy(canceller->far + frame * CANCELLER_FRAME % FAR_KEPT, far,
			CANCELLER_FRAME * sizeof(far[0]));
	canceller->full[frame % NEAR_KEPT] = full;
	canceller->played += canceller->played < SETTLED && !silent;
	canceller->quiet = silent ? canceller->quiet + 1 : 0;
	if (canceller->begun == NOTHING && !silent) {
		canceller->begun = frame;
	}
}

bool canceller_process(struct canceller *canceller, const int16_t near[CANCELLER_FRAME],
		const int16_t far[CANCELLER_FRAME], bool full, int16_t out[CANCELLER_FRAME])
{
	const int64_t frame = canceller->frames++;
	keep(canceller, frame, near, far, full);
	const bool moved = delay_process(canceller->delay, near, far);
	if (moved) {
		aim(canceller);
	}
	if (!catch_up(canceller, frame, out)) {
		cancel(canceller, &canceller->now, frame, out);
	}
	return moved;
}

double canceller_echo(const struct canceller *canceller)
{
	return canceller->now.left;
}

double canceller_rest(const struct canceller *canceller)
{
	return canceller->now.rest;
}

bool canceller_knows(const struct canceller *canceller)
{
	const bool heard = canceller->played >= KNOWN && canceller->learning == NOTHING;
	return canceller->played == 0 || heard || canceller->quiet > RINGS;
}

int32_t canceller_delay(const struct canceller *canceller)
{
	return delay_samples(canceller->delay);
}

uint32_t canceller_looks(const struct canceller *canceller)
{
	return delay_looks(canceller->delay);
}

double canceller_exact_delay(const struct canceller *canceller)
{
	return delay_exact(canceller->delay);
}
