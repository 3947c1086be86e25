/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
#include "ease/memory.h"
#include "ease/phrase.h"
#include "ease/text.h"

#include "test_load.h"

static const char speech[] = "speech:\n"
			     "  file: low\n"
			     "  rate: 160\n"
			     "  range: 35\n"
			     "  sentence-gap: 900ms\n"
			     "  gain: -1.5dB\n";

static const char lexicon[] = "petrissage: \"p,EtrIs'A:Z\"\n"
			      "spinae: \"sp'aIni:\"\n";

static const char words[] = "intents:\n"
			    "  stop: [stop, stop now]\n"
			    "  rating:\n"
			    "    0: [zero]\n"
			    "    10: [ten, pressure ten]\n"
			    "  \"yes\": [\"yes\"]\n"
			    "  start:\n"
			    "    slow-breath: [start breathing]\n"
			    "    lower-back: [start back]\n"
			    "  ask: {oil: [which oil]}\n"
			    "contexts:\n"
			    "  touch: [stop, pressure *]\n"
			    "  rating: [stop, rating]\n"
			    "  yesno: [stop, \"yes\"]\n"
			    "  own: [stop now, ten]\n"
			    "  idle: [stop, start]\n"
			    "  paused: [stop, ask]\n"
			    "thresholds:\n"
			    "  default: {accept: 0.5, doubt: 0.4}\n"
			    "  stop: {accept: 0.3, doubt: 0.2}\n"
			    "dictionary:\n"
			    "  stop: S T AA P\n"
			    "  now: N AW\n"
			    "  zero: [Z IH R OW, Z IY R OW]\n"
			    "  ten: T EH N\n"
			    "  pressure: P R EH SH ER\n"
			    "  \"yes\": Y EH S\n"
			    "  start: S T AA R T\n"
			    "  breathing: B R IY DH IH NG\n"
			    "  back: B AE K\n"
			    "  which: W IH CH\n"
			    "  oil: OY L\n";

/* Every phrase, but for one that gets another text. */
static void write_phrases(struct world *world, enum phrase other, const char *line)
{
	static char text[20000];
	size_t used = 0;

	for (size_t i = 0; i < PHRASE_COUNT; i++) {
		const int added = i == (size_t)other ? snprintf(text + used, sizeof(text) - used,
								       "%s", line)
						     : snprintf(text + used, sizeof(text) - used,
								       "%s: Words.\n",
								       phrase_key((enum phrase)i));
		used += (size_t)added;
	}
	world_write(world, "en/phrases.yaml", text);
}

static const char answers[] = "answers:\n  oil: {say: Almond oil., then: light}\n";

static int make(void **state)
{
	world_make(state);
	struct world *world = *state;
	world_write(world, "en/low.yaml", speech);
	world_write(world, "en/low", "name low\n");
	world_write(world, "en/lexicon.yaml", lexicon);
	world_write(world, "en/words.yaml", words);
	world_write(world, "en/answers.yaml", answers);
	write_phrases(world, PHRASE_COUNT, "");
	return 0;
}

static enum status load(struct world *world, const struct voice **voice)
{
	*voice = NULL;
	return voice_load(world->arena, world->folder, "low", voice, &world->diag);
}

static void reads_how_it_speaks(void **state)
{
	struct world *world = *state;
	const struct voice *voice;

	assert_int_equal(load(world, &voice), STATUS_OK);
	assert_string_equal(voice->speech.name, "low");
	assert_string_equal(voice->speech.voice_path, world_path(world, "en/low"));
	assert_int_equal(voice->speech.rate_wpm, 160);
	assert_int_equal(voice->speech.pitch_range, 35);
	assert_int_equal(voice->speech.sentence_gap_ms, 900);
	assert_true(voice->speech.gain_db == -1.5);
	assert_int_equal(voice->speech.lexicon_count, 2);
	assert_string_equal(voice->speech.lexicon[1].word, "spinae");
	assert_string_equal(voice->speech.lexicon[1].phonemes, "sp'aIni:");
	assert_int_equal(voice->phrase_count, PHRASE_COUNT);
	assert_string_equal(voice->phrases[PHRASE_HELP], "Words.");
	assert_int_equal(voice_load(world->arena, world->folder, "en/low", &voice, &world->diag),
			STATUS_OK);
}

