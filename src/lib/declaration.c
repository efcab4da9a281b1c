/* SPDX-License-Identifier: Apache-2.0 */
#include "declaration.h"

#include "utf8.h"

#include <string.h>

/* As far as browsers look (HTML standard, "prescan a byte stream"). */
enum { REACH = 1024 };

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Whether `word` (small letters) stands at p, in any case. */
static bool begins(const char *p, const char *end, const char *word) {
    size_t n = strlen(word);
    if ((size_t)(end - p) < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != word[i])
            return false;
    }
    return true;
}

static const char *find(const char *p, const char *end, const char *word) {
    while (p < end && !begins(p, end, word))
        p++;
    return p;
}

/* Past "=" and blanks on both sides of it; NULL: there is no "=". */
static const char *skip_equals(const char *p, const char *end) {
    while (p < end && is_blank(*p))
        p++;
    if (p >= end || *p++ != '=')
        return NULL;
    while (p < end && is_blank(*p))
        p++;
    return p;
}

/* The value of attribute `word` in the tag from p to end: up to a quote, a blank, ";" or "/". */
static bool find_value(const char *p, const char *end, const char *word, const char **value,
                       size_t *n) {
    const char *tag = p;
    while ((p = find(p, end, word)) < end) {
        bool whole = p > tag && (is_blank(p[-1]) || strchr("\"';", p[-1]));
        p += strlen(word);
        const char *v = whole ? skip_equals(p, end) : NULL;
        if (!v)
            continue;
        if (v < end && (*v == '"' || *v == '\''))
            v++;
        for (p = v; p < end && !is_blank(*p) && !strchr("\"';/?", *p);)
            p++;
        *value = v;
        *n = (size_t)(p - v);
        return *n > 0;
    }
    return false;
}

static const char *tag_end(const char *p, const char *end) {
    const char *close = memchr(p, '>', (size_t)(end - p));
    return close ? close : end;
}

struct declaration declaration_find(const char *text, size_t n) {
    const char *p = text + utf8_mark(text, n), *end = text + (n < REACH ? n : REACH), *value;
    size_t length;
    if (begins(p, end, "<?xml") && find_value(p, tag_end(p, end), "encoding", &value, &length))
        return (struct declaration){(size_t)(value - text), length};
    while (p < end && (p = memchr(p, '<', (size_t)(end - p)))) {
        if (begins(p, end, "<!--")) {
            p = find(p + 4, end, "-->");
            continue;
        }
        const char *close = tag_end(p, end);
        if (begins(p, end, "<meta") && close > p + 5 && (is_blank(p[5]) || p[5] == '/') &&
            find_value(p, close, "charset", &value, &length))
            return (struct declaration){(size_t)(value - text), length};
        p++;
    }
    return (struct declaration){0, 0};
}
