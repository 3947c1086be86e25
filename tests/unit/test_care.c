/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
/* test_care.c - what stands around the work of the shipped sessions: the room, oil and warmth
 * before it, how one lies, strokes after a hold, stretches, warmth and a cool pack after it; and
 * for whom not. Most of it is wished for with one yes. */
#include "person_case.h"

static const char *const self[] = { "lower-back-hands", "ball", "ball-floor", "massage-gun",
	"massage-stick", "roller", "trigger-point" };
static const char *const pairs[] = { "partner", "partner-point" };

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* When that step began; FRAMES_NEVER: it did not. */
static frames_t begun(const char *name)
{
	for (size_t i = 0; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_STEP && strcmp(desk.log[i].step->name, name) == 0) {
			return desk.when[i];
		}
	}
	return FRAMES_NEVER;
}

/* From the beginning of the step to that of the next, in seconds. */
static double lasted(const char *name)
{
	const frames_t from = begun(name);
	for (size_t i = 0; i < desk.logged && from != FRAMES_NEVER; i++) {
		if (desk.log[i].kind == ACTION_STEP && desk.when[i] > from) {
			return (double)(desk.when[i] - from) / EASE_RATE;
		}
	}
	return 0;
}

/* The same without its words. */
static void is_timed(const char *name, double least, double most)
{
	assert_true(lasted(name) >= least);
	assert_true(lasted(name) <= most + 10);
}

static void the_room_is_prepared_after_one_yes(void **state)
{
	static const char *const things[] = { "room", "room-warmth", "oil", "skin-sensitive",
		"cool-pack", "warmth-first" };
	static const enum intent others[] = { INTENT_NO, INTENT_NOT_SURE, SILENCE };
	for (size_t i = 0; i < 9; i++) {
		take(*state, i < 7 ? self[i] : pairs[i - 7]);
		struct person person = { .replies = { YES("prepare") } };
		meet(&person, "prepared");
		for (size_t k = 0; k < COUNT(things); k++) {
			assert_true(entered(things[k]));
			assert_true(begun(things[k]) > begun("rehearse-stop")); /* S1 */
		}
		assert_false(touched());
		for (size_t k = 0; k < COUNT(others); k++) {
			person.replies[0].intent = others[k];
			meet(&person, "prepared");
			assert_true(entered("prepare"));
			assert_false(entered("room") || entered("oil") || entered("warmth-first"));
		}
	}
}

/* S48: in the person's own measure. */
static void the_room_has_its_warmth(void **state)
{
	struct world *world = *state;
	const struct person person = { .replies = { YES("prepare") } };
	char text[TEXT_MAX];
	take(world, "lower-back-hands");
	meet(&person, "oil");
	for (size_t i = 0; i < desk.logged; i++) {
		struct action say = desk.log[i];
		if (say.kind != ACTION_SAY || strstr(say.text, "{room}") == NULL) {
			continue;
		}
		(void)world_vocabulary(world);
		const char *const *phrases = world->voice->phrases;
		say.args.measure = MEASURE_IMPERIAL;
		assert_int_equal(text_render(say.text, &say.args, phrases, text, sizeof text),
				STATUS_OK);
		assert_non_null(strstr(text, "70 to 75 degrees Fahrenheit"));
		say.args.measure = MEASURE_METRIC;
		assert_int_equal(text_render(say.text, &say.args, phrases, text, sizeof text),
				STATUS_OK);
		assert_non_null(strstr(text, "21 to 24 degrees Celsius"));
		return;
	}
	fail();
}

/* S52: a little, with little scent, and no other than these. */
static void only_these_oils_are_named(void **state)
{
	static const char *const others[] = { "olive", "jojoba", "lavender", "essential",
		"baby oil", "peppermint", "sesame", "sunflower", "arnica" };
	static const char *const these[] = { "Take a little ", "little scent", "sweet almond",
		"grapeseed", "fractionated coconut", "lotion" };
	const struct person person = { .replies = { YES("prepare"), NO("allergy") } };
	struct world *world = *state;
	char text[TEXT_MAX];
	bool told = false;
	take(world, "partner");
	meet(&person, NULL);
	for (size_t i = 0; i < desk.logged; i++) {
		const struct action *say = &desk.log[i];
		if (say->kind != ACTION_SAY ||
				text_render(say->text, &say->args, world->voice->phrases, text,
						sizeof text) != STATUS_OK) {
			continue;
		}
		for (size_t k = 0; k < COUNT(others); k++) {
			assert_null(strstr(text, others[k]));
		}
		if (strstr(say->text, "{oils}") != NULL) {
			told = true;
			for (size_t k = 0; k < COUNT(these); k++) {
				assert_non_null(strstr(text, these[k]));
			}
		}
	}
	assert_true(told);
}

