/* SPDX-License-Identifier: Apache-2.0 */
/* border.h - places between two characters of a text, followed through all that is done to it: the
 * borders of the pieces of prose, where markup stands in the source.
 *
 * What is put in at a border belongs to neither side: a border is where what is before ends (`end`)
 * and where what is behind begins (`begin`). */
#ifndef IVN_BORDER_H
#define IVN_BORDER_H

#include "edit.h"

struct border {
    uint32_t end;
    uint32_t begin;
};

struct border_list {
    struct border *items; /* in the order of the text */
    size_t count;
    size_t capacity;
};

void border_list_fini(struct border_list *list);

/* Appends a border between the characters before and behind `place`. false: no memory. */
bool border_add(struct border_list *list, size_t place);

/* Moves the borders to where they are after the edits of `text`. Within an edit a border stays
 * beside the characters that are most like those beside it. */
void border_map(struct border_list *list, const struct edit_list *edits, const char *text);

#endif
