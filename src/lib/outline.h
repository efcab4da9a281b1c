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
};

/* White space at the edges of markup counts as prose: what is left of it after an edit beside a tag
 * may be told by the reader, or not. false: no memory. */
bool outline_make(struct outline *outline, const ivn_prose *p);
void outline_fini(struct outline *outline);

/* The pieces in the order of the source: *order, for the caller to free, numbers them; NULL if they
 * are in that order already. false: no memory. */
bool outline_order(const ivn_prose *p, uint32_t **order);

#endif
