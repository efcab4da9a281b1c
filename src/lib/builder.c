/* SPDX-License-Identifier: Apache-2.0 */
/* The builder's store of words: adding, finding and pricing them. */
#include "builder.h"

#include <stdlib.h>
#include <string.h>

#include "builder_p.h"
#include "utf8.h"

struct builder *builder_new(const ivn_lexicon *base) {
    struct builder *b = calloc(1, sizeof *b);
    if (!b)
        return NULL;
    b->base = base;
    if (!buffer_append(&b->strings, "", 1) || !vector_room(b, &b->forms) ||
        !vector_room(b, &b->refs) || !vector_room(b, &b->evidence) ||
        !vector_room(b, &b->conditions) || !vector_room(b, &b->doc_words)) {
        builder_free(b);
        return NULL;
    }
    b->forms.count = b->refs.count = b->evidence.count = 1;
    b->conditions.items[0] = 0;
    b->doc_words.items[0] = 0;
    b->conditions.count = b->doc_words.count = 1;
    if (!base)
        return b;
    b->alphabet = (struct alphabet){.pages = base->pages,
                                    .ids = base->ids,
                                    .chars = base->chars,
                                    .char_count = base->char_count,
                                    .convert = base->convert,
                                    .glyph = base->glyph};
    for (size_t i = 0; i < base->locale_count; i++) {
        const struct image_locale *l = &base->locales[i];
        builder_add_locale(b, lexicon_string(base, l->name), l->traditional != 0, 0, "");
    }
    for (size_t i = 0; i < base->subject_count; i++)
        if (vector_room(b, &b->subjects)) {
            const char *name = lexicon_string(base, base->subjects[i]);
            b->subjects.items[b->subjects.count++] = builder_string(b, name, strlen(name));
        }
    return b;
}

void builder_free(struct builder *b) {
    if (!b)
        return;
    free(b->words.items);
    free(b->labels.items);
    free(b->forms.items);
    free(b->refs.items);
    free(b->evidence.items);
    free(b->concepts.items);
    free(b->conditions.items);
    free(b->files.items);
    free(b->doc_words.items);
    free(b->subjects.items);
    free(b->locales.items);
    free(b->rules.items);
    buffer_fini(&b->strings);
    buffer_fini(&b->texts);
    buffer_fini(&b->about);
    free(b->table);
    free(b);
}

void builder_set_alphabet(struct builder *b, const struct alphabet *alphabet) {
    b->alphabet = *alphabet;
}

uint32_t builder_string(struct builder *b, const char *text, size_t n) {
    if (n == 0)
        return 0;
    size_t at = b->strings.size;
    if (!buffer_reserve(&b->strings, n + 1)) {
        b->failed = true;
        return 0;
    }
    buffer_append(&b->strings, text, n);
    buffer_append(&b->strings, "", 1);
    return (uint32_t)at;
}

const char *builder_get_string(const struct builder *b, uint32_t ref) {
    return b->strings.data + ref;
}

void builder_add_locale(struct builder *b, const char *name, bool traditional, uint32_t source,
                        const char *style) {
    if (vector_room(b, &b->locales))
        b->locales.items[b->locales.count++] = (struct image_locale){
            .name = builder_string(b, name, strlen(name)),
            .traditional = traditional,
            .file_line = source,
            .style = builder_string(b, style, strlen(style)),
        };
}

void builder_add_rules(struct builder *b, const char *name, const char *text, size_t n) {
    if (vector_room(b, &b->rules))
        b->rules.items[b->rules.count++] =
            (struct image_rules){.name = builder_string(b, name, strlen(name)),
                                 .text = builder_string(b, text, n),
                                 .size = (uint32_t)n};
}

void builder_set_key(struct builder *b, uint64_t key) {
    b->key = key;
}

void builder_set_about(struct builder *b, const char *text) {
    b->about.size = 0;
    if (!buffer_append(&b->about, text, strlen(text)))
        b->failed = true;
}

uint32_t builder_add_file(struct builder *b, const char *name) {
    for (size_t i = 0; i < b->files.count; i++)
        if (strcmp(builder_get_string(b, b->files.items[i]), name) == 0)
            return (uint32_t)i;
    if (!vector_room(b, &b->files))
        return 0;
    b->files.items[b->files.count] = builder_string(b, name, strlen(name));
    return (uint32_t)b->files.count++;
}

