/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quiet.h - keeps the sound system's libraries from flooding standard error. */
#ifndef EASE_AUDIO_QUIET_H
#define EASE_AUDIO_QUIET_H

#include "ease/clock.h"

#include <stdbool.h>
#include <stdio.h>

/* ALSA and JACK, which PortAudio probes, say nothing from now on. Once before each Pa_Initialize();
 * errors still reach us as return values. */
void quiet_libraries(void);

#define QUIET_LINES 20 /* a second */

/* How much was written within one second. */
struct quiet_meter {
	usec_t since;
	unsigned passed;
	unsigned dropped;
};

/* Whether one more line may pass now. At the first line of a new second *dropped is how many did
 * not pass before, else 0. */
bool quiet_may_pass(struct quiet_meter *meter, usec_t now, unsigned *dropped);

struct quiet;

/*
 * While streams run: what any library writes to stdio's stderr passes QUIET_LINES times a second,
 * the rest is counted in one line, and who writes still more is slowed down: PortAudio's thread
 * writes 70 000 lines a second, at real-time priority, when a card is pulled out. The descriptor
 * itself is not touched, so the log and the sanitizers are as ever. NULL where there is no memory.
 */
struct quiet *quiet_stderr(void);

/* As before; no library may write any more. NULL does nothing. */
void quiet_restore(struct quiet *quiet);

#endif
