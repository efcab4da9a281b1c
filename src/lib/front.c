/* SPDX-License-Identifier: Apache-2.0 */
#include "front.h"

#include <string.h>
#include <strings.h>

#include "entity.h"
#include "utf8.h"

/* ---- keys ---- */

bool front_keeps(const char *key, size_t n) {
    /* A star stands for anything. */
    static const char *const kept[] = {
        "slug",  "url",   "permalink", "path",    "layout", "type",      "template",  "id",
        "key",   "image", "cover",     "file",    "src",    "thumbnail", "href",      "link",
        "lang",  "ref",   "language",  "aliases", "locale", "uid",       "draft",     "weight",
        "class", "css",   "js",        "icon",    "email",  "date*",     "redirect_*"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const size_t length = strlen(kept[i]) - (strchr(kept[i], '*') != NULL);
        if ((n == length || (n > length && kept[i][length] == '*')) &&
            strncasecmp(kept[i], key, length) == 0)
            return true;
    }
    return false;
}

/* ---- values ---- */

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static uint32_t read_hex(const char *s, size_t n) {
    uint32_t value = 0;
    for (size_t i = 0; i < n; i++) {
        const char *digits = "0123456789abcdef";
        const char *digit = s[i] ? strchr(digits, s[i] | 0x20) : NULL;
        if (!digit)
            return 0;
        value = value << 4 | (uint32_t)(digit - digits);
    }
    return value;
}

/* The character that an escape of n bytes stands for; 0: none that is text. */
static uint32_t unescape(const char *escape, size_t n) {
    if (n == 2)
        return strchr("\"\\/", escape[1]) ? (unsigned char)escape[1] : 0;
    const uint32_t value = read_hex(escape + 2, n - 2);
    return value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF) || entity_is_hidden(value)
               ? 0
               : value;
}

/* The length of the escape at the n > 0 bytes of `s`; 0: there is none. */
static size_t escape_length(const char *s, size_t n, enum front_style style) {
    static const struct {
        char letter;
        uint8_t length;
    } longer[] = {{'x', 4}, {'u', 6}, {'U', 10}};
    if (style == FRONT_SINGLE && n > 1 && s[0] == '\'' && s[1] == '\'')
        return 2;
    if (style != FRONT_DOUBLE || n < 2 || s[0] != '\\')
        return 0;
    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
        if (s[1] == longer[i].letter && n >= longer[i].length)
            return longer[i].length;
    return 2;
}

static bool is_han(uint32_t c) {
    return c == 0x3007 || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x3FFFF);
}

static bool has_han(const char *s, size_t n, enum front_style style) {
    for (size_t i = 0, length; i < n; i += length) {
        uint32_t c = 0;
        length = escape_length(s + i, n - i, style);
        if (length)
            c = unescape(s + i, length);
        else
            length = utf8_decode((const unsigned char *)s + i, n - i, &c);
        if (is_han(c))
            return true;
        length += length == 0;
    }
    return false;
}

/* Whether a value is the name of a file: its ending says so. */
static bool has_ending(const char *s, size_t n) {
    static const char endings[] = " png jpg jpeg gif svg webp avif ico bmp pdf epub doc docx xls "
                                  "xlsx ppt pptx odt zip gz 7z rar md markdown mdx html htm txt "
                                  "csv json yml yaml toml xml mp3 mp4 m4a ogg wav webm mov ";
    const char *dot = memrchr(s, '.', n);
    const size_t length = dot ? n - (size_t)(dot - s) - 1 : 0;
    char word[12] = " ";
    if (length == 0 || length > sizeof word - 3)
        return false;
    for (size_t i = 1; i <= length; i++)
        word[i] = dot[i] >= 'A' && dot[i] <= 'Z' ? (char)(dot[i] | 0x20) : dot[i];
    word[length + 1] = ' ';
    return memmem(endings, sizeof endings - 1, word, length + 2) != NULL;
}

/* Whether a value is a path or an address, and no words. */
static bool is_path(const char *s, size_t n) {
    enum { LONGEST = 4096 };
    if (n == 0 || n > LONGEST)
        return false;
    for (size_t i = 0; i < n; i++)
        if (is_blank(s[i]) || s[i] == '\n' || s[i] == '\r')
            return false;
    if (memmem(s, n, "\xEF\xBC\x8C", 3) || memmem(s, n, "\xE3\x80\x82", 3)) /* ， 。 */
        return false;
    return (s[0] == '/' && n > 1) || (n > 2 && memcmp(s, "./", 2) == 0) ||
           (n > 3 && memcmp(s, "../", 3) == 0) || (n > 2 && memcmp(s, "~/", 2) == 0) ||
           memmem(s, n, "://", 3) || has_ending(s, n);
}

/* Tells a stretch of one line. */
static void tell_stretch(ivn_prose *p, size_t from, size_t to, enum front_style style) {
    const char *s = p->source;
    size_t start = from;
    for (size_t at = from, length; at < to; at += length) {
        length = escape_length(s + at, to - at, style);
        if (length == 0) {
            length = 1;
            continue;
        }
        if (at > start)
            prose_add_text(p, start, at - start);
        start = at + length;
        const uint32_t c = style == FRONT_SINGLE ? '\'' : unescape(s + at, length);
        if (c)
            prose_add_character(p, at, length, c);
        else if (s[at + 1] == 'n' && p->line_ends == 0)
            prose_end_line(p);
        else if (s[at + 1] == 'n')
            prose_end_block(p);
        else
            prose_add_opaque(p, PROSE_OBJECT, at, length);
    }
    if (to > start)
        prose_add_text(p, start, to - start);
}

static bool is_line_end(const char *s, size_t n) {
    return n && (*s == '\n' || *s == '\r');
}

static size_t count_back(const char *s, size_t from, size_t to, char c) {
    size_t run = 0;
    while (to - run > from && s[to - run - 1] == c)
        run++;
    return run;
}

/* Tells the lines; the blanks at their ends are folded, or they are indentation. */
static void tell_lines(ivn_prose *p, size_t from, size_t to, enum front_style style) {
    const char *s = p->source;
    for (size_t at = from, next; at < to; at = next) {
        size_t start = at, end = at;
        while (end < to && !is_line_end(s + end, to - end))
            end++;
        next = end + (end < to);
        if (next < to && s[end] == '\r' && s[next] == '\n')
            next++;
        const bool joined =
            style == FRONT_DOUBLE && end < to && count_back(s, start, end, '\\') % 2 == 1;
        const bool folded = end < to && !joined;
        end -= joined;
        while (at > from && start < end && is_blank(s[start]))
            start++;
        while (folded && end > start && is_blank(s[end - 1]) &&
               (end - start < 2 || s[end - 2] != '\\'))
            end--;
        if (start < end)
            tell_stretch(p, start, end, style);
        else
            prose_end_block(p);
        if (!joined && next < to)
            prose_end_line(p);
    }
}

void front_tell(ivn_prose *p, size_t from, size_t to, enum front_style style) {
    const char *s = p->source;
    if (to <= from || !has_han(s + from, to - from, style) || is_path(s + from, to - from))
        return;
    prose_end_block(p);
    p->style = (uint8_t)style;
    tell_lines(p, from, to, style);
    p->style = 0;
    prose_end_block(p);
}
