/* SPDX-License-Identifier: Apache-2.0 */
/* slips.h - slips of the pen in names of products: ChatGTP in a document that says ChatGPT. */
#ifndef IVN_SLIPS_H
#define IVN_SLIPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SLIPS_KNOWN = 64, SLIPS_FOUND = 64, SLIPS_LONGEST = 24 };

/* A name as the document spells it, and how often. */
struct slips_known {
    const char *text; /* of the lexicon, `length` bytes */
    uint32_t length;
    uint32_t concept; /* of the layer: the row that knows the name */
    uint32_t layer;
    uint32_t count;
};

/* A token that is no known name but nearly one. */
struct slips_found {
    char text[SLIPS_LONGEST];
    uint32_t length;
    uint32_t known;
    uint32_t count;
};

/* What a document has of both. Names beyond the limits are not looked after. */
struct slips {
    struct slips_known known[SLIPS_KNOWN];
    size_t known_count;
    uint32_t initials; /* bit per letter that a name begins with */
    struct slips_found found[SLIPS_FOUND];
    size_t found_count;
};

void slips_clear(struct slips *s);

/* Counts a name that a row knows and that is spelled right; `text` is the lexicon's. */
void slips_know(struct slips *s, const char *text, size_t n, uint32_t layer, uint32_t concept);

/* Counts a token that no row knows; every name has been counted before. */
void slips_meet(struct slips *s, const char *text, size_t n);

/* The name that a token is a slip of, if the document has it at least twice and much more often
 * than the slip; else NULL. */
const struct slips_known *slips_meant(const struct slips *s, const char *text, size_t n);

#endif
