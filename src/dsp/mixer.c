/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/mixer.h"

#include "tone.h"

#include <math.h>
#include <string.h>

#define FULL_SCALE 32767.0F
#define CEILING 27571.0F /* -1.5 dBFS: half a decibel for what swings out between the samples */
#define RELEASE (1.0F / (0.3F * EASE_RATE)) /* of the limiter: from nothing to 1 in 300 ms */
#define UNDER_GAIN 0.74989421F              /* -2.5 dB: tones while speech plays */
#define DUCK_GAIN 0.17782794F               /* -15 dB: everything while the person speaks */
#define GAIN_MIN_DB (-60.0F)
#define GAIN_MAX_DB 12.0F
#define DB_TO_OCTAVES 0.16609640F /* 2^(x * this) = 10^(x / 20) */
#define MS(ms) ((ms) * (EASE_RATE / 1000))

static struct ramp ramp_at(float value)
{
	return (struct ramp){ .now = value, .target = value };
}

static void ramp_to(struct ramp *ramp, float target, uint32_t frames)
{
	if (target == ramp->target) {
		return;
	}
	ramp->target = target;
	ramp->step = (target - ramp->now) / (float)frames;
	ramp->left = frames;
}

static float ramp_next(struct ramp *ramp)
{
	if (ramp->left > 0) {
		ramp->left--;
		ramp->now = ramp->left > 0 ? ramp->now + ramp->step : ramp->target;
	}
	return ramp->now;
}

static void ramp_skip(struct ramp *ramp, size_t frames)
{
	for (size_t i = 0; i < frames && ramp->left > 0; i++) {
		ramp_next(ramp);
	}
}

/* Turns a straight fade into one without corners. */
static float rounded(float x)
{
	return x * x * (3.0F - 2.0F * x);
}

static float gain_from_db(float gain_db)
{
	const float low = gain_db > GAIN_MIN_DB ? gain_db : GAIN_MIN_DB;
	return exp2f((low < GAIN_MAX_DB ? low : GAIN_MAX_DB) * DB_TO_OCTAVES);
}

EASE_RT void mixer_init(struct mixer *mixer)
{
	*mixer = (struct mixer){
		.volume = ramp_at(1.0F),
		.soften = ramp_at(1.0F),
		.under = ramp_at(1.0F),
		.duck = ramp_at(1.0F),
		.fade = ramp_at(1.0F),
		.tone_fade = ramp_at(1.0F),
		.limit = 1.0F,
	};
}

EASE_RT enum status mixer_tone(struct mixer *mixer, const struct tone_cue *cue, frames_t now)
{
	const frames_t earliest = now + (mixer->hushing ? mixer->fade.left : 0);
	const frames_t after_tones = now + (mixer->tones_off ? mixer->tone_fade.left : 0);

	if (cue->at < earliest || cue->at < after_tones || tone_length(cue) == 0) {
		return STATUS_BAD_ARG;
	}
	if (mixer->voice_count == MIXER_TONES_MAX) {
		return STATUS_NO_SPACE;
	}
	mixer->voices[mixer->voice_count++] = (struct mixer_voice){ .cue = *cue };
	return STATUS_OK;
}

/* Keeps the voices that sound, or those that wait. */
static void keep(struct mixer *mixer, bool sounding)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < mixer->voice_count; i++) {
		if (mixer->voices[i].sounding == sounding) {
			mixer->voices[kept++] = mixer->voices[i];
		}
	}
	mixer->voice_count = kept;
}

EASE_RT void mixer_hush(struct mixer *mixer)
{
	keep(mixer, true);
	if (!mixer->hushing) {
		mixer->hushing = true;
		ramp_to(&mixer->fade, 0.0F, EASE_PERIOD);
	}
}

EASE_RT void mixer_tones_off(struct mixer *mixer)
{
	keep(mixer, true);
	if (!mixer->tones_off) {
		mixer->tones_off = true;
		ramp_to(&mixer->tone_fade, 0.0F, EASE_PERIOD);
	}
}

EASE_RT bool mixer_hushing(const struct mixer *mixer)
{
	return mixer->hushing;
}

EASE_RT void mixer_volume(struct mixer *mixer, float gain_db)
{
	ramp_to(&mixer->volume, gain_from_db(gain_db), MS(200));
}

EASE_RT void mixer_soften(struct mixer *mixer, float gain_db)
{
	ramp_to(&mixer->soften, gain_from_db(gain_db), MS(200));
}

EASE_RT void mixer_duck(struct mixer *mixer, bool on)
{
	ramp_to(&mixer->duck, on ? DUCK_GAIN : 1.0F, on ? MS(20) : MS(300));
}

