/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/lint.h"

#include <stdio.h>
#include <string.h>

#define BYTES_MAX 1024
#define TOKENS_MAX 512

/* A text in lower case as words, "," and "."; every other sign is a blank. */
struct tokens {
	char bytes[BYTES_MAX];
	const char *at[TOKENS_MAX];
	size_t count;
};

/* A word list and how many there are. */
struct list {
	const char *const *words;
	size_t count;
};

#define LIST(words)                                       \
	{                                                 \
		words, sizeof(words) / sizeof((words)[0]) \
	}

/* Tokens */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || c == '\'' || (unsigned char)c >= 0x80;
}

/* Copies text in lower case, with the typographic apostrophe and dashes made plain. */
static void lower(const char *text, char *out, size_t size)
{
	size_t used = 0;

	while (*text != '\0' && used + 1 < size) {
		if (strncmp(text, "\u2019", 3) == 0) {
			out[used++] = '\'';
			text += 3;
		} else if (strncmp(text, "\u2013", 3) == 0 || strncmp(text, "\u2014", 3) == 0) {
			out[used++] = ',';
			text += 3;
		} else {
			const char c = *text++;
			out[used++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
		}
	}
	out[used] = '\0';
}

/* The token that a sign between words makes, or NULL for none. */
static const char *sign(char c)
{
	if (c == '\0') {
		return NULL;
	}
	if (strchr(".!?;:", c) != NULL) {
		return ".";
	}
	return strchr(",()", c) != NULL ? "," : NULL;
}

static void tokenize(const char *text, struct tokens *out)
{
	out->count = 0;
	lower(text, out->bytes, sizeof(out->bytes));
	for (char *c = out->bytes; *c != '\0' && out->count + 2 < TOKENS_MAX;) {
		if (is_letter(*c)) {
			out->at[out->count++] = c;
			while (is_letter(*c)) {
				c++;
			}
		}
		const char *mark = sign(*c);
		if (mark != NULL) {
			out->at[out->count++] = mark;
		}
		if (*c != '\0') {
			*c++ = '\0';
		}
	}
	out->at[out->count++] = ".";
}

static bool is_in(const char *word, struct list list)
{
	for (size_t i = 0; i < list.count; i++) {
		if (strcmp(word, list.words[i]) == 0) {
			return true;
		}
	}
	return false;
}

static bool begins_in(const char *word, struct list list)
{
	for (size_t i = 0; i < list.count; i++) {
		if (strncmp(word, list.words[i], strlen(list.words[i])) == 0) {
			return true;
		}
	}
	return false;
}

static bool ends_with(const char *word, const char *end)
{
	const size_t length = strlen(word);
	const size_t tail = strlen(end);

	return length >= tail && strcmp(word + length - tail, end) == 0;
}

static bool is(const struct tokens *tokens, size_t i, const char *word)
{
	return i < tokens->count && strcmp(tokens->at[i], word) == 0;
}

/* Whether the words of pattern stand at token i and after it. */
static bool stands_at(const struct tokens *tokens, size_t i, const struct tokens *pattern)
{
	for (size_t j = 0; j + 1 < pattern->count; j++) { /* without the closing "." */
		if (!is(tokens, i + j, pattern->at[j])) {
			return false;
		}
	}
	return true;
}

bool lint_says(const char *text, const char *words)
{
	struct tokens tokens;
	struct tokens pattern;

	tokenize(text, &tokens);
	tokenize(words, &pattern);
	for (size_t i = 0; i < tokens.count; i++) {
		if (stands_at(&tokens, i, &pattern)) {
			return true;
		}
	}
	return false;
}

/* Words and sentences */

static bool check_signs(const char *text, char *reason)
{
	static const char unspoken[] = "<>[]/\\|*_^~#@=+$&`";
	const size_t at = strcspn(text, unspoken);
	const size_t digit = strcspn(text, "0123456789");

	if (text[at] != '\0') {
		(void)snprintf(reason, LINT_REASON_MAX, "the sign '%c' cannot be spoken", text[at]);
		return false;
	}
	if (text[digit] != '\0') {
		(void)snprintf(reason, LINT_REASON_MAX,
				"the digit '%c': figures come from the rules, write {seconds}, {count} "
				"or {target}, and other numbers as words (S228)",
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

/* A {placeholder} is a word: one figure. */
static bool check_sentences(const char *text, char *reason)
{
	size_t words = 0;
	bool inside = false;

	for (; *text != '\0'; text++) {
		const bool blank = *text == ' ' || *text == '-';
		words += !blank && !inside;
		inside = !blank;
		if (words > LINT_SENTENCE_WORDS) {
			(void)snprintf(reason, LINT_REASON_MAX,
					"a sentence has more than %d words: make two of it",
					LINT_SENTENCE_WORDS);
			return false;
		}
		const bool over = strchr(".!?;", *text) != NULL &&
				  (text[1] == ' ' || text[1] == '\0');
		words = over ? 0 : words;
	}
	return true;
}

bool lint_text(const char *text, char reason[static LINT_REASON_MAX])
{
	return check_signs(text, reason) && check_banned(text, reason) &&
	       check_sentences(text, reason);
}

/* The spine */

struct search {
	struct tokens tokens;
	struct list never;
};

static bool is_comma(const struct tokens *tokens, size_t i)
{
	return is(tokens, i, ",");
}

static bool is_end(const struct tokens *tokens, size_t i)
{
	return i >= tokens->count || is(tokens, i, ".");
}

/* The first token of the sentence that i stands in. */
static size_t sentence_of(const struct tokens *tokens, size_t i)
{
	while (i > 0 && !is(tokens, i - 1, ".")) {
		i--;
	}
	return i;
}

static bool is_determiner(const char *word)
{
	static const char *const words[] = { "the", "your", "their", "his", "her", "my", "a", "an",
		"any", "this", "that", "lower", "upper", "whole", "bare", "hip", "itself" };

	return is_in(word, (struct list)LIST(words));
}

/* "middle of your lower back" is where the spine is. */
static bool is_midline(const struct tokens *tokens, size_t i)
{
	static const char *const words[] = { "middle", "centre", "center" };

	if (!is_in(tokens->at[i], (struct list)LIST(words)) || !is(tokens, i + 1, "of")) {
		return false;
	}
	i += 2;
	while (i < tokens->count && is_determiner(tokens->at[i])) {
		i++;
	}
	return is(tokens, i, "back");
}

/* "on it", behind a mention in the same sentence. */
static bool is_pronoun(const struct tokens *tokens, size_t i)
{
	static const char *const words[] = { "on", "onto", "over", "upon" };

	return i > 0 && (is(tokens, i, "it") || is(tokens, i, "them")) &&
	       is_in(tokens->at[i - 1], (struct list)LIST(words));
}

static bool is_mention(const struct search *search, size_t i)
{
	static const char *const words[] = { "spine", "spines", "spinal", "spine's", "backbone",
		"vertebra", "vertebrae", "vertebral", "bony", "coccyx", "midline" };
	const char *word = search->tokens.at[i];

	return is_in(word, (struct list)LIST(words)) || is_in(word, search->never) ||
	       ends_with(word, "bone") || ends_with(word, "bones") ||
	       is_midline(&search->tokens, i);
}

static bool touches(const char *word)
{
	static const char *const stems[] = { "press", "push", "knead", "rub", "roll", "squeez",
		"lean", "massag", "strok", "glid", "slid", "circl", "dig", "appl", "work",
		"compress", "hold", "held", "touch", "tap", "strik", "place", "put", "lay",
		"weight", "load", "force", "pound", "poke", "prod", "pinch", "grind", "thumb",
		"knuckle", "fist", "heel", "palm", "finger", "hand", "elbow", "ball", "stick",
		"gun", "tool", "sweep", "walk", "move", "draw", "drag" };

	return begins_in(word, (struct list)LIST(stems));
}

static bool sentence_touches(const struct tokens *tokens, size_t i)
{
	for (i = sentence_of(tokens, i); !is_end(tokens, i); i++) {
		if (touches(tokens->at[i])) {
			return true;
		}
	}
	return false;
}

static bool is_negator(const char *word)
{
	static const char *const words[] = { "never", "not", "don't", "no", "without", "nothing",
		"neither", "nor", "avoid", "avoiding" };

	return is_in(word, (struct list)LIST(words));
}

/* Words that turn "do not press on the spine" into "press on it some other way", or round. */
static bool softens(const char *word)
{
	static const char *const words[] = { "too", "hard", "harder", "fast", "much", "long",
		"only", "just", "but", "then", "instead", "stop", "forget", "hesitate", "fail",
		"afraid", "worry", "shy", "mind", "leave", "lift", "miss", "skip", "until",
		"unless", "except", "before", "if", "when", "while", "without", "enough", "more",
		"less", "deep", "off", "away", "clear", "far" };
	const bool adverb = ends_with(word, "ly") && strcmp(word, "directly") != 0;

	return adverb || is_in(word, (struct list)LIST(words));
}

/* Whether what stands between a negator and the mention at end lets the negation through. */
static bool carries(const struct tokens *tokens, size_t negator, size_t end)
{
	for (size_t i = negator + 1; i < end; i++) {
		const bool split = is_comma(tokens, i) && !is(tokens, i + 1, "or") &&
				   !is(tokens, i + 1, "nor");
		const bool goes_on = is(tokens, i, "and") && touches(tokens->at[i + 1]);
		if (split || goes_on || softens(tokens->at[i]) || is_negator(tokens->at[i])) {
			return false;
		}
	}
	return true;
}

static bool is_negated(const struct tokens *tokens, size_t mention)
{
	const size_t first = sentence_of(tokens, mention);
	size_t negator = mention;

	do {
		if (negator == first) {
			return false;
		}
		negator--;
	} while (!is_negator(tokens->at[negator]));
	if (!carries(tokens, negator, mention)) {
		return false;
	}
	/* "don't avoid the spine" */
	for (size_t i = first; i < negator; i++) {
		if (is_negator(tokens->at[i]) && carries(tokens, i, negator)) {
			return false;
		}
	}
	/* "do not press on the spine too hard" */
	for (size_t i = mention + 1; !is_end(tokens, i) && !is_comma(tokens, i); i++) {
		if (softens(tokens->at[i])) {
			return false;
		}
	}
	return true;
}

/* The word before the mention that says how it is meant, or i itself where the sentence begins. */
static size_t word_before(const struct search *search, size_t i)
{
	const size_t first = sentence_of(&search->tokens, i);
	size_t at = i;

	while (at > first) {
		at--;
		const char *word = search->tokens.at[at];
		if (!is_determiner(word) && !is_mention(search, at)) {
			return at;
		}
	}
	return i;
}

/* Whether the words "first second" end at token i. */
static bool ends_pair(const struct tokens *tokens, size_t i, const char *const pair[static 2])
{
	return i > 0 && is(tokens, i - 1, pair[0]) && is(tokens, i, pair[1]);
}

/* "never stay off the spine", "avoid the spine until it is warm" */
static bool is_taken_back(const struct tokens *tokens, size_t i)
{
	static const char *const words[] = { "until", "unless", "except", "too" };

	if (is_negated(tokens, i)) {
		return true;
	}
	for (; !is_end(tokens, i); i++) {
		if (is_in(tokens->at[i], (struct list)LIST(words))) {
			return true;
		}
	}
	return false;
}

/* Whether the words that end at token i keep away from what follows: "beside", "off" ... */
static bool is_guard(const struct tokens *tokens, size_t i)
{
	static const char *const beside[] = { "beside", "alongside", "outside" };
	static const char *const beside_pairs[][2] = { { "next", "to" }, { "side", "of" },
		{ "sides", "of" } };
	static const char *const away[] = { "off", "avoid", "avoiding" };
	static const char *const away_pairs[][2] = { { "away", "from" }, { "clear", "of" },
		{ "far", "from" } };

	if (is_in(tokens->at[i], (struct list)LIST(beside))) {
		return true;
	}
	for (size_t k = 0; k < sizeof(beside_pairs) / sizeof(beside_pairs[0]); k++) {
		if (ends_pair(tokens, i, beside_pairs[k])) {
			return true;
		}
	}
	for (size_t k = 0; k < sizeof(away_pairs) / sizeof(away_pairs[0]); k++) {
		if (ends_pair(tokens, i, away_pairs[k])) {
			return !is_taken_back(tokens, i - 1);
		}
	}
	return is_in(tokens->at[i], (struct list)LIST(away)) && !is_taken_back(tokens, i);
}

static bool is_fine(const struct search *search, size_t i)
{
	const struct tokens *tokens = &search->tokens;
	static const char *const joins[] = { "and", "or", "nor" };

	if (is_negated(tokens, i) || !sentence_touches(tokens, i)) {
		return true;
	}
	size_t before = word_before(search, i);
	while (before < i && is_in(tokens->at[before], (struct list)LIST(joins))) {
		/* "off the spine and the bones": as the mention before */
		const bool comma = before > 0 && is_comma(tokens, before - 1);
		const size_t previous = before - comma;
		if (previous == 0 || !is_mention(search, previous - 1)) {
			return false;
		}
		i = previous - 1;
		before = word_before(search, i);
	}
	return before < i && is_guard(tokens, before);
}

bool lint_spine(const char *text, const char *const *never, size_t never_count,
		char reason[static LINT_REASON_MAX])
{
	struct search search = { .never = { never, never_count } };
	bool mentioned = false;

	tokenize(text, &search.tokens);
	for (size_t i = 0; i < search.tokens.count; i++) {
		const bool pronoun = mentioned && is_pronoun(&search.tokens, i);
		mentioned = !is_end(&search.tokens, i) && (mentioned || is_mention(&search, i));
		if ((pronoun || is_mention(&search, i)) && !is_fine(&search, i)) {
			(void)snprintf(reason, LINT_REASON_MAX,
					"no text may lead to pressing on \"%.30s\": say \"beside the "
					"spine\", \"off the spine\" or \"never on the spine\" (S223)",
					search.tokens.at[i]);
			return false;
		}
	}
	return true;
}