/* S53 */
static void sensitive_skin_gets_another_oil(void **state)
{
	struct person person = { .replies = { YES("prepare"), YES("skin-sensitive") } };
	take(*state, "lower-back-hands");
	meet(&person, "cool-pack");
	assert_true(said("unscented, hypoallergenic oil") && said("small patch"));
	person.replies[1].intent = INTENT_NOT_SURE;
	meet(&person, "cool-pack");
	assert_true(said("unscented, hypoallergenic oil"));
	person.replies[1].intent = INTENT_NO;
	meet(&person, "cool-pack");
	assert_false(said("unscented"));
}

/* S56: five to ten minutes, whatever the length of what follows, and somebody says that it is over:
 * what is laid on is taken away. */
static void warmth_has_an_end_in_every_length(void **state)
{
	for (size_t i = 0; i < 9; i++) {
		take(*state, i < 7 ? self[i] : pairs[i - 7]);
		struct person person = { .replies = { YES("prepare"), YES("warmth-first"),
							 NO("face-down"), NO("position"),
							 YES("on-the-side"), YES("position-side"),
							 YES("warmth-wanted"), NO("skin-after") } };
		for (person.minutes = 5; person.minutes <= 15; person.minutes++) {
			meet(&person, NULL);
			assert_int_equal(ended(), END_FINISHED);
			assert_true(entered("warmth-take") && entered("warmth-after-take"));
			is_timed("heat-before", 300, 600);
			assert_true(said("Take the warmth away now."));
			is_timed("heat-after", 600, 900);
			assert_true(begun("warmth-off") < begun("farewell"));
		}
		for (person.minutes = 5; person.minutes <= 15; person.minutes++) {
			person.replies[2].step = person.replies[3].step = "nothing";
			meet(&person, NULL);
			is_timed("heat-before", 300, 600);
			is_timed("heat-after", 600, 900);
		}
	}
}

/* S56, S57: five to ten minutes, ended by words; never where the skin is hurt or numb. */
static void warmth_comes_first_if_wished(void **state)
{
	static const enum intent others[] = { INTENT_NO, INTENT_NOT_SURE, SILENCE };
	for (size_t i = 0; i < 9; i++) {
		take(*state, i < 7 ? self[i] : pairs[i - 7]);
		struct person person = { .replies = { YES("prepare"), YES("warmth-first") } };
		meet(&person, "prepared");
		is_timed("heat-before", 300, 600);
		assert_true(said("Take the warmth away now."));
		for (size_t k = 0; k < COUNT(others); k++) {
			person.replies[1].intent = others[k];
			meet(&person, "prepared");
			assert_false(entered("heat-before") || entered("warmth-take"));
		}
	}
}

/* Through questions, until the step of that name is at work. */
static void work_at(const struct person *person, const char *name)
{
	go_on(person, name);
	assert_true(case_pace(&desk));
	assert_string_equal(flow_step(&desk.engine)->name, name);
}

/* S56, S165: a pad does not end with the tones, and what is just being laid on is left out with
 * them. */
static void warmth_that_is_skipped_is_taken_away(void **state)
{
	static const char *const laid_on[] = { "warmth-take", "warmth-after-take" };
	static const char *const heats[] = { "heat-before", "heat-after" };
	const struct person person = { .replies = { YES("prepare"), YES("warmth-first"),
						       YES("warmth-wanted") } };
	for (size_t i = 0; i < 18; i++) {
		take(*state, i < 14 ? self[i / 2] : pairs[i / 2 - 7]);
		for (int early = 0; early < 2; early++) {
			meet(&person, laid_on[i % 2]);
			if (early == 0) {
				work_at(&person, heats[i % 2]);
				case_pass(&desk, 30000);
			}
			const size_t from = desk.logged;
			case_hear(&desk, INTENT_NEXT, -1);
			assert_int_equal(case_said(&desk, from, PHRASE_HEAT_AWAY), 1);
			case_pass(&desk, 3000);
			assert_int_equal(entered(heats[i % 2]), early == 0);
			assert_string_equal(flow_step(&desk.engine)->name,
					i % 2 == 0 ? "prepared" : "warmth-off");
		}
	}
}

