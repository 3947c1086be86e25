/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/callback.h"

#include <string.h>

/* Nothing but what runs in a callback may stand in this file; set-up is in link.c. */

#define SOFT_EDGE 240 /* frames in which speech dies away and comes back at a gap: 5 ms */

static void report_tone(
		struct playback *playback, enum report_kind kind, const struct tone_cue *cue)
{
	const struct report report = { .kind = kind, .tone = cue->kind, .at = cue->at };
	if (ring_write(&playback->reports, &report, sizeof(report)) != STATUS_OK) {
		atomic_fetch_add_explicit(&playback->lost_reports, 1, memory_order_relaxed);
	}
}

/* Reports come in the order of their frames: tones that began before this one go first. */
static void report_tones(struct playback *playback, frames_t before)
{
	while (playback->told < playback->begun && playback->began[playback->told].at < before) {
		report_tone(playback, REPORT_TONE, &playback->began[playback->told++]);
	}
}

static void report(
		struct playback *playback, enum report_kind kind, uint32_t utterance, frames_t at)
{
	const struct report report = { .kind = kind, .utterance = utterance, .at = at };
	report_tones(playback, at);
	if (ring_write(&playback->reports, &report, sizeof(report)) != STATUS_OK) {
		atomic_fetch_add_explicit(&playback->lost_reports, 1, memory_order_relaxed);
	}
}

/* Once for each utterance: ids rise. */
static void report_cut(struct playback *playback, uint32_t utterance, frames_t at)
{
	if (utterance > playback->cut_up_to) {
		playback->cut_up_to = utterance;
		report(playback, REPORT_CUT, utterance, at);
	}
}

/* Speech stops here: whatever its last sample was dies away. */
static void break_off(struct playback *playback)
{
	playback->tail = playback->last_sample;
	playback->tail_left = playback->tail != 0 ? SOFT_EDGE : 0;
	playback->last_sample = 0;
}

static void drop(struct playback *playback, uint32_t up_to)
{
	if (up_to > playback->dropped_up_to) {
		playback->dropped_up_to = up_to;
	}
}

/* What its maker has not written yet is reported by nobody else, so that the last id stands for
 * all before it. */
static void cut(struct playback *playback, uint32_t up_to)
{
	drop(playback, up_to);
	if (playback->speaking && playback->utterance <= up_to) {
		playback->speaking = false;
		if (playback->last_sample != 0) { /* else it broke off already */
			break_off(playback);
		}
		report_cut(playback, playback->utterance, playback->spoken_to);
	}
	if (playback->loaded && playback->block.utterance <= up_to) {
		playback->loaded = false;
	}
	report_cut(playback, up_to, playback->now);
}

static void take_command(struct playback *playback, const struct command *command)
{
	struct mixer *mixer = &playback->mixer;

	switch (command->kind) {
	case COMMAND_TONE:
		if (mixer_tone(mixer, &command->tone, playback->now) != STATUS_OK) {
			report_tone(playback, REPORT_TONE_LATE, &command->tone);
		}
		break;
	case COMMAND_HUSH:
		drop(playback, command->utterance);
		mixer_hush(mixer);
		break;
	case COMMAND_CUT:
		cut(playback, command->utterance);
		break;
	case COMMAND_TONES_OFF:
		mixer_tones_off(mixer);
		break;
	case COMMAND_SOFTEN:
		mixer_soften(mixer, command->gain_db);
		break;
	case COMMAND_VOLUME:
		mixer_volume(mixer, command->gain_db);
		break;
	case COMMAND_DUCK:
		mixer_duck(mixer, command->on);
		break;
	}
}

static void take_commands(struct playback *playback)
{
	struct command command;
	while (ring_read(&playback->commands, &command, sizeof(command)) == STATUS_OK) {
		take_command(playback, &command);
	}
}

/* The share of a soft edge that is left, without corners. */
static float soft(uint32_t left)
{
	const float x = (float)left / SOFT_EDGE;
	return x * x * (3.0F - 2.0F * x);
}

/* What remains, in this frame, of a sample at which speech broke off. */
static float next_tail(struct playback *playback)
{
	if (playback->tail_left == 0) {
		return 0.0F;
	}
	playback->tail_left--;
	return (float)playback->tail * soft(playback->tail_left);
}

