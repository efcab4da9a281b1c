/* SPDX-License-Identifier: Apache-2.0 */
#include "span.h"

#include <stdlib.h>

#include "buffer.h"
#include "edit.h"

bool span_add(struct span_list *list, size_t offset, size_t length) {
    if (length == 0)
        return true;
    if (list->count) { /* touching spans are one */
        struct span *last = &list->items[list->count - 1];
        if ((size_t)last->offset + last->length >= offset) {
            if (offset + length > (size_t)last->offset + last->length)
                last->length = (uint32_t)(offset + length - last->offset);
            return true;
        }
    }
    void *items = list->items;
    if (!array_grow(&items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items = items;
    list->items[list->count++] = (struct span){(uint32_t)offset, (uint32_t)length};
    return true;
}

bool span_append(struct span_list *list, struct span span) {
    void *items = list->items;
    if (span.length == 0)
        return true;
    if (!array_grow(&items, &list->capacity, list->count + 1, sizeof *list->items))
        return false;
    list->items = items;
    list->items[list->count++] = span;
    return true;
}

static int compare(const void *x, const void *y) {
    const struct span *a = x, *b = y;
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

void span_normalise(struct span_list *list) {
    const size_t count = list->count;
    if (count)
        qsort(list->items, count, sizeof *list->items, compare);
    list->count = 0;
    for (size_t i = 0; i < count; i++) /* never grows: there is room for all of them */
        (void)span_add(list, list->items[i].offset, list->items[i].length);
}

static bool ends_before(const struct edit *e, const struct span *s) {
    return (size_t)e->offset + e->length <= s->offset;
}

void span_map(struct span_list *list, const struct edit_list *edits) {
    size_t e = 0;
    int64_t shift = 0;
    for (size_t i = 0; i < list->count; i++) {
        for (; e < edits->count && ends_before(&edits->items[e], &list->items[i]); e++)
            shift += (int64_t)edits->items[e].text_length - (int64_t)edits->items[e].length;
        list->items[i].offset = (uint32_t)((int64_t)list->items[i].offset + shift);
    }
}

bool span_touched(const struct span_list *list, const struct edit_list *edits) {
    size_t e = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct span *s = &list->items[i];
        while (e < edits->count && ends_before(&edits->items[e], s))
            e++;
        if (e < edits->count && edits->items[e].offset < s->offset + s->length)
            return true;
    }
    return false;
}

void span_list_fini(struct span_list *list) {
    free(list->items);
    *list = (struct span_list){0};
}