static void reads_what_it_hears(void **state)
{
	const struct voice *voice;

	assert_int_equal(load(*state, &voice), STATUS_OK);
	const struct vocabulary *heard = &voice->vocabulary;
	assert_int_equal(heard->phrase_count, 9);
	assert_string_equal(heard->phrases[1].text, "stop now");
	assert_int_equal(heard->phrases[1].intent, INTENT_STOP);
	assert_int_equal(heard->phrases[1].value, -1);
	assert_int_equal(heard->phrases[3].intent, INTENT_RATING);
	assert_int_equal(heard->phrases[3].value, 10);
	assert_int_equal(heard->phrases[7].intent, INTENT_START);
	assert_int_equal(heard->phrases[7].value, 1);
	assert_int_equal(heard->session_count, 2);
	assert_string_equal(heard->sessions[1], "lower-back");
	assert_int_equal(heard->topic_count, 1);
	assert_string_equal(heard->topics[0], "oil");
	assert_int_equal(heard->dictionary_count, 12);
	assert_string_equal(heard->dictionary[3].word, "zero");
	assert_string_equal(heard->dictionary[3].phonemes, "Z IY R OW");
	assert_true(heard->thresholds[INTENT_STOP].accept == 0.3);
	assert_true(heard->thresholds[INTENT_RATING].doubt == 0.4);
}

static void contexts_stand_in_their_order(void **state)
{
	static const char *const names[] = { "touch", "rating", "yesno", "idle", "paused", "own" };
	static const size_t counts[] = { 3, 5, 3, 4, 3, 2 };
	const struct voice *voice;

	assert_int_equal(load(*state, &voice), STATUS_OK);
	const struct vocabulary *heard = &voice->vocabulary;
	assert_int_equal(heard->context_count, 6);
	for (size_t i = 0; i < 6; i++) {
		assert_string_equal(heard->contexts[i].name, names[i]);
		assert_int_equal(heard->contexts[i].phrase_count, counts[i]);
	}
	const uint16_t *touch = heard->contexts[CONTEXT_TOUCH].phrases;
	assert_string_equal(heard->phrases[touch[2]].text, "pressure ten");
	const uint16_t *own = heard->contexts[5].phrases;
	assert_string_equal(heard->phrases[own[0]].text, "stop now");
	assert_string_equal(heard->phrases[own[1]].text, "ten");
}

struct change {
	const char *find;
	const char *by;
	const char *reason;
};

static void refuses_all(struct world *world, const char *name, const char *text,
		const struct change *changes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct voice *voice;
		char *changed = replaced(text, changes[i].find, changes[i].by);
		world_write(world, name, changed);
		assert_int_equal(load(world, &voice), STATUS_BAD_DATA);
		assert_null(voice);
		assert_reason(world, changes[i].reason);
		free(changed);
	}
}

static void refuses_bad_speech(void **state)
{
	static const struct change changes[] = {
		{ "file: low", "file: high",
				"en/low.yaml:2:9: there is no eSpeak voice file \"high\" beside "
				"this file" },
		{ "file: low", "file: ../low",
				"en/low.yaml:2:9: file: \"../low\" is no name: a lower case letter, then "
				"at most 39 lower case letters, digits and \"-\"" },
		{ "rate: 160", "rate: 129",
				"en/low.yaml:3:9: rate: 129 is outside 130 to 220 words a minute" },
		{ "rate: 160", "rate: 221",
				"en/low.yaml:3:9: rate: 221 is outside 130 to 220 words a minute" },
		{ "range: 35", "range: 101", "en/low.yaml:4:10: range: 101 is outside 0 to 100" },
		{ "900ms", "5001ms", "en/low.yaml:5:17: sentence-gap: 5001ms is outside 0s to 5s" },
		{ "-1.5dB", "13dB", "en/low.yaml:6:9: gain: 13dB is outside -20dB to 12dB" },
		{ "speech:", "speechh:",
				"en/low.yaml:1:1: unknown key \"speechh\", did you mean \"speech\"?; "
				"known: speech" },
	};

	refuses_all(*state, "en/low.yaml", speech, changes, sizeof(changes) / sizeof(changes[0]));
}

