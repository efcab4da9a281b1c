/* SPDX-License-Identifier: Apache-2.0 */
/* Script rows spell single words (了解, 周末); the general vocabulary also holds longer ones that
 * are made of them (想了解, 上周末), which are to be spelled alike. */
#include <string.h>

#include "builder_p.h"
#include "utf8.h"

enum { MAX_FORMS = 24 };

/* Copies of a word's forms, while its chain is replaced. */
struct copies {
    struct builder_form items[MAX_FORMS];
    size_t count;
};

static bool equal(const struct builder_form *f, const char *text, size_t n) {
    return f->length == n && memcmp(f->text, text, n) == 0;
}

static struct builder_form *find_or_add(struct copies *c, const char *text, size_t n) {
    for (size_t i = 0; i < c->count; i++)
        if (equal(&c->items[i], text, n))
            return &c->items[i];
    if (c->count == MAX_FORMS)
        return NULL;
    c->items[c->count] = (struct builder_form){.text = text, .length = n};
    return &c->items[c->count++];
}

/* Whether two spellings of a word differ only inside the pieces that rows spell. */
static bool differ_in_rows_only(const struct builder *b, const uint16_t *labels,
                                const uint8_t *pieces, size_t count, const struct buffer *old,
                                const struct buffer *new) {
    size_t at = 0, i = 0, k = 0;
    for (size_t p = 0; p < count; at += pieces[p++]) {
        const struct word *w = builder_find_word(b, labels + at, pieces[p]);
        for (size_t c = 0; c < pieces[p]; c++) {
            size_t a = utf8_length((unsigned char)old->data[i]);
            size_t z = utf8_length((unsigned char)new->data[k]);
            if (!(w && w->by_row) && (a != z || memcmp(old->data + i, new->data + k, a) != 0))
                return false;
            i += a;
            k += z;
        }
    }
    return true;
}

static bool has_row(const struct builder *b, const uint16_t *labels, const uint8_t *pieces,
                    size_t count) {
    for (size_t p = 0, at = 0; p < count; at += pieces[p++]) {
        const struct word *w = pieces[p] > 1 ? builder_find_word(b, labels + at, pieces[p]) : NULL;
        if (w && w->by_row)
            return true;
    }
    return false;
}

/* The pieces' spelling becomes what is written; what was right before stays accepted. */
static void respell(struct builder *b, struct word *w, const uint8_t *pieces, size_t count) {
    struct buffer old[IMAGE_MAX_LOCALES] = {{0}}, new[IMAGE_MAX_LOCALES] = {{0}}, kept = {0};
    const uint16_t *labels = b->labels.items + w->labels;
    const uint8_t whole = (uint8_t)w->length;
    struct copies forms = {.count = 0};
    bool ok = true;
    builder_write_pieces(b, labels, &whole, 1, old);
    builder_write_pieces(b, labels, pieces, count, new);
    for (size_t l = 0; l < b->locales.count; l++)
        ok &= differ_in_rows_only(b, labels, pieces, count, &old[l], &new[l]);
    ok &= buffer_reserve(&kept, (size_t)UINT8_MAX * MAX_FORMS); /* so that it does not move */
    for (uint32_t f = w->forms; ok && f; f = b->forms.items[f].next) {
        const struct chained_form *form = &b->forms.items[f];
        const char *text = kept.data + kept.size;
        if (forms.count == MAX_FORMS ||
            !buffer_append(&kept, b->texts.data + form->text, form->length))
            break;
        find_or_add(&forms, text, form->length)->accepted |= form->accepted;
    }
    for (size_t l = 0; ok && l < b->locales.count; l++) {
        struct builder_form *was = find_or_add(&forms, old[l].data, old[l].size);
        struct builder_form *is = find_or_add(&forms, new[l].data, new[l].size);
        if (was)
            was->accepted |= (uint8_t)(1u << l);
        if (is) {
            is->accepted |= (uint8_t)(1u << l);
            is->first |= (uint8_t)(1u << l);
        }
    }
    if (ok)
        builder_set_forms(b, w, forms.items, forms.count);
    for (size_t l = 0; l < IMAGE_MAX_LOCALES; l++) {
        buffer_fini(&old[l]);
        buffer_fini(&new[l]);
    }
    buffer_fini(&kept);
}

void builder_spread_spellings(struct builder *b) {
    for (size_t i = 0; i < b->words.count && !b->failed; i++) {
        struct word *w = &b->words.items[i];
        uint8_t pieces[IMAGE_MAX_KEY];
        size_t count;
        if (w->length < 3 || w->by_row || (w->flags & ENTRY_DAMAGE))
            continue;
        builder_cut(b, b->labels.items + w->labels, w->length, w->length - 1u, pieces, &count);
        if (has_row(b, b->labels.items + w->labels, pieces, count))
            respell(b, w, pieces, count);
    }
}
