/* SPDX-License-Identifier: Apache-2.0 */
/* explain.h - why each change was made, one line a change:
 *
 *     FILE:LINE:COLUMN: before → after  RULE  DICTFILE:LINE (note); RULE  DICTFILE:LINE
 *
 * A doubtful change that was not made has "suggestion: " before it; a place that only asks to be
 * looked at has no arrow. */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "ivnorm.h"
#include "place.h"

#include <stdio.h>

struct explain_edits {
    const ivn_edit *edits;
    size_t count;
};

/* Explains one window of the document `name`; `place` is where the window starts. */
void explain_window(FILE *out, const char *name, struct place place, const char *text,
                    struct explain_edits made, struct explain_edits suggested);

#endif