/* S56: never for more than ten minutes, however often somebody says "back". */
static void warmth_does_not_begin_anew(void **state)
{
	const struct person person = { .replies = { YES("prepare"), YES("warmth-first"),
						       NO("warmth-wanted") } };
	for (size_t i = 0; i < 9; i++) {
		take(*state, i < 7 ? self[i] : pairs[i - 7]);
		meet(&person, "warmth-take");
		work_at(&person, "heat-before");
		const frames_t begun_at = desk.now;
		for (int k = 0; k < 6; k++) {
			const size_t from = desk.logged;
			case_pass(&desk, 49000);
			case_hear(&desk, INTENT_BACK, -1);
			assert_int_equal(case_said(&desk, from, PHRASE_NOT_NOW), 1);
		}
		case_hear(&desk, INTENT_PAUSE, -1);
		case_hear(&desk, INTENT_BACK, -1);
		case_hear(&desk, INTENT_CONTINUE, -1);
		go_on(&person, "prepared");
		assert_true(desk.now - begun_at <= frames_from_ms(600000));
		const size_t from = desk.logged;
		case_hear(&desk, INTENT_BACK, -1);
		assert_int_equal(case_said(&desk, from, PHRASE_NOT_NOW), 1);
		go_on(&person, NULL);
		size_t heats = 0;
		for (size_t k = 0; k < desk.logged; k++) {
			heats += desk.log[k].kind == ACTION_STEP &&
				 strcmp(desk.log[k].step->name, "heat-before") == 0;
		}
		assert_int_equal(heats, 1);
	}
}