static void refuses_a_bad_lexicon(void **state)
{
	static const struct change changes[] = {
		{ "spinae:", "Spinae:",
				"en/lexicon.yaml:2:1: \"Spinae\" is no word: lower case letters and "
				"apostrophes only" },
		{ "sp'aIni:", "[[x]]",
				"en/lexicon.yaml:2:9: \"[[x]]\" are no phoneme mnemonics of eSpeak" },
		{ "sp'aIni:", "a b",
				"en/lexicon.yaml:2:9: \"a b\" are no phoneme mnemonics of eSpeak" },
	};

	refuses_all(*state, "en/lexicon.yaml", lexicon, changes,
			sizeof(changes) / sizeof(changes[0]));
}

static void refuses_bad_words(void **state)
{
	static const struct change changes[] = {
		{ "  stop: [stop", "  stopx: [stop",
				"en/words.yaml:2:3: unknown key \"stopx\", did you mean \"stop\"?" },
		{ "stop now]", "Stop now]",
				"en/words.yaml:2:16: \"Stop now\" is no phrase: lower case words only" },
		{ "stop now]", "stop then]",
				"en/words.yaml:2:16: \"then\" does not stand in the dictionary" },
		{ "10: [ten", "11: [ten",
				"en/words.yaml:5:5: unknown key \"11\", did you mean \"10\"?; known: 0, "
				"1, 2, 3, 4, 5, 6, 7, 8, 9, 10" },
		{ "lower-back: [", "Lower: [",
				"en/words.yaml:9:5: key: \"Lower\" is no name: a lower case letter, "
				"then at most 39 lower case letters, digits and \"-\"" },
		{ "[stop, rating]", "[stop, ratings]",
				"en/words.yaml:13:18: unknown intent or phrase \"ratings\", did you mean "
				"\"rating\"?" },
		{ "[stop, rating]", "[rating]",
				"en/words.yaml:13:3: the context \"rating\" must hear \"stop\"" },
		{ "  yesno: [stop, \"yes\"]\n", "",
				"en/words.yaml:12:3: the context \"yesno\" is missing" },
		{ "0: [zero]", "0: [zero, ten]",
				"en/words.yaml:5:10: \"ten\" means two things in the context \"rating\": "
				"it stands in line 4" },
		{ "accept: 0.3, doubt: 0.2", "accept: 0.3, doubt: 0.4",
				"en/words.yaml:20:30: doubt: must not be above accept" },
		{ "accept: 0.3, doubt: 0.2", "accept: 0.3",
				"en/words.yaml:20:9: the key \"doubt\" is missing" },
		{ "  default: {accept: 0.5, doubt: 0.4}\n", "",
				"en/words.yaml:19:3: the threshold of \"rating\" is missing" },
		{ "T EH N", "T EH X", "en/words.yaml:25:8: ten: \"X\" is no phone of ARPAbet" },
		{ "  oil:", "  o1l:",
				"en/words.yaml:32:3: \"o1l\" is no word: lower case letters only" },
		{ "dictionary:", "dictionaryy:",
				"en/words.yaml:21:1: unknown key \"dictionaryy\", did you mean "
				"\"dictionary\"?; known: intents, contexts, thresholds, dictionary, "
				"adaptation" },
		{ "dictionary:", "adaptation: none.mllr\ndictionary:",
				"en/words.yaml:21:13: there is no MLLR transform \"none.mllr\" beside "
				"this file" },
		{ "dictionary:", "adaptation: lexicon.yaml\ndictionary:",
				"en/words.yaml:21:13: \"lexicon.yaml\" is no MLLR transform of one "
				"class and 3 streams of 13, as tests/listen/adapt.py writes it" },
	};

	refuses_all(*state, "en/words.yaml", words, changes, sizeof(changes) / sizeof(changes[0]));
}

