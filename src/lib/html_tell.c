/* SPDX-License-Identifier: Apache-2.0 */
/* From the items of a document to its prose. */
#include <string.h>

#include "html_private.h"

enum {
    NONE = UINT32_MAX,
    NOTE_BARE = 253,
    SPACES = 8 /* stretches of white space that a gap remembers */
};

/* What stands between the last piece of a line and the next. */
struct gap {
    struct span spaces[SPACES]; /* white space between tags, told if the line goes on */
    size_t space_count;
    uint32_t open; /* the first tag that opens something; NONE: there is none */
    bool line;     /* a line end */
    bool fresh;    /* nothing stands in the line yet */
};

struct teller {
    ivn_prose *prose;
    const struct html_tree *tree;
    size_t base; /* where in the source the tree's copy begins */
    size_t last; /* up to there all is told: whatever gumbo says, nothing is told twice */
    size_t seen; /* up to there all markup is known */
    struct gap gap;
    struct gap outside; /* of the aside */
};

static const struct gap no_gap = {.open = NONE, .fresh = true};

static void end_block(struct teller *t) {
    prose_end_block(t->prose);
    if (!t->prose->in_aside)
        t->gap = no_gap;
}

static void end_line(struct teller *t) {
    prose_end_line(t->prose);
    t->gap = no_gap;
}

/* Tags that gumbo ignored are nowhere in its tree; but where one that divides texts stands, new
 * text would be divided. */
static void see(struct teller *t, size_t to) {
    const char *copy = t->tree->copy - t->base;
    for (size_t at = t->seen, name, name_end; at < to;) {
        const char *open = memchr(copy + at, '<', to - at);
        if (!open)
            break;
        at = (size_t)(open - copy);
        const size_t end = html_tag_end(copy, at, to);
        if (html_tag_name(copy, at, end, &name, &name_end)) {
            const enum html_class class = html_tag_class(copy + name, name_end - name);
            if (class == HTML_BLOCK || class == HTML_QUIET)
                end_block(t);
        }
        at = end > at ? end : at + 1;
    }
    if (to > t->seen)
        t->seen = to;
}

/* What is opened right before `at` belongs to the piece there. */
static void tell_lead(struct teller *t, size_t at) {
    if (t->gap.open == NONE || t->gap.open >= at)
        return;
    prose_lead(t->prose, at - t->gap.open);
    t->gap.open = NONE;
}

/* Tells what stands before a piece of the line at `at`. false: it is out of place, and left alone.
 */
static bool begin(struct teller *t, size_t at) {
    if (at < t->last)
        return false;
    see(t, at);
    const struct gap g = t->gap;
    if (g.line && !g.fresh)
        prose_end_line(t->prose);
    for (size_t i = 0; i < g.space_count && !g.line && !g.fresh; i++) {
        tell_lead(t, g.spaces[i].offset);
        prose_add_text(t->prose, g.spaces[i].offset, g.spaces[i].length);
    }
    tell_lead(t, at);
    t->gap = no_gap;
    t->gap.fresh = false;
    return true;
}

/* ---- text ---- */

static void take_space(struct teller *t, size_t from, size_t to, bool line) {
    t->gap.line |= line;
    if (t->gap.space_count == SPACES || from < t->last)
        return;
    t->gap.spaces[t->gap.space_count++] = (struct span){(uint32_t)from, (uint32_t)(to - from)};
    t->last = to;
}

static uint8_t style_of(const char *reference, size_t n) {
    if (n < 4 || reference[1] != '#')
        return HTML_IN_TEXT;
    if ((reference[2] | 0x20) != 'x')
        return HTML_DECIMAL;
    for (size_t i = 3; i < n; i++)
        if (reference[i] >= 'a' && reference[i] <= 'f')
            return HTML_HEX | HTML_SMALL_HEX;
    return HTML_HEX;
}

void html_tell_reference(ivn_prose *p, size_t at, size_t n, uint32_t code_point) {
    const uint8_t style = p->style;
    p->style = style | style_of(p->source + at, n);
    if (code_point)
        prose_add_character(p, at, n, code_point);
    else
        prose_add_opaque(p, PROSE_OBJECT, at, n);
    p->style = style;
}

void html_note_bare(ivn_prose *p, size_t at) {
    if (p->source[at] == '&' || p->source[at] == '<')
        prose_note(p, NOTE_BARE, at);
}

static void take_piece(struct teller *t, const struct html_scan *s) {
    const size_t n = s->at - s->from;
    if (s->kind == HTML_SPACE || s->kind == HTML_LINE_END)
        take_space(t, s->from, s->at, s->kind == HTML_LINE_END);
    else if (s->kind != HTML_MARKUP && begin(t, s->from)) {
        if (s->kind == HTML_CHARS)
            html_note_bare(t->prose, s->from);
        if (s->kind == HTML_REFERENCE)
            html_tell_reference(t->prose, s->from, n, s->code_point);
        else
            prose_add_text(t->prose, s->from, n);
        t->last = t->seen = s->at;
    }
}

