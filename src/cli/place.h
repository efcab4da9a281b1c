/* SPDX-License-Identifier: Apache-2.0 */
/* place.h - where in a document: line and column, both from 1; columns count code points, and a
 * byte order mark at the head of the document takes no column. */
#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include <stddef.h>

struct place {
    size_t line;
    size_t column;
};

struct place place_start(void);

/* Moves on over n bytes of the document. A byte order mark must not be split between two calls. */
void place_advance(struct place *place, const char *text, size_t n);

#endif