static void refuses_bad_phrases(void **state)
{
	struct world *world = *state;
	const struct voice *voice;

	write_phrases(world, PHRASE_HELP, "");
	assert_int_equal(load(world, &voice), STATUS_BAD_DATA);
	assert_reason(world, "en/phrases.yaml:1:1: the key \"help\" is missing");
	write_phrases(world, PHRASE_LEFT, "left: Words.\nhelpp: Words.\n");
	assert_int_equal(load(world, &voice), STATUS_BAD_DATA);
	assert_reason(world, "en/phrases.yaml:2:1: unknown key \"helpp\", did you mean \"help\"?");
	write_phrases(world, PHRASE_LEFT, "left: A {word} and a {wordd}.\n");
	assert_int_equal(load(world, &voice), STATUS_BAD_DATA);
	assert_reason(world,
			"en/phrases.yaml:1:7: unknown placeholder; known here: {target} "
			"{ceiling} {title} {value} {other} {minutes} {seconds} {count} {side} {area} "
			"{word} {emergency}, and the figures of the rules, ease-script(5)");
	write_phrases(world, PHRASE_LEFT, "left: \"Unclosed {word\"\n");
	assert_int_equal(load(world, &voice), STATUS_BAD_DATA);
	write_phrases(world, PHRASE_LEFT, "left: Push through.\n");
	assert_int_equal(load(world, &voice), STATUS_BAD_DATA);
	assert_reason(world, "en/phrases.yaml:1:7: \"push through\" is never said (S224)");
}

static int32_t sign_of(const struct vocabulary *vocabulary, const char *text)
{
	for (size_t i = 0; i < vocabulary->phrase_count; i++) {
		const struct heard_phrase *phrase = &vocabulary->phrases[i];
		if (phrase->intent == INTENT_PAIN && strcmp(phrase->text, text) == 0) {
			return phrase->value;
		}
	}
	return -1;
}

static void every_session_can_be_started_by_voice(void **state)
{
	struct world *world = *state;
	const struct vocabulary *vocabulary = world_vocabulary(world);
	const struct session_entry *sessions = NULL;
	size_t count = 0;

	assert_int_equal(script_list(world->arena, SCRIPTS, &sessions, &count, &world->diag),
			STATUS_OK);
	assert_true(count > 20);
	for (size_t i = 0; i < count; i++) {
		size_t k = 0;
		while (k < vocabulary->session_count &&
				strcmp(vocabulary->sessions[k], sessions[i].name) != 0) {
			k++;
		}
		if (k == vocabulary->session_count) {
			fail_msg("\"start\" does not know %s", sessions[i].name);
		}
	}
}

/* S152-S157: what a person would say, in every place where it can be heard. */
static void every_sign_can_be_said(void **state)
{
	static const struct {
		const char *text;
		enum sign sign;
	} said[] = {
		{ "ouch", SIGN_HURT },
		{ "sharp pain", SIGN_SHARP },
		{ "numb", SIGN_NUMB },
		{ "tingling", SIGN_NUMB },
		{ "my skin is red", SIGN_SKIN },
		{ "it's swollen", SIGN_SKIN },
		{ "it's bruised", SIGN_SKIN },
		{ "my skin changed", SIGN_SKIN },
		{ "shooting pain", SIGN_LEG },
		{ "sharp pain down my leg", SIGN_LEG },
		{ "my leg is numb", SIGN_LEG },
		{ "my leg is tingling", SIGN_LEG },
		{ "dizzy", SIGN_BODY },
		{ "short of breath", SIGN_BODY },
		{ "my chest hurts", SIGN_BODY },
		{ "i feel weak", SIGN_BODY },
	};
	struct world *world = *state;
	const struct voice *voice;

	assert_int_equal(voice_load(world->arena, VOICES, "calm-warm", &voice, &world->diag),
			STATUS_OK);
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		assert_int_equal(sign_of(&voice->vocabulary, said[i].text), said[i].sign);
	}
}

