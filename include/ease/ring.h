/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ring.h - single-producer, single-consumer byte ring over caller's memory.
 *
 * One thread writes, one thread reads, neither ever waits. Functions marked
 * EASE_RT may run inside the audio callback: no locks, no allocation, no
 * system calls, bounded time.
 */
#ifndef EASE_RING_H
#define EASE_RING_H

#include "ease/status.h"

#include <stdatomic.h>
#include <stdint.h>

/* Fields are private to ring.c; the type is here so that owners can embed it. */
struct ring {
	_Alignas(64) atomic_uint written; /* stored by the producer only */
	_Alignas(64) atomic_uint taken;   /* stored by the consumer only */
	_Alignas(64) uint32_t capacity;
	unsigned char *data;
};

/*
 * Starts an empty ring over data, which must hold capacity bytes, a power of
 * two up to 2^30, and outlive the ring. The ring owns nothing.
 */
EASE_NODISCARD enum status ring_init(struct ring *ring, void *data, uint32_t capacity);

/* Functions that only the writing thread may call. */

/* Writes all of size bytes or none (STATUS_NO_SPACE). */
EASE_NODISCARD EASE_RT enum status ring_write(struct ring *ring, const void *src, uint32_t size);

/* Functions that only the reading thread may call. */

/* Reads all of size bytes or none (STATUS_NO_DATA). */
EASE_NODISCARD EASE_RT enum status ring_read(struct ring *ring, void *dst, uint32_t size);

/* As ring_read(), but leaves the bytes where they are. */
EASE_NODISCARD EASE_RT enum status ring_peek(const struct ring *ring, void *dst, uint32_t size);

/* Bytes that ring_read() would find now. */
EASE_RT uint32_t ring_readable(const struct ring *ring);

#endif
