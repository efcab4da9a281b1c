/* SPDX-License-Identifier: Apache-2.0 */
/* dictionaries.h - the user's dictionaries: those of the configuration directory and of --dict, and
 * the cache that spares compiling them again. */
#ifndef CLI_DICTIONARIES_H
#define CLI_DICTIONARIES_H

#include "ivnorm.h"
#include "options.h"

/* Adds $XDG_CONFIG_HOME/ivnorm/dict/ *.tsv in the order of their names, unless --no-config, then
 * those of --dict; the last wins. What is wrong has been said. */
enum status dictionaries_add(ivn_profile *profile, const ivn_lexicon *lexicon,
                             const struct options *options);

/* Prints what is wrong with a dictionary, beyond what keeps it from being used; that has been said
 * when STATUS_ERROR is returned. STATUS_CHANGES: something was found. */
enum status dictionaries_check(const ivn_lexicon *lexicon, const char *name, FILE *out);

#endif