static void reads_what_it_answers(void **state)
{
	struct world *world = *state;
	const struct voice *voice;

	assert_int_equal(load(world, &voice), STATUS_OK);
	assert_string_equal(voice->answers[0].topic, "oil");
	assert_string_equal(voice->answers[0].say, "Almond oil.");
	assert_int_equal(voice->answers[0].outcome, OUTCOME_LIGHT);
	world_write(world, "en/answers.yaml", "answers:\n  oil: Almond oil.\n");
	assert_int_equal(load(world, &voice), STATUS_OK);
	assert_int_equal(voice->answers[0].outcome, OUTCOME_NEXT);
	assert_int_equal(voice->answers[0].facts, 0);
	world_write(world, "en/answers.yaml",
			"answers: {oil: {say: No., then: light, fact: [pregnant, side-lying]}}\n");
	assert_int_equal(load(world, &voice), STATUS_OK);
	assert_int_equal(voice->answers[0].facts,
			fact_bit(FACT_PREGNANT) | fact_bit(FACT_SIDE_LYING));
	world_write(world, "en/answers.yaml",
			"answers: {oil: {say: No., then: light, fact: skin}}\n");
	assert_int_equal(load(world, &voice), STATUS_OK);
	assert_int_equal(voice->answers[0].facts, fact_bit(FACT_SKIN));
}

/* As assert_reason(), of which only the beginning matters. */
static void assert_begins(struct world *world, const char *wanted)
{
	char got[600];

	diag_string(&world->diag, got, sizeof(got));
	assert_int_equal(strncmp(got + strlen(world->folder) + 1, wanted, strlen(wanted)), 0);
}

static void refuses_bad_answers(void **state)
{
	static const char long_answer[] =
			"answers:\n  oil: This is said. This is said. This is said. This is said. This "
			"is said. This is said. This is said. This is said. This is said. This is "
			"said. This is said. This is said.\n";
	static const struct {
		const char *text;
		const char *reason;
	} bad[] = {
		{ "answers: {heat: No.}\n",
				"en/answers.yaml:1:11: unknown topic \"heat\"; known: oil" },
		{ "answers: {oil: {say: No., then: go}}\n",
				"en/answers.yaml:1:33: unknown outcome \"go\"; known: next, light, "
				"side-lying, advise, urgent" },
		{ "answers: {oil: {say: No., then: light, fact: first}}\n",
				"en/answers.yaml:1:46: unknown fact \"first\"; known: side-lying, "
				"condition, pregnant, skin" },
		{ "answers: {oil: {say: No., fact: skin}}\n",
				"en/answers.yaml:1:33: fact: needs \"then\", so that it is kept" },
		{ "answers: {oil: 5 drops.}\n", "en/answers.yaml:1:16: the digit '5'" },
		{ "answers: {oil: About {target}.}\n", "en/answers.yaml:1:" },
		{ "answers: {oil: \"About {target}.\"}\n",
				"en/answers.yaml:1:16: unknown placeholder; known here: {oils}, and "
				"the figures of the rules, ease-script(5)" },
		{ long_answer, "en/answers.yaml:2:8: an answer of 36 words: at most 35 are borne by "
			       "who listens (S187)" },
	};
	struct world *world = *state;
	const struct voice *voice;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		world_write(world, "en/answers.yaml", bad[i].text);
		assert_int_equal(load(world, &voice), STATUS_BAD_DATA);
		assert_begins(world, bad[i].reason);
	}
	char *two = replaced(words, "  ask: {oil: [which oil]}",
			"  ask: {oil: [which oil], heat: "
			"[oil]}");
	world_write(world, "en/words.yaml", two);
	world_write(world, "en/answers.yaml", answers);
	assert_int_equal(load(world, &voice), STATUS_BAD_DATA);
	assert_reason(world, "en/answers.yaml:2:3: answers: \"heat\" can be asked, but has no "
			     "answer");
	free(two);
}

static void stop_signs_take_half_a_minute(void **state)
{
	struct world *world = *state;
	const struct voice *voice;
	char line[800] = "stop_signs_before_deep: ";

	for (size_t i = 0; i < 30; i++) {
		strcat(line, "Stop for sharp pain. ");
	}
	strcat(line, "\n");
	write_phrases(world, PHRASE_STOP_SIGNS_BEFORE_DEEP, line);
	assert_int_equal(load(world, &voice), STATUS_BAD_DATA);
	assert_non_null(strstr(world->diag.message, "at most 30 s are allowed (S163)"));
}

