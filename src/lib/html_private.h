/* SPDX-License-Identifier: Apache-2.0 */
/* html_private.h - what the files of the HTML reader share.
 *
 *     source ─ html_mask.c ─► a copy of the same offsets ─ gumbo (html_tree.c) ─► items in the
 *     order of the source ─ html_tell.c ─► prose
 *
 * Nothing that gumbo says of a place is believed: html_text.c compares each text with the source.
 */
#ifndef IVN_HTML_PRIVATE_H
#define IVN_HTML_PRIVATE_H

#include <gumbo.h>

#include "prose.h"

/* ---- html_tag.c: what tags are to a text ---- */

enum html_class {
    HTML_BLOCK,   /* a block of its own */
    HTML_QUIET,   /* the same, whose text is no prose */
    HTML_INLINE,  /* words are seen through it */
    HTML_NOTHING, /* no part of the text */
    HTML_LINE,    /* ends a line */
    HTML_WORD,    /* stands for a word */
    HTML_OBJECT,  /* something in the line */
    HTML_ASIDE    /* a piece out of the running text */
};

/* The n bytes of a name: "p". */
enum html_class html_tag_class(const char *name, size_t n);

/* Whether an element of that name has no end tag. */
bool html_tag_is_void(const char *name, size_t n);

/* Where the name of the tag in text[at, end) begins and ends; false: no tag begins there. */
bool html_tag_name(const char *text, size_t at, size_t end, size_t *from, size_t *to);

/* Where the markup that begins with the '<' at `at` ends: a tag, a comment, a declaration. `end` if
 * it does not; `at` if no markup begins there. */
size_t html_tag_end(const char *text, size_t at, size_t end);

/* ---- html_mask.c ---- */

/* Makes from `source` the text that gumbo gets, of n bytes, at `copy`: what it would stumble upon
 * becomes comments of the same length. */
void html_mask(const char *source, size_t n, char *copy);

/* ---- html_tree.c ---- */

enum html_item_kind { HTML_START, HTML_END, HTML_TEXT, HTML_COMMENT };

/* Something that the reader meets, at a place of the source. */
struct html_item {
    uint32_t at;
    uint32_t tag_end;  /* HTML_START: where its tag ends; 0: it has none in the source */
    uint32_t end;      /* behind all of it */
    uint32_t sequence; /* among the items of one place */
    uint8_t kind;
    uint8_t class; /* of the element */
    bool leave;    /* the element's attributes, or the text, are left alone */
    const GumboNode *node;
};

struct html_tree {
    struct html_item *items; /* sorted */
    size_t count, capacity;
    struct html_arena *arena; /* what gumbo made */
    char *copy;               /* what it saw; its offsets are those of the source from `from` on */
};

/* Reads p->source[from, to) and notes its structure. The caller ends with html_tree_fini() in any
 * case. IVN_LIMIT: elements take too much memory. */
ivn_status html_tree_read(struct html_tree *tree, ivn_prose *p, size_t from, size_t to);
void html_tree_fini(struct html_tree *tree);

/* ---- html_text.c: texts and values, piece by piece ---- */

enum html_piece_kind { HTML_CHARS, HTML_SPACE, HTML_LINE_END, HTML_REFERENCE, HTML_MARKUP };

struct html_scan {
    const char *source;
    size_t at, end;
    const char *text; /* what gumbo made of it, up to its NUL */
    bool in_value;    /* it is an attribute's: there is no markup in it */
    /* the current piece */
    enum html_piece_kind kind;
    size_t from;
    uint32_t code_point; /* of a reference; 0: it is left alone */
};

/* The next piece into s->kind, s->from and s->at. false: that was all, or the source is not what
 * gumbo read; then *s->text is not NUL. */
bool html_scan_next(struct html_scan *s);

/* Whether the source agrees with the text to its end. */
bool html_scan_agrees(struct html_scan scan);

/* ---- html_tell.c ---- */

/* The style of pieces: where they stand, and how a reference is written. */
enum html_style {
    HTML_STYLE = 32, /* all have this */
    HTML_IN_TEXT = 0,
    HTML_IN_DOUBLE = 1, /* "…" */
    HTML_IN_SINGLE = 2, /* '…' */
    HTML_IN_BARE = 3,   /* a value without quotes */
    HTML_PLACE = 3,     /* the mask of these */
    HTML_DECIMAL = 4,
    HTML_HEX = 8,
    HTML_SMALL_HEX = 16 /* &#x4e2d; */
};

/* Tells the items of a tree, which was read from p->source + base on. */
void html_tell(ivn_prose *p, const struct html_tree *tree, size_t base);

/* Tells a character reference of n bytes at `at`. */
void html_tell_reference(ivn_prose *p, size_t at, size_t n, uint32_t code_point);

/* An & or < that stands for itself must go on doing so: notes it if one stands at `at`. */
void html_note_bare(ivn_prose *p, size_t at);

/* html_attribute.c: tells the attributes of an element that are prose, of the tag
 * p->source[from, to); `base` is where in p->source what gumbo saw at `copy` begins. name: of the
 * element. */
void html_tell_attributes(ivn_prose *p, const GumboVector *attributes, const char *name, size_t n,
                          size_t from, size_t to, const char *copy, size_t base);

#endif
