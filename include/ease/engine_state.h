/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine_state.h - the fields of struct engine, so that it can be a value; private to src/core. */
#ifndef EASE_ENGINE_STATE_H
#define EASE_ENGINE_STATE_H

struct engine {
	const struct script *script;
	const char *const *phrases;
};

#endif
