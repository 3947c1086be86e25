/* SPDX-License-Identifier: GPL-3.0-or-later; rooms: core base */
/*
 * fuzz_engine.c - a session with an arbitrary person and arbitrary faults. A model that knows
 * nothing of the engine's inside watches every action and holds it to the safety rules.
 *
 * The same entry runs under libFuzzer and, with pseudo-random bytes, as a test of tests/scenario.
 */
#include "ease/engine.h"
#include "ease/memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define QUEUE_MAX 64
#define SILENT_STEPS_MAX 20000 /* enough for any session to end by itself */
#define STEPS_MAX 32
#define DEEP_TWICE 2

/* libFuzzer gives the name. NOLINTNEXTLINE(readability-identifier-naming) */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Sessions. */

static const struct unit warm = { .name = "warm",
	.title = "warm",
	.technique = TECHNIQUE_CIRCLES,
	.pace = { PACE_STROKES, { 2000, 6000 }, 4000, 0, 0, 0 },
	.seconds = { 60, 120 },
	.pressure = { 1, 3 },
	.rated = true,
	.say_long = "Circle at {target}." };

static const struct unit glide = { .name = "glide",
	.title = "glides",
	.technique = TECHNIQUE_PALM_GLIDE,
	.pace = { PACE_STROKES, { 3300, 5000 }, 4200, 1000, 0, 0 },
	.count = { 3, 5 },
	.pressure = { 1, 4 },
	.rated = true,
	.say_long = "Glide on the {side} side, {count} times.",
	.say_short = "The {side} side." };

static const struct cue cues[] = { { 30, "A third." }, { 70, "Soon." } };

static const struct unit hold = { .name = "hold",
	.title = "hold",
	.technique = TECHNIQUE_SELF_TRIGGER_POINT,
	.pace = { .kind = PACE_HOLD },
	.seconds = { 20, 30 },
	.pressure = { 1, 7 },
	.say_long = "Hold for {seconds} seconds.",
	.cues = cues,
	.cue_count = 2 };

static const struct unit press = { .name = "press",
	.title = "presses",
	.technique = TECHNIQUE_COMPRESSION,
	.pace = { PACE_STROKES, { 2000, 6000 }, 3000, 500, 0, 0 },
	.count = { 3, 10 },
	.pressure = { 1, 6 },
	.rated = true,
	.say_long = "Press." };

static const struct unit stretch = { .name = "stretch",
	.title = "stretch",
	.technique = TECHNIQUE_HAMSTRING,
	.pace = { .kind = PACE_HOLD },
	.seconds = { 20, 30 },
	.say_long = "Stretch, breathe slowly." };

static const struct unit breath = { .name = "breath",
	.title = "breath",
	.technique = TECHNIQUE_BREATH,
	.who = WHO_COUNT,
	.pace = { PACE_BREATH, { 4000, 7000 }, 5000, 0, 1000, 2000 },
	.seconds = { 30, 900 },
	.say_long = "Breathe.",
	.cues = cues,
	.cue_count = 2 };

static const struct unit still = { .name = "still",
	.title = "stillness",
	.technique = TECHNIQUE_REST,
	.who = WHO_COUNT,
	.pace = { .kind = PACE_NONE },
	.seconds = { 1, 900 },
	.say_long = "Be still." };

static const struct answer consent_answers[] = {
	{ .intent = INTENT_YES, .say = "Good." },
	{ .intent = INTENT_NO, .outcome = OUTCOME_REFUSE },
	{ .intent = INTENT_NOT_SURE, .outcome = OUTCOME_AGAIN },
};

static const struct answer light_answers[] = {
	{ .intent = INTENT_YES, .say = "Light touch today.", .outcome = OUTCOME_LIGHT },
	{ .intent = INTENT_NO },
	{ .intent = INTENT_NOT_SURE, .outcome = OUTCOME_ADVISE },
};

static const struct answer ceiling_answers[] = {
	{ .intent = INTENT_RATING, .values = { 0, 10 }, .say = "Ceiling {ceiling}." },
	{ .intent = INTENT_NOT_SURE },
};

static const struct answer loud_answers[] = {
	{ .intent = INTENT_YES },
	{ .intent = INTENT_NO, .outcome = OUTCOME_LOUDER },
	{ .intent = INTENT_HELP, .outcome = OUTCOME_GOTO, .go = 3 },
};

static const struct answer offer_answers[] = {
	{ .intent = INTENT_YES },
	{ .intent = INTENT_NO, .say = "We leave it.", .outcome = OUTCOME_GOTO, .go = 14 },
};

/* Much asks again, so that it is often asked for the last time. */
static const struct answer ready_answers[] = {
	{ .intent = INTENT_READY },
	{ .intent = INTENT_YES },
	{ .intent = INTENT_NO, .say = "No hurry.", .outcome = OUTCOME_AGAIN },
	{ .intent = INTENT_NOT_SURE, .outcome = OUTCOME_AGAIN },
	{ .intent = INTENT_CONTINUE, .outcome = OUTCOME_AGAIN },
	{ .intent = INTENT_FIRMER, .outcome = OUTCOME_AGAIN },
	{ .intent = INTENT_NONE, .say = "We leave it.", .outcome = OUTCOME_GOTO, .go = 3 },
};

static const struct voice_answer topics[] = {
	{ "oil", "Any oil.", OUTCOME_NEXT, 0 },
	{ "thinners", "Light touch today.", OUTCOME_LIGHT, 0 },
	{ "pregnant", "On your side.", OUTCOME_LIGHT, 1u << FACT_SIDE_LYING },
};

