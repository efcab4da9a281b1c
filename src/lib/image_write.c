/* SPDX-License-Identifier: Apache-2.0 */
/* From the builder's words and concepts to the bytes of an image. */
#include <stdlib.h>
#include <string.h>

#include "builder.h"
#include "builder_p.h"
#include "error.h"

static int compare_keys(const void *x, const void *y) {
    const struct trie_key *a = x, *b = y;
    for (uint32_t i = 0; i < a->length && i < b->length; i++)
        if (a->labels[i] != b->labels[i])
            return a->labels[i] < b->labels[i] ? -1 : 1;
    return a->length < b->length ? -1 : a->length > b->length;
}

/* Common words first: their entries then share cache lines. */
static int compare_costs(const void *x, const void *y) {
    const struct word *a = x, *b = y;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    return a->labels < b->labels ? -1 : a->labels > b->labels;
}

static bool build_trie(struct builder *b, trie_unit **units, size_t *count) {
    struct trie_key *keys = malloc((b->words.count + 1) * sizeof *keys);
    if (!keys)
        return false;
    for (size_t i = 0; i < b->words.count; i++) {
        const struct word *w = &b->words.items[i];
        keys[i] = (struct trie_key){b->labels.items + w->labels, w->length, (uint32_t)i + 1};
    }
    qsort(keys, b->words.count, sizeof *keys, compare_keys);
    bool ok = trie_build(keys, b->words.count, (uint16_t)b->alphabet.char_count, units, count);
    free(keys);
    return ok;
}

static bool pad(struct buffer *out, size_t alignment) {
    static const char zeros[8] = {0};
    return buffer_append(out, zeros, (alignment - out->size % alignment) % alignment);
}

/* A row with a condition is asked before one without, wherever the files have them: the title
 * before the term. */
static bool write_refs(const struct builder *b, const struct word *w, bool conditional,
                       struct buffer *out, uint8_t *count) {
    for (uint32_t r = w->refs; r && *count < UINT8_MAX; r = b->refs.items[r].next) {
        const struct image_ref *ref = &b->refs.items[r].ref;
        if ((ref->condition || b->concepts.items[ref->concept].condition) != conditional)
            continue;
        if (!buffer_append(out, ref, sizeof *ref))
            return false;
        ++*count;
    }
    return true;
}

/* Appends a word's payload and returns its offset (0: it has none), or SIZE_MAX without memory. */
static size_t write_payload(const struct builder *b, const struct word *w, struct buffer *out) {
    struct image_payload head = {0};
    struct buffer refs = {0}, evidence = {0}, forms = {0};
    const char *pieces = "";
    bool ok = true;
    if (w->flags & ENTRY_COMPOUND) {
        head.piece_count = (uint8_t)b->texts.data[w->pieces];
        pieces = b->texts.data + w->pieces + 1;
    }
    ok &= write_refs(b, w, true, &refs, &head.ref_count) &&
          write_refs(b, w, false, &refs, &head.ref_count);
    for (uint32_t e = w->evidence; e && head.evidence_count < UINT8_MAX;
         e = b->evidence.items[e].next) {
        ok &= buffer_append(&evidence, &b->evidence.items[e].value, sizeof(uint16_t));
        head.evidence_count++;
    }
    for (uint32_t f = w->forms; f && head.form_count < UINT8_MAX; f = b->forms.items[f].next) {
        const struct chained_form *form = &b->forms.items[f];
        const unsigned char bytes[3] = {form->accepted, form->first, form->length};
        ok &= buffer_append(&forms, bytes, 3) &&
              buffer_append(&forms, b->texts.data + form->text, form->length);
        head.form_count++;
    }
    size_t at = 0;
    if (head.ref_count || head.evidence_count || head.form_count || head.piece_count) {
        ok &= pad(out, 4);
        at = out->size;
        ok &= buffer_append(out, &head, sizeof head) && buffer_append(out, refs.data, refs.size) &&
              buffer_append(out, evidence.data, evidence.size) &&
              buffer_append(out, forms.data, forms.size) &&
              buffer_append(out, pieces, head.piece_count);
    }
    buffer_fini(&refs);
    buffer_fini(&evidence);
    buffer_fini(&forms);
    return ok ? at : SIZE_MAX;
}

struct parts {
    trie_unit *trie;
    size_t trie_count;
    struct image_entry *entries;
    struct image_source *sources;
    struct buffer payloads;
};

