/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include <inttypes.h>
#include <string.h>

#define WARM_STROKES                                                                         \
	{                                                                                    \
		.kind = PACE_STROKES, .stroke_ms = { 2000, 6000 }, .stroke_default_ms = 4000 \
	}
#define GLIDES                                                                                \
	{                                                                                     \
		.kind = PACE_STROKES, .stroke_ms = { 3300, 5000 }, .stroke_default_ms = 4200, \
		.return_ms = 1000                                                             \
	}

static const struct cue hold_cues[] = { { 50, "Half-way." } };

static const struct unit circles = {
	.name = "circles",
	.title = "circles",
	.technique = TECHNIQUE_CIRCLES,
	.pace = WARM_STROKES,
	.seconds = { 60, 120 },
	.pressure = { 1, 3 },
	.rated = true,
	.say_long = "Circle slowly.",
	.say_short = "Circle.",
};

static const struct unit glide = {
	.name = "glide",
	.title = "palm glides",
	.technique = TECHNIQUE_PALM_GLIDE,
	.pace = GLIDES,
	.count = { 3, 5 },
	.pressure = { 1, 4 },
	.rated = true,
	.say_long = "Glide on the {side} side, {count} times, at {target}.",
	.say_short = "Now the {side} side.",
};

static const struct unit hold = {
	.name = "hold",
	.title = "a thumb hold",
	.technique = TECHNIQUE_SELF_TRIGGER_POINT,
	.pace = { .kind = PACE_HOLD },
	.seconds = { 20, 30 },
	.pressure = { 1, 5 },
	.rated = true,
	.say_long = "Hold beside the spine for {seconds} seconds.",
	.cues = hold_cues,
	.cue_count = 1,
};

static const struct unit breath = {
	.name = "breath",
	.title = "slow breathing",
	.technique = TECHNIQUE_BREATH,
	.who = WHO_COUNT,
	.pace = { .kind = PACE_BREATH, .stroke_ms = { 4000, 7000 }, .stroke_default_ms = 5000 },
	.count = { 1, 60 },
	.say_long = "Breathe with the tones.",
};

static const struct unit stillness = {
	.name = "stillness",
	.title = "stillness",
	.technique = TECHNIQUE_REST,
	.who = WHO_COUNT,
	.pace = { .kind = PACE_NONE },
	.seconds = { 1, 900 },
	.say_long = "Be still.",
};

static const struct unit warm_up = {
	.name = "warm-up",
	.title = "long strokes",
	.technique = TECHNIQUE_EFFLEURAGE_WARM_UP,
	.who = WHO_PARTNER,
	.pace = { .kind = PACE_STROKES, .stroke_ms = { 5000, 10000 }, .stroke_default_ms = 7000 },
	.count = { 4, 6 },
	.pressure = { 1, 4 },
	.say_long = "Long strokes.",
};

static const struct unit kneading = {
	.name = "kneading",
	.title = "kneading",
	.technique = TECHNIQUE_KNEADING,
	.who = WHO_PARTNER,
	.pace = { .kind = PACE_STROKES, .stroke_ms = { 2000, 4000 }, .stroke_default_ms = 3000 },
	.seconds = { 30, 60 },
	.pressure = { 1, 7 },
	.rated = true,
	.say_long = "Knead beside the spine.",
};

static const struct answer consent_answers[] = {
	{ .intent = INTENT_YES, .say = "Good.", .outcome = OUTCOME_NEXT },
	{ .intent = INTENT_NO, .say = "We leave it.", .outcome = OUTCOME_REFUSE },
};

static const struct answer ceiling_answers[] = {
	{ .intent = INTENT_RATING,
			.values = { 0, 2 },
			.say = "{value}: light.",
			.outcome = OUTCOME_LIGHT },
	{ .intent = INTENT_RATING, .values = { 3, 10 }, .say = "{value}: ceiling {ceiling}." },
	{ .intent = INTENT_NOT_SURE, .outcome = OUTCOME_NEXT },
};

static const struct answer loud_answers[] = {
	{ .intent = INTENT_YES, .outcome = OUTCOME_NEXT },
	{ .intent = INTENT_NO, .outcome = OUTCOME_LOUDER },
};

