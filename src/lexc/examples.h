/* SPDX-License-Identifier: Apache-2.0 */
/* examples.h - running the examples that stand below dictionary rows ("#= zh-TW: … → …"). */
#ifndef LEXC_EXAMPLES_H
#define LEXC_EXAMPLES_H

#include "dict.h"
#include "ivnorm.h"

/* Runs all examples of a dictionary text through script conversion and terms, and its result
 * through them again, which must change nothing. Prints each failure; returns how many there were.
 */
size_t examples_run(const ivn_lexicon *lexicon, const char *file, const char *text, size_t n);

#endif