static bool write_entries(struct builder *b, struct parts *parts) {
    size_t count = b->words.count + 1;
    parts->entries = calloc(count, sizeof *parts->entries);
    parts->sources = calloc(count, sizeof *parts->sources);
    if (!parts->entries || !parts->sources || !buffer_append(&parts->payloads, "\0\0\0\0", 4))
        return false;
    for (size_t i = 0; i < b->words.count; i++) {
        const struct word *w = &b->words.items[i];
        size_t payload = write_payload(b, w, &parts->payloads);
        if (payload > UINT32_MAX)
            return false;
        parts->entries[i + 1] = (struct image_entry){
            .cost = w->cost,
            .flags = (uint8_t)(w->flags | (w->forms ? ENTRY_FORMS : 0) |
                               (w->refs || w->evidence ? ENTRY_REFS : 0)),
            .length = (uint8_t)w->length,
            .payload = (uint32_t)payload,
        };
        parts->sources[i + 1].file_line = w->source;
    }
    return true;
}

static bool write_section(struct buffer *out, enum image_section section, const void *data,
                          size_t size) {
    if (!pad(out, 8))
        return false;
    size_t at = out->size;
    if (!buffer_append(out, data, size))
        return false;
    struct image_header *h = (void *)out->data;
    h->sections[section] = (struct image_range){at, size};
    return true;
}

static bool write_image(const struct builder *b, const struct parts *parts, struct buffer *out) {
    struct image_header header = {
        .version = IMAGE_VERSION, .byte_order = IMAGE_BYTE_ORDER, .key = b->key};
    memcpy(header.magic, IMAGE_MAGIC, sizeof header.magic);
    const struct alphabet none = {0}, *a = b->base ? &none : &b->alphabet;
    size_t locales = b->locales.count, words = b->words.count + 1;
    const struct {
        const void *data;
        size_t size;
    } sections[IMAGE_SECTIONS] = {
        [SECTION_ABOUT] = {b->about.data, b->about.size},
        [SECTION_STRINGS] = {b->strings.data, b->strings.size},
        [SECTION_FILES] = {b->files.items, b->files.count * sizeof *b->files.items},
        [SECTION_LOCALES] = {b->locales.items, locales * sizeof *b->locales.items},
        [SECTION_RULES] = {b->rules.items, b->rules.count * sizeof *b->rules.items},
        [SECTION_PAGES] = {a->pages, a->pages ? (0x110000 >> 8) * sizeof *a->pages : 0},
        [SECTION_IDS] = {a->ids, a->page_count * 256 * sizeof *a->ids},
        [SECTION_CHARS] = {a->chars, a->char_count * sizeof *a->chars},
        [SECTION_CHAR_SOURCES] = {a->sources, a->sources ? a->char_count * sizeof *a->sources : 0},
        [SECTION_CONVERT] = {a->convert, locales * a->char_count * sizeof *a->convert},
        [SECTION_GLYPH] = {a->glyph, locales * a->char_count * sizeof *a->glyph},
        [SECTION_TRIE] = {parts->trie, parts->trie_count * sizeof *parts->trie},
        [SECTION_ENTRIES] = {parts->entries, words * sizeof *parts->entries},
        [SECTION_SOURCES] = {parts->sources, words * sizeof *parts->sources},
        [SECTION_PAYLOADS] = {parts->payloads.data, parts->payloads.size},
        [SECTION_CONCEPTS] = {b->concepts.items, b->concepts.count * sizeof *b->concepts.items},
        [SECTION_CONDITIONS] = {b->conditions.items,
                                b->conditions.count * sizeof *b->conditions.items},
        [SECTION_DOC_WORDS] = {b->doc_words.items, b->doc_words.count * sizeof *b->doc_words.items},
        [SECTION_SUBJECTS] = {b->subjects.items, b->subjects.count * sizeof *b->subjects.items},
    };
    if (!buffer_append(out, &header, sizeof header))
        return false;
    for (int s = 0; s < IMAGE_SECTIONS; s++)
        if (!write_section(out, (enum image_section)s, sections[s].data, sections[s].size))
            return false;
    if (!pad(out, 8))
        return false;
    struct image_header *h = (void *)out->data;
    h->size = out->size;
    h->checksum = image_seal(h, out->size);
    return true;
}

ivn_status builder_image(struct builder *b, unsigned char **image, size_t *size, ivn_error *err) {
    struct parts parts = {0};
    struct buffer out = {0};
    builder_price_names(b);
    if (!b->base)
        builder_find_compounds(b);
    if (b->words.count) {
        qsort(b->words.items, b->words.count, sizeof *b->words.items, compare_costs);
        b->table_size = 0; /* the hash is of the old order, and no longer needed */
    }
    bool ok = !b->failed && build_trie(b, &parts.trie, &parts.trie_count) &&
              write_entries(b, &parts) && write_image(b, &parts, &out);
    free(parts.trie);
    free(parts.entries);
    free(parts.sources);
    buffer_fini(&parts.payloads);
    if (!ok) {
        buffer_fini(&out);
        return error_memory(err);
    }
    *image = (unsigned char *)out.data;
    *size = out.size;
    return IVN_OK;
}
