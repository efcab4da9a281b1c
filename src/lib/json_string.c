/* SPDX-License-Identifier: Apache-2.0 */
#include "json_string.h"

#include <string.h>

#include "json_escape.h"
#include "utf8.h"

/* What a piece was written as, and so what is put in its place is: characters that are not ASCII as
 * they are, or as \u4e2d, or as \u4E2D. */
enum style { STYLE_PLAIN, STYLE_LOWER, STYLE_UPPER };

/* Whether the letters among the digits of an escape are capitals; *upper stays if there are none.
 */
static void look_at_digits(const char *digits, size_t n, bool *upper) {
    for (size_t i = 0; i < n; i++)
        if ((digits[i] | 0x20) >= 'a' && (digits[i] | 0x20) <= 'f')
            *upper = digits[i] < 'a';
}

bool json_string_find(struct json_string *s, const char *text, size_t at, size_t end, bool *upper) {
    size_t i = at + 1;
    *s = (struct json_string){.from = at + 1};
    for (; i < end && text[i] != '"' && (unsigned char)text[i] >= ' '; i++) {
        s->wide |= (unsigned char)text[i] >= 0x80;
        if (text[i] != '\\' || ++i >= end || text[i] != 'u' || end - i < 5)
            continue;
        s->escaped_wide |= memcmp(text + i + 1, "00", 2) != 0 || text[i + 3] >= '8';
        look_at_digits(text + i + 1, 4, upper);
    }
    s->to = i < end ? i : end;
    return i < end && text[i] == '"';
}

/* What a string is made of, as far as it tells whether it is prose. */
struct look {
    bool begins_ascii, mark, symbol, underscore, slash, scheme;
    uint32_t before[2]; /* the last characters */
    size_t extension;   /* letters and digits since the last dot; 0: none, or there was something */
    bool in_extension;
};

static bool is_alnum(uint32_t c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static void look_at(struct look *k, uint32_t c) {
    k->mark |= c <= ' ' || (c >= 0x3000 && c < 0x3040) || (c >= 0xFF00 && c < 0xFFF0);
    k->symbol |= c < 0x80 && !is_alnum(c) && c != '_' && c != '-';
    k->underscore |= c == '_';
    k->slash |= c == '/' || c == '\\';
    k->scheme |= c == '/' && k->before[1] == '/' && k->before[0] == ':';
    k->in_extension = c == '.' || (k->in_extension && is_alnum(c));
    k->extension = c == '.' || !k->in_extension ? 0 : k->extension + 1;
    k->before[0] = k->before[1];
    k->before[1] = c;
}

/* Whether a string is no prose: a URL, an identifier, the path of a file. */
static bool is_name_of_thing(const char *s, size_t n) {
    enum { LONGEST_EXTENSION = 5 };
    struct look k = {.begins_ascii = n > 0 && !(*s & 0x80)};
    for (size_t i = 0, length; i < n && !k.mark; i += length) {
        uint32_t c = (unsigned char)s[i];
        length = 1;
        if (c == '\\')
            length = json_escape_decode(s + i, n - i, &c);
        else if (c >= 0x80 && !(length = utf8_decode((const unsigned char *)s + i, n - i, &c)))
            length = 1;
        look_at(&k, c);
    }
    const bool file = k.slash && k.extension > 0 && k.extension <= LONGEST_EXTENSION;
    return !k.mark && ((k.scheme && k.begins_ascii) || (k.underscore && !k.symbol) || file);
}

/* Strings of ASCII are told where a string that was not may have become one by its conversion. */
static bool is_prose(const ivn_prose *p, const struct json_string *s) {
    enum { LONGEST_ASCII = 256 };
    const size_t n = s->to - s->from;
    return (s->wide || s->escaped_wide || n <= LONGEST_ASCII) &&
           !is_name_of_thing(p->source + s->from, n);
}

/* What nobody wrote as text: controls, and half a pair of surrogates. */
static bool is_text(uint32_t c) {
    return c != JSON_LONE_SURROGATE && (c >= ' ' || c == '\n' || c == '\t' || c == '\r') &&
           c != 0x7F;
}

static enum style style_of(const char *escape, size_t n, bool upper) {
    if (escape[1] != 'u')
        return STYLE_PLAIN;
    look_at_digits(escape + 2, n - 2, &upper);
    return upper ? STYLE_UPPER : STYLE_LOWER;
}

/* The length of the space at s, of which n > 0 bytes exist; 0: it is none. */
static size_t space_length(const char *s, size_t n) {
    return *s == ' ' ? 1 : n > 1 && *s == '\\' && strchr("ntr", s[1]) ? 2 : 0;
}

/* Without the space at both ends, which a program may have put there for what it sets beside it. */
static struct json_string trim(const char *text, const struct json_string *s) {
    struct json_string inner = *s;
    size_t at = s->from, length;
    while (at < s->to && (length = space_length(text + at, s->to - at)) > 0)
        at += length;
    inner.from = inner.to = at;
    for (; at < s->to; at += length) {
        const size_t space = space_length(text + at, s->to - at);
        length = space ? space : text[at] == '\\' ? 2 : 1;
        if (!space)
            inner.to = at + length;
    }
    return inner;
}

void json_string_tell(ivn_prose *p, const struct json_string *s, bool upper) {
    const bool ascii = s->escaped_wide && !s->wide;
    const struct json_string inner = trim(p->source, s);
    uint32_t code_point;
    if (!is_prose(p, &inner))
        return;
    for (size_t i = inner.from, length; i < inner.to; i += length) {
        const char *at = p->source + i, *escape = memchr(at, '\\', inner.to - i);
        p->style = ascii ? upper ? STYLE_UPPER : STYLE_LOWER : STYLE_PLAIN;
        if (escape != at) {
            length = escape ? (size_t)(escape - at) : inner.to - i;
            prose_add_text(p, i, length);
            continue;
        }
        length = json_escape_decode(at, inner.to - i, &code_point);
        const enum style style = style_of(at, length, upper);
        p->style = (uint8_t)(ascii && style == STYLE_PLAIN ? p->style : style);
        if (is_text(code_point))
            prose_add_character(p, i, length, code_point);
        else
            prose_add_opaque(p, PROSE_OBJECT, i, length);
    }
    p->style = STYLE_PLAIN;
    prose_end_block(p);
}

bool json_string_write(uint8_t style, const char *text, size_t n, struct buffer *out) {
    static const char short_for[] = "\bb\ff\nn\rr\tt\"\"\\\\";
    bool ok = true;
    for (size_t i = 0, length; i < n && ok; i += length) {
        const uint32_t c = utf8_get((const unsigned char *)text + i, &length);
        const char *escape = NULL;
        for (size_t k = 0; k + 1 < sizeof short_for && length == 1 && !escape; k += 2)
            escape = short_for[k] == text[i] ? &short_for[k + 1] : NULL;
        if (escape)
            ok = buffer_append(out, "\\", 1) && buffer_append(out, escape, 1);
        else if (c < ' ' || (c >= 0x80 && style != STYLE_PLAIN))
            ok = json_escape_encode(c, style == STYLE_UPPER, out);
        else
            ok = buffer_append(out, text + i, length);
    }
    return ok;
}
