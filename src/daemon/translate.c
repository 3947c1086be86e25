/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "translate.h"

#include "ease/log.h"

#include <math.h>
#include <string.h>

#define DUCK_MAX_MS 3000 /* an onset that nothing follows */
#define TICKS_MAX 32     /* deadlines served in one turn */
#define FOREIGN_MAX (UTTERANCES_MAX / 2)
#define LAST_WORDS_MAX_MS 60000 /* after the engine's end, for what it said before */

static void act(struct translate *translate, const struct action *action, frames_t now);

void translate_init(
		struct translate *translate, const struct stage *stage, const char *const *phrases)
{
	memset(translate, 0, sizeof(*translate));
	translate->stage = stage;
	translate->phrases = phrases;
}

static void note(struct translate *translate, struct note *made, frames_t at)
{
	made->at = at - translate->origin;
	translate->stage->note(translate->stage->arg, made);
}

static void command(struct translate *translate, const struct command *made)
{
	translate->stage->command(translate->stage->arg, made);
}

/* Every event of the session passes here: a recording of these is a recording of the session. */
static void feed(struct translate *translate, struct event event)
{
	if (!translate->running) {
		return;
	}
	if (event.at < translate->last) {
		event.at = translate->last;
	}
	translate->last = event.at;

	struct action actions[ENGINE_ACTIONS_MAX];
	const size_t count = engine_step(&translate->engine, &event, actions);
	for (size_t i = 0; i < count; i++) {
		act(translate, &actions[i], event.at);
	}
}

/* Utterances. */

static struct utterance *add_utterance(struct translate *translate, uint32_t engine)
{
	if (translate->waiting_count == UTTERANCES_MAX) {
		return NULL;
	}
	struct utterance *utterance = &translate->waiting[translate->waiting_count++];
	utterance->id = ++translate->newest;
	utterance->engine = engine;
	utterance->begun = false;
	utterance->refused = false;
	utterance->step = NULL;
	utterance->text[0] = '\0';
	return utterance;
}

static enum status send_utterance(
		struct translate *translate, struct utterance *utterance, frames_t at)
{
	const struct stage *stage = translate->stage;
	const enum status status = stage->say(stage->arg, utterance->id, utterance->text, at);
	if (status != STATUS_OK) {
		log_error("translate", "cannot say \"%.60s\": %s", utterance->text,
				status_string(status));
		utterance->refused = true;
	}
	return status;
}

/* Whether text is what the step is about, and not a word before or after it. */
static bool is_own_text(const struct step *step, const char *text)
{
	if (step == NULL) {
		return false;
	}
	if (step->unit != NULL) {
		return text == step->unit->say_long || text == step->unit->say_short ||
		       text == step->unit->say_away;
	}
	return text == step->say;
}

static void say(struct translate *translate, const struct action *action)
{
	struct utterance *utterance = add_utterance(translate, action->utterance);
	if (utterance == NULL) {
		log_error("translate", "too much is waiting to be said");
		return;
	}
	if (is_own_text(translate->step, action->text)) {
		utterance->step = translate->step->name;
	}
	const enum status status = text_render(action->text, &action->args, translate->phrases,
			utterance->text, sizeof(utterance->text));
	if (status != STATUS_OK) {
		log_error("translate", "cannot fill in \"%.60s\": %s", action->text,
				status_string(status));
		utterance->refused = true;
		return;
	}
	/* a refusal is given back to the engine at the next turn */
	const enum status sent = send_utterance(translate, utterance, action->at);
	(void)sent;
}

static void prepare(struct translate *translate, const struct action *action)
{
	char text[TEXT_MAX];
	if (text_render(action->text, &action->args, translate->phrases, text, sizeof(text)) ==
			STATUS_OK) {
		translate->stage->prepare(translate->stage->arg, text);
	}
}

