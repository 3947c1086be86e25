/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pump.h"

#include "turn.h"

#include "ease/log.h"

#define ROUNDS_MAX 256 /* of one instant: more is a mistake of ours, and must not hang */
#define WATCH_EVERY (EASE_RATE / 4)
#define LONGEST ((frames_t)4 * 3600 * EASE_RATE)

/* Lets everybody work until nothing changes any more. */
static void settle(struct app *app)
{
	for (int round = 0; round < ROUNDS_MAX; round++) {
		speech_work(app->speech);
		if (app->listener != NULL) {
			listener_work(app->listener);
		}
		if (!turn(app)) {
			return;
		}
	}
	log_warning("pump", "%.3f s does not come to rest",
			seconds_from_frames(link_now(app->link)));
}

enum exit_code pump_run(struct app *app)
{
	app_start_session(app);
	while (!app->quit) {
		settle(app);
		const frames_t now = link_now(app->link);
		if (turn_over(app)) {
			return EXIT_CODE_FINISHED;
		}
		if (now % WATCH_EVERY == 0) {
			turn_watch(app, now * 1000 / (EASE_RATE / 1000));
			app_signals(app);
		}
		if (offline_step(app->offline) != STATUS_OK) {
			return EXIT_CODE_FAILED;
		}
		if (now > LONGEST) {
			log_error("pump", "the session does not end");
			return EXIT_CODE_FAILED;
		}
	}
	return EXIT_CODE_STOPPED;
}
