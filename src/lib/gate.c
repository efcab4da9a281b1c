/* SPDX-License-Identifier: Apache-2.0 */
#include "gate.h"

#include <string.h>

#include "condition.h"
#include "utf8.h"

/* Numerals as they stand before and behind counted things. */
static bool is_number(const struct document *d, size_t at) {
    return document_has(d, at, "0123456789一二三四五六七八九十百千萬万億亿兩两幾几半零〇");
}

static bool in_context(const struct document *d, uint16_t context, size_t at, bool exists) {
    switch (context) {
    case CONTEXT_NUMBER:
        return exists && is_number(d, at);
    case CONTEXT_LATIN:
        return exists && d->classes[at] == CLASS_LATIN;
    case CONTEXT_EDGE:
        return !exists || d->labels[at] == 0 || d->classes[at] == CLASS_MARK;
    default:
        return false;
    }
}

/* A token of letters and digits goes on from character at-1 to character at. */
static bool cuts_token(const struct document *d, size_t at) {
    return at > 0 && at < d->count && d->classes[at - 1] == CLASS_LATIN &&
           d->classes[at] == CLASS_LATIN;
}

/* Whether the labels stand at characters at .. at+n-1, all below `end`: AI does not in RAID. */
static inline bool stands(const struct document *d, const uint16_t *labels, size_t n, size_t at,
                          size_t end) {
    return at <= end && n <= end - at && d->labels[at] == labels[0] &&
           memcmp(d->labels + at, labels, n * sizeof *labels) == 0 && !cuts_token(d, at) &&
           !cuts_token(d, at + n);
}

/* A space between the word and its neighbour is looked through: the clean-up may remove it. */
static bool is_right(const struct place *p, const uint16_t *word, size_t n) {
    const struct document *d = p->document;
    size_t at = p->last;
    if (document_has(d, at, " "))
        at++;
    if (n == 0)
        return in_context(d, word[0], at, at < d->count);
    return stands(d, word, n, at, d->count);
}

static bool is_left(const struct place *p, const uint16_t *word, size_t n) {
    const struct document *d = p->document;
    size_t end = p->first;
    if (end > 0 && document_has(d, end - 1, " "))
        end--;
    if (n == 0)
        return in_context(d, word[0], end - 1, end > 0);
    return end >= n && stands(d, word, n, end - n, end);
}

/* Whether the word is a title, or its beginning with the number or the subtitle of a part behind:
 * 《速度与激情》, 《速度与激情7》, 《速度与激情：特别行动》. */
static bool is_title(const struct place *p) {
    const struct document *d = p->document;
    size_t end = p->last;
    if (p->first == 0 || !document_has(d, p->first - 1, "《〈"))
        return false;
    while (end < d->count && (is_number(d, end) || document_has(d, end, " ")))
        end++;
    return document_has(d, end, "》〉") || (end < d->count && d->classes[end] == CLASS_MARK);
}

static uint64_t label_bit(uint16_t label) {
    return (uint64_t)1 << (label & 63);
}

static size_t label_word(uint16_t label) {
    return label >> 6 & 31;
}

static bool may_be_near(const struct place *p, const uint16_t *word, size_t n) {
    struct nearby *nearby = p->nearby;
    if (!nearby)
        return true;
    if (nearby->sentence != p->sentence) {
        *nearby = (struct nearby){.sentence = p->sentence};
        for (size_t at = p->sentence->first; at < p->sentence->last; at++) {
            uint16_t label = p->document->labels[at];
            nearby->bits[label_word(label)] |= label_bit(label);
        }
    }
    for (size_t i = 0; i < n; i++)
        if (!(nearby->bits[label_word(word[i])] & label_bit(word[i])))
            return false;
    return true;
}

static bool is_near(const struct place *p, const uint16_t *word, size_t n) {
    if (!may_be_near(p, word, n))
        return false;
    for (size_t at = p->sentence->first; at + n <= p->sentence->last; at++)
        if (p->document->labels[at] == word[0] &&
            stands(p->document, word, n, at, p->sentence->last))
            return true;
    return false;
}

