/* SPDX-License-Identifier: Apache-2.0 */
#include "seam.h"

#include <string.h>

enum { REACH = 7 }; /* neighbours looked at on either side */

static bool can_change(const ivn_lexicon *lexicon, uint32_t entry) {
    return entry && lexicon->entries[entry].flags;
}

/* Words of one lexicon in `labels` that cross position `left` or position `right`: few, and cheap
 * to look for, so that the lattice is asked only about them. */
static bool crosses(const ivn_lexicon *lexicon, const uint16_t *labels, size_t count, size_t left,
                    size_t right) {
    for (size_t start = 0; start < right; start++) {
        uint32_t node = TRIE_ROOT;
        for (size_t end = start; end < count && trie_step(lexicon->trie, &node, labels[end]);) {
            end++;
            bool over = (start < left && end > left) || end > right;
            if (over && can_change(lexicon, trie_value(lexicon->trie[node])))
                return true;
        }
    }
    return false;
}

/* What stands in front of the character: of the text as it will be, as far as it reaches. */
static size_t take_left(const struct document *d, const struct seam_term *last, size_t first,
                        uint16_t *labels) {
    size_t n = 0, taken = 0;
    while (n < REACH && n < first && first - n > last->end && d->labels[first - n - 1] != 0)
        n++;
    if (n < REACH && last->end && first - n == last->end) {
        taken = last->count < REACH - n ? last->count : REACH - n;
        memcpy(labels, last->labels + last->count - taken, taken * sizeof *labels);
    }
    memcpy(labels + taken, d->labels + first - n, n * sizeof *labels);
    return taken + n;
}

bool seam_makes_words(const struct document *d, const struct layers *layers,
                      const struct seam_term *term, const struct word_on_path *word,
                      const uint16_t *form, size_t n) {
    uint16_t labels[REACH + IMAGE_MAX_KEY + REACH];
    size_t last = (size_t)word->first + word->length;
    size_t left = take_left(d, term, word->first, labels), count = left + n;
    memcpy(labels + left, form, n * sizeof *labels);
    for (size_t i = last; i < d->count && i < last + REACH && d->labels[i] != 0; i++)
        labels[count++] = d->labels[i];
    for (size_t l = 0; l < layers->count; l++)
        if (crosses(layers->items[l], labels, count, left, left + n))
            return lattice_crosses(layers, labels, count, left, left + n);
    return false;
}
