/* SPDX-License-Identifier: Apache-2.0 */
/* span.h - stretches of a text that must not be edited. */
#ifndef IVN_SPAN_H
#define IVN_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct edit_list;

/* Bytes offset .. offset+length-1. */
struct span {
    uint32_t offset;
    uint32_t length;
};

/* Sorted and disjoint; what lies between them is prose. */
struct span_list {
    struct span *items;
    size_t count;
    size_t capacity;
};

void span_list_fini(struct span_list *list);

/* Appends a span that begins at or behind the last one's beginning; touching spans are joined.
 * false: no memory. */
bool span_add(struct span_list *list, size_t offset, size_t length);

/* Appends a span wherever it stands, unless it is empty; span_normalise() is then to sort the list
 * and to join what overlaps or touches. false: no memory. */
bool span_append(struct span_list *list, struct span span);
void span_normalise(struct span_list *list);

/* Moves the spans to where they are after the edits, none of which may touch them. */
void span_map(struct span_list *list, const struct edit_list *edits);

/* I4: whether any edit changes a byte of a span. */
bool span_touched(const struct span_list *list, const struct edit_list *edits);

#endif
