/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: base core load */
#include "load/lint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static const char *const off_the_spine[] = {
	"Place both palms beside the spine and press gently.",
	"Press on the muscle beside your spine.",
	"Rest your thumbs on either side of the spine.",
	"Knead on both sides of your spine, slowly.",
	"Glide down the left side of the spine.",
	"Keep your fingers off the spine.",
	"Slide your hands away from the spine.",
	"Hold the ball next to the spine, never on it.",
	"Keep the roller clear of the spine.",
	"Never press on the spine.",
	"Never press on the spine or on bone.",
	"Do not press on the spine itself.",
	"Don't press directly on the spine.",
	"Don\u2019t press directly on the spine.",
	"Press beside it, but never on the spine.",
	"Press gently on the muscle, not on the spine.",
	"Press beside the spine, not on the bone.",
	"Work without pressure on the spine.",
	"No weight on the spine, please.",
	"Avoid the spine while you knead.",
	"Roll slowly, avoiding the spine and the bones.",
	"Stay off the spine and the hip bones with your thumbs.",
	"Press beside the spine or the tailbone.",
	"Let your spine be long.",
	"Avoid pressing on the spine.",
	"Avoid rolling the ball over the spine or over bone.",
	"Do not be hasty, and never press on the spine.",
	"Nothing should press on the spine.",
	"Keep the roller off the spine and off the bones.",
	"If you meet bone, shift outwards.",
	"A cancer that involves the spine needs care.",
	"Press with your palm. The spine stays free.",
	"Glide from the lower ribs down to the top of the hips.",
	"Press into the soft muscle of your lower back.",
	"Move your thumbs outside the spine.",
	"Find the muscle alongside the spine and press on the muscle.",
	"BESIDE THE SPINE, press slowly.",
	"Never, not even lightly. Knead beside the spine.",
	"Sit back in the middle of the chair and press your palms together.",
	"Lay your palm below the lower ribs, beside the spine.",
	"Glide from the sacrum up to the lower ribs, on either side of the spine.",
	"Place your fist above the hip, away from the ribs.",
	"Stay below the ribs with your thumbs.",
	"Never press on the kidneys.",
	"Keep to the left of the spine.",
	"Rest in the groove beside the spine.",
	"Work beside the spine. Stay off it.",
	"Work beside the spine. Never press on it.",
	"Work beside the spine. Find the knot and press on it.",
	"Keep beside the spine. Then lift your hand, and move it to the hip.",
	"Do you have a broken rib, or weak bones?",
	"Have you broken a bone in your spine?",
	"Feel your ribs widen as you breathe in.",
	"Keep your spine long.",
	"If you reach bone, stop.",
	"Cross over to the other side, away from the spine.",
	"Press in the middle of the muscle.",
};

static void keeps_off_the_spine(void **state)
{
	char reason[LINT_REASON_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(off_the_spine) / sizeof(off_the_spine[0]); i++) {
		reason[0] = '\0';
		if (!lint_spine(off_the_spine[i], NULL, 0, reason)) {
			fail_msg("\"%s\": %s", off_the_spine[i], reason);
		}
	}
}

