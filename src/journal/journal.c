/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ease/journal.h"

#include "store.h"

#include "ease/log.h"
#include "ease/ring.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define RING_SIZE (1u << 20) /* bytes: some minutes of a busy session without the disk */
#define BATCH_MAX 64         /* rows of one transaction */
#define PASTS_SIZE 64        /* bytes: a few pointers */
#define CALLS_TO_REST 100    /* of journal_work(), after a refusal: about a second */
#define LOOK_EVERY 100       /* the same: whether somebody else changed something */

/* A past on its way to the thread that looks at it. */
struct parcel {
	struct journal_past *past;
};

struct journal {
	struct ring rows;  /* struct journal_row, to the worker */
	struct ring pasts; /* struct parcel, from the worker */
	unsigned char *row_bytes;
	unsigned char past_bytes[PASTS_SIZE];
	atomic_uint lost; /* rows that found no room, not yet written down */
	atomic_uint_least64_t safe;

	/* of the thread that writes rows */
	struct journal_past *past;
	bool full; /* said once */

	/* of the worker */
	struct store store;
	struct journal_row *batch;
	size_t batch_count;
	bool urgent; /* a row of the batch may not wait */
	bool ended;  /* a session of the batch has: the past is another one */
	bool failed; /* said once */
	int rest;
	int until_look;
	int64_t changes;
};

/* The worker. */

/* Hands on how the past looks now; what finds no room is looked at again later. */
static enum status publish(struct journal *journal)
{
	struct journal_past *past = calloc(1, sizeof(*past));
	if (past == NULL) {
		return STATUS_NO_MEM;
	}
	enum status status = store_past(&journal->store, false, past);
	if (status == STATUS_OK) {
		const struct parcel parcel = { past };
		status = ring_write(&journal->pasts, &parcel, sizeof(parcel));
	}
	if (status != STATUS_OK) {
		free(past);
	}
	return status;
}

static void gather(struct journal *journal)
{
	while (journal->batch_count < BATCH_MAX) {
		struct journal_row *row = &journal->batch[journal->batch_count];
		if (ring_read(&journal->rows, row, sizeof(*row)) != STATUS_OK) {
			return;
		}
		journal->batch_count++;
		journal->urgent = journal->urgent || !row->lazy;
		journal->ended = journal->ended || row->kind == JOURNAL_END;
	}
}

static void refused(struct journal *journal)
{
	journal->rest = CALLS_TO_REST;
	if (!journal->failed) {
		log_warning("journal", "%s cannot be written for now: events wait",
				journal->store.path);
	}
	journal->failed = true;
}

static bool commit(struct journal *journal)
{
	const uint32_t lost = atomic_exchange(&journal->lost, 0);
	const enum status status =
			store_write(&journal->store, journal->batch, journal->batch_count, lost);
	if (status != STATUS_OK) {
		atomic_fetch_add(&journal->lost, lost);
		refused(journal);
		return false;
	}
	if (journal->failed) {
		log_notice("journal", "%s is written again", journal->store.path);
	}
	journal->failed = false;
	atomic_fetch_add_explicit(&journal->safe, journal->batch_count, memory_order_release);
	log_debug("journal", "%llu events are safe",
			(unsigned long long)atomic_load(&journal->safe));
	journal->batch_count = 0;
	journal->urgent = false;
	if (journal->ended && publish(journal) == STATUS_OK) {
		journal->ended = false;
	}
	return true;
}

/* Writes all that waits, or until it is refused. */
static void write_out(struct journal *journal, bool all)
{
	for (;;) {
		gather(journal);
		const bool due = journal->urgent || journal->batch_count == BATCH_MAX ||
				 (all && journal->batch_count > 0);
		if (!due || !commit(journal)) {
			return;
		}
	}
}

static void look_for_changes(struct journal *journal)
{
	int64_t changes = 0;
	if (--journal->until_look > 0) {
		return;
	}
	journal->until_look = LOOK_EVERY;
	if (store_changes(&journal->store, &changes) != STATUS_OK ||
			(changes == journal->changes && !journal->ended)) {
		return;
	}
	if (publish(journal) == STATUS_OK) {
		journal->changes = changes;
		journal->ended = false;
	}
}

void journal_work(void *arg)
{
	struct journal *journal = arg;
	if (journal->rest > 0) {
		journal->rest--;
		return;
	}
	write_out(journal, false);
	if (journal->rest == 0) {
		look_for_changes(journal);
	}
}

/* Making and closing. */

