/* SPDX-License-Identifier: Apache-2.0 */
/* reason.h - from the four bytes of a reason_id to rule id, file and line. */
#ifndef IVN_REASON_H
#define IVN_REASON_H

#include "edit.h"
#include "profile.h"

/* Where a reason's strings lie: with the lexicon, the rule set, `because`, or constant. */
void reason_resolve(const ivn_context *context, unsigned locale, const struct because *because,
                    reason_id id, ivn_reason *out);

/* Sets file and line from a file_line of a lexicon. */
void reason_set_source(const ivn_lexicon *lexicon, uint32_t file_line, const char **file,
                       unsigned *line);

#endif
