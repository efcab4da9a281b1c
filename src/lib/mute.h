/* SPDX-License-Identifier: Apache-2.0 */
/* mute.h - stretches of prose in which the author of a document has switched some rules off. */
#ifndef IVN_MUTE_H
#define IVN_MUTE_H

#include "prose.h"

struct mute_range {
    uint32_t from, to; /* in the text that is worked on */
    uint32_t mute;     /* of the prose */
};

struct mute_list {
    const ivn_prose *prose;
    struct mute_range *items;
    size_t count, capacity;
};

/* Those in the part [from, to) of the prose, relative to from; the list is empty before. false: no
 * memory. */
bool mute_list_fill(struct mute_list *list, const ivn_prose *p, size_t from, size_t to);
void mute_list_fini(struct mute_list *list);

/* Moves them to where they are after the edits. */
void mute_list_map(struct mute_list *list, const struct edit_list *edits);

/* Whether a rule is switched off at `offset`. */
bool mute_list_has(const struct mute_list *list, size_t offset, const char *rule);

#endif
