/* SPDX-License-Identifier: Apache-2.0 */
/* trie.h - a double-array trie over 16-bit labels.
 *
 * A unit is 64 bits: base (24) | value (24) | label (16). The child of a node by label c stands at
 * base + c and carries c as its label; bases are unique, so the label alone proves the parent.
 * Unit 0 is the root; value 0 means that no key ends there. The array is padded so that base + any
 * label is inside it: walking needs no bounds check on an image that lexicon_open accepted.
 */
#ifndef IVN_TRIE_H
#define IVN_TRIE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint64_t trie_unit;
enum { TRIE_MAX = 0xFFFFFF, TRIE_ROOT = 0 };

static inline uint32_t trie_base(trie_unit u) {
    return (uint32_t)(u >> 40);
}
static inline uint32_t trie_value(trie_unit u) {
    return (uint32_t)(u >> 16) & TRIE_MAX;
}
static inline uint16_t trie_label(trie_unit u) {
    return (uint16_t)u;
}

/* The child of the node at *node by label (never 0); false if there is none. A leaf has base 0,
 * which is nobody's base: no unit at 0 + label carries that label. */
static inline bool trie_step(const trie_unit *trie, uint32_t *node, uint16_t label) {
    uint32_t child = trie_base(trie[*node]) + label;
    if (trie_label(trie[child]) != label)
        return false;
    *node = child;
    return true;
}

/* One key to build from: labels (none 0) and a value from 1 to TRIE_MAX. */
struct trie_key {
    const uint16_t *labels;
    uint32_t length;
    uint32_t value;
};

/* Builds a trie of keys, which must be sorted by their labels and distinct. *units is malloc'ed and
 * the caller's. false: no memory, or more than TRIE_MAX units. */
bool trie_build(const struct trie_key *keys, size_t count, uint16_t max_label, trie_unit **units,
                size_t *unit_count);

#endif
