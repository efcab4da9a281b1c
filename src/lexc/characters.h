/* SPDX-License-Identifier: Apache-2.0 */
/* characters.h - the alphabet: which characters there are, how they fold, and what a single one
 * becomes in each locale; from OpenCC's character tables and the locale files. */
#ifndef LEXC_CHARACTERS_H
#define LEXC_CHARACTERS_H

#include "builder.h"
#include "locale_conf.h"
#include "table.h"

/* OpenCC's tables that the compiler reads. */
struct opencc_tables {
    struct table st_characters, st_phrases, ts_characters, ts_phrases, tw_phrases;
    struct table tw_variants_rev, hk_variants_rev;
};

struct characters {
    struct alphabet alphabet; /* views of the arrays below */
    uint16_t *pages, *ids, *convert, *glyph;
    struct image_char *chars;
    uint32_t *code_points; /* by id */
    uint32_t *sources;     /* by id: the table row behind its conversion */
    bool *ambiguous;       /* by label: traditional text has more than one spelling of the class */
};

/* essay, the words with their counts, tells how common each character is: common ones get small
 * ids, which keeps the tables' busy parts and the trie close together. */
void characters_init(struct characters *c, struct builder *b, const struct opencc_tables *tables,
                     const char *essay, const struct locale_conf *locales, size_t locale_count);
void characters_fini(struct characters *c);

/* How a locale may spell a word. */
enum style {
    STYLE_WRITTEN,   /* its glyphs and soft pairs */
    STYLE_PLAIN,     /* its glyphs only, */
    STYLE_SOFT_BACK, /* … with the soft pairs undone, */
    STYLE_EITHER,    /* … or with the `either` pairs applied */
    STYLES
};

/* What a traditional-script word, as OpenCC spells it, looks like in a locale: appended to *out. */
void characters_render(const struct opencc_tables *tables, const struct locale_conf *locale,
                       enum style style, const char *text, size_t n, struct buffer *out);

#endif