static struct utterance *find_utterance(struct translate *translate, uint32_t id)
{
	for (size_t i = 0; i < translate->waiting_count; i++) {
		if (translate->waiting[i].id == id) {
			return &translate->waiting[i];
		}
	}
	return NULL;
}

/* An utterance is over: to the log if anybody heard its beginning, and back to the engine. */
static void close_utterance(
		struct translate *translate, struct utterance *utterance, bool cut, frames_t at)
{
	if (utterance->begun) {
		struct note said = {
			.kind = NOTE_SAID,
			.utterance = utterance->id,
			.cut = cut,
			.text = utterance->text,
			.name = utterance->step,
		};
		note(translate, &said, at);
	}
	const struct event event = {
		.kind = EVENT_SAID, .at = at, .utterance = utterance->engine, .cut = cut
	};
	const size_t index = (size_t)(utterance - translate->waiting);
	translate->waiting_count--;
	memmove(utterance, utterance + 1, (translate->waiting_count - index) * sizeof(*utterance));
	if (event.utterance != 0) {
		feed(translate, event);
	}
}

/* What never reached the speech ring is reported by nobody: it is over with what is after it. */
static void close_cut(struct translate *translate, uint32_t up_to, frames_t at)
{
	while (translate->waiting_count > 0 && translate->waiting[0].id <= up_to) {
		close_utterance(translate, &translate->waiting[0], true, at);
	}
}

static bool close_refused(struct translate *translate, frames_t now)
{
	for (size_t i = 0; i < translate->waiting_count; i++) {
		if (translate->waiting[i].refused) {
			close_utterance(translate, &translate->waiting[i], true, now);
			return true;
		}
	}
	return false;
}

enum status translate_say(struct translate *translate, const char *text)
{
	if (translate->waiting_count >= FOREIGN_MAX) {
		return STATUS_NO_SPACE;
	}
	struct utterance *utterance = add_utterance(translate, 0);
	strncpy(utterance->text, text, sizeof(utterance->text) - 1);
	utterance->text[sizeof(utterance->text) - 1] = '\0';
	return send_utterance(translate, utterance, 0);
}

/* Actions. */

static void hush(struct translate *translate)
{
	translate->hushed = translate->newest;
	translate->hushing = true;
	/* the queue first, so that nothing new follows what the callback drops */
	translate->stage->cancel(translate->stage->arg, translate->newest);
	command(translate,
			&(struct command){ .kind = COMMAND_HUSH, .utterance = translate->newest });
}

static void cut(struct translate *translate)
{
	translate->stage->cancel(translate->stage->arg, translate->newest);
	command(translate,
			&(struct command){ .kind = COMMAND_CUT, .utterance = translate->newest });
}

static void begin_step(struct translate *translate, const struct action *action, frames_t now)
{
	const struct step *step = action->step;
	translate->step = step;
	translate->target = action->target;
	struct note made = {
		.kind = NOTE_STEP,
		.name = step->name,
		.unit = step->unit != NULL ? step->unit->name : NULL,
		.side = step->side,
		.area = step->area,
		.target = action->target,
	};
	note(translate, &made, now);
}

static void change_pressure(struct translate *translate, const struct action *action, frames_t now)
{
	translate->target = action->target;
	struct note made = {
		.kind = NOTE_PRESSURE,
		.before = action->from,
		.target = action->target,
		.why = action->why,
	};
	note(translate, &made, now);
}

static void note_rehearsal(
		struct translate *translate, const struct rehearsal *rehearsal, frames_t now)
{
	const char *missed = translate->phrases[PHRASE_STOP_WORD];
	if (rehearsal->own) {
		missed = translate->engine.options.word;
	} else if (rehearsal->intent != INTENT_STOP) {
		missed = "";
	}
	struct note made = {
		.kind = NOTE_REHEARSED,
		.rehearsal = *rehearsal,
		.text = rehearsal->heard ? translate->heard.text : missed,
		.speech_db = translate->heard.speech_db,
		.noise_db = translate->heard.noise_db,
	};
	note(translate, &made, now);
}

