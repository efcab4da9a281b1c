/* SPDX-License-Identifier: Apache-2.0 */
/* builder.h - collecting words and concepts and writing them as a lexicon image.
 *
 * The lexicon compiler builds the main image with it; a profile builds a small image of the user's
 * dictionary with it, on top of the main lexicon (`base`), whose alphabet, locales and subjects it
 * shares and whose words price the user's.
 */
#ifndef IVN_BUILDER_H
#define IVN_BUILDER_H

#include <stdbool.h>

#include "buffer.h"
#include "dict.h"
#include "image.h"
#include "lexicon.h"

/* Characters, their fold classes and what is written for them. */
struct alphabet {
    const uint16_t *pages;
    const uint16_t *ids;
    const struct image_char *chars;
    const uint32_t *sources;
    size_t page_count; /* pages in `ids` */
    size_t char_count;
    const uint16_t *convert; /* [locale * char_count + id] */
    const uint16_t *glyph;
};

struct builder_form {
    const char *text;
    size_t length;
    uint8_t accepted;
    uint8_t first;
};

struct builder;

/* base may be NULL; then builder_set_alphabet and builder_add_locale come
 * first. NULL: no memory. */
struct builder *builder_new(const ivn_lexicon *base);
void builder_free(struct builder *b);

/* The alphabet stays the caller's and must outlive the builder. */
void builder_set_alphabet(struct builder *b, const struct alphabet *alphabet);
/* style: as rule_set_compile() takes it. */
void builder_add_locale(struct builder *b, const char *name, bool traditional, uint32_t source,
                        const char *style);
void builder_add_rules(struct builder *b, const char *name, const char *text, size_t n);
void builder_set_about(struct builder *b, const char *text);

/* A number for a source file's name, for builder_source(). */
uint32_t builder_add_file(struct builder *b, const char *name);
static inline uint32_t builder_source(uint32_t file, size_t line) {
    return file << 24 | (uint32_t)(line & 0xFFFFFF);
}

/* The labels of a text of up to IMAGE_MAX_KEY characters; 0 if it is longer, empty, or has a
 * character that is not in the alphabet. */
size_t builder_labels(const struct builder *b, const char *text, size_t n,
                      uint16_t labels[IMAGE_MAX_KEY]);

/* A cost for builder_add_word: a little less than the word's best split. */
enum { BUILDER_BY_SPLIT = COST_MAX + 1 };

/* Adds a word, or gives a known one this cost, source and these forms. forms may be none: then its
 * characters convert one by one. */
void builder_add_word(struct builder *b, const uint16_t *labels, size_t n, uint32_t cost,
                      uint32_t source, const struct builder_form *forms, size_t form_count,
                      uint8_t flags);
bool builder_has_word(const struct builder *b, const uint16_t *labels, size_t n);

/* The kinds of concepts (bits 1 << enum concept_kind) that a word is a key of. */
unsigned builder_kinds(const struct builder *b, const uint16_t *labels, size_t n);

/* The index-th word that was added; false past the last. Borrowed until the next word is added. */
bool builder_get_word(const struct builder *b, size_t index, const uint16_t **labels, size_t *n,
                      uint32_t *cost);

/* The cheapest way to write labels with known words: its cost, and the text that each locale gets
 * for it (appended to text[locale]). Every label has a fallback, so there is always one. */
uint32_t builder_split(struct builder *b, const uint16_t *labels, size_t n,
                       struct buffer text[IMAGE_MAX_LOCALES]);

/* Adds a dictionary file. kind says how its rows act; name ("it") becomes part of rule ids and, if
 * it is a subject, marks the file's safe rows as evidence for it; prefix is "term", "name"….
 * With `yield` set, a row whose key is known to another row is dropped instead of refused.
 * IVN_SYNTAX, IVN_CONFLICT with file, line, column. */
struct dict_file {
    const char *file; /* as shown in reasons and errors */
    const char *prefix;
    const char *name;
    enum concept_kind kind;
    bool yield;
    const char *text;
    size_t size;
    ivn_finding_fn *complain; /* if set: called for each bad row, and the rest is read */
    void *user;
};
ivn_status builder_add_dict(struct builder *b, const struct dict_file *file, ivn_error *err);

/* Spells the longer words of the general vocabulary as the script rows spell their parts; once,
 * after the script rows. */
void builder_spread_spellings(struct builder *b);

/* Adds the subjects and their evidence words (dict/terms/subjects.tsv). */
ivn_status builder_add_subjects(struct builder *b, const struct dict_file *file, ivn_error *err);

/* ---- for condition.c ---- */

/* The evidence number of a document word, made known as a key; 0 = none left or not in the
 * alphabet. */
uint16_t builder_evidence(struct builder *b, const char *word, size_t n);
int builder_subject(const struct builder *b, const char *name, size_t n); /* -1: unknown */
int builder_locale(const struct builder *b, const char *name, size_t n);  /* -1: unknown */

/* What ivn_terms_key() says of the dictionary; becomes part of the image. */
void builder_set_key(struct builder *b, uint64_t key);

/* The finished image, malloc'ed and the caller's. IVN_NO_MEMORY. */
ivn_status builder_image(struct builder *b, unsigned char **image, size_t *size, ivn_error *err);

#endif