size_t builder_labels(const struct builder *b, const char *text, size_t n,
                      uint16_t labels[IMAGE_MAX_KEY]) {
    size_t count = 0;
    for (size_t i = 0, length; i < n; i += length) {
        uint32_t cp = utf8_get((const unsigned char *)text + i, &length);
        uint16_t id = b->alphabet.ids[(uint32_t)b->alphabet.pages[cp >> 8] << 8 | (cp & 0xFF)];
        if (id == 0 || count == IMAGE_MAX_KEY)
            return 0;
        labels[count++] = b->alphabet.chars[id].label;
    }
    return count;
}

static size_t hash(const uint16_t *labels, size_t n) {
    uint64_t h = n;
    for (size_t i = 0; i < n; i++) {
        h = (h ^ labels[i]) * 0x9E3779B97F4A7C15u;
        h ^= h >> 32;
    }
    return (size_t)h;
}

static bool same(const struct builder *b, const struct word *w, const uint16_t *labels, size_t n) {
    return w->length == n && memcmp(b->labels.items + w->labels, labels, n * sizeof *labels) == 0;
}

struct word *builder_find_word(const struct builder *b, const uint16_t *labels, size_t n) {
    if (b->table_size == 0)
        return NULL;
    for (size_t i = hash(labels, n) & (b->table_size - 1); b->table[i];
         i = (i + 1) & (b->table_size - 1)) {
        struct word *w = &b->words.items[b->table[i] - 1];
        if (same(b, w, labels, n))
            return w;
    }
    return NULL;
}

static bool grow_table(struct builder *b) {
    size_t size = b->table_size ? b->table_size * 2 : 1024;
    uint32_t *table = calloc(size, sizeof *table);
    if (!table)
        return false;
    for (size_t w = 0; w < b->words.count; w++) {
        const struct word *word = &b->words.items[w];
        size_t i = hash(b->labels.items + word->labels, word->length) & (size - 1);
        while (table[i])
            i = (i + 1) & (size - 1);
        table[i] = (uint32_t)w + 1;
    }
    free(b->table);
    b->table = table;
    b->table_size = size;
    return true;
}

static struct word *insert(struct builder *b, const uint16_t *labels, size_t n) {
    if ((b->words.count * 2 >= b->table_size && !grow_table(b)) || !vector_grow(b, &b->labels, n) ||
        !vector_room(b, &b->words)) {
        b->failed = true;
        return NULL;
    }
    struct word *w = &b->words.items[b->words.count++];
    *w = (struct word){.labels = (uint32_t)b->labels.count, .length = (uint16_t)n};
    memcpy(b->labels.items + b->labels.count, labels, n * sizeof *labels);
    b->labels.count += n;
    size_t i = hash(labels, n) & (b->table_size - 1);
    while (b->table[i])
        i = (i + 1) & (b->table_size - 1);
    b->table[i] = (uint32_t)b->words.count;
    return w;
}

bool builder_has_word(const struct builder *b, const uint16_t *labels, size_t n) {
    return builder_find_word(b, labels, n) != NULL;
}

void builder_set_forms(struct builder *b, struct word *word, const struct builder_form *forms,
                       size_t count) {
    word->forms = 0;
    for (size_t i = count; i-- > 0;) { /* from the back: chains grow at their head */
        if (forms[i].length > UINT8_MAX || !vector_room(b, &b->forms))
            continue;
        b->forms.items[b->forms.count] = (struct chained_form){
            .text = (uint32_t)b->texts.size,
            .length = (uint8_t)forms[i].length,
            .accepted = forms[i].accepted,
            .first = forms[i].first,
            .next = word->forms,
        };
        if (!buffer_append(&b->texts, forms[i].text, forms[i].length)) {
            b->failed = true;
            continue;
        }
        word->forms = (uint32_t)b->forms.count++;
    }
}

