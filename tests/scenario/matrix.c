/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * matrix.c - everything that can be heard or happen, in every state: one line a cell.
 *
 * matrix GOLDEN compares with the golden table and checks the rules that no table may break;
 * matrix --write GOLDEN writes the table anew, to be read before it is committed.
 */
#include "fixture.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX 1024
#define ALONE_STEPS_MAX 5000

enum move_kind {
	MOVE_END,   /* no more moves */
	MOVE_UNTIL, /* live on, answering what is asked, until the step is in this phase */
	MOVE_HEAR,
	MOVE_PASS,  /* milliseconds */
	MOVE_STAGE, /* until the stop policy is at .stage */
	MOVE_EVENT,
};

struct move {
	enum move_kind kind;
	const char *step;
	enum flow_phase phase;
	enum inquiry_kind inquiry;
	enum intent intent;
	int32_t value;
	bool unsure;
	enum stop_stage stage;
	enum event_kind event;
};

#define MOVES_MAX 8

struct state {
	const char *name;
	const char *script;
	bool asked; /* not screened */
	bool deaf;
	struct move moves[MOVES_MAX];
	const char *word; /* the person's own */
};

#define UNTIL(s, p)                                           \
	{                                                     \
		.kind = MOVE_UNTIL, .step = (s), .phase = (p) \
	}
#define INQUIRE(s, p, i)                                                      \
	{                                                                     \
		.kind = MOVE_UNTIL, .step = (s), .phase = (p), .inquiry = (i) \
	}
#define HEAR(i, v)                                             \
	{                                                      \
		.kind = MOVE_HEAR, .intent = (i), .value = (v) \
	}
#define DOUBT(i, v)                                                            \
	{                                                                      \
		.kind = MOVE_HEAR, .intent = (i), .value = (v), .unsure = true \
	}
#define PASS(ms)                                 \
	{                                        \
		.kind = MOVE_PASS, .value = (ms) \
	}
#define STAGE(s)                                 \
	{                                        \
		.kind = MOVE_STAGE, .stage = (s) \
	}
#define HAPPEN(e)                                \
	{                                        \
		.kind = MOVE_EVENT, .event = (e) \
	}

