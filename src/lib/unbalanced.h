/* SPDX-License-Identifier: Apache-2.0 */
/* unbalanced.h - quotes and brackets of a document that have no counterpart, looked for beyond
 * their own lines: a quotation may go over several paragraphs, and a line may be broken within one.
 */
#ifndef IVN_UNBALANCED_H
#define IVN_UNBALANCED_H

#include "quotes.h"

/* A mark that has no partner in its own line. */
struct lone_mark {
    uint32_t offset;
    uint32_t length;
    uint32_t line;   /* number of its line, blank ones not counted */
    uint32_t blanks; /* how many blank lines stand before it */
    enum pair_kind kind;
    bool opening;
    bool first;   /* nothing but space stands before it in its line */
    bool paired;  /* it is the start of what may be the last paragraph of a quotation */
    bool settled; /* it is in order, or may be */
};

struct lone_list {
    struct lone_mark *items;
    size_t count;
    size_t capacity;
    uint32_t line, blanks; /* of the line that is being looked at */
};

void lone_list_fini(struct lone_list *list);

/* Adds the lone marks of list->line, with their offsets in it. Those of a line that is not Chinese
 * are counterparts only. false: no memory. */
bool lone_list_take_line(struct lone_list *list, const struct pair_list *pairs, const char *line,
                         bool chinese);

/* Adds to *out an edit that changes nothing for every mark that finds no counterpart in the lines
 * around it either, and empties the list. text is what the offsets are about. false: no memory. */
bool lone_list_report(struct lone_list *list, const char *text, const reason_id *reasons,
                      struct edit_list *out);

#endif
