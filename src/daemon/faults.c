/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults.h"

#define SECOND ((usec_t)1000000)
#define STALL_US (2 * SECOND)    /* S160: no microphone for so long */
#define LOADING_US (20 * SECOND) /* what a slow card and a small computer may take to load */
#define BACK_US SECOND           /* so long without a fault is well again */
#define JUMP_US SECOND /* a busy machine may well slip by half of that: no reason to stop */
#define WINDOW_US SECOND

void faults_init(struct faults *faults, bool microphone)
{
	*faults = (struct faults){ .microphone = microphone };
}

static void start(struct faults *faults, const struct signs *signs)
{
	faults->started = true;
	faults->blocks = signs->ears_blocks;
	faults->blocks_at = signs->now;
	faults->lost_reports = signs->lost_reports;
	faults->back_since = signs->now;
	faults->window_at = signs->now;
	faults->window_lag = INT64_MAX;
}

static bool is_deaf(struct faults *faults, const struct signs *signs)
{
	if (signs->ears_blocks != faults->blocks) {
		faults->blocks = signs->ears_blocks;
		faults->blocks_at = signs->now;
	}
	const usec_t patience = signs->ears_ready ? STALL_US : LOADING_US;
	return signs->input_lost || signs->ears_failed ||
	       signs->now - faults->blocks_at >= patience;
}

static enum event_kind look_at_ears(struct faults *faults, const struct signs *signs)
{
	if (!faults->microphone) {
		return EVENT_KIND_COUNT;
	}
	if (is_deaf(faults, signs)) {
		faults->back_since = signs->now;
		if (!faults->mic_lost) {
			faults->mic_lost = true;
			return EVENT_MIC_LOST;
		}
	} else if (faults->mic_lost && signs->now - faults->back_since >= BACK_US) {
		faults->mic_lost = false;
		return EVENT_MIC_BACK;
	}
	return EVENT_KIND_COUNT;
}

/* Callbacks come in bunches, so only the least lag of a window is compared with the one before. */
static enum event_kind look_at_clock(struct faults *faults, const struct signs *signs)
{
	const usec_t played = signs->frames * SECOND / EASE_RATE;
	const usec_t lag = signs->now - played;
	if (lag < faults->window_lag) {
		faults->window_lag = lag;
	}
	if (signs->now - faults->window_at < WINDOW_US) {
		return EVENT_KIND_COUNT;
	}
	const usec_t step = faults->window_lag - faults->settled_lag;
	const bool jumped = faults->windows > 1 && (step > JUMP_US || step < -JUMP_US);
	faults->settled_lag = faults->window_lag;
	faults->window_lag = INT64_MAX;
	faults->window_at = signs->now;
	faults->windows++;
	return jumped ? EVENT_CLOCK_JUMP : EVENT_KIND_COUNT;
}

enum event_kind faults_look(struct faults *faults, const struct signs *signs)
{
	if (!faults->started) {
		start(faults, signs);
	}
	if (faults->speaker_lost) {
		return EVENT_KIND_COUNT;
	}
	if (signs->output_lost) {
		faults->speaker_lost = true;
		return EVENT_SPEAKER_LOST;
	}
	const enum event_kind ears = look_at_ears(faults, signs);
	enum event_kind clock = look_at_clock(faults, signs);
	if (signs->lost_reports != faults->lost_reports) {
		faults->lost_reports = signs->lost_reports;
		clock = EVENT_CLOCK_JUMP; /* the same to a person: the place was lost */
	}
	return ears != EVENT_KIND_COUNT ? ears : clock;
}
