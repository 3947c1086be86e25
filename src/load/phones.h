/* SPDX-License-Identifier: GPL-3.0-or-later */
/* phones.h - ARPAbet without stress, as PocketSphinx and its dictionaries write it. */
#ifndef EASE_LOAD_PHONES_H
#define EASE_LOAD_PHONES_H

/* The first of the words of text, one blank between two, that is no phone; NULL: all are. */
const char *phones_wrong(const char *text);

#endif