static const struct state states[] = {
	{ "idle", "touch", .moves = { { .kind = MOVE_END } } },
	{ "saying", "touch", .moves = { HAPPEN(EVENT_START) } },
	{ "resting", "touch", .moves = { HAPPEN(EVENT_START), UNTIL("welcome", FLOW_RESTING) } },
	{ "asking-aloud", "touch", true,
			.moves = { HAPPEN(EVENT_START), UNTIL("welcome", FLOW_RESTING),
					PASS(2500) } },
	{ "asking-yes-no", "touch", true,
			.moves = { HAPPEN(EVENT_START), UNTIL("consent", FLOW_ASKING) } },
	{ "answering", "touch", true,
			.moves = { HAPPEN(EVENT_START), UNTIL("consent", FLOW_ASKING),
					HEAR(INTENT_YES, -1) } },
	{ "asking-number", "touch", true,
			.moves = { HAPPEN(EVENT_START), UNTIL("ceiling", FLOW_ASKING) } },
	{ "asking-number-again", "touch", true,
			.moves = { HAPPEN(EVENT_START), UNTIL("ceiling", FLOW_ASKING),
					DOUBT(INTENT_RATING, 5) } },
	{ "rehearsing-number", "touch", true,
			.moves = { HAPPEN(EVENT_START), UNTIL("rehearse-number", FLOW_ASKING) } },
	{ "passing", "touch", true,
			.moves = { HAPPEN(EVENT_START), UNTIL("rehearse-number", FLOW_ASKING),
					HEAR(INTENT_RATING, 5) } },
	{ "rehearsing-stop", "touch", true,
			.moves = { HAPPEN(EVENT_START), UNTIL("rehearse-stop", FLOW_ASKING) } },
	{ "rehearsing-word", "touch", true, .word = "pineapple",
			.moves = { HAPPEN(EVENT_START), UNTIL("rehearse-stop", FLOW_ASKING) } },
	{ "rehearsing-stop-instead", "touch", true, .word = "pineapple",
			.moves = { HAPPEN(EVENT_START), UNTIL("rehearse-stop", FLOW_ASKING),
					PASS(38000) } },
	{ "unit-saying", "touch", .moves = { HAPPEN(EVENT_START), UNTIL("circles", FLOW_SAYING) } },
	{ "warm-up-pacing", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("circles", FLOW_PACING),
					PASS(3000) } },
	{ "warm-up-rated", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("circles", FLOW_PACING), PASS(3000),
					HEAR(INTENT_RATING, 1) } },
	{ "pacing", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000) } },
	{ "pacing-rated", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_RATING, 2) } },
	{ "pacing-at-ceiling", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_RATING, 4) } },
	{ "deep-saying", "touch", .moves = { HAPPEN(EVENT_START), UNTIL("hold", FLOW_SAYING) } },
	{ "seeking", "touch", .moves = { HAPPEN(EVENT_START), UNTIL("hold", FLOW_SEEKING) } },
	{ "found", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("hold", FLOW_SEEKING),
					HEAR(INTENT_FOUND, -1) } },
	{ "deep-pacing", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("hold", FLOW_PACING), PASS(4000) } },
	{ "rating-inquiry", "touch",
			.moves = { HAPPEN(EVENT_START),
					INQUIRE("glide-left", FLOW_PACING, INQUIRY_RATING) } },
	{ "number-inquiry", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), DOUBT(INTENT_RATING, 3) } },
	{ "number-inquiry-rated", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_RATING, 2),
					DOUBT(INTENT_RATING, 3) } },
	{ "number-cut-short", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_RATING, 2), DOUBT(INTENT_RATING, 3),
					HEAR(INTENT_PAUSE, -1), HEAR(INTENT_CONTINUE, -1),
					UNTIL("glide-left", FLOW_PACING) } },
	{ "comfort-inquiry", "touch",
			.moves = { HAPPEN(EVENT_START),
					INQUIRE("glide-right", FLOW_PACING, INQUIRY_COMFORT) } },
	{ "firmer-inquiry", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_RATING, 2),
					DOUBT(INTENT_FIRMER, -1) } },
	{ "more-inquiry", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("hold", FLOW_PACING), PASS(3000),
					HEAR(INTENT_RATING, 2) } },
	{ "spot-resting", "offer",
			.moves = { HAPPEN(EVENT_START), UNTIL("hold-left", FLOW_PACING), PASS(3000),
					HEAR(INTENT_BACK, -1), UNTIL("hold-left", FLOW_PASSING) } },
	{ "closing", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(19000), HEAR(INTENT_LIGHTER, -1),
					INQUIRE("glide-left", FLOW_CLOSING, INQUIRY_RATING) } },
	{ "paused-in-say", "touch", .moves = { HAPPEN(EVENT_START), HEAR(INTENT_PAUSE, -1) } },
	{ "paused-in-question", "touch", true,
			.moves = { HAPPEN(EVENT_START), UNTIL("consent", FLOW_ASKING),
					HEAR(INTENT_PAUSE, -1) } },
	{ "paused-in-unit", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(8000), HEAR(INTENT_PAUSE, -1), PASS(3000) } },
	{ "paused-deaf", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(8000), HAPPEN(EVENT_MIC_LOST), PASS(3000) } },
	{ "stop-releasing", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_STOP, -1) } },
	{ "stop-question-1", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_STOP, -1), STAGE(STOP_HURT) } },
	{ "stop-question-2", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_PAIN, -1), STAGE(STOP_SIGNS) } },
	{ "stop-deaf", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_STOP, -1), STAGE(STOP_HURT),
					HAPPEN(EVENT_MIC_LOST), PASS(3000) } },
	{ "stop-deaf-pain", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_PAIN, -1), STAGE(STOP_SIGNS),
					HAPPEN(EVENT_MIC_LOST), PASS(3000) } },
	{ "stopped", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_STOP, -1), STAGE(STOP_HURT),
					HEAR(INTENT_NO, -1), PASS(3000) } },
	{ "comfort-to-continue", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_STOP, -1), STAGE(STOP_HURT),
					HEAR(INTENT_CONTINUE, -1), PASS(3000) } },
	{ "ending-stopped", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					HAPPEN(EVENT_BUTTON) } },
	{ "ending-medical", "touch",
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000), HEAR(INTENT_PAIN, -1), STAGE(STOP_SIGNS),
					HEAR(INTENT_YES, -1) } },
	{ "ending-refused", "touch", true,
			.moves = { HAPPEN(EVENT_START), UNTIL("consent", FLOW_ASKING),
					HEAR(INTENT_NO, -1) } },
	{ "over", "touch",
			.moves = { HAPPEN(EVENT_START), HAPPEN(EVENT_BUTTON),
					HAPPEN(EVENT_BUTTON) } },
	{ "deaf-asking", "touch", true, true,
			.moves = { HAPPEN(EVENT_START), UNTIL("consent", FLOW_ASKING) } },
	{ "deaf-pacing", "touch", false, true,
			.moves = { HAPPEN(EVENT_START), UNTIL("glide-left", FLOW_PACING),
					PASS(3000) } },
	{ "partner-pacing", "partner",
			.moves = { HAPPEN(EVENT_START), UNTIL("warm-up", FLOW_PACING),
					PASS(3000) } },
	{ "partner-deep", "partner",
			.moves = { HAPPEN(EVENT_START), UNTIL("kneading", FLOW_PACING),
					PASS(3000) } },
	{ "relax-resting", "relax",
			.moves = { HAPPEN(EVENT_START), UNTIL("settle", FLOW_RESTING),
					PASS(1000) } },
	{ "relax-asking", "relax", true,
			.moves = { HAPPEN(EVENT_START), UNTIL("loud", FLOW_ASKING) } },
	{ "relax-breathing", "relax",
			.moves = { HAPPEN(EVENT_START), UNTIL("breath", FLOW_PACING),
					PASS(4000) } },
	{ "relax-paused", "relax",
			.moves = { HAPPEN(EVENT_START), UNTIL("breath", FLOW_PACING), PASS(4000),
					HEAR(INTENT_PAUSE, -1), PASS(3000) } },
	{ "relax-stopped", "relax",
			.moves = { HAPPEN(EVENT_START), UNTIL("breath", FLOW_PACING), PASS(4000),
					HEAR(INTENT_STOP, -1), STAGE(STOP_PLAIN), PASS(3000) } },
	{ "relax-pain", "relax",
			.moves = { HAPPEN(EVENT_START), UNTIL("breath", FLOW_PACING), PASS(4000),
					HEAR(INTENT_PAIN, -1), STAGE(STOP_SIGNS) } },
};

