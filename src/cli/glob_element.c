/* SPDX-License-Identifier: Apache-2.0 */
#include <config.h>

#include "glob_element.h"

#include <string.h>

/* Not fnmatch(3): what it takes for a character or a range depends on the user's locale, and a
 * tree must be read the same way everywhere. A byte that is not UTF-8 gets a code of its own
 * behind the last code point. */
uint32_t glob_element_take(const char **at, const char *end) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *s = (const unsigned char *)*at;
    uint32_t lead = *s;
    size_t length = lead < 0x80 ? 1 : lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    ++*at;
    if (length == 1)
        return lead;
    if (length == 0 || lead > 0xF4 || length > (size_t)(end - (const char *)s))
        return 0x110000 + lead;
    uint32_t code = lead & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0x110000 + lead;
        code = code << 6 | (s[i] & 0x3FU);
    }
    if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0x110000 + lead;
    *at += length - 1;
    return code;
}

static bool between(uint32_t code, uint32_t first, uint32_t last) {
    return first <= code && code <= last;
}

/* The class `name` of ASCII. False if there is none of that name. */
static bool class_holds(const char *name, size_t n, uint32_t c, bool *holds) {
    bool lower = between(c, 'a', 'z'), upper = between(c, 'A', 'Z'), digit = between(c, '0', '9');
    bool graph = between(c, '!', '~'), alnum = lower || upper || digit;
    const struct {
        const char *name;
        bool holds;
    } classes[] = {
        {"alnum", alnum},
        {"alpha", lower || upper},
        {"blank", c == ' ' || c == '\t'},
        {"cntrl", c < 0x20 || c == 0x7F},
        {"digit", digit},
        {"graph", graph},
        {"lower", lower},
        {"print", graph || c == ' '},
        {"punct", graph && !alnum},
        {"space", c == ' ' || between(c, '\t', '\r')},
        {"upper", upper},
        {"xdigit", digit || between(c, 'a', 'f') || between(c, 'A', 'F')},
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (strlen(classes[i].name) == n && memcmp(classes[i].name, name, n) == 0) {
            *holds = classes[i].holds;
            return true;
        }
    }
    return false;
}

/* The character at `at` of a set, a backslash before it taken off. False at the end. */
static bool set_take(const char **at, const char *end, uint32_t *code) {
    if (*at < end && **at == '\\')
        ++*at;
    if (*at >= end)
        return false;
    *code = glob_element_take(at, end);
    return true;
}

/* The ":]" of a class such as [:alpha:]; NULL if `p` is at no class. */
static const char *class_end(const char *p, const char *end) {
    if (end - p < 4 || p[0] != '[' || p[1] != ':')
        return NULL;
    const char *close = memchr(p + 2, ']', (size_t)(end - p - 2));
    return close && close - p > 2 && close[-1] == ':' ? close - 1 : NULL;
}

/* Reads the set at `p`, which is at its '['. Returns what follows its ']', or NULL if it is no set;
 * *holds: whether the set holds the code. */
static const char *set_read(const char *p, const char *end, uint32_t code, bool *holds) {
    bool found = false, negated = ++p < end && (*p == '!' || *p == '^');
    p += negated;
    for (const char *first = p; p < end && (*p != ']' || p == first);) {
        const char *close = class_end(p, end);
        if (close) {
            bool in = false;
            if (!class_holds(p + 2, (size_t)(close - p - 2), code, &in))
                return NULL;
            found = found || in;
            p = close + 2;
            continue;
        }
        uint32_t from = 0, to = 0;
        if (!set_take(&p, end, &from))
            return NULL;
        to = from;
        if (end - p >= 2 && p[0] == '-' && p[1] != ']') {
            p++;
            if (!set_take(&p, end, &to))
                return NULL;
        }
        found = found || between(code, from, to);
    }
    if (p >= end)
        return NULL;
    *holds = found != negated;
    return p + 1;
}

const char *glob_element_skip(const char *p, const char *end) {
    bool ignored;
    if (*p == '[')
        return set_read(p, end, 0, &ignored);
    if (*p == '\\')
        return end - p >= 2 ? p + 2 : NULL;
    return p + 1;
}

bool glob_element_matches(const char **p, const char *pattern_end, const char **s,
                          const char *end) {
    uint32_t code = glob_element_take(s, end);
    if (**p == '[') {
        bool holds = false;
        *p = set_read(*p, pattern_end, code, &holds);
        return *p && holds;
    }
    if (**p == '?') {
        ++*p;
        return true;
    }
    if (**p == '\\')
        ++*p;
    return glob_element_take(p, pattern_end) == code;
}
