/* SPDX-License-Identifier: GPL-3.0-or-later */
/* topics.h - voices/LANG/answers.yaml: what the coach answers when it is asked. */
#ifndef EASE_LOAD_TOPICS_H
#define EASE_LOAD_TOPICS_H

#include "ease/voice.h"
#include "load/tree.h"

#define TOPIC_WORDS 35 /* of an answer, at most */

/*
 * Reads the file at path. With a vocabulary its topics and the answers must be the same, and out is
 * in the order of the topics; without (NULL), for checks, in that of the file.
 */
void topics_read(struct source *source, const char *path, const struct vocabulary *vocabulary,
		const struct voice_answer **out);

#endif