void builder_add_ref(struct builder *b, struct word *word, const struct image_ref *ref) {
    if (!vector_room(b, &b->refs))
        return;
    b->refs.items[b->refs.count] = (struct chained_ref){*ref, 0};
    uint32_t *end = &word->refs; /* file order is the order of trial */
    while (*end)
        end = &b->refs.items[*end].next;
    *end = (uint32_t)b->refs.count++;
}

void builder_add_evidence(struct builder *b, struct word *word, uint16_t value) {
    for (uint32_t e = word->evidence; e; e = b->evidence.items[e].next)
        if (b->evidence.items[e].value == value)
            return;
    if (!vector_room(b, &b->evidence))
        return;
    b->evidence.items[b->evidence.count] = (struct chained_evidence){value, word->evidence};
    word->evidence = (uint32_t)b->evidence.count++;
}

unsigned builder_kinds(const struct builder *b, const uint16_t *labels, size_t n) {
    const struct word *w = builder_find_word(b, labels, n);
    unsigned kinds = 0;
    for (uint32_t r = w ? w->refs : 0; r; r = b->refs.items[r].next)
        kinds |= 1u << b->concepts.items[b->refs.items[r].ref.concept].kind;
    return kinds;
}

bool builder_get_word(const struct builder *b, size_t index, const uint16_t **labels, size_t *n,
                      uint32_t *cost) {
    if (index >= b->words.count)
        return false;
    const struct word *w = &b->words.items[index];
    *labels = b->labels.items + w->labels;
    *n = w->length;
    *cost = w->cost;
    return true;
}

/* What is written for a known word in a locale, appended to *text. */
static void write_word(struct builder *b, const struct word *w, const uint16_t *labels, size_t n,
                       size_t locale, struct buffer *text) {
    for (uint32_t f = w ? w->forms : 0; f; f = b->forms.items[f].next)
        if (b->forms.items[f].first >> locale & 1) {
            if (!buffer_append(text, b->texts.data + b->forms.items[f].text,
                               b->forms.items[f].length))
                b->failed = true;
            return;
        }
    for (size_t i = 0; i < n; i++) {
        uint16_t id = b->alphabet.convert[locale * b->alphabet.char_count + labels[i]];
        char bytes[4];
        uint32_t packed = b->alphabet.chars[id].utf8;
        for (int k = 0; k < 4; k++)
            bytes[k] = (char)(packed >> 8 * k & 0xFF);
        if (!buffer_append(text, bytes, utf8_length((unsigned char)bytes[0])))
            b->failed = true;
    }
}

/* The piece labels[0..n) as one step of a split: its cost, COST_MAX if it is no word. */
static uint32_t piece_cost(const struct builder *b, const uint16_t *labels, size_t n) {
    const struct word *w = builder_find_word(b, labels, n);
    if (w && !(w->flags & ENTRY_DAMAGE))
        return w->cost;
    if (b->base) {
        uint32_t entry = lexicon_find(b->base, labels, n);
        if (entry && !(b->base->entries[entry].flags & ENTRY_DAMAGE))
            return b->base->entries[entry].cost;
    }
    if (n == 1 && b->alphabet.chars[labels[0]].class > CLASS_LATIN)
        return COST_TOKEN;
    for (size_t i = 0; i < n; i++)
        if (b->alphabet.chars[labels[i]].class != CLASS_LATIN)
            return n == 1 ? COST_UNKNOWN : COST_MAX;
    return COST_TOKEN;
}

static void write_piece(struct builder *b, const uint16_t *labels, size_t n,
                        struct buffer text[IMAGE_MAX_LOCALES]) {
    const struct word *w = builder_find_word(b, labels, n);
    uint32_t entry = !w && b->base ? lexicon_find(b->base, labels, n) : 0;
    for (size_t l = 0; l < b->locales.count; l++) {
        struct form form;
        if (entry && lexicon_first_form(b->base, &b->base->entries[entry], (unsigned)l, &form)) {
            if (!buffer_append(&text[l], form.text, form.length))
                b->failed = true;
        } else {
            write_word(b, w, labels, n, l, &text[l]);
        }
    }
}

