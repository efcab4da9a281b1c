/* SPDX-License-Identifier: Apache-2.0 */
/* Tags: their names, their ends, and what they are to a text. */
#include <string.h>
#include <strings.h>

#include "html_private.h"

/* What is not here is a block if gumbo knows it, else inline. */
static const uint8_t classes[GUMBO_TAG_LAST] = {
    [GUMBO_TAG_SCRIPT] = HTML_QUIET,    [GUMBO_TAG_STYLE] = HTML_QUIET,
    [GUMBO_TAG_PRE] = HTML_QUIET,       [GUMBO_TAG_LISTING] = HTML_QUIET,
    [GUMBO_TAG_XMP] = HTML_QUIET,       [GUMBO_TAG_PLAINTEXT] = HTML_QUIET,
    [GUMBO_TAG_NOEMBED] = HTML_QUIET,   [GUMBO_TAG_NOFRAMES] = HTML_QUIET,
    [GUMBO_TAG_A] = HTML_INLINE,        [GUMBO_TAG_EM] = HTML_INLINE,
    [GUMBO_TAG_STRONG] = HTML_INLINE,   [GUMBO_TAG_SMALL] = HTML_INLINE,
    [GUMBO_TAG_S] = HTML_INLINE,        [GUMBO_TAG_CITE] = HTML_INLINE,
    [GUMBO_TAG_Q] = HTML_INLINE,        [GUMBO_TAG_DFN] = HTML_INLINE,
    [GUMBO_TAG_ABBR] = HTML_INLINE,     [GUMBO_TAG_DATA] = HTML_INLINE,
    [GUMBO_TAG_TIME] = HTML_INLINE,     [GUMBO_TAG_SUB] = HTML_INLINE,
    [GUMBO_TAG_SUP] = HTML_INLINE,      [GUMBO_TAG_I] = HTML_INLINE,
    [GUMBO_TAG_B] = HTML_INLINE,        [GUMBO_TAG_U] = HTML_INLINE,
    [GUMBO_TAG_MARK] = HTML_INLINE,     [GUMBO_TAG_RUBY] = HTML_INLINE,
    [GUMBO_TAG_RB] = HTML_INLINE,       [GUMBO_TAG_BDI] = HTML_INLINE,
    [GUMBO_TAG_BDO] = HTML_INLINE,      [GUMBO_TAG_SPAN] = HTML_INLINE,
    [GUMBO_TAG_INS] = HTML_INLINE,      [GUMBO_TAG_DEL] = HTML_INLINE,
    [GUMBO_TAG_LABEL] = HTML_INLINE,    [GUMBO_TAG_OUTPUT] = HTML_INLINE,
    [GUMBO_TAG_ACRONYM] = HTML_INLINE,  [GUMBO_TAG_STRIKE] = HTML_INLINE,
    [GUMBO_TAG_BIG] = HTML_INLINE,      [GUMBO_TAG_BLINK] = HTML_INLINE,
    [GUMBO_TAG_FONT] = HTML_INLINE,     [GUMBO_TAG_NOBR] = HTML_INLINE,
    [GUMBO_TAG_MAP] = HTML_INLINE,      [GUMBO_TAG_UNKNOWN] = HTML_INLINE,
    [GUMBO_TAG_WBR] = HTML_NOTHING,     [GUMBO_TAG_AREA] = HTML_NOTHING,
    [GUMBO_TAG_META] = HTML_NOTHING,    [GUMBO_TAG_LINK] = HTML_NOTHING,
    [GUMBO_TAG_BASE] = HTML_NOTHING,    [GUMBO_TAG_SOURCE] = HTML_NOTHING,
    [GUMBO_TAG_TRACK] = HTML_NOTHING,   [GUMBO_TAG_PARAM] = HTML_NOTHING,
    [GUMBO_TAG_BR] = HTML_LINE,         [GUMBO_TAG_CODE] = HTML_WORD,
    [GUMBO_TAG_KBD] = HTML_WORD,        [GUMBO_TAG_SAMP] = HTML_WORD,
    [GUMBO_TAG_VAR] = HTML_WORD,        [GUMBO_TAG_TT] = HTML_WORD,
    [GUMBO_TAG_IMG] = HTML_OBJECT,      [GUMBO_TAG_IMAGE] = HTML_OBJECT,
    [GUMBO_TAG_INPUT] = HTML_OBJECT,    [GUMBO_TAG_TEXTAREA] = HTML_OBJECT,
    [GUMBO_TAG_IFRAME] = HTML_OBJECT,   [GUMBO_TAG_OBJECT] = HTML_OBJECT,
    [GUMBO_TAG_EMBED] = HTML_OBJECT,    [GUMBO_TAG_APPLET] = HTML_OBJECT,
    [GUMBO_TAG_VIDEO] = HTML_OBJECT,    [GUMBO_TAG_AUDIO] = HTML_OBJECT,
    [GUMBO_TAG_CANVAS] = HTML_OBJECT,   [GUMBO_TAG_SVG] = HTML_OBJECT,
    [GUMBO_TAG_MATH] = HTML_OBJECT,     [GUMBO_TAG_METER] = HTML_OBJECT,
    [GUMBO_TAG_PROGRESS] = HTML_OBJECT, [GUMBO_TAG_RT] = HTML_ASIDE,
    [GUMBO_TAG_RTC] = HTML_ASIDE,       [GUMBO_TAG_RP] = HTML_NOTHING,
};

