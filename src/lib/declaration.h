/* SPDX-License-Identifier: Apache-2.0 */
/* declaration.h - where a document says what its encoding is: <?xml encoding="..."?>,
 * <meta charset="..."> and <meta http-equiv ... content="...; charset=...">. */
#ifndef IVN_DECLARATION_H
#define IVN_DECLARATION_H

#include <stdbool.h>
#include <stddef.h>

/* The declared name: `length` bytes at `offset`; 0 bytes: there is none. */
struct declaration {
    size_t offset;
    size_t length;
};

/* Finds the declaration in the first 1024 bytes, as browsers do. The text is in UTF-8 or in another
 * encoding that has ASCII as it is. */
struct declaration declaration_find(const char *text, size_t n);

#endif