static const struct step touch_steps[] = {
	{ .kind = STEP_SAY, .name = "welcome", .say = "Welcome.", .rest_ms = 2000 },
	{ .kind = STEP_ASK,
			.name = "consent",
			.say = "Shall we begin?",
			.context = CONTEXT_YESNO,
			.wait_ms = 8000,
			.reprompts = 1,
			.answers = consent_answers,
			.answer_count = 2,
			.unanswered = 1,
			.screened = INTENT_YES },
	{ .kind = STEP_ASK,
			.name = "ceiling",
			.say = "Your ceiling?",
			.context = CONTEXT_RATING,
			.reprompts = 1,
			.answers = ceiling_answers,
			.answer_count = 3,
			.unanswered = 2,
			.screened = INTENT_NOT_SURE,
			.store = STORE_CEILING },
	{ .kind = STEP_REHEARSE,
			.name = "rehearse-number",
			.say = "Say a number.",
			.context = CONTEXT_RATING,
			.rehearse = INTENT_RATING },
	{ .kind = STEP_REHEARSE,
			.name = "rehearse-stop",
			.say = "Say {word}.",
			.context = CONTEXT_TOUCH,
			.rehearse = INTENT_STOP },
	{ .kind = STEP_UNIT, .name = "circles", .unit = &circles, .ms = 60000 },
	{ .kind = STEP_UNIT, .name = "glide-left", .unit = &glide, .side = SIDE_LEFT, .count = 4 },
	{ .kind = STEP_UNIT,
			.name = "glide-right",
			.unit = &glide,
			.side = SIDE_RIGHT,
			.count = 4,
			.short_form = true },
	{ .kind = STEP_UNIT, .name = "hold", .unit = &hold, .side = SIDE_LEFT, .ms = 20000 },
	{ .kind = STEP_SAY, .name = "farewell", .say = "Well done.", .rest_ms = 1000 },
};

static const struct step relax_steps[] = {
	{ .kind = STEP_SAY, .name = "settle", .say = "Settle in.", .rest_ms = 5000 },
	{ .kind = STEP_ASK,
			.name = "loud",
			.say = "Loud enough?",
			.context = CONTEXT_YESNO,
			.wait_ms = 8000,
			.reprompts = 1,
			.answers = loud_answers,
			.answer_count = 2,
			.unanswered = 0,
			.screened = INTENT_YES },
	{ .kind = STEP_UNIT, .name = "breath", .unit = &breath, .count = 6 },
	{ .kind = STEP_UNIT, .name = "stillness", .unit = &stillness, .ms = 30000 },
	{ .kind = STEP_SAY, .name = "return", .say = "Open your eyes.", .rest_ms = 1000 },
};

static const struct answer light_answers[] = {
	{ .intent = INTENT_YES, .say = "Light touch today.", .outcome = OUTCOME_LIGHT },
	{ .intent = INTENT_NO, .say = "No.", .outcome = OUTCOME_NEXT },
	{ .intent = INTENT_NOT_SURE, .say = "Ask a doctor.", .outcome = OUTCOME_ADVISE },
};

static const struct answer urgent_answers[] = {
	{ .intent = INTENT_YES, .outcome = OUTCOME_URGENT },
	{ .intent = INTENT_NO, .outcome = OUTCOME_NEXT },
};

static const struct answer again_answers[] = {
	{ .intent = INTENT_YES, .outcome = OUTCOME_GOTO, .go = 4 },
	{ .intent = INTENT_NO, .say = "Then once more.", .outcome = OUTCOME_AGAIN },
};

static const struct answer sure_answers[] = {
	{ .intent = INTENT_YES, .outcome = OUTCOME_AGAIN },
	{ .intent = INTENT_NO, .outcome = OUTCOME_REFUSE },
};