static bool any_word(const struct place *p, uint16_t op, const uint16_t *values, size_t size) {
    for (size_t i = 0; i < size;) {
        uint16_t n = values[i++];
        const uint16_t *word = values + i;
        i += n ? n : 1;
        if (op == CONDITION_LEFT    ? is_left(p, word, n)
            : op == CONDITION_RIGHT ? is_right(p, word, n)
                                    : n && is_near(p, word, n))
            return true;
    }
    return false;
}

static bool is_from(const struct place *p, unsigned locale) {
    if (evidence_is_from(p->evidence, locale))
        return true;
    return p->sentence->script == SCRIPT_SIMPLIFIED && !p->lexicon->locales[locale].traditional;
}

static bool any_number(const struct place *p, uint16_t op, const uint16_t *values, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (op == CONDITION_DOC ? evidence_has_word(p->evidence, p->layer, values[i])
            : op == CONDITION_SUBJECT
                ? evidence_has_subject(p->evidence, p->sentence->paragraph, values[i])
            : op == CONDITION_FROM ? is_from(p, values[i])
                                   : values[i] == p->target)
            return true;
    return false;
}

bool gate_item_holds(const struct place *p, uint16_t op, const uint16_t *values, size_t size) {
    bool negated = op & CONDITION_NOT;
    op &= (uint16_t)~CONDITION_NOT;
    bool words = op == CONDITION_LEFT || op == CONDITION_RIGHT || op == CONDITION_NEAR;
    bool given = op == CONDITION_NEAR && p->near && !negated;
    bool holds = given                        ? true
                 : op == CONDITION_SUGGEST    ? true
                 : op == CONDITION_KEEP       ? true
                 : op == CONDITION_TITLE      ? is_title(p)
                 : op == CONDITION_DAMAGED    ? evidence_is_damaged(p->evidence)
                 : op == CONDITION_SIMPLIFIED ? p->sentence->script == SCRIPT_SIMPLIFIED
                 : words                      ? any_word(p, op, values, size)
                                              : any_number(p, op, values, size);
    return holds != negated;
}

enum verdict gate_ask(const struct place *place, uint32_t condition) {
    if (condition == 0)
        return GATE_OPEN;
    enum verdict best = GATE_CLOSED;
    const uint16_t *c = place->lexicon->conditions + condition;
    for (unsigned alternatives = *c++; alternatives > 0; alternatives--) {
        enum verdict verdict = GATE_OPEN;
        for (unsigned items = *c++; items > 0; items--) {
            uint16_t op = c[0], size = c[1];
            if (verdict != GATE_CLOSED && !gate_item_holds(place, op, c + 2, size))
                verdict = GATE_CLOSED;
            else if (verdict == GATE_OPEN && op == CONDITION_SUGGEST)
                verdict = GATE_SUGGEST;
            else if (verdict == GATE_OPEN && op == CONDITION_KEEP)
                verdict = GATE_KEEP;
            c += 2 + size;
        }
        if (verdict == GATE_OPEN || verdict == GATE_KEEP)
            return verdict;
        if (verdict == GATE_SUGGEST)
            best = GATE_SUGGEST;
    }
    return best;
}

static enum verdict weaker(enum verdict a, enum verdict b) {
    if (a == GATE_CLOSED || b == GATE_CLOSED)
        return GATE_CLOSED;
    if (a == GATE_KEEP || b == GATE_KEEP)
        return GATE_KEEP;
    return a == GATE_SUGGEST || b == GATE_SUGGEST ? GATE_SUGGEST : GATE_OPEN;
}

enum verdict gate_ask_ref(const struct place *place, const struct image_ref *ref) {
    enum verdict own = gate_ask(place, ref->condition);
    if (own == GATE_CLOSED)
        return own;
    return weaker(own, gate_ask(place, place->lexicon->concepts[ref->concept].condition));
}
