/* SPDX-License-Identifier: Apache-2.0 */
#include "undoing.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "glyph.h"
#include "outline.h"
#include "utf8.h"

/* How much of a block is undone, step by step. */
enum level {
    LEVEL_NOTHING,
    LEVEL_BESIDE, /* marks and spaces beside markup */
    LEVEL_MARKS,  /* marks and spaces */
    LEVEL_ALL,
    LEVEL_NEIGHBOURS, /* and all of the blocks before and behind */
    LEVELS
};

/* A document that does not come right in as many attempts is left alone from the first block on
 * that is wrong. */
enum { MAX_ATTEMPTS = 64 };

/* An edit of the source. */
struct draft {
    uint32_t offset, length, text_length;
    uint32_t group; /* the edit of the prose that it comes from, of all parts */
    const char *text;
    struct kept_edit place;
};

struct undoing {
    const ivn_prose *prose;
    ivn_result **parts;
    size_t part_count;
    struct draft *drafts; /* in the order of the source */
    size_t count;
    bool *undone; /* by group */
    size_t group_count;
    struct outline outline; /* of the original */
    uint8_t *levels;        /* by block */
    struct buffer expected; /* the prose as it is to be */
};

static void fini(struct undoing *u) {
    free(u->drafts);
    free(u->undone);
    free(u->levels);
    outline_fini(&u->outline);
    buffer_fini(&u->expected);
}

/* ---- drafts ---- */

static int compare_drafts(const void *x, const void *y) {
    const struct draft *a = x, *b = y;
    if (a->offset != b->offset)
        return a->offset < b->offset ? -1 : 1;
    if (a->length != b->length)
        return a->length < b->length ? -1 : 1;
    return a->group < b->group ? -1 : a->group > b->group;
}

static void gather_part(struct undoing *u, size_t part, uint32_t base) {
    const struct edit_list *edits = &u->parts[part]->edits;
    const char *groups = u->parts[part]->groups.data;
    for (size_t k = 0; k < edits->count; k++) {
        const struct edit *e = &edits->items[k];
        uint32_t group;
        memcpy(&group, groups + k * sizeof group, sizeof group);
        u->drafts[u->count++] = (struct draft){.offset = e->offset,
                                               .length = e->length,
                                               .text_length = e->text_length,
                                               .group = base + group,
                                               .text = edit_text(edits, e),
                                               .place = {(uint32_t)part, (uint32_t)k}};
    }
}

/* Gathers the edits of all parts. */
static bool gather(struct undoing *u) {
    size_t total = 0;
    uint32_t base = 0;
    for (size_t i = 0; i < u->part_count; i++) {
        total += u->parts[i]->edits.count;
        u->group_count += u->parts[i]->prose_edits.count;
    }
    u->drafts = malloc((total + 1) * sizeof *u->drafts);
    u->undone = calloc(u->group_count + 1, sizeof *u->undone);
    if (!u->drafts || !u->undone)
        return false;
    for (size_t i = 0; i < u->part_count; i++) {
        gather_part(u, i, base);
        base += (uint32_t)u->parts[i]->prose_edits.count;
    }
    for (size_t i = 1; i < u->count; i++)
        if (compare_drafts(&u->drafts[i - 1], &u->drafts[i]) > 0) { /* there are asides */
            qsort(u->drafts, u->count, sizeof *u->drafts, compare_drafts);
            break;
        }
    return true;
}

static bool are_valid(const struct undoing *u) {
    size_t end = 0;
    for (size_t i = 0; i < u->count; i++) {
        const struct draft *d = &u->drafts[i];
        if (d->offset < end || d->offset > u->prose->size || d->length > u->prose->size - d->offset)
            return false;
        end = (size_t)d->offset + d->length;
    }
    return true;
}

/* ---- an attempt ---- */

static bool make_text(const struct undoing *u, struct buffer *text) {
    const char *source = u->prose->source;
    size_t at = 0, more = u->prose->size;
    for (size_t i = 0; i < u->count; i++)
        more += u->drafts[i].text_length;
    text->size = 0;
    bool ok = buffer_reserve(text, more + 1);
    for (size_t i = 0; i < u->count && ok; i++) {
        const struct draft *d = &u->drafts[i];
        if (u->undone[d->group])
            continue;
        ok = buffer_append(text, source + at, d->offset - at) &&
             buffer_append(text, d->text, d->text_length);
        at = (size_t)d->offset + d->length;
    }
    return ok && buffer_append(text, source + at, u->prose->size - at);
}