static const struct step screen_steps[] = {
	{ .kind = STEP_ASK,
			.name = "loud",
			.say = "Loud enough?",
			.context = CONTEXT_YESNO,
			.wait_ms = 4000,
			.answers = loud_answers,
			.answer_count = 2 },
	{ .kind = STEP_ASK,
			.name = "thinners",
			.say = "Blood thinners?",
			.context = CONTEXT_YESNO,
			.wait_ms = 4000,
			.reprompts = 2,
			.answers = light_answers,
			.answer_count = 3,
			.unanswered = 2 },
	{ .kind = STEP_ASK,
			.name = "again",
			.say = "Skip the rest?",
			.context = CONTEXT_YESNO,
			.wait_ms = 4000,
			.answers = again_answers,
			.answer_count = 2,
			.unanswered = 1 },
	{ .kind = STEP_ASK,
			.name = "urgent",
			.say = "Fever?",
			.context = CONTEXT_YESNO,
			.wait_ms = 4000,
			.answers = urgent_answers,
			.answer_count = 2,
			.unanswered = 0 },
	{ .kind = STEP_ASK,
			.name = "sure",
			.say = "Ready to say no?",
			.context = CONTEXT_YESNO,
			.wait_ms = 4000,
			.answers = sure_answers,
			.answer_count = 2,
			.unanswered = 0 },
	{ .kind = STEP_SAY, .name = "done", .say = "Done." },
};

static const struct step partner_steps[] = {
	{ .kind = STEP_UNIT, .name = "warm-up", .unit = &warm_up, .count = 4 },
	{ .kind = STEP_UNIT, .name = "kneading", .unit = &kneading, .ms = 60000 },
	{ .kind = STEP_UNIT, .name = "more", .unit = &kneading, .ms = 60000 },
};

static const struct answer offer_answers[] = {
	{ .intent = INTENT_YES, .outcome = OUTCOME_NEXT },
	{ .intent = INTENT_NO, .say = "We leave it.", .outcome = OUTCOME_GOTO, .go = 4 },
};

static const struct step offer_steps[] = {
	{ .kind = STEP_UNIT, .name = "circles", .unit = &circles, .ms = 60000 },
	{ .kind = STEP_ASK,
			.name = "wanted",
			.say = "A hold?",
			.context = CONTEXT_YESNO,
			.wait_ms = 6000,
			.answers = offer_answers,
			.answer_count = 2,
			.unanswered = 1 },
	{ .kind = STEP_UNIT, .name = "hold-left", .unit = &hold, .side = SIDE_LEFT, .ms = 20000 },
	{ .kind = STEP_UNIT, .name = "hold-right", .unit = &hold, .side = SIDE_RIGHT, .ms = 20000 },
	{ .kind = STEP_SAY, .name = "after", .say = "Rest.", .rest_ms = 9000, .volume_db = 5 },
	{ .kind = STEP_SAY, .name = "farewell", .say = "Well done.", .volume_db = 5 },
};

static const struct unit hour_of_circles = {
	.name = "hour",
	.title = "an hour",
	.technique = TECHNIQUE_REST,
	.pace = { .kind = PACE_STROKES,
			.stroke_ms = { 3300, 5000 },
			.stroke_default_ms = 4210,
			.return_ms = 790 },
	.count = { 1, 2000 },
	.say_long = "One hour.",
};

static const struct step long_steps[] = {
	{ .kind = STEP_UNIT, .name = "hour", .unit = &hour_of_circles, .count = 721 },
};

static const struct script scripts[] = {
	{ .name = "touch",
			.title = "hands",
			.kind = SESSION_TOUCH,
			.who = WHO_SELF,
			.steps = touch_steps,
			.step_count = sizeof touch_steps / sizeof touch_steps[0] },
	{ .name = "relax",
			.title = "rest",
			.kind = SESSION_RELAXATION,
			.who = WHO_SELF,
			.steps = relax_steps,
			.step_count = sizeof relax_steps / sizeof relax_steps[0] },
	{ .name = "screen",
			.title = "screening",
			.kind = SESSION_TOUCH,
			.who = WHO_SELF,
			.steps = screen_steps,
			.step_count = sizeof screen_steps / sizeof screen_steps[0] },
	{ .name = "partner",
			.title = "for two",
			.kind = SESSION_TOUCH,
			.who = WHO_PARTNER,
			.steps = partner_steps,
			.step_count = sizeof partner_steps / sizeof partner_steps[0] },
	{ .name = "offer",
			.title = "an offer",
			.kind = SESSION_TOUCH,
			.who = WHO_SELF,
			.steps = offer_steps,
			.step_count = sizeof offer_steps / sizeof offer_steps[0] },
	{ .name = "long",
			.title = "an hour",
			.kind = SESSION_RELAXATION,
			.who = WHO_SELF,
			.steps = long_steps,
			.step_count = sizeof long_steps / sizeof long_steps[0] },
};

