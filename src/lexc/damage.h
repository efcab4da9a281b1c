/* SPDX-License-Identifier: Apache-2.0 */
/* damage.h - what careless converters make of words that overlap a term.
 *
 * Converters that replace 实时 by 即時 without looking at words turn 现实时 into 現即時. For every
 * term pair A→B and every common word W that shares its end (or start) with A's start (or end), the
 * damaged string becomes a key whose forms restore the original.
 */
#ifndef LEXC_DAMAGE_H
#define LEXC_DAMAGE_H

#include "builder.h"
#include "words.h"

struct damage;

struct damage *damage_new(struct builder *b);
void damage_free(struct damage *d);

/* Adds the pairs of OpenCC's regional phrases, or of a dictionary file (zh-CN to zh-TW). */
void damage_add_table(struct damage *d, const struct table *phrases);
void damage_add_dict(struct damage *d, const struct dict_file *file);

/* Adds the damaged strings to the builder; returns how many there are. */
size_t damage_generate(struct damage *d);

#endif
