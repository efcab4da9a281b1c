/* SPDX-License-Identifier: Apache-2.0 */
/* dict_lint.h - what is wrong with a dictionary beyond its syntax: rows that repeat or hide each
 * other, that never act, or whose words do not stay; and examples that come out otherwise. */
#ifndef IVN_DICT_LINT_H
#define IVN_DICT_LINT_H

#include <stdbool.h>

#include "ivnorm.h"

/* Calls fn for each finding in a file that the lexicon was built from; of the spellings in
 * dict/script only the examples are looked at. */
ivn_status dict_lint(const ivn_lexicon *lexicon, bool examples_only, const char *name,
                     const char *tsv, size_t n, ivn_finding_fn *fn, void *user, ivn_error *err);

#endif