/* The prose with those edits done that are left. */
static bool make_expected(struct undoing *u) {
    const struct buffer *prose = &u->prose->text;
    size_t at = 0, group = 0;
    bool ok = true;
    u->expected.size = 0;
    if (!buffer_reserve(&u->expected, prose->size + prose->size / 8 + 1))
        return false;
    for (size_t i = 0; i < u->part_count; i++) {
        const struct edit_list *edits = &u->parts[i]->prose_edits;
        for (size_t k = 0; k < edits->count && ok; k++, group++) {
            const size_t from = u->parts[i]->prose_from + edits->items[k].offset;
            if (u->undone[group])
                continue;
            ok = buffer_append(&u->expected, prose->data + at, from - at) &&
                 buffer_append(&u->expected, edit_text(edits, &edits->items[k]),
                               edits->items[k].text_length);
            at = from + edits->items[k].length;
        }
    }
    return ok &&
           (prose->size == at || buffer_append(&u->expected, prose->data + at, prose->size - at));
}

static bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Whether two proses are the same but for white space. A guard: nothing may get lost where edits
 * are shared out between pieces. */
static bool is_same_prose(const struct buffer *a, const struct buffer *b) {
    size_t i = 0, k = 0;
    if (a->size == b->size && (a->size == 0 || memcmp(a->data, b->data, a->size) == 0))
        return true;
    for (;;) {
        while (i < a->size && is_space(a->data[i]))
            i++;
        while (k < b->size && is_space(b->data[k]))
            k++;
        if (i == a->size || k == b->size)
            return i == a->size && k == b->size;
        if (a->data[i++] != b->data[k++])
            return false;
    }
}

/* ---- proof ---- */

/* Where the proof has come to in the edits. */
struct proof {
    const struct undoing *undoing;
    const struct buffer *text;
    size_t next;
    int64_t shift; /* what the edits before have added */
};

static bool is_same(const struct proof *f, size_t from, size_t to) {
    const int64_t now = (int64_t)from + f->shift;
    return from >= to ||
           (now >= 0 && (size_t)now + (to - from) <= f->text->size &&
            memcmp(f->text->data + now, f->undoing->prose->source + from, to - from) == 0);
}

/* Whether the stretch [from, to) of the source, in which new text may only be put in, is in the new
 * text as it was. */
static bool is_kept(struct proof *f, size_t from, size_t to) {
    const struct undoing *u = f->undoing;
    for (; f->next < u->count; f->next++) {
        const struct draft *d = &u->drafts[f->next];
        const size_t stop = (size_t)d->offset + d->length;
        if (d->offset > to || (d->offset == to && d->length > 0))
            break;
        if (u->undone[d->group])
            continue;
        if (d->length > 0 && stop > from)
            return false;
        if (d->offset > from) {
            if (!is_same(f, from, d->offset))
                return false;
            from = d->offset;
        }
        f->shift += (int64_t)d->text_length - (int64_t)d->length;
    }
    return is_same(f, from, to);
}

/* Whether all that is not prose is in the new text byte by byte. */
static bool is_verbatim(const struct undoing *u, const struct buffer *text) {
    const ivn_prose *p = u->prose;
    struct proof f = {.undoing = u, .text = text};
    size_t at = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct prose_piece *q = &p->pieces[outline_piece(&u->outline, i)];
        const size_t end = (size_t)q->source + q->length;
        const bool opaque = q->kind == PROSE_WORD || q->kind == PROSE_OBJECT;
        if (q->kind == PROSE_BREAK)
            continue;
        if (!is_kept(&f, at, opaque ? end : q->source))
            return false;
        at = end;
    }
    return is_kept(&f, at, p->size);
}

/* ---- undoing ---- */

static bool has_mark(const char *text, size_t n) {
    for (size_t i = 0, length; i < n; i += length)
        if (glyph_of(utf8_get((const unsigned char *)text + i, &length)) != GLYPH_LETTER ||
            length == 1)
            return true;
    return false;
}

/* It is about more than letters of Chinese, and so might be taken for markup. */
static bool is_about_marks(const struct undoing *u, const struct draft *d) {
    return has_mark(u->prose->source + d->offset, d->length) || has_mark(d->text, d->text_length);
}

/* It stands where a piece begins or ends, or in the markup between two. */
static bool is_beside(const struct undoing *u, const struct draft *d) {
    const ivn_prose *p = u->prose;
    size_t low = 0, high = p->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->pieces[outline_piece(&u->outline, middle)].source <= d->offset)
            low = middle;
        else
            high = middle;
    }
    const struct prose_piece *q = &p->pieces[outline_piece(&u->outline, low)];
    return d->offset <= q->source || d->offset + d->length >= (size_t)q->source + q->length;
}

static bool is_undone_at(const struct undoing *u, const struct draft *d, enum level level) {
    return level >= LEVEL_ALL ||
           (is_about_marks(u, d) && (level == LEVEL_MARKS || is_beside(u, d)));
}

/* Undoes in a block what the level says. Returns whether anything was. */
static bool undo_block(struct undoing *u, size_t block, enum level level) {
    const struct outline *o = &u->outline;
    const size_t from = o->blocks[block].start;
    const size_t to = block + 1 < o->count ? o->blocks[block + 1].start : SIZE_MAX;
    size_t low = 0, high = u->count;
    bool any = false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (u->drafts[middle].offset < from)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < u->count && u->drafts[low].offset < to; low++) {
        bool *undone = &u->undone[u->drafts[low].group];
        if (!*undone && is_undone_at(u, &u->drafts[low], level))
            any = *undone = true;
    }
    return any;
}