static void note_answer(struct translate *translate, const struct action *action, frames_t now)
{
	struct note made = {
		.kind = NOTE_ANSWER,
		.name = action->step != NULL ? action->step->name : action->text,
		.intent = action->intent,
		.value = action->value,
		.text = action->word,
		.store = action->step != NULL ? action->step->store : STORE_NOTHING,
		.outcome = action->outcome,
	};
	note(translate, &made, now);
}

static void note_stop(struct translate *translate, const struct action *action, frames_t now)
{
	struct note made = {
		.kind = NOTE_STOPPED,
		.name = action->step != NULL ? action->step->name : NULL,
		.value = action->rating,
		.why = action->why,
	};
	note(translate, &made, now);
}

static void act_on_tones(struct translate *translate, const struct action *action)
{
	const struct command tone = {
		.kind = COMMAND_TONE,
		.tone = { .at = action->at, .length = action->length, .kind = action->tone },
	};
	command(translate, &tone);
}

static void act(struct translate *translate, const struct action *action, frames_t now)
{
	switch (action->kind) {
	case ACTION_SAY:
		say(translate, action);
		break;
	case ACTION_PREPARE:
		prepare(translate, action);
		break;
	case ACTION_TONE:
		act_on_tones(translate, action);
		break;
	case ACTION_HUSH:
		hush(translate);
		break;
	case ACTION_CUT:
		cut(translate);
		break;
	case ACTION_TONES_OFF:
		command(translate, &(struct command){ .kind = COMMAND_TONES_OFF });
		break;
	case ACTION_SOFTEN:
		command(translate, &(struct command){ .kind = COMMAND_SOFTEN,
						   .gain_db = (float)action->gain_db });
		break;
	case ACTION_VOLUME:
		command(translate, &(struct command){ .kind = COMMAND_VOLUME,
						   .gain_db = (float)action->gain_db });
		break;
	case ACTION_LISTEN:
		translate->stage->context(translate->stage->arg, action->context);
		break;
	case ACTION_STEP:
		begin_step(translate, action, now);
		break;
	case ACTION_PRESSURE:
		change_pressure(translate, action, now);
		break;
	case ACTION_ANSWER:
		note_answer(translate, action, now);
		break;
	case ACTION_STOPPED:
		note_stop(translate, action, now);
		log_notice("session", "stopped in %s: %s, last rating %d",
				action->step != NULL ? action->step->name : "no step",
				why_name(action->why), (int)action->rating);
		break;
	case ACTION_REHEARSED:
		note_rehearsal(translate, &action->rehearsal, now);
		break;
	case ACTION_END:
		translate->ending = true;
		translate->end_at = now;
		translate->reason = action->reason;
		break;
	case ACTION_KIND_COUNT:
		break;
	}
}

/* Events. */

void translate_start(struct translate *translate, const struct script *script,
		const struct engine_options *options, frames_t now)
{
	engine_init(&translate->engine, script, translate->phrases, options);
	translate->running = true;
	translate->ending = false;
	translate->origin = now;
	translate->last = now;
	translate->step = NULL;
	translate->target = 0;

	struct note made = {
		.kind = NOTE_SESSION,
		.name = script->name,
		.title = script->title,
		.text = script->path,
	};
	note(translate, &made, now);
	feed(translate, (struct event){ .kind = EVENT_START, .at = now });
}

void translate_word(struct translate *translate, const struct speech_word *word)
{
	const struct utterance *utterance = find_utterance(translate, word->utterance);
	if (utterance != NULL) { /* else it was hushed */
		mask_add(&translate->mask, word->utterance, utterance->text + word->text_at,
				word->text_length, word->at);
	}
}

/* Once or, in need, several times. */
static bool is_own_word(const struct translate *translate, const struct hearing *hearing)
{
	const char *word = translate->engine.options.word;
	const size_t length = word != NULL ? strlen(word) : 0;
	return translate->running && hearing->intent == INTENT_STOP && length > 0 &&
	       strncmp(hearing->text, word, length) == 0 &&
	       (hearing->text[length] == '\0' || hearing->text[length] == ' ');
}

