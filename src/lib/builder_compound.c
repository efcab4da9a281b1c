/* SPDX-License-Identifier: Apache-2.0 */
/* Words of the general vocabulary that are made of a dictionary's key and something else (软件业 of
 * 软件): they keep their place and price in the lattice, but are rendered piece by piece. */
#include <string.h>

#include "builder_p.h"

/* A word with a one-character piece is more than its pieces if it is this much likelier than they
 * are: 菠萝蜜 is not 菠萝 + 蜜, but 神经网络 is 神经 + 网络. */
enum { MAX_SURPRISE = 27 * COST_UNIT / 2 };

/* Short names are part of too many others: 汤加丽 is not 汤加 + 丽. */
enum { SHORTEST_NAME = 3 };

static bool has_single(const uint8_t *pieces, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (pieces[i] == 1)
            return true;
    return false;
}

static bool has_key(const struct builder *b, const uint16_t *labels, const uint8_t *pieces,
                    size_t count) {
    bool single = has_single(pieces, count);
    for (size_t i = 0, at = 0; i < count; at += pieces[i++]) {
        if (pieces[i] == 1)
            continue;
        unsigned kinds = builder_kinds(b, labels + at, pieces[i]);
        if (single && pieces[i] < SHORTEST_NAME)
            kinds &= ~(1u << CONCEPT_NAME);
        if (kinds)
            return true;
    }
    return false;
}

/* Whether the pieces are spelled in every locale as the word is. */
static bool same_spelling(struct builder *b, const struct word *w, const uint8_t *pieces,
                          size_t count) {
    struct buffer whole[IMAGE_MAX_LOCALES] = {{0}}, parts[IMAGE_MAX_LOCALES] = {{0}};
    const uint16_t *labels = b->labels.items + w->labels;
    const uint8_t all = (uint8_t)w->length;
    bool same = true;
    builder_write_pieces(b, labels, &all, 1, whole);
    builder_write_pieces(b, labels, pieces, count, parts);
    for (size_t l = 0; l < b->locales.count; l++)
        same &= whole[l].size == parts[l].size &&
                memcmp(whole[l].data, parts[l].data, whole[l].size) == 0;
    for (size_t l = 0; l < IMAGE_MAX_LOCALES; l++) {
        buffer_fini(&whole[l]);
        buffer_fini(&parts[l]);
    }
    return same;
}

void builder_find_compounds(struct builder *b) {
    for (size_t i = 0; i < b->words.count && !b->failed; i++) {
        struct word *w = &b->words.items[i];
        uint8_t pieces[IMAGE_MAX_KEY];
        size_t count;
        if (w->length < 3 || w->refs || w->evidence || (w->flags & ENTRY_DAMAGE))
            continue;
        const uint16_t *labels = b->labels.items + w->labels;
        uint32_t cost = builder_cut(b, labels, w->length, w->length - 1u, pieces, &count);
        if ((has_single(pieces, count) && cost > (uint32_t)w->cost + MAX_SURPRISE) ||
            !has_key(b, labels, pieces, count) || !same_spelling(b, w, pieces, count))
            continue;
        w->flags |= ENTRY_COMPOUND;
        w->pieces = (uint32_t)b->texts.size;
        const uint8_t size = (uint8_t)count;
        if (!buffer_append(&b->texts, &size, 1) || !buffer_append(&b->texts, pieces, count))
            b->failed = true;
    }
}

/* Whether a word is a name of several parts: by a dot or a mark inside, or by its length. */
static bool is_long_name(const struct builder *b, const struct word *w) {
    const uint16_t *labels = b->labels.items + w->labels;
    enum { LONG = 3 };
    for (size_t i = 1; i < w->length; i++)
        if (b->alphabet.chars[labels[i]].class > CLASS_LATIN)
            return true;
    return w->length >= LONG && (builder_kinds(b, labels, w->length) & 1u << CONCEPT_NAME);
}

/* Letters and other characters together (U盘, T恤) are hardly anything else, whatever word the
 * latter begin with what follows. */
static bool is_mixed(const struct builder *b, const struct word *w) {
    bool latin = false, other = false;
    for (size_t i = 0; i < w->length; i++) {
        uint8_t class = b->alphabet.chars[b->labels.items[w->labels + i]].class;
        latin |= class == CLASS_LATIN;
        other |= class < CLASS_LATIN;
    }
    return latin && other;
}

/* The rows of the parts may have come behind that of the whole, and made the parts cheaper. */
void builder_price_names(struct builder *b) {
    for (size_t i = 0; i < b->words.count; i++) {
        struct word *w = &b->words.items[i];
        const uint16_t *labels = b->labels.items + w->labels;
        uint8_t pieces[IMAGE_MAX_KEY];
        size_t count;
        if (w->refs && is_mixed(b, w) && w->cost > COST_TOKEN)
            w->cost = COST_TOKEN;
        if (!w->refs || !is_long_name(b, w))
            continue;
        uint32_t cost = builder_cut(b, labels, w->length, w->length - 1u, pieces, &count);
        if (w->cost + (uint32_t)COST_UNIT > cost)
            w->cost = (uint16_t)(cost > COST_UNIT ? cost - COST_UNIT : 0);
    }
}
