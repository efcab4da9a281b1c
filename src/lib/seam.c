/* SPDX-License-Identifier: Apache-2.0 */
#include "seam.h"

#include <string.h>

enum { REACH = 7 }; /* neighbours looked at on either side */

static bool can_change(const ivn_lexicon *lexicon, uint32_t entry) {
    return entry && lexicon->entries[entry].flags;
}

/* Words of one lexicon in `labels` that cross position `left` or position `right`. */
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

bool seam_makes_words(const struct document *d, const struct layers *layers,
                      const struct word_on_path *word, const uint16_t *form, size_t n) {
    uint16_t labels[REACH + IMAGE_MAX_KEY + REACH];
    size_t first = word->first, last = first + word->length, left = 0, count;
    while (left < REACH && left < first && d->labels[first - left - 1] != 0)
        left++;
    memcpy(labels, d->labels + first - left, left * sizeof *labels);
    memcpy(labels + left, form, n * sizeof *labels);
    count = left + n;
    for (size_t i = last; i < d->count && i < last + REACH && d->labels[i] != 0; i++)
        labels[count++] = d->labels[i];
    for (size_t l = 0; l < layers->count; l++)
        if (crosses(layers->items[l], labels, count, left, left + n))
            return true;
    return false;
}
