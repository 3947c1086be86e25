/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spine.c - no text may lead hands onto the spine, bone, ribs or kidneys. Each mention of them
 * needs a reason to be fine, because ways to say "press" cannot all be listed: a guard before it
 * ("beside"), a negation, or a sentence that can only be about health or posture.
 */
#include "load/lint.h"
#include "load/tokens.h"

#include <stdio.h>
#include <string.h>

struct search {
	struct tokens tokens;
	struct word_list never;
};

/* Words */

static bool is_determiner(const char *word)
{
	static const char *const words[] = { "the", "your", "their", "his", "her", "my", "a", "an",
		"any", "this", "that", "lower", "upper", "lowest", "whole", "bare", "hip", "itself",
		"two", "both", "long" };

	return word_is_in(word, (struct word_list)WORD_LIST(words));
}

static size_t skip_determiners(const struct tokens *tokens, size_t i)
{
	while (i < tokens->count && is_determiner(tokens->at[i])) {
		i++;
	}
	return i;
}

/* "middle of your lower back", "centre line", "between the two long muscles": where the spine is.
 */
static bool is_midline(const struct tokens *tokens, size_t i)
{
	static const char *const middles[] = { "middle", "centre", "center", "mid" };
	static const char *const lines[] = { "line", "ridge", "groove" };
	static const char *const links[] = { "of", "down", "along", "in" };
	const char *word = tokens->at[i];

	if (strcmp(word, "between") == 0) {
		const size_t noun = skip_determiners(tokens, i + 1);
		return tokens_is(tokens, noun, "muscles");
	}
	if (!word_is_in(word, (struct word_list)WORD_LIST(middles)) || i + 1 >= tokens->count) {
		return false;
	}
	if (word_is_in(tokens->at[i + 1], (struct word_list)WORD_LIST(lines))) {
		return true;
	}
	return word_is_in(tokens->at[i + 1], (struct word_list)WORD_LIST(links)) &&
	       tokens_is(tokens, skip_determiners(tokens, i + 2), "back");
}

/* Bony places that also mark where a stroke begins or ends. */
static bool is_landmark(const char *word)
{
	static const char *const words[] = { "rib", "ribs", "ribcage", "sacrum" };

	return word_is_in(word, (struct word_list)WORD_LIST(words));
}

static bool is_mention(const struct search *search, size_t i)
{
	static const char *const words[] = { "spine", "spines", "spinal", "spine's", "vertebra",
		"vertebrae", "vertebral", "bony", "coccyx", "midline", "centreline", "centerline",
		"sacral", "kidney", "kidneys", "knob", "knobs", "ridge", "groove", "furrow" };
	const char *word = search->tokens.at[i];

	return word_is_in(word, (struct word_list)WORD_LIST(words)) || is_landmark(word) ||
	       word_is_in(word, search->never) || word_ends_with(word, "bone") ||
	       word_ends_with(word, "bones") || is_midline(&search->tokens, i);
}

static bool touches(const char *word)
{
	static const char *const stems[] = { "press", "push", "knead", "rub", "roll", "squeez",
		"lean", "massag", "strok", "glid", "slid", "circl", "dig", "appl", "work",
		"compress", "hold", "held", "touch", "tap", "strik", "place", "put", "lay",
		"weight", "load", "force", "pound", "poke", "prod", "pinch", "grind", "thumb",
		"knuckle", "fist", "heel", "palm", "finger", "hand", "elbow", "ball", "stick",
		"gun", "tool", "sweep", "walk", "draw", "drag", "bear", "sink", "step", "stand",
		"travel", "cross", "climb", "rest", "settle", "begin", "start" };

	return word_begins_in(word, (struct word_list)WORD_LIST(stems));
}

static bool sentence_touches(const struct tokens *tokens, size_t i)
{
	for (i = tokens_sentence(tokens, i); !tokens_is_end(tokens, i); i++) {
		if (touches(tokens->at[i])) {
			return true;
		}
	}
	return false;
}

/* "it" and "them" */