static void answer_inquiry(struct stage *stage)
{
	switch (stage->engine.inquiry.kind) {
	case INQUIRY_RATING:
	case INQUIRY_NUMBER:
		stage_feed(stage, heard(INTENT_RATING, 1));
		break;
	case INQUIRY_COMFORT:
	case INQUIRY_FIRMER:
	case INQUIRY_MORE:
		stage_feed(stage, heard(INTENT_YES, -1));
		break;
	case INQUIRY_NONE:
		break;
	}
}

static void answer_question(struct stage *stage, const struct step *step)
{
	if (step->kind == STEP_REHEARSE) {
		stage_feed(stage, heard(step->rehearse, 5));
	} else if (step->kind == STEP_ASK) {
		stage_feed(stage, step->context == CONTEXT_RATING ? heard(INTENT_RATING, 5)
								  : heard(INTENT_YES, -1));
	}
}

static bool is_there(const struct stage *stage, const struct move *move)
{
	const struct engine *e = &stage->engine;
	const bool named = strcmp(e->script->steps[e->flow.step].name, move->step) == 0;

	return named && e->flow.phase == move->phase && e->inquiry.kind == move->inquiry &&
	       (move->phase != FLOW_ASKING || e->wait.utterance == 0) &&
	       (move->inquiry == INQUIRY_NONE || e->inquiry.wait.utterance == 0);
}

