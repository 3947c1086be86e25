/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
#include "test_load.h"

/* A question whose "yes" leads somewhere else. */
#define QUICK(outcome)                                                 \
	"  - ask: quick\n    say: Quick?\n    answers: {yes: " outcome \
	", no: next}\n    unanswered: no\n"

/* A short session with everything in it: parts, both kinds of questions, rehearsals, sides. */
static const char good[] = "session: day\n"
			   "title: a day\n"
			   "about: One line.\n"
			   "kind: touch\n"
			   "who: self\n"
			   "short: true\n"
			   "steps:\n"
			   "  - part: start\n"
			   "  - ask: limit\n"
			   "    say: How much?\n"
			   "    context: rating\n"
			   "    store: ceiling\n"
			   "    screened: not_sure\n"
			   "    answers:\n"
			   "      rating 0-6: {say: \"{value}.\", then: next}\n"
			   "      rating 7-10: again\n"
			   "      not_sure: {then: go rehearse-number}\n"
			   "    unanswered: not_sure\n"
			   "  - rehearse: number\n"
			   "    say: A number.\n"
			   "  - rehearse: stop\n"
			   "    say: Say stop.\n"
			   "    wait: 5s\n"
			   "  - unit: rub\n"
			   "  - unit: glide\n"
			   "    sides: each\n"
			   "    count: 5\n"
			   "  - unit: rub\n"
			   "    seconds: 60s\n"
			   "  - say: Done.\n"
			   "    rest: 2s\n";

static const char start[] = "part: start\n"
			    "steps:\n"
			    "  - say: Welcome.\n"
			    "    name: welcome\n"
			    "  - ask: well\n"
			    "    say: Are you well?\n"
			    "    wait: 6s\n"
			    "    reprompts: 2\n"
			    "    answers: {yes: next, no: refuse}\n"
			    "    unanswered: no\n"
			    "  - ask: sick\n"
			    "    say: Are you sick?\n"
			    "    answers: {yes: advise, no: next}\n"
			    "    unanswered: yes\n"
			    "  - ask: alarm\n"
			    "    say: Are you numb?\n"
			    "    answers: {yes: urgent, no: next}\n"
			    "    unanswered: yes\n"
			    "  - ask: bones\n"
			    "    say: Are your bones weak?\n"
			    "    answers: {yes: light, no: next}\n"
			    "    unanswered: yes\n";

static const char rub[] =
		"unit: rub\ntitle: circles\ntechnique: circles\nwho: self\n"
		"pace: {kind: strokes, stroke: [3s, 6s]}\nseconds: [60s, 120s]\n"
		"pressure: [1, 3]\nnever: [spine]\n"
		"say: {long: \"Slowly rub both hips for {seconds}.\", short: Rub both hips.}\n";

static const char glide[] = "unit: glide\ntitle: glides\ntechnique: palm_glide\nwho: self\n"
			    "pace: {kind: strokes, stroke: [4s, 5s], default: 5s, return: 1s}\n"
			    "count: [3, 5]\npressure: [1, 4]\nnever: [spine]\n"
			    "say:\n  long: Glide slowly down the {side} hip, {count} times.\n"
			    "  short: Glide down the {side} hip.\n";

static const char press[] =
		"unit: press\ntitle: presses\ntechnique: compression\nwho: self\n"
		"pace: {kind: strokes, stroke: [3s, 6s]}\ncount: [4, 8]\n"
		"pressure: [1, 5]\nrated: true\nnever: [spine]\n"
		"say: {long: \"Press slowly on both sides, beside the spine, {count} times.\", "
		"short: \"Press both sides, beside the spine.\"}\n";

static const char air[] = "unit: air\ntitle: breathing\ntechnique: breath\nwho: anyone\n"
			  "pace: {kind: breath, half: [4s, 7s]}\ncount: [6, 30]\n"
			  "say: {long: Breathe., short: Breathe.}\n";

static const char hold[] =
		"unit: hold\ntitle: a hold\ntechnique: self_trigger_point\nwho: self\n"
		"pace: {kind: hold}\nseconds: [20s, 30s]\npressure: [1, 5]\nrated: true\n"
		"never: [spine]\n"
		"say:\n  long: Press slowly {side}, beside the spine. Say found it. Stop if pain runs down a "
		"leg.\n  short: Press {side}, beside the spine. Say found it. Stop if pain runs down a "
		"leg.\n";

static const char ball[] =
		"unit: ball\ntitle: a ball\ntechnique: ball\nwho: self\n"
		"pace: {kind: hold}\nseconds: [20s, 40s]\npressure: [1, 5]\nrated: true\n"
		"never: [spine, bone]\n"
		"say:\n  long: Lean slowly {side}, beside the spine. Say found it. Stop if pain runs down a "
		"leg.\n  short: Lean {side}, beside the spine. Say found it. Stop if pain runs down a "
		"leg.\n";

static const char after[] = "unit: after\ntitle: strokes\ntechnique: effleurage_after\nwho: self\n"
			    "pace: {kind: strokes, stroke: [4s, 5s], default: 5s, return: 1s}\n"
			    "count: [3, 3]\npressure: [1, 3]\nnever: [spine]\n"
			    "say:\n  long: Stroke slowly down the {side} hip, {count} times.\n"
			    "  short: Stroke down the {side} hip.\n";

static int make(void **state)
{
	world_make(state);
	struct world *world = *state;
	world_write(world, "units/rub.yaml", rub);
	world_write(world, "units/glide.yaml", glide);
	world_write(world, "units/press.yaml", press);
	world_write(world, "units/air.yaml", air);
	world_write(world, "units/hold.yaml", hold);
	world_write(world, "units/ball.yaml", ball);
	world_write(world, "units/after.yaml", after);
	world_write(world, "parts/start.yaml", start);
	return 0;
}

static enum status load(struct world *world, const char *text, const struct script **script)
{
	*script = NULL;
	world_write(world, "day.yaml", text);
	return script_load(world->arena, world->folder, "day", world_vocabulary(world), script,
			&world->diag);
}

