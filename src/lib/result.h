/* SPDX-License-Identifier: Apache-2.0 */
/* result.h - text and edits of one call. */
#ifndef IVN_RESULT_H
#define IVN_RESULT_H

#include "edit.h"
#include "profile.h"

/* The edits as callers see them, made when somebody asks. */
struct edit_view {
    ivn_edit *edits;
    ivn_reason *reasons;
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
};

#endif
