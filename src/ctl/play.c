/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * play.c - "easectl play": the session's own engine on a made-up clock, with somebody who answers
 * what lets it go on. Nothing is spoken; a text takes as long as the engine estimates.
 */
#include "ctl.h"

#include "ease/engine.h"
#include "ease/loader.h"
#include "page.h"
#include "vocab.h"

#include <string.h>

#define QUEUE_MAX 64
#define EVENTS_MAX 200000 /* a session that goes on for longer does not end at all */
#define ANSWER_AFTER_MS 800
#define CLEAR_DB 30 /* how far the answers stand above the noise */

struct utterance {
	struct action say;
	frames_t from;
	frames_t to;
	bool begun;
};

struct play {
	const char *const *phrases;
	struct engine engine;
	struct page page;
	frames_t now;
	struct utterance queue[QUEUE_MAX]; /* in their order; the first is being said */
	size_t queued;
	struct event reply; /* .at FRAMES_NEVER: none */
	bool over;
};

static frames_t least(frames_t a, frames_t b)
{
	return a < b ? a : b;
}

/* The person */

/* A number that fits the question: at ease, and better afterwards. */
static int32_t number_for(const struct step *step)
{
	switch ((int)step->store) {
	case STORE_CEILING:
		return PRESSURE_CEILING_DEFAULT;
	case STORE_BEFORE:
		return 4;
	case STORE_AFTER:
		return 8;
	default:
		return PRESSURE_START;
	}
}

static bool goes_on(const struct answer *answer)
{
	return answer->outcome == OUTCOME_NEXT || answer->outcome == OUTCOME_GOTO;
}

static bool takes_number(const struct step *step)
{
	for (size_t i = 0; i < step->answer_count; i++) {
		if (step->answers[i].intent == INTENT_RATING && goes_on(&step->answers[i])) {
			return true;
		}
	}
	return false;
}

/* The answer of who is well, else the first that goes on. */
static enum intent answer_to(const struct step *step)
{
	if (step->kind == STEP_REHEARSE) {
		return step->rehearse;
	}
	if (takes_number(step)) {
		return INTENT_RATING;
	}
	if (step->screened != INTENT_NONE) {
		return step->screened;
	}
	for (size_t i = 0; i < step->answer_count; i++) {
		const struct answer *answer = &step->answers[i];
		if (answer->intent != INTENT_NONE && answer->outcome == OUTCOME_NEXT) {
			return answer->intent;
		}
	}
	return step->answer_count > 0 ? step->answers[0].intent : INTENT_YES;
}

static void reply(struct play *play, enum intent intent, int32_t value)
{
	play->reply = (struct event){
		.kind = EVENT_HEARD,
		.at = play->now + frames_from_ms(ANSWER_AFTER_MS),
		.intent = intent,
		.value = intent == INTENT_RATING ? value : -1,
		.other = -1,
		.sure = true,
		.snr_db = CLEAR_DB,
	};
}

/* Somebody heard text to its end. */
static void listened(struct play *play, const char *text)
{
	struct engine_view view;

	engine_look(&play->engine, &view);
	const struct step *step = view.step;
	if (step != NULL && text == step->say &&
			(step->kind == STEP_ASK || step->kind == STEP_REHEARSE)) {
		page_answers(&play->page, step);
		reply(play, answer_to(step), number_for(step));
	} else if (text == play->phrases[PHRASE_RATING_ASK]) {
		reply(play, INTENT_RATING, PRESSURE_START);
	} else if (text == play->phrases[PHRASE_COMFORT_ASK]) {
		reply(play, INTENT_YES, -1);
	} else if (text == play->phrases[PHRASE_MORE_OFFER]) {
		reply(play, INTENT_NO, -1);
	} else if (step != NULL && step->kind == STEP_UNIT &&
			rule_of(step->unit->technique)->spot &&
			(text == step->unit->say_long || text == step->unit->say_short)) {
		reply(play, INTENT_FOUND, -1);
	}
}

/* The coach */

static void put(struct play *play, const struct action *say)
{
	frames_t from = say->at > play->now ? say->at : play->now;

	if (play->queued == QUEUE_MAX) {
		return;
	}
	if (play->queued > 0 && play->queue[play->queued - 1].to > from) {
		from = play->queue[play->queued - 1].to;
	}
	play->queue[play->queued++] = (struct utterance){
		.say = *say, .from = from, .to = from + frames_from_ms(text_duration_ms(say->text))
	};
}

