/* SPDX-License-Identifier: Apache-2.0 */
/* because.h - why a gate was open, in the words of its condition, for those who ask. */
#ifndef IVN_BECAUSE_H
#define IVN_BECAUSE_H

#include "buffer.h"
#include "edit.h"
#include "gate.h"

/* The reasons of one document's gated changes; REASON_GATED counts along `items`. */
struct because {
    struct because_item {
        reason_id reason; /* REASON_TERM: the row */
        uint32_t text;    /* offset of a string in `texts` */
    } * items;
    size_t count, capacity;
    struct buffer texts; /* NUL behind each */
};
void because_fini(struct because *because);

/* Notes what opened the gate of a key, "near=总统; subject=it (2 nearby, 7 in all)", and sets
 * *reason to where it is noted. A key without condition is left alone. false: no memory. */
bool because_note(struct because *because, const struct place *place, const struct image_ref *ref,
                  reason_id *reason);

#endif
