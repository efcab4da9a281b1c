/* SPDX-License-Identifier: Apache-2.0 */
/* gate.h - deciding a compiled condition (condition.h) at a place in a document. */
#ifndef IVN_GATE_H
#define IVN_GATE_H

#include "evidence.h"

enum verdict {
    GATE_CLOSED,
    GATE_OPEN,
    GATE_SUGGEST, /* the change is to be suggested only */
    GATE_KEEP     /* the word is to stay as it stands, and no other row may change it */
};

/* Which labels a sentence has, by the low bits of their numbers: most words that near= asks for are
 * ruled out without looking. */
struct nearby {
    const struct sentence *sentence; /* NULL: not made yet */
    uint64_t bits[32];
};

/* Where and for what a condition is asked. */
struct place {
    const struct document *document;
    const struct evidence *evidence;
    const struct sentence *sentence;
    const ivn_lexicon *main;    /* the lexicon with the alphabet */
    const ivn_lexicon *lexicon; /* whose condition it is */
    size_t layer;               /* its number */
    unsigned target;            /* locale */
    size_t first, last;         /* the word: characters first .. last-1 */
    bool near;                  /* whatever near= asks for is taken to be there */
    struct nearby *nearby;      /* kept between questions; may be NULL */
};

/* The best that any alternative gives; offset 0 is always open. */
enum verdict gate_ask(const struct place *place, uint32_t condition);

/* Whether one item of a condition holds (condition.h). */
bool gate_item_holds(const struct place *place, uint16_t op, const uint16_t *values, size_t size);

/* Whether a key may act: its own condition and that of its row. */
enum verdict gate_ask_ref(const struct place *place, const struct image_ref *ref);

#endif