static void reads_every_step(void **state)
{
	static const char *const names[] = { "welcome", "well", "sick", "alarm", "bones", "limit",
		"rehearse-number", "rehearse-stop", "rub", "glide-left", "glide-right", "rub-2",
		"say-13" };
	const struct script *script;

	assert_int_equal(load(*state, good, &script), STATUS_OK);
	assert_string_equal(script->name, "day");
	assert_string_equal(script->title, "a day");
	assert_string_equal(script->about, "One line.");
	assert_int_equal(script->kind, SESSION_TOUCH);
	assert_int_equal(script->who, WHO_SELF);
	assert_int_equal(script->step_count, 13);
	for (size_t i = 0; i < 13; i++) {
		assert_string_equal(script->steps[i].name, names[i]);
	}
	const struct step *well = &script->steps[1];
	assert_int_equal(well->kind, STEP_ASK);
	assert_int_equal(well->context, CONTEXT_YESNO);
	assert_int_equal(well->wait_ms, 6000);
	assert_int_equal(well->reprompts, 2);
	assert_int_equal(well->unanswered, 1);
	assert_int_equal(well->screened, INTENT_NONE);
	assert_int_equal(well->answers[1].outcome, OUTCOME_REFUSE);
	assert_int_equal(well->line, 5);
	assert_non_null(strstr(well->path, "parts/start.yaml"));
	assert_int_equal(script->steps[12].rest_ms, 2000);
	assert_int_equal(script->steps[12].line, 30);
}

static void reads_questions_and_rehearsals(void **state)
{
	const struct script *script;

	assert_int_equal(load(*state, good, &script), STATUS_OK);
	const struct step *limit = &script->steps[5];
	assert_int_equal(limit->context, CONTEXT_RATING);
	assert_int_equal(limit->store, STORE_CEILING);
	assert_int_equal(limit->wait_ms, 8000);
	assert_int_equal(limit->reprompts, 1);
	assert_int_equal(limit->screened, INTENT_NOT_SURE);
	assert_int_equal(limit->answer_count, 3);
	assert_int_equal(limit->answers[0].intent, INTENT_RATING);
	assert_int_equal(limit->answers[0].values.min, 0);
	assert_int_equal(limit->answers[0].values.max, 6);
	assert_string_equal(limit->answers[0].say, "{value}.");
	assert_int_equal(limit->answers[1].values.min, 7);
	assert_int_equal(limit->answers[1].values.max, 10);
	assert_int_equal(limit->answers[1].outcome, OUTCOME_AGAIN);
	assert_null(limit->answers[1].say);
	assert_int_equal(limit->answers[2].outcome, OUTCOME_GOTO);
	assert_int_equal(limit->answers[2].go, 6);
	assert_int_equal(limit->unanswered, 2);
	assert_int_equal(script->steps[6].rehearse, INTENT_RATING);
	assert_int_equal(script->steps[6].context, CONTEXT_RATING);
	assert_int_equal(script->steps[7].rehearse, INTENT_STOP);
	assert_int_equal(script->steps[7].context, CONTEXT_TOUCH);
	assert_int_equal(script->steps[7].wait_ms, 5000);
}

/* The context in which the first rest of a shipped session is heard. */
static uint8_t context_of_a_rest(struct world *world, const struct vocabulary *vocabulary)
{
	const struct script *script = NULL;

	assert_int_equal(script_load(world->arena, SCRIPTS, "slow-breath", vocabulary, &script,
					 &world->diag),
			STATUS_OK);
	for (size_t i = 0; i < script->step_count; i++) {
		if (script->steps[i].kind == STEP_SAY) {
			return script->steps[i].context;
		}
	}
	fail();
	return CONTEXT_TOUCH;
}

/* Questions are heard in rests where the voice says how; where it does not, as during touch. */
static void a_rest_is_heard_as_the_voice_says(void **state)
{
	struct world *world = *state;
	const struct vocabulary *shipped = world_vocabulary(world);
	struct vocabulary without = *shipped;
	const uint8_t context = context_of_a_rest(world, shipped);

	assert_string_equal(shipped->contexts[context].name, "between");
	assert_int_equal(context, shipped->context_count - 1);
	without.context_count--;
	assert_int_equal(context_of_a_rest(world, &without), CONTEXT_TOUCH);
}

static void each_side_gets_its_step(void **state)
{
	const struct script *script;

	assert_int_equal(load(*state, good, &script), STATUS_OK);
	const struct step *steps = script->steps;
	assert_int_equal(steps[8].ms, 90000); /* the middle */
	assert_int_equal(steps[8].count, 0);
	assert_int_equal(steps[8].side, SIDE_NONE);
	assert_false(steps[8].short_form);
	assert_int_equal(steps[9].side, SIDE_LEFT);
	assert_int_equal(steps[10].side, SIDE_RIGHT);
	assert_int_equal(steps[9].count, 5);
	assert_int_equal(steps[9].ms, 0);
	assert_int_equal(steps[11].ms, 60000);
	assert_false(steps[9].short_form);
	assert_true(steps[10].short_form);
	assert_true(steps[11].short_form);
	assert_ptr_equal(steps[8].unit, steps[11].unit);
	assert_null(steps[9].say);
}

struct change {
	const char *find;
	const char *by;
	const char *reason;
};

static void refuses_all(struct world *world, const struct change *changes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct script *script;
		char *changed = replaced(good, changes[i].find, changes[i].by);
		assert_int_equal(load(world, changed, &script), STATUS_BAD_DATA);
		assert_null(script);
		assert_reason(world, changes[i].reason);
		free(changed);
	}
}

static void refuses_a_bad_head(void **state)
{
	static const struct change changes[] = {
		{ "session: day", "session: night",
				"day.yaml:1:10: session: \"night\" must be called as its file, \"day\"" },
		{ "title: a day\n", "", "day.yaml:1:1: the key \"title\" is missing" },
		{ "about: One", "abuot: One",
				"day.yaml:3:1: unknown key \"abuot\", did you mean \"about\"?; known: "
				"session, title, about, kind, who, short, steps" },
		{ "kind: touch", "kind: tuch",
				"day.yaml:4:7: unknown kind \"tuch\", did you mean \"touch\"?; known: "
				"touch, relaxation" },
		{ "who: self", "who: anyone",
				"day.yaml:5:6: unknown who \"anyone\"; known: self, partner" },
		{ "who: self", "who: partner",
				"day.yaml:24:5: unit: \"rub\" is for \"who: self\"" },
		{ "kind: touch", "kind: relaxation",
				"day.yaml:24:5: unit: \"rub\" is touch, and this is a relaxation" },
		{ "short: true\n", "",
				"day.yaml:1:1: touch and stretches take 210 s, 300 s to 900 s are "
				"allowed (S113, S128); or say \"short: true\"" },
		{ "short: true", "short: maybe",
				"day.yaml:6:8: unknown short \"maybe\"; known: false, true" },
	};

	refuses_all(*state, changes, sizeof(changes) / sizeof(changes[0]));
}

