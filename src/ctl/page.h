/* SPDX-License-Identifier: GPL-3.0-or-later */
/* page.h - a session on paper, to be read like a play: who says what, when, and what else might be
 * said. */
#ifndef EASE_CTL_PAGE_H
#define EASE_CTL_PAGE_H

#include "ease/engine.h"

#include <stdio.h>

#define PAGE_TEXTS_MAX 2048 /* of which it is known that they were said */

struct page {
	FILE *out;
	const struct script *script;
	const char *const *phrases;
	const char *said[PAGE_TEXTS_MAX]; /* borrowed from the script and the phrases */
	size_t said_count;
};

void page_head(const struct page *page);
void page_step(const struct page *page, const struct action *step, frames_t at);
void page_say(struct page *page, const char *text, const struct text_args *args, frames_t at);
/* What may be answered to the question of step, and what follows. */
void page_answers(const struct page *page, const struct step *step);
void page_heard(const struct page *page, const struct event *heard);
void page_end(const struct page *page, const struct action *end, frames_t at);
/* Everything of the script that was not said. */
void page_rest(const struct page *page);

#endif
