/* SPDX-License-Identifier: Apache-2.0 */
/* convert.h - the conversion loop: for each word on the path, what the target region writes. */
#ifndef IVN_CONVERT_H
#define IVN_CONVERT_H

#include "because.h"
#include "evidence.h"
#include "lattice.h"

struct mute_list;

struct target {
    unsigned locale;  /* what is written */
    uint8_t accepted; /* locales (bits) whose spellings may stay */
    bool own;         /* the text keeps its script: sentences in the other one are quotations */
    unsigned stages;  /* of IVN_SCRIPT and IVN_TERMS */
};

/* What a conversion makes. The edits, and what is doubtful, are against the document's text. */
struct changes {
    struct edit_list *edits;
    struct edit_list *suggestions;
    struct span_list *seams;       /* where terms may have made new words */
    struct because *because;       /* why gates were open; NULL: nobody asks */
    const struct mute_list *mutes; /* terms that they forbid are not written; NULL: none */
};

/* Appends to the lists of *to, and sets its seams. false: no memory. */
bool convert_words(const struct document *d, const struct path *path,
                   const struct evidence *evidence, const struct layers *layers,
                   const struct target *target, const struct changes *to);

#endif