static void act(struct play *play, const struct action *action)
{
	switch ((int)action->kind) {
	case ACTION_SAY:
		put(play, action);
		break;
	case ACTION_HUSH:
	case ACTION_CUT:
		play->queued = 0;
		break;
	case ACTION_STEP:
		page_step(&play->page, action, play->now);
		break;
	case ACTION_END:
		page_end(&play->page, action, play->now);
		play->over = true;
		break;
	default: /* tones, and what is for logs */
		break;
	}
}

static void feed(struct play *play, const struct event *event)
{
	struct action actions[ENGINE_ACTIONS_MAX];
	const size_t count = engine_step(&play->engine, event, actions);

	for (size_t i = 0; i < count; i++) {
		act(play, &actions[i]);
	}
}

/* The first of the queue has been said. */
static void said(struct play *play)
{
	const struct utterance first = play->queue[0];
	const struct event event = {
		.kind = EVENT_SAID, .at = play->now, .utterance = first.say.utterance
	};

	play->queued--;
	memmove(play->queue, play->queue + 1, play->queued * sizeof(play->queue[0]));
	listened(play, first.say.text);
	feed(play, &event);
}

/* One thing that happens next; false: nothing ever will. */
static bool step(struct play *play)
{
	struct utterance *first = play->queued > 0 ? &play->queue[0] : NULL;
	const frames_t speech = first == NULL  ? FRAMES_NEVER
				: first->begun ? first->to
					       : first->from;
	const frames_t next = least(least(speech, play->reply.at), engine_deadline(&play->engine));

	if (next == FRAMES_NEVER) {
		return false;
	}
	play->now = next > play->now ? next : play->now;
	if (first != NULL && speech == next && !first->begun) {
		first->begun = true;
		page_say(&play->page, first->say.text, &first->say.args, play->now);
	} else if (first != NULL && speech == next) {
		said(play);
	} else if (play->reply.at == next) {
		const struct event heard = play->reply;
		play->reply.at = FRAMES_NEVER;
		page_heard(&play->page, &heard);
		feed(play, &heard);
	} else {
		feed(play, &(struct event){ .kind = EVENT_TICK, .at = play->now });
	}
	return true;
}

static int run(const struct ctl *ctl, struct play *play)
{
	static const struct engine_options options = { .microphone = true };
	bool goes = true;

	page_head(&play->page);
	engine_init(&play->engine, play->page.script, play->phrases, &options);
	play->reply.at = FRAMES_NEVER;
	feed(play, &(struct event){ .kind = EVENT_START });
	for (size_t i = 0; i < EVENTS_MAX && goes && !play->over; i++) {
		goes = step(play);
	}
	if (!play->over) {
		ctl_complain(ctl, "%s: does not come to its end", play->page.script->name);
		return ENDING_COULD_NOT;
	}
	page_rest(&play->page);
	return ENDING_DONE;
}

static int load_and_run(const struct ctl *ctl, const char *folder, struct vocab *vocab)
{
	struct play *play = arena_alloc(vocab->arena, sizeof(*play));
	struct diag diag = { .line = 0 };

	if (play == NULL) {
		ctl_complain(ctl, "%s", status_string(STATUS_NO_MEM));
		return ENDING_COULD_NOT;
	}
	play->phrases = vocab->phrases;
	play->page.out = ctl->out;
	play->page.phrases = vocab->phrases;
	const enum status status = script_load(vocab->arena, folder, ctl->args[0], vocab->words,
			&play->page.script, &diag);
	if (status != STATUS_OK) {
		ctl_explain(ctl, status, &diag);
		return ENDING_BAD_INPUT;
	}
	return run(ctl, play);
}

int play_run(struct ctl *ctl)
{
	char folder[FOLDER_MAX];
	struct vocab vocab = { .words = NULL };

	if (!ctl_folder(ctl, "scripts", ctl->scripts, folder, sizeof(folder))) {
		return ENDING_BAD_INPUT;
	}
	int code = vocab_load(ctl, &vocab);
	if (code == ENDING_DONE) {
		code = load_and_run(ctl, folder, &vocab);
	}
	vocab_free(&vocab);
	return code;
}
