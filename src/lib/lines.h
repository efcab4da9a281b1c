/* SPDX-License-Identifier: Apache-2.0 */
/* lines.h - where the lines of a text end: at LF, CR, CR LF and, if asked for, U+2028 and U+2029;
 * not within verbatim spans. */
#ifndef IVN_LINES_H
#define IVN_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

/* A text on its way. */
struct lines {
    const char *text;
    size_t n;
    size_t lf, cr, separator; /* the next of each; n = there is none */
    bool separators;
};

void lines_begin(struct lines *lines, const char *text, size_t n, bool separators);

/* The end of the line that begins at `start`; lines are asked for in order. next: the first
 * verbatim span that ends behind `start`. */
size_t lines_end(struct lines *lines, size_t start, const struct span_list *verbatim, size_t next);

/* Bytes [start, end) of a text, without the line end. */
struct line {
    size_t start;
    size_t end;
};

/* The line before the one that begins at `start`; false: there is none. Of line ends, this and
 * line_after() know LF, CR and CR LF. */
bool line_before(const char *text, size_t start, struct line *l);

/* The line after the one that ends at `end` of n bytes; false: there is none. */
bool line_after(const char *text, size_t n, size_t end, struct line *l);

/* Whether the line that begins at `start` is the first one of its paragraph: a blank one stands
 * before it, or nothing, or one that ends with a sentence and is no item of a list that goes on
 * here. */
bool lines_begin_paragraph(const struct lines *lines, size_t start);

/* Whether the line [start, end) is the last one of its paragraph: a blank one follows, or nothing;
 * or it is so long that the text is not broken into lines of one width. */
bool lines_end_paragraph(const struct lines *lines, size_t start, size_t end);

#endif
