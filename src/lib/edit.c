/* SPDX-License-Identifier: Apache-2.0 */
#include "edit.h"

#include <stdlib.h>
#include <string.h>

/* A chain longer than this is not searched as a whole for a reason that it has already. */
enum { REASON_LOOK_BACK = 16 };

void edit_list_clear(struct edit_list *list) {
    list->count = 0;
    list->pool.size = 0;
    list->chain_count = 0;
}

void edit_list_fini(struct edit_list *list) {
    free(list->items);
    free(list->chains);
    buffer_fini(&list->pool);
    *list = (struct edit_list){0};
}

/* Room for one more edit, and text_length bytes of its text. */
static inline bool reserve(struct edit_list *list, size_t text_length) {
    if (list->count < list->capacity && text_length <= list->pool.capacity - list->pool.size)
        return true;
    void *items = list->items;
    if (!array_grow(&items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items = items;
    return buffer_reserve(&list->pool, text_length);
}

static bool add_item(struct edit_list *list, const struct edit *e) {
    if (!reserve(list, 0))
        return false;
    list->items[list->count++] = *e;
    return true;
}

static char *copy(char *to, const char *from, size_t n) {
    if (n)
        memcpy(to, from, n);
    return to + n;
}

bool edit_add(struct edit_list *list, size_t offset, size_t length, const char *text,
              size_t text_length, reason_id reason) {
    if (offset > UINT32_MAX || length > UINT32_MAX - offset ||
        text_length > UINT32_MAX - list->pool.size || !reserve(list, text_length))
        return false;
    list->items[list->count++] = (struct edit){.offset = (uint32_t)offset,
                                               .length = (uint32_t)length,
                                               .text = (uint32_t)list->pool.size,
                                               .text_length = (uint32_t)text_length,
                                               .reason = reason};
    if (text_length) {
        copy(list->pool.data + list->pool.size, text, text_length);
        list->pool.size += text_length;
    }
    return true;
}

bool edit_copy_chains(struct edit_list *list, const struct edit_list *from, uint32_t *shift) {
    void *chains = list->chains;
    const size_t count = list->chain_count;
    *shift = (uint32_t)count;
    if (from->chain_count == 0)
        return true;
    if (!array_grow(&chains, &list->chain_capacity, count + from->chain_count,
                    sizeof *list->chains))
        return false;
    list->chains = chains;
    memcpy(list->chains + count, from->chains, from->chain_count * sizeof *from->chains);
    list->chain_count += from->chain_count;
    return true;
}

static int compare_edits(const void *a, const void *b) {
    const struct edit *x = a, *y = b;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return x->text < y->text ? -1 : x->text > y->text; /* as they were appended */
}

void edit_sort(struct edit_list *list) {
    size_t kept = 0, end = 0;
    if (list->count)
        qsort(list->items, list->count, sizeof *list->items, compare_edits);
    for (size_t i = 0; i < list->count; i++) {
        struct edit e = list->items[i];
        if (kept > 0 && (e.offset < end || e.offset == list->items[kept - 1].offset))
            continue;
        end = (size_t)e.offset + e.length;
        list->items[kept++] = e;
    }
    list->count = kept;
}

bool edit_apply(const struct edit_list *list, const char *source, size_t n, struct buffer *out) {
    size_t at = 0, grown = n;
    for (size_t i = 0; i < list->count; i++)
        grown += list->items[i].text_length;
    if (!buffer_reserve(out, grown))
        return false;
    if (grown == 0)
        return true;
    char *to = out->data + out->size;
    for (size_t i = 0; i < list->count; i++) {
        const struct edit *e = &list->items[i];
        to = copy(to, source + at, e->offset - at);
        to = copy(to, edit_text(list, e), e->text_length);
        at = (size_t)e->offset + e->length;
    }
    to = copy(to, source + at, n - at);
    out->size = (size_t)(to - out->data);
    return true;
}

struct edit_origin edit_find_origin(const struct edit_list *list, struct edit_cursor *cursor,
                                    size_t from, size_t to) {
    struct edit_origin o = {.new_from = from, .new_to = to};
    size_t after = cursor->shift;
    for (size_t i = cursor->next; i < list->count; i++) {
        const struct edit *e = &list->items[i];
        size_t start = e->offset + after, end = start + e->text_length;
        if (start >= o.new_to)
            break;
        bool inside = end > o.new_from;
        if (inside && start < o.new_from)
            o.new_from = start;
        if (inside && end > o.new_to)
            o.new_to = end;
        after += e->text_length - (size_t)e->length;
        if (!inside)
            *cursor = (struct edit_cursor){.next = i + 1, .shift = after};
    }
    o.from = o.new_from - cursor->shift;
    o.to = o.new_to - after;
    return o;
}

size_t edit_reasons(const struct edit_list *list, const struct edit *e, const reason_id **ids) {
    if (reason_kind_of(e->reason) != REASON_MANY) {
        *ids = &e->reason;
        return 1;
    }
    const reason_id *chain = list->chains + reason_index_of(e->reason);
    *ids = chain + 1;
    return chain[0];
}

bool edit_list_valid(const struct edit_list *list, size_t n) {
    size_t end = 0;
    bool inserted = false; /* an insertion stands at `end` */
    for (size_t i = 0; i < list->count; i++) {
        const struct edit *e = &list->items[i];
        if (e->offset < end || e->offset > n || e->length > n - e->offset)
            return false;
        if (e->text > list->pool.size || e->text_length > list->pool.size - e->text)
            return false;
        if (inserted && e->length == 0 && e->offset == end)
            return false;
        inserted = e->length == 0;
        end = (size_t)e->offset + e->length;
    }
    return true;
}

/* ---- composition ---- */

/* A cluster is a run of edits of both lists that touch each other in T1, the text between the two.
 * Places are offsets in T1 unless they say otherwise; `shift` is T1 minus T0. */
struct composer {
    const struct edit_list *first;
    const struct edit_list *second;
    const char *source;
    struct edit_list *out;
    size_t i, j;   /* next edit of first and second */
    int64_t shift; /* before edit i */
};

struct cluster {
    size_t i_start, i_end, j_start, j_end;
    int64_t shift;     /* before its first edit */
    int64_t shift_end; /* behind its last */
    int64_t start, end;
};

static int64_t first_start(const struct composer *c) {
    return (int64_t)c->first->items[c->i].offset + c->shift;
}

static int64_t second_start(const struct composer *c) {
    return c->second->items[c->j].offset;
}

/* Takes the next edits that hang together. */
static void take_cluster(struct composer *c, struct cluster *k) {
    int64_t first_end = -1, second_end = -1; /* behind the last edit of each list, -1 = none yet */
    bool has_first = c->i < c->first->count, has_second = c->j < c->second->count;
    *k = (struct cluster){.i_start = c->i, .j_start = c->j, .shift = c->shift};
    if (has_first && (!has_second || first_start(c) <= second_start(c)))
        k->start = second_end = first_start(c);
    else
        k->start = first_end = second_start(c);
    k->end = k->start;
    for (;;) {
        int64_t end;
        if (c->i < c->first->count && first_start(c) <= second_end) {
            const struct edit *e = &c->first->items[c->i];
            end = first_end = first_start(c) + e->text_length;
            c->shift += (int64_t)e->text_length - (int64_t)e->length;
            c->i++;
        } else if (c->j < c->second->count && second_start(c) <= first_end) {
            end = second_end = second_start(c) + c->second->items[c->j].length;
            c->j++;
        } else {
            break;
        }
        if (end > k->end)
            k->end = end;
    }
    k->i_end = c->i;
    k->j_end = c->j;
    k->shift_end = c->shift;
}

/* Where copy_middle() has come to in the cluster's edits of the first list. */
struct cursor {
    size_t i;
    int64_t shift;
};

/* Appends T1 from `from` up to `to`; calls go forward only. */
static bool copy_middle(const struct composer *c, const struct cluster *k, struct cursor *at,
                        int64_t from, int64_t to) {
    struct buffer *pool = &c->out->pool;
    while (from < to) {
        const struct edit *e = at->i < k->i_end ? &c->first->items[at->i] : NULL;
        int64_t start = e ? (int64_t)e->offset + at->shift : to;
        if (from < start) {
            int64_t stop = start < to ? start : to;
            if (!buffer_append(pool, c->source + (from - at->shift), (size_t)(stop - from)))
                return false;
            from = stop;
            continue;
        }
        int64_t end = start + e->text_length;
        int64_t stop = end < to ? end : to;
        if (stop > from) {
            const char *text = edit_text(c->first, e) + (from - start);
            if (!buffer_append(pool, text, (size_t)(stop - from)))
                return false;
            from = stop;
        }
        if (from >= end) {
            at->shift += (int64_t)e->text_length - (int64_t)e->length;
            at->i++;
        }
    }
    return true;
}

/* Appends the cluster's part of T2 to the pool. */
static bool copy_result(const struct composer *c, const struct cluster *k) {
    struct cursor at = {.i = k->i_start, .shift = k->shift};
    int64_t done = k->start;
    for (size_t j = k->j_start; j < k->j_end; j++) {
        const struct edit *e = &c->second->items[j];
        if (!copy_middle(c, k, &at, done, e->offset))
            return false;
        if (!buffer_append(&c->out->pool, edit_text(c->second, e), e->text_length))
            return false;
        int64_t end = (int64_t)e->offset + e->length;
        while (at.i < k->i_end) { /* what the second edit swallowed as a whole */
            const struct edit *f = &c->first->items[at.i];
            if ((int64_t)f->offset + at.shift + f->text_length > end)
                break;
            at.shift += (int64_t)f->text_length - (int64_t)f->length;
            at.i++;
        }
        done = end;
    }
    return copy_middle(c, k, &at, done, k->end);
}

static bool chain_push(struct edit_list *out, reason_id id) {
    void *chains = out->chains;
    if (!array_grow(&chains, &out->chain_capacity, out->chain_count + 1, sizeof *out->chains))
        return false;
    out->chains = chains;
    out->chains[out->chain_count++] = id;
    return true;
}

/* Adds the reasons of one edit to the chain that begins at `head`. */
static bool chain_join(struct edit_list *out, size_t head, const struct edit_list *list,
                       const struct edit *e) {
    const reason_id *ids;
    size_t n = edit_reasons(list, e, &ids);
    for (size_t i = 0; i < n; i++) {
        bool known = false;
        size_t low = head + 1;
        if (out->chain_count - low > REASON_LOOK_BACK)
            low = out->chain_count - REASON_LOOK_BACK;
        for (size_t k = low; k < out->chain_count && !known; k++)
            known = out->chains[k] == ids[i];
        if (!known && !chain_push(out, ids[i]))
            return false;
    }
    return true;
}

/* The reason for the whole cluster: a single one as it is, several as a new chain. */
static bool join_reasons(const struct composer *c, const struct cluster *k, reason_id *reason) {
    struct edit_list *out = c->out;
    size_t head = out->chain_count;
    if (!chain_push(out, 0))
        return false;
    for (size_t i = k->i_start; i < k->i_end; i++)
        if (!chain_join(out, head, c->first, &c->first->items[i]))
            return false;
    for (size_t j = k->j_start; j < k->j_end; j++)
        if (!chain_join(out, head, c->second, &c->second->items[j]))
            return false;
    size_t count = out->chain_count - head - 1;
    if (count == 1) {
        *reason = out->chains[head + 1];
        out->chain_count = head;
        return true;
    }
    if (head > reason_index_of(UINT32_MAX))
        return false;
    out->chains[head] = (reason_id)count;
    *reason = reason_make(REASON_MANY, (uint32_t)head);
    return true;
}

static bool add_cluster(const struct composer *c, const struct cluster *k) {
    struct edit_list *out = c->out;
    size_t text = out->pool.size;
    if (!copy_result(c, k))
        return false;
    size_t text_length = out->pool.size - text;
    size_t offset = (size_t)(k->start - k->shift);
    size_t length = (size_t)(k->end - k->shift_end) - offset;
    if (length == text_length &&
        (length == 0 || memcmp(out->pool.data + text, c->source + offset, length) == 0)) {
        out->pool.size = text;
        return true;
    }
    if (out->pool.size > UINT32_MAX)
        return false;
    struct edit e = {.offset = (uint32_t)offset,
                     .length = (uint32_t)length,
                     .text = (uint32_t)text,
                     .text_length = (uint32_t)text_length};
    return join_reasons(c, k, &e.reason) && add_item(out, &e);
}

/* Copies the edits of the first list that the second does not come near: nearly all, where a second
 * look has found little. */
static bool copy_untouched(struct composer *c) {
    for (; c->i < c->first->count; c->i++) {
        const struct edit *e = &c->first->items[c->i];
        bool near = c->j < c->second->count && first_start(c) + e->text_length >= second_start(c);
        if (near || reason_kind_of(e->reason) == REASON_MANY)
            return true;
        if (!edit_add(c->out, e->offset, e->length, edit_text(c->first, e), e->text_length,
                      e->reason))
            return false;
        c->shift += (int64_t)e->text_length - (int64_t)e->length;
    }
    return true;
}

bool edit_compose(const struct edit_list *first, const struct edit_list *second, const char *source,
                  struct edit_list *out) {
    struct composer c = {.first = first, .second = second, .source = source, .out = out};
    while (c.i < first->count || c.j < second->count) {
        struct cluster k;
        if (!copy_untouched(&c))
            return false;
        if (c.i == first->count && c.j == second->count)
            break;
        take_cluster(&c, &k);
        if (!add_cluster(&c, &k))
            return false;
    }
    return true;
}
