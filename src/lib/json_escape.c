/* SPDX-License-Identifier: Apache-2.0 */
#include "json_escape.h"

#include "buffer.h"

enum { UNIT = 6 }; /* bytes of \uXXXX */

static uint32_t digit(char c) {
    return (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

static uint32_t unit_at(const char *s) {
    return digit(s[2]) << 12 | digit(s[3]) << 8 | digit(s[4]) << 4 | digit(s[5]);
}

/* RFC 8259, section 7: beyond the Basic Multilingual Plane, a pair as in UTF-16. */
static size_t decode_unit(const char *s, size_t n, uint32_t *code_point) {
    const uint32_t high = unit_at(s);
    *code_point = high;
    if (high < 0xD800 || high > 0xDFFF)
        return UNIT;
    *code_point = JSON_LONE_SURROGATE;
    if (high > 0xDBFF || n < 2 * UNIT || s[UNIT] != '\\' || s[UNIT + 1] != 'u')
        return UNIT;
    const uint32_t low = unit_at(s + UNIT);
    if (low < 0xDC00 || low > 0xDFFF)
        return UNIT;
    *code_point = 0x10000 + ((high - 0xD800) << 10 | (low - 0xDC00));
    return 2 * UNIT;
}

size_t json_escape_decode(const char *s, size_t n, uint32_t *code_point) {
    switch (s[1]) {
    case 'u':
        return decode_unit(s, n, code_point);
    case 'b':
        *code_point = '\b';
        break;
    case 'f':
        *code_point = '\f';
        break;
    case 'n':
        *code_point = '\n';
        break;
    case 'r':
        *code_point = '\r';
        break;
    case 't':
        *code_point = '\t';
        break;
    default:
        *code_point = (unsigned char)s[1];
    }
    return 2;
}

static bool encode_unit(uint32_t unit, bool upper, struct buffer *out) {
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    const char text[UNIT] = {'\\',
                             'u',
                             digits[unit >> 12 & 15],
                             digits[unit >> 8 & 15],
                             digits[unit >> 4 & 15],
                             digits[unit & 15]};
    return buffer_append(out, text, UNIT);
}

bool json_escape_encode(uint32_t code_point, bool upper, struct buffer *out) {
    if (code_point < 0x10000)
        return encode_unit(code_point, upper, out);
    code_point -= 0x10000;
    return encode_unit(0xD800 | code_point >> 10, upper, out) &&
           encode_unit(0xDC00 | (code_point & 0x3FF), upper, out);
}
