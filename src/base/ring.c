/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/ring.h"

#include <string.h>

#define CAPACITY_MAX (UINT32_C(1) << 30)

/*
 * Positions count the bytes ever moved and wrap at 2^32; masked, they index
 * data. Every operation begins with one acquire load of the other side's
 * position and ends with one release store of its own.
 */

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

enum status ring_init(struct ring *ring, void *data, uint32_t capacity)
{
	if (capacity == 0 || capacity > CAPACITY_MAX || (capacity & (capacity - 1)) != 0) {
		return STATUS_BAD_ARG;
	}
	atomic_init(&ring->written, 0);
	atomic_init(&ring->taken, 0);
	ring->capacity = capacity;
	ring->data = data;
	return STATUS_OK;
}

EASE_RT enum status ring_write(struct ring *ring, const void *src, uint32_t size)
{
	const uint32_t taken = atomic_load_explicit(&ring->taken, memory_order_acquire);
	const uint32_t written = atomic_load_explicit(&ring->written, memory_order_relaxed);

	if (size > ring->capacity - (written - taken)) {
		return STATUS_NO_SPACE;
	}
	const uint32_t at = written & (ring->capacity - 1);
	const uint32_t head = least(size, ring->capacity - at);
	memcpy(ring->data + at, src, head);
	memcpy(ring->data, (const unsigned char *)src + head, size - head);

	atomic_store_explicit(&ring->written, written + size, memory_order_release);
	return STATUS_OK;
}

EASE_RT enum status ring_peek(const struct ring *ring, void *dst, uint32_t size)
{
	const uint32_t written = atomic_load_explicit(&ring->written, memory_order_acquire);
	const uint32_t taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);

	if (size > written - taken) {
		return STATUS_NO_DATA;
	}
	const uint32_t at = taken & (ring->capacity - 1);
	const uint32_t head = least(size, ring->capacity - at);
	memcpy(dst, ring->data + at, head);
	memcpy((unsigned char *)dst + head, ring->data, size - head);
	return STATUS_OK;
}

EASE_RT enum status ring_read(struct ring *ring, void *dst, uint32_t size)
{
	if (ring_peek(ring, dst, size) != STATUS_OK) {
		return STATUS_NO_DATA;
	}
	const uint32_t taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
	atomic_store_explicit(&ring->taken, taken + size, memory_order_release);
	return STATUS_OK;
}

EASE_RT uint32_t ring_readable(const struct ring *ring)
{
	const uint32_t written = atomic_load_explicit(&ring->written, memory_order_acquire);
	return written - atomic_load_explicit(&ring->taken, memory_order_relaxed);
}
