/* SPDX-License-Identifier: Apache-2.0 */
#include "entity.h"

#include <string.h>

/* Names that stand for what may be part of Chinese text. */
static const struct {
    const char *name;
    uint32_t code_point;
} names[] = {
    {"amp", '&'},       {"apos", '\''},    {"bdquo", 0x201E},  {"bull", 0x2022},  {"copy", 0xA9},
    {"deg", 0xB0},      {"gt", '>'},       {"hellip", 0x2026}, {"laquo", 0xAB},   {"ldquo", 0x201C},
    {"lsquo", 0x2018},  {"lt", '<'},       {"mdash", 0x2014},  {"middot", 0xB7},  {"ndash", 0x2013},
    {"permil", 0x2030}, {"quot", '"'},     {"raquo", 0xBB},    {"rdquo", 0x201D}, {"reg", 0xAE},
    {"rsquo", 0x2019},  {"sbquo", 0x201A}, {"times", 0xD7},    {"trade", 0x2122},
};

static int digit(char c) {
    return c >= '0' && c <= '9'                     ? c - '0'
           : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                    : 16;
}

static uint32_t decode_number(const char *s, size_t n) {
    const bool hex = n > 0 && (s[0] | 0x20) == 'x';
    const uint32_t base = hex ? 16 : 10;
    uint32_t value = 0;
    for (size_t i = hex; i < n; i++) {
        const uint32_t d = (uint32_t)digit(s[i]);
        if (d >= base || value > 0x10FFFF)
            return 0;
        value = value * base + d;
    }
    return value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) ? 0 : value;
}

bool entity_is_hidden(uint32_t c) {
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 ||
           c == 0xFEFF;
}

uint32_t entity_decode(const char *reference, size_t n) {
    const char *name = reference + 1;
    if (n < 4 || reference[0] != '&' || reference[n - 1] != ';')
        return 0;
    if (*name == '#') {
        const uint32_t value = decode_number(name + 1, n - 3);
        return entity_is_hidden(value) ? 0 : value;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == n - 2 && memcmp(names[i].name, name, n - 2) == 0)
            return names[i].code_point;
    return 0;
}
