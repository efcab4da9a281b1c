/* SPDX-License-Identifier: Apache-2.0 */
#include "convert.h"

#include <string.h>

#include "mute.h"
#include "names.h"
#include "seam.h"
#include "utf8.h"

/* The loop's state: where it is, and what it writes to. */
struct conversion {
    const struct document *document;
    const struct evidence *evidence;
    const struct layers *layers;
    const ivn_lexicon *main;
    const struct target *target;
    const struct sentence *sentence; /* the current one */
    bool own_script;                 /* the sentence is in the target's script already */
    bool left_alone;                 /* it is in another, and each sentence keeps its own */
    const uint16_t *map;             /* what a single character becomes in such a sentence */
    struct edit_list *edits;
    struct edit_list *suggestions;
    struct span_list *seams;
    struct because *because; /* NULL: nobody asks */
    const struct mute_list *mutes;
    struct seam_term last; /* the last term that was written */
    struct nearby nearby;  /* of the current sentence */
    bool failed;           /* no memory */
};

static const char *word_text(const struct conversion *c, const struct word_on_path *w, size_t *n) {
    const uint32_t *offsets = c->document->offsets;
    *n = offsets[w->first + w->length] - offsets[w->first];
    return c->document->text + offsets[w->first];
}

static reason_id reason_of(enum reason_kind kind, const struct word_on_path *w, uint32_t index) {
    return reason_make(kind, (uint32_t)w->layer << 24 | index);
}

static void replace(struct conversion *c, struct edit_list *list, const struct word_on_path *w,
                    const char *text, size_t n, reason_id reason) {
    size_t length;
    const char *original = word_text(c, w, &length);
    if (length == n && memcmp(original, text, n) == 0)
        return;
    if (!edit_add(list, c->document->offsets[w->first], length, text, n, reason))
        c->failed = true;
}

/* ---- script ---- */

/* Whether any locale that is accepted writes this glyph. */
static bool is_accepted(const struct conversion *c, uint16_t id) {
    const ivn_lexicon *l = c->main;
    for (unsigned locale = 0; locale < l->locale_count; locale++)
        if ((c->target->accepted >> locale & 1) && l->glyph[locale * l->char_count + id] == id)
            return true;
    return false;
}

static void convert_chars(struct conversion *c, const struct word_on_path *w) {
    const struct document *d = c->document;
    for (size_t i = w->first; i < (size_t)w->first + w->length; i++) {
        uint16_t id = d->ids[i], to = c->map[id];
        if (to == id || (c->own_script && is_accepted(c, id)))
            continue;
        char bytes[4];
        memcpy(bytes, &c->main->chars[to].utf8, sizeof bytes);
        if (!edit_add(c->edits, d->offsets[i], d->offsets[i + 1] - d->offsets[i], bytes,
                      utf8_length((unsigned char)bytes[0]), reason_make(REASON_CHAR, id)))
            c->failed = true;
    }
}

static bool has_other_script(const struct conversion *c, const struct word_on_path *w) {
    bool traditional = c->main->locales[c->target->locale].traditional;
    for (size_t i = w->first; i < (size_t)w->first + w->length; i++)
        if (c->document->classes[i] == (traditional ? CLASS_TRADITIONAL : CLASS_SIMPLIFIED))
            return true;
    return false;
}

/* Writes a word as the target spells it. A spelling that is right stays: in text of the target's
 * own script, or where a character shows that this word is in it. */
static void convert_script(struct conversion *c, const struct word_on_path *w) {
    if (!(w->flags & ENTRY_FORMS)) {
        convert_chars(c, w);
        return;
    }
    const ivn_lexicon *lexicon = c->layers->items[w->layer];
    struct payload payload;
    struct form form, first = {0};
    size_t n;
    const char *text = word_text(c, w, &n);
    lexicon_payload(lexicon, &lexicon->entries[w->entry], &payload);
    while (payload_next_form(&payload, &form)) {
        if ((form.accepted & c->target->accepted) && form.length == n &&
            memcmp(form.text, text, n) == 0 && (c->own_script || has_other_script(c, w)))
            return;
        if (form.first >> c->target->locale & 1)
            first = form;
    }
    if (!first.text) {
        convert_chars(c, w);
        return;
    }
    enum reason_kind kind = w->flags & ENTRY_DAMAGE ? REASON_DAMAGE : REASON_WORD;
    replace(c, c->edits, w, first.text, first.length, reason_of(kind, w, w->entry));
}

