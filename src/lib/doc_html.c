/* SPDX-License-Identifier: Apache-2.0 */
/* HTML and XHTML: whole documents, and what stands of it in Markdown. gumbo parses. */
#include "doc.h"

#include <string.h>
#include <strings.h>

#include "entity.h"
#include "error.h"
#include "html_private.h"
#include "utf8.h"

/* ---- whether it is HTML ---- */

static bool begins(const char *text, size_t n, const char *with) {
    const size_t length = strlen(with);
    return n >= length && strncasecmp(text, with, length) == 0;
}

static size_t skip_space(const char *text, size_t at, size_t n) {
    while (at < n && strchr(" \t\r\n\f", text[at]) && text[at])
        at++;
    return at;
}

bool doc_html_is(const char *text, size_t n) {
    size_t at = skip_space(text, utf8_mark(text, n), n);
    while (begins(text + at, n - at, "<!--") || begins(text + at, n - at, "<?xml"))
        at = skip_space(text, html_tag_end(text, at, n), n);
    if (begins(text + at, n - at, "<!doctype"))
        return begins(text + skip_space(text, at + 9, n), n - skip_space(text, at + 9, n), "html");
    return begins(text + at, n - at, "<html") && n - at > 5 &&
           (text[at + 5] == '>' || skip_space(text, at + 5, n) > at + 5);
}

/* ---- reading ---- */

static ivn_status read_range(ivn_prose *p, size_t from, size_t to) {
    struct html_tree tree;
    const ivn_status status = html_tree_read(&tree, p, from, to);
    if (status == IVN_OK)
        html_tell(p, &tree, from);
    html_tree_fini(&tree);
    return status;
}

ivn_status doc_html_read(ivn_prose *p, ivn_error *err) {
    const ivn_status status = read_range(p, utf8_mark(p->source, p->size), p->size);
    if (status == IVN_NO_MEMORY)
        return error_memory(err);
    if (status == IVN_LIMIT)
        error_set(err, IVN_LIMIT,
                  N_("the tags of this HTML document take too much memory; close those that are "
                     "left open, or split it"),
                  NULL, NULL, NULL);
    return status;
}

void doc_html_read_part(ivn_prose *p, size_t from, size_t to) {
    if (!p->failed && from < to)
        p->failed |= read_range(p, from, to) == IVN_NO_MEMORY;
}

/* ---- one tag ---- */

static bool has_wide_value(const char *tag, size_t n) {
    bool wide = false;
    for (size_t i = 0; i < n; i++)
        wide |= (unsigned char)tag[i] >= 0x80 || tag[i] == '&';
    return wide && memchr(tag, '=', n);
}

static void read_attributes(ivn_prose *p, size_t offset, size_t end, size_t name, size_t name_end) {
    struct html_tree tree;
    if (p->in_aside || !has_wide_value(p->source + offset, end - offset))
        return;
    const ivn_status status = html_tree_read(&tree, p, offset, end);
    for (size_t i = 0; status == IVN_OK && i < tree.count; i++)
        if (tree.items[i].kind == HTML_START && tree.items[i].tag_end && !tree.items[i].leave) {
            html_tell_attributes(p, &tree.items[i].node->v.element.attributes, p->source + name,
                                 name_end - name, offset, end, tree.copy, offset);
            break;
        }
    p->failed |= status == IVN_NO_MEMORY;
    html_tree_fini(&tree);
}

static void read_comment(ivn_prose *p, size_t offset, size_t length) {
    const char *s = p->source + offset;
    if (length >= 7 && memcmp(s, "<!--", 4) == 0 && memcmp(s + length - 3, "-->", 3) == 0)
        prose_comment(p, offset + 4, length - 7);
    if (p->lead)
        prose_lead(p, length);
}

static bool is_quiet(enum html_class class) {
    return class == HTML_WORD || class == HTML_OBJECT || class == HTML_QUIET || class == HTML_ASIDE;
}

/* Tells an opening tag; empty: nothing stands in the element. */
static void open_tag(ivn_prose *p, size_t offset, size_t length, enum html_class class,
                     bool empty) {
    if (class == HTML_LINE) {
        prose_end_line(p);
    } else if (class == HTML_OBJECT && empty) {
        prose_lead(p, length - 1);
        prose_add_opaque(p, PROSE_OBJECT, offset + length - 1, 1);
    } else if (class == HTML_INLINE || class == HTML_WORD || class == HTML_ASIDE || p->lead) {
        prose_lead(p, length);
    }
}

unsigned doc_html_read_tag(ivn_prose *p, size_t offset, size_t length, unsigned quiet) {
    const size_t end = offset + length;
    size_t name, name_end;
    if (p->failed || !html_tag_name(p->source, offset, end, &name, &name_end)) {
        read_comment(p, offset, length);
        return quiet;
    }
    const char *s = p->source;
    const enum html_class class = html_tag_class(s + name, name_end - name);
    const bool empty = s[end - 2] == '/' || html_tag_is_void(s + name, name_end - name);
    if (s[offset + 1] == '/') {
        p->lead = 0;
        return quiet - (quiet > 0 && is_quiet(class));
    }
    if (!quiet)
        read_attributes(p, offset, end, name, name_end);
    open_tag(p, offset, length, class, empty);
    return quiet + (is_quiet(class) && !empty);
}

/* ---- writing ---- */

static bool write_number(uint32_t value, uint8_t style, struct buffer *out) {
    const char *digits = style & HTML_SMALL_HEX ? "0123456789abcdef" : "0123456789ABCDEF";
    const uint32_t base = style & HTML_HEX ? 16 : 10;
    char text[16], *s = text + sizeof text;
    *--s = ';';
    do
        *--s = digits[value % base];
    while (value /= base);
    if (style & HTML_HEX)
        *--s = 'x';
    *--s = '#';
    *--s = '&';
    return buffer_append(out, s, (size_t)(text + sizeof text - s));
}

/* How a character of ASCII must be written there; NULL: as it is. */
static const char *escape(char c, uint8_t place) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return place == HTML_IN_DOUBLE || place == HTML_IN_BARE ? "&quot;" : NULL;
    case '\'':
        return place == HTML_IN_SINGLE || place == HTML_IN_BARE ? "&#39;" : NULL;
    default:
        return NULL;
    }
}

static bool write_character(const char *text, size_t n, const struct prose_piece *piece,
                            struct buffer *out) {
    const uint8_t style = piece->style, place = style & HTML_PLACE;
    size_t length;
    const char *escaped = escape(*text, place);
    if (escaped)
        return buffer_append(out, escaped, strlen(escaped));
    const uint32_t cp = utf8_get((const unsigned char *)text, &length);
    const bool bare = place == HTML_IN_BARE && (cp <= ' ' || cp == '=' || cp == '`' || cp == 0x7F);
    const bool number =
        piece->kind == PROSE_CHARACTER && (style & (HTML_DECIMAL | HTML_HEX)) && cp >= 0x80;
    return bare || number ? write_number(cp, style, out) : buffer_append(out, text, n);
}

bool doc_html_write(const ivn_prose *p, const struct prose_piece *piece, const char *text, size_t n,
                    struct buffer *out) {
    (void)p;
    for (size_t i = 0; i < n;) {
        size_t length = utf8_length((unsigned char)text[i]);
        length = length < n - i ? length : n - i;
        if (!write_character(text + i, length, piece, out))
            return false;
        i += length;
    }
    return true;
}