static bool live_until(struct stage *stage, const struct move *move)
{
	const struct engine *e = &stage->engine;

	for (int i = 0; i < ALONE_STEPS_MAX && e->mode == ENGINE_RUNNING; i++) {
		if (is_there(stage, move)) {
			return true;
		}
		if (e->inquiry.kind != INQUIRY_NONE && e->inquiry.kind != move->inquiry &&
				e->inquiry.wait.utterance == 0) {
			answer_inquiry(stage);
		} else if (e->flow.phase == FLOW_ASKING && e->wait.utterance == 0) {
			answer_question(stage, &e->script->steps[e->flow.step]);
		} else {
			(void)stage_advance(stage);
		}
	}
	return false;
}

static void pass(struct stage *stage, int32_t ms)
{
	const frames_t until = stage->now + frames_from_ms(ms);

	while (stage_next(stage) <= until) {
		(void)stage_advance(stage);
	}
	stage->now = until;
}

static bool reach_stage(struct stage *stage, enum stop_stage wanted)
{
	for (int i = 0; i < 10; i++) {
		if (stage->engine.stop.stage == wanted && stage->engine.wait.utterance == 0) {
			return true;
		}
		(void)stage_advance(stage);
	}
	return false;
}

static bool make_move(struct stage *stage, const struct move *move)
{
	struct event event = heard(move->intent, move->value);

	switch (move->kind) {
	case MOVE_UNTIL:
		return live_until(stage, move);
	case MOVE_HEAR:
		event.sure = !move->unsure;
		event.other = move->unsure && move->value >= 0 ? move->value + 4 : -1;
		stage_feed(stage, event);
		return true;
	case MOVE_PASS:
		pass(stage, move->value);
		return true;
	case MOVE_STAGE:
		return reach_stage(stage, move->stage);
	case MOVE_EVENT:
		stage_feed(stage, (struct event){ .kind = move->event });
		return true;
	case MOVE_END:
		break;
	}
	return true;
}

static bool set_up(struct stage *stage, const struct state *state)
{
	const struct engine_options options = {
		.screened = !state->asked, .microphone = !state->deaf, .word = state->word
	};

	stage_init(stage, state->script, &options);
	for (size_t i = 0; i < MOVES_MAX && state->moves[i].kind != MOVE_END; i++) {
		if (!make_move(stage, &state->moves[i])) {
			(void)fprintf(stderr, "matrix: %s: move %zu leads nowhere\n", state->name,
					i);
			return false;
		}
	}
	return true;
}

/* Columns. */

#define COLUMNS_MAX 96

struct column {
	char name[40];
	struct event event;
};

static void add_column(struct column *columns, size_t *count, const char *name, struct event event)
{
	struct column *column = &columns[(*count)++];

	(void)snprintf(column->name, sizeof column->name, "%s", name);
	column->event = event;
}