uint32_t builder_cut(const struct builder *b, const uint16_t *labels, size_t n, size_t longest,
                     uint8_t pieces[IMAGE_MAX_KEY], size_t *count) {
    uint32_t best[IMAGE_MAX_KEY + 1];
    uint8_t step[IMAGE_MAX_KEY + 1];
    best[0] = 0;
    for (size_t end = 1; end <= n; end++) {
        best[end] = UINT32_MAX;
        for (size_t length = 1; length <= end && length <= longest; length++) {
            uint32_t cost = piece_cost(b, labels + end - length, length);
            if (cost != COST_MAX && best[end - length] + cost < best[end]) {
                best[end] = best[end - length] + cost;
                step[end] = (uint8_t)length;
            }
        }
    }
    *count = 0;
    for (size_t at = n; at > 0; at -= step[at])
        ++*count;
    for (size_t at = n, i = *count; at > 0; at -= step[at])
        pieces[--i] = step[at];
    return best[n];
}

void builder_write_pieces(struct builder *b, const uint16_t *labels, const uint8_t *pieces,
                          size_t count, struct buffer text[IMAGE_MAX_LOCALES]) {
    for (size_t i = 0, at = 0; i < count; at += pieces[i++])
        write_piece(b, labels + at, pieces[i], text);
}

uint32_t builder_split(struct builder *b, const uint16_t *labels, size_t n,
                       struct buffer text[IMAGE_MAX_LOCALES]) {
    uint8_t pieces[IMAGE_MAX_KEY];
    size_t count;
    uint32_t cost = builder_cut(b, labels, n, n, pieces, &count);
    if (text)
        builder_write_pieces(b, labels, pieces, count, text);
    return cost;
}

void builder_add_word(struct builder *b, const uint16_t *labels, size_t n, uint32_t cost,
                      uint32_t source, const struct builder_form *forms, size_t form_count,
                      uint8_t flags) {
    if (cost == BUILDER_BY_SPLIT) {
        cost = builder_split(b, labels, n, NULL);
        cost = cost > PHRASE_BONUS ? cost - PHRASE_BONUS : 0;
    }
    struct word *w = builder_find_word(b, labels, n);
    if (!w)
        w = insert(b, labels, n);
    if (!w)
        return;
    w->cost = (uint16_t)(cost < COST_MAX ? cost : COST_MAX);
    w->source = source;
    w->flags = flags;
    builder_set_forms(b, w, forms, form_count);
}

/* Gives a new word the forms of its best split, unless its characters alone give the same. */
static void derive_forms(struct builder *b, struct word *w, struct buffer text[IMAGE_MAX_LOCALES]) {
    struct builder_form forms[IMAGE_MAX_LOCALES];
    size_t count = 0;
    bool trivial = true;
    for (size_t l = 0; l < b->locales.count; l++) {
        struct buffer plain = {0};
        write_word(b, NULL, b->labels.items + w->labels, w->length, l, &plain);
        trivial &= plain.size == text[l].size &&
                   (plain.size == 0 || memcmp(plain.data, text[l].data, plain.size) == 0);
        buffer_fini(&plain);
        size_t f = 0;
        while (f < count && (forms[f].length != text[l].size ||
                             memcmp(forms[f].text, text[l].data, text[l].size) != 0))
            f++;
        if (f == count)
            forms[count++] = (struct builder_form){.text = text[l].data, .length = text[l].size};
        forms[f].accepted |= (uint8_t)(1u << l);
        forms[f].first |= (uint8_t)(1u << l);
    }
    if (!trivial)
        builder_set_forms(b, w, forms, count);
}

struct word *builder_word(struct builder *b, const uint16_t *labels, size_t n, uint32_t bonus) {
    struct word *w = builder_find_word(b, labels, n);
    if (w)
        return w;
    struct buffer text[IMAGE_MAX_LOCALES] = {{0}};
    bool known = b->base && lexicon_find(b->base, labels, n);
    uint32_t cost = builder_split(b, labels, n, text);
    if (!known)
        cost = cost > bonus ? cost - bonus : 0;
    w = insert(b, labels, n);
    if (w) {
        w->cost = (uint16_t)(cost < COST_MAX ? cost : COST_MAX);
        derive_forms(b, w, text);
    }
    for (size_t l = 0; l < IMAGE_MAX_LOCALES; l++)
        buffer_fini(&text[l]);
    return w;
}
