/* SPDX-License-Identifier: Apache-2.0 */
/* terms.h - compiling a user's dictionary. */
#ifndef IVN_TERMS_H
#define IVN_TERMS_H

#include "profile.h"

/* ivn_terms_compile(); with fn, which is called for each bad row, the others are compiled all the
 * same. */
ivn_status terms_compile(const ivn_lexicon *lexicon, const char *name, const char *tsv, size_t n,
                         ivn_finding_fn *fn, void *user, void **image, size_t *size,
                         ivn_error *err);

#endif
