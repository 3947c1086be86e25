/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/callback.h"

#include <stddef.h>
#include <stdlib.h>

/* Bytes of each ring: powers of two. */
#define COMMANDS_SIZE (UINT32_C(1) << 14)
#define REPORTS_SIZE (UINT32_C(1) << 14)
#define SPEECH_SIZE (UINT32_C(1) << 19)
#define SOUND_SIZE (UINT32_C(1) << 18) /* far and near, each */

#define PERIODS(seconds) ((size_t)(seconds) * (EASE_RATE / EASE_PERIOD))
#define ROOM_FOR(size, type) ((size) / sizeof(type))

_Static_assert(ROOM_FOR(COMMANDS_SIZE, struct command) >= 4UL * MIXER_TONES_MAX, "many commands");
_Static_assert(ROOM_FOR(REPORTS_SIZE, struct report) >= 4UL * MIXER_TONES_MAX, "many reports");
_Static_assert(ROOM_FOR(SPEECH_SIZE, struct speech_block) >= PERIODS(4), "4 s of speech");
_Static_assert(ROOM_FOR(SOUND_SIZE, struct sound_block) >= PERIODS(2), "2 s of sound");

/* A link with the memory of its rings. */
struct linked {
	struct link link; /* first: a link's address is that of its struct linked */
	unsigned char commands[COMMANDS_SIZE];
	unsigned char reports[REPORTS_SIZE];
	unsigned char speech[SPEECH_SIZE];
	unsigned char far[SOUND_SIZE];
	unsigned char near[SOUND_SIZE];
};

_Static_assert(offsetof(struct linked, link) == 0, "a link can be turned into its struct linked");

static enum status init_rings(struct linked *linked)
{
	struct playback *playback = &linked->link.playback;
	enum status status = ring_init(&playback->commands, linked->commands, COMMANDS_SIZE);

	if (status == STATUS_OK) {
		status = ring_init(&playback->reports, linked->reports, REPORTS_SIZE);
	}
	if (status == STATUS_OK) {
		status = ring_init(&playback->speech, linked->speech, SPEECH_SIZE);
	}
	if (status == STATUS_OK) {
		status = ring_init(&playback->far, linked->far, SOUND_SIZE);
	}
	if (status == STATUS_OK) {
		status = ring_init(&linked->link.capture.near, linked->near, SOUND_SIZE);
	}
	return status;
}

static enum status init(struct linked *linked)
{
	struct playback *playback = &linked->link.playback;
	struct capture *capture = &linked->link.capture;

	*playback = (struct playback){ 0 };
	*capture = (struct capture){ 0 };
	mixer_init(&playback->mixer);
	atomic_init(&playback->periods, 0);
	atomic_init(&playback->ages, 0);
	atomic_init(&playback->lost_reports, 0);
	atomic_init(&playback->lost_far, 0);
	atomic_init(&capture->periods, 0);
	atomic_init(&capture->lost_near, 0);
	return init_rings(linked);
}

enum status link_create(struct link **out)
{
	/* the rings keep their ends on cache lines of their own */
	struct linked *linked = aligned_alloc(_Alignof(struct linked), sizeof(*linked));
	if (linked == NULL) {
		return STATUS_NO_MEM;
	}
	const enum status status = init(linked);
	if (status != STATUS_OK) {
		free(linked);
		return status;
	}
	*out = &linked->link;
	return STATUS_OK;
}

void link_destroy(struct link *link)
{
	free(link);
}

enum status link_command(struct link *link, const struct command *command)
{
	return ring_write(&link->playback.commands, command, sizeof(*command));
}

bool link_report(struct link *link, struct report *out)
{
	return ring_read(&link->playback.reports, out, sizeof(*out)) == STATUS_OK;
}

frames_t link_now(const struct link *link)
{
	const uint32_t ages = atomic_load_explicit(&link->playback.ages, memory_order_acquire);
	const uint32_t periods =
			atomic_load_explicit(&link->playback.periods, memory_order_acquire);
	const uint64_t begun = (uint64_t)ages * LINK_AGE; /* periods, when this age began */
	/* periods is as new as ages or newer, so that their distance is right in 32 bits */
	const uint32_t since = periods - (uint32_t)begun;

	return (frames_t)(begun + since) * EASE_PERIOD;
}
