/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * parts.h - what the parts of the session engine know of each other.
 *
 *   engine.c    which event goes where, when the next is due
 *   command.c   what each intent does in each mode
 *   turn.c      one event's actions: say, hush, listen; waiting for what was said
 *   flow.c      the steps: which comes next, what is said, what is prepared
 *   answer.c    the questions and rehearsals of a script
 *   pace.c      tones by frame
 *   hold.c      the spots that are held, S80, S86
 *   watch.c     the giver looks at the receiver, S116
 *   pressure.c  the pressure policy, S131-S148
 *   inquiry.c   a question that runs while tones go on
 *   stop.c      the stop policy, S149-S158; pause, resume, the end
 */
#ifndef EASE_CORE_PARTS_H
#define EASE_CORE_PARTS_H

#include "ease/engine.h"

#define SAID_GRACE_MS                                                                       \
	15000                    /* a lost EVENT_SAID is waited for no longer, beyond twice \
				    the estimate: voices may be slow */
#define ONSET_GRACE_MS 2500      /* somebody began to speak: a wait is not cut short */
#define ONSET_EXTRA_MS 15000     /* but noise does not prolong it for ever */
#define WAIT_DEFAULT_MS 8000     /* for an answer */
#define INQUIRY_WAIT_MS 6000     /* the same over tones */
#define ROUNDS_MAX 3             /* an answer that leads back to its question */
#define RATING_FIRST_MIN_MS 5000 /* after the first tone */
#define RATING_FIRST_MAX_MS 20000
#define RERATE_AFTER_MS 8000   /* safely within RERATE_WITHIN_MS */
#define COMFORT_AFTER_MS 90000 /* safely within COMFORT_EVERY_MS */
#define COMFORT_MIN_MS 10000   /* not in the first moments of a unit */
#define COMFORT_GAP_MS 5000    /* nor right after a rating */
#define QUIET_GOODBYE_MS 20000 /* after PHRASE_STILL_THERE */
#define HOLD_OVER 0x80         /* in engine_flow.holds: it was finished once */
#define SPOT_WAIT_MAX_MS 60000 /* a spot that has to rest for longer is left out */
#define MORE_LEFT_MS 10000     /* of a hold, for the offer of a little more to make sense */
#define WATCH_AFTER_MS 61000   /* S116: every 60 to 90 s */
#define WATCH_GAP_MS 5000      /* between its last word and a question that is due */
#define WATCH_LATE_MS 10000    /* from then on: after its first */
#define VOLUME_STEP_DB 3
#define VOLUME_MIN_DB (-12)
#define VOLUME_MAX_DB 6

/* One event being answered. */
struct turn {
	struct engine *engine;
	const struct event *event;
	struct action *out;
	size_t count;
};

/* turn.c */

void turn_emit(struct turn *t, const struct action *action);
/* The figures of the present step, for its texts. */
struct text_args turn_args(const struct engine *e);
/* Says text after all that was said before; returns its utterance. args NULL: turn_args(). */
uint32_t turn_say(struct turn *t, const char *text, const struct text_args *args);
/* Says a phrase that nothing waits for, but that puts off what waits for speech or an answer. */
void turn_aside(struct turn *t, enum phrase phrase, const struct text_args *args);
void turn_aside_text(struct turn *t, const char *text, const struct text_args *args);
/* Silence: drops all speech and tones, every wait, and what the unit had scheduled. */
void turn_hush(struct turn *t);
/* Drops what is being said and what was to follow; tones go on. */
void turn_cut(struct turn *t);
void turn_volume(struct turn *t, int32_t volume_db);
/* Louder, or quieter where step_db is negative; false: it is as loud or quiet as it goes. */
bool turn_louder(struct turn *t, int32_t step_db);
/* The same because the person wishes it: the next session begins with it (S175). */
bool turn_wish(struct turn *t, int32_t step_db);
/* Sends ACTION_LISTEN where the context changed. */
void turn_listen(struct turn *t);
/* Its words, in the giver's form where the session is for two and there is one. */
const char *turn_phrase(const struct engine *e, enum phrase phrase);

