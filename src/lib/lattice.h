/* SPDX-License-Identifier: Apache-2.0 */
/* lattice.h - cutting text into words: the cheapest path (Viterbi) over all
 * words of the lexicons. */
#ifndef IVN_LATTICE_H
#define IVN_LATTICE_H

#include "document.h"

enum { LATTICE_MAX_LAYERS = 16 };

/* Lexicons that are searched together: layer 0 is the main one, users' dictionaries follow. */
struct layers {
    const ivn_lexicon *items[LATTICE_MAX_LAYERS];
    size_t count;
};

/* A word on the path: characters first .. first+length-1 of the document. entry 0: no lexicon knows
 * it (one character, or a token of letters and digits). */
struct word_on_path {
    uint32_t first;
    uint16_t length;
    uint8_t layer;
    uint8_t flags; /* of the entry */
    uint32_t entry;
};

struct path {
    struct word_on_path *words;
    size_t count;
    size_t capacity;
    struct cell *cells; /* scratch of one run */
    size_t cell_capacity;
};

void path_fini(struct path *path);

/* Turns *word into what the next layer below knows of it (maybe nothing: entry 0). false: there is
 * no layer below. */
bool path_word_below(struct word_on_path *word, const struct document *d,
                     const struct layers *layers);

/* Cuts the whole document, reusing path's memory. Where user and main lexicon both know a word, the
 * last layer's entry stands for it. false: no memory. */
bool lattice_cut(struct path *path, const struct document *d, const struct layers *layers);

enum { LATTICE_MAX_WINDOW = IMAGE_MAX_KEY + 32 };

/* Whether the cheapest path through n labels, at most LATTICE_MAX_WINDOW, has a word across
 * position `left` or across position `right`. */
bool lattice_crosses(const struct layers *layers, const uint16_t *labels, size_t n, size_t left,
                     size_t right);

#endif