#define ASK(n, c, list, u)                                                                 \
	.kind = STEP_ASK, .name = (n), .say = (n), .context = (c), .wait_ms = 6000,        \
	.reprompts = 1, .answers = (list), .answer_count = sizeof(list) / sizeof(list)[0], \
	.unanswered = (u)

static const struct step touch_steps[] = {
	{ .kind = STEP_SAY, .name = "welcome", .say = "Welcome.", .rest_ms = 1500 },
	{ .kind = STEP_SAY,
			.name = "again",
			.say = "Good to have you back.",
			.when = 1u << FACT_AGAIN },
	{ ASK("loud", CONTEXT_YESNO, loud_answers, 0), .screened = INTENT_YES },
	{ ASK("consent", CONTEXT_YESNO, consent_answers, 2), .screened = INTENT_YES },
	{ ASK("light", CONTEXT_YESNO, light_answers, 2), .screened = INTENT_NO },
	{ ASK("ceiling", CONTEXT_RATING, ceiling_answers, 1), .screened = INTENT_NOT_SURE,
			.store = STORE_CEILING },
	{ .kind = STEP_REHEARSE, .name = "number", .say = "Number?", .rehearse = INTENT_RATING },
	{ .kind = STEP_REHEARSE, .name = "stop", .say = "Say stop.", .rehearse = INTENT_STOP },
	{ .kind = STEP_UNIT, .name = "early", .unit = &press }, /* deep before warm: never runs */
	{ .kind = STEP_UNIT, .name = "warm", .unit = &warm, .ms = 60000 },
	{ .kind = STEP_UNIT, .name = "left", .unit = &glide, .side = SIDE_LEFT, .count = 4 },
	{ .kind = STEP_UNIT,
			.name = "right",
			.unit = &glide,
			.side = SIDE_RIGHT,
			.count = 4,
			.short_form = true },
	{ ASK("offer", CONTEXT_YESNO, offer_answers, 1) },
	{ .kind = STEP_UNIT, .name = "hold", .unit = &hold, .side = SIDE_LEFT, .ms = 30000 },
	{ .kind = STEP_UNIT, .name = "press", .unit = &press, .side = SIDE_RIGHT },
	{ .kind = STEP_UNIT, .name = "stretch", .unit = &stretch },
	{ .kind = STEP_SAY, .name = "again", .say = "As last time.", .when = 1u << FACT_AGAIN },
	{ ASK("sore", CONTEXT_YESNO, light_answers, 2),
			.when = 1u << FACT_SORE_DUE | 1u << FACT_TEN_DAYS, .store = STORE_SORE },
	{ .kind = STEP_SAY, .name = "end", .say = "Well done.", .volume_db = 5 },
};

/* Short, so that its question is often reached. */
static const struct step tool_steps[] = {
	{ .kind = STEP_UNIT, .name = "warm", .unit = &warm, .ms = 60000 },
	{ ASK("ready", CONTEXT_YESNO, ready_answers, 6) },
	{ .kind = STEP_UNIT, .name = "tool", .unit = &press, .side = SIDE_LEFT },
	{ .kind = STEP_SAY, .name = "aside", .say = "Put it aside.", .rest_ms = 3000 },
	{ .kind = STEP_UNIT, .name = "glide", .unit = &glide, .side = SIDE_LEFT, .count = 3 },
};

static const struct step relax_steps[] = {
	{ .kind = STEP_SAY, .name = "settle", .say = "Settle.", .rest_ms = 4000 },
	{ ASK("loud", CONTEXT_YESNO, loud_answers, 1), .screened = INTENT_YES },
	{ .kind = STEP_REHEARSE, .name = "stop", .say = "Say stop.", .rehearse = INTENT_STOP },
	{ .kind = STEP_UNIT, .name = "breath", .unit = &breath, .ms = 60000 },
	{ .kind = STEP_UNIT, .name = "still", .unit = &still, .ms = 20000 },
	{ .kind = STEP_UNIT, .name = "stretch", .unit = &stretch },
	{ .kind = STEP_SAY, .name = "return", .say = "Open your eyes.", .rest_ms = 1000 },
};

static const struct script scripts[] = {
	{ .name = "touch",
			.title = "touch",
			.kind = SESSION_TOUCH,
			.who = WHO_PARTNER,
			.steps = touch_steps,
			.step_count = sizeof touch_steps / sizeof touch_steps[0] },
	{ .name = "tool",
			.title = "tool",
			.kind = SESSION_TOUCH,
			.who = WHO_SELF,
			.steps = tool_steps,
			.step_count = sizeof tool_steps / sizeof tool_steps[0] },
	{ .name = "relax",
			.title = "relax",
			.kind = SESSION_RELAXATION,
			.who = WHO_SELF,
			.steps = relax_steps,
			.step_count = sizeof relax_steps / sizeof relax_steps[0] },
};

/* The model. */

struct spoken {
	uint32_t utterance;
	frames_t end;
};

