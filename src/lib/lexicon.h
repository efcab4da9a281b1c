/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon.h - an opened lexicon image: typed views of its sections, and lookups in them. */
#ifndef IVN_LEXICON_H
#define IVN_LEXICON_H

#include "image.h"
#include "ivnorm.h"
#include "trie.h"

struct ivn_lexicon {
    const unsigned char *map;
    size_t size;
    bool mapped; /* munmap, else free */
    const char *strings;
    const uint32_t *files;
    const struct image_locale *locales;
    size_t locale_count;
    const struct image_rules *rules;
    size_t rules_count;
    const uint16_t *pages;
    const uint16_t *ids;
    const struct image_char *chars;
    size_t char_count;
    const uint32_t *char_sources;
    const uint16_t *convert; /* [locale * char_count + id] */
    const uint16_t *glyph;
    const trie_unit *trie;
    const struct image_entry *entries;
    size_t entry_count;
    const struct image_source *sources;
    const unsigned char *payloads;
    const struct image_concept *concepts;
    size_t concept_count;
    const uint16_t *conditions;
    const uint32_t *doc_words;
    const uint32_t *subjects;
    size_t subject_count;
};

/* Takes over an image in memory (malloc'ed, size bytes, 8-byte aligned), checked as a file is;
 * `name` appears in errors. On failure the memory stays the caller's. */
ivn_status lexicon_from_memory(ivn_lexicon **out, unsigned char *image, size_t size,
                               const char *name, ivn_error *err);

/* The locale's number, or -1. */
int lexicon_find_locale(const ivn_lexicon *lexicon, const char *name);

/* The character id of cp; 0 if it is not in the alphabet. */
static inline uint16_t lexicon_char(const ivn_lexicon *lexicon, uint32_t cp) {
    return lexicon->ids[(uint32_t)lexicon->pages[cp >> 8] << 8 | (cp & 0xFF)];
}

static inline const char *lexicon_string(const ivn_lexicon *lexicon, uint32_t ref) {
    return lexicon->strings + ref;
}

/* The labels of a text; 0 if it can be no key: it is empty, too long, not UTF-8, or has characters
 * that no key has. */
size_t lexicon_labels(const ivn_lexicon *lexicon, const char *text, size_t n,
                      uint16_t labels[IMAGE_MAX_KEY]);

/* The entry of exactly these labels; 0 if there is none. */
uint32_t lexicon_find(const ivn_lexicon *lexicon, const uint16_t *labels, size_t n);

/* Takes the next form off a concept's cell ("a|b"): n bytes. false: there is none left. */
bool lexicon_next_form(const char **cell, const char **form, size_t *n);

/* A spelling of an entry. */
struct form {
    const char *text; /* length bytes, not NUL-terminated */
    uint8_t length;
    uint8_t accepted; /* locales (bits) where text spelled like this is right */
    uint8_t first;    /* locales where this is what is written */
};

/* An entry's payload, taken apart. Pointers are borrowed from the lexicon. */
struct payload {
    const struct image_ref *refs;
    const uint16_t *evidence;
    const unsigned char *forms; /* the next form to read */
    unsigned ref_count;
    unsigned evidence_count;
    unsigned form_count;
    unsigned piece_count;
};
void lexicon_payload(const ivn_lexicon *lexicon, const struct image_entry *entry,
                     struct payload *out);

/* Reads the next form of a payload; false when there is none left. */
bool payload_next_form(struct payload *payload, struct form *form);

/* The lengths of a compound's pieces, piece_count of them; no form may have been read yet. */
const uint8_t *payload_pieces(const struct payload *payload);

/* The form to write for a locale (its number); false if the entry has none for it. */
bool lexicon_first_form(const ivn_lexicon *lexicon, const struct image_entry *entry,
                        unsigned locale, struct form *form);

#endif
