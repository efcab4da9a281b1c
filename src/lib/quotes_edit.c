/* SPDX-License-Identifier: Apache-2.0 */
/* How the pairs of a line should look: the edits of quotes.h. */
#include <stdlib.h>
#include <string.h>

#include "neighbour.h"
#include "quotes.h"

struct pair_editor {
    const struct pair_list *list;
    const char *line;
    size_t n;
    const struct pair_style *style;
    struct edit_list *out;
    size_t done; /* end of the last edit */
};

static bool is_native(const struct pair_editor *e, const struct pair_mark *m, int level) {
    const char *glyph = e->style->quotes[(level - 1) * 2 + !m->opening];
    return strlen(glyph) == m->length && memcmp(glyph, e->line + m->offset, m->length) == 0;
}

/* Level 1 or 2 of a Chinese quote within the quotes around it. */
static int quote_level(const struct pair_editor *e, const int8_t *levels,
                       const struct pair_mark *m) {
    int around = m->outer >= 0 ? levels[m->outer] : 0;
    for (int level = 1; level <= 2; level++)
        if (is_native(e, m, level))
            return level == around && e->style->reason[BUILTIN_QUOTE_NESTING] != NO_BUILTIN
                       ? 3 - level
                       : level;
    return around == 1 ? 2 : 1;
}

static reason_id quote_reason(const struct pair_editor *e, const struct pair_mark *m) {
    enum builtin rule = BUILTIN_QUOTE_LOCALE;
    if (m->turned)
        rule = BUILTIN_QUOTE_DIRECTION;
    else if (m->kind == PAIR_STRAIGHT)
        rule = BUILTIN_QUOTE_STRAIGHT;
    else if (m->kind == PAIR_STRAIGHT_SINGLE)
        rule = BUILTIN_QUOTE_SINGLE;
    else if (is_native(e, m, 1) || is_native(e, m, 2))
        rule = BUILTIN_QUOTE_NESTING;
    return e->style->reason[rule];
}

/* Replaces a mark; a half-width one takes the one space outside with it. */
static bool put_mark(struct pair_editor *e, const struct pair_mark *m, const char *glyph,
                     reason_id reason) {
    size_t from = m->offset, to = from + m->length;
    if (!m->full && m->opening && from > e->done + 1 && e->line[from - 1] == ' ') {
        size_t at = from - 1;
        enum neighbour x = neighbour_before(e->line, &at);
        if (neighbour_is_cjk(x) || (m->kind == PAIR_ROUND && neighbour_is_word(x)))
            from--;
    }
    if (!m->full && !m->opening && to + 1 < e->n && e->line[to] == ' ') {
        size_t at = to + 1;
        enum neighbour x = neighbour_after(e->line, e->n, &at);
        if (neighbour_is_cjk(x) || (m->kind == PAIR_ROUND && neighbour_is_word(x)))
            to++;
    }
    e->done = to;
    return edit_add(e->out, from, to - from, glyph, strlen(glyph), reason);
}

static bool edit_quote(struct pair_editor *e, const int8_t *levels, size_t index) {
    const struct pair_mark *m = &e->list->items[index];
    size_t opening = m->opening ? index : (size_t)m->partner;
    const char *glyph = e->style->quotes[(levels[opening] - 1) * 2 + !m->opening];
    if (strlen(glyph) == m->length && memcmp(glyph, e->line + m->offset, m->length) == 0)
        return true;
    /* The reason of a pair is that of its opening mark, so that both go or none. */
    const struct pair_mark *a = &e->list->items[opening];
    reason_id reason = quote_reason(e, a);
    return reason == NO_BUILTIN || put_mark(e, m, glyph, reason);
}

/* A foreign mark without a partner, glyph for glyph. */
static bool edit_lone_quote(struct pair_editor *e, const struct pair_mark *m) {
    int level = m->kind == PAIR_CURLY_SINGLE || m->kind == PAIR_CORNER_WHITE ? 2 : 1;
    const char *glyph = e->style->quotes[(level - 1) * 2 + !m->opening];
    reason_id reason = e->style->reason[BUILTIN_QUOTE_LOCALE];
    if (reason == NO_BUILTIN || is_native(e, m, 1) || is_native(e, m, 2))
        return true;
    return put_mark(e, m, glyph, reason);
}

/* Whether the text between two offsets is blank. */
static bool is_blank(const char *line, size_t from, size_t to) {
    while (from < to && (line[from] == ' ' || line[from] == '\t'))
        from++;
    return from == to;
}

static bool bracket_is_chinese(const struct pair_editor *e, const struct pair_mark *a,
                               const struct pair_mark *b) {
    if (is_blank(e->line, (size_t)a->offset + a->length, b->offset))
        return false;
    if (b->han > a->han)
        return true;
    size_t at = a->offset;
    if (neighbour_is_word(neighbour_before(e->line, &at)) && !a->full)
        return false;
    enum neighbour left = neighbour_seen_before(e->line, a->offset, "*~");
    enum neighbour right = neighbour_seen_after(e->line, e->n, (size_t)b->offset + b->length, "*~");
    if (neighbour_is_cjk(left))
        return true;
    return neighbour_is_cjk(right) && (left == NEIGHBOUR_NONE || a->full || b->full);
}

static bool edit_bracket(struct pair_editor *e, const struct pair_mark *m) {
    const struct pair_mark *other = &e->list->items[m->partner];
    const struct pair_mark *a = m->opening ? m : other, *b = m->opening ? other : m;
    bool mixed = a->full != b->full;
    reason_id reason = e->style->reason[mixed ? BUILTIN_BRACKET_MIXED : BUILTIN_BRACKET_FULL];
    if (m->full || reason == NO_BUILTIN || !bracket_is_chinese(e, a, b))
        return true;
    return put_mark(e, m, m->opening ? "（" : "）", reason);
}

bool pair_list_edit(const struct pair_list *list, const char *line, size_t n,
                    const struct pair_style *style, bool corners_only, struct edit_list *out) {
    bool has_quotes = style->quotes[0][0] != '\0'; /* the target's marks are known */
    struct pair_editor e = {.list = list, .line = line, .n = n, .style = style, .out = out};
    int8_t *levels = calloc(list->count + 1, 1);
    if (!levels)
        return false;
    bool ok = true;
    for (size_t i = 0; i < list->count && ok; i++) {
        const struct pair_mark *m = &list->items[i];
        if (m->apart || (corners_only && m->kind != PAIR_CORNER && m->kind != PAIR_CORNER_WHITE))
            continue;
        if (m->kind == PAIR_ROUND) {
            ok = m->partner < 0 || edit_bracket(&e, m);
        } else if (m->kind <= PAIR_PRIME && m->chinese && has_quotes) {
            if (m->partner >= 0 && m->opening)
                levels[i] = (int8_t)quote_level(&e, levels, m);
            ok = m->partner >= 0 ? edit_quote(&e, levels, i) : edit_lone_quote(&e, m);
        }
    }
    free(levels);
    return ok;
}