struct world {
	struct engine engine;
	const struct script *script;
	const char *phrases[PHRASE_COUNT];
	frames_t now;
	frames_t busy;
	struct spoken queue[QUEUE_MAX];
	size_t queued;
	uint32_t utterance;
	const struct step *step; /* the last announced */
	bool toned;              /* a tone was scheduled in it */
	frames_t rests;          /* when the spot was left that was held last */
	frames_t looked;         /* when the giver was asked to look */
	frames_t finished;       /* when its end tone sounds, or FRAMES_NEVER */
	bool spoke;              /* since the last hush */
	uint32_t reported;       /* the last utterance that was said, as the engine knows */
	int held[STEPS_MAX];     /* how often each deep step was worked */
	uint32_t avoided;        /* the sides that are left out */
	bool agreed[STEPS_MAX];  /* the last answer to that question was a yes */
	bool warm;
	bool light;
	bool stop_heard; /* the stop word, in its rehearsal */
	bool unclear;    /* a rehearsal failed, or the room was too loud for it */
	int32_t faint;   /* words in a row that stood low above the noise */
	int32_t voice;   /* level of the last one that did not; 0: none */
	frames_t noisy;  /* since when the room would drown it, or FRAMES_NEVER */
	bool word;       /* the person has a word of their own, that was not missed */
	bool microphone;
	bool owes_button; /* a question that may refuse was asked of the deaf */
	bool stop_cue;
	bool stopped;    /* by a word, and not yet led back */
	bool continuing; /* "continue" was said since, and the comfort question asked */
	bool medical;    /* the medical words were said */
	uint32_t grave;  /* the utterance of the last words that tell to seek help, or 0 */
	enum sign worst; /* the worst of what was named while they were said */
	bool ended;
	bool confirming; /* "did you say firmer?" is open */
	bool comforting; /* "all comfortable?" is open */
	bool rated;      /* a rating that allows more, since the last change */
	int32_t rating;
	int32_t level;
	int32_t ceiling;
};

static void check(bool good, const char *rule, const struct world *w)
{
	if (good) {
		return;
	}
	(void)fprintf(stderr, "broken at %.3f s in step %s: %s\n", seconds_from_frames(w->now),
			w->step == NULL ? "none" : w->step->name, rule);
	abort();
}

static bool is_phrase(const struct world *w, const struct action *say, enum phrase phrase)
{
	return say->text == w->phrases[phrase];
}

static bool is_one_of(const struct world *w, const struct action *say, const enum phrase *list,
		size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (is_phrase(w, say, list[i])) {
			return true;
		}
	}
	return false;
}

static bool is_medical(const struct world *w, const struct action *say)
{
	static const enum phrase list[] = { PHRASE_MEDICAL, PHRASE_MEDICAL_SKIN, PHRASE_MEDICAL_LEG,
		PHRASE_MEDICAL_NOW };

	return is_one_of(w, say, list, sizeof list / sizeof list[0]);
}

/* What somebody must hear to its end. */
static bool is_grave(const struct world *w, const struct action *say)
{
	static const enum phrase list[] = { PHRASE_REFUSED, PHRASE_ADVISE, PHRASE_URGENT };

	return is_medical(w, say) || is_one_of(w, say, list, sizeof list / sizeof list[0]);
}

/* Signs with one and the same advice. */
static int advice_of(int32_t sign)
{
	return sign <= SIGN_NUMB || sign >= SIGN_COUNT ? 0 : (int)sign;
}

static bool is_stop_phrase(const struct world *w, const struct action *say)
{
	static const enum phrase list[] = { PHRASE_STOPPING, PHRASE_STOPPING_REST, PHRASE_HEAT_AWAY,
		PHRASE_STOP_HURT, PHRASE_STOP_SIGNS, PHRASE_STOP_GONE_SHARP, PHRASE_STOP_GONE_NUMB,
		PHRASE_STOP_MORE, PHRASE_STOPPED, PHRASE_COMFORT_TO_CONTINUE, PHRASE_NOT_RESUMED,
		PHRASE_STILL_THERE, PHRASE_GOODBYE, PHRASE_DID_NOT_HEAR, PHRASE_RATING_RELEASE,
		PHRASE_MIC_LOST, PHRASE_MIC_BACK };

	return is_medical(w, say) || is_one_of(w, say, list, sizeof list / sizeof list[0]);
}

static bool disturbs(const struct world *w, const struct action *say)
{
	static const enum phrase list[] = { PHRASE_STOP_HURT, PHRASE_STILL_THERE, PHRASE_RATING_ASK,
		PHRASE_RATING_AGAIN, PHRASE_RATING_SILENT, PHRASE_SILENT_PAUSE, PHRASE_COMFORT_ASK,
		PHRASE_COMFORT_BAD, PHRASE_RATING_HIGH, PHRASE_REHEARSAL_FAILED };

	return is_one_of(w, say, list, sizeof list / sizeof list[0]);
}

/* What only a voice can answer. */
static bool asks(const struct world *w, const struct action *say)
{
	static const enum phrase list[] = { PHRASE_STOP_HURT, PHRASE_STOP_SIGNS,
		PHRASE_STOP_GONE_SHARP, PHRASE_STOP_GONE_NUMB, PHRASE_STOP_MORE,
		PHRASE_COMFORT_TO_CONTINUE, PHRASE_STILL_THERE, PHRASE_RATING_ASK,
		PHRASE_RATING_AGAIN, PHRASE_RATING_CHECK, PHRASE_COMFORT_ASK, PHRASE_FIRMER_CONFIRM,
		PHRASE_FIRMER_RATE_FIRST, PHRASE_DID_NOT_HEAR };

	return is_one_of(w, say, list, sizeof list / sizeof list[0]) ||
	       (w->step != NULL && say->text == w->step->say &&
			       (w->step->kind == STEP_REHEARSE ||
					       w->step->context == CONTEXT_RATING));
}

