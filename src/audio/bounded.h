/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bounded.h - calls that may never return: with a hung sound server or a card pulled out, PortAudio
 * may wait for ever. */
#ifndef EASE_AUDIO_BOUNDED_H
#define EASE_AUDIO_BOUNDED_H

#include "ease/status.h"

/*
 * Runs work(arg) in a thread of its own, for seconds at the most. STATUS_OK: it returned.
 * STATUS_NO_MEM: there is no thread, and it did not run. STATUS_BACKEND: it still runs, and may for
 * ever, so that all it uses must stay.
 */
EASE_NODISCARD enum status bounded_run(void (*work)(void *arg), void *arg, int seconds);

#endif
