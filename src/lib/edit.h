/* SPDX-License-Identifier: Apache-2.0 */
/* edit.h - the edit list: the one description of what changes, from which everything is made.
 *
 * An edit replaces `length` bytes at `offset` of its source text. In a list edits are sorted and
 * disjoint (I1); two insertions at one offset do not occur. Text outside the edits is unchanged.
 */
#ifndef IVN_EDIT_H
#define IVN_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"

/* Why an edit was made, in four bytes: what kind of source, and which one of them.
 * Resolved to rule id, file and line by reason.c only when somebody asks. */
typedef uint32_t reason_id;
enum reason_kind {
    REASON_CHAR = 0,   /* index: character id of the original character */
    REASON_WORD = 1,   /* index: lexicon entry */
    REASON_TERM = 2,   /* index: concept */
    REASON_DAMAGE = 3, /* index: lexicon entry */
    REASON_RULE = 4,   /* index: cleanup rule */
    REASON_OPENCC = 5, /* index: 0 */
    REASON_GATED = 6,  /* index: into the document's struct because */
    REASON_MANY = 7    /* index: into the list's chains (after composition only) */
};
static inline reason_id reason_make(enum reason_kind kind, uint32_t index) {
    return (reason_id)kind << 29 | index;
}
static inline enum reason_kind reason_kind_of(reason_id id) {
    return (enum reason_kind)(id >> 29);
}
static inline uint32_t reason_index_of(reason_id id) {
    return id & 0x1FFFFFFF;
}

struct edit {
    uint32_t offset;
    uint32_t length;
    uint32_t text; /* offset of the replacement in the list's pool */
    uint32_t text_length;
    reason_id reason;
};

struct edit_list {
    struct edit *items;
    size_t count;
    size_t capacity;
    struct buffer pool; /* replacement bytes */
    reason_id *chains;  /* for REASON_MANY: count, then that many ids */
    size_t chain_count;
    size_t chain_capacity;
};

/* The replacement of an edit of the list; not NULL. */
static inline const char *edit_text(const struct edit_list *list, const struct edit *e) {
    return e->text_length ? list->pool.data + e->text : "";
}

void edit_list_clear(struct edit_list *list); /* keeps the memory */
void edit_list_fini(struct edit_list *list);

/* Appends an edit behind all others. false: no memory. */
bool edit_add(struct edit_list *list, size_t offset, size_t length, const char *text,
              size_t text_length, reason_id reason);

/* Appends to *out the source with the edits done. false: no memory. */
bool edit_apply(const struct edit_list *list, const char *source, size_t n, struct buffer *out);

/* *out = first then second: first edits T0 into T1, second T1 into T2, out T0 into T2.
 * Edits of the two that touch or overlap become one, with both their reasons; an edit whose
 * replacement equals what it replaces is dropped. out must be empty and neither input.
 * false: no memory. */
bool edit_compose(const struct edit_list *first, const struct edit_list *second, const char *source,
                  struct edit_list *out);

/* Sorts a list whose edits were appended in any order; of two that overlap the second goes. */
void edit_sort(struct edit_list *list);

/* Appends the chains of another list, whose edits are then copied with the reasons that
 * edit_shift_reason() makes of theirs. false: no memory. */
bool edit_copy_chains(struct edit_list *list, const struct edit_list *from, uint32_t *shift);
static inline reason_id edit_shift_reason(reason_id reason, uint32_t shift) {
    return reason_kind_of(reason) == REASON_MANY
               ? reason_make(REASON_MANY, reason_index_of(reason) + shift)
               : reason;
}

/* Where a stretch of the new text comes from. */
struct edit_origin {
    size_t from, to;         /* in the source */
    size_t new_from, new_to; /* the stretch, widened to whole edits */
};

/* A place in a list, for stretches that are asked for in order; all zero at its start. */
struct edit_cursor {
    size_t next;  /* the first edit that is not in front of the last stretch */
    size_t shift; /* what those in front of it have added, modulo */
};

/* The origin of [from, to) of the text that the list makes; from is not less
 * than the last one's. */
struct edit_origin edit_find_origin(const struct edit_list *list, struct edit_cursor *cursor,
                                    size_t from, size_t to);

/* The reasons of an edit: *ids points into the list or to the edit itself; returns how many. */
size_t edit_reasons(const struct edit_list *list, const struct edit *e, const reason_id **ids);

/* I1: sorted, disjoint, inside a source of n bytes. */
bool edit_list_valid(const struct edit_list *list, size_t n);

#endif
