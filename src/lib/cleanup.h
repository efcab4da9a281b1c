/* SPDX-License-Identifier: Apache-2.0 */
/* cleanup.h - the cleanup stage: text and rules in, edits out.
 *
 *     text ─ lines ─► mask verbatim spans and what the protect rules find
 *                       ▲          ▼
 *                       │   chars, pairs, marks, tidy, spaces ─► edits
 *                       └── again, until the line changes no more
 */
#ifndef IVN_CLEANUP_H
#define IVN_CLEANUP_H

#include <stdbool.h>
#include <stddef.h>

#include "edit.h"
#include "ivnorm.h"
#include "rules.h"
#include "span.h"

/* Scratch memory of one thread. */
struct cleanup;

enum cleanup_kind {
    CLEANUP_PLAIN, /* blocks of lines that look like code are none of the text, and separators in
                      the place of line ends become such */
    CLEANUP_PROSE  /* all of it is prose */
};

/* For a compiled set, which must outlive it. The caller's. IVN_NO_MEMORY. */
ivn_status cleanup_new(struct cleanup **out, const struct rule_set *s, ivn_error *err);
void cleanup_free(struct cleanup *c);

/* Adds to *out, which must be empty, the edits of the rules in force against a text of n bytes
 * (below 4 GiB). The text is UTF-8 outside the verbatim spans, which are neither edited nor looked
 * into: to their neighbours each counts as one Latin word. Lines are independent of each other,
 * code blocks and quotations in paragraphs broken into lines apart; a line that does not settle
 * after some passes stays as it is. IVN_LIMIT, with file and line of the rule that exceeded the
 * match limit, or of the user's rule that does not let a line settle; IVN_NO_MEMORY; *out is then
 * empty. */
ivn_status cleanup_run(struct cleanup *c, const char *text, size_t n,
                       const struct span_list *verbatim, enum cleanup_kind kind,
                       struct edit_list *out, ivn_error *err);

/* Whether each line of the last run stood for itself. If not, what was done to one may let another
 * be seen otherwise: run again. */
bool cleanup_is_settled(const struct cleanup *c);

/* Adds to *out, which must be empty, what the report rules find in a text that is clean: edits that
 * are proposals; one that does not change its text is a place to look at. Errors as above. */
ivn_status cleanup_report(struct cleanup *c, const char *text, size_t n,
                          const struct span_list *verbatim, enum cleanup_kind kind,
                          struct edit_list *out, ivn_error *err);

#endif
