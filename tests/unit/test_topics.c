/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
/* test_topics.c - what the shipped coach answers, with its figures, and that it can be asked
 * (S187-S210). */
#include "ease/text.h"

#include "test_load.h"

#define WORDS_MOST 35

struct golden {
	const char *topic;
	const char *texts[6]; /* parts of the answer, in their order */
};

static const struct golden golden[] = {
	{ "before", { "firm and comfortable", "warm cloth", "5 to 10 minutes", "little oil" } },
	{ "pressure", { "Start gently", "2 to 3", "slowly", "sharpens or runs down a leg",
				      "say stop", "medical advice" } },
	{ "effective", { "Yes, for mild soreness", "eases tension", "move", "ball or a roller" } },
	{ "avoid", { "fracture, recent surgery, a blood clot", "open wound",
				   "rash, bruise or swelling",
				   "osteoporosis or a heart condition, ask your doctor" } },
	{ "how-often", { "5 to 15 minutes, 1 to 2 times a day", "steady" } },
	{ "techniques", { "circles", "kneading beside the spine", "towards the heart",
					"slow and controlled" } },
	{ "professional", { "severe", "injury", "worse", "more than 2 weeks",
					  "numbness or weakness" } },
	{ "oil", { "sweet almond, grapeseed or fractionated coconut oil", "without scent",
				 "patch" } },
	{ "room", { "70 to 75 degrees Fahrenheit" } },
	{ "heat", { "5 to 10 minutes before", "10 to 15 minutes after",
				  "Never on open or numb skin" } },
	{ "never-press", { "Never press directly on the spine or on bone" } },
	{ "effleurage", { "long, light gliding strokes" } },
	{ "kneading", { "lifting, rolling and squeezing" } },
	{ "trigger-point", { "tender knot" } },
	{ "friction", { "across the fibres" } },
	{ "why", { "muscle tension", "more blood", "move more freely" } },
	{ "muscles", { "erector spinae", "multifidus", "quadratus lumborum", "each side",
				     "glutes" } },
	{ "warning-signs", { "down a leg", "weak leg", "bladder or bowel", "Fever, dizziness",
					   "chest pain", "Say stop" } },
	{ "lying", { "on your side with your knees bent", "your right side" } },
	{ "massage-gun", { "with care", "lowest setting", "never on the spine" } },
	{ "blood-thinners", { "light" } },
	{ "pregnant", { "midwife or doctor before any deep massage", "light",
				      "on your right side" } },
	{ "sore", { "Mild soreness", "cool pack", "48 hours", "health professional" } },
	{ "causes", { "lifting", "sudden move", "overuse", "sits and stands", "cannot tell" } },
	{ "doctor", { "history", "examine", "only if needed", "physical therapy, medicine" } },
	{ "else", { "posture", "stretching", "core", "glutes", "moving", "rest" } },
	{ "read-more", { "National Health Service", "American Academy of Family Physicians" } },
	{ "other", { "cannot answer that", "doctor or a pharmacist" } },
};

#define GOLDEN (sizeof(golden) / sizeof(golden[0]))

static const struct voice *shipped(struct world *world)
{
	(void)world_vocabulary(world);
	return world->voice;
}

static size_t words_of(const char *text)
{
	size_t count = 0;

	for (const char *c = text; *c != '\0'; c += strspn(c, " -")) {
		c += strcspn(c, " -");
		count++;
	}
	return count;
}

static void check(const struct voice *voice, const struct voice_answer *answer,
		const struct golden *expected)
{
	const struct text_args args = { .measure = MEASURE_IMPERIAL };
	char text[TEXT_MAX];

	assert_string_equal(answer->topic, expected->topic);
	assert_int_equal(text_render(answer->say, &args, voice->phrases, text, sizeof(text)),
			STATUS_OK);
	if (words_of(text) > WORDS_MOST) {
		fail_msg("%s: %zu words", answer->topic, words_of(text));
	}
	const char *at = text;
	for (size_t i = 0; at != NULL && i < 6 && expected->texts[i] != NULL; i++) {
		at = strstr(at, expected->texts[i]);
		if (at == NULL) {
			fail_msg("%s: \"%s\" misses \"%s\"", answer->topic, text,
					expected->texts[i]);
		}
	}
}

static void answers_with_what_the_guide_says(void **state)
{
	const struct voice *voice = shipped(*state);

	assert_int_equal(voice->vocabulary.topic_count, GOLDEN);
	for (size_t i = 0; i < GOLDEN; i++) {
		check(voice, &voice->answers[i], &golden[i]);
	}
}

/* S195 in Celsius */
static void answers_in_either_measure(void **state)
{
	const struct voice *voice = shipped(*state);
	const struct text_args args = { .measure = MEASURE_METRIC };
	char text[TEXT_MAX];

	assert_int_equal(text_render("Keep it at {room} {degrees}.", &args, voice->phrases, text,
					 sizeof(text)),
			STATUS_OK);
	assert_string_equal(text, "Keep it at 21 to 24 degrees Celsius.");
}

/* S204: more than an answer. */
/* S202-S204: who is not to lie face down, and who is not to be touched firmly. */
static void some_answers_change_the_plan(void **state)
{
	const struct voice *voice = shipped(*state);

	for (size_t i = 0; i < voice->vocabulary.topic_count; i++) {
		const bool light = strcmp(voice->answers[i].topic, "pregnant") == 0 ||
				   strcmp(voice->answers[i].topic, "blood-thinners") == 0;
		const bool side = strcmp(voice->answers[i].topic, "lying") == 0;
		const enum outcome other = side ? OUTCOME_SIDE_LYING : OUTCOME_NEXT;
		assert_int_equal(voice->answers[i].outcome, light ? OUTCOME_LIGHT : other);
	}
}

static bool hears_topics(const struct vocabulary *words, enum context context)
{
	const struct heard_context *heard = &words->contexts[context];
	size_t count = 0;

	for (size_t i = 0; i < heard->phrase_count; i++) {
		count += words->phrases[heard->phrases[i]].intent == INTENT_ASK;
	}
	return count >= GOLDEN;
}

static void can_be_asked_when_paused_and_idle(void **state)
{
	const struct vocabulary *words = world_vocabulary(*state);

	assert_true(hears_topics(words, CONTEXT_PAUSED));
	assert_true(hears_topics(words, CONTEXT_IDLE));
	assert_false(hears_topics(words, CONTEXT_TOUCH));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(answers_with_what_the_guide_says),
		TEST(answers_in_either_measure),
		TEST(some_answers_change_the_plan),
		TEST(can_be_asked_when_paused_and_idle),
	};
	return cmocka_run_group_tests_name("topics", tests, NULL, NULL);
}
