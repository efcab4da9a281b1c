/* SPDX-License-Identifier: Apache-2.0 */
/* Plain text: everything is prose but URLs and e-mail addresses. */
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "document.h"

static bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Characters of a URL; what is not ASCII ends it, since Chinese text needs no space behind one. */
static bool is_url_char(char c) {
    return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\' && c != '^' &&
           c != '`' && c != '{' && c != '|' && c != '}';
}

static bool is_address_char(char c) {
    return is_alnum(c) || (c != '\0' && strchr("-._+", c) != NULL);
}

/* Marks at the end of a URL belong to the sentence. */
static size_t trim(const char *text, size_t start, size_t end) {
    while (end > start && strchr(".,;:!?'\")]", text[end - 1]) != NULL)
        end--;
    return end;
}

/* "://" stands at `colon`: the URL around it. */
static struct span url_at(const char *text, size_t size, size_t colon) {
    size_t start = colon, end = colon + 3;
    while (start > 0 && is_alnum(text[start - 1]))
        start--;
    if (start == colon)
        return (struct span){(uint32_t)start, 0};
    while (end < size && is_url_char(text[end]))
        end++;
    end = trim(text, colon, end);
    return (struct span){(uint32_t)start, end > colon + 3 ? (uint32_t)(end - start) : 0};
}

/* "www." stands at `start`. */
static struct span host_at(const char *text, size_t size, size_t start) {
    size_t end = start;
    if (start > 0 && is_address_char(text[start - 1]))
        return (struct span){0};
    while (end < size && is_url_char(text[end]))
        end++;
    end = trim(text, start + 4, end);
    return (struct span){(uint32_t)start, (uint32_t)(end - start)};
}

/* '@' stands at `at`: the address around it, which has a dot in its domain. */
static struct span address_at(const char *text, size_t size, size_t at) {
    size_t start = at, end = at + 1;
    while (start > 0 && is_address_char(text[start - 1]))
        start--;
    while (end < size && is_address_char(text[end]))
        end++;
    end = trim(text, at, end);
    if (start == at || end == at + 1 || !memchr(text + at, '.', end - at))
        return (struct span){0};
    return (struct span){(uint32_t)start, (uint32_t)(end - start)};
}

static int compare(const void *x, const void *y) {
    const struct span *a = x, *b = y;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

/* Sorts the spans and joins those that overlap. */
static void normalise(struct span_list *spans) {
    size_t kept = 0;
    if (spans->count)
        qsort(spans->items, spans->count, sizeof *spans->items, compare);
    for (size_t i = 0; i < spans->count; i++) {
        struct span s = spans->items[i];
        struct span *last = kept ? &spans->items[kept - 1] : NULL;
        if (last && s.offset <= last->offset + last->length) {
            if (s.offset + s.length > last->offset + last->length)
                last->length = s.offset + s.length - last->offset;
        } else {
            spans->items[kept++] = s;
        }
    }
    spans->count = kept;
}

/* Appends without joining: the marks are looked for one kind after the other. */
static bool add(struct span_list *spans, struct span s) {
    void *items = spans->items;
    if (s.length == 0)
        return true;
    if (!array_grow(&items, &spans->capacity, spans->count + 1, sizeof *spans->items))
        return false;
    spans->items = items;
    spans->items[spans->count++] = s;
    return true;
}

bool doc_plain_find(const char *text, size_t size, struct span_list *spans) {
    size_t known = spans->count;
    if (size == 0)
        return true;
    const char *end = text + size, *p = text;
    while ((p = memchr(p, ':', (size_t)(end - p))) != NULL) {
        struct span url = {0};
        if (end - p > 3 && p[1] == '/' && p[2] == '/')
            url = url_at(text, size, (size_t)(p - text));
        if (!add(spans, url))
            return false;
        p = url.length ? text + url.offset + url.length : p + 1; /* never twice over one URL */
    }
    p = text;
    while ((p = memchr(p, '@', (size_t)(end - p))) != NULL) {
        if (!add(spans, address_at(text, size, (size_t)(p - text))))
            return false;
        p++;
    }
    p = text; /* memchr is much faster than memmem, and 'w' rare in Chinese text */
    while ((p = memchr(p, 'w', (size_t)(end - p))) != NULL) {
        struct span host = {0};
        if (end - p > 4 && memcmp(p, "www.", 4) == 0)
            host = host_at(text, size, (size_t)(p - text));
        if (!add(spans, host))
            return false;
        p = host.length ? text + host.offset + host.length : p + 1;
    }
    if (spans->count > known)
        normalise(spans);
    return true;
}
