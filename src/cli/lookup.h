/* SPDX-License-Identifier: Apache-2.0 */
/* lookup.h - --lookup: what is known of a word, per region, with its source. */
#ifndef CLI_LOOKUP_H
#define CLI_LOOKUP_H

#include "ivnorm.h"

#include <stdio.h>

/* Prints the word, then each fact on an indented line: locale, form, rule, file:line, condition. */
void lookup_word(FILE *out, const ivn_profile *profile, const char *word);

#endif