/* S57: whoever wanted none is not led into it by "back", nor told to take it. */
static void back_leads_into_no_warmth_that_was_declined(void **state)
{
	const struct person person = { .replies = { YES("prepare"), NO("warmth-first"),
						       NO("warmth-wanted") } };
	for (size_t i = 0; i < 9; i++) {
		take(*state, i < 7 ? self[i] : pairs[i - 7]);
		meet(&person, "prepared");
		for (int k = 0; k < 4; k++) {
			case_pass(&desk, 500);
			case_hear(&desk, INTENT_BACK, -1);
		}
		go_on(&person, "farewell");
		case_hear(&desk, INTENT_BACK, -1);
		go_on(&person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		assert_false(entered("warmth-take") || entered("heat-before"));
		assert_false(entered("warmth-after-take") || entered("heat-after"));
	}
}

#define SORE_SKIN YES("skin"), NO("skin-numb"), NO("skin-whole"), CHOICE("skin-side", "left")

/* S24, S57, S124: bruised or numb on one side: no warmth and no tool anywhere. */
static void sore_skin_gets_no_warmth_and_no_tool(void **state)
{
	const struct person person = { .replies = { SORE_SKIN, YES("prepare"), NO("skin-after"),
						       YES("floor-wanted"),
						       YES("warmth-wanted") } };
	for (size_t i = 0; i < 9; i++) {
		take(*state, i < 7 ? self[i] : pairs[i - 7]);
		meet(&person, NULL);
		assert_int_equal(ended(), END_FINISHED);
		assert_false(entered("warmth-first") || entered("warmth-wanted"));
		for (size_t k = 0; k < desk.logged; k++) {
			const struct step *step = desk.log[k].step;
			assert_true(desk.log[k].kind != ACTION_STEP || step->unit == NULL ||
					rule_of(step->unit->technique)->tool == TOOL_NONE);
		}
	}
}

/* S165: ten to fifteen minutes, with the same bans, and none on skin that has just changed. */
static void warmth_is_offered_afterwards(void **state)
{
	static const enum intent others[] = { INTENT_NO, INTENT_NOT_SURE, SILENCE };
	static const enum intent changed[] = { INTENT_YES, INTENT_NOT_SURE, SILENCE };
	for (size_t i = 0; i < 9; i++) {
		take(*state, i < 7 ? self[i] : pairs[i - 7]);
		struct person person = { .replies = { YES("warmth-wanted"), NO("skin-after"),
							 NO("prepare") } };
		meet(&person, NULL);
		is_timed("heat-after", 600, 900);
		assert_true(begun("warmth-off") < begun("farewell"));
		for (size_t k = 0; k < COUNT(others); k++) {
			person.replies[0].intent = others[k];
			meet(&person, NULL);
			assert_true(entered("warmth-wanted") && entered("farewell"));
			assert_false(entered("heat-after") || entered("warmth-after-take"));
		}
		person.replies[0].intent = INTENT_YES;
		for (size_t k = 0; k < COUNT(changed); k++) {
			person.replies[1].intent = changed[k];
			meet(&person, NULL);
			assert_false(entered("warmth-wanted") || entered("heat-after"));
		}
	}
}

/* S63: what still hurts after the third change of the position ends it. */
static void three_changes_of_position_are_enough(void **state)
{
	static const struct {
		const char *session;
		struct response reply; /* to the question that is asked three times */
	} tries[] = {
		{ "lower-back-hands", NO("position-side") },
		{ "daily-hands", NO("position-side") },
		{ "breath-and-glide", NO("position") },
		{ "partner", YES("sharp-here") },
		{ "partner-point", YES("sharp-here") },
	};
	for (size_t i = 0; i < COUNT(tries); i++) {
		const struct person person = { .replies = { tries[i].reply, NO("position") } };
		size_t asked = 0;
		take(*state, tries[i].session);
		meet(&person, NULL);
		for (size_t k = 0; k < desk.logged; k++) {
			asked += desk.log[k].kind == ACTION_ANSWER &&
				 strcmp(desk.log[k].step->name, tries[i].reply.step) == 0;
		}
		assert_int_equal(asked, 3);
		assert_int_equal(ended(), END_REFUSED);
		assert_false(touched());
	}
}

/* S20: whoever gives it is asked, too. */
static void the_giver_is_asked_too(void **state)
{
	static const char *const givers[] = { "partner", "partner-point", "breath-and-glide" };
	static const enum intent unsafe[] = { INTENT_YES, INTENT_NOT_SURE, SILENCE };
	for (size_t i = 0; i < COUNT(givers); i++) {
		take(*state, givers[i]);
		for (size_t k = 0; k < COUNT(unsafe); k++) {
			const struct person person = {
				.replies = { { "giver-well", unsafe[k], NULL } }
			};
			meet(&person, NULL);
			assert_true(said("Giver, are you pregnant"));
			assert_int_equal(ended(), END_REFUSED);
			assert_false(touched());
		}
	}
}

/* S46: either person says skip, and the unit is not done. */
static void skip_leaves_a_unit_out(void **state)
{
	const struct person person = { 0 };
	take(*state, "partner");
	for (size_t i = 0; i < script->step_count; i++) {
		const struct step *step = &script->steps[i];
		if (step->kind != STEP_UNIT || step->when != 0) {
			continue;
		}
		meet(&person, step->name);
		if (!entered(step->name)) {
			continue;
		}
		const size_t from = desk.logged;
		case_hear(&desk, INTENT_NEXT, -1);
		assert_int_equal(case_said(&desk, from, PHRASE_SKIPPED), 1);
		assert_int_equal(case_count(&desk, from, ACTION_TONE), 0);
		case_pass(&desk, 1500);
		assert_ptr_not_equal(flow_step(&desk.engine), step);
	}
}

/* S164: three, with their holds, for who wants them and says so. */
static void stretches_are_offered(void **state)
{
	static const enum intent others[] = { INTENT_NO, SILENCE };
	for (size_t i = 0; i < COUNT(self); i++) {
		take(*state, self[i]);
		struct person person = { .replies = { YES("lie-down"), NO("prepare"),
							 NO("warmth-wanted"), YES("stand-up") } };
		meet(&person, NULL);
		is_timed("knee-to-chest-left", 20, 30 + 3);
		is_timed("knee-to-chest-right", 20, 30 + 3);
		is_timed("trunk-rotation-left", 10, 15 + 3);
		is_timed("trunk-rotation-right", 10, 15 + 3);
		is_timed("hamstring-left", 20, 30 + 3);
		is_timed("hamstring-right", 20, 30 + 3);
		for (size_t k = 0; k < COUNT(others); k++) {
			person.replies[0].intent = others[k];
			meet(&person, NULL);
			assert_false(entered("knee-to-chest-left"));
			assert_int_equal(ended(), END_FINISHED);
		}
	}
}

/* S167; S58: it lies ready since the beginning. */
static void who_is_sore_cools_it(void **state)
{
	struct person person = { .replies = { NO("prepare"), NO("warmth-wanted") } };
	take(*state, "lower-back-hands");
	meet(&person, "comfort-after");
	for (int32_t value = 0; value <= RATING_MAX; value++) {
		meet(&person, "comfort-after");
		while (!is_asked()) {
			assert_true(case_follow(&desk, 0));
		}
		case_hear(&desk, INTENT_RATING, value);
		assert_int_equal(said("a cooling gel or an ice pack"), value <= 4);
	}
	person.replies[0].intent = INTENT_YES;
	meet(&person, "prepared");
	assert_true(said("Keep a cooling gel or an ice pack near"));
}

static bool hears(const struct vocabulary *vocabulary, uint8_t context, enum intent intent)
{
	const struct heard_context *heard = &vocabulary->contexts[context];
	for (size_t i = 0; i < heard->phrase_count; i++) {
		if (vocabulary->phrases[heard->phrases[i]].intent == intent) {
			return true;
		}
	}
	return false;
}

/* S116, S135: at work with a partner "tense" is heard in whatever is listened for. */
static void tense_is_heard_at_all_work(void **state)
{
	size_t listened = 0;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		const struct person person = { .replies = { NO("prepare") } };
		bool works = false;
		take(*state, pairs[i]);
		meet(&person, NULL);
		for (size_t k = 0; k < desk.logged; k++) {
			const struct action *action = &desk.log[k];
			if (action->kind == ACTION_STEP) {
				works = action->target > 0;
			} else if (action->kind == ACTION_LISTEN && works) {
				assert_true(hears(words, action->context, INTENT_GUARDING));
				listened++;
			}
		}
	}
	assert_true(listened > 20);
}

