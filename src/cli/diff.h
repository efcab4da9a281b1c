/* SPDX-License-Identifier: Apache-2.0 */
/* diff.h - a unified diff made from the edits. We know what changed, so nothing is searched for.
 * Lines are counted on from window to window; `patch` applies the result. */
#ifndef CLI_DIFF_H
#define CLI_DIFF_H

#include "bytes.h"
#include "ivnorm.h"

#include <stdbool.h>
#include <stdio.h>

enum { DIFF_CONTEXT = 3 };

struct diff {
    FILE *out;
    const char *name;
    bool headed;
    size_t old_line; /* number of the next line, from 1 */
    size_t new_line;

    /* The last lines that did not change, and are not in the hunk (yet). */
    struct bytes context[DIFF_CONTEXT];
    size_t context_count;

    /* The open hunk. Its head counts its lines, so the body waits; past a limit, in a file. */
    bool open;
    size_t old_start, old_count;
    size_t new_start, new_count;
    size_t tail; /* unchanged lines at the end of the body */
    struct bytes body;
    FILE *overflow;

    /* A line that the last window did not finish. */
    struct bytes old_part;
    struct bytes new_part;
};

/* `name` is borrowed. Nothing is written for a document without changes. */
void diff_init(struct diff *diff, FILE *out, const char *name);

/* The next window of the document and its edits. -1 with errno. */
int diff_window(struct diff *diff, const char *text, size_t n, const ivn_edit *edits, size_t count);

/* The end of the document: writes what is left. -1 with errno. */
int diff_finish(struct diff *diff);

void diff_fini(struct diff *diff);

#endif
