/* SPDX-License-Identifier: Apache-2.0 */
#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "error.h"
#include "literal.h"
#include "utf8.h"

enum { WEAK_EVIDENCE = 2 };

void document_fini(struct document *d) {
    free(d->offsets);
    free(d->ids);
    free(d->labels);
    free(d->classes);
    free(d->sentences);
    free(d->paragraphs);
    span_list_fini(&d->invalid);
    span_list_fini(&d->verbatim);
    *d = (struct document){0};
}

static bool reserve(struct document *d, size_t count) {
    if (count <= d->capacity)
        return true;
    free(d->offsets);
    free(d->ids);
    free(d->labels);
    free(d->classes);
    d->offsets = malloc((count + 1) * sizeof *d->offsets);
    d->ids = malloc((count + 1) * sizeof *d->ids);
    d->labels = malloc((count + 1) * sizeof *d->labels);
    d->classes = malloc(count + 1);
    d->capacity = d->offsets && d->ids && d->labels && d->classes ? count : 0;
    return d->capacity == count;
}

/* Most of the text is characters of U+3000 to U+9FFF: the code point at p if it is one, whole and
 * sound, else 0, and utf8_decode must see to it. */
static inline uint32_t decode_common(const unsigned char *p, size_t n) {
    if (n < 3 || (unsigned)(p[0] - 0xE3) > 0xE9 - 0xE3 || ((p[1] & p[2]) & 0xC0) != 0x80 ||
        ((p[1] | p[2]) & 0x40))
        return 0;
    return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
}

/* Splits the text into characters. What is not UTF-8 is refused or becomes a verbatim byte. */
static ivn_status load_characters(struct document *d, const ivn_lexicon *lexicon, bool keep_invalid,
                                  ivn_error *err) {
    const unsigned char *p = (const unsigned char *)d->text;
    const struct image_char *chars = lexicon->chars;
    uint32_t *offsets = d->offsets;
    uint16_t *ids = d->ids, *labels = d->labels;
    uint8_t *classes = d->classes;
    size_t count = 0;
    for (size_t i = 0, length; i < d->size; i += length) {
        uint32_t cp = decode_common(p + i, d->size - i);
        length = cp ? 3 : utf8_decode(p + i, d->size - i, &cp);
        if (length == 0) {
            if (!keep_invalid)
                return error_utf8(err, d->text, i);
            if (!span_add(&d->invalid, i, 1) || !span_add(&d->verbatim, i, 1))
                return error_memory(err);
            cp = 0;
            length = 1;
        }
        uint16_t id = lexicon_char(lexicon, cp);
        offsets[count] = (uint32_t)i;
        ids[count] = id;
        labels[count] = chars[id].label;
        classes[count++] = chars[id].class;
    }
    offsets[count] = (uint32_t)d->size;
    ids[count] = labels[count] = 0;
    classes[count] = CLASS_NEUTRAL;
    d->count = count;
    return IVN_OK;
}

/* Takes the characters of verbatim spans out of the alphabet, so that no word reaches into them. */
static void mask_verbatim(struct document *d) {
    for (size_t s = 0, i = 0; s < d->verbatim.count; s++) {
        const struct span *span = &d->verbatim.items[s];
        size_t low = i, high = d->count;
        while (low < high) { /* spans are few, characters many */
            size_t middle = low + (high - low) / 2;
            if (d->offsets[middle] < span->offset)
                low = middle + 1;
            else
                high = middle;
        }
        for (i = low; i < d->count && d->offsets[i] < span->offset + span->length; i++) {
            d->ids[i] = d->labels[i] = 0;
            d->classes[i] = CLASS_NEUTRAL;
        }
    }
}

/* 。！？ and their half-width forms end a sentence; what else does is a line end. */
static bool ends_sentence(const char *p, size_t n) {
    return n == 1
               ? *p == '\n' || *p == '!' || *p == '?'
               : n == 3 && (memcmp(p, "\xE3\x80\x82", 3) == 0 ||
                            memcmp(p, "\xEF\xBC\x81", 3) == 0 || memcmp(p, "\xEF\xBC\x9F", 3) == 0);
}

static bool add_sentence(struct document *d, const struct sentence *s) {
    void *items = d->sentences;
    if (!array_grow(&items, &d->sentence_capacity, d->sentence_count + 1, sizeof *d->sentences))
        return false;
    d->sentences = items;
    d->sentences[d->sentence_count++] = *s;
    items = d->paragraphs;
    if (!array_grow(&items, &d->paragraph_capacity, s->paragraph + 1, sizeof *d->paragraphs))
        return false;
    d->paragraphs = items;
    if (s->paragraph == d->paragraph_count)
        d->paragraphs[d->paragraph_count++] = (struct paragraph){0};
    d->paragraphs[s->paragraph].simplified += s->simplified;
    d->paragraphs[s->paragraph].traditional += s->traditional;
    d->simplified += s->simplified;
    d->traditional += s->traditional;
    return true;
}