static const char *const on_the_spine[] = {
	"Press on the spine.",
	"Press the spine.",
	"Press your spine gently.",
	"Press gently along the spine.",
	"Knead over the spine.",
	"Rub up and down the spine.",
	"Walk your thumbs up the spine.",
	"Put your weight through the spine.",
	"Let the spine take the load.",
	"Roll the ball across your backbone.",
	"Lean onto the vertebrae.",
	"Rest your knuckles on the spinal muscles, on the spine.",
	"Make circles on the tailbone.",
	"Push into the hip bone.",
	"Press on bony places.",
	"Press down the middle of your back.",
	"Glide down the centre of your lower back.",
	"Press on the spine, not beside it.",
	"Press beside the spine and then on the spine.",
	"Press beside, then on, the spine.",
	"Press beside the spine, then slowly on it.",
	"Find the knot beside the spine and press on it.",
	"Not only beside the spine but also on the spine, press.",
	"Do not press too hard on the spine.",
	"Do not press on the spine too hard.",
	"Never press quickly on the spine.",
	"Never press on the spine for long.",
	"Never stop pressing on the spine.",
	"Do not be afraid to press on the spine.",
	"Don't avoid the spine with your thumbs.",
	"Never stay off the spine with your hands.",
	"Do not keep your thumbs away from the spine.",
	"Avoid the spine with your thumbs until it is warm.",
	"Never press without a hand on the spine.",
	"Do not press on the spine until it is warm.",
	"Do not press on the spine unless it feels good.",
	"Never rush, press on the spine.",
	"Do not hold your breath and press on the spine.",
	"Never press on bone. Press on the spine.",
	"Never press on bone; press on the spine.",
	"No pain: press on the spine.",
	"The spine is where your thumbs go.",
	"Stroke the spine's whole length.",
	"Press the side of your fist on the spine.",
	"Press on the top of the spine.",
	"Hold your hand on the muscle and the spine.",
	"Bear down on the spine.",
	"Sink in slowly on the spine.",
	"Rest your full attention on the spine.",
	"Step on the spine.",
	"Stand on the spine.",
	"Go slowly up and down the spine.",
	"Travel along the spine with both.",
	"Use small circles. The spine is where we begin.",
	"Keep beside the spine, then go on to it.",
	"Keep beside the spine. Then go on to it.",
	"Keep to one side of the spine, then cross it and go over it.",
	"Work beside the spine. Then press on it.",
	"Work beside the spine. Take a slow breath. Then press on it.",
	"Press beside the spine. Now cross over it slowly.",
	"Work beside the vertebrae. Then bear down on them.",
	"Stay off the spine. Now press it.",
	"Sink into the groove in the middle. Stay there.",
	"Press between the two long muscles of your back.",
	"Press on the tail bone.",
	"Press firmly on the back bone.",
	"Press straight down the centre line of your back.",
	"Glide along the midline.",
	"Follow the center of the back.",
	"Press on the ridge of your back.",
	"Press on every knob down your back.",
	"Press on your sacrum.",
	"Slide across the sacrum.",
	"Press on your ribs.",
	"Lean into the lower ribs.",
	"Press on your kidneys.",
	"Drum over the kidneys.",
	"Don't worry, press on the spine.",
	"Feel your spine and bear down.",
	"Let your spine be long while you press.",
	"If you meet bone, press on.",
	"If you meet bone, do not stop.",
	"When you feel the spine, go harder.",
	"The spine stays free unless you need it.",
	"Would you like to go up and down the spine?",
	"Have you pressed on the spine?",
	"Is the spine ready for your thumbs?",
};

static void refuses_pressing_on_the_spine(void **state)
{
	char reason[LINT_REASON_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(on_the_spine) / sizeof(on_the_spine[0]); i++) {
		if (lint_spine(on_the_spine[i], NULL, 0, reason)) {
			fail_msg("nothing is wrong with \"%s\"", on_the_spine[i]);
		}
		assert_non_null(strstr(reason, "(S223)"));
	}
}

static void keeps_off_what_a_unit_names(void **state)
{
	static const char *const never[] = { "spine", "navel" };
	char reason[LINT_REASON_MAX];

	(void)state;
	assert_true(lint_spine("Press on the navel.", NULL, 0, reason));
	assert_false(lint_spine("Press on the navel.", never, 2, reason));
	assert_true(lint_spine("Never press on the navel.", never, 2, reason));
	assert_true(lint_spine("Keep your hands off the navel.", never, 2, reason));
}