void wait_clear(struct engine_wait *wait);
/* For the end of the utterance. */
void wait_said(const struct engine *e, struct engine_wait *wait, uint32_t utterance);
/* For a moment, to the frame. */
void wait_until(struct engine_wait *wait, frames_t due);
/* For an answer, which may just be beginning. */
void wait_answer(struct engine_wait *wait, frames_t due);
/* True when the wait is over; somebody beginning to speak prolongs it. */
bool wait_over(const struct engine *e, struct engine_wait *wait);
frames_t earlier(frames_t a, frames_t b);

/* command.c */

void command_heard(struct turn *t);

/* room.c */

/* What a word, or the noise without one, tells of the room. */
void room_heard(struct engine *e, const struct event *event);
void room_noise(struct turn *t);
/* Would a stop hardly be heard? */
bool room_is_loud(const struct engine *e);

/* topic.c */

/* Paused, or between units. */
bool topic_may_be_asked(const struct engine *e);
/* Answers what was asked, and follows what it means. */
void topic_asked(struct turn *t);

/* flow.c */

const struct step *flow_step(const struct engine *e); /* NULL: none */
const struct unit *flow_unit(const struct engine *e); /* of the present step, or NULL */
/* Was that step done, or is it as soon as its spot has rested? What was refused is not. */
bool flow_has_done(const struct engine *e, size_t index);
bool flow_is_touch(const struct engine *e); /* the session's kind */
/* Has the person a safe word of their own, that was not missed in its rehearsal? */
bool flow_has_own_word(const struct engine *e);
void flow_go(struct turn *t, size_t index);
/* The first step after the present one that is for who is refused, or the number of steps. */
size_t flow_relief(const struct engine *e);
void flow_next(struct turn *t);
void flow_back(struct turn *t);
void flow_skip(struct turn *t);
/* Ends the deep unit that runs, where nobody would hear a stop any more; the coach says so. */
void flow_leave_deep(struct turn *t);
void flow_repeat(struct turn *t);
/* Is the flow waiting for the end of its own words? */
bool flow_is_speaking(const struct engine *e);
/* Says again what was cut in the midst, a unit's text in its short form. */
void flow_say_on(struct turn *t);
/* As turn_args(), with the number that is being read back. */
struct text_args flow_args(const struct engine *e);
void flow_resume(struct turn *t);
/* Keeps what is left of a rest before silence falls. */
void flow_suspend(struct engine *e);
/* When an event is done: leaves a unit whose last question was heard out. */
void flow_settle(struct turn *t);
/* The text that the present step waits for was said, at that frame. */
void flow_said(struct turn *t, frames_t at);
/* The present step has waited long enough. */
void flow_due(struct turn *t);
/* The unit's tones are over. */
void flow_unit_done(struct turn *t);
void flow_prepare(struct turn *t);
frames_t flow_left(const struct engine *e);
/* What earlier sessions mean, and what was answered in this one. */
uint32_t flow_facts(const struct engine *e);
/* May warmth be on the back: it is being laid on, works, or was not yet said to be off? */
bool flow_has_heat(const struct engine *e);
/* A pad does not end with the tones (S56, S165): says so where there may be one. What waits for
 * speech waits for this, too. */
void flow_heat_away(struct turn *t);
/* Whether the step is for this person, in this session. */
bool flow_concerns(const struct engine *e, const struct step *step);
/* May the present step be left without an answer? */
bool flow_may_skip(const struct engine *e);
bool flow_may_go_back(const struct engine *e);
/* Why it may not. */
enum phrase flow_no_way_back(const struct engine *e);

