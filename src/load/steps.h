/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * steps.h - the steps of a session, flat: parts are put in place, "sides: each" becomes two steps,
 * units are read once. source->status tells.
 */
#ifndef EASE_LOAD_STEPS_H
#define EASE_LOAD_STEPS_H

#include "ease/script.h"
#include "ease/voice.h"
#include "load/tree.h"

#include <stdbool.h>

#define STEPS_MAX 500
#define PARTS_DEPTH_MAX 4

/* Where a step or a jump was written. */
struct origin {
	const char *path;
	const struct node *node;
};

struct known_unit {
	struct unit unit;
	bool used; /* by a step so far */
	struct known_unit *next;
};

/* "go NAME": resolved when all steps are known. */
struct jump {
	struct answer *answer;
	const char *name;
	size_t step; /* that it leaves */
	struct origin origin;
	struct jump *next;
};

/* "for": resolved when all steps are known. */
struct tie {
	const char *base;        /* a unit's name before its side and area; NULL: of another step */
	const struct node *node; /* NULL: it is tied to nothing */
};

struct steps {
	struct source *source;
	const char *beside;                  /* the folder of the session's file */
	const char *folder;                  /* of the shipped scripts */
	const struct vocabulary *vocabulary; /* NULL: the fixed contexts, unchecked */
	struct step *step;
	struct origin *origin; /* of each step */
	struct tie *tie;       /* the same */
	size_t count;
	struct known_unit *units;
	struct jump *jumps;
	int depth;
	enum session_kind kind; /* decides what its texts may say */
};

/* beside and folder are borrowed as long as steps. */
void steps_init(struct steps *steps, struct source *source, const char *beside, const char *folder,
		const struct vocabulary *vocabulary);

/* Adds the steps that list holds. */
void steps_read(struct steps *steps, const struct node *list);

/* Adds the steps of the part in the file at path. */
void steps_read_part(struct steps *steps, const char *path, const char *name);

/* Refuses at the place of origin, whatever file that is. */
void steps_refuse(const struct steps *steps, const struct origin *origin, const char *format, ...)
		EASE_PRINTF(3, 4);

/* The same because no step has that name; says which one is near. */
void steps_refuse_name(const struct steps *steps, const struct origin *origin, const char *name);

#endif