static int16_t saturated(float sample)
{
	if (sample > 32767.0F) {
		return INT16_MAX;
	}
	if (sample < -32768.0F) {
		return INT16_MIN;
	}
	return (int16_t)(sample < 0.0F ? sample - 0.5F : sample + 0.5F);
}

/* Speech, or silence where speech is NULL, with the soft edges that a gap has. */
static void put(struct playback *playback, const int16_t *speech, int16_t *out, uint32_t count)
{
	uint32_t i = 0;

	for (; i < count && (playback->tail_left > 0 || playback->swell_left > 0); i++) {
		float sample = next_tail(playback);
		if (speech != NULL && playback->swell_left > 0) {
			playback->swell_left--;
			sample += (float)speech[i] * (1.0F - soft(playback->swell_left));
		} else if (speech != NULL) {
			sample += (float)speech[i];
		} else if (playback->tail_left == 0) {
			out[i++] = saturated(sample);
			break;
		}
		out[i] = saturated(sample);
	}
	if (speech != NULL) {
		memcpy(out + i, speech + i, (count - i) * sizeof(out[0]));
		playback->last_sample = out[count - 1];
	} else {
		memset(out + i, 0, (count - i) * sizeof(out[0]));
	}
}

/* The utterance that is spoken has no end: its maker gave it up. */
static void give_up(struct playback *playback)
{
	playback->speaking = false;
	break_off(playback);
	report_cut(playback, playback->utterance, playback->spoken_to);
}

/* Whether the block that was read may play; takes it in if so. */
static bool accept(struct playback *playback, frames_t at)
{
	struct speech_block *block = &playback->block;
	const bool goes_on = playback->speaking && block->utterance == playback->utterance;
	const bool fades = goes_on && mixer_hushing(&playback->mixer);

	/* before anything newer is cut: ids of cuts rise */
	if (playback->speaking && !goes_on) {
		give_up(playback);
	}
	if (block->utterance <= playback->dropped_up_to && !fades) {
		report_cut(playback, block->utterance, at);
		return false;
	}
	if (block->count > SPEECH_BLOCK) {
		block->count = SPEECH_BLOCK;
	}
	playback->waiting = !goes_on;
	playback->block_used = 0;
	return true;
}

/* Loads the next block that was not hushed; false when there is none. */
static bool load(struct playback *playback, frames_t at)
{
	while (!playback->loaded) {
		if (ring_read(&playback->speech, &playback->block, sizeof(playback->block)) !=
				STATUS_OK) {
			return false;
		}
		playback->loaded = accept(playback, at);
	}
	return true;
}

static void begin(struct playback *playback, frames_t at)
{
	playback->waiting = false;
	playback->speaking = true;
	playback->swell_left = 0;
	playback->utterance = playback->block.utterance;
	playback->spoken_to = at;
	report(playback, REPORT_SAY, playback->utterance, at);
}

static void end(struct playback *playback)
{
	playback->speaking = false;
	break_off(playback);
	if (playback->utterance <= playback->dropped_up_to) {
		report_cut(playback, playback->utterance, playback->spoken_to);
	} else {
		report(playback, REPORT_SAID, playback->utterance, playback->spoken_to);
	}
}

/* Frames, at most count, before the loaded block may go on; nothing begins within a fade. */
static uint32_t wait_of(const struct playback *playback, frames_t at, uint32_t count)
{
	if (!playback->waiting) {
		return 0;
	}
	const frames_t wait = playback->block.at - at;
	if (mixer_hushing(&playback->mixer) || wait >= (frames_t)count) {
		return count;
	}
	return wait > 0 ? (uint32_t)wait : 0;
}

/* Plays of the loaded block what fits into count frames; returns how many. */
static uint32_t play(struct playback *playback, frames_t at, int16_t *out, uint32_t count)
{
	const struct speech_block *block = &playback->block;
	const uint32_t left = block->count - playback->block_used;
	const uint32_t now = left < count ? left : count;

	if (now > 0) {
		put(playback, block->samples + playback->block_used, out, now);
		playback->block_used += now;
		playback->spoken_to = at + (frames_t)now;
	}
	if (playback->block_used == block->count) {
		playback->loaded = false;
		if ((block->flags & SPEECH_LAST) != 0) {
			end(playback);
		}
	}
	return now;
}

