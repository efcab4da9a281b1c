/* SPDX-License-Identifier: Apache-2.0 */
/* document.h - a text taken apart: characters, sentences with their script, paragraphs, and what is
 * not prose.
 */
#ifndef IVN_DOCUMENT_H
#define IVN_DOCUMENT_H

#include "ivnorm.h"
#include "lexicon.h"
#include "span.h"

enum script { SCRIPT_NONE, SCRIPT_SIMPLIFIED, SCRIPT_TRADITIONAL };

/* Characters first .. last-1 of the document; ends behind 。！？ or a line end. */
struct sentence {
    uint32_t first;
    uint32_t last;
    uint32_t paragraph;
    uint32_t simplified; /* characters that exist in one script only */
    uint32_t traditional;
    enum script script;
};

struct paragraph {
    uint32_t simplified;
    uint32_t traditional;
};

struct document {
    const char *text;
    size_t size;
    uint32_t *offsets; /* of each character; offsets[count] = size */
    uint16_t *ids;     /* 0: not in the alphabet, or not prose */
    uint16_t *labels;
    uint8_t *classes; /* enum char_class */
    size_t count;
    size_t capacity;
    struct sentence *sentences;
    size_t sentence_count;
    size_t sentence_capacity;
    struct paragraph *paragraphs;
    size_t paragraph_count;
    size_t paragraph_capacity;
    size_t simplified, traditional; /* in all of it */
    size_t han;
    struct span_list invalid;  /* bytes that are not UTF-8 */
    struct span_list verbatim; /* those, and what literal.h finds */
};

void document_fini(struct document *d);

/* Takes `text` apart, reusing d's memory; the text is borrowed until the next load. Bytes that are
 * not UTF-8 are IVN_ENCODING, with offset, line and column; with keep_invalid they become verbatim
 * spans. */
ivn_status document_load(struct document *d, const ivn_lexicon *lexicon, const char *text,
                         size_t size, bool keep_invalid, ivn_error *err);

/* The same for what needs no words: the text and its invalid bytes alone. */
ivn_status document_load_bytes(struct document *d, const char *text, size_t size, bool keep_invalid,
                               ivn_error *err);

/* The document's own script; SCRIPT_NONE if nothing tells. */
enum script document_script(const struct document *d);

/* Whether character `at` is one of those of the UTF-8 string; false past the end. */
bool document_has(const struct document *d, size_t at, const char *characters);

#endif