static const struct change bad_steps[] = {
	{ "say: Done.", "tell: Done.",
			"day.yaml:30:5: a step has one of the keys say, ask, rehearse, unit, "
			"part" },
	{ "rest: 2s", "rest: 16min", "day.yaml:31:11: rest: 16min is outside 0s to 15min" },
	{ "rest: 2s", "rest: 2", "day.yaml:31:11: rest: \"2\" has no unit: write 2s, 2min or 2ms" },
	{ "rest: 2s", "name: glide-left",
			"day.yaml:30:5: a step is called \"glide-left\" already, in line 25" },
	{ "say: Done.", "say: Say {count}.",
			"day.yaml:30:10: unknown placeholder; known here: {target} {ceiling} "
			"{title} {word} {emergency} {oils}, and the figures of the rules, ease-script(5)" },
	{ "say: Done.", "say: Press on the spine.",
			"day.yaml:30:10: no text may lead to pressing on \"spine\": say "
			"\"beside the spine\", \"off the spine\" or \"never on the spine\" "
			"(S223)" },
	{ "rehearse: stop", "rehearse: word",
			"day.yaml:21:15: unknown rehearse \"word\"; known: number, stop" },
	{ "wait: 5s", "wait: 1s", "day.yaml:23:11: wait: 1s is outside 2s to 60s" },
	{ "unit: rub", "unit: rubb",
			"day.yaml:24:11: unknown unit \"rubb\", did you mean \"rub\"?; known: "
			"after, air, ball, glide, hold, press, rub" },
	{ "unit: rub", "unit: ../rub",
			"day.yaml:24:11: unit: \"../rub\" is no name: a lower case letter, then "
			"at most 39 lower case letters, digits and \"-\"" },
	{ "part: start", "part: stary",
			"day.yaml:8:11: unknown part \"stary\", did you mean \"start\"?; known: "
			"start" },
	{ "part: start", "part: start\n    rest: 1s",
			"day.yaml:9:5: unknown key \"rest\"; known: part" },
	{ "count: 5", "count: 6", "day.yaml:27:12: count: 6 is outside 3 to 5 (the unit's range)" },
	{ "count: 5", "seconds: 60s", "day.yaml:27:14: seconds: the unit \"glide\" takes count" },
	{ "unit: rub", "unit: rub\n    seconds: 59s",
			"day.yaml:25:14: seconds: 59s is outside 60s to 2min (the unit's range)" },
	{ "unit: rub", "unit: rub\n    count: 3",
			"day.yaml:25:12: count: the unit \"rub\" takes seconds" },
	{ "unit: rub", "unit: rub\n    sides: each",
			"day.yaml:25:12: sides: the unit \"rub\" does not name its {side} in "
			"both forms (S127)" },
	{ "    sides: each\n    count: 5\n", "",
			"day.yaml:25:11: unit: \"glide\" names a {side}, so say \"sides: each\"" },
	{ "sides: each", "sides: left",
			"day.yaml:25:5: sides: \"glide\" gets 30 s on the left and 0 s on the "
			"right: both sides get the same (S127)" },
	{ "sides: each", "sides: both",
			"day.yaml:26:12: unknown sides \"both\"; known: none, left, right, each" },
	{ "unit: rub", "unit: press\n    name: first",
			"day.yaml:24:5: unit: \"press\" goes deep and needs a warm-up before it "
			"(S112)" },
	{ "  - rehearse: number\n    say: A number.\n",
			"  - say: A number.\n    name: rehearse-number\n",
			"day.yaml:24:5: before the first touch comes \"rehearse: number\" "
			"(S42)" },
	{ "rehearse: stop", "rehearse: number\n    name: other",
			"day.yaml:25:5: before the first touch comes \"rehearse: stop\" (S43)" },
	{ "    store: ceiling\n", "",
			"day.yaml:23:5: before the first touch comes an \"ask\" with \"store: "
			"ceiling\" (S42, S132)" },
};

static void refuses_bad_steps(void **state)
{
	refuses_all(*state, bad_steps, sizeof(bad_steps) / sizeof(bad_steps[0]));
}

static const struct change bad_answers[] = {
	{ "context: rating", "context: ratings",
			"day.yaml:11:14: unknown context \"ratings\", did you mean \"rating\"?" },
	{ "store: ceiling", "store: limit", "day.yaml:12:12: unknown store \"limit\"" },
	{ "- say: Done.\n", "- say: Done.\n    when: [again, tomorow]\n",
			"day.yaml:31:19: unknown fact \"tomorow\"" },
	/* what is only for some guards nobody else */
	{ "store: ceiling", "when: again\n    store: ceiling",
			"day.yaml:25:5: before the first touch comes an \"ask\" with \"store: "
			"ceiling\" (S42, S132)" },
	{ "store: ceiling", "store: worse",
			"day.yaml:12:12: store: \"worse\" goes with \"context: yesno\" only" },
	{ "screened: not_sure", "screened: yes",
			"day.yaml:13:15: screened: \"yes\" is not one of the answers" },
	{ "unanswered: not_sure", "unanswered: silence",
			"day.yaml:18:17: unanswered: \"silence\" is not one of the answers" },
	{ "    unanswered: not_sure\n", "", "day.yaml:9:5: the key \"unanswered\" is missing" },
	{ "unanswered: not_sure", "unanswered: rating 7-10",
			"day.yaml:18:17: unanswered: \"again\" would ask for ever, choose an "
			"answer that goes on" },
	{ "rating 0-6", "rating 0-7",
			"day.yaml:16:7: \"rating 7-10\" shares a number with another answer" },
	{ "rating 0-6", "rating 0-5", "day.yaml:15:7: answers: no rating covers 6" },
	{ "rating 7-10", "rating 7-11",
			"day.yaml:16:7: \"rating 7-11\" is no answer: write \"rating 0-4\" or "
			"\"rating 7\", from 0 to 10" },
	{ "rating 0-6", "rating 6-0",
			"day.yaml:15:7: \"rating 6-0\" is no answer: write \"rating 0-4\" or "
			"\"rating 7\", from 0 to 10" },
	{ "rating 0-6", "ratings",
			"day.yaml:15:7: \"ratings\" is no answer: write \"rating 0-4\" or "
			"\"rating 7\", from 0 to 10" },
	{ "not_sure: {", "yes: {",
			"day.yaml:17:7: \"yes\" cannot be heard in the context \"rating\"" },
	{ "not_sure: {", "notsure: {",
			"day.yaml:17:7: unknown answer \"notsure\", did you mean \"not_sure\"?; "
			"known: yes, no, not_sure, ready, found, easing, rating, length, "
			"silence" },
	{ "{value}", "{side}",
			"day.yaml:15:25: unknown placeholder; known here: {target} {ceiling} "
			"{title} {value} {word} {emergency} {oils}, and the figures of the rules, ease-script(5)" },
	{ "10: again", "10: againn",
			"day.yaml:16:20: unknown outcome \"againn\", did you mean "
			"\"again\"?; known: next, again, go NAME, light, avoid, clearance, refuse, "
			"advise, "
			"urgent, louder, side-lying" },
	{ "10: again", "10: go NAME",
			"day.yaml:16:20: then: \"go NAME\" needs the name of a step" },
	{ "then: go rehearse-number", "then: go rab",
			"day.yaml:17:24: unknown step \"rab\", did you mean \"rub\"?" },
	{ "then: go rehearse-number", "then: go limit",
			"day.yaml:17:24: then: to ask once more, write \"again\"" },
	{ "then: go rehearse-number", "then: go welcome",
			"day.yaml:17:24: then: \"go welcome\" leads back, and only a question "
			"may be gone back to" },
	{ "then: go rehearse-number", "then: go well",
			"day.yaml:17:24: then: silence would lead back to \"well\" for ever" },
	{ "{then: go rehearse-number}", "{goto: rub}",
			"day.yaml:17:18: unknown key \"goto\"; known: say, then, fact" },
};

