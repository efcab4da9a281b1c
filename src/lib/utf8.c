/* SPDX-License-Identifier: Apache-2.0 */
#include "utf8.h"

#include <string.h>

size_t utf8_decode(const unsigned char *p, size_t n, uint32_t *cp) {
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 0;
    size_t length = utf8_length(p[0]);
    if (length > n)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    uint32_t c = utf8_get(p, &length);
    if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        return 0;
    *cp = c;
    return length;
}

/* Whether three bytes are a code point of U+1000 to U+CFFF or U+E000 to U+FFFF: no lead byte of
 * those has forms that are not allowed. */
static inline bool is_common(const unsigned char *p) {
    return p[0] > 0xE0 && p[0] < 0xF0 && p[0] != 0xED && ((p[1] & p[2]) & 0xC0) == 0x80 &&
           !((p[1] | p[2]) & 0x40);
}

size_t utf8_valid(const char *text, size_t n) {
    const unsigned char *p = (const unsigned char *)text;
    size_t i = 0;
    for (size_t length; i < n; i += length) {
        uint32_t cp;
        length = p[i] < 0x80                      ? 1
                 : n - i >= 3 && is_common(p + i) ? 3
                                                  : utf8_decode(p + i, n - i, &cp);
        if (length == 0)
            break;
    }
    return i;
}

size_t utf8_encode(uint32_t cp, char *out) {
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* Continuation bytes are 10xxxxxx; eight at a time. */
size_t utf8_count(const char *text, size_t n) {
    const uint64_t ones = 0x0101010101010101u;
    size_t continuations = 0, i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t word;
        memcpy(&word, text + i, sizeof word);
        uint64_t marks = (word >> 7) & ~(word >> 6) & ones;
        continuations += (marks * ones) >> 56;
    }
    for (; i < n; i++)
        continuations += utf8_continues(text[i]);
    return n - continuations;
}
