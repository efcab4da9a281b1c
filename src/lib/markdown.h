/* SPDX-License-Identifier: Apache-2.0 */
/* markdown.h - the reader's state, shared by doc_markdown.c and markdown_text.c only. */
#ifndef IVN_MARKDOWN_H
#define IVN_MARKDOWN_H

#include <md4c.h>

#include "prose.h"

struct markdown {
    ivn_prose *prose;
    char *text;   /* what md4c sees */
    size_t last;  /* end of the last text that was told */
    size_t first; /* beginning of the current code or HTML; SIZE_MAX: not met yet */
    bool torn;    /* the current HTML block does not stand in one piece */
    enum { IN_TEXT, IN_CODE, IN_HTML } block;
    enum { SPAN_TEXT, SPAN_CODE, SPAN_MATH, SPAN_DISPLAY } span;
    unsigned images;     /* how many we are in */
    size_t target;       /* of the link we are in, if it stands in the document; else SIZE_MAX */
    bool is_link_begun;  /* it was entered, and its text has not come yet */
    bool is_label;       /* its text is the label by which its target is found */
    bool is_block_begun; /* the block was entered, and no text has come yet */
    bool is_open;        /* the last text was an address that goes on up to white space */
    unsigned quiet;      /* how many inline elements whose text is none: <code>, <kbd> */
};

/* Whether a text of md4c's is a stretch of the document, and where. */
bool markdown_in_source(const struct markdown *r, const MD_CHAR *text, MD_SIZE size, size_t *at);

/* Tells a character reference. */
void markdown_take_entity(struct markdown *r, size_t at, size_t size);

/* The callback for all text. */
int markdown_on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *user);

#endif