static void refuses_bad_answers(void **state)
{
	refuses_all(*state, bad_answers, sizeof(bad_answers) / sizeof(bad_answers[0]));
}

#define HOLD(side) "  - unit: hold\n    sides: " side "\n"
#define AFTER(side) "  - unit: after\n    sides: " side "\n"
#define BOTH HOLD("left") AFTER("left") HOLD("right") AFTER("right")

static const struct change bad_plans[] = {
	/* S1, S41: screening and consent, on every way to the first touch */
	{ "  - part: start\n", "",
			"day.yaml:23:5: before the first touch comes a screening \"ask\", whose "
			"\"yes\" is urgent (S1, S25)" },
	{ "  - part: start\n",
			"  - ask: alarm\n    say: Is it so?\n    answers: {yes: urgent, no: next}\n"
			"    unanswered: yes\n",
			"day.yaml:27:5: before the first touch comes a screening \"ask\", whose "
			"\"yes\" refuses or advises (S1, S10)" },
	{ "  - part: start\n",
			"  - ask: alarm\n    say: Is it so?\n    answers: {yes: urgent, no: next}\n"
			"    unanswered: yes\n"
			"  - ask: sick\n    say: Is it so?\n    answers: {yes: refuse, no: next}\n"
			"    unanswered: yes\n",
			"day.yaml:31:5: before the first touch comes a screening \"ask\", whose "
			"\"yes\" leads to clearance or light (S1, S15)" },
	{ "  - part: start\n",
			"  - ask: alarm\n    say: Is it so?\n    answers: {yes: urgent, no: next}\n"
			"    unanswered: yes\n"
			"  - ask: sick\n    say: Is it so?\n    answers: {yes: refuse, no: next}\n"
			"    unanswered: yes\n"
			"  - ask: bones\n    say: Is it so?\n    answers: {yes: clearance, no: next}\n"
			"    unanswered: yes\n",
			"day.yaml:35:5: before the first touch comes an \"ask\" for consent, whose "
			"\"no\" refuses (S41)" },
	{ "  - part: start\n",
			"  - ask: known\n    say: Is it all known?\n"
			"    answers: {yes: go limit, no: next}\n    unanswered: no\n"
			"  - part: start\n",
			"day.yaml:8:5: answers: \"go limit\" leads past \"well\", which guards what "
			"comes after it (S1)" },
	{ "  - part: start\n", "  - part: start\n" QUICK("go rub"),
			"day.yaml:9:5: answers: \"go rub\" leads past \"limit\", which guards what "
			"comes after it (S1)" },
	{ "  - rehearse: number\n", QUICK("go rehearse-stop") "  - rehearse: number\n",
			"day.yaml:19:5: answers: \"go rehearse-stop\" leads past "
			"\"rehearse-number\", which guards what comes after it (S1)" },
	/* silence leads to the question, but what stands before it is passed */
	{ "  - part: start\n",
			"  - part: start\n  - ask: ill\n    say: Are you ill?\n"
			"    answers: {yes: go cleared, no: go limit}\n    unanswered: yes\n"
			"  - say: Well.\n"
			"  - ask: cleared\n    say: Is it safe?\n"
			"    answers: {yes: next, no: advise}\n    unanswered: no\n",
			"day.yaml:9:5: answers: \"go limit\" leads past \"cleared\", which guards "
			"what comes after it (S1)" },
	/* who never goes on gave no consent */
	{ "  - part: start\n",
			"  - ask: bad\n    say: Bad?\n    answers: {yes: refuse, no: next}\n"
			"    unanswered: yes\n"
			"  - ask: bones\n    say: Weak?\n    answers: {yes: light, no: next}\n"
			"    unanswered: yes\n"
			"  - ask: sick\n    say: Are you sick?\n    answers:\n"
			"      {yes: urgent, no: refuse, not_sure: light}\n"
			"    unanswered: not_sure\n",
			"day.yaml:36:5: before the first touch comes an \"ask\" for consent, whose "
			"\"no\" refuses (S41)" },
	/* S112: no way past the warm-up to what is deep */
	{ "  - unit: rub\n", QUICK("go press") "  - unit: rub\n  - unit: press\n",
			"day.yaml:29:5: unit: \"press\" goes deep and needs a warm-up before it "
			"(S112)" },
	/* S36 */
	{ "  - say: Done.\n",
			"  - ask: bad\n    say: Bad?\n    answers: {yes: refuse, no: next}\n"
			"    unanswered: no\n  - say: Done.\n",
			"day.yaml:30:5: unanswered: \"bad\" can end the session, so silence is taken "
			"as an answer that ends it, goes light, or asks more (S36)" },
	{ "  - say: Done.\n",
			"  - ask: bad\n    say: Bad?\n"
			"    answers: {yes: refuse, no: next, not_sure: next}\n"
			"    unanswered: yes\n  - say: Done.\n",
			"day.yaml:30:5: not_sure: \"bad\" can end the session, so not sure ends it, "
			"goes light, or asks more (S36)" },
	{ "  - say: Done.\n",
			"  - ask: bad\n    say: Bad?\n    answers: {yes: refuse, no: go end}\n"
			"    unanswered: no\n  - say: End.\n    name: end\n  - say: Done.\n",
			"day.yaml:30:5: unanswered: \"bad\" can end the session, so silence is taken "
			"as an answer that ends it, goes light, or asks more (S36)" },
	/* S86, S96 */
	{ "  - say: Done.\n",
			"  - unit: press\n    count: 4\n  - unit: press\n    count: 4\n  - say: Done.\n",
			"day.yaml:32:5: unit: \"press\" goes deep and comes twice on one side: "
			"another unit stands between (S86)" },
	{ "  - say: Done.\n",
			"  - unit: press\n    count: 4\n  - unit: air\n    count: 6\n"
			"  - unit: press\n    count: 4\n  - unit: air\n    count: 6\n"
			"  - unit: press\n    count: 4\n  - say: Done.\n",
			"day.yaml:38:5: unit: \"press\" goes deep and comes 3 times on one side, at "
			"most 2 are allowed (S86, S96)" },
	/* S83: strokes follow a hold, on its side */
	{ "  - say: Done.\n", HOLD("left") HOLD("right") "  - say: Done.\n",
			"day.yaml:30:5: unit: behind \"hold\" comes a unit with the technique "
			"effleurage_after, on the same side (S83)" },
	{ "  - say: Done.\n",
			HOLD("left") AFTER("right") HOLD("right") AFTER("left") "  - say: Done.\n",
			"day.yaml:30:5: unit: behind \"hold\" comes a unit with the technique "
			"effleurage_after, on the same side (S83)" },
	/* S86: two minutes of other work between two holds of one place, whatever holds it */
	{ "  - say: Done.\n", BOTH "  - unit: rub\n    seconds: 65s\n" BOTH "  - say: Done.\n",
			"day.yaml:40:5: unit: \"hold\" holds a place again after 101 s of other work, "
			"at least 120 s are needed (S86)" },
	{ "  - say: Done.\n",
			BOTH "  - unit: ball\n    sides: each\n    unless: skin\n  - say: Done.\n",
			"day.yaml:38:5: unit: \"ball\" holds a place again after 36 s of other work, "
			"at least 120 s are needed (S86)" },
	/* S24, S124 */
	{ "  - say: Done.\n", "  - unit: ball\n    sides: each\n  - say: Done.\n",
			"day.yaml:30:5: unit: \"ball\" is a tool, or warmth: say \"unless: skin\" "
			"(S24, S57, S124)" },
	/* S95 */
	{ "  - say: Done.\n", "  - unit: glide\n    sides: each\n    count: 3\n  - say: Done.\n",
			"day.yaml:30:5: count: \"glide\" comes to 8 strokes on one side, at most 5 are "
			"allowed (S93-S95)" },
	/* what steps go with */
	{ "rest: 2s", "for: glides",
			"day.yaml:31:10: unknown step \"glides\", did you mean \"glide\"?" },
	{ "rest: 2s", "for: [rub, rib]",
			"day.yaml:31:16: unknown step \"rib\", did you mean \"rub\"?" },
	{ "rest: 2s", "for: {unit: rub}",
			"day.yaml:31:10: for: this is a map of keys, but a text is needed" },
	{ "rest: 2s", "for: []", "day.yaml:31:10: for: has 0 entries, 1 to 16 are allowed" },
	{ "rest: 2s", "name: end\n    for: end",
			"day.yaml:32:10: for: \"end\" is this step itself" },
	{ "  - unit: rub\n",
			"  - say: Take it.\n    for: rest\n  - say: Rest.\n    name: rest\n"
			"  - unit: rub\n",
			"day.yaml:25:10: for: \"rest\" stands behind it, and is no unit" },
	{ "    count: 5\n", "    count: 5\n    for: rub-2\n",
			"day.yaml:28:10: for: \"rub-2\" stands behind it, and a unit goes with what "
			"comes before it" },
	{ "    store: ceiling\n", "    store: ceiling\n    for: rub\n",
			"day.yaml:13:10: for: \"limit\" guards what comes after it, and is never left "
			"out (S1)" },
	{ "    say: A number.\n", "    say: A number.\n    for: rub\n",
			"day.yaml:21:5: unknown key \"for\"; known: rehearse, name, say, wait" },
	/* a warm-up that may be left out warms nobody */
	{ "  - unit: rub\n",
			"  - say: Take it.\n    name: oil\n    when: skin\n  - unit: rub\n    for: oil\n"
			"  - unit: press\n",
			"day.yaml:29:5: unit: \"press\" goes deep and needs a warm-up before it "
			"(S112)" },
	{ "rest: 2s", "volume: 7dB", "day.yaml:31:13: volume: 7dB is outside -6dB to 6dB" },
	{ "rest: 2s", "volume: 0.5dB", "day.yaml:31:13: volume: whole decibels only" },
};