/* What a giver's hands are to do begins with their role. */
static void a_giver_is_addressed(void **state)
{
	static const enum phrase givers[] = { PHRASE_HOLD_FOUND_GIVER, PHRASE_HOLD_ANYWAY_GIVER,
		PHRASE_SPOT_WAITS_GIVER, PHRASE_DEEP_BROKEN_OFF_GIVER, PHRASE_WATCH,
		PHRASE_WATCH_AGAIN };
	struct world *world = *state;
	(void)world_vocabulary(world);
	for (size_t i = 0; i < COUNT(givers); i++) {
		assert_int_equal(strncmp(world->voice->phrases[givers[i]], "Giver, ", 7), 0);
	}
	assert_int_equal(strncmp(world->voice->phrases[PHRASE_DEEP_BROKEN_OFF], "Let go slowly.",
					 14),
			0);
	assert_non_null(strstr(
			world->voice->phrases[PHRASE_DEEP_BROKEN_OFF_GIVER], "let go slowly."));
}

static const struct step *next_unit(size_t from)
{
	for (size_t i = from; i < desk.logged; i++) {
		if (desk.log[i].kind == ACTION_STEP && desk.log[i].step->unit != NULL) {
			return desk.log[i].step;
		}
	}
	return NULL;
}

/* S83: three strokes, on the same side, and nothing between. */
static void strokes_follow_each_hold(void **state)
{
	static const char *const held[] = { "lower-back-hands", "trigger-point", "partner-point" };
	static const size_t holds[] = { 2, 4, 2 };
	const struct person person = { .replies = { NO("prepare"), NO("warmth-wanted") } };
	for (size_t i = 0; i < COUNT(held); i++) {
		size_t count = 0;
		take(*state, held[i]);
		meet(&person, NULL);
		for (size_t k = 0; k < desk.logged; k++) {
			const struct step *step = desk.log[k].step;
			if (desk.log[k].kind != ACTION_STEP || step->unit == NULL ||
					!rule_of(step->unit->technique)->knot) {
				continue;
			}
			const struct step *after = next_unit(k + 1);
			assert_non_null(after);
			assert_int_equal(after->unit->technique, TECHNIQUE_EFFLEURAGE_AFTER);
			assert_int_equal(after->side, step->side);
			assert_int_equal(after->count, 3);
			count++;
		}
		assert_int_equal(count, holds[i]);
	}
}

