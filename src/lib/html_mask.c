/* SPDX-License-Identifier: Apache-2.0 */
/* What gumbo must not see. It takes time and memory that grow with the square of the depth, of the
 * formatting that is open and of a tag's attributes; it does not know XML's empty elements and
 * marked sections, nor PHP. All that becomes comments; their text is seen as before. */
#include <string.h>
#include <strings.h>

#include "html_private.h"

/* Browsers themselves stop at a depth of 512. */
enum { MAX_DEPTH = 256, MAX_FORMATTING = 8, MAX_ATTRIBUTES = 256 };

struct mask {
    const char *source;
    size_t n;
    char *copy;
    bool xml;
    unsigned depth;      /* elements that are open, or were never closed */
    unsigned formatting; /* those of them that gumbo opens again in each paragraph */
};

static void blank(struct mask *m, size_t from, size_t to) {
    if (to - from < 3)
        return;
    memset(m->copy + from, ' ', to - from);
    m->copy[from] = '<';
    m->copy[from + 1] = '!';
    m->copy[to - 1] = '>';
}

static bool is_one_of(GumboTag tag, const GumboTag *tags, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (tags[i] == tag)
            return true;
    return false;
}

static bool is_formatting(GumboTag tag) {
    static const GumboTag tags[] = {GUMBO_TAG_B,  GUMBO_TAG_BIG,    GUMBO_TAG_CODE,
                                    GUMBO_TAG_EM, GUMBO_TAG_FONT,   GUMBO_TAG_I,
                                    GUMBO_TAG_S,  GUMBO_TAG_SMALL,  GUMBO_TAG_U,
                                    GUMBO_TAG_TT, GUMBO_TAG_STRIKE, GUMBO_TAG_STRONG};
    return is_one_of(tag, tags, sizeof tags / sizeof *tags);
}

/* Those that the next one of their kind closes: their number tells nothing of the depth. */
static bool closes_itself(GumboTag tag) {
    static const GumboTag tags[] = {
        GUMBO_TAG_P,      GUMBO_TAG_LI,      GUMBO_TAG_DT,    GUMBO_TAG_DD,    GUMBO_TAG_TR,
        GUMBO_TAG_TD,     GUMBO_TAG_TH,      GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT,
        GUMBO_TAG_A,      GUMBO_TAG_NOBR,    GUMBO_TAG_HTML,  GUMBO_TAG_HEAD,  GUMBO_TAG_BODY,
        GUMBO_TAG_OPTION, GUMBO_TAG_COLGROUP};
    return is_one_of(tag, tags, sizeof tags / sizeof *tags);
}

static bool is_raw(GumboTag tag) {
    static const GumboTag tags[] = {GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE, GUMBO_TAG_TEXTAREA,
                                    GUMBO_TAG_TITLE,    GUMBO_TAG_XMP,   GUMBO_TAG_NOEMBED,
                                    GUMBO_TAG_NOFRAMES, GUMBO_TAG_IFRAME};
    return is_one_of(tag, tags, sizeof tags / sizeof *tags);
}

/* Where the end tag of a raw text stands. */
static size_t raw_end(const struct mask *m, size_t at, const char *name, size_t n) {
    for (const char *s = m->source + at; (s = memchr(s, '<', m->n - (size_t)(s - m->source)));
         s++) {
        const size_t here = (size_t)(s - m->source);
        if (m->n - here > n + 2 && s[1] == '/' && strncasecmp(s + 2, name, n) == 0)
            return here;
    }
    return m->n;
}

/* At most how many attributes a tag has: each but the first has one of these before or in it. */
static size_t count_attributes(const char *tag, size_t n) {
    size_t count = 0;
    char quote = '\0';
    for (size_t i = 0; i < n; i++) {
        if (quote)
            quote = tag[i] == quote ? '\0' : quote;
        else if (tag[i] == '"' || tag[i] == '\'')
            quote = tag[i];
        else
            count += tag[i] == '=' || tag[i] == '/' || (unsigned char)tag[i] <= ' ';
    }
    return count;
}

/* Whether the depth is too large for what the tag opens, or was for what it closes. */
static bool is_too_deep(struct mask *m, GumboTag tag, bool closing) {
    if (tag == GUMBO_TAG_UNKNOWN || !closes_itself(tag)) {
        unsigned *depth = is_formatting(tag) ? &m->formatting : &m->depth;
        const unsigned most = is_formatting(tag) ? MAX_FORMATTING : MAX_DEPTH;
        if (!closing)
            return ++*depth > most;
        const bool deep = *depth > most;
        *depth -= *depth > 0;
        return deep;
    }
    return false;
}

/* Returns where to go on. */
static size_t take_tag(struct mask *m, size_t at, size_t end) {
    size_t from, to;
    if (!html_tag_name(m->source, at, end, &from, &to))
        return end;
    const char *name = m->source + from;
    const bool closing = m->source[at + 1] == '/';
    const GumboTag tag = gumbo_tagn_enum(name, (unsigned)(to - from));
    const bool is_void = html_tag_is_void(name, to - from);
    const bool empty = m->xml && !closing && !is_void && m->source[end - 2] == '/';
    const bool overloaded = count_attributes(m->source + to, end - to) > MAX_ATTRIBUTES;
    if (m->source[end - 1] != '>')
        return end;
    if (empty || overloaded || (!is_void && is_too_deep(m, tag, closing)))
        blank(m, at, end);
    else if (!closing && tag == GUMBO_TAG_PLAINTEXT)
        return m->n;
    else if (!closing && is_raw(tag))
        return raw_end(m, end, name, to - from);
    return end;
}

static bool begins(const struct mask *m, size_t at, const char *with) {
    const size_t n = strlen(with);
    return m->n - at >= n && strncasecmp(m->source + at, with, n) == 0;
}

/* Where a stretch that HTML does not know ends; `at` if none begins there. */
static size_t foreign_end(const struct mask *m, size_t at) {
    const char *mark =
        m->xml && begins(m, at, "<![CDATA[")                                                ? "]]>"
        : (m->xml && begins(m, at, "<?")) || begins(m, at, "<?php") || begins(m, at, "<?=") ? "?>"
                                                                                            : NULL;
    if (!mark)
        return at;
    const char *found = memmem(m->source + at, m->n - at, mark, strlen(mark));
    return found ? (size_t)(found - m->source) + strlen(mark) : m->n;
}

/* XHTML says so in the first kilobyte. */
static bool is_xml(const char *source, size_t n) {
    enum { HEAD = 1024 };
    const size_t head = n < HEAD ? n : HEAD;
    return memmem(source, head, "<?xml", 5) || memmem(source, head, "DTD XHTML", 9) ||
           memmem(source, head, "http://www.w3.org/1999/xhtml", 28);
}

void html_mask(const char *source, size_t n, char *copy) {
    struct mask m = {.source = source, .n = n, .copy = copy, .xml = is_xml(source, n)};
    memcpy(copy, source, n);
    for (size_t at = 0; at < n;) {
        const char *open = memchr(source + at, '<', n - at);
        if (!open)
            return;
        at = (size_t)(open - source);
        const size_t foreign = foreign_end(&m, at);
        if (foreign > at) {
            blank(&m, at, foreign);
            at = foreign;
            continue;
        }
        const size_t end = html_tag_end(source, at, n);
        at = end > at ? take_tag(&m, at, end) : at + 1;
    }
}
