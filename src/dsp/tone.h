/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tone.h - the sound of each tone; private to src/dsp.
 *
 * A tone is a pure function of its cue and of the frame asked for: there is no oscillator to keep,
 * so it is the same in whatever pieces it is rendered, and as exact after an hour as at its start.
 */
#ifndef EASE_DSP_TONE_H
#define EASE_DSP_TONE_H

#include "ease/clock.h"
#include "ease/mixer.h"
#include "ease/status.h"

#include <stddef.h>

/* Frames that cue sounds; 0 for a cue that cannot be played (unknown kind, no length). */
EASE_RT frames_t tone_length(const struct tone_cue *cue);

/* Adds count samples (full scale 1.0) of cue, from its frame offset (0 or more) on, to mix. */
EASE_RT void tone_add(const struct tone_cue *cue, frames_t offset, float *mix, size_t count);

#endif
