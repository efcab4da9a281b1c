/* SPDX-License-Identifier: Apache-2.0 */
/* wrap.h - paragraphs that were broken into lines of one width, as mail and old text files have
 * them. A quotation or a bracket may begin in one of their lines and end in another. */
#ifndef IVN_WRAP_H
#define IVN_WRAP_H

#include <stdbool.h>
#include <stddef.h>

/* The lines of a text: bytes [from, to), the last one without its line end. */
struct wrap {
    size_t from;
    size_t to;
};

/* The paragraph around the line [start, end) of a text of n bytes. false: it is one line, too long
 * to be looked at, or its lines are no broken ones but lines of their own. */
bool wrap_find(const char *text, size_t n, size_t start, size_t end, struct wrap *out);

#endif