/* Whether hearing is the very stop word that is being practised: while it is, it stops nothing,
 * and the coach's own voice must not pass for the person's. Any other stop is a stop. */
static bool is_practised(const struct translate *translate, const struct hearing *hearing)
{
	struct engine_view view;
	if (!translate->running || hearing->intent != INTENT_STOP) {
		return false;
	}
	engine_look(&translate->engine, &view);
	return view.mode == ENGINE_RUNNING && view.step != NULL &&
	       view.step->kind == STEP_REHEARSE && view.step->rehearse == INTENT_STOP &&
	       (translate->engine.options.word == NULL || is_own_word(translate, hearing));
}

bool translate_is_own_voice(const struct translate *translate, const struct hearing *hearing)
{
	const bool own = is_practised(translate, hearing) ? mask_said(&translate->mask, hearing)
							  : mask_covers(&translate->mask, hearing);
	if (!own) {
		return false;
	}
	log_debug("translate", "%.3f s: \"%s\" is the coach's own",
			seconds_from_frames(hearing->from), hearing->text);
	return true;
}

static void spoken(struct translate *translate, const struct report *report)
{
	if (report->kind == REPORT_SAY) {
		mask_begin(&translate->mask, report->utterance, report->at);
	} else if (report->kind == REPORT_CUT) {
		mask_cut(&translate->mask, report->utterance, report->at);
	}
	if (report->kind == REPORT_CUT) {
		close_cut(translate, report->utterance, report->at);
		return;
	}
	struct utterance *utterance = find_utterance(translate, report->utterance);
	if (utterance == NULL) {
		return; /* hushed before, and given back then */
	}
	if (report->kind == REPORT_SAID) {
		close_utterance(translate, utterance, false, report->at);
		return;
	}
	utterance->begun = true;
	struct note made = {
		.kind = NOTE_SAY,
		.utterance = utterance->id,
		.text = utterance->text,
		.name = utterance->step,
	};
	note(translate, &made, report->at);
}

void translate_report(struct translate *translate, const struct report *report)
{
	switch (report->kind) {
	case REPORT_SAY:
	case REPORT_SAID:
	case REPORT_CUT:
		spoken(translate, report);
		break;
	case REPORT_TONE: {
		struct note made = { .kind = NOTE_TONE, .tone = report->tone };
		note(translate, &made, report->at);
		break;
	}
	case REPORT_TONE_LATE:
		log_warning("audio", "a tone (%s) came too late to be played at %.3f s",
				tone_kind_name(report->tone), seconds_from_frames(report->at));
		break;
	case REPORT_HUSHED: {
		struct note made = { .kind = NOTE_HUSHED };
		translate->hushing = false;
		note(translate, &made, report->at);
		close_cut(translate, translate->hushed, report->at);
		break;
	}
	case REPORT_UNDERFLOW:
		log_info("audio", "the loudspeaker ran dry around %.3f s",
				seconds_from_frames(report->at));
		break;
	}
}

static void duck(struct translate *translate, bool on, frames_t now)
{
	if (on) {
		translate->duck_until = now + frames_from_ms(DUCK_MAX_MS);
	}
	if (translate->duck != on) {
		log_debug("translate", "%.3f s: duck %s", seconds_from_frames(now),
				on ? "on" : "off");
		translate->duck = on;
		command(translate, &(struct command){ .kind = COMMAND_DUCK, .on = on });
	}
}

/* In whole dB, not 0 where it was measured. */
static int32_t snr_db(const struct hearing *hearing)
{
	const double above = hearing->speech_db - hearing->noise_db;
	return hearing->speech_db > 0.0 ? (int32_t)lrint(fmax(above, 1.0)) : 0;
}

