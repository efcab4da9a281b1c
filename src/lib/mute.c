/* SPDX-License-Identifier: Apache-2.0 */
/* Directives in a document's comments, by which its author exempts prose:
 *
 *     ivnorm:off           until ivnorm:on
 *     ivnorm:ignore-line   the line that the comment stands in
 *     ivnorm:ignore-next   the next line that is not blank
 *
 * Each may name rules, or groups of them, and is then about these alone: ivnorm:off punct script.
 */
#include <stdlib.h>
#include <string.h>

#include "mute.h"

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',';
}

static size_t skip_space(const char *s, size_t at, size_t end) {
    while (at < end && is_space(s[at]))
        at++;
    return at;
}

static size_t skip_word(const char *s, size_t at, size_t end) {
    while (at < end && !is_space(s[at]))
        at++;
    return at;
}

static void add(ivn_prose *p, struct prose_mute mute) {
    void *items = p->mutes;
    if (!array_grow(&items, &p->mute_capacity, p->mute_count + 1, sizeof *p->mutes)) {
        p->failed = true;
        return;
    }
    p->mutes = items;
    p->mutes[p->mute_count++] = mute;
}

static void set_line(const ivn_prose *p, size_t at, struct prose_mute *mute) {
    const char *s = p->source;
    size_t from = at, to = at;
    while (from > 0 && s[from - 1] != '\n')
        from--;
    while (to < p->size && s[to] != '\n')
        to++;
    mute->from = (uint32_t)from;
    mute->to = (uint32_t)to;
}

/* Where the first line behind `at` that is not blank has its text. */
static size_t next_line(const ivn_prose *p, size_t at) {
    while (at < p->size && p->source[at] != '\n')
        at++;
    return skip_space(p->source, at, p->size);
}

static void end_all(ivn_prose *p, size_t at) {
    for (size_t i = 0; i < p->mute_count; i++)
        if (p->mutes[i].to == UINT32_MAX)
            p->mutes[i].to = (uint32_t)at;
}

void prose_comment(ivn_prose *p, size_t offset, size_t length) {
    static const char prefix[] = "ivnorm:";
    const char *s = p->source;
    const size_t n = sizeof prefix - 1, end = offset + length;
    size_t word = skip_space(s, offset, end);
    if (end - word < n || memcmp(s + word, prefix, n) != 0)
        return;
    const size_t word_end = skip_word(s, word += n, end), size = word_end - word;
    size_t rules = skip_space(s, word_end, end), rules_end = end;
    while (rules_end > rules && is_space(s[rules_end - 1]))
        rules_end--;
    struct prose_mute mute = {.from = (uint32_t)end,
                              .to = UINT32_MAX,
                              .rules = (uint32_t)rules,
                              .rules_length = (uint32_t)(rules_end - rules)};
    if (size == 2 && memcmp(s + word, "on", 2) == 0) {
        end_all(p, offset);
        return;
    }
    if (size == 11 && memcmp(s + word, "ignore-line", 11) == 0)
        set_line(p, offset, &mute);
    else if (size == 11 && memcmp(s + word, "ignore-next", 11) == 0)
        set_line(p, next_line(p, end), &mute);
    else if (size != 3 || memcmp(s + word, "off", 3) != 0) {
        p->directive = (uint32_t)word;
        p->directive_length = (uint32_t)size;
        return;
    }
    add(p, mute);
}

/* ---- all rules: the prose becomes opaque ---- */

/* The end of the stretch of [at, end) of the source that is as `at` is: muted or not. */
static size_t same_until(const ivn_prose *p, size_t at, size_t end, bool *muted) {
    *muted = false;
    for (size_t i = 0; i < p->mute_count; i++) {
        const struct prose_mute *m = &p->mutes[i];
        if (m->rules_length == 0 && m->from <= at && at < m->to)
            *muted = true;
    }
    for (size_t i = 0; i < p->mute_count; i++) {
        const struct prose_mute *m = &p->mutes[i];
        if (m->rules_length == 0 && m->from > at && m->from < end && !*muted)
            end = m->from;
        if (m->rules_length == 0 && m->from <= at && m->to > at && m->to < end)
            end = m->to;
    }
    return end;
}

/* Tells one piece again, without what is muted of it. */
static void retell(ivn_prose *to, const ivn_prose *from, size_t i) {
    const struct prose_piece *q = &from->pieces[i];
    const size_t last = i + 1 < from->count ? q[1].at : from->text.size;
    const size_t end = (size_t)q->source + q->length;
    bool muted;
    if (q->kind == PROSE_BREAK) {
        to->line_ends = (uint8_t)(last - q->at);
        return;
    }
    to->style = q->style;
    to->lead = q->lead;
    for (size_t at = q->source, stop; at < end; at = stop) {
        stop = q->kind == PROSE_TEXT ? same_until(from, at, end, &muted) : end;
        if (q->kind != PROSE_TEXT)
            same_until(from, at, end, &muted);
        to->end = 0; /* asides are out of order */
        if (muted)
            prose_add_opaque(to, PROSE_WORD, at, stop - at);
        else if (q->kind == PROSE_TEXT)
            prose_add_text(to, at, stop - at);
        else
            prose_add_piece(to, q, from->text.data + q->at, last - q->at);
    }
}