/* S1: in a relaxation nobody is told to work on a body. */
static void keeps_hands_off_in_a_relaxation(void **state)
{
	static const char *const fine[] = { "Let your spine rest on the floor.",
		"Rest your attention on your ribs.", "There is nothing to press.",
		"Do not rub your eyes.", "Let the pressure of the day go.", "This is no massage.",
		"Lie on your back. Let your hands rest." };
	static const char *const touch[] = { "Press your thumbs deep into your lower back.",
		"Slowly knead.", "Rub your hands together.", "Stroke your arms.", "Dig a little.",
		"Massage your neck.", "Try pressing there.", "Breathe, and squeeze your thighs.",
		"Never mind, rub it." };
	char reason[LINT_REASON_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++) {
		if (!lint_rest(fine[i], reason)) {
			fail_msg("\"%s\": %s", fine[i], reason);
		}
	}
	for (size_t i = 0; i < sizeof(touch) / sizeof(touch[0]); i++) {
		if (lint_rest(touch[i], reason)) {
			fail_msg("nothing is wrong with \"%s\"", touch[i]);
		}
		assert_non_null(strstr(reason, "is touch"));
	}
}

/* S126 */
static void tells_a_warning(void **state)
{
	(void)state;
	assert_true(lint_warns("Hold. Stop if the pain sharpens or runs down a leg."));
	assert_true(lint_warns("Please stop if it radiates into your legs!"));
	assert_false(lint_warns("Lift one leg."));
	assert_false(lint_warns("Stop if the pain sharpens. Cross one leg."));
	assert_false(lint_warns("Stop if your leg is tired."));
	assert_false(lint_warns("Never stop if pain runs down a leg."));
	assert_false(lint_warns("Pain runs down a leg."));
	assert_false(lint_warns(""));
}

struct text_case {
	const char *text;
	const char *reason; /* part of it; NULL: fine */
};

static void refuses_what_is_never_said(void **state)
{
	static const struct text_case cases[] = {
		{ "Slow, steady and gentle.", NULL },
		{ "Hold for {seconds} seconds, at about {target}.", NULL },
		{ "Put your heel in front. Your health comes first.", NULL },
		{ "See a physical therapist.", NULL },
		{ "Use quick jabs.", "\"jabs\" is never said (S224)" },
		{ "Press as Hard as you can.", "\"hard as you can\" is never said (S224)" },
		{ "Just push  through.", "\"push through\" is never said (S224)" },
		{ "No pain, no gain.", NULL },
		{ "No pain no gain.", "\"no pain no gain\" is never said (S224)" },
		{ "This cures back pain.", "\"cures\" is a medical claim (S222)" },
		{ "Strokes that heal.", "\"heal\" is a medical claim (S222)" },
		{ "It repairs tissue.", "\"repairs\" is a medical claim (S222)" },
		{ "A treatment for you.", "\"treatment\" is a medical claim (S222)" },
		{ "Hold for 20 seconds.", "the digit '2'" },
		{ "One side, then the other.", NULL },
		{ "Hold for Twenty seconds.",
				"the number \"twenty\": figures come from the rules" },
		{ "From {least} to ten.", "the number \"ten\"" },
		{ "Do it twice.", "the number \"twice\"" },
		{ "Often tended to.", NULL },
		{ "Press on <b>.", "the sign '<' cannot be spoken" },
		{ "Five/ten breaths.", "the sign '/' cannot be spoken" },
		{ "[[h@l'oU]]", "the sign '[' cannot be spoken" },
	};
	char reason[LINT_REASON_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const bool fine = lint_text(cases[i].text, reason);
		assert_int_equal(fine, cases[i].reason == NULL);
		if (cases[i].reason != NULL) {
			assert_ptr_equal(strstr(reason, cases[i].reason), reason);
		}
	}
}

#define FIVE "a b c d e "

static void counts_the_words_of_a_sentence(void **state)
{
	char reason[LINT_REASON_MAX];

	(void)state;
	assert_true(lint_text(FIVE FIVE FIVE "a b c d {count}.", reason));
	assert_true(lint_text(FIVE FIVE FIVE "a b c d e. " FIVE FIVE FIVE "a.", reason));
	assert_false(lint_text(FIVE FIVE FIVE FIVE "f.", reason));
	assert_string_equal(reason,
			"\"a b c d e a b c d e a b c d e a ...\" has 21 words, 20 at the most: make two "
			"sentences of it");
	assert_false(lint_text("One. " FIVE FIVE FIVE FIVE "f", reason));
	assert_false(lint_text(FIVE FIVE FIVE "a-b-c-d-e f", reason));
}

