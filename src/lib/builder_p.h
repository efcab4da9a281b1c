/* SPDX-License-Identifier: Apache-2.0 */
/* builder_p.h - inside of the builder: for builder.c, builder_rows.c and image_write.c only. */
#ifndef IVN_BUILDER_P_H
#define IVN_BUILDER_P_H

#include "builder.h"

struct word {
    uint32_t labels; /* offset in the label pool */
    uint16_t length;
    uint16_t cost;
    uint8_t flags;
    bool by_row; /* a script row gives its spellings */
    uint32_t source;
    uint32_t forms; /* first of a chain, 0 ends; likewise refs and evidence */
    uint32_t refs;
    uint32_t evidence;
    uint32_t pieces; /* of a compound: their count and lengths, in the text pool */
};

struct chained_form {
    uint32_t text; /* offset in the text pool */
    uint8_t length, accepted, first;
    uint32_t next;
};
struct chained_ref {
    struct image_ref ref;
    uint32_t next;
};
struct chained_evidence {
    uint16_t value;
    uint32_t next;
};

/* A growing array; items[0] of the chained ones is unused. */
#define VECTOR(type)            \
    struct {                    \
        type *items;            \
        size_t count, capacity; \
    }

struct builder {
    uint64_t key; /* of a user's dictionary */
    const ivn_lexicon *base;
    struct alphabet alphabet;
    bool failed; /* no memory at some point: builder_image reports it */
    void *grown; /* for vector_grow */
    VECTOR(struct word) words;
    VECTOR(uint16_t) labels;
    VECTOR(struct chained_form) forms;
    VECTOR(struct chained_ref) refs;
    VECTOR(struct chained_evidence) evidence;
    VECTOR(struct image_concept) concepts;
    VECTOR(uint16_t) conditions;
    VECTOR(uint32_t) files;
    VECTOR(uint32_t) doc_words; /* by evidence number; 0 is none */
    VECTOR(uint32_t) subjects;
    VECTOR(struct image_locale) locales;
    VECTOR(struct image_rules) rules;
    struct buffer strings;
    struct buffer texts; /* bytes of forms */
    struct buffer about;
    uint32_t *table; /* hash of labels -> word index + 1 */
    size_t table_size;
};

/* Room for `more` further items at the end of a vector; false (and b->failed) without memory. */
#define vector_grow(b, v, more)                                                       \
    ((b)->grown = (v)->items,                                                         \
     array_grow(&(b)->grown, &(v)->capacity, (v)->count + (more), sizeof *(v)->items) \
         ? ((v)->items = (b)->grown, true)                                            \
         : ((b)->failed = true, false))
#define vector_room(b, v) vector_grow(b, v, 1)

/* A word without a count costs this much less than its best split: a phrase little, since its parts
 * mean the same; a dictionary's key more, since somebody wrote it down. */
enum { PHRASE_BONUS = COST_UNIT / 2, KEY_BONUS = 5 * COST_UNIT / 2 };

/* The word of these labels, added if new at the cost of its best split less `bonus`; NULL without
 * memory. */
struct word *builder_word(struct builder *b, const uint16_t *labels, size_t n, uint32_t bonus);
struct word *builder_find_word(const struct builder *b, const uint16_t *labels, size_t n);
void builder_set_forms(struct builder *b, struct word *word, const struct builder_form *forms,
                       size_t count);
void builder_add_ref(struct builder *b, struct word *word, const struct image_ref *ref);
void builder_add_evidence(struct builder *b, struct word *word, uint16_t value);

/* The cheapest cut of labels into words of at most `longest` characters: its cost, and the lengths
 * of the pieces. */
uint32_t builder_cut(const struct builder *b, const uint16_t *labels, size_t n, size_t longest,
                     uint8_t pieces[IMAGE_MAX_KEY], size_t *count);

/* Appends to text[locale] what each locale writes for the pieces. */
void builder_write_pieces(struct builder *b, const uint16_t *labels, const uint8_t *pieces,
                          size_t count, struct buffer text[IMAGE_MAX_LOCALES]);

/* Marks the words that are to be rendered piece by piece; once, after all rows. */
void builder_find_compounds(struct builder *b);

/* Makes names of several parts, and keys with letters, cheaper than what they are made of. */
void builder_price_names(struct builder *b);

/* Copies n bytes into the string pool and returns the reference. */
uint32_t builder_string(struct builder *b, const char *text, size_t n);
const char *builder_get_string(const struct builder *b, uint32_t ref);

#endif
