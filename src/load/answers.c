/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/answers.h"

#include "ease/memory.h"
#include "load/field.h"
#include "load/spoken.h"

#include <stdio.h>
#include <string.h>

#define ANSWERS_MAX 16

/* What may be an answer; everything else that can be heard is a command, and the engine's. */
static const char *const answer_names[] = { "yes", "no", "not_sure", "ready", "found", "easing",
	"rating", "length", "silence" };

#define ANSWER_KINDS (sizeof(answer_names) / sizeof(answer_names[0]))

struct reading {
	struct steps *steps;
	struct step *step;
	struct answer *answers;
	size_t count;
};

/* Reads a number of at most two digits; NULL when there is none. */
static const char *scan_rating(const char *text, int32_t *out)
{
	const size_t digits = strspn(text, "0123456789");

	if (digits == 0 || digits > 2) {
		return NULL;
	}
	*out = 0;
	for (size_t i = 0; i < digits; i++) {
		*out = *out * 10 + (text[i] - '0');
	}
	return text + digits;
}

/* " 0-4", " 7" or nothing, behind the word "rating". */
static void read_values(
		struct source *source, const struct node *key, const char *text, struct range *out)
{
	struct range values = { 0, RATING_MAX };

	if (*text == ' ') {
		text = scan_rating(text + 1, &values.min);
		values.max = values.min;
		if (text != NULL && *text == '-') {
			text = scan_rating(text + 1, &values.max);
		}
	}
	if (text == NULL || *text != '\0' || values.min > values.max || values.max > RATING_MAX) {
		tree_refuse(source, key,
				"\"%.40s\" is no answer: write \"rating 0-4\" or \"rating 7\", from 0 to "
				"%d",
				key->text, RATING_MAX);
	}
	*out = values;
}

/* "choice left": one of the voice's, where it is known. */
static void read_choice_key(struct reading *reading, const struct node *key, struct answer *out)
{
	const struct vocabulary *vocabulary = reading->steps->vocabulary;
	size_t choice = 0;

	out->intent = INTENT_CHOICE;
	out->word = key->text + strlen("choice ");
	if (vocabulary != NULL) {
		choice = field_index(out->word, vocabulary->choices, vocabulary->choice_count);
	}
	if (vocabulary != NULL && choice == vocabulary->choice_count) {
		const struct node at = {
			.line = key->line, .column = key->column, .text = out->word
		};
		field_refuse_word(reading->steps->source, &at, "choice", vocabulary->choices,
				vocabulary->choice_count);
	}
	out->values = (struct range){ (int32_t)choice, (int32_t)choice };
}

/* "yes", "rating 0-4", "choice left" */
static void read_key(struct reading *reading, const struct node *key, struct answer *out)
{
	static const char rating[] = "rating";
	static const char silence[] = "silence";
	struct source *source = reading->steps->source;

	if (strncmp(key->text, "choice ", strlen("choice ")) == 0) {
		read_choice_key(reading, key, out);
		return;
	}

	if (strncmp(key->text, rating, sizeof(rating) - 1) == 0) {
		out->intent = INTENT_RATING;
		read_values(source, key, key->text + sizeof(rating) - 1, &out->values);
		return;
	}
	if (source->status != STATUS_OK) {
		return;
	}
	if (strcmp(key->text, silence) == 0) {
		out->intent = INTENT_NONE;
	} else if (field_index(key->text, answer_names, ANSWER_KINDS) == ANSWER_KINDS) {
		field_refuse_word(source, key, "answer", answer_names, ANSWER_KINDS);
	} else {
		out->intent = intent_from_name(key->text);
	}
}

static void check_heard(
		struct reading *reading, const struct node *key, const struct answer *answer)
{
	const struct vocabulary *vocabulary = reading->steps->vocabulary;