#define TAKE                                                      \
	"  - ask: take\n    say: Take it. Yes?\n    for: glide\n" \
	"    answers: {yes: next, no: next}\n    unanswered: no\n"

/* "for": each side of a unit answers to the name of both. */
static void knows_what_goes_with_what(void **state)
{
	static const char tied[] =
			"    count: 5\n    for: take\n  - say: Aside.\n    for: [take, glide-left]\n";
	const struct script *script;
	char *text = replaced(good, "    count: 5\n", tied);
	static const char before[] = TAKE "  - unit: glide\n";
	char *whole = replaced(text, "  - unit: glide\n", before);
	free(text);
	assert_int_equal(load(*state, whole, &script), STATUS_OK);
	free(whole);
	const struct step *ask = &script->steps[9];
	assert_string_equal(ask->name, "take");
	assert_int_equal(ask->tie_count, 2);
	assert_int_equal(ask->ties[0], 10);
	assert_int_equal(ask->ties[1], 11);
	for (size_t i = 10; i < 12; i++) {
		assert_int_equal(script->steps[i].tie_count, 1);
		assert_int_equal(script->steps[i].ties[0], 9);
	}
	assert_int_equal(script->steps[12].tie_count, 2);
	assert_int_equal(script->steps[12].ties[0], 9);
	assert_int_equal(script->steps[12].ties[1], 10);
	assert_int_equal(script->steps[8].tie_count, 0);
}