/* The ring is empty: within an utterance a gap begins, or goes on. */
static void gap(struct playback *playback)
{
	if (playback->speaking) {
		if (playback->last_sample != 0) {
			break_off(playback);
		}
		playback->swell_left = SOFT_EDGE;
	}
}

/* Fills out with one period of speech; false when all of it is silence. */
static bool speak(struct playback *playback, int16_t *out, uint32_t count)
{
	bool any = false;
	uint32_t done = 0;

	while (done < count) {
		const frames_t at = playback->now + (frames_t)done;
		uint32_t part = count - done;

		if (load(playback, at)) {
			part = wait_of(playback, at, part);
		} else {
			gap(playback);
		}
		if (part > 0) {
			any = any || playback->tail_left > 0;
			put(playback, NULL, out + done, part);
			done += part;
			continue;
		}
		if (playback->waiting) {
			begin(playback, at);
		}
		part = play(playback, at, out + done, count - done);
		any = any || part > 0;
		done += part;
	}
	return any;
}

/* The fade is over: what it faded is dropped, and nothing of it may sound again. */
static void end_hush(struct playback *playback, frames_t at)
{
	playback->tail_left = 0;
	playback->last_sample = 0;
	if (playback->speaking && playback->utterance <= playback->dropped_up_to) {
		playback->speaking = false;
		report_cut(playback, playback->utterance, at);
	} else if (playback->speaking) {
		playback->swell_left = SOFT_EDGE;
	}
	if (playback->loaded && playback->block.utterance <= playback->dropped_up_to) {
		playback->loaded = false;
		report_cut(playback, playback->block.utterance, at);
	}
	report(playback, REPORT_HUSHED, 0, at);
}

static void pass_on(struct ring *ring, atomic_uint *lost, const struct sound_block *block)
{
	if (ring_write(ring, block, sizeof(*block)) != STATUS_OK) {
		atomic_fetch_add_explicit(lost, 1, memory_order_relaxed);
	}
}

/* Periods first, ages after it: link_now() reads them the other way round. */
static void tick(struct playback *playback)
{
	const unsigned before =
			atomic_fetch_add_explicit(&playback->periods, 1, memory_order_release);
	if ((before + 1) % LINK_AGE == 0) {
		atomic_fetch_add_explicit(&playback->ages, 1, memory_order_release);
	}
}

EASE_RT void playback_process(struct playback *playback, int16_t *out, uint32_t count, usec_t stamp,
		bool underflowed)
{
	int16_t speech[EASE_PERIOD];
	struct sound_block far = { .at = playback->now, .stamp = stamp };

	if (count != EASE_PERIOD) {
		memset(out, 0, count * sizeof(out[0]));
		return;
	}
	if (underflowed) {
		report(playback, REPORT_UNDERFLOW, 0, playback->now);
	}
	take_commands(playback);
	const bool hushing = mixer_hushing(&playback->mixer);
	playback->begun = mixer_begins(&playback->mixer, playback->now, count, playback->began);
	playback->told = 0;
	const bool any = speak(playback, speech, count);
	mixer_render(&playback->mixer, playback->now, any ? speech : NULL, out, count);
	playback->now += (frames_t)count;
	report_tones(playback, playback->now);
	if (hushing) {
		end_hush(playback, playback->now);
	}
	memcpy(far.samples, out, sizeof(far.samples));
	pass_on(&playback->far, &playback->lost_far, &far);
	tick(playback);
}

EASE_RT void capture_process(
		struct capture *capture, const int16_t *in, uint32_t count, usec_t stamp)
{
	struct sound_block near = { .at = capture->now, .stamp = stamp };

	if (count != EASE_PERIOD) {
		return;
	}
	if (in != NULL) {
		memcpy(near.samples, in, sizeof(near.samples));
	}
	pass_on(&capture->near, &capture->lost_near, &near);
	capture->now += (frames_t)count;
	atomic_fetch_add_explicit(&capture->periods, 1, memory_order_release);
}