/* Takes the next steps in a block until something is undone. */
static bool escalate(struct undoing *u, size_t block) {
    bool any = false;
    while (!any && u->levels[block] + 1 < LEVELS) {
        const enum level level = ++u->levels[block];
        any = undo_block(u, block, level);
        if (level == LEVEL_NEIGHBOURS) {
            any |= block > 0 && undo_block(u, block - 1, LEVEL_ALL);
            any |= block + 1 < u->outline.count && undo_block(u, block + 1, LEVEL_ALL);
        }
    }
    return any;
}

static void undo_from(struct undoing *u, size_t block) {
    for (; block < u->outline.count; block++)
        undo_block(u, block, LEVEL_ALL);
}

/* Undoes edits in the blocks that are not as they were. Where there are more or fewer blocks now,
 * the first and the last that differ are at fault. Returns whether there are such blocks. */
static bool undo_differences(struct undoing *u, const struct outline *now, bool last_attempt) {
    const struct outline *o = &u->outline;
    size_t first = 0, same = 0;
    bool any = false;
    const size_t least = o->count < now->count ? o->count : now->count;
    while (first < least && o->blocks[first].hash == now->blocks[first].hash)
        first++;
    if (first == o->count && first == now->count)
        return false;
    while (same < least - first &&
           o->blocks[o->count - same - 1].hash == now->blocks[now->count - same - 1].hash)
        same++;
    const size_t end = o->count - same; /* behind the last that differs */
    if (first == o->count)
        first--;
    if (last_attempt) {
        undo_from(u, first);
        return true;
    }
    for (size_t i = first; i < end || i == first; i++) {
        const bool suspect = o->count == now->count ? o->blocks[i].hash != now->blocks[i].hash
                                                    : i == first || i + 1 == end;
        if (suspect)
            any |= escalate(u, i);
    }
    if (!any)
        undo_from(u, first > 1 ? first - 2 : 0);
    return true;
}

/* Reads the new text and undoes what makes it another document. *again: something was undone. */
static ivn_status attempt(struct undoing *u, struct buffer *text, bool last_attempt, bool *again,
                          ivn_error *err) {
    ivn_prose *now = NULL;
    struct outline outline = {0};
    *again = false;
    if (!make_text(u, text))
        return error_memory(err);
    if (u->count == 0)
        return IVN_OK;
    ivn_status status =
        prose_read(&now, u->prose->format, text->data, text->size, u->prose->chosen, err);
    if (status == IVN_NO_MEMORY)
        return status;
    if (status != IVN_OK) { /* it is no such document any more */
        undo_from(u, 0);
        *again = true;
        return IVN_OK;
    }
    status = IVN_OK;
    if (!outline_make(&outline, now) || !make_expected(u))
        status = error_memory(err);
    else if (undo_differences(u, &outline, last_attempt))
        *again = true;
    else if (!is_same_prose(&u->expected, &now->text)) {
        undo_from(u, 0);
        *again = true;
    }
    outline_fini(&outline);
    ivn_prose_free(now);
    return status;
}

/* Tells which edits are left. */
static bool tell(const struct undoing *u, struct kept_edit **kept, size_t *count) {
    *count = 0;
    *kept = malloc((u->count + 1) * sizeof **kept);
    for (size_t i = 0; *kept && i < u->count; i++)
        if (!u->undone[u->drafts[i].group])
            (*kept)[(*count)++] = u->drafts[i].place;
    return *kept != NULL;
}

static ivn_status prepare(struct undoing *u, ivn_error *err) {
    bool ok = outline_make(&u->outline, u->prose) && gather(u);
    if (ok)
        u->levels = calloc(u->outline.count, sizeof *u->levels);
    if (!ok || !u->levels)
        return error_memory(err);
    return are_valid(u) ? IVN_OK
                        : error_set(err, IVN_INTERNAL,
                                    N_("internal error: an edit is out of place; please report it"),
                                    NULL, NULL, NULL);
}

ivn_status undoing_run(const ivn_prose *p, ivn_result **parts, size_t count,
                       struct kept_edit **kept, size_t *kept_count, struct buffer *text,
                       ivn_error *err) {
    struct undoing u = {.prose = p, .parts = parts, .part_count = count};
    ivn_status status = prepare(&u, err);
    bool again = true;
    for (size_t i = 0; status == IVN_OK && again; i++)
        status = attempt(&u, text, i >= MAX_ATTEMPTS, &again, err);
    if (status == IVN_OK && !is_verbatim(&u, text))
        status = error_set(err, IVN_INTERNAL,
                           N_("internal error: what is not prose would change; please report it"),
                           NULL, NULL, NULL);
    if (status == IVN_OK && !tell(&u, kept, kept_count))
        status = error_memory(err);
    fini(&u);
    return status;
}