/* S86: whatever length was wished for, two minutes from hold to hold on each side. */
static void held_spots_rest_in_every_length(void **state)
{
	static const char *const held[] = { "trigger-point", "ball" };
	size_t second = 0;
	for (int32_t minutes = 5; minutes <= 15; minutes++) {
		for (size_t i = 0; i < COUNT(held); i++) {
			const struct person person = { .minutes = minutes,
				.replies = { NO("prepare"), NO("warmth-wanted") } };
			frames_t over[2] = { 0, 0 };
			take(*state, held[i]);
			meet(&person, NULL);
			for (size_t k = 0; k < desk.logged; k++) {
				const struct action *tone = &desk.log[k];
				const struct step *step = NULL;
				for (size_t b = 0; b < k; b++) {
					step = desk.log[b].kind == ACTION_STEP ? desk.log[b].step
									       : step;
				}
				if (tone->kind != ACTION_TONE || tone->tone != TONE_HOLD ||
						step == NULL || step->unit == NULL ||
						!rule_of(step->unit->technique)->spot) {
					continue;
				}
				frames_t *last = &over[step->side == SIDE_RIGHT];
				second += *last > 0;
				assert_true(*last == 0 ||
						tone->at - *last >=
								frames_from_ms(HOLD_AGAIN_AFTER_MS));
				*last = tone->at + tone->length;
			}
		}
	}
	assert_true(second >= 30); /* most lengths have room for it */
}

/* S225: gentle words in each of them, however short it is said, and short strokes. */
static void every_touch_is_gentle(void **state)
{
	static const char *const words_of[] = { "slow", "gentl", "light", "soft", "steady",
		"small" };
	struct world *world = *state;
	const struct session_entry *sessions = NULL;
	size_t count = 0;
	size_t checked = 0;
	assert_int_equal(script_list(world->arena, SCRIPTS, &sessions, &count, &world->diag),
			STATUS_OK);
	for (size_t i = 0; i < count; i++) {
		take(world, sessions[i].name);
		for (size_t k = 0; k < script->step_count; k++) {
			const struct unit *unit = script->steps[k].unit;
			if (unit == NULL || !rule_of(unit->technique)->touch) {
				continue;
			}
			bool gentle = false;
			for (size_t w = 0; w < COUNT(words_of); w++) {
				gentle = gentle || strstr(unit->say_short, words_of[w]) != NULL;
			}
			if (!gentle) {
				fail_msg("%s: %s", unit->name, unit->say_short);
			}
			assert_true(unit->pace.stroke_ms.max <= 10000);
			checked++;
		}
	}
	assert_true(checked > 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_make, world_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_room_is_prepared_after_one_yes),
		TEST(the_room_has_its_warmth),
		TEST(only_these_oils_are_named),
		TEST(sensitive_skin_gets_another_oil),
		TEST(warmth_comes_first_if_wished),
		TEST(warmth_has_an_end_in_every_length),
		TEST(warmth_that_is_skipped_is_taken_away),
		TEST(warmth_does_not_begin_anew),
		TEST(back_leads_into_no_warmth_that_was_declined),
		TEST(sore_skin_gets_no_warmth_and_no_tool),
		TEST(warmth_is_offered_afterwards),
		TEST(three_changes_of_position_are_enough),
		TEST(the_giver_is_asked_too),
		TEST(skip_leaves_a_unit_out),
		TEST(stretches_are_offered),
		TEST(who_is_sore_cools_it),
		TEST(tense_is_heard_at_all_work),
		TEST(a_giver_is_addressed),
		TEST(strokes_follow_each_hold),
		TEST(held_spots_rest_in_every_length),
		TEST(every_touch_is_gentle),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