static bool is_one_of(const char *const *names, const char *name, size_t n) {
    for (; *names; names++)
        if (strlen(*names) == n && strncasecmp(*names, name, n) == 0)
            return true;
    return false;
}

enum html_class html_tag_class(const char *name, size_t n) {
    static const char *const younger_blocks[] = {"dialog", "search", NULL}; /* than gumbo */
    const GumboTag tag = gumbo_tagn_enum(name, (unsigned)n);
    if (tag == GUMBO_TAG_UNKNOWN && is_one_of(younger_blocks, name, n))
        return HTML_BLOCK;
    return tag < GUMBO_TAG_LAST ? (enum html_class)classes[tag] : HTML_INLINE;
}

bool html_tag_is_void(const char *name, size_t n) {
    static const char *const voids[] = {
        "area",  "base",   "basefont", "bgsound", "br",     "col",     "embed",    "frame",
        "hr",    "image",  "img",      "input",   "keygen", "link",    "menuitem", "meta",
        "param", "source", "track",    "wbr",     "nextid", "isindex", "spacer",   NULL};
    return is_one_of(voids, name, n);
}

static bool is_letter(char c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool ends_name(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '/' || c == '>';
}

bool html_tag_name(const char *text, size_t at, size_t end, size_t *from, size_t *to) {
    if (at >= end || text[at] != '<')
        return false;
    *from = at + 1 + (end - at > 1 && text[at + 1] == '/');
    if (*from >= end || !is_letter(text[*from]))
        return false;
    for (*to = *from; *to < end && !ends_name(text[*to]);)
        ++*to;
    return true;
}

static size_t behind(const char *text, size_t at, size_t end, const char *mark) {
    const size_t n = strlen(mark);
    const char *found = at < end ? memmem(text + at, end - at, mark, n) : NULL;
    return found ? (size_t)(found - text) + n : end;
}

/* A comment also ends where a browser lets it: <!-->, <!--->, --!>. */
static size_t comment_end(const char *text, size_t at, size_t end) {
    size_t i = at + 4;
    if (i < end && text[i] == '>')
        return i + 1;
    if (end - at > 5 && text[i] == '-' && text[i + 1] == '>')
        return i + 2;
    for (; (i = behind(text, i, end, "--")) < end; i--)
        if (text[i] == '>' || (text[i] == '!' && i + 1 < end && text[i + 1] == '>'))
            return i + 1 + (text[i] == '!');
    return end;
}

static size_t element_tag_end(const char *text, size_t at, size_t end) {
    while (at < end && !ends_name(text[at]))
        at++;
    for (bool value = false; at < end; at++) {
        const char c = text[at];
        if (c == '>')
            return at + 1;
        if (value && (c == '"' || c == '\'')) {
            const char *close = memchr(text + at + 1, c, end - at - 1);
            if (!close)
                return end;
            at = (size_t)(close - text);
        }
        /* a quote is one at the beginning of a value only */
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')
            value = c == '=';
    }
    return end;
}

size_t html_tag_end(const char *text, size_t at, size_t end) {
    const size_t n = end - at;
    if (n < 2)
        return at;
    const char next = text[at + 1];
    if (n >= 4 && memcmp(text + at, "<!--", 4) == 0)
        return comment_end(text, at, end);
    if (next == '!' || next == '?')
        return behind(text, at, end, ">");
    if (is_letter(next))
        return element_tag_end(text, at + 1, end);
    if (next != '/' || n < 3)
        return at;
    return is_letter(text[at + 2]) ? element_tag_end(text, at + 2, end)
                                   : behind(text, at, end, ">");
}