static void refuses_a_bad_plan(void **state)
{
	refuses_all(*state, bad_plans, sizeof(bad_plans) / sizeof(bad_plans[0]));
}

struct good_change {
	const char *find;
	const char *by;
};

static void takes_what_is_careful(void **state)
{
	static const struct good_change changes[] = {
		/* a question that only some are asked, and silence is */
		{ "  - part: start\n",
				"  - part: start\n  - ask: ill\n    say: Are you ill?\n"
				"    answers: {yes: go cleared, no: go limit}\n    unanswered: yes\n"
				"  - ask: cleared\n    say: Is it safe?\n"
				"    answers: {yes: next, no: advise}\n    unanswered: no\n" },
		{ "  - say: Done.\n", "  - ask: bad\n    say: Bad?\n"
				      "    answers: {yes: refuse, no: next, not_sure: light}\n"
				      "    unanswered: not_sure\n  - say: Done.\n" },
		{ "  - say: Done.\n", "  - unit: press\n    count: 4\n  - unit: air\n    count: 6\n"
				      "  - unit: press\n    count: 4\n  - say: Done.\n" },
		{ "  - unit: rub\n", QUICK("go glide") "  - unit: rub\n" },
		{ "  - say: Done.\n", "  - say: Again.\n    when: [again, ten-days]\n"
				      "  - say: Done.\n    when: first\n" },
		/* behind the last touch nothing needs a guard any more */
		{ "  - say: Done.\n",
				QUICK("go end") "  - ask: skin\n    say: Red?\n"
						"    answers: {yes: light, no: next}\n"
						"    unanswered: yes\n  - say: End.\n    name: end\n" },
	};
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		const struct script *script;
		char *changed = replaced(good, changes[i].find, changes[i].by);
		if (load(world, changed, &script) != STATUS_OK) {
			fail_msg("%zu: %s:%d: %s", i, world->diag.path, world->diag.line,
					world->diag.message);
		}
		free(changed);
	}
}

static void silence_has_an_answer_of_its_own(void **state)
{
	struct world *world = *state;
	const struct script *script;
	char *changed = replaced(
			good, "unanswered: not_sure", "  silence: again\n    unanswered: not_sure");

	assert_int_equal(load(world, changed, &script), STATUS_BAD_DATA);
	assert_reason(world, "day.yaml:19:17: unanswered: there is an answer \"silence\", so "
			     "write \"unanswered: silence\"");
	free(changed);
	changed = replaced(good, "unanswered: not_sure",
			"  silence: {say: Well., then: next}\n    unanswered: silence");
	assert_int_equal(load(world, changed, &script), STATUS_OK);
	assert_int_equal(script->steps[5].answers[3].intent, INTENT_NONE);
	assert_int_equal(script->steps[5].unanswered, 3);
	free(changed);
}

/* Louder comes to an end by itself. */
static void silence_may_ask_louder(void **state)
{
	struct world *world = *state;
	const struct script *script;
	char *part = replaced(start, "    say: Are you well?\n",
			"    say: Loud?\n    answers: {yes: next, no: louder}\n    unanswered: no\n"
			"  - ask: fine\n    say: Are you well?\n");

	world_write(world, "parts/start.yaml", part);
	assert_int_equal(load(world, good, &script), STATUS_OK);
	assert_int_equal(script->steps[1].answers[script->steps[1].unanswered].outcome,
			OUTCOME_LOUDER);
	free(part);
}

static void a_return_may_be_louder(void **state)
{
	const struct script *script;
	char *changed = replaced(good, "rest: 2s", "volume: -3dB");

	assert_int_equal(load(*state, changed, &script), STATUS_OK);
	assert_int_equal(script->steps[12].volume_db, -3);
	free(changed);
}

/* A relaxation touches nobody, in its own words and in those of its units. */
static void a_relaxation_leads_no_hands(void **state)
{
	static const char text[] = "session: day\ntitle: t\nabout: a\nkind: relaxation\n"
				   "who: self\nsteps:\n  - say: Feel your ribs and your spine.\n"
				   "  - unit: air\n";
	struct world *world = *state;
	const struct script *script;

	assert_int_equal(load(world, text, &script), STATUS_OK);
	char *changed = replaced(text, "Feel", "Rub");
	assert_int_equal(load(world, changed, &script), STATUS_BAD_DATA);
	assert_reason(world, "day.yaml:7:10: \"rub\" is touch, and a relaxation has none (S1)");
	free(changed);
	changed = replaced(air, "short: ", "short: Press your belly. ");
	world_write(world, "units/air.yaml", changed);
	assert_int_equal(load(world, text, &script), STATUS_BAD_DATA);
	assert_reason(world, "day.yaml:8:5: unit: \"air\": \"press\" is touch, and a relaxation "
			     "has none (S1)");
	free(changed);
}

static void goes_back_to_a_question_only_by_an_answer(void **state)
{
	const struct script *script;
	char *changed = replaced(good, "10: again", "10: go well");

	assert_int_equal(load(*state, changed, &script), STATUS_OK);
	assert_int_equal(script->steps[5].answers[1].outcome, OUTCOME_GOTO);
	assert_int_equal(script->steps[5].answers[1].go, 1);
	free(changed);
	/* the first of two sides */
	changed = replaced(good, "  - unit: rub\n",
			"  - ask: quick\n    say: Quick?\n"
			"    answers: {yes: go glide, no: next}\n"
			"    unanswered: no\n  - unit: rub\n");
	assert_int_equal(load(*state, changed, &script), STATUS_OK);
	assert_int_equal(script->steps[8].answers[0].go, 10);
	free(changed);
}

static void yes_needs_a_no(void **state)
{
	struct world *world = *state;
	const struct script *script;
	char *part = replaced(start, "{yes: next, no: refuse}", "{yes: next, not_sure: next}");
	char *silent = replaced(part, "unanswered: no", "unanswered: yes");

	world_write(world, "parts/start.yaml", silent);
	assert_int_equal(load(world, good, &script), STATUS_BAD_DATA);
	assert_reason(world, "parts/start.yaml:9:14: answers: \"no\" is missing");
	free(part);
	free(silent);
}

static void store_needs_a_number(void **state)
{
	struct world *world = *state;
	const struct script *script;
	char *part = replaced(start, "    wait: 6s\n", "    store: before\n");

	world_write(world, "parts/start.yaml", part);
	assert_int_equal(load(world, good, &script), STATUS_BAD_DATA);
	assert_reason(world, "parts/start.yaml:7:12: store: \"before\" goes with \"context: "
			     "rating\" only");
	free(part);
}