/* ---- terms ---- */

static bool same_labels(const struct conversion *c, const struct word_on_path *w, const char *form,
                        size_t n) {
    uint16_t labels[IMAGE_MAX_KEY];
    return lexicon_labels(c->main, form, n, labels) == w->length &&
           memcmp(labels, c->document->labels + w->first, w->length * sizeof *labels) == 0;
}

/* Letters and digits; in small letters or capitals alone they are another's spelling, often of a
 * file or a command: amd is not AMD. */
static bool is_latin(const struct conversion *c, const struct word_on_path *w) {
    for (size_t i = w->first; i < (size_t)w->first + w->length; i++)
        if (c->document->classes[i] != CLASS_LATIN)
            return false;
    return true;
}

/* Whether it has both small letters and capitals, as a name would be misspelt: Github, ChatGtp. */
static bool has_both_cases(const char *text, size_t n) {
    bool small = false, capital = false;
    for (size_t i = 0; i < n; i++) {
        small |= text[i] >= 'a' && text[i] <= 'z';
        capital |= text[i] >= 'A' && text[i] <= 'Z';
    }
    return small && capital;
}

/* The word is one of the target's own forms of a concept: it stays if it is spelled like one, else
 * it gets the spelling of that form. false: the script stage must see to it. */
static bool keep_form(struct conversion *c, const struct word_on_path *w, uint32_t concept) {
    const ivn_lexicon *lexicon = c->layers->items[w->layer];
    const char *cell = lexicon_string(lexicon, lexicon->concepts[concept].cells[c->target->locale]);
    const char *form, *text, *best = NULL;
    size_t n, length, best_size = 0;
    text = word_text(c, w, &length);
    while (lexicon_next_form(&cell, &form, &n)) {
        if (n == length && memcmp(form, text, n) == 0)
            return true;
        if (!best && same_labels(c, w, form, n)) {
            best = form;
            best_size = n;
        }
    }
    if (best && is_latin(c, w)) {
        if (has_both_cases(text, length))
            replace(c, c->edits, w, best, best_size, reason_of(REASON_TERM, w, concept));
        return true;
    }
    if (!best || !(c->target->stages & IVN_SCRIPT))
        return false;
    replace(c, c->edits, w, best, best_size, reason_of(REASON_WORD, w, w->entry));
    return true;
}

/* Whether the form stands there already, longer than the word by what is beside it: 以太网 in
 * 以太網路 is not to become 乙太網路路. */
static bool stands_already(const struct conversion *c, const struct word_on_path *w,
                           const uint16_t *labels, size_t count) {
    const struct document *d = c->document;
    size_t first = w->first, last = first + w->length;
    for (size_t more = 1; more < count; more++) {
        const size_t bytes = more * sizeof *labels;
        if (last + more <= d->count && labels[count - more - 1] == d->labels[last - 1] &&
            memcmp(labels + count - more, d->labels + last, bytes) == 0)
            return true;
        if (first >= more && labels[more] == d->labels[first] &&
            memcmp(labels, d->labels + first - more, bytes) == 0)
            return true;
    }
    return false;
}

/* Whether a user's dictionary has a word of its own for what a row below it writes. */
static bool is_key_above(const struct conversion *c, const struct word_on_path *w,
                         const uint16_t *labels, size_t count) {
    for (size_t layer = w->layer + 1u; layer < c->layers->count; layer++)
        if (lexicon_find(c->layers->items[layer], labels, count))
            return true;
    return false;
}