/* Something that hands may be on, so that "it" means that from here on. */
static bool names_another(const struct tokens *tokens, size_t i)
{
	static const char *const things[] = { "muscle", "muscles", "spot", "spots", "knot", "knots",
		"place", "places", "point", "area", "side", "sides", "hip", "hips", "waist",
		"thigh", "leg", "legs", "knee", "knees", "heel", "ball", "roller", "stick", "gun",
		"towel", "cushion", "pillow", "chair", "wall", "floor", "fist", "palm", "palms",
		"thumb", "thumbs", "hand", "hands", "knuckle", "knuckles", "skin", "tone", "number",
		"pressure" };

	return word_is_in(tokens->at[i], (struct word_list)WORD_LIST(things));
}

/* "on it", "on to it", "press it": the thing before is what is worked on. */
static bool is_pronoun(const struct tokens *tokens, size_t i)
{
	static const char *const onto[] = { "on", "onto", "over", "upon", "across", "along", "into",
		"down", "up", "through", "against" };

	if (i == 0 || !(tokens_is(tokens, i, "it") || tokens_is(tokens, i, "them"))) {
		return false;
	}
	const char *before = tokens->at[i - 1];
	const bool on_to = i > 1 && strcmp(before, "to") == 0 && tokens_is(tokens, i - 2, "on");

	return on_to || touches(before) || word_is_in(before, (struct word_list)WORD_LIST(onto));
}

/* Negation */

static bool is_negator(const char *word)
{
	static const char *const words[] = { "never", "not", "don't", "no", "without", "nothing",
		"neither", "nor", "avoid", "avoiding" };

	return word_is_in(word, (struct word_list)WORD_LIST(words));
}

/* Words that turn "do not press on the spine" into "press on it some other way", or round. */
static bool softens(const char *word)
{
	static const char *const words[] = { "too", "hard", "harder", "fast", "much", "long",
		"only", "just", "but", "then", "instead", "stop", "forget", "hesitate", "fail",
		"afraid", "worry", "shy", "mind", "leave", "lift", "miss", "skip", "until",
		"unless", "except", "before", "if", "when", "while", "without", "enough", "more",
		"less", "deep", "off", "away", "clear", "far" };
	const bool adverb = word_ends_with(word, "ly") && strcmp(word, "directly") != 0;

	return adverb || word_is_in(word, (struct word_list)WORD_LIST(words));
}

/* Whether what stands between a negator and the mention at end lets the negation through. */
static bool carries(const struct tokens *tokens, size_t negator, size_t end)
{
	for (size_t i = negator + 1; i < end; i++) {
		const bool split = tokens_is_comma(tokens, i) && !tokens_is(tokens, i + 1, "or") &&
				   !tokens_is(tokens, i + 1, "nor");
		const bool goes_on = tokens_is(tokens, i, "and") && touches(tokens->at[i + 1]);
		if (split || goes_on || softens(tokens->at[i]) || is_negator(tokens->at[i])) {
			return false;
		}
	}
	return true;
}

static bool is_negated(const struct tokens *tokens, size_t mention)
{
	const size_t first = tokens_sentence(tokens, mention);
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
	for (size_t i = mention + 1; !tokens_is_end(tokens, i) && !tokens_is_comma(tokens, i);
			i++) {
		if (softens(tokens->at[i])) {
			return false;
		}
	}
	return true;
}

/* Guards */

/* The word before the mention that says how it is meant, or i itself where the sentence begins. */
static size_t word_before(const struct search *search, size_t i)
{
	const size_t first = tokens_sentence(&search->tokens, i);
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
	return i > 0 && tokens_is(tokens, i - 1, pair[0]) && tokens_is(tokens, i, pair[1]);
}

static bool ends_one_of(
		const struct tokens *tokens, size_t i, const char *const (*pairs)[2], size_t count)
{
	for (size_t k = 0; k < count; k++) {
		if (ends_pair(tokens, i, pairs[k])) {
			return true;
		}
	}
	return false;
}

/* "never stay off the spine", "avoid the spine until it is warm" */
static bool is_taken_back(const struct tokens *tokens, size_t i)
{
	static const char *const words[] = { "until", "unless", "except", "too" };

	if (is_negated(tokens, i)) {
		return true;
	}
	for (; !tokens_is_end(tokens, i); i++) {
		if (word_is_in(tokens->at[i], (struct word_list)WORD_LIST(words))) {
			return true;
		}
	}
	return false;
}

