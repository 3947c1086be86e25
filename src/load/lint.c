/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/lint.h"

#include "load/tokens.h"

#include <stdio.h>
#include <string.h>

bool lint_says(const char *text, const char *words)
{
	struct tokens tokens;
	struct tokens pattern;

	tokens_read(&tokens, text);
	tokens_read(&pattern, words);
	for (size_t i = 0; i < tokens.count; i++) {
		if (tokens_stand_at(&tokens, i, &pattern)) {
			return true;
		}
	}
	return false;
}

/* Words and sentences */

/* A number that stands in a text is one more place in which it can be wrong. */
static bool check_numbers(const char *text, char *reason)
{
	static const char *const numbers[] = { "zero", "two", "three", "four", "five", "six",
		"seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
		"fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty",
		"forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
		"dozen", "twice", "thrice" };
	struct tokens tokens;

	tokens_read(&tokens, text);
	for (size_t i = 0; i < tokens.count; i++) {
		for (size_t k = 0; k < sizeof(numbers) / sizeof(numbers[0]); k++) {
			if (tokens_is(&tokens, i, numbers[k])) {
				(void)snprintf(reason, LINT_REASON_MAX,
						"the number \"%s\": figures come from the rules, write "
						"{seconds}, {count}, or one of ease-script(5) such as "
						"{scale} (S228)",
						numbers[k]);
				return false;
			}
		}
	}
	return true;
}

/* Where the first of the signs stands outside of {placeholders}, or the end of text. */
static size_t unspoken_at(const char *text, const char *signs)
{
	bool inside = false;
	size_t i = 0;

	for (; text[i] != '\0'; i++) {
		inside = text[i] == '{' || (inside && text[i] != '}');
		if (!inside && strchr(signs, text[i]) != NULL) {
			break;
		}
	}
	return i;
}

static bool check_signs(const char *text, char *reason)
{
	static const char unspoken[] = "<>[]/\\|*_^~#@=+$&`";
	const size_t at = unspoken_at(text, unspoken);
	const size_t digit = strcspn(text, "0123456789");

	if (text[at] != '\0') {
		(void)snprintf(reason, LINT_REASON_MAX, "the sign '%c' cannot be spoken", text[at]);
		return false;
	}
	if (text[digit] != '\0') {
		(void)snprintf(reason, LINT_REASON_MAX,
				"the digit '%c': figures come from the rules, write {seconds}, {count}, "
				"{target} or another of ease-script(5) (S228)",
				text[digit]);
		return false;
	}
	return true;
}

static bool check_banned(const char *text, char *reason)
{
	static const char *const banned[] = { "jab", "jabs", "jabbing", "hard as you can",
		"deep as you can", "deeply as you can", "fast as you can", "push through",
		"pushing through", "power through", "work through the pain", "no pain no gain",
		"dig in", "dig into", "grit", "force it", "crack", "endure", "bear it" };
	static const char *const claims[] = { "cure", "cures", "cured", "curing", "heal", "heals",
		"healed", "healing", "treat", "treats", "treated", "treating", "treatment",
		"repair", "repairs", "repairing", "remedy", "restore", "restores", "restoring",
		"fix", "fixes", "detox", "toxins", "therapeutic", "diagnose", "diagnosis",
		"pain relief", "relieves pain", "relieve pain", "removes pain" };

	for (size_t i = 0; i < sizeof(banned) / sizeof(banned[0]); i++) {
		if (lint_says(text, banned[i])) {
			(void)snprintf(reason, LINT_REASON_MAX, "\"%s\" is never said (S224)",
					banned[i]);
			return false;
		}
	}
	for (size_t i = 0; i < sizeof(claims) / sizeof(claims[0]); i++) {
		if (lint_says(text, claims[i])) {
			(void)snprintf(reason, LINT_REASON_MAX, "\"%s\" is a medical claim (S222)",
					claims[i]);
			return false;
		}
	}
	return true;
}

/* Sentences */

#define QUOTE_MAX 32

bool lint_sentence(const char **text, struct sentence *sentence)
{
	bool inside = false;

	*sentence = (struct sentence){ .at = *text + strspn(*text, " ") };
	for (const char *c = sentence->at; *c != '\0'; c++) {
		const bool blank = *c == ' ' || *c == '-';
		sentence->words += !blank && !inside;
		inside = !blank;
		sentence->length++;
		if (strchr(".!?;", *c) != NULL && (c[1] == ' ' || c[1] == '\0')) {
			sentence->question = *c == '?';
			break;
		}
	}
	*text = sentence->at + sentence->length;
	return sentence->length > 0;
}

int lint_quote(const struct sentence *sentence)
{
	int whole = 0; /* up to the end of a word */

	if (sentence->length <= QUOTE_MAX) {
		return (int)sentence->length;
	}
	for (int i = 0; i <= QUOTE_MAX && (size_t)i < sentence->length; i++) {
		whole = sentence->at[i] == ' ' ? i : whole;
	}
	return whole;
}

size_t lint_words(const char *text)
{
	struct sentence sentence;
	size_t words = 0;

	while (lint_sentence(&text, &sentence)) {
		words += sentence.words;
	}
	return words;
}

static bool check_sentences(const char *text, char *reason)
{
	struct sentence sentence;

	while (lint_sentence(&text, &sentence)) {
		if (sentence.words > LINT_SENTENCE_WORDS) {
			(void)snprintf(reason, LINT_REASON_MAX,
					"\"%.*s ...\" has %zu words, %d at the most: make two "
					"sentences of it",
					lint_quote(&sentence), sentence.at, sentence.words,
					LINT_SENTENCE_WORDS);
			return false;
		}
	}
	return true;
}

bool lint_text(const char *text, char reason[static LINT_REASON_MAX])
{
	return check_signs(text, reason) && check_numbers(text, reason) &&
	       check_banned(text, reason) && check_sentences(text, reason) &&
	       lint_orders(text, reason);
}

/* Warnings */

/* "Stop if it hurts", but not "never stop if it hurts" */
static bool says_stop_if(const struct tokens *tokens, size_t i)
{
	static const char *const negators[] = { "never", "not", "don't", "no" };

	return tokens_is(tokens, i, "stop") && tokens_is(tokens, i + 1, "if") &&
	       (i == 0 || !word_is_in(tokens->at[i - 1], (struct word_list)WORD_LIST(negators)));
}

bool lint_warns(const char *text)
{
	static const char *const signs[] = { "pain", "sharp", "radiat", "run", "shoot" };
	static const char *const legs[] = { "leg", "legs" };
	struct tokens tokens;

	tokens_read(&tokens, text);
	for (size_t i = 0; i < tokens.count; i++) {
		bool sign = false;
		bool leg = false;
		if (!says_stop_if(&tokens, i)) {
			continue;
		}
		for (size_t j = i; !tokens_is_end(&tokens, j); j++) {
			sign = sign ||
			       word_begins_in(tokens.at[j], (struct word_list)WORD_LIST(signs));
			leg = leg || word_is_in(tokens.at[j], (struct word_list)WORD_LIST(legs));
		}
		if (sign && leg) {
			return true;
		}
	}
	return false;
}