static size_t fill_columns(struct column columns[static COLUMNS_MAX])
{
	static const int ratings[] = { 0, 2, 4, 6, 7, 8, 10 };
	struct event own = heard(INTENT_STOP, -1);
	static const enum event_kind kinds[] = { EVENT_START, EVENT_SPEECH_ONSET, EVENT_BUTTON,
		EVENT_MIC_LOST, EVENT_MIC_BACK, EVENT_CLOCK_JUMP, EVENT_SPEAKER_LOST, EVENT_TICK };
	char name[40];
	size_t count = 0;

	for (int intent = INTENT_NONE + 1; intent < INTENT_COUNT; intent++) {
		struct event event = heard((enum intent)intent, -1);
		add_column(columns, &count, intent_name((enum intent)intent), event);
		event.sure = false;
		(void)snprintf(name, sizeof name, "%s?", intent_name((enum intent)intent));
		add_column(columns, &count, name, event);
	}
	for (int sign = SIGN_HURT; sign < SIGN_COUNT; sign++) {
		(void)snprintf(name, sizeof name, "pain, %s", sign_name((enum sign)sign));
		add_column(columns, &count, name, heard(INTENT_PAIN, sign));
	}
	for (size_t i = 0; i < sizeof ratings / sizeof ratings[0]; i++) {
		(void)snprintf(name, sizeof name, "rating %d", ratings[i]);
		add_column(columns, &count, name, heard(INTENT_RATING, ratings[i]));
	}
	own.own = true;
	add_column(columns, &count, "own word", own);
	own.snr_db = STOP_CLEAR_DB - 1;
	add_column(columns, &count, "own word, faint", own);
	struct event either = heard(INTENT_RATING, 2);
	either.other = 9;
	either.sure = false;
	add_column(columns, &count, "rating 2 or 9?", either);
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		(void)snprintf(name, sizeof name, "[%s]", event_kind_name(kinds[i]));
		add_column(columns, &count, name, (struct event){ .kind = kinds[i] });
	}
	return count;
}

/* Rules that hold whatever the golden table says. */

struct cell {
	const struct state *state;
	const struct column *column;
	struct stage before;
	struct stage after;
};

static bool require(const struct cell *cell, bool good, const char *rule)
{
	if (!good) {
		(void)fprintf(stderr, "matrix: %s | %s: %s\n", cell->state->name,
				cell->column->name, rule);
	}
	return good;
}

static bool is_live(const struct cell *cell)
{
	return cell->before.engine.mode != ENGINE_IDLE && cell->before.engine.mode != ENGINE_OVER;
}

static bool silences_first(const struct cell *cell)
{
	return cell->after.count >= 2 && cell->after.actions[0].kind == ACTION_HUSH &&
	       cell->after.actions[1].kind == ACTION_STOPPED;
}

/* What tells to seek help is cut by nothing but other words of that kind. */
static bool hears_out(const struct cell *cell)
{
	const struct stage *after = &cell->after;

	return after->count == 0 || (silences_first(cell) && after->actions[2].kind == ACTION_SAY &&
						    after->engine.mode == ENGINE_ENDING);
}

static bool check_stops(const struct cell *cell)
{
	const struct event *event = &cell->column->event;
	const struct engine *e = &cell->before.engine;
	const bool rehearsing = strncmp(cell->state->name, "rehearsing-stop", 15) == 0 ||
				(cell->state->word != NULL && event->own);
	const bool touching = e->mode == ENGINE_RUNNING && e->pressure.target > 0;
	bool good = true;

	if (event->kind == EVENT_HEARD && event->intent == INTENT_PAIN && e->grave) {
		return require(cell, hears_out(cell), "medical words are heard out");
	}
	if (event->kind == EVENT_BUTTON || event->kind == EVENT_SPEAKER_LOST ||
			(event->kind == EVENT_HEARD &&
					(event->intent == INTENT_PAIN ||
							(event->intent == INTENT_STOP &&
									!rehearsing)))) {
		good = require(cell, !is_live(cell) || silences_first(cell),
				"a stop is silence first");
	}
	if (event->kind == EVENT_SPEAKER_LOST && is_live(cell)) {
		good = require(cell, cell->after.engine.mode == ENGINE_OVER,
				       "no sound, no session") &&
		       good;
	}
	if (event->kind == EVENT_HEARD && event->intent == INTENT_RATING && event->sure &&
			event->value >= PRESSURE_RELEASE && touching) {
		good = require(cell, silences_first(cell), "eight is a stop") && good;
	}
	return good;
}

