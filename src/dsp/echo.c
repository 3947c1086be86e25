/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/echo.h"

#include "ease/clock.h"

#include <speex/speex_echo.h>
#include <stdlib.h>

#define TAIL_MIN_MS 50
#define TAIL_MAX_MS 500

struct echo {
	SpeexEchoState *state;
};

enum status echo_create(uint32_t tail_ms, struct echo **out)
{
	if (tail_ms < TAIL_MIN_MS || tail_ms > TAIL_MAX_MS) {
		return STATUS_BAD_ARG;
	}
	struct echo *echo = calloc(1, sizeof(*echo));
	if (echo == NULL) {
		return STATUS_NO_MEM;
	}
	echo->state = speex_echo_state_init(ECHO_FRAME, (int)tail_ms * (EARS_RATE / 1000));
	if (echo->state == NULL) {
		free(echo);
		return STATUS_NO_MEM;
	}
	spx_int32_t rate = EARS_RATE;
	speex_echo_ctl(echo->state, SPEEX_ECHO_SET_SAMPLING_RATE, &rate);
	*out = echo;
	return STATUS_OK;
}

void echo_destroy(struct echo *echo)
{
	if (echo == NULL) {
		return;
	}
	speex_echo_state_destroy(echo->state);
	free(echo);
}

void echo_cancel(struct echo *echo, const int16_t *near, const int16_t *far, int16_t *out)
{
	speex_echo_cancellation(echo->state, near, far, out);
}

void echo_reset(struct echo *echo)
{
	speex_echo_state_reset(echo->state);
}