static void errors_name_the_file_they_are_in(void **state)
{
	struct world *world = *state;
	const struct script *script;
	char *unit = replaced(rub, "[60s, 120s]", "[60s, 121s]");

	world_write(world, "units/rub.yaml", unit);
	assert_int_equal(load(world, good, &script), STATUS_BAD_DATA);
	assert_reason(world, "units/rub.yaml:6:16: seconds: 121s is outside 60s to 2min (circles, "
			     "S92)");
	free(unit);
	char *part = replaced(start, "wait: 6s", "wait: 6");
	world_write(world, "units/rub.yaml", rub);
	world_write(world, "parts/start.yaml", part);
	assert_int_equal(load(world, good, &script), STATUS_BAD_DATA);
	assert_reason(world,
			"parts/start.yaml:7:11: wait: \"6\" has no unit: write 6s, 6min or 6ms");
	free(part);
	/* a jump is followed when all is read, and still knows its own file */
	part = replaced(start, "yes: next", "yes: go nowhere");
	world_write(world, "parts/start.yaml", part);
	assert_int_equal(load(world, good, &script), STATUS_BAD_DATA);
	assert_reason(world, "parts/start.yaml:9:20: unknown step \"nowhere\"");
	free(part);
}

static void parts_do_not_hold_themselves(void **state)
{
	struct world *world = *state;
	const struct script *script;

	world_write(world, "parts/start.yaml", "part: start\nsteps:\n  - part: start\n");
	assert_int_equal(load(world, good, &script), STATUS_BAD_DATA);
	assert_reason(world, "parts/start.yaml:3:11: part: parts stand more than 4 deep in each "
			     "other");
	world_write(world, "parts/start.yaml", "part: begin\nsteps:\n  - say: Hello.\n");
	assert_int_equal(load(world, good, &script), STATUS_BAD_DATA);
	assert_reason(world, "parts/start.yaml:1:7: part: \"begin\" must be called as its file, "
			     "\"start\"");
	world_write(world, "parts/start.yaml", "part: start\nsteps: []\n");
	assert_int_equal(load(world, good, &script), STATUS_BAD_DATA);
	assert_reason(world, "parts/start.yaml:2:8: steps: has 0 entries, 1 to 500 are allowed");
}

/* Parts p1 to pN, each of which holds the next one; the last says something. */
static void write_chain(struct world *world, int length)
{
	for (int i = 1; i <= length; i++) {
		char name[40];
		char text[120];
		snprintf(name, sizeof(name), "parts/p%d.yaml", i);
		snprintf(text, sizeof(text), "part: p%d\nsteps:\n  - part: p%d\n", i, i + 1);
		if (i == length) {
			snprintf(text, sizeof(text), "part: p%d\nsteps:\n  - say: Rest.\n", i);
		}
		world_write(world, name, text);
	}
}

static void parts_stand_four_deep(void **state)
{
	static const char text[] = "session: day\ntitle: t\nabout: a\nkind: relaxation\n"
				   "who: self\nsteps: [{part: p1}]\n";
	struct world *world = *state;
	const struct script *script;

	write_chain(world, 4);
	assert_int_equal(load(world, text, &script), STATUS_OK);
	assert_int_equal(script->step_count, 1);
	write_chain(world, 5);
	assert_int_equal(load(world, text, &script), STATUS_BAD_DATA);
	assert_reason(world,
			"parts/p4.yaml:3:11: part: parts stand more than 4 deep in each other");
}

static void says(char *out, size_t count)
{
	char *at = out + sprintf(out, "session: day\ntitle: t\nabout: a\nkind: relaxation\n"
				      "who: self\nsteps:\n");
	for (size_t i = 0; i < count; i++) {
		at += sprintf(at, "  - say: Rest.\n");
	}
}

static void takes_500_steps_and_no_more(void **state)
{
	struct world *world = *state;
	const struct script *script;
	char *text = malloc(20000);

	assert_non_null(text);
	says(text, 500);
	assert_int_equal(load(world, text, &script), STATUS_OK);
	assert_int_equal(script->step_count, 500);
	assert_string_equal(script->steps[499].name, "say-500");
	says(text, 501);
	assert_int_equal(load(world, text, &script), STATUS_BAD_DATA);
	assert_reason(world, "day.yaml:7:3: steps: has 501 entries, 1 to 500 are allowed");
	says(text, 499);
	strcat(text, "  - part: start\n");
	assert_int_equal(load(world, text, &script), STATUS_BAD_DATA);
	assert_reason(world, "parts/start.yaml:5:5: more than 500 steps");
	free(text);
}

static void too_much_touch_is_refused(void **state)
{
	struct world *world = *state;
	const struct script *script;
	char text[4000];

	snprintf(text, sizeof(text), "%s", good);
	for (size_t i = 0; i < 2; i++) {
		strcat(text, "  - unit: rub\n    seconds: 120s\n");
	}
	assert_int_equal(load(world, text, &script), STATUS_BAD_DATA);
	assert_reason(world,
			"day.yaml:1:1: touch and stretches take 450 s, 0 s to 300 s are allowed "
			"(S129)");
	char *full = replaced(text, "short: true\n", "");
	assert_int_equal(load(world, full, &script), STATUS_OK);
	free(full);
	for (size_t i = 0; i < 4; i++) {
		strcat(text, "  - unit: rub\n    seconds: 120s\n");
	}
	full = replaced(text, "short: true\n", "");
	assert_int_equal(load(world, full, &script), STATUS_BAD_DATA);
	assert_reason(world,
			"day.yaml:1:1: touch and stretches take 930 s, 300 s to 900 s are allowed "
			"(S113, S128)");
	free(full);
}

static void a_file_may_stand_anywhere(void **state)
{
	struct world *world = *state;
	const struct script *script = NULL;

	world_write(world, "own.yaml",
			"session: own\ntitle: t\nabout: a\nkind: relaxation\nwho: self\nsteps:\n"
			"  - unit: slow-breath\n  - unit: air\n");
	const char *path = world_path(world, "own.yaml");
	assert_int_equal(script_load(world->arena, SCRIPTS, path, world_vocabulary(world), &script,
					 &world->diag),
			STATUS_OK);
	assert_string_equal(script->path, path);
	assert_string_equal(script->steps[0].unit->name, "slow-breath"); /* the shipped one */
	assert_string_equal(script->steps[1].unit->name, "air");         /* beside the file */
}

