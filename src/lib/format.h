/* SPDX-License-Identifier: Apache-2.0 */
/* format.h - the formats of documents. Each is one row of the table in format.c and one doc_*.c. */
#ifndef IVN_FORMAT_H
#define IVN_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "ivnorm.h"

struct buffer;
struct prose_piece;

struct format {
    const char *name;
    const char *endings; /* of file names, without the dot, separated by spaces; "" = none */
    /* Whether a text of a file whose name tells nothing is of this format; NULL: never. */
    bool (*is)(const char *text, size_t n);
    /* Tells p (prose.h) what of p->source is prose. What went wrong with the document itself, such
     * as JSON that is none, is IVN_SYNTAX with line and column. NULL: all of it is. */
    ivn_status (*read)(ivn_prose *p, ivn_error *err);
    /* Appends text that is put in the place of a piece, or beside it, as the format writes it
     * there. false: no memory. NULL: as it is. */
    bool (*write)(const ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n,
                  struct buffer *out);
};

/* NULL: there is no format of that name. */
const struct format *format_find(const char *name);

#endif
