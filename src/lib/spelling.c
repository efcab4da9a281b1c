/* SPDX-License-Identifier: Apache-2.0 */
#include "spelling.h"

#include <string.h>

bool spelling_is_wrong(const struct document *d, const ivn_lexicon *lexicon, uint32_t entry,
                       size_t first, size_t length) {
    const char *text = d->text + d->offsets[first];
    size_t n = d->offsets[first + length] - d->offsets[first];
    unsigned traditional = 0;
    struct payload payload;
    struct form form;
    for (size_t i = first; i < first + length; i++)
        if (d->classes[i] == CLASS_SIMPLIFIED || d->classes[i] > CLASS_LATIN)
            return false; /* a stray simplified character, or another name dot, is another matter */
    for (unsigned l = 0; l < lexicon->locale_count; l++)
        traditional |= (unsigned)(lexicon->locales[l].traditional != 0) << l;
    lexicon_payload(lexicon, &lexicon->entries[entry], &payload);
    while (payload_next_form(&payload, &form))
        if ((form.accepted & traditional) && form.length == n && memcmp(form.text, text, n) == 0)
            return false;
    return true;
}
