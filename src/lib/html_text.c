/* SPDX-License-Identifier: Apache-2.0 */
/* The text of an element, or the value of an attribute, piece by piece of its source, each compared
 * with what gumbo made of it. gumbo's places include tags that it ignored, and are wrong at times.
 */
#include <string.h>

#include "entity.h"
#include "html_private.h"
#include "utf8.h"

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD, for what is no character */

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* The length of the replacement character at `text`, or 0. */
static size_t replaced(const char *text) {
    return strncmp(text, replacement, 3) == 0 ? 3 : 0;
}

/* The length of what is no character at s->at, as gumbo sees it: bytes that are not UTF-8, and
 * controls; 0 if there is one. */
static size_t bad_length(const struct html_scan *s) {
    uint32_t cp;
    const size_t n = utf8_decode((const unsigned char *)s->source + s->at, s->end - s->at, &cp);
    if (n == 0)
        return 1;
    const bool control = cp < 0x09 || cp == 0x0B || (cp >= 0x0E && cp < 0x20) ||
                         (cp >= 0x7F && cp < 0xA0) || (cp >= 0xFDD0 && cp <= 0xFDEF) ||
                         (cp & 0xFFFE) == 0xFFFE;
    return control ? n : 0;
}

/* U+00A0, which is put where white space is to stay, is no more touched than &nbsp; is. */
static bool is_fixed_space(const struct html_scan *s) {
    return s->end - s->at >= 2 && memcmp(s->source + s->at, "\xC2\xA0", 2) == 0;
}

static bool take_fixed_space(struct html_scan *s) {
    s->kind = HTML_REFERENCE;
    s->code_point = 0;
    if (strncmp(s->text, "\xC2\xA0", 2) != 0)
        return false;
    s->at += 2;
    s->text += 2;
    return true;
}

/* White space, of which gumbo may have dropped some. */
static bool take_space(struct html_scan *s) {
    s->kind = HTML_SPACE;
    for (; s->at < s->end && is_space(s->source[s->at]); s->at++) {
        const char c = s->source[s->at];
        const bool pair = c == '\r' && s->at + 1 < s->end && s->source[s->at + 1] == '\n';
        if (c == '\n' || c == '\r')
            s->kind = HTML_LINE_END;
        if (!pair && *s->text == (c == '\r' ? '\n' : c))
            s->text++;
    }
    return true;
}

/* The length of the character reference at s->at; 0: there is none. */
static size_t reference_length(const struct html_scan *s) {
    size_t i = s->at + 1;
    i += i < s->end && s->source[i] == '#';
    const size_t name = i;
    while (i < s->end && is_alnum(s->source[i]))
        i++;
    if (i == name)
        return 0;
    return i - s->at + (i < s->end && s->source[i] == ';');
}

/* Puts s->text behind the one character and the last bytes of a reference without a semicolon that
 * gumbo may have left as text: "&copy2024". */
static bool skip_decoded(struct html_scan *s, const char *reference, size_t n) {
    uint32_t cp;
    const size_t decoded = utf8_decode((const unsigned char *)s->text, strnlen(s->text, 4), &cp);
    if (decoded == 0)
        return false;
    s->text += decoded;
    if (reference[n - 1] == ';')
        return true;
    for (size_t rest = n - 2; rest > 0; rest--)
        if (strncmp(s->text, reference + n - rest, rest) == 0) {
            s->text += rest;
            break;
        }
    return true;
}

static bool take_known(struct html_scan *s, size_t n) {
    char decoded[4];
    const size_t length = utf8_encode(s->code_point, decoded);
    if (strncmp(s->text, decoded, length) != 0)
        return false;
    s->at += n;
    s->text += length;
    return true;
}

static bool take_reference(struct html_scan *s) {
    const char *reference = s->source + s->at;
    const size_t n = reference_length(s);
    s->kind = HTML_REFERENCE;
    s->code_point = n ? entity_decode(reference, n) : 0;
    if (s->code_point)
        return take_known(s, n);
    if (*s->text == '&' && (n == 0 || strncmp(s->text, reference, n) == 0)) {
        s->kind = HTML_CHARS; /* a character as any other */
        s->at++;
        s->text++;
        return true;
    }
    s->at += n;
    return n > 0 && skip_decoded(s, reference, n);
}

static bool take_markup(struct html_scan *s) {
    const size_t end = s->in_value ? s->at : html_tag_end(s->source, s->at, s->end);
    if (*s->text == '<') {
        s->kind = HTML_CHARS;
        s->at++;
        s->text++;
        return true;
    }
    s->kind = HTML_MARKUP;
    s->at = end;
    return end > s->from;
}

static bool take_bad(struct html_scan *s) {
    s->kind = HTML_MARKUP;
    s->at += bad_length(s);
    return true;
}

/* Characters up to the next that is something else. */
static bool take_characters(struct html_scan *s) {
    s->kind = HTML_CHARS;
    while (s->at < s->end) {
        const char c = s->source[s->at];
        if (is_space(c) || c == '&' || (c == '<' && !s->in_value) || !*s->text)
            break;
        if (bad_length(s) || is_fixed_space(s))
            break;
        const size_t n = utf8_length((unsigned char)c);
        if (strncmp(s->source + s->at, s->text, n) != 0)
            break;
        s->at += n;
        s->text += n;
    }
    return s->at > s->from;
}

bool html_scan_next(struct html_scan *s) {
    if (!*s->text || s->at >= s->end)
        return false;
    s->from = s->at;
    const char c = s->source[s->at];
    if (is_space(c))
        return take_space(s);
    if (c == '&')
        return take_reference(s);
    if (c == '<' && !s->in_value)
        return take_markup(s);
    if (is_fixed_space(s))
        return take_fixed_space(s);
    if (bad_length(s)) {
        s->text += replaced(s->text);
        return take_bad(s);
    }
    return take_characters(s);
}

bool html_scan_agrees(struct html_scan scan) {
    while (html_scan_next(&scan))
        continue;
    while (replaced(scan.text))
        scan.text += 3;
    return !*scan.text;
}
