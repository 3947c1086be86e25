/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: daemon */
/* test_transcript.c - the conversation as a person reads it. */
#include "daemon/transcript.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct page {
	struct transcript transcript;
	FILE *to;
	char *text;
	size_t size;
};

static void open_page(struct page *page, bool terminal)
{
	memset(page, 0, sizeof(*page));
	page->to = open_memstream(&page->text, &page->size);
	assert_non_null(page->to);
	transcript_init(&page->transcript, page->to, terminal);
}

static void close_page(struct page *page, const char *expected)
{
	fclose(page->to);
	assert_string_equal(page->text, expected);
	free(page->text);
}

static void tells_who_said_what_and_what_it_changed(void **state)
{
	(void)state;
	struct page page;
	open_page(&page, false);
	transcript_note(&page.transcript,
			&(struct note){ .kind = NOTE_SESSION, .name = "a", .title = "your back" });
	transcript_note(&page.transcript, &(struct note){ .kind = NOTE_STEP,
							  .at = 48000,
							  .name = "glide",
							  .unit = "glide",
							  .side = SIDE_LEFT,
							  .target = 4 });
	transcript_note(&page.transcript,
			&(struct note){ .kind = NOTE_SAY, .at = 48000, .text = "How strong?" });
	transcript_note(&page.transcript, &(struct note){ .kind = NOTE_SAID, .at = 96000 });
	transcript_note(&page.transcript, &(struct note){ .kind = NOTE_HEARD,
							  .at = 61 * 48000,
							  .intent = INTENT_RATING,
							  .value = 7,
							  .text = "seven",
							  .sure = true });
	transcript_note(&page.transcript, &(struct note){ .kind = NOTE_PRESSURE,
							  .at = 61 * 48000,
							  .before = 4,
							  .target = 2,
							  .why = WHY_RATING });
	transcript_note(&page.transcript, &(struct note){ .kind = NOTE_HEARD,
							  .at = 62 * 48000,
							  .intent = INTENT_FIRMER,
							  .value = -1,
							  .text = "harder" });
	transcript_note(&page.transcript, &(struct note){ .kind = NOTE_HEARD,
							  .at = 63 * 48000,
							  .intent = INTENT_STOP,
							  .value = -1,
							  .text = "stop",
							  .sure = true });
	transcript_note(&page.transcript, &(struct note){ .kind = NOTE_END,
							  .at = 64 * 48000,
							  .reason = END_STOPPED });
	close_page(&page, "  0:00         a: your back\n"
			  "  0:01         -- glide, left, pressure target 4 --\n"
			  "  0:01  Coach  How strong?\n"
			  "  1:01  You    \"seven\" (7 of 10)\n"
			  "  1:01         pressure target 4 -> 2 (rating)\n"
			  "  1:02  You    \"harder\"? (not sure)\n"
			  "  1:03  You    \"stop\"\n"
			  "  1:04         end: stopped\n");
}

static void breaks_long_texts_between_words(void **state)
{
	(void)state;
	struct page page;
	open_page(&page, false);
	transcript_note(&page.transcript,
			&(struct note){ .kind = NOTE_SAY,
					.text = "One two three four five six seven eight nine ten "
						"eleven twelve thirteen fourteen." });
	transcript_note(&page.transcript,
			&(struct note){ .kind = NOTE_SAY,
					.text = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
						"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b" });
	close_page(&page, "  0:00  Coach  One two three four five six seven eight nine ten eleven "
			  "twelve\n"
			  "               thirteen fourteen.\n"
			  "  0:00  Coach  aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
			  "               b\n");
}

static void shows_progress_once_a_minute_in_a_file(void **state)
{
	(void)state;
	const struct engine_view view = { .mode = ENGINE_RUNNING, .left = 180 * 48000 };
	struct page page;
	open_page(&page, false);
	for (int second = 0; second <= 60; second++) {
		transcript_progress(&page.transcript, (frames_t)second * 48000, &view);
	}
	close_page(&page, "  1:00         [#####---------------] about 3:00 left\n");
}

static void rewrites_progress_in_place_on_a_terminal(void **state)
{
	(void)state;
	const struct step step = { .name = "glide" };
	const struct engine_view view = {
		.mode = ENGINE_PAUSED, .step = &step, .target = 2, .left = 0
	};
	struct page page;
	open_page(&page, true);
	transcript_progress(&page.transcript, 48000, &view);
	transcript_progress(&page.transcript, 48480, &view);
	transcript_note(&page.transcript,
			&(struct note){ .kind = NOTE_SAY, .at = 96000, .text = "Hello." });
	close_page(&page, "  0:01         [####################] glide, paused, target 2, "
			  "about 0:00 left\r\033[K  0:02  Coach  Hello.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_who_said_what_and_what_it_changed),
		cmocka_unit_test(breaks_long_texts_between_words),
		cmocka_unit_test(shows_progress_once_a_minute_in_a_file),
		cmocka_unit_test(rewrites_progress_in_place_on_a_terminal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