	if (vocabulary == NULL || reading->steps->source->status != STATUS_OK ||
			answer->intent == INTENT_NONE) {
		return;
	}
	const struct heard_context *context = &vocabulary->contexts[reading->step->context];
	for (size_t i = 0; i < context->phrase_count; i++) {
		if (vocabulary->phrases[context->phrases[i]].intent == answer->intent) {
			return;
		}
	}
	tree_refuse(reading->steps->source, key, "\"%.40s\" cannot be heard in the context \"%s\"",
			key->text, context->name);
}

/* Double keys are refused before; "rating 0-4" beside "rating 3" is the same mistake. */
static void check_double(
		struct reading *reading, const struct node *key, const struct answer *answer)
{
	for (size_t i = 0; i < reading->count; i++) {
		const struct answer *other = &reading->answers[i];
		if (other->intent == INTENT_RATING && answer->intent == INTENT_RATING &&
				other->values.min <= answer->values.max &&
				answer->values.min <= other->values.max) {
			tree_refuse(reading->steps->source, key,
					"\"%.40s\" shares a number with another answer", key->text);
		}
	}
}

static void add_jump(struct reading *reading, const struct node *node, struct answer *answer)
{
	struct steps *steps = reading->steps;
	struct jump *jump = tree_array(steps->source, 1, sizeof(*jump));

	if (jump == NULL) {
		return;
	}
	*jump = (struct jump){
		.answer = answer,
		.name = node->text + strlen("go "),
		.step = steps->count - 1,
		.origin = { steps->source->path, node },
		.next = steps->jumps,
	};
	steps->jumps = jump;
	answer->outcome = OUTCOME_GOTO;
}

static void read_outcome(struct reading *reading, const struct node *node, struct answer *answer)
{
	struct source *source = reading->steps->source;
	const char *names[OUTCOME_COUNT];

	if (node == NULL) {
		return;
	}
	field_kind(source, node, NODE_TEXT);
	if (source->status != STATUS_OK) {
		return;
	}
	if (strncmp(node->text, "go ", 3) == 0 && field_is_name(node->text + 3)) {
		add_jump(reading, node, answer);
		return;
	}
	for (size_t i = 0; i < OUTCOME_COUNT; i++) {
		names[i] = outcome_name((enum outcome)i);
	}
	names[OUTCOME_GOTO] = "go NAME";
	const size_t outcome = field_index(node->text, names, OUTCOME_COUNT);
	if (outcome == OUTCOME_COUNT) {
		field_refuse_word(source, node, "outcome", names, OUTCOME_COUNT);
	} else if (outcome == OUTCOME_GOTO) {
		tree_refuse(source, node, "then: \"go NAME\" needs the name of a step");
	} else {
		answer->outcome = (enum outcome)outcome;
	}
}

/* What holds from here on. Who says that nothing is new passes the screening by it, so that only
 * who was screened before may be asked (S38). */
static void read_fact(struct reading *reading, const struct node *node, struct answer *answer)
{
	struct source *source = reading->steps->source;
	const char *names[FACT_COUNT - FACT_ANSWERED];
	size_t place = 0;

	for (size_t i = 0; i < FACT_COUNT - FACT_ANSWERED; i++) {
		names[i] = fact_name((enum fact)(FACT_ANSWERED + i));
	}
	field_word(source, node, names, FACT_COUNT - FACT_ANSWERED, &place);
	const enum fact fact = (enum fact)(FACT_ANSWERED + place);
	answer->facts |= source->status == STATUS_OK ? fact_bit(fact) : 0;
	if (fact == FACT_REFUSED) {
		tree_refuse(source, node, "fact: write \"then: refuse\", which makes it hold");
	} else if (fact == FACT_UNCHANGED && (reading->step->when != fact_bit(FACT_CLEAN) ||
							     answer->intent != INTENT_NO)) {
		tree_refuse(source, node,
				"fact: only the \"no\" of a question with \"when: %s\" makes "
				"\"%s\" hold (S38)",
				fact_name(FACT_CLEAN), fact_name(FACT_UNCHANGED));
	}
}

