/* SPDX-License-Identifier: Apache-2.0 */
/* result.h - text and edits of one call. */
#ifndef IVN_RESULT_H
#define IVN_RESULT_H

#include "edit.h"
#include "profile.h"

/* The edits as callers see them, made when somebody asks. */
struct edit_view {
    ivn_edit *edits;
    size_t count;
    ivn_reason *reasons; /* NULL: the parts have them */
};

/* An edit of a part of a document. */
struct kept_edit {
    uint32_t part;
    uint32_t index;
};

struct ivn_result {
    const ivn_context *context;
    unsigned locale;
    struct buffer text;
    struct edit_list edits;
    struct edit_list suggestions;
    struct because because;
    ivn_mention *mentions;
    size_t mention_count;
    struct edit_view edit_view;
    struct edit_view suggestion_view;
    struct edit_list prose_edits; /* of a part: those of the prose, from prose_from on, … */
    size_t prose_from;
    struct buffer groups; /* … and which of them each edit comes from (uint32_t) */
    ivn_result **parts;   /* of a document; the views are made of theirs */
    size_t part_count;
    struct kept_edit *kept; /* of the parts' edits, in the order of the document */
    size_t kept_count;
};

#endif