static void orders_are_short_and_begin_with_the_verb(void **state)
{
	static const struct text_case cases[] = {
		{ "Lay both palms flat on your lower back, beside the spine, now.", NULL },
		{ "Lay both palms flat on your lower back, beside the spine, and wait.",
				"\"Lay both palms flat on your ...\" is an order of 13 words, 12" },
		{ "Rest. Giver, now lay both palms flat on the back, on each {side} side.",
				"\"Giver, now lay both palms flat ...\" is an order of 13 words" },
		{ "Never press on the spine, on bone, on the ribs or the kidneys.",
				"\"Never press on the spine, on ...\" is an order of 13 words" },
		{ "You lay both palms flat on your lower back, beside the spine, slowly.", NULL },
		{ "Do you lay both palms flat on your lower back, beside the spine?", NULL },
		{ "With the rising tone, press.",
				"\"With the rising tone, press. ...\" is an order: "
				"put its verb first" },
		{ "When you like, do not move.",
				"\"When you like, do not move. ...\" is an order: " },
		{ "Giver, steadily press on.", "\"Giver, steadily press on. ...\" is an order: " },
		{ "Giver, slowly press on.", NULL },
		{ "If you feel dizzy, sit down.", NULL },
		{ "When you like, we begin.", NULL },
		{ "", NULL },
		{ ".", NULL },
	};
	char reason[LINT_REASON_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const bool fine = lint_text(cases[i].text, reason);
		if (fine != (cases[i].reason == NULL) ||
				(!fine && strstr(reason, cases[i].reason) != reason)) {
			fail_msg("\"%s\": %s", cases[i].text, fine ? "fine" : reason);
		}
	}
}

static void finds_words_in_order(void **state)
{
	(void)state;
	assert_true(lint_says("Now Breathe  slowly, and rest.", "breathe slowly"));
	assert_true(lint_says("breathe slowly", "breathe slowly"));
	assert_false(lint_says("Breathe. Slowly.", "breathe slowly"));
	assert_false(lint_says("Breathe very slowly", "breathe slowly"));
	assert_false(lint_says("", "breathe slowly"));
}

/* Anything at all must be answered, also what no author writes. */
static void survives_odd_texts(void **state)
{
	char text[700];
	char reason[LINT_REASON_MAX];

	(void)state;
	memset(text, '.', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_true(lint_spine(text, NULL, 0, reason));
	for (size_t i = 0; i + 1 < sizeof(text); i++) {
		text[i] = "it "[i % 3];
	}
	assert_true(lint_spine(text, NULL, 0, reason));
	for (size_t i = 0; i + 1 < sizeof(text); i++) {
		text[i] = "on spine and "[i % 13];
	}
	assert_false(lint_spine(text, NULL, 0, reason));
	assert_true(lint_rest(text, reason));
	assert_false(lint_warns(text));
	assert_true(lint_spine("", NULL, 0, reason));
	assert_false(lint_spine("spine", NULL, 0, reason));
	assert_true(lint_rest("massage", reason));
	assert_false(lint_spine("and spine hold", NULL, 0, reason));
	assert_false(lint_spine("middle of your back hands", NULL, 0, reason));
	assert_true(lint_spine("middle of", NULL, 0, reason));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_off_the_spine),
		cmocka_unit_test(refuses_pressing_on_the_spine),
		cmocka_unit_test(keeps_off_what_a_unit_names),
		cmocka_unit_test(keeps_hands_off_in_a_relaxation),
		cmocka_unit_test(tells_a_warning),
		cmocka_unit_test(refuses_what_is_never_said),
		cmocka_unit_test(counts_the_words_of_a_sentence),
		cmocka_unit_test(orders_are_short_and_begin_with_the_verb),
		cmocka_unit_test(finds_words_in_order),
		cmocka_unit_test(survives_odd_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
