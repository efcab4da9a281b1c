/* SPDX-License-Identifier: Apache-2.0 */
/* convert.h - the conversion loop: for each word on the path, what the target region writes. */
#ifndef IVN_CONVERT_H
#define IVN_CONVERT_H

#include "edit.h"
#include "evidence.h"
#include "lattice.h"

struct target {
    unsigned locale;  /* what is written */
    uint8_t accepted; /* locales (bits) whose spellings may stay */
    bool own;         /* the text keeps its script: sentences in the other one are quotations */
    unsigned stages;  /* of IVN_SCRIPT and IVN_TERMS */
};

/* Appends the edits to *edits and what is doubtful to *suggestions, both against the document's
 * text, and sets *seams to where terms may have made new words. false: no memory. */
bool convert_words(const struct document *d, const struct path *path,
                   const struct evidence *evidence, const struct layers *layers,
                   const struct target *target, struct edit_list *edits,
                   struct edit_list *suggestions, struct span_list *seams);

#endif