/* Puts a term's form in the place of a word, and notes the place if new words may stand there. */
static void write_term(struct conversion *c, const struct word_on_path *w, const char *form,
                       size_t n, const uint16_t *labels, size_t count, reason_id reason) {
    replace(c, c->edits, w, form, n, reason);
    if ((is_key_above(c, w, labels, count) ||
         seam_makes_words(c->document, c->layers, &c->last, w, labels, count)) &&
        !span_add(c->seams, c->document->offsets[w->first], 1))
        c->failed = true;
    c->last.end = (size_t)w->first + w->length;
    c->last.count = count;
    memcpy(c->last.labels, labels, count * sizeof *labels);
}

static struct place place_of(struct conversion *c, const struct word_on_path *w) {
    return (struct place){.document = c->document,
                          .evidence = c->evidence,
                          .sentence = c->sentence,
                          .main = c->main,
                          .nearby = &c->nearby,
                          .lexicon = c->layers->items[w->layer],
                          .layer = w->layer,
                          .target = c->target->locale,
                          .first = w->first,
                          .last = (size_t)w->first + w->length};
}

static bool is_first_form(const struct conversion *c, const struct word_on_path *w,
                          const ivn_lexicon *lexicon, const struct image_concept *concept,
                          unsigned locale) {
    const char *cell = lexicon_string(lexicon, concept->cells[locale]), *form;
    size_t n;
    return lexicon_next_form(&cell, &form, &n) && same_labels(c, w, form, n);
}

/* Whether the target accepts a word that it would not write itself, and the text comes from a
 * region that writes just this word: then the author did not choose it among the target's forms.
 * (Where the regions' forms have conditions of their own, the other region's ref is asked by
 * itself.) */
static bool is_foreign_habit(const struct conversion *c, const struct word_on_path *w,
                             const struct image_ref *ref) {
    const ivn_lexicon *lexicon = c->layers->items[w->layer];
    const struct image_concept *concept = &lexicon->concepts[ref->concept];
    if (ref->cells == 1u << c->target->locale ||
        is_first_form(c, w, lexicon, concept, c->target->locale))
        return false;
    for (unsigned l = 0; l < c->main->locale_count; l++) {
        bool other_script =
            c->main->locales[l].traditional != c->main->locales[c->target->locale].traditional;
        bool from = other_script ? !c->own_script : evidence_is_from(c->evidence, l);
        if (l != c->target->locale && (ref->cells >> l & 1) && from &&
            is_first_form(c, w, lexicon, concept, l))
            return true;
    }
    return false;
}

/* Whether the stage that a concept belongs to runs. */
static bool is_on(const struct conversion *c, const struct image_concept *concept) {
    return c->target->stages & (concept->kind == CONCEPT_SCRIPT ? IVN_SCRIPT : IVN_TERMS);
}

/* Whether the author has switched the concept off where the word stands. */
static bool is_muted(const struct conversion *c, const struct word_on_path *w,
                     const struct image_concept *concept) {
    const ivn_lexicon *lexicon = c->layers->items[w->layer];
    return c->mutes && mute_list_has(c->mutes, c->document->offsets[w->first],
                                     lexicon_string(lexicon, concept->rule));
}

/* Applies the first concept whose gate is open. false: none; the script stage
 * must see to the word. */
