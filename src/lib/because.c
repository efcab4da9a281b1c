/* SPDX-License-Identifier: Apache-2.0 */
#include "because.h"

#include <stdlib.h>
#include <string.h>

#include "condition.h"
#include "utf8.h"

void because_fini(struct because *b) {
    free(b->items);
    buffer_fini(&b->texts);
    *b = (struct because){0};
}

static bool add(struct buffer *out, const char *text) {
    return buffer_append(out, text, strlen(text));
}

/* "2 nearby, 7 in all": words of the subject in the paragraph and its neighbours, and in the
 * document. */
static bool add_counts(struct buffer *out, const struct place *p, unsigned subject) {
    char nearby[DECIMAL_SIZE], all[DECIMAL_SIZE];
    return add(out, " (") &&
           add(out,
               decimal(nearby, evidence_nearby(p->evidence, p->sentence->paragraph, subject))) &&
           add(out, " nearby, ") && add(out, decimal(all, p->evidence->subject_hits[subject])) &&
           add(out, " in all)");
}

/* A context word of n labels, or one of the contexts. The main lexicon has the alphabet. */
static bool add_word(struct buffer *out, const ivn_lexicon *main, const uint16_t *word, size_t n) {
    static const char *const contexts[] = {
        [CONTEXT_NUMBER] = "[num]", [CONTEXT_LATIN] = "[latin]", [CONTEXT_EDGE] = "[edge]"};
    if (n == 0)
        return add(out, contexts[word[0]]);
    for (size_t i = 0; i < n; i++) {
        char bytes[4];
        memcpy(bytes, &main->chars[word[i]].utf8, sizeof bytes);
        if (!buffer_append(out, bytes, utf8_length((unsigned char)bytes[0])))
            return false;
    }
    return true;
}

static bool add_value(struct buffer *out, const struct place *p, uint16_t op,
                      const uint16_t *value) {
    const ivn_lexicon *l = p->lexicon;
    switch (op) {
    case CONDITION_DOC:
        return add(out, lexicon_string(l, l->doc_words[value[0]]));
    case CONDITION_SUBJECT:
        return add(out, lexicon_string(l, l->subjects[value[0]])) && add_counts(out, p, value[0]);
    case CONDITION_FROM:
    case CONDITION_TO:
        return add(out, lexicon_string(l, l->locales[value[0]].name));
    default:
        return add_word(out, p->main, value + 1, value[0]);
    }
}

/* How many of an item's values make one: a word is its length and its labels. */
static size_t value_size(uint16_t op, const uint16_t *value) {
    bool word = op == CONDITION_NEAR || op == CONDITION_LEFT || op == CONDITION_RIGHT;
    return word && value[0] ? 1u + value[0] : word ? 2 : 1;
}

/* The item with the value that holds. What must not be there, and the target, explain nothing. */
static bool add_item(struct buffer *out, const struct place *p, uint16_t op, const uint16_t *values,
                     size_t size) {
    if ((op & CONDITION_NOT) || op == CONDITION_TO || op == CONDITION_SUGGEST)
        return true;
    if ((out->size && !add(out, "; ")) || !add(out, condition_name(op)))
        return false;
    for (size_t i = 0, n; i < size; i += n) {
        n = value_size(op, values + i);
        if (gate_item_holds(p, op, values + i, n))
            return add(out, "=") && add_value(out, p, op, values + i);
    }
    return true;
}

static bool alternative_holds(const struct place *p, const uint16_t *items, unsigned count) {
    for (; count > 0; count--, items += 2 + items[1])
        if (!gate_item_holds(p, items[0], items + 2, items[1]))
            return false;
    return true;
}

/* The first alternative that holds. */
static bool add_condition(struct buffer *out, const struct place *p, uint32_t condition) {
    const uint16_t *c = p->lexicon->conditions + condition;
    for (unsigned alternatives = condition ? *c++ : 0; alternatives > 0; alternatives--) {
        unsigned items = *c++;
        bool holds = alternative_holds(p, c, items);
        for (; items > 0; items--, c += 2 + c[1])
            if (holds && !add_item(out, p, c[0], c + 2, c[1]))
                return false;
        if (holds)
            return true;
    }
    return true;
}

bool because_note(struct because *b, const struct place *place, const struct image_ref *ref,
                  reason_id *reason) {
    const struct image_concept *concept = &place->lexicon->concepts[ref->concept];
    struct buffer text = {0};
    void *items = b->items;
    bool ok = add_condition(&text, place, ref->condition) &&
              add_condition(&text, place, concept->condition);
    if (ok && text.size) {
        ok = buffer_append(&text, "", 1) &&
             array_grow(&items, &b->capacity, b->count + 1, sizeof *b->items);
        b->items = items;
        if (ok) {
            b->items[b->count] = (struct because_item){*reason, (uint32_t)b->texts.size};
            ok = buffer_append(&b->texts, text.data, text.size);
            *reason = reason_make(REASON_GATED, (uint32_t)b->count++);
        }
    }
    buffer_fini(&text);
    return ok;
}
