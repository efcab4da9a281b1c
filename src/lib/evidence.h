/* SPDX-License-Identifier: Apache-2.0 */
/* evidence.h - what a document shows about its subjects, its names and the region it comes from. */
#ifndef IVN_EVIDENCE_H
#define IVN_EVIDENCE_H

#include "lattice.h"
#include "slips.h"

struct evidence {
    uint8_t *words[LATTICE_MAX_LAYERS]; /* bit sets of the doc= words that occur, per layer */
    uint8_t *hits; /* [paragraph * subjects + subject]: evidence words, saturated */
    size_t hits_capacity;
    size_t subject_count;
    size_t paragraph_count; /* of the document, as its characters: */
    size_t han;
    size_t subject_hits[IMAGE_MAX_SUBJECTS]; /* in the whole document */
    size_t foreign[IMAGE_MAX_LOCALES];       /* terms of a region that the target does not use */
    uint32_t
        *certain; /* layer << 24 | concept: persons who are in the document, see names_settle() */
    size_t certain_count, certain_capacity;
    struct slips slips;
    size_t misspelt; /* words in traditional characters that no region spells like this */
};

void evidence_fini(struct evidence *e);

/* Reads the evidence off the path, for a target locale (its number). false: no memory. */
bool evidence_gather(struct evidence *e, const struct document *d, const struct path *path,
                     const struct layers *layers, unsigned target);

bool evidence_has_word(const struct evidence *e, size_t layer, uint16_t number);

/* Whether a paragraph is about a subject: by itself and its neighbours, or as part of a document
 * that is full of it. */
bool evidence_has_subject(const struct evidence *e, uint32_t paragraph, unsigned subject);

/* How many words of a subject a paragraph and its neighbours have. */
size_t evidence_nearby(const struct evidence *e, uint32_t paragraph, unsigned subject);

/* Whether a careless converter has been at the document: 註意, 癥狀, 現即時. */
bool evidence_is_damaged(const struct evidence *e);

/* Whether the document's vocabulary comes from a locale other than the target. */
bool evidence_is_from(const struct evidence *e, unsigned locale);

#endif
