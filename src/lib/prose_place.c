/* SPDX-License-Identifier: Apache-2.0 */
/* From places in the prose to places in the source. */
#include <string.h>

#include "prose.h"
#include "utf8.h"

static size_t end_of(const ivn_prose *p, size_t piece) {
    return piece + 1 < p->count ? p->pieces[piece + 1].at : p->text.size;
}

/* The piece that the character at `offset` is in; the last one if it is the end. */
static size_t find_piece(const ivn_prose *p, size_t offset) {
    size_t low = 0, high = p->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->pieces[middle].at <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static size_t source_end(const struct prose_piece *piece) {
    return (size_t)piece->source + piece->length;
}

/* Where the stretch [from, to) of one piece stands. */
static void stand(const ivn_prose *p, size_t piece, size_t from, size_t to, size_t *start,
                  size_t *end) {
    const struct prose_piece *q = &p->pieces[piece];
    *start = q->kind == PROSE_TEXT ? q->source + (from - q->at) : q->source;
    *end = q->kind == PROSE_TEXT ? q->source + (to - q->at) : source_end(q);
}

void prose_stretch(const ivn_prose *p, size_t from, size_t to, size_t *start, size_t *end) {
    size_t first = find_piece(p, from), last = find_piece(p, to > from ? to - 1 : to), skip;
    *start = *end = 0;
    if (p->count == 0)
        return;
    stand(p, first, from, from, start, &skip);
    stand(p, last, to, to, &skip, end);
    if (to == from || *end < *start)
        *end = *start;
}

/* ---- edits ---- */

/* A part of the prose that was converted. */
struct placing {
    const ivn_prose *prose;
    const struct prose_part *part;
    struct edit_list *out;
    struct buffer *groups; /* of out: which edit of the prose each belongs to */
    struct buffer written; /* a replacement as the format writes it */
    size_t first, last;    /* pieces of the part */
    size_t piece;          /* the one that the last edit began in */
    uint32_t group;
    reason_id reason;
    bool misplaced;
};

static bool put(struct placing *g, const struct prose_piece *piece, size_t start, size_t end,
                const char *text, size_t n) {
    const struct format *f = g->prose->format;
    g->written.size = 0;
    if (f->write && n) {
        if (!f->write(g->prose, piece, text, n, &g->written))
            return false;
        text = g->written.data;
        n = g->written.size;
    }
    if (n == end - start && (n == 0 || memcmp(text, g->prose->source + start, n) == 0))
        return true;
    return edit_add(g->out, start, end - start, text, n, g->reason) &&
           buffer_append(g->groups, &g->group, sizeof g->group);
}

/* Between two pieces new text goes behind what is closed there and in front of what is opened. */
static bool insert(struct placing *g, size_t piece, const char *text, size_t n) {
    const struct prose_piece *q = &g->prose->pieces[piece];
    if (n == 0)
        return true;
    if (q->kind == PROSE_BREAK && piece > 0) {
        q--;
        return put(g, q, source_end(q), source_end(q), text, n);
    }
    return put(g, q, q->source - q->lead, q->source - q->lead, text, n);
}

/* Takes off what the old and the new text have in common at both ends. */
static void trim(const char *old, size_t *from, size_t *to, const char **text, size_t *n) {
    while (*from < *to && *n) {
        size_t length = utf8_length((unsigned char)old[*from]);
        if (length > *n || memcmp(old + *from, *text, length) != 0)
            break;
        *from += length;
        *text += length;
        *n -= length;
    }
    while (*from < *to && *n) {
        size_t length = 1;
        while (utf8_continues(old[*to - length]))
            length++;
        if (length > *n || memcmp(old + *to - length, *text + *n - length, length) != 0)
            break;
        *to -= length;
        *n -= length;
    }
}

/* Replaces the stretch [from, to) of the prose, which is within one piece. */
static bool replace(struct placing *g, size_t piece, size_t from, size_t to, const char *text,
                    size_t n) {
    const ivn_prose *p = g->prose;
    const struct prose_piece *q = &p->pieces[piece];
    size_t start, end;
    if (to - from == n && (n == 0 || memcmp(p->text.data + from, text, n) == 0))
        return true;
    if (q->kind != PROSE_TEXT && q->kind != PROSE_CHARACTER) {
        g->misplaced = true;
        return true;
    }
    if (q->kind == PROSE_TEXT)
        trim(p->text.data, &from, &to, &text, &n);
    stand(p, piece, from, to, &start, &end);
    return put(g, q, start, end, text, n);
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static size_t most(size_t a, size_t b) {
    return a > b ? a : b;
}

/* Puts the edit [from, to) of the prose, which has become [now, now_end) of the new text, where its
 * pieces stand. Each piece gets what of the new text lies between its borders. */
static bool place(struct placing *g, size_t from, size_t to, size_t now, size_t now_end) {
    const ivn_prose *p = g->prose;
    const struct border *borders = g->part->borders->items;
    const char *text = g->part->text;
    while (g->piece < g->last && end_of(p, g->piece) <= from)
        g->piece++;
    size_t i = g->piece;
    if (i > g->first && p->pieces[i].at == from)
        i--;
    for (; i <= g->last && p->pieces[i].at <= to; i++) {
        const size_t behind = i < g->last ? borders[i - g->first].end : now_end;
        const size_t before = i > g->first ? borders[i - g->first - 1].begin : 0;
        const size_t old_from = most(p->pieces[i].at, from), old_to = least(end_of(p, i), to);
        const size_t new_from = most(before, now), new_to = least(behind, now_end);
        if (i > g->first && p->pieces[i].at >= from) {
            const size_t gap = most(borders[i - g->first - 1].end, now);
            const size_t gap_end = least(before, now_end);
            if (gap < gap_end && !insert(g, i, text + gap, gap_end - gap))
                return false;
        }
        if (old_from <= old_to && (old_from < old_to || new_from < new_to) &&
            !replace(g, i, old_from, old_to, text + new_from,
                     new_to > new_from ? new_to - new_from : 0))
            return false;
    }
    return true;
}

bool prose_place_edits(const ivn_prose *p, const struct prose_part *part,
                       const struct edit_list *edits, struct edit_list *out, struct buffer *groups,
                       bool *misplaced) {
    struct placing g = {.prose = p, .part = part, .out = out, .groups = groups};
    int64_t shift = 0;
    uint32_t chains;
    bool ok = edit_copy_chains(out, edits, &chains);
    *misplaced = p->count == 0 && edits->count > 0;
    if (p->count == 0 || !ok)
        return ok;
    g.first = g.piece = find_piece(p, part->from);
    g.last = find_piece(p, part->to > part->from ? part->to - 1 : part->to);
    for (size_t i = 0; i < edits->count && ok && !g.misplaced; i++) {
        const struct edit *e = &edits->items[i];
        const size_t from = part->from + e->offset, now = (size_t)(e->offset + shift);
        g.group = (uint32_t)i;
        g.reason = edit_shift_reason(e->reason, chains);
        ok = place(&g, from, from + e->length, now, now + e->text_length);
        shift += (int64_t)e->text_length - (int64_t)e->length;
    }
    buffer_fini(&g.written);
    *misplaced = g.misplaced;
    return ok;
}

bool prose_place_suggestions(const ivn_prose *p, size_t base, const struct edit_list *suggestions,
                             struct edit_list *out) {
    uint32_t chains;
    bool ok = edit_copy_chains(out, suggestions, &chains);
    for (size_t i = 0; i < suggestions->count && ok; i++) {
        const struct edit *e = &suggestions->items[i];
        const size_t from = base + e->offset, to = from + e->length;
        const char *text = edit_text(suggestions, e);
        size_t start, end;
        prose_stretch(p, from, to, &start, &end);
        const bool look =
            e->length == e->text_length && memcmp(text, p->text.data + from, e->length) == 0;
        ok = edit_add(out, start, end - start, look ? p->source + start : text,
                      look ? end - start : e->text_length, edit_shift_reason(e->reason, chains));
    }
    return ok;
}

bool prose_borders(const ivn_prose *p, size_t from, size_t to, struct border_list *out) {
    if (p->count == 0 || from == to)
        return true;
    const size_t last = find_piece(p, to - 1);
    for (size_t i = find_piece(p, from) + 1; i <= last; i++)
        if (!border_add(out, p->pieces[i].at - from))
            return false;
    return true;
}

bool prose_opaque_between(const ivn_prose *p, size_t from, size_t to, struct span_list *out) {
    size_t low = 0, high = p->opaque.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->opaque.items[middle].offset < from)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < p->opaque.count && p->opaque.items[low].offset < to; low++)
        if (!span_add(out, p->opaque.items[low].offset - from, p->opaque.items[low].length))
            return false;
    return true;
}