/* One fact, or a list of them. */
static void read_facts(struct reading *reading, const struct node *node, struct answer *answer)
{
	struct source *source = reading->steps->source;

	if (node == NULL || source->status != STATUS_OK) {
		return;
	}
	if (node->kind != NODE_LIST) {
		read_fact(reading, node, answer);
		return;
	}
	field_many(source, node, NODE_LIST, FACT_COUNT);
	const struct node *item = source->status == STATUS_OK ? node->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		read_fact(reading, item, answer);
	}
}

/* "{say: ..., then: ..., fact: ...}", or the outcome alone. */
static void read_answer(struct reading *reading, const struct node *node)
{
	static const struct field fields[] = { { "say", false }, { "then", false },
		{ "fact", false } };
	struct source *source = reading->steps->source;
	struct answer *answer = &reading->answers[reading->count];
	const struct node *at[3] = { NULL, node, NULL };

	read_key(reading, node->key, answer);
	check_heard(reading, node->key, answer);
	check_double(reading, node->key, answer);
	if (source->status == STATUS_OK && node->kind != NODE_TEXT) {
		field_map(source, node, fields, 3, at);
	}
	read_facts(reading, at[2], answer);
	spoken_text(source, at[0], SPOKEN_ANSWER, reading->steps->kind, &answer->say);
	read_outcome(reading, at[1], answer);
	reading->count++;
}

/* The answer that is written text, or count. */
static size_t answer_called(const struct node *map, const char *text)
{
	size_t i = 0;

	for (const struct node *item = map->first; item != NULL; item = item->next) {
		if (strcmp(item->key->text, text) == 0) {
			break;
		}
		i++;
	}
	return i;
}

static size_t read_choice(struct source *source, const struct node *map, const struct node *node)
{
	field_kind(source, node, NODE_TEXT);
	if (source->status != STATUS_OK) {
		return 0;
	}
	const size_t i = answer_called(map, node->text);
	if (i == map->count) {
		tree_refuse(source, node, "%s: \"%.40s\" is not one of the answers",
				node->key->text, node->text);
		return 0;
	}
	return i;
}

static bool answers(const struct reading *reading, enum intent intent, int32_t value)
{
	for (size_t i = 0; i < reading->count; i++) {
		const struct answer *answer = &reading->answers[i];
		if (answer->intent == intent &&
				(intent != INTENT_RATING ||
						(value >= answer->values.min &&
								value <= answer->values.max))) {
			return true;
		}
	}
	return false;
}

/* A question of yes and no, or for a number, must know what to do with each of them. */
static void check_complete(struct reading *reading, const struct node *map)
{
	struct source *source = reading->steps->source;
	const bool yes = answers(reading, INTENT_YES, 0);
	const bool no = answers(reading, INTENT_NO, 0);

	if (reading->step->context == CONTEXT_YESNO && yes != no) {
		tree_refuse(source, map, "answers: \"%s\" is missing", yes ? "no" : "yes");
	}
	for (int32_t value = 0; reading->step->context == CONTEXT_RATING && value <= RATING_MAX;
			value++) {
		if (!answers(reading, INTENT_RATING, value)) {
			tree_refuse(source, map, "answers: no rating covers %d", value);
		}
	}
}

/* In silence a question must come to an end. */
static void check_silence(struct reading *reading, const struct node *node)
{
	const enum outcome outcome = reading->answers[reading->step->unanswered].outcome;

	/* "louder" ends by itself, because loudness does */
	if (outcome == OUTCOME_AGAIN) {
		tree_refuse(reading->steps->source, node,
				"unanswered: \"%s\" would ask for ever, choose an answer that goes on",
				outcome_name(outcome));
	}
	for (size_t i = 0; i < reading->count; i++) {
		if (reading->answers[i].intent == INTENT_NONE && i != reading->step->unanswered) {
			tree_refuse(reading->steps->source, node,
					"unanswered: there is an answer \"silence\", so write "
					"\"unanswered: silence\"");
		}
	}
}

