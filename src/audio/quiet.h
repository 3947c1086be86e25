/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quiet.h - keeps ALSA and JACK, which PortAudio probes, from talking on standard error. */
#ifndef EASE_AUDIO_QUIET_H
#define EASE_AUDIO_QUIET_H

/* Once before each Pa_Initialize(); errors still reach us as return values. */
void quiet_libraries(void);

#endif
