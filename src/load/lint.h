/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lint.h - what the coach may not say (S222-S224, S228). Pure checks of one English text.
 *
 * Each check returns true when text is fine, and otherwise writes why not to reason.
 */
#ifndef EASE_LOAD_LINT_H
#define EASE_LOAD_LINT_H

#include <stdbool.h>
#include <stddef.h>

#define LINT_REASON_MAX 200
#define LINT_SENTENCE_WORDS 20
#define LINT_ORDER_WORDS 12

/* One sentence of a text: not its own string, it goes on behind length. */
struct sentence {
	const char *at;
	size_t length;
	size_t words; /* {a figure} is one */
	bool question;
};

/* Takes the next sentence from *text, and moves *text behind it; false: there is none. */
bool lint_sentence(const char **text, struct sentence *sentence);

/* How many bytes of it a reason quotes: some whole words. */
int lint_quote(const struct sentence *sentence);

/*
 * Signs and figures that are not spoken well, banned words, medical claims, long sentences, and
 * lint_orders().
 */
bool lint_text(const char *text, char reason[static LINT_REASON_MAX]);

/*
 * No sentence may lead hands, weight or tools onto the spine, bone, ribs, kidneys, or one of never
 * (lower case words). A mention is fine beside, off or away from it, where it is forbidden ("never
 * on the spine"), and in a question about health. "It" and "them" count as the thing named last.
 */
bool lint_spine(const char *text, const char *const *never, size_t never_count,
		char reason[static LINT_REASON_MAX]);

/* How many words of text; {a figure} is one. */
size_t lint_words(const char *text);

/*
 * An order is a sentence that begins with one of the verbs of order.c, behind who it is for
 * ("Giver,") and words such as "now" and "then"; a question is none. It has 12 words at the most,
 * and nothing stands before the verb but a condition with "if".
 */
bool lint_orders(const char *text, char reason[static LINT_REASON_MAX]);

/* What one form of the text of a unit tells whom it guides. */
struct guidance {
	bool side;   /* {side}, or that it is both */
	bool place;  /* on the body */
	bool action; /* an order */
	bool length; /* {seconds} or {count} */
	bool manner; /* slowly, gently and the like */
};

struct guidance lint_guidance(const char *text);

/* Whether text begins with who is spoken to, in a session for two: "Giver,". */
bool lint_names_role(const char *text);

/* The verbs that make an order, for the manual. */
extern const char *const lint_verbs[];
extern const size_t lint_verb_count;

/* What a relaxation may say: nobody is told to press, knead, rub, stroke or dig. */
bool lint_rest(const char *text, char reason[static LINT_REASON_MAX]);

/* Whether one sentence says to stop if the pain sharpens or runs down a leg (S126). */
bool lint_warns(const char *text);

/* Whether text says the words in this order, in any case and with any white space. */
bool lint_says(const char *text, const char *words);

#endif