void prose_apply_mutes(ivn_prose *p) {
    ivn_prose next = {.format = p->format, .source = p->source, .size = p->size};
    for (size_t i = 0; i < p->count && !next.failed; i++)
        retell(&next, p, i);
    p->failed |= next.failed;
    struct buffer text = p->text;
    p->text = next.text;
    next.text = text;
    struct span_list opaque = p->opaque;
    p->opaque = next.opaque;
    next.opaque = opaque;
    struct prose_piece *pieces = p->pieces;
    p->pieces = next.pieces;
    p->count = next.count;
    p->capacity = next.capacity;
    free(pieces);
    buffer_fini(&next.text);
    span_list_fini(&next.opaque);
}

/* ---- some rules: their edits are dropped ---- */

static bool add_range(struct mute_list *list, size_t from, size_t to, size_t mute) {
    struct mute_range *last = list->count ? &list->items[list->count - 1] : NULL;
    void *items = list->items;
    if (last && last->mute == mute && last->to == from) {
        last->to = (uint32_t)to;
        return true;
    }
    if (!array_grow(&items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items = items;
    list->items[list->count++] = (struct mute_range){(uint32_t)from, (uint32_t)to, (uint32_t)mute};
    return true;
}

/* The part of a piece that the stretch [from, to) of the source covers, in the prose. */
static bool overlap(const struct prose_piece *q, size_t end, const struct prose_mute *m,
                    size_t *from, size_t *to) {
    const size_t source_end = (size_t)q->source + q->length;
    if (q->kind == PROSE_BREAK || m->to <= q->source || m->from >= source_end)
        return false;
    const bool text = q->kind == PROSE_TEXT;
    *from = text && m->from > q->source ? q->at + (m->from - q->source) : q->at;
    *to = text && m->to < source_end ? q->at + (m->to - q->source) : end;
    return true;
}

bool mute_list_fill(struct mute_list *list, const ivn_prose *p, size_t from, size_t to) {
    list->prose = p;
    for (size_t m = 0; m < p->mute_count; m++)
        for (size_t i = 0; p->mutes[m].rules_length && i < p->count; i++) {
            const size_t end = i + 1 < p->count ? p->pieces[i + 1].at : p->text.size;
            size_t first, last;
            if (p->pieces[i].at >= to || end <= from ||
                !overlap(&p->pieces[i], end, &p->mutes[m], &first, &last))
                continue;
            first = first < from ? from : first;
            last = last > to ? to : last;
            if (first < last && !add_range(list, first - from, last - from, m))
                return false;
        }
    return true;
}

void mute_list_fini(struct mute_list *list) {
    free(list->items);
    *list = (struct mute_list){0};
}

static uint32_t moved(const struct edit_list *edits, uint32_t place) {
    int64_t shift = 0;
    for (size_t i = 0; i < edits->count; i++) {
        const struct edit *e = &edits->items[i];
        if ((size_t)e->offset + e->length > place)
            break;
        shift += (int64_t)e->text_length - (int64_t)e->length;
    }
    return (uint32_t)((int64_t)place + shift);
}

void mute_list_map(struct mute_list *list, const struct edit_list *edits) {
    for (size_t i = 0; i < list->count; i++) {
        list->items[i].from = moved(edits, list->items[i].from);
        list->items[i].to = moved(edits, list->items[i].to);
    }
}

/* Whether a name stands for a rule: it is the rule's id, or the beginning of one before a dot. */
static bool names_rule(const char *name, size_t n, const char *rule) {
    return strncmp(name, rule, n) == 0 && (rule[n] == '\0' || rule[n] == '.');
}

static bool has_rule(const ivn_prose *p, const struct prose_mute *m, const char *rule) {
    const size_t end = (size_t)m->rules + m->rules_length;
    for (size_t at = m->rules, stop; at < end; at = skip_space(p->source, stop, end)) {
        stop = skip_word(p->source, at, end);
        if (names_rule(p->source + at, stop - at, rule))
            return true;
    }
    return false;
}

bool mute_list_has(const struct mute_list *list, size_t offset, const char *rule) {
    for (size_t i = 0; i < list->count; i++) {
        const struct mute_range *r = &list->items[i];
        if (offset >= r->from && offset < r->to &&
            has_rule(list->prose, &list->prose->mutes[r->mute], rule))
            return true;
    }
    return false;
}