const struct script *fixture_script(const char *name)
{
	for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
		if (strcmp(scripts[i].name, name) == 0) {
			return &scripts[i];
		}
	}
	return NULL;
}

/* The phrases that carry figures; the others are their key alone. */
static const char *const figures[PHRASE_COUNT] = {
	[PHRASE_LEFT] = "left",
	[PHRASE_RIGHT] = "right",
	[PHRASE_RECAP] = "@recap {title}",
	[PHRASE_RECAP_SIDE] = "@recap_side {title} {side}",
	[PHRASE_LIGHTER] = "@lighter {target}",
	[PHRASE_FIRMER] = "@firmer {target}",
	[PHRASE_FIRMER_AT_CEILING] = "@firmer_at_ceiling {ceiling}",
	[PHRASE_FIRMER_AT_BAND] = "@firmer_at_band {ceiling}",
	[PHRASE_RATING_CHECK] = "@rating_check {value} {other}",
	[PHRASE_RATING_OK] = "@rating_ok {value}",
	[PHRASE_RATING_HIGH] = "@rating_high {target}",
	[PHRASE_RATING_RELEASE] = "@rating_release {value}",
	[PHRASE_RATING_ASSUMED] = "@rating_assumed {value} {target}",
	[PHRASE_RATING_SILENT] = "@rating_silent {target}",
	[PHRASE_MORE_OFFER] = "@more_offer {value}",
	[PHRASE_HOLD_FOUND] = "@hold_found {seconds}",
	[PHRASE_HOLD_ANYWAY] = "@hold_anyway {seconds}",
	[PHRASE_COMFORT_BAD] = "@comfort_bad {target}",
	[PHRASE_HOW_LONG] = "@how_long {minutes}",
	[PHRASE_SWITCH_SIDES] = "@switch_sides {side}",
	[PHRASE_NUMBER_HEARD] = "@number_heard {value}",
	[PHRASE_STOP_HEARD] = "@stop_heard {word}",
	[PHRASE_WORD_FAILED] = "@word_failed {word}",
	[PHRASE_STOP_WORD] = "stop",
	[PHRASE_MEDICAL_NOW] = "@medical_now {emergency}",
};

struct book {
	char keys[PHRASE_COUNT][32];
	const char *phrases[PHRASE_COUNT];
};

const char *const *fixture_phrases(void)
{
	static struct book book;

	for (size_t i = 0; i < PHRASE_COUNT; i++) {
		(void)snprintf(book.keys[i], sizeof book.keys[i], "@%s",
				phrase_key((enum phrase)i));
		book.phrases[i] = figures[i] != NULL ? figures[i] : book.keys[i];
	}
	return book.phrases;
}

static void print_text(const struct action *action, char *out, size_t size)
{
	char text[TEXT_MAX / 2];
	const char *quote = action->text[0] == '@' ? "" : "\"";
	const enum status status = text_render(
			action->text, &action->args, fixture_phrases(), text, sizeof text);

	(void)snprintf(out, size, "%s%s%s", quote, status == STATUS_OK ? text : "BAD TEXT", quote);
}

static const char *context_name(uint8_t context)
{
	static const char *const names[] = { "touch", "rating", "yesno", "idle", "paused" };

	return context < CONTEXT_FIXED_COUNT ? names[context] : "other";
}

static double at(frames_t frames)
{
	return seconds_from_frames(frames);
}

static void print_tone(const struct action *a, char *out, size_t size)
{
	if (a->length > 0) {
		(void)snprintf(out, size, "tone %s %.3f for %.3f", tone_kind_name(a->tone),
				at(a->at), at(a->length));
	} else {
		(void)snprintf(out, size, "tone %s %.3f", tone_kind_name(a->tone), at(a->at));
	}
}

static void print_rehearsal(const struct rehearsal *r, char *out, size_t size)
{
	(void)snprintf(out, size, "rehearsed %s%s %s tries %" PRId32 " snr %" PRId32 "%s",
			intent_name(r->intent), r->own ? " own" : "", r->heard ? "heard" : "missed",
			r->tries, r->snr_db, r->clear ? "" : " unclear");
}

