/* SPDX-License-Identifier: Apache-2.0 */
#include "placeholder.h"

#include <string.h>

enum { LONGEST = 500, LONGEST_NAME = 64 };

struct text {
    const char *s;
    size_t n;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The byte at an offset that may be past the end. */
static char at(const struct text *t, size_t i) {
    return i < t->n ? t->s[i] : '\0';
}

static struct span between(size_t from, size_t to) {
    return (struct span){(uint32_t)from, (uint32_t)(to - from)};
}

/* Where what begins at `from` ends at the latest: with the line. */
static size_t limit(const struct text *t, size_t from) {
    const size_t n = t->n - from < LONGEST ? t->n - from : LONGEST;
    const char *end = memchr(t->s + from, '\n', n);
    return end ? (size_t)(end - t->s) : from + n;
}

/* [from, …) up to the two bytes `close`, the first ones behind `start`. */
static struct span up_to(const struct text *t, size_t from, size_t start, const char *close) {
    const char *const first = t->s + start, *const end = t->s + limit(t, start);
    /* memmem is slow for two bytes */
    for (const char *p = first; p < end && (p = memchr(p, close[1], (size_t)(end - p))); p++)
        if (p > first && p[-1] == close[0])
            return between(from, (size_t)(p - t->s) + 1);
    return (struct span){0};
}

/* ---- braces ---- */

/* [from, …) up to the brace that closes, without another one before it. */
static struct span up_to_brace(const struct text *t, size_t from, size_t start, bool ascii) {
    const size_t end = limit(t, start);
    for (size_t i = start; i < end && t->s[i] != '{'; i++) {
        if (t->s[i] == '}')
            return i > start ? between(from, i + 1) : (struct span){0};
        if (ascii && (unsigned char)t->s[i] >= 0x80)
            break;
    }
    return (struct span){0};
}

static bool is_name_char(char c) {
    return is_letter(c) || is_digit(c) || (c && strchr("_.-[]", c));
}

/* {name}, {0}, {name!r:>10}: '{' stands at `open`. */
static struct span name_at(const struct text *t, size_t open) {
    size_t i = open + 1;
    if (!is_letter(at(t, i)) && !is_digit(at(t, i)) && at(t, i) != '_')
        return (struct span){0};
    while (i < t->n && is_name_char(t->s[i]))
        i++;
    if (i < t->n && strchr("!:,", t->s[i]) && t->s[i])
        return up_to_brace(t, open, i, true);
    return at(t, i) == '}' ? between(open, i + 1) : (struct span){0};
}

/* {#id}: '{' stands at `open`. */
static struct span anchor_at(const struct text *t, size_t open) {
    const struct span all = up_to_brace(t, open, open + 2, false);
    return all.length && !memchr(t->s + open, ' ', all.length)
               ? all
               : up_to_brace(t, open, open + 2, true);
}

static struct span brace_at(const struct text *t, size_t open) {
    const char before = open ? t->s[open - 1] : '\0', next = at(t, open + 1);
    struct span found;
    if (next == '%')
        return up_to(t, open, open + 2, "%}");
    if (next == '{') {
        found = up_to(t, open, open + 2, "}}");
        while (found.length && at(t, open + found.length) == '}')
            found.length++;
        return found;
    }
    if (before == '$')
        return up_to_brace(t, open - 1, open + 1, false);
    if (before == '#')
        return up_to_brace(t, open - 1, open + 1, true);
    if (next == '#')
        return anchor_at(t, open);
    if (next == ':' && at(t, open + 2) && strchr(" .#", at(t, open + 2)))
        return up_to_brace(t, open, open + 2, false);
    return name_at(t, open);
}

static bool find_braces(const struct text *t, struct span_list *spans) {
    const char *const end = t->s + t->n;
    for (const char *p = t->s; (p = memchr(p, '{', (size_t)(end - p)));) {
        const struct span found = brace_at(t, (size_t)(p - t->s));
        if (!span_append(spans, found))
            return false;
        p = found.length ? t->s + found.offset + found.length : p + 1;
    }
    return true;
}

/* ---- per cent signs ---- */

static size_t skip_digits(const struct text *t, size_t i) {
    while (is_digit(at(t, i)))
        i++;
    return i;
}

/* Behind the name in %(name)s, or `i`. */
static size_t skip_name(const struct text *t, size_t i) {
    if (at(t, i) != '(')
        return i;
    const size_t end = limit(t, i);
    for (size_t k = i + 1; k < end && k - i <= LONGEST_NAME && !strchr(" \t(%", t->s[k]); k++)
        if (t->s[k] == ')')
            return k > i + 1 ? k + 1 : i;
    return i;
}

/* %s as printf() and its like have it, but for a blank as a flag: '%' stands at `sign`. */
static struct span conversion_at(const struct text *t, size_t sign) {
    const size_t name = skip_name(t, sign + 1), number = skip_digits(t, name);
    const bool indexed = number > name && at(t, number) == '$';
    size_t i = indexed ? number + 1 : name;
    const bool plain = i == sign + 1;
    if (plain && sign > 0 && (is_digit(t->s[sign - 1]) || t->s[sign - 1] == '%'))
        return (struct span){0}; /* 50%s: a number */
    while (at(t, i) && strchr("-+#0'", at(t, i)))
        i++;
    i = skip_digits(t, i);
    if (at(t, i) == '.')
        i = skip_digits(t, i + 1);
    while (at(t, i) && strchr("hlLqjzt", at(t, i)))
        i++;
    if (!at(t, i) || !strchr("diouxXeEfFgGaAcCsSp@", at(t, i)))
        return (struct span){0};
    const char behind = at(t, i + 1);
    return is_letter(behind) || is_digit(behind) ? (struct span){0} : between(sign, i + 1);
}

static bool find_signs(const struct text *t, struct span_list *spans) {
    const char *const end = t->s + t->n;
    for (const char *p = t->s; (p = memchr(p, '%', (size_t)(end - p)));) {
        const size_t sign = (size_t)(p - t->s);
        const struct span found =
            sign && p[-1] == '<' ? up_to(t, sign - 1, sign + 1, "%>") : conversion_at(t, sign);
        if (!span_append(spans, found))
            return false;
        p = found.length ? t->s + found.offset + found.length : p + 1;
    }
    return true;
}

/* ---- wiki links ---- */

static struct span link_at(const struct text *t, size_t open) {
    const size_t end = limit(t, open + 2);
    for (size_t i = open + 2; i < end && t->s[i] != '['; i++)
        if (t->s[i] == ']')
            return i > open + 2 && at(t, i + 1) == ']' ? between(open, i + 2) : (struct span){0};
    return (struct span){0};
}

static bool find_links(const struct text *t, struct span_list *spans) {
    const char *const end = t->s + t->n;
    for (const char *p = t->s; (p = memchr(p, '[', (size_t)(end - p)));) {
        struct span found = {0};
        if (end - p > 4 && p[1] == '[')
            found = link_at(t, (size_t)(p - t->s));
        if (!span_append(spans, found))
            return false;
        p = found.length ? t->s + found.offset + found.length : p + 1;
    }
    return true;
}

bool placeholder_find(const char *text, size_t size, struct span_list *spans) {
    const struct text t = {text, size};
    return find_braces(&t, spans) && find_signs(&t, spans) && find_links(&t, spans);
}