/* Text in a line that is left alone stands for a word. */
static void take_left(struct teller *t, struct html_scan s) {
    size_t from = NONE, to = 0;
    while (html_scan_next(&s)) {
        if (s.kind == HTML_SPACE || s.kind == HTML_LINE_END || s.kind == HTML_MARKUP)
            continue;
        from = from == NONE ? s.from : from;
        to = s.at;
    }
    if (from == NONE || !begin(t, from))
        return;
    prose_add_opaque(t->prose, PROSE_WORD, from, to - from);
    t->last = t->seen = to;
}

static void take_text(struct teller *t, const struct html_item *item) {
    struct html_scan s = {.source = t->prose->source,
                          .at = item->at,
                          .end = item->end,
                          .text = item->node->v.text.text};
    if (!html_scan_agrees(s))
        return;
    if (item->leave) {
        take_left(t, s);
        return;
    }
    while (html_scan_next(&s))
        take_piece(t, &s);
}

/* ---- elements ---- */

static void begin_aside(struct teller *t) {
    if (t->prose->in_aside)
        return;
    t->outside = t->gap;
    t->gap = no_gap;
    prose_begin_aside(t->prose);
}

static void end_aside(struct teller *t) {
    if (!t->prose->in_aside)
        return;
    prose_end_aside(t->prose);
    t->gap = t->outside;
}

static void tell_attributes(struct teller *t, const struct html_item *item) {
    ivn_prose *p = t->prose;
    size_t name, name_end;
    if (item->leave || p->in_aside || item->at < t->last ||
        !html_tag_name(p->source, item->at, item->tag_end, &name, &name_end))
        return;
    html_tell_attributes(p, &item->node->v.element.attributes, p->source + name, name_end - name,
                         item->at, item->tag_end, t->tree->copy, t->base);
}

/* An element that is told as a whole: from the end of its tag on, so that the tag's attributes
 * stand before it, as what opens it. */
static void tell_whole(struct teller *t, const struct html_item *item) {
    if (!item->tag_end)
        return;
    if (t->gap.open == NONE)
        t->gap.open = item->at;
    if (item->at < t->last || !begin(t, item->tag_end - 1))
        return;
    prose_add_opaque(t->prose, item->class == HTML_WORD ? PROSE_WORD : PROSE_OBJECT,
                     item->tag_end - 1, item->end - item->tag_end + 1);
    t->last = t->seen = item->end;
}

static void take_start(struct teller *t, const struct html_item *item) {
    if (item->class == HTML_BLOCK || item->class == HTML_QUIET)
        end_block(t);
    if (item->tag_end)
        tell_attributes(t, item);
    if (item->class == HTML_INLINE && item->tag_end && t->gap.open == NONE)
        t->gap.open = item->at;
    else if (item->class == HTML_LINE && !t->prose->in_aside)
        end_line(t);
    else if (item->class == HTML_ASIDE)
        begin_aside(t);
    else if (item->class == HTML_WORD || item->class == HTML_OBJECT)
        tell_whole(t, item);
}

static void take_end(struct teller *t, const struct html_item *item) {
    if (item->class == HTML_BLOCK || item->class == HTML_QUIET)
        end_block(t);
    else if (item->class == HTML_INLINE)
        t->gap.open = NONE;
    else if (item->class == HTML_ASIDE)
        end_aside(t);
}

/* What a reader of XML or PHP puts there is not known: within a line it stands for a word. */
static void take_foreign(struct teller *t, const struct html_item *item) {
    if (t->gap.fresh || !begin(t, item->at))
        return;
    prose_add_opaque(t->prose, PROSE_WORD, item->at, item->end - item->at);
    t->last = t->seen = item->end;
}

/* Comments that the source does not have are what gumbo did not see. */
static void take_comment(struct teller *t, const struct html_item *item) {
    const char *source = t->prose->source + item->at;
    const size_t n = item->end - item->at;
    size_t name, name_end;
    if (n >= 7 && memcmp(source, "<!--", 4) == 0 && memcmp(source + n - 3, "-->", 3) == 0)
        prose_comment(t->prose, item->at + 4, n - 7);
    else if (source[1] == '?' || (n >= 9 && memcmp(source, "<![CDATA[", 9) == 0))
        take_foreign(t, item);
    else if (html_tag_name(source, 0, n, &name, &name_end) &&
             html_tag_class(source + name, name_end - name) != HTML_INLINE)
        end_block(t);
}

static void take_item(struct teller *t, const struct html_item *item) {
    const size_t known = item->kind == HTML_START ? item->tag_end : item->end;
    if (item->kind == HTML_TEXT) {
        take_text(t, item);
        return;
    }
    if (item->at >= t->last)
        see(t, item->at);
    if (known > t->seen)
        t->seen = known;
    if (item->kind == HTML_START)
        take_start(t, item);
    else if (item->kind == HTML_END)
        take_end(t, item);
    else
        take_comment(t, item);
}

void html_tell(ivn_prose *p, const struct html_tree *tree, size_t base) {
    struct teller t = {
        .prose = p, .tree = tree, .base = base, .last = base, .seen = base, .gap = no_gap};
    const uint8_t style = p->style;
    p->style = HTML_STYLE | HTML_IN_TEXT;
    for (size_t i = 0; i < tree->count && !p->failed; i++)
        take_item(&t, &tree->items[i]);
    end_aside(&t);
    p->style = style;
}