static void names_stay_in_their_folder(void **state)
{
	static const char *const names[] = { "", "/", "..", "en/", "/low", "../en/low", "en/../low",
		"en//low", "Low", "en/low.yaml" };
	struct world *world = *state;
	const struct voice *voice = NULL;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(voice_load(world->arena, world->folder, names[i], &voice,
						 &world->diag),
				STATUS_BAD_DATA);
	}
	assert_int_equal(voice_load(world->arena, world->folder, "none", &voice, &world->diag),
			STATUS_NOT_FOUND);
	assert_int_equal(voice_load(world->arena, world->folder, "de/low", &voice, &world->diag),
			STATUS_NOT_FOUND);
	assert_null(voice);
}

/* The shipped voice says what the safety rules promise. */
static void the_shipped_voice_is_whole(void **state)
{
	struct world *world = *state;
	const struct voice *voice = NULL;

	if (voice_load(world->arena, VOICES, "calm-warm", &voice, &world->diag) != STATUS_OK) {
		fail_msg("%s:%d: %s", world->diag.path, world->diag.line, world->diag.message);
	}
	assert_string_equal(voice->phrases[PHRASE_STOPPING], "Stopping. Lift your hands away.");
	assert_true(text_duration_ms(voice->phrases[PHRASE_STOP_SIGNS_BEFORE_DEEP]) <= 30000);
	assert_non_null(strstr(voice->phrases[PHRASE_URGENT], "emergency room"));
	assert_non_null(strstr(voice->phrases[PHRASE_MEDICAL], "{emergency}"));
	assert_non_null(strstr(voice->phrases[PHRASE_MEDICAL_NOW], "Call {emergency} now"));
	assert_non_null(strstr(voice->phrases[PHRASE_URGENT], "Call a doctor now, or go to an "
							      "emergency room"));
	assert_string_equal(voice->phrases[PHRASE_EMERGENCY], "the emergency number");
	/* S134: "lighter" within a second, so it is the first word */
	assert_ptr_equal(strstr(voice->phrases[PHRASE_RATING_HIGH], "Lighter"),
			voice->phrases[PHRASE_RATING_HIGH]);
	assert_ptr_equal(strstr(voice->phrases[PHRASE_LIGHTER], "Lighter"),
			voice->phrases[PHRASE_LIGHTER]);
	assert_int_equal(voice->speech.rate_wpm, 160);
	assert_int_equal(voice->speech.sentence_gap_ms, 900);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, world_remove)

static bool hears(const struct vocabulary *vocabulary, const struct heard_context *context,
		enum intent intent)
{
	for (size_t i = 0; i < context->phrase_count; i++) {
		if (vocabulary->phrases[context->phrases[i]].intent == intent) {
			return true;
		}
	}
	return false;
}

/* S221: what everybody may want at any time. Where nothing runs there is nothing to skip. */
static void every_context_hears_the_controls(void **state)
{
	static const enum intent wanted[] = { INTENT_STOP, INTENT_PAUSE, INTENT_LOUDER,
		INTENT_QUIETER, INTENT_NEXT, INTENT_HOW_LONG };
	const struct vocabulary *vocabulary = world_vocabulary(*state);

	for (size_t i = 0; i < vocabulary->context_count; i++) {
		const struct heard_context *context = &vocabulary->contexts[i];
		for (size_t k = 0; k < sizeof(wanted) / sizeof(wanted[0]); k++) {
			const bool idle = i == CONTEXT_IDLE &&
					  (wanted[k] == INTENT_PAUSE || wanted[k] == INTENT_NEXT ||
							  wanted[k] == INTENT_HOW_LONG);
			const bool paused = i == CONTEXT_PAUSED && wanted[k] == INTENT_PAUSE;
			if (!idle && !paused && !hears(vocabulary, context, wanted[k])) {
				fail_msg("%s is not heard in the context %s",
						intent_name(wanted[k]), context->name);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_how_it_speaks),
		TEST(reads_what_it_hears),
		TEST(contexts_stand_in_their_order),
		TEST(refuses_bad_speech),
		TEST(refuses_a_bad_lexicon),
		TEST(refuses_bad_words),
		TEST(refuses_bad_phrases),
		TEST(every_sign_can_be_said),
		TEST(every_session_can_be_started_by_voice),
		TEST(every_context_hears_the_controls),
		TEST(reads_what_it_answers),
		TEST(refuses_bad_answers),
		TEST(stop_signs_take_half_a_minute),
		TEST(names_stay_in_their_folder),
		TEST(the_shipped_voice_is_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