static bool split_sentences(struct document *d) {
    const uint8_t *classes = d->classes;
    const uint16_t *ids = d->ids;
    const size_t count = d->count;
    struct sentence s = {0};
    uint32_t counts[CLASSES] = {0};
    size_t outside = 0;
    for (size_t i = 0; i < count; i++) {
        counts[classes[i]]++;
        if (ids[i] != 0 && classes[i] != CLASS_MARK && i + 1 < count)
            continue;
        outside += ids[i] == 0;
        const char *p = d->text + d->offsets[i];
        if (i + 1 < count && !ends_sentence(p, d->offsets[i + 1] - d->offsets[i]))
            continue;
        s.last = (uint32_t)i + 1;
        s.simplified = counts[CLASS_SIMPLIFIED];
        s.traditional = counts[CLASS_TRADITIONAL];
        d->han += s.last - s.first - outside - counts[CLASS_LATIN] - counts[CLASS_JOINER] -
                  counts[CLASS_MARK];
        if (!add_sentence(d, &s))
            return false;
        s = (struct sentence){.first = s.last, .paragraph = s.paragraph + (*p == '\n')};
        memset(counts, 0, sizeof counts);
        outside = 0;
    }
    return true;
}

static int balance(size_t simplified, size_t traditional, int limit) {
    if (simplified >= traditional)
        return simplified - traditional > (size_t)limit ? limit : (int)(simplified - traditional);
    return traditional - simplified > (size_t)limit ? -limit : -(int)(traditional - simplified);
}

/* In a document that has no character of one script only, those that simplified text uses for
 * several traditional ones (里 种 后) are the only evidence; one of them proves nothing. */
static bool is_weakly_simplified(const struct document *d, const ivn_lexicon *lexicon,
                                 const struct sentence *s) {
    size_t weak = 0;
    for (size_t i = s->first; i < s->last; i++)
        for (unsigned l = 0; l < lexicon->locale_count; l++)
            if (lexicon->locales[l].traditional && d->classes[i] == CLASS_NEUTRAL &&
                lexicon->convert[l * lexicon->char_count + d->ids[i]] != d->ids[i]) {
                weak++;
                break;
            }
    return weak >= WEAK_EVIDENCE;
}

/* A sentence's own characters decide; one stray character does not outweigh its surroundings. */
static void decide_scripts(struct document *d, const ivn_lexicon *lexicon) {
    int whole = balance(d->simplified, d->traditional, 1);
    for (size_t i = 0; i < d->sentence_count; i++) {
        struct sentence *s = &d->sentences[i];
        const struct paragraph *p = &d->paragraphs[s->paragraph];
        int score = 3 * balance(s->simplified, s->traditional, 1000) +
                    balance(p->simplified - s->simplified, p->traditional - s->traditional, 3) +
                    whole;
        s->script = score > 0 ? SCRIPT_SIMPLIFIED : score < 0 ? SCRIPT_TRADITIONAL : SCRIPT_NONE;
        if (d->simplified + d->traditional == 0 && is_weakly_simplified(d, lexicon, s))
            s->script = SCRIPT_SIMPLIFIED;
    }
}

enum script document_script(const struct document *d) {
    return d->simplified > d->traditional   ? SCRIPT_SIMPLIFIED
           : d->simplified < d->traditional ? SCRIPT_TRADITIONAL
                                            : SCRIPT_NONE;
}

static void begin(struct document *d, const char *text, size_t size) {
    d->text = text;
    d->size = size;
    d->count = d->sentence_count = d->paragraph_count = 0;
    d->invalid.count = d->verbatim.count = 0;
    d->simplified = d->traditional = d->han = 0;
}

ivn_status document_load_bytes(struct document *d, const char *text, size_t size, bool keep_invalid,
                               ivn_error *err) {
    begin(d, text, size);
    for (size_t i = 0; (i += utf8_valid(text + i, size - i)) < size; i++) {
        if (!keep_invalid)
            return error_utf8(err, text, i);
        if (!span_add(&d->invalid, i, 1))
            return error_memory(err);
    }
    return IVN_OK;
}

ivn_status document_load(struct document *d, const ivn_lexicon *lexicon, const char *text,
                         size_t size, bool keep_invalid, ivn_error *err) {
    begin(d, text, size);
    if (!reserve(d, (keep_invalid ? size : utf8_count(text, size)) + 1))
        return error_memory(err);
    ivn_status status = load_characters(d, lexicon, keep_invalid, err);
    if (status != IVN_OK)
        return status;
    if (!literal_find(text, size, &d->verbatim))
        return error_memory(err);
    mask_verbatim(d);
    if (!split_sentences(d))
        return error_memory(err);
    decide_scripts(d, lexicon);
    return IVN_OK;
}

bool document_has(const struct document *d, size_t at, const char *characters) {
    size_t n = at < d->count ? d->offsets[at + 1] - d->offsets[at] : 0;
    for (size_t length; n && *characters; characters += length) {
        length = utf8_length((unsigned char)*characters);
        if (length == n && memcmp(characters, d->text + d->offsets[at], n) == 0)
            return true;
    }
    return false;
}
