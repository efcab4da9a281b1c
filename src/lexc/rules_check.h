/* SPDX-License-Identifier: Apache-2.0 */
/* rules_check.h - holds the cleanup rules to their examples. */
#ifndef LEXC_RULES_CHECK_H
#define LEXC_RULES_CHECK_H

#include <stddef.h>

#include "ivnorm.h"

/* Runs the examples of the lexicon's rules for every locale, as rules_try() does. Complains about
 * those that fail, and about rules with too few; returns how many it complained about. Exits if
 * rules do not compile. */
size_t rules_check(const ivn_lexicon *lexicon);

#endif
