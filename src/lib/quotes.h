/* SPDX-License-Identifier: Apache-2.0 */
/* quotes.h - pairs of quotes and brackets in one line: which marks belong together, which of them
 * are Chinese, and how they should look. Pairing is not a job for patterns; the rules that switch
 * it on and name it are in the rules files (action: builtin). */
#ifndef IVN_QUOTES_H
#define IVN_QUOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "builtin.h"
#include "edit.h"

/* What a target wants. */
struct pair_style {
    const reason_id *reason; /* by enum builtin; NO_BUILTIN where the rule is not in force */
    char quotes[4][8];       /* outer opening, outer closing, inner opening, inner closing */
};

enum pair_kind {
    PAIR_STRAIGHT,        /* " */
    PAIR_STRAIGHT_SINGLE, /* ' */
    PAIR_CURLY,
    PAIR_CURLY_SINGLE,
    PAIR_CORNER,
    PAIR_CORNER_WHITE,
    PAIR_PRIME, /* 〝 〞 〟 */
    PAIR_ROUND, /* ( ) （ ） */
    PAIR_TITLE, /* 《 》 */
    PAIR_TITLE_SINGLE,
    PAIR_BLACK, /* 【 】 */
    PAIR_KINDS
};

struct pair_mark {
    uint32_t offset; /* in the line */
    uint32_t length;
    int32_t partner; /* index of the other mark; -1 = none */
    int32_t parent;  /* index of the opening mark around it; -1 = none */
    int32_t outer;   /* index of the innermost Chinese quote around the pair; -1 = none */
    int32_t within;  /* index of the opening mark around what follows it; -1 = none */
    uint32_t han;    /* Han characters and full-width marks of the line before it */
    enum pair_kind kind;
    bool opening;
    bool full;         /* not ASCII */
    bool apart;        /* no quote at all: an apostrophe, inches, escaped */
    bool chinese;      /* a quote of Chinese text */
    bool prose;        /* opening mark: ， 。 or ； stands directly inside */
    bool prose_behind; /* ， 。 or ； stands between it and the next mark */
    bool turned;       /* left over, and can only be one pair */
};

/* The marks of one line. */
struct pair_list {
    struct pair_mark *items;
    size_t count;
    size_t capacity;
    int32_t *stack;
    size_t stack_capacity;
    uint32_t han; /* of the whole line */
    bool prose;   /* ， 。 or ； stands outside all pairs */
};

/* Whether a quote or a bracket begins n > 0 bytes. */
bool pair_mark_at(const char *text, size_t n);

void pair_list_fini(struct pair_list *list);

/* Finds the marks of a line of n bytes and their partners. false: no memory. */
bool pair_list_scan(struct pair_list *list, const char *line, size_t n);

/* Adds the edits that the style wants, with corners_only to 「」 and 『』
 * alone. false: no memory. */
bool pair_list_edit(const struct pair_list *list, const char *line, size_t n,
                    const struct pair_style *style, bool corners_only, struct edit_list *out);

/* Overwrites quotes that are not Chinese, and symbols quoted as such, with `mask` bytes. Whether
 * there were any. */
bool pair_list_mask(const struct pair_list *list, char *line, char mask);

/* Whether the innermost pair around the offset, else the line, is prose; 《》 is not. */
bool pair_list_prose(const struct pair_list *list, size_t offset);

/* Whether the innermost pair around the offset is 《》 or 〈〉. */
bool pair_list_title(const struct pair_list *list, size_t offset);

#endif
