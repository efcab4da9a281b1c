/* SPDX-License-Identifier: Apache-2.0 */
/* seam.h - whether a term that was put into a text can make new words with its neighbours: 互聯網
 * before 絡 gives 網際網路 and, at the seam, 網絡. Only then must the place be cut into words
 * again. */
#ifndef IVN_SEAM_H
#define IVN_SEAM_H

#include "lattice.h"

/* A term that was put into the text in front of the one that is asked about. */
struct seam_term {
    size_t end;   /* of what it stands for, in characters of the document; 0: there is none */
    size_t count; /* of labels */
    uint16_t labels[IMAGE_MAX_KEY];
};

/* Whether, on the cheapest path, a word that could be changed reaches from the `form` (n labels, at
 * most IMAGE_MAX_KEY), put in the place of `word`, into what stands beside it. */
bool seam_makes_words(const struct document *d, const struct layers *layers,
                      const struct seam_term *term, const struct word_on_path *word,
                      const uint16_t *form, size_t n);

#endif
