/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/feed.h"

#include "ease/resample.h"

#include <string.h>

#define QUALITY 3 /* images at -80 dB, as with 10, for a quarter of the work */
#define FLUSH_BLOCK 64

enum status feed_init(struct feed *feed, uint32_t rate)
{
	*feed = (struct feed){ .clip = NULL };
	return resample_create(rate, EASE_RATE, QUALITY, &feed->resample);
}

void feed_finish(struct feed *feed)
{
	resample_destroy(feed->resample);
	feed->resample = NULL;
}

void feed_start(struct feed *feed, const struct clip *clip)
{
	feed->clip = clip;
	feed->part = 0;
	feed->taken = 0;
	feed->at = 0;
	resample_reset(feed->resample);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Silence up to the part's first frame. */
static size_t give_gap(struct feed *feed, const struct part *part, int16_t *out, size_t room)
{
	const size_t count = least(room, (size_t)(part->at - feed->at));
	memset(out, 0, count * sizeof(*out));
	return count;
}

/* The part's samples, then zeros until the filter has given as many frames as the part has. */
static size_t give_part(struct feed *feed, const struct part *part, int16_t *out, size_t room)
{
	static const int16_t zeros[FLUSH_BLOCK];
	const size_t want = least(room, (size_t)(part->at + part->length - feed->at));
	size_t given = 0;
	while (given < want) {
		const size_t left = part->count - feed->taken;
		const int16_t *in = left > 0 ? feed->clip->samples + part->from + feed->taken
					     : zeros;
		size_t in_count = left > 0 ? left : FLUSH_BLOCK;
		size_t out_count = want - given;
		resample_run(feed->resample, in, &in_count, out + given, &out_count);
		if (left > 0) {
			feed->taken += in_count;
		}
		given += out_count;
	}
	return given;
}

size_t feed_read(struct feed *feed, int16_t *out, size_t room)
{
	size_t given = 0;
	while (given < room && feed->part < feed->clip->part_count) {
		/* the place of a part is known when the one before it is ready */
		const struct part *part = &feed->clip->parts[feed->part];
		size_t count = 0;
		if (feed->part <= feed->clip->part_ready && feed->at < part->at) {
			count = give_gap(feed, part, out + given, room - given);
		} else if (feed->part >= feed->clip->part_ready) {
			break;
		} else if (feed->at < part->at + part->length) {
			count = give_part(feed, part, out + given, room - given);
		} else {
			feed->part++;
			feed->taken = 0;
			resample_reset(feed->resample);
		}
		given += count;
		feed->at += (frames_t)count;
	}
	return given;
}

bool feed_is_done(const struct feed *feed)
{
	const struct clip *clip = feed->clip;
	if (!clip_is_ready(clip)) {
		return false;
	}
	return feed->part >= clip->part_count ||
	       (feed->part + 1 == clip->part_count &&
			       feed->at >= clip->parts[feed->part].at +
							       clip->parts[feed->part].length);
}
