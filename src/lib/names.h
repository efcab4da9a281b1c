/* SPDX-License-Identifier: Apache-2.0 */
/* names.h - the persons of a document: where they are named, in whichever form and script, and how
 * they are to be named throughout. */
#ifndef IVN_NAMES_H
#define IVN_NAMES_H

#include "edit.h"
#include "gate.h"

/* A place where a person is named. */
struct mention {
    uint32_t first, last; /* characters first .. last-1 */
    uint32_t person;      /* index */
    uint32_t concept;     /* the row, of the layer */
    uint8_t layer;
    bool latin; /* in Latin letters, as the row's column `person` has it */
};

/* A row about a person. The first of those with one name is the person's: a user's before ours. */
struct person {
    const char *name; /* in Latin letters; borrowed from the lexicon */
    uint32_t concept;
    uint8_t layer;
};

struct names {
    struct mention *mentions; /* in the order of the text */
    size_t count, capacity;
    struct person *persons; /* sorted by name; made when they are first needed */
    size_t person_count, person_capacity;
};
void names_fini(struct names *names);

/* What a document says of words on its path, and for whom. */
struct reading {
    const struct document *document;
    const struct path *path;
    const struct layers *layers;
    unsigned target;
};

/* Notes in the evidence which persons are in the document beyond doubt, because a condition on
 * what is near their name holds somewhere. false: no memory. */
bool names_settle(struct evidence *evidence, const struct reading *reading);

/* As gate_ask_ref(); a person who is in the document beyond doubt needs nothing near the name any
 * more. */
enum verdict names_ask(const struct place *place, const struct image_ref *ref);

/* Finds where persons are named. false: no memory. */
bool names_find(struct names *names, const struct reading *reading,
                const struct evidence *evidence);

/* The forms that the target writes for the person of a mention, "a|b", the first one first. */
const char *names_cell(const struct names *names, const struct reading *reading,
                       const struct mention *mention);

/* Lets each person have one name in the whole document: the form of the target's that it has most
 * often. With `annotate` the name in Latin letters follows the first mention in brackets, unless
 * the document has it already. The mentions are those of names_find(). false: no memory. */
bool names_unify(const struct names *names, const struct reading *reading, bool annotate,
                 struct edit_list *edits);

#endif
