/* SPDX-License-Identifier: Apache-2.0 */
/* block.h - blocks of lines that are no prose: fences, front matter, <script>, <style>, <pre>,
 * comments, formulas. */
#ifndef IVN_BLOCK_H
#define IVN_BLOCK_H

#include <stdbool.h>
#include <stddef.h>

enum block_kind {
    BLOCK_NONE,
    BLOCK_FENCE,
    BLOCK_ELEMENT,
    BLOCK_COMMENT, /* <!-- ... --> */
    BLOCK_MATH,    /* $$ ... $$ */
    BLOCK_FRONT
};

/* Where in a document we are; all zero at its start. */
struct block {
    enum block_kind kind;
    bool begun;          /* a line was seen */
    char fence;          /* ` or ~ */
    size_t fence_length; /* at least this many close it */
    const char *element; /* the name of the open element */
};

/* Takes the next line of n bytes, without its end. Returns whether it belongs to such a block. */
bool block_take(struct block *b, const char *line, size_t n);

#endif
