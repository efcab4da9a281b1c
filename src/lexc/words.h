/* SPDX-License-Identifier: Apache-2.0 */
/* words.h - the general vocabulary: rime-essay's words with their counts, OpenCC's phrases, and for
 * each which spellings every locale writes and accepts. */
#ifndef LEXC_WORDS_H
#define LEXC_WORDS_H

#include "builder.h"
#include "characters.h"

struct vocabulary {
    const struct characters *characters;
    const struct opencc_tables *tables;
    const struct locale_conf *locales;
    size_t locale_count;
    const char *essay; /* path of essay.txt: "word TAB count" */
};

/* Adds all words to the builder. Exits with a message on failure. */
void words_add(struct builder *b, const struct vocabulary *v);

#endif
