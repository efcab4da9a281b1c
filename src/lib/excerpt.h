/* SPDX-License-Identifier: Apache-2.0 */
/* excerpt.h - some lines of a text as a text of their own, so that they can be worked on without
 * all the others. */
#ifndef IVN_EXCERPT_H
#define IVN_EXCERPT_H

#include "document.h"
#include "edit.h"

struct excerpt_line {
    size_t offset;      /* in the excerpt */
    size_t text_offset; /* in the text */
    uint32_t paragraph; /* number of the line in the text, from 0 */
};

struct excerpt {
    struct buffer text;
    struct excerpt_line *lines;
    size_t count;
    size_t capacity;
};

void excerpt_fini(struct excerpt *x);

/* Takes the lines of `text` that hold the beginning of a span. false: no memory. */
bool excerpt_take(struct excerpt *x, const struct buffer *text, const struct span_list *spans);

/* Gives the sentences of a document loaded from the excerpt their paragraphs'
 * numbers in the text. */
void excerpt_number(const struct excerpt *x, struct document *d);

/* Moves edits, or spans, of the excerpt to where they are in the text. */
void excerpt_place_edits(const struct excerpt *x, struct edit_list *edits);
void excerpt_place_spans(const struct excerpt *x, struct span_list *spans);

#endif
