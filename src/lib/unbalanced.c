/* SPDX-License-Identifier: Apache-2.0 */
#include "unbalanced.h"

#include <stdlib.h>
#include <string.h>

#include "neighbour.h"

/* How many lines a quotation may be long. */
enum { REACH = 60 };

void lone_list_fini(struct lone_list *list) {
    free(list->items);
    *list = (struct lone_list){0};
}

static bool is_bracket(enum pair_kind kind) {
    return kind >= PAIR_ROUND;
}

/* Whether the character before *at, which moves over it, may number a list. */
static bool is_numeral(const char *line, size_t *at) {
    static const char numerals[][4] = {"一", "二", "三", "四", "五", "六", "七",
                                       "八", "九", "十", "甲", "乙", "丙", "丁"};
    enum neighbour x = neighbour_before(line, at);
    for (size_t i = 0; x == NEIGHBOUR_HAN && i < sizeof numerals / sizeof *numerals; i++)
        if (memcmp(line + *at, numerals[i], 3) == 0)
            return true;
    return x == NEIGHBOUR_DIGIT || x == NEIGHBOUR_LETTER;
}

/* 1) a) 三） with at most three characters number lists. */
static bool is_list_number(const char *line, const struct pair_mark *m) {
    size_t at = m->offset;
    int length = 0;
    if (m->kind != PAIR_ROUND || m->opening)
        return false;
    while (length <= 3 && is_numeral(line, &at))
        length++;
    return length > 0 && length <= 3;
}

static bool is_first(const char *line, size_t at) {
    enum neighbour x;
    while ((x = neighbour_before(line, &at)) == NEIGHBOUR_SPACE)
        continue;
    return x == NEIGHBOUR_NONE;
}

/* Apostrophes make single quotes hard to tell. */
static bool is_lone(const struct pair_mark *m) {
    if (m->partner >= 0 || m->apart || m->kind == PAIR_STRAIGHT_SINGLE)
        return false;
    return m->kind != PAIR_CURLY_SINGLE || m->opening;
}

/* A quotation that begins its line and ends in it may be the last paragraph of a longer one. */
static bool is_last_paragraph(const char *line, const struct pair_mark *m) {
    return m->partner >= 0 && m->opening && !is_bracket(m->kind) && is_first(line, m->offset);
}

bool lone_list_take_line(struct lone_list *list, const struct pair_list *pairs, const char *line,
                         bool chinese) {
    for (size_t i = 0; i < pairs->count; i++) {
        const struct pair_mark *m = &pairs->items[i];
        bool last = is_last_paragraph(line, m);
        if (!last && !is_lone(m))
            continue;
        void *items = list->items;
        if (!array_grow(&items, &list->capacity, list->count + 1, sizeof *list->items))
            return false;
        list->items = items;
        list->items[list->count++] =
            (struct lone_mark){.offset = m->offset,
                               .length = m->length,
                               .line = list->line,
                               .blanks = list->blanks,
                               .kind = m->kind,
                               .opening = m->opening,
                               .first = is_first(line, m->offset),
                               .paired = last,
                               .settled = last || !chinese || is_list_number(line, m)};
    }
    return true;
}

/* A mark against the opening one of its kind that waits, if there is one. A quotation of several
 * paragraphs is opened anew at the start of each; it is told once if it never ends. What may be a
 * list's number closes nothing beyond its own paragraph. */
static void settle(struct lone_mark *m, struct lone_mark **waiting) {
    struct lone_mark *open = waiting[m->kind];
    if (open && m->line - open->line > REACH)
        open = NULL;
    if (m->opening && !(m->kind == PAIR_STRAIGHT && open)) {
        if (open && m->first && m->line == open->line + 1 && !is_bracket(m->kind))
            open->settled = true;
        waiting[m->kind] = m->paired ? NULL : m;
    } else if (open && !(m->settled && m->blanks > open->blanks)) {
        open->settled = m->settled = true;
        waiting[m->kind] = NULL;
    }
}

bool lone_list_report(struct lone_list *list, const char *text, const reason_id *reasons,
                      struct edit_list *out) {
    struct lone_mark *waiting[PAIR_KINDS] = {0};
    bool ok = true;
    for (size_t i = 0; i < list->count; i++)
        settle(&list->items[i], waiting);
    for (size_t i = 0; i < list->count && ok; i++) {
        const struct lone_mark *m = &list->items[i];
        reason_id reason =
            reasons[is_bracket(m->kind) ? BUILTIN_BRACKET_UNBALANCED : BUILTIN_QUOTE_UNBALANCED];
        if (!m->settled && reason != NO_BUILTIN)
            ok = edit_add(out, m->offset, m->length, text + m->offset, m->length, reason);
    }
    list->count = 0;
    list->line = list->blanks = 0;
    return ok;
}