/* No tone that waits can begin within a fade, so those that sound are those that faded. */
static void end_fades(struct mixer *mixer)
{
	if (mixer->hushing && mixer->fade.left == 0) {
		keep(mixer, false);
		mixer->hushing = false;
		mixer->fade = ramp_at(1.0F);
	}
	if (mixer->tones_off && mixer->tone_fade.left == 0) {
		keep(mixer, false);
		mixer->tones_off = false;
		mixer->tone_fade = ramp_at(1.0F);
	}
}

/* Adds one voice's part of this span to mix; true when it sounds in it. */
static bool sound(struct mixer_voice *voice, frames_t now, float *mix, size_t count)
{
	const frames_t into = now - voice->cue.at;
	const size_t wait = into < 0 ? (size_t)-into : 0;
	if (wait >= count) {
		return false;
	}
	voice->sounding = true;
	tone_add(&voice->cue, into > 0 ? into : 0, mix + wait, count - wait);
	return true;
}

static bool over(const struct mixer_voice *voice, frames_t now)
{
	return now >= voice->cue.at + tone_length(&voice->cue);
}

/* Sounds every voice and drops those that are over; true when any sounds. */
static bool sound_all(struct mixer *mixer, frames_t now, float *mix, size_t count)
{
	bool any = false;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < mixer->voice_count; i++) {
		struct mixer_voice voice = mixer->voices[i];
		any = sound(&voice, now, mix, count) || any;
		if (!over(&voice, now + (frames_t)count)) {
			mixer->voices[kept++] = voice;
		}
	}
	mixer->voice_count = kept;
	return any;
}

/* The gain falls at once, to just what the sample needs, and comes back slowly. */
static float limited(struct mixer *mixer, float sample)
{
	const float size = fabsf(sample);
	if (mixer->limit < 1.0F) {
		mixer->limit = fminf(1.0F, mixer->limit + RELEASE);
	}
	if (size * mixer->limit > CEILING) {
		mixer->limit = CEILING / size;
	}
	return sample * mixer->limit;
}

static void blend(struct mixer *mixer, const int16_t *speech, const float *tones, int16_t *out,
		size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const float all = ramp_next(&mixer->volume) * ramp_next(&mixer->duck) *
				  rounded(ramp_next(&mixer->fade));
		const float tone = ramp_next(&mixer->soften) * ramp_next(&mixer->under) *
				   rounded(ramp_next(&mixer->tone_fade));
		const float said = speech == NULL ? 0.0F : (float)speech[i];
		const float sample = limited(mixer, all * (said + tone * FULL_SCALE * tones[i]));
		out[i] = (int16_t)(sample < 0.0F ? sample - 0.5F : sample + 0.5F);
	}
}

static void skip(struct mixer *mixer, size_t count)
{
	ramp_skip(&mixer->volume, count);
	ramp_skip(&mixer->duck, count);
	ramp_skip(&mixer->fade, count);
	ramp_skip(&mixer->soften, count);
	ramp_skip(&mixer->under, count);
	ramp_skip(&mixer->tone_fade, count);
	mixer->limit = fminf(1.0F, mixer->limit + RELEASE * (float)count);
}

/* How far the levels change in one way only: to the end of the next fade. */
static size_t span_of(const struct mixer *mixer, size_t count)
{
	size_t span = count;
	if (mixer->hushing && mixer->fade.left < span) {
		span = mixer->fade.left;
	}
	if (mixer->tones_off && mixer->tone_fade.left < span) {
		span = mixer->tone_fade.left;
	}
	return span;
}

EASE_RT size_t mixer_begins(const struct mixer *mixer, frames_t now, size_t count,
		struct tone_cue began[MIXER_TONES_MAX])
{
	size_t begun = 0;
	for (uint32_t i = 0; i < mixer->voice_count; i++) {
		const struct mixer_voice *voice = &mixer->voices[i];
		if (voice->sounding || voice->cue.at >= now + (frames_t)count) {
			continue;
		}
		size_t at = begun++;
		for (; at > 0 && began[at - 1].at > voice->cue.at; at--) {
			began[at] = began[at - 1];
		}
		began[at] = voice->cue;
	}
	return begun;
}

EASE_RT void mixer_render(struct mixer *mixer, frames_t now, const int16_t *speech, int16_t *out,
		size_t count)
{
	size_t done = 0;

	ramp_to(&mixer->under, speech != NULL ? UNDER_GAIN : 1.0F,
			speech != NULL ? MS(50) : MS(300));
	while (done < count) {
		float tones[EASE_PERIOD];
		const size_t span = span_of(mixer, count - done);
		memset(tones, 0, span * sizeof(tones[0]));
		const bool any = sound_all(mixer, now + (frames_t)done, tones, span);
		if (any || speech != NULL) {
			blend(mixer, speech != NULL ? speech + done : NULL, tones, out + done,
					span);
		} else {
			skip(mixer, span);
			memset(out + done, 0, span * sizeof(out[0]));
		}
		end_fades(mixer);
		done += span;
	}
}