void answers_read(struct steps *steps, struct step *step, const struct answer_nodes *nodes)
{
	struct source *source = steps->source;
	struct reading reading = { .steps = steps, .step = step };

	if (source->status == STATUS_OK) {
		field_many(source, nodes->answers, NODE_MAP, ANSWERS_MAX);
	}
	if (source->status != STATUS_OK) {
		return;
	}
	reading.answers = tree_array(source, nodes->answers->count, sizeof(*reading.answers));
	if (reading.answers == NULL) {
		return;
	}
	const struct node *item = nodes->answers->first;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		read_answer(&reading, item);
	}
	check_complete(&reading, nodes->answers);
	step->answers = reading.answers;
	step->answer_count = reading.count;
	step->unanswered = read_choice(source, nodes->answers, nodes->unanswered);
	if (source->status == STATUS_OK) {
		check_silence(&reading, nodes->unanswered);
	}
	if (nodes->screened != NULL) {
		const size_t screened = read_choice(source, nodes->answers, nodes->screened);
		step->screened = source->status == STATUS_OK ? reading.answers[screened].intent
							     : INTENT_NONE;
	}
}

/* What answers do */

bool answers_refuses(enum outcome outcome)
{
	return outcome == OUTCOME_REFUSE || outcome == OUTCOME_ADVISE || outcome == OUTCOME_URGENT;
}

bool answers_guard(const struct step *step)
{
	if (step->kind == STEP_REHEARSE || step->store == STORE_CEILING) {
		return true;
	}
	for (size_t i = 0; i < step->answer_count; i++) {
		const enum outcome outcome = step->answers[i].outcome;
		if (answers_refuses(outcome) || outcome == OUTCOME_LIGHT ||
				outcome == OUTCOME_AVOID || outcome == OUTCOME_CLEARANCE) {
			return true;
		}
	}
	return false;
}

const struct answer *answers_find(const struct step *step, enum intent intent)
{
	for (size_t i = 0; i < step->answer_count; i++) {
		if (step->answers[i].intent == intent) {
			return &step->answers[i];
		}
	}
	return NULL;
}

/* "go NAME" */

static size_t step_called(const struct steps *steps, const char *name)
{
	char left[64];

	/* the first side of a pair answers to the name of both */
	(void)snprintf(left, sizeof(left), "%s-left", name);
	for (size_t i = 0; i < steps->count; i++) {
		if (strcmp(steps->step[i].name, name) == 0 ||
				strcmp(steps->step[i].name, left) == 0) {
			return i;
		}
	}
	return steps->count;
}

static bool is_unanswered(const struct step *step, const struct answer *answer)
{
	return &step->answers[step->unanswered] == answer;
}

void answers_resolve(struct steps *steps)
{
	for (struct jump *jump = steps->jumps; jump != NULL; jump = jump->next) {
		const size_t target = step_called(steps, jump->name);
		if (steps->source->status != STATUS_OK) {
			return;
		}
		if (target == steps->count) {
			steps_refuse_name(steps, &jump->origin, jump->name);
		} else if (target == jump->step) {
			steps_refuse(steps, &jump->origin,
					"then: to ask once more, write \"again\"");
		} else if (target < jump->step && steps->step[target].kind != STEP_ASK) {
			steps_refuse(steps, &jump->origin,
					"then: \"go %s\" leads back, and only a question may be gone back "
					"to",
					jump->name);
		} else if (target < jump->step &&
				is_unanswered(&steps->step[jump->step], jump->answer)) {
			steps_refuse(steps, &jump->origin,
					"then: silence would lead back to \"%s\" for ever",
					jump->name);
		} else {
			jump->answer->go = target;
		}
	}
}