static bool convert_term(struct conversion *c, const struct word_on_path *w) {
    const ivn_lexicon *lexicon = c->layers->items[w->layer];
    unsigned locale = c->target->locale;
    const struct image_ref *kept = NULL;
    struct payload payload;
    lexicon_payload(lexicon, &lexicon->entries[w->entry], &payload);
    for (unsigned i = 0; i < payload.ref_count; i++) {
        const struct image_ref *ref = &payload.refs[i];
        const struct image_concept *concept = &lexicon->concepts[ref->concept];
        const char *cell = lexicon_string(lexicon, concept->cells[locale]), *form;
        size_t n;
        if (!is_on(c, concept) || is_muted(c, w, concept))
            continue;
        if ((ref->cells >> locale & 1) &&
            (concept->kind == CONCEPT_TERM || concept->kind == CONCEPT_NAME) &&
            !is_foreign_habit(c, w, ref)) {
            kept = kept ? kept : ref;
            continue;
        }
        const struct place place = place_of(c, w);
        enum verdict verdict = names_ask(&place, ref);
        if (verdict == GATE_KEEP)
            return true;
        if (verdict == GATE_CLOSED || !lexicon_next_form(&cell, &form, &n))
            continue;
        uint16_t labels[IMAGE_MAX_KEY];
        size_t count = lexicon_labels(c->main, form, n, labels);
        if (stands_already(c, w, labels, count))
            continue;
        reason_id reason = reason_of(REASON_TERM, w, ref->concept);
        if (c->because && !because_note(c->because, &place, ref, &reason))
            c->failed = true;
        if (verdict == GATE_OPEN) {
            write_term(c, w, form, n, labels, count, reason);
            return true;
        }
        replace(c, c->suggestions, w, form, n, reason);
    }
    return kept && keep_form(c, w, kept->concept);
}

/* Asks the word's layer, then those below it: a user's row whose gate is closed hides none of
 * theirs. */
static bool convert_terms(struct conversion *c, const struct word_on_path *word) {
    struct word_on_path w = *word;
    do
        if ((w.flags & ENTRY_REFS) && convert_term(c, &w))
            return true;
    while (path_word_below(&w, c->document, c->layers));
    return false;
}

/* A token that the document's evidence has for a slip of a product's name gets its spelling. */
static void convert_slip(struct conversion *c, const struct word_on_path *w) {
    size_t n;
    const char *text = word_text(c, w, &n);
    const struct slips_known *meant = slips_meant(&c->evidence->slips, text, n);
    if (meant)
        replace(c, c->edits, w, meant->text, meant->length,
                reason_make(REASON_TERM, meant->layer << 24 | meant->concept));
}

/* The spellings of a word are those of the highest layer that has any. */
static void convert_word(struct conversion *c, const struct word_on_path *word) {
    struct word_on_path w = *word;
    if (w.entry == 0 && c->document->classes[w.first] == CLASS_LATIN &&
        (c->target->stages & IVN_TERMS))
        convert_slip(c, &w);
    if (convert_terms(c, word) || !(c->target->stages & IVN_SCRIPT))
        return;
    while (!(w.flags & ENTRY_FORMS) && path_word_below(&w, c->document, c->layers))
        ;
    convert_script(c, &w);
}

static void enter_sentence(struct conversion *c, const struct sentence *sentence) {
    const ivn_lexicon *l = c->main;
    unsigned locale = c->target->locale;
    enum script script = l->locales[locale].traditional ? SCRIPT_TRADITIONAL : SCRIPT_SIMPLIFIED;
    c->sentence = sentence;
    c->own_script = sentence->script == script || sentence->script == SCRIPT_NONE;
    c->map = (c->own_script ? l->glyph : l->convert) + locale * l->char_count;
    c->left_alone = c->target->own && !c->own_script;
}

bool convert_words(const struct document *d, const struct path *path,
                   const struct evidence *evidence, const struct layers *layers,
                   const struct target *target, const struct changes *to) {
    struct conversion c = {.document = d,
                           .evidence = evidence,
                           .layers = layers,
                           .main = layers->items[0],
                           .target = target,
                           .edits = to->edits,
                           .suggestions = to->suggestions,
                           .seams = to->seams,
                           .because = to->because,
                           .mutes = to->mutes};
    to->seams->count = 0;
    size_t next = 0;
    for (size_t i = 0; i < d->sentence_count && !c.failed; i++) {
        enter_sentence(&c, &d->sentences[i]);
        for (; next < path->count && path->words[next].first < c.sentence->last; next++)
            if (!c.left_alone)
                convert_word(&c, &path->words[next]);
    }
    return !c.failed;
}
