/* SPDX-License-Identifier: Apache-2.0 */
/* outline.h - what of a document is not prose, block by block: by it two documents are told to be
 * the same but for their prose. */
#ifndef IVN_OUTLINE_H
#define IVN_OUTLINE_H

#include "prose.h"

struct outline_block {
    uint32_t start; /* in the source: where the block before ends */
    uint64_t hash;  /* of its markup, and of the structure that the reader noted there */
};

struct outline {
    struct outline_block *blocks;
    size_t count;
    size_t capacity;
    uint32_t *order; /* numbers of the pieces as they stand in the source; NULL: as they are */
};

/* Makes it, in a zeroed struct. White space at the edges of markup counts as prose: what is left of
 * it after an edit beside a tag may be told by the reader, or not. false: no memory. */
bool outline_make(struct outline *outline, const ivn_prose *p);
void outline_fini(struct outline *outline);

/* Number of the piece that is the i-th in the source. */
static inline size_t outline_piece(const struct outline *outline, size_t i) {
    return outline->order ? outline->order[i] : i;
}

#endif
