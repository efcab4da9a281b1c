/* SPDX-License-Identifier: Apache-2.0 */
#include "outline.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a */
static const uint64_t hash_basis = 0xCBF29CE484222325u, hash_prime = 0x100000001B3u;

struct maker {
    const ivn_prose *prose;
    struct outline *outline;
    uint64_t markup; /* hashes of the current block: of its markup, … */
    uint64_t events; /* … and of the structure; which stands before which may change */
    size_t start;    /* of the current block */
    size_t at;       /* what is before has been seen */
    size_t event;    /* the next */
};

void outline_fini(struct outline *outline) {
    free(outline->blocks);
    free(outline->order);
    *outline = (struct outline){0};
}

static int compare_places(const void *x, const void *y, void *pieces) {
    const struct prose_piece *all = pieces;
    const uint32_t a = all[*(const uint32_t *)x].source, b = all[*(const uint32_t *)y].source;
    return a < b ? -1 : a > b;
}

static bool order_pieces(struct outline *o, const ivn_prose *p) {
    bool sorted = true; /* asides stand out of the order of the source */
    for (size_t i = 1; i < p->count && sorted; i++)
        sorted = p->pieces[i].source >= p->pieces[i - 1].source;
    if (sorted)
        return true;
    o->order = malloc(p->count * sizeof *o->order);
    if (!o->order)
        return false;
    for (size_t i = 0; i < p->count; i++)
        o->order[i] = (uint32_t)i;
    qsort_r(o->order, p->count, sizeof *o->order, compare_places, p->pieces);
    return true;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void add_byte(uint64_t *hash, char byte) {
    *hash = (*hash ^ (unsigned char)byte) * hash_prime;
}

static void add_markup(struct maker *m, size_t from, size_t to) {
    const char *s = m->prose->source;
    while (from < to && is_space(s[from]))
        from++;
    while (to > from && is_space(s[to - 1]))
        to--;
    for (; from < to; from++)
        add_byte(&m->markup, s[from]);
}

static bool end_block(struct maker *m) {
    struct outline *o = m->outline;
    void *blocks = o->blocks;
    if (!array_grow(&blocks, &o->capacity, o->count + 1, sizeof *o->blocks))
        return false;
    o->blocks = blocks;
    o->blocks[o->count++] =
        (struct outline_block){(uint32_t)m->start, m->markup ^ (m->events * hash_prime)};
    m->markup = m->events = hash_basis;
    m->start = m->at;
    return true;
}

/* The events of the block up to a place. */
static void add_events(struct maker *m, size_t end) {
    const ivn_prose *p = m->prose;
    for (; m->event < p->events.size && p->event_places[m->event] < end; m->event++)
        add_byte(&m->events, p->events.data[m->event]);
}

static void take(struct maker *m, const struct prose_piece *q) {
    const size_t end = (size_t)q->source + q->length;
    if (q->source > m->at)
        add_markup(m, m->at, q->source);
    if (q->kind == PROSE_WORD || q->kind == PROSE_OBJECT)
        add_markup(m, q->source, end);
    if (end > m->at)
        m->at = end;
    add_events(m, m->at);
}

/* The number of the block of each piece, which its break begins. */
static uint32_t *number_blocks(const ivn_prose *p) {
    uint32_t *numbers = malloc((p->count + 1) * sizeof *numbers), number = 0;
    for (size_t i = 0; numbers && i < p->count; i++) {
        const struct prose_piece *q = &p->pieces[i];
        number += q->kind == PROSE_BREAK && i + 1 < p->count && q[1].at - q->at == 2;
        numbers[i] = number;
    }
    return numbers;
}

bool outline_make(struct outline *outline, const ivn_prose *p) {
    struct maker m = {.prose = p, .outline = outline, .markup = hash_basis, .events = hash_basis};
    uint32_t *numbers = number_blocks(p), block = 0;
    bool ok = numbers && order_pieces(outline, p);
    for (size_t i = 0; i < p->count && ok; i++) {
        const size_t k = outline_piece(outline, i);
        if (p->pieces[k].kind == PROSE_BREAK)
            continue;
        if (numbers[k] != block)
            ok = end_block(&m);
        block = numbers[k];
        take(&m, &p->pieces[k]);
    }
    if (ok) {
        ok = end_block(&m);
        add_markup(&m, m.at, p->size);
        add_events(&m, SIZE_MAX);
        ok = ok && end_block(&m);
    }
    free(numbers);
    return ok;
}
