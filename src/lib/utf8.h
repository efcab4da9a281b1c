/* SPDX-License-Identifier: Apache-2.0 */
/* utf8.h - reading and writing UTF-8, one code point at a time. */
#ifndef IVN_UTF8_H
#define IVN_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Length in bytes (1..4) of the code point at p, of which n > 0 bytes exist, and the code point in
 * *cp; 0 if the bytes there are not UTF-8 (overlong forms and surrogates are not). */
size_t utf8_decode(const unsigned char *p, size_t n, uint32_t *cp);

/* How many of the n bytes are UTF-8 up to the first that is not. */
size_t utf8_valid(const char *text, size_t n);

/* Whether a byte of valid text goes on with a code point that began before it. */
static inline bool utf8_continues(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Writes cp to out (room for 4) and returns its length. cp must be a scalar value. */
size_t utf8_encode(uint32_t cp, char *out);

/* Length of the code point that starts with `lead`, for text known to be valid. */
static inline size_t utf8_length(unsigned char lead) {
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* The code point at p in text known to be valid; *length receives its length. */
static inline uint32_t utf8_get(const unsigned char *p, size_t *length) {
    *length = utf8_length(*p);
    switch (*length) {
    case 1:
        return p[0];
    case 2:
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    case 3:
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    default:
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
               (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    }
}

/* Length of the byte order mark that a text of n bytes may begin with. */
static inline size_t utf8_mark(const char *text, size_t n) {
    return n >= 3 && text[0] == '\xEF' && text[1] == '\xBB' && text[2] == '\xBF' ? 3 : 0;
}

/* Code points in n bytes of valid text. */
size_t utf8_count(const char *text, size_t n);

#endif