/* Whether the words that end at token i keep away from what follows: "beside", "off" ... */
static bool is_guard(const struct tokens *tokens, size_t i)
{
	static const char *const beside[] = { "beside", "alongside", "outside", "involves",
		"involving" };
	static const char *const beside_pairs[][2] = { { "next", "to" }, { "side", "of" },
		{ "sides", "of" }, { "left", "of" }, { "right", "of" }, { "outside", "of" } };
	static const char *const away[] = { "off", "avoid", "avoiding" };
	static const char *const away_pairs[][2] = { { "away", "from" }, { "clear", "of" },
		{ "far", "from" } };

	if (word_is_in(tokens->at[i], (struct word_list)WORD_LIST(beside)) ||
			ends_one_of(tokens, i, beside_pairs,
					sizeof(beside_pairs) / sizeof(beside_pairs[0]))) {
		return true;
	}
	if (ends_one_of(tokens, i, away_pairs, sizeof(away_pairs) / sizeof(away_pairs[0]))) {
		return !is_taken_back(tokens, i - 1);
	}
	return word_is_in(tokens->at[i], (struct word_list)WORD_LIST(away)) &&
	       !is_taken_back(tokens, i);
}

/* "from the lower ribs", "down to the sacrum" */
static bool marks_place(const struct tokens *tokens, size_t i)
{
	static const char *const words[] = { "from", "below", "above" };
	static const char *const pairs[][2] = { { "up", "to" }, { "down", "to" },
		{ "back", "to" } };

	return word_is_in(tokens->at[i], (struct word_list)WORD_LIST(words)) ||
	       ends_one_of(tokens, i, pairs, sizeof(pairs) / sizeof(pairs[0]));
}

static bool is_guarded(const struct search *search, size_t i)
{
	static const char *const joins[] = { "and", "or", "nor" };
	const struct tokens *tokens = &search->tokens;
	size_t before = word_before(search, i);

	if (before < i && is_landmark(tokens->at[i]) && marks_place(tokens, before)) {
		return true;
	}
	while (before < i && word_is_in(tokens->at[before], (struct word_list)WORD_LIST(joins))) {
		/* "off the spine and the bones": as the mention before */
		const bool comma = before > 0 && tokens_is_comma(tokens, before - 1);
		const size_t previous = before - comma;
		if (previous == 0 || !is_mention(search, previous - 1)) {
			return false;
		}
		i = previous - 1;
		before = word_before(search, i);
	}
	return before < i && is_guard(tokens, before);
}

/* Sentences that lead no hand anywhere */

/* "Do you have a broken rib?" */
static bool is_health_question(const struct tokens *tokens, size_t i)
{
	static const char *const openings[] = { "have", "has", "had", "do", "does", "did", "is",
		"are", "was", "were", "or" };
	const size_t first = tokens_sentence(tokens, i);

	while (!tokens_is_end(tokens, i)) {
		i++;
	}
	return tokens_is(tokens, i, "?") && !sentence_touches(tokens, first) &&
	       word_is_in(tokens->at[first], (struct word_list)WORD_LIST(openings));
}

static bool says_soon(const struct tokens *tokens, size_t i, struct word_list list)
{
	for (size_t k = 1; k <= 2 && !tokens_is_end(tokens, i + k); k++) {
		if (word_is_in(tokens->at[i + k], list)) {
			return true;
		}
	}
	return false;
}

/* "Let your spine be long", "feel your ribs widen" */
static bool is_posture(const struct search *search, size_t i)
{
	static const char *const verbs[] = { "let", "keep", "feel", "notice" };
	static const char *const shapes[] = { "long", "tall", "straight", "neutral", "lengthen",
		"widen", "expand", "rise", "fall", "move" };
	const size_t before = word_before(search, i);

	return before < i && !sentence_touches(&search->tokens, i) &&
	       word_is_in(search->tokens.at[before], (struct word_list)WORD_LIST(verbs)) &&
	       says_soon(&search->tokens, i, (struct word_list)WORD_LIST(shapes));
}

