/* SPDX-License-Identifier: Apache-2.0 */
/* opencc.h - libopencc as the script stage, for those who need its exact output. */
#ifndef IVN_OPENCC_H
#define IVN_OPENCC_H

#include "edit.h"
#include "ivnorm.h"
#include "span.h"

struct opencc;

/* Opens a configuration: a built-in name ("s2twp") or a path. IVN_OPENCC, IVN_NO_MEMORY. */
ivn_status opencc_stage_open(struct opencc **out, const char *config, ivn_error *err);
void opencc_stage_close(struct opencc *o);

/* Appends to *out the edits that make of the text, verbatim spans apart, what OpenCC makes of it.
 * IVN_OPENCC, IVN_NO_MEMORY. */
ivn_status opencc_stage_run(struct opencc *o, const char *text, size_t n,
                            const struct span_list *verbatim, struct edit_list *out,
                            ivn_error *err);

#endif
