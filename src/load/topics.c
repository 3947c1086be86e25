/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load/topics.h"

#include "ease/memory.h"
#include "ease/script.h"
#include "load/field.h"
#include "load/lint.h"
#include "load/spoken.h"

#include <string.h>

#define TOPICS_MAX 64

static const enum outcome outcomes[] = { OUTCOME_NEXT, OUTCOME_LIGHT, OUTCOME_SIDE_LYING,
	OUTCOME_ADVISE, OUTCOME_URGENT };

/* What somebody can say of themselves by asking. */
static const enum fact facts[] = { FACT_SIDE_LYING, FACT_CONDITION, FACT_PREGNANT, FACT_SKIN };

#define OUTCOMES (sizeof(outcomes) / sizeof(outcomes[0]))
#define FACTS (sizeof(facts) / sizeof(facts[0]))

static void read_outcome(struct source *source, const struct node *node, int32_t *out)
{
	const char *names[OUTCOMES];

	if (node == NULL) {
		return;
	}
	for (size_t i = 0; i < OUTCOMES; i++) {
		names[i] = outcome_name(outcomes[i]);
	}
	field_kind(source, node, NODE_TEXT);
	if (source->status != STATUS_OK) {
		return;
	}
	const size_t found = field_index(node->text, names, OUTCOMES);
	if (found == OUTCOMES) {
		field_refuse_word(source, node, "outcome", names, OUTCOMES);
		return;
	}
	*out = (int32_t)outcomes[found];
}

static void read_fact(struct source *source, const struct node *node, uint32_t *out)
{
	const char *names[FACTS];
	size_t place = 0;

	for (size_t i = 0; i < FACTS; i++) {
		names[i] = fact_name(facts[i]);
	}
	field_word(source, node, names, FACTS, &place);
	*out |= source->status == STATUS_OK ? fact_bit(facts[place]) : 0;
}

/* One fact, or a list of them. */
static void read_facts(struct source *source, const struct node *node, struct voice_answer *answer)
{
	if (node == NULL || source->status != STATUS_OK) {
		return;
	}
	if (answer->outcome == OUTCOME_NEXT) {
		tree_refuse(source, node, "fact: needs \"then\", so that it is kept");
		return;
	}
	if (node->kind != NODE_LIST) {
		read_fact(source, node, &answer->facts);
		return;
	}
	field_many(source, node, NODE_LIST, FACTS);
	const struct node *item = source->status == STATUS_OK ? node->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		read_fact(source, item, &answer->facts);
	}
}

/* A text, or "{say: ..., then: ..., fact: ...}". */
static void read_answer(struct source *source, const struct node *node, struct voice_answer *answer)
{
	static const struct field fields[] = { { "say", true }, { "then", false },
		{ "fact", false } };
	const struct node *at[3] = { node, NULL, NULL };

	field_name(source, node->key, &answer->topic);
	if (source->status == STATUS_OK && node->kind != NODE_TEXT) {
		field_map(source, node, fields, 3, at);
	}
	answer->outcome = OUTCOME_NEXT;
	spoken_text(source, at[0], SPOKEN_TOPIC, SESSION_TOUCH, &answer->say);
	read_outcome(source, at[1], &answer->outcome);
	read_facts(source, at[2], answer);
	if (source->status == STATUS_OK && lint_words(answer->say) > TOPIC_WORDS) {
		tree_refuse(source, at[0],
				"an answer of %zu words: at most %d are borne by who listens (S187)",
				lint_words(answer->say), TOPIC_WORDS);
	}
}

static size_t topic_of(const struct vocabulary *vocabulary, const char *name)
{
	size_t i = 0;

	while (i < vocabulary->topic_count && strcmp(vocabulary->topics[i], name) != 0) {
		i++;
	}
	return i;
}

static void check_all_answered(struct source *source, const struct node *map,
		const struct vocabulary *vocabulary, const struct voice_answer *answers)
{
	for (size_t i = 0; i < vocabulary->topic_count && source->status == STATUS_OK; i++) {
		if (answers[i].say == NULL) {
			tree_refuse(source, map, "answers: \"%s\" can be asked, but has no answer",
					vocabulary->topics[i]);
		}
	}
}

void topics_read(struct source *source, const char *path, const struct vocabulary *vocabulary,
		const struct voice_answer **out)
{
	static const struct field fields[] = { { "answers", true } };
	const struct node *at[1] = { NULL };
	struct voice_answer *answers = tree_array(source, TOPICS_MAX, sizeof(*answers));
	const struct node *root = tree_read(source, path);
	size_t count = 0;

	if (root == NULL || answers == NULL) {
		return;
	}
	field_map(source, root, fields, 1, at);
	field_many(source, at[0], NODE_MAP, TOPICS_MAX);
	const struct node *item = source->status == STATUS_OK ? at[0]->first : NULL;
	for (; item != NULL && source->status == STATUS_OK; item = item->next) {
		const size_t place = vocabulary != NULL ? topic_of(vocabulary, item->key->text)
							: count++;
		if (vocabulary != NULL && place == vocabulary->topic_count) {
			field_refuse_word(source, item->key, "topic", vocabulary->topics,
					vocabulary->topic_count);
			return;
		}
		read_answer(source, item, &answers[place]);
	}
	if (vocabulary != NULL) {
		check_all_answered(source, at[0], vocabulary, answers);
	}
	*out = answers;
}