static enum status make_room(struct journal *journal)
{
	journal->row_bytes = malloc(RING_SIZE);
	journal->batch = calloc(BATCH_MAX, sizeof(*journal->batch));
	journal->past = calloc(1, sizeof(*journal->past));
	if (journal->row_bytes == NULL || journal->batch == NULL || journal->past == NULL) {
		return STATUS_NO_MEM;
	}
	const enum status status = ring_init(&journal->rows, journal->row_bytes, RING_SIZE);
	if (status != STATUS_OK) {
		return status;
	}
	return ring_init(&journal->pasts, journal->past_bytes, PASTS_SIZE);
}

static void discard(struct journal *journal)
{
	struct parcel parcel;
	store_close(&journal->store);
	while (journal->pasts.data != NULL &&
			ring_read(&journal->pasts, &parcel, sizeof(parcel)) == STATUS_OK) {
		free(parcel.past);
	}
	free(journal->past);
	free(journal->batch);
	free(journal->row_bytes);
	free(journal);
}

enum status journal_open(const char *folder, struct journal **out, struct diag *diag)
{
	/* aligned as the rings in it are */
	struct journal *journal = aligned_alloc(_Alignof(struct journal), sizeof(*journal));
	if (journal == NULL) {
		return STATUS_NO_MEM;
	}
	memset(journal, 0, sizeof(*journal));
	atomic_init(&journal->lost, 0);
	atomic_init(&journal->safe, 0);
	journal->until_look = LOOK_EVERY;
	enum status status = make_room(journal);
	if (status == STATUS_OK) {
		status = store_open(&journal->store, folder, true, diag);
	}
	if (status == STATUS_OK) {
		status = store_past(&journal->store, false, journal->past);
		if (status == STATUS_OK) {
			status = store_changes(&journal->store, &journal->changes);
		}
		if (status != STATUS_OK) {
			diag_set(diag, journal->store.path, 0, 0, "cannot be read: %s",
					sql_reason(journal->store.sql));
		}
	}
	if (status != STATUS_OK) {
		discard(journal);
		return status;
	}
	*out = journal;
	return STATUS_OK;
}

void journal_close(struct journal *journal)
{
	if (journal == NULL) {
		return;
	}
	write_out(journal, true);
	const size_t left = journal->batch_count +
			    ring_readable(&journal->rows) / sizeof(struct journal_row) +
			    atomic_load(&journal->lost);
	if (left > 0) {
		log_error("journal", "%s: %zu events could not be kept", journal->store.path, left);
	}
	discard(journal);
}

/* The thread that writes rows. */

enum status journal_put(struct journal *journal, const struct journal_row *row)
{
	const enum status status = ring_write(&journal->rows, row, sizeof(*row));
	if (status == STATUS_OK) {
		journal->full = false;
		return STATUS_OK;
	}
	atomic_fetch_add(&journal->lost, 1);
	if (!journal->full) {
		log_error("journal", "events are lost: the disk does not keep up");
	}
	journal->full = true;
	return STATUS_NO_SPACE;
}

const struct journal_past *journal_look(struct journal *journal)
{
	struct parcel parcel;
	while (ring_read(&journal->pasts, &parcel, sizeof(parcel)) == STATUS_OK) {
		free(journal->past);
		journal->past = parcel.past;
	}
	return journal->past;
}

uint64_t journal_safe(const struct journal *journal)
{
	return atomic_load_explicit(&journal->safe, memory_order_acquire);
}

/* Those who read. */

static enum status done(struct store *store, enum status status, struct diag *diag)
{
	if (status != STATUS_OK) {
		diag_set(diag, store->path, 0, 0, "%s", sql_reason(store->sql));
		status = STATUS_BACKEND;
	}
	store_close(store);
	return status;
}

enum status journal_read(const char *folder, struct journal_past **out, struct diag *diag)
{
	struct store store;
	enum status status = store_open(&store, folder, false, diag);
	if (status != STATUS_OK) {
		store_close(&store);
		return status;
	}
	struct journal_past *past = calloc(1, sizeof(*past));
	status = done(&store, past != NULL ? store_past(&store, true, past) : STATUS_NO_MEM, diag);
	if (status != STATUS_OK) {
		free(past);
		return status;
	}
	*out = past;
	return STATUS_OK;
}

void journal_past_free(struct journal_past *past)
{
	free(past);
}

enum status journal_export(const char *folder, journal_fn *take, void *arg, struct diag *diag)
{
	struct store store;
	const enum status status = store_open(&store, folder, false, diag);
	if (status != STATUS_OK) {
		store_close(&store);
		return status;
	}
	return done(&store, store_export(&store, take, arg), diag);
}

enum status journal_forget(const char *folder, int64_t *sessions, struct diag *diag)
{
	struct store store;
	const enum status status = store_open(&store, folder, false, diag);
	if (status != STATUS_OK) {
		store_close(&store);
		return status;
	}
	return done(&store, store_forget(&store, sessions), diag);
}