/* Is its unit known well enough for tones alone? What goes deep and stretches keeps its words. */
bool flow_is_terse(const struct engine *e, const struct step *step);
/* The present step where there must be one. */
const struct step *flow_present(const struct engine *e);
/* Says the text of the present step. */
void flow_prompt(struct turn *t);
/* Says a phrase on the present unit, then begins its work. */
void flow_work_text(struct turn *t, enum phrase phrase);
/* The present unit's text is being said, or its spot is looked for. */
bool flow_is_before_work(const struct engine *e);
/* Says a last word on the present step, then goes on. args NULL: turn_args(). */
void flow_pass(struct turn *t, enum phrase phrase, const struct text_args *args);
void flow_pass_text(struct turn *t, const char *text, const struct text_args *args);

/* answer.c */

/* Screening and consent: may an answer end or limit the session? */
bool answer_guards(const struct step *step);
/* Does it make the whole session light? */
bool answer_lightens(const struct answer *answer);
/* May an answer end it? */
bool answer_can_refuse(const struct step *step);
/* Is a number asked for, or rehearsed? */
bool answer_wants_number(const struct step *step);
/* The answer with that intent, or NULL. */
const struct answer *answer_of(const struct step *step, enum intent intent);
/* True when the intent was the answer to the step's question. */
bool answer_heard(struct turn *t);
/* Nobody answered in time. */
void answer_missing(struct turn *t);
/* Says why there is no massage; then comes what may be offered without touch, or the end. Not for
 * an emergency. grave: it tells to seek help. */
void answer_refuse(struct turn *t, const char *text, bool grave);
/* The facts that hold because of it. */
void answer_take_facts(struct engine *e, const struct step *step, const struct answer *answer);
/* The answer's outcome, once all was said. */
void answer_follow(struct turn *t, const struct answer *answer);
/* Is what was heard, which means something else elsewhere, being rehearsed now? */
bool answer_rehearses(const struct engine *e, const struct event *event);

/* pace.c */

void pace_load(struct engine *e, const struct step *step);
/* Begins, or goes on, after what was said up to frame at. */
void pace_start(struct turn *t, frames_t at);
/* Keeps what is left; what was scheduled must have been hushed. */
void pace_suspend(struct engine *e);
/* The tones are over. */
void pace_finish(struct engine *e);
void pace_tick(struct turn *t);
frames_t pace_deadline(const struct engine *e);
void pace_change(struct turn *t, int32_t percent);
void pace_found(struct turn *t);
void pace_easing(struct turn *t);
/* Of the whole unit, as the step says and the person wishes. */
frames_t pace_length(const struct engine *e, const struct step *step);
/* The same of one repeat. */
frames_t pace_once(const struct engine *e, const struct step *step);
frames_t pace_left(const struct engine *e);
/* Touch or a stretch in the run of the tones that goes on; what ran before is in fit.worked. */
frames_t pace_worked(const struct engine *e);
int32_t pace_count(const struct engine *e, const struct step *step);
/* How often the work is done in one place; 0: it is not repeated. */
int32_t pace_repeats(const struct step *step);

/* hold.c */

/* Was the deep work of the step, or its spot, done as often as it may be? */
bool hold_had_enough(const struct engine *e, size_t index);
/* Was it begun and not finished, so that "back" may lead there? */
bool hold_may_come_again(const struct engine *e, size_t index);
/* For how long the spot of the step has to rest yet. */
frames_t hold_rests(const struct engine *e, size_t index);
/* The work of the present step begins, is over, or is left. */
void hold_begin(struct engine *e);
void hold_done(struct engine *e);
void hold_leave(struct engine *e);
/* Is the spot of the present step to be looked for? */
bool hold_seeks(const struct engine *e);
/* It was found, or was looked for long enough. */
void hold_found(struct turn *t, bool found);

/* watch.c */

/* The tones of a unit begin. */
void watch_start(struct engine *e, frames_t anchor);
frames_t watch_deadline(const struct engine *e);
void watch_tick(struct turn *t);

/* pressure.c */