static void heard(struct translate *translate, const struct hearing *hearing, frames_t now)
{
	const bool sure = hearing->kind == HEARING_WORD;
	translate->heard = *hearing;
	struct note made = {
		.kind = NOTE_HEARD,
		.intent = hearing->intent,
		.value = hearing->value,
		.text = hearing->text,
		.confidence = hearing->confidence,
		.from = hearing->from - translate->origin,
		.to = hearing->to - translate->origin,
		.sure = sure,
	};
	note(translate, &made, now);
	feed(translate, (struct event){ .kind = EVENT_HEARD,
					.at = now,
					.intent = hearing->intent,
					.value = hearing->value,
					.other = hearing->other,
					.sure = sure,
					.own = is_own_word(translate, hearing),
					.snr_db = snr_db(hearing),
					.noise_db = (int32_t)lrint(hearing->noise_db) });
}

void translate_noise(struct translate *translate, int32_t noise_db, frames_t now)
{
	feed(translate, (struct event){ .kind = EVENT_NOISE, .at = now, .noise_db = noise_db });
}

void translate_hearing(struct translate *translate, const struct hearing *hearing, frames_t now)
{
	switch (hearing->kind) {
	case HEARING_ONSET:
		duck(translate, true, now);
		feed(translate, (struct event){ .kind = EVENT_SPEECH_ONSET, .at = now });
		break;
	case HEARING_OFFSET:
		duck(translate, false, now);
		break;
	case HEARING_WORD:
	case HEARING_DOUBT:
		/* what the word does comes first: after a stop nothing may grow louder again */
		heard(translate, hearing, now);
		duck(translate, false, now);
		break;
	}
}

void translate_event(struct translate *translate, enum event_kind kind, frames_t now)
{
	feed(translate, (struct event){ .kind = kind, .at = now });
	if (kind == EVENT_SPEAKER_LOST) {
		/* nobody will report these any more */
		translate->hushing = false;
		translate->hushed = translate->newest;
		close_cut(translate, translate->hushed, now);
	}
}

void translate_intent(struct translate *translate, enum intent intent, int32_t value, frames_t now)
{
	const struct hearing hearing = {
		.kind = HEARING_WORD,
		.intent = intent,
		.value = value,
		.other = -1,
		.text = "easectl",
		.confidence = 1.0,
		.from = now,
		.to = now,
		.decided = now,
	};
	heard(translate, &hearing, now);
}

static void finish(struct translate *translate, frames_t now)
{
	translate->running = false;
	translate->ending = false;
	translate->step = NULL;
	translate->target = 0;
	struct note made = { .kind = NOTE_END, .reason = translate->reason };
	note(translate, &made, now);
}

/* Whether all that was said before the end has left, or never will. */
static bool is_silent(const struct translate *translate, frames_t now)
{
	const bool quiet = translate->waiting_count == 0 && !translate->hushing;
	return quiet || now > translate->end_at + frames_from_ms(LAST_WORDS_MAX_MS);
}

bool translate_tick(struct translate *translate, frames_t now)
{
	bool done = close_refused(translate, now);

	if (translate->duck && now >= translate->duck_until) {
		duck(translate, false, now);
		done = true;
	}
	for (int i = 0; i < TICKS_MAX && translate->running && !translate->ending &&
			engine_deadline(&translate->engine) <= now;
			i++) {
		feed(translate, (struct event){ .kind = EVENT_TICK, .at = now });
		done = true;
	}
	if (translate->ending && is_silent(translate, now)) {
		finish(translate, now);
		done = true;
	}
	return done;
}

bool translate_running(const struct translate *translate)
{
	return translate->running;
}

enum end_reason translate_reason(const struct translate *translate)
{
	return translate->reason;
}

frames_t translate_time(const struct translate *translate, frames_t now)
{
	return now - translate->origin;
}

const struct step *translate_step(const struct translate *translate)
{
	return translate->step;
}

void translate_look(const struct translate *translate, struct engine_view *out)
{
	engine_look(&translate->engine, out);
}
