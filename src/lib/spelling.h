/* SPDX-License-Identifier: Apache-2.0 */
/* spelling.h - whether a word of traditional text is spelled as anybody would. */
#ifndef IVN_SPELLING_H
#define IVN_SPELLING_H

#include "document.h"

/* Whether characters first .. first+length-1, all of traditional text, spell the word of an entry
 * with ENTRY_FORMS as no traditional-script locale does: 註意, 誌同道合. */
bool spelling_is_wrong(const struct document *d, const ivn_lexicon *lexicon, uint32_t entry,
                       size_t first, size_t length);

#endif