/* A step begins; unit NULL or without pressure: no touch. */
void pressure_enter(struct turn *t, const struct step *step);
/* Its tones begin at anchor and are length long. */
void pressure_start(struct engine *e, frames_t anchor, frames_t length);
void pressure_suspend(struct engine *e);
/* A pause is over: what was to be asked is asked soon. */
void pressure_resume(struct engine *e);
void pressure_tick(struct turn *t);
frames_t pressure_deadline(const struct engine *e);
int32_t pressure_ceiling(const struct engine *e);
/* The target that a step would begin at. */
int32_t pressure_at(const struct engine *e, const struct step *step);
void pressure_limit(struct turn *t, int32_t ceiling);
/* The ceiling that is kept of a number that was named as one. */
int32_t pressure_kept(int32_t named);
void pressure_light(struct turn *t);
void pressure_lower(struct turn *t, int32_t by, enum why why);
void pressure_lighter(struct turn *t);
/* PHRASE_FIRMER: granted; else why not. */
enum phrase pressure_verdict(const struct engine *e);
void pressure_firmer(struct turn *t, bool sure);
/* True when the number that was heard is too much anywhere (S145); it is noted. */
bool pressure_releases(struct turn *t);
void pressure_rating(struct turn *t, int32_t value);
void pressure_assume(struct turn *t, int32_t value);
void pressure_ease(struct turn *t, int32_t by, enum why why);
void pressure_silence(struct turn *t);

/* inquiry.c */

void inquiry_open(struct turn *t, enum inquiry_kind kind, enum phrase phrase);
void inquiry_number(struct turn *t, int32_t value, int32_t other);
/* Offers a little more pressure after that rating. */
void inquiry_more(struct turn *t, int32_t value);
void inquiry_close(struct engine *e);
bool inquiry_answer(struct turn *t);
/* Asks the open question again. */
void inquiry_repeat(struct turn *t);
void inquiry_said(struct turn *t, frames_t at);
void inquiry_due(struct turn *t);

/* fit.c */

/* Is it touch or a stretch, whose time counts? */
bool fit_is_work(const struct step *step);
/* Fits the session to the length that was wished for, once, when its first work is due. */
void fit_make(struct engine *e);
/* The minutes that a wish comes to: a number, or an enum length_wish. */
int32_t fit_minutes(const struct engine *e, int32_t wish);
/* What is not begun yet is fitted to that length; false: the session has one of its own. */
bool fit_wish(struct engine *e, int32_t minutes);
/* From here on the person lies on their side; what is left of the time is that form's. */
void fit_on_side(struct engine *e);
/* Strokes or seconds of a unit's step as fitted; 0: as written. */
int32_t fit_amount(const struct engine *e, const struct step *step);
bool fit_leaves_out(const struct engine *e, const struct step *step);

/* stop.c */

void stop_begin(struct turn *t, enum why why);
/* The same for the pain that was heard. */
void stop_pain(struct turn *t);
void stop_heard(struct turn *t);
void stop_said(struct turn *t, frames_t at);
void stop_due(struct turn *t);
bool stop_is_asking(const struct engine *e);
/* The ears are gone, or are back. */
void stop_mic_lost(struct turn *t);
void stop_mic_back(struct turn *t);
/* Enter, a signal, easectl stop: hands away, and the end. */
void stop_button(struct turn *t);
void stop_speaker(struct turn *t);
/* Is something open that only a professional may judge, or did the session end for it? */
bool stop_is_medical(const struct engine *e);
void pause_begin(struct turn *t, enum phrase phrase);
/* The same because something broke (S160). */
void pause_fault(struct turn *t, enum why why, enum phrase phrase);
void pause_end(struct turn *t);
/* Nobody has said a word for long. */
void quiet_due(struct turn *t);
void quiet_begin(struct engine *e);
/* Says text (NULL: nothing), then ends. */
void end_begin(struct turn *t, enum end_reason reason, const char *text);
/* The same with words that tell to seek help: they are cut by nothing less than a stop, and wait to
 * be asked for again. */
void end_gravely(struct turn *t, enum end_reason reason, const char *text);
/* The last words were said, at that frame. */
void end_said(struct turn *t, frames_t at);
/* A word while the last words are being said, or could be asked for again. */
void end_heard(struct turn *t);
void end_now(struct turn *t, enum end_reason reason);

#endif
