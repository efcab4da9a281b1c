/* SPDX-License-Identifier: Apache-2.0 */
/* Values of attributes that are prose. */
#include <string.h>
#include <strings.h>

#include "entity.h"
#include "html_private.h"

struct attribute {
    const GumboVector *all;
    const char *element;
    size_t element_length;
};

static bool is_one_of(const char *const *names, const char *name, size_t n) {
    for (; *names; names++)
        if (strlen(*names) == n && strncasecmp(*names, name, n) == 0)
            return true;
    return false;
}

static bool is_in(const char *const *names, const char *name) {
    return is_one_of(names, name, strlen(name));
}

/* The value of another attribute of the element; "" if there is none. */
static const char *value_of(const GumboVector *all, const char *name) {
    const GumboAttribute *a = gumbo_get_attribute(all, name);
    return a ? a->value : "";
}

/* What a <meta> is about. */
static const char *subject(const GumboVector *all) {
    static const char *const names[] = {"name", "property", "itemprop"};
    const char *value = "";
    for (size_t i = 0; i < sizeof names / sizeof *names && !*value; i++)
        value = value_of(all, names[i]);
    return value;
}

static bool is_prose_meta(const GumboVector *all) {
    static const char *const subjects[] = {"description",
                                           "keywords",
                                           "author",
                                           "headline",
                                           "application-name",
                                           "apple-mobile-web-app-title",
                                           "og:title",
                                           "og:description",
                                           "og:site_name",
                                           "og:image:alt",
                                           "twitter:title",
                                           "twitter:description",
                                           "twitter:image:alt",
                                           NULL};
    return is_in(subjects, subject(all));
}

static bool is_prose(const struct attribute *of, const char *name) {
    static const char *const everywhere[] = {"title",
                                             "alt",
                                             "placeholder",
                                             "aria-label",
                                             "aria-description",
                                             "aria-roledescription",
                                             "aria-valuetext",
                                             "aria-placeholder",
                                             NULL};
    static const char *const labelled[] = {"option", "optgroup", "track", NULL};
    static const char *const unseen[] = {"link", "style", "script", NULL};
    static const char *const pressed[] = {"submit", "button", "reset", NULL};
    const char *element = of->element;
    const size_t n = of->element_length;
    if (is_in(everywhere, name))
        return !is_one_of(unseen, element, n);
    if (strcasecmp(name, "label") == 0)
        return is_one_of(labelled, element, n);
    if (strcasecmp(name, "summary") == 0)
        return n == 5 && strncasecmp(element, "table", n) == 0;
    if (strcasecmp(name, "content") == 0)
        return n == 4 && strncasecmp(element, "meta", n) == 0 && is_prose_meta(of->all);
    if (strcasecmp(name, "value") == 0)
        return n == 5 && strncasecmp(element, "input", n) == 0 &&
               is_in(pressed, value_of(of->all, "type"));
    return false;
}

/* A value without any Chinese is nothing to look at. */
static bool has_wide(const char *text) {
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return *text != '\0';
}

/* Where the value stands within the tag [from, to), without its quotes; false: elsewhere. */
static bool find_value(const struct html_scan *tag, const GumboAttribute *a, const char *copy,
                       size_t base, struct html_scan *value, uint8_t *place) {
    const GumboStringPiece *v = &a->original_value;
    if (!v->data || v->length == 0 || v->data < copy)
        return false;
    const size_t at = base + (size_t)(v->data - copy);
    if (at <= tag->at || at >= tag->end || v->length > tag->end - at)
        return false;
    const char *s = tag->source, quote = s[at], last = s[at + v->length - 1];
    const bool quoted = quote == '"' || quote == '\'';
    if (quoted && (v->length < 2 || last != quote))
        return false;
    *place = quote == '"' ? HTML_IN_DOUBLE : quote == '\'' ? HTML_IN_SINGLE : HTML_IN_BARE;
    *value = (struct html_scan){.source = s,
                                .at = at + quoted,
                                .end = at + v->length - quoted,
                                .text = a->value,
                                .in_value = true};
    return html_scan_agrees(*value);
}

static void tell_piece(ivn_prose *p, const struct html_scan *s) {
    const size_t n = s->at - s->from;
    if (s->kind == HTML_REFERENCE)
        html_tell_reference(p, s->from, n, s->code_point);
    else if (s->kind == HTML_LINE_END)
        prose_add_opaque(p, PROSE_OBJECT, s->from, n);
    else if (s->kind != HTML_MARKUP)
        prose_add_text(p, s->from, n);
    if (s->kind == HTML_CHARS)
        html_note_bare(p, s->from);
}

static void begin_value(ivn_prose *p, uint8_t place) {
    prose_begin_aside(p);
    p->style = HTML_STYLE | place;
}

/* Keywords are separated by commas, which are no marks of a sentence: tells those before the last
 * comma of a piece, and makes the piece what is behind it. */
static bool tell_keywords(ivn_prose *p, struct html_scan *s, uint8_t place) {
    bool any = false;
    for (const char *comma; (comma = memchr(s->source + s->from, ',', s->at - s->from));) {
        const size_t at = (size_t)(comma - s->source);
        if (at > s->from)
            prose_add_text(p, s->from, at - s->from);
        prose_end_aside(p);
        begin_value(p, place);
        s->from = at + 1;
        any = true;
    }
    return any;
}

static void tell_value(ivn_prose *p, struct html_scan s, uint8_t place, bool list) {
    bool fresh = true; /* white space at the edges is none of the text */
    begin_value(p, place);
    while (html_scan_next(&s)) {
        if (list && s.kind == HTML_CHARS)
            fresh |= tell_keywords(p, &s, place);
        const bool space = s.kind == HTML_SPACE || s.kind == HTML_LINE_END;
        if (s.from == s.at || (space && (fresh || s.at == s.end)))
            continue;
        tell_piece(p, &s);
        fresh = false;
    }
    prose_end_aside(p);
}

void html_tell_attributes(ivn_prose *p, const GumboVector *attributes, const char *name, size_t n,
                          size_t from, size_t to, const char *copy, size_t base) {
    const struct attribute of = {attributes, name, n};
    struct html_scan tag = {.source = p->source, .at = from, .end = to};
    for (unsigned i = 0; i < attributes->length && !p->failed; i++) {
        const GumboAttribute *a = attributes->data[i];
        struct html_scan value;
        uint8_t place;
        if (!has_wide(a->value) || !is_prose(&of, a->name) ||
            !find_value(&tag, a, copy, base, &value, &place))
            continue;
        const bool list =
            strcasecmp(a->name, "content") == 0 && strcasecmp(subject(attributes), "keywords") == 0;
        tag.at = value.end; /* nothing is told twice */
        tell_value(p, value, place, list);
    }
}