/* After these the comfort question is not open any more. */
static bool follows_comfort(const struct world *w, const struct action *say)
{
	static const enum phrase list[] = { PHRASE_COMFORT_BAD, PHRASE_LIGHTER, PHRASE_LIGHTEST,
		PHRASE_RATING_ASK, PHRASE_RATING_OK, PHRASE_RATING_HIGH, PHRASE_RATING_CHECK,
		PHRASE_RATING_AGAIN, PHRASE_RATING_ASSUMED };

	return is_one_of(w, say, list, sizeof list / sizeof list[0]);
}

static bool can_refuse(const struct step *step)
{
	for (size_t i = 0; step->kind == STEP_ASK && i < step->answer_count; i++) {
		const enum outcome outcome = step->answers[i].outcome;
		if (outcome == OUTCOME_REFUSE || outcome == OUTCOME_ADVISE ||
				outcome == OUTCOME_URGENT) {
			return true;
		}
	}
	return false;
}

static int32_t smaller(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t ceiling(const struct world *w)
{
	int32_t most = smaller(w->ceiling, PRESSURE_CAP);

	if (w->step != NULL && w->step->kind == STEP_UNIT && w->step->unit->pressure.max > 0) {
		most = smaller(most, w->step->unit->pressure.max);
	}
	return w->light ? smaller(most, PRESSURE_LIGHT_MAX) : most;
}

static bool is_warming(const struct step *step)
{
	return step != NULL && step->kind == STEP_UNIT && rule_of(step->unit->technique)->warms;
}

static bool is_deep(const struct step *step)
{
	return step->kind == STEP_UNIT && rule_of(step->unit->technique)->deep;
}

static bool is_spot(const struct step *step)
{
	return step != NULL && step->kind == STEP_UNIT && rule_of(step->unit->technique)->spot;
}

static void watch_question(struct world *w, const struct action *say)
{
	const bool rates = is_phrase(w, say, PHRASE_RATING_ASK) ||
			   is_phrase(w, say, PHRASE_COMFORT_ASK);

	check(w->microphone || !asks(w, say), "nothing is asked that cannot be answered", w);
	check(!w->owes_button || is_phrase(w, say, PHRASE_DEAF_QUESTION),
			"what may refuse is asked of the button", w);
	check(!rates || w->toned, "nothing is asked before the first stroke", w);
	w->owes_button = !w->microphone && w->step != NULL && say->text == w->step->say &&
			 can_refuse(w->step);
	w->comforting = is_phrase(w, say, PHRASE_COMFORT_ASK) ||
			(w->comforting && !follows_comfort(w, say));
}

/* The person's own ceiling is known by what is read back. */
static void watch_ceiling(struct world *w, const struct action *say)
{
	const int32_t named = say->args.value;

	if (say->text != ceiling_answers[0].say) {
		return;
	}
	check(named >= 0 && named <= RATING_MAX, "a ceiling is read back", w);
	w->ceiling = named > PRESSURE_CAP ? PRESSURE_CEILING_DEFAULT
					  : (named < PRESSURE_MIN ? PRESSURE_MIN : named);
	check(say->args.ceiling <= w->ceiling, "and what is kept of it", w);
}

/* S116: not too often, and not into a question. */
static void watch_look(struct world *w, const struct action *say)
{
	if (!is_phrase(w, say, PHRASE_WATCH) && !is_phrase(w, say, PHRASE_WATCH_AGAIN)) {
		return;
	}
	check(w->toned, "the giver looks while hands work", w);
	check(!w->comforting && w->engine.inquiry.kind == INQUIRY_NONE, "no look in a question", w);
	check(w->looked == 0 || w->now >= w->looked + frames_from_ms(60000),
			"a minute from look to look", w);
	w->looked = w->now;
}

static void watch_say(struct world *w, const struct action *say)
{
	char text[TEXT_MAX];

	check(say->utterance == ++w->utterance, "utterances rise by one", w);
	check(text_render(say->text, &say->args, w->phrases, text, sizeof text) == STATUS_OK,
			"every text can be said", w);
	check(!w->medical || is_medical(w, say),
			"after the medical words only more urgent ones are said", w);
	check(!w->stopped || is_stop_phrase(w, say), "stopped: only the words of a stop", w);
	check(w->script->kind == SESSION_TOUCH || !disturbs(w, say), "who sleeps is left alone", w);
	watch_question(w, say);
	watch_ceiling(w, say);
	w->spoke = true;
	w->medical = is_medical(w, say);
	w->grave = is_grave(w, say) ? say->utterance : 0;
	w->light = w->light || strcmp(say->text, "Light touch today.") == 0;
	w->unclear = w->unclear || is_phrase(w, say, PHRASE_REHEARSAL_FAILED);
	w->confirming = w->confirming || is_phrase(w, say, PHRASE_FIRMER_CONFIRM) ||
			is_phrase(w, say, PHRASE_MORE_OFFER);
	watch_look(w, say);
	w->continuing = w->continuing || is_phrase(w, say, PHRASE_COMFORT_TO_CONTINUE);
	if (w->queued < QUEUE_MAX) {
		w->busy = w->busy < w->now ? w->now : w->busy;
		w->busy += frames_from_ms(1200);
		w->queue[w->queued++] = (struct spoken){ say->utterance, w->busy };
	}
}

static void watch_tone(struct world *w, const struct action *tone)
{
	check(tone->at >= w->now, "no tone in the past", w);
	check(tone->at <= w->now + frames_from_ms(60000), "no tone far ahead", w);
	check(!w->stopped && !w->medical, "stopped: no tone", w);
	check(w->step == NULL || !is_deep(w->step) || !w->light, "no deep work goes on", w);
	check(w->spoke, "no tone after a hush but for a new reason", w);
	check(w->step != NULL && w->step->kind == STEP_UNIT, "tones belong to units", w);
	check(w->engine.mode == ENGINE_RUNNING, "tones only while the session runs", w);
	if (tone->tone == TONE_END) {
		w->finished = tone->at;
	}
	if (is_deep(w->step) && !w->toned) {
		check(++w->held[w->step - w->script->steps] <= DEEP_TWICE, "two holds a spot", w);
		check(!is_spot(w->step) || w->rests == 0 ||
						tone->at >= w->rests + frames_from_ms(HOLD_AGAIN_AFTER_MS),
				"a spot rests", w);
	}
	w->toned = true;
}

static void watch_rise(const struct world *w, const struct event *event)
{
	const bool asked = event->kind == EVENT_HEARD && event->sure &&
			   (event->intent == INTENT_FIRMER ||
					   (event->intent == INTENT_YES && w->confirming));

	check(asked, "only a sure firmer raises", w);
	check(w->warm, "firmer only on warm tissue", w);
	check(!w->light, "light touch stays light", w);
	check(!w->stop_cue, "nothing rises after a stop", w);
	check(!w->comforting, "firmer is no answer to the comfort question", w);
	check(w->rated && w->rating <= ceiling(w) - 1, "firmer needs a rating that allows it", w);
}

static void watch_pressure(struct world *w, const struct action *change, const struct event *event)
{
	check(w->script->kind == SESSION_TOUCH, "no pressure where nobody touches", w);
	check(change->from == w->level, "the log knows the level", w);
	check(change->target >= PRESSURE_MIN, "never below the lightest", w);
	check(change->target <= change->from + 1, "at most one more at once", w);
	if (change->target > change->from) {
		check(change->why == WHY_FIRMER, "a rise has one cause", w);
		check(change->target <= ceiling(w), "never above the ceiling", w);
		watch_rise(w, event);
	}
	w->level = change->target;
	w->rated = false;
}

static bool is_drowned(const struct world *w)
{
	return w->noisy != FRAMES_NEVER && w->now - w->noisy >= frames_from_ms(NOISY_AFTER_MS);
}

/* S23: hands on the back, where a side is left out, work on the other one alone. */
static bool is_clear_of(const struct step *step, uint32_t avoided)
{
	const struct rule *rule = step->kind == STEP_UNIT ? rule_of(step->unit->technique) : NULL;

	if (rule == NULL || !rule->touch || rule->stretch || avoided == 0) {
		return true;
	}
	return step->side == SIDE_LEFT    ? (avoided & fact_bit(FACT_AVOID_LEFT)) == 0
	       : step->side == SIDE_RIGHT ? (avoided & fact_bit(FACT_AVOID_RIGHT)) == 0
					  : false;
}

static void watch_step(struct world *w, const struct action *action, const struct event *event)
{
	const struct step *step = action->step;
	const bool skips = event->kind == EVENT_HEARD &&
			   (event->intent == INTENT_NEXT || event->intent == INTENT_BACK);

	if (is_warming(w->step) && w->toned && !skips) {
		w->warm = true; /* though its last tones may have come too late */
	}
	if (is_spot(w->step) && w->toned) {
		w->rests = w->now;
	}
	w->step = step;
	w->toned = false;
	w->finished = FRAMES_NEVER;
	w->rated = false;
	w->comforting = false;
	check(!w->stopped && !w->medical, "stopped: no step", w);
	check(is_clear_of(step, w->avoided), "no touch on a side that is left out", w);
	check(!is_deep(step) || w->warm, "no deep unit before the warm-up", w);
	check(!is_deep(step) || !w->light, "no deep unit with light touch", w);
	check(!is_deep(step) || step == w->script->steps || step[-1].kind != STEP_ASK ||
					w->agreed[step - w->script->steps - 1],
			"no deep unit without a yes to what offers it", w);
	check(!is_deep(step) || (w->stop_heard && !w->unclear && w->microphone && w->faint < 2),
			"no deep unit unheard", w);
	check(!is_deep(step) || !is_drowned(w), "no deep unit in a loud room", w);
	check(action->target <= ceiling(w), "a step begins below the ceiling", w);
	check(action->target == 0 || action->target == w->level, "a step begins at the level", w);
}

static void watch_rehearsal(
		struct world *w, const struct rehearsal *rehearsal, const struct event *event)
{
	const bool clear = event->snr_db >= STOP_CLEAR_DB;

	check(rehearsal->tries >= 1 && rehearsal->tries <= REHEARSAL_TRIES, "three tries", w);
	check(!rehearsal->heard || rehearsal->clear == clear, "clear is above the noise", w);
	if (rehearsal->intent == INTENT_STOP && rehearsal->heard) {
		w->stop_heard = true;
		w->unclear = w->unclear || !rehearsal->clear;
	}
	w->word = w->word && (rehearsal->heard || !rehearsal->own);
}

static void watch_end(struct world *w, const struct action *end, const struct event *event)
{
	const bool asked_for = event->kind == EVENT_BUTTON || event->kind == EVENT_SPEAKER_LOST ||
			       (event->kind == EVENT_HEARD && event->intent == INTENT_STOP);

	check(!w->ended, "one end", w);
	check(w->grave == 0 || asked_for || event->kind == EVENT_TICK || w->reported >= w->grave,
			"what tells to seek help is said to its end", w);
	check(!w->medical || end->reason == END_MEDICAL, "a medical stop ends as one", w);
	check(!w->stopped || end->reason != END_FINISHED, "a stopped session is not finished", w);
	w->ended = true;
}

static void watch_answer(struct world *w, const struct action *answer)
{
	check(answer->outcome < OUTCOME_COUNT, "an answer leads somewhere", w);
	if (answer->step == NULL) {
		check(answer->intent == INTENT_ASK, "an answer has a question", w);
		return;
	}
	w->agreed[answer->step - w->script->steps] = answer->intent == INTENT_YES ||
						     answer->intent == INTENT_READY;
}

static void watch(struct world *w, const struct action *action, const struct event *event)
{
	check(!w->ended || action->kind == ACTION_LISTEN, "nothing after the end", w);
	switch (action->kind) {
	case ACTION_SAY:
		watch_say(w, action);
		break;
	case ACTION_TONE:
		watch_tone(w, action);
		break;
	case ACTION_PRESSURE:
		watch_pressure(w, action, event);
		break;
	case ACTION_STEP:
		watch_step(w, action, event);
		break;
	case ACTION_HUSH:
		w->queued = 0;
		w->busy = w->now;
		w->finished = FRAMES_NEVER;
		w->spoke = false;
		w->confirming = false;
		w->comforting = false;
		break;
	case ACTION_CUT:
		w->queued = 0;
		w->busy = w->now;
		break;
	case ACTION_ANSWER:
		watch_answer(w, action);
		break;
	case ACTION_STOPPED:
		w->stopped = action->why == WHY_STOP || action->why == WHY_PAIN ||
			     action->why == WHY_RATING || action->why == WHY_BUTTON ||
			     action->why == WHY_COMFORT || action->why == WHY_GUARDING ||
			     w->stopped;
		w->stop_cue = w->stop_cue || w->stopped;
		w->continuing = false;
		break;
	case ACTION_END:
		watch_end(w, action, event);
		break;
	case ACTION_VOLUME:
		check(event->kind == EVENT_START || (action->gain_db >= -12.0 &&
								    action->gain_db <= 6.0),
				"loudness in range", w);
		break;
	case ACTION_SOFTEN:
		check(action->gain_db >= -6.0 && action->gain_db <= 0.0, "tones soften by 6 dB", w);
		break;
	case ACTION_REHEARSED:
		watch_rehearsal(w, &action->rehearsal, event);
		break;
	case ACTION_PREPARE:
	case ACTION_TONES_OFF:
	case ACTION_LISTEN:
		break;
	case ACTION_KIND_COUNT:
		check(false, "an action has a kind", w);
		break;
	}
}

/* Who practises a word of their own and says "stop" means it. */
static bool is_rehearsing(const struct world *w, const struct event *event)
{
	return w->step != NULL && w->step->kind == STEP_REHEARSE &&
	       w->step->rehearse == INTENT_STOP && w->engine.mode == ENGINE_RUNNING &&
	       (!w->word || event->own);
}

static bool wants_number(const struct step *step)
{
	return step != NULL &&
	       (step->store == STORE_CEILING ||
			       (step->kind == STEP_REHEARSE && step->rehearse == INTENT_RATING));
}

/* S145: eight, unless it can be asked back over running tones whether it was one. */
static bool expects_release(const struct world *w, const struct event *event)
{
	const enum engine_mode mode = w->engine.mode;
	const int32_t high = event->value > event->other ? event->value : event->other;
	const int32_t low = event->other < 0 ? event->value : smaller(event->value, event->other);
	struct engine_view view;

	engine_look(&w->engine, &view);
	if (event->kind != EVENT_HEARD || event->intent != INTENT_RATING || event->value < 0 ||
			event->value > RATING_MAX || w->script->kind != SESSION_TOUCH) {
		return false;
	}
	if (mode == ENGINE_RUNNING || mode == ENGINE_PAUSED) {
		return !wants_number(w->step) && (view.target > 0 ? low : high) >= PRESSURE_RELEASE;
	}
	return mode == ENGINE_STOPPED && high >= PRESSURE_RELEASE;
}

/* S134, S136: what is being said gives way to "lighter". */
static bool expects_cut(const struct world *w, const struct event *event)
{
	return event->kind == EVENT_HEARD && event->intent == INTENT_LIGHTER &&
	       w->engine.mode == ENGINE_RUNNING && w->script->kind == SESSION_TOUCH &&
	       w->queued > 0 && w->queue[w->queued - 1].utterance > w->reported;
}

/* What is known from the event alone, before the engine sees it. */
static bool expects_stop(const struct world *w, const struct event *event)
{
	const enum engine_mode mode = w->engine.mode;
	const bool stop = event->intent == INTENT_STOP && !is_rehearsing(w, event);

	if (event->kind == EVENT_BUTTON) {
		return mode != ENGINE_IDLE && mode != ENGINE_OVER;
	}
	if (expects_release(w, event)) {
		return true;
	}
	if (mode == ENGINE_ENDING && event->intent == INTENT_PAIN && w->grave != 0) {
		return false;
	}
	return event->kind == EVENT_HEARD && (stop || event->intent == INTENT_PAIN) &&
	       mode != ENGINE_IDLE && mode != ENGINE_OVER;
}

/* No groan cuts the words that tell to seek help; worse pain has other words. */
static void watch_pain(struct world *w, const struct event *event, bool ending,
		const struct action *out, size_t count)
{
	const bool worse = advice_of(event->value) > advice_of((int32_t)w->worst);

	if (event->kind != EVENT_HEARD || event->intent != INTENT_PAIN) {
		return;
	}
	if (ending && w->grave != 0) {
		check(count == 0 || (worse && out[0].kind == ACTION_HUSH),
				"help is named to its end", w);
		check(count == 0 || out[count - 1].kind != ACTION_END, "and not just ended", w);
	}
	w->worst = worse ? (enum sign)event->value : w->worst;
}

static void learn(struct world *w, const struct event *event)
{
	struct engine_view view;

	engine_look(&w->engine, &view);
	if (event->kind == EVENT_HEARD && event->snr_db != 0 && view.mode != ENGINE_OVER) {
		const bool clear = event->snr_db >= STOP_CLEAR_DB;
		w->faint = clear && event->sure ? 0 : w->faint + !clear;
		w->voice = clear && event->sure ? event->snr_db + event->noise_db : w->voice;
		w->noisy = clear && event->sure ? FRAMES_NEVER : w->noisy;
	}
	if (event->kind == EVENT_NOISE && view.mode != ENGINE_OVER) {
		const bool drowned = w->voice > 0 && w->voice - event->noise_db < STOP_CLEAR_DB;
		const frames_t since = w->noisy == FRAMES_NEVER ? w->now : w->noisy;
		w->noisy = drowned ? since : FRAMES_NEVER;
	}
	if (event->kind == EVENT_MIC_LOST) {
		w->microphone = false;
	} else if (event->kind == EVENT_MIC_BACK) {
		w->microphone = true;
	} else if (event->kind == EVENT_HEARD && event->intent == INTENT_RATING && event->sure &&
			event->other < 0 && event->value >= 0 && event->value <= RATING_MAX) {
		if (view.target > 0) {
			w->rated = true;
			w->rating = event->value;
		}
	} else if (event->kind == EVENT_HEARD && event->intent == INTENT_RATING &&
			event->value >= 0 && event->value <= RATING_MAX && view.target > 0) {
		w->rated = false; /* that it was something else now is all that is known */
	} else if (event->kind == EVENT_SAID && event->utterance <= w->utterance &&
			event->utterance > w->reported) {
		w->reported = event->utterance;
	}
	if (event->kind == EVENT_HEARD && event->sure &&
			(event->intent == INTENT_YES || event->intent == INTENT_NO ||
					event->intent == INTENT_NOT_SURE)) {
		w->comforting = false;
	}
	if (event->kind == EVENT_HEARD && event->intent == INTENT_YES && event->sure &&
			w->stopped && w->continuing) {
		w->stopped = false;
	}
}

static bool same(const struct action *a, const struct action *b)
{
	return a->kind == b->kind && a->utterance == b->utterance && a->at == b->at &&
	       a->length == b->length && a->tone == b->tone && a->text == b->text &&
	       a->target == b->target && a->reason == b->reason && a->why == b->why;
}

static void feed(struct world *w, struct event event)
{
	struct action out[ENGINE_ACTIONS_MAX];
	struct action again[ENGINE_ACTIONS_MAX];
	struct engine twin = w->engine;
	struct engine_view view;
	const bool stops = expects_stop(w, &event);
	const bool cuts = expects_cut(w, &event);
	const bool ending = w->engine.mode == ENGINE_ENDING;
	size_t count;

	event.at = w->now;
	w->warm = w->warm ||
		  (is_warming(w->step) &&
				  (w->now >= w->finished || w->engine.flow.phase == FLOW_CLOSING));
	learn(w, &event);
	count = engine_step(&w->engine, &event, out);
	check(count <= ENGINE_ACTIONS_MAX, "there is room for all actions", w);
	check(engine_step(&twin, &event, again) == count, "the same again gives the same", w);
	watch_pain(w, &event, ending, out, count);
	if (stops) {
		check(count >= 2 && out[0].kind == ACTION_HUSH && out[1].kind == ACTION_STOPPED,
				"a stop is silence first", w);
	}
	check(!cuts || out[0].kind == ACTION_CUT, "lighter waits for nothing", w);
	for (size_t i = 0; i < count; i++) {
		check(same(&out[i], &again[i]), "the same again gives the same", w);
		watch(w, &out[i], &event);
	}
	engine_look(&w->engine, &view);
	check(view.target >= 0 && view.target <= ceiling(w), "the target is below the ceiling", w);
	check(view.ceiling <= smaller(w->ceiling, PRESSURE_CAP), "the ceiling is the person's", w);
	check(!w->owes_button, "what may refuse is asked of the button", w);
	check(view.mode == ENGINE_OVER || view.mode == ENGINE_IDLE ||
					engine_deadline(&w->engine) != FRAMES_NEVER,
			"something is always waited for", w);
	check((view.mode == ENGINE_OVER) == w->ended, "over is over", w);
}

/* What happens next by itself: an utterance ends, or a deadline passes. */
static void follow(struct world *w)
{
	struct event event = { .kind = EVENT_TICK, .value = -1, .other = -1 };
	const frames_t due = engine_deadline(&w->engine);
	const bool said = w->queued > 0 && w->queue[0].end <= due;

	if (!said && due == FRAMES_NEVER) {
		return;
	}
	if (said) {
		event.kind = EVENT_SAID;
		event.utterance = w->queue[0].utterance;
		w->now = w->queue[0].end > w->now ? w->queue[0].end : w->now;
		w->queued--;
		memmove(&w->queue[0], &w->queue[1], w->queued * sizeof w->queue[0]);
	} else if (due > w->now) {
		w->now = due;
	}
	feed(w, event);
}

static void hear(struct world *w, uint8_t what, uint8_t how)
{
	/* what brings a session forward comes more often than the rest */
	static const enum intent often[] = { INTENT_YES, INTENT_YES, INTENT_NO, INTENT_RATING,
		INTENT_RATING, INTENT_FIRMER, INTENT_FIRMER, INTENT_LIGHTER, INTENT_STOP,
		INTENT_CONTINUE, INTENT_CONTINUE, INTENT_NEXT, INTENT_PAUSE, INTENT_ASK };
	struct event event = {
		.kind = EVENT_HEARD, .value = -1, .other = -1, .sure = how % 8 != 0
	};

	event.intent = what < 128 ? often[what % (sizeof often / sizeof often[0])]
				  : (enum intent)(what % INTENT_COUNT);
	if (event.intent == INTENT_RATING) {
		event.value = how % 16 < 12 ? (how / 16) % 6 : (how / 16) % 12;
		event.other = event.sure ? -1 : (int32_t)(how % 13) - 1;
	}
	if (event.intent == INTENT_PAIN) {
		event.value = how % (SIGN_COUNT + 1) - 1;
	}
	if (event.intent == INTENT_ASK) {
		event.value = how % 3 - 1;
	}
	event.own = event.intent == INTENT_STOP && how % 2 == 0;
	event.snr_db = how % 25 == 0 ? how / 8 : STOP_CLEAR_DB + how % 3;
	event.noise_db = how % 7;
	feed(w, event);
}

static void disturb(struct world *w, uint8_t how)
{
	static const enum event_kind kinds[] = { EVENT_SPEECH_ONSET, EVENT_SPEECH_ONSET,
		EVENT_MIC_LOST, EVENT_MIC_BACK, EVENT_MIC_BACK, EVENT_CLOCK_JUMP, EVENT_START,
		EVENT_TICK };

	if (how % 5 == 3 && how < 220) {
		feed(w, (struct event){ .kind = EVENT_NOISE, .noise_db = how % 11 });
	} else if (how == 255) {
		feed(w, (struct event){ .kind = EVENT_SPEAKER_LOST });
	} else if (how == 254) {
		feed(w, (struct event){ .kind = EVENT_BUTTON });
	} else if (how >= 240) {
		feed(w, (struct event){ .kind = EVENT_SAID, .utterance = how - 240u });
	} else if (how >= 220) {
		w->queued = w->queued > 0 ? w->queued - 1 : 0; /* a report is lost */
	} else {
		feed(w, (struct event){ .kind = kinds[how % (sizeof kinds / sizeof kinds[0])] });
	}
}

/* calm: less happens, so that more of the session is reached. */
static void live(struct world *w, const uint8_t *data, size_t size, bool calm)
{
	feed(w, (struct event){ .kind = EVENT_START });
	for (size_t i = 0; i + 3 <= size; i += 3) {
		if (data[i] < (calm ? 215 : 150)) {
			follow(w);
		} else if (data[i] < (calm ? 254 : 225)) {
			w->now += frames_from_ms(data[i + 2] * 8);
			hear(w, data[i + 1], data[i + 2]);
		} else if (data[i] < (calm ? 255 : 245)) {
			disturb(w, data[i + 1]);
		} else {
			w->now += frames_from_ms(data[i + 1] * 40); /* a main thread that hangs */
		}
	}
	/* and then nobody is there any more */
	for (int i = 0; i < SILENT_STEPS_MAX && !w->ended; i++) {
		follow(w);
	}
	check(w->ended, "left alone, every session ends", w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t script_at[] = { 2, 1, 0, 0 };
	static char keys[PHRASE_COUNT][32];
	struct world w = { .level = PRESSURE_START,
		.ceiling = PRESSURE_CEILING_DEFAULT,
		.finished = FRAMES_NEVER,
		.noisy = FRAMES_NEVER };
	struct engine_options options = { 0 };

	if (size < 1) {
		return 0;
	}
	for (size_t i = 0; i < PHRASE_COUNT; i++) {
		(void)snprintf(keys[i], sizeof keys[i], "%s.", phrase_key((enum phrase)i));
		w.phrases[i] = keys[i];
	}
	options.screened = (data[0] & 3u) != 0;
	options.microphone = (data[0] & 0x1cu) != 0;
	w.microphone = options.microphone;
	options.answers = topics;
	options.answer_count = sizeof topics / sizeof topics[0];
	options.word = size % 2 == 0 ? "pineapple" : NULL;
	w.word = options.word != NULL;
	w.stop_heard = options.screened;
	options.volume_db = (data[0] & 0x80u) != 0 ? -20 : 0;
	options.facts = (uint32_t)size * 2654435761u & (fact_bit(FACT_ANSWERED) - 1);
	if (size % 16 != 0) {
		options.facts &= ~fact_bit(FACT_ENOUGH); /* would be over at once */
	}
	if (size % 8 == 3) {
		options.facts |= fact_bit(size % 16 == 3 ? FACT_AVOID_LEFT : FACT_AVOID_RIGHT);
	}
	w.avoided = options.facts & (fact_bit(FACT_AVOID_LEFT) | fact_bit(FACT_AVOID_RIGHT));
	options.level = (int32_t)(size / 2 % (PRESSURE_START_MAX + 1));
	w.level = options.level > 0 ? options.level : PRESSURE_START;
	w.light = !options.microphone;
	w.script = &scripts[script_at[data[0] >> 5 & 3u]];
	engine_init(&w.engine, w.script, w.phrases, &options);
	live(&w, data + 1, size - 1, (data[0] & 0x80u) != 0);
	return 0;
}