/* "If you meet bone, shift outwards", "the spine stays free" */
static bool is_left(const struct search *search, size_t i)
{
	static const char *const meetings[] = { "meet", "feel", "find", "reach" };
	static const char *const leaves[] = { "shift", "lift", "stop", "leave", "outwards" };
	static const char *const stays[] = { "stays", "remains", "is", "are", "stay", "remain" };
	static const char *const frees[] = { "free", "untouched", "alone" };
	const struct tokens *tokens = &search->tokens;
	const size_t before = word_before(search, i);
	bool leaves_it = false;

	if (is_taken_back(tokens, i)) {
		return false;
	}
	if (says_soon(tokens, i, (struct word_list)WORD_LIST(stays)) &&
			says_soon(tokens, i, (struct word_list)WORD_LIST(frees))) {
		return true;
	}
	if (before == i || before < 2 || !tokens_is(tokens, before - 1, "you") ||
			!(tokens_is(tokens, before - 2, "if") ||
					tokens_is(tokens, before - 2, "when")) ||
			!word_is_in(tokens->at[before], (struct word_list)WORD_LIST(meetings))) {
		return false;
	}
	for (; !tokens_is_end(tokens, i); i++) {
		if (is_negator(tokens->at[i])) {
			return false;
		}
		leaves_it = leaves_it ||
			    word_is_in(tokens->at[i], (struct word_list)WORD_LIST(leaves));
	}
	return leaves_it;
}

/* "the groove beside the spine" is judged where it says "spine". */
static bool is_told_later(const struct tokens *tokens, size_t i)
{
	return tokens_is(tokens, i, "groove") && tokens_is(tokens, i + 1, "beside");
}

static bool is_fine(const struct search *search, size_t i)
{
	const struct tokens *tokens = &search->tokens;

	return is_negated(tokens, i) || is_guarded(search, i) || is_health_question(tokens, i) ||
	       is_posture(search, i) || is_left(search, i) || is_told_later(tokens, i);
}

bool lint_spine(const char *text, const char *const *never, size_t never_count,
		char reason[static LINT_REASON_MAX])
{
	struct search search = { .never = { never, never_count } };
	bool here = false; /* named in this sentence */
	bool last = false; /* or before, and nothing else since */

	tokens_read(&search.tokens, text);
	for (size_t i = 0; i < search.tokens.count; i++) {
		const bool mention = is_mention(&search, i);
		const bool pronoun = (here || last) && is_pronoun(&search.tokens, i);
		if ((pronoun && !is_negated(&search.tokens, i)) ||
				(mention && !is_fine(&search, i))) {
			(void)snprintf(reason, LINT_REASON_MAX,
					"no text may lead to pressing on \"%.30s\": say \"beside the "
					"spine\", \"off the spine\" or \"never on the spine\" (S223)",
					search.tokens.at[i]);
			return false;
		}
		here = !tokens_is_end(&search.tokens, i) && (here || mention);
		last = mention || (last && !names_another(&search.tokens, i));
	}
	return true;
}

/* Rest */

bool lint_rest(const char *text, char reason[static LINT_REASON_MAX])
{
	static const char *const words[] = { "press", "presses", "pressing", "knead", "kneads",
		"kneading", "rub", "rubs", "rubbing", "stroke", "strokes", "stroking", "dig",
		"digs", "digging", "massaging", "squeeze", "squeezing", "pinch", "pinching" };
	static const char *const owners[] = { "your", "the", "each", "both", "it", "them" };
	struct tokens tokens;

	tokens_read(&tokens, text);
	for (size_t i = 0; i < tokens.count; i++) {
		const bool massage =
				tokens_is(&tokens, i, "massage") &&
				word_is_in(tokens.at[i + 1], (struct word_list)WORD_LIST(owners));
		if ((massage || word_is_in(tokens.at[i], (struct word_list)WORD_LIST(words))) &&
				!is_negated(&tokens, i)) {
			(void)snprintf(reason, LINT_REASON_MAX,
					"\"%.30s\" is touch, and a relaxation has none (S1)",
					tokens.at[i]);
			return false;
		}
	}
	return true;
}
