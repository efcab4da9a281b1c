/* SPDX-License-Identifier: Apache-2.0 */
#include "literal.h"

#include <string.h>

#include "placeholder.h"

static bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Characters of a URL. */
static bool is_url_char(char c) {
    return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\' && c != '^' &&
           c != '`' && c != '{' && c != '|' && c != '}';
}

static bool is_address_char(char c) {
    return is_alnum(c) || (c != '\0' && strchr("-._+", c) != NULL);
}

/* The length of the Han character at `at`; 0: there is none. */
static size_t han_length(const char *text, size_t size, size_t at) {
    const unsigned char *p = (const unsigned char *)text + at;
    if (size - at < 3)
        return 0;
    return (p[0] >= 0xE4 && p[0] <= 0xE9) || (p[0] == 0xE3 && p[1] >= 0x90) ? 3 : 0;
}

size_t literal_url_end(const char *text, size_t size, size_t at) {
    for (size_t length = 1; at < size; at += length) {
        const bool goes_on = length == 3 || (at > 0 && strchr("/?&#=_-%", text[at - 1]) != NULL);
        length = is_url_char(text[at]) ? 1 : goes_on ? han_length(text, size, at) : 0;
        if (length == 0)
            break;
    }
    return at;
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
    end = trim(text, colon, literal_url_end(text, size, end));
    return (struct span){(uint32_t)start, end > colon + 3 ? (uint32_t)(end - start) : 0};
}

/* "www." stands at `start`. */
static struct span host_at(const char *text, size_t size, size_t start) {
    size_t end = start;
    if (start > 0 && is_address_char(text[start - 1]))
        return (struct span){0};
    end = trim(text, start + 4, literal_url_end(text, size, end));
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

static bool find_urls(const char *text, size_t size, struct span_list *spans) {
    const char *const end = text + size;
    for (const char *p = text; (p = memchr(p, ':', (size_t)(end - p)));) {
        struct span url = {0};
        if (end - p > 3 && p[1] == '/' && p[2] == '/')
            url = url_at(text, size, (size_t)(p - text));
        if (!span_append(spans, url))
            return false;
        p = url.length ? text + url.offset + url.length : p + 1; /* never twice over one URL */
    }
    return true;
}

static bool find_addresses(const char *text, size_t size, struct span_list *spans) {
    const char *const end = text + size;
    for (const char *p = text; (p = memchr(p, '@', (size_t)(end - p))); p++)
        if (!span_append(spans, address_at(text, size, (size_t)(p - text))))
            return false;
    return true;
}

/* memchr is much faster than memmem, and 'w' rare in Chinese text. */
static bool find_hosts(const char *text, size_t size, struct span_list *spans) {
    const char *const end = text + size;
    for (const char *p = text; (p = memchr(p, 'w', (size_t)(end - p)));) {
        struct span host = {0};
        if (end - p > 4 && memcmp(p, "www.", 4) == 0)
            host = host_at(text, size, (size_t)(p - text));
        if (!span_append(spans, host))
            return false;
        p = host.length ? text + host.offset + host.length : p + 1;
    }
    return true;
}

bool literal_find(const char *text, size_t size, struct span_list *spans) {
    const size_t known = spans->count;
    if (size == 0)
        return true;
    if (!find_urls(text, size, spans) || !find_addresses(text, size, spans) ||
        !find_hosts(text, size, spans) || !placeholder_find(text, size, spans))
        return false;
    if (spans->count > known)
        span_normalise(spans);
    return true;
}