static void a_missing_session_is_not_found(void **state)
{
	struct world *world = *state;
	const struct script *script = NULL;

	assert_int_equal(script_load(world->arena, SCRIPTS, "lower-back-hand", NULL, &script,
					 &world->diag),
			STATUS_NOT_FOUND);
	assert_non_null(strstr(world->diag.message,
			"unknown session \"lower-back-hand\", did you mean "
			"\"lower-back-hands\"?"));
	assert_int_equal(script_load(world->arena, SCRIPTS, "/nowhere/at.yaml", NULL, &script,
					 &world->diag),
			STATUS_NOT_FOUND);
	assert_int_equal(script_load(world->arena, SCRIPTS, "..", NULL, &script, &world->diag),
			STATUS_NOT_FOUND);
	assert_null(script);
}

/* The shipped content. */

static int32_t step_ms(const struct step *step)
{
	const struct pace *pace = &step->unit->pace;

	return step->count == 0 ? step->ms
				: step->count * (pace->stroke_default_ms + pace->return_ms);
}

static void the_lower_back_session_is_whole(void **state)
{
	/* S121: this order */
	static const char *const order[] = { "circles", "palm-glide", "thumb-hold", "stroke-out",
		"fist-compression", "knee-to-chest", "trunk-rotation", "hamstring" };
	struct world *world = *state;
	const struct script *script = NULL;
	size_t next = 0;
	int32_t ms = 0;

	if (script_load(world->arena, SCRIPTS, "lower-back-hands", world_vocabulary(world), &script,
			    &world->diag) != STATUS_OK) {
		fail_msg("%s:%d: %s", world->diag.path, world->diag.line, world->diag.message);
	}
	for (size_t i = 0; i < script->step_count; i++) {
		const struct step *step = &script->steps[i];
		if (step->unit == NULL || step->with != 0) {
			continue;
		}
		const struct rule *rule = rule_of(step->unit->technique);
		ms += rule->touch || rule->stretch ? step_ms(step) : 0;
		if (next < 8 && strcmp(step->unit->name, order[next]) == 0) {
			next++;
		}
	}
	assert_int_equal(next, 8);
	assert_in_range(ms, 300000, 900000);
}

/* Silence is never consent: what counts as no answer to a screening question does not go on. */
static void silence_never_passes_the_screening(void **state)
{
	static const char *const asked[] = { "urgent-signs", "kind", "pain-now", "lasting",
		"not-today", "health", "skin", "consent" };
	struct world *world = *state;
	const struct script *script = NULL;
	size_t found = 0;

	assert_int_equal(script_load(world->arena, SCRIPTS, "lower-back-hands",
					 world_vocabulary(world), &script, &world->diag),
			STATUS_OK);
	for (size_t i = 0; i < script->step_count; i++) {
		const struct step *step = &script->steps[i];
		for (size_t j = 0; j < sizeof(asked) / sizeof(asked[0]); j++) {
			if (strcmp(step->name, asked[j]) == 0) {
				const enum outcome outcome =
						step->answers[step->unanswered].outcome;
				assert_true(outcome != OUTCOME_NEXT && outcome != OUTCOME_GOTO);
				assert_int_not_equal(step->screened, INTENT_NONE);
				found++;
			}
		}
	}
	assert_int_equal(found, 8);
}

static void the_slow_breath_is_five_minutes(void **state)
{
	struct world *world = *state;
	const struct script *script = NULL;
	size_t questions = 0;
	size_t breaths = 0;

	assert_int_equal(script_load(world->arena, SCRIPTS, "slow-breath", world_vocabulary(world),
					 &script, &world->diag),
			STATUS_OK);
	assert_int_equal(script->kind, SESSION_RELAXATION);
	for (size_t i = 0; i < script->step_count; i++) {
		const struct step *step = &script->steps[i];
		questions += step->kind == STEP_ASK;
		if (step->unit != NULL) {
			assert_int_equal(step->unit->pace.stroke_default_ms, 5000);
			breaths += (size_t)step->count;
		}
	}
	assert_int_equal(questions, 1);
	assert_int_equal(breaths, 30);
}

static void lists_the_sessions(void **state)
{
	struct world *world = *state;
	const struct session_entry *entries = NULL;
	const char *found = NULL;
	size_t count = 0;

	assert_int_equal(script_list(world->arena, SCRIPTS, &entries, &count, &world->diag),
			STATUS_OK);
	assert_true(count >= 15);
	for (size_t i = 0; i < count; i++) {
		assert_non_null(entries[i].about);
		if (strcmp(entries[i].name, "lower-back-hands") == 0) {
			found = entries[i].title;
		}
	}
	assert_string_equal(found, "your lower back, with your own hands");
	world_write(world, "bad.yaml", "session: bad\n");
	assert_int_equal(script_list(world->arena, world->folder, &entries, &count, &world->diag),
			STATUS_BAD_DATA);
	assert_reason(world, "bad.yaml:1:1: the key \"title\" is missing");
	assert_int_equal(script_list(world->arena, "/nowhere", &entries, &count, &world->diag),
			STATUS_OK);
	assert_int_equal(count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, world_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_every_step),
		TEST(reads_questions_and_rehearsals),
		TEST(a_rest_is_heard_as_the_voice_says),
		TEST(a_rest_is_heard_as_the_voice_says),
		TEST(each_side_gets_its_step),
		TEST(refuses_a_bad_head),
		TEST(refuses_bad_steps),
		TEST(refuses_bad_answers),
		TEST(refuses_a_bad_plan),
		TEST(knows_what_goes_with_what),
		TEST(takes_what_is_careful),
		TEST(silence_has_an_answer_of_its_own),
		TEST(silence_may_ask_louder),
		TEST(a_return_may_be_louder),
		TEST(a_relaxation_leads_no_hands),
		TEST(goes_back_to_a_question_only_by_an_answer),
		TEST(yes_needs_a_no),
		TEST(store_needs_a_number),
		TEST(errors_name_the_file_they_are_in),
		TEST(parts_do_not_hold_themselves),
		TEST(parts_stand_four_deep),
		TEST(takes_500_steps_and_no_more),
		TEST(too_much_touch_is_refused),
		TEST(a_file_may_stand_anywhere),
		TEST(a_missing_session_is_not_found),
		TEST(the_lower_back_session_is_whole),
		TEST(silence_never_passes_the_screening),
		TEST(the_slow_breath_is_five_minutes),
		TEST(lists_the_sessions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