void fixture_print(const struct action *a, char *out, size_t size)
{
	char text[TEXT_MAX];

	switch (a->kind) {
	case ACTION_SAY:
		print_text(a, text, sizeof text);
		(void)snprintf(out, size, "say %" PRIu32 " %s", a->utterance, text);
		break;
	case ACTION_PREPARE:
		print_text(a, text, sizeof text);
		(void)snprintf(out, size, "prepare %s", text);
		break;
	case ACTION_TONE:
		print_tone(a, out, size);
		break;
	case ACTION_SOFTEN:
	case ACTION_VOLUME:
		(void)snprintf(out, size, "%s %+.0f dB", action_kind_name(a->kind), a->gain_db);
		break;
	case ACTION_LISTEN:
		(void)snprintf(out, size, "listen %s", context_name(a->context));
		break;
	case ACTION_STEP:
		(void)snprintf(out, size, "step %s target %" PRId32, a->step->name, a->target);
		break;
	case ACTION_PRESSURE:
		(void)snprintf(out, size, "pressure %" PRId32 " to %" PRId32 " %s", a->from,
				a->target, why_name(a->why));
		break;
	case ACTION_STOPPED:
		(void)snprintf(out, size, "stopped %s in %s rating %" PRId32, why_name(a->why),
				a->step != NULL ? a->step->name : "none", a->rating);
		break;
	case ACTION_END:
		(void)snprintf(out, size, "end %s", end_reason_name(a->reason));
		break;
	case ACTION_REHEARSED:
		print_rehearsal(&a->rehearsal, out, size);
		break;
	case ACTION_HUSH:
	case ACTION_TONES_OFF:
	case ACTION_CUT:
	case ACTION_ANSWER:
	case ACTION_KIND_COUNT:
		(void)snprintf(out, size, "%s", action_kind_name(a->kind));
		break;
	}
}

void stage_init(struct stage *stage, const char *script, const struct engine_options *options)
{
	*stage = (struct stage){ .now = 0 };
	engine_init(&stage->engine, fixture_script(script), fixture_phrases(), options);
}

static void speak(struct stage *stage, const struct action *say)
{
	if (stage->busy < stage->now) {
		stage->busy = stage->now;
	}
	stage->busy += frames_from_ms(STAGE_VOICE_MS);
	stage->queue[stage->queued++ % STAGE_QUEUE_MAX] =
			(struct spoken){ .utterance = say->utterance, .end = stage->busy };
}

/* Answers are for the journal: what they do is what a scenario shows. */
static void hide_answers(struct stage *stage)
{
	size_t kept = 0;

	for (size_t i = 0; i < stage->count; i++) {
		if (stage->actions[i].kind != ACTION_ANSWER) {
			stage->actions[kept++] = stage->actions[i];
		}
	}
	stage->count = kept;
}

void stage_feed(struct stage *stage, struct event event)
{
	event.at = stage->now;
	stage->count = engine_step(&stage->engine, &event, stage->actions);
	hide_answers(stage);
	for (size_t i = 0; i < stage->count; i++) {
		if (stage->actions[i].kind == ACTION_HUSH || stage->actions[i].kind == ACTION_CUT) {
			stage->queued = 0;
			stage->busy = stage->now;
		} else if (stage->actions[i].kind == ACTION_SAY) {
			speak(stage, &stage->actions[i]);
		}
	}
}

static bool says_next(const struct stage *stage)
{
	return !stage->mute && stage->queued > 0 &&
	       stage->queue[0].end <= engine_deadline(&stage->engine);
}

frames_t stage_next(const struct stage *stage)
{
	const frames_t due = engine_deadline(&stage->engine);

	if (says_next(stage)) {
		return stage->queue[0].end;
	}
	return due < stage->now ? stage->now : due;
}

struct event stage_advance(struct stage *stage)
{
	struct event event = { .kind = EVENT_TICK, .value = -1, .other = -1 };

	stage->now = stage_next(stage);
	if (says_next(stage)) {
		event.kind = EVENT_SAID;
		event.utterance = stage->queue[0].utterance;
		stage->queued--;
		memmove(&stage->queue[0], &stage->queue[1], stage->queued * sizeof stage->queue[0]);
	}
	stage_feed(stage, event);
	return event;
}

struct event heard(enum intent intent, int32_t value)
{
	return (struct event){ .kind = EVENT_HEARD,
		.intent = intent,
		.value = value,
		.other = -1,
		.sure = true,
		.snr_db = CLEAR_DB };
}
