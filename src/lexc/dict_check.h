/* SPDX-License-Identifier: Apache-2.0 */
/* dict_check.h - what the build asks of the dictionaries below dict/ beyond their syntax. */
#ifndef LEXC_DICT_CHECK_H
#define LEXC_DICT_CHECK_H

#include <stdbool.h>

#include "ivnorm.h"

/* Prints what dict_lint() finds in the rows and examples of a file, and rows that are out of order;
 * returns how much that is. */
size_t dict_check(const ivn_lexicon *lexicon, bool examples_only, const char *file,
                  const char *text, size_t n);

#endif