static int32_t change(const struct cell *cell)
{
	int32_t sum = 0;

	for (size_t i = 0; i < cell->after.count; i++) {
		const struct action *action = &cell->after.actions[i];
		if (action->kind == ACTION_PRESSURE) {
			sum += action->target - action->from;
		}
	}
	return sum;
}

static bool check_pressure(const struct cell *cell)
{
	const struct event *event = &cell->column->event;
	const struct engine *e = &cell->before.engine;
	const bool confirmed =
			event->intent == INTENT_YES &&
			(e->inquiry.kind == INQUIRY_FIRMER || e->inquiry.kind == INQUIRY_MORE);
	const bool may_rise = event->kind == EVENT_HEARD && event->sure &&
			      (event->intent == INTENT_FIRMER || confirmed);
	const bool touch = e->script->kind == SESSION_TOUCH;
	const bool unclear = e->inquiry.kind == INQUIRY_NUMBER ||
			     e->inquiry.kind == INQUIRY_COMFORT || !e->pressure.rated;
	const bool lives = e->mode != ENGINE_IDLE && e->mode != ENGINE_OVER &&
			   e->mode != ENGINE_ENDING;
	bool good = require(cell, change(cell) <= (may_rise ? 1 : 0), "only a sure firmer raises");

	good = require(cell, change(cell) <= 0 || !unclear, "nothing unclear raises") && good;

	good = require(cell, touch || change(cell) == 0, "no pressure where nobody touches") &&
	       good;
	if (event->kind == EVENT_HEARD && event->intent == INTENT_LIGHTER && touch && lives) {
		good = require(cell, change(cell) == (e->pressure.level > PRESSURE_MIN ? -1 : 0),
				       "lighter lowers by one") &&
		       good;
		good = require(cell,
				       cell->after.count == 0 ||
						       cell->after.actions[0].kind != ACTION_HUSH,
				       "lighter hushes no tone") &&
		       good;
		good = require(cell,
				       e->mode != ENGINE_RUNNING || cell->before.queued == 0 ||
						       cell->after.actions[0].kind == ACTION_CUT,
				       "lighter waits for no words") &&
		       good;
	}
	return good;
}

static bool check_words(const struct cell *cell)
{
	const struct event *event = &cell->column->event;
	const struct engine *e = &cell->before.engine;
	const bool resumes = e->stop.stage == STOP_COMFORT && event->kind == EVENT_HEARD &&
			     event->intent == INTENT_YES;
	bool good = true;

	for (size_t i = 0; i < cell->after.count; i++) {
		const struct action *action = &cell->after.actions[i];
		const bool spot = event->intent == INTENT_FOUND || event->intent == INTENT_EASING;
		if (action->kind == ACTION_TONE) {
			good = require(cell, spot || event->kind == EVENT_TICK,
					       "a word by itself starts no tone") &&
			       good;
		}
		if (action->kind == ACTION_STEP || action->kind == ACTION_TONE) {
			good = require(cell, e->mode != ENGINE_STOPPED && e->mode != ENGINE_ENDING,
					       "stopped: nothing goes on") &&
			       good;
		}
		if (action->kind == ACTION_SAY && e->mode == ENGINE_STOPPED && !resumes) {
			good = require(cell,
					       strstr(action->text, "@recap") == NULL &&
							       action->text[0] == '@',
					       "stopped: only the coach's stop words") &&
			       good;
		}
	}
	return good;
}

