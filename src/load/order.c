/* SPDX-License-Identifier: GPL-3.0-or-later */
/* order.c - what is an order in an English text, and whether it can be followed with eyes closed.
 */
#include "load/lint.h"

#include "load/tokens.h"

#include <stdio.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

const char *const lint_verbs[] = { "agree", "aim", "allow", "arrive", "ask", "avoid", "be", "begin",
	"bend", "breathe", "bring", "call", "change", "check", "choose", "circle", "clasp", "clear",
	"close", "come", "cool", "count", "cup", "draw", "drink", "ease", "end", "feel", "find",
	"finish", "float", "fold", "follow", "get", "give", "glide", "go", "grow", "have", "help",
	"hold", "hug", "imagine", "join", "keep", "knead", "kneel", "know", "lay", "lean", "leave",
	"let", "lie", "lift", "listen", "look", "loosen", "lower", "make", "mind", "move", "notice",
	"open", "pause", "place", "point", "practise", "press", "pull", "push", "put", "raise",
	"reach", "relax", "release", "remember", "repeat", "rest", "return", "roll", "rotate",
	"rub", "say", "see", "set", "shake", "shift", "show", "sink", "sit", "slide", "smooth",
	"soften", "spread", "squeeze", "stand", "start", "stay", "step", "stop", "stretch",
	"stroke", "support", "swing", "switch", "take", "tell", "thank", "tighten", "tilt", "tip",
	"trace", "travel", "try", "turn", "use", "wait", "walk", "warm", "watch", "wrap" };

const size_t lint_verb_count = COUNT(lint_verbs);

/* Who is spoken to, in sessions for two. */
static const char *const roles[] = { "giver", "receiver", "both" };

/* What may stand before the verb. */
static const char *const leads[] = { "and", "again", "also", "first", "gently", "just", "next",
	"now", "or", "please", "slowly", "then" };

/* What puts something else first: "with the tone, press". */
static const char *const fronts[] = { "after", "another", "as", "at", "before", "during", "for",
	"from", "in", "on", "once", "should", "this", "to", "until", "when", "whenever", "where",
	"while", "with", "without", "unless" };

static const char *const places[] = { "area", "back", "belly", "calf", "chest", "foot", "glutes",
	"heel", "hip", "hips", "knee", "knees", "leg", "legs", "neck", "ribs", "sacrum", "shoulder",
	"shoulders", "spine", "thigh", "thighs", "waist" };

/* How anything is done (S224, S225), by the beginnings of the words. */
static const char *const manners[] = { "calm", "gentl", "light", "slow", "stead" };

static bool is_verb(const char *word)
{
	return word_is_in(word, (struct word_list){ lint_verbs, lint_verb_count });
}

/* Whether "Giver," or the like stands at token i. */
static bool is_role_at(const struct tokens *tokens, size_t i)
{
	return word_is_in(tokens->at[i], (struct word_list)WORD_LIST(roles)) &&
	       tokens_is_comma(tokens, i + 1);
}

/* The first token behind the one who is spoken to, and behind "now" and the like. */
static size_t begin(const struct tokens *tokens)
{
	size_t i = 0;

	while (is_role_at(tokens, i)) {
		i += 2;
	}
	while (word_is_in(tokens->at[i], (struct word_list)WORD_LIST(leads))) {
		i++;
	}
	return i;
}

/* "Press", "never press", "do not press" */
static bool is_order_at(const struct tokens *tokens, size_t i)
{
	return is_verb(tokens->at[i]) || tokens_is(tokens, i, "never") ||
	       tokens_is(tokens, i, "don't") ||
	       (tokens_is(tokens, i, "do") && tokens_is(tokens, i + 1, "not"));
}

/* Whether a verb comes late: "with the tone, press", "steadily press". */
static bool is_late(const struct tokens *tokens, size_t first)
{
	if (word_ends_with(tokens->at[first], "ly")) {
		return is_verb(tokens->at[first + 1]);
	}
	for (size_t i = first; !tokens_is_end(tokens, i) &&
			       word_is_in(tokens->at[first], (struct word_list)WORD_LIST(fronts));
			i++) {
		if (tokens_is_comma(tokens, i) && is_order_at(tokens, i + 1)) {
			return true;
		}
	}
	return false;
}

static void read_sentence(struct tokens *tokens, const struct sentence *sentence)
{
	char text[TOKENS_BYTES_MAX];

	(void)snprintf(text, sizeof(text), "%.*s", (int)sentence->length, sentence->at);
	tokens_read(tokens, text);
}

bool lint_orders(const char *text, char reason[static LINT_REASON_MAX])
{
	struct sentence sentence;
	struct tokens tokens;

	while (lint_sentence(&text, &sentence)) {
		read_sentence(&tokens, &sentence);
		const size_t first = begin(&tokens);
		if (sentence.question) {
			continue;
		}
		if (is_order_at(&tokens, first) && sentence.words > LINT_ORDER_WORDS) {
			(void)snprintf(reason, LINT_REASON_MAX,
					"\"%.*s ...\" is an order of %zu words, %d at the most: "
					"make two sentences of it",
					lint_quote(&sentence), sentence.at, sentence.words,
					LINT_ORDER_WORDS);
			return false;
		}
		if (is_late(&tokens, first)) {
			(void)snprintf(reason, LINT_REASON_MAX,
					"\"%.*s ...\" is an order: put its verb first, as in "
					"\"press slowly with the tone\"",
					lint_quote(&sentence), sentence.at);
			return false;
		}
	}
	return true;
}

struct guidance lint_guidance(const char *text)
{
	struct guidance guidance = {
		.side = strstr(text, "{side}") != NULL || lint_says(text, "both") ||
			lint_says(text, "either side") || lint_says(text, "each side"),
		.length = strstr(text, "{seconds}") != NULL || strstr(text, "{count}") != NULL,
	};
	struct sentence sentence;
	struct tokens tokens;

	while (lint_sentence(&text, &sentence)) {
		read_sentence(&tokens, &sentence);
		for (size_t i = 0; !tokens_is_end(&tokens, i); i++) {
			guidance.manner = guidance.manner ||
					  word_begins_in(tokens.at[i],
							  (struct word_list)WORD_LIST(manners));
			guidance.place = guidance.place ||
					 word_is_in(tokens.at[i],
							 (struct word_list)WORD_LIST(places));
		}
		guidance.action = guidance.action ||
				  (!sentence.question && is_order_at(&tokens, begin(&tokens)));
	}
	return guidance;
}

bool lint_names_role(const char *text)
{
	struct tokens tokens;

	tokens_read(&tokens, text);
	return is_role_at(&tokens, 0);
}
