/* SPDX-License-Identifier: Apache-2.0 */
/* condition.h - the gates of dictionary rows: "subject=it; from=zh-CN | right=夹,系统".
 *
 * Alternatives are separated by '|'; each is a conjunction of items separated by ';'; an item is
 * [!]name=value,value… or one of the words suggest, keep, title, damaged and simplified. Compiled
 * form, in uint16_t: the number of alternatives; for each the number of items; for each item:
 * operator, size of its values, values. Offset 0 of the stream is the condition that always holds.
 */
#ifndef IVN_CONDITION_H
#define IVN_CONDITION_H

#include "builder.h"

enum condition_operator {
    CONDITION_DOC = 1,     /* evidence numbers */
    CONDITION_NEAR = 2,    /* words: length, labels */
    CONDITION_LEFT = 3,    /* words */
    CONDITION_RIGHT = 4,   /* words */
    CONDITION_SUBJECT = 5, /* subject numbers */
    CONDITION_FROM = 6,    /* locale numbers */
    CONDITION_TO = 7,      /* locale numbers */
    CONDITION_SUGGEST =
        8, /* this and those below have no values: true, and the change is only to be suggested */
    CONDITION_DAMAGED = 9,     /* the document shows traces of a careless converter */
    CONDITION_SIMPLIFIED = 10, /* the sentence is in simplified characters */
    CONDITION_TITLE = 11,      /* the word is a title between 《 and 》, or begins one */
    CONDITION_KEEP = 12,       /* true, and the word is to stay as it stands */
    CONDITION_NOT = 0x100
};

/* A "word" of length 0 is followed by one of these. */
enum condition_context { CONTEXT_NUMBER = 1, CONTEXT_LATIN = 2, CONTEXT_EDGE = 3 };

/* Compiles `text` into the builder and sets *offset (0 for an empty text). IVN_SYNTAX with what is
 * wrong in the message; the caller adds the place. */
ivn_status condition_compile(struct builder *b, struct slice text, uint32_t *offset,
                             ivn_error *err);

/* The name of an operator, as conditions are written. */
const char *condition_name(uint16_t op);

/* Whether a compiled condition has the item `keep`. */
bool condition_keeps(const struct builder *b, uint32_t offset);

#endif
