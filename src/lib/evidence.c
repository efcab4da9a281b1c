/* SPDX-License-Identifier: Apache-2.0 */
#include "evidence.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "spelling.h"

enum {
    WORD_BYTES = EVIDENCE_MAX_DOC / 8,
    NEARBY_HITS = 2,        /* evidence words in a paragraph and its neighbours */
    DOCUMENT_HITS = 3,      /* … or in the document, … */
    CHARACTERS_A_HIT = 150, /* … if there are that many for its length */
    FOREIGN_TERMS = 2,      /* a single one may be a quotation, … */
    SHORT_TEXT = 100,       /* … but it is all that a short text can show */
    CHARACTERS_A_TERM = 500,
    MISSPELT_WORDS = 3, /* one or two happen to anybody */
    CHARACTERS_A_MISSPELLING = 2000,
};

void evidence_fini(struct evidence *e) {
    for (size_t l = 0; l < LATTICE_MAX_LAYERS; l++)
        free(e->words[l]);
    free(e->certain);
    free(e->hits);
    *e = (struct evidence){0};
}

static bool reset(struct evidence *e, const struct document *d, const struct layers *layers) {
    void *hits = e->hits;
    e->subject_count = layers->items[0]->subject_count;
    e->paragraph_count = d->paragraph_count;
    e->han = d->han;
    size_t size = d->paragraph_count * e->subject_count;
    if (!array_grow(&hits, &e->hits_capacity, size + 1, 1))
        return false;
    e->hits = hits;
    memset(e->hits, 0, size);
    memset(e->subject_hits, 0, sizeof e->subject_hits);
    memset(e->foreign, 0, sizeof e->foreign);
    e->misspelt = 0;
    e->certain_count = 0;
    slips_clear(&e->slips);
    for (size_t l = 0; l < layers->count; l++) {
        if (!e->words[l])
            e->words[l] = malloc(WORD_BYTES);
        if (!e->words[l])
            return false;
        memset(e->words[l], 0, WORD_BYTES);
    }
    return true;
}

static void count_foreign(struct evidence *e, const ivn_lexicon *lexicon,
                          const struct image_ref *ref, unsigned target) {
    if (ref->condition || lexicon->concepts[ref->concept].condition || !ref->cells ||
        (ref->cells >> target & 1))
        return;
    for (unsigned l = 0; l < lexicon->locale_count; l++)
        e->foreign[l] += ref->cells >> l & 1;
}

/* Counts a product's name in Latin letters if it is spelled as the row spells it. */
static void gather_latin(struct evidence *e, const struct layers *layers, const struct document *d,
                         const struct word_on_path *w, const struct image_ref *ref,
                         unsigned target) {
    const ivn_lexicon *lexicon = layers->items[w->layer];
    const struct image_concept *concept = &lexicon->concepts[ref->concept];
    const char *cell = lexicon_string(lexicon, concept->cells[target]);
    size_t n = d->offsets[w->first + w->length] - d->offsets[w->first];
    if ((ref->cells >> target & 1) && concept->condition == 0 && strcspn(cell, "|") == n &&
        memcmp(cell, d->text + d->offsets[w->first], n) == 0)
        slips_know(&e->slips, cell, n, w->layer, ref->concept);
}

static void gather_word(struct evidence *e, const struct layers *layers, const struct document *d,
                        const struct word_on_path *w, const struct sentence *sentence,
                        unsigned target) {
    const ivn_lexicon *lexicon = layers->items[w->layer];
    struct payload payload;
    lexicon_payload(lexicon, &lexicon->entries[w->entry], &payload);
    for (unsigned k = 0; k < payload.evidence_count; k++) {
        uint16_t value = payload.evidence[k];
        if (value & EVIDENCE_SUBJECT) {
            unsigned subject = value & (EVIDENCE_SUBJECT - 1);
            uint8_t *hits = &e->hits[sentence->paragraph * e->subject_count + subject];
            *hits = *hits < UINT8_MAX ? (uint8_t)(*hits + 1) : UINT8_MAX;
            e->subject_hits[subject]++;
        } else {
            e->words[w->layer][value >> 3] |= (uint8_t)(1u << (value & 7));
        }
    }
    for (unsigned k = 0; k < payload.ref_count; k++) {
        count_foreign(e, lexicon, &payload.refs[k], target);
        if (d->classes[w->first] == CLASS_LATIN)
            gather_latin(e, layers, d, w, &payload.refs[k], target);
    }
}

/* Holds the tokens that no row knows against the names that the document has. */
static void gather_slips(struct evidence *e, const struct document *d, const struct path *path) {
    if (e->slips.known_count == 0)
        return;
    for (size_t i = 0; i < path->count; i++) {
        const struct word_on_path *w = &path->words[i];
        if (w->entry == 0 && d->classes[w->first] == CLASS_LATIN)
            slips_meet(&e->slips, d->text + d->offsets[w->first],
                       d->offsets[w->first + w->length] - d->offsets[w->first]);
    }
}

bool evidence_gather(struct evidence *e, const struct document *d, const struct path *path,
                     const struct layers *layers, unsigned target) {
    if (!reset(e, d, layers))
        return false;
    const struct sentence *sentence = d->sentences;
    for (size_t i = 0; i < path->count; i++) {
        struct word_on_path w = path->words[i];
        if (w.layer == 0 && !(w.flags & (ENTRY_REFS | ENTRY_FORMS)))
            continue;
        while (sentence->last <= w.first)
            sentence++;
        if ((w.flags & ENTRY_FORMS) && sentence->script == SCRIPT_TRADITIONAL)
            e->misspelt += spelling_is_wrong(d, layers->items[w.layer], w.entry, w.first, w.length);
        do
            if (w.flags & ENTRY_REFS)
                gather_word(e, layers, d, &w, sentence, target);
        while (path_word_below(&w, d, layers));
    }
    gather_slips(e, d, path);
    return true;
}

bool evidence_has_word(const struct evidence *e, size_t layer, uint16_t number) {
    return e->words[layer][number >> 3] >> (number & 7) & 1;
}

size_t evidence_nearby(const struct evidence *e, uint32_t paragraph, unsigned subject) {
    size_t first = paragraph ? paragraph - 1 : 0, last = paragraph + 1, nearby = 0;
    for (size_t p = first; p <= last && p < e->paragraph_count; p++)
        nearby += e->hits[p * e->subject_count + subject];
    return nearby;
}

bool evidence_has_subject(const struct evidence *e, uint32_t paragraph, unsigned subject) {
    size_t whole = e->subject_hits[subject];
    if (whole >= DOCUMENT_HITS && whole * CHARACTERS_A_HIT >= e->han)
        return true;
    return evidence_nearby(e, paragraph, subject) >= NEARBY_HITS;
}

bool evidence_is_damaged(const struct evidence *e) {
    return e->misspelt >= MISSPELT_WORDS && e->misspelt * CHARACTERS_A_MISSPELLING >= e->han;
}

bool evidence_is_from(const struct evidence *e, unsigned locale) {
    size_t terms = e->foreign[locale];
    return terms >= (e->han < SHORT_TEXT ? 1 : FOREIGN_TERMS) &&
           terms * CHARACTERS_A_TERM >= e->han;
}
