/* SPDX-License-Identifier: Apache-2.0 */
/* json_string.h - the strings of a JSON document: what of them is prose, and how it is written. */
#ifndef IVN_JSON_STRING_H
#define IVN_JSON_STRING_H

#include "prose.h"

struct json_string {
    size_t from, to;         /* in the source, without the quotation marks */
    bool wide, escaped_wide; /* has characters beyond ASCII: as they are, as \uXXXX */
};

/* Finds the string whose quotation mark is at `at` of a text that ends at `end`. *upper: whether
 * the digits of its escapes are capital letters; stays if there are none. false: it does not end,
 * or has a control character; s->to tells where. */
bool json_string_find(struct json_string *s, const char *text, size_t at, size_t end, bool *upper);

/* Tells p the string as a block, unless it is no prose: a URL, an identifier, the path of a file,
 * or long and of ASCII alone. Its escapes are sound. */
void json_string_tell(ivn_prose *p, const struct json_string *s, bool upper);

/* Appends text that is put in the place of a piece with that style. false: no memory. */
bool json_string_write(uint8_t style, const char *text, size_t n, struct buffer *out);

#endif