static bool is_ignored_in_doubt(const struct event *event)
{
	if (event->kind != EVENT_HEARD) {
		return false;
	}
	switch ((int)event->intent) {
	case INTENT_STOP:
	case INTENT_PAIN:
	case INTENT_LIGHTER:
	case INTENT_GUARDING:
	case INTENT_FIRMER:
	case INTENT_RATING:
		return false;
	default:
		return true;
	}
}

static bool check_doubt(const struct cell *cell)
{
	const struct event *event = &cell->column->event;

	return event->sure || !is_ignored_in_doubt(event) ||
	       require(cell, cell->after.count == 0, "what is unclear was not said");
}

/* From every cell a session that is left alone comes to its end, and a medical one to that end. */
static bool check_end(struct cell *cell)
{
	struct stage *stage = &cell->after;
	const bool medical = strcmp(cell->state->name, "ending-medical") == 0;

	if (stage->engine.mode == ENGINE_IDLE) {
		return true;
	}
	for (int i = 0; i < ALONE_STEPS_MAX && stage->engine.mode != ENGINE_OVER; i++) {
		(void)stage_advance(stage);
	}
	return require(cell, stage->engine.mode == ENGINE_OVER, "left alone it ends") &&
	       require(cell, !medical || stage->engine.reason == END_MEDICAL,
			       "medical stays medical");
}

static void print_cell(const struct cell *cell, FILE *out)
{
	char line[LINE_MAX];

	(void)fprintf(out, "%s | %s |", cell->state->name, cell->column->name);
	for (size_t i = 0; i < cell->after.count; i++) {
		fixture_print(&cell->after.actions[i], line, sizeof line);
		(void)fprintf(out, "%s %s", i == 0 ? "" : ";", line);
	}
	(void)fprintf(out, "\n");
}

static bool fill_row(
		const struct state *state, const struct column *columns, size_t count, FILE *out)
{
	static struct cell cell;
	bool good = true;

	cell.state = state;
	if (!set_up(&cell.before, state)) {
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		cell.column = &columns[i];
		cell.after = cell.before;
		stage_feed(&cell.after, columns[i].event);
		if (columns[i].event.sure || !is_ignored_in_doubt(&columns[i].event)) {
			print_cell(&cell, out);
		}
		good = check_stops(&cell) && good;
		good = check_pressure(&cell) && good;
		good = check_words(&cell) && good;
		good = check_doubt(&cell) && good;
		good = check_end(&cell) && good;
	}
	return good;
}

static bool compare(FILE *actual, const char *path)
{
	FILE *golden = fopen(path, "r");
	char left[2 * LINE_MAX];
	char right[2 * LINE_MAX];
	bool good = golden != NULL;

	rewind(actual);
	for (int number = 1; good; number++) {
		const char *a = fgets(left, sizeof left, golden);
		const char *b = fgets(right, sizeof right, actual);
		if (a == NULL && b == NULL) {
			break;
		}
		if (a == NULL || b == NULL || strcmp(left, right) != 0) {
			(void)fprintf(stderr, "%s:%d: expected: %s%s:%d: happened: %s", path,
					number, a == NULL ? "the end\n" : left, path, number,
					b == NULL ? "the end\n" : right);
			good = false;
		}
	}
	if (golden != NULL) {
		(void)fclose(golden);
	}
	return good;
}

int main(int argc, char **argv)
{
	const bool write = argc == 3 && strcmp(argv[1], "--write") == 0;
	struct column columns[COLUMNS_MAX];
	const size_t count = fill_columns(columns);
	FILE *out = NULL;
	bool good = true;

	if (argc < 2) {
		(void)fprintf(stderr, "usage: matrix [--write] GOLDEN\n");
		return 2;
	}
	out = write ? fopen(argv[2], "w") : tmpfile();
	if (out == NULL) {
		perror("matrix");
		return 1;
	}
	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
		good = fill_row(&states[i], columns, count, out) && good;
	}
	if (!write) {
		good = compare(out, argv[1]) && good;
	}
	(void)fclose(out);
	return good ? 0 : 1;
}
