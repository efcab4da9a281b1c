/* SPDX-License-Identifier: Apache-2.0 */
/* What the lexicons know of a word: for --lookup. */
#include <string.h>

#include "profile.h"
#include "reason.h"
#include "utf8.h"

static size_t tell_concept(const ivn_lexicon *main, const ivn_lexicon *l,
                           const struct image_concept *concept, ivn_fact_fn *fn, void *user) {
    size_t count = 0;
    for (size_t i = 0; i < l->locale_count; i++) {
        ivn_fact fact = {.locale = lexicon_string(main, main->locales[i].name),
                         .form = lexicon_string(l, concept->cells[i]),
                         .rule = lexicon_string(l, concept->rule),
                         .when = lexicon_string(l, concept->when)};
        if (*fact.form == '\0')
            continue;
        reason_set_source(l, concept->file_line, &fact.file, &fact.line);
        fn(user, &fact);
        count++;
    }
    return count;
}

/* The spellings of a locale, the written one first, joined by '|'. */
static void join_forms(const ivn_lexicon *l, const struct image_entry *entry, unsigned locale,
                       char *out, size_t size) {
    size_t used = 0;
    for (int first = 1; first >= 0; first--) {
        struct payload payload;
        struct form form;
        lexicon_payload(l, entry, &payload);
        while (payload_next_form(&payload, &form)) {
            bool is_first = form.first >> locale & 1;
            if (is_first != first || (!first && !(form.accepted >> locale & 1)) ||
                used + form.length + 2 > size)
                continue;
            if (used)
                out[used++] = '|';
            memcpy(out + used, form.text, form.length);
            used += form.length;
        }
    }
    out[used] = '\0';
}

static size_t tell_spellings(const ivn_lexicon *main, const ivn_lexicon *l, uint32_t number,
                             ivn_fact_fn *fn, void *user) {
    const struct image_entry *entry = &l->entries[number];
    size_t count = 0;
    if (!(entry->flags & ENTRY_FORMS))
        return 0;
    for (unsigned i = 0; i < l->locale_count; i++) {
        char forms[1024];
        join_forms(l, entry, i, forms, sizeof forms);
        ivn_fact fact = {.locale = lexicon_string(main, main->locales[i].name),
                         .form = forms,
                         .rule = entry->flags & ENTRY_DAMAGE ? "damage.overlap" : "script.phrase",
                         .when = ""};
        reason_set_source(l, l->sources[number].file_line, &fact.file, &fact.line);
        fn(user, &fact);
        count++;
    }
    return count;
}

/* A word that converts character by character. */
static size_t tell_characters(const ivn_lexicon *l, const uint16_t *labels, size_t n,
                              uint32_t number, ivn_fact_fn *fn, void *user) {
    for (unsigned i = 0; i < l->locale_count; i++) {
        char text[256];
        size_t used = 0;
        for (size_t k = 0; k < n && used + 5 < sizeof text; k++) {
            uint16_t id = l->convert[i * l->char_count + labels[k]];
            memcpy(text + used, &l->chars[id].utf8, 4);
            used += utf8_length((unsigned char)text[used]);
        }
        text[used] = '\0';
        ivn_fact fact = {.locale = lexicon_string(l, l->locales[i].name),
                         .form = text,
                         .rule = "script.char",
                         .when = ""};
        uint32_t source = l->sources[number].file_line;
        reason_set_source(l, source ? source : l->char_sources[labels[0]], &fact.file, &fact.line);
        fn(user, &fact);
    }
    return l->locale_count;
}

size_t ivn_lookup(const ivn_profile *profile, const char *word, size_t n, ivn_fact_fn *fn,
                  void *user) {
    uint16_t labels[IMAGE_MAX_KEY];
    const ivn_lexicon *main = profile->layers.items[0];
    size_t length = lexicon_labels(main, word, n, labels), facts = 0;
    for (size_t layer = profile->layers.count; layer-- > 0;) {
        const ivn_lexicon *l = profile->layers.items[layer];
        uint32_t number = lexicon_find(l, labels, length);
        struct payload payload;
        if (number == 0)
            continue;
        lexicon_payload(l, &l->entries[number], &payload);
        for (unsigned i = 0; i < payload.ref_count; i++)
            facts += tell_concept(main, l, &l->concepts[payload.refs[i].concept], fn, user);
        size_t spellings = tell_spellings(main, l, number, fn, user);
        if (spellings == 0 && layer == 0)
            spellings = tell_characters(main, labels, length, number, fn, user);
        facts += spellings;
    }
    return facts;
}
